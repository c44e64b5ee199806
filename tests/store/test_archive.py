"""The archive through the store's door: boxes fill in order, what is missing, loans, destruction, registers."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import date

import pytest

from store import Store
from store.archive_rows import PlaceFilter
from store.errors import ArchiveRefused, Invalid, NotAllowed, OwnWork, StaleEdit, UndoRefused
from store.rules.archive import PlaceKind, Whereabouts
from store.rules.dates import parse_period
from store.rules.vouchers import FileState as S
from tests.store.office import Office, Person
from tests.store.test_claim_files import state_of
from tests.store.test_stacks import EVERYBODY
from tests.store.test_vouchers import refusal
from tests.store.voucher_desk import Paid, confirmed, desk

JULY = parse_period("2023-07")


def paid(*numbers: int, program: str = "JHT", day: date = date(2023, 7, 31)) -> list[Paid]:
    return [Paid(n, f"ORANG {'ABCDEFGHIJ'[n % 10]} REKAAN", 1_000_000 * n, program, day=day) for n in numbers]


async def complete(first: Store, other: Store, wanted: Sequence[Paid]) -> list[int]:
    """Files with every signature, in the order given."""
    ids = await confirmed(first, other, wanted)
    for file_id in ids:
        await first.stacks.sign(file_id, EVERYBODY)
    return ids


async def why(work: Awaitable[object]) -> tuple[str, str, str]:
    with pytest.raises(ArchiveRefused) as refused:
        await work
    return refused.value.why, refused.value.name, refused.value.detail


async def boxes(store: Store) -> list[tuple[str, str, int]]:
    return [(row.program, row.number, row.files) for row in await store.archive.places(PlaceFilter(), 0, 50)]


async def test_files_go_between_their_neighbours_and_a_full_box_makes_the_next(office: Office) -> None:
    files = paid(1, 2, 3, 4, 5)
    rini, joko, head = await desk(office, files)
    founder = await office.open()
    await founder.office.set_setting("archive.capacity", 3)
    await office.bring_in(founder, [Person(files[0].kpj, "ORANG B REKAAN", npp="00030283", company="PT CONTOH RIAU")])
    ids = await complete(rini, joko, files[:4])
    assert [row.file.file_id for row in await rini.archive.waiting(0, 10)] == ids
    assert (await rini.archive.where_to(ids[0])).number == "1"
    first, undo = await rini.archive.put(ids[3])
    assert (first.number, first.made, await state_of(rini, ids[3])) == ("1", True, S.ARCHIVED)
    with pytest.raises(NotAllowed):
        await head.archive.put(ids[0])
    assert await refusal(rini.archive.put(ids[3])) == (S.ARCHIVED, "state")
    await joko.archive.put(ids[0])
    where = await rini.archive.where_to(ids[1])
    assert (where.position, where.before, where.after) == (2, files[0].code, files[3].code)

    put, both = await rini.archive.put_many([ids[2], ids[1]])
    assert [(each.file_id, each.number, each.made) for each in put] == [(ids[1], "1", False), (ids[2], "2", True)]
    assert await boxes(rini) == [("JHT", "1", 3), ("JHT", "2", 1)]
    lying = await joko.archive.contents(first.place_id)
    assert [row.code for row in lying] == [files[0].code, files[1].code, files[3].code]
    assert (lying[0].company, lying[0].npp, lying[0].amount, lying[0].original) == (
        *("PT CONTOH RIAU", "00030283", 1_000_000, "asli"),
    )
    assert await rini.archive.count_waiting() == 0
    (gap,) = await rini.archive.gaps(first.place_id)
    assert (gap.listed.code, gap.where, gap.paper.place) == (files[2].code, Whereabouts.ELSEWHERE, "JHT 2")

    assert both is not None
    await rini.undo.undo(both)
    assert await boxes(rini) == [("JHT", "1", 2)]
    assert await state_of(rini, ids[1]) is S.COMPLETE
    assert undo is not None
    await rini.undo.undo(undo)  # a colleague's file lies in the box that this write made
    assert await boxes(rini) == [("JHT", "1", 1)]


async def test_what_is_taken_out_waits_again_and_an_undo_never_puts_it_into_two_places(office: Office) -> None:
    files = paid(1, 2)
    rini, joko, _head = await desk(office, files)
    ids = await complete(rini, joko, files)
    (one, _two), _undo = await rini.archive.put_many(ids)
    with pytest.raises(Invalid):
        await rini.archive.take_out(one.archived_id, 1, " ")
    undo = await rini.archive.take_out(one.archived_id, 1, "kurang lampiran")
    assert await state_of(rini, ids[0]) is S.COMPLETE
    assert [row.code for row in await rini.archive.contents(one.place_id)] == [files[1].code]
    assert await rini.archive.read(one.archived_id) is None
    aside, _undo = await joko.archive.note_trouble(ids[0], "surat kuasa tidak ada")
    assert undo is not None
    with pytest.raises(UndoRefused):
        await rini.undo.undo(undo)
    assert ((await rini.archive.counts()).waiting, (await rini.archive.counts()).troubles) == (0, 1)
    (trouble,) = await rini.archive.troubles(0, 10)
    assert (trouble.name, trouble.trouble) == (files[0].name, "surat kuasa tidak ada")
    again, _undo = await rini.archive.put(ids[0])
    assert (again.archived_id, await rini.archive.troubles(0, 10)) == (aside, [])

    loose, _undo = await rini.archive.note_loose("JKM", "tanpa kode", name="SITI LAMA", dated=date(2009, 3, 1))
    with pytest.raises(Invalid):
        await rini.archive.note_loose("JKM", "tanpa nama")
    shelf, _undo = await rini.archive.make(PlaceKind.SCAN, "2009", shelf="rak 1")
    await rini.archive.move(loose, 1, shelf)
    (found,) = await rini.archive.find("jkm 2009 siti")
    assert (found.place_kind, found.place_number, found.shelf, found.trouble) == (PlaceKind.SCAN, "2009", "rak 1", "")


async def test_places_are_made_renamed_closed_and_removed_by_who_keeps_the_archive(office: Office) -> None:
    rini, joko, head = await desk(office, paid(1))
    founder = await office.open()
    await office.hire(founder, "umi", "umum")
    umi = office.opened[-1]
    box, undo = await umi.archive.make(PlaceKind.BOX, program="JHT", shelf=" A 1 ", period="2023-07")
    assert await umi.archive.next_number("JHT") == "2"
    folder, _undo = await umi.archive.make(PlaceKind.NPP_FOLDER, "00030283", note="PU")
    for wrong in ({"period": "2023-13"}, {"capacity": -1}, {"number": " "}, {"number": "x" * 41}, {"made_by": "2"}):
        with pytest.raises(Invalid):
            await umi.archive.change(box, 1, wrong)
    with pytest.raises(Invalid):
        await umi.archive.make(PlaceKind.BOX, program="JKX")
    with pytest.raises(NotAllowed):
        await head.archive.make(PlaceKind.BOX, program="JHT")
    assert await why(rini.archive.make(PlaceKind.BOX, "1", program="JHT")) == ("number-taken", "1", "")
    await rini.archive.change(box, 1, {"shelf": "B 2", "capacity": 1})
    with pytest.raises(StaleEdit):
        await umi.archive.change(box, 1, {"shelf": "C 3"})
    row = await umi.archive.place(box)
    assert row is not None
    assert (row.shelf, row.capacity, row.room, row.period, row.made_by) == ("B 2", 1, 1, "2023-07", "UMI")

    ids = await complete(rini, joko, paid(1))
    await rini.archive.close(box, 2)
    assert (await why(rini.archive.put(ids[0], box)))[:2] == ("closed", "1")
    assert (await why(rini.archive.close(box, 3)))[0] == "closed"
    await rini.archive.reopen(box, 3)
    await rini.archive.put(ids[0], box)
    assert (await why(rini.archive.remove(box, 4))) == ("not-empty", "1", "1")
    assert undo is not None
    with pytest.raises(UndoRefused):
        await umi.undo.undo(undo)
    removed = await rini.archive.remove(folder, 1)
    assert await umi.archive.place(folder) is None
    again, _undo = await umi.archive.make(PlaceKind.NPP_FOLDER, "00030283")
    assert removed is not None
    with pytest.raises(UndoRefused):
        await rini.undo.undo(removed)
    assert [row.place_id for row in await umi.archive.places(PlaceFilter(text="0003"), 0, 5)] == [again]


async def test_a_month_ends_when_every_paper_lies_in_a_place(office: Office) -> None:
    files = [*paid(1, 2, 3, 4, 5), *paid(6, program="JKM")]
    rini, joko, _head = await desk(office, files)
    ids = await complete(rini, joko, files[:2])
    out = (await confirmed(rini, joko, [files[2]]))[0]
    await rini.stacks.send([out], "Bu Ratna")
    await rini.stacks.sign(out, ["kantor"])
    (one, two), _undo = await rini.archive.put_many(ids)
    await rini.loans.borrow(two.archived_id, 1, "Pak Joni", "pemeriksaan")
    month = await rini.archive.month(JULY)
    assert [(row.program, row.listed, row.archived) for row in month.rows] == [("JHT", 5, 1), ("JKM", 1, 0)]
    told = {gap.listed.code: gap for gap in month.gaps}
    assert [(code, gap.where) for code, gap in told.items()] == [
        (files[1].code, Whereabouts.BORROWED),
        (files[2].code, Whereabouts.UNSIGNED),
        (files[3].code, Whereabouts.NOT_RECEIVED),
        (files[4].code, Whereabouts.NOT_RECEIVED),
        (files[5].code, Whereabouts.NOT_RECEIVED),
    ]
    unsigned = told[files[2].code].paper
    assert (unsigned.with_whom, unsigned.unsigned) == ("Bu Ratna", ("pelayanan", "keuangan"))
    assert unsigned.since == office.clock()
    assert not month.complete
    await rini.archive.change(one.place_id, 1, {"period": "2023-07"})
    assert [gap.listed.code for gap in await rini.archive.gaps(one.place_id)] == [each.code for each in files[1:5]]
    assert (await rini.archive.month(parse_period("2023-06"))).complete


async def test_who_borrowed_a_file_is_known_until_it_is_back(office: Office) -> None:
    files = paid(1, 2)
    rini, joko, _head = await desk(office, files)
    (one, two), _undo = await rini.archive.put_many(await complete(rini, joko, files))
    for borrower, reason, due in (("", "x", None), ("Pak Joni", " ", None), ("Pak Joni", "x", date(2023, 7, 30))):
        with pytest.raises(Invalid):
            await rini.loans.borrow(one.archived_id, 1, borrower, reason, due)
    loan, undo = await rini.loans.borrow(one.archived_id, 1, "Pak Joni", "pemeriksaan")
    assert (await why(joko.loans.borrow(one.archived_id, 1, "Bu Ratna", "audit"))) == (
        "on-loan",
        files[0].name,
        "Pak Joni",
    )
    assert (await why(joko.archive.take_out(one.archived_id, 1, "salah")))[0] == "on-loan"
    (row,) = await joko.loans.out_now()
    assert (row.borrower, row.due_on, row.late, row.archived.place_number) == ("Pak Joni", date(2023, 8, 7), False, "1")
    office.clock.pass_by(days=8)
    assert [row.loan_id for row in await joko.loans.late()] == [loan]
    assert (await joko.archive.counts()).late == 1
    await joko.loans.extend(loan, 1, date(2023, 8, 9))
    assert await joko.loans.late() == []
    assert undo is not None
    with pytest.raises(UndoRefused):
        await rini.undo.undo(undo)
    other, _undo = await rini.loans.borrow(two.archived_id, 1, "Bu Ratna", "audit", date(2023, 8, 8))
    assert [row.loan_id for row in await rini.loans.out_now()] == [other, loan]
    count, back = await joko.loans.give_back([loan, other])
    assert (count, await rini.loans.out_now()) == (2, [])
    assert (await why(joko.loans.give_back([loan])))[0] == "not-on-loan"
    await rini.loans.borrow(one.archived_id, 1, "Bu Ratna", "audit")
    assert back is not None
    with pytest.raises(UndoRefused):
        await joko.undo.undo(back)
    assert [row.borrower for row in await rini.loans.of_file(one.archived_id)] == ["Bu Ratna", "Pak Joni"]


async def test_boxes_are_destroyed_only_when_their_time_is_over_and_somebody_else_said_yes(office: Office) -> None:
    files = paid(1, day=date(2010, 3, 1)) + paid(2)
    rini, joko, head = await desk(office, files)
    founder = await office.open()
    (old, new), _undo = await rini.archive.put_many(await complete(rini, joko, files))
    other, _undo = await rini.archive.make(PlaceKind.BOX, program="JHT")
    moved = await rini.archive.move(new.archived_id, 1, other)
    assert moved is not None
    assert (await why(rini.retention.propose([old.place_id])))[:2] == ("not-closed", "1")
    await rini.archive.close(old.place_id, 1)
    await rini.archive.close(other, 1)
    assert (await why(rini.retention.propose([old.place_id])))[0] == "keep-unknown"
    assert await rini.retention.due() == []
    await founder.office.set_setting("archive.retention", {"JHT": 10})
    assert [row.place_id for row in await rini.retention.due()] == [old.place_id]
    assert await why(rini.retention.propose([old.place_id, other])) == ("keep", "2", "2033-12-31")

    number, undo = await rini.retention.propose([old.place_id], "boks tahun 2010")
    assert ((await rini.archive.counts()).to_approve, await rini.retention.due()) == (1, [])
    assert (await why(joko.retention.propose([old.place_id]))) == ("listed", "1", str(number))
    assert (await why(joko.archive.reopen(old.place_id, 2)))[0] == "listed"
    with pytest.raises(OwnWork):
        await rini.retention.approve(number, 1)
    assert await why(rini.retention.carry_out(number, 1, "dicacah", ["Bu Ratna"])) == ("state", str(number), "proposed")
    approved = await head.retention.approve(number, 1)
    assert approved is not None
    await head.undo.undo(approved)
    await joko.retention.approve(number, 3)
    assert undo is not None
    with pytest.raises(UndoRefused):
        await rini.undo.undo(undo)
    with pytest.raises(NotAllowed):
        await head.retention.carry_out(number, 4, "dicacah", ["Bu Ratna"])
    with pytest.raises(Invalid):
        await rini.retention.carry_out(number, 4, "dicacah", [" "])
    loan, _undo = await rini.loans.borrow(old.archived_id, 1, "Pak Joni", "pemeriksaan")
    assert (await why(rini.retention.carry_out(number, 4, "dicacah", ["Bu Ratna"])))[0] == "on-loan"
    await rini.loans.give_back([loan])
    await rini.retention.carry_out(number, 4, "dicacah", ["Bu Ratna", "Pak Joni"], "di halaman kantor")
    (row,) = await head.retention.lists()
    assert (row.state, row.places, row.files, row.made_by, row.approved_by, row.done_by) == (
        *("done", 1, 1, "RINI", "JOKO", "RINI"),
    )
    assert (row.way, row.witnesses, row.note) == ("dicacah", ("Bu Ratna", "Pak Joni"), "di halaman kantor")
    (place,) = await head.retention.places(number)
    assert (place.number, place.destroyed_at) == ("1", office.clock())
    assert [row.number for row in await rini.archive.places(PlaceFilter(), 0, 5)] == ["2"]
    assert (await rini.archive.find(files[0].kpj))[0].destroyed_at == office.clock()
    assert (await why(rini.archive.take_out(old.archived_id, 1, "cari")))[0] == "gone"
    assert (await rini.archive.month(parse_period("2010-03"))).complete

    second, _undo = await rini.retention.propose([(await _said(rini, other))])
    await head.retention.drop(second, 1, "masih diperlukan")
    assert await rini.retention.lists(living=True) == []


async def test_an_undo_brings_nothing_onto_a_destruction_list_nor_back_from_it(office: Office) -> None:
    files = paid(1, 2, 3, day=date(2010, 3, 1))
    rini, joko, head = await desk(office, files)
    founder = await office.open()
    await founder.office.set_setting("archive.retention", {"JHT": 10})
    ids = await complete(rini, joko, files)
    one, _undo = await rini.archive.put(ids[0])
    two, put = await rini.archive.put(ids[1])
    three, _undo = await rini.archive.put(ids[2])
    other, _undo = await rini.archive.make(PlaceKind.BOX, program="JHT")
    out = await rini.archive.take_out(one.archived_id, 1, "kurang lampiran")
    moved = await rini.archive.move(three.archived_id, 1, other)
    await rini.archive.close(two.place_id, 1)
    number, _undo = await rini.retention.propose([two.place_id])
    assert put is not None and out is not None and moved is not None
    for undo in (out, moved):  # what was proposed would be more than what was seen
        with pytest.raises(UndoRefused):
            await rini.undo.undo(undo)
    await joko.retention.approve(number, 1)
    await rini.retention.carry_out(number, 2, "dicacah", ["Bu Ratna"])
    with pytest.raises(UndoRefused):
        await rini.undo.undo(put)
    assert (await state_of(rini, ids[1]), (await head.archive.counts()).waiting) == (S.ARCHIVED, 1)


async def _said(store: Store, place_id: int) -> int:
    """The place, kept only until a day that has passed, as somebody said."""
    await store.retention.keep_until(place_id, 2, date(2023, 7, 1))
    return place_id
