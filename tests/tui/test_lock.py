"""The lock of the screen, driven by keys: what is seen and answered before the PIN, and what is there after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from threading import Timer

import pytest

from store.edits import Evidence
from store.rows import QueueFilter
from store.rules.corrections import Field, Source
from tests.store.office import Clock, Office, wib
from tests.tui.conftest import PEOPLE
from tests.tui.driving import Desk, at_desk

PIN = "482917"


@pytest.fixture
async def real(home: Path, sqlite_url: str) -> AsyncIterator[Office]:
    """An office that counts, with four people to phone."""
    made = Office(home, sqlite_url, Clock(wib(31, 9)))
    await made.create()
    store = await made.open()
    await made.bring_in(store, PEOPLE)
    await store.staff.add("budi", "BUDI", "", "kepala_bidang")
    head = await made.open("budi")
    await head.pins.choose(PIN)
    await head.close()
    await store.close()
    made.opened.clear()
    yield made
    await made.close()


class Later:
    """The clock of the person at the keyboard, moved by hand."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.minutes, self.before = desk, 0.0, desk.app.awake
        desk.app.awake = lambda: self.before() + 60 * self.minutes

    async def __call__(self, minutes: float) -> None:
        self.minutes += minutes
        await self.desk.app.keep_time()
        if self.desk.app.ended_by is None:
            await self.desk.settle()


def locked(desk: Desk) -> bool:
    return desk.header.split()[0] == "Terkunci"


async def do(desk: Desk, words: str) -> None:
    await desk.press("f10")
    await desk.type(words)
    await desk.press("enter")


async def pin(desk: Desk, digits: str = PIN) -> None:
    await desk.type(digits)
    await desk.press("enter")


async def test_it_hides_everything_until_the_pin(real: Office) -> None:
    async with at_desk(real, "budi") as desk:
        later = Later(desk)
        await desk.press("f8")
        await desk.type("suparman")
        assert "SUPARMAN HADI" in desk.text
        before = desk.text
        later.minutes = 16
        await desk.press("x")  # nobody had looked at the clock yet: the key itself meets the lock
        assert locked(desk)
        colleague = await real.open()
        await colleague.office.set_setting("office.name", "KANTOR LAIN")
        desk.app.say("SUPARMAN HADI WIJAYA: 0812")
        await desk.app._look()
        await desk.press("f2", "f3", "f8", "colon", "question_mark", "ctrl+p", "tab", "escape")
        assert locked(desk)
        assert not any(name in desk.text for name in ("SUPARMAN", "0812", "KANTOR", "Peserta", "BUDI", "Cari"))
        await pin(desk, "705318")
        assert "Sisa 4 kali coba" in desk.status
        assert PIN not in desk.text
        await desk.type("48")
        assert "••" in desk.asked
        await desk.press("ctrl+u")
        await pin(desk)
        assert desk.text.splitlines()[1:20] == before.splitlines()[1:20]
        assert "SUPARMAN HADI" in desk.text
        assert real.sql("SELECT locked_at FROM session ORDER BY id")[-2:] == [(None,), (None,)]
        came = "SELECT action FROM audit WHERE action NOT LIKE 'session.%' ORDER BY id"
        trail = [row[0] for row in real.sql(came)]
        assert trail[-4:] == ["screen.lock", "office.setting", "pin.wrong", "screen.unlock"]


async def test_five_wrong_ones_close_it(real: Office) -> None:
    async with at_desk(real, "budi") as desk:
        await do(desk, "kunci layar sek")
        for _ in range(5):
            await pin(desk, "705318")
        assert "coba lagi hari ini 09.15" in " ".join(desk.text.split())
        await pin(desk)
        assert locked(desk)
        real.clock.pass_by(minutes=15)
        await pin(desk)
        assert not locked(desk)


async def test_an_open_call_is_not_locked_before_its_lease_is_over(real: Office) -> None:
    async with at_desk(real, "budi") as desk:
        later = Later(desk)
        await desk.press("f2", "enter", "n")
        await desk.type("suami")
        await later(59)
        assert "suami" in desk.text
        await later(1)
        assert locked(desk)
        await pin(desk)
        assert "Catatan: suami" in desk.text
        await desk.press("escape", "s", "escape", "f3", "1")
        await later(59)
        assert not locked(desk)


async def test_a_lock_by_hand_keeps_the_person_who_is_held(real: Office) -> None:
    async with at_desk(real, "budi") as desk:
        await desk.press("f2", "enter")
        await do(desk, "kunci layar sek")
        assert locked(desk)
        holders = [row.holder for row in await (await real.open("ani")).queue.rows(QueueFilter(), 0, 9)]
        assert len([holder for holder in holders if holder]) == 1
        await pin(desk)
        assert "KPJ 2100000000" in desk.text


@pytest.mark.parametrize("minutes", [(60, 59.9, 0.2), (60 * 11.9, 7)])
async def test_it_ends_an_hour_after_it_was_locked_or_after_twelve_in_all(
    real: Office, minutes: tuple[float, ...]
) -> None:
    async with at_desk(real, "budi") as desk:
        later = Later(desk)
        await desk.press("f2", "enter", "n")
        await desk.type("suami")
        for passed in minutes:
            assert desk.app.ended_by is None
            await later(passed)
        assert isinstance(desk.app._last_resort, Timer)
        desk.app._last_resort.cancel()  # this process goes on
        assert desk.app.ended_by == 0
        assert "Loket selesai sendiri" in desk.app.said_at_end
    assert desk.app.return_code == 0
    ani = await real.open()
    assert [row for row in await ani.queue.rows(QueueFilter(), 0, 9) if row.holder] == []
    assert real.sql("SELECT body FROM draft WHERE key LIKE 'call-note%'") == [("suami",)]


async def test_who_has_no_pin_chooses_one_at_the_first_lock(real: Office) -> None:
    real.sql("DELETE FROM pin")
    async with at_desk(real, "budi") as desk:
        assert "belum ada; buat: F10, PIN" in desk.text
        await Later(desk)(16)
        assert "Anda belum punya PIN" in desk.text
        await pin(desk, "123456")
        assert "Angka berurutan" in desk.status
        await pin(desk)
        await pin(desk, "482918")
        assert "tidak sama" in desk.status
        await desk.press("escape")
        assert locked(desk)
        await pin(desk)
        await pin(desk)
        assert not locked(desk)
        assert "belum ada; buat" not in desk.text


async def test_a_code_of_the_administrator_opens_it_once(real: Office) -> None:
    async with at_desk(real, "budi") as desk:
        await do(desk, "kunci layar sek")
        code = await (await real.open()).pins.reset("budi")
        await pin(desk, code)
        assert "Kode benar" in desk.status
        await pin(desk, "705318")
        await pin(desk, "705318")
        assert not locked(desk)


async def test_a_yes_asks_for_the_pin_again(real: Office) -> None:
    boss = await real.open()
    await boss.office.set_setting("corrections.propose", True)
    dodi = await real.hire(boss, "dodi")
    (person,) = await dodi.persons.find("suparman")
    await dodi.corrections.put(person.participant_id, Field.PHONE, "081399998888", Evidence(Source.PARTICIPANT))
    await boss.staff.add("cici", "CICI", "", "kepesertaan")
    async with at_desk(real, login="cici") as desk:
        real.sql("UPDATE session SET pin_at = NULL")
        await desk.press("f4", "p", "s")
        assert "buatlah sekarang" in desk.text
        await pin(desk, "705318")
        await pin(desk, "705318")
        assert "1 disetujui" in desk.status
        real.sql("UPDATE session SET pin_at = NULL")
        await dodi.corrections.put(
            person.participant_id, Field.EMAIL, "suparman@example.com", Evidence(Source.PARTICIPANT)
        )
        await desk.press("escape", "p", "s")
        await pin(desk, "111222")
        assert "Sisa 4 kali coba" in desk.status
        await pin(desk, "705318")
        assert "1 disetujui" in desk.status


async def test_the_office_sets_the_minutes(office: Office) -> None:
    async with at_desk(office) as desk:
        later = Later(desk)
        await do(desk, "pengaturan kantor")
        assert "tidak pernah, di kantor latihan" in desk.text
        await later(60 * 13)
        assert not locked(desk)
        await desk.press("l")
        for typed in ("61", "x"):
            await desk.press("ctrl+u")
            await pin(desk, typed)
            assert "bukan jumlah menit" in desk.status
        await desk.press("ctrl+u")
        await pin(desk, "5")
        assert "5 menit setelah tombol terakhir" in desk.text
        later.minutes = 0
        await desk.press("down")
        await later(5)
        assert locked(desk)
