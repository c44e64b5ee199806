"""The counter in words: channels, callers, endings, what a save does, and the lines of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.contact_rows import ContactRow, CounterPerson
from store.counter import Promise, Saved, TakenBack
from store.errors import Invalid, StoreError
from store.rules.counter import Caller, ContactChannel, ContactOutcome, FollowUpState, Standard, Topic
from store.rules.outcomes import Outcome, State
from store.rules.readings import Reason
from tui.call_form import CallForm, stand_of
from tui.i18n import N_, _, moment, ngettext, short_moment
from tui.widgets.ink import cut
from tui.words import calls, errors, reasons

CHANNELS: Final[dict[str, str]] = {
    ContactChannel.PHONE: N_("telephone"),
    ContactChannel.DESK: N_("at the desk"),
    ContactChannel.MISSED: N_("missed"),
}

TOPICS: Final[dict[str, str]] = {
    Topic.HOURS: N_("opening hours"),
    Topic.CLAIM: N_("claim documents"),
    Topic.PLACE: N_("where we are"),
    Topic.STATUS: N_("claim status"),
    Topic.JMO: N_("JMO/Lapak Asik"),
    Topic.CONTRIBUTIONS: N_("dues"),
    Topic.CARD: N_("card/data"),
    Topic.OTHER: N_("another matter"),
    Topic.PROGRAMME: N_("programmes"),
}
"""In so few letters that all digits stand in two lines of 80 columns."""

CALLERS: Final[dict[str, str]] = {
    Caller.ANONYMOUS: N_("anonymous"),
    Caller.SELF: N_("the participant"),
    Caller.HEIR: N_("an heir"),
    Caller.OTHER: N_("somebody else"),
    Caller.COMPANY: N_("a company"),
}

ENDINGS: Final[dict[str, str]] = {
    ContactOutcome.ANSWERED: N_("answered"),
    ContactOutcome.COLLEAGUE: N_("to a colleague"),
    ContactOutcome.FOLLOW_UP: N_("follow-up promised"),
    ContactOutcome.COME_IN: N_("comes to the office"),
    ContactOutcome.MISSED: N_("not answered yet"),
    ContactOutcome.GAVE_UP: N_("rung back in vain"),
}

PROMISES: Final[dict[str, str]] = {
    "1": N_("Ring back with the answer"),
    "2": N_("Look up the state of the claim in Smile"),
    "3": N_("Send the form or the list of documents"),
    "4": N_("Correct the data in Smile"),
    "5": N_("Help with JMO or Lapak Asik"),
    "6": N_("Ask the pembina of the company"),
}
"""What is usually promised, by digit."""


STANDARD: Final[dict[str, str]] = {
    Standard.OBSTACLE: N_("An obstacle to the claim"),
    Standard.INTERVIEW: N_("Interview of Lapak Asik"),
}


def began(started_at: datetime, now: datetime) -> str:
    """When a call began: the hour, on another day with its date."""
    return short_moment(started_at, now)


def waiting(drafts: int, missed: int) -> str:
    """What waits to be done: drafts of one's own, calls that nobody answered; each with its key."""
    said = [ngettext("1 draft (r)", "{n} drafts (r)", drafts).format(n=drafts)] * bool(drafts)
    said += [ngettext("1 missed (m)", "{n} missed (m)", missed).format(n=missed)] * bool(missed)
    return " · ".join(said)


def topic(code: str) -> str:
    """A topic in words: one of Loket, or the office's own."""
    return _(TOPICS[code]) if code in TOPICS else code


def promised(what: str) -> str:
    """What was promised, in words."""
    return _(STANDARD[what]) if what in STANDARD else what


def due_words(promise: Promise, now: datetime) -> str:
    """Until when something is promised."""
    return moment(promise.due_at, now)


def place_words(form: CallForm, person: CounterPerson, now: datetime) -> tuple[str, str]:
    """What the save does to the person's place on a call list, and its role."""
    stand = stand_of(person)
    if stand is None:
        if form.place == Outcome.DECEASED:
            return _("on no call list; noted as died (JKM) with the save, q takes it off"), "warn"
        if form.caller is Caller.HEIR and not person.deceased:
            return _("on no call list; ask for the death certificate, then q w"), "warn"
        return _("on no call list; nobody will phone them"), "muted"
    listed = calls.kind_period(stand.place.kind, stand.place.period)
    step = form.step(stand)
    if step is None:
        state = calls.word(calls.STATES, stand.place.state)
        if form.caller is Caller.HEIR:
            asked = _("{list}: stays ({state}); ask for the death certificate, then q w")
            return asked.format(list=listed, state=state), "warn"
        return _("{list}: stays ({state}); they will be phoned").format(list=listed, state=state), "normal"
    held = " · " + _("{who} has them on the card now").format(who=stand.held_by) if stand.held_by else ""
    if step.outcome is None:
        how = _("came themselves") if form.channel is ContactChannel.DESK else _("rang themselves")
        return _("{list}: leaves the list, {how}").format(list=listed, how=how) + held, "warn"
    if step.outcome is Outcome.CALLBACK and step.callback_at is not None:
        when = moment(step.callback_at, now)
        return _("{list}: is phoned {when}, by you").format(list=listed, when=when) + held, "warn"
    if step.outcome is Outcome.DECEASED:
        return _("{list}: died, off all call lists (JKM)").format(list=listed) + held, "warn"
    word = calls.word(calls.OUTCOMES, step.outcome)
    return _("{list}: noted as “{outcome}”").format(list=listed, outcome=word) + held, "warn"


def saved(form: CallForm, done: Saved) -> str:
    """What one save did, for the status line."""
    parts = [cut(topic(form.topic), 30)]
    if form.name or form.caller_name or form.company:
        parts.append(cut(form.name or form.caller_name or form.company, 24))
    if form.corrections():
        parts.append(_("number or e-mail corrected"))
    if form.place == Outcome.DECEASED:
        parts.append(_("died"))
    if done.queue_state == State.DONE:
        parts.append(_("off the list"))
    elif done.queue_state is not None:
        parts.append(calls.word(calls.STATES, done.queue_state))
    if done.held_by:
        parts.append(_("{who} still has them on the card: tell them").format(who=done.held_by))
    if done.follow_up_id is not None:
        parts.append(_("follow-up noted"))
    return _("Saved: {what}").format(what=" · ".join(parts)) + " · " + _("F3 u takes it back")


def taken_back(taken: TakenBack, now: datetime) -> str:
    """What was taken back, for the status line; its form is among the drafts."""
    row = taken.contact
    said = " · ".join((began(row.started_at, now), topic(row.topic), cut(who(row), 24)))
    text = _("Taken back: {what}. Its form is a draft again (F3 r).") if taken.draft else _("Taken back: {what}.")
    return text.format(what=said)


def refusal(error: StoreError, now: datetime) -> str:
    """Why a save was refused, with the next step; the form stays as it is."""
    if isinstance(error, Invalid):
        known = _INVALID.get((error.field, error.problem))
        if known is not None:
            return _(known)
        if error.field in ("phones", "email"):
            why = reasons.reason(Reason(error.problem, error.field, ""))
            return _("{value} was not taken: {why}. e types it again.").format(value=error.value, why=why)
    return errors.sentence(error, now)


_INVALID: Final = {
    ("topic", "unknown"): N_("The office took this topic off its list. Choose another digit."),
    ("queue", "no-number"): N_("There is no number to phone them on. e types one first, or q leaves it as it is."),
    ("due_at", "past"): N_("The follow-up would be overdue already. t sets it anew."),
    ("staff_id", "disabled"): N_("That colleague does not work here any more. f chooses another one."),
    ("note", "empty"): N_("A reason is needed: one word is enough."),
    ("started_at", "future"): N_("That time has not come yet."),
    ("phones", "one-number"): N_("Not one number that can be read. / types the caller's number again."),
}


# The log --------------------------------------------------------------------------------------------------------------


def who(row: ContactRow) -> str:
    """Who it was, in a cell of the log."""
    if row.name:
        return row.name
    if row.company:
        return row.company
    return row.number or calls.word(CALLERS, row.caller)


def ending(row: ContactRow) -> tuple[str, str]:
    """How a contact of the log ended, and its role."""
    if row.outcome == ContactOutcome.MISSED:
        return (_("rung back"), "normal") if row.settled_at is not None else (_(ENDINGS[row.outcome]), "bad")
    return calls.word(ENDINGS, row.outcome), "warn" if row.follow_up == FollowUpState.OPEN else "normal"


def log_lines(row: ContactRow, now: datetime) -> list[str]:
    """One contact in two lines: who by whom, and what was noted."""
    first = [short_moment(row.started_at, now), calls.word(CHANNELS, row.channel), who(row)]
    first += [part for part in (row.company, row.number) if part and part != who(row)]
    first.append(_("by {name}").format(name=row.by))
    second = [ending(row)[0]]
    if row.right_party:
        second.append(_("right person"))
    if row.follow_up:
        second.append(_("follow-up: {state}").format(state=calls.word(FOLLOW_UPS, row.follow_up)))
    if row.note:
        second.append(f"“{row.note}”")
    return [" · ".join(first), " · ".join(second)]


FOLLOW_UPS: Final[dict[str, str]] = {"open": N_("open"), "done": N_("done"), "dropped": N_("dropped")}

CONFLICTS: Final[dict[str, str]] = {"phone": N_("Telephone"), "email": N_("E-mail")}

SCOPES: Final[dict[str, str]] = {"today": N_("today"), "mine": N_("by me"), "all": N_("everything")}
