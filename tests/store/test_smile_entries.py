"""Entri ke Smile: what has to be typed in, in which order, by whom; and the numbered sheets for employers."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from store import Store
from store.correction_rows import CorrectionFilter
from store.edits import Evidence
from store.errors import FileRefused, Invalid, NotAllowed, NothingToUndo, StaleEdit
from store.rules.corrections import Entry, Field, Source
from store.smile_rows import SmileCounts, SmilePerson, TypedBy
from tests.store.office import Office, Person, facts

SAID = Evidence(Source.PARTICIPANT)
KPJ = ("21000000001", "21000000002", "21000000003")


@pytest.fixture
async def budi(office: Office, ani: Store) -> Store:
    """An intern; three people of two companies, with six values to type into Smile."""
    rows = [
        Person(KPJ[0], "SATU", hp="081200000001", npp="23150296", company="PT SAWIT", nik="1403090307679901"),
        Person(KPJ[1], "DUA", hp="081200000002", npp="23150296", company="PT SAWIT", email="dua@contoh.id"),
        Person(KPJ[2], "TIGA", hp="081200000003", npp="00030283", company="PT KARET"),
    ]
    await office.bring_in(ani, rows)
    one, two, three = sorted(facts(office, "participant"))
    for person, field, text in (
        (one, Field.PHONE, "081300000011"),
        (two, Field.EMAIL, "-"),
        (one, Field.EMAIL, "satu@contoh.id"),
        (one, Field.EMAIL, "satu.baru@contoh.id"),
        (three, Field.ACTIVE, "non aktif"),
        (two, Field.PHONE, "0765-91234"),
    ):
        await ani.corrections.put(person, field, text, SAID)
    await ani.corrections.put(three, Field.PHONE, "081300000033", Evidence(Source.SMILE))  # stands there already
    return await office.hire(ani, "budi")


async def first(store: Store) -> SmilePerson:
    person = await store.smile.next()
    assert person is not None
    return person


def told(person: SmilePerson | None) -> tuple[str, list[str]] | None:
    return None if person is None else (person.name, [change.field.value for change in person.changes])


async def test_every_change_is_typed_once_person_by_person(office: Office, ani: Store, budi: Store) -> None:
    one = await first(budi)
    assert told(one) == ("SATU", ["phone", "email"])  # of two e-mails only the newest one
    assert (one.nik, one.changes[0].new, one.changes[1].new) == ("140309******9901", "0813…011", "sa…@contoh.id")
    assert await budi.smile.value(one.changes[0]) == "+6281300000011"
    assert await budi.smile.nik(one.participant_id) == "1403090307679901"
    shown = [row.action for row in await ani.audit.entries(5)][:2]
    assert shown == ["correction.smile-shown"] * 2
    rest = await budi.smile.done(one, one.changes[:1])
    assert told(rest) == ("SATU", ["email"])
    assert rest is not None
    two = await budi.smile.done(rest, rest.changes)
    assert told(two) == ("DUA", ["email", "phone"])
    assert two is not None
    assert two.changes[0].new == ""  # they have none: nothing to copy, nothing is invented
    with pytest.raises(Invalid):
        await budi.smile.value(two.changes[0])
    with pytest.raises(Invalid):
        await budi.smile.refused(two, two.changes, " ")
    three = await budi.smile.refused(two, two.changes, "kolom terkunci")
    assert told(three) == ("TIGA", ["active"])
    assert three is not None
    assert await budi.smile.done(three, three.changes) is None
    counts = await budi.smile.counts()
    assert counts == SmileCounts(done_today=3, refused=2, today=(TypedBy("BUDI", 3, 2),))
    states = [row.smile for row in await ani.corrections.rows(CorrectionFilter(), 0, 9)]
    assert sorted(states) == sorted([Entry.DONE] * 3 + [Entry.REFUSED] * 2 + [Entry.NOT_NEEDED] * 2)
    back = await budi.smile.undo()
    assert told(back) == ("TIGA", ["active"])
    assert told(await budi.smile.undo()) == ("DUA", ["email", "phone"])
    office.clock.pass_by(days=1)
    assert (await budi.smile.counts()).done_today == 0


async def test_what_is_taken_back_before_it_was_typed_is_typed_by_nobody(
    office: Office, ani: Store, budi: Store
) -> None:
    one = await first(budi)
    row = next(
        row for row in await ani.corrections.rows(CorrectionFilter(field=Field.PHONE), 0, 9) if row.kpj == KPJ[0]
    )
    await budi.corrections.take_back(row.correction_id)
    with pytest.raises(StaleEdit):
        await budi.smile.done(one, one.changes)
    assert told(await budi.smile.still(one.participant_id)) == ("SATU", ["email"])
    # What stood in Smile already is typed back there.
    now = await budi.smile.still(one.participant_id)
    assert now is not None
    await budi.smile.done(now, now.changes)
    newest = next(row for row in await ani.corrections.rows(CorrectionFilter(smile=Entry.DONE), 0, 9))
    await budi.corrections.take_back(newest.correction_id)
    again = await budi.smile.still(one.participant_id)
    assert again is not None
    assert await budi.smile.value(again.changes[0]) == "satu@contoh.id"
    with pytest.raises(NothingToUndo):
        await (await office.hire(ani, "cici")).smile.undo()  # who typed nothing in


async def test_two_do_not_type_the_same_person_and_smile_down_goes_on_where_it_stood(
    office: Office, ani: Store, budi: Store
) -> None:
    cici = await office.hire(ani, "cici")
    assert (await first(budi)).name == "SATU"
    assert (await first(cici)).name == "DUA"
    assert (await budi.smile.counts()).with_others == 1
    two = await first(cici)
    await cici.smile.park(two)
    assert (await cici.smile.counts()).parked
    again = await office.open("cici")
    assert ((await first(again)).name, (await first(again)).parked) == ("DUA", True)
    later = await again.smile.next(skip=two)
    assert told(later) == ("TIGA", ["active"])
    await again.smile.leave()
    one = await first(budi)
    assert told(await budi.smile.next(skip=one)) == ("DUA", ["email", "phone"])
    office.clock.pass_by(minutes=16)
    assert (await first(cici)).name == "DUA"  # still parked for her; Budi's quarter of an hour is over
    auditor = await office.hire(ani, "umar", "umum")
    with pytest.raises(NotAllowed):
        await auditor.smile.next()


def sheet(path: Path) -> list[dict[str, str]]:
    book = load_workbook(path)
    assert book.sheetnames == ["update_data_tk"]
    heads, *rows = book["update_data_tk"].iter_rows()
    assert all(cell.number_format == "@" and isinstance(cell.value, str | None) for row in rows for cell in row)
    names = [str(cell.value) for cell in heads]
    return [{name: str(cell.value or "") for name, cell in zip(names, row, strict=True) if cell.value} for row in rows]


async def test_a_sheet_for_an_employer_says_each_change_once(office: Office, ani: Store, budi: Store) -> None:
    wanted = [(row.npp, row.company, row.values) for row in await budi.smile.companies()]
    assert wanted == [("23150296", "PT SAWIT", 4), ("00030283", "PT KARET", 1)]
    target = office.home / "KELUAR" / "update.xlsx"
    with pytest.raises(NotAllowed):
        await budi.smile.export(target)
    kepesertaan = await office.hire(ani, "kirana", "kepesertaan")
    plan = await kepesertaan.smile.planned("23150296")
    assert (plan.people, plan.values, plan.left) == (2, 3, 1)  # "has no e-mail" stays to be typed by hand
    done = await kepesertaan.smile.export(target, "23150296")
    assert (done.number, done.people, done.values, done.left) == (1, 2, 3, 1)
    rows = sheet(target)
    assert rows == [
        {
            "HANDPHONE": "081300000011",
            "EMAIL": "satu.baru@contoh.id",
            "KPJ": KPJ[0],
            "NIK": "1403090307679901",
            "NAMA_LENGKAP": "SATU",
            "TGL_LAHIR": "03-07-1967",
        },
        {"HANDPHONE": "076591234", "KPJ": KPJ[1], "NAMA_LENGKAP": "DUA", "TGL_LAHIR": "03-07-1967"},
    ]
    with pytest.raises(Invalid):  # not twice by accident
        await kepesertaan.smile.export(target, "23150296")
    counts = await budi.smile.counts()
    assert (counts.exported, counts.done_today) == (3, 0)  # exported is not entered
    again = office.home / "KELUAR" / "lagi.xlsx"
    assert (await kepesertaan.smile.export_again(again, 1)).values == 3
    assert sheet(again) == rows
    with pytest.raises(FileRefused):
        await kepesertaan.smile.export(office.home / "nirgends" / "x.xlsx")
    assert [row.number for row in await budi.smile.exports()] == [1]  # what was not written was not noted
    assert (await kepesertaan.smile.export(target)).number == 3  # a number is used once
    assert sheet(target)[0]["STATUS"] == "NON AKTIF"
    count, undo = await budi.smile.taken(1)
    assert (count, [(row.number, row.waiting, row.done) for row in await budi.smile.exports()]) == (
        3,
        [(3, 1, 0), (1, 0, 3)],
    )
    assert undo is not None
    await budi.undo.undo(undo)
    count, _undo = await kepesertaan.smile.withdraw(3)
    assert (count, [row.number for row in await budi.smile.exports()]) == (1, [1])
    assert told(await budi.smile.next()) == ("DUA", ["email"])


async def test_a_refused_change_is_typed_again_on_a_person_s_word(ani: Store, budi: Store) -> None:
    one = await first(budi)
    await budi.smile.refused(one, one.changes, "Smile menolak format")
    refused = await ani.corrections.rows(CorrectionFilter(smile=Entry.REFUSED), 0, 9)
    assert {row.smile_note for row in refused} == {"Smile menolak format"}
    undo = await budi.smile.again([row.correction_id for row in refused])
    assert told(await budi.smile.still(one.participant_id)) == ("SATU", ["phone", "email"])
    assert undo is not None
    await budi.undo.undo(undo)
    assert await budi.smile.still(one.participant_id) is None


async def test_what_a_newer_change_settled_is_typed_when_that_one_is_taken_back(
    office: Office, ani: Store, budi: Store
) -> None:
    kirana = await office.hire(ani, "kirana", "kepesertaan")
    one = await first(budi)
    refused = await budi.smile.refused(
        one, [change for change in one.changes if change.field is Field.EMAIL], "ditolak"
    )
    assert told(refused) == ("SATU", ["phone"])
    (newest, *_rest) = await ani.corrections.rows(CorrectionFilter(participant_id=one.participant_id), 0, 9)
    await budi.corrections.take_back(newest.correction_id)
    now = await budi.smile.still(one.participant_id)
    assert now is not None and await budi.smile.value(now.changes[-1]) == "satu@contoh.id"
    # A sheet that went out brings its value into Smile: what stands again is typed over it.
    await kirana.smile.export(office.home / "KELUAR" / "update.xlsx", "23150296")
    phone = next(row for row in await ani.corrections.rows(CorrectionFilter(field=Field.PHONE), 0, 9) if row.export_id)
    await budi.corrections.take_back(phone.correction_id)
    back = await budi.smile.still(phone.participant_id)
    assert back is not None and back.changes[-1].field is Field.PHONE


async def test_a_sheet_says_nothing_that_the_record_holds_no_longer(office: Office, ani: Store, budi: Store) -> None:
    kirana = await office.hire(ani, "kirana", "kepesertaan")
    one = (await first(budi)).participant_id
    target = office.home / "KELUAR" / "update.xlsx"
    await kirana.corrections.put(one, Field.PHONE, "081300000099", Evidence(Source.SMILE))
    assert (await kirana.smile.planned("23150296")).values == 2
    await kirana.smile.export(target, "23150296")
    assert "HANDPHONE" not in sheet(target)[0]
    # A newer one was typed by hand while the sheet was out: called back, the old one is not sent again.
    await kirana.corrections.put(one, Field.EMAIL, "satu.lagi@contoh.id", SAID)
    now = await budi.smile.still(one)
    assert now is not None
    await budi.smile.done(now, [change for change in now.changes if change.field is Field.EMAIL])
    await kirana.smile.withdraw(1)
    await kirana.smile.export(target, "23150296")
    assert [line["KPJ"] for line in sheet(target)] == [KPJ[1]]


async def test_a_number_behind_the_first_is_history_and_nothing_for_smile(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(KPJ[0], hp="081200000001", npp="23150296"), Person(KPJ[1], npp="23150296")])
    one, two = sorted(facts(office, "participant"))
    await ani.corrections.put(one, Field.PHONE, "081300000011", SAID)
    for person, cell in ((one, "081300000011 / 081200000001 / 081300000099"), (two, "081300000022 / 081300000033")):
        office.sql("UPDATE participant SET phones_raw = ? WHERE id = ?", cell, person)
    plan = await ani.worklists.plan_cleaning("phone-unreadable", participant_ids=[one, two])
    assert (await ani.worklists.clean(plan)).changed == 2
    rows = await ani.corrections.rows(CorrectionFilter(source=Source.CLEANING), 0, 9)
    assert [(row.participant_id, row.new) for row in rows if row.smile == Entry.TO_DO] == [(two, "0813…022")]
    assert len(rows) == 3
    person = await first(ani)
    assert [(change.new, change.stands) for change in person.changes] == [("0813…011", True)]
    path = office.home / "sheet.xlsx"
    await ani.smile.export(path, "23150296")
    assert [row["HANDPHONE"] for row in sheet(path)] == ["081300000011", "081300000022"]
