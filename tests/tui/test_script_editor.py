"""Heads write the script: typed, seen as the card will show it, kept as a draft, saved, and taken back."""

from __future__ import annotations

from store.rules.kinds import Kind
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk


async def editor(desk: Desk, *keys: str) -> Desk:
    """The text of the JHT 56 opening, being written."""
    await desk.press("colon")
    await desk.type("pengaturan kantor")
    return await desk.press("enter", "6", "enter", *keys)


async def empty(desk: Desk) -> Desk:
    """Takes everything away that stands there."""
    desk.app.screen.editor.open("")  # type: ignore[attr-defined]  # hundreds of backspaces say nothing more
    await desk.settle()
    return desk


async def write(desk: Desk, text: str) -> Desk:
    names = {" ": "space", "{": "left_curly_bracket", "}": "right_curly_bracket", ",": "comma", "*": "asterisk"}
    return await desk.press(*(names.get(letter, letter) for letter in text))


async def test_the_words_of_loket_are_where_one_begins_and_every_letter_is_text(office: Office) -> None:
    async with at_desk(office) as desk:
        await editor(desk)
        assert "{salam}, saya {petugas}" in desk.text
        assert "SITI CONTOH" in desk.text
        assert "{perihal}" in desk.asked
        await empty(desk)
        await write(desk, "quu? {nama}")
        assert "quu? {nama}" in desk.text
        assert "quu? SITI CONTOH" in desk.text


async def test_tab_and_enter_save_and_the_card_says_it(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "Halo **{sapaan} {nama}**")
        await desk.press("tab", "enter")
        assert "disimpan" in desk.text
        assert "Halo **" in desk.text
        await desk.press("f2", "enter")
        assert "Halo Bapak/Ibu SUPARMAN HADI WIJAYA" in desk.text


async def test_u_takes_a_saved_text_back(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "Halo")
        await desk.press("tab", "enter", "u")
        assert "Diurungkan: naskah" in desk.status
        assert await desk.store.settings.script(Kind.JHT56, "id", "opening") is None


async def test_an_unknown_field_is_named_and_not_saved(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "Halo {nik}")
        assert "Tidak ada isian {nik}" in desk.text
        await desk.press("tab", "enter")
        assert "Tidak ada isian {nik}" in desk.text
        assert await desk.store.settings.script(Kind.JHT56, "id", "opening") is None
        await desk.press("e", "backspace")
        assert "Halo {nik" in desk.text


async def test_escape_keeps_a_draft_that_goes_on(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "Setengah jadi")
        await desk.press("escape")
        assert "drafnya tetap ada" in desk.text
        assert await desk.store.settings.script(Kind.JHT56, "id", "opening") is None
        await desk.press("enter")
        assert "Draf Anda dari 09.00 dilanjutkan" in desk.text
        assert "Setengah jadi" in desk.text


async def test_who_is_thrown_out_finds_the_text_again(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "Setengah jadi")
        await desk.app._leave(129)  # as a closed laptop does
    async with at_desk(office) as desk:
        await editor(desk)
        assert "Setengah jadi" in desk.text


async def test_lines_wrap_and_the_caret_goes_through_them(office: Office) -> None:
    async with at_desk(office) as desk:
        await empty(await editor(desk))
        await write(desk, "satu")
        await desk.press("enter", "enter")
        await write(desk, "dua")
        await desk.press("up", "up", "end")
        await write(desk, "x")
        await desk.press("down", "home")
        await write(desk, "y")
        assert [line.strip() for line in desk.lines[1:4]] == ["satux", "y", "dua"]


async def test_back_to_the_words_of_loket(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.settings.set_script(Kind.JHT56, "id", "opening", "Halo kantor")
        await desk.app.refresh_office()
        await desk.press("colon")
        await desk.type("pengaturan kantor")
        await desk.press("enter", "6")
        assert "* " in next(line for line in desk.lines if "Halo kantor" in line)
        await desk.press("b")
        assert "Halo kantor" not in "\n".join(desk.lines[1:-4])


async def test_the_other_language_is_written_too(office: Office) -> None:
    async with at_desk(office, size=(120, 40)) as desk:
        await desk.press("colon")
        await desk.type("pengaturan kantor")
        await desk.press("enter", "6", "l")
        assert "I am {petugas}" in desk.text
        await desk.press("enter")
        assert "Good morning, I am ani" in desk.text
