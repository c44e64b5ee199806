"""What goes wrong with the machine while the screens are open is said there, with its code; work goes on after it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from store.print_rows import Wanted
from store.rules.printing import Document, JobState, Route
from tests.cups import QUEUE, Faults, PrivateCups, pages
from tests.postgres import Cluster, PostgresMissingError, running_cluster
from tests.store.office import Clock, Office, Person, people, wib
from tests.store.standing import writer_stopped
from tests.tui.driving import Desk, at_desk

OVER = {JobState.SAID, JobState.DOUBTFUL}
"""A person is asked for what CUPS had under way when it went; the rest is printed."""


async def until(true: Callable[[], bool], desk: Desk) -> None:
    """Waits, a minute at most, until it is so."""
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.05)
    assert true(), desk.text


@pytest.fixture
async def worked(home: Path, database_url: str) -> AsyncIterator[Office]:
    made = Office(home, database_url, Clock(wib(31, 9)))
    await made.create()
    ani = await made.open()
    await made.bring_in(ani, [Person("21000000001", "SUPARMAN", hp="081234567890")])
    yield made
    await made.close()


async def test_who_waits_for_a_stopped_writer_is_told_on_the_screen_and_the_key_counts_afterwards(
    worked: Office,
) -> None:
    async with at_desk(worked) as desk:
        desk.app.hold_up.after = 0.5
        await desk.press("f10")
        await desk.type("tema: terang")
        with writer_stopped(worked):
            shown = desk.app.shown
            desk.send("enter")  # chooses a theme, which is kept
            await until(lambda: "[L-04]" in desk.text, desk)
            assert desk.app.shown > shown, "it is painted, although the screen waits"
        await until(lambda: "[L-04]" not in desk.text, desk)
        await desk.settle()
        assert await desk.store.drafts.load("theme") is not None
        assert await desk.store.audit.verify() is None


async def test_a_clock_that_was_set_back_is_told_on_the_first_screen(home: Path, sqlite_url: str) -> None:
    office = Office(home, sqlite_url, Clock(wib(31, 9)))
    await office.create()
    await (await office.open()).close()
    async with at_desk(office) as desk:
        assert "L-13" not in desk.text
    office.clock.pass_by(hours=-3)
    async with at_desk(office) as desk:
        assert "09.00 [L-13]" in next(line for line in desk.lines if line.startswith(" Jam"))
        assert "[L-13]" in desk.status
        office.clock.pass_by(hours=4)  # timedatectl
        desk.app.office = await desk.store.office.now()
        await desk.press("f2", "f1")
        assert "L-13" not in desk.text
    await office.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Cluster]:
    """A PostgreSQL of this test alone, which may be stopped."""
    folder = tmp_path / "server"
    folder.mkdir()
    try:
        with running_cluster(folder) as cluster:
            yield cluster
    except PostgresMissingError as missing:
        pytest.skip(str(missing))


async def test_a_server_that_stops_and_starts_while_the_screens_are_open(home: Path, server: Cluster) -> None:
    with server.fresh_database() as url:
        office = Office(home, url, Clock(wib(31, 9)))
        await office.create()
        ani = await office.open()
        await office.bring_in(ani, [Person("21000000001", "SUPARMAN", hp="081234567890")])
        await ani.close()
        office.opened.clear()
        async with at_desk(office) as desk:
            await desk.press("f2", "enter")
            assert "SUPARMAN" in desk.lines[1]
            server.stop()
            await desk.press("1")
            assert "[L-12]" in desk.text
            await desk.press("f3", "f1")
            await until(lambda: "[L-12]" in desk.text, desk)  # also without a key
            server.start()
            await until(lambda: "[L-12]" not in desk.text, desk)
            await desk.press("f2")
            assert "SUPARMAN" in desk.text
            await desk.press("1")
            await desk.settle()
            assert office.sql("SELECT count(*) FROM attempt") == [(1,)]
            assert await desk.store.audit.verify() is None
        await office.close()


def _lasts(url: str) -> None:
    """What was committed is on the disk, as it always is on a server that is not one of the tests."""
    with psycopg.connect(url) as connection:
        connection.execute("SET synchronous_commit TO on")
        connection.execute("CREATE TABLE lasting ()")


async def test_a_long_list_stands_still_while_the_server_is_away(home: Path, server: Cluster) -> None:
    with server.fresh_database() as url:
        office = Office(home, url, Clock(wib(31, 9)))
        await office.create()
        await office.bring_in(await office.open(), people(600))
        await office.close()
        office.opened.clear()
        async with at_desk(office) as desk:
            await desk.press("f2", "pagedown", "pagedown")
            _lasts(url)
            server.stop()
            await desk.press(*["pagedown"] * 9)
            assert "[L-12]" in desk.text
            table = desk.app.calls.list
            stopped = table.cursor, table.top, table.current
            assert stopped[2] is not None, "the cursor stands on somebody who is known"
            await desk.press("pagedown", "end")
            assert (table.cursor, table.top, table.current) == stopped
            await desk.press("slash", *"orang", "pagedown")  # also while something is typed
            assert "[L-12]" in desk.text
            await desk.pilot.resize_terminal(100, 60)
            await desk.press("escape", "pageup", "pagedown")
            server.start()
            await until(lambda: "[L-12]" not in desk.text, desk)
            await desk.press("f2", "home", *["pagedown"] * 12)
            assert table.cursor > stopped[0] and table.current is not None, desk.text
        await office.close()


async def test_what_a_key_said_of_a_server_that_was_away_goes_with_the_next_look(home: Path, server: Cluster) -> None:
    """Also when no look fell into the time in which it was away."""
    with server.fresh_database() as url:
        office = Office(home, url, Clock(wib(31, 9)))
        await office.create()
        async with at_desk(office) as desk:
            desk.app.looking.pause()
            server.stop()
            await desk.press("f6")
            assert "[L-12]" in desk.text
            await desk.press("escape", "f6", "up")  # nothing that is said any more hides the desk
            assert "belum tentu kosong" in desk.text and "Belum ada tempat" not in desk.text
            assert "Tidak ada yang menunggu" not in desk.text
            await desk.press("f7")
            assert "[L-12]" in desk.text
            server.start()
            desk.app.looking.resume()
            await until(lambda: "[L-12]" not in desk.text, desk)
            await desk.press("f6")
            assert "belum tentu kosong" not in desk.text and "Belum ada tempat" in desk.text
        await office.close()


async def test_cups_goes_and_comes_back_in_the_middle_of_a_batch(empty_office: Office, cups: PrivateCups) -> None:
    office, names = empty_office, [f"V{n}" for n in range(6)]
    ani = await office.open()
    await ani.office.set_setting("printing.server", cups.socket)
    await ani.printers.set_route([Document.VOUCHER], Route(QUEUE))
    cups.break_it(Faults(slow=0.3))
    await ani.printing.reserve([Wanted(Document.VOUCHER, Route(QUEUE), pages([name]), (None,)) for name in names])
    await ani.close()
    async with at_desk(office) as desk:
        await until(lambda: len(cups.paper()) >= 2, desk)
        cups.stop()
        await until(lambda: "server cetak tidak menjawab" in desk.status, desk)
        assert "[L-14]" in desk.text
        cups.start()
        await until(lambda: {job.state for job in desk.app.prints.jobs} <= OVER, desk)
        await until(lambda: "server cetak tidak menjawab" not in desk.status, desk)
        jobs = await desk.store.printing.jobs()
        assert {job.state for job in jobs} <= OVER
    told = Counter(sheet.page for sheet in cups.paper())
    asked = sum(job.state == JobState.DOUBTFUL for job in jobs)
    assert max(told.values()) == 1 or asked, "nothing twice without a question"
    assert len(told) + asked >= len(names), "nothing lost without a question"
    assert len(told) > 2, "it went on"
