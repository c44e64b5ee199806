"""Commands of help with a claim: its form, the questions of the form, the list of those that go on."""

from __future__ import annotations

from typing import Final

from store.rules.assists import Activation, ClaimReason, Result
from store.rules.outcomes import Channel
from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, Why, needs
from tui.i18n import N_

_ALLOWED: Final = needs(Permission.HELP)
_SEEN: Final = needs(Permission.HELP, Permission.READ_WORK)


def _who(facts: Facts) -> str | None:
    return _ALLOWED(facts) or (None if facts.begun else N_("First say who is helped: / a participant, o a name."))


def _kept(facts: Facts) -> str | None:
    return _ALLOWED(facts) or (None if facts.open else N_("Save it first (enter)."))


def _chosen(facts: Facts) -> str | None:
    return _SEEN(facts) or (None if facts.rows else N_("No help stands here."))


def _known(facts: Facts) -> str | None:
    return None if facts.person else N_("It is about nobody who is on record.")


def _form(identity: str, key: str, label: str, title: str, text: str, why: Why = _ALLOWED, footer: int = 0) -> Command:
    return Command(f"assist-{identity}", (key,), label, title, text, "assist", why, footer=footer)


ASSIST: Final = (
    _form(
        "save",
        "enter",
        N_("save"),
        N_("Save this help"),
        N_("All of it in one step, with the reminder of an interview. u takes it back."),
        _who,
        1,
    ),
    *(
        _form(
            f"paper-{digit}",
            digit,
            N_("document"),
            title,
            N_("There; again: missing; again: not needed; again: not asked."),
        )
        for digit, title in (
            ("1", N_("Paper: KTP")),
            ("2", N_("Paper: membership card")),
            ("3", N_("Paper: KK")),
            ("4", N_("Paper: bank book")),
            ("5", N_("Paper: e-mail address")),
            ("6", N_("Paper: mobile number")),
            ("7", N_("Paper: NPWP")),
            ("8", N_("Paper: company letter")),
        )
    ),
    _form(
        "all",
        "0",
        N_("all there"),
        N_("All that is needed is there"),
        N_("Whatever nobody asked for yet is there."),
    ),
    _form("way", "w", N_("way"), N_("Which way the claim goes"), N_("JMO, Lapak Asik or the office."), footer=3),
    _form("reason", "y", N_("why"), N_("Why they claim"), N_("It decides which papers are needed."), footer=4),
    _form(
        "activation",
        "a",
        N_("activate"),
        N_("Activation of the account: done, or what stopped it"),
        N_("Read from what the participant sees; nobody types a password for them."),
        footer=5,
    ),
    _form(
        "email",
        "m",
        N_("e-mail"),
        N_("E-mail made together and handed over"),
        N_("The participant chose the password and keeps it; nothing of it is written here."),
    ),
    _form(
        "interview",
        "k",
        N_("interview"),
        N_("Day and hour of the interview"),
        N_("As senin 10 or 12-8 9.30; a reminder stands in F9 an hour before. JMO has none."),
        footer=7,
    ),
    _form(
        "result",
        "r",
        N_("result"),
        N_("What became of the claim"),
        N_("Handed in, came back, paid, refused, given up."),
    ),
    _form("note", "n", N_("note"), N_("Write a note"), N_("A line that stays with this help.")),
    _form(
        "find",
        "slash",
        N_("participant"),
        N_("Which participant is helped"),
        N_("A part of the name, KPJ, NIK or number."),
    ),
    _form("whom", "o", N_("name"), N_("The name of who is helped"), N_("Of somebody who is not on record.")),
    _form(
        "slip",
        "p",
        N_("slip"),
        N_("Slip on A4 for the participant"),
        N_("What is still missing, where and when, and what staff never ask; a PDF into KELUAR."),
        _kept,
    ),
    _form(
        "history", "h", N_("history"), N_("Their whole history"), N_("Opens the person's page; esc comes back."), _known
    ),
)


def _question(where: str, key: str, value: str, label: str, title: str, text: str) -> Command:
    return Command(f"{where}-{value or 'none'}", (key,), label, title, text, where)


_PAPERS_FOLLOW: Final = N_("The papers that are needed follow from it.")

ASSIST_WAY: Final = (
    _question("help-way", "j", Channel.JMO, N_("JMO"), N_("Through JMO"), _PAPERS_FOLLOW),
    _question("help-way", "l", Channel.LAPAK_ASIK, N_("Lapak Asik"), N_("Through Lapak Asik"), _PAPERS_FOLLOW),
    _question("help-way", "k", Channel.OFFICE, N_("office"), N_("At the office"), _PAPERS_FOLLOW),
)

ASSIST_REASON: Final = (
    _question("help-why", "1", ClaimReason.AGE, N_("age 56"), N_("Reached 56"), _PAPERS_FOLLOW),
    _question("help-why", "2", ClaimReason.RESIGNED, N_("resigned"), N_("Resigned"), _PAPERS_FOLLOW),
    _question("help-why", "3", ClaimReason.DISMISSED, N_("dismissed"), N_("Dismissed (PHK)"), _PAPERS_FOLLOW),
    _question("help-why", "4", ClaimReason.CONTRACT_ENDED, N_("contract"), N_("Contract ended"), _PAPERS_FOLLOW),
    _question("help-why", "5", ClaimReason.PARTIAL, N_("10/30 %"), N_("Part of it: 10 or 30 percent"), _PAPERS_FOLLOW),
    _question("help-why", "6", ClaimReason.HEIRS, N_("heirs"), N_("Heirs claim"), _PAPERS_FOLLOW),
    _question("help-why", "7", ClaimReason.OTHER, N_("other"), N_("Another reason"), _PAPERS_FOLLOW),
    _question("help-why", "0", ClaimReason.UNSAID, N_("not said"), N_("Not said"), _PAPERS_FOLLOW),
)

_COUNTED: Final = N_("The recap counts what stops people.")

ASSIST_ACTIVATION: Final = (
    _question("activation", "1", Activation.DONE, N_("done"), N_("The account is activated"), _COUNTED),
    _question("activation", "2", Activation.EMAIL, N_("e-mail"), N_("E-mail or its password"), _COUNTED),
    _question("activation", "3", Activation.NUMBER, N_("number"), N_("Number not registered"), _COUNTED),
    _question("activation", "4", Activation.FACE, N_("face"), N_("Face not recognised"), _COUNTED),
    _question("activation", "5", Activation.NIK, N_("NIK"), N_("Another NIK"), _COUNTED),
    _question("activation", "6", Activation.DUKCAPIL, N_("Dukcapil"), N_("Data differ from Dukcapil"), _COUNTED),
    _question("activation", "7", Activation.PIN, N_("PIN"), N_("The PIN is forgotten"), _COUNTED),
    _question("activation", "8", Activation.OLD_PHONE, N_("old HP"), N_("Telephone too old"), _COUNTED),
    _question("activation", "9", Activation.NETWORK, N_("network"), N_("Network or system down"), _COUNTED),
    _question("activation", "0", Activation.OTHER, N_("other"), N_("Something else, with a note"), _COUNTED),
    _question("activation", "n", "", N_("not asked"), N_("Not asked"), _COUNTED),
)

_ENDS: Final = N_("Its reminder ends with it; refused and came back want a reason.")

ASSIST_RESULT: Final = (
    _question("result", "1", Result.SUBMITTED, N_("handed in"), N_("Handed in"), _ENDS),
    _question("result", "2", Result.CAME_BACK, N_("came back"), N_("Came back to be completed"), _ENDS),
    _question("result", "3", Result.PAID, N_("paid"), N_("Paid"), _ENDS),
    _question("result", "4", Result.REFUSED, N_("refused"), N_("Refused"), _ENDS),
    _question("result", "5", Result.GAVE_UP, N_("given up"), N_("Given up"), _ENDS),
    _question("result", "0", Result.GOES_ON, N_("goes on"), N_("Goes on"), _ENDS),
)

ASSISTS: Final = (
    Command(
        "assists-open",
        ("enter",),
        N_("open"),
        N_("Open this help"),
        N_("What is there and what is missing; go on with it."),
        "assists",
        _chosen,
        footer=1,
    ),
    Command(
        "assists-new",
        ("n",),
        N_("new"),
        N_("Help somebody with a claim"),
        N_("A new form; then who is helped."),
        "assists",
        _ALLOWED,
        footer=2,
    ),
    Command(
        "assists-scope",
        ("f",),
        N_("open / mine / all"),
        N_("Those that go on, mine, all"),
        N_("Goes through the three."),
        "assists",
        _SEEN,
        footer=3,
    ),
    Command(
        "assists-search",
        ("slash",),
        N_("search"),
        N_("Search in the help"),
        N_("A part of a name, KPJ or number."),
        "assists",
        _SEEN,
        footer=4,
    ),
)

ASSISTS_DOOR: Final = (
    Command(
        "assists",
        (),
        N_("help"),
        N_("Help with JMO and Lapak Asik"),
        N_("Who is being helped with a claim, what is missing, interviews that come."),
        "plain",
        _SEEN,
    ),
)
"""In the menu."""
