"""The tables of merging: files with their marks, and what was found on each sheet, with the words below the cursor."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from store.errors import FileRefused
from store.rows import OfferedFile
from store.value_class import value_class
from store.workbooks.merge import Merge, MergeSheet
from store.workbooks.safe_open import shown_name
from tui.i18n import N_, _, ngettext, number, short_moment
from tui.screens.imports_tables import size
from tui.widgets.ink import Line, Piece, cut, line, spread, wrap
from tui.widgets.window_table import Column, WindowTable
from tui.words import merges, reasons

GROUPS: Final[tuple[tuple[str, str], ...]] = (
    ("", N_("all sheets")),
    ("open", N_("what should be looked at")),
    ("out", N_("what was left out whole")),
)


@value_class
class Found:
    """One line of the report: a sheet, or a file that was set aside."""

    at: int
    file: str
    sheet: MergeSheet | None
    refused: FileRefused | None = None

    @property
    def open(self) -> bool:
        return self.sheet is None or self.sheet.open

    @property
    def out(self) -> bool:
        return self.sheet is None or not self.sheet.rows


def found_in(merge: Merge) -> list[Found]:
    """The lines of the report in the order of files and sheets."""
    refused = {each.file: each for each in merge.refused}
    rows: list[Found] = []
    for name in dict.fromkeys(merge.files):
        if name in refused:
            rows.append(Found(len(rows), name, None, refused[name]))
        for sheet in merge.sheets:
            if sheet.file == name:
                rows.append(Found(len(rows), name, sheet))
    return rows


def through(rows: Sequence[Found], group: str) -> list[Found]:
    """Those of a group; '' for all."""
    return [row for row in rows if not group or getattr(row, group)]


def lying_in(inbox: Path) -> list[OfferedFile]:
    """The files in MASUK in the order of their names, numbers by their value; none of them is opened."""
    found = []
    with os.scandir(inbox) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or not entry.is_file(follow_symlinks=False):
                continue
            state = entry.stat(follow_symlinks=False)
            modified = datetime.fromtimestamp(state.st_mtime, UTC)
            found.append(OfferedFile(Path(entry.path), shown_name(entry.name), state.st_size, modified, None))
    return sorted(found, key=lambda file: _natural(file.name))


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.split("([0-9]+)", name.casefold())
    return [(1, int(part), part) if part.isdecimal() else (0, 0, part) for part in parts]


def files_table(now: Callable[[], datetime], marks: Mapping[str, int]) -> WindowTable[OfferedFile]:
    """What lies in MASUK, each with its place in the order once it is marked."""

    def mark(file: OfferedFile) -> Piece:
        return (f"[{marks[file.path.name]}]", "key") if file.path.name in marks else ("", "muted")

    return WindowTable[OfferedFile](
        (
            Column(_("Order"), mark, width=7),
            Column(_("File"), lambda file: file.name),
            Column(_("Size"), lambda file: size(file.size), width=9, right=True),
            Column(_("Date"), lambda file: short_moment(file.modified, now()), width=11),
        ),
        key=lambda file: file.path.name,
        id="merge-files",
    )


def sheets_table() -> WindowTable[Found]:
    """Sheet after sheet: row of headings, rows taken, rows left out, and what is to be said of it."""

    def header(row: Found) -> str:
        return str(row.sheet.header_row) if row.sheet is not None and row.sheet.header_row is not None else ""

    def taken(row: Found) -> Piece:
        count = row.sheet.rows if row.sheet is not None else 0
        return (number(count), "normal") if count else ("·", "muted")

    def left(row: Found) -> Piece:
        count = sum(row.sheet.left_out.values()) if row.sheet is not None else 0
        return (number(count), "normal") if count else ("·", "muted")

    return WindowTable[Found](
        (
            Column(_("File"), lambda row: row.file, width=20, hide_below=110),
            Column(_("Sheet"), lambda row: row.sheet.name if row.sheet is not None else row.file, share=3),
            Column(_("header"), header, width=6, right=True),
            Column(_("Rows"), taken, width=8, right=True),
            Column(_("left out"), left, width=8, right=True),
            Column(_("To be said"), said, share=5),
        ),
        key=lambda row: row.at,
        id="merge-sheets",
    )


def said(row: Found) -> Piece:
    """The weightiest thing about a sheet, in one piece."""
    sheet = row.sheet
    if sheet is None:
        return ("! " + _("file set aside"), "bad")
    told = merges.to_look_at(sheet)
    if told:
        return ("! " + "; ".join(told), "warn")
    if sheet.skipped:
        return (reasons.skipped(sheet.skipped), "muted")
    if not sheet.rows:
        return (_("no row below the headings"), "muted")
    if sheet.added:
        text = ngettext("{n} new column: {names}", "{n} new columns: {names}", len(sheet.added))
        return (text.format(n=len(sheet.added), names=", ".join(sheet.added)), "normal")
    return ("", "muted")


def summary(merge: Merge, rows: Sequence[Found], width: int) -> list[Line]:
    """What the files give together: rows, columns, sheets, and how much is left for a person."""
    taken = sum(1 for sheet in merge.sheets if sheet.rows)
    text = _("{rows} rows of {taken} of {sheets} sheets · {columns} columns")
    counts = text.format(
        rows=number(merge.rows), taken=number(taken), sheets=number(len(merge.sheets)), columns=len(merge.columns)
    )
    open_ = sum(row.open for row in rows)
    look = _("{n} to look at").format(n=number(open_)) if open_ else ""
    files = ngettext("1 file", "{n} files", len(merge.files)).format(n=number(len(merge.files)))
    columns = _("Columns: {names}").format(names=" · ".join(merge.columns) or "–")
    return [
        spread([(f" {files}", "strong"), (" · " + _form_words(merge), "muted")], [(look + " ", "warn")], width),
        line((f" {counts}", "normal")),
        line((" " + cut(columns, width - 2), "muted")),
    ]


def _form_words(merge: Merge) -> str:
    form = _("as CSV") if merge.form == "csv" else _("as Excel with a report")
    origin = _("with the origin of each row")
    return f"{form}, {origin}" if merge.provenance else form


def detail(row: Found | None, width: int, height: int) -> list[Line]:
    """Everything about the sheet of the cursor, in at most `height` lines."""
    if row is None:
        return [line((" " + _("No such sheet."), "muted"))]
    sheet = row.sheet
    if sheet is None:
        told = [merges.refused(row.refused)] if row.refused is not None else []
        return [line((f" {cut(row.file, width - 2)}", "strong")), *_parts(told, width, height - 1)]
    head = _("{file}, sheet {name}").format(file=cut(sheet.file, width // 2), name=sheet.name)
    told = merges.to_look_at(sheet) or ([reasons.skipped(sheet.skipped)] if sheet.skipped else [])
    if sheet.added:
        told.append(_("new columns: {names}").format(names=", ".join(sheet.added)))
    respelled = [f"{own} → {into}" for own, into in sheet.columns.items() if into and own != into]
    if respelled:
        told.append(_("other spellings: {names}").format(names=", ".join(respelled)))
    if sheet.left_out:
        told.append(_("rows left out: {kinds}").format(kinds=merges.left_out(sheet)))
    nothing = _("all of it is taken as it stands") if sheet.rows else _("no row below the headings")
    told = told or [nothing]
    return [line((f" {cut(head, width - 2)}", "strong")), *_parts(told, width, height - 1)]


def _parts(told: Sequence[str], width: int, most: int) -> list[Line]:
    lines = []
    for text in told:
        for at, part in enumerate(wrap(text, width - 4, 2)):
            lines.append(line(("   " if at else " • ", "muted"), (part, "normal")))
    if len(lines) > most:
        hidden = len(lines) - most + 1
        return [*lines[: most - 1], line((" " + _("… and {n} more").format(n=hidden), "muted"))]
    return lines
