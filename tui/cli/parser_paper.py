"""The commands of claim files and of paper."""

from __future__ import annotations

from typing import Any

from tui.cli.parsing import as_json, command, group
from tui.i18n import _


def vouchers(commands: Any) -> None:
    kinds = group(commands, "vouchers", _("claim files and their vouchers"))
    check = command(kinds, "check", _("hold a day of the listing against its files"), "vouchers", "check")
    check.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    as_json(check)


def paper(commands: Any) -> None:
    text = _("printers: state, paper, trays, what goes where")
    printers = command(commands, "printers", text, "printers", "list_printers")
    as_json(printers)
    more = printers.add_subparsers(metavar=_("COMMAND"))
    use = command(more, "use", _("choose where a document is printed"), "printers", "use")
    use.add_argument("document", metavar="DOCUMENT[,…]|all")
    use.add_argument("printer", metavar="PRINTER|folder", help=_("a queue, or folder: as PDF into KELUAR"))
    correct = command(more, "calibrate", _("correct pages for a printer, as measured"), "printers", "calibrate")
    correct.add_argument("printer", metavar="PRINTER|folder")
    for each in (use, correct):
        each.add_argument("--tray", default="", metavar="TRAY")
    use.add_argument("--media", default="iso_a4_210x297mm", metavar="PAPER")
    for name, usual, text in (
        ("dx", 0.0, _("millimetres to the right")),
        ("dy", 0.0, _("millimetres upwards")),
        ("sx", 1.0, _("factor of the width")),
        ("sy", 1.0, _("factor of the height")),
        ("skew", 0.0, _("degrees against the clock")),
    ):
        correct.add_argument(f"--{name}", type=float, default=usual, help=text)
    kinds = group(commands, "print", _("print, and say what came out"))
    paper = command(kinds, "call-list", _("a call list that was made before"), "printers", "print_call_list")
    paper.add_argument("number", type=int, metavar="NUMBER")
    recap = command(kinds, "recap", _("the JHT 56 calls of a period"), "printers", "print_recap")
    recap.add_argument("--period", required=True, metavar="YYYY-MM[..YYYY-MM]")
    daily = command(kinds, "daily", _("what each person did on a day"), "printers", "print_daily")
    daily.add_argument("--date", metavar="YYYY-MM-DD", help=_("today if not given"))
    _print_vouchers(kinds)
    _print_archive(kinds)
    _print_jobs(kinds)


def _print_vouchers(kinds: Any) -> None:
    listing = command(kinds, "listing", _("the transactions of a day"), "papers", "print_listing")
    listing.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    for name, text, function in (
        ("batch", _("the cover sheet of a batch of vouchers"), "print_batch"),
        ("receipt", _("the receipt of a stack that went out for signing"), "print_receipt"),
    ):
        command(kinds, name, text, "papers", function).add_argument("number", type=int, metavar="NUMBER")
    test = command(kinds, "test", _("the test page of a printer and tray"), "papers", "print_test")
    test.add_argument("printer", metavar="PRINTER|folder")
    test.add_argument("--tray", default="", metavar="TRAY")


def _print_archive(kinds: Any) -> None:
    for name, text, function in (
        ("label", _("the label of a box or another place of the archive"), "print_label"),
        ("contents", _("what lies in it, with what is missing in between"), "print_contents"),
        ("slip", _("its codes in their order, to be written by hand"), "print_slip"),
    ):
        paper = command(kinds, name, text, "archive", function)
        paper.add_argument("number", metavar="NUMBER", help=_("as on its label"))
        paper.add_argument("--program", default="", metavar="JHT|JKK|JKM|JP", help=_("where several have the number"))
        paper.add_argument("--kind", default="", metavar="box|npp-folder|…", help=_("where several have the number"))


def _print_jobs(kinds: Any) -> None:
    as_json(command(kinds, "jobs", _("print jobs that are not over"), "printers", "list_jobs"))
    right = command(kinds, "right", _("the paper was seen and is right"), "printers", "right")
    again = command(kinds, "again", _("send a job anew that the printer refused"), "printers", "again")
    stop = command(kinds, "stop", _("give a job up"), "printers", "stop")
    for each in (right, again, stop):
        each.add_argument("job", type=int, metavar="JOB")
    text = _("from this page on it is not")
    right.add_argument("--missing-from", dest="from_page", type=int, metavar="PAGE", help=text)
