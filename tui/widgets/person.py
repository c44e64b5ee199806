"""A person's page as lines: pure, a person comes in, lines go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from store.archive_rows import ArchivedRow
from store.persons import ListPlace, Person
from store.rules.emails import EmailKnown, EmailSource, email_known
from store.rules.money import format_rupiah
from store.rules.phones import format_display
from store.timeline import Happening
from tui.i18n import WIB, _, long_date, short_moment
from tui.widgets.ink import EMPTY, Line, line
from tui.widgets.script_lines import labelled
from tui.words import archive, calls, trail
from tui.words.reasons import REASONS

MANY = 4
"""Lines that one thing may take; what is longer is cut with a mark."""


def person_lines(
    person: Person,
    history: Sequence[Happening],
    now: datetime,
    kind: str,
    width: int,
    archived: Sequence[ArchivedRow] = (),
) -> list[Line]:
    """Everything about a person in lines of `width` cells; `history` is of one kind ('': of all).

    `archived` are the files of their card that lie in the archive.
    """
    return [
        *_identity(person, width),
        EMPTY,
        *_contact(person, width),
        EMPTY,
        *_status(person, now, width),
        *_archived(archived, width),
        EMPTY,
        *_lists(person, now, width),
        EMPTY,
        *_history(history, now, kind, width),
    ]


def _identity(person: Person, width: int) -> Iterator[Line]:
    yield line((f" {person.name}", "strong"))
    born = long_date(person.birth_date) if person.birth_date else _("born: hidden for your role, or not on record")
    nik = person.nik or _("not known")
    yield from labelled("KPJ", f"{person.kpj} · NIK {nik} · {born}", width, 2)
    company = person.company or _("company not known")
    npp = f" · NPP {person.npp}" if person.npp else ""
    pembina = " · " + _("pembina {name}").format(name=person.pembina) if person.pembina else ""
    yield from labelled(_("Company"), f"{company}{npp}{pembina}", width, 2)


def _archived(archived: Sequence[ArchivedRow], width: int) -> Iterator[Line]:
    """Where each paper lies, the newest first; nothing where there is none."""
    if archived:
        told = "; ".join(f"{row.program} {row.code} → {archive.where_lies(row)[0]}" for row in archived)
        yield from labelled(_("Archive"), told, width, MANY)


def _contact(person: Person, width: int) -> Iterator[Line]:
    numbers = [
        " ".join(filter(None, (_shown(number), f"({label})" if label else "", _("WRONG") if wrong else "")))
        for number, label, wrong in person.phones
    ]
    if numbers:
        yield from labelled(_("Telephone"), " · ".join(numbers), width, MANY)
    else:
        yield from labelled(_("Telephone"), _("none: e types one"), width, 1, "bad")
    yield from labelled(_("E-mail"), _email(person), width, 1, "normal" if person.email else "muted")


def _shown(number: str) -> str:
    """A number as people read it; a masked one as it is."""
    return format_display(number) if number.startswith("+") else number


def _email(person: Person) -> str:
    """The address, that they have none, or that nobody knows yet."""
    known = email_known(person.email, person.email_none_at)
    if known is EmailKnown.ADDRESS:
        if person.email_source != EmailSource.TOGETHER:
            return person.email
        return _("{email} · made together with the participant").format(email=person.email)
    if known is EmailKnown.NONE and person.email_none_at is not None:
        return _("has none, noted {day}").format(day=long_date(person.email_none_at.astimezone(WIB).date()))
    return _("not known")


def _status(person: Person, now: datetime, width: int) -> Iterator[Line]:
    claimed = {None: _("not known"), True: _("yes"), False: _("no")}[person.claimed]
    said = [_("claimed (Smile or a list): {yes}").format(yes=claimed)]
    if person.claim_checked_at is not None:
        said.append(_("looked up {when}").format(when=short_moment(person.claim_checked_at, now)))
    if person.claim_said_at is not None:
        said.append(_("says claimed {when}").format(when=short_moment(person.claim_said_at, now)))
    if person.still_working or person.active:
        said.append(_("still at work"))
    if person.deceased:
        said.append(_("deceased"))
    if person.jht_balance is not None:
        said.append(_("balance {rupiah}").format(rupiah=format_rupiah(person.jht_balance)))
    yield from labelled(_("Status"), " · ".join(said), width, MANY)
    if person.flags:
        doubts = ", ".join(_(REASONS[flag]) if flag in REASONS else flag for flag in person.flags)
        yield from labelled(_("Doubts"), doubts, width, MANY, "warn")
    yield from labelled(_("Source"), person.source, width, 2, "muted")


def _lists(person: Person, now: datetime, width: int) -> Iterator[Line]:
    if not person.lists:
        yield from labelled(_("Lists"), _("on no call list"), width, 1, "muted")
    for at, place in enumerate(person.lists):
        role = calls.STATE_ROLES.get(place.state, "normal")
        yield from labelled("" if at else _("Lists"), _place(place, now), width, 2, role)


def _place(place: ListPlace, now: datetime) -> str:
    state = calls.word(calls.STATES, place.state)
    if place.done_reason:
        state = f"{state} ({calls.word(calls.DONE, place.done_reason)})"
    if place.due_at is not None:
        state = f"{state} {short_moment(place.due_at, now)}"
    parts = [calls.kind_period(place.kind, place.period), state]
    if place.handler:
        parts.append(_("handler {name}").format(name=place.handler))
    return " · ".join(parts)


def _history(rows: Sequence[Happening], now: datetime, kind: str, width: int) -> Iterator[Line]:
    """What happened, the newest first."""
    if not rows:
        none = _("nothing of this kind; 0 shows everything") if kind else _("nothing yet")
        yield from labelled(_("History"), none, width, 1, "muted")
    for at, row in enumerate(rows):
        text, role = trail.line_of(row, now)
        yield from labelled("" if at else _("History"), text, width, MANY, role)
