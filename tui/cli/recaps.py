"""`loket recap`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.rules.money import format_rupiah
from store.rules.permissions import Permission
from tui.cli.calls import period_of
from tui.cli.session import DONE, UsageError, print_json, with_store
from tui.i18n import _, long_date, number, weekday

if TYPE_CHECKING:
    from store import Store
    from store.daily import PersonDay
    from store.recaps import Jht56Recap
    from store.recaps_corrections import CorrectionRecap
    from store.recaps_incoming import IncomingRecap
    from store.recaps_vouchers import VoucherRecap
    from tui.recap_kinds import R, RecapKind


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
    from tui.recap_kinds import JHT56

    def written(recap: Jht56Recap, path: Path) -> str:
        return _("Results of {people} people written to {path}").format(people=number(recap.people), path=path)

    return _recap(arguments, JHT56, written, 10)


def incoming(arguments: Namespace) -> int:
    """Figures of calls, visits and help on stdout, as a workbook with the contacts, or as pages; `--close` freezes."""
    from tui.recap_kinds import INCOMING
    from tui.words import incoming as words

    def written(recap: IncomingRecap, path: Path) -> str:
        text = _("Recap of {contacts} contacts written to {path}")
        return text.format(contacts=number(recap.figures.contacts), path=path)

    def groups(recap: IncomingRecap) -> Iterator[str]:
        for rows in (words.topics(recap), words.hours(recap), words.ways(recap)):
            yield from [""] if rows else []
            for name, counts in rows:
                yield f"  {name:<32} " + " ".join(number(count).rjust(6) for count in counts)

    return _recap(arguments, INCOMING, written, 14, groups)


def vouchers(arguments: Namespace) -> int:
    """Figures of the voucher desk on stdout, as a workbook with the files or as pages; `--close` freezes them."""
    from tui.recap_kinds import VOUCHERS
    from tui.words import voucher_recap

    def written(recap: VoucherRecap, path: Path) -> str:
        text = _("Recap of {files} claim files written to {path}")
        return text.format(files=number(recap.figures.files), path=path)

    def groups(recap: VoucherRecap) -> Iterator[str]:
        for rows in (voucher_recap.programs(recap), voucher_recap.states(recap)):
            yield from [""] if rows else []
            for name, files, amount in rows:
                shown = "" if amount is None else format_rupiah(amount)
                yield f"{name:<34} {number(files):>6} {shown:>20}".rstrip()

    return _recap(arguments, VOUCHERS, written, 18, groups)


def corrections(arguments: Namespace) -> int:
    """Figures of corrections on stdout, as a workbook with the changes or as pages; `--close` freezes them."""
    from tui.recap_kinds import CORRECTIONS
    from tui.words import correction_recap

    def written(recap: CorrectionRecap, path: Path) -> str:
        return _("Recap of {changes} changes written to {path}").format(changes=number(recap.size), path=path)

    def groups(recap: CorrectionRecap) -> Iterator[str]:
        for title, _name, columns, rows in correction_recap.grouped(recap):
            if rows:
                yield f"\n{title:<34} " + " ".join(_(column).rjust(12) for column in columns)
            for name, counts in rows:
                yield f"  {name:<32} " + " ".join(number(count).rjust(12) for count in counts)

    return _recap(arguments, CORRECTIONS, written, 14, groups)


def _recap(
    arguments: Namespace,
    kind: RecapKind[R],
    written: Callable[[R, Path], str],
    width: int,
    groups: Callable[[R], Iterator[str]] = lambda recap: iter(()),
) -> int:
    """Tells, writes or closes a recap; `width` is that of a figure, `groups` are the lines below the figures."""
    from tui.words import results
    from tui.words.letters import with_unprinted

    async def work(store: Store) -> int:
        period, ending = period_of(arguments.period), ending_of(arguments.output, ".xlsx", ".pdf")
        recap = await (kind.close if arguments.close else kind.read)(store, period)
        if ending == ".xlsx":
            recap, sheets = await kind.book(store, period)
            await kind.writer(store).write_results(arguments.output, sheets)
        elif ending == ".pdf":
            import printing

            pdf = printing.recap(*kind.paper(recap, store.me, store.now()))
            await kind.writer(store).write_pages(arguments.output, pdf)
        if arguments.json:
            print_json(kind.document(recap))
            return DONE
        if ending:
            said = written(recap, arguments.output)
            print(with_unprinted(said, kind.names(recap)) if ending == ".pdf" else said)
        else:
            for title, value, _meaning in kind.figures(recap):
                print(f"{title:<34} {results.shown(value):>{width}}")
            for line in groups(recap):
                print(line)
        if recap.closed_at is not None:
            print(f"{results.recap_period(recap)}: {results.closed_words(recap)}")
        return DONE

    return with_store(arguments, work)


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

    anchored = Permission.READ_RECAPS in store.me.permissions
    anchor = (await store.audit.anchor(outside=False)).anchor.line if anchored else ""
    pdf = printing.daily(*paper.daily_report(day, report, store.me, store.now(), anchor))
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
