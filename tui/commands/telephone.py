"""Commands of the telephone desk: its list and the card, with the outcomes of each kind of campaign."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.i18n import N_


def _unchecked(facts: Facts) -> str | None:
    return N_("The right person is noted already.") if facts.right_party else None


def _birth_date(facts: Facts) -> str | None:
    return None if facts.birth_date else N_("No birth date is on record.")


def _other_number(facts: Facts) -> str | None:
    return None if facts.numbers > 1 else N_("This person has no other number.")


def _qr(facts: Facts) -> str | None:
    if not facts.qr:
        return N_("The office does not allow QR codes of numbers; a head can (menu, settings, 9).")
    return None if facts.numbers else N_("There is no number that can be called.")


LIST: Final = (
    Command(
        "serve",
        ("enter",),
        N_("serve"),
        N_("Serve the next person"),
        N_(
            "Takes the next person to phone and holds them for you: nobody else gets them, "
            "nor anyone who shares their telephone."
        ),
        "list",
        needs(Permission.CALL),
        footer=1,
    ),
    Command(
        "search",
        ("slash",),
        N_("search"),
        N_("Search in the list"),
        N_("A part of the name, KPJ, NIK, company or telephone number, however it was written."),
        "list",
        footer=2,
    ),
)


CARD: Final = (
    Command(
        "no_answer",
        ("1",),
        N_("no answer"),
        N_("No answer"),
        N_("Rang, nobody took it. Tried again in another part of a working day."),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "busy", ("2",), N_("busy"), N_("Busy"), N_("Tried again after 30 minutes."), "card", needs(Permission.CALL)
    ),
    Command(
        "unreachable",
        ("3",),
        N_("off / no reach"),
        N_("Switched off, out of reach, mailbox"),
        N_("Tried again on the next working day; after three times the next number."),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "wrong_number",
        ("4",),
        N_("wrong number"),
        N_("Wrong number"),
        N_("Somebody else answered who does not know the person. The number is marked and the next one is taken."),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "callback",
        ("5",),
        N_("call back"),
        N_("Asked to be called back"),
        N_("Choose when; it stays yours. Only times at which the office works are offered."),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "will_claim",
        ("6",),
        N_("will claim"),
        N_("Will claim"),
        N_("Choose the way: office, Lapak Asik or JMO. After 14 days it is checked whether it was done."),
        "card-jht56",
        needs(Permission.CALL),
    ),
    Command(
        "says_claimed",
        ("7",),
        N_("says claimed"),
        N_("Says it is claimed already"),
        N_("Goes to the status check: what the person says and what Smile shows are two facts."),
        "card-jht56",
        needs(Permission.CALL),
    ),
    Command(
        "not_yet",
        ("8",),
        N_("not yet"),
        N_("Does not want to claim yet"),
        N_("Choose the reason; called again after three months. Being still at work is not this: use k."),
        "card-jht56",
        needs(Permission.CALL),
    ),
    Command(
        "message_left",
        ("9",),
        N_("message left"),
        N_("Message left: please ring back"),
        N_(
            "Somebody of the house was asked to pass it on. Nothing of the claim is told. Again after two working days."
        ),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "other",
        ("0",),
        N_("other"),
        N_("Other outcomes"),
        N_("Refuses, an obstacle, deceased, number not registered, moved."),
        "card",
        needs(Permission.CALL),
    ),
    Command(
        "right-party",
        ("v",),
        N_("right"),
        N_("The right person answered"),
        N_("Ask for the birth date, never tell it. Only then balance and advice are shown."),
        "card",
        _unchecked,
        footer=10,
    ),
    Command(
        "birth-date",
        ("b",),
        N_("birth"),
        N_("Show the birth date"),
        N_("To compare with what the person says. Showing it is recorded."),
        "card",
        _birth_date,
        footer=20,
    ),
    Command(
        "still-working",
        ("k",),
        N_("works"),
        N_("Note: still at work"),
        N_("A status of the person, not an outcome: who is 56 may claim and go on working. Again takes it off."),
        "card",
        footer=30,
    ),
    Command(
        "note",
        ("n",),
        N_("note"),
        N_("Write a note"),
        N_("One line for the next outcome; kept as a draft while you type."),
        "card",
        footer=40,
    ),
    Command(
        "card-promise",
        ("t",),
        N_("promise"),
        N_("Promise them a follow-up"),
        N_("What, and until when; two office days where nothing is typed. It stands in F9, and the card stays."),
        "card",
        needs(Permission.FOLLOW_UP),
    ),
    Command(
        "release",
        ("s",),
        N_("let go"),
        N_("Put the person back"),
        N_("Returns the person to the queue without an outcome."),
        "card",
        footer=50,
    ),
    Command(
        "copy",
        ("c",),
        N_("copy"),
        N_("Copy the number"),
        N_("Puts the number to dial on the clipboard of your own computer, if its terminal allows it."),
        "card",
        footer=60,
    ),
    Command(
        "other-number",
        ("o",),
        N_("number"),
        N_("Take another number"),
        N_("Goes through the numbers of the person that are not marked wrong."),
        "card",
        _other_number,
    ),
    Command(
        "card-contact",
        ("e",),
        N_("new number"),
        N_("Type a number or an e-mail address"),
        N_("What the person or the company says; how it is read stands below while you type."),
        "card",
        needs(Permission.CORRECT_CONTACT),
    ),
    Command(
        "colleagues",
        ("h",),
        N_("company"),
        N_("The company's other people"),
        N_("Who else of this company is on the list: one call may serve several."),
        "card",
        footer=70,
    ),
    Command(
        "whole-script",
        ("l",),
        N_("script"),
        N_("The whole script"),
        N_("Opening, message and what is never said, to read on. Escape leads back to the card."),
        "card",
    ),
    Command(
        "qr",
        ("q", "w"),
        N_("QR"),
        N_("QR code of the number"),
        N_("For an office mobile, where the office allows it: q dials, w opens a WhatsApp chat."),
        "card",
        _qr,
    ),
)


def _told(identity: str, key: str, label: str, title: str, text: str) -> Command:
    return Command(identity, (key,), label, title, text, "card-told", needs(Permission.CALL))


def _account(identity: str, key: str, label: str, title: str, text: str) -> Command:
    return Command(identity, (key,), label, title, text, "card-account", needs(Permission.CALL))


TOLD: Final = (
    _told("informed", "6", N_("informed"), N_("Informed"), N_("They know now what the call was about. The calls end.")),
    _told("settled", "7", N_("settled"), N_("Settled already"), N_("The matter is done already. The calls end.")),
    _told(
        "obstacle",
        "8",
        N_("obstacle"),
        N_("An obstacle stands in the way"),
        N_("A paper or a datum is missing: write a note (n) first. Again after five working days."),
    ),
)
"""Where the office only tells something: JKM payment, incomplete file, failed claim."""

ACCOUNT: Final = (
    _account(
        "account_ok",
        "6",
        N_("account right"),
        N_("The bank account is right"),
        N_("The person read the number out and it is theirs. The calls end."),
    ),
    _account(
        "account_wrong",
        "7",
        N_("wrong account"),
        N_("Another account number"),
        N_("Write the right number as a note (n) first. The calls end; finance corrects it."),
    ),
    _account(
        "account_name",
        "8",
        N_("other name"),
        N_("The account stands in another name"),
        N_("Only the participant's own account can be paid: write whose it is as a note (n). The calls end."),
    ),
)
"""Where the office asks whether a bank account is right."""
