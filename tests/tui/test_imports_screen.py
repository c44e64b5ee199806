"""Files from MASUK and into KELUAR, driven by keys on messy workbooks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

import pytest

from store.errors import FileRefused
from store.rows import QueueFilter
from store.rules.readings import FLAGS
from tests.store.office import Office, Person, people
from tests.tui.background import line_with, press, rest
from tests.tui.driving import ROUNDS, Desk, at_desk
from tests.workbooks_generator import Made, make, make_long
from tui import i18n
from tui.screens import imports as imports_screen
from tui.words.files import REFUSALS, refusal
from tui.words.reasons import REASONS, VERDICTS

SIZES = ((80, 24), (120, 40))
LANGS = ("id", "en")


async def on_the_list(desk: Desk) -> int:
    return await desk.store.queue.count(QueueFilter())


# What lies in MASUK


@pytest.mark.parametrize("lang", LANGS)
async def test_an_empty_masuk_says_where_it_is_and_a_file_appears_by_itself(
    empty_office: Office, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(imports_screen, "WATCH", 0.02)
    async with at_desk(empty_office, lang=lang) as desk:
        await desk.press("i")
        shown = "".join(line.strip() for line in desk.lines)
        assert str(desk.store.inbox) in shown
        assert {"id": "Tidak ada berkas di MASUK.", "en": "There is no file in MASUK."}[lang] in shown
        name = empty_office.write_list(people(3)).name
        for _round in range(ROUNDS):
            if name in desk.text:
                break
            await desk.pilot.pause(0.05)
        assert line_with(desk, name, {"id": "baru", "en": "new"}[lang])


async def test_the_first_screen_leads_to_the_file(empty_office: Office) -> None:
    name = empty_office.write_list(people(3)).name
    async with at_desk(empty_office) as desk:
        await press(desk, "end", "enter")
        assert name in desk.header
        assert "y menambah 3 orang" in desk.asked


async def test_reading_is_given_up_by_escape_and_can_be_done_again(empty_office: Office) -> None:
    make_long(empty_office.home / "MASUK" / "panjang.xlsx", 400)
    async with at_desk(empty_office) as desk:
        await desk.press("i")
        await desk.pilot.press("enter")
        await desk.pilot.press("escape")
        await rest(desk)
        assert "Dibatalkan; tidak ada yang berubah." in desk.status
        assert desk.app.imports.plan is None
        await press(desk, "enter")
        assert "400 baris" in desk.text


# What a file would bring


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [3, 11])
async def test_a_messy_workbook_is_shown_by_sheet_and_brought_in_by_y(
    empty_office: Office, size: tuple[int, int], seed: int
) -> None:
    made = make(empty_office.home / "MASUK", seed)
    async with at_desk(empty_office, size=size) as desk:
        await press(desk, "i", "enter")
        for sheet in made.sheets:
            if not sheet.skipped:
                assert f" {sheet.header_row} " in line_with(desk, sheet.title)
        kpjs = {row.kpj for row in made.expected}
        assert f"y menambah {len(kpjs)} orang" in desk.asked
        assert await desk.store.people.count() == 0
        await press(desk, "y")
        assert await desk.store.people.count() == len(kpjs)
        assert "u membatalkan" in desk.status
        assert "sudah diimpor 09.00" in line_with(desk, made.path.name, "kB")


async def test_sheets_that_were_not_read_say_why(empty_office: Office) -> None:
    """The first seed that has all of them: an empty sheet, notes, and a hidden one."""
    every = (_made(empty_office, seed) for seed in range(40))
    made = next(made for made in every if sum(bool(sheet.skipped) for sheet in made.sheets) == 3)
    async with at_desk(empty_office, size=(120, 40)) as desk:
        await press(desk, "i", "enter")
        for sheet in made.sheets:
            words = {"empty": "kosong", "no-header": "tidak ada baris judul", "hidden": "lembar tersembunyi"}
            if sheet.skipped:
                assert words[sheet.skipped] in line_with(desk, sheet.title)


def _made(office: Office, seed: int) -> Made:
    for path in (office.home / "MASUK").iterdir():
        path.unlink()
    return make(office.home / "MASUK", seed, people=5)


async def test_a_column_is_corrected_by_a_letter_and_the_correction_kept_for_the_layout(empty_office: Office) -> None:
    headings = ("KPJ", "NAMA", "TGL LAHIR", "Kalau darurat")
    first = [["21000000001", "SUPARMAN", "03-07-1967", "081234567890"]]
    second = [["21000000002", "ROSLINA", "04-07-1967", "081234567891"]]
    empty_office.write_list(first, headings=headings)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "enter", "end")
        assert "– tidak dibaca" in line_with(desk, "Kalau darurat", "081234567890")
        await desk.press("enter")
        assert "Apa isi kolom Kalau darurat (081234567890)?" in desk.asked
        assert line_with(desk, " h telepon")
        await press(desk, "h")
        assert "→ telepon" in line_with(desk, "Kalau darurat", "081234567890")
        assert "kolom dikoreksi" in desk.text
        await press(desk, "y")
        name = empty_office.write_list(second, headings=headings).name
        await press(desk, "escape", "i", "home")  # the newest file stands first
        assert name in line_with(desk, "»")
        await press(desk, "enter")
        assert "→ telepon" in line_with(desk, "Kalau darurat", "081234567891")
        await press(desk, "y", "f2", "enter")
        assert "0 8 1 2" in desk.text


async def test_a_field_moves_to_the_column_that_was_chosen_last(empty_office: Office) -> None:
    rows = [["21000000001", "SUPARMAN", "WAHYU", "HADI", "03-07-1967"]]
    empty_office.write_list(rows, headings=("KPJ", "NAMA", "Panggilan", "Alias", "TGL LAHIR"))
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "enter", "down", "down", "enter", "a")
        assert "→ nama" in line_with(desk, "Panggilan", "WAHYU")
        assert "→ nama" not in line_with(desk, "NAMA", "SUPARMAN")
        await press(desk, "down", "enter", "a")
        assert "→ nama" in line_with(desk, "Alias", "HADI")
        assert "→ nama" not in line_with(desk, "Panggilan", "WAHYU")
        await press(desk, "enter", "x")
        assert "– tidak dibaca" in line_with(desk, "Alias", "HADI")
        assert "→ nama" in line_with(desk, "NAMA", "SUPARMAN")


async def test_a_column_that_says_one_thing_and_holds_another_is_told_in_words(empty_office: Office) -> None:
    rows = [[f"2100000000{n}", f"ORANG {'ABCDEFGH'[n]}", str(n + 1)] for n in range(8)]
    empty_office.write_list(rows, headings=("KPJ", "NAMA", "NIK"))
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter")
        assert "1 kolom meragukan" in desk.asked
        await press(desk, "enter", "end")
        assert "? NIK" in line_with(desk, "»", "NIK")
        assert "Tidak dibaca: judulnya NIK, isinya tampak seperti nomor urut." in desk.asked


async def test_without_a_column_of_kpj_nothing_can_be_brought_in_until_it_is_named(empty_office: Office) -> None:
    headings = ("Kode orang", "NAMA", "TGL LAHIR", "HP")
    empty_office.write_list([["21000000001", "SUPARMAN", "03-07-1967", "081234567890"]], headings=headings)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "y")
        assert "Tidak ada baris terpakai; perbaiki kolom (enter)." in desk.status
        assert "Lembar daftar 1 tidak dibaca: tidak ada kolom KPJ." in desk.asked
        await press(desk, "enter", "home", "enter", "k")
        assert "y menambah 1 orang" in desk.asked


# Rows

ODD = (
    Person("21000000001", "SUPARMAN", hp="081234567890"),
    Person("21000000002", "TIGOR [VIP] [/b]", hp="[red]08xx[/] \x1b]52;c;aGFs\x07", email="a @ b"),
    Person("21000000003", "ROSLINA", hp="8.12E+11"),
    Person("kosong", "TANPA NOMOR", hp="081234567893"),
    Person("21000000001", "ORANG LAIN", hp="081234567894"),
)


@pytest.mark.parametrize("lang", LANGS)
async def test_rows_are_told_with_their_reason_and_cell_whatever_stands_in_it(empty_office: Office, lang: str) -> None:
    empty_office.write_list(ODD)
    async with at_desk(empty_office, lang=lang, size=(120, 40)) as desk:
        await press(desk, "i", "enter", "r")
        hostile = line_with(desk, "21000000002", "[red]08xx[/]")
        assert "\x1b" not in desk.text and "\x07" not in desk.text
        words = {"id": ("nomor telepon tidak terbaca", "R diragukan"), "en": ("cannot be read", "D doubted")}[lang]
        assert all(word in hostile for word in words)
        assert line_with(desk, {"id": "T ditolak", "en": "X refused"}[lang], "kosong")
        assert line_with(desk, "6 21000000001", {"id": "KPJ sudah ada di atas", "en": "stands above"}[lang])


async def test_rows_are_filtered_by_verdict_and_searched(empty_office: Office) -> None:
    empty_office.write_list(ODD)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "r")
        assert "Ditampilkan: semua   1/4" in desk.asked
        await desk.press("f")
        assert "ditolak   1/1" in desk.asked
        await desk.press("f")
        assert "diragukan   1/3" in desk.asked
        await desk.press("slash")
        await desk.type("8.12e")
        assert "21000000003" in line_with(desk, "»")
        assert "21000000002" not in desk.text
        await desk.press("enter")
        assert "/8.12e   1/1" in desk.asked
        await desk.press("escape")
        assert "semua   1/4" in desk.asked
        await desk.press("escape")
        assert "y menambah 3 orang · 1 baris tidak diambil" in desk.asked


async def test_a_reason_too_long_for_its_line_is_whole_below_the_table(empty_office: Office) -> None:
    empty_office.write_list(ODD)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "r", "down", "down", "down")
        assert "…" in line_with(desk, "»", "21000000001")
        assert "baris 6 · KPJ 21000000001" in desk.text
        assert line_with(desk, " • KPJ sudah ada di atas dengan data lain; baris yang atas yang dipakai")


# Bringing in


async def test_what_y_does_stands_there_in_numbers_and_enter_does_not_do_it(empty_office: Office) -> None:
    empty_office.write_list([*people(5), Person("22000000001", "MUDA", born=None)])
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter")
        assert "y menambah 6 orang" in desk.asked
        assert "5 orang masuk daftar telepon: Juli 2023 5" in desk.asked
        await press(desk, "enter", "enter", "escape")
        assert await desk.store.people.count() == 0
        await press(desk, "y")
        assert await desk.store.people.count() == 6
        assert await on_the_list(desk) == 5
        assert "5 orang masuk daftar telepon" in desk.asked


async def test_u_takes_the_whole_import_back_after_asking_with_numbers(office: Office) -> None:
    changed = Person("21000000001", "SUPARMAN HADI WIJAYA", hp="081234567890", balance="13000000")
    office.write_list([*people(3, first=100), changed])
    async with at_desk(office) as desk:
        await press(desk, "i", "enter")
        assert "menambah 3 orang · mengubah data 1 orang" in desk.asked
        await press(desk, "y", "u")
        assert "3 orang dihapus lagi · 1 orang kembali ke nilai lama" in desk.asked
        assert await desk.store.people.count() == 7
        await press(desk, "escape", "u", "enter")
        assert await desk.store.people.count() == 7
        await press(desk, "y")
        assert "semua seperti semula" in desk.status
        assert await desk.store.people.count() == 4
        assert await on_the_list(desk) == 4
        assert office.sql("SELECT jht_balance FROM participant WHERE kpj = '21000000001'") == [(12_000_000,)]
        await press(desk, "u")
        assert "Belum ada berkas yang diimpor dari layar ini." in desk.status


async def test_an_import_that_was_worked_with_is_not_taken_back(empty_office: Office) -> None:
    empty_office.write_list(people(2))
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "y", "f2", "enter", "1", "s", "i", "u", "y")
        assert "Tidak diurungkan" in desk.text
        assert await desk.store.people.count() == 2


async def test_b_leaves_known_people_as_they_are(office: Office) -> None:
    changed = Person("21000000001", "SUPARMAN HADI WIJAYA", hp="081234567890", balance="13000000")
    office.write_list([*people(3, first=100), changed])
    async with at_desk(office) as desk:
        await press(desk, "i", "enter", "b")
        assert "menambah 3 orang · 1 orang lama tidak diubah (b)" in desk.asked
        await press(desk, "y")
        assert await desk.store.people.count() == 7
        assert office.sql("SELECT jht_balance FROM participant WHERE kpj = '21000000001'") == [(12_000_000,)]


async def test_a_file_that_is_known_offers_nothing_to_do(empty_office: Office) -> None:
    empty_office.write_list(people(4))
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "y", "enter")
        assert "sudah diimpor 09.00" in desk.text
        assert "Semua isi berkas ini sudah dikenal" in desk.asked
        await press(desk, "y")
        assert "Semua isi berkas ini sudah dikenal" in desk.status
        assert await desk.store.people.count() == 4


async def test_the_plan_stays_while_another_desk_is_in_front(office: Office) -> None:
    name = office.write_list(people(3, first=100)).name
    async with at_desk(office) as desk:
        await press(desk, "i", "enter", "f2", "i")
        assert name in desk.header
        assert "y menambah 3 orang" in desk.asked


# What is refused


async def test_a_role_that_may_not_import_is_told_so(office: Office) -> None:
    office.write_list(people(3, first=100))
    async with at_desk(office) as desk:
        await desk.press("i")
        await desk.store.staff.act_as("magang")
        desk.app.me = await desk.store.refresh_me()
        await press(desk, "enter")
        assert "Peran Anda hari ini" in desk.text
        await press(desk, "escape", "x")
        assert "Peran Anda hari ini" in desk.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", REFUSALS)
def test_every_refused_file_is_told_in_one_line_with_the_next_step(code: str, lang: str) -> None:
    i18n.use(lang)
    said = refusal(FileRefused("daftar.xlsx", code, "x=1"))
    assert "daftar.xlsx" in said
    assert said.endswith(".")
    assert len(said) <= 100
    assert code not in said or code in ("empty", "damaged", "missing")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\x00\x01\x02binary" * 50, "bukan tabel"), (b"PK\x03\x04cut off", "rusak atau tidak lengkap")],
)
async def test_a_file_that_cannot_be_read_says_why_and_leaves_the_list(
    empty_office: Office, content: bytes, said: str
) -> None:
    (empty_office.home / "MASUK" / "rusak.xlsx").write_bytes(content)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter")
        assert said in desk.text
        assert line_with(desk, "»", "rusak.xlsx")


@pytest.mark.parametrize("name", ["[red]merah [b].csv", "a\x1b]0;x\x07b.csv", "=1+2;'.csv", "ắ" * 60 + ".csv"])
async def test_a_file_name_is_only_text(empty_office: Office, name: str) -> None:
    empty_office.write_list(people(2)).rename(empty_office.home / "MASUK" / name)
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "r", "y", "u")
        assert "\x1b" not in desk.text
        await press(desk, "y")
        assert await desk.store.people.count() == 0


async def test_a_file_name_that_is_no_utf_8_is_brought_in_too(empty_office: Office) -> None:
    path = empty_office.write_list(people(2))
    path.rename(path.with_name(os.fsdecode(b"daftar \xe9.csv")))
    async with at_desk(empty_office) as desk:
        await press(desk, "i", "enter", "y")
        assert await desk.store.people.count() == 2
        desk.text.encode()
        assert line_with(desk, "daftar \ufffd.csv", "sudah diimpor")


def test_every_reason_flag_and_verdict_has_words() -> None:
    assert set(FLAGS) <= set(REASONS)
    for lang in LANGS:
        i18n.use(lang)
        assert len({i18n._(words)[0] for words in VERDICTS.values()}) == len(VERDICTS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
async def test_what_does_not_fit_shows_a_mark(empty_office: Office, size: tuple[int, int], lang: str) -> None:
    shutil.copy(make(empty_office.home, 7).path, empty_office.home / "MASUK" / ("panjang sekali " * 8 + ".xlsx"))
    async with at_desk(empty_office, lang=lang, size=size) as desk:
        for keys in (("i",), ("enter",), ("enter",), ("enter",), ("escape", "r"), ("y", "u")):
            await press(desk, *keys)
            assert not _cut_without_a_mark(desk)


def _cut_without_a_mark(desk: Desk) -> Sequence[str]:
    """Lines that are wider than their widget and do not show it."""
    return [
        shown.text
        for widget in desk.painted
        for y, shown in enumerate(widget.lines[: widget.size.height])
        if shown.width > widget.size.width and "…" not in widget.render_line(y).text
    ]
