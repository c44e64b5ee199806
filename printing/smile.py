"""Smile's voucher PDF from MASUK, taken apart in the limited child process that reads every file from outside."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from printing.smile_child import MODULE
from printing.smile_sheets import PageState, SmilePage, SmileSplit, SmileWanted
from store.errors import FileRefused
from store.workbooks.child import Spool, run_child
from store.workbooks.safe_open import open_regular, shown_name

_ROOT = Path(__file__).resolve().parent.parent


def read_pdf(path: Path) -> bytes:
    """The bytes of a file that somebody dropped: what is looked at is what is printed. Raises FileRefused."""
    file, _size = open_regular(path)
    with file:
        pdf = file.read()
    if not pdf.startswith(b"%PDF"):
        raise FileRefused(shown_name(path.name), "not-pdf")
    return pdf


def split_smile(pdf: bytes, name: str, wanted: Sequence[SmileWanted], folder: Path) -> SmileSplit:
    """What each page is; see `printing.split_pages`. `folder` is for what is read meanwhile. Blocks.

    Raises FileRefused (pdf-damaged, pdf-protected, pdf-too-large, empty) about `name`.
    """
    found = _ask(pdf, name, {"task": "split", "wanted": [asdict(each) for each in wanted]}, folder)[0]
    pages, chosen = (
        [SmilePage(n, PageState(state), key) for n, state, key in found[what]] for what in ("pages", "chosen")
    )
    return SmileSplit(tuple(pages), tuple(chosen), tuple(found["missing"]))


def pick_smile(pdf: bytes, name: str, jobs: Sequence[Sequence[tuple[int, str]]], folder: Path) -> list[bytes]:
    """A PDF for each job: its pages (from 1), in its order, unchanged but for the mark over each. Blocks.

    Raises FileRefused.
    """
    found, written = _ask(pdf, name, {"task": "pick", "jobs": [list(pages) for pages in jobs]}, folder)
    made, start = [], 0
    for size in found["sizes"]:
        made.append(written[start : start + size])
        start += size
    return made


def _ask(pdf: bytes, name: str, settings: dict[str, Any], folder: Path) -> tuple[Any, bytes]:
    """What the child says, and what it wrote."""
    spool = Spool(folder)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(json.dumps(settings).encode("ascii") + b"\n" + pdf)  # longer than an argument may be
            file.seek(0)
            said = run_child(file, name, MODULE, {}, spool, beside=_ROOT)
        return said["found"], os.pread(spool.fileno(), os.fstat(spool.fileno()).st_size, 0)
    finally:
        spool.close()
