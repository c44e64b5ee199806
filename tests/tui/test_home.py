"""The first screen tells how the day stands, at 80x24 without scrolling, and only what the person's role sees."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from store.quality import Quality
from store.rows import CampaignStatus
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.supervision import HandlerDay
from tests.store.office import Clock, Office, Person, call, wib
from tests.tui.driving import Desk, at_desk
from tui import i18n
from tui.screens.home_today import Today, handlers_text, today_lines
from tui.widgets.days import days_chart


def row(desk: Desk, label: str) -> str:
    """The line of the day with this label."""
    return next(line for line in desk.lines if line.startswith(f" {label}"))


async def test_the_day_stands_above_the_desks(office: Office) -> None:
    store = await office.open()
    await call(store, Outcome.WILL_CLAIM)
    await call(store, Outcome.NO_ANSWER)
    async with at_desk(office) as desk:
        assert "Senin 31 Juli 2023" in desk.lines[1]
        assert "14 hari: 2 telepon" in desk.lines[1]
        assert "4 menunggu" in row(desk, "Daftar")
        assert "2 telepon · 1 terhubung" in row(desk, "Saya")
        assert "ani 2" in row(desk, "Oleh")
        assert "PDF ke KELUAR" in row(desk, "Kertas")
        assert "tidak ada berkas baru" in row(desk, "MASUK")
        assert "hari ini 2" in desk.text
        assert "█" in desk.text


async def test_what_has_to_be_cleared_up_is_counted(empty_office: Office) -> None:
    store = await empty_office.open()
    rows = [
        Person("21000000001", "TANPA NOMOR"),
        Person("21000000002", "BUKAN NOMOR", hp="8.12E+11"),
        Person("21000000003", "ADA", hp="081234567890"),
    ]
    await empty_office.bring_in(store, rows)
    check = await store.checks.next()
    assert check is not None
    await store.checks.park(check)
    async with at_desk(empty_office) as desk:
        assert "telp. 33% · e-mail 0% · ragu 1" in row(desk, "Data")
        assert "3 perlu dicek · berhenti: Smile mati" in row(desk, "Cek")


async def test_a_call_of_a_colleague_is_seen_without_a_key(office: Office) -> None:
    async with at_desk(office) as desk:
        assert "belum ada" in row(desk, "Oleh")
        other = await office.open()
        await call(other, Outcome.BUSY)
        await desk.app._look()
        await desk.settle()
        assert "ani 1" in row(desk, "Oleh")


async def test_enter_on_a_campaign_opens_the_telephone_desk_with_it(office: Office) -> None:
    store = await office.open()
    await office.bring_in(store, [Person("21000000099", "ORANG JUNI", born=date(1967, 6, 5), hp="081200000099")])
    first = await store.persons.find("21000000001")
    await store.queue.add_people(Kind.BANK_CHECK, [first[0].participant_id], "rekening")
    async with at_desk(office) as desk:
        await choose(desk, "Juni 2023")
        assert "JHT 56 Juni 2023" in desk.header
        assert "ORANG JUNI" in desk.text
        assert "SUPARMAN" not in desk.text
        await desk.press("enter")
        assert "ORANG JUNI" in desk.lines[1]
        # The held person stays while another list is looked at.
        await desk.press("escape", "escape")
        await choose(desk, "Cek rekening Juli 2023")
        assert "Cek rekening Juli 2023" in desk.asked
        assert "SUPARMAN" in desk.lines[2]
        await desk.press("enter")
        assert "ORANG JUNI" in desk.lines[1]


async def choose(desk: Desk, title: str) -> None:
    """Enter on the line of the first screen that begins with this."""
    await desk.press("home")
    for _line in range(20):
        if any(line.startswith("»") and title in line for line in desk.lines):
            await desk.press("enter")
            return
        await desk.press("down")
    raise AssertionError(desk.text)


async def test_an_intern_sees_their_own_day_and_not_that_of_others(office: Office) -> None:
    boss = await office.open()
    await boss.staff.add("budi", "BUDI", "Pelayanan", "magang")
    async with at_desk(office, login="budi") as desk:
        assert "0 telepon" in row(desk, "Saya")
        assert not any(line.startswith(" Oleh") for line in desk.lines)
        assert not any(line.startswith(" MASUK") for line in desk.lines)
        assert not any(line.startswith(" Di F3") for line in desk.lines), "nothing came in yet"


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
async def test_a_new_office_says_the_next_step_and_all_of_it_is_on_the_screen(empty_office: Office, lang: str) -> None:
    async with at_desk(empty_office, lang=lang) as desk:
        assert "MASUK" in desk.asked
        for digit in "23456789":
            assert f"F{digit}" in desk.text
        assert desk.text.index("F2") < desk.text.index("F8")
        assert "…" not in "\n".join(desk.lines[:12])


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_a_busy_day_with_long_names_fits(lang: str, width: int) -> None:
    i18n.use(lang)
    name = "HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI"
    handlers = [HandlerDay(n, name, 50 - n, 20, 5, None, None) for n in range(30)]
    days = [(date(2023, 7, 18) + timedelta(days=n), n * 400) for n in range(14)]
    campaigns = [CampaignStatus(1, "jht56", "2023-07", 48_000, 12_345, 60, 22_222, 9_999)]
    quality = Quality(48_000, 30_000, 20_000, 4321)
    lines = today_lines(Today(date(2023, 7, 31), campaigns, (123, 99), handlers, None, quality, days, 120, 300), width)
    assert all(line.width <= width for line in lines)
    assert len(lines) <= 11
    told = "\n".join(line.text for line in lines)
    assert "48.000" in told or "48,000" in told
    assert "4.321" in told or "4,321" in told


def test_who_did_how_much_is_cut_by_people_never_within_a_number() -> None:
    i18n.use("id")
    handlers = [HandlerDay(n, f"ORANG {n}", 100 - n, 0, 0, None, None) for n in range(9)]
    text = handlers_text(handlers, 34)
    assert text == "ORANG 0 100 · ORANG 1 99 · +7"


def test_one_call_has_a_bar_and_a_day_without_has_a_point() -> None:
    i18n.use("id")
    days = [(date(2023, 7, 1) + timedelta(days=n), count) for n, count in enumerate([0, 1, 0, 1000])]
    bottom = days_chart(days)[3].text
    assert bottom.split() == ["·", "▄", "·", "█"]


async def test_a_backup_that_is_late_is_said_with_the_next_step(
    home: Path, sqlite_url: str, empty_office: Office
) -> None:
    real = Office(home / "kantor", f"{sqlite_url}.kantor", Clock(wib(31, 9)))
    await real.create()
    store = await real.open()
    for office, late in ((real, True), (empty_office, False)):
        async with at_desk(office) as desk:
            assert "Cadangan" not in desk.text
        office.clock.pass_by(days=1, minutes=1)
        async with at_desk(office) as desk:
            assert ("belum ada: loket backup" in desk.text) is late, desk.text
    await store.backups.make(unencrypted=True)
    async with at_desk(real) as desk:
        assert "Cadangan" not in desk.text
    real.clock.pass_by(days=2)
    async with at_desk(real) as desk:
        assert "terakhir 01-08 09.01: loket backup" in row(desk, "Cadangan")
    await real.close()
