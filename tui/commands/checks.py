"""Commands of the status check (*cek status klaim*): people looked up in Smile, one key an answer."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_CALL: Final = needs(Permission.CALL)

_DOOR: Final = (
    N_("check"),
    N_("Status check in Smile"),
    N_("Who has claimed already? One person after the other, to look up in Smile before anybody phones them."),
)

CHECKS_DOOR: Final = (Command("checks", (), *_DOOR, "plain", _CALL),)
"""In the menu of every screen."""

CHECKS_LIST: Final = (Command("list-checks", ("k",), *_DOOR, "list", _CALL),)
"""In the list of the telephone desk."""


def _shown(facts: Facts) -> str | None:
    return _CALL(facts) or (None if facts.shown else N_("Nobody is left to look up."))


def _nik(facts: Facts) -> str | None:
    return _shown(facts) or (None if facts.nik else N_("No NIK is on record; look up by the KPJ."))


CHECKS: Final = (
    Command(
        "smile-claimed",
        ("1",),
        N_("has claimed"),
        N_("Smile: has claimed"),
        N_("Leaves every call list and is phoned no more."),
        "checks",
        _shown,
    ),
    Command(
        "smile-not_claimed",
        ("2",),
        N_("not claimed"),
        N_("Smile: has not claimed"),
        N_("Is phoned, also when the person said that it was claimed."),
        "checks",
        _shown,
    ),
    Command(
        "smile-not_found",
        ("3",),
        N_("not found"),
        N_("Smile: not found"),
        N_("Neither by KPJ nor by NIK. Stays on the call list."),
        "checks",
        _shown,
    ),
    Command(
        "copy-kpj",
        ("c",),
        N_("copy KPJ"),
        N_("Copy the KPJ"),
        N_("Puts the KPJ on the clipboard of your own computer, if its terminal allows it."),
        "checks",
        _shown,
        footer=1,
    ),
    Command(
        "copy-nik",
        ("n",),
        N_("copy NIK"),
        N_("Copy the NIK"),
        N_("Puts the NIK on the clipboard of your own computer, if its terminal allows it."),
        "checks",
        _nik,
        footer=2,
    ),
    Command(
        "skip",
        ("s",),
        N_("skip"),
        N_("Skip this person"),
        N_("Shows the next one; who was skipped comes again at the end of the list."),
        "checks",
        _shown,
        footer=3,
    ),
    Command(
        "park",
        ("m",),
        N_("Smile down"),
        N_("Smile does not work"),
        N_("Leaves the list; next time it goes on at this person."),
        "checks",
        _shown,
        footer=4,
    ),
)
