"""Commands of a company's people: several of them settled by one call to the company."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.commands.telephone import CARD
from tui.i18n import N_


def _card(facts: Facts) -> str | None:
    if not facts.card:
        return N_("First serve one of them (enter in the list); that call is the call to the company.")
    return None if facts.rows else N_("Nobody else of this company is on a list.")


def _settle(facts: Facts) -> str | None:
    said = needs(Permission.CALL)(facts) or _card(facts)
    return said or (None if facts.marked else N_("Nobody is marked: space marks, a marks all."))


COMPANY: Final = (
    Command(
        "company-mark",
        ("space",),
        N_("mark"),
        N_("Mark this person"),
        N_("Those of whom the company says the same; again takes the mark off."),
        "company",
        _card,
        footer=1,
    ),
    Command(
        "company-mark-all",
        ("a", "A"),
        N_("all"),
        N_("Mark everybody who is still to be called"),
        N_("Again takes all marks off."),
        "company",
        _card,
        footer=2,
    ),
    *(
        replace(command, id=f"company-{command.id}", where="company", why_disabled=_settle, danger=True)
        for command in CARD
        if command.keys[0].isdecimal()
    ),
)
"""An outcome counts for all marked people, after a `y`."""
