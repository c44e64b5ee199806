"""Rows read by two processes come once each and in their order, whatever becomes of the second one."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from pathlib import Path

import pytest

import tests
from store.errors import FileRefused
from store.workbooks.child import Spool, run_child
from tests.store.workbooks.two_readers_job import ROWS

ROOT = Path(tests.__file__).parent.parent
PROCESSORS = len(os.sched_getaffinity(0))


def told(
    folder: Path,
    *,
    processors: int = 2,
    at: int = 0,
    what: str = "",
    note: Path | None = None,
    watch: Callable[[], None] | None = None,
) -> list[list[str]]:
    """The rows as they were told, each with which of the two did."""
    file = folder / "kosong"
    file.write_bytes(b"-")
    spool = Spool(folder)
    settings = {"processors": processors, "at": at, "what": what, "note": str(note)}
    with file.open("rb") as opened:
        job = "tests.store.workbooks.two_readers_job"
        run_child(opened, "kosong", job, settings, spool, beside=ROOT, watch=watch)
    lines = [line.decode().split() for line in spool.lines()]
    spool.close()
    return lines


def test_two_processes_tell_the_rows_once_and_in_order(tmp_path: Path) -> None:
    lines = told(tmp_path)
    assert [int(row) for row, _who in lines] == list(range(ROWS))
    assert {who for _row, who in lines} == ({"here", "there"} if PROCESSORS > 1 else {"here"})


def test_one_processor_is_not_shared(tmp_path: Path) -> None:
    assert told(tmp_path, processors=1) == [[str(row), "here"] for row in range(ROWS)]


@pytest.mark.parametrize("at", [0, 1_300, 2_999])
def test_the_first_tells_what_a_killed_second_did_not(tmp_path: Path, at: int) -> None:
    lines = told(tmp_path, at=at, what="killed")
    assert [int(row) for row, _who in lines] == list(range(ROWS))
    assert {who for row, who in lines if int(row) >= at + 200} <= {"here"}


@pytest.mark.parametrize("at", [0, 900, 1_100, 2_999])
def test_a_fault_is_said_whoever_of_them_met_it(tmp_path: Path, at: int) -> None:
    with pytest.raises(FileRefused) as refused:
        told(tmp_path, at=at, what="wrong")
    assert refused.value.reason == "defect"
    assert "ZeroDivisionError" in refused.value.detail


def test_who_is_ended_is_ended_with_the_second_one(tmp_path: Path) -> None:
    note = tmp_path / "nomor"

    def give_up() -> None:
        """As soon as one of them has come to the row that never ends, and the other waits for it."""
        if note.exists() and note.read_text(encoding="ascii"):
            raise InterruptedError

    with pytest.raises(InterruptedError):
        told(tmp_path, at=1_000, what="endless", note=note, watch=give_up)
    processes = {int(word) for word in note.read_text(encoding="ascii").split()}
    assert len(processes) == min(PROCESSORS, 2)
    assert [number for number in processes if not _is_gone(number)] == []


def _is_gone(number: int) -> bool:
    try:
        process = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], 30)[0])
    finally:
        os.close(process)
