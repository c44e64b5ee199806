"""What stands on a paper call list, in words, by kind of calls: title, what to say, boxes and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from printing.sheets import CallListLine, CallListSheet, CallListWords
from store.call_lists import PaperLine, PaperList
from store.rows import Me
from store.rules.kinds import OUTCOME_KEYS, Kind
from store.rules.outcomes import Outcome
from tui.i18n import N_, WIB, _, period_words
from tui.words.calls import KINDS, OUTCOMES, honorific, word
from tui.words.letters import printable
from tui.words.paper import list_number, paper_words, stamp

_HELLO: Final = N_("“Good morning, I am {me} of BPJS Ketenagakerjaan, {office}. Am I speaking with …?”")
_SURE: Final = N_("“To be sure: may I ask your date of birth?” Somebody else answers: say nothing of what it is about.")
_SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.JHT56: (
        _HELLO,
        N_("“To be sure: may I ask your date of birth?” Somebody else answers: say nothing of the claim."),
        N_("“You have reached 56 and may claim the whole JHT, also while still at work. Have you claimed already?”"),
        N_(
            "“Would you like to claim with JMO, Lapak Asik, or at the office?” "
            "Documents: membership card, KTP, KK, bank book."
        ),
    ),
    Kind.BANK_CHECK: (
        _HELLO,
        _SURE,
        N_("“For the payment: of which bank is your account, in whose name, and what is its number?”"),
        N_("They read it out, never you. Another number or another name: write it down."),
    ),
    Kind.JKM_INFO: (
        N_("“Good morning, I am {me} of BPJS Ketenagakerjaan, {office}. Am I speaking with the family of …?”"),
        N_("“May I ask your name, and how you are related?” Only an heir, or who made the claim, is told."),
        N_("“Our condolences. The death benefit (JKM) has been paid; please look at the account.”"),
    ),
    Kind.INCOMPLETE_FILE: (
        _HELLO,
        _SURE,
        N_("“The claim cannot go on yet: this is still missing (on the line). Please bring it to the office.”"),
    ),
    Kind.FAILED_CLAIM: (
        _HELLO,
        _SURE,
        N_("“The claim could not be processed. The file can be fetched at the office to claim anew.”"),
    ),
}
"""The whole call in some lines: nobody's data, room for the name."""

_MEANINGS: Final[Mapping[str, str]] = {
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.BUSY: N_("busy"),
    Outcome.UNREACHABLE: N_("switched off / out of reach / mailbox"),
    Outcome.WRONG_NUMBER: N_("wrong number"),
    Outcome.CALLBACK: N_("asked to be called back (write when)"),
    Outcome.WILL_CLAIM: N_("will claim: k office, l Lapak Asik, j JMO"),
    Outcome.SAYS_CLAIMED: N_("says it is claimed already"),
    Outcome.NOT_YET: N_("not yet: b, p, k or d"),
    Outcome.MESSAGE_LEFT: N_("message left: please ring back"),
    Outcome.INFORMED: N_("knows it now"),
    Outcome.SETTLED: N_("the matter is done already"),
    Outcome.OBSTACLE: N_("an obstacle (write which)"),
    Outcome.ACCOUNT_OK: N_("the account is right"),
    Outcome.ACCOUNT_WRONG: N_("another account number (write it)"),
    Outcome.ACCOUNT_NAME: N_("the account is in another name (write whose)"),
}
"""What each box means."""


def call_list(paper: PaperList, me: Me, now: datetime) -> tuple[CallListSheet, CallListWords]:
    """The list and its words."""
    script = (_(text).format(me=paper.made_by, office=me.office) for text in _SCRIPTS[paper.kind])
    sheet = CallListSheet(
        stamp(me, now),
        list_number(paper.number),
        period_words(paper.period),
        printable(paper.made_by),
        paper.made_at.astimezone(WIB).date(),
        tuple(printable(text) for text in script),
        tuple(_call_line(line, paper.kind) for line in paper.lines),
    )
    return sheet, call_list_words(paper.kind)


def names_on(paper: PaperList) -> list[str]:
    """Everything on a list that somebody is called by: told when a letter of it cannot be printed."""
    return [paper.made_by, *(text for line in paper.lines for text in (line.name, line.company, line.matter))]


def _call_line(line: PaperLine, kind: str) -> CallListLine:
    name = f"{honorific(line.sex)} {line.name}"
    if kind == Kind.JKM_INFO:
        name = _("Family of {name}").format(name=name)
    return CallListLine(
        line.line,
        printable(name),
        printable(line.company),
        printable(line.kpj),
        tuple(type(phone)(phone.e164, printable(phone.label)) for phone in line.phones),
        tries=line.tries,
        last=word(OUTCOMES, line.last_outcome) if line.last_outcome else "",
        due_at=line.due_at,
        matter=printable(line.matter),
    )


def _letters(kind: str) -> str:
    if kind == Kind.JHT56:
        return _(
            "Letters of 8: b no need yet, p waits for retirement, k asks the family, d waits for documents. "
            "Letters of 0: t refuses, k obstacle, m deceased, n number not registered, p moved / unknown. "
            "Several numbers: cross the small box of the one you rang."
        )
    return _(
        "Letters of 0: t refuses, k obstacle, m deceased, n number not registered, p moved / unknown. "
        "Several numbers: cross the small box of the one you rang."
    )


def _never(kind: str) -> str:
    if kind == Kind.JHT56:
        return _(
            "Never: tell the balance or the birth date, speak of the claim with somebody else, "
            "ask for OTP, PIN or password."
        )
    return _(
        "Never: tell an amount, an account number or the birth date, speak of it with somebody else, "
        "ask for OTP, PIN or password."
    )


def call_list_words(kind: str = Kind.JHT56) -> CallListWords:
    """The words of a list, with the boxes of that kind's outcomes."""
    boxes = [(key, _(_MEANINGS[outcome])) for key, outcome in sorted(OUTCOME_KEYS[Kind(kind)].items())]
    return CallListWords(
        paper=paper_words(),
        title=_("Call list {kind}").format(kind=word(KINDS, kind)),
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
        legend=(*boxes, ("0", _("other: t, k, m, n or p"))),
        letters=_letters(kind),
        never=_never(kind),
        afterwards=_(
            "Has telephone numbers: do not leave it on the desk; typed back with F2 and t, then to be shredded."
        ),
        typed_back=_("Typed back on, by:"),
        empty=_("Nobody needs to be called for this list."),
    )
