"""`loket recap vouchers`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from store.rules.money import format_rupiah
from tui.cli.calls import period_of
from tui.cli.recaps import ending_of
from tui.cli.session import DONE, print_json, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store
    from tui.words.results import Figure
    from tui.words.voucher_recap import Row


def vouchers(arguments: Namespace) -> int:
    """Figures of the voucher desk on stdout, as a workbook with the files or as pages; `--close` freezes them."""

    async def work(store: Store) -> int:
        from tui.words import results, voucher_recap_paper
        from tui.words import voucher_recap as words

        period, ending = period_of(arguments.period), ending_of(arguments.output, ".xlsx", ".pdf")
        desk = store.recaps_vouchers
        recap = await (desk.close(period) if arguments.close else desk.recap(period))
        if ending == ".xlsx":
            recap, files = await desk.results(period)
            await desk.write_results(arguments.output, words.sheets(recap, files, store.now()))
        elif ending == ".pdf":
            import printing

            pdf = printing.recap(*voucher_recap_paper.recap(recap, store.me, store.now()))
            await desk.write_pages(arguments.output, pdf)
        if arguments.json:
            print_json(words.document(recap))
            return DONE
        if ending:
            text = _("Recap of {files} claim files written to {path}")
            said = text.format(files=number(recap.figures.files), path=arguments.output)
            print(voucher_recap_paper.said(said, recap) if ending == ".pdf" else said)
        else:
            _print(words.figures(recap), [words.programs(recap), words.states(recap)])
        if recap.closed_at is not None:
            print(f"{words.recap_period(recap)}: {results.closed_words(recap)}")
        return DONE

    return with_store(arguments, work)


def _print(figures: list[Figure], groups: list[list[Row]]) -> None:
    from tui.words import results

    for title, value, _meaning in figures:
        print(f"{title:<34} {results.shown(value):>18}")
    for rows in groups:
        if rows:
            print()
        for name, files, amount in rows:
            print(f"{name:<34} {number(files):>6} {'' if amount is None else format_rupiah(amount):>20}".rstrip())
