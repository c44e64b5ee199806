"""The guided first call: it goes on by what was really done, can be left, and comes back where it was."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from store.practice import fill_practice
from tests.store.office import Office
from tests.tui import background
from tests.tui.driving import Desk, at_desk
from tui import i18n, practice
from tui.practice import CORRECTION_STEPS, STEPS, VOUCHER_STEPS, Guide


def led(desk: Desk) -> str:
    """The line of the guide, above the question strip."""
    return desk.lines[-5].strip()


async def test_a_newcomer_is_led_through_the_first_call_by_what_they_do(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+g")
        assert led(desk).startswith("1/8  F2")
        assert "LATIHAN" in desk.header
        for key, step in (("f2", 2), ("enter", 3), ("b", 4), ("v", 5)):
            await desk.press(key)
            assert led(desk).startswith(f"{step}/8"), key
        await desk.press("6")
        assert led(desk).startswith("5/8")
        await desk.press("k")
        assert led(desk).startswith("6/8")
        await desk.press("1")
        assert led(desk).startswith("7/8")
        await desk.press("5", "3")
        assert led(desk).startswith("8/8")
        await desk.press("u")
        assert "Panggilan pertama selesai" in led(desk)
        assert "LATIHAN" in desk.header


async def test_a_key_that_did_nothing_is_no_step(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+g", "1", "v", "u")
        assert led(desk).startswith("1/8")
        await desk.press("f2", "v", "1")
        assert led(desk).startswith("2/8")
        await desk.press("enter", "5", "escape")
        assert led(desk).startswith("3/8")


async def test_the_guide_is_left_and_started_again_from_the_menu(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+g", "f2", "ctrl+g")
        assert "Panduan ditutup" in desk.status
        assert "/8" not in desk.text
        await desk.press("f10")
        await desk.type("panduan")
        await desk.press("enter")
        assert led(desk).startswith("1/8") or led(desk).startswith("2/8")
    async with at_desk(office) as desk:
        assert "/8" in led(desk)


async def test_what_was_done_is_known_the_next_time(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("ctrl+g", "f2", "enter", "1")
    async with at_desk(office) as desk:
        assert led(desk).startswith("3/8")
        await desk.press("f2", "enter", "v", "6", "k")
        assert led(desk).startswith("7/8")


async def test_the_made_up_office_leads_by_itself_and_any_other_does_not(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        assert "/8" not in desk.text
    store = await empty_office.open()
    await fill_practice(store, people=20)
    async with at_desk(empty_office) as desk:
        assert led(desk).startswith("1/8")


async def test_at_the_voucher_desk_a_newcomer_is_led_through_the_first_vouchers(empty_office: Office) -> None:
    await fill_practice(await empty_office.open(), people=20)
    async with at_desk(empty_office) as desk:
        await desk.press("f5")
        assert led(desk).startswith("2/5"), desk.text
        await desk.press("l")
        while "listing" not in background.line_with(desk, "»"):
            await desk.press("down")
        await background.press(desk, "enter")
        assert "Seluruhnya 6 transaksi" in desk.text
        await background.press(desk, "y")
        assert led(desk).startswith("3/5")
        await desk.press("escape", "t", "down", "enter")
        assert led(desk).startswith("4/5"), desk.text
        await desk.press("escape", "p")
        await background.press(desk, "enter")
        assert led(desk).startswith("5/5"), desk.text
        (given,) = (empty_office.home / "KELUAR").glob("voucher-*.pdf")
        assert given.read_bytes().startswith(b"%PDF")
        await background.press(desk, "y")
        assert "Voucher pertama selesai" in led(desk), desk.text
        await desk.press("f2")
        assert led(desk).startswith("2/8")


async def test_at_f4_a_newcomer_is_led_through_the_first_correction(empty_office: Office) -> None:
    await fill_practice(await empty_office.open(), people=20)
    async with at_desk(empty_office) as desk:
        await desk.press("f4")
        assert led(desk).startswith("2/4"), desk.text
        await desk.press("enter")
        assert led(desk).startswith("3/4"), desk.text
        await desk.press("e", *"081200001111", "enter")
        assert led(desk).startswith("3/4"), desk.text
        await desk.press("k")
        assert led(desk).startswith("4/4"), desk.text
        await desk.press("u")
        assert "Koreksi pertama selesai" in led(desk), desk.text
        await desk.press("f2")
        assert led(desk).startswith("2/8")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_step_is_one_sentence_that_fits_80_columns(lang: str) -> None:
    i18n.use(lang)
    guide = Guide()
    guide.begin()
    for step in [*STEPS, "", practice.PAPERS, *VOUCHER_STEPS, *CORRECTION_STEPS, practice.OPEN]:
        text = guide.line(80).text
        assert "…" not in text.replace("(A…)", "")
        assert cell_len(text) == 80
        assert text.rstrip().endswith(practice.LEAVE)
        guide.saw({step})


async def test_where_calls_count_there_is_no_guide(tmp_path_factory: pytest.TempPathFactory, office: Office) -> None:
    real = Office(tmp_path_factory.mktemp("real") / "office", "", office.clock)
    real.url = f"sqlite:///{real.home / 'loket.sqlite'}"
    await real.create()
    async with at_desk(real) as desk:
        await desk.press("ctrl+g")
        assert "Hanya di kantor latihan" in desk.text
    await real.close()
