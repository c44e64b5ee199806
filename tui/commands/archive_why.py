"""Why a key of the archive (F6) is off, and the words that several keys share."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Facts, all_of, needs
from tui.i18n import N_

KEEP: Final = needs(Permission.ARCHIVE)


def desk_why(facts: Facts) -> str | None:
    """Why the desk cannot be opened: it is for who works with files, and who looks after that work."""
    return needs(Permission.SEE_FILES)(facts)


def no_place(facts: Facts) -> str | None:
    return None if facts.rows else N_("No place stands here. n makes one.")


def no_paper(facts: Facts) -> str | None:
    return None if facts.rows else N_("No file stands here.")


def on_paper(facts: Facts) -> str | None:
    """Papers are for who works here; who only looks takes nothing along."""
    allowed = (Permission.ARCHIVE, Permission.RECEIVE_FILES, Permission.APPROVE_FILES)
    refusals = [needs(what)(facts) for what in allowed]
    return refusals[0] if all(refusals) else None


def none_waits(facts: Facts) -> str | None:
    return None if facts.waiting else N_("No file with all signatures waits.")


def none_marked(facts: Facts) -> str | None:
    return None if facts.marked else N_("Nothing is marked. space marks, a marks all.")


def not_lent(facts: Facts) -> str | None:
    return None if facts.lent else N_("Nobody has it; it is back already.")


ON_PLACE: Final = all_of(KEEP, no_place)
ON_PAPER: Final = all_of(KEEP, no_paper)

FIND: Final = (
    N_("find"),
    N_("Find a file"),
    N_("Name, KPJ, code, its number, programme, day or month, in any order: box and shelf stand beside it."),
)
ALL: Final = (
    N_("all"),
    N_("Put every waiting file into its box"),
    N_("All that have their signatures, each programme in the order of its codes; one u takes all of them out."),
)
PRINT: Final = (
    N_("print"),
    N_("Label, contents or codes of this place"),
    N_("Label and content list on A4, the contents as .xlsx, or the codes to be written by hand."),
)
CHANGE: Final = (
    N_("change"),
    N_("Change this place"),
    N_("Number, shelf, period, capacity, note, or until when it is kept."),
)
CLOSE: Final = (
    N_("close"),
    N_("Close this place, or open it again"),
    N_("Nothing goes into a closed one: it is tied up and leaves for the archive room."),
)
"""Said at several places."""
