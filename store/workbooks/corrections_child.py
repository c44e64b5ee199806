"""Reads a file of corrections inside the child process: rows of a participant list of which only the KPJ is asked."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from store.rules.names import read_name
from store.rules.participants import read_participant
from store.rules.phones import AREA_CODE
from store.rules.text import first_said
from store.workbooks.correction_headings import CORRECTIONS
from store.workbooks.row_lines import write_row
from store.workbooks.safe_open import BROKEN_ARCHIVE, kind_of
from store.workbooks.table_reader import Cells, Emit, Take, read_tables
from store.workbooks.tables import Table, tables

_SOMEBODY = "PESERTA"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([0-9TZ:.+-]{10,35})</dcterms:modified>")
_MOST_PROPERTIES = 64 * 1024


def run(data: bytes, settings: Mapping[str, Any], emit: Emit) -> dict[str, Any]:
    """Hands each data row to ``emit`` as a line; also says when the workbook says it was last saved (``modified``).

    ``settings``: ``stem``, ``overrides``, ``with_hidden``, ``today`` (ISO), ``area_code``. Raises `FileRefused`.
    """
    kind = kind_of(data)
    read = functools.partial(
        read_participant, today=date.fromisoformat(settings["today"]), area_code=settings["area_code"] or AREA_CODE
    )

    def taker(sheet: int, table: Table) -> Take:
        def take(number: int, _kind: str, cells: Cells) -> None:
            named = bool(read_name(first_said(cells.get("name", ()))).name)
            somebody: Cells = {} if named else {"name": [_SOMEBODY]}
            participant, verdict, reasons = read({**cells, **somebody}, epoch_1904=table.epoch_1904)
            if participant is not None and not named:
                participant = replace(participant, name="")
            emit(write_row(sheet, number, verdict, participant, reasons))

        return take

    found = read_tables(tables(data, kind, settings["stem"], CORRECTIONS.is_known), CORRECTIONS, settings, taker)
    return {**found, "modified": _modified(data) if kind == "xlsx" else None}


def _modified(data: bytes) -> str | None:
    """When the workbook was last saved, as it says itself, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open("docProps/core.xml") as properties:
            said = _MODIFIED.search(properties.read(_MOST_PROPERTIES))
    except BROKEN_ARCHIVE:
        return None
    return said.group(1).decode("ascii") if said else None
