"""Commands of the screen of the audit trail, for who may read it."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

READ: Final = needs(Permission.READ_AUDIT)


def _rows(facts: Facts) -> str | None:
    return READ(facts) or (None if facts.rows else N_("Nothing of that stands in the trail."))


AUDIT_DOOR: Final = (
    Command(
        "audit",
        (),
        N_("trail"),
        N_("Audit trail: who did what"),
        N_("Changes, looks, files out, prints, logins, refusals; of one participant, one of the staff, some days."),
        "plain",
        READ,
    ),
)
"""In the menu of every screen."""

AUDIT: Final = (
    Command(
        "audit-person",
        ("k",),
        N_("participant"),
        N_("What was done about one participant"),
        N_("Type a KPJ; empty is everybody."),
        "audit",
        READ,
        footer=1,
    ),
    Command(
        "audit-staff",
        ("n",),
        N_("staff"),
        N_("What one of the staff did"),
        N_("Type a login; empty is everybody."),
        "audit",
        READ,
        footer=2,
    ),
    Command(
        "audit-days",
        ("r",),
        N_("days"),
        N_("Between which days"),
        N_("A day, a month, or two days; empty is all days."),
        "audit",
        READ,
        footer=3,
    ),
    Command(
        "audit-kind",
        ("f",),
        N_("kind"),
        N_("Which kind of entries"),
        N_("Looks, files out, prints, logins, refusals, changes, and all again."),
        "audit",
        READ,
        footer=4,
    ),
    Command(
        "audit-book",
        ("b",),
        N_("workbook"),
        N_("What is shown as a workbook"),
        N_("Into KELUAR; that is an entry of the trail itself."),
        "audit",
        _rows,
        footer=5,
    ),
    Command(
        "audit-pages",
        ("p",),
        N_("pages"),
        N_("What is shown as A4 pages"),
        N_("A PDF in KELUAR with the head of the trail below; that is an entry of the trail itself."),
        "audit",
        _rows,
        footer=6,
    ),
)
