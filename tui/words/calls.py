"""Words of the telephone desk: outcomes, states, channels, reasons, papers, numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.company import COMPANY
from store.rows import Card, CardNumber, Nothing, QueueRow, Served
from store.rules.eligibility import ChannelAdvice, Document
from store.rules.kinds import Kind
from store.rules.outcomes import Channel, DoneReason, NotYetReason, Outcome, RefusalReason, State
from tui.i18n import N_, _, moment, month, ngettext

OUTCOMES: Final[dict[str, str]] = {
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.BUSY: N_("busy"),
    Outcome.UNREACHABLE: N_("off / no reach"),
    Outcome.WRONG_NUMBER: N_("wrong number"),
    Outcome.CALLBACK: N_("call back"),
    Outcome.WILL_CLAIM: N_("will claim"),
    Outcome.SAYS_CLAIMED: N_("says claimed"),
    Outcome.NOT_YET: N_("not yet"),
    Outcome.MESSAGE_LEFT: N_("message left"),
    Outcome.REFUSED: N_("refuses"),
    Outcome.OBSTACLE: N_("obstacle"),
    Outcome.DECEASED: N_("deceased"),
    Outcome.UNREGISTERED: N_("not registered"),
    Outcome.MOVED: N_("moved / unknown"),
    Outcome.INFORMED: N_("informed"),
    Outcome.SETTLED: N_("settled already"),
    Outcome.ACCOUNT_OK: N_("account is right"),
    Outcome.ACCOUNT_WRONG: N_("account number wrong"),
    Outcome.ACCOUNT_NAME: N_("account in another name"),
}

STATES: Final[dict[str, str]] = {
    State.NEW: N_("new"),
    State.RETRY: N_("again"),
    State.CALLBACK: N_("promised call"),
    State.PROMISED: N_("will claim"),
    State.CHECK: N_("to check"),
    State.LATER: N_("later"),
    State.DONE: N_("done"),
    State.EXHAUSTED: N_("not reached"),
    State.WITHOUT_NUMBER: N_("no number"),
}

STATE_ROLES: Final[dict[str, str]] = {
    State.NEW: "normal",
    State.RETRY: "normal",
    State.CALLBACK: "warn",
    State.PROMISED: "good",
    State.CHECK: "warn",
    State.LATER: "muted",
    State.DONE: "good",
    State.EXHAUSTED: "bad",
    State.WITHOUT_NUMBER: "bad",
}

CHANNELS: Final[dict[str, str]] = {
    Channel.OFFICE: N_("office"),
    Channel.LAPAK_ASIK: N_("Lapak Asik"),
    Channel.JMO: N_("JMO"),
    Channel.UNSAID: N_("not said"),
}

REASONS: Final[dict[str, str]] = {
    NotYetReason.NO_NEED: N_("no need yet"),
    NotYetReason.AWAITS_RETIREMENT: N_("waits to retire"),
    NotYetReason.AWAITS_FAMILY: N_("asks family"),
    NotYetReason.AWAITS_DOCUMENTS: N_("documents"),
    NotYetReason.UNSAID: N_("not said"),
}

REFUSALS: Final[dict[str, str]] = {
    RefusalReason.NOT_NEEDED: N_("does not need it"),
    RefusalReason.DISTRUST: N_("distrusts"),
    RefusalReason.FAMILY_HANDLES: N_("family does it"),
    RefusalReason.ELSE: N_("other reason"),
}

KINDS: Final[dict[str, str]] = {
    Kind.JHT56: N_("JHT 56"),
    Kind.BANK_CHECK: N_("Bank account check"),
    Kind.JKM_INFO: N_("JKM payment"),
    Kind.INCOMPLETE_FILE: N_("Incomplete file"),
    Kind.FAILED_CLAIM: N_("Failed claim"),
}
"""What a campaign is called in lists and headers."""

KIND_MARKS: Final[dict[str, str]] = {
    Kind.JHT56: "",
    Kind.BANK_CHECK: N_("ACC"),
    Kind.JKM_INFO: "JKM",
    Kind.INCOMPLETE_FILE: N_("INC"),
    Kind.FAILED_CLAIM: N_("FLD"),
}
"""The same in three letters, beside the name in the list."""

DONE: Final[dict[str, str]] = {
    DoneReason.CLAIMED: N_("claimed"),
    DoneReason.REFUSED: N_("refuses"),
    DoneReason.DECEASED: N_("deceased"),
    DoneReason.INFORMED: N_("informed"),
    DoneReason.SETTLED: N_("settled already"),
    DoneReason.ACCOUNT_WRONG: N_("account number wrong"),
    DoneReason.ACCOUNT_NAME: N_("account in another name"),
    DoneReason.CALLED_IN: N_("rang or came"),
    DoneReason.CLOSED: N_("taken off the list"),
    DoneReason.ENDED: N_("calls ended"),
}

DOCUMENTS: Final[dict[str, str]] = {
    Document.CARD: N_("membership card"),
    Document.KTP: N_("KTP"),
    Document.KK: N_("KK"),
    Document.BANK_BOOK: N_("bank book"),
    Document.FORM_F5: N_("form F5"),
    Document.NPWP: N_("NPWP"),
    Document.NPWP_IF_ABOVE: N_("NPWP (balance above Rp50.000.000)"),
}

ADVICE: Final[dict[str, str]] = {
    ChannelAdvice.JMO: N_("JMO app (balance within the limit of {limit}); Lapak Asik and the office work as well"),
    ChannelAdvice.LAPAK_ASIK_OR_OFFICE: N_("Lapak Asik or the office: the balance is above the JMO limit of {limit}"),
    ChannelAdvice.RULE: N_("balance not known: JMO up to {limit}, above it Lapak Asik or the office"),
}


def word(table: dict[str, str], code: str) -> str:
    """The translated word of a code; an unknown one as it is."""
    return _(table[code]) if table.get(code) else table.get(code, code)


def detail(code: str) -> str:
    """A channel or a reason in words; 'company' before it says that the employer spoke for the person."""
    known = {**CHANNELS, **REASONS, **REFUSALS, COMPANY: N_("through the company")}
    return ", ".join(word(known, part) for part in code.split())


def kind_period(kind: str | None, period: str | None) -> str:
    """A campaign in words: 'JHT 56 Juli 2023', 'Cek rekening', or everything."""
    words = [word(KINDS, kind)] if kind else []
    return " ".join([*words, month(period)] if period else words) or _("everything")


def honorific(sex: str | None) -> str:
    """How to address somebody (domain.md 3.6)."""
    return {"L": "Bapak", "P": "Ibu"}.get(sex or "", "Bapak/Ibu")


def number_label(number: CardNumber) -> str:
    """What is known of a number beside its digits: label, tries, marks."""
    parts = [number.label] if number.label else []
    if number.tries:
        parts.append(ngettext("tried once", "tried {n} times", number.tries).format(n=number.tries))
    if number.wrong:
        parts.append(_("WRONG"))
    elif number.spent:
        parts.append(_("used up"))
    if number.shared_with:
        parts.append(
            ngettext("shared with 1 more", "shared with {n} more", number.shared_with).format(n=number.shared_with)
        )
    return " · ".join(parts)


def served(result: Served, now: datetime) -> tuple[str, str]:
    """What one outcome did, for the status line, and its role."""
    name = _(OUTCOMES.get(result.outcome, result.outcome)).capitalize()
    if not result.applied:
        return _("{outcome} noted, but {name} was no longer yours: history only").format(
            outcome=name, name=result.name
        ), "warn"
    if result.due_at is not None:
        text = _("{outcome} → again {when}").format(outcome=name, when=moment(result.due_at, now))
    else:
        text = f"{name} → {word(STATES, result.state)}"
    if result.follow_up_due is not None:
        text = f"{text} · " + _("follow-up until {when}").format(when=moment(result.follow_up_due, now))
    return _("{what} · u undoes").format(what=text), "good"


def nothing(row: Nothing, now: datetime) -> str:
    """Nobody can be served: when the next one is, and what can be done."""
    if row.next_due is not None:
        return _("Nobody to call now; the next one is due {when}.").format(when=moment(row.next_due, now))
    if row.held:
        return ngettext(
            "Nobody is free: a colleague holds 1 person.", "Nobody is free: colleagues hold {n} people.", row.held
        ).format(n=row.held)
    if row.without_number:
        return ngettext(
            "Everybody is called; 1 person has no usable number.",
            "Everybody is called; {n} people have no usable number.",
            row.without_number,
        ).format(n=row.without_number)
    return _("Nobody is on the list. Bring a participant list in (first screen: esc).")


def due(row: QueueRow | Card, now: datetime) -> str:
    """When somebody is due, in a few cells; '' when never."""
    from tui.i18n import short_moment

    return short_moment(row.due_at, now) if row.due_at is not None else ""
