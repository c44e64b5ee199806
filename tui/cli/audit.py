"""`loket audit`."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.cli.session import DONE, REFUSED, print_json, with_store
from tui.i18n import _, hour

if TYPE_CHECKING:
    from store import Store


def verify(arguments: Namespace) -> int:
    """Walks the whole trail; status 1 and the first link that does not hold when it was tampered with."""

    async def work(store: Store) -> int:
        broken = await store.audit.verify()
        if arguments.json:
            print_json({"whole": broken is None, "break": asdict(broken) if broken else None})
        elif broken is None:
            print(_("The trail is whole."))
        else:
            print(
                _("The trail is broken at session {session}, entry {seq}: {problem}").format(
                    session=broken.session_id, seq=broken.seq, problem=broken.problem
                )
            )
        return DONE if broken is None else REFUSED

    return with_store(arguments, work)


def show(arguments: Namespace) -> int:
    """The newest entries: when, who, what."""

    async def work(store: Store) -> int:
        entries = await store.audit.entries(arguments.limit)
        if arguments.json:
            print_json([{**asdict(entry), "at": entry.at.isoformat()} for entry in entries])
            return DONE
        for entry in entries:
            undo = _(" (undoes {number})").format(number=entry.undo_of) if entry.undo_of else ""
            print(
                f"{entry.audit_id:>8} {entry.at:%Y-%m-%d} {hour(entry.at)} {entry.by}: {entry.action}{undo} {entry.why}"
            )
        return DONE

    return with_store(arguments, work)
