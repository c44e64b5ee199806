"""Runs a reading job in a limited child process and keeps what it says in a file without a name (facts.md "Excel")."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from store.errors import FileRefused

WALL_CLOCK = 120.0  # seconds
_BLOCK = 256 * 1024
_WATCHED = 0.2  # seconds
_PACKAGE = Path(__file__).resolve().parent.parent

# The child must not open the store's door (the database layer costs memory and a fifth of a second), so the package
# is given to it as a bare folder; nothing of the caller's environment or working directory is looked at.
_START = """
import sys, types
store = types.ModuleType("store")
store.__path__ = [sys.argv[4]]
sys.modules["store"] = store
sys.path[:] = sys.argv[5:]
from store.workbooks.worker import main
main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
"""


class Spool:
    """Lines that the child wrote, in a file that has no name: it is gone when it is closed or its process ends."""

    def __init__(self, folder: Path) -> None:
        try:
            self._fd = _nameless_file(folder)
        except OSError as error:
            raise FileRefused(folder.name, "disk-full" if error.errno == errno.ENOSPC else "unwritable") from None

    def fileno(self) -> int:
        """The descriptor while open. Raises ``ValueError`` once closed."""
        if self._fd < 0:
            raise ValueError("the file is closed")
        return self._fd

    def lines(self) -> Iterator[bytes]:
        """All lines from the first; several walks may go on at once. Raises ``ValueError`` once closed."""
        for some in self.portions():
            yield from some

    def portions(self) -> Iterator[list[bytes]]:
        """The same, some hundreds of lines at a time."""
        position, rest = 0, b""
        while block := os.pread(self.fileno(), _BLOCK, position):
            position += len(block)
            *whole, rest = (rest + block).split(b"\n")
            yield whole

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``end``, some at a time."""
        while start < end and (block := os.pread(self.fileno(), min(_BLOCK, end - start), start)):
            start += len(block)
            yield block

    def size(self) -> int:
        """Bytes written so far."""
        return os.fstat(self.fileno()).st_size

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1


def _nameless_file(folder: Path) -> int:
    fd, name = tempfile.mkstemp(dir=folder, prefix=".read-")  # 0600; its name lives for a few microseconds
    Path(name).unlink()
    return fd


def run_child(
    file: BinaryIO,
    name: str,
    job: str,
    settings: Mapping[str, Any],
    spool: Spool,
    *,
    beside: Path | None = None,
    also: Sequence[Spool] = (),
    watch: Callable[[], None] | None = None,
) -> dict[str, Any]:
    """What the job says of ``file`` (an open file at its start); its rows are in ``spool`` afterwards.

    A job that is not the store's own is named by its module; ``beside`` is the folder that its package lies in.
    Blocks until the child ended, at most `WALL_CLOCK` seconds. It may write to the files ``also`` too. ``watch`` is
    called a few times a second meanwhile; what it raises ends the child and is raised. Raises `FileRefused` about
    ``name`` with the child's code, or ``damaged`` or ``too-large`` where it could not even say one.
    """
    paths = [entry for entry in sys.path if entry.startswith("/")]
    if beside is not None and str(beside) not in paths:
        paths.append(str(beside))
    command = [sys.executable, "-I", "-S", "-c", _START, job, str(spool.fileno()), json.dumps(settings)]
    with subprocess.Popen(
        [*command, str(_PACKAGE), *paths],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=[each.fileno() for each in (spool, *also)],
        env=_environment(),
        cwd="/",
        start_new_session=True,
    ) as child:
        try:
            answer = _answer(child, watch)
        except subprocess.TimeoutExpired:
            raise FileRefused(name, "too-large", f"seconds={WALL_CLOCK:.0f}") from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)  # its group: a long list is read by two of it
    if child.returncode != 0:
        raise FileRefused(name, _death(child.returncode), f"ended={child.returncode}")
    said = json.loads(answer)
    if "refused" in said:
        raise FileRefused(name, said["refused"], said["detail"])
    return dict(said)


def _answer(child: subprocess.Popen[bytes], watch: Callable[[], None] | None) -> bytes:
    if watch is None:
        return child.communicate(timeout=WALL_CLOCK)[0]
    until = time.monotonic() + WALL_CLOCK
    while True:
        watch()
        try:
            return child.communicate(timeout=_WATCHED)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise


def _death(returncode: int) -> str:
    """Limits end the child by a signal: time, memory that the library or the kernel gave up on."""
    ends_by_limit = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGXFSZ)
    return "too-large" if returncode in ends_by_limit else "damaged"


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ}
    return kept | {"MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0", "LC_ALL": "C.UTF-8"}
