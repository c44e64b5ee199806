"""How good the data are, in words: figures with definitions, bars, sheets of a workbook and the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from printing.sheets import Chart, RecapSheet, RecapWords
from printing.sheets import Figure as PaperFigure
from store.quality import Quality, QualityReport
from store.rows import Me
from store.workbooks.results_out import ChartOut, SheetOut, Value
from tui.i18n import N_, WIB, _, long_date, rate
from tui.words.letters import printable
from tui.words.paper import count_table, place_of, recap_words, stamp
from tui.words.results import CHART_BARS, Figure, shown

COLUMNS = (N_("People"), N_("Callable"), N_("With e-mail"), N_("Doubtful"))
"""What is counted of a company or a day; in the source language."""


def counts(told: Quality) -> tuple[int, int, int, int]:
    """The counts in the order of `COLUMNS`."""
    return told.people, told.callable, told.email, told.doubtful


def line(told: Quality) -> str:
    """One line: callable 88%, e-mail 95%, doubtful 243."""
    return _("callable {calls}, e-mail {mails}, doubtful {doubts}").format(
        calls=rate(told.callable, told.people), mails=rate(told.email, told.people), doubts=shown(told.doubtful)
    )


def figures(told: Quality) -> list[Figure]:
    """Title, value and definition of each figure."""
    return [
        (_("People"), told.people, _("Everybody the office knows.")),
        (_("Callable"), told.callable, _("With a number that can be read and that no call found wrong.")),
        (_("Callable, share"), rate(told.callable, told.people), _("Callable divided by people.")),
        (_("With e-mail"), told.email, _("With an address; who has none is not among them.")),
        (_("With e-mail, share"), rate(told.email, told.people), _("With e-mail divided by people.")),
        (
            _("Doubtful"),
            told.doubtful,
            _("On a worklist with a value that may be wrong; what is only missing does not count."),
        ),
        (_("Doubtful, share"), rate(told.doubtful, told.people), _("Doubtful divided by people.")),
    ]


def companies(report: QualityReport) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.company or _("(no employer)"), counts(each.figures)) for each in report.companies]


def pembinas(report: QualityReport) -> list[tuple[str, tuple[int, ...]]]:
    return [(name or _("(no pembina)"), counts(told)) for name, told in report.pembinas]


def days(report: QualityReport) -> list[tuple[str, tuple[int, ...]]]:
    """The days on which something had changed, the oldest first."""
    return [(long_date(day), counts(told)) for day, told in report.history]


def charted(report: QualityReport) -> list[tuple[str, list[tuple[str, int]]]]:
    """Title and bars: whom nobody can call, by company, and doubtful people over time."""
    without = [(name, told[0] - told[1]) for name, told in companies(report) if told[0] > told[1]]
    over_time = [(day, told[3]) for day, told in days(report)][-CHART_BARS:]
    found = [(_("Not callable, by company"), sorted(without, key=lambda bar: -bar[1])[:CHART_BARS])]
    found.append((_("Doubtful, over time"), over_time if any(count for _day, count in over_time) else []))
    return [(title, bars) for title, bars in found if bars]


def sheets(report: QualityReport) -> list[SheetOut]:
    """Summary, companies, pembina, over time, definitions."""
    told = figures(report.total)
    rows: list[Sequence[Value]] = [(_("Day"), report.day), *((title, value) for title, value, _meaning in told)]
    charts: list[ChartOut] = []
    for title, bars in charted(report):
        rows += [("", None), (title, None), *bars]
        charts.append(ChartOut(title, len(rows) - len(bars) + 1, bars))
    columns = tuple(map(_, COLUMNS))
    named = [(each.npp, each.company, each.pembina, *counts(each.figures)) for each in report.companies]
    history = [(day, *counts(then)) for day, then in report.history]
    return [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), rows, charts),
        SheetOut(_("By company"), ("NPP", _("Company"), _("Pembina"), *columns), named),
        SheetOut(_("By pembina"), (_("Pembina"), *columns), [(name, *told) for name, told in pembinas(report)]),
        SheetOut(_("Over time"), (_("Day"), *columns), history),
        SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), [(title, meaning) for title, _value, meaning in told]),
    ]


def paper(report: QualityReport, me: Me, now: datetime) -> tuple[RecapSheet, RecapWords]:
    """The page and its words."""
    sheet = RecapSheet(
        stamp=stamp(me, now),
        title=_("Quality of the data"),
        period=long_date(report.day),
        figures=tuple(PaperFigure(title, shown(value), meaning) for title, value, meaning in figures(report.total)),
        charts=tuple(
            Chart(title, tuple((printable(name), count) for name, count in bars)) for title, bars in charted(report)
        ),
        tables=(
            count_table(_("By company"), _("Company"), COLUMNS, companies(report)),
            count_table(_("By pembina"), _("Pembina"), COLUMNS, pembinas(report)),
        ),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the membership section"),
    )
    return sheet, recap_words()
