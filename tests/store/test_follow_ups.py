"""Follow-ups: nothing that was promised is forgotten, done twice, or done over somebody else's head."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from store import Store
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, StaleEdit, UndoRefused
from store.follow_up_rows import FollowUpFilter, FollowUpRow, Whose
from store.follow_ups import FollowUpIn
from store.rules.callbacks import CallbackTimeError
from store.rules.counter import Origin, Standard
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, facts, hold, people, wib

LATER = wib(3, 17, month=8)


async def promise(store: Store, what: str = "kirim formulir", due_at: datetime = LATER, **more: Any) -> int:
    more = {"staff_id": store.me.staff_id, "origin": Origin.OWN, **more}
    return (await store.follow_ups.make(FollowUpIn(what=what, due_at=due_at, **more)))[0]


async def shown(store: Store, whose: Whose, text: str = "", origin: str | None = None) -> list[str]:
    wanted = FollowUpFilter(whose, text, origin)
    rows = await store.follow_ups.rows(wanted, 0, 50)
    assert await store.follow_ups.count(wanted) == len(rows)
    return [row.what or row.standard for row in rows]


async def the_row(store: Store, follow_up_id: int) -> FollowUpRow:
    row = await store.follow_ups.read(follow_up_id)
    assert row is not None
    return row


async def test_each_list_shows_its_own_in_the_order_of_the_due_times(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    await ani.staff.add("cici", "CICI", "Keuangan", "keuangan")
    cici = await office.open("cici")
    await promise(budi, "tiga", wib(31, 17))
    await promise(budi, "satu", wib(31, 8, 30))  # its hour has gone by
    await promise(budi, "lima", LATER, staff_id=cici.me.staff_id)
    await promise(cici, "dua", wib(31, 8, 45), staff_id=None, section="Pelayanan")
    await promise(cici, "enam", LATER, staff_id=None, origin=Origin.VOUCHER)
    assert await shown(budi, Whose.MINE) == ["satu", "tiga"]
    assert await shown(budi, Whose.SECTION) == ["satu", "dua", "tiga", "enam"]
    assert await shown(cici, Whose.SECTION) == ["lima", "enam"]
    assert await shown(budi, Whose.MADE) == ["satu", "tiga", "lima"]
    assert await shown(budi, Whose.OVERDUE) == ["satu", "dua"]
    assert await shown(budi, Whose.ALL) == ["satu", "dua", "tiga", "lima", "enam"]
    assert await shown(budi, Whose.ALL, origin=Origin.VOUCHER) == ["enam"]
    assert await shown(budi, Whose.DONE) == []
    counts = await budi.follow_ups.counts()
    assert (counts.mine, counts.mine_due, counts.mine_overdue) == (2, 2, 1)
    assert (counts.section, counts.section_due, counts.overdue) == (4, 3, 2)
    assert (await budi.office.now()).due == 2
    assert (await cici.office.now()).due == 0
    office.clock.now = wib(31, 20)
    assert await shown(budi, Whose.OVERDUE) == ["satu", "dua"]  # a day is over at midnight, not when the office closes
    office.clock.now = wib(1, 7, month=8)
    assert await shown(budi, Whose.OVERDUE) == ["satu", "dua", "tiga"]
    assert [row.overdue for row in await budi.follow_ups.rows(FollowUpFilter(), 0, 9)] == [True, True]


async def test_a_row_says_who_and_masks_the_number_until_it_is_asked_for(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", "SITI AMINAH", hp="081234567890")])
    siti = (await ani.persons.find("siti"))[0].participant_id
    known = await the_row(ani, await promise(ani, participant_id=siti, staff_id=None, section="Pelayanan"))
    assert (known.name, known.kpj, known.number) == ("SITI AMINAH", "21000000001", "0812…890")
    assert (known.staff, known.section, known.made_by, known.no_hour) == ("", "Pelayanan", "ani", True)
    stranger = await the_row(ani, await promise(ani, whom="Pak Joko 0812-9999-8888", what=Standard.OBSTACLE))
    assert (stranger.whom, stranger.standard, stranger.what) == ("Pak Joko 0812…888", Standard.OBSTACLE, "")
    assert await shown(ani, Whose.ALL, "aminah") == ["kirim formulir"]
    assert await shown(ani, Whose.ALL, "joko") == [Standard.OBSTACLE]
    assert await shown(ani, Whose.ALL, "formulir 210000") == ["kirim formulir"]
    assert [row.follow_up_id for row in await ani.follow_ups.of_person(siti)] == [known.follow_up_id]
    assert await ani.follow_ups.numbers(known.follow_up_id) == ("+6281234567890",)
    (change,) = (await ani.audit.entries(1))[0].changes
    assert change == {"table": "participant", "row_id": siti, "read": "phones"}
    assert await ani.follow_ups.numbers(stranger.follow_up_id) == ("Pak Joko 0812-9999-8888",)
    finance = await office.hire(ani, "dewi", "keuangan")
    with pytest.raises(NotAllowed):
        await finance.follow_ups.numbers(known.follow_up_id)


@pytest.mark.parametrize("how", ["done", "drop", "reassign", "reschedule", "edit"])
async def test_a_change_is_kept_and_taken_back_and_meets_a_faster_colleague(
    office: Office, ani: Store, how: str
) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    made = await promise(ani)
    before = facts(office, "follow_up", without=("version",))

    async def change(store: Store, version: int) -> Any:
        desk = store.follow_ups
        match how:
            case "done":
                return await desk.done(made, version, "sudah dikirim")
            case "drop":
                return await desk.drop(made, version, "tidak perlu lagi")
            case "reassign":
                return await desk.reassign(made, version, budi.me.staff_id, why="cuti")
            case "reschedule":
                return await desk.reschedule(made, version, wib(4, 17, month=8))
        return await desk.edit(made, version, "kirim formulir F5")

    seen = await the_row(budi, made)
    undo = await change(budi, seen.version)
    after = await the_row(ani, made)
    entry = (await ani.audit.entries(1))[0]
    assert (entry.action, entry.by) == (f"follow-up.{how}", "BUDI")
    expected = {
        "done": ("done", "BUDI", "sudah dikirim"),
        "drop": ("dropped", "BUDI", "tidak perlu lagi"),
    }.get(how, ("open", "", ""))
    assert (after.state, after.done_by, after.done_note) == expected
    assert after.staff == ("BUDI" if how == "reassign" else "ani")
    assert after.section == ("Pelayanan" if how == "reassign" else "")
    assert after.due_at == (wib(4, 17, month=8) if how == "reschedule" else LATER)
    assert after.what == ("kirim formulir F5" if how == "edit" else "kirim formulir")
    with pytest.raises(StaleEdit) as late:
        await change(ani, seen.version)
    assert {field.by for field in late.value.fields} == {"BUDI"}
    assert all(field.mine == field.theirs for field in late.value.fields if field.field != "done_at")
    await budi.undo.undo(undo)
    assert facts(office, "follow_up", without=("version",)) == before


async def test_who_comes_late_sees_each_field_three_times(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    made = await promise(ani, "telepon HRD")
    seen = await the_row(budi, made)
    await ani.follow_ups.edit(made, seen.version, "telepon bendahara")
    await ani.follow_ups.reschedule(made, seen.version + 1, wib(4, 17, month=8))
    with pytest.raises(StaleEdit) as late:
        await budi.follow_ups.edit(made, seen.version, "telepon mandor")
    told = {f.field: (f.original, f.mine, f.theirs, f.by) for f in late.value.fields}
    assert told == {
        "what": ("telepon HRD", "telepon mandor", "telepon bendahara", "ani"),
        "due_at": (LATER, LATER, wib(4, 17, month=8), "ani"),
    }
    assert (await the_row(ani, made)).what == "telepon bendahara"


async def test_a_look_at_the_number_is_no_change_of_a_colleague_s(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    made = await promise(ani, whom="Pak Joko 0812-9999-8888")
    await ani.follow_ups.edit(made, 1, "telepon bendahara")
    await budi.follow_ups.numbers(made)
    with pytest.raises(StaleEdit) as late:
        await budi.follow_ups.edit(made, 1, "telepon mandor")
    assert [(field.field, field.by) for field in late.value.fields] == [("what", "ani")]


async def test_of_two_who_press_done_at_once_one_has_done_it(office: Office, ani: Store) -> None:
    budi, cici = [await office.hire(ani, login, "pelayanan") for login in ("budi", "cici")]
    made = await promise(ani)
    ends = await asyncio.gather(*(s.follow_ups.done(made, 1, s.me.name) for s in (budi, cici)), return_exceptions=True)
    (late,) = [end for end in ends if isinstance(end, StaleEdit)]
    row = await the_row(ani, made)
    assert (row.state, row.version) == ("done", 2)
    assert row.done_by == row.done_note in ("BUDI", "CICI")
    assert {field.by for field in late.fields} == {row.done_by}


async def test_what_is_done_is_listed_as_done_and_is_not_done_again(office: Office, ani: Store) -> None:
    first, second = await promise(ani, "satu"), await promise(ani, "dua")
    await ani.follow_ups.done(first, 1)
    office.clock.pass_by(minutes=1)
    await ani.follow_ups.drop(second, 1, "salah catat")
    assert await shown(ani, Whose.DONE) == ["dua", "satu"]
    assert await shown(ani, Whose.ALL) == []
    with pytest.raises(Invalid) as over:
        await ani.follow_ups.reschedule(first, 2, LATER)
    assert (over.value.value, over.value.problem) == ("done", "not-open")


async def test_what_was_taken_back_is_gone_and_what_others_did_with_it_stays(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    mine = FollowUpIn("satu", Origin.OWN, LATER, staff_id=budi.me.staff_id)
    first, undo_first = await ani.follow_ups.make(mine)
    second, undo_second = await ani.follow_ups.make(mine)
    assert undo_first is not None
    assert undo_second is not None
    await ani.undo.undo(undo_first)
    assert await ani.follow_ups.read(first) is None
    with pytest.raises(NotFound):
        await budi.follow_ups.done(first, 1)
    await budi.follow_ups.done(second, 1, "beres")
    with pytest.raises(UndoRefused) as refused:
        await ani.undo.undo(undo_second)
    assert {(c.field, c.found, c.by) for c in refused.value.conflicts} >= {("state", "done", "BUDI")}
    assert await shown(ani, Whose.DONE) == ["satu"]


async def test_a_promise_nobody_could_keep_is_refused(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "umum")
    await ani.staff.disable("budi")
    for wrong, field, problem in (
        ({"what": "  "}, "what", "empty"),
        ({"due_at": wib(30, 8)}, "due_at", "past"),
        ({"staff_id": 4711}, "staff_id", "unknown"),
        ({"staff_id": budi.me.staff_id}, "staff_id", "disabled"),
    ):
        with pytest.raises(Invalid) as refused:
            await promise(ani, **wrong)
        assert (refused.value.field, refused.value.problem) == (field, problem)
    with pytest.raises(NotFound):
        await promise(ani, participant_id=4711)
    made = await promise(ani, due_at=wib(30, 10))  # yesterday's slip of paper
    with pytest.raises(Invalid) as refused:
        await ani.follow_ups.drop(made, 1, " ")
    assert refused.value.problem == "empty"
    auditor = await office.hire(ani, "eko", "auditor")
    assert len(await auditor.follow_ups.rows(FollowUpFilter(Whose.ALL), 0, 9)) == 1
    with pytest.raises(NotAllowed):
        await auditor.follow_ups.done(made, 1)


async def test_who_left_is_seen_on_what_they_should_have_done(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    made = await promise(ani, staff_id=budi.me.staff_id)
    assert (await the_row(ani, made)).staff_active
    await ani.staff.disable("budi")
    assert not (await the_row(ani, made)).staff_active


async def test_typed_days_follow_the_office_s_own_calendar(ani: Store) -> None:
    assert await ani.follow_ups.suggest_due(2) == wib(2, 17, month=8)
    assert await ani.follow_ups.parse_due("16-8") == wib(16, 17, month=8)
    with pytest.raises(CallbackTimeError) as holiday:
        await ani.follow_ups.parse_due("17-8")
    assert holiday.value.nearest == wib(18, 17, month=8)


@pytest.mark.parametrize("note", ["KTP hilang", "\u200b"])
async def test_an_obstacle_on_the_telephone_is_the_caller_s_to_look_after(
    office: Office, ani: Store, note: str
) -> None:
    await office.bring_in(ani, people(1))
    card = await hold(ani)
    served = await ani.queue.outcome(card, Outcome.OBSTACLE, note=note)
    assert served.follow_up_due == wib(2, 17, month=8)
    (row,) = await ani.follow_ups.rows(FollowUpFilter(), 0, 9)
    assert (row.what, row.standard) == ((note, "") if note.isprintable() else ("", Standard.OBSTACLE))
    assert (row.participant_id, row.origin, row.due_at) == (card.participant_id, Origin.CALLS, wib(2, 17, month=8))
    await ani.queue.undo()
    assert await ani.follow_ups.rows(FollowUpFilter(Whose.ALL), 0, 9) == []


async def test_a_list_is_not_taken_back_from_under_a_promise(office: Office, ani: Store) -> None:
    brought = await office.bring_in(ani, people(1))
    person = (await ani.persons.find("orang"))[0].participant_id
    await promise(ani, participant_id=person)
    assert brought.undo is not None
    with pytest.raises(UndoRefused) as refused:
        await ani.undo.undo(brought.undo)
    assert "follow_up" in {conflict.table for conflict in refused.value.conflicts}


async def test_the_last_thing_done_here_is_taken_back_also_after_a_restart(office: Office, ani: Store) -> None:
    made = await promise(ani)
    await ani.follow_ups.reschedule(made, 1, wib(4, 17, month=8))
    await ani.follow_ups.done(made, 2, "dikirim")
    await ani.close()
    office.opened.remove(ani)
    ani = await office.open()
    row = await ani.follow_ups.undo()
    assert row is not None
    assert (row.state, row.due_at) == ("open", wib(4, 17, month=8))
    row = await ani.follow_ups.undo()
    assert row is not None
    assert row.due_at == LATER
    assert await ani.follow_ups.undo() is None
    assert await shown(ani, Whose.ALL) == []
    with pytest.raises(NothingToUndo):
        await ani.follow_ups.undo()


async def test_the_office_now_tells_follow_ups_from_call_backs(ani: Store) -> None:
    await promise(ani, due_at=wib(31, 17))
    now = await ani.office.now()
    assert (now.due, now.promised) == (1, 1)
