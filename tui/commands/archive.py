"""Commands of the archive (F6): the places, one of them, and a file in it."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.archive_why import (
    ALL,
    CHANGE,
    CLOSE,
    FIND,
    KEEP,
    ON_PAPER,
    ON_PLACE,
    PRINT,
    no_paper,
    no_place,
    none_waits,
    on_paper,
)
from tui.commands.command import Command, all_of, needs
from tui.i18n import N_

ARCHIVE: Final = (
    Command(
        "archive-open",
        ("enter",),
        N_("open"),
        N_("Open this place"),
        N_("What lies in it, in the order of the codes, and what is missing in between."),
        "archive",
        no_place,
        footer=1,
    ),
    Command(
        "archive-next",
        ("t",),
        N_("into its box"),
        N_("Put the next file into its box"),
        N_("The one above the list: box, shelf and the codes it goes between stand there. u takes it out again."),
        "archive",
        all_of(KEEP, none_waits),
        footer=2,
    ),
    Command(
        "archive-all",
        ("a",),
        *ALL,
        "archive",
        all_of(KEEP, none_waits),
        footer=3,
    ),
    Command(
        "archive-find",
        ("slash",),
        *FIND,
        "archive",
        footer=4,
    ),
    Command(
        "archive-loans",
        ("s",),
        N_("lent"),
        N_("Files that are lent"),
        N_("Who has which file, since when and until when; the late ones first."),
        "archive",
        footer=5,
    ),
    Command(
        "archive-papers",
        ("p",),
        *PRINT,
        "archive",
        all_of(on_paper, no_place),
        footer=6,
    ),
    Command(
        "archive-waiting",
        ("w",),
        N_("waiting"),
        N_("Files that wait, and that could not be archived"),
        N_("Every file with all signatures and the box it goes into; what could not be archived, with the reason."),
        "archive",
    ),
    Command(
        "archive-barcode",
        ("b",),
        N_("barcode"),
        N_("Barcode: put in what is scanned"),
        N_("A scanned or typed code goes into its box; of one that lies somewhere already it is said where."),
        "archive",
        KEEP,
    ),
    Command(
        "archive-new",
        ("n",),
        N_("new place"),
        N_("Make a new box or another place"),
        N_("A box of a programme, a hanging folder of an NPP, or a shelf of other files. Boxes are numbered on."),
        "archive",
        KEEP,
    ),
    Command(
        "archive-edit",
        ("e",),
        *CHANGE,
        "archive",
        ON_PLACE,
    ),
    Command(
        "archive-close",
        ("c",),
        *CLOSE,
        "archive",
        ON_PLACE,
    ),
    Command(
        "archive-month",
        ("m",),
        N_("month end"),
        N_("Month end: is every file there?"),
        N_("For each programme what was paid, what lies in a box, and where everything else is."),
        "archive",
    ),
    Command(
        "archive-codes",
        ("k",),
        N_("codes"),
        N_("Files without a transaction code"),
        N_("The transaction of a listing that each may be stands beside it; a person says yes."),
        "archive",
    ),
    Command(
        "archive-register",
        ("r",),
        N_("register"),
        N_("Bring in a register of older files"),
        N_("A list of archived vouchers that lies in MASUK: looked at first, brought in whole."),
        "archive",
        KEEP,
    ),
    Command(
        "archive-destruction",
        ("d",),
        N_("destruction"),
        N_("Retention and destruction"),
        N_("What need not be kept any longer: proposed, approved by somebody else, destroyed with a record."),
        "archive",
    ),
    *(
        Command(
            f"archive-show-{show}",
            (str(digit),),
            label,
            title,
            N_("Which places the list shows; tab goes through."),
            "archive",
        )
        for digit, (show, label, title) in enumerate(
            (
                ("open", N_("in use"), N_("Places that are open")),
                ("JHT", "JHT", N_("Boxes of JHT")),
                ("JKK", "JKK", N_("Boxes of JKK")),
                ("JKM", "JKM", N_("Boxes of JKM")),
                ("JP", "JP", N_("Boxes of JP")),
                ("other", N_("other places"), N_("Folders and shelves of other files")),
                ("all", N_("all"), N_("All places, the destroyed ones too")),
            ),
            start=1,
        )
    ),
    Command(
        "archive-next-show",
        ("tab",),
        N_("next list"),
        N_("The next list of places"),
        N_("Goes through: open, JHT, JKK, JKM, JP, other places, all."),
        "archive",
    ),
)
"""The desk: the places."""

BOX: Final = (
    Command("box-papers", ("p",), *PRINT, "archive-box", on_paper, footer=4),
    Command(
        "box-find",
        ("slash",),
        *FIND,
        "archive-box",
        footer=5,
    ),
    Command(
        "box-gaps",
        ("l",),
        N_("missing"),
        N_("What is missing in this box"),
        N_("Transactions between its first and last code whose paper is not here, and where it is instead."),
        "archive-box",
        footer=6,
    ),
    Command("box-edit", ("e",), *CHANGE, "archive-box", KEEP),
    Command("box-close", ("c",), *CLOSE, "archive-box", KEEP),
    Command(
        "box-remove",
        ("z",),
        N_("take away"),
        N_("Take away a place that was made by mistake"),
        N_("Only an empty one. u brings it back."),
        "archive-box",
        KEEP,
    ),
)
"""One place."""

PAPER: Final = (
    Command(
        "archived-lend",
        ("s",),
        N_("lend/back"),
        N_("Lend this file, or note it back"),
        N_("Who takes it, why, and until when; of one that is lent: it lies in its place again."),
        "archive-paper",
        ON_PAPER,
        footer=1,
    ),
    Command(
        "archived-out",
        ("k",),
        N_("take out"),
        N_("Take this file out of the archive"),
        N_("It leaves to be worked on again, with the reason (not to be lent: s). u puts it back."),
        "archive-paper",
        ON_PAPER,
        footer=2,
    ),
    Command(
        "archived-move",
        ("o",),
        N_("other place"),
        N_("It lies in another place"),
        N_("Choose the place in which it really lies."),
        "archive-paper",
        ON_PAPER,
    ),
    Command(
        "archived-history",
        ("h",),
        N_("history"),
        N_("The whole history of whom it is about"),
        N_("Opens the person's page; esc comes back."),
        "archive-paper",
        all_of(no_paper, needs(Permission.SEE_LISTS)),
    ),
)
"""A file in a place."""
