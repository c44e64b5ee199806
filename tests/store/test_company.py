"""One call to a company: several of its people settled at once."""

from __future__ import annotations

import pytest

from store import Store
from store.errors import NotAllowed
from store.rows import Card, QueueFilter, QueueRow
from store.rules.callbacks import CallbackTimeError
from store.rules.outcomes import Outcome, State
from tests.store.office import Office, Person, current, facts, hold, number, wib

FIRM = "PT SAWIT JAYA"
FRONT_DESK = number(9)


@pytest.fixture
async def firm(office: Office, ani: Store) -> Store:
    await office.bring_in(
        ani,
        [
            Person("21000000001", "SATU", hp=FRONT_DESK, company=FIRM),
            Person("21000000002", "DUA", hp=number(2), company=FIRM),
            Person("21000000003", "TIGA", company=FIRM),
            Person("21000000004", "EMPAT", hp=f"{FRONT_DESK} / {number(4)}", company=FIRM),
            Person("21000000005", "LIMA", hp=number(5), company="CV LAIN"),
        ],
    )
    return ani


async def _others(store: Store, card: Card) -> dict[str, QueueRow]:
    return {row.name: row for row in await store.company.people(card.participant_id)}


async def _states(store: Store) -> dict[str, str]:
    return {row.name: row.state for row in await store.queue.rows(QueueFilter(), 0, 50)}


async def test_the_marked_people_of_a_company_are_settled_and_taken_back_in_one_go(office: Office, firm: Store) -> None:
    card = await hold(firm)
    others = await _others(firm, card)
    assert sorted(others) == ["DUA", "EMPAT", "TIGA"]
    before = facts(office, "queue_item", without=("version", "lease_token"))
    done = await firm.company.settle(
        [others["DUA"].item_id, others["EMPAT"].item_id], Outcome.MESSAGE_LEFT, rung=current(card), note="lewat HRD"
    )
    assert (done.settled, done.held, done.done, done.other_number) == (2, 0, 0, 0)
    assert await _states(firm) == {
        "SATU": "new",
        "DUA": "retry",
        "TIGA": "without_number",
        "EMPAT": "retry",
        "LIMA": "new",
    }
    attempts = facts(office, "attempt").values()
    assert {(a["e164"], a["detail"], a["note"]) for a in attempts} == {(FRONT_DESK, "company", "lewat HRD")}
    assert done.undo is not None
    await firm.undo.undo(done.undo)
    assert facts(office, "queue_item", without=("version", "lease_token")) == before
    assert all(a["undone"] for a in facts(office, "attempt").values())


async def test_nobody_s_own_number_is_judged_by_a_call_to_the_company(office: Office, firm: Store) -> None:
    card = await hold(firm)
    others = await _others(firm, card)
    ids = [row.item_id for row in others.values()]
    done = await firm.company.settle(ids, Outcome.UNREACHABLE, rung=current(card))
    assert (done.settled, done.other_number) == (1, 2)  # only EMPAT has that number
    wrong = await firm.company.settle(ids, Outcome.WRONG_NUMBER, rung=current(card))
    assert (wrong.settled, wrong.other_number) == (1, 2)
    marked = [(p["e164"], p["participant_id"]) for p in facts(office, "phone").values() if p["wrong_at"] is not None]
    assert marked == [(FRONT_DESK, others["EMPAT"].participant_id)]


async def test_somebody_without_a_number_can_be_said_to_have_claimed_but_not_be_called_again(firm: Store) -> None:
    card = await hold(firm)
    third = (await _others(firm, card))["TIGA"]
    at = await firm.queue.parse_callback("besok 9")
    again = await firm.company.settle([third.item_id], Outcome.CALLBACK, rung=current(card), callback_at=at)
    assert (again.settled, again.other_number) == (0, 1)
    said = await firm.company.settle([third.item_id], Outcome.SAYS_CLAIMED, rung=current(card))
    assert said.settled == 1
    assert (await _states(firm))["TIGA"] == State.CHECK


async def test_people_in_other_hands_and_done_ones_are_left_out(office: Office, firm: Store) -> None:
    boss = await office.open("ani")
    budi = await office.hire(boss, "budi", "pelayanan")
    cici = await office.hire(boss, "cici", "pelayanan")
    card = await hold(budi)
    held = await hold(cici)
    assert held.name == "DUA"
    others = await _others(budi, card)
    refused = await budi.company.settle([others["EMPAT"].item_id], Outcome.REFUSED, rung=current(card))
    assert refused.settled == 1
    ids = [row.item_id for row in others.values()]
    done = await budi.company.settle(ids, Outcome.SAYS_CLAIMED, rung=current(card), detail="")
    assert (done.settled, done.held, done.done, done.other_number) == (1, 1, 1, 0)


async def test_a_card_still_on_screen_comes_too_late(office: Office, firm: Store) -> None:
    boss = await office.open("ani")
    budi = await office.hire(boss, "budi", "pelayanan")
    cici = await office.hire(boss, "cici", "pelayanan")
    card, stale = await hold(budi), await hold(cici)
    office.forget_keys(cici)
    settled = await budi.company.settle([stale.item_id], Outcome.REFUSED, rung=current(card))
    assert settled.settled == 1
    late = await cici.queue.outcome(stale, Outcome.WILL_CLAIM)
    assert not late.applied


async def test_a_closed_hour_or_a_missing_right_changes_nothing(office: Office, firm: Store) -> None:
    card = await hold(firm)
    ids = [row.item_id for row in (await _others(firm, card)).values()]
    with pytest.raises(CallbackTimeError):
        await firm.company.settle(ids, Outcome.CALLBACK, rung=current(card), callback_at=wib(30, 9))
    assert facts(office, "attempt") == {}
    boss = await office.hire(firm, "dewi", "umum")
    with pytest.raises(NotAllowed):
        await boss.company.settle(ids, Outcome.REFUSED, rung=current(card))
