"""Taking back: everything one did oneself, as deep as one likes, and nothing that somebody else has built upon."""

from __future__ import annotations

from datetime import date

import pytest

from store import Store
from store.edits import Evidence
from store.errors import NotAllowed, NotFound, NothingToUndo, OwnWork, UndoneInPart, UndoRefused
from store.rows import Card, UndoRef
from store.rules.corrections import Field, Source
from store.rules.outcomes import Outcome
from store.turns import Progress, joined
from tests.store.office import OPERATIONAL, Office, Person, call, facts, hold, number, people

TABLES = ("participant", "phone", "campaign", "queue_item", "imported_file", "layout", "setting", "closed_day")


def everything(office: Office) -> dict[str, object]:
    """All that an undo has to bring back."""
    return {table: facts(office, table, without=OPERATIONAL) for table in TABLES}


async def newest(store: Store, action: str) -> UndoRef:
    """The reference of the newest write of a kind, as the trail has it."""
    entry = next(entry for entry in await store.audit.entries(50) if entry.action == action)
    return UndoRef(entry.audit_id, action)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.CALLBACK], ids=str)
async def test_an_outcome_leaves_no_trace_but_the_trail(office: Office, ani: Store, outcome: Outcome) -> None:
    await office.bring_in(ani, people(2))
    before = everything(office)
    first = await call(ani, outcome, note="katanya nanti")
    assert everything(office) != before
    undone = await ani.queue.undo()
    assert everything(office) == before
    assert (undone.name, undone.outcome) == (first.name, outcome)
    assert (undone.card.item_id, undone.card.note) == (first.item_id, "katanya nanti")
    assert undone.card.attempts == ()
    assert [row["undone"] for row in facts(office, "attempt").values()] in ([True], [1])


async def test_the_card_comes_back_and_the_present_person_goes(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    first = await call(ani, Outcome.NO_ANSWER)
    second = await hold(ani)
    undone = await ani.queue.undo()
    assert undone.card.item_id == first.item_id
    assert (await hold(ani)).item_id == first.item_id
    served = await ani.queue.outcome(undone.card, Outcome.BUSY)
    assert isinstance(served.next, Card)
    assert served.next.item_id == second.item_id


async def test_to_any_depth_also_after_a_restart(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(6))
    before = everything(office)
    called = [await call(ani, outcome) for outcome in (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.REFUSED)]
    await ani.close()
    again = await office.open()
    called.append(await call(again, Outcome.SAYS_CLAIMED))
    back = [(await again.queue.undo()).card.item_id for _ in called]
    assert back == [card.item_id for card in reversed(called)]
    assert everything(office) == before
    with pytest.raises(NothingToUndo):
        await again.queue.undo()


async def test_what_was_taken_back_is_not_taken_back_twice(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    served = await ani.queue.outcome(await hold(ani), Outcome.NO_ANSWER)
    assert served.undo is not None
    await ani.undo.undo(served.undo)
    with pytest.raises(NothingToUndo):
        await ani.undo.undo(served.undo)
    with pytest.raises(NothingToUndo):
        await ani.queue.undo()
    with pytest.raises(NotFound):
        await ani.undo.undo(UndoRef(10_000_000, "queue.outcome"))


async def test_after_an_undo_the_same_can_be_done_and_undone_again(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    before = everything(office)
    for outcome in (Outcome.NO_ANSWER, Outcome.DECEASED, Outcome.NO_ANSWER):
        await call(ani, outcome)
        await ani.queue.undo()
        assert everything(office) == before


async def test_somebody_elses_work_is_not_mine_to_take_back(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, people(2))
    served = await budi.queue.outcome(await hold(budi), Outcome.NO_ANSWER)
    assert served.undo is not None
    with pytest.raises(OwnWork):
        await cici.undo.undo(served.undo)
    with pytest.raises(NothingToUndo):
        await cici.queue.undo()


async def test_refused_with_the_change_when_somebody_called_since(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, people(1))
    first = await hold(budi)
    await budi.queue.outcome(first, Outcome.BUSY)
    office.clock.pass_by(minutes=40)
    await call(cici, Outcome.REFUSED)
    with pytest.raises(UndoRefused) as refused:
        await budi.queue.undo()
    changed = {(c.table, c.field): (c.left, c.found, c.by, c.at) for c in refused.value.conflicts}
    assert changed["queue_item", "state"] == ("retry", "done", "CICI", office.clock())
    assert changed["queue_item", "last_outcome"] == ("busy", "refused", "CICI", office.clock())
    await cici.queue.undo()
    await cici.queue.put_back(await hold(cici))
    assert (await budi.queue.undo()).card.item_id == first.item_id


async def test_refused_while_somebody_has_the_person_on_the_line(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, people(1))
    await call(budi, Outcome.BUSY)
    office.clock.pass_by(minutes=40)
    card = await hold(cici)
    before = everything(office)
    with pytest.raises(UndoRefused) as refused:
        await budi.queue.undo()
    assert [(c.table, c.found, c.by) for c in refused.value.conflicts] == [("queue_item", "held", "CICI")]
    assert everything(office) == before
    assert (await hold(cici)).token == card.token


async def test_accepted_when_somebody_changed_another_value(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "kepesertaan")
    await office.bring_in(budi, [Person("21000000001", hp="081234500011")])
    await call(budi, Outcome.SAYS_CLAIMED)
    await office.bring_in(cici, [Person("21000000001", hp="081234500011", email="siti@contoh.co.id")])
    await budi.queue.undo()
    person = next(iter(facts(office, "participant").values()))
    assert (person["claim_said_at"], person["email"]) == (None, "siti@contoh.co.id")


async def test_an_import_is_taken_back_whole(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp="081234500011"), Person("21000000002", hp="081234500022")])
    before = everything(office)
    done = await office.bring_in(
        ani,
        [
            Person("21000000001", name="NAMA BARU", hp="081234500012", claimed="SUDAH"),
            *people(30, first=100),
            Person("21000000003", born=date(1960, 1, 1), hp="081234500033"),
        ],
    )
    assert (done.left_queue, done.campaigns) == (1, {"2016-01": 1, "2023-07": 30})
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert everything(office) == before


async def test_several_files_are_taken_back_at_once(office: Office, ani: Store) -> None:
    before = everything(office)
    plans = [
        await ani.imports.plan(office.write_list(rows))
        for rows in (
            [Person("21000000001", hp="081234500011"), Person("21000000002", hp="081234500022")],
            [Person("21000000001", hp="081234500019", balance="500000"), Person("21000000002", claimed="SUDAH")],
        )
    ]
    done = await ani.imports.apply_all(plans)
    assert done[0].undo == done[1].undo
    assert done[0].undo is not None
    await ani.undo.undo(done[0].undo)
    assert everything(office) == before


async def test_an_import_stays_once_somebody_was_called_from_it(office: Office, ani: Store) -> None:
    done = await office.bring_in(ani, people(3))
    assert done.undo is not None
    await call(ani, Outcome.NO_ANSWER)
    with pytest.raises(UndoRefused) as refused:
        await ani.undo.undo(done.undo)
    assert ("attempt", "id") in {(c.table, c.field) for c in refused.value.conflicts}
    assert len(facts(office, "participant")) == 3


async def test_an_import_stays_while_somebody_from_it_is_on_the_line(office: Office, ani: Store) -> None:
    done = await office.bring_in(ani, people(3))
    assert done.undo is not None
    card = await hold(ani)
    with pytest.raises(UndoRefused) as refused:
        await ani.undo.undo(done.undo)
    assert {c.table for c in refused.value.conflicts} == {"hold"}
    await ani.queue.put_back(card)
    await ani.undo.undo(done.undo)
    assert facts(office, "participant") == {}


async def test_an_import_stays_when_a_later_one_added_to_it(office: Office, ani: Store) -> None:
    done = await office.bring_in(ani, [Person("21000000001", hp="081234500011")])
    later = await office.bring_in(ani, [Person("21000000001", hp="081234500099")])
    assert done.undo is not None
    assert later.undo is not None
    with pytest.raises(UndoRefused):
        await ani.undo.undo(done.undo)
    await ani.undo.undo(later.undo)
    await ani.undo.undo(done.undo)
    assert facts(office, "phone") == {}


async def test_a_campaign_stays_that_others_have_people_on(office: Office, ani: Store) -> None:
    first = await office.bring_in(ani, people(2))
    await office.bring_in(ani, people(2, first=10))
    assert first.undo is not None
    await ani.undo.undo(first.undo)
    (status,) = await ani.queue.status()
    assert (status.period, status.waiting) == ("2023-07", 2)


async def test_a_number_that_is_being_rung_stays(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp="081234500011")])
    more = await office.bring_in(ani, [Person("21000000001", hp=number(7).replace("+62", "0"))])
    assert more.undo is not None
    card = await hold(ani)
    with pytest.raises(UndoRefused):
        await ani.undo.undo(more.undo)
    await ani.queue.outcome(card, Outcome.NO_ANSWER)


async def test_a_setting_goes_back(office: Office, ani: Store) -> None:
    first = await ani.office.set_setting("office.name", "Duri")
    second = await ani.office.set_setting("office.name", "Dumai")
    assert first is not None
    assert second is not None
    with pytest.raises(UndoRefused):
        await ani.undo.undo(first)
    await ani.undo.undo(second)
    assert await ani.office.setting("office.name") == "Duri"
    await ani.undo.undo(first)
    assert await ani.office.setting("office.name") == "Kantor Cabang"


async def test_a_closed_day_opens_again(office: Office, ani: Store) -> None:
    undo = await ani.office.add_closed_day(date(2023, 8, 1), "Pindah ruang")
    assert undo is not None
    assert not (await ani.office.calendar()).is_working_day(date(2023, 8, 1))
    await ani.undo.undo(undo)
    assert (await ani.office.calendar()).is_working_day(date(2023, 8, 1))


async def test_still_working_goes_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    card = await ani.queue.still_working(await hold(ani))
    assert card.still_working
    await ani.undo.undo(await newest(ani, "participant.still-working"))
    assert not (await hold(ani)).still_working


async def test_a_person_who_never_came_in_is_taken_off_again(office: Office, ani: Store) -> None:
    await ani.staff.add("budi", "Budi", "", "magang")
    undo = await newest(ani, "staff.add")
    await ani.undo.undo(undo)
    assert [person.login for person in await ani.staff.rows()] == ["ani"]


async def test_a_person_who_has_worked_here_stays_in_the_books(office: Office, ani: Store) -> None:
    await ani.staff.add("budi", "Budi", "", "magang")
    undo = await newest(ani, "staff.add")
    await office.open("budi")
    with pytest.raises(UndoRefused) as refused:
        await ani.undo.undo(undo)
    assert {c.table for c in refused.value.conflicts} == {"session"}


async def test_taking_back_needs_the_right_that_doing_needed(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "admin")
    await ani.staff.add("cici", "Cici", "", "magang")
    await budi.staff.disable("cici")
    undo = await newest(ani, "staff.disable")
    await ani.staff.role("budi", "magang")
    with pytest.raises(NotAllowed) as refused:
        await budi.undo.undo(undo)
    assert refused.value.permission == "manage_staff"
    await ani.staff.role("budi", "admin")
    await budi.undo.undo(undo)
    assert {person.login for person in await ani.staff.rows() if person.active} == {"ani", "budi", "cici"}


async def test_an_undo_is_itself_in_the_trail(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    served = await ani.queue.outcome(await hold(ani), Outcome.NO_ANSWER)
    await ani.queue.undo()
    entry = (await ani.audit.entries(1))[0]
    assert served.undo is not None
    assert (entry.action, entry.undo_of, entry.by) == ("undo", served.undo.audit_id, "ani")
    states = {(c["before"]["state"], c["after"]["state"]) for c in entry.changes if c["table"] == "queue_item"}
    assert states == {("retry", "new")}
    assert await ani.audit.verify() is None


async def test_of_many_turns_those_that_nobody_built_upon_go_and_the_rest_is_said_and_kept(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(4))
    cici, budi = [await office.hire(ani, who, "kepesertaan") for who in ("cici", "budi")]
    before = everything(office)
    ids = list(before["participant"])  # type: ignore[call-overload]
    said = Evidence(Source.PARTICIPANT)
    turns = [(await cici.corrections.put(each, Field.EMAIL, f"a{each}@contoh.id", said)).undo for each in ids]
    whole = joined([turn for turn in turns if turn is not None])
    assert whole is not None
    theirs = await budi.corrections.put(ids[2], Field.EMAIL, "budi@contoh.id", said)
    told: list[Progress] = []
    with pytest.raises(UndoneInPart) as refused:
        await cici.undo.undo(whole, told.append)
    assert refused.value.people == 1
    assert [(each.row_id, each.by) for each in refused.value.conflicts if each.field == "email"] == [(ids[2], "BUDI")]
    assert told == [Progress(n, 4) for n in (1, 2, 3, 4)]
    with_mail = {n for n, row in facts(office, "participant").items() if row["email"]}
    assert with_mail == {ids[2]}
    with pytest.raises(UndoRefused) as refused_again:  # what stands is tried again, and nothing else
        await cici.undo.undo(whole)
    assert not isinstance(refused_again.value, UndoneInPart)
    assert theirs.undo is not None
    await budi.undo.undo(theirs.undo)
    await cici.undo.undo(whole)
    assert everything(office) == before
    with pytest.raises(NothingToUndo):
        await cici.undo.undo(whole)
