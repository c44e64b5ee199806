"""Commands of a person's page (F8)."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_


def _call(facts: Facts) -> str | None:
    return needs(Permission.CALL)(facts) or (None if facts.rows else N_("They are on no call list that is still open."))


PERSON: Final = (
    Command(
        "person-call",
        ("enter",),
        N_("to the card"),
        N_("Take this person to the card"),
        N_("For somebody who rings back: holds exactly them. Whoever you hold goes back to the list."),
        "person",
        _call,
        footer=1,
    ),
    Command(
        "person-trail",
        ("f",),
        N_("trail"),
        N_("Narrow the trail"),
        N_("Goes through: everything, calls, data, lists, looks."),
        "person",
        footer=2,
    ),
    Command(
        "person-contact",
        ("e",),
        N_("number"),
        N_("Type a number or an e-mail address"),
        N_("How it is read stands below while you type; a person without a number can be called then."),
        "person",
        needs(Permission.CORRECT_CONTACT),
        footer=3,
    ),
    Command(
        "person-company",
        ("h",),
        N_("company"),
        N_("The company's people"),
        N_("Who else of this company is on the lists."),
        "person",
        footer=4,
    ),
)
