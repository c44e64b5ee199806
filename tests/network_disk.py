"""A real network disk for one test: a folder that sshfs mounts from an sftp server of this machine.

It needs sshfs, OpenSSH's sftp server and the right to mount; without them the tests on it are not collected.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

_SERVER: Final = Path("/usr/lib/openssh/sftp-server")
_COMES_WITHIN: Final = 10.0


@contextmanager
def network_disk(folder: Path) -> Iterator[Path]:
    """The mount point; what is written to it stands in `far` beside it. Raises OSError where it cannot be had."""
    far, near = folder / "far", folder / "near"
    for made in (far, near):
        made.mkdir()
    server_end, disk_end = socket.socketpair()
    server = subprocess.Popen([str(_SERVER)], stdin=server_end, stdout=server_end)
    server_end.close()
    disk = subprocess.Popen(["sshfs", "-f", "-o", "passive", f":{far}", str(near)], stdin=disk_end, stdout=disk_end)
    disk_end.close()
    try:
        end = time.monotonic() + _COMES_WITHIN
        while not near.is_mount():
            if disk.poll() is not None or time.monotonic() > end:
                raise OSError("sshfs does not mount here")
            time.sleep(0.01)
        yield near
    finally:
        subprocess.run(["umount", str(near)], check=False, capture_output=True)
        for process in (disk, server):
            process.terminate()
            process.wait()


@cache
def has_network_disk() -> bool:
    if shutil.which("sshfs") is None or not _SERVER.exists():
        return False
    with tempfile.TemporaryDirectory() as folder:
        try:
            with network_disk(Path(folder)):
                return True
        except OSError:
            return False
