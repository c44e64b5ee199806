"""Starting the processes of `tests.store.chaos_worker`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.store.office import Office

ROOT = Path(__file__).resolve().parents[2]


def command(office: Office, job: str, *arguments: object) -> list[str]:
    """The command line of a job at this office, at its clock. It runs in `ROOT`."""
    begun = [sys.executable, "-m", "tests.store.chaos_worker", job, str(office.home), office.url]
    return [*begun, office.clock().isoformat(), *map(str, arguments)]


class Worker:
    """A process at work that says a line and waits for one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def hear(self) -> str:
        """The next line that it says."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def go_on(self) -> str:
        """Lets it go on; what it says then."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self.hear()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def at_work(office: Office, job: str, *arguments: object) -> Iterator[Worker]:
    """A process that does this job until it is killed, at the latest at the end."""
    line, pipe = command(office, job, *arguments), subprocess.PIPE
    with subprocess.Popen(line, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        worker = Worker(process)
        try:
            yield worker
        finally:
            worker.kill()
