"""What the archive refuses, in words: why something cannot be done, and what is wrong with a value."""

from __future__ import annotations

from datetime import date
from typing import Final

from store.errors import ArchiveRefused
from store.rules.archive import ArchiveRefusal
from store.rules.dates import format_short
from tui.i18n import N_, _

REFUSALS: Final[dict[str, str]] = {
    ArchiveRefusal.NUMBER_TAKEN: N_("There is a place {name} of that kind already. Type another number."),
    ArchiveRefusal.CLOSED: N_("{name} is closed. Open it again (c), or choose another place."),
    ArchiveRefusal.NOT_CLOSED: N_("{name} is open still. Close it first (c)."),
    ArchiveRefusal.FULL: N_("{name} is full. Make another box (n), or give it more room (e)."),
    ArchiveRefusal.NOT_EMPTY: N_("Something lies in {name}. Take it out or move it first."),
    ArchiveRefusal.WRONG_PROGRAM: N_("{name} is for another programme. Choose a place of the file's own."),
    ArchiveRefusal.GONE: N_("{name} was destroyed. Choose another place."),
    ArchiveRefusal.ON_LOAN: N_("The file of {name} is lent to {detail}. Note it back first (s)."),
    ArchiveRefusal.NOT_ON_LOAN: N_("Nobody has the file of {name}; it is back already."),
    ArchiveRefusal.HAS_CODE: N_("The file of {name} has its code already. Look again."),
    ArchiveRefusal.CODE_TAKEN: N_("That code stands on another file already: {detail}. Look there first."),
    ArchiveRefusal.LIES_ALREADY: N_(
        "A register knows {name} in {detail} already. Look there, or take that one out first."
    ),
    ArchiveRefusal.KEEP: N_("{name} has to be kept until {detail}. Take it off the list."),
    ArchiveRefusal.KEEP_UNKNOWN: N_("Nobody has said how long {name} is kept. Say it first (e)."),
    ArchiveRefusal.UNDATED: N_("Papers of unknown day in {name}: {detail}. Say until when it is kept (e)."),
    ArchiveRefusal.LISTED: N_("{name} stands on list {detail} already. Drop that one first (k)."),
    ArchiveRefusal.STATE: N_("List {name} has gone on meanwhile. Look at it again."),
    ArchiveRefusal.CHANGED: N_("What lies in {name} is not what was approved. Drop the list (k) and propose anew."),
}
"""Why something in the archive cannot be done, with the next step."""

INVALID: Final[dict[tuple[str, str], str]] = {
    ("borrower", "empty"): N_("Who takes it along? Type a name."),
    ("borrower", "too-long"): N_("That name is too long; 80 letters are enough."),
    ("why", "too-long"): N_("That reason is too long; a few words are enough."),
    ("due_on", "past"): N_("That day is over. Choose another one."),
    ("due_on", "unreadable"): N_("“{value}” is no day. For example: 3, jumat, 12-8."),
    ("dated", "unreadable"): N_("“{value}” is no day. For example: 31-12-2033."),
    ("number", "empty"): N_("A place needs a number or a name, as it stands on its label."),
    ("number", "too-long"): N_("That number is too long; 40 letters are enough."),
    ("shelf", "too-long"): N_("That shelf is too long; 60 letters are enough."),
    ("note", "too-long"): N_("That note is too long; a few words are enough."),
    ("capacity", "unreadable"): N_("“{value}” is no number of files. For example: 100, or 0 for not counted."),
    ("name", "empty"): N_("Whose paper is it? Type a name or a card."),
    ("witnesses", "empty"): N_("Who saw it? At least one name is needed."),
    ("way", "empty"): N_("Say how it was destroyed."),
    ("place_ids", "empty"): N_("No place is marked. Mark some first."),
    ("chosen", "empty"): N_("No file is marked. Mark some first."),
    ("archive.retention", "unreadable"): N_("“{value}” is no number of years from 1 to 100."),
}
"""What is wrong with a value of the archive, by field and problem."""


def refused(error: ArchiveRefused) -> str:
    """Why not, and what to do."""
    name = " ".join(filter(None, (error.program, error.name))) or _("nobody named")
    return _(REFUSALS[error.why]).format(name=name, detail=_day_text(error.detail))


def _day_text(text: str) -> str:
    """A day as the office writes it, where the text is one."""
    try:
        return format_short(date.fromisoformat(text))
    except ValueError:
        return text
