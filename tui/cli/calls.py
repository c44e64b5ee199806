"""`loket campaign`, `loket queue`, `loket recap jht56`."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from store.rules.dates import Period, PeriodError, parse_period
from tui.cli.session import DONE, UsageError, print_json, with_store
from tui.i18n import _, month, number

if TYPE_CHECKING:
    from store import Store


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except PeriodError as error:
        raise UsageError(_("{text} is not a period: 2023-07 or 2023-01..2023-08").format(text=text)) from error


def new_campaign(arguments: Namespace) -> int:
    """Puts everybody onto the list who reached 56 in the period; several months make several lists."""

    async def work(store: Store) -> int:
        for period in _period(arguments.period).months:
            added = await store.queue.new_campaign(arguments.kind, period)
            print(
                _("call list JHT 56 {period}: {people} people added").format(period=month(period), people=number(added))
            )
        return DONE

    return with_store(arguments, work)


def queue_status(arguments: Namespace) -> int:
    """How far each call list is; every person counts once."""

    async def work(store: Store) -> int:
        rows = await store.queue.status()
        if arguments.json:
            print_json({"campaigns": [{k: v for k, v in asdict(row).items() if k != "campaign_id"} for row in rows]})
            return DONE
        if not rows:
            print(_("No call list yet. Bring a participant list in: loket import participants FILE"))
        for row in rows:
            line = _(
                "JHT 56 {period}: waiting {waiting}, due {due}, held {held}, done {done}, no number {without_number}"
            )
            print(line.format(**{**asdict(row), "period": month(row.period)}))
        return DONE

    return with_store(arguments, work)


def recap_jht56(arguments: Namespace) -> int:
    """Figures of a period on stdout, or figures, people and attempts as a workbook."""

    async def work(store: Store) -> int:
        from tui.words import results

        period = _period(arguments.period)
        if arguments.output is not None:
            if arguments.output.suffix.lower() != ".xlsx":
                raise UsageError(_("{name} must end in .xlsx").format(name=arguments.output.name))
            recap, people, attempts = await store.recaps.results(period)
            sheets = results.sheets(recap, people, attempts, store.now())
            await store.recaps.write_results(arguments.output, sheets)
        else:
            recap = await store.recaps.jht56(period)
        if arguments.json:
            print_json(results.document(recap))
        elif arguments.output is not None:
            print(
                _("Results of {people} people written to {path}").format(
                    people=number(recap.people), path=arguments.output
                )
            )
        else:
            for title, value, _meaning in results.figures(recap):
                print(f"{title:<34} {value:>10}")
        return DONE

    return with_store(arguments, work)
