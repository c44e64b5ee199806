"""`loket recap`."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.calls import period_of
from tui.cli.session import DONE, UsageError, print_json, with_store
from tui.i18n import _, long_date, number, weekday

if TYPE_CHECKING:
    from store import Store
    from store.daily import PersonDay
    from tui.words.incoming import Rows
    from tui.words.results import Figure


def ending_of(path: Path | None, *allowed: str) -> str:
    """The ending of the file to write, '' for none. Raises UsageError for one that is not among `allowed`."""
    if path is None:
        return ""
    ending = path.suffix.lower()
    if ending not in allowed:
        raise UsageError(_("{name} must end in {endings}").format(name=path.name, endings=_(" or ").join(allowed)))
    return ending


def jht56(arguments: Namespace) -> int:
    """Figures of a period on stdout, as a workbook with people and history, or as pages; `--close` freezes them."""

    async def work(store: Store) -> int:
        from tui.words import paper, results
        from tui.words.letters import with_unprinted

        period = period_of(arguments.period)
        ending = ending_of(arguments.output, ".xlsx", ".pdf")
        recap = await (store.recaps.close(period) if arguments.close else store.recaps.jht56(period))
        if ending == ".xlsx":
            recap, people, attempts = await store.recaps.results(period)
            sheets = results.sheets(recap, people, attempts, store.now())
            await store.recaps.write_results(arguments.output, sheets)
        elif ending == ".pdf":
            import printing

            await store.recaps.write_pages(arguments.output, printing.recap(*paper.recap(recap, store.me, store.now())))
        if arguments.json:
            print_json(results.document(recap))
            return DONE
        if ending:
            text = _("Results of {people} people written to {path}")
            said = text.format(people=number(recap.people), path=arguments.output)
            print(with_unprinted(said, paper.names_in_recap(recap)) if ending == ".pdf" else said)
        else:
            for title, value, _meaning in results.figures(recap):
                print(f"{title:<34} {results.shown(value):>10}")
        if recap.closed_at is not None:
            print(f"{results.recap_period(recap)}: {results.closed_words(recap)}")
        return DONE

    return with_store(arguments, work)


def incoming(arguments: Namespace) -> int:
    """Figures of calls, visits and help on stdout, as a workbook with the contacts, or as pages; `--close` freezes."""

    async def work(store: Store) -> int:
        from tui.words import incoming as words
        from tui.words import incoming_paper, results
        from tui.words.letters import with_unprinted

        period = period_of(arguments.period)
        ending = ending_of(arguments.output, ".xlsx", ".pdf")
        desk = store.recaps_incoming
        recap = await (desk.close(period) if arguments.close else desk.recap(period))
        if ending == ".xlsx":
            recap, contacts = await desk.results(period)
            await store.recaps.write_results(arguments.output, words.sheets(recap, contacts, store.now()))
        elif ending == ".pdf":
            import printing

            pdf = printing.recap(*incoming_paper.recap(recap, store.me, store.now()))
            await store.recaps.write_pages(arguments.output, pdf)
        if arguments.json:
            print_json(words.document(recap))
            return DONE
        if ending:
            text = _("Recap of {contacts} contacts written to {path}")
            said = text.format(contacts=number(recap.figures.contacts), path=arguments.output)
            print(with_unprinted(said, incoming_paper.names_in_recap(recap)) if ending == ".pdf" else said)
        else:
            _print_incoming(words.figures(recap), [words.topics(recap), words.hours(recap), words.ways(recap)])
        if recap.closed_at is not None:
            print(f"{words.recap_period(recap)}: {results.closed_words(recap)}")
        return DONE

    return with_store(arguments, work)


def _print_incoming(figures: list[Figure], groups: list[Rows]) -> None:
    from tui.words import results

    for title, value, _meaning in figures:
        print(f"{title:<34} {results.shown(value):>14}")
    for rows in groups:
        if rows:
            print()
        for name, counts in rows:
            print(f"  {name:<32} " + " ".join(number(count).rjust(6) for count in counts))


def daily(arguments: Namespace) -> int:
    """What each person did on a day, or on each day of a period."""

    async def work(store: Store) -> int:
        from tui.words import daily as words
        from tui.words.letters import with_unprinted
        from tui.words.paper import names_of_day

        days = _days(arguments.period)
        ending = ending_of(arguments.output, ".xlsx", ".pdf")
        if ending == ".pdf" and len(days) > 1:
            raise UsageError(_("A page is of one day: --period YYYY-MM-DD"))
        reports = [(day, await store.daily.report(day)) for day in days if day <= store.today()]
        if ending == ".xlsx":
            await store.recaps.write_results(arguments.output, words.sheets(reports))
        elif ending == ".pdf":
            await _write_day(store, arguments.output, days[0], reports[0][1] if reports else [])
        if arguments.json:
            documents = [words.document(day, report) for day, report in reports]
            print_json(documents[0] if len(days) == 1 and documents else documents)
        elif ending:
            said = _("Daily report written to {path}").format(path=arguments.output)
            names = [name for _day, report in reports for name in names_of_day(report)]
            print(with_unprinted(said, names) if ending == ".pdf" else said)
        else:
            _print_days(reports)
        return DONE

    return with_store(arguments, work)


async def _write_day(store: Store, path: Path, day: date, report: list[PersonDay]) -> None:
    import printing
    from tui.words import paper

    pdf = printing.daily(*paper.daily_report(day, report, store.me, store.now()))
    await store.recaps.write_pages(path, pdf)


def _print_days(reports: list[tuple[date, Any]]) -> None:
    from tui.words import daily as words

    for day, report in reports:
        told = words.tell(report)
        if told or len(reports) == 1:
            print(f"{weekday(day)}, {long_date(day)}")
            print("\n".join(words.plain(told)) or _("No work was noted on this day."))


def _days(text: str) -> list[date]:
    """A day, or all days of a month or a range of months. Raises UsageError."""
    try:
        return [date.fromisoformat(text)]
    except ValueError:
        period = period_of(text)
    after = (period.last + timedelta(days=31)).replace(day=1)
    return [period.first + timedelta(days=n) for n in range((after - period.first).days)]
