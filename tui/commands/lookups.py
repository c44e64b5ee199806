"""Commands of lists of NIK that are looked up in Smile, one key an answer."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, all_of, needs, not_busy
from tui.i18n import N_

_CORRECT: Final = needs(Permission.CORRECT_CONTACT)

_DOOR: Final = (
    N_("NIK lists"),
    N_("Lists of NIK to look up in Smile"),
    N_("Contributions or status of many people: pasted or from MASUK, looked up one by one, back as a file."),
)

LOOKUPS_DOOR: Final = (Command("lookups", (), *_DOOR, "plain", _CORRECT),)
"""In the menu of every screen."""

LOOKUPS_AT_DESK: Final = (Command("corrections-lookups", ("d",), *_DOOR, "corrections", _CORRECT),)
"""At F4."""


def _list(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.rows else N_("There is no list yet; n brings one in."))


def _shown(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.shown else N_("Nobody is left to look up."))


def _nik(facts: Facts) -> str | None:
    return _shown(facts) or (None if facts.nik else N_("No NIK is known; look up by the KPJ."))


def _kpj(facts: Facts) -> str | None:
    return _shown(facts) or (None if facts.kpj else N_("No KPJ is known; look up by the NIK."))


_FREE: Final = all_of(_CORRECT, not_busy)


def _file(facts: Facts) -> str | None:
    return _FREE(facts) or (None if facts.files else N_("There is no file in MASUK."))


def _usable(facts: Facts) -> str | None:
    return _FREE(facts) or (N_("No line of it names anybody who can be looked up.") if facts.unusable else None)


def _difference(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.rows else N_("Smile and the record say the same."))


LOOKUPS: Final = (
    Command(
        "lookup-go",
        ("enter",),
        N_("look up"),
        N_("Look the list up in Smile"),
        N_("One person after the other; it goes on where it stood."),
        "lookups",
        _list,
        footer=1,
    ),
    Command(
        "lookup-new",
        ("n",),
        N_("new list"),
        N_("Bring a list in"),
        N_("From MASUK, or pasted (copied from Excel or an e-mail): a NIK, a KPJ or both in each line."),
        "lookups",
        _CORRECT,
        footer=2,
    ),
    Command(
        "lookup-lines",
        ("l",),
        N_("lines"),
        N_("All lines of the list"),
        N_("With what Loket knows of each, and what Smile said."),
        "lookups",
        _list,
        footer=3,
    ),
    Command(
        "lookup-differs",
        ("d",),
        N_("differences"),
        N_("Where Smile says something else"),
        N_("Status and claims that differ from the record: taken in only on your yes."),
        "lookups",
        _list,
        footer=4,
    ),
    Command(
        "lookup-file",
        ("b",),
        N_("file"),
        N_("The answers as a file"),
        N_("An .xlsx into KELUAR, all cells text, in the order of the list. That it was made is recorded."),
        "lookups",
        _list,
        footer=5,
    ),
    Command(
        "lookup-close",
        ("t",),
        N_("put away"),
        N_("Put the list away"),
        N_("It stands no more among the lists; u brings it back."),
        "lookups",
        _list,
    ),
)
"""The lists."""

LOOKUP_FILES: Final = (
    Command(
        "lookup-read",
        ("enter",),
        N_("look at it"),
        N_("Read the file and show what is in it"),
        N_("Nothing is changed by looking."),
        "lookup-files",
        _file,
        footer=1,
    ),
)
"""What lies in MASUK."""

LOOKUP_PLAN: Final = (
    Command(
        "make-contributions",
        ("1",),
        N_("contributions"),
        N_("Look up contributions"),
        N_("Paid up, in arrears (and how many months), not found."),
        "lookup-plan",
        _usable,
        footer=1,
    ),
    Command(
        "make-status",
        ("2",),
        N_("status"),
        N_("Look up the status"),
        N_("Active, not active, has claimed, not found."),
        "lookup-plan",
        _usable,
        footer=2,
    ),
)
"""What the list is for."""

_PAID: Final = "lookup-contributions"
_STATUS: Final = "lookup-status"

LOOKUP_ANSWERS: Final = (
    Command("found-paid_up", ("1",), N_("paid up"), N_("Paid up"), N_("No contribution is owed."), _PAID, _shown),
    Command(
        "found-arrears",
        ("2",),
        N_("in arrears"),
        N_("In arrears"),
        N_("Then the number of months; enter alone leaves it open."),
        _PAID,
        _shown,
    ),
    Command("gone-contributions", ("3",), N_("not found"), N_("Not found"), N_("Not in Smile."), _PAID, _shown),
    Command("found-active", ("1",), N_("active"), N_("Active"), N_("Smile has them as active."), _STATUS, _shown),
    Command("found-left", ("2",), N_("not active"), N_("Not active"), N_("Smile has them as left."), _STATUS, _shown),
    Command("found-claimed", ("3",), N_("has claimed"), N_("Has claimed"), N_("Smile shows a claim."), _STATUS, _shown),
    Command("gone-status", ("4",), N_("not found"), N_("Not found"), N_("Not in Smile."), _STATUS, _shown),
)
"""What Smile says, by what is asked."""

LOOKUP: Final = (
    Command(
        "line-nik",
        ("n",),
        N_("copy NIK"),
        N_("Show and copy the NIK"),
        N_(
            "Whole, and on the clipboard of your own computer if its terminal allows it. That it was shown is recorded."
        ),
        "lookup",
        _nik,
        footer=1,
    ),
    Command(
        "line-kpj",
        ("c",),
        N_("copy KPJ"),
        N_("Copy the KPJ"),
        N_("Puts the KPJ on the clipboard of your own computer, if its terminal allows it."),
        "lookup",
        _kpj,
        footer=2,
    ),
    Command(
        "line-note",
        ("t",),
        N_("note"),
        N_("Write a note"),
        N_("Stands beside the answer, on the screen and in the file."),
        "lookup",
        _shown,
        footer=3,
    ),
    Command(
        "line-skip",
        ("s",),
        N_("skip"),
        N_("Skip this line"),
        N_("Shows the next one; who was skipped comes again at the end of the list."),
        "lookup",
        _shown,
        footer=4,
    ),
    Command(
        "line-down",
        ("m",),
        N_("Smile down"),
        N_("Smile does not work"),
        N_("Leaves the list; next time it goes on at this line."),
        "lookup",
        _shown,
        footer=5,
    ),
)
"""One line after the other."""

OFFERS: Final = (
    Command(
        "offer-mark",
        ("m", "space"),
        N_("mark"),
        N_("Mark this difference"),
        N_("Again takes the mark off."),
        "lookup-offers",
        _difference,
        footer=2,
    ),
    Command(
        "offer-mark-all",
        ("A",),
        N_("all"),
        N_("Mark all differences"),
        N_("Again takes all marks off."),
        "lookup-offers",
        _difference,
        footer=3,
    ),
    Command(
        "offer-take",
        ("t",),
        N_("take in"),
        N_("Take what Smile says into the record"),
        N_("The marked ones, else the one under the cursor; nothing is left to type into Smile. One u takes it back."),
        "lookup-offers",
        _difference,
        danger=True,
        footer=1,
    ),
)
"""Where Smile and the record differ."""

LISTS_OF_NIK: Final = (*LOOKUPS, *LOOKUP_FILES, *LOOKUP_PLAN, *LOOKUP_ANSWERS, *LOOKUP, *OFFERS)
LOOKUP_STACKS: Final[tuple[tuple[str, ...], ...]] = (
    ("lookups", "plain", "always"),
    ("lookup-files", "plain", "always"),
    ("lookup-plan", "plain", "always"),
    ("lookup-contributions", "lookup", "plain", "always"),
    ("lookup-status", "lookup", "plain", "always"),
    ("lookup-offers", "plain", "always"),
)
"""The contexts that can hold together, innermost first."""
