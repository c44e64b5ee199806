"""Commands of the archive (F6): what waits, what is lent, month end, codes that are missing."""

from __future__ import annotations

from typing import Final

from tui.commands.archive_why import (
    ALL,
    FIND,
    KEEP,
    ON_PAPER,
    no_paper,
    none_marked,
    not_lent,
)
from tui.commands.command import Command, all_of
from tui.i18n import N_

WAITING: Final = (
    Command(
        "waiting-put",
        ("t", "enter"),
        N_("into its box"),
        N_("Put this file into its box"),
        N_("Box, shelf and neighbours stand below. u takes it out again."),
        "archive-waiting",
        ON_PAPER,
        footer=1,
    ),
    Command("waiting-all", ("a",), *ALL, "archive-waiting", ON_PAPER, footer=2),
    Command(
        "waiting-other",
        ("o",),
        N_("other place"),
        N_("Put this file into another place"),
        N_("Choose the place: a hanging folder, or a box that is not the next one."),
        "archive-waiting",
        ON_PAPER,
    ),
    Command(
        "waiting-trouble",
        ("k",),
        N_("cannot"),
        N_("This file cannot be archived"),
        N_("With the reason; it waits among those that could not be archived."),
        "archive-waiting",
        ON_PAPER,
        footer=4,
    ),
    Command(
        "waiting-switch",
        ("tab",),
        N_("could not"),
        N_("Files that could not be archived"),
        N_("Each with the reason that somebody wrote down."),
        "archive-waiting",
        footer=5,
    ),
)
"""Files with all signatures."""

TROUBLES: Final = (
    Command(
        "trouble-over",
        ("t", "enter"),
        N_("it is over"),
        N_("The trouble is over"),
        N_("A claim file waits among the others again; an older paper is no longer noted."),
        "archive-troubles",
        ON_PAPER,
        footer=1,
    ),
    Command(
        "trouble-new",
        ("n",),
        N_("older paper"),
        N_("Note an older paper that cannot be archived"),
        N_("One that Loket has no claim file of: programme, name, and why."),
        "archive-troubles",
        KEEP,
        footer=2,
    ),
    Command(
        "trouble-switch",
        ("tab",),
        N_("waiting"),
        N_("Files that wait for their box"),
        N_("Back to the files with all signatures."),
        "archive-troubles",
        footer=3,
    ),
)
"""What could not be archived."""

LOANS: Final = (
    Command(
        "loan-back",
        ("s", "enter"),
        N_("it is back"),
        N_("This file is back in its place"),
        N_("Its place stands below: there it goes. u takes the note back."),
        "archive-loans",
        all_of(ON_PAPER, not_lent),
        footer=1,
    ),
    Command(
        "loan-due",
        ("w",),
        N_("until"),
        N_("Move the day on which it has to be back"),
        N_("Office days from today (3) or a day (jumat, 12-8)."),
        "archive-loans",
        all_of(ON_PAPER, not_lent),
        footer=2,
    ),
    Command(
        "loan-place",
        ("o",),
        N_("its place"),
        N_("Open the place it belongs into"),
        N_("The box with the cursor on this file."),
        "archive-loans",
        no_paper,
        footer=3,
    ),
    Command(
        "loan-lend",
        ("slash",),
        *FIND,
        "archive-loans",
        footer=4,
    ),
    Command(
        "loan-show",
        ("tab",),
        N_("next list"),
        N_("The next list of loans"),
        N_("All that is lent, or the late ones alone."),
        "archive-loans",
        footer=5,
    ),
)
"""What is lent."""

GAPS: Final = (
    Command(
        "gap-place",
        ("enter",),
        N_("open"),
        N_("Open the place where it lies"),
        N_("Of a file that lies elsewhere, is lent or was destroyed; of any other it is said where it is."),
        "archive-gaps",
        no_paper,
        footer=1,
    ),
)
"""What is missing in a box."""

MONTH: Final = (
    Command(
        "month-place",
        ("enter",),
        N_("open"),
        N_("Open the place it belongs into"),
        N_("Of a file that lies elsewhere, is lent or was destroyed."),
        "archive-month",
        no_paper,
        footer=1,
    ),
    Command(
        "month-before",
        ("left",),
        N_("month before"),
        N_("The month before"),
        N_("Goes back one month."),
        "archive-month",
        footer=2,
    ),
    Command(
        "month-after",
        ("right",),
        N_("month after"),
        N_("The month after"),
        N_("Goes on one month."),
        "archive-month",
        footer=3,
    ),
    Command(
        "month-period",
        ("p",),
        N_("period"),
        N_("Another month or a range"),
        N_("A month as 2023-07, or a range as 2023-01..2023-08."),
        "archive-month",
        footer=4,
    ),
)
"""Month end."""

CODES: Final = (
    Command(
        "code-yes",
        ("enter",),
        N_("yes"),
        N_("Yes, it is this transaction"),
        N_("Writes the code beside it into the archive, and goes on to the next file. u takes it back."),
        "archive-codes",
        all_of(ON_PAPER, lambda facts: None if facts.attach else N_("No listing has a transaction that fits.")),
        footer=1,
    ),
    Command(
        "code-other",
        ("right",),
        N_("another"),
        N_("The next transaction that fits"),
        N_("Where several transactions fit, the next one stands beside the file."),
        "archive-codes",
        all_of(ON_PAPER, lambda facts: None if facts.numbers > 1 else N_("No other transaction fits.")),
    ),
    Command(
        "code-mark",
        ("space",),
        N_("mark"),
        N_("Mark this file"),
        N_("Its code is written with the others (m). Again takes the mark off."),
        "archive-codes",
        all_of(ON_PAPER, lambda facts: None if facts.attach else N_("No listing has a transaction that fits.")),
        footer=2,
    ),
    Command(
        "code-sure",
        ("a",),
        N_("all sure"),
        N_("Mark all that are sure"),
        N_("Programme, KPJ, amount and name agree, and nothing else fits as well. Again takes all marks off."),
        "archive-codes",
        ON_PAPER,
        footer=3,
    ),
    Command(
        "code-marked",
        ("m",),
        N_("yes to marked"),
        N_("Yes to all that are marked"),
        N_("Writes every code that stands beside a marked file; one u takes all of them back."),
        "archive-codes",
        all_of(KEEP, none_marked),
        danger=True,
        footer=4,
    ),
)
"""Codes that are missing."""
