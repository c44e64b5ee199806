"""Commands that hold on every screen, and those of the first screen and of questions."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.archive_why import desk_why
from tui.commands.command import Command, Facts, Why, always, needs
from tui.commands.vouchers import may_see
from tui.i18n import N_


def _undo(facts: Facts) -> str | None:
    allowed = (
        *(Permission.IMPORT_PARTICIPANTS, Permission.CALL, Permission.HELP, Permission.FOLLOW_UP),
        *(Permission.RECEIVE_FILES, Permission.APPROVE_FILES),
    )
    refusals = [needs(what)(facts) for what in allowed]
    return refusals[0] if all(refusals) else None


def _practice_only(facts: Facts) -> str | None:
    return None if facts.practice else N_("Only in a practice office (LATIHAN).")


def _desk(key: str, identity: str, label: str, title: str, text: str, why: Why) -> Command:
    return Command(f"desk-{identity}", (key,), label, title, text, "always", why)


ALWAYS: Final = (
    Command(
        "help",
        ("f1", "question_mark"),
        N_("help"),
        N_("Help"),
        N_("Shows the keys that hold here, and explains the work."),
        "always",
    ),
    _desk(
        "f2",
        "calls",
        N_("calls"),
        N_("Calls JHT 56"),
        N_("The people to phone, one after the other."),
        needs(Permission.SEE_LISTS),
    ),
    _desk(
        "f3",
        "service",
        N_("service"),
        N_("Service: calls and visitors"),
        N_("Incoming calls and people at the desk."),
        needs(Permission.HELP),
    ),
    _desk(
        "f4",
        "corrections",
        N_("correct"),
        N_("Correction of data"),
        N_("Telephone numbers, e-mail and status to correct."),
        needs(Permission.SEE_LISTS),
    ),
    _desk(
        "f5",
        "vouchers",
        N_("vouchers"),
        N_("Vouchers"),
        N_("Paid files, listing, printing, signatures."),
        may_see,
    ),
    _desk("f6", "archive", N_("archive"), N_("Archive"), N_("Boxes, shelves, what is lent."), desk_why),
    _desk(
        "f7",
        "recaps",
        N_("recaps"),
        N_("Recaps"),
        N_("Figures of a period, files of them, the daily report; for who reads no recaps, their own day."),
        always,
    ),
    _desk(
        "f8",
        "people",
        N_("people"),
        N_("People"),
        N_("Find a person and their whole history."),
        needs(Permission.SEE_LISTS),
    ),
    _desk(
        "f9",
        "followups",
        N_("follow-up"),
        N_("Follow-ups"),
        N_("What was promised, to whom, and until when."),
        needs(Permission.FOLLOW_UP, Permission.READ_WORK),
    ),
    Command(
        "palette",
        ("f10", "colon", "ctrl+p"),
        N_("menu"),
        N_("Menu of all commands"),
        N_("Every command, found by typing a part of its name."),
        "always",
    ),
    Command(
        "back",
        ("escape",),
        N_("back"),
        N_("Back one step"),
        N_("Closes what is open, then goes back. Text is kept as a draft."),
        "always",
    ),
    Command(
        "no-interrupt",
        ("ctrl+c", "ctrl+q"),
        N_("leave"),
        N_("How to leave"),
        N_("Says where to quit: in the menu (F10)."),
        "always",
    ),
)
"""Hold on every screen, also while a question is open. No letters: while a text is typed they belong to it."""


PLAIN: Final = (
    Command(
        "undo",
        ("u",),
        N_("undo"),
        N_("Undo the last thing done here"),
        N_(
            "Takes your last outcome back, also after the next person is shown. The former card comes back; "
            "the present person returns to the queue. Press again for the one before. "
            "Among the files: takes the last import back, after a question."
        ),
        "plain",
        _undo,
        footer=80,
    ),
    Command(
        "reveal",
        ("ctrl+r",),
        N_("show hidden"),
        N_("Show one hidden value for 30 seconds"),
        N_(
            "NIK, number, e-mail, birth date or balance of the person under the cursor. The reason is that of the work "
            "in hand, or asked; the trail has who looked, and the looks of a day are counted."
        ),
        "plain",
        needs(Permission.SEE_FULL_NIK, Permission.SEE_HELD_PERSON),
    ),
    Command(
        "go",
        ("g",),
        N_("desk"),
        N_("Go to a desk by its digit"),
        N_("g and then the digit of a desk: g2 is the telephone desk. For terminals that keep the function keys."),
        "plain",
    ),
    Command(
        "home",
        (),
        N_("home"),
        N_("First screen"),
        N_("The overview: desks, counts, files that lie in the folder."),
        "plain",
    ),
    Command("theme-dark", (), N_("dark"), N_("Theme: dark"), N_("Light text on a dark ground."), "plain"),
    Command("theme-light", (), N_("light"), N_("Theme: light"), N_("Dark text on a light ground."), "plain"),
    Command(
        "theme-contrast",
        (),
        N_("contrast"),
        N_("Theme: high contrast"),
        N_("Black, white, yellow and blue: told apart with every colour blindness."),
        "plain",
    ),
    Command("redraw", (), N_("anew"), N_("Paint the screen anew"), N_("For when something else wrote on it."), "plain"),
    Command(
        "wire",
        (),
        N_("transmission"),
        N_("Screen: send everything, or only changes"),
        N_("Changes alone are far less on a slow line. Everything is for a terminal that then shows what is not so."),
        "plain",
    ),
    Command(
        "role",
        (),
        N_("role"),
        N_("Switch roles"),
        N_("In a practice office one person tries every role."),
        "plain",
        _practice_only,
    ),
    Command(
        "guide",
        ("ctrl+g",),
        N_("guide"),
        N_("Guided first call: start or leave"),
        N_("In a practice office: says step by step what a first call is, and sees what you have done."),
        "plain",
        _practice_only,
    ),
    Command(
        "quit",
        (),
        N_("quit"),
        N_("Quit Loket"),
        N_("Ends the program. The note being written stays as a draft; the held person goes back to the queue."),
        "plain",
    ),
)
"""Hold on every screen while no text is typed and no question is open; those without a key stand in the menu."""


HOME: Final = (
    Command(
        "choose",
        ("enter",),
        N_("open"),
        N_("Open what is chosen"),
        N_("Opens the desk or the file under the cursor."),
        "home",
        footer=1,
    ),
)


def _show(digit: str, identity: str, label: str) -> Command:
    text = N_("Shows this one value for 30 seconds, once the trail has it.")
    return Command(f"show-{identity}", (digit,), label, N_("Which hidden value is shown"), text, "pick-hidden")


REVEAL: Final = (
    _show("1", "nik", N_("NIK")),
    _show("2", "birth_date", N_("birth date")),
    _show("3", "email", N_("e-mail")),
    _show("4", "jht_balance", N_("JHT balance")),
    _show("5", "phones-0", N_("number 1")),
    _show("6", "phones-1", N_("number 2")),
    _show("7", "phones-2", N_("number 3")),
    _show("8", "phones-3", N_("number 4")),
    _show("9", "phones-4", N_("number 5")),
)
"""Which value of a person: only what there is of them is offered."""


CONFIRM: Final = (
    Command("confirm", ("y",), N_("yes"), N_("Yes, do it"), N_("Does what the question says."), "confirm"),
)
