"""Commands of call lists on paper, and of typing their ticks back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.commands.telephone import ACCOUNT, CARD, TOLD
from tui.i18n import N_
from tui.words.calls import KINDS

_CALL: Final = needs(Permission.CALL)

_NEW: Final = (
    N_("paper"),
    N_("Print a call list (PDF)"),
    N_(
        "Those who are to be called next, on A4 with boxes for a pen, for a day without power, into KELUAR. "
        "Nobody stands on two lists of one day."
    ),
)

PAPER_LIST: Final = (
    Command("paper-new", ("d",), *_NEW, "list", _CALL),
    Command(
        "paper-back",
        ("t",),
        N_("type back"),
        N_("Type a paper list back"),
        N_("Ticks of a call list on paper become outcomes: one key each, line by line."),
        "list",
        _CALL,
    ),
)
"""In the list of the telephone desk."""


PRINT_KIND: Final = tuple(
    Command(f"print-{kind}", (key,), label, N_("A paper list of these calls"), _NEW[2], "print-kind", _CALL)
    for key, (kind, label) in zip("12345", KINDS.items(), strict=True)
)
"""Which calls a paper list is of, where people of several kinds are waiting."""


def _list_chosen(facts: Facts) -> str | None:
    return _CALL(facts) or (None if facts.rows else N_("No list was printed yet. d prints one."))


PAPERS: Final = (
    Command(
        "paper-open",
        ("enter",),
        N_("type back"),
        N_("Type this list back"),
        N_("Opens the list at its first line without a tick."),
        "papers",
        _list_chosen,
        footer=1,
    ),
    Command(
        "paper-number",
        ("slash",),
        N_("number"),
        N_("Find a list by its number"),
        N_("The number on the paper: for DT-12 type 12."),
        "papers",
        _list_chosen,
        footer=2,
    ),
    Command(
        "paper-again",
        ("p",),
        N_("print again"),
        N_("Print this list again (PDF)"),
        N_("The same people and lines under the same number, when the paper was lost."),
        "papers",
        _list_chosen,
        footer=3,
    ),
    Command("paper-more", ("d",), *_NEW, "papers", _CALL, footer=4),
)


def _tick(facts: Facts) -> str | None:
    said = _CALL(facts)
    if said is None and facts.ticked:
        return N_("This line is typed back already; u undoes the last one, enter goes to a line.")
    return said


def _numbers(facts: Facts) -> str | None:
    return None if facts.numbers > 1 else N_("This person has no other number.")


TICKS: Final = (
    Command(
        "tick-line",
        ("enter",),
        N_("line"),
        N_("Go to a line"),
        N_("Type the line's number. Without it the next line is taken; ↑ and ↓ move as well."),
        "ticks",
        footer=1,
    ),
    *(
        replace(command, id=f"tick-{command.id}", where=command.where.replace("card", "ticks"), why_disabled=_tick)
        for command in (*CARD, *TOLD, *ACCOUNT)
        if command.keys[0].isdecimal()
    ),
    Command(
        "tick-number",
        ("o",),
        N_("number"),
        N_("Another number was rung"),
        N_("Goes through the person's numbers; on paper the small box before the number is crossed."),
        "ticks",
        _numbers,
        footer=2,
    ),
)
