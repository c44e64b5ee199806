"""Cek status klaim, driven by keys."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from store.checks import SmileSays
from store.rows import Card, QueueFilter
from store.rules.outcomes import Outcome, State
from tests.store.office import Office, call
from tests.tui.driving import Desk, at_desk
from tui.screens.calls import CallsScreen
from tui.screens.checks import ChecksScreen
from tui.screens.home import HomeScreen
from tui.widgets.check_card import groups

NIKS = ("1403090307679901", "1403094307679902", "", "1403090307679904")


@pytest.fixture
async def listed(office: Office) -> Office:
    """The four people with the NIKs they have."""
    for number, nik in enumerate(NIKS, start=1):
        office.sql("UPDATE participant SET nik = ? WHERE kpj = ?", nik or None, f"2100000000{number}")
    return office


async def states(desk: Desk) -> dict[str, str]:
    return {row.kpj[-1]: row.state for row in await desk.store.queue.rows(QueueFilter(), 0, 9)}


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("21000000001", "2 1 0   0 0 0 0   0 0 0 1"),
        ("1403090307679901", "1 4 0 3   0 9 0 3   0 7 6 7   9 9 0 1"),
        ("AB12345", "A B 1   2 3 4 5"),
        ("12", "1 2"),
        ("", ""),
    ],
)
def test_identifiers_are_read_in_groups_of_four(identifier: str, shown: str) -> None:
    assert groups(identifier) == shown


async def test_k_shows_the_first_person_large_with_all_that_is_typed_into_smile(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k")
        assert "Cek status klaim" in desk.header
        assert "SUPARMAN HADI WIJAYA" in desk.text
        assert "PT SAWIT JAYA" in desk.text
        assert "Juli 2023" in desk.text
        assert "2 1 0   0 0 0 0   0 0 0 1" in desk.text
        assert "1 4 0 3   0 9 0 3   0 7 6 7   9 9 0 1" in desk.text
        assert "1 sudah klaim" in desk.asked
        assert "4 lagi · 0 selesai hari ini" in desk.asked


async def test_one_key_a_person(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "1")
        assert "ROSLINA" in desk.text
        assert "Sudah klaim, keluar dari daftar · u membatalkan · SUPARMAN" in desk.status
        await desk.press("2", "3")
        assert "ZUBAIDAH" in desk.text
        assert "1 lagi · 3 selesai hari ini" in desk.asked
        assert await states(desk) == {"1": State.DONE, "2": State.NEW, "3": State.NEW, "4": State.NEW}
        await desk.press("2")
        assert "Semua sudah dicek. Langkah berikutnya: esc" in desk.text
        await desk.press("1")
        assert "Tidak ada lagi yang perlu dicek." in desk.status


async def test_undo_shows_that_person_again_to_any_depth(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "1", "3", "u")
        assert "Diurungkan, perlu dicek lagi: ROSLINA" in desk.status
        await desk.press("u")
        assert "SUPARMAN" in desk.lines[2]
        assert await states(desk) == dict.fromkeys("1234", State.NEW)
        await desk.press("u")
        assert "Tidak ada lagi milik Anda yang bisa diurungkan." in desk.status
        assert "SUPARMAN" in desk.lines[2]


async def test_c_and_n_copy_and_say_what(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "c")
        assert "KPJ 21000000001 disalin" in desk.status
        await desk.press("n")
        assert "NIK 1403090307679901 disalin" in desk.status


async def test_without_a_nik_n_says_to_look_up_by_the_kpj(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "2", "2", "n")
        assert "NIK tidak tercatat; cari dengan KPJ." in desk.status
        assert "tidak tercatat" in desk.text


async def test_skipped_people_come_again_at_the_end(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "s")
        assert "ROSLINA" in desk.lines[2]
        await desk.press("2", "2", "2")
        assert "SUPARMAN" in desk.lines[2]
        await desk.press("s")
        assert "SUPARMAN" in desk.lines[2]
        assert "Tidak ada peserta lain yang perlu dicek." in desk.status


async def test_smile_down_parks_the_list_and_it_goes_on_there(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k", "2", "s", "m")
        assert isinstance(desk.app.screen, CallsScreen)
        assert "Smile mati: lain kali daftar dilanjutkan pada TIGOR" in desk.status
    async with at_desk(listed) as desk:
        await desk.press("f2", "k")
        assert "TIGOR [VIP] [/b]" in desk.lines[2]
        assert "Daftar dilanjutkan di tempat Smile mati." in desk.status
        await desk.press("2")
        assert "ZUBAIDAH" in desk.lines[2]


async def test_who_says_so_comes_first_with_the_day_they_said_it(listed: Office) -> None:
    store = await listed.open()
    await call(store, Outcome.SAYS_CLAIMED)
    await store.close()
    async with at_desk(listed) as desk:
        await desk.press("f2", "k")
        assert "SUPARMAN" in desk.lines[2]
        assert "Menurut peserta sudah klaim, sejak hari ini 09.00." in desk.text
        assert "1 mengaku sudah klaim" in desk.asked


async def test_who_was_answered_by_a_colleague_stays_on_screen_and_is_not_answered_twice(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "k")
        other = await listed.open("ani")
        row = await other.checks.next()
        assert row is not None
        await other.checks.answer(row, SmileSays.CLAIMED)
        await desk.app._look()
        await desk.settle()
        assert "SUPARMAN" in desk.lines[2]
        assert "diselesaikan rekan: s menampilkan yang berikutnya." in desk.text
        await desk.press("2")
        assert "Sudah diselesaikan rekan, tidak ada yang ditulis; ini yang berikutnya." in desk.status
        assert "ROSLINA" in desk.lines[2]
        assert (await states(desk))["1"] == State.DONE


async def test_escape_goes_back_to_where_one_came_from_and_frees_the_person(listed: Office) -> None:
    ani = await listed.open()
    await listed.hire(ani, "budi")
    other = await listed.hire(ani, "cici")
    async with at_desk(listed, "budi") as desk:
        await desk.press("colon")
        await desk.type("cek status")
        await desk.press("enter")
        assert isinstance(desk.app.screen, ChecksScreen)
        assert (await other.checks.counts()).with_others == 1
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)
        assert (await other.checks.counts()).with_others == 0
        await desk.press("f2", "k", "f2")
        assert isinstance(desk.app.screen, CallsScreen)
        assert (await other.checks.counts()).with_others == 0


async def test_the_card_is_still_held_after_a_look_at_the_check(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "enter", "f10")
        await desk.type("cek status")
        await desk.press("enter", "escape")
        assert "0 8 1 2   3 4 5 6   7 8 9 0" in desk.text
        assert isinstance(await desk.store.queue.claim(), Card)


async def test_who_may_not_phone_sees_the_command_greyed_with_the_reason(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.store.staff.act_as("umum")
        desk.app.me = await desk.store.refresh_me()
        await desk.press("f2", "k")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
        assert isinstance(desk.app.screen, CallsScreen)


async def test_the_menu_has_one_line_for_it_with_its_key(listed: Office) -> None:
    async with at_desk(listed) as desk:
        await desk.press("f2", "f10")
        await desk.type("cek status")
        (line,) = [line for line in desk.lines[1:-4] if "Cek status" in line]
        assert " k " in line


@pytest.mark.parametrize(("lang", "size"), [("id", (80, 24)), ("en", (80, 24)), ("en", (120, 40))])
async def test_the_longest_name_is_cut_with_a_mark_and_nothing_else(
    listed: Office, lang: str, size: tuple[int, int]
) -> None:
    long = "DRA. HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI SAMPAI KE UJUNG JALAN"
    listed.sql("UPDATE participant SET name = ?, company = ? WHERE kpj LIKE '2%'", long, "PT " + "MANDAU " * 20)
    store = await listed.open()
    await call(store, Outcome.SAYS_CLAIMED)
    async with at_desk(listed, lang=lang, size=size) as desk:
        await desk.press("f2", "k", "s", "s", "s", "s", "2", "u")
        for widget in desk.painted:
            for line in widget.lines:
                assert line.width <= widget.size.width or "…" in "".join(s.text for s in widget.strip(line))
        assert all(cell_len(line) <= size[0] for line in desk.lines)
        named = next(line for line in desk.lines if "ZUBAIDAH" in line)
        assert ("…" in named) == (len(long) > size[0] - 20)
        assert {"id": "2 belum klaim", "en": "2 not claimed"}[lang] in desk.text
