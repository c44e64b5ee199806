"""Rows read by two processes come once each and in their order, whatever becomes of the second one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tests
from store.errors import FileRefused
from store.workbooks.child import Spool, run_child
from tests.store.workbooks.two_readers_job import ROWS

ROOT = Path(tests.__file__).parent.parent
PROCESSORS = len(os.sched_getaffinity(0))


def told(folder: Path, *, processors: int = 2, at: int = 0, what: str = "") -> list[list[str]]:
    """The rows as they were told, each with which of the two did."""
    file = folder / "kosong"
    file.write_bytes(b"-")
    spool = Spool(folder)
    settings = {"processors": processors, "at": at, "what": what}
    with file.open("rb") as opened:
        run_child(opened, "kosong", "tests.store.workbooks.two_readers_job", settings, spool, beside=ROOT)
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
