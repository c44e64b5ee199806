"""A batch of vouchers on its way to paper: what would be printed, its numbers, its pages, its jobs. Knows no screen."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import SEEN, Document, JobState, Route, chunks
from store.rules.vouchers import VoucherKind
from store.value_class import value_class
from store.voucher_rows import VoucherRow

if TYPE_CHECKING:
    from pathlib import Path

    from printing.desk import PrintDesk
    from printing.smile_sheets import SmileSplit
    from printing.voucher_sheets import VoucherPaper, VoucherRefused
    from store import Store


@value_class
class SmileFile:
    """Smile's PDF as it was read: what is looked at is what is printed. `split` has file ids as keys."""

    name: str
    pdf: bytes
    split: SmileSplit


@value_class
class Ready:
    """What enter would print: `new` gets numbers then, `again` has them and waits for a sheet.

    `refused` cannot be printed on Loket's voucher and is left out; `pageless` waits for Smile's PDF with its page.
    """

    route: Route
    kind: VoucherKind
    new: tuple[VoucherRow, ...] = ()
    again: tuple[VoucherRow, ...] = ()
    refused: tuple[VoucherRefused, ...] = ()
    pageless: tuple[VoucherRow, ...] = ()
    kept: tuple[tuple[int, int, int], ...] = ()  # sheet, the job that has its page, the page
    smile: SmileFile | None = None
    looked_at: tuple[VoucherRow, ...] = ()  # those of Loket's voucher, whether they can be printed or not

    @property
    def sheets(self) -> int:
        return len(self.new) + len(self.again)


async def look(
    store: Store,
    files: Collection[int],
    *,
    all_waiting: bool,
    smile: SmileFile | None = None,
    before: Ready | None = None,
) -> Ready:
    """What can be printed of these files, and of the sheets that have a number and no paper yet.

    With what was found `before` nothing is drawn anew that says the same. Raises NotAllowed.
    """
    route = await store.printers.route(Document.VOUCHER)
    kind = VoucherKind(await store.office.setting("voucher.kind"))
    new = await store.vouchers.preview(list(files), kind)
    again = [row for row in await store.vouchers.to_print() if all_waiting or row.file_id in files]
    own = [row for row in (*new, *again) if row.kind is VoucherKind.LOKET]
    refused = before.refused if before is not None and _same(before.looked_at, own) else await _refused(store, own)
    bad = {(own[no.position].file_id, own[no.position].copy) for no in refused}
    kept = await _kept(store, [row for row in again if row.kind is VoucherKind.SMILE])
    found = {page.key for page in smile.split.chosen} if smile is not None else set()

    def has_page(row: VoucherRow) -> bool:
        return row.kind is VoucherKind.LOKET or row.voucher_id in kept or row.file_id in found

    return Ready(
        route,
        kind,
        tuple(row for row in new if (row.file_id, row.copy) not in bad and has_page(row)),
        tuple(row for row in again if (row.file_id, row.copy) not in bad and has_page(row)),
        refused,
        tuple(row for row in (*new, *again) if not has_page(row)),
        tuple((voucher, *place) for voucher, place in kept.items()),
        smile,
        tuple(own),
    )


def _same(before: Sequence[VoucherRow], now: Sequence[VoucherRow]) -> bool:
    """Whether two looks are at sheets that say the same."""
    return [(row.file_id, row.copy, row.content) for row in before] == [
        (row.file_id, row.copy, row.content) for row in now
    ]


async def _refused(store: Store, rows: Sequence[VoucherRow]) -> tuple[VoucherRefused, ...]:
    """Drawn once before they are numbered: what cannot be printed takes no number."""
    return (await _drawn(store, rows, Route())).refused if rows else ()


async def _drawn(store: Store, rows: Sequence[VoucherRow], route: Route) -> VoucherPaper:
    import printing
    from tui.words import vouchers_paper
    from tui.words.paper import stamp

    sheets = [vouchers_paper.voucher(row) for row in rows]
    calibration = await store.printers.calibration(route)
    words = vouchers_paper.voucher_words()
    return await asyncio.to_thread(printing.vouchers, sheets, stamp(store.me, store.now()), words, calibration)


async def _kept(store: Store, rows: Sequence[VoucherRow]) -> dict[int, tuple[int, int]]:
    """Where the pages of Smile's sheets are kept: their own, of a copy its original's."""
    originals = {row.voucher_id: row.voucher_id for row in rows}
    for row in rows:
        if row.copy:
            of_file = await store.vouchers.of_file(row.file_id)
            originals[row.voucher_id] = next(one.voucher_id for one in of_file if one.number == row.number)
    pages = await store.vouchers.kept_pages(list({*originals, *originals.values()}))
    places = {voucher: pages.get(voucher) or pages.get(original) for voucher, original in originals.items()}
    return {voucher: place for voucher, place in places.items() if place is not None}


# Smile's PDF ----------------------------------------------------------------------------------------------------------


async def open_smile(store: Store, path: Path, files: Collection[int]) -> SmileFile:
    """Reads Smile's PDF for the files that wait for a page. Raises FileRefused, NotAllowed."""
    from printing.smile import read_pdf, split_smile
    from printing.smile_sheets import SmileWanted

    rows = [*await store.vouchers.preview(list(files)), *await store.vouchers.to_print()]
    wanted = [
        SmileWanted(row.file_id, told.program, told.code, row.code_order, told.name, told.payee, told.amount or 0)
        for row in {row.file_id: row for row in rows}.values()
        for told in (row.content,)
    ]

    def read() -> SmileFile:
        pdf = read_pdf(path)
        return SmileFile(path.name, pdf, split_smile(pdf, path.name, wanted, store.home))

    return await asyncio.to_thread(read)


# Printing -------------------------------------------------------------------------------------------------------------


async def send(store: Store, ready: Ready, batch: int | None = None) -> list[PrintJobRow]:
    """Numbers what is new, and writes down the jobs, one batch: from here on they go by themselves.

    Raises NotAllowed, NotFound, StepRefused when a colleague was faster: then nothing was changed.
    """
    numbered = await store.vouchers.reserve([row.file_id for row in ready.new], ready.kind)
    ids = [row.voucher_id for row in (*numbered, *ready.again)]
    return await print_sheets(store, await store.vouchers.read(ids), ready, batch)


async def print_sheets(
    store: Store, rows: Sequence[VoucherRow], ready: Ready, batch: int | None = None
) -> list[PrintJobRow]:
    """Jobs of 10 to 25 pages for sheets that have their numbers, in this order."""
    own = [row for row in rows if row.kind is VoucherKind.LOKET]
    wanted = [await _loket_job(store, part, ready.route, batch) for part in _parts(own)]
    wanted += await _smile_jobs(store, [row for row in rows if row.kind is VoucherKind.SMILE], ready, batch)
    return await store.printing.reserve([one for one in wanted if one.vouchers])


def _parts(rows: Sequence[VoucherRow]) -> list[Sequence[VoucherRow]]:
    parts, start = [], 0
    for size in chunks(len(rows)) if rows else ():
        parts.append(rows[start : start + size])
        start += size
    return parts


async def _loket_job(store: Store, rows: Sequence[VoucherRow], route: Route, batch: int | None) -> Wanted:
    paper = await _drawn(store, rows, route)
    vouchers = tuple(rows[at].voucher_id for at in paper.positions)
    return Wanted(Document.VOUCHER, route, paper.pdf, vouchers, batch)


async def _smile_jobs(store: Store, rows: Sequence[VoucherRow], ready: Ready, batch: int | None) -> list[Wanted]:
    """Smile's own pages: those of the file that is open, else those of the job that had them before."""
    from printing.smile import pick_smile

    fresh = {page.key: page.page for page in ready.smile.split.chosen} if ready.smile is not None else {}
    kept = {voucher: (job, page) for voucher, job, page in ready.kept}
    sources: dict[int, list[tuple[VoucherRow, int]]] = {}
    for row in rows:
        job, page = kept.get(row.voucher_id) or (0, fresh[row.file_id])
        sources.setdefault(job, []).append((row, page))
    made = []
    for source, found in sources.items():
        pages = {row.voucher_id: page for row, page in found}
        pdf, name = await _source(store, source, ready)
        parts = _parts([row for row, _page in found])
        jobs = [[(pages[row.voucher_id], _mark(row)) for row in part] for part in parts]
        pdfs = await asyncio.to_thread(pick_smile, pdf, name, jobs, store.home)
        made += [
            Wanted(Document.VOUCHER, ready.route, written, tuple(row.voucher_id for row in part), batch)
            for written, part in zip(pdfs, parts, strict=True)
        ]
    return made


async def _source(store: Store, job: int, ready: Ready) -> tuple[bytes, str]:
    if job:
        return await store.printing.pdf(await store.printing.job(job)), f"#{job}"
    assert ready.smile is not None
    return ready.smile.pdf, ready.smile.name


def _mark(row: VoucherRow) -> str:
    """What stands over a page of Smile's that is printed once more."""
    from tui.words.voucher_prints import copy_mark

    return copy_mark(row) if row.copy else ""


# The paper ------------------------------------------------------------------------------------------------------------


async def right(store: Store, jobs: Sequence[PrintJobRow]) -> int:
    """What the printer says is printed was seen and is right; so many sheets. Doubts are left to be asked."""
    count = 0
    for job in jobs:
        if job.state is JobState.SAID and job.ended_at is None:
            count += len((await store.printing.looked(job)).right)
    return count


@value_class
class JobSheets:
    """A job with the sheets on its pages, in their order; None for a page that is no voucher."""

    job: PrintJobRow
    sheets: tuple[VoucherRow | None, ...]


async def open_jobs(store: Store) -> list[JobSheets]:
    """The jobs of vouchers that are not over, the oldest first. Raises NotAllowed."""
    jobs = [job for job in await store.printing.jobs() if job.document is Document.VOUCHER]
    pages = [[page.voucher_id for page in await store.printing.pages(job.job_id)] for job in jobs]
    known = await store.vouchers.read([voucher for each in pages for voucher in each if voucher is not None])
    rows = {row.voucher_id: row for row in known}
    return [
        JobSheets(job, tuple(None if voucher is None else rows.get(voucher) for voucher in each))
        for job, each in zip(jobs, pages, strict=True)
    ]


@value_class
class Jam:
    """What follows from the last right sheet: jobs that are all right, and from which page on others are not."""

    right: tuple[PrintJobRow, ...]
    wrong: tuple[tuple[PrintJobRow, int], ...]
    files: frozenset[int]  # whose sheets are printed again
    first: int  # number of the first of them, 0 for none

    @property
    def right_sheets(self) -> int:
        return sum(job.pages for job in self.right) + sum(page - 1 for _job, page in self.wrong)

    @property
    def wrong_sheets(self) -> int:
        return sum(job.pages - page + 1 for job, page in self.wrong)


def jam(jobs: Sequence[JobSheets], last: int, me: str) -> Jam | None:
    """The sheets up to number `last` are right, those after it are not. None: no sheet has that number.

    0: no sheet is right of the batch that `me` printed last; nobody says that of what others printed, nor of an
    earlier pile. A job that is still at the printer after the one with that number is left alone: it may yet come out.
    So is what went to another printer: its sheets do not lie on this pile.
    """
    seen = [one for one in jobs if one.job.state in SEEN]
    if not last:
        own = [one.job.batch for one in seen if one.job.made_by == me]
        seen = [one for one in seen if own and one.job.batch == own[-1] and one.job.made_by == me]
        if not seen:
            return None
    printers = [one.job.route.printer for one in seen for row in one.sheets if row is not None and row.number == last]
    if printers:
        seen = [one for one in seen if one.job.route.printer == printers[-1]]
    places = [
        (at, page)
        for at, one in enumerate(seen)
        for page, row in enumerate(one.sheets, start=1)
        if row is not None and row.number == last
    ]
    if not places and last:
        return None
    at, page = places[-1] if places else (-1, 0)
    right = [one.job for one in seen[: max(at, 0)]]
    wrong = [(one, 1) for one in seen[at + 1 :] if one.job.state is not JobState.SENT or at < 0]
    if at >= 0:
        if page == seen[at].job.pages:
            right.append(seen[at].job)
        else:
            wrong.insert(0, (seen[at], page + 1))
    lost = [row for one, start in wrong for row in one.sheets[start - 1 :] if row is not None]
    return Jam(
        tuple(right),
        tuple((one.job, start) for one, start in wrong),
        frozenset(row.file_id for row in lost),
        min((row.number for row in lost), default=0),
    )


async def settle_jam(store: Store, desk: PrintDesk, found: Jam) -> list[PrintJobRow]:
    """Says what came out, and prints the rest again; the new jobs.

    Raises StaleEdit where somebody was faster, Invalid, PrinterAway, JobRefused where the printer does not stop.
    """
    for job in found.right:
        await store.printing.looked(job)
    missing: list[int] = []
    for job, page in found.wrong:
        stopped = await desk.stop(job) if job.state is JobState.SENT else job
        if stopped.state not in SEEN:
            continue  # nothing of it came out, and it was given up whole
        missing += (await store.printing.right_before(stopped, page)).missing
    if not missing:
        return []
    ready = await look(store, found.files, all_waiting=False)
    again = {row.voucher_id for row in ready.again}
    rows = [row for row in await store.vouchers.read(missing) if row.voucher_id in again]
    return await print_sheets(store, rows, ready, found.wrong[0][0].batch)
