"""Marked people of the list: done at once, counted, taken back at once; and whom the list shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store import Store
from store.bulk import Action
from store.errors import Invalid, NotAllowed, NotCallable
from store.rows import NOBODYS, Card, QueueFilter, QueueRow
from store.rules.outcomes import DoneReason, Outcome, State
from tests.store.office import Office, Person, call, facts, hold, number, people

ALL = QueueFilter()


async def _rows(store: Store, shown: QueueFilter = ALL) -> list[QueueRow]:
    return await store.queue.rows(shown, 0, 100)


async def _item(store: Store, kpj: str) -> QueueRow:
    return next(row for row in await _rows(store) if row.kpj == kpj)


async def test_marked_people_are_taken_off_the_list_and_come_back_with_one_undo(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(4))
    before = facts(office, "queue_item", without=("version",))
    ids = list(await ani.queue.ids(ALL))
    done = await ani.bulk.do(Action.CLOSE, ids[:3], "pindah kantor cabang")
    assert (done.done, done.held, done.without_number) == (3, 0, 0)
    closed = [row for row in facts(office, "queue_item").values() if row["state"] == State.DONE]
    assert {row["done_reason"] for row in closed} == {DoneReason.CLOSED}
    assert len(closed) == 3
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert facts(office, "queue_item", without=("version",)) == before


async def test_who_is_held_and_who_has_no_number_is_left_out_and_counted(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [*people(2), Person("21000000009", "TANPA NOMOR")])
    held = await hold(ani)
    done = await ani.bulk.do(Action.POSTPONE, list(await ani.queue.ids(ALL)), "libur", at=office.clock())
    assert (done.done, done.held, done.without_number) == (1, 1, 1)
    assert (await _item(ani, held.kpj)).state == State.NEW
    assert (await _item(ani, "21000000009")).state == State.WITHOUT_NUMBER


async def test_a_colleague_whose_program_ended_holds_nobody_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    await hold(ani)
    office.forget_keys(ani)
    done = await ani.bulk.do(Action.CLOSE, list(await ani.queue.ids(ALL)), "sudah diurus")
    assert (done.done, done.held) == (1, 0)


async def test_who_was_tried_in_vain_can_be_called_once_more(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    for _try in range(5):
        card = await ani.queue.claim_item((await _rows(ani))[0].item_id)
        await ani.queue.outcome(card, Outcome.NO_ANSWER)
    row = (await _rows(ani))[0]
    assert row.state == State.EXHAUSTED
    assert (await ani.bulk.do(Action.CALL_AGAIN, [row.item_id], "kata HRD sudah aktif lagi")).done == 1
    card = await hold(ani)
    assert [n.current for n in card.numbers] == [True]
    await ani.queue.outcome(card, Outcome.NO_ANSWER)
    assert (await _rows(ani))[0].state == State.EXHAUSTED


async def test_a_reason_is_asked_for_and_a_handler_may_not(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    ids = list(await ani.queue.ids(ALL))
    with pytest.raises(Invalid):
        await ani.bulk.do(Action.CLOSE, ids, "  ")
    budi = await office.hire(ani, "budi")
    with pytest.raises(NotAllowed):
        await budi.bulk.do(Action.CLOSE, ids, "tidak perlu")
    assert (await _rows(budi))[0].state == State.NEW


async def test_marked_people_come_onto_another_list_once_with_what_it_is_about(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    persons = list((await ani.queue.ids(ALL)).values())
    done = await ani.bulk.add_to("bank_check", persons[:2], "rekening BRI berakhir 1234")
    assert done.done == 2
    assert (await ani.bulk.add_to("bank_check", persons, "rekening BRI")).done == 1
    ani.queue.serve_only("bank_check")
    card = await hold(ani)
    assert (card.kind, card.matter) == ("bank_check", "rekening BRI berakhir 1234")
    await ani.queue.put_back(card)
    assert await ani.queue.count(replace(ALL, kind="bank_check")) == 3
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert await ani.queue.count(replace(ALL, kind="bank_check")) == 1


async def test_heirs_are_called_about_somebody_who_died(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter((await ani.queue.ids(ALL)).values()))
    await call(ani, Outcome.DECEASED)
    assert (await ani.bulk.add_to("bank_check", [person], "rekening")).done == 0
    assert (await ani.bulk.add_to("jkm_info", [person], "JKM sudah dibayar")).done == 1


async def test_the_list_says_which_values_there_are_and_how_many(office: Office, ani: Store) -> None:
    rows = [replace(p, company="PT SAWIT" if n else "") for n, p in enumerate(people(3))]
    await office.bring_in(ani, rows)
    await call(ani, Outcome.NO_ANSWER)
    companies = await ani.queue.values(ALL, "company")
    assert [(row.value, row.people) for row in companies] == [("PT SAWIT", 2), ("", 1)]
    outcomes = await ani.queue.values(replace(ALL, company="PT SAWIT"), "outcome")
    assert {row.value: row.people for row in outcomes} == {"": 2}
    never = replace(ALL, outcome="")
    assert await ani.queue.count(never) == 2
    assert await ani.queue.count(replace(ALL, outcome=Outcome.NO_ANSWER)) == 1
    await ani.bulk.do(Action.GIVE, [(await _rows(ani, never))[0].item_id], "bagi", staff_id=ani.me.staff_id)
    handlers = await ani.queue.values(ALL, "handler")
    assert [(row.value, row.people) for row in handlers] == [(NOBODYS, 2), (ani.me.staff_id, 1)]
    assert await ani.queue.count(replace(ALL, handler_id=NOBODYS)) == 2
    assert await ani.queue.count(replace(ALL, handler_id=ani.me.staff_id)) == 1
    with pytest.raises(Invalid):
        await ani.queue.values(ALL, "birth_date")


async def test_who_rings_back_is_claimed_and_the_present_person_goes_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    first = await hold(ani)
    other = await _item(ani, "21000000003")
    card = await ani.queue.claim_item(other.item_id)
    assert card.kpj == "21000000003"
    assert (await _item(ani, first.kpj)).holder is None
    assert (await ani.queue.claim_item(other.item_id)).token == card.token
    served = await ani.queue.outcome(card, Outcome.SAYS_CLAIMED)
    assert isinstance(served.next, Card)
    assert served.next.kpj == first.kpj


async def test_who_cannot_be_claimed_is_said_with_the_reason(office: Office, ani: Store) -> None:
    shared = number(1)
    listed = [
        Person("21000000001", hp=shared),
        Person("21000000002", hp=shared),
        Person("21000000003"),
        Person("21000000004", hp=number(4)),
    ]
    await office.bring_in(ani, listed)
    budi = await office.hire(ani, "budi", "pelayanan")
    await office.open("ani")
    first = await hold(budi)
    await budi.queue.outcome(first, Outcome.REFUSED)
    held = await hold(budi)
    assert held.kpj == "21000000002"
    reasons = {}
    cici = await office.hire(ani, "cici", "pelayanan")
    for row in await _rows(cici):
        try:
            await cici.queue.claim_item(row.item_id)
        except NotCallable as refusal:
            reasons[row.kpj[-1]] = (refusal.reason, refusal.holder)
    assert reasons == {"1": ("done", None), "2": ("held", "BUDI"), "3": ("no-number", None)}


async def test_a_shared_number_that_is_being_rung_keeps_its_other_owner(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=number(1)), Person("21000000002", hp=number(1))])
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await hold(budi)
    other = await _item(cici, "21000000002")
    with pytest.raises(NotCallable) as refusal:
        await cici.queue.claim_item(other.item_id)
    assert refusal.value.reason == "shared-number"
