"""PDFs into a folder, in the same steps as paper: first under a hidden name, then, whole, under its own.

A file is never written over another, and never seen half written: its own name is a second link to a file that is
complete and on disk. The name bears the attempt, so whoever comes after a crash knows whether it was given.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from printing.printers import DeviceJob, DeviceState, JobRefused, PrinterAway, PrinterFacts, PrinterState
from store.rules.printing import ATTEMPT, FOLDER, Route

ROOM: Final = 16 * 1024 * 1024
"""Bytes that have to be free before a job is begun."""


class FolderPrinter:
    """A folder; see `printing.printers.Printer`. `stem` begins the names of its files: what is printed."""

    def __init__(self, folder: Path, stem: str) -> None:
        self.name = FOLDER
        self._folder = folder
        self._stem = stem

    def facts(self) -> PrinterFacts:
        """Raises PrinterAway where no file could be written: nothing is begun that would fail, round after round."""
        with self._trouble():
            disk = os.statvfs(self._folder)
        if disk.f_bavail * disk.f_frsize < ROOM:
            raise PrinterAway("disk-full", surely=True)
        if not os.access(self._folder, os.W_OK):
            raise PrinterAway("folder", surely=True)
        return PrinterFacts(FOLDER, PrinterState.IDLE)

    def server(self) -> str:
        """A folder does nothing by itself: it is always the same."""
        return "folder"

    def given(self, attempt: str) -> Path:
        """Where the file of an attempt lies once it is given: voucher-12-3f2a9b01.pdf, 12 being the job."""
        return self._folder / f"{self._stem}-{'-'.join(attempt.split('-')[2:])}.pdf"

    def _hidden(self, attempt: str) -> Path:
        if not ATTEMPT.fullmatch(attempt):
            raise ValueError(attempt)
        return self._folder / f".{attempt}.pdf"

    def submit(self, attempt: str, pdf: bytes, route: Route) -> int:
        hidden = self._hidden(attempt)
        with self._trouble():
            number = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(pdf)
                    file.flush()
                    os.fsync(file.fileno())
            except BaseException:
                hidden.unlink(missing_ok=True)
                raise
            self._settle()
        return 0

    def look(self, queue_id: int | None, attempt: str) -> DeviceJob | None:
        # The given name first: releasing makes it before it takes the hidden one away.
        with self._trouble():
            if self.given(attempt).exists():
                return DeviceJob(0, attempt, DeviceState.COMPLETED)
            if self._hidden(attempt).exists():
                return DeviceJob(0, attempt, DeviceState.HELD)
        return None

    def find(self, attempt: str) -> DeviceJob | None:
        job = self.look(None, attempt)
        return None if job is None or job.state.over else job

    def release(self, queue_id: int | None, attempt: str) -> None:
        hidden = self._hidden(attempt)
        with self._trouble():
            try:
                os.link(hidden, self.given(attempt))
            except FileExistsError:
                raise JobRefused("not-possible") from None
            except FileNotFoundError:
                raise JobRefused("no-such-job") from None
            self._settle()
            hidden.unlink(missing_ok=True)

    def cancel(self, queue_id: int | None, attempt: str) -> None:
        with self._trouble():
            self._hidden(attempt).unlink(missing_ok=True)

    def waiting(self, prefix: str) -> list[DeviceJob]:
        with self._trouble():
            names = sorted(path.name for path in self._folder.glob(".loket-*.pdf"))
        attempts = [name[1:-4] for name in names]
        return [
            DeviceJob(0, attempt, DeviceState.HELD)
            for attempt in attempts
            if attempt.startswith(prefix) and ATTEMPT.fullmatch(attempt)
        ]

    def _settle(self) -> None:
        """The names in the folder are on disk."""
        number = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(number)
        finally:
            os.close(number)

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = "disk-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "folder"
            raise PrinterAway(reason, surely=False) from error
