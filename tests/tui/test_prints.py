"""The printer beside everything else: what the status line tells, and that jobs go on by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from store.print_rows import Wanted
from store.rules.printing import Document, JobState, Route
from tests.cups import QUEUE, Faults, PrivateCups, pages
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk


async def seen(desk: Desk, true: Callable[[], bool]) -> None:
    """Waits, ten seconds at most, until it is so on the screen."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.05)
            await desk.settle()


async def test_a_batch_goes_on_by_itself_and_the_status_line_says_what_stops_it(
    empty_office: Office, cups: PrivateCups
) -> None:
    office = empty_office
    ani = await office.open()
    await ani.office.set_setting("printing.server", cups.socket)
    await ani.printers.set_route([Document.VOUCHER], Route(QUEUE))
    cups.break_it(Faults(paper_out=True))
    await ani.printing.reserve([Wanted(Document.VOUCHER, Route(QUEUE), pages(["a"]), (None,))])
    await ani.close()  # whoever reserved it is gone: at this person's start it goes on
    async with at_desk(office) as desk:
        await seen(desk, lambda: "printer: kertas habis" in desk.status)
        cups.break_it(Faults())
        await seen(desk, lambda: "1 cetakan belum diperiksa" in desk.status)
        store = desk.app.store
        (job,) = await store.printing.jobs()
        assert (job.state, len(cups.paper())) == (JobState.SAID, 1)
        await store.printing.looked(job)
        cups.kill()
        other = await office.open()
        await other.office.set_setting("phones.area_code", "0761")
        await seen(desk, lambda: "server cetak tidak menjawab" in desk.status)
