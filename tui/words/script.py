"""What to say on the telephone, with the person's data merged in; and what never to say (domain.md 2.3, 3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.rows import Card, Me
from store.rules.kinds import Kind
from tui.i18n import WIB, _, long_date
from tui.words.calls import ADVICE, DOCUMENTS, honorific, word


def greeting(now: datetime) -> str:
    """The greeting of the hour in WIB."""
    hour = now.astimezone(WIB).hour
    if hour < 11:
        return _("Good morning")
    if hour < 15:
        return _("Good day")
    return _("Good afternoon")


def opening(card: Card, me: Me, now: datetime) -> list[str]:
    """Until the right person is sure: who calls, whom for, and the question that only they can answer."""
    address = honorific(card.sex)
    return [
        _("“{greeting}, I am {me} of BPJS Ketenagakerjaan, {office}. Am I speaking with {address} {name}?”").format(
            greeting=greeting(now), me=me.name, office=me.office, address=address, name=card.name
        ),
        _("“To be sure I have the right person: may I ask {address}'s date of birth?” Right: press v.").format(
            address=address
        ),
        _("Somebody else: say nothing of the claim; ask for a better hour (5) or leave a message (9)."),
    ]


def message(card: Card) -> list[str]:
    """After the right-party check: why we call, and the question."""
    address = honorific(card.sex)
    return [
        _(
            "“{address} has reached 56 and may claim the whole JHT at once, also while still at work. "
            "Has {address} claimed already?”"
        ).format(address=address),
        _(
            "“How would {address} like to claim: with the JMO app, Lapak Asik, or at the office?” Then 6, 7 or 8."
        ).format(address=address),
    ]


def never() -> str:
    return _("the balance to anybody else · the birth date before it is told · ask for OTP, PIN or password")


def advice(card: Card, rupiah: str, limit: str) -> str:
    """The channel that suits the balance; `rupiah` and `limit` are amounts as text."""
    text = word(ADVICE, card.advice or "").format(limit=limit)
    return f"{rupiah} → {text}" if rupiah else text


def documents(codes: list[str]) -> str:
    return ", ".join(word(DOCUMENTS, code) for code in codes)


def birth_date(card: Card) -> str:
    """The birth date, or where it is."""
    if card.birth_date is not None:
        return long_date(card.birth_date)
    return _("hidden (b)") if card.has_birth_date else _("not on record")


@dataclass(frozen=True, slots=True)
class Script:
    """What a handler says: `opening` until the right person is sure, `message` after it, and what is `never` said."""

    opening: tuple[str, ...]
    message: tuple[str, ...]
    never: str


def parts(card: Card, me: Me, now: datetime) -> Script:
    """The script of a card, with its person and matter merged in."""
    if card.kind == Kind.JHT56:
        return Script(tuple(opening(card, me, now)), tuple(message(card)), never())
    heirs = card.kind == Kind.JKM_INFO
    return Script(
        (*(_to_the_heirs(card, me, now) if heirs else opening(card, me, now)[:2]), _somebody_else()),
        _matter(card),
        _never_of(card.kind),
    )


def _somebody_else() -> str:
    return _("Somebody else: say nothing of the matter; ask for a better hour (5) or leave a message (9).")


def _to_the_heirs(card: Card, me: Me, now: datetime) -> tuple[str, ...]:
    return (
        _("“{greeting}, I am {me} of BPJS Ketenagakerjaan, {office}. Am I speaking with the family of {name}?”").format(
            greeting=greeting(now), me=me.name, office=me.office, name=card.name
        ),
        _("“May I ask your name, and how you are related?” An heir, or who made the claim: press v."),
    )


def _matter(card: Card) -> tuple[str, ...]:
    address = honorific(card.sex)
    about = _("What it is about: {matter}").format(matter=card.matter)
    match card.kind:
        case Kind.BANK_CHECK:
            return (
                about,
                _("“For the payment: of which bank is the account, in whose name, and what is its number?”"),
                _("It is read out by {address}, never by you. Right: 6; another number: 7; another name: 8.").format(
                    address=address
                ),
            )
        case Kind.JKM_INFO:
            return (
                about,
                _("“Our condolences. The death benefit (JKM) has been paid; please look at the account.” Then 6."),
                _("Known already: 7. Not received, or a question of the account: 8, with a note (n)."),
            )
        case Kind.INCOMPLETE_FILE:
            return (
                about,
                _("“The claim cannot go on yet: this is still missing. Please bring it to the office.” Then 6."),
                _("Brought already: 7. Cannot be had: 8, with a note (n)."),
            )
        case _:
            return (
                about,
                _("“The claim could not be processed. The file can be fetched at the office to claim anew.” Then 6."),
                _("Fetched already: 7. An obstacle: 8, with a note (n)."),
            )


def _never_of(kind: str) -> str:
    if kind == Kind.BANK_CHECK:
        return _("the account number or the amount · the birth date before it is told · ask for OTP, PIN or password")
    return _("amounts to anybody else · the birth date before it is told · ask for OTP, PIN or password")
