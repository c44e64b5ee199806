"""What stands on paper, in words: the recap and the daily report, ready to be drawn by `printing`.

Call lists are in `tui.words.call_paper`, letters that cannot be printed in `tui.words.letters`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from printing.sheets import (
    Chart,
    CountTable,
    DailyLine,
    DailyPerson,
    DailySection,
    DailySheet,
    DailyWords,
    Figure,
    RecapSheet,
    RecapWords,
    Stamp,
)
from printing.words import PaperWords
from store.call_lists import Ticked
from store.daily import PersonDay
from store.recaps import Jht56Recap
from store.rows import Me
from tui import i18n
from tui.i18n import WIB, _, month_names, short_moment, weekday_names
from tui.widgets.ink import cut
from tui.words import daily, results
from tui.words.calls import OUTCOMES, STATES, word
from tui.words.letters import printable


def paper_words() -> PaperWords:
    """What all pages say."""
    english = i18n.language() == "en"
    return PaperWords(
        language=i18n.language(),
        months=month_names(),
        hour_mark=":" if english else ".",
        thousands="," if english else ".",
        page=_("Page {page} of {pages}"),
        printed=_("Printed {when} by {by}"),
        continued=_("(continued)"),
        practice=_("PRACTICE"),
    )


def stamp(me: Me, now: datetime) -> Stamp:
    return Stamp(printable(me.office), now, printable(me.name), me.practice)


def place_of(office: str) -> str:
    """The town for the line above a signature: what follows 'Kantor Cabang'; else room for a pen."""
    _before, mark, town = office.partition("Kantor Cabang")
    return town.strip() if mark and town.strip() else "……………………"


# Call list ------------------------------------------------------------------------------------------------------------


def list_number(number: int) -> str:
    """How a paper list is called: 'DT-12' (daftar telepon)."""
    return f"DT-{number}"


def ticked(line: int, done: Ticked, now: datetime) -> tuple[str, str]:
    """What one tick did, for the status line, and its role."""
    outcome = word(OUTCOMES, done.outcome)
    facts = {"line": line, "name": cut(done.name, 24), "outcome": outcome}
    if not done.applied:
        return _("{line} {name}: {outcome}, as history only; served since").format(**facts), "warn"
    then = word(STATES, done.state)
    if done.due_at is not None:
        then = _("again {when}").format(when=short_moment(done.due_at, now))
    return _("{line} {name}: {outcome} → {then} · u undoes").format(**facts, then=then), "good"


# Recap ----------------------------------------------------------------------------------------------------------------


def recap(figures: Jht56Recap, me: Me, now: datetime) -> tuple[RecapSheet, RecapWords]:
    """The recap of a period and its words."""
    told = results.figures(figures)
    sheet = RecapSheet(
        stamp=stamp(me, now),
        title=_("Recap JHT 56"),
        period=results.recap_period(figures),
        figures=tuple(Figure(title, results.shown(value), meaning) for title, value, meaning in told),
        charts=(
            Chart(_("Where people stand"), tuple((name, count) for name, count, _role in results.states(figures))),
            Chart(_("How calls ended"), tuple(results.outcomes(figures))),
        ),
        tables=(
            count_table(_("By company"), _("Company"), results.GROUP_COLUMNS, results.companies(figures)),
            count_table(_("By pembina"), _("Pembina"), results.GROUP_COLUMNS, results.pembina(figures)),
            count_table(_("By handler"), _("Handler"), results.HANDLER_COLUMNS, results.handlers(figures)),
        ),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the service section"),
        closed_at=figures.closed_at,
        closed_by=printable(figures.closed_by),
    )
    return sheet, recap_words()


def recap_words() -> RecapWords:
    """What the pages of every recap say."""
    return RecapWords(
        paper=paper_words(),
        period=_("Period"),
        figures=_("Figures"),
        figure=_("Figure"),
        value=_("Value"),
        definition=_("Meaning"),
        total=_("Total"),
        closed=_("Period closed {when} by {by}"),
        not_closed=_("Period not closed: the figures may still change"),
        empty=_("Nothing yet."),
    )


def names_in_recap(figures: Jht56Recap) -> list[str]:
    """Everybody and every company named on the pages: told when a letter cannot be printed."""
    return [figures.closed_by, *figures.by_company, *figures.by_pembina, *figures.by_handler]


def count_table(
    title: str, name: str, columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]]
) -> CountTable:
    """Names with their counts and the sums."""
    sums = tuple(sum(counts[place] for _name, counts in rows) for place in range(len(columns)))
    shown = tuple((printable(group), counts) for group, counts in rows)
    return CountTable(title, name, tuple(_(column) for column in columns), shown, sums if rows else ())


# Daily report ---------------------------------------------------------------------------------------------------------


def daily_report(
    day: date, report: Sequence[PersonDay], me: Me, now: datetime, anchor: str = ""
) -> tuple[DailySheet, DailyWords]:
    """The report of a day and its words; `anchor` is the head of the trail in one line."""
    sections = tuple(
        DailySection(printable(section), tuple(_daily_person(person) for person in people))
        for section, people in daily.by_section(daily.tell(report))
    )
    signer = _("Head of the service section")
    sheet = DailySheet(stamp(me, now), day, sections, printable(place_of(me.office)), signer, anchor)
    words = DailyWords(
        paper=paper_words(),
        title=_("Daily report"),
        weekdays=weekday_names(),
        time=_("Time"),
        activity=_("Work"),
        detail=_("Detail"),
        total=_("Total:"),
        nothing=_("Nothing was noted."),
        empty=_("No work was noted on this day."),
    )
    return sheet, words


def names_of_day(report: Sequence[PersonDay]) -> list[str]:
    """Everybody named on the pages of a day."""
    return [name for person in report for name in (person.name, *(line.person for line in person.lines))]


def _daily_person(person: daily.PersonTold) -> DailyPerson:
    lines = tuple(DailyLine(told.line.at, told.activity, printable(told.detail)) for told in person.lines)
    return DailyPerson(printable(person.name), person.counts, lines)
