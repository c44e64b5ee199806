"""Commands of the voucher desk (F5): which claim files are shown, which are chosen, and what is done with them."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, Why, needs
from tui.i18n import N_

_RECEIVE: Final = needs(Permission.RECEIVE_FILES)


def may_see(facts: Facts) -> str | None:
    """Whoever receives, approves or archives files sees the desk, and who looks after that work."""
    return needs(Permission.SEE_FILES)(facts)


def chosen(facts: Facts) -> str | None:
    """Something stands under the cursor."""
    return may_see(facts) or (None if facts.rows else N_("No claim file stands here."))


SHOWN: Final = (
    ("open", "1", N_("in work"), N_("Files in work"), N_("All that is neither archived nor void.")),
    ("matched", "2", N_("matched"), N_("Files that are matched"), N_("Ready to be printed.")),
    (
        "differs",
        "3",
        N_("differ"),
        N_("Files that differ from the listing"),
        N_("An officer who did not match them approves the difference, with a reason."),
    ),
    ("loose", "4", N_("no transaction"), N_("Files without a transaction"), N_("No listing explains them yet.")),
    ("printed", "5", N_("printed"), N_("Files that are being printed"), N_("Nobody has seen their paper yet.")),
    ("confirmed", "6", N_("paper right"), N_("Files whose paper is right"), N_("Ready to go out for signing.")),
    ("out", "7", N_("out"), N_("Files that are out for signing"), N_("Who holds them, and since when.")),
    ("complete", "8", N_("signed"), N_("Files that are signed by all"), N_("Ready for the archive.")),
    ("archived", "9", N_("archived"), N_("Files in the archive"), N_("Those that stand in a box.")),
    ("all", "0", N_("all"), N_("All files"), N_("Archived and void ones too.")),
)
"""Which files are looked at: name, key, label, title, help."""

VOUCHERS: Final = (
    *(
        Command(f"vouchers-show-{name}", (key,), label, title, text, "vouchers", may_see)
        for name, key, label, title, text in SHOWN
    ),
    Command(
        "vouchers-mark",
        ("space",),
        N_("mark"),
        N_("Mark this file"),
        N_("Marks stay while you filter and scroll; again takes the mark off."),
        "vouchers",
        chosen,
    ),
    Command(
        "vouchers-mark-all",
        ("a", "A"),
        N_("all"),
        N_("Mark all files shown"),
        N_("Also those below the screen; again takes all marks off."),
        "vouchers",
        chosen,
    ),
    Command(
        "vouchers-day-before",
        ("left",),
        N_("day before"),
        N_("The day before"),
        N_("Goes to the day before that has a listing or files; after the first one come all days again."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-day-after",
        ("right",),
        N_("day after"),
        N_("The day after"),
        N_("Goes to the next day that has a listing or files; after the last one come all days again."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-program",
        ("f",),
        N_("programme"),
        N_("Only one programme"),
        N_("Goes through: all, JHT, JKK, JKM, JP."),
        "vouchers",
        may_see,
    ),
    Command(
        "vouchers-search",
        ("slash",),
        N_("search"),
        N_("Search in the files"),
        N_("A part of a name, a payee, the KPJ or the transaction code."),
        "vouchers",
        may_see,
    ),
)

DESK: Final = (
    Command(
        "vouchers-open",
        ("enter",),
        N_("open"),
        N_("Open this file"),
        N_("Paper and listing side by side, who did what with it, and where it is."),
        "vouchers",
        chosen,
    ),
    Command(
        "receive",
        ("t",),
        N_("receive"),
        N_("Receive files"),
        N_("Type a part of the name, the KPJ or the amount of each paper; its transaction stands beside it."),
        "vouchers",
        _RECEIVE,
        footer=1,
    ),
    Command(
        "vouchers-in",
        ("l",),
        N_("listing"),
        N_("Bring a listing in"),
        N_("The day's listing of transactions, or a list of paid files: from MASUK, or pasted."),
        "vouchers",
        _RECEIVE,
        footer=3,
    ),
    Command(
        "vouchers-days",
        ("d",),
        N_("days"),
        N_("All days"),
        N_("Each day with its listing, what is here, what is missing, and how far the files are."),
        "vouchers",
        may_see,
    ),
)
"""Ways from the desk."""


def _may(flag: str, reason: str, permission: Permission = Permission.RECEIVE_FILES) -> Why:
    allowed = needs(permission)

    def why(facts: Facts) -> str | None:
        return allowed(facts) or chosen(facts) or (None if getattr(facts, flag) else reason)

    return why


_void_open = _may("file_open", N_("Its voucher is printed: void that first."), Permission.APPROVE_FILES)


def own_match(facts: Facts) -> str | None:
    """Whoever matched a file neither voids nor reprints what came of it."""
    return N_("You matched this file yourself; another officer does that.") if facts.file_own else None


def _approve(facts: Facts) -> str | None:
    own = N_("You matched it yourself; another officer approves it.")
    return (
        needs(Permission.APPROVE_FILES)(facts)
        or chosen(facts)
        or (None if facts.file_waits else N_("Nothing of it waits for a yes."))
        or (own if facts.file_mine else None)
    )


VOUCHER_FILE: Final = (
    Command(
        "file-approve",
        ("o",),
        N_("approve"),
        N_("Approve what differs"),
        N_("With the reason. Whoever matched a file does not approve it; one yes can serve all of one hospital."),
        "voucher-file",
        _approve,
        pin=True,
    ),
    Command(
        "file-match",
        ("m",),
        N_("match"),
        N_("Find its transaction"),
        N_("For a file that came in before its listing: the transactions that fit stand there, enter takes one."),
        "voucher-file",
        _may("file_loose", N_("It has its transaction, or is past that step.")),
    ),
    Command(
        "file-unmatch",
        ("c",),
        N_("unmatch"),
        N_("It is the paper of another transaction"),
        N_("Takes the file off its transaction; m finds another one. Not once a voucher is printed."),
        "voucher-file",
        _may("file_bound", N_("It has no transaction that it could be taken off, or a voucher is printed.")),
    ),
    Command(
        "file-amend",
        ("e",),
        N_("correct"),
        N_("Correct what was read from the paper"),
        N_("Name, amount, payee, programme, KPJ, note; it is compared with the listing anew."),
        "voucher-file",
        _may("file_open", N_("Its voucher is printed: void that first.")),
    ),
    Command(
        "file-void",
        ("n",),
        N_("no file"),
        N_("It is no claim file after all"),
        N_("With the reason, by an officer who did not match it; its transaction is free again."),
        "voucher-file",
        lambda facts: _void_open(facts) or own_match(facts),
    ),
)
"""On the desk for the file under the cursor, and on the page of one."""

CLAIM_FILE: Final = (
    Command(
        "claim-file-history",
        ("h",),
        N_("history"),
        N_("The whole history of whom it is about"),
        N_("Opens the person's page: calls, visits, promises, files. esc comes back."),
        "claim-file",
        needs(Permission.SEE_LISTS),
        footer=1,
    ),
)
"""On the page of one file alone."""

FILE_APPROVE: Final = (
    Command(
        "approve-one",
        ("1",),
        N_("this file alone"),
        N_("Approve this file alone"),
        N_("The others of the same payee stay."),
        "file-approve",
    ),
    Command(
        "approve-group",
        ("2",),
        N_("all of this payee"),
        N_("Approve all of this payee"),
        N_("One yes for all files of this payee that differ in the same way."),
        "file-approve",
    ),
)

RECEIVE: Final = (
    Command(
        "receive-take",
        ("enter",),
        N_("matches"),
        N_("It matches: take it, and the next one"),
        N_("The file under the cursor is received with its transaction. What differs waits for an officer's yes."),
        "receive",
        _RECEIVE,
        footer=1,
    ),
    Command(
        "receive-paper",
        ("tab",),
        N_("paper differs"),
        N_("Type what the paper says"),
        N_("Where name, amount, payee or programme on the paper are others than in the listing."),
        "receive",
        _RECEIVE,
        footer=2,
    ),
    Command(
        "receive-day-before",
        ("left",),
        N_("day before"),
        N_("The day before"),
        N_("While nothing is typed: the listing of the day before."),
        "receive",
        footer=3,
    ),
    Command(
        "receive-day-after",
        ("right",),
        N_("day after"),
        N_("The day after"),
        N_("While nothing is typed: the listing of the next day."),
        "receive",
        footer=4,
    ),
)
"""While files are received. A line is open all the time: what is typed finds the transaction."""

DAYS: Final = (
    Command(
        "days-open",
        ("enter",),
        N_("its files"),
        N_("The files of this day"),
        N_("Shows them on the desk, whatever state they are in."),
        "voucher-days",
        lambda facts: may_see(facts) or (None if facts.rows else N_("No day has a listing or files yet.")),
        footer=1,
    ),
)


def _idle(facts: Facts) -> str | None:
    return _RECEIVE(facts) or (N_("Something is being read; wait for it, or esc.") if facts.busy else None)


def _take(facts: Facts) -> str | None:
    if facts.unusable:
        return N_("It is refused; the reasons stand above.")
    return _idle(facts) or (N_("All of it is known already.") if facts.nothing_new else None)


LISTING: Final = (
    Command(
        "listing-read",
        ("enter",),
        N_("look at it"),
        N_("Read this file and show what it would bring"),
        N_("A listing of transactions or a list of paid files, told apart by its headings. Nothing changes yet."),
        "listing-files",
        lambda facts: _idle(facts) or (None if facts.files else N_("There is no file in MASUK.")),
        footer=1,
    ),
    Command(
        "listing-take",
        ("y",),
        N_("bring in"),
        N_("Bring it in"),
        N_("All of it or nothing. Papers that waited for their listing are matched by their card. u takes it back."),
        "listing-plan",
        _take,
        footer=1,
    ),
    Command(
        "listing-columns",
        ("enter", "m"),
        N_("columns"),
        N_("Say what a column is"),
        N_("Where a column is taken for the wrong thing: choose it, then what it holds. Kept for files like this one."),
        "listing-plan",
        _idle,
        footer=2,
    ),
)
"""Files from MASUK and pasted texts, and what one of them would bring."""
