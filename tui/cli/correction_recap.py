"""`loket recap corrections`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from tui.cli.calls import period_of
from tui.cli.recaps import ending_of
from tui.cli.session import DONE, print_json, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store
    from store.recaps_corrections import CorrectionRecap


def corrections(arguments: Namespace) -> int:
    """Figures of corrections on stdout, as a workbook with the changes or as pages; `--close` freezes them."""

    async def work(store: Store) -> int:
        from tui.words import correction_recap as words
        from tui.words import correction_recap_paper, results

        period, ending = period_of(arguments.period), ending_of(arguments.output, ".xlsx", ".pdf")
        desk = store.recaps_corrections
        recap = await (desk.close(period) if arguments.close else desk.recap(period))
        if ending == ".xlsx":
            recap, changes = await desk.results(period)
            await store.recaps.write_results(arguments.output, words.sheets(recap, changes, store.now()))
        elif ending == ".pdf":
            import printing

            pdf = printing.recap(*correction_recap_paper.recap(recap, store.me, store.now()))
            await store.recaps.write_pages(arguments.output, pdf)
        if arguments.json:
            print_json(words.document(recap))
            return DONE
        if ending:
            said = _("Recap of {changes} changes written to {path}").format(
                changes=number(recap.size), path=arguments.output
            )
            print(correction_recap_paper.said(said, recap) if ending == ".pdf" else said)
        else:
            _print(recap)
        if recap.closed_at is not None:
            print(f"{words.recap_period(recap)}: {results.closed_words(recap)}")
        return DONE

    return with_store(arguments, work)


def _print(recap: CorrectionRecap) -> None:
    from tui.words import correction_recap as words
    from tui.words import results

    for title, value, _meaning in words.figures(recap):
        print(f"{title:<34} {results.shown(value):>14}")
    for title, _name, columns, rows in words.grouped(recap):
        if rows:
            print(f"\n{title:<34} " + " ".join(_(column).rjust(12) for column in columns))
        for name, counts in rows:
            print(f"  {name:<32} " + " ".join(number(count).rjust(12) for count in counts))
