"""Every point at which whoever prints can die: what is printed is printed once, and what is in doubt is asked.

The points are the requests to the printer, each once before it arrives and once after it was carried out, with the
server as it was, killed and started again, or the device still at work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from printing import folder as folder_module
from printing.cups import CupsPrinter
from printing.desk import PrintDesk
from printing.folder import FolderPrinter
from printing.printers import DeviceJob, DeviceState, JobRefused, Printer, PrinterAway, PrinterFacts
from store import Store
from store.errors import Invalid, NotAllowed
from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import FOLDER, MOVING, Document, JobState, Route
from tests.cups import QUEUE, PrivateCups, pages, wait_until
from tests.store.office import Office

S = JobState
NAMES = ("a1", "a2", "a3")


class Died(BaseException):
    """The process that prints is gone at this point."""


class Mortal:
    """A printer in a process that dies at its `last` request, before it arrives or after it was carried out."""

    def __init__(self, printer: Printer, last: int, *, after: bool) -> None:
        self._printer = printer
        self._left = last
        self._after = after

    def _die(self, *, after: bool) -> None:
        if self._left == 0 and self._after == after:
            raise Died
        self._left -= after

    def facts(self) -> PrinterFacts:
        self._die(after=False)
        facts = self._printer.facts()
        self._die(after=True)
        return facts

    def server(self) -> str:
        self._die(after=False)
        server = self._printer.server()
        self._die(after=True)
        return server

    def submit(self, attempt: str, pdf: bytes, route: Route) -> int:
        self._die(after=False)
        number = self._printer.submit(attempt, pdf, route)
        self._die(after=True)
        return number

    def look(self, queue_id: int | None, attempt: str) -> DeviceJob | None:
        self._die(after=False)
        job = self._printer.look(queue_id, attempt)
        self._die(after=True)
        return job

    def find(self, attempt: str) -> DeviceJob | None:
        self._die(after=False)
        job = self._printer.find(attempt)
        self._die(after=True)
        return job

    def release(self, queue_id: int | None, attempt: str) -> None:
        self._die(after=False)
        self._printer.release(queue_id, attempt)
        self._die(after=True)

    def cancel(self, queue_id: int | None, attempt: str) -> None:
        self._die(after=False)
        self._printer.cancel(queue_id, attempt)
        self._die(after=True)

    def waiting(self, prefix: str) -> list[DeviceJob]:
        self._die(after=False)
        jobs = self._printer.waiting(prefix)
        self._die(after=True)
        return jobs


async def reserved(store: Store, route: Route) -> PrintJobRow:
    return (await store.printing.reserve([Wanted(Document.VOUCHER, route, pages(NAMES), (None,) * 3)]))[0]


async def dies_and_is_followed(
    office: Office, second: Store, route: Route, printer: Printer, last: int, after: bool, between: Callable[[], object]
) -> tuple[bool, PrintJobRow]:
    """A process dies at a point of a new job, `second` takes over: whether the first died, and the job at the end."""
    first = await office.open()
    job = await reserved(first, route)
    mortal = Mortal(printer, last, after=after)
    try:
        await PrintDesk(first, lambda _route, _document: mortal).settle()
        died = False
    except Died:
        died = True
    await first.close()
    if died:
        between()
    desk = PrintDesk(second, lambda _route, _document: printer)
    while any(row.state in MOVING for row in await desk.settle()):
        pass
    ended = await second.printing.job(job.job_id)
    assert printer.waiting("loket") == []
    if ended.state != S.SAID:
        assert ended.state == S.DOUBTFUL
    await second.printing.looked(ended)
    return died, ended


@pytest.mark.parametrize("killed", [False, True], ids=["the server goes on", "the server is killed too"])
async def test_whoever_prints_may_die_at_any_request(
    office: Office, ani: Store, cups: PrivateCups, killed: bool
) -> None:
    printer = CupsPrinter(QUEUE, cups.socket)

    def restart() -> None:
        wait_until(lambda: cups.devices() == [])
        cups.kill()
        cups.start()

    states: Counter[str] = Counter()
    # What it was, to hand over, to look, which run, to release, twice to follow; then it only looks again and again.
    for last in range(11):
        deaths = 0
        for after in (False, True):
            died, job = await dies_and_is_followed(
                office, ani, Route(QUEUE), printer, last, after, between=restart if killed else lambda: None
            )
            deaths += died
            states[job.state] += 1
            assert wait_until(lambda: cups.devices() == [])
            sheets = [sheet.page for sheet in cups.paper()]
            if job.state == S.SAID:
                assert Counter(sheets) == Counter(NAMES), last
            assert len({sheet.title for sheet in cups.paper()}) <= 1, last
            (cups.folder / "paper").write_text("")
        assert deaths == 2 or last > 7
    # Where only the process died, everything is known; where the server forgot what it printed, a person is asked.
    assert (states[S.DOUBTFUL] > 0) == killed


async def test_pdfs_into_the_folder_are_given_once_and_whole(office: Office, ani: Store) -> None:
    folder = FolderPrinter(ani.outbox, Document.VOUCHER)
    for last in count():
        deaths = 0
        for after in (False, True):
            died, job = await dies_and_is_followed(
                office, ani, Route(FOLDER), folder, last, after, between=lambda: None
            )
            deaths += died
            assert job.state == S.SAID, last
            (given,) = ani.outbox.iterdir()
            assert given == folder.given(job.attempt)
            assert given.read_bytes() == pages(NAMES)
            given.unlink()
        if not deaths:
            break
    assert last > 5


async def test_a_file_is_never_written_over_another(ani: Store) -> None:
    desk = PrintDesk(ani)
    job = await reserved(ani, Route(FOLDER))
    folder = FolderPrinter(ani.outbox, Document.VOUCHER)
    folder.submit("loket-00000000-7-0123abcd", pages(NAMES), job.route)
    taken = folder.given("loket-00000000-7-0123abcd")
    assert taken.name == "voucher-7-0123abcd.pdf"
    taken.write_bytes(b"somebody's")
    with pytest.raises(JobRefused):
        folder.release(0, "loket-00000000-7-0123abcd")
    assert taken.read_bytes() == b"somebody's"
    (said,) = await desk.settle()
    assert said.state == S.SAID
    assert folder.given(said.attempt).stat().st_mode & 0o777 == 0o600


async def test_a_folder_that_cannot_take_a_file_is_said_once_and_tried_again(
    ani: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    desk = PrintDesk(ani, lambda _route, document: FolderPrinter(gone, document))
    await reserved(ani, Route(FOLDER))
    for _ in range(3):
        (job,) = await desk.step()
    assert (job.state, job.said) == (S.RESERVED, ("folder",))
    gone.mkdir()
    with monkeypatch.context() as full:
        full.setattr(folder_module, "ROOM", 1 << 62)
        for _ in range(3):
            (job,) = await desk.step()
    assert (job.state, job.said) == (S.RESERVED, ("disk-full",))
    assert [entry.action for entry in await ani.audit.entries(3)] == ["print.reasons"] * 2 + ["print.reserve"]
    assert [job.state for job in await desk.settle()] == [S.SAID]
    assert len(list(gone.iterdir())) == 1


async def test_a_late_request_of_a_dead_process_never_reaches_paper(
    office: Office, ani: Store, cups: PrivateCups
) -> None:
    """Its data arrives at a busy server after another process has looked for it and sent the job anew."""
    printer = CupsPrinter(QUEUE, cups.socket)
    job = await reserved(ani, Route(QUEUE))
    sending = await ani.printing.move(job, S.SENDING)
    await ani.close()
    second = await office.open()
    desk = PrintDesk(second, lambda _route, _document: printer)
    await desk.settle()
    printer.submit(sending.attempt, pages(NAMES), job.route)
    third = await office.open()
    await PrintDesk(third, lambda _route, _document: printer).step()
    assert printer.waiting("loket") == []
    assert len(cups.paper()) == 3


async def test_a_process_that_was_only_asleep_prints_nothing_of_what_was_taken_over(
    office: Office, ani: Store, cups: PrivateCups
) -> None:
    printer = CupsPrinter(QUEUE, cups.socket)
    asleep = PrintDesk(ani, lambda _route, _document: printer)
    await reserved(ani, Route(QUEUE))
    job = await ani.printing.move((await ani.printing.jobs())[0], S.SENDING)
    number = printer.submit(job.attempt, pages(NAMES), job.route)
    job = await ani.printing.move(job, S.STAGED, queue_id=number)
    office.forget_keys(ani)  # to everybody else it is gone
    other = await office.open()
    (said,) = await PrintDesk(other, lambda _route, _document: printer).settle()
    assert said.state == S.SAID
    assert (await asleep.step())[0].state == S.SAID
    assert len(cups.paper()) == 3


async def test_who_goes_on_with_a_job_keeps_it_though_nobody_presses_a_key(office: Office, ani: Store) -> None:
    other = await office.hire(ani, "budi", "keuangan")
    holder = await office.hire(ani, "rini", "keuangan")
    gone = FolderPrinter(ani.outbox / "gone", Document.VOUCHER)
    await reserved(holder, Route(FOLDER))
    office.forget_keys(holder)
    (job,) = await PrintDesk(holder, lambda _route, _document: gone).step()
    assert job.mine
    assert await other.printing.adopt() == []


async def held_in(folder: FolderPrinter, store: Store) -> PrintJobRow:
    """A job that is held in the folder, and known to be."""
    job = await store.printing.move(await reserved(store, Route(FOLDER)), S.SENDING)
    number = folder.submit(job.attempt, pages(NAMES), job.route)
    return await store.printing.move(job, S.STAGED, queue_id=number)


async def test_who_may_not_print_ends_no_job_and_who_may_stands_in_the_trail(office: Office, ani: Store) -> None:
    folder = FolderPrinter(ani.outbox, Document.VOUCHER)
    magang = await office.hire(ani, "siti")
    holder, other = [await office.hire(ani, login, "keuangan") for login in ("rini", "budi")]
    job = await holder.printing.move(await held_in(folder, holder), S.RELEASING)
    with pytest.raises(NotAllowed):
        await PrintDesk(magang).stop(job)
    assert [held.attempt for held in folder.waiting("loket")] == [job.attempt]
    await PrintDesk(other).stop(job)
    assert folder.waiting("loket") == []
    (entry,) = await ani.audit.entries(1)
    assert (entry.action, entry.by, entry.why) == ("print.stop", other.me.name, job.attempt)
    assert [row.state for row in await PrintDesk(holder).settle()] == [S.DOUBTFUL]


async def test_what_somebody_let_go_at_the_printer_is_not_given_up_as_if_nothing_came_out(
    office: Office, ani: Store
) -> None:
    folder = FolderPrinter(ani.outbox, Document.VOUCHER)
    job = await held_in(folder, ani)
    folder.release(job.queue_id, job.attempt)
    other = await office.open()
    with pytest.raises(Invalid) as alive:  # the process that holds it will see by itself
        await PrintDesk(other).stop(job)
    assert alive.value.problem == "on-paper"
    await ani.close()
    with pytest.raises(Invalid):
        await PrintDesk(other).stop(job)
    assert (await other.printing.job(job.job_id)).state == S.SAID


class Remote(CupsPrinter):
    """A queue of another machine: which run of its server answers cannot be seen from here."""

    def server(self) -> str:
        return ""


async def test_of_a_server_elsewhere_a_break_is_all_that_is_seen_and_leads_to_a_question(
    ani: Store, cups: PrivateCups
) -> None:
    remote = Remote(QUEUE, ("127.0.0.1", cups.port))
    desk = PrintDesk(ani, lambda _route, _document: remote)
    await reserved(ani, Route(QUEUE))
    assert [job.state for job in await desk.settle()] == [S.SAID]
    (job,) = [await reserved(ani, Route(QUEUE))]
    job = await ani.printing.move(job, S.SENDING)
    job = await ani.printing.move(job, S.STAGED, queue_id=remote.submit(job.attempt, pages(NAMES), job.route))
    job = await ani.printing.move(job, S.RELEASING)
    cups.kill()
    remote_state = (await desk.step())[-1]
    assert (remote_state.state, remote_state.said) == (S.RELEASING, ("unreachable",))
    cups.start()
    assert (await desk.settle())[-1].state == S.DOUBTFUL
    with pytest.raises(PrinterAway):
        Remote("Gone", ("127.0.0.1", cups.port)).facts()
    assert DeviceState.HELD.over is False
