"""What follows from the number of the last right sheet: only of the printer whose paper lies there."""

from __future__ import annotations

from store import Store
from store.print_rows import Wanted
from store.rules.printing import Document, JobState, Route
from store.voucher_rows import VoucherRow
from tests.store.office import Office
from tests.store.voucher_desk import DEWI, HENDRA, Paid, desk, received
from tui import voucher_batch

TODAY = (HENDRA, DEWI, Paid(6, "SRI REKAAN", 3_100_000))


async def at_printer(store: Store, printer: str, *sheets: VoucherRow, said: bool = False) -> int:
    """A job of these sheets that was let go at a printer; the printer may have said that it is printed."""
    wanted = Wanted(Document.VOUCHER, Route(printer), b"%PDF-", tuple(each.voucher_id for each in sheets))
    (job,) = await store.printing.reserve([wanted])
    steps = (JobState.SENDING, JobState.STAGED, JobState.RELEASING, JobState.SENT)
    for state in (*steps, JobState.SAID) if said else steps:
        job = await store.printing.move(job, state, queue_id=7 if state is JobState.STAGED else None)
    return job.job_id


async def test_a_number_at_one_printer_says_nothing_of_the_sheets_at_another(empty_office: Office) -> None:
    rini, _joko, _head = await desk(empty_office, TODAY)
    first, second, third = await rini.vouchers.reserve([await received(rini, each) for each in TODAY])
    far = await at_printer(rini, "jauh", first)
    near = await at_printer(rini, "dekat", second, third, said=True)
    jobs = await voucher_batch.open_jobs(rini)
    whole = voucher_batch.jam(jobs, third.number, rini.me.name)
    assert whole is not None
    assert [job.job_id for job in whole.right] == [near]
    part = voucher_batch.jam(jobs, second.number, rini.me.name)
    assert part is not None
    assert (part.right_sheets, part.wrong_sheets) == (1, 1)
    # The one at the far printer is told by its own number.
    alone = voucher_batch.jam(jobs, first.number, rini.me.name)
    assert alone is not None
    assert ([job.job_id for job in alone.right], alone.wrong) == ([far], ())
    assert voucher_batch.jam(jobs, 99, rini.me.name) is None


async def test_none_is_right_speaks_of_the_batch_that_one_printed_last(empty_office: Office) -> None:
    rini, joko, _head = await desk(empty_office, TODAY)
    first, second, third = await rini.vouchers.reserve([await received(rini, each) for each in TODAY])
    await at_printer(rini, "dekat", first, said=True)
    await at_printer(joko, "dekat", second, said=True)
    mine = await at_printer(rini, "dekat", third)
    jobs = await voucher_batch.open_jobs(rini)
    none = voucher_batch.jam(jobs, 0, rini.me.name)
    assert none is not None
    assert (none.right, [job.job_id for job, _page in none.wrong], none.first) == ((), [mine], third.number)
    assert voucher_batch.jam(jobs, 0, "Orang Lain") is None
