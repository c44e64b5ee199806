"""`loket audit`."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.cli.session import DONE, REFUSED, UsageError, print_json, saying_why, with_store
from tui.i18n import _, hour, ngettext, number

if TYPE_CHECKING:
    from store import Store


def verify(arguments: Namespace) -> int:
    """Walks the whole trail and all anchors; status 1 and the first link that does not hold if it was tampered with."""
    from tui.words import audit

    async def work(store: Store) -> int:
        files = [file.absolute() for file in arguments.against]
        anchors = await store.audit.anchors(files)
        if files and not anchors:
            raise UsageError(_("No anchor of this office is in that file. Look whether it is the right one."))
        broken = await store.audit.verify(anchors)
        if arguments.json:
            print_json(
                {
                    "whole": broken is None,
                    "break": asdict(broken) if broken else None,
                    "anchors": len(anchors),
                    "anchored": anchors[-1].at.isoformat() if anchors else None,
                }
            )
        elif broken is None:
            print(audit.whole(anchors))
        else:
            print(audit.broken(broken, anchors))
        return DONE if broken is None else REFUSED

    return with_store(arguments, work)


def anchor(arguments: Namespace) -> int:
    """Fixes the head of the trail: a line on stdout, and in the files that keep it outside."""
    if arguments.remember and arguments.to is None:
        return saying_why(lambda: _usage(_("Name the folder that is to be remembered: --to DIR --remember")))
    if arguments.to is not None and not arguments.remember:
        return saying_why(lambda: _usage(_("A folder is named once, for good: --to DIR --remember. One file: -o FILE")))

    async def work(store: Store) -> int:
        if arguments.remember:
            await store.audit.keep_anchors(str(arguments.to.absolute()))
        made = await store.audit.anchor(arguments.output.absolute() if arguments.output else None)
        if arguments.json:
            print_json({"line": made.anchor.line, "entries": made.entries, "files": made.files, **_plain(made.anchor)})
            return DONE
        print(made.anchor.line)
        n = made.entries
        counted = ngettext("It stands for 1 entry of the trail.", "It stands for {n} entries of the trail.", n)
        kept = ", ".join(made.files) or _("nowhere yet: write it down, or name a folder (--to DIR --remember)")
        said = _("Kept in: {files}").format(files=kept)
        print(f"{counted.format(n=number(n))} {said}", file=sys.stderr)
        return DONE

    return with_store(arguments, work)


def _plain(made: object) -> dict[str, object]:
    plain = asdict(made)  # type: ignore[call-overload]
    return {**plain, "at": plain["at"].isoformat()}


def _usage(text: str) -> int:
    raise UsageError(text)


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
