"""Commands of the quick answers: found and read by everybody, written by heads and administrators."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

MANAGE: Final = needs(Permission.MANAGE_OFFICE)


def _row(facts: Facts) -> str | None:
    return None if facts.rows else N_("No answer is chosen: type less in the search (/), or press 0 for all topics.")


def _write(facts: Facts) -> str | None:
    return MANAGE(facts) or _row(facts)


def _default(facts: Facts) -> str | None:
    if said := _write(facts):
        return said
    if facts.added:
        return N_("Loket has no words of its own here; h takes the answer away.")
    return None if facts.own else N_("This is what Loket starts with already.")


def _remove(facts: Facts) -> str | None:
    return _write(facts) or (None if facts.added else N_("Loket brings this answer along; b gives it its words again."))


ANSWERS_DOOR: Final = (
    Command(
        "answers",
        (),
        N_("answers"),
        N_("Quick answers"),
        N_("Hours today, address, documents, JMO and Lapak Asik: what people ask, ready to be read out or printed."),
        "plain",
        needs(Permission.SEE_LISTS),
    ),
)
"""In the menu of every screen."""

ANSWERS: Final = (
    Command(
        "answer-topic",
        tuple("1234567890"),
        N_("topic"),
        N_("Answers of one topic"),
        N_("The digits of the topics of Layanan; 9 what the programmes are, 0 all topics."),
        "answers",
        footer=1,
    ),
    Command(
        "answer-search",
        ("slash",),
        N_("search"),
        N_("Search the answers"),
        N_("While you type, those stay whose title, text, source or topic has every word."),
        "answers",
        footer=2,
    ),
    Command(
        "answer-more",
        ("enter", "space"),
        N_("read on"),
        N_("Read the answer on"),
        N_("A page further in the text beside the list; from its end back to the beginning."),
        "answers",
        _row,
        footer=3,
    ),
    Command(
        "answer-print",
        ("p",),
        N_("print"),
        N_("The answer on A4"),
        N_("Writes it into KELUAR, to be printed and handed over."),
        "answers",
        _row,
        footer=4,
    ),
    Command(
        "answer-language",
        ("l",),
        N_("language"),
        N_("The other language"),
        N_("Shows the answers of the other language of the screens."),
        "answers",
        footer=5,
    ),
    Command(
        "answer-write",
        ("e",),
        N_("write"),
        N_("Write the text of this answer"),
        N_("Opens it with a preview; fields such as {alamat} are filled in when it is read."),
        "answers",
        _write,
    ),
    Command(
        "answer-new",
        ("n",),
        N_("new"),
        N_("A new answer"),
        N_("Type its title, then its text; it belongs to the topic that is shown."),
        "answers",
        MANAGE,
    ),
    Command(
        "answer-title",
        ("t",),
        N_("title"),
        N_("Change the title"),
        N_("What the list shows, best as the question that people ask."),
        "answers",
        _write,
    ),
    Command(
        "answer-source",
        ("s",),
        N_("source"),
        N_("Change the source"),
        N_("The rule, letter or page that it is from."),
        "answers",
        _write,
    ),
    Command(
        "answer-until",
        ("d",),
        N_("valid until"),
        N_("Until when it holds"),
        N_("Type the last day, or nothing for no end. After it the answer says EXPIRED."),
        "answers",
        _write,
    ),
    Command(
        "answer-default",
        ("b",),
        N_("default"),
        N_("Back to what Loket starts with"),
        N_("The office's own value goes; u brings it back."),
        "answers",
        _default,
    ),
    Command(
        "answer-remove",
        ("h",),
        N_("remove"),
        N_("Take this answer of the office away"),
        N_("In both languages; u brings it back."),
        "answers",
        _remove,
    ),
)

OFFICE_PLACE: Final = (
    Command(
        "place-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change this line"),
        N_("It stands in the quick answers and on paper that is handed over. Empty it where nothing is known."),
        "office-place",
        MANAGE,
        footer=1,
    ),
)
