"""Entry into Smile and lists of NIK, driven by keys."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from textual import events

from store import Store
from store.correction_rows import CorrectionFilter
from store.edits import Evidence
from store.rules.corrections import Entry, Field, Source
from tests.store.office import Office
from tests.tui import background
from tests.tui.driving import ROUNDS, Desk, at_desk
from tui.screens.lookups import LookupFilesScreen

SAID = Evidence(Source.COMPANY, said_by="HRD")
NIK = "1403090307679901"
UNKNOWN = "1403090307679999"


@pytest.fixture
async def waiting(office: Office) -> Store:
    """Four values of two people of PT SAWIT JAYA wait for Smile, one of a third person."""
    office.sql("UPDATE participant SET nik = ?, npp = '23150296' WHERE kpj = ?", NIK, "21000000001")
    store = await office.open()
    ids = [row.participant_id for row in await store.persons.find("2100000")]
    people = {(await store.persons.open(each)).kpj[-1]: each for each in ids}
    for person, field, text in (
        ("1", Field.PHONE, "081300000011"),
        ("1", Field.EMAIL, "suparman@contoh.id"),
        ("2", Field.EMAIL, "-"),
        ("2", Field.ACTIVE, "non aktif"),
        ("3", Field.PHONE, "081300000033"),
    ):
        await store.corrections.put(people[person], field, text, SAID)
    return store


async def states(store: Store) -> list[str]:
    return [row.smile for row in reversed(await store.corrections.rows(CorrectionFilter(), 0, 9))]


async def paste(desk: Desk, text: str) -> None:
    desk.app.post_message(events.Paste(text))
    for _look in range(ROUNDS):  # the screen that reads it comes first, then what is in it
        await background.rest(desk)
        screen = desk.app.screen
        if isinstance(screen, LookupFilesScreen) and screen.plan is not None:
            await desk.settle()
            return
    raise AssertionError(f"what was pasted is not read:\n{desk.text}")


async def test_two_keys_a_value_and_the_next_person_stands_there(office: Office, waiting: Store) -> None:
    async with at_desk(office) as desk:
        await desk.press("f4", "s")
        assert "SUPARMAN HADI WIJAYA" in desk.text
        assert "0813…011" in desk.text
        assert "081300000011" not in desk.text  # masked until somebody copies it, and that is in the trail
        await desk.press("c")
        assert "081300000011" in desk.text
        assert [row.action for row in await waiting.audit.entries(1)] == ["correction.smile-shown"]
        # A key that was pressed before a colleague corrected the number again does not note the new one as typed.
        early = events.Key("1", "1")
        (person,) = await waiting.persons.find("21000000001")
        await waiting.corrections.put(person.participant_id, Field.PHONE, "081300000099", SAID)
        await desk.app._look()
        desk.app.post_message(early)
        await desk.settle()
        assert "tidak ada yang dikerjakan" in desk.status
        assert (await waiting.smile.counts()).done_today == 0
        await desk.press("1", "c", "1")
        assert await states(waiting) == ["", Entry.DONE, *[Entry.TO_DO] * 3, Entry.DONE]
        assert "ROSLINA" in desk.text
        assert "2 selesai hari ini" in desk.asked
        # "Has no e-mail" is never an address: nothing is copied, and what to do is said.
        await desk.press("c")
        assert "Tidak ada yang disalin" in desk.text
        assert "kosongkan alamatnya" in desk.text
        await desk.press("2", "enter")
        assert "Tulis beberapa kata" in desk.text
        await desk.type("kolom terkunci")
        await desk.press("escape", "2")
        assert "kolom terkunci" in desk.asked  # what was typed is kept
        await desk.press("f2", "f4", "s", "2", "enter")
        assert (await states(waiting))[2] == Entry.REFUSED
        await desk.press("u")
        assert "perlu dientri lagi: ROSLINA" in desk.status
        await desk.press("a")
        assert (await states(waiting))[2:4] == [Entry.DONE] * 2
        # Smile stands still: after a restart the list goes on here.
        await desk.press("m")
        assert "TIGOR" in desk.status
    async with at_desk(office, lang="en", size=(120, 40)) as desk:
        await desk.press("f4", "s")
        assert "TIGOR [VIP] [/b]" in desk.text
        assert "Smile stood still here last time" in desk.text
        # Taken back before it was typed: it goes from the screen with the next key, and nothing is written.
        (row,) = await waiting.corrections.rows(CorrectionFilter(smile=Entry.TO_DO), 0, 9)
        await waiting.corrections.take_back(row.correction_id)
        await desk.press("1")
        assert "Settled by a colleague meanwhile" in desk.status
        assert "Nothing has to be typed into Smile." in desk.text
        assert (await waiting.smile.counts()).done_today == 4
        await desk.press("1")
        assert "It stands in Smile: Nothing has to be typed into Smile." in desk.text


async def test_a_sheet_goes_out_once_and_is_entered_only_when_somebody_says_so(office: Office, waiting: Store) -> None:
    async with at_desk(office) as desk:
        await desk.press("f4", "s", "l", "4")
        assert "Belum ada lembar" in desk.text
        await desk.press("n", "down", "enter")
        assert "2 nilai dari 2 orang? 1 tetap" in " ".join(desk.asked.split())
        await background.press(desk, "escape", "n", "enter", "y")
        (file,) = waiting.outbox.glob("update_data_tk-*.xlsx")
        rows = list(load_workbook(file)["update_data_tk"].iter_rows(values_only=True))
        assert [row[11] for row in rows] == ["KPJ", "21000000001", "21000000002", "21000000003"]
        assert [row[4] for row in rows] == ["EMAIL", "suparman@contoh.id", "", ""]
        assert await states(waiting) == [Entry.TO_DO] * 5
        await background.press(desk, "n")
        assert "Tidak ada yang menunggu yang bisa dimuat lembar" in desk.text
        await background.press(desk, "o", "7", "enter")
        assert "Tidak ada lembar 7 di sini." in desk.text
        await background.press(desk, "o", "1", "enter")
        assert len(list(waiting.outbox.glob("update_data_tk-*.xlsx"))) == 2
        await desk.press("t", "y")
        assert (await states(waiting)).count(Entry.DONE) == 4
        await desk.press("u", "w", "y")
        assert (await waiting.smile.counts()).to_do == 5
        await desk.press("1")
        assert "1/5" in desk.asked
        await desk.press("escape", "1", "l", "2")
        assert "sudah di Smile" in desk.header
        await desk.press("b", "1")
        assert "1/5" in desk.asked


async def test_a_pasted_list_is_looked_up_and_goes_back_as_a_file(office: Office, waiting: Store) -> None:
    async with at_desk(office) as desk:
        await desk.press("f4", "d")
        assert "Tidak ada daftar" in desk.text
        await paste(desk, f"NIK\n{NIK}\n21000000002\n{UNKNOWN}\n{NIK}\n14030903076799\n")
        assert "3 baris untuk dicek" in desk.text
        assert "1 baris tidak menyebut siapa pun" in desk.text
        assert NIK not in desk.text
        await desk.press("1", "enter", "enter")
        assert "SUPARMAN HADI WIJAYA" in desk.text
        assert "PT SAWIT JAYA" in desk.text
        await desk.press("n")
        assert "1 4 0 3   0 9 0 3   0 7 6 7   9 9 0 1" in desk.text
        await desk.press("2", "x", "enter")
        assert "bukan jumlah bulan" in desk.text
        await desk.press("backspace", "3", "enter")  # what was refused stays in the line
        assert "ROSLINA" in desk.text
        await desk.press("m", "enter")
        assert "ROSLINA" in desk.text
        await desk.press("1")
        assert "Bukan peserta kantor ini." in desk.text
        await desk.press("t", *"cek", "enter", "3")
        assert "Semua sudah dicek" in desk.text
        await desk.press("u")
        assert "Catatan: cek" in desk.text
        await desk.press("3", "escape")
        assert "semua dijawab" in desk.text
        await background.press(desk, "b")
        (file,) = waiting.outbox.glob("cek-smile-*.xlsx")
        rows = [list(row) for row in load_workbook(file)["iuran"].iter_rows(values_only=True)][1:]
        assert [(row[1], row[4], row[9], row[10], row[11]) for row in rows] == [
            (NIK, "SUPARMAN HADI WIJAYA", "menunggak", "3", None),
            (None, "ROSLINA", "lunas", None, None),
            (UNKNOWN, None, "tidak ditemukan", None, "cek"),
        ]


async def test_what_smile_says_is_taken_into_the_record_on_a_yes(office: Office, waiting: Store) -> None:
    path = waiting.inbox / "daftar nik.csv"
    path.write_text("NO;KPJ;NAMA\n1;21000000001;SUPARMAN H\n2;21000000002;ROSLINA\n", encoding="utf-8")
    (waiting.inbox / "daftar 1.csv").unlink()
    async with at_desk(office, lang="en") as desk:
        await background.press(desk, "f4", "d", "n", "enter", "2", "enter", "enter")
        assert "on the list: SUPARMAN H" in desk.text
        await desk.press("1", "3", "escape", "d")
        assert "has claimed" in background.line_with(desk, "ROSLINA")
        await desk.press("A", "t", "y")
        assert "2 values changed" in desk.status
        people = {
            row.kpj[-1]: await waiting.persons.open(row.participant_id) for row in await waiting.persons.find("2100000")
        }
        assert (people["1"].active, people["2"].claimed) == (True, True)
        await desk.press("u")
        assert "0 marked" in desk.asked
        await desk.press("escape", "l")
        assert "has claimed" in background.line_with(desk, "ROSLINA")
        await desk.press("escape", "t")
        assert "There is no list." in desk.text
        await desk.press("u")
        assert "all answered" in desk.text
