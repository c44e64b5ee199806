"""A real CUPS and a device with faults: what it is told, what it says, and what Loket makes of that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from printing import cups as cups_module
from printing import ipp
from printing.checks import doubts, queue_doubts, server_doubts
from printing.cups import CupsPrinter, queues
from printing.desk import PrintDesk
from printing.printers import DeviceState, JobRefused, PrinterAway, PrinterFacts, PrinterState
from store import Store
from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import Document, JobState, Route
from tests.cups import QUEUE, Faults, PrivateCups, pages, wait_until

S = JobState
A4 = Route(QUEUE)
NAMES = ("a1", "a2", "a3")


@pytest.fixture
def printer(cups: PrivateCups) -> CupsPrinter:
    return CupsPrinter(QUEUE, cups.socket)


@pytest.fixture
async def desk(ani: Store, cups: PrivateCups) -> PrintDesk:
    await ani.office.set_setting("printing.server", cups.socket)
    return PrintDesk(ani)


async def reserved(store: Store, names: tuple[str, ...] = NAMES, route: Route = A4) -> PrintJobRow:
    wanted = Wanted(Document.VOUCHER, route, pages(names), (None,) * len(names))
    return (await store.printing.reserve([wanted]))[0]


async def until(desk: PrintDesk, store: Store, job: PrintJobRow, true: Callable[[PrintJobRow], bool]) -> PrintJobRow:
    """Rounds until it is so, within ten seconds."""
    async with asyncio.timeout(10):
        while not true(job):
            await desk.step()
            job = await store.printing.job(job.job_id)
            await asyncio.sleep(0.02)
    return job


def test_a_job_comes_in_held_with_every_option_and_is_printed_once_released(
    cups: PrivateCups, printer: CupsPrinter
) -> None:
    number = printer.submit("loket-x", pages(NAMES), Route(QUEUE, "bottom"))
    held = printer.look(number, "loket-x")
    assert held is not None
    assert (held.state, held.queue_id, cups.jobs()) == (DeviceState.HELD, number, [])
    assert printer.find("loket-x") == held
    assert printer.waiting("loket-") == [held]
    assert printer.waiting("other-") == []
    printer.release(number, "loket-x")
    assert wait_until(lambda: [sheet.page for sheet in cups.paper()] == list(NAMES))
    ((job, user, title, copies, options, count),) = cups.jobs()
    assert (job, user, title, copies, count) == (number, "loket", "loket-x", 1, 3)
    for option in ("sides=one-sided", "number-up=1", "print-scaling=none", "InputSlot=Lower"):
        assert option in options
    assert "PageSize=A4" in options
    assert wait_until(lambda: printer.look(number, "loket-x").state == DeviceState.COMPLETED)  # type: ignore[union-attr]  # it is known
    with pytest.raises(JobRefused) as again:
        printer.release(number, "loket-x")
    assert again.value.reason == "not-possible"
    printer.cancel(number, "loket-x")
    assert len(cups.paper()) == 3


def test_what_is_held_can_be_cancelled_and_a_number_is_nothing_without_its_name(
    cups: PrivateCups, printer: CupsPrinter
) -> None:
    number = printer.submit("loket-x", pages(NAMES), A4)
    assert printer.look(number, "loket-y") is None
    assert printer.look(number + 1, "loket-x") is None
    printer.cancel(number, "loket-y")
    with pytest.raises(JobRefused):
        printer.release(number, "loket-y")
    assert [job.attempt for job in printer.waiting("loket")] == ["loket-x"]
    printer.cancel(number, "loket-x")
    assert printer.waiting("loket") == []
    assert cups.jobs() == []


def test_a_long_queue_is_read_to_its_end(printer: CupsPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups_module, "_PAGE", 3)
    for n in range(7):
        printer.submit(f"loket-{n}", pages(["x"]), A4)
    assert [job.attempt for job in printer.waiting("loket-")] == [f"loket-{n}" for n in range(7)]


def test_what_the_queue_has_and_does_is_told_over_the_socket_and_the_network(cups: PrivateCups) -> None:
    for address in (cups.socket, ("127.0.0.1", cups.port)):
        (facts,) = queues(address)
        assert facts == CupsPrinter(QUEUE, address).facts()
        assert (facts.name, facts.state, facts.accepting, facts.reasons) == (QUEUE, PrinterState.IDLE, True, ())
        assert "iso_a4_210x297mm" in facts.media
        assert facts.trays == ("top", "bottom")
        assert facts.error_policy == "abort-job"
        assert CupsPrinter(QUEUE, address).server()
    with pytest.raises(PrinterAway) as unknown:
        CupsPrinter("Nothing", cups.socket).facts()
    assert unknown.value.reason == "no-such-printer"


def test_another_run_of_the_server_is_another_one(cups: PrivateCups, printer: CupsPrinter) -> None:
    first = printer.server()
    assert printer.server() == first
    cups.kill()
    for ask in (printer.facts, printer.server):
        with pytest.raises(PrinterAway) as away:
            ask()
        assert (away.value.reason, away.value.surely) == ("unreachable", True)
    cups.start()
    assert printer.server() not in ("", first)


def test_a_server_that_hears_and_does_not_answer_holds_nobody_up(
    cups: PrivateCups, printer: CupsPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipp, "ANSWER_SECONDS", 0.2)
    cups.freeze()
    with pytest.raises(PrinterAway) as away:
        printer.facts()
    assert (away.value.reason, away.value.surely) == ("no-answer", False)
    cups.thaw()


@pytest.mark.parametrize(
    ("route", "reason"),
    [(Route(QUEUE, media="na_legal_8.5x14in"), "no-such-media"), (Route(QUEUE, "third"), "no-such-tray")],
)
async def test_paper_that_the_printer_does_not_have_is_refused_before_anything_is_sent(
    ani: Store, desk: PrintDesk, cups: PrivateCups, route: Route, reason: str
) -> None:
    await reserved(ani, route=route)
    (job,) = await desk.settle()
    assert (job.state, job.said) == (S.FAILED, (reason,))
    assert CupsPrinter(QUEUE, cups.socket).waiting("loket") == []


async def test_a_job_is_printed_and_a_person_has_the_last_word(ani: Store, desk: PrintDesk, cups: PrivateCups) -> None:
    await reserved(ani)
    heard: list[list[PrintJobRow]] = []
    (job,) = await desk.settle(heard.append)
    assert (job.state, job.said) == (S.SAID, ())
    assert heard[-1] == [job]
    assert [sheet.page for sheet in cups.paper()] == list(NAMES)
    assert {sheet.title for sheet in cups.paper()} == {job.attempt}
    assert (await ani.printing.looked(job)).job.state == S.CONFIRMED
    assert await desk.step() == []


@pytest.mark.parametrize(
    ("fault", "reason"), [(Faults(paper_out=True), "media-empty"), (Faults(offline=True), "offline")]
)
async def test_what_stops_the_printer_is_said_and_it_goes_on_afterwards(
    ani: Store, desk: PrintDesk, cups: PrivateCups, fault: Faults, reason: str
) -> None:
    cups.break_it(fault)
    job = await until(desk, ani, await reserved(ani), lambda job: reason in job.said)
    assert job.state == S.SENT
    cups.break_it(Faults())
    (job,) = await desk.settle()
    assert (job.state, job.said, len(cups.paper())) == (S.SAID, (), 3)


@pytest.mark.parametrize(
    ("fault", "state", "sheets"),
    [
        (Faults(jam_after=2), S.DOUBTFUL, 2),
        (Faults(error_after=True), S.DOUBTFUL, 3),
        (Faults(refuse=True), S.DOUBTFUL, 0),
        (Faults(lie=True), S.SAID, 0),
    ],
    ids=["jam", "error after the paper", "error before", "lying"],
)
async def test_whatever_the_device_says_nothing_is_sent_again_by_itself(
    ani: Store, desk: PrintDesk, cups: PrivateCups, fault: Faults, state: JobState, sheets: int
) -> None:
    cups.break_it(fault)
    await reserved(ani)
    (job,) = await desk.settle()
    assert (job.state, "aborted" in job.said) == (state, state == S.DOUBTFUL)
    cups.break_it(Faults())
    await desk.step()
    assert len(cups.paper()) == sheets
    looked = await ani.printing.right_before(job, sheets + 1)
    assert (looked.job.right, looked.job.missing) == (sheets, 3 - sheets)


async def test_a_stopped_job_ends_at_the_printer_and_is_asked_about(
    ani: Store, desk: PrintDesk, cups: PrivateCups
) -> None:
    cups.break_it(Faults(paper_out=True))
    job = await until(desk, ani, await reserved(ani), lambda job: "media-empty" in job.said)
    stopped = await until(desk, ani, await desk.stop(job), lambda job: job.state != S.SENT)
    assert stopped.state == S.DOUBTFUL
    cups.break_it(Faults())
    assert wait_until(lambda: cups.devices() == [])
    assert cups.paper() == []
    waiting = await reserved(ani, ("b1",))
    assert (await desk.stop(waiting)).state == S.CANCELLED
    await desk.step()
    assert cups.paper() == []


async def test_only_a_few_jobs_are_let_go_at_a_time(ani: Store, desk: PrintDesk, cups: PrivateCups) -> None:
    cups.break_it(Faults(paper_out=True))
    batch = [Wanted(Document.VOUCHER, A4, pages([f"p{n}"]), (None,)) for n in range(5)]
    await ani.printing.reserve(batch)
    assert [job.state for job in await desk.step()] == [S.SENT] * 3 + [S.STAGED] * 2
    cups.break_it(Faults())
    assert [job.state for job in await desk.settle()] == [S.SAID] * 5
    assert [sheet.page for sheet in cups.paper()] == [f"p{n}" for n in range(5)]


async def test_without_its_server_a_job_waits_and_says_so_once(ani: Store, desk: PrintDesk, cups: PrivateCups) -> None:
    cups.kill()
    await reserved(ani)
    for _ in range(3):
        (job,) = await desk.step()
    assert (job.state, job.said) == (S.RESERVED, ("unreachable",))
    entries = [entry.action for entry in await ani.audit.entries(10)]
    assert entries.count("print.reasons") == 1
    cups.start()
    assert [job.state for job in await desk.settle()] == [S.SAID]
    assert len(cups.paper()) == 3


async def test_a_queue_that_was_removed_takes_no_job_with_it_unseen(ani: Store, desk: PrintDesk) -> None:
    await reserved(ani, route=Route("Removed"))
    (job,) = await desk.settle()
    assert (job.state, job.said) == (S.FAILED, ("no-such-printer",))


@pytest.mark.parametrize("orderly", [True, False], ids=["restart", "kill"])
async def test_a_server_that_ends_while_it_prints_leads_to_a_question(
    ani: Store, desk: PrintDesk, cups: PrivateCups, orderly: bool
) -> None:
    cups.break_it(Faults(slow=0.05))
    names = tuple(f"p{n}" for n in range(12))
    await reserved(ani, names)
    await desk.step()
    assert wait_until(lambda: len(cups.paper()) >= 2)
    if orderly:
        cups.stop()
    else:
        cups.kill()
    cups.start()
    (job,) = await desk.settle()
    assert (job.state, "server-restarted" in job.said) == (S.DOUBTFUL, True)
    assert CupsPrinter(QUEUE, cups.socket).find(job.attempt) is None


async def test_what_is_held_for_nobody_is_cancelled_and_another_offices_jobs_stay(
    ani: Store, desk: PrintDesk, cups: PrivateCups
) -> None:
    await reserved(ani)
    printer = CupsPrinter(QUEUE, cups.socket)
    ours = f"{await ani.printing.prefix()}99-00000000"
    for name in (ours, "loket-ffffffff-99-00000000", "surat"):
        printer.submit(name, pages(["left"]), A4)
    await desk.settle()
    assert [job.attempt for job in printer.waiting("")] == ["loket-ffffffff-99-00000000", "surat"]
    assert [sheet.page for sheet in cups.paper()] == list(NAMES)


async def test_how_a_queue_should_be_set_up_is_checked(ani: Store, desk: PrintDesk, cups: PrivateCups) -> None:
    conf = cups.folder / "cupsd.conf"
    assert await doubts(ani, conf) == []  # it prints into KELUAR
    await ani.printers.set_route([Document.VOUCHER], A4)
    assert await doubts(ani, conf) == []
    await ani.printers.set_route([Document.SLIP], Route(QUEUE, "third", "na_legal_8.5x14in"))
    await ani.printers.set_route([Document.LABEL], Route("Gone"))
    conf.write_text("Listen /x\n  MaxJobTime 3h\n#MaxJobs 9000\n")
    found = {(doubt.printer, doubt.code, doubt.found) for doubt in await doubts(ani, conf)}
    assert found == {
        ("Gone", "away", "no-such-printer"),
        (QUEUE, "no-such-media", "na_legal_8.5x14in"),
        (QUEUE, "no-such-tray", "third"),
        ("", "max-job-time", "3h"),
        ("", "max-jobs", "500"),
    }
    assert ("", "conf-unreadable") in {(doubt.printer, doubt.code) for doubt in await doubts(ani, conf / "x")}


def test_a_queue_that_would_print_a_failed_job_again_is_named() -> None:
    facts = PrinterFacts(QUEUE, PrinterState.IDLE, accepting=False, error_policy="retry-job")
    assert [(doubt.code, doubt.wanted) for doubt in queue_doubts(facts)] == [
        ("error-policy", "abort-job"),
        ("not-accepting", ""),
    ]
    assert server_doubts("MaxJobs 0\nmaxjobtime 0\n") == []
