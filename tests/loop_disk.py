"""A real disk for one test that breaks: an ext4 on a loop device whose file stands in memory.

It needs the right to mount, loop devices and mkfs.ext4; without them the tests on it are not collected.
"""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from tests.small_disk import small_disk

_SHUTDOWN: Final = 0x8004587D
"""EXT4_IOC_SHUTDOWN (linux/fs/ext4/ext4.h): the file system ends as if its disk were torn out."""
_WITHOUT_FLUSH: Final = 2
_MIB: Final = 1 << 20


class LoopDisk:
    """An ext4 of 64 MiB, mounted at `path`; `below` is the folder in memory that holds it."""

    def __init__(self, path: Path, below: Path) -> None:
        self.path, self.below = path, below
        self.image = below / "disk.img"

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.path))

    def unmount(self) -> None:
        _run("umount", str(self.path))

    def tear_out(self) -> None:
        """From now on every read and write of the disk is an error of input and output, until it is mounted anew."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
        finally:
            os.close(folder)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def loop_disk(folder: Path) -> Iterator[LoopDisk]:
    """A disk under the folder, with room for all that it promises."""
    with small_disk(folder / "below", 80 * 1024) as below:
        disk = LoopDisk(folder / "loop", below.path)
        disk.path.mkdir()
        with disk.image.open("wb") as image:
            image.truncate(64 * _MIB)
        _run("mkfs.ext4", "-q", "-F", str(disk.image))
        disk.mount()
        try:
            yield disk
        finally:
            while disk.path.is_mount():
                _run("umount", "--lazy", str(disk.path))


@cache
def can_break() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with loop_disk(Path(folder)) as disk:
                disk.tear_out()
                return True
        except (OSError, subprocess.CalledProcessError):
            return False
