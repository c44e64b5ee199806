"""Commands of merging: files of MASUK put together into one sheet in KELUAR."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_MAY: Final = needs(Permission.IMPORT_PARTICIPANTS)


def _free(facts: Facts) -> str | None:
    return N_("Files are being merged; wait for it, or esc stops it.") if facts.busy else _MAY(facts)


def _files(facts: Facts) -> str | None:
    return _free(facts) or (None if facts.files else N_("There is no file in MASUK."))


def _rows(facts: Facts) -> str | None:
    return _free(facts) or (N_("No row was found in these files; esc, and choose others.") if facts.unusable else None)


MERGE_DOOR: Final = (
    Command(
        "merge",
        (),
        N_("merge"),
        N_("Merge files and sheets into one"),
        N_("Any number of files of MASUK, sheet after sheet, as one sheet into KELUAR; columns find each other."),
        "plain",
        _MAY,
    ),
)
"""Holds on every screen."""

MERGE: Final = (
    Command(
        "merge-read",
        ("enter",),
        N_("look at them"),
        N_("Read the marked files and show what they would give"),
        N_("In the order of the marks; without a mark the file of the cursor. Nothing is written by looking."),
        "merge-files",
        _files,
        footer=1,
    ),
    Command(
        "merge-mark",
        ("space",),
        N_("mark"),
        N_("Mark this file"),
        N_("The number says in which order the files are put together; again takes the mark off."),
        "merge-files",
        _files,
        footer=2,
    ),
    Command(
        "merge-mark-all",
        ("a",),
        N_("all"),
        N_("Mark all files"),
        N_("In the order in which they stand here; again takes all marks off."),
        "merge-files",
        _files,
        footer=3,
    ),
    Command(
        "merge-form",
        ("v",),
        N_("csv"),
        N_("Excel or CSV"),
        N_("Switches what is written: a workbook with a report sheet, or plain text."),
        "merge-files",
        _free,
        footer=4,
    ),
    Command(
        "merge-origin",
        ("t",),
        N_("origin"),
        N_("With or without the origin of each row"),
        N_("Switches three columns in front: file, sheet and row."),
        "merge-files",
        _free,
        footer=5,
    ),
    Command(
        "merge-save",
        ("s",),
        N_("save"),
        N_("Save the merged rows into KELUAR"),
        N_("Whole or not at all, under a name of its own; esc stops it. Who took it is recorded."),
        "merge-plan",
        _rows,
        footer=1,
    ),
    Command(
        "merge-filter",
        ("f",),
        N_("filter"),
        N_("Show all sheets, or those to look at"),
        N_("Goes through: all, what should be looked at, what was left out whole."),
        "merge-plan",
        footer=2,
    ),
)
