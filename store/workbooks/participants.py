"""A participant list from outside: which sheets and columns it has, and its rows as read (domain.md 3.1-3.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from store.errors import Invalid
from store.rows import ColumnDoubt
from store.rules.readings import FIELDS, RowRead
from store.value_class import value_class
from store.workbooks.child import Spool, run_child
from store.workbooks.row_lines import read_rows
from store.workbooks.safe_open import open_regular, shown_name


@value_class
class SheetFound:
    """One sheet as found. ``rows`` counts the data rows that `ParticipantsFile.rows` gives of it.

    ``columns`` are the headings in their order with the field each is read as, None where it is not read.
    ``skipped`` is None or the reason no row was read: ``hidden``, ``empty``, ``no-header``, ``no-kpj``, ``no-name``,
    ``chart``, or another column that the kind of list needs. ``left_out`` counts the other rows below the header by
    kind: ``empty``, ``repeated-header``, ``totals``, ``numbering``.
    """

    name: str
    hidden: bool
    header_row: int | None
    columns: dict[str, str | None]
    rows: int
    skipped: str | None
    doubts: tuple[ColumnDoubt, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


class ParticipantsFile:
    """What a file holds. Its rows lie in a nameless file that is gone once this is closed."""

    def __init__(self, name: str, said: dict[str, Any], spool: Spool) -> None:
        found = said["found"]
        self.file: str = name
        self.sha256: str = said["sha256"]
        self.layout: str = found["layout"]
        """A signature of the headings of the sheet with the most rows, ``''`` without any."""
        self.unused_overrides: tuple[str, ...] = tuple(found["unused_overrides"])
        """Headings of the overrides that stand on no sheet."""
        self.sheets: tuple[SheetFound, ...] = tuple(map(sheet_found, found["sheets"]))
        self._names = [sheet.name for sheet in self.sheets]
        self._previews: dict[str, list[list[str]]] = {sheet["name"]: sheet["preview"] for sheet in found["sheets"]}
        self._spool = spool

    def rows(self) -> Iterator[RowRead]:
        """Every data row in the order of sheets and rows; can be walked again. Nothing is held in memory."""
        for lines in self._spool.portions():
            yield from read_rows(lines, self._names)

    def preview(self, sheet: str, n: int = 10) -> list[list[str]]:
        """The first data rows of a sheet as texts by heading, at most 10; of a sheet without header its first rows."""
        return [list(row) for row in self._previews.get(sheet, [])[: max(n, 0)]]

    def close(self) -> None:
        self._spool.close()

    def __enter__(self) -> ParticipantsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def sheet_found(said: dict[str, Any]) -> SheetFound:
    """A sheet as the child tells of it."""
    return SheetFound(
        name=said["name"],
        hidden=said["hidden"],
        header_row=said["header_row"],
        columns=said["columns"],
        rows=said["rows"],
        skipped=said["skipped"],
        doubts=tuple(ColumnDoubt(*doubt) for doubt in said["doubts"]),
        left_out=said["left_out"],
    )


def read_participants(
    path: Path,
    *,
    overrides: Mapping[str, str] | None = None,
    spool_dir: Path,
    with_hidden: bool = False,
    today: date | None = None,
    area_code: str | None = None,
    kpj_only: bool = False,
) -> ParticipantsFile:
    """Reads a file in a limited child process; blocks, so call it on a thread of its own.

    ``overrides`` say what a heading stands for, against what was found: heading (any case and spacing) -> a field of
    `store.rules.readings.FIELDS`, or ``''`` to leave the column alone. Hidden sheets are reported and not read unless
    ``with_hidden``: nobody who sent the file may have seen them. Nobody is born after ``today``; ``area_code`` is the
    office's own, for telephone numbers that come in two columns or without one. ``kpj_only`` asks for no other column
    than the KPJ: of the people of such a list nothing else is read.

    Raises `FileRefused` with one of ``missing unreadable not-regular empty too-large unknown-kind protected damaged
    disk-full unwritable defect``, leaving nothing behind, and `Invalid` for a field that does not exist.
    """
    overrides = dict(overrides or {})
    for heading, name in overrides.items():
        if name and name not in FIELDS:
            raise Invalid(heading, name, "unknown-field")
    file, _ = open_regular(path)
    with file:
        spool = Spool(spool_dir)
        settings = {
            "stem": shown_name(path.stem),
            "overrides": overrides,
            "with_hidden": with_hidden,
            "today": today.isoformat() if today else None,
            "area_code": area_code,
            "kpj_only": kpj_only,
        }
        try:
            name = shown_name(path.name)
            return ParticipantsFile(name, run_child(file, name, "participants", settings, spool), spool)
        except BaseException:
            spool.close()
            raise
