"""Commands of stacks: out for signing, back with ticks, and the field of a barcode scanner."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.commands.vouchers import may_see
from tui.i18n import N_

_RECEIVE: Final = needs(Permission.RECEIVE_FILES)

_SCAN = (
    N_("scan"),
    N_("The field of the barcode scanner"),
    N_("Each scanned voucher takes one step, which the screen names; what cannot is kept in the list with its reason."),
)


def _line(facts: Facts) -> str | None:
    return None if facts.rows else N_("No stack stands here. s sends one out.")


def _back(facts: Facts) -> str | None:
    return _RECEIVE(facts) or _line(facts)


def _out(facts: Facts) -> str | None:
    nothing = N_("No file is ready to go out: first its paper has to be right (y).")
    return _RECEIVE(facts) or (None if facts.stack_ready else nothing)


STACKS_AT_DESK: Final = (
    Command(
        "vouchers-stacks",
        ("s",),
        N_("stacks"),
        N_("Stacks out for signing"),
        N_("Send files out with a receipt, take them back, see who holds what since when."),
        "vouchers",
        may_see,
        footer=4,
    ),
    Command("vouchers-scan", ("b",), *_SCAN, "vouchers", _RECEIVE),
)

STACK_LIST: Final = (
    Command(
        "stack-open",
        ("enter",),
        N_("open"),
        N_("Open this stack"),
        N_("Its files with their signatures; there it is taken back."),
        "stacks",
        _line,
        footer=1,
    ),
    Command(
        "stack-out",
        ("s",),
        N_("send out"),
        N_("Send the ready files out"),
        N_("The marked ones, else all of the day and programme shown at the desk. The receipt is printed."),
        "stacks",
        _out,
        footer=2,
    ),
    Command(
        "stack-receipt",
        ("p",),
        N_("receipt"),
        N_("Print the receipt once more"),
        N_("A4: the files of the stack with the signatures seen so far."),
        "stacks",
        _back,
        footer=3,
    ),
    Command(
        "stack-others",
        ("tab",),
        N_("out/back"),
        N_("Stacks that are out, or those that are back"),
        N_("The longest out first; of those that are back the newest."),
        "stacks",
        may_see,
        footer=4,
    ),
    Command("stack-scan", ("b",), *_SCAN, "stacks", _RECEIVE),
)

STACK: Final = (
    Command(
        "back-signer",
        tuple("123456"),
        N_("signature missing"),
        N_("This signature is missing on this file"),
        N_("The digit of the column; again takes it back. On a file that is back it corrects what was noted."),
        "stack",
        _back,
        footer=1,
    ),
    Command(
        "back-outside",
        ("l",),
        N_("stays out"),
        N_("This file did not come back"),
        N_("It stays in the stack, which stays out with it; again takes it back."),
        "stack",
        _back,
        footer=2,
    ),
    Command(
        "back-all",
        ("a",),
        N_("all"),
        N_("A signature is missing on all of them"),
        N_("Then the digit of the column."),
        "stack",
        _back,
        footer=3,
    ),
    Command(
        "back-line",
        ("enter",),
        N_("line"),
        N_("Go to a line"),
        N_("Type the number of the line on the receipt."),
        "stack",
        _line,
        footer=4,
    ),
    Command(
        "back-take",
        ("y",),
        N_("take back"),
        N_("Take the stack back as it stands here"),
        N_("Files with every signature are complete; the others lie on the desk and go out again. u undoes."),
        "stack",
        _back,
        footer=5,
    ),
    Command(
        "back-receipt",
        ("p",),
        N_("receipt"),
        N_("Print the receipt once more"),
        N_("A4: the files of the stack with the signatures seen so far."),
        "stack",
        _back,
    ),
)

STACK_SIGNER: Final = (
    Command(
        "signer-all",
        tuple("123456"),
        N_("column"),
        N_("Whose signature is missing"),
        N_("On all files that came back; again takes it back."),
        "stack-signer",
        _RECEIVE,
    ),
)


def _pile(facts: Facts) -> str | None:
    return _RECEIVE(facts) or (None if facts.stack_ready else N_("Nothing was scanned to go out."))


SCANS: Final = (
    Command(
        "scan-field",
        ("b", "enter"),
        N_("field"),
        N_("Back into the field"),
        N_("The scanner types into it; enter ends each code. tab chooses the step."),
        "scan",
        _RECEIVE,
        footer=1,
    ),
    Command(
        "scan-step",
        ("tab",),
        N_("step"),
        N_("Another step"),
        N_("Back and signed by all; signed by one of them; goes out."),
        "scan",
        _RECEIVE,
        footer=2,
    ),
    Command(
        "scan-send",
        ("s",),
        N_("send out"),
        N_("Send the scanned pile out"),
        N_("What was scanned to go out becomes a stack with a receipt."),
        "scan",
        _pile,
        footer=3,
    ),
    Command(
        "scan-drop",
        ("h",),
        N_("strike out"),
        N_("Strike this line out"),
        N_("For a scan that is cleared up, or a file that does not go out after all."),
        "scan",
        _line,
        footer=4,
    ),
)
