"""The recap of calls that came in, visits and help, as the recaps desk shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.recaps_incoming import IncomingRecap
from store.rules.dates import Period
from tui.commands.recaps import INCOMING_VIEWS
from tui.i18n import N_, _, number, period_words
from tui.recap_kinds import INCOMING
from tui.screens.recap_faces import KindFace
from tui.screens.recaps_views import GroupRow, count_columns, definition_lines, plain_bars, sentences, summary_lines
from tui.widgets.ink import EMPTY, Line, line, wrap
from tui.widgets.window_table import Column
from tui.words import incoming

if TYPE_CHECKING:
    from tui.shell import LoketApp

_TABLES: Final = {
    "view-in-topics": (N_("Topic"), incoming.topics, incoming.TOPIC_COLUMNS),
    "view-in-handlers": (N_("Handler"), incoming.handlers, incoming.HANDLER_COLUMNS[:5]),
    "view-in-callers": (N_("Who asked"), incoming.callers, incoming.CALLER_COLUMNS),
}


class IncomingFace(KindFace[IncomingRecap]):
    """Calls, visits and help of a month."""

    name = "incoming"
    key = "l"
    views = INCOMING_VIEWS
    tables = frozenset(_TABLES)

    def __init__(self) -> None:
        super().__init__(INCOMING)

    def short(self) -> str:
        return _("counter")

    def title(self) -> str:
        return _("Recap of calls and visits")

    def groups(self, recap: IncomingRecap) -> list[GroupRow]:
        _name, read, columns = _TABLES[self.view]
        return [GroupRow(name, counts[: len(columns)]) for name, counts in read(recap)]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        name, _read, columns = _TABLES[self.view]
        return count_columns(_(name), columns, longest)

    def shown(self, recap: IncomingRecap, width: int) -> list[Line]:
        show = {"view-in-hours": _times, "view-in-help": _help, "view-in-definitions": _definitions}
        return show.get(self.view, _summary)(recap, width)

    def empty(self, recap: IncomingRecap) -> list[str]:
        return [
            _("Nothing came in in {period}.").format(period=self.label()),
            _("F3 notes the next call or visit. ← → go to other months, r types one."),
        ]

    def warning(self, recap: IncomingRecap, period: str) -> str:
        counted = recap.figures
        question = _("Close {period}: {contacts} contacts, {missed} missed and {open} follow-ups still open?")
        contacts, missed = number(counted.contacts), number(counted.missed_open)
        return question.format(period=period, contacts=contacts, missed=missed, open=number(counted.open))

    async def book(self, shell: LoketApp, period: Period) -> str:
        recap, name = await self.write_book(shell, period)
        if not name:
            return _("Nothing came in in {period}; no file was written.").format(period=period_words(str(period)))
        return _("Recap of {n} contacts: KELUAR/{name}").format(n=number(recap.figures.contacts), name=name)


def _summary(recap: IncomingRecap, width: int) -> list[Line]:
    return summary_lines(incoming.figures(recap), incoming.charted(recap), width)


def _times(recap: IncomingRecap, width: int) -> list[Line]:
    """Hours and weekdays, all that came in, with the missed calls apart."""
    lines: list[Line] = []
    for title, rows in (
        (_("Hour of the day, missed calls too"), incoming.hours(recap)),
        (_("Day of the week, missed calls too"), incoming.weekdays(recap)),
    ):
        shown = [(f" {_with_missed(name, counts)}", sum(counts)) for name, counts in rows]
        lines += [line((f" {title}", "strong")), *plain_bars(shown, width - 1), EMPTY]
    return lines[:-1]


def _with_missed(name: str, counts: tuple[int, ...]) -> str:
    return f"{name} " + _("({n} missed)").format(n=number(counts[-1])) if counts[-1] else name


def _help(recap: IncomingRecap, width: int) -> list[Line]:
    helped = recap.help
    if not helped.helped:
        said = _("No help with JMO, Lapak Asik or a claim at the office was noted in this period.")
        return sentences([said], width)
    lines = [line((" " + _("Help with a claim"), "strong"))]
    for name, counts in incoming.ways(recap):
        told = zip(incoming.HELP_COLUMNS, counts, strict=True)
        shown = " · ".join(f"{_(title)} {number(count)}" for title, count in told if count)
        lines.append(line((f" {name}", "normal")))
        lines += [line((f"   {row}", "muted")) for row in wrap(shown, width - 5, 3)]
    for title, rows in (
        (_("What stopped an activation"), incoming.stops(recap)),
        (_("Papers people came without"), incoming.papers(recap)),
    ):
        if rows:
            lines += [EMPTY, line((f" {title}", "strong")), *plain_bars([(f" {n}", c) for n, c in rows], width - 1)]
    return lines


def _definitions(recap: IncomingRecap, width: int) -> list[Line]:
    return definition_lines(incoming.figures(recap), width)
