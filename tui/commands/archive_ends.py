"""Commands of the archive (F6): registers, destruction, and the questions of the desk."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.archive_why import (
    KEEP,
    ON_PLACE,
    none_marked,
    on_paper,
)
from tui.commands.command import Command, Facts, all_of, list_approved, list_proposed, needs, not_busy
from tui.i18n import N_


def _something_new(facts: Facts) -> str | None:
    return N_("All of this file is known already, or none of it can be taken.") if facts.nothing_new else None


REGISTER: Final = (
    Command(
        "register-read",
        ("enter",),
        N_("look at it"),
        N_("Read the file and show what is in it"),
        N_("Nothing is changed by looking."),
        "register-files",
        all_of(KEEP, not_busy, lambda facts: None if facts.files else N_("There is no file in MASUK.")),
        footer=1,
    ),
    Command(
        "register-take",
        ("t",),
        N_("bring in"),
        N_("Bring the register in"),
        N_("All of its usable rows or nothing; boxes that are not known are made. u takes it back."),
        "register-plan",
        all_of(KEEP, not_busy, _something_new),
        danger=True,
        footer=1,
    ),
    Command(
        "register-columns",
        ("enter", "m"),
        N_("columns"),
        N_("Say what a column is"),
        N_("Where a column is taken for the wrong thing: choose it, then what it holds. Kept for files like this one."),
        "register-plan",
        all_of(KEEP, not_busy),
        footer=2,
    ),
)
"""A register from MASUK."""


def _list(facts: Facts) -> str | None:
    return None if facts.rows else N_("No list stands here. n proposes one.")


DESTRUCTION: Final = (
    Command(
        "destroy-new",
        ("n",),
        N_("propose"),
        N_("Propose places to be destroyed"),
        N_("Shows the places that need not be kept any longer."),
        "archive-destroy",
        KEEP,
        footer=1,
    ),
    Command(
        "destroy-approve",
        ("t",),
        N_("approve"),
        N_("Approve this list"),
        N_("By somebody else than who proposed it. Nothing is destroyed by the yes alone."),
        "archive-destroy",
        all_of(needs(Permission.APPROVE_FILES), _list, list_proposed),
        danger=True,
        footer=2,
        pin=True,
    ),
    Command(
        "destroy-done",
        ("d",),
        N_("destroyed"),
        N_("It was destroyed: note it, with its record"),
        N_("How, and who saw it. Places and files stay known as destroyed; this cannot be taken back."),
        "archive-destroy",
        all_of(KEEP, _list, list_approved),
        danger=True,
        footer=3,
    ),
    Command(
        "destroy-record",
        ("p",),
        N_("record"),
        N_("The record on A4 (berita acara)"),
        N_("Before the destruction a list to be agreed to, afterwards the record to be signed."),
        "archive-destroy",
        all_of(on_paper, _list),
        footer=4,
    ),
    Command(
        "destroy-drop",
        ("k",),
        N_("drop"),
        N_("Drop this list"),
        N_("Nothing of it is destroyed; its places stay, and may be proposed again."),
        "archive-destroy",
        all_of(KEEP, _list, lambda facts: None if facts.open else N_("It is over already.")),
    ),
    Command(
        "destroy-years",
        ("e",),
        N_("years kept"),
        N_("How many years are kept"),
        N_("For each programme and kind of place: whole years after the last year in it. Without one nothing is due."),
        "archive-destroy",
        needs(Permission.MANAGE_OFFICE),
    ),
)
"""Destruction lists."""

DUE: Final = (
    Command(
        "due-mark",
        ("space",),
        N_("mark"),
        N_("Mark this place"),
        N_("Marked places go onto the list. Again takes the mark off."),
        "archive-due",
        ON_PLACE,
        footer=1,
    ),
    Command(
        "due-all",
        ("a",),
        N_("all"),
        N_("Mark all these places"),
        N_("Again takes all marks off."),
        "archive-due",
        ON_PLACE,
        footer=2,
    ),
    Command(
        "due-propose",
        ("enter",),
        N_("propose"),
        N_("Propose what is marked"),
        N_("Makes the list that somebody else approves. Nothing is destroyed by it."),
        "archive-due",
        all_of(KEEP, none_marked),
        footer=3,
    ),
)
"""Places whose time is over."""


YEARS: Final = (
    Command(
        "years-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change how long these are kept"),
        N_("Whole years after the last year in a place; nothing: nobody has said."),
        "archive-years",
        needs(Permission.MANAGE_OFFICE),
        footer=1,
    ),
)
"""How long papers are kept."""


def _question(where: str, *rows: tuple[str, str, str]) -> tuple[Command, ...]:
    """The keys of a question: (id, key, word)."""
    told = N_("Answers the question that stands there.")
    return tuple(Command(identity, (key,), word, word, told, where) for identity, key, word in rows)


QUESTIONS: Final = (
    *_question(
        "archive-print",
        ("arch-print-label", "1", N_("label")),
        ("arch-print-contents", "2", N_("contents on A4")),
        ("arch-print-book", "3", N_("contents .xlsx")),
        ("arch-print-slip", "4", N_("codes to write")),
    ),
    *_question(
        "archive-field",
        ("arch-field-number", "1", N_("number")),
        ("arch-field-shelf", "2", N_("shelf")),
        ("arch-field-period", "3", N_("period")),
        ("arch-field-capacity", "4", N_("capacity")),
        ("arch-field-note", "5", N_("note")),
        ("arch-field-keep_until", "6", N_("kept until")),
    ),
    *_question(
        "archive-kind",
        ("arch-kind-JHT", "1", N_("box JHT")),
        ("arch-kind-JKK", "2", N_("box JKK")),
        ("arch-kind-JKM", "3", N_("box JKM")),
        ("arch-kind-JP", "4", N_("box JP")),
        ("arch-kind-npp-folder", "5", N_("NPP folder")),
        ("arch-kind-bubm", "6", "BUBM"),
        ("arch-kind-rb", "7", "RB"),
        ("arch-kind-rk", "8", "RK"),
        ("arch-kind-scan", "9", N_("scans")),
        ("arch-kind-other", "0", N_("other")),
    ),
    *_question(
        "archive-program",
        ("arch-program-JHT", "1", "JHT"),
        ("arch-program-JKK", "2", "JKK"),
        ("arch-program-JKM", "3", "JKM"),
        ("arch-program-JP", "4", "JP"),
    ),
    *_question(
        "archive-way",
        ("arch-way-shredded", "1", N_("shredded")),
        ("arch-way-burnt", "2", N_("burnt")),
    ),
)
"""Questions of the desk."""
