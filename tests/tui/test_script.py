"""What a handler reads aloud: the words of Loket, and the office's own in their place."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from store.rules.kinds import Kind
from store.rules.script import PARTS, check_script, render
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk
from tui.widgets.script_lines import block_rows, script_lines
from tui.words.script import built_in


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_there_are_words_for_every_kind_part_and_language(kind: Kind, language: str) -> None:
    for part in PARTS:
        text = built_in(kind, language, part)
        check_script(text)
        assert ("BPJS" in text) == (part == "opening")


def said(desk: Desk) -> str:
    """The card as one text: a sentence goes on in the next line."""
    return " ".join(" ".join(line.strip() for line in desk.lines[1:-4]).split())


async def test_the_office_s_own_words_stand_on_the_card_with_the_person_in_them(office: Office) -> None:
    async with at_desk(office) as desk:
        text = "# Salam\n\nHalo **{sapaan} {nama}**, saya {petugas} dari {kantor}.\n- tanyakan {perusahaan}"
        await desk.store.settings.set_script(Kind.JHT56, "id", "opening", text)
        await desk.app.refresh_office()
        await desk.press("f2", "enter")
        assert (
            "Salam Halo Bapak/Ibu SUPARMAN HADI WIJAYA, saya ani dari Kantor Cabang. • tanyakan PT SAWIT JAYA"
            in said(desk)
        )
        await desk.press("v")
        assert "sudah berusia 56 tahun" in said(desk)  # the other part is still Loket's


async def test_a_name_with_marks_stays_a_name(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.settings.set_script(Kind.JHT56, "id", "opening", "Halo {nama} dari {perusahaan}.")
        await desk.app.refresh_office()
        await desk.press("f2", "enter", "1", "1")
        assert "Halo TIGOR [VIP] [/b] dari CV [red]MERAH[/]." in said(desk)


async def test_what_a_colleague_changes_is_on_an_open_card_at_once(office: Office) -> None:
    ani = await office.open()
    await ani.staff.add("budi", "Budi", "", "magang")
    async with at_desk(office, "budi") as desk:
        await desk.press("f2", "enter")
        await ani.settings.set_script(Kind.JHT56, "id", "opening", "Selamat pagi dari kepala bidang.")
        await desk.app._look()
        await desk.settle()
        assert "Selamat pagi dari kepala bidang." in said(desk)


async def test_a_long_script_leaves_the_history_its_place_and_says_where_the_rest_is(office: Office) -> None:
    async with at_desk(office) as desk:
        text = "\n\n".join(f"Kalimat ke-{n} dari naskah kantor." for n in range(1, 30))
        await desk.store.settings.set_script(Kind.JHT56, "id", "opening", text)
        await desk.app.refresh_office()
        await desk.press("f2", "enter")
        assert "… selengkapnya: l" in desk.text
        assert "belum pernah ditelepon" in desk.text
        await desk.press("l", "end")
        assert "Kalimat ke-29 dari naskah kantor." in desk.text
        await desk.press("escape", "1")
        assert "ROSLINA" in desk.text


def test_rows_of_a_script_keep_their_width_and_mark_what_they_leave_out() -> None:
    (block,) = render("**Tebal**, lalu " + "kata " * 40 + "x" * 50, {})
    rows = block_rows(block, 30, 4)
    assert len(rows) == 4
    assert all(sum(cell_len(text) for text, _role in row) <= 30 for row in rows)
    assert rows[0][0] == ("Tebal", "strong")
    assert rows[0][1][0].startswith(", lalu")
    assert rows[-1][-1][0] == "…"


def test_lines_beyond_the_room_are_told() -> None:
    blocks = render("satu\n\ndua\n\ntiga", {})
    assert [line.text.split()[-1] for line in script_lines("S", blocks, 40, 2, 3)] == ["satu", "dua", "tiga"]
    assert len(script_lines("S", blocks, 40, 2, 2)) == 2
    assert script_lines("S", blocks, 40, 2, 2)[-1].text.endswith("l")
