"""Corrections of people's data in words: problems, values, where they come from, what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from store.corrections import Corrected
from store.errors import FieldConflict
from store.rules.corrections import NO, YES, CorrectionState, Entry, Field, Source, read_typed
from store.rules.identity import nik_agrees
from store.rules.money import format_rupiah
from store.rules.phones import format_display
from store.rules.problems import CARDS_SEVERAL, NUMBER_WRONG, SETTLED_BY
from store.rules.readings import Reason
from tui.i18n import N_, _, long_date, ngettext, number
from tui.words import reasons

PROBLEMS: Final[dict[str, str]] = {
    NUMBER_WRONG: N_("number found wrong by a call"),
    CARDS_SEVERAL: N_("one NIK on several cards"),
}
"""Problems that are no flag of a file; the others are in `tui.words.reasons`."""

FIELDS: Final[dict[str, str]] = {
    Field.PHONE: N_("telephone"),
    Field.EMAIL: N_("e-mail"),
    Field.NIK: N_("NIK"),
    Field.BIRTH_DATE: N_("birth date"),
    Field.NAME: N_("name"),
    Field.ACTIVE: N_("membership status"),
    Field.NPP: N_("NPP"),
    Field.BALANCE: N_("JHT balance"),
}

LABELS: Final[dict[str, str]] = {
    Field.PHONE: N_("Telephone"),
    Field.EMAIL: N_("E-mail"),
    Field.NIK: N_("NIK"),
    Field.BIRTH_DATE: N_("Birth date"),
    Field.NAME: N_("Name"),
    Field.ACTIVE: N_("Status"),
    Field.NPP: N_("NPP"),
    Field.BALANCE: N_("JHT balance"),
}
"""Before the line in which a value is typed."""

HOW: Final[dict[str, str]] = {
    Field.PHONE: N_("a number, however it is written"),
    Field.EMAIL: N_("an address; - for “has no e-mail”"),
    Field.NIK: N_("16 digits"),
    Field.BIRTH_DATE: N_("31-12-1967"),
    Field.NAME: N_("the whole name as on the KTP"),
    Field.ACTIVE: N_("aktif or non aktif, as lists write it"),
    Field.NPP: N_("the employer's number"),
    Field.BALANCE: N_("whole rupiah"),
}
"""How a value is typed."""

SOURCES: Final[dict[str, str]] = {
    Source.CALL: N_("a call of the office"),
    Source.COUNTER: N_("a call or visit"),
    Source.PARTICIPANT: N_("the participant"),
    Source.TOGETHER: N_("made together with the participant"),
    Source.COMPANY: N_("the company"),
    Source.DOCUMENT: N_("a document that was seen"),
    Source.SMILE: N_("looked up in Smile"),
    Source.FILE: N_("a file"),
    Source.CLEANING: N_("the cell read again"),
    Source.UNDO: N_("an earlier change taken back"),
    Source.OTHER: N_("another source"),
}

STATES: Final[dict[str, str]] = {
    CorrectionState.MADE: N_("made"),
    CorrectionState.PROPOSED: N_("waits for a yes"),
    CorrectionState.DECLINED: N_("declined"),
}

ENTRIES: Final[dict[str, str]] = {
    Entry.NOT_NEEDED: "",
    Entry.TO_DO: N_("not in Smile yet"),
    Entry.DONE: N_("in Smile"),
    Entry.REFUSED: N_("refused by Smile"),
}

TROUBLES: Final[dict[str, str]] = {
    "empty": N_("nothing was typed"),
    "one-number": N_("one number at a time"),
    "unreadable": N_("cannot be read"),
}
"""Why a typed value cannot be read, where no flag of a file says it."""


def problem(code: str) -> str:
    """A worklist in words."""
    return _(PROBLEMS[code]) if code in PROBLEMS else _(reasons.REASONS[code])


def title(code: str) -> str:
    """The same at the beginning of a line."""
    words = problem(code)
    return words[:1].upper() + words[1:]


def field(code: str) -> str:
    return _(FIELDS[code]) if code in FIELDS else code


def settles(code: str) -> str:
    """What answers the problems of a worklist."""
    settled_by = SETTLED_BY[code]
    return _("looking at it") if settled_by is None else field(settled_by)


def source(code: str, said_by: str = "") -> str:
    words = _(SOURCES[code]) if code in SOURCES else code
    return f"{words} ({said_by})" if said_by else words


def value(wanted: Field | None, text: str | None) -> str:
    """A value as people read it: canonical text, or masked as a list has it. '–' where it is not known."""
    if text is None:
        return "–"
    if wanted is Field.EMAIL:
        return text or _("has no e-mail")
    if wanted is Field.PHONE:
        return " · ".join(format_display(each) if each.startswith("+") else each for each in text.split())
    if wanted is Field.ACTIVE:
        return {YES: _("active"), NO: _("not active")}.get(text, text)
    if wanted is Field.BIRTH_DATE:
        return long_date(date.fromisoformat(text))
    if wanted is Field.BALANCE and text.lstrip("-").isdigit():
        return format_rupiah(int(text))
    return text


def trouble(wanted: Field, code: str) -> str:
    """Why a typed value cannot be taken."""
    return _(TROUBLES[code]) if code in TROUBLES else reasons.reason(Reason(code, wanted, ""))


def reading(
    wanted: Field, text: str, area_code: str, today: date, born: str | None, nik: str | None
) -> tuple[str, str]:
    """How a typed value is read: ('' or why it cannot be taken, what it is).

    `born` (ISO) and `nik` are the person's others: what disagrees with them is taken, and said.
    """
    if not text.strip():
        return _("nothing was typed"), ""
    typed = read_typed(wanted, text, today=today, area_code=area_code)
    if typed.value is None:
        return trouble(wanted, typed.problem), ""
    words = value(wanted, typed.value)
    if wanted is Field.PHONE:
        from store.rules.phones import operator, region

        about = operator(typed.value) or region(typed.value) or ""
        words = " · ".join(part for part in (words, about, typed.label) if part)
    if wanted is Field.NIK and born and not nik_agrees(typed.value, date.fromisoformat(born)):
        words = _("{nik} · disagrees with the birth date {date}").format(
            nik=words, date=long_date(date.fromisoformat(born))
        )
    if wanted is Field.BIRTH_DATE and nik and nik.isdigit() and not nik_agrees(nik, date.fromisoformat(typed.value)):
        words = _("{date} · disagrees with the NIK").format(date=words)
    return "", words


def saved(name: str, wanted: Field, words: str, done: Corrected) -> str:
    """What became of a typed value."""
    if done.proposed:
        return _("Proposed for {name}: an officer of Kepesertaan says yes or no.").format(name=name)
    if not done.changed:
        return _("{name}: that stands there already; the doubt is answered.").format(name=name)
    return _("{name}: {field} {value} saved").format(name=name, field=field(wanted), value=words)


def conflict_value(clash: FieldConflict, text: object) -> str:
    return _("(nothing)") if text is None else value(Field(clash.field), str(text))


def people(count: int) -> str:
    return ngettext("1 person", "{n} people", count).format(n=number(count))


def others(problems: Sequence[str]) -> str:
    """What else is open of somebody."""
    return ", ".join(problem(code) for code in problems)


def entry(code: str) -> str:
    """How far a change is in Smile; '' where nothing has to be typed there."""
    return _(ENTRIES[code]) if ENTRIES.get(code) else ""
