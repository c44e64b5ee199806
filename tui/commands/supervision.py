"""Commands of the head: who holds whom (*pengawasan*), and whose work people are (*pembagian*)."""

from __future__ import annotations

import string
from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_HEAD: Final = needs(Permission.SUPERVISE)
_SEEN: Final = needs(Permission.SUPERVISE, Permission.READ_WORK)

_WATCH: Final = (
    N_("watch"),
    N_("Supervision of the calls"),
    N_("Live: who holds whom since when, and what each handler did today. Take over, put back."),
)
_DIVIDE: Final = (
    N_("divide"),
    N_("Division of the work"),
    N_("Gives companies, pembina or periods to handlers; only they are served these people then."),
)

SUPERVISION_DOOR: Final = (
    Command("supervision", (), *_WATCH, "plain", _SEEN),
    Command("division", (), *_DIVIDE, "plain", _SEEN),
)
"""In the menu of every screen."""

SUPERVISION_LIST: Final = (Command("list-supervision", ("w",), *_WATCH, "list", _SEEN),)
"""In the list of the telephone desk."""


def _held(facts: Facts) -> str | None:
    return _HEAD(facts) or (None if facts.held else N_("This handler holds nobody now."))


def _take(facts: Facts) -> str | None:
    return _held(facts) or needs(Permission.CALL)(facts)


SUPERVISION: Final = (
    Command(
        "take-over",
        ("o",),
        N_("take over"),
        N_("Take the person over"),
        N_("The card comes to you. What the handler still notes is history only. The reason is recorded."),
        "supervision",
        _take,
        danger=True,
        footer=1,
    ),
    Command(
        "put-back",
        ("b",),
        N_("put back"),
        N_("Put the person back"),
        N_("Back to the list, for the next who is free. The reason is recorded."),
        "supervision",
        _held,
        danger=True,
        footer=2,
    ),
    Command("watch-division", ("d",), *_DIVIDE, "supervision", _SEEN, footer=3),
)


def _by(key: str, field: str, label: str, title: str) -> Command:
    return Command(
        f"share-{field}",
        (key,),
        label,
        title,
        N_("A company goes before a pembina, a pembina before a period."),
        "division",
        _SEEN,
        footer=int(key) + 1,
    )


def _rows(facts: Facts) -> str | None:
    return _HEAD(facts) or (None if facts.rows else N_("There is nothing to divide."))


DIVISION: Final = (
    Command(
        "share-out",
        ("enter",),
        N_("give to"),
        N_("Give to a handler"),
        N_("Shows the handlers; one key gives, and the next line is under the cursor."),
        "division",
        _rows,
        footer=1,
    ),
    _by("1", "pembina", N_("pembina"), N_("Divide by pembina")),
    _by("2", "company", N_("employer"), N_("Divide by company")),
    _by("3", "period", N_("period"), N_("Divide by period")),
    Command(
        "share-search",
        ("slash",),
        N_("search"),
        N_("Search in the lines"),
        N_("A part of the company, the pembina, the period or the handler."),
        "division",
        _SEEN,
        footer=5,
    ),
    Command("division-watch", ("w",), *_WATCH, "division", _SEEN),
)

HANDLER_KEYS: Final = "123456789" + string.ascii_lowercase
"""The keys of the handlers in the order of their names; further down than z: arrows and enter."""

GIVE: Final = (
    Command(
        "give-anybody",
        ("0",),
        N_("anybody"),
        N_("Back to anybody"),
        N_("Whoever is free is served these people."),
        "give",
        _HEAD,
        footer=2,
    ),
    Command(
        "give-chosen",
        ("enter",),
        N_("the chosen one"),
        N_("Give to the handler under the cursor"),
        N_("With ↑ and ↓, where one key for each handler is not enough."),
        "give",
        _HEAD,
        footer=3,
    ),
    Command(
        "give-handler",
        tuple(HANDLER_KEYS),
        N_("handler"),
        N_("Give to the handler of that key"),
        N_("The key stands before the name."),
        "give",
        _HEAD,
        footer=1,
    ),
)
