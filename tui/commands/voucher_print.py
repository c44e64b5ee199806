"""Commands of printing vouchers: from the desk (F5), on the screen of a batch, and for the sheets of one file."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, needs
from tui.commands.vouchers import chosen, may_see, own_match
from tui.i18n import N_

_RECEIVE: Final = needs(Permission.RECEIVE_FILES)
_APPROVE: Final = needs(Permission.APPROVE_FILES)

_RIGHT = (
    N_("right"),
    N_("The paper is right, all of it"),
    N_("Only after you saw the sheets. What the printer did not say for sure is asked by itself (j)."),
)
_JAM = (
    N_("jam"),
    N_("A jam: right up to number N"),
    N_("Type the number of the last right voucher, 0 for none; those after it are printed again."),
)

PRINT_AT_DESK: Final = (
    Command(
        "vouchers-print",
        ("p",),
        N_("print"),
        N_("Print the vouchers"),
        N_("The marked files, or the batch that is shown: how many, and where; enter there prints."),
        "vouchers",
        _RECEIVE,
        footer=2,
    ),
    Command("vouchers-right", ("y",), *_RIGHT, "vouchers", _RECEIVE, footer=3),
    Command("vouchers-jam", ("j",), *_JAM, "vouchers", _RECEIVE),
    Command(
        "vouchers-sheets",
        ("r",),
        N_("sheets"),
        N_("The sheets of this file"),
        N_("Every sheet that was made for it; print one again, void it, replace it."),
        "vouchers",
        chosen,
    ),
)
"""Keys of the desk."""


def _to_print(facts: Facts) -> str | None:
    if facts.busy:
        return N_("The vouchers are being made; a moment.")
    return _RECEIVE(facts) or (None if facts.ready else N_("Nothing is to be printed. t at the desk receives files."))


def _printed(facts: Facts) -> str | None:
    nothing = N_("The printer has not said of any sheet that it is printed.")
    return _RECEIVE(facts) or (None if facts.printed else nothing)


def _on_paper(facts: Facts) -> str | None:
    return _RECEIVE(facts) or (None if facts.on_paper else N_("No sheet can have come out yet."))


def _job(facts: Facts) -> str | None:
    return _RECEIVE(facts) or (None if facts.rows else N_("No print job is open."))


def _failed(facts: Facts) -> str | None:
    return _job(facts) or (None if facts.failed else N_("This job was not refused; only a refused one is sent again."))


def _smile(facts: Facts) -> str | None:
    own = N_("This office prints Loket's voucher. A head changes that in the settings.")
    return _RECEIVE(facts) or (None if facts.smile else own)


PRINTING: Final = (
    Command(
        "sheet-go",
        ("enter",),
        N_("print"),
        N_("Print these vouchers"),
        N_("Numbers the originals and sends them, 10 to 25 a job. You may leave while it prints."),
        "voucher-print",
        _to_print,
        footer=1,
    ),
    Command("sheet-right", ("y",), *_RIGHT, "voucher-print", _printed, footer=2),
    Command("sheet-jam", ("j",), *_JAM, "voucher-print", _on_paper, danger=True, footer=3),
    Command(
        "job-stop",
        ("h",),
        N_("stop"),
        N_("Give this job up"),
        N_("What surely did not come out is given up; of what may be on paper you are asked."),
        "voucher-print",
        _job,
        danger=True,
        footer=4,
    ),
    Command(
        "job-again",
        ("r",),
        N_("send again"),
        N_("Send a refused job again"),
        N_("Only where the printer refused it before any paper."),
        "voucher-print",
        _failed,
    ),
    Command(
        "sheet-smile",
        ("s",),
        N_("Smile's PDF"),
        N_("Open Smile's PDF of vouchers"),
        N_("A PDF in MASUK: its pages are found by code, amount and name, and put in order. The others are told."),
        "voucher-print",
        _smile,
        footer=5,
    ),
    Command(
        "sheet-cover",
        ("c",),
        N_("cover"),
        N_("Print a cover sheet for the open jobs"),
        N_("A4: the vouchers of the batch with their numbers and sums, and boxes for the one who looks."),
        "voucher-print",
        _job,
    ),
)


def _reprint(facts: Facts) -> str | None:
    none = N_("This file has no sheet yet. p at the desk prints it.")
    return _APPROVE(facts) or (None if facts.rows else none) or own_match(facts)


def _replace(facts: Facts) -> str | None:
    """What the paper says otherwise is a receiver's to type: whoever only approves voids."""
    return _RECEIVE(facts) or _reprint(facts)


SHEETS: Final = (
    Command(
        "copy-reprint",
        ("r",),
        N_("print again"),
        N_("Print this voucher again (reprint n)"),
        N_("A further copy with its reason on it, by somebody other than who matched the file."),
        "voucher-sheets",
        _reprint,
        danger=True,
        footer=1,
        pin=True,
    ),
    Command(
        "copy-void",
        ("v",),
        N_("void"),
        N_("Make this voucher void"),
        N_("Its number is never used again; its signatures count no more; the file is matched again."),
        "voucher-sheets",
        _reprint,
        danger=True,
        footer=2,
        pin=True,
    ),
    Command(
        "copy-replace",
        ("s",),
        N_("replace"),
        N_("Void, and a successor at once"),
        N_("For a correction after printing: what the paper says now, and a new number that names the old one."),
        "voucher-sheets",
        _replace,
        danger=True,
        footer=3,
        pin=True,
    ),
    Command(
        "copy-print",
        ("p",),
        N_("print"),
        N_("Print the sheets of this file that wait"),
        N_("Copies and successors that have no paper yet."),
        "voucher-sheets",
        _RECEIVE,
        footer=4,
    ),
)

REPLACE: Final = tuple(
    Command(
        f"replace-{what}",
        (key,),
        label,
        N_("What the paper says otherwise"),
        N_("The successor says it; where it differs from the listing, an officer has to approve it first."),
        "replace",
        _APPROVE,
    )
    for key, what, label in (
        ("0", "same", N_("all as it is")),
        ("1", "amount", N_("the amount")),
        ("2", "name", N_("the name")),
        ("3", "payee", N_("the payee")),
        ("4", "kpj", N_("the KPJ")),
    )
)
"""What is corrected with a successor."""

__all__ = ["PRINTING", "PRINT_AT_DESK", "REPLACE", "SHEETS", "may_see"]
