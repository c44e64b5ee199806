"""The recap of corrections in words: figures with definitions, groups, sheets of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from store.recaps_corrections import COUNTED, CorrectionOut, CorrectionRecap, Groups
from store.rules.corrections import Field
from store.workbooks.results_out import ChartOut, SheetOut, Value
from tui.i18n import N_, WIB, _, hour, long_date
from tui.words import corrections
from tui.words.results import CHART_BARS, Figure, closed_words, local, recap_period

Row = tuple[str, tuple[int, ...]]
"""A name and its counts."""

COLUMNS: Final = (N_("Changed"), N_("Taken back"), N_("In Smile"))
PROBLEM_COLUMNS: Final = (N_("Opened"), N_("Settled"))


def figures(recap: CorrectionRecap) -> list[Figure]:
    """Title, value and definition of each figure."""
    told = recap.figures
    return [
        (_("Values changed"), told.made, _("Written in the period and standing, each value of each person.")),
        (_("People"), told.people, _("People of whom at least one value was changed.")),
        (_("Filled"), told.filled, _("Of the values changed those of which nothing was known before.")),
        (_("Replaced"), told.replaced, _("Of the values changed those where another one stood.")),
        (_("Taken back"), told.taken_back, _("Written in the period and taken back since, at once or later.")),
        (_("Waiting for a yes"), told.proposed, _("Proposed in the period, no officer has decided.")),
        (_("Declined"), told.declined, _("Proposed in the period, an officer said no.")),
        (_("Entered in Smile"), told.in_smile, _("Of the values changed those marked as entered there.")),
        (_("Refused by Smile"), told.refused_by_smile, _("Of the values changed those that Smile did not take.")),
        (_("Not in Smile yet"), told.not_in_smile, _("Of the values changed those that are left to enter.")),
        (_("Problems opened"), told.opened, _("Entries on the worklists that came up in the period, lists too.")),
        (_("Problems settled"), told.settled, _("Entries on the worklists that went away in the period.")),
    ]


def fields(recap: CorrectionRecap) -> list[Row]:
    return _rows(recap.figures.by_field, COUNTED, corrections.field)


def sources(recap: CorrectionRecap) -> list[Row]:
    return _rows(recap.figures.by_source, COUNTED, corrections.source)


def people(recap: CorrectionRecap) -> list[Row]:
    return _rows(recap.figures.by_person, COUNTED, lambda name: name)


def problems(recap: CorrectionRecap) -> list[Row]:
    """Opened and settled of each worklist."""
    return _rows(recap.figures.by_problem, ("opened", "settled"), corrections.problem)


def _rows(groups: Groups, names: Sequence[str], words: Callable[[str], str]) -> list[Row]:
    return [(words(key), tuple(counts[name] for name in names)) for key, counts in groups.items()]


def grouped(recap: CorrectionRecap) -> list[tuple[str, str, tuple[str, ...], list[Row]]]:
    """The tables of screen, workbook and pages: title, what the names are, columns in the source language, rows."""
    return [
        (_("By value"), _("Value"), COLUMNS, fields(recap)),
        (_("By source"), _("Source"), COLUMNS, sources(recap)),
        (_("By person"), _("Person"), COLUMNS, people(recap)),
        (_("By problem"), _("Problem"), PROBLEM_COLUMNS, problems(recap)),
    ]


def charted(recap: CorrectionRecap) -> list[tuple[str, list[tuple[str, int]]]]:
    """The charts of screen, workbook and pages: title and bars, the longest first."""
    groups = (
        (_("Values changed, by value"), fields(recap), 0),
        (_("Values changed, by source"), sources(recap), 0),
        (_("Values changed, by person"), people(recap), 0),
        (_("Problems settled"), problems(recap), 1),
    )
    return [
        (title, sorted(bars, key=lambda bar: -bar[1])[:CHART_BARS])
        for title, rows, place in groups
        if (bars := [(name, counts[place]) for name, counts in rows if counts[place]])
    ]


def document(recap: CorrectionRecap) -> dict[str, Any]:
    """The figures as one JSON document, with the definitions beside them."""
    return {
        "periods": list(recap.periods),
        **asdict(recap.figures),
        "closed_at": recap.closed_at.isoformat() if recap.closed_at is not None else None,
        "definitions": {title: meaning for title, _value, meaning in figures(recap)},
    }


def sheets(recap: CorrectionRecap, changes: Sequence[CorrectionOut], now: datetime) -> list[SheetOut]:
    """Summary, changes, groups and definitions."""
    definitions = [(title, meaning) for title, _value, meaning in figures(recap)]
    return [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), *_summary(recap, now)),
        SheetOut(_("Changes"), _header(), [_change(row) for row in changes]),
        *(_group(title, name, columns, rows) for title, name, columns, rows in grouped(recap)),
        SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), definitions),
    ]


def _summary(recap: CorrectionRecap, now: datetime) -> tuple[list[Sequence[Value]], list[ChartOut]]:
    rows: list[Sequence[Value]] = [
        (_("Period"), recap_period(recap)),
        (_("Made"), f"{long_date(now.astimezone(WIB).date())} {hour(now)} WIB"),
    ]
    if recap.closed_at is not None:
        rows += [(_("Closed"), closed_words(recap)), ("", _("All sheets are of that moment."))]
    rows += [(title, value) for title, value, _meaning in figures(recap)]
    charts: list[ChartOut] = []
    for title, block in charted(recap):
        rows += [("", None), (title, None), *block]
        charts.append(ChartOut(title, len(rows) - len(block) + 1, block))
    return rows, charts


def _group(title: str, name: str, columns: Sequence[str], rows: Sequence[Row]) -> SheetOut:
    return SheetOut(title, (name, *map(_, columns)), [(each, *counts) for each, counts in rows])


def _header() -> list[str]:
    return [
        *(_("Written"), "KPJ", _("Name"), _("Company"), _("Value"), _("Before"), _("After"), _("Source")),
        *(_("Said by"), _("File, sheet, row"), _("Reason"), _("By"), _("State"), _("Decided by"), _("Decided")),
        *(_("Smile"), _("Smile, when")),
    ]


def _change(row: CorrectionOut) -> list[Value]:
    wanted = Field(row.field)
    state = _("taken back") if row.undone else _(corrections.STATES[row.state])
    return [
        local(row.at),
        row.kpj,
        row.name,
        row.company,
        corrections.field(row.field),
        corrections.value(wanted, row.old),
        corrections.value(wanted, row.new),
        corrections.source(row.source),
        row.said_by,
        row.place,
        row.why,
        row.by,
        state,
        row.settled_by,
        local(row.settled_at),
        corrections.entry(row.smile),
        local(row.done_at),
    ]
