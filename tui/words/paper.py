"""What stands on paper, in words: the call list, the recap and the daily report, ready to be drawn by `printing`.

A name with a letter that the printed face lacks is printed with ? in its place: a list for a day without power must
not fail on one name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from printing.sheets import (
    CallListLine,
    CallListSheet,
    CallListWords,
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
from store.call_lists import PaperLine, PaperList, Ticked
from store.daily import PersonDay
from store.recaps import Jht56Recap
from store.rows import Me
from tui import i18n
from tui.i18n import WIB, _, month_names, period_words, short_moment, weekday_names
from tui.widgets.ink import cut
from tui.words import daily, results
from tui.words.calls import OUTCOMES, STATES, honorific, word


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


def printable(text: str) -> str:
    """The text with ? for each letter that cannot be printed."""
    from printing.errors import LetterMissing
    from printing.fonts import printable as set_text

    while True:
        try:
            set_text(text)
        except LetterMissing as missing:
            text = text.replace(missing.letter, "?") if missing.letter in text else _ascii(text)
        else:
            return text


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii")


def place_of(office: str) -> str:
    """The town for the line above a signature: what follows 'Kantor Cabang'; else room for a pen."""
    _before, mark, town = office.partition("Kantor Cabang")
    return town.strip() if mark and town.strip() else "……………………"


# Call list ------------------------------------------------------------------------------------------------------------


def list_number(number: int) -> str:
    """How a paper list is called: 'DT-12' (daftar telepon)."""
    return f"DT-{number}"


def _script(caller: str, office: str) -> list[str]:
    """The whole call in four lines, for a printed list: nobody's data, room for the name."""
    return [
        _("“Good morning, I am {me} of BPJS Ketenagakerjaan, {office}. Am I speaking with …?”").format(
            me=caller, office=office
        ),
        _("“To be sure: may I ask your date of birth?” Somebody else answers: say nothing of the claim."),
        _("“You have reached 56 and may claim the whole JHT, also while still at work. Have you claimed already?”"),
        _(
            "“Would you like to claim with JMO, Lapak Asik, or at the office?” "
            "Documents: membership card, KTP, KK, bank book."
        ),
    ]


def call_list(paper: PaperList, me: Me, now: datetime) -> tuple[CallListSheet, CallListWords]:
    """The list and its words."""
    sheet = CallListSheet(
        stamp(me, now),
        list_number(paper.number),
        period_words(paper.period),
        printable(paper.made_by),
        paper.made_at.astimezone(WIB).date(),
        tuple(printable(text) for text in _script(paper.made_by, me.office)),
        tuple(_call_line(line) for line in paper.lines),
    )
    return sheet, call_list_words()


def _call_line(line: PaperLine) -> CallListLine:
    return CallListLine(
        line.line,
        printable(f"{honorific(line.sex)} {line.name}"),
        printable(line.company),
        printable(line.kpj),
        tuple(type(phone)(phone.e164, printable(phone.label)) for phone in line.phones),
        tries=line.tries,
        last=word(OUTCOMES, line.last_outcome) if line.last_outcome else "",
        due_at=line.due_at,
    )


def call_list_words() -> CallListWords:
    return CallListWords(
        paper=paper_words(),
        title=_("Call list JHT 56"),
        period=_("Period"),
        handler=_("Caller"),
        people=_("{n} people"),
        script=_("What to say"),
        column_person=_("Participant"),
        column_phones=_("Telephone numbers"),
        column_outcome=_("Outcome (cross one)"),
        column_notes=_("Notes"),
        tried=_("{n}×"),
        promised=_("promised {when}"),
        called_at=_("at"),
        call_back=_("again"),
        note=_("note"),
        no_phone=_("no number that can be used"),
        letter=_("letter"),
        legend=(
            ("1", _("no answer")),
            ("2", _("busy")),
            ("3", _("switched off / out of reach / mailbox")),
            ("4", _("wrong number")),
            ("5", _("asked to be called back (write when)")),
            ("6", _("will claim: k office, l Lapak Asik, j JMO")),
            ("7", _("says it is claimed already")),
            ("8", _("not yet: b, p, k or d")),
            ("9", _("message left: please ring back")),
            ("0", _("other: t, k, m, n or p")),
        ),
        letters=_(
            "Letters of 8: b no need yet, p waits for retirement, k asks the family, d waits for documents. "
            "Letters of 0: t refuses, k obstacle, m deceased, n number not registered, p moved / unknown. "
            "Several numbers: cross the small box of the one you rang."
        ),
        never=_(
            "Never: tell the balance or the birth date, speak of the claim with somebody else, "
            "ask for OTP, PIN or password."
        ),
        afterwards=_(
            "Has telephone numbers: do not leave it on the desk; typed back with F2 and t, then to be shredded."
        ),
        typed_back=_("Typed back on, by:"),
        empty=_("Nobody needs to be called for this list."),
    )


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
            _table(_("By company"), _("Company"), results.GROUP_COLUMNS, results.companies(figures)),
            _table(_("By pembina"), _("Pembina"), results.GROUP_COLUMNS, results.pembina(figures)),
            _table(_("By handler"), _("Handler"), results.HANDLER_COLUMNS, results.handlers(figures)),
        ),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the service section"),
        closed_at=figures.closed_at,
        closed_by=printable(figures.closed_by),
    )
    words = RecapWords(
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
    return sheet, words


def _table(title: str, name: str, columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]]) -> CountTable:
    sums = tuple(sum(counts[place] for _name, counts in rows) for place in range(len(columns)))
    shown = tuple((printable(group), counts) for group, counts in rows)
    return CountTable(title, name, tuple(_(column) for column in columns), shown, sums if rows else ())


# Daily report ---------------------------------------------------------------------------------------------------------


def daily_report(day: date, report: Sequence[PersonDay], me: Me, now: datetime) -> tuple[DailySheet, DailyWords]:
    """The report of a day and its words."""
    sections = tuple(
        DailySection(printable(section), tuple(_daily_person(person) for person in people))
        for section, people in daily.by_section(daily.tell(report))
    )
    sheet = DailySheet(stamp(me, now), day, sections, printable(place_of(me.office)), _("Head of the service section"))
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


def _daily_person(person: daily.PersonTold) -> DailyPerson:
    lines = tuple(DailyLine(told.line.at, told.activity, printable(told.detail)) for told in person.lines)
    return DailyPerson(printable(person.name), person.counts, lines)
