"""`loket queue`, `loket call-list`."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import FileRefused
from store.rules.dates import Period, PeriodError, parse_period
from tui.cli.session import DONE, UsageError, print_json, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store


def period_of(text: str) -> Period:
    try:
        return parse_period(text)
    except PeriodError as error:
        raise UsageError(_("{text} is not a period: 2023-07 or 2023-01..2023-08").format(text=text)) from error


def queue_status(arguments: Namespace) -> int:
    """How far each call list is; every person counts once."""

    async def work(store: Store) -> int:
        from tui.words.calls import kind_period

        rows = await store.queue.status()
        if arguments.json:
            print_json({"campaigns": [{k: v for k, v in asdict(row).items() if k != "campaign_id"} for row in rows]})
            return DONE
        if not rows:
            print(_("No call list yet. Bring a participant list in: loket import participants FILE"))
        for row in rows:
            line = _("{list}: waiting {waiting}, due {due}, held {held}, done {done}, no number {without_number}")
            print(line.format(list=kind_period(row.kind, row.period), **asdict(row)))
        return DONE

    return with_store(arguments, work)


def call_list(arguments: Namespace) -> int:
    """Makes a list of those who are to be called next and writes it as A4 pages."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import call_paper, paper
        from tui.words.letters import with_unprinted

        period = period_of(arguments.period)
        if arguments.output.suffix.lower() != ".pdf":
            raise UsageError(_("{name} must end in {endings}").format(name=arguments.output.name, endings=".pdf"))
        _check_room(arguments.output)
        made = await store.call_lists.make(str(period), kind=arguments.kind, most=arguments.lines)
        pdf = printing.call_list(*call_paper.call_list(made, store.me, store.now()))
        await store.call_lists.write(made.number, arguments.output, pdf)
        text = _("Call list {number} with {people} people written to {path}")
        people = number(len(made.lines))
        said = text.format(number=paper.list_number(made.number), people=people, path=arguments.output)
        print(with_unprinted(said, call_paper.names_on(made)))
        return DONE

    return with_store(arguments, work)


def _check_room(path: Path) -> None:
    """Raises FileRefused where nothing can be written: whoever is on a list that has no paper is on no other today."""
    if not path.parent.is_dir():
        raise FileRefused(path.name, "missing")
    if not os.access(path.parent, os.W_OK) or path.is_dir():
        raise FileRefused(path.name, "unwritable")
