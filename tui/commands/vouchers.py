"""Commands of the voucher desk (F5): which claim files are shown, which are chosen, and what is done with them."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_DESK: Final = (Permission.RECEIVE_FILES, Permission.APPROVE_FILES, Permission.ARCHIVE)
_RECEIVE: Final = needs(Permission.RECEIVE_FILES)


def may_see(facts: Facts) -> str | None:
    """Whoever receives, approves or archives files sees the desk."""
    refusals = [needs(what)(facts) for what in _DESK]
    return refusals[0] if all(refusals) else None


def chosen(facts: Facts) -> str | None:
    """Something stands under the cursor."""
    return may_see(facts) or (None if facts.rows else N_("No claim file stands here."))


SHOWN: Final = (
    ("open", "1", N_("in work"), N_("Files in work"), N_("All that is neither archived nor void.")),
    ("matched", "2", N_("matched"), N_("Files that are matched"), N_("Ready to be printed.")),
    (
        "differs",
        "3",
        N_("differ"),
        N_("Files that differ from the listing"),
        N_("An officer who did not match them approves the difference, with a reason."),
    ),
    ("loose", "4", N_("no transaction"), N_("Files without a transaction"), N_("No listing explains them yet.")),
    ("printed", "5", N_("printed"), N_("Files that are being printed"), N_("Nobody has seen their paper yet.")),
    ("confirmed", "6", N_("paper right"), N_("Files whose paper is right"), N_("Ready to go out for signing.")),
    ("out", "7", N_("out"), N_("Files that are out for signing"), N_("Who holds them, and since when.")),
    ("complete", "8", N_("signed"), N_("Files that are signed by all"), N_("Ready for the archive.")),
    ("archived", "9", N_("archived"), N_("Files in the archive"), N_("Those that stand in a box.")),
    ("all", "0", N_("all"), N_("All files"), N_("Archived and void ones too.")),
)
"""Which files are looked at: name, key, label, title, help."""

VOUCHERS: Final = (
    *(
        Command(f"vouchers-show-{name}", (key,), label, title, text, "vouchers", may_see)
        for name, key, label, title, text in SHOWN
    ),
    Command(
        "vouchers-mark",
        ("space",),
        N_("mark"),
        N_("Mark this file"),
        N_("Marks stay while you filter and scroll; again takes the mark off."),
        "vouchers",
        chosen,
        footer=7,
    ),
    Command(
        "vouchers-mark-all",
        ("a", "A"),
        N_("all"),
        N_("Mark all files shown"),
        N_("Also those below the screen; again takes all marks off."),
        "vouchers",
        chosen,
    ),
    Command(
        "vouchers-day-before",
        ("left",),
        N_("day before"),
        N_("The day before"),
        N_("Goes to the day before that has a listing or files; after the first one come all days again."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-day-after",
        ("right",),
        N_("day after"),
        N_("The day after"),
        N_("Goes to the next day that has a listing or files; after the last one come all days again."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-program",
        ("f",),
        N_("programme"),
        N_("Only one programme"),
        N_("Goes through: all, JHT, JKK, JKM, JP."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-search",
        ("slash",),
        N_("search"),
        N_("Search in the files"),
        N_("A part of a name, a payee, the KPJ or the transaction code."),
        "vouchers",
        may_see,
        footer=8,
    ),
)
