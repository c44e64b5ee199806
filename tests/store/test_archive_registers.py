"""Registers of older years, codes that are filled in, finding a file, and what who may see of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from store.archive_contents import COLUMNS
from store.archive_find import found_ids
from store.archive_rows import PlaceFilter
from store.errors import NotAllowed, NotFound
from store.rules.archive import PlaceKind
from store.rules.archive_terms import read_sought
from tests.store.office import Office
from tests.store.test_archive import JULY, boxes, complete, paid, why
from tests.store.voucher_desk import desk

REGISTER = (
    *(("REGISTER ARSIP VOUCHER JHT",), ("TAHUN 2016",), (), (), (), ()),
    (
        *("Kode Klasifikasi", "Nomor Penetapan", "Kode Transaksi/Voucher", "No KPJ dan Nama TK", "Nama Perusahaan"),
        *("PPh 21", "Jumlah Bayar", "No Rekening Penerima", "Bank", "Atas Nama", "Jumlah (lembar) Berkas"),
        *("Tingkat Perkembangan", "Keterangan", "Nomor Boks", "Nomor Rak"),
    ),
    (
        *("JHT01", "P/1/2016", "05-09-2016 T0018 00000257", "99000000257 - SITI CONTOH", "PT CONTOH RIAU", 0),
        *(1_500_000, "1090011122", "BANK CONTOH", "SITI CONTOH", 12, "asli", "", "7", "A-1"),
    ),
    (
        "JHT01",
        "P/2/2016",
        "",
        "99000000001 - ORANG B REKAAN",
        "",
        0,
        "1.000.000,00",
        "",
        "",
        "",
        "",
        "",
        "",
        "7",
        "A-1",
    ),
    ("JHT01", "P/3/2016", "", "99000000003 - TANPA BOKS", "", 0, 900_000, "", "", "", "", "", "", "", ""),
    ("JHT01", "P/4/2016", "", "99000000004 - SALAH JUMLAH", "", 0, "tiga juta", "", "", "", "", "", "", "7", ""),
)


def register(office: Office, rows: Sequence[Sequence[Any]] = REGISTER) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2016"
    for row in rows:
        sheet.append(list(row))
    path = office.home / "MASUK" / "register 2016.xlsx"
    book.save(path)
    return path


async def test_a_register_comes_in_once_and_its_missing_codes_are_filled_with_a_yes(
    office: Office, tmp_path: Path
) -> None:
    rini, joko, head = await desk(office, paid(1, day=date(2016, 9, 5)))
    path = register(office)
    with pytest.raises(NotAllowed):
        await head.registers.plan(path)
    plan = await rini.registers.plan(path)
    (sheet,) = plan.sheets
    assert (sheet.header_row, sheet.taken, sheet.doubted, sheet.refused) == (7, 2, 1, 1)
    assert (len(plan.new), plan.places, plan.same) == (3, (("JHT", "7"),), 0)
    assert [(row.row, row.verdict, row.reasons[0].code) for row in plan.rows] == [
        (10, "doubted", "place-missing"),
        (11, "refused", "amount-unreadable"),
    ]
    done = await rini.registers.apply(plan)
    assert (done.new, done.same, done.places) == (3, 0, 1)
    again = await joko.registers.plan(path)
    assert (again.known_file, len(again.new), again.same) == (True, 0, 3)
    assert (await joko.registers.apply(plan)).same == 3

    (box,) = await rini.archive.places(PlaceFilter(program="JHT"), 0, 5)
    assert (box.number, box.shelf, box.files, box.closed_at) == ("7", "A-1", 2, office.clock())
    assert await rini.archive.next_number("JHT") == "8"
    for typed in ("siti", "0257", "jht 5/9/2016", "p/1/2016", "99000000257"):
        (found,) = await head.archive.find(typed)
        assert (found.place_number, found.shelf, found.amount) == ("7", "A-1", 1_500_000)

    lacking = await rini.archive.without_code(0, 10)
    assert [row.name for row in lacking] == ["ORANG B REKAAN", "TANPA BOKS"]
    (suggested,) = await rini.archive.suggestions([row.archived_id for row in lacking])
    assert (suggested.code, suggested.same_name, suggested.only) == ("05-09-2016 T0018 00000001", True, True)
    with pytest.raises(NotAllowed):
        await head.archive.fill_codes({suggested.archived.archived_id: suggested.payment_id})
    chosen = {suggested.archived.archived_id: suggested.payment_id}
    count, undo = await rini.archive.fill_codes(chosen)
    assert (count, (await why(joko.archive.fill_codes(chosen)))[0]) == (1, "has-code")
    assert [row.code[-3:] for row in await rini.archive.contents(box.place_id)] == ["001", "257"]
    again = await joko.registers.plan(path)
    assert (len(again.new), again.same) == (0, 3)  # whose code was filled is no other file
    wrong = {lacking[1].archived_id: suggested.payment_id}
    assert (await why(joko.archive.fill_codes(wrong)))[0] == "code-taken"
    assert [row.name for row in await rini.archive.find("00000001")] == ["ORANG B REKAAN"]
    assert undo is not None
    await rini.undo.undo(undo)
    assert await rini.archive.find("00000001") == []

    header = [f"KOLOM {name}" for name in COLUMNS]
    assert await head.archive.write_contents(box.place_id, tmp_path / "boks.xlsx", "JHT 7", header) == 2
    written = openpyxl.load_workbook(tmp_path / "boks.xlsx")["JHT 7"]
    assert [cell.value for cell in written[1]] == header
    assert [cell.value for cell in written[2]][:8] == [
        *("JHT01", "P/1/2016", "05-09-2016 T0018 00000257", "99000000257", "SITI CONTOH", "PT CONTOH RIAU"),
        *(0, 1_500_000),
    ]
    assert done.undo is not None
    await rini.undo.undo(done.undo)
    assert (await rini.archive.find("siti"), await boxes(rini)) == ([], [])
    assert len((await rini.registers.plan(path)).new) == 3


async def test_amounts_and_accounts_are_hidden_and_who_has_no_business_there_sees_nothing(office: Office) -> None:
    rini, joko, _head = await desk(office, paid(1))
    founder = await office.open()
    umi = await office.hire(founder, "umi", "umum")
    budi = await office.hire(founder, "budi", "magang")
    await rini.archive.put_many(await complete(rini, joko, paid(1)))
    (row,) = await umi.archive.find("orang")
    assert (row.amount, row.account_name) == (None, "")
    with pytest.raises(NotAllowed):
        await budi.archive.find("orang")
    assert [(row.place_number, row.amount) for row in await budi.archive.of_card(paid(1)[0].kpj)] == [("1", None)]
    for work in (budi.archive.counts(), budi.loans.out_now(), budi.retention.lists(), budi.archive.month(JULY)):
        with pytest.raises(NotAllowed):
            await work
    with pytest.raises(NotFound):
        await rini.loans.borrow(999, 1, "Pak Joni", "x")


async def test_finding_goes_by_an_index_whatever_is_typed(office: Office) -> None:
    rini, joko, _head = await desk(office, paid(1, 2, 3))
    await rini.archive.put_many(await complete(rini, joko, paid(1, 2, 3)))
    with office.raw() as database:
        asked: list[tuple[str, tuple[Any, ...]]] = []
        told = database.rows

        def listened(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            asked.append((sql, tuple(values)))
            return told(sql, values)

        database.rows = listened  # type: ignore[method-assign]  # only to hear what is asked
        for typed in ("orang", "orang b", "jht 31-07-2023", "2023", "jht 7/2023 orang rekaan", "99000 257"):
            found_ids(database, read_sought(typed), 50)
        assert len(asked) > 10
        if not office.is_sqlite:
            database.peewee.execute_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if office.is_sqlite else "EXPLAIN "
        plans = [told(explain + sql, values) for sql, values in asked]
    lines = [str(row) for plan in plans for row in plan]
    assert not [line for line in lines if re.search(r"SCAN (?:[at]|o|archived\w*)'|Seq Scan", line)]


HEADINGS = REGISTER[:7]


async def test_a_box_with_papers_of_unknown_day_is_destroyed_only_by_a_day_that_somebody_said(office: Office) -> None:
    rini, joko, _head = await desk(office, [])
    await (await office.open()).office.set_setting("archive.retention", {"JHT": 10})
    old = ("JHT01", "P/1", "05-09-2010 T0018 00000257", "99000000257 - SITI CONTOH", "", 0, 1_500_000)
    rest = [("JHT01", f"P/{n}", "", f"9900000000{n} - ORANG {n}", "", 0, 900_000) for n in (2, 3)]
    place = ("", "", "", "", "", "", "9", "")
    await rini.registers.apply(await rini.registers.plan(register(office, [*HEADINGS, (*old, *place)])))
    (box,) = await rini.retention.due()
    assert (box.number, box.undated, box.keep_until) == ("9", 0, date(2020, 12, 31))

    path = register(office, [*HEADINGS, *((*each, *place) for each in rest)])
    await rini.registers.apply(await rini.registers.plan(path))
    assert await rini.retention.due() == []
    (box,) = await rini.archive.places(PlaceFilter(), 0, 5)
    assert (box.files, box.undated, box.keep_until, box.last_day) == (3, 2, None, date(2010, 9, 5))
    assert await why(rini.retention.propose([box.place_id])) == ("undated", "9", "2")
    await rini.retention.keep_until(box.place_id, box.version, date(2022, 12, 31))
    assert [row.number for row in await rini.retention.due()] == ["9"]

    number, _undo = await rini.retention.propose([box.place_id])
    await joko.retention.approve(number, 1)
    await rini.retention.carry_out(number, 2, "dicacah", ["Bu Ratna"])
    late = ("JHT01", "P/7", "", "99000000007 - ORANG G", "", 0, 700_000)
    plan = await rini.registers.plan(register(office, [*HEADINGS, (*late, *place)]))
    assert (plan.places, plan.destroyed) == ((), (("JHT", "9", 1),)), "what would count as destroyed is said before"


async def test_a_file_whose_code_lies_in_a_box_by_a_register_is_not_put_in_a_second_time(office: Office) -> None:
    files = paid(1, 2)
    rini, joko, _head = await desk(office, files)
    ids = await complete(rini, joko, files)
    row = ("JHT01", "P/1", files[0].code, f"{files[0].kpj} - {files[0].name}", "", 0, 1_000_000)
    path = register(office, [*HEADINGS, (*row, "", "", "", "", "", "", "8", "A-1")])
    await rini.registers.apply(await rini.registers.plan(path))
    assert [each.lies for each in await rini.archive.waiting(0, 5)] == ["JHT 8", ""]
    refusal = ("lies-already", files[0].name, "JHT 8")
    assert await why(rini.archive.put(ids[0])) == refusal
    place, _undo = await rini.archive.make(PlaceKind.SCAN, "2023")
    assert await why(rini.archive.put(ids[0], place)) == refusal
    assert await why(rini.archive.put_many(ids)) == refusal
    (listed,) = await rini.archive.find(files[0].code)
    await rini.archive.take_out(listed.archived_id, listed.version, "ganda")
    assert len((await rini.archive.put_many(ids))[0]) == 2
