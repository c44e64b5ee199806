"""One person, and every number of theirs, in one pair of hands at a time: and when those hands have let go."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from store.edits import Evidence
from store.errors import LeaseLost, UndoRefused
from store.rows import Card, Nothing
from store.rules.corrections import Field, Source
from store.rules.outcomes import Outcome
from tests.store import chaos
from tests.store.office import Office, Person, call, current, facts, hold, number, people, wib

ROOT = Path(__file__).resolve().parents[2]


async def _two(office: Office, ani: Store) -> tuple[Store, Store]:
    return await office.hire(ani, "budi", "pelayanan"), await office.hire(ani, "cici", "pelayanan")


async def test_two_handlers_hold_two_people(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(3))
    first, second = await hold(budi), await hold(cici)
    assert (first.kpj[-1], second.kpj[-1]) == ("1", "2")
    assert (await hold(budi)).token == first.token


async def test_people_who_share_a_number_are_never_held_by_two(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    shared, other = number(1), number(2)
    rows = [
        Person("21000000001", hp=shared),
        Person("21000000002", hp=f"{other} / {shared}"),
        Person("21000000003", hp=other),
    ]
    await office.bring_in(budi, rows)
    first = await hold(budi)
    assert [n.shared_with for n in first.numbers] == [1]
    assert (await hold(cici)).kpj[-1] == "3"
    waiting = await (await office.open("budi")).queue.claim()
    assert isinstance(waiting, Nothing)
    assert (waiting.waiting, waiting.held) == (1, 2)
    await budi.queue.put_back(first)
    await cici.queue.put_back(await hold(cici))
    assert (await hold(cici)).kpj[-1] == "1"


async def test_a_number_that_comes_in_while_its_owner_is_held_is_kept_from_others(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, [Person("21000000001", hp=number(1)), Person("21000000002", hp=number(2))])
    await hold(budi)
    await office.bring_in(cici, [Person("21000000001", hp=number(2))])
    assert isinstance(await cici.queue.claim(), Nothing)


async def test_an_hour_after_the_last_key_the_person_is_free(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    card = await hold(budi)
    office.forget_keys(budi, 59)
    assert isinstance(await cici.queue.claim(), Nothing)
    office.forget_keys(budi, 1.5)
    assert (await hold(cici)).item_id == card.item_id


async def test_a_key_keeps_the_person(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    await hold(budi)
    office.forget_keys(budi, 59)
    await budi.queue.touch()
    office.forget_keys(budi, 30)
    assert isinstance(await cici.queue.claim(), Nothing)


async def test_who_comes_back_after_hours_and_claims_holds_for_an_hour_again(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    office.forget_keys(budi, 300)
    await hold(budi)
    assert isinstance(await cici.queue.claim(), Nothing)


async def test_nothing_else_ends_a_lease(office: Office, ani: Store) -> None:
    """The office's clock, another opening of the same person, an import, a closed day: the person stays on the line."""
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(2))
    card = await hold(budi)
    office.clock.pass_by(days=3)
    again = await office.open("budi")
    assert (await hold(again)).item_id != card.item_id
    await again.close()
    await office.bring_in(cici, people(2))
    assert (await hold(cici)).item_id != card.item_id
    assert (await hold(budi)).token == card.token


async def test_closing_gives_the_person_back_at_once(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    card = await hold(budi)
    await budi.close()
    assert (await hold(cici)).item_id == card.item_id


async def test_a_killed_process_lets_go_at_once(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    with chaos.at_work(office, "hold", "budi") as worker:
        assert worker.hear() == '"21000000001"'
        assert isinstance(await cici.queue.claim(), Nothing)
        worker.kill()
        assert (await hold(cici)).kpj == "21000000001"


async def test_whom_a_killed_process_held_can_have_a_number_taken_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    await office.hire(ani, "budi", "pelayanan")
    dewi = await office.hire(ani, "dewi", "kepesertaan")
    (one,) = facts(office, "participant")
    done = await dewi.corrections.put(one, Field.PHONE, "081399990001", Evidence(Source.PARTICIPANT))
    assert done.undo is not None
    with chaos.at_work(office, "hold", "budi") as worker:
        assert worker.hear() == '"21000000001"'
        with pytest.raises(UndoRefused):
            await dewi.undo.undo(done.undo)
        worker.kill()
        await dewi.undo.undo(done.undo)
    assert [row["e164"] for row in facts(office, "phone").values()] == ["+6281200000011"]


async def test_an_outcome_that_comes_too_late_is_history_without_effect(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(2))
    late = await hold(budi)
    office.forget_keys(budi)
    mine = await hold(cici)
    before = facts(office, "queue_item", without=("lease_session",))
    served = await budi.queue.outcome(late, Outcome.REFUSED, note="kata istrinya")
    assert (served.applied, served.undo, served.state) == (False, None, "new")
    assert isinstance(served.next, Card)
    assert served.next.kpj[-1] == "2"
    after = facts(office, "queue_item", without=("lease_session",))
    assert after[mine.item_id] == before[mine.item_id]
    assert [(a.outcome, a.note, a.late) for a in (await hold(cici)).attempts] == [("refused", "kata istrinya", True)]
    applied = await cici.queue.outcome(mine, Outcome.BUSY)
    assert (applied.applied, applied.state) == (True, "retry")


async def test_an_outcome_after_the_hour_counts_while_nobody_took_the_person(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(2))
    mine = await call(cici, Outcome.CALLBACK, callback_at=wib(31, 10))
    office.clock.now = wib(31, 10)
    card = await hold(budi)
    office.forget_keys(budi)
    assert (await hold(cici)).item_id == mine.item_id  # which set Budi's person free, and left them
    assert facts(office, "queue_item")[card.item_id]["lease_session"] is None
    served = await budi.queue.outcome(card, Outcome.BUSY)
    assert (served.applied, served.state) == (True, "retry")


async def test_one_card_brings_one_outcome(office: Office, ani: Store) -> None:
    """A key that was pressed twice, or a screen that had not heard yet, is not a second try."""
    await office.bring_in(ani, people(2))
    card = await hold(ani)
    first = await ani.queue.outcome(card, Outcome.NO_ANSWER)
    second = await ani.queue.outcome(card, Outcome.NO_ANSWER)
    assert (first.applied, second.applied) == (True, False)
    assert facts(office, "queue_item")[card.item_id]["tries"] == 1
    assert isinstance(first.next, Card)
    assert isinstance(second.next, Card)
    assert second.next.token == first.next.token


async def test_what_needs_the_lease_is_refused_without_it(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(1))
    card = await hold(budi)
    office.forget_keys(budi)
    held = await hold(cici)
    for refused in (
        budi.queue.verify_right_party(card),
        budi.queue.show_birth_date(card),
        budi.queue.still_working(card),
        budi.queue.choose_number(card, current(card)),
    ):
        with pytest.raises(LeaseLost) as lost:
            await refused
        assert (lost.value.item_id, lost.value.holder, lost.value.since) == (card.item_id, "CICI", office.clock())
    await budi.queue.put_back(card)
    assert (await hold(cici)).token == held.token


async def test_who_is_claimed_meanwhile_leaves_the_list_from_anybodys_hands(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(2))
    card = await hold(budi)
    done = await office.bring_in(cici, [Person(card.kpj, claimed="SUDAH")])
    assert done.left_queue == 1
    assert (await hold(budi)).claimed is True
    served = await budi.queue.outcome(card, Outcome.CALLBACK, callback_at=wib(31, 10))
    assert (served.applied, served.state, served.due_at) == (True, "done", None)
    row = facts(office, "queue_item")[card.item_id]
    assert (row["state"], row["done_reason"], row["tries"]) == ("done", "claimed", 1)
    assert len(facts(office, "attempt")) == 1


async def test_a_note_survives_the_process(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    await ani.queue.set_note(await hold(ani), "telepon lagi, anak")
    await ani.close()
    again = await office.open()
    assert (await hold(again)).note == "telepon lagi, anak"
    await call(again, Outcome.BUSY, note="telepon lagi, anaknya")
    office.clock.pass_by(hours=1)
    card = await hold(again)
    assert (card.note, [a.note for a in card.attempts]) == ("", ["telepon lagi, anaknya"])


async def test_other_peoples_commits_are_noticed_and_ones_own_are_not(office: Office, ani: Store) -> None:
    budi, cici = await _two(office, ani)
    await office.bring_in(budi, people(2))
    await cici.changed_since_last_look()
    assert not await cici.changed_since_last_look()
    await hold(cici)
    assert not await cici.changed_since_last_look()
    await call(budi, Outcome.BUSY)
    assert await cici.changed_since_last_look()
    assert not await cici.changed_since_last_look()
