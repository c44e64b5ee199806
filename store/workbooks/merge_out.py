"""Writes a merge: XlsxWriter makes the workbook with its report, and the rows go between, never held in memory."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any, BinaryIO

from store.errors import FileRefused
from store.value_class import value_class
from store.workbooks.child import Spool
from store.workbooks.merge import Merge, MergeProgress, Progress
from store.workbooks.merge_cells import END, PLACEHOLDERS, column_letters, csv_cell
from store.workbooks.results_out import Formats, SheetOut, titles, write_sheet
from store.workbooks.write_out import cell_text, replacing

_PLACE = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_STYLE = re.compile(rb' s="([0-9]+)"')
_EXTENT = re.compile(rb'<dimension ref="[^"]*"/>')
_LEVEL = 1  # three times as fast as the usual one, for a result a sixth larger
_ZIP64_FROM = 2_000_000_000
_SAID = 4_000_000  # bytes between two words about how far it is

Range = tuple[Spool, int, int]
"""Bytes of a file of rows, from and up to."""


@value_class
class MergeWords:
    """The words of the result: title of the sheet with the rows, headings of file, sheet and row, and the report."""

    title: str
    front: tuple[str, str, str]
    report: SheetOut


def write_merge(
    merge: Merge,
    target: Path,
    words: MergeWords,
    *,
    inputs: Sequence[Path] = (),
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Writes the result whole, or nothing; a CSV has no report sheet.

    Raises `FileRefused` as `replacing` does, ``is-input`` where the target is one of the ``inputs``, ``nothing`` where
    no row was found, ``stopped`` once ``stop`` was set.
    """
    if any(_same_file(target, path) for path in inputs):
        raise FileRefused(target.name, "is-input")
    if not merge.rows:
        raise FileRefused(target.name, "nothing")
    said = _Said(merge, target.name, progress, stop or threading.Event())
    with replacing(target) as (file, scratch):
        if merge.form == "csv":
            _write_csv(merge, file, words, said)
        else:
            _write_xlsx(merge, file, scratch, words, said)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _headings(merge: Merge, words: MergeWords) -> list[str]:
    return [*(words.front if merge.provenance else ()), *merge.columns]


def _write_csv(merge: Merge, file: BinaryIO, words: MergeWords, said: _Said) -> None:
    file.write((",".join(map(csv_cell, _headings(merge, words))) + "\r\n").encode("utf-8"))
    for part in merge.parts:
        ends = [start for start, _rows, _width in part.breaks[1:]] + [part.spool.size()]
        for (start, _rows, width), end in zip(part.breaks, ends, strict=True):
            missing = b"," * (len(merge.columns) - width)
            for block in part.spool.blocks(start, end):
                file.write(block.replace(END.encode(), missing))
                said.add(len(block))


def _write_xlsx(merge: Merge, file: BinaryIO, scratch: Path, words: MergeWords, said: _Said) -> None:
    sheets = _sheets(merge)
    frame = scratch / "frame"
    _write_frame(merge, frame, words, len(sheets))
    with (
        zipfile.ZipFile(frame) as made,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as out,
    ):
        for entry in made.infolist():
            match = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", entry.filename)
            number = int(match.group(1)) - 1 if match else len(sheets)
            if number >= len(sheets):
                out.writestr(entry, made.read(entry), compresslevel=_LEVEL)
                continue
            head, tail = _around(merge, made.read(entry), number)
            large = sum(end - start for _spool, start, end in sheets[number]) > _ZIP64_FROM
            with out.open(entry.filename, "w", force_zip64=large) as stream:
                stream.write(head)
                for spool, start, end in sheets[number]:
                    for block in spool.blocks(start, end):
                        stream.write(block)
                        said.add(len(block))
                stream.write(tail)


def _sheets(merge: Merge) -> list[list[Range]]:
    """The bytes of each sheet of the result, in order."""
    sheets: list[list[Range]] = []
    for part in merge.parts:
        at, size = 0, part.spool.size()
        for start, _rows, _width in part.breaks:
            if start > at:
                sheets[-1].append((part.spool, at, start))
            sheets.append([])
            at = start
        if size > at:
            sheets[-1].append((part.spool, at, size))
    return sheets


def _rows_of(merge: Merge, number: int) -> int:
    """Rows below the headings of one sheet of the result."""
    most = merge.sheet_rows - 1
    return min(most, merge.rows - number * most)


def _around(merge: Merge, made: bytes, number: int) -> tuple[bytes, bytes]:
    """What stands before and after the rows in the XML of a sheet of the frame."""
    place = _PLACE.search(made)
    styles = [int(style) for style in _STYLE.findall(place.group())] if place else []
    if place is None or styles[:4] != list(astuple(PLACEHOLDERS)):
        raise ValueError(f"the workbook around the rows has other formats: {styles}")
    width = len(merge.columns) + (3 if merge.provenance else 0)
    extent = f"A1:{column_letters(width - 1)}{_rows_of(merge, number) + 1}"
    head = _EXTENT.sub(f'<dimension ref="{extent}"/>'.encode(), made[: place.start()])
    return head, made[place.end() :]


def _write_frame(merge: Merge, path: Path, words: MergeWords, count: int) -> None:
    """The workbook without its rows; the second row of each sheet shows one cell of each format."""
    import xlsxwriter

    names = [SheetOut(words.title if at == 0 else f"{words.title} {at + 1}", (), ()) for at in range(count)]
    with xlsxwriter.Workbook(path) as book:
        header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        texts = ("@", "dd-mm-yyyy", "dd-mm-yyyy hh:mm:ss", "hh:mm:ss")
        formats = [book.add_format({"num_format": text}) for text in texts]
        *shown, report = titles([*names, words.report])
        for number, title in enumerate(shown):
            page = book.add_worksheet(title)
            _write_headings(merge, page, words, header, number)
            for column, each in enumerate(formats):
                page.write_blank(1, column, None, each)
        write_sheet(book.add_worksheet(report), words.report, Formats(book))


def _write_headings(merge: Merge, page: Any, words: MergeWords, header: Any, number: int) -> None:
    headings = _headings(merge, words)
    for column, heading in enumerate(headings):
        page.write_string(0, column, cell_text(heading), header)
        page.set_column(column, column, min(max(len(heading) + 4, 14), 40))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, _rows_of(merge, number), len(headings) - 1)
    page.repeat_rows(0)


class _Said:
    """Says how much of the rows was written, not too often, and hears when to stop."""

    def __init__(self, merge: Merge, name: str, progress: Progress | None, stop: threading.Event) -> None:
        self._merge, self._name, self._progress, self._stop = merge, name, progress, stop
        self._all = sum(part.spool.size() for part in merge.parts)
        self._done = self._next = 0

    def add(self, count: int) -> None:
        self._done += count
        if self._stop.is_set():
            raise FileRefused(self._name, "stopped")
        if self._progress is not None and self._done >= self._next:
            self._next = self._done + _SAID
            merge = self._merge
            self._progress(MergeProgress("", self._done / self._all, len(merge.sheets), merge.rows, writing=True))
