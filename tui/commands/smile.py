"""Commands of *entri ke Smile*: changes typed into Smile, what became of them, sheets for employers."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_CORRECT: Final = needs(Permission.CORRECT_CONTACT)
_EXPORT: Final = needs(Permission.EXPORT_PARTICIPANTS)

_DOOR: Final = (
    N_("entry into Smile"),
    N_("Entry into Smile"),
    N_("Changes that have to be typed into Smile: one key copies a value, one notes it as done and shows the next."),
)

SMILE_DOOR: Final = (Command("smile-entry", (), *_DOOR, "plain", _CORRECT),)
"""In the menu of every screen."""

SMILE_AT_DESK: Final = (Command("corrections-smile", ("s",), *_DOOR, "corrections", _CORRECT, footer=6),)
"""At F4."""


def _shown(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.shown else N_("Nothing has to be typed into Smile."))


def _value(facts: Facts) -> str | None:
    return _shown(facts) or (None if facts.value else N_("There is nothing to copy: in Smile this value is emptied."))


def _nik(facts: Facts) -> str | None:
    return _shown(facts) or (None if facts.nik else N_("No NIK is on record; look up by the KPJ."))


SMILE_ENTRY: Final = (
    Command(
        "entry-done",
        ("1",),
        N_("done"),
        N_("It stands in Smile"),
        N_("Notes the chosen value as typed in and shows the next one; u takes it back."),
        "smile-entry",
        _shown,
    ),
    Command(
        "entry-refused",
        ("2",),
        N_("refused"),
        N_("Smile does not take it"),
        N_("With what Smile says; it stands among the refused ones (l 3) until it is typed again."),
        "smile-entry",
        _shown,
    ),
    Command(
        "entry-all",
        ("a",),
        N_("all done"),
        N_("All values of this person stand in Smile"),
        N_("Notes all of them at once and shows the next person."),
        "smile-entry",
        _shown,
    ),
    Command(
        "entry-copy",
        ("c",),
        N_("copy"),
        N_("Show and copy the new value"),
        N_(
            "Whole, and on the clipboard of your own computer if its terminal allows it. That it was shown is recorded."
        ),
        "smile-entry",
        _value,
        footer=1,
    ),
    Command(
        "entry-kpj",
        ("k",),
        N_("KPJ"),
        N_("Copy the KPJ"),
        N_("Puts the KPJ on the clipboard of your own computer, if its terminal allows it."),
        "smile-entry",
        _shown,
        footer=2,
    ),
    Command(
        "entry-nik",
        ("n",),
        N_("NIK"),
        N_("Show and copy the NIK"),
        N_(
            "Whole, and on the clipboard of your own computer if its terminal allows it. That it was shown is recorded."
        ),
        "smile-entry",
        _nik,
        footer=3,
    ),
    Command(
        "entry-later",
        ("s",),
        N_("later"),
        N_("This person later"),
        N_("Shows the next one; this one comes again at the end of the list."),
        "smile-entry",
        _shown,
        footer=4,
    ),
    Command(
        "entry-down",
        ("m",),
        N_("Smile down"),
        N_("Smile does not work"),
        N_("Leaves the list; next time it goes on at this person."),
        "smile-entry",
        _shown,
        footer=5,
    ),
    Command(
        "entry-list",
        ("l",),
        N_("list"),
        N_("All changes, refused ones, sheets"),
        N_("What waits, what is done, what Smile refused, and the sheets for employers."),
        "smile-entry",
        _CORRECT,
        footer=6,
    ),
)
"""One person after the other."""


def _noted(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.typed_in else N_("Only what is done or refused can be typed again."))


def _sheet(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.rows else N_("No sheet was made yet; n makes one."))


def _sheet_waits(facts: Facts) -> str | None:
    return _sheet(facts) or (None if facts.sheet_waits else N_("Nothing of this sheet is left."))


ENTRIES: Final = (
    Command(
        "entries-to-do",
        ("1",),
        N_("to do"),
        N_("What has to be typed in"),
        N_("Not in Smile yet, what is in sheets too; the newest first."),
        "smile-list",
    ),
    Command("entries-done", ("2",), N_("done"), N_("What stands in Smile"), N_("The newest first."), "smile-list"),
    Command(
        "entries-refused",
        ("3",),
        N_("refused"),
        N_("What Smile refused"),
        N_("With what Smile said; b puts a change on the list again."),
        "smile-list",
    ),
    Command(
        "entries-sheets",
        ("4",),
        N_("sheets"),
        N_("Sheets for employers"),
        N_("Numbered files in the layout of update_data_tk, and how much of each is in Smile."),
        "smile-list",
    ),
    Command(
        "entries-again",
        ("b",),
        N_("type again"),
        N_("Put it on the list again"),
        N_("The chosen change has to be typed into Smile once more; u takes that back."),
        "smile-changes",
        _noted,
        footer=1,
    ),
    Command(
        "entries-export",
        ("n",),
        N_("new sheet"),
        N_("Make a sheet for an employer"),
        N_("Into KELUAR, all cells text; only what went out in no sheet yet. What is exported is not entered."),
        "smile-list",
        _EXPORT,
        footer=2,
    ),
)
"""All changes by what became of them."""

SHEETS_OUT: Final = (
    Command(
        "employer-taken",
        ("t",),
        N_("in Smile"),
        N_("Smile took this sheet"),
        N_("What was left of it is noted as done; u takes that back."),
        "smile-sheets",
        _sheet_waits,
        danger=True,
        footer=3,
    ),
    Command(
        "employer-withdraw",
        ("w",),
        N_("withdraw"),
        N_("Withdraw this sheet"),
        N_("Nobody brings it in: what was left of it is typed in by hand again."),
        "smile-sheets",
        lambda facts: _EXPORT(facts) or _sheet_waits(facts),
        danger=True,
        footer=4,
    ),
    Command(
        "employer-again",
        ("o",),
        N_("once more"),
        N_("Write a sheet once more"),
        N_("The same changes under the same number, which has to be typed; that it went out twice is recorded."),
        "smile-sheets",
        lambda facts: _EXPORT(facts) or _sheet(facts),
        footer=5,
    ),
)
"""Beside those, where the sheets stand."""

SMILE: Final = (*SMILE_ENTRY, *ENTRIES, *SHEETS_OUT)
SMILE_STACKS: Final[tuple[tuple[str, ...], ...]] = (
    ("smile-entry", "plain", "always"),
    ("smile-changes", "smile-list", "plain", "always"),
    ("smile-sheets", "smile-list", "plain", "always"),
)
"""The contexts that can hold together, innermost first."""
