"""Commands of a person's page (F8)."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from store.timeline import Kind
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_


def _call(facts: Facts) -> str | None:
    return needs(Permission.CALL)(facts) or (None if facts.rows else N_("They are on no call list that is still open."))


def _history(digit: str, kind: str, label: str, title: str) -> Command:
    text = N_("Narrows the history to this kind, the newest first.")
    return Command(f"history-{kind}", (digit,), label, title, text, "person")


PERSON: Final = (
    _history("1", Kind.CALL, N_("calls"), N_("History: calls of the office")),
    _history("2", Kind.CONTACT, N_("contacts"), N_("History: they rang or came")),
    _history("3", Kind.PROMISE, N_("promises"), N_("History: follow-ups")),
    _history("4", Kind.HELP, N_("help"), N_("History: help with a claim")),
    _history("5", Kind.DATA, N_("data"), N_("History: corrections")),
    _history("6", Kind.IMPORT, N_("imports"), N_("History: lists that came in")),
    _history("7", Kind.LIST, N_("lists"), N_("History: call lists")),
    _history("8", Kind.LOOK, N_("looks"), N_("History: who looked")),
    _history("9", Kind.FILE, N_("claim files"), N_("History: paper claim files")),
    _history("0", "all", N_("all"), N_("History: everything")),
    Command(
        "person-call",
        ("enter",),
        N_("to the card"),
        N_("Take this person to the card"),
        N_("For somebody who rings back: holds exactly them. Whoever you hold goes back to the list."),
        "person",
        _call,
        footer=1,
    ),
    Command(
        "person-trail",
        ("f",),
        N_("next kind"),
        N_("The next kind of the history"),
        N_("Goes through: everything, calls, contacts, promises, help, data, imports, lists, looks, claim files."),
        "person",
    ),
    Command(
        "person-service",
        ("s",),
        N_("at F3"),
        N_("A call or visit of this person"),
        N_("They ring, or stand at the desk: begins the form with them on it."),
        "person",
        needs(Permission.HELP),
        footer=2,
    ),
    Command(
        "person-promise",
        ("t",),
        N_("promise"),
        N_("Promise them a follow-up"),
        N_("What, and until when; two office days where nothing is typed. It stands in F9."),
        "person",
        needs(Permission.FOLLOW_UP),
        footer=5,
    ),
    Command(
        "person-help",
        ("j",),
        N_("claim help"),
        N_("Help this person with JMO, Lapak Asik or a claim"),
        N_("Papers, activation, interview, result."),
        "person",
        needs(Permission.HELP),
        footer=6,
    ),
    Command(
        "person-contact",
        ("e",),
        N_("number"),
        N_("Type a number or an e-mail address"),
        N_("How it is read stands below while you type; a person without a number can be called then."),
        "person",
        needs(Permission.CORRECT_CONTACT),
        footer=3,
    ),
    Command(
        "person-company",
        ("h",),
        N_("company"),
        N_("The company's people"),
        N_("Who else of this company is on the lists."),
        "person",
    ),
)
