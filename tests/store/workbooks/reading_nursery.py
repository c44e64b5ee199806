"""Reads broken files as the office's child process does, each in a process of its own that is forked, not started.

``python -m tests.store.workbooks.reading_nursery FOLDER FIRST COUNT`` writes a line of JSON for each file: what was
done to it, what each kind of import made of it, and the most memory and processor time that one of them took. Starting
an interpreter takes longer than reading; all that comes after that is the program's own (`store.workbooks.worker`).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from store.workbooks import limits, worker
from tests.spoiled_workbooks import spoiled_file

SECONDS = 5
"""Of the processor for one reading; in the office it is `limits.TOTAL_CPU`, and none of these files is worth that."""
_TABLES: dict[str, Any] = {"stem": "berkas", "overrides": {}, "with_hidden": False}
_PEOPLE: dict[str, Any] = {**_TABLES, "today": "2023-09-05", "area_code": "765"}
SETTINGS: dict[str, dict[str, Any]] = {
    "participants": {**_PEOPLE, "kpj_only": False},
    "corrections": _PEOPLE,
    "listing": _TABLES,
    "paid": _TABLES,
    "register": _TABLES,
    "store.workbooks.lookup_child": _TABLES,
    "merge": {
        "file": "berkas.xlsx",
        "stem": "berkas",
        "form": "xlsx",
        "provenance": True,
        "columns": [],
        "rows": 0,
        "sheet_rows": 1_048_576,
    },
}
"""Every kind of import, and what the office asks it with."""


def read(path: Path, job: str) -> dict[str, Any]:
    """What the child says: its answer, how it ended, its rows, and what it took (kilobytes and seconds)."""
    with tempfile.TemporaryFile() as rows, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as progress:
        child = os.fork()
        if child == 0:
            _child(path, job, rows.fileno(), said.fileno(), progress.fileno())
        _, status, used = os.wait4(child, 0)
        rows.seek(0)
        said.seek(0)
        answer = said.read()
        return {
            "ended": os.waitstatus_to_exitcode(status),
            "answer": json.loads(answer) if answer else None,
            "rows": rows.read(),
            "memory": used.ru_maxrss,
            "seconds": used.ru_utime + used.ru_stime,
        }


def _child(path: Path, job: str, rows: int, said: int, progress: int) -> None:
    """Never comes back."""
    try:
        os.dup2(os.open(path, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
        settings = SETTINGS[job] | ({"progress": progress} if job == "merge" else {})
        worker.main(job, os.dup(rows), json.dumps(settings))
        os._exit(0)
    finally:
        os._exit(1)


def judged(path: Path, job: str) -> dict[str, Any]:
    """One reading in a word: ``read`` with its rows, the code of a refusal, the signal of a limit, or what is wrong."""
    found = read(path, job)
    answer, module = found["answer"], importlib.import_module(worker.JOBS.get(job, job))
    if answer is None:
        word = f"ended {found['ended']}"
    elif "refused" in answer:
        word = answer["refused"] if answer["refused"] != "defect" else f"defect {answer['detail']}"
    else:
        word = "read"
        if job != "merge":
            lines = found["rows"].splitlines()
            unpack = getattr(module, "unpack", None)
            for line in lines:
                assert json.loads(line) is not None
                if unpack is not None:
                    unpack(line)
    return {"job": job, "word": word, "memory": found["memory"], "seconds": round(found["seconds"], 2)}


def main(folder: str, first: str, count: str) -> None:
    limits.TOTAL_CPU = SECONDS
    for job in SETTINGS:
        importlib.import_module(worker.JOBS.get(job, job))
    for number in range(int(first), int(first) + int(count)):
        path, done = spoiled_file(Path(folder), number)
        found = [judged(path, job) for job in SETTINGS]
        path.unlink()
        sys.stdout.write(json.dumps({"number": number, "done": done, "found": found}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
