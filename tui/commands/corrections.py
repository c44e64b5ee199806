"""Commands of Koreksi data (F4): worklists, one value after the other, what is right, what is done to many."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, always, needs
from tui.i18n import N_

_CORRECT: Final = needs(Permission.CORRECT_CONTACT)


def _rows(facts: Facts) -> str | None:
    return None if facts.rows else N_("Nothing is shown: take the filter off (f, 0), or choose another list.")


def _chosen(facts: Facts) -> str | None:
    return _CORRECT(facts) or _rows(facts)


def _typed(facts: Facts) -> str | None:
    if facts.settled:
        return _chosen(facts)
    return _chosen(facts) or N_("Nothing is typed here: look at the person (p), then say that it is right (r).")


def _right(facts: Facts) -> str | None:
    if facts.acceptable:
        return _chosen(facts)
    return _chosen(facts) or N_("What is missing or cannot be read cannot be right; type the value (e).")


def _suggested(facts: Facts) -> str | None:
    return _chosen(facts) or (None if facts.suggested else N_("Nothing is suggested for this person."))


def _marked(facts: Facts) -> str | None:
    return _chosen(facts) or (None if facts.marked else N_("Nobody is marked: m marks, A all of them."))


def _marked_right(facts: Facts) -> str | None:
    return _marked(facts) or _right(facts)


def _tidy(facts: Facts) -> str | None:
    return _chosen(facts) or (None if facts.cells else N_("The cells of this list were not kept; type the values (e)."))


def _together(facts: Facts) -> str | None:
    return None if facts.address else N_("Only an e-mail address is made together.")


CORRECTIONS: Final = (
    Command(
        "corrections-open",
        ("enter",),
        N_("open"),
        N_("Open the worklist"),
        N_("The people of whom this is open, one after the other."),
        "corrections",
        _rows,
        footer=1,
    ),
    Command(
        "corrections-order",
        ("t",),
        N_("order"),
        N_("Biggest first, or in the order of work"),
        N_("In the order of work: numbers that a call found wrong come first, then what keeps people from being rung."),
        "corrections",
    ),
    Command(
        "corrections-filter",
        ("f",),
        N_("filter"),
        N_("Whose data"),
        N_("Company, pembina, not claimed, active: the counts and every list are of these people only."),
        "corrections",
        footer=3,
    ),
    Command(
        "corrections-search",
        ("slash",),
        N_("search"),
        N_("Search"),
        N_("Name, KPJ, NIK, company or a part of the number; the list grows shorter while you type."),
        "corrections",
    ),
    Command(
        "corrections-proposals",
        ("p",),
        N_("proposals"),
        N_("What waits for a yes"),
        N_("Changes that interns and the service section propose, where the office wants an officer's yes."),
        "corrections",
    ),
    Command(
        "corrections-typos",
        ("e",),
        N_("e-mail typos"),
        N_("Addresses that look like typing errors"),
        N_("gmial.com, yaho.co.id and the like, also where one can write to it; one key takes or leaves each."),
        "corrections",
    ),
    Command(
        "corrections-form",
        ("k",),
        N_("company form"),
        N_("Ask a company"),
        N_("A numbered form with the open questions of its people into KELUAR; its answers come back as a file."),
        "corrections",
        _CORRECT,
        footer=5,
    ),
)
"""The worklists with their counts."""


WORKLIST: Final = (
    Command(
        "work-edit",
        ("e", "enter"),
        N_("type"),
        N_("Type the value"),
        N_("How it is read stands below while you type; enter saves it and shows the next problem."),
        "worklist",
        _typed,
        footer=1,
    ),
    Command(
        "work-mark",
        ("m", "space"),
        N_("mark"),
        N_("Mark this person"),
        N_("Marks stay while you filter and scroll; again takes the mark off."),
        "worklist",
        _rows,
        footer=4,
    ),
    Command(
        "work-mark-all",
        ("A",),
        N_("all"),
        N_("Mark everybody on the list"),
        N_("Everybody whom the filter leaves, also below the screen; again takes all marks off."),
        "worklist",
        _rows,
    ),
    Command(
        "work-bulk",
        ("b",),
        N_("bulk"),
        N_("Do it to many at once"),
        N_("Cells read again, status, “it is right”: for the marked people or the whole list. One u takes it back."),
        "worklist",
        _chosen,
        footer=5,
    ),
    Command(
        "work-history",
        ("h",),
        N_("history"),
        N_("What was changed of this person"),
        N_("Who, when, old and new value, what it rests on; one change from the middle can be taken back."),
        "worklist",
        _rows,
        footer=6,
    ),
    Command(
        "work-right",
        ("r",),
        N_("is right"),
        N_("It is right as it is"),
        N_("Asks for the reason once and keeps it for the next ones. It is asked again only when the value changes."),
        "worklist",
        _right,
        footer=2,
    ),
    Command(
        "work-reason",
        ("w",),
        N_("reason"),
        N_("Another reason for “it is right”"),
        N_("Kept for the following people."),
        "worklist",
        _right,
    ),
    Command(
        "work-source",
        ("o",),
        N_("source"),
        N_("Who said so"),
        N_("Kept for the following people, until it is changed here."),
        "worklist",
        _CORRECT,
        footer=3,
    ),
    Command(
        "work-suggestion",
        ("s",),
        N_("suggestion"),
        N_("Take the suggested address"),
        N_("Puts right what looks like a typing error; the cell of the file is kept."),
        "worklist",
        _suggested,
    ),
    Command(
        "work-filter",
        ("f",),
        N_("filter"),
        N_("Whose data"),
        N_("Company, pembina, not claimed, active."),
        "worklist",
    ),
    Command(
        "work-search",
        ("slash",),
        N_("search"),
        N_("Search"),
        N_("Name, KPJ, NIK, company or a part of the number; the list grows shorter while you type."),
        "worklist",
    ),
    Command(
        "work-order",
        ("t",),
        N_("order"),
        N_("Order of the list"),
        N_("As the people came in, by name, by company."),
        "worklist",
        _rows,
    ),
    Command(
        "work-person",
        ("p",),
        N_("person"),
        N_("The person's page"),
        N_("Calls, visits, promises, files, changes."),
        "worklist",
        _rows,
    ),
)
"""One worklist."""


WORK_STATUS: Final = (
    Command(
        "status-active",
        ("a",),
        N_("active"),
        N_("Still working"),
        N_("Saves “active” and shows the next person."),
        "work-status",
        _chosen,
    ),
    Command(
        "status-left",
        ("n",),
        N_("not active"),
        N_("No longer working"),
        N_("Saves “not active” and shows the next person."),
        "work-status",
        _chosen,
    ),
)
"""Beside those of a worklist, where the status is not known."""


WORK_SOURCE: Final = tuple(
    Command(f"said-{code}", (key,), label, title, text, "work-source", why)
    for key, code, label, title, text, why in (
        ("p", "participant", N_("participant"), N_("The participant"), N_("Said so themselves."), always),
        ("t", "call", N_("call"), N_("A call of the office"), N_("The office rang them."), always),
        ("k", "company", N_("employer"), N_("The company"), N_("The employer or its HRD said so."), always),
        ("b", "document", N_("document"), N_("A document"), N_("A KTP, KK, card or form that was seen."), always),
        ("s", "smile", N_("Smile"), N_("Smile"), N_("Looked up there; nothing is left to type into it."), always),
        (
            "m",
            "together",
            N_("made together"),
            N_("Made together with the participant"),
            N_("The address was made here with them, and handed over with its password known to them alone."),
            _together,
        ),
        ("l", "other", N_("other"), N_("Another source"), N_("Family, a colleague: a line says who."), always),
    )
)
"""Who said a value; kept for the following ones."""


WORK_FILTER: Final = (
    Command("work-by-company", ("u",), N_("employer"), N_("By company"), N_("Of one employer."), "work-filter"),
    Command("work-by-pembina", ("b",), N_("pembina"), N_("By pembina"), N_("Everybody of one pembina."), "work-filter"),
    Command(
        "work-by-claim",
        ("k",),
        N_("not claimed"),
        N_("Not claimed"),
        N_("Not known as claimed; again all."),
        "work-filter",
    ),
    Command("work-by-active", ("s",), N_("active"), N_("Active"), N_("Known to be working; again all."), "work-filter"),
    Command("work-by-nothing", ("0",), N_("all"), N_("Everybody"), N_("Takes every filter off."), "work-filter"),
)
"""Whose data are shown; the same for the counts and for a list."""


WORK_BULK: Final = (
    Command(
        "many-tidy",
        ("t",),
        N_("read the cells again"),
        N_("Read the cells again"),
        N_("By today's rules: before and after for every row first, and nothing is written until it is confirmed."),
        "work-bulk",
        _tidy,
    ),
    Command(
        "many-active",
        ("a",),
        N_("active"),
        N_("Note the marked people as active"),
        N_("With a reason, after a question."),
        "work-bulk",
        _marked,
        danger=True,
    ),
    Command(
        "many-left",
        ("n",),
        N_("not active"),
        N_("Note the marked people as not active"),
        N_("With a reason, after a question."),
        "work-bulk",
        _marked,
        danger=True,
    ),
    Command(
        "many-right",
        ("r",),
        N_("is right"),
        N_("It is right for all marked people"),
        N_("With a reason, after a question; asked again only where the value changes."),
        "work-bulk",
        _marked_right,
        danger=True,
    ),
)
"""What can be done to many people of a worklist at once."""
