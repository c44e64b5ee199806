"""A real disk for one test: small enough to be filled, and to be mounted read-only or taken away.

It needs the right to mount (root, not in a closed container); without it the tests on it are not collected.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


class SmallDisk:
    """A file system in memory, mounted at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mount(self, kib: int) -> None:
        _run("mount", "-t", "tmpfs", "-o", f"size={kib}k", "loket-test", str(self.path))

    def unmount(self) -> None:
        _run("umount", "--lazy", str(self.path))

    def read_only(self, *, now: bool) -> None:
        """Only while nobody has a file open for writing on it."""
        _run("mount", "-o", f"remount,{'ro' if now else 'rw'}", str(self.path))

    @contextmanager
    def full(self) -> Iterator[None]:
        """No room for a single page, until the end."""
        filler = self.path / "penuh"
        handle = os.open(filler, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            with contextlib.suppress(OSError):
                while True:
                    os.write(handle, bytes(4096))
            yield
        finally:
            os.close(handle)
            filler.unlink()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def small_disk(path: Path, kib: int = 16_000) -> Iterator[SmallDisk]:
    path.mkdir()
    disk = SmallDisk(path)
    disk.mount(kib)
    try:
        yield disk
    finally:
        while path.is_mount():
            disk.unmount()


@cache
def can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder) / "disk", 64):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False
