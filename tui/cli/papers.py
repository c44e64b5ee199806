"""`loket print` for the papers of the voucher desk: listing, cover sheet of a batch, receipt of a stack, test page."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.rules.printing import FOLDER, Document, Route
from tui.cli.printers import printed
from tui.cli.session import UsageError, with_store
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store


def print_listing(arguments: Namespace) -> int:
    """The transactions of a day by programme, with a word at each that does not agree."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import vouchers_paper

        try:
            day = date.fromisoformat(arguments.date)
        except ValueError:
            raise UsageError(_("{text} is no date: 2023-07-31").format(text=arguments.date)) from None
        checked = await store.listings.check(day)
        pdf = printing.listing(*vouchers_paper.listing([checked], store.me, store.now()))
        return await printed(store, Document.LISTING, pdf)

    return with_store(arguments, work)


def print_batch(arguments: Namespace) -> int:
    """The cover sheet of a batch that was printed, by the number of its first job."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import vouchers_paper

        ids: dict[int, None] = {}
        for job in await store.printing.jobs(batch=arguments.number):
            ids |= {page.voucher_id: None for page in await store.printing.pages(job.job_id) if page.voucher_id}
        rows = await store.vouchers.read(list(ids))
        if not rows:
            raise NotFound("batch", str(arguments.number))
        return await printed(
            store, Document.BATCH, printing.batch_sheet(*vouchers_paper.batch(rows, store.me, store.now()))
        )

    return with_store(arguments, work)


def print_receipt(arguments: Namespace) -> int:
    """The receipt (tanda terima) of a stack, with the signatures seen so far."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import vouchers_paper

        found = await store.stacks.receipt(arguments.number)
        pdf = printing.receipt(*vouchers_paper.receipt(found, store.me, store.now()))
        return await printed(store, Document.RECEIPT, pdf)

    return with_store(arguments, work)


def print_test(arguments: Namespace) -> int:
    """The test page of a printer and tray, as pages are corrected for it now."""

    async def work(store: Store) -> int:
        import printing
        from tui.words import printers, vouchers_paper

        route = Route(FOLDER if arguments.printer == "folder" else arguments.printer, arguments.tray)
        sheet, words = vouchers_paper.calibration(printers.place(route), store.me, store.now())
        pdf = printing.calibration_page(sheet, words, await store.printers.calibration(route))
        return await printed(store, Document.CALIBRATION, pdf, route)

    return with_store(arguments, work)
