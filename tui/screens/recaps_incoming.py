"""The recap of calls that came in, visits and help, as the recaps desk shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import printing
from store import Store
from store.recaps_incoming import IncomingRecap
from store.rules.dates import Period, parse_period
from tui.commands.recaps import INCOMING_VIEWS
from tui.i18n import N_, _, number
from tui.screens import files_out
from tui.screens.recap_faces import Face
from tui.screens.recaps_views import GroupRow, count_columns, definition_lines, plain_bars, summary_lines
from tui.widgets.ink import EMPTY, Line, line, wrap
from tui.widgets.window_table import Column
from tui.words import incoming, incoming_paper, results
from tui.words.letters import with_unprinted

if TYPE_CHECKING:
    from tui.shell import LoketApp

_TABLES: Final = {
    "view-in-topics": (N_("Topic"), incoming.topics, incoming.TOPIC_COLUMNS),
    "view-in-handlers": (N_("Handler"), incoming.handlers, incoming.HANDLER_COLUMNS[:5]),
    "view-in-callers": (N_("Who asked"), incoming.callers, incoming.CALLER_COLUMNS),
}


class IncomingFace(Face):
    """Calls, visits and help of a month."""

    name = "incoming"
    key = "l"
    views = INCOMING_VIEWS
    tables = frozenset(_TABLES)

    def __init__(self) -> None:
        super().__init__()
        self.recap: IncomingRecap | None = None

    def short(self) -> str:
        return _("counter")

    def title(self) -> str:
        return _("Recap of calls and visits")

    def size(self) -> int:
        return self.recap.size if self.recap is not None else 0

    def closed(self) -> str:
        return results.closed_words(self.recap) if self.recap is not None else ""

    async def newest(self, store: Store) -> Period:
        return parse_period(f"{store.today():%Y-%m}")

    async def read(self, store: Store) -> None:
        assert self.period is not None
        self.recap = None
        self.recap = await store.recaps_incoming.recap(self.period)

    def rows(self) -> list[GroupRow]:
        if self.recap is None:
            return []
        _name, read, columns = _TABLES[self.view]
        return [GroupRow(name, counts[: len(columns)]) for name, counts in read(self.recap)]

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        name, _read, columns = _TABLES[self.view]
        return count_columns(_(name), columns, longest)

    def lines(self, width: int) -> list[Line]:
        recap = self.recap
        if recap is None:
            return []
        if not recap.size:
            return _nothing(self.label(), width)
        show = {"view-in-hours": _times, "view-in-help": _help, "view-in-definitions": _definitions}
        return show.get(self.view, _summary)(recap, width)

    def question(self, period: str) -> str:
        assert self.recap is not None
        counted = self.recap.figures
        question = _("Close {period}: {contacts} contacts, {missed} missed and {open} follow-ups still open?")
        contacts, missed = number(counted.contacts), number(counted.missed_open)
        return question.format(period=period, contacts=contacts, missed=missed, open=number(counted.open))

    async def close(self, store: Store) -> None:
        assert self.period is not None
        self.recap = await store.recaps_incoming.close(self.period)

    async def book(self, shell: LoketApp, period: Period) -> str:
        recap, contacts = await shell.store.recaps_incoming.results(period)
        if not recap.size:
            return _("Nothing came in in {period}; no file was written.").format(period=self.label())
        with files_out.reserved(shell, f"rekap-layanan-{period}") as path:
            await shell.store.recaps.write_results(path, incoming.sheets(recap, contacts, shell.now()))
        text = _("Recap of {n} contacts: KELUAR/{name}")
        return text.format(n=number(recap.figures.contacts), name=path.name)

    async def pages(self, shell: LoketApp, period: Period) -> str:
        recap = await shell.store.recaps_incoming.recap(period)
        pdf = await asyncio.to_thread(printing.recap, *incoming_paper.recap(recap, shell.me, shell.now()))
        with files_out.reserved(shell, f"rekap-layanan-{period}", ".pdf") as path:
            await shell.store.recaps.write_pages(path, pdf)
        return with_unprinted(_("Recap: KELUAR/{name}").format(name=path.name), incoming_paper.names_in_recap(recap))


def _nothing(period: str, width: int) -> list[Line]:
    said = [
        _("Nothing came in in {period}.").format(period=period),
        _("F3 notes the next call or visit. ← → go to other months, r types one."),
    ]
    return [EMPTY, *(line((f"  {row}", "normal")) for text in said for row in wrap(text, width - 4, 3))]


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
        return [EMPTY, *(line((f"  {row}", "normal")) for row in wrap(said, width - 4, 3))]
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
