"""What to say on the telephone: the office's own text or the words of Loket, with the person's data merged in.

Both are Markdown by kind of campaign, part and language (store/rules/script.py, domain.md 2.3, 3.7). Balance, advice
and documents are never part of it: they are made from the person's data after the right-party check.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from store.rows import Card, Me
from store.rules.kinds import Kind
from store.rules.script import Block, render
from store.value_class import value_class
from tui import i18n
from tui.i18n import N_, WIB, _, long_date
from tui.words.calls import ADVICE, DOCUMENTS, honorific, word

Scripts = Mapping[str, Mapping[str, Mapping[str, str]]]
"""The office's own: kind, language and part lead to Markdown."""

_GREETING: Final = N_(
    "“{salam}, I am {petugas} of BPJS Ketenagakerjaan, {kantor}. Am I speaking with {sapaan} {nama}?”"
)
_BORN: Final = N_("“To be sure I have the right person: may I ask {sapaan}'s date of birth?” Right: press v.")
_OTHERS: Final = N_("Somebody else: say nothing of the matter; ask for a better hour (5) or leave a message (9).")
_ABOUT: Final = N_("What it is about: {perihal}")
_NEVER: Final = N_("amounts to anybody else · the birth date before it is told · ask for OTP, PIN or password")

BUILT_IN: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    Kind.JHT56: {
        "opening": (
            _GREETING,
            _BORN,
            N_("Somebody else: say nothing of the claim; ask for a better hour (5) or leave a message (9)."),
        ),
        "message": (
            N_(
                "“{sapaan} has reached 56 and may claim the whole JHT at once, also while still at work. "
                "Has {sapaan} claimed already?”"
            ),
            N_("“How would {sapaan} like to claim: with the JMO app, Lapak Asik, or at the office?” Then 6, 7 or 8."),
        ),
        "never": (N_("the balance to anybody else · the birth date before it is told · ask for OTP, PIN or password"),),
    },
    Kind.BANK_CHECK: {
        "opening": (_GREETING, _BORN, _OTHERS),
        "message": (
            _ABOUT,
            N_("“For the payment: of which bank is the account, in whose name, and what is its number?”"),
            N_("It is read out by {sapaan}, never by you. Right: 6; another number: 7; another name: 8."),
        ),
        "never": (
            N_("the account number or the amount · the birth date before it is told · ask for OTP, PIN or password"),
        ),
    },
    Kind.JKM_INFO: {
        "opening": (
            N_("“{salam}, I am {petugas} of BPJS Ketenagakerjaan, {kantor}. Am I speaking with the family of {nama}?”"),
            N_("“May I ask your name, and how you are related?” An heir, or who made the claim: press v."),
            _OTHERS,
        ),
        "message": (
            _ABOUT,
            N_("“Our condolences. The death benefit (JKM) has been paid; please look at the account.” Then 6."),
            N_("Known already: 7. Not received, or a question of the account: 8, with a note (n)."),
        ),
        "never": (_NEVER,),
    },
    Kind.INCOMPLETE_FILE: {
        "opening": (_GREETING, _BORN, _OTHERS),
        "message": (
            _ABOUT,
            N_("“The claim cannot go on yet: this is still missing. Please bring it to the office.” Then 6."),
            N_("Brought already: 7. Cannot be had: 8, with a note (n)."),
        ),
        "never": (_NEVER,),
    },
    Kind.FAILED_CLAIM: {
        "opening": (_GREETING, _BORN, _OTHERS),
        "message": (
            _ABOUT,
            N_("“The claim could not be processed. The file can be fetched at the office to claim anew.” Then 6."),
            N_("Fetched already: 7. An obstacle: 8, with a note (n)."),
        ),
        "never": (_NEVER,),
    },
}
"""The words an office starts with: the paragraphs of each part."""


def built_in(kind: str, language: str, part: str) -> str:
    """The words of Loket as Markdown."""
    return "\n\n".join(i18n.spoken(language, paragraph) for paragraph in BUILT_IN[kind][part])


@value_class
class Script:
    """What a handler says: `opening` until the right person is sure, `message` after it, and what is `never` said."""

    opening: tuple[Block, ...]
    message: tuple[Block, ...]
    never: tuple[Block, ...]


def parts(card: Card, me: Me, now: datetime, own: Scripts) -> Script:
    """The script of a card in the language in use: the office's own text where there is one."""
    language, values = i18n.language(), merged(card, me, now)
    texts = own.get(card.kind, {}).get(language, {})
    opening, message, never = (
        tuple(render(texts.get(part) or built_in(card.kind, language, part), values))
        for part in ("opening", "message", "never")
    )
    return Script(opening, message, never)


def merged(card: Card, me: Me, now: datetime) -> dict[str, str]:
    """The merge fields of a card (store/rules/script.py `FIELDS`)."""
    return {
        "sapaan": honorific(card.sex),
        "nama": card.name,
        "perusahaan": card.company or _("company not known"),
        "petugas": me.name,
        "kantor": me.office,
        "salam": greeting(now),
        "perihal": card.matter or _("what is on record"),
    }


def greeting(now: datetime) -> str:
    """The greeting of the hour in WIB."""
    return _(greeting_of(now))


def greeting_of(now: datetime) -> str:
    """The same in English, for a script of another language than the one in use."""
    hour = now.astimezone(WIB).hour
    if hour < 11:
        return N_("Good morning")
    return N_("Good day") if hour < 15 else N_("Good afternoon")


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
