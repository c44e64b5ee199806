"""Lists of NIK: read however they come, looked up one by one, taken into the record only on a person's word."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from store import Store
from store.correction_rows import CorrectionFilter
from store.errors import FileRefused, Invalid, NotAllowed, NothingToUndo, StaleEdit
from store.lookup_rows import LineRow
from store.rows import QueueFilter
from store.rules.corrections import Entry, Field, Source
from store.rules.lookups import Answer, LookupKind
from store.rules.outcomes import State
from store.workbooks.results_out import SheetOut
from tests.store.office import Office, Person, facts

NIK = ("1403090307679901", "1403090307679902", "1403090307679903")
KPJ = ("21000000001", "21000000002", "21000000003", "21000000004")
UNKNOWN = "1403090307679999"
PASTED = f"DAFTAR NIK\n{NIK[0]}\n{NIK[1]}\n\n{NIK[0]}\n{UNKNOWN}\n140309030767\n"


@pytest.fixture
async def budi(office: Office, ani: Store) -> Store:
    """An intern; four people, two of whom hold one NIK."""
    await office.bring_in(
        ani,
        [
            Person(KPJ[0], "SATU", hp="081200000001", company="PT SAWIT", nik=NIK[0], claimed="belum"),
            Person(KPJ[1], "DUA", hp="081200000002", company="PT SAWIT", nik=NIK[1], claimed="belum"),
            Person(KPJ[2], "TIGA", hp="081200000003", company="PT KARET", nik=NIK[2]),
            Person(KPJ[3], "TIGA", hp="081200000004", company="PT KARET", nik=NIK[2]),
        ],
    )
    return await office.hire(ani, "budi")


async def made(store: Store, text: str | Path = PASTED, kind: LookupKind = LookupKind.STATUS) -> int:
    list_id, _undo = await store.lookups.make(await store.lookups.plan(text), "Cek NIK Juli", kind)
    return list_id


async def first(store: Store, list_id: int) -> LineRow:
    row = await store.lookups.next(list_id)
    assert row is not None
    return row


async def test_a_pasted_list_and_a_workbook_are_read_the_same(office: Office, budi: Store) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rekap iuran"])
    sheet.append(["NO", "NIK", "NO HP", "NAMA TK"])
    for n, nik in enumerate((NIK[0], NIK[1], NIK[0], UNKNOWN), 1):
        sheet.append([n, nik, "081234567890", "SATU"])
    sheet.append([5, 1403090307679910, "", "BULAT"])  # a number of a workbook: its last digit may be lost
    path = office.home / "MASUK" / "iuran.xlsx"
    book.save(path)
    pasted, read = await budi.lookups.plan(PASTED), await budi.lookups.plan(path)
    for plan in (pasted, read):
        assert [line.read.nik for line in plan.lines] == [NIK[0], NIK[1], UNKNOWN]
        assert (plan.repeated, plan.known, plan.several) == (1, 2, 0)
    assert [(row.told, row.read.problem) for row in pasted.unread] == [("140309030767", "kpj-unusable")]
    assert [row.read.problem for row in read.unread] == ["nik-rounded"]
    cards = await budi.lookups.plan("\n".join(KPJ[:2]))
    assert [line.read.kpj for line in cards.lines] == list(KPJ[:2])
    both = await budi.lookups.plan(f"{NIK[2]}\n{NIK[2]};{KPJ[3]}\n")
    assert (both.known, both.several) == (1, 1)  # the card tells which of the two is meant
    with pytest.raises(FileRefused):
        await budi.lookups.plan("  ")
    with pytest.raises(Invalid):
        await budi.lookups.make(await budi.lookups.plan("tidak ada NIK di sini"), "Kosong", LookupKind.STATUS)


async def test_one_after_the_other_with_what_loket_knows_beside(office: Office, ani: Store, budi: Store) -> None:
    list_id = await made(budi)
    row = await first(budi, list_id)
    assert (row.known_name, row.company, row.kpj, row.nik) == ("SATU", "PT SAWIT", KPJ[0], "140309******9901")
    assert await budi.lookups.value(row, "nik") == NIK[0]
    assert next(entry.action for entry in await ani.audit.entries(1)) == "correction.smile-shown"
    cici = await office.hire(ani, "cici")
    theirs = await first(cici, list_id)
    assert (theirs.known_name, (await budi.lookups.one(list_id)).with_others) == ("DUA", 1)
    third = await budi.lookups.answer(row, Answer.LEFT)
    assert third is not None
    assert (third.participant_id, await budi.lookups.value(third, "nik")) == (None, UNKNOWN)
    with pytest.raises(Invalid):
        await budi.lookups.value(third, "kpj")
    with pytest.raises(Invalid):
        await budi.lookups.answer(third, Answer.ARREARS)  # an answer to another question
    await budi.lookups.note(third, "dicek dua kali")
    with pytest.raises(StaleEdit):
        await budi.lookups.answer(third, Answer.NOT_FOUND)
    now = await budi.lookups.still(third.line_id)
    assert now is not None
    await budi.lookups.park(now)
    again = await office.open("budi")
    assert (await first(again, list_id)).parked
    assert await again.lookups.answer(now, Answer.NOT_FOUND) is None  # the other one is with Cici
    assert (await again.lookups.undo(list_id)).line_id == third.line_id
    with pytest.raises(NothingToUndo):
        await budi.lookups.undo(await made(budi))
    assert (await budi.lookups.one(list_id)).answered == 1
    await budi.lookups.close(list_id)
    assert [each.name for each in await budi.lookups.lists()] == ["Cek NIK Juli"]
    assert len(await budi.lookups.lists(closed=True)) == 2
    umar = await office.hire(ani, "umar", "umum")
    with pytest.raises(NotAllowed):
        await umar.lookups.lists()


async def test_what_smile_says_changes_a_record_only_on_a_person_s_yes(office: Office, budi: Store) -> None:
    list_id = await made(budi, "\n".join(NIK[:2]))
    second = await budi.lookups.answer(await first(budi, list_id), Answer.LEFT)
    assert second is not None
    assert await budi.lookups.answer(second, Answer.CLAIMED) is None
    people = list(facts(office, "participant").values())
    assert [(each["active"], bool(each["claimed"])) for each in people[:2]] == [(None, False), (None, False)]
    offers = await budi.lookups.offers(list_id)
    assert [(each.name, each.field, each.present, each.wanted) for each in offers] == [
        ("SATU", "active", None, False),
        ("DUA", "claimed", False, True),
    ]
    taken = await budi.lookups.take([each.line_id for each in offers])
    assert (taken.changed, taken.proposed, await budi.lookups.offers(list_id)) == (2, False, [])
    (made_,) = await budi.corrections.rows(CorrectionFilter(), 0, 9)
    assert (made_.field, made_.new, made_.source, made_.smile) == (Field.ACTIVE, "no", Source.SMILE, Entry.NOT_NEEDED)
    assert made_.place == "Cek NIK Juli, 1"
    states = {row.kpj: row.state for row in await budi.queue.rows(QueueFilter(), 0, 9)}
    assert (states[KPJ[0]], states[KPJ[1]]) == (State.NEW, State.DONE)
    assert taken.undo is not None
    await budi.undo.undo(taken.undo)
    assert len(await budi.lookups.offers(list_id)) == 2


async def test_the_answers_go_back_as_a_file_of_texts(office: Office, ani: Store, budi: Store) -> None:
    list_id = await made(budi, f"{NIK[0]}\n{KPJ[1]}\n", LookupKind.CONTRIBUTIONS)
    second = await budi.lookups.answer(await first(budi, list_id), Answer.ARREARS, 3)
    assert second is not None
    with pytest.raises(Invalid):
        await budi.lookups.answer(second, Answer.PAID_UP, 2)
    rows = await budi.lookups.result(list_id)
    # The NIK that the list told goes back whole; the one that only Loket knows stays hidden from an intern.
    assert [(row.nik, row.answer, row.months) for row in rows] == [
        (NIK[0], Answer.ARREARS, 3),
        ("140309******9902", None, None),
    ]
    path = office.home / "KELUAR" / "hasil.xlsx"
    await budi.lookups.write(list_id, path, SheetOut("hasil", ("NIK",), [[row.nik] for row in rows]))
    cells = [cell for line in load_workbook(path)["hasil"].iter_rows(min_row=2) for cell in line]
    assert [(cell.value, cell.data_type) for cell in cells] == [(NIK[0], "s"), ("140309******9902", "s")]
    assert next(entry.action for entry in await ani.audit.entries(1)) == "correction.lookup-out"
