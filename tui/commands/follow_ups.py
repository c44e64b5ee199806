"""Commands of the follow-ups (F9): the list, one of them, and what can be done to it from both."""

from __future__ import annotations

from typing import Final

from store.follow_up_rows import Whose
from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_ALLOWED: Final = needs(Permission.FOLLOW_UP)
_SEEN: Final = needs(Permission.FOLLOW_UP, Permission.READ_WORK)


def _chosen(facts: Facts) -> str | None:
    return None if facts.rows else N_("No follow-up stands here.")


def _line(facts: Facts) -> str | None:
    return None if facts.stack else _chosen(facts)


def _open(facts: Facts) -> str | None:
    over = None if facts.open else N_("It is done or dropped already.")
    return _ALLOWED(facts) or _chosen(facts) or over


def _person(facts: Facts) -> str | None:
    nobody = None if facts.person else N_("It is about nobody who is on record.")
    return _chosen(facts) or needs(Permission.SEE_LISTS)(facts) or nobody


def _number(facts: Facts) -> str | None:
    return _chosen(facts) or needs(Permission.SEE_HELD_PERSON)(facts)


def _helped(facts: Facts) -> str | None:
    return _chosen(facts) or needs(Permission.HELP)(facts) or (None if facts.helped else N_("It came from no help."))


FOLLOW_UPS: Final = (
    Command(
        "follow-open",
        ("enter",),
        N_("open"),
        N_("Open this follow-up"),
        N_("All of it, with where it came from; of a stack that is late, its files at the voucher desk."),
        "follow-ups",
        _line,
        footer=1,
    ),
    *(
        Command(
            f"follow-show-{whose}",
            (str(digit),),
            label,
            title,
            N_("What is due first stands at the top; of what is done, the newest."),
            "follow-ups",
            _SEEN,
        )
        for digit, (whose, label, title) in enumerate(
            (
                (Whose.MINE, N_("mine"), N_("Follow-ups of mine")),
                (Whose.SECTION, N_("section"), N_("Follow-ups of my section")),
                (Whose.OVERDUE, N_("late"), N_("Follow-ups that are overdue, anybody's")),
                (Whose.ALL, N_("all"), N_("All open follow-ups")),
                (Whose.MADE, N_("my promises"), N_("Follow-ups that I promised")),
                (Whose.DONE, N_("done"), N_("Follow-ups that are done or dropped")),
            ),
            start=1,
        )
    ),
    Command(
        "follow-next-show",
        ("tab",),
        N_("next list"),
        N_("The next list of follow-ups"),
        N_("Goes through: mine, section, overdue, all, promised by me, done."),
        "follow-ups",
        _SEEN,
    ),
    Command(
        "follow-search",
        ("slash",),
        N_("search"),
        N_("Search in the follow-ups"),
        N_("A part of what was promised, of a name, company or number."),
        "follow-ups",
        _SEEN,
        footer=6,
    ),
)
"""The list alone."""

FOLLOW_UP: Final = (
    Command(
        "follow-done",
        ("d",),
        N_("done"),
        N_("This follow-up is done"),
        N_("With a note of what came of it, or enter alone. u takes it back."),
        "follow-up",
        _open,
        footer=2,
    ),
    Command(
        "follow-numbers",
        ("r",),
        N_("number"),
        N_("Show the numbers to ring"),
        N_("The one they called from first, then the person's; that they were looked at is recorded."),
        "follow-up",
        _number,
        footer=3,
    ),
    Command(
        "follow-whom",
        ("f",),
        N_("to whom"),
        N_("Somebody else does it"),
        N_("Yourself, a colleague, or anybody of a section."),
        "follow-up",
        _open,
    ),
    Command(
        "follow-when",
        ("w",),
        N_("when"),
        N_("Move the due day"),
        N_("Office days from today (3), a day (jumat, 12-8), with an hour where one was said (besok 10)."),
        "follow-up",
        _open,
        footer=4,
    ),
    Command(
        "follow-new",
        ("t",),
        N_("new"),
        N_("Write a new follow-up down"),
        N_("What, until when, and for whom; it is yours unless f gives it to others."),
        "follow-up",
        _ALLOWED,
        footer=5,
    ),
    Command(
        "follow-edit",
        ("e",),
        N_("words"),
        N_("Other words for what was promised"),
        N_("Corrects the text; the trail keeps the former one."),
        "follow-up",
        _open,
    ),
    Command(
        "follow-drop",
        ("b",),
        N_("drop"),
        N_("Drop this follow-up, with the reason"),
        N_("It will not be done. The reason stays with it; u takes it back."),
        "follow-up",
        _open,
    ),
    Command(
        "follow-history",
        ("h",),
        N_("history"),
        N_("The whole history of whom it is about"),
        N_("Opens the person's page: calls, visits, promises, help, corrections. esc comes back."),
        "follow-up",
        _person,
    ),
    Command(
        "follow-help",
        ("j",),
        N_("help"),
        N_("The help it came from"),
        N_("Opens the help with JMO or Lapak Asik; esc comes back."),
        "follow-up",
        _helped,
    ),
)
"""On the list, for the row under the cursor, and on the page of one."""
