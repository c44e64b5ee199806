"""Commands beside the worklists of F4: cells read again, the history of values, proposals, company forms."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_

_CORRECT: Final = needs(Permission.CORRECT_CONTACT)


def _stands(facts: Facts) -> str | None:
    return _CORRECT(facts) or (
        None if facts.stands else N_("This change does not stand: it waits, was declined or was taken back.")
    )


def _proposed(facts: Facts) -> str | None:
    return needs(Permission.APPROVE_CORRECTIONS)(facts) or (None if facts.rows else N_("Nothing waits for a yes."))


def _waiting(facts: Facts) -> str | None:
    return None if facts.rows else N_("Nothing waits for a yes.")


def _tidied(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.rows else N_("Reading the cells again changes nothing here."))


def _typo(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.suggested else N_("No address looks like a typing error."))


def _typo_right(facts: Facts) -> str | None:
    return _typo(facts) or (
        None if facts.acceptable else N_("This address cannot be written to; s takes what was meant.")
    )


def _company(facts: Facts) -> str | None:
    return _CORRECT(facts) or (None if facts.rows else N_("No company has an open question."))


def _form_out(facts: Facts) -> str | None:
    return _company(facts) or (None if facts.form_out else N_("No form is out to this company: enter makes one."))


CORRECTION_SETTINGS: Final = (
    Command(
        "setting-propose",
        ("k",),
        N_("yes for corrections"),
        N_("Whether corrections wait for a yes"),
        N_("On: what interns and the service section correct waits at F4 (p) until kepesertaan says yes or no."),
        "settings",
        needs(Permission.MANAGE_OFFICE),
    ),
    Command(
        "setting-lock",
        ("l",),
        N_("lock"),
        N_("Minutes until a screen locks"),
        N_("After so many minutes without a key the PIN is asked; not while a call is open."),
        "settings",
        needs(Permission.MANAGE_OFFICE),
    ),
)
"""On the settings screen."""


TIDY: Final = (
    Command(
        "tidy-write",
        ("t",),
        N_("write it"),
        N_("Write what the cells say now"),
        N_("After a question with the count of values that are filled and replaced. One u takes all of it back."),
        "tidy",
        _tidied,
        danger=True,
        footer=1,
    ),
    Command(
        "tidy-over",
        ("o",),
        N_("also over"),
        N_("Also over values that stand there"),
        N_("Off at first: what somebody typed is not replaced by what a file said earlier. Again turns it off."),
        "tidy",
        _CORRECT,
        footer=2,
    ),
)
"""Before and after of every row."""


VALUE_HISTORY: Final = (
    Command(
        "value-back",
        ("t",),
        N_("take back"),
        N_("Take this one change back"),
        N_("The value before it stands again; what was changed since stays. Refused where it was changed again."),
        "value-history",
        _stands,
        danger=True,
        footer=1,
    ),
)
"""What was changed of one person."""


PROPOSALS: Final = (
    Command(
        "proposal-show",
        ("enter",),
        N_("show"),
        N_("Show the whole value"),
        N_("That it was shown is recorded."),
        "proposals",
        _proposed,
        footer=1,
    ),
    Command(
        "proposal-yes",
        ("s",),
        N_("yes"),
        N_("Say yes"),
        N_("For the marked changes, else the one under the cursor: it is written. Nobody says yes to their own."),
        "proposals",
        _proposed,
        footer=2,
        pin=True,
    ),
    Command(
        "proposal-no",
        ("t",),
        N_("no"),
        N_("Say no"),
        N_("With a reason that the proposer reads; nothing is written."),
        "proposals",
        _proposed,
        footer=3,
    ),
    Command(
        "proposal-mark",
        ("m", "space"),
        N_("mark"),
        N_("Mark this change"),
        N_("Again takes the mark off."),
        "proposals",
        _waiting,
        footer=4,
    ),
    Command(
        "proposal-mark-all",
        ("A",),
        N_("all"),
        N_("Mark all changes"),
        N_("All that wait; again takes all marks off."),
        "proposals",
        _waiting,
        footer=5,
    ),
)
"""What waits for an officer's yes."""


TYPOS: Final = (
    Command(
        "typo-take",
        ("s",),
        N_("take"),
        N_("Take what was probably meant"),
        N_("Puts right what looks like a typing error; the cell of the file is kept."),
        "email-typos",
        _typo,
        footer=1,
    ),
    Command(
        "typo-right",
        ("r",),
        N_("is right"),
        N_("It is right as it is"),
        N_("Is not asked again while the address stays the same."),
        "email-typos",
        _typo_right,
        footer=2,
    ),
)
"""Addresses that look like typing errors."""


COMPANIES: Final = (
    Command(
        "company-form",
        ("enter",),
        N_("make the form"),
        N_("Make the form for this company"),
        N_("A numbered .xlsx to fill in, into KELUAR; it is noted as made, and by what day the answers are due."),
        "company-forms",
        _company,
        footer=1,
    ),
    Command(
        "company-form-print",
        ("p",),
        N_("print A4"),
        N_("Print the form that is out on A4"),
        N_("Under its number, with room to write by hand: for a company that fills nothing in on a computer."),
        "company-forms",
        _form_out,
        footer=2,
    ),
)
"""Companies with open questions."""
