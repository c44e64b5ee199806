"""Commands of the list of people: what is shown, who is marked, what is done to them, and numbers typed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_


def _rows(facts: Facts) -> str | None:
    return None if facts.rows else N_("Nobody is shown.")


def _bulk(facts: Facts) -> str | None:
    allowed = {Permission.SUPERVISE.value, Permission.MAKE_CAMPAIGN.value} & facts.permissions
    return _rows(facts) if allowed else N_("Heads and the service section do this for many at once.")


def _correct(facts: Facts) -> str | None:
    return needs(Permission.CORRECT_CONTACT)(facts) or _rows(facts)


MARKS: Final = (
    Command(
        "filter",
        ("f",),
        N_("filter"),
        N_("Choose who is shown"),
        N_("One letter for what: period, campaign, state, company, pembina, handler, last outcome, due, no number."),
        "list",
        footer=3,
    ),
    Command(
        "serve-kind",
        ("p",),
        N_("campaign"),
        N_("Choose what is served"),
        N_("Goes through the campaigns: the list shows the next one and enter serves only its people."),
        "list",
    ),
    Command(
        "mark",
        ("space",),
        N_("mark"),
        N_("Mark this person"),
        N_("Marks stay while you filter and scroll; again takes the mark off."),
        "list",
        _rows,
        footer=5,
    ),
    Command(
        "mark-all",
        ("a", "A"),
        N_("all"),
        N_("Mark everybody shown"),
        N_("Everybody whom the filter leaves, also below the screen; again takes all marks off."),
        "list",
        _rows,
    ),
    Command(
        "bulk",
        ("b",),
        N_("bulk"),
        N_("Do it to all marked people"),
        N_("Call again, postpone, take off the list, give to a handler, add to another campaign. One u takes it back."),
        "list",
        _bulk,
        footer=6,
    ),
    Command(
        "contact",
        ("e",),
        N_("number"),
        N_("Type a number or an e-mail address"),
        N_("For the person under the cursor; how it is read stands below while you type. They are called again."),
        "list",
        _correct,
        footer=7,
    ),
    Command(
        "row-company",
        ("h",),
        N_("company"),
        N_("The company's people"),
        N_("Colleagues of the person under the cursor: one of them, or the company itself, may know a number."),
        "list",
        _rows,
    ),
)


FILTER: Final = (
    Command("by-period", ("p",), N_("period"), N_("By period"), N_("The month of the list."), "filter"),
    Command("by-kind", ("k",), N_("campaign"), N_("By campaign"), N_("JHT 56, bank account and the others."), "filter"),
    Command("by-state", ("s",), N_("state"), N_("By state"), N_("Where people stand on the list."), "filter"),
    Command("by-company", ("u",), N_("employer"), N_("By company"), N_("Everybody of one employer."), "filter"),
    Command("by-pembina", ("b",), N_("pembina"), N_("By pembina"), N_("Everybody of one pembina."), "filter"),
    Command("by-handler", ("t",), N_("handler"), N_("By handler"), N_("Whose work the people are."), "filter"),
    Command("by-outcome", ("h",), N_("outcome"), N_("By last outcome"), N_("How the last call ended."), "filter"),
    Command(
        "by-due", ("j",), N_("due now"), N_("Due now"), N_("Only people whose time has come; again all."), "filter"
    ),
    Command(
        "by-no-number",
        ("n",),
        N_("no number"),
        N_("Without a usable number"),
        N_("People who cannot be called: type a number with e; again all."),
        "filter",
    ),
    Command("by-nothing", ("0",), N_("all"), N_("Show all"), N_("Takes every filter off."), "filter"),
)


BULK: Final = (
    Command(
        "bulk-again",
        ("l",),
        N_("call again"),
        N_("Call again"),
        N_("Due now, whatever they were; people without a number are left out."),
        "bulk",
        needs(Permission.SUPERVISE),
        danger=True,
    ),
    Command(
        "bulk-postpone",
        ("t",),
        N_("postpone"),
        N_("Postpone"),
        N_("Due at the time you type."),
        "bulk",
        needs(Permission.SUPERVISE),
        danger=True,
    ),
    Command(
        "bulk-close",
        ("k",),
        N_("take off"),
        N_("Take off the list"),
        N_("Nobody calls them any more."),
        "bulk",
        needs(Permission.SUPERVISE),
        danger=True,
    ),
    Command(
        "bulk-give",
        ("b",),
        N_("give to"),
        N_("Give to a handler"),
        N_("Only that handler is served these people; or give them back to anybody."),
        "bulk",
        needs(Permission.SUPERVISE),
        danger=True,
    ),
    Command(
        "bulk-add",
        ("d",),
        N_("other campaign"),
        N_("Add to another campaign"),
        N_("Bank account, JKM, incomplete file, failed claim: with what the call is about."),
        "bulk",
        needs(Permission.MAKE_CAMPAIGN),
        danger=True,
    ),
)


SOURCE: Final = (
    Command("source-person", ("p",), N_("participant"), N_("The participant"), N_("Said so themselves."), "source"),
    Command(
        "source-company", ("k",), N_("employer"), N_("The company"), N_("The employer or its HRD said so."), "source"
    ),
    Command("source-file", ("b",), N_("file"), N_("A file"), N_("It stands in a claim file or a form."), "source"),
    Command("source-else", ("l",), N_("other"), N_("Another source"), N_("Family, Smile, a visitor."), "source"),
)
"""Who said a number, or that somebody has no e-mail."""

EMAIL_SOURCE: Final = (
    *(replace(command, id=f"email-{command.id}", where="email-source") for command in SOURCE),
    Command(
        "email-source-together",
        ("m",),
        N_("made together"),
        N_("Made together with the participant"),
        N_("The address was made here with them, and handed over with its password known to them alone."),
        "email-source",
    ),
)
"""Who said an address, or how it came about."""
