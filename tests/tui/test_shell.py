"""The shell around the desks: first screen, menu, help, themes, roles, and text that is only text."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual._callback import invoke

from store import Store
from store.errors import NotStaff
from tests.store.office import Office, Person, wib
from tests.tui.driving import Desk, at_desk
from tui import commands, i18n, styles
from tui.screens.base import DeskScreen
from tui.screens.calls import CallsScreen
from tui.screens.home import HomeScreen
from tui.shell import LoketApp

SIZES = [(80, 24), (120, 40)]
HOSTILE = ("[red]MERAH[/]", "TIGOR [VIP] [/b]", "\x1b]52;c;aGFsbG8=\x07BUDI", "A\u202eB", "[@click=app.exit]X[/]")


async def test_the_first_screen_shows_desks_counts_and_files(office: Office) -> None:
    async with at_desk(office) as desk:
        for digit in "23456789":
            assert f"F{digit}" in desk.text
        assert "4 menunggu" in desk.text
        assert "Juli 2023" in desk.text
        await desk.press("end")
        assert "daftar 1.csv" in desk.text
        assert "sudah pernah masuk" in desk.text
        assert "LATIHAN" in desk.header
        assert "buka s.d. 12.00" in desk.status


async def test_a_closed_office_says_when_it_opens(office: Office) -> None:
    office.clock.now = wib(31, 18)
    async with at_desk(office) as desk:
        assert "TUTUP s.d. besok 08.00" in desk.status


async def test_g_and_a_digit_go_to_a_desk(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("g", "2")
        assert isinstance(desk.app.screen, CallsScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_the_held_person_stays_while_another_screen_is_in_front(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "escape", "escape")
        assert isinstance(desk.app.screen, HomeScreen)
        await desk.press("f2")
        assert "Anda memegang SUPARMAN" in desk.asked
        await desk.press("enter")
        assert "SUPARMAN" in desk.lines[1]


@pytest.mark.parametrize("key", ["f10", "colon", "ctrl+p"])
async def test_the_menu_finds_a_command_and_does_it(office: Office, key: str) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", key)
        await desk.type("salin")
        assert "Salin nomor" in desk.text
        await desk.press("enter")
        assert "0812-3456-7890 disalin" in desk.status


async def test_the_menu_says_why_a_command_cannot_be_used(office: Office) -> None:
    await office.hire(await office.open(), "budi")
    async with at_desk(office, "budi") as desk:
        await desk.press("f10")
        await desk.type("voucher")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_search_without_a_hit_says_so_in_words(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10")
        await desk.type("qqq")
        assert "Tidak ada perintah dengan “qqq”" in desk.status
        await desk.press("enter", "escape")
        assert isinstance(desk.app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_help_is_about_what_has_the_focus_and_about_the_work(office: Office, key: str) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", key)
        assert "Kartu" in desk.text
        assert "Tidak diangkat" in desk.text
        await desk.press("w")
        assert "Apa itu JHT 56" in desk.text
        await desk.press("pagedown")
        assert "OTP, PIN" in desk.text
        await desk.press("escape")
        assert "SUPARMAN" in desk.lines[1]


async def test_every_command_of_the_table_stands_in_the_help_of_its_screen(office: Office) -> None:
    async with at_desk(office, size=(120, 300)) as desk:
        await desk.press("f2", "enter", "f1")
        for command in commands.holding(("card", "plain", "always")):
            assert i18n._(command.title) in desk.text


@pytest.mark.parametrize("name", ["gelap", "terang", "kontras"])
async def test_a_theme_is_chosen_once_and_kept(office: Office, name: str) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10")
        await desk.type(f"tema: {name}")
        await desk.press("enter")
        chosen = desk.app.theme
    async with at_desk(office) as desk:
        assert desk.app.theme == chosen
        assert {"gelap": "dark", "terang": "light", "kontras": "contrast"}[name] == chosen


async def test_in_a_practice_office_roles_are_switched(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10")
        await desk.type("ganti peran")
        await desk.press("enter")
        await desk.type("umum")
        await desk.press("enter")
        assert "(umum)" in desk.header
        await desk.press("f2", "enter")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
    async with at_desk(office) as desk:
        assert "(umum)" in desk.header, "the next start goes on with it"
        await desk.press("f10", *"ganti", "enter", "enter")
        assert "(umum)" not in desk.header
    async with at_desk(office) as desk:
        assert "(beberapa peran)" in desk.header


async def test_quitting_gives_the_held_person_back(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "f10")
        await desk.type("keluar dari")
        await desk.pilot.press("enter")
        await desk.pilot.pause()
    store = await office.open()
    assert (await store.queue.status())[0].held == 0


async def test_interrupt_says_how_to_leave(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+c")
        assert "F10" in desk.status
        assert "Keluar dari Loket" in desk.status


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
async def test_every_screen_fits_and_what_is_cut_bears_a_mark(office: Office, lang: str, size: tuple[int, int]) -> None:
    walk = (
        "f2",
        "f",
        "escape",
        "p",
        "slash",
        "escape",
        "enter",
        "v",
        "b",
        "5",
        "t",
        "escape",
        "6",
        "escape",
        "8",
        "escape",
    )
    async with at_desk(office, lang=lang, size=size) as desk:
        fits(desk)
        for key in (
            *walk,
            "0",
            "escape",
            "n",
            "escape",
            "h",
            "escape",
            "k",
            "2",
            "u",
            "f1",
            "pagedown",
            "escape",
            "f10",
        ):
            await desk.press(key)
            fits(desk)


def fits(desk: Desk) -> None:
    """No line is wider than its place, none is lost below, and a cut line shows its mark."""
    for widget in desk.painted:
        assert len(widget.lines) <= widget.size.height, widget
        for line in widget.lines:
            assert line.width <= widget.size.width or "…" in line.text, line.text
    width, height = desk.app.size
    assert len(desk.lines) == height
    assert all(cell_len(line) == width for line in desk.lines)


@pytest.mark.parametrize("name", HOSTILE)
async def test_text_from_a_file_is_only_text(empty_office: Office, name: str) -> None:
    store = await empty_office.open()
    await empty_office.bring_in(store, [Person("21000000001", name, hp="081234567890", company=name)])
    async with at_desk(empty_office) as desk:
        await desk.press("f2")
        listed = desk.text
        await desk.press("enter", "h", "escape", "n")
        await desk.pilot.press("left_square_bracket", "slash", "right_square_bracket")
        await desk.press("enter", "1", "u")
        for text in (listed, desk.text):
            assert not {"\x1b", "\x07", "\u202e"} & set(text)
        shown = "".join(letter for letter in name if letter.isprintable())
        assert shown[:8] in listed.replace("\n", "") or shown[-4:] in listed
        assert "[/]" in desk.text


async def test_an_account_that_is_not_known_gets_one_sentence(empty_office: Office) -> None:
    async def open_office() -> Store:
        return await empty_office.open("budi")

    app = LoketApp(open_office, "id")
    await app.prepare()
    assert isinstance(app.open_error, NotStaff)


async def test_somebody_disabled_is_told_at_the_next_look(office: Office) -> None:
    boss = await office.open()
    await boss.staff.add("budi", "BUDI", "Pelayanan", "magang")
    async with at_desk(office, login="budi") as desk:
        await desk.press("f2")
        await boss.staff.disable("budi")
        await desk.app._look()
        await desk.settle()
        assert "Akun budi dinonaktifkan" in desk.status


async def test_the_open_or_closed_state_follows_the_clock(office: Office) -> None:
    async with at_desk(office) as desk:
        office.clock.now += timedelta(hours=3, minutes=5)
        await desk.app._look()
        await desk.settle()
        assert "TUTUP s.d. hari ini 13.00" in desk.status


def test_every_theme_has_every_colour_of_the_stylesheet() -> None:
    used = {word.strip("$;") for word in Path(styles.STYLESHEET).read_text(encoding="utf-8").split() if word[0] == "$"}
    assert used
    for palette in styles.PALETTES.values():
        assert set(palette) == used


async def test_a_long_name_of_the_office_hides_neither_the_next_step_nor_the_hours(office: Office) -> None:
    store = await office.open()
    await store.office.set_setting("office.name", "KANTOR CABANG PERKEBUNAN MANDAU SEJAHTERA ABADI NUSANTARA RAYA " * 2)
    async with at_desk(office) as desk:
        assert "F2 menelepon" in desk.asked
        assert "KANTOR CABANG PERKEBUNAN" in desk.status
        assert "…" in desk.status
        assert "buka s.d." in desk.status


@pytest.mark.parametrize("command", ["imports", "merge", "vouchers-in"])
async def test_a_look_into_the_inbox_that_comes_due_when_the_program_ends_does_nothing(
    office: Office, command: str
) -> None:
    async with at_desk(office) as desk:
        if command == "vouchers-in":
            await desk.press("f5")
        screen = desk.app.screen
        assert isinstance(screen, DeskScreen)
        await screen.press(commands.by_id(command))
        await desk.settle()
        looks = [timer._callback for timer in desk.app.screen._timers if timer._callback is not None]
        assert any(look.__name__ == "_watch" for look in looks)
    with desk.app._context():
        for look in looks:
            await invoke(look)
