"""Commands of the retention of people's data: lists that go, what is due, the office's rules, who is held out."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, all_of, list_approved, list_proposed, needs
from tui.i18n import N_

_LOOK: Final = needs(Permission.ERASE_DATA, Permission.APPROVE_ERASURE, Permission.READ_AUDIT)
_PROPOSE: Final = needs(Permission.ERASE_DATA)
_YES: Final = needs(Permission.APPROVE_ERASURE)
_BOTH: Final = needs(Permission.ERASE_DATA, Permission.APPROVE_ERASURE)


def _list(facts: Facts) -> str | None:
    return None if facts.rows else N_("No list stands here. n shows what is due.")


def _row(facts: Facts) -> str | None:
    return None if facts.rows else N_("Nothing stands here.")


def _person(facts: Facts) -> str | None:
    return None if facts.person else N_("This line is about nobody who is known.")


RETENTION_DOOR: Final = (
    Command(
        "retention",
        (),
        N_("data kept"),
        N_("How long people's data are kept"),
        N_("What is due by the office's rules: proposed, approved by somebody else, erased with a record."),
        "plain",
        _LOOK,
    ),
)
"""In the menu of every screen."""

RETENTION: Final = (
    Command(
        "data-due",
        ("n",),
        N_("propose"),
        N_("What is due, and what holds it"),
        N_("By the rules that are in force. From there a list is proposed."),
        "retention",
        _LOOK,
        footer=1,
    ),
    Command(
        "data-approve",
        ("t",),
        N_("approve"),
        N_("Approve this list"),
        N_("By somebody else than who proposed it. Nothing is erased by the yes alone."),
        "retention",
        all_of(_YES, _list, list_proposed),
        danger=True,
        footer=2,
        pin=True,
    ),
    Command(
        "data-run",
        ("d",),
        N_("carry out"),
        N_("Carry this list out, or go on with it"),
        N_("What is on it is erased for good, also in the trail, which stays whole. This cannot be taken back."),
        "retention",
        all_of(_PROPOSE, _list, list_approved),
        danger=True,
        footer=3,
    ),
    Command(
        "data-record",
        ("p",),
        N_("record"),
        N_("The record on A4 (berita acara)"),
        N_("Before a list to be agreed to, afterwards the record to be signed. It names nobody."),
        "retention",
        all_of(_BOTH, _list),
        footer=4,
    ),
    Command(
        "data-drop",
        ("k",),
        N_("drop"),
        N_("Drop this list"),
        N_("Nothing of it is erased; it may be proposed again."),
        "retention",
        all_of(_BOTH, _list, lambda facts: None if facts.open else N_("It was begun, or is over already.")),
    ),
    Command(
        "data-rules",
        ("e",),
        N_("rules"),
        N_("How long each kind of data is kept"),
        N_("Set by an officer, confirmed by the head; nothing is due before that."),
        "retention",
        _LOOK,
        footer=5,
    ),
    Command(
        "data-held",
        ("o",),
        N_("suspended"),
        N_("Who is held out"),
        N_("By request, or for an investigation: nothing of theirs goes."),
        "retention",
        _LOOK,
    ),
)
"""Lists of what goes."""

DATA_DUE: Final = (
    Command(
        "due-show",
        ("tab",),
        N_("which ones"),
        N_("All, what can go, what stays"),
        N_("Goes through the three."),
        "retention-due",
        footer=1,
    ),
    Command(
        "due-list",
        ("enter",),
        N_("propose"),
        N_("Propose all that can go"),
        N_("Makes the list that somebody else approves. Nothing is erased by it."),
        "retention-due",
        all_of(_PROPOSE, lambda facts: None if facts.ready else N_("Nothing can go: each line says what holds it.")),
        footer=2,
    ),
    Command(
        "due-suspend",
        ("o",),
        N_("suspend"),
        N_("Hold this person out"),
        N_("At their wish or for an investigation, with a reason, until a day or until it is lifted."),
        "retention-due",
        all_of(_BOTH, _row, _person),
        footer=3,
    ),
)
"""What is due."""

DATA_RULES: Final = (
    Command(
        "rule-edit",
        ("enter", "e"),
        N_("set"),
        N_("Say how long this is kept, and what that rests on"),
        N_("Whole years, then the office's own basis. The head confirms it anew."),
        "retention-rules",
        needs(Permission.MANAGE_OFFICE),
        footer=1,
    ),
    Command(
        "rule-confirm",
        ("t",),
        N_("confirm"),
        N_("Confirm this rule: it is in force"),
        N_("The head's yes, by somebody else than who set it."),
        "retention-rules",
        all_of(_YES, lambda facts: None if facts.proposed else N_("Only a rule that was set and waits for its yes.")),
        danger=True,
        footer=2,
        pin=True,
    ),
    Command(
        "rule-stop",
        ("k",),
        N_("out of force"),
        N_("Take this rule out of force"),
        N_("Nothing is due by it then, until it is confirmed again."),
        "retention-rules",
        all_of(_BOTH, lambda facts: None if facts.approved else N_("This rule is not in force.")),
        footer=3,
    ),
)
"""The office's rules."""

DATA_HELD: Final = (
    Command(
        "held-new",
        ("n",),
        N_("suspend"),
        N_("Hold somebody out"),
        N_("By the card (KPJ): at their wish or for an investigation."),
        "retention-held",
        _BOTH,
        footer=1,
    ),
    Command(
        "held-lift",
        ("k",),
        N_("lift"),
        N_("Lift this"),
        N_("With a reason; from then on the rules hold again."),
        "retention-held",
        all_of(_BOTH, _row),
        footer=2,
    ),
)
"""Who is held out."""

_WHOSE: Final = N_("Answers the question that stands there.")

DATA_WHO: Final = tuple(
    Command(f"asked-by-{code}", (key,), label, label, _WHOSE, "retention-who")
    for key, code, label in (
        ("1", "participant", N_("the participant asked for it")),
        ("2", "investigation", N_("for an investigation")),
    )
)
"""At whose wish."""

RETENTION_ALL: Final = (*RETENTION, *DATA_DUE, *DATA_RULES, *DATA_HELD, *DATA_WHO)
"""All but the door."""

RETENTION_CONTEXTS: Final = ("retention", "retention-due", "retention-rules", "retention-held")
"""Screens of it, which help tells of as one."""
