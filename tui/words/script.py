"""What to say on the telephone, with the person's data merged in; and what never to say (domain.md 2.3, 3.7)."""

from __future__ import annotations

from datetime import datetime

from store.rows import Card, Me
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
