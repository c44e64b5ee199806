"""`loket doctor`."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from store.health import Fault, faults_of
from tui.cli.session import DONE, OPEN, database_url, home_of, print_json, saying_why, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store
    from store.problem_index import ProblemCheck
    from store.search_index import IndexCheck


def doctor(arguments: Namespace) -> int:
    """Says what is wrong with the machine, and whether what is kept for searching, worklists and vouchers is up to
    date; status 2 when something is not. `--repair` makes all of the latter anew first.

    The machine comes first, without opening the office: on a full disk or without rights nobody gets in.
    """
    faults: list[Fault] = []

    def look() -> int:
        faults.extend(faults_of(home_of(arguments), database_url(), datetime.now(UTC)))
        return DONE

    if (status := saying_why(look)) != DONE:
        return status
    if {fault.reason for fault in faults} <= _OPENS:
        return with_store(arguments, lambda store: _whole(arguments, store, faults))
    _tell_faults(arguments, faults, {})
    return OPEN


_OPENS: Final = frozenset(("little-room", "clock", "left-over", "network-disk"))
"""Faults with which the office can be opened and looked at further."""


async def _whole(arguments: Namespace, store: Store, faults: list[Fault]) -> int:
    from printing.checks import doubts
    from tui.words import backups, printers

    if arguments.repair:
        await store.persons.rebuild_index()
        await store.worklists.rebuild()
        await store.voucher_days.rebuild()
    search, problems = await store.persons.check_index(), await store.worklists.check()
    misfiled = await store.voucher_days.check()
    backup = await store.backup_state.now()
    queues = await doubts(store)
    faults += [Fault("away", doubt.printer) for doubt in queues if doubt.code == "away"][:1]
    _tell_faults(
        arguments,
        faults,
        {
            "search": {**asdict(search), "whole": search.is_whole},
            "worklists": {**asdict(problems), "whole": problems.is_whole},
            "vouchers": {"wrong": misfiled, "whole": not misfiled},
            "printers": [asdict(doubt) for doubt in queues],
            "backups": {
                "last": backup.last and backup.last.isoformat(),
                "drilled": backup.drilled and backup.drilled.isoformat(),
                "overdue": backup.overdue,
            },
            "anchors": {
                "last": backup.anchored and backup.anchored.isoformat(),
                "late": backup.anchor_late,
            },
        },
    )
    if not arguments.json:
        print(_of_search(search))
        print(_of_worklists(problems))
        print(_of_vouchers(misfiled))
        for doubt in queues:
            print(printers.doubt(doubt))
        if backup.needed:
            print(backups.status(backup, store.now()))
        if backup.anchor_late or backup.anchored is not None:
            print(backups.anchors(backup, store.now()))
    is_whole = search.is_whole and problems.is_whole and not misfiled
    return DONE if is_whole and not (faults or queues or backup.overdue or backup.anchor_late) else OPEN


def _tell_faults(arguments: Namespace, faults: list[Fault], more: dict[str, Any]) -> None:
    """One line each, or everything as one JSON document."""
    from tui.words.faults import FAULTS, fault

    if arguments.json:
        plain = [
            {"code": FAULTS[one.reason][0], **asdict(one), "text": fault(one.reason, one.detail)} for one in faults
        ]
        print_json({"faults": plain, **more})
        return
    for one in faults:
        print(fault(one.reason, one.detail))


def _of_search(found: IndexCheck) -> str:
    if found.is_whole:
        return _("Searching: whole. People who can be found: {people}.").format(people=number(found.people))
    return _(
        "Searching: out of date. It knows {named} of {people} people and {numbers_named} of {numbers}"
        " numbers; of {looked_at} people looked at, {not_found} are not found by all that is known of them,"
        " or by a name that is not theirs. `loket doctor --repair` makes it anew."
    ).format(
        named=number(found.people_named),
        people=number(found.people),
        numbers_named=number(found.numbers_named),
        numbers=number(found.numbers),
        looked_at=number(found.looked_at),
        not_found=number(found.not_found),
    )


def _of_worklists(found: ProblemCheck) -> str:
    if found.is_whole:
        return _("Worklists: whole. People looked at: {people}.").format(people=number(found.looked_at))
    return _(
        "Worklists: out of date. Of {people} people looked at, {wrong} have other problems than are listed; {nobody}"
        " problems are listed of nobody, {miscounted} counts are wrong. `loket doctor --repair` makes them anew."
    ).format(
        people=number(found.looked_at),
        wrong=number(found.wrong),
        nobody=number(found.of_nobody),
        miscounted=number(found.miscounted),
    )


def _of_vouchers(misfiled: int) -> str:
    if not misfiled:
        return _("Transactions without a file: whole.")
    return _(
        "Transactions without a file: out of date. {wrong} are kept as having none and have one, or the other way"
        " round. `loket doctor --repair` tells them anew."
    ).format(wrong=number(misfiled))
