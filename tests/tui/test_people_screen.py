"""F8, driven by keys: somebody found while typing, their page, and the way to the card when they ring back."""

from __future__ import annotations

import pytest

from store.rows import Card
from store.rules.permissions import Role
from tests.store.office import Office, Person
from tests.tui.driving import Desk, at_desk

SAME = "HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI"


@pytest.fixture
async def known(office: Office) -> Office:
    """Two of one name beside the people of the office, and one whom nobody has to call."""
    store = await office.open()
    rows = [
        Person("21000000011", SAME, hp="0765-95678", company="PT SAWIT JAYA"),
        Person("21000000012", SAME, hp="081266660000", company="CV MERAH", claimed="SUDAH"),
    ]
    await office.bring_in(store, rows)
    await store.close()
    office.opened.clear()
    return office


def said(desk: Desk) -> str:
    return " ".join(f"{desk.asked} {desk.status}".split())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("suparm", ["21000000001"]),
        ("21000000002", ["21000000002"]),
        ("76595678", ["21000000011"]),
        ("0765-956", ["21000000011"]),
        ("+62 812 6666", ["21000000012"]),
        ("zubaidah merah", ["21000000012"]),
    ],
)
async def test_people_are_found_by_what_is_known_of_them(known: Office, typed: str, found: list[str]) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        names = {" ": "space", "-": "minus", "+": "plus"}
        await desk.press(*(names.get(letter, letter) for letter in typed))
        rows = "\n".join(desk.lines[1:-4])
        assert [kpj for n in (1, 2, 3, 4, 11, 12) if (kpj := f"210000000{n:02}") in rows] == found


async def test_two_of_one_name_are_told_apart(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        await desk.type("zubaidah")
        assert "21000000011" in desk.text
        assert "21000000012" in desk.text
        assert "sudah klaim" in desk.text
        assert "HJ. ZUBAIDAH" in desk.text


async def test_empty_states_say_the_next_step(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        assert "nama, KPJ, NIK, perusahaan" in desk.asked
        await desk.type("xyzzy")
        assert "Tidak ada yang cocok" in desk.asked
        await desk.press("enter", "escape")
        assert "nama, KPJ, NIK, perusahaan" in desk.asked
        await desk.press("escape")
        assert desk.header.split()[0] == "Loket"


async def test_who_rings_back_is_on_the_card_with_three_keys_and_the_search(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f2", "enter", "1", "f8")
        await desk.type("suparman")
        await desk.press("enter")
        assert "tidak diangkat" in desk.text
        await desk.press("enter")
        assert "SUPARMAN" in desk.lines[1]
        held = await desk.store.queue.claim()
        assert isinstance(held, Card)
        assert held.kpj == "21000000001"
        await desk.press("6", "k")
        assert "Bersedia klaim" in desk.status


async def test_who_cannot_be_taken_says_why(known: Office) -> None:
    async with at_desk(known) as desk:
        other = await known.open("ani")
        await other.queue.claim()
        await desk.press("f8")
        await desk.type("suparman")
        await desk.press("enter", "enter")
        assert "memegang peserta ini sejak 09.00" in said(desk)
        await desk.press("escape", "escape")
        await desk.type("merah zubaidah")
        await desk.press("enter", "enter")
        assert "Tidak ada di daftar telepon yang masih terbuka" in said(desk)


async def test_back_from_a_page_the_search_stands_as_it_was(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        await desk.type("zubaidah")
        await desk.press("down", "enter", "escape")
        assert "Cari: zubaidah" in desk.asked
        assert "21000000011" in desk.text


async def test_the_page_tells_what_a_role_may_know(known: Office) -> None:
    async with at_desk(known, size=(120, 40)) as desk:
        await desk.store.staff.act_as(Role.MAGANG)
        desk.app.me = await desk.store.refresh_me()
        await desk.press("f8")
        await desk.type("suparman")
        await desk.press("enter")
        assert "3 Juli 1967" not in desk.text
        assert "Rp12.000.000" not in desk.text
        assert "081234567890" not in desk.text
        assert "0812…890" in desk.text
        assert "tanpa e-mail" in desk.text  # the doubts in words
        assert "JHT 56 Juli 2023 · baru" in desk.text
        assert "masuk bersama daftar" in desk.text


async def test_the_trail_is_narrowed_by_kind(known: Office) -> None:
    async with at_desk(known, size=(120, 40)) as desk:
        await desk.press("f2", "enter", "v", "1", "s", "f8")
        await desk.type("suparman")
        await desk.press("enter")
        assert "masuk bersama daftar" in desk.text
        await desk.press("1")
        assert "masuk bersama daftar" not in desk.text
        assert "orangnya benar, dicatat" in desk.text
        await desk.press("6")
        assert "masuk bersama daftar" in desk.text
        assert "orangnya benar, dicatat" not in desk.text
        await desk.press("2")
        assert "tidak ada yang sejenis; 0 menampilkan semua" in desk.text
        await desk.press("f")
        assert "tidak ada yang sejenis" in desk.text, "promises come after contacts"


async def test_all_that_happened_stands_in_one_history_with_the_way_on(known: Office) -> None:
    async with at_desk(known, size=(120, 40)) as desk:
        await desk.press("f2", "enter", "1", "f8")
        await desk.type("suparman")
        await desk.press("enter", "s")
        assert "SUPARMAN HADI WIJAYA" in desk.text
        await desk.press("4", "enter")
        await desk.press("t", "2", "enter")
        assert "tindak lanjut: Cek status klaim di Smile" in desk.text
        await desk.press("j", "1", "2", "2", "enter", "escape")
        history = desk.text[desk.text.index(" Riwayat") :]
        assert "bantuan: Lapak Asik" in history
        assert "telepon · status klaim" in history
        assert "tidak diangkat" in history
        assert "masuk bersama daftar" in history
        await desk.press("4")
        assert "bantuan: Lapak Asik · kurang: kartu peserta" in desk.text
        assert "tidak diangkat" not in desk.text
        await desk.press("0", "u")
        assert "tindak lanjut: Cek status klaim" not in desk.text


async def test_a_number_typed_on_the_page_is_saved_and_undone(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        await desk.type("tigor")
        await desk.press("enter", "e")
        await desk.type("0765 91777")
        assert "(0765) 91777" in desk.asked
        await desk.press("enter", "b")
        assert "0765…777" in desk.text
        await desk.press("u")
        assert "0765…777" not in desk.text
        await desk.press("end")
        assert "09.00 diurungkan: " in desk.text, "the history names what was taken back"


async def test_no_e_mail_and_one_made_together_are_noted_with_their_source(known: Office) -> None:
    async with at_desk(known) as desk:
        await desk.press("f8")
        await desk.type("suparman")
        await desk.press("enter")
        assert "tidak diketahui" in line_with(desk, "E-mail")
        await desk.press("e", "minus")
        assert "tidak punya e-mail" in desk.asked
        await desk.press("enter", "p")
        assert "tidak punya e-mail" in desk.status
        assert "tidak punya, dicatat 31 Juli 2023" in line_with(desk, "E-mail")
        await desk.press("e")
        await desk.type("suparman")
        await desk.press("at")
        await desk.type("contoh.id")
        await desk.press("enter", "m")
        assert "su…@contoh.id · dibuat bersama peserta" in line_with(desk, "E-mail")
        await desk.press("u")
        assert "tidak punya, dicatat 31 Juli 2023" in line_with(desk, "E-mail")
        await desk.press("u")
        assert "tidak diketahui" in line_with(desk, "E-mail")


def line_with(desk: Desk, label: str) -> str:
    return next(line for line in desk.lines if line.strip().startswith(label))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_line_fits_or_is_marked(known: Office, lang: str, size: tuple[int, int]) -> None:
    async with at_desk(known, lang=lang, size=size) as desk:
        for key in ("f8", "z", "u", "b", "enter", "e", "1", "escape", "f", "end", "home", "h", "escape", "escape"):
            await desk.press(key)
            for widget in desk.painted:
                for line in widget.lines:
                    assert line.width <= widget.size.width or "…" in line.text, (key, line.text)
