"""Every command and its arguments, in one tree."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from tui.cli.parsing import as_json, command, group, later, mapping
from tui.i18n import LANGUAGES, _

WRONG_USAGE = 64
KINDS = ("jht56", "bank_check", "jkm_info", "incomplete_file", "failed_claim")
"""Kinds of campaign, as `store.rules.kinds` has them; the store is not imported for help and wrong usage."""
FRAGMENTS = ("folders", "program", "sudo", "sshd", "key")
"""Files of a server, as `tui.deploy.fragments` writes them."""
DATA_KINDS = (*("people", "calls", "contacts", "promises", "help", "corrections", "cells", "lookups", "prints"),)
"""Kinds of people's data, as `store.rules.erasures` has them."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


class _Version(argparse.Action):
    """Says which version this is, which takes a look at what is installed."""

    def __call__(self, parser: argparse.ArgumentParser, *_told: object) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version

        try:
            known = version("loket")
        except PackageNotFoundError:
            known = "0"
        print(f"loket {known}")
        parser.exit()


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments with `run`, the command to carry out. Ends the process with 64 on wrong usage."""
    # Most of all Loket is started without a command, and the tree of them takes as long as opening the database.
    plain = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _options(plain)
    with suppress(argparse.ArgumentError):
        arguments, further = plain.parse_known_args(argv)
        if not further:
            return arguments
    return tree().parse_args(argv)


def tree() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    parser = _Parser(prog="loket", description=_("The keyboard desk of a BPJS Ketenagakerjaan branch office."))
    parser.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    _options(parser)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))
    from tui.cli import parser_paper

    of_paper = (parser_paper.vouchers, parser_paper.paper)
    for add in (_office, _deploy, _files, _corrections, _calls, *of_paper, _staff, _audit, _retention, _backup):
        add(commands)
    return parser


def _options(parser: argparse.ArgumentParser) -> None:
    """What stands before any command; without one the screens are opened."""
    parser.add_argument("--home", type=Path, metavar="DIR", help=_("the office's folder (LOKET_HOME)"))
    parser.add_argument("--lang", choices=LANGUAGES, help=_("language of screens and messages (LOKET_LANG)"))
    parser.add_argument("--as", dest="named", metavar="LOGIN", help=_("in authorized_keys of a service account alone"))
    parser.set_defaults(run=later("office", "open_office"))


def _office(commands: Any) -> None:
    init = command(commands, "init", _("set an office up in its folder"), "office", "init")
    init.add_argument("--name", default="Kantor Cabang", help=_("name of the office"))
    init.add_argument("--practice", action="store_true", help=_("a practice office: nothing in it counts"))
    init.add_argument("--service", action="store_true", help=_("a service account keeps it: see docs/server.md"))
    init.add_argument("--first", metavar="LOGIN", help=_("who is its first person; this account if not given"))
    demo = command(commands, "demo", _("open a practice office (LATIHAN); nothing is kept"), "office", "demo")
    demo.add_argument("--keep", action="store_true", help=_("keep the practice office in --home"))
    warm = command(commands, "warm", _("wait with everything loaded, so that the screens come at once"), "warm", "warm")
    warm.add_argument("--unit", action="store_true", help=_("print a unit for systemd; do nothing"))


def _deploy(commands: Any) -> None:
    text = _("a server that staff reach over SSH: what to install, and whether it is right")
    deploy = command(commands, "deploy", text, "deploy", "deploy")
    what = deploy.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help=_("look at what is installed, as root"))
    what.add_argument("--print", dest="fragment", choices=FRAGMENTS, help=_("one of the files to install"))
    deploy.add_argument("--account", default="loket", help=_("the service account (loket)"))
    deploy.add_argument("--group", default="loket-kantor", help=_("the group of all who may come in (loket-kantor)"))
    deploy.add_argument("--root", type=Path, default=Path("/srv/loket"), metavar="DIR", help=_("what holds it all"))
    deploy.add_argument("--port", type=int, default=22, metavar="PORT", help=_("of the screens (22)"))
    deploy.add_argument("--files-port", type=int, default=2222, metavar="PORT", help=_("of sftp into MASUK and KELUAR"))
    deploy.add_argument("--program", type=Path, metavar="FILE", help=_("what staff start (/usr/local/bin/loket-layar)"))
    as_json(deploy)


def _files(commands: Any) -> None:
    kinds = group(commands, "import", _("bring files in"))
    people = command(kinds, "participants", _("participant lists"), "imports", "import_participants")
    people.add_argument("files", nargs="+", type=Path, metavar="FILE")
    people.add_argument(
        "--accept", choices=("all", "none"), default="all", help=_("take changed values of known people, or none")
    )
    mapping(people)
    as_json(people)
    for name, text, function in (
        ("listing", _("listings of transactions: Excel, CSV, PDF"), "import_listing"),
        ("paid", _("lists of paid claim files"), "import_paid"),
    ):
        finance = command(kinds, name, text, "vouchers", function)
        finance.add_argument("files", nargs="+", type=Path, metavar="FILE")
        mapping(finance)
        as_json(finance)
    corrections = command(kinds, "corrections", _("corrections of people's data"), "corrections", "import_corrections")
    corrections.add_argument("files", nargs="+", type=Path, metavar="FILE")
    corrections.add_argument(
        "--accept", choices=("all", "none"), default="all", help=_("take new and other values, or none")
    )
    corrections.add_argument("--supplier", metavar="NAME", help=_("whose word it is: the company, an office"))
    mapping(corrections)
    as_json(corrections)
    kinds = group(commands, "export", _("write files"))
    people = command(kinds, "participants", _("everybody the office knows"), "people", "export_participants")
    people.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.csv|.xlsx|.json")
    smile = command(
        kinds, "smile", _("changes to bring into Smile, as a sheet for an employer"), "smile", "export_smile"
    )
    smile.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    smile.add_argument("--npp", metavar="NPP", help=_("of one employer only"))
    smile.add_argument("--again", type=int, metavar="NUMBER", help=_("write the sheet of this number once more"))
    as_json(smile)
    merge = command(commands, "merge", _("any number of workbooks and sheets into one sheet"), "merge_start", "merge")
    merge.add_argument("files", nargs="+", type=Path, metavar="IN")
    merge.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx|.csv")
    merge.add_argument(
        "--provenance", action="store_true", help=_("three columns in front: file, sheet and row of each row")
    )
    as_json(merge)
    person = command(commands, "person", _("one person's record and all that was done with it"), "person", "person")
    person.add_argument("kpj", metavar="KPJ|-", help=_("- reads it from standard input"))
    person.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    as_json(person)


def _corrections(commands: Any) -> None:
    kinds = group(commands, "corrections", _("changes of people's data"))
    log = command(kinds, "log", _("who changed what, when, and what it rests on"), "corrections", "log")
    log.add_argument("--since", metavar="YYYY-MM-DD", help=_("first day"))
    log.add_argument("--until", metavar="YYYY-MM-DD", help=_("last day"))
    log.add_argument("--person", metavar="KPJ|-", help=_("of one person only; - reads it from standard input"))
    log.add_argument("--by", metavar="LOGIN", help=_("by one member of the staff only"))
    log.add_argument("--whole", action="store_true", help=_("values as they are; the trail keeps that they were shown"))
    as_json(log)


def _calls(commands: Any) -> None:
    campaign = group(commands, "campaign", _("call lists"))
    new = command(campaign, "new", _("make or extend a call list"), "campaigns", "new_campaign")
    new.add_argument("kind", choices=KINDS)
    new.add_argument("--period", metavar="YYYY-MM[..YYYY-MM]", help=_("jht56: month of the 56th birthday"))
    new.add_argument("--from", dest="file", type=Path, metavar="FILE", help=_("the other kinds: a table with the KPJ"))
    new.add_argument("--matter", metavar="TEXT", help=_("the other kinds: what the call is about"))
    as_json(new)
    queue = group(commands, "queue", _("the telephone queue"))
    as_json(command(queue, "status", _("how far each call list is"), "calls", "queue_status"))
    recap = group(commands, "recap", _("figures of a period"))
    for name, text in (
        ("jht56", _("the JHT 56 calls of a period")),
        ("incoming", _("calls that came in, visits and help")),
        ("vouchers", _("claim files, vouchers and signatures")),
        ("corrections", _("corrections of people's data")),
    ):
        one = command(recap, name, text, "recaps", name)
        one.add_argument("--period", required=True, metavar="YYYY-MM[..YYYY-MM]")
        one.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx|.pdf", help=_("a workbook, or A4 pages"))
        one.add_argument("--close", action="store_true", help=_("freeze the figures of the period"))
        as_json(one)
    daily = command(recap, "daily", _("what each person did on a day"), "recaps", "daily")
    daily.add_argument("--period", required=True, metavar="YYYY-MM-DD|YYYY-MM[..YYYY-MM]")
    daily.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx|.pdf", help=_("a workbook, or A4 pages"))
    as_json(daily)
    paper = command(commands, "call-list", _("a call list on paper"), "calls", "call_list")
    paper.add_argument("--period", required=True, metavar="YYYY-MM[..YYYY-MM]")
    paper.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    paper.add_argument("--kind", choices=KINDS, default=KINDS[0], help=_("which calls (jht56)"))
    paper.add_argument("--lines", type=int, default=45, metavar="N", help=_("most people on the list (45)"))


def _staff(commands: Any) -> None:
    staff = group(commands, "staff", _("who works here"))
    as_json(command(staff, "list", _("everybody with roles and assignments"), "staff", "list_staff"))
    add = command(staff, "add", _("register a person"), "staff", "add")
    add.add_argument("login", help=_("the operating-system account"))
    add.add_argument("--name", default="")
    add.add_argument("--section", default="")
    add.add_argument("--role", required=True)
    role = command(staff, "role", _("replace a person's standing role"), "staff", "role")
    role.add_argument("login")
    role.add_argument("role")
    assign = command(staff, "assign", _("give a dated assignment (penugasan)"), "staff", "assign")
    assign.add_argument("login")
    assign.add_argument("role")
    assign.add_argument("--section", default="")
    assign.add_argument("--from", dest="starts_on", metavar="YYYY-MM-DD", help=_("first day; today if not given"))
    assign.add_argument("--until", dest="ends_on", metavar="YYYY-MM-DD", required=True, help=_("last day"))
    disable = command(staff, "disable", _("end a person's access"), "staff", "disable")
    disable.add_argument("login")
    pin = command(staff, "pin", _("a code for a person who forgot their PIN, or has none"), "staff", "pin")
    pin.add_argument("login")
    pin.add_argument("--reset", action="store_true", required=True, help=_("the PIN until now opens nothing any more"))
    shared = command(staff, "shared", _("accounts that several people share"), "staff", "shared")
    shared.add_argument("account", nargs="?", help=_("the operating-system account"))
    shared.add_argument("logins", nargs="*", metavar="LOGIN", help=_("who comes in through it from now on"))
    shared.add_argument("--nobody", action="store_true", help=_("it is shared no more"))


def _audit(commands: Any) -> None:
    audit = group(commands, "audit", _("the trail of every change"))
    verify = command(audit, "verify", _("prove that the trail is whole"), "audit", "verify")
    told = _("a file with anchors (or a backup's .json) that must be in the trail")
    verify.add_argument("--against", type=Path, action="append", default=[], metavar="FILE", help=told)
    anchor = command(audit, "anchor", _("the head of the trail in a line to be kept outside"), "audit", "anchor")
    anchor.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("add the line to this file too"))
    anchor.add_argument("--to", type=Path, metavar="DIR", help=_("the folder to whose file lines are added"))
    anchor.add_argument("--remember", action="store_true", help=_("--to holds for the office from now on"))
    show = command(audit, "show", _("who did what, the newest first"), "audit", "show")
    show.add_argument("--limit", type=int, default=20)
    told = _("what was done about one participant; - reads it from standard input")
    show.add_argument("--person", default="", metavar="KPJ|-", help=told)
    show.add_argument("--staff", default="", metavar="LOGIN", help=_("what one staff member did"))
    for option, day, told in (("--from", "start", _("first day")), ("--to", "end", _("last day"))):
        show.add_argument(option, dest=day, metavar="YYYY-MM-DD", help=told)
    show.add_argument("--kind", default="", choices=("look", "export", "print", "login", "refused", "change"))
    show.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("all of it into a .xlsx, .csv or .pdf"))
    for parser in (verify, anchor, show):
        as_json(parser)
    doctor = command(commands, "doctor", _("whether people can be found; what to do if not"), "doctor", "doctor")
    doctor.add_argument(
        "--repair", action="store_true", help=_("make what is kept for searching and the worklists anew")
    )
    as_json(doctor)


def _retention(commands: Any) -> None:
    of_lists = group(commands, "retention", _("people's data: how long they are kept, and what goes"))
    as_json(command(of_lists, "rules", _("how long each kind is kept, and by whose word"), "retention", "rules"))
    rule = command(of_lists, "rule", _("say how long a kind is kept; the head confirms it"), "retention", "set_rule")
    confirm = command(of_lists, "confirm", _("the head's yes to a rule: it is in force"), "retention", "confirm")
    end = command(of_lists, "stop", _("take a rule out of force"), "retention", "stop")
    for each in (rule, confirm, end):
        each.add_argument("kind", choices=DATA_KINDS)
    rule.add_argument("--years", type=int, required=True, metavar="N", help=_("whole years, 1 to 100"))
    rule.add_argument("--basis", required=True, metavar="TEXT", help=_("what the office rests it on"))
    due = command(of_lists, "list", _("what is due, what holds it, and the lists"), "retention", "list_due")
    due.add_argument("--kind", choices=DATA_KINDS, help=_("of one kind only"))
    due.add_argument("--limit", type=int, default=50, metavar="N", help=_("most lines (50)"))
    propose = command(of_lists, "propose", _("make a list of all that can go"), "retention", "propose")
    propose.add_argument("--kind", choices=DATA_KINDS, action="append", default=[], help=_("of one kind only"))
    propose.add_argument("--note", default="", metavar="TEXT")
    approve = command(of_lists, "approve", _("the second person's yes to a list"), "retention", "approve")
    drop = command(of_lists, "drop", _("give a list up"), "retention", "drop")
    run = command(of_lists, "run", _("carry an approved list out, or go on with it"), "retention", "run")
    record = command(of_lists, "record", _("the record of a list on A4 (berita acara)"), "retention", "record")
    for each in (approve, drop, run, record):
        each.add_argument("number", type=int, metavar="NUMBER")
    record.add_argument("-o", "--output", type=Path, metavar="FILE.pdf|.xlsx")
    suspend = command(of_lists, "suspend", _("hold a person out of all this"), "retention", "suspend")
    resume = command(of_lists, "resume", _("lift that again"), "retention", "resume")
    for each in (suspend, resume):
        each.add_argument("kpj", metavar="KPJ|-", help=_("- reads it from standard input"))
    suspend.add_argument("--by", choices=("participant", "investigation"), required=True, help=_("at whose wish"))
    suspend.add_argument("--until", metavar="YYYY-MM-DD", help=_("last day; until it is lifted if not given"))
    for each in (drop, suspend, resume):
        each.add_argument("--why", required=True, metavar="TEXT")
    again = command(of_lists, "again", _("after a restore: erase what was erased since"), "retention", "again")
    for each in (due, propose, run, record, again):
        as_json(each)
    as_json(command(of_lists, "suspended", _("who is held out"), "retention", "suspended"))


def _backup(commands: Any) -> None:
    backup = command(commands, "backup", _("copy the office's data, checked and encrypted"), "backup", "backup")
    backup.add_argument("--to", type=Path, metavar="DIR", help=_("into this folder (CADANGAN in the home)"))
    backup.add_argument("--key", action="append", default=[], metavar="KEY", help=_("public key, age1… or ssh-ed25519"))
    backup.add_argument("--remember", action="store_true", help=_("--to and --key hold for the office from now on"))
    backup.add_argument("--unencrypted", action="store_true", help=_("whoever has the file reads it; status 2"))
    backup.add_argument(
        "--timer", action="store_true", help=_("print units for systemd and a line of cron; do nothing")
    )
    as_json(backup)
    restore = command(commands, "restore", _("make an office of a backup in an empty place"), "backup", "restore")
    restore.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("with --drill: the newest if not given"))
    restore.add_argument("--into", type=Path, metavar="NEWHOME", help=_("a folder that is not there yet, or is empty"))
    restore.add_argument("--identity", type=Path, metavar="KEYFILE", help=_("the file with the private key"))
    restore.add_argument("--drill", action="store_true", help=_("only try it, and keep nothing"))
    restore.add_argument("--scratch", metavar="URL", help=_("--drill on PostgreSQL: an empty database for it"))
    as_json(restore)
