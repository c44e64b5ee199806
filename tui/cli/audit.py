"""`loket audit`."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.session import DONE, OPEN, REFUSED, UsageError, kpj_of, print_json, saying_why, with_store
from tui.i18n import _, ngettext, number

if TYPE_CHECKING:
    from store import Store
    from store.trail import TrailFilter


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


MOST, MOST_ON_PAPER = 100_000, 5_000
"""Rows of a file: what a sheet holds well, and what anybody reads on paper."""


def show(arguments: Namespace) -> int:
    """Entries through filters, the newest first: when, who, what, about whom; or all of them into a file."""
    from store.trail import TrailFilter
    from tui.words import audit

    async def work(store: Store) -> int:
        start, end = _day(arguments.start), _day(arguments.end)
        wanted = TrailFilter(kpj_of(arguments.person), arguments.staff, start, end, arguments.kind)
        if arguments.output is not None:
            return await _write(store, arguments.output, wanted)
        if arguments.json:
            entries = await store.audit.entries(arguments.limit, wanted=wanted)
            print_json([{**asdict(entry), "at": entry.at.isoformat()} for entry in entries])
            return DONE
        for row in await store.audit.rows(wanted, 0, arguments.limit):
            whom = f" · {audit.whom(row)}" if audit.whom(row) else ""
            print(f"{row.audit_id:>8} {audit.stamp_of(row)} {row.by}: {audit.deed(row)}{whom}")
        return DONE

    return with_store(arguments, work)


async def _write(store: Store, path: Path, wanted: TrailFilter) -> int:
    from tui.cli.recaps import ending_of
    from tui.words import audit

    ending = ending_of(path, ".xlsx", ".csv", ".pdf")
    most = MOST_ON_PAPER if ending == ".pdf" else MOST
    rows = await store.audit.every(wanted, most)
    if ending == ".pdf":
        import printing

        anchor = (await store.audit.anchor(outside=False)).anchor.line
        await store.audit.write_pages(path, printing.trail(*audit.pages(rows, wanted, anchor, store.me, store.now())))
    else:
        await store.audit.write_book(path, audit.sheets(rows, wanted))
    said = ngettext("1 entry of the trail: {path}", "{n} entries of the trail: {path}", len(rows))
    print(said.format(n=number(len(rows)), path=path))
    if len(rows) == most:
        print(_("Those are the newest; narrow the days (--from, --to) for the others."), file=sys.stderr)
        return OPEN
    return DONE


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(_("“{text}” is no day. For example: 2023-07-31").format(text=text)) from None
