"""The trail of a person in words: what was done, by which kind of work, and which data it touched."""

from __future__ import annotations

from typing import Final

from store.persons import Event
from tui.i18n import N_, _
from tui.words.reasons import FIELDS

GROUPS: Final[dict[str, str]] = {
    "": N_("everything"),
    "calls": N_("calls"),
    "data": N_("data"),
    "lists": N_("lists"),
    "looks": N_("looks"),
}
"""What the trail can be narrowed to; '' is all of it."""

ACTIONS: Final[dict[str, tuple[str, str]]] = {
    "queue.outcome": ("calls", N_("call")),
    "queue.outcome-late": ("calls", N_("call, noted too late")),
    "queue.company": ("calls", N_("call to the company")),
    "queue.right-party": ("calls", N_("right person noted")),
    "call-list.tick": ("calls", N_("tick of a paper list")),
    "participant.still-working": ("data", N_("still at work: noted or taken off")),
    "contact.number": ("data", N_("number typed")),
    "contact.email": ("data", N_("e-mail typed")),
    "import.participants": ("data", N_("came in with a list")),
    "check.answer": ("data", N_("status looked up in Smile")),
    "campaign.make": ("lists", N_("put on a call list")),
    "campaign.add": ("lists", N_("put on another list")),
    "bulk.call_again": ("lists", N_("to be called again")),
    "bulk.postpone": ("lists", N_("postponed")),
    "bulk.close": ("lists", N_("taken off the list")),
    "bulk.give": ("lists", N_("given to a handler")),
    "lease.put-back": ("lists", N_("put back by a head")),
    "lease.take-over": ("lists", N_("taken over by a head")),
    "reveal": ("looks", N_("hidden data looked at")),
    "undo": ("", N_("something taken back")),
}
"""By action of the trail: its group, and what it is called."""

_TOLD: Final = {
    "claim_check": N_("claim in Smile"),
    "still_working_at": N_("still at work"),
    "wrong_at": N_("number"),
    "email_none_at": N_("has no e-mail"),
}


def group_of(event: Event) -> str:
    """The group an event belongs to, '' when to none."""
    return ACTIONS.get(event.action, ("", ""))[0]


def action(event: Event) -> str:
    """What was done, with the data it touched where that says more than the action."""
    group, name = ACTIONS.get(event.action, ("", event.action))
    words = {**FIELDS, **_TOLD}
    touched = [_(words[field]) for field in event.fields if field in words]
    text = _(name) if event.action in ACTIONS else name
    return f"{text}: {', '.join(touched)}" if touched and group in ("data", "looks") else text
