"""Reads a participant list inside the child process: the rules row by row over what the reader finds."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from store.rules.participants import ParticipantRow, read_participant
from store.rules.phones import AREA_CODE
from store.workbooks.participant_headings import KPJ_LISTS, PARTICIPANTS
from store.workbooks.row_lines import write_row
from store.workbooks.safe_open import kind_of
from store.workbooks.table_reader import Cells, Emit, Take, read_tables
from store.workbooks.tables import Table, tables

ReadRow = Callable[[Cells], ParticipantRow]


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Reads the file's bytes, hands each data row to ``emit`` as a line and returns what was found on the sheets.

    ``settings``: ``stem`` (name for the table of a text file), ``overrides`` (heading -> field or ''), ``with_hidden``,
    ``today`` (ISO date: nobody is born after it, or None), ``area_code`` (of the office, for numbers without one),
    ``kpj_only`` (a list of KPJ: no other column is asked for or read).
    Raises `FileRefused`.
    """
    today, area_code = settings["today"], settings["area_code"]
    read = functools.partial(
        read_participant, today=date.fromisoformat(today) if today else None, area_code=area_code or AREA_CODE
    )

    def taker(sheet: int, table: Table) -> Take:
        read_row: ReadRow = functools.partial(read, epoch_1904=table.epoch_1904)
        if settings["kpj_only"]:
            read_row = functools.partial(_kpj_alone, read_row)

        def take(number: int, _kind: str, cells: Cells) -> None:
            participant, verdict, reasons = read_row(cells)
            emit(write_row(sheet, number, verdict, participant, reasons))

        return take

    vocabulary = KPJ_LISTS if settings["kpj_only"] else PARTICIPANTS
    found = tables(data, kind_of(data), settings["stem"], vocabulary.is_known)
    return read_tables(found, vocabulary, settings, taker)


def _kpj_alone(read: ReadRow, cells: Cells) -> ParticipantRow:
    """A row of which only the KPJ is asked; who it is, the office knows."""
    return read({"kpj": cells.get("kpj", []), "name": ["PESERTA"]})
