"""`loket campaign`: call lists of JHT 56 from birth dates, and of the other kinds from a file of KPJ."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from store.rules.kinds import Kind
from tui.cli.calls import period_of
from tui.cli.session import DONE, OPEN, UsageError, print_json, saying_why, with_store
from tui.i18n import _, month, number

if TYPE_CHECKING:
    from store import Store
    from store.kpj_lists import Listed

_SHOWN = 50
"""Rows that are named one by one."""


def new_campaign(arguments: Namespace) -> int:
    """Makes or extends a call list. Status 2 when the file names people whom the office does not know."""
    if arguments.kind == Kind.JHT56:
        if arguments.period is None or arguments.file is not None:
            return _wrong(_("jht56 is made from birth dates: give --period, no --from"))
        return with_store(arguments, lambda store: _of_a_period(store, arguments))
    if arguments.file is None or not (arguments.matter or "").strip() or arguments.period is not None:
        return _wrong(
            _("{kind} is made from a file: give --from and --matter, no --period").format(kind=arguments.kind)
        )
    return with_store(arguments, lambda store: _from_a_file(store, arguments))


def _wrong(text: str) -> int:
    """Says that the arguments do not fit together."""

    def usage() -> int:
        raise UsageError(text)

    return saying_why(usage)


async def _of_a_period(store: Store, arguments: Namespace) -> int:
    """Everybody who reached 56 in the period; several months make several lists."""
    added = {}
    for period in period_of(arguments.period).months:
        added[period] = await store.queue.new_campaign(arguments.kind, period)
    if arguments.json:
        print_json({"kind": arguments.kind, "added": added})
        return DONE
    for period, people in added.items():
        print(_("call list JHT 56 {period}: {people} people added").format(period=month(period), people=number(people)))
    return DONE


async def _from_a_file(store: Store, arguments: Namespace) -> int:
    listed = await store.kpj_lists.add(Path(arguments.file), arguments.kind, arguments.matter)
    if arguments.json:
        unread = [{"sheet": row.sheet, "row": row.row, "text": row.raw} for row in listed.unread]
        document = {"kind": arguments.kind, "added": listed.added, "same": listed.same}
        print_json({**document, "unknown": list(listed.unknown), "unreadable": unread})
    else:
        _tell(listed, arguments.kind)
    return OPEN if listed.open else DONE


def _tell(listed: Listed, kind: str) -> None:
    from tui.words import calls

    print(
        _("{kind}: {people} people added, {same} on the list already").format(
            kind=calls.word(calls.KINDS, kind), people=number(listed.added), same=number(listed.same)
        )
    )
    if listed.unknown:
        print(
            _("{n} KPJ are not known here; bring their participant list in first:").format(
                n=number(len(listed.unknown))
            )
        )
    for kpj in listed.unknown[:_SHOWN]:
        print(f"  {kpj}")
    for row in listed.unread[:_SHOWN]:
        print("  " + _("sheet {sheet}, row {row}: no KPJ that can be used").format(sheet=row.sheet, row=row.row))
    hidden = len(listed.unknown[_SHOWN:]) + len(listed.unread[_SHOWN:])
    if hidden:
        print("  " + _("… and {n} more").format(n=number(hidden)))
