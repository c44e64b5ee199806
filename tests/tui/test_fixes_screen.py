"""Files of corrections from MASUK, driven by keys: the file's value beside the present one, marks, one undo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.edits import Evidence
from store.rules.corrections import Field, Source
from tests.store.office import Office
from tests.tui.background import line_with, press, rest
from tests.tui.driving import Desk, at_desk

HEADINGS = ("KPJ", "NAMA", "HP", "EMAIL", "STATUS")
ROWS = (
    ("21000000001", "SUPARMAN HADI WIJAYA", "0813-7777-0001", "suparman@contoh.id", ""),
    ("21000000002", "ROSLINA", "081311112222", "roslina@@contoh", "NON AKTIF"),
    ("21000000003", "TIGOR", "8.12E+11", "", ""),
    ("29999999999", "TIDAK DIKENAL", "081234567899", "", ""),
)


def write_fixes(office: Office, name: str = "koreksi.csv", rows: tuple[tuple[str, ...], ...] = ROWS) -> Path:
    path = office.home / "MASUK" / name
    path.write_text("\n".join(";".join(row) for row in (HEADINGS, *rows)), encoding="utf-8")
    return path


@pytest.fixture
async def inbox(office: Office) -> Office:
    """The office of four people with a file of corrections, and nothing else, in MASUK."""
    for path in (office.home / "MASUK").iterdir():
        path.unlink()
    write_fixes(office)
    return office


def values(office: Office) -> list[tuple[object, ...]]:
    phones = "SELECT kpj, e164, position FROM phone JOIN participant ON participant.id = participant_id ORDER BY 1, 3"
    return [*office.sql("SELECT kpj, email, active FROM participant ORDER BY kpj"), *office.sql(phones)]


@pytest.mark.parametrize(("lang", "size"), [("id", (80, 24)), ("en", (120, 40))])
async def test_a_file_is_shown_value_by_value_taken_as_marked_and_taken_back_by_one_u(
    inbox: Office, lang: str, size: tuple[int, int]
) -> None:
    def by(indonesian: str, english: str) -> str:
        return indonesian if lang == "id" else english

    before = values(inbox)
    async with at_desk(inbox, lang=lang, size=size) as desk:
        await press(desk, "i", "k")
        assert by("baru 1 · ", "new 1 · ") in desk.text
        assert by("KPJ tidak dikenal: 1 baris", "KPJ not known: 1 rows") in desk.text
        assert by("menerima 3 nilai", "takes 3 values") in desk.asked
        # Every value stands beside the present one; what cannot be used is told whole below.
        await press(desk, "r")
        first = line_with(desk, "» [x]", "21000000001")
        assert "0813-7777-0001" in first
        assert "0812…890" in first
        assert "0812…890 · " in line_with(desk, by("Tercatat:", "Present:"))
        unusable = line_with(desk, "21000000002", "“roslina@@con")
        assert by("T tak pakai", "X unusable") in unusable
        assert line_with(desk, "29999999999", by("T ditolak", "X not taken"))
        # By row, by field, one by one, and all.
        await press(desk, "b")
        assert "[ ]" in line_with(desk, "»", "21000000001")
        await press(desk, "b", "j")
        assert "[ ]" in line_with(desk, "»", "21000000001")
        assert "[x]" in line_with(desk, "suparman@conto")
        await press(desk, "a", "end", "space")
        assert by("Ini tidak bisa diterima", "This one cannot be taken") in desk.text
        await press(desk, "home", "v")
        assert "0812-3456-7890" in line_with(desk, by("Tercatat:", "Present:"))
        await press(desk, "t")
        await desk.type("PT SAWIT")
        await press(desk, "enter")
        assert "PT SAWIT" in desk.asked
        assert by("mengisi 1 nilai · mengganti 2", "fills 1 values · replaces 2") in desk.asked
        assert values(inbox) == before
        await press(desk, "t", "enter")  # begun by t: neither t nor enter does it
        assert values(inbox) == before
        await press(desk, "y")
        after = {row[0]: row[1:] for row in values(inbox)[:4]}
        assert after["21000000001"] == ("suparman@contoh.id", None)
        assert after["21000000002"] == (None, None)
        numbers = [row[1] for row in values(inbox)[4:] if row[0] == "21000000001"]
        assert numbers == ["+6281377770001", "+6281234567890"]
        assert inbox.sql("SELECT DISTINCT source, said_by FROM correction") == [("company", "PT SAWIT")]
        # Known from now on: nothing is marked by itself.
        await press(desk, "k")
        assert by("pernah diterima", "taken before") in desk.text
        await press(desk, "escape", "u")
        assert by("Urungkan", "Take back") in desk.asked
        await press(desk, "y")
        assert values(inbox) == before
    assert [len(row) for row in inbox.sql("SELECT id FROM audit WHERE action = 'correction.shown'")] == [1]


async def test_what_was_changed_here_since_is_taken_only_when_marked_by_itself(inbox: Office) -> None:
    store = await inbox.open()
    path = write_fixes(inbox)
    (row,) = await store.persons.find("21000000001")
    os.utime(path, (1_600_000_000, 1_600_000_000))  # older than what follows
    await store.corrections.put(row.participant_id, Field.EMAIL, "baru@contoh.id", Evidence(Source.PARTICIPANT))
    async with at_desk(inbox) as desk:
        await press(desk, "i", "k", "r")
        await to_line(desk, "suparman@contoh.id")
        assert "U diubah" in line_with(desk, "»", "suparman@")
        assert "[ ]" in line_with(desk, "»", "suparman@")
        assert "ditulis" in line_with(desk, "Tercatat:")
        await press(desk, "space", "t", "enter")
        assert "mengganti 3 · 1 di antaranya sudah diubah" in desk.asked
        await press(desk, "y")
    assert ("suparman@contoh.id",) in inbox.sql("SELECT email FROM participant")


async def test_a_colleagues_change_meanwhile_is_left_and_shown_with_all_three_values(inbox: Office) -> None:
    store = await inbox.open()
    async with at_desk(inbox) as desk:
        await press(desk, "i", "k", "t", "enter")
        (row,) = await store.persons.find("21000000001")
        await store.corrections.put(row.participant_id, Field.EMAIL, "lain@contoh.id", Evidence(Source.PARTICIPANT))
        await press(desk, "y")
        assert ("lain@contoh.id",) in inbox.sql("SELECT email FROM participant")
        assert "suparman@contoh.id" in line_with(desk, "Di berkas:")
        assert "la…@contoh.id" in line_with(desk, "Tercatat:")
        assert "(kosong)" in line_with(desk, "Semula:")
        await press(desk, "space")
        assert "Nilai ini baru saja diubah rekan lain" in desk.asked
        await press(desk, "t", "enter", "y")
        assert ("suparman@contoh.id",) in inbox.sql("SELECT email FROM participant")


async def test_a_column_is_corrected_and_a_list_is_turned_into_corrections(inbox: Office) -> None:
    path = inbox.home / "MASUK" / "koreksi.csv"
    path.write_text("KPJ;NAMA;Kalau darurat\n21000000001;SUPARMAN HADI WIJAYA;081377770001\n", encoding="utf-8")
    async with at_desk(inbox) as desk:
        await press(desk, "i", "enter", "k", "enter", "end", "enter", "h")
        assert "→ telepon" in line_with(desk, "Kalau darurat")
        assert "menerima 1 nilai" in desk.asked
        await press(desk, "t", "enter", "y")
        assert inbox.sql("SELECT DISTINCT source FROM correction") in ([("company",)], [("file",)])
        await press(desk, "escape")
        await rest(desk)


async def to_line(desk: Desk, text: str) -> None:
    await press(desk, "home")
    for _row in range(20):
        if any("»" in line and text[:10] in line for line in desk.lines):
            return
        await press(desk, "down")
    raise AssertionError(desk.text)
