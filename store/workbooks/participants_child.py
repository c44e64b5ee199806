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
from store.workbooks.two_readers import TwoReaders

ReadRow = Callable[[Cells], ParticipantRow]
_Asked = tuple[ReadRow, int, int, Cells]
"""A row: its rules, number of its sheet, its own number, cells by field."""


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Reads the file's bytes, hands the data rows to ``emit`` as lines and returns what was found on the sheets.

    ``settings``: ``stem`` (name for the table of a text file), ``overrides`` (heading -> field or ''), ``with_hidden``,
    ``today`` (ISO date: nobody is born after it, or None), ``area_code`` (of the office, for numbers without one),
    ``kpj_only`` (a list of KPJ: no other column is asked for or read).
    Raises `FileRefused`.
    """
    today, area_code = settings["today"], settings["area_code"]
    read = functools.partial(
        read_participant, today=date.fromisoformat(today) if today else None, area_code=area_code or AREA_CODE
    )

    with TwoReaders[_Asked](_line, emit) as readers:

        def taker(sheet: int, table: Table) -> Take:
            read_row: ReadRow = functools.partial(read, epoch_1904=table.epoch_1904)
            if settings["kpj_only"]:
                read_row = functools.partial(_kpj_alone, read_row)

            def take(number: int, _kind: str, cells: Cells) -> None:
                readers.take((read_row, sheet, number, cells))

            return take

        vocabulary = KPJ_LISTS if settings["kpj_only"] else PARTICIPANTS
        found = tables(data, kind_of(data), settings["stem"], vocabulary.is_known)
        return read_tables(found, vocabulary, settings, taker)


def _line(asked: _Asked) -> bytes:
    read_row, sheet, number, cells = asked
    participant, verdict, reasons = read_row(cells)
    return write_row(sheet, number, verdict, participant, reasons)


def _kpj_alone(read: ReadRow, cells: Cells) -> ParticipantRow:
    """A row of which only the KPJ is asked; who it is, the office knows."""
    return read({"kpj": cells.get("kpj", []), "name": ["PESERTA"]})
