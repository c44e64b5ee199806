"""Cek status klaim: who is looked up in Smile, in which order, by whom, and what the answers do to the call list."""

from __future__ import annotations

import pytest

from store import Store
from store.checks import CheckCounts, CheckRow, SmileSays
from store.errors import NotAllowed, NothingToUndo, StaleEdit, UndoRefused
from store.rows import QueueFilter
from store.rules.outcomes import Outcome, State
from tests.store.office import Office, call, hold, people


@pytest.fixture
async def budi(office: Office, ani: Store) -> Store:
    """An intern with five people on the list of July."""
    await office.bring_in(ani, people(5))
    return await office.hire(ani, "budi")


async def first(store: Store) -> CheckRow:
    row = await store.checks.next()
    assert row is not None
    return row


async def states(store: Store) -> dict[str, str]:
    return {row.kpj[-1]: row.state for row in await store.queue.rows(QueueFilter(), 0, 50)}


async def test_each_answer_is_kept_and_shows_the_next(budi: Store) -> None:
    row: CheckRow | None = await first(budi)
    seen = []
    for says in (SmileSays.CLAIMED, SmileSays.NOT_CLAIMED, SmileSays.NOT_FOUND):
        assert row is not None
        seen.append(row.kpj[-1])
        row = await budi.checks.answer(row, says)
    assert seen == ["1", "2", "3"]
    assert row is not None
    assert row.kpj[-1] == "4"
    assert await budi.checks.counts() == CheckCounts(waiting=2, say_claimed=0, done_today=3)
    assert await states(budi) == {"1": State.DONE, **dict.fromkeys("2345", State.NEW)}


async def test_who_has_claimed_is_phoned_by_nobody(budi: Store) -> None:
    await budi.checks.answer(await first(budi), SmileSays.CLAIMED)
    assert (await hold(budi)).kpj[-1] == "2"


async def test_who_says_that_they_have_claimed_comes_first_and_is_called_again_when_smile_knows_of_none(
    office: Office, budi: Store
) -> None:
    await budi.queue.outcome(await hold(budi), Outcome.SAYS_CLAIMED)
    row = await first(budi)
    assert row.kpj[-1] == "1"
    assert row.said_at == office.clock.now
    assert (await budi.checks.counts()).say_claimed == 1
    await budi.checks.answer(row, SmileSays.NOT_CLAIMED)
    assert (await states(budi))["1"] == State.RETRY
    assert (await first(budi)).kpj[-1] == "2"


async def test_skipping_goes_round_and_leaves_everybody_on_the_list(budi: Store) -> None:
    row: CheckRow | None = await first(budi)
    seen = []
    for _turn in range(6):
        assert row is not None
        seen.append(row.kpj[-1])
        row = await budi.checks.next(skip=row.participant_id)
    assert seen == ["1", "2", "3", "4", "5", "1"]
    assert (await budi.checks.counts()).waiting == 5


async def test_a_parked_list_goes_on_where_it_stood(office: Office, budi: Store) -> None:
    second = await budi.checks.next(skip=(await first(budi)).participant_id)
    assert second is not None
    await budi.checks.park(second)
    again = await office.open("budi")
    row = await first(again)
    assert row.kpj[-1] == "2"
    assert row.parked
    after = await again.checks.answer(row, SmileSays.NOT_CLAIMED)
    assert after is not None
    assert after.kpj[-1] == "3"
    assert (await first(again)).kpj[-1] == "1"


async def test_two_who_look_up_do_not_get_the_same_person(office: Office, ani: Store, budi: Store) -> None:
    cici = await office.hire(ani, "cici")
    mine, theirs = await first(budi), await first(cici)
    assert (mine.kpj[-1], theirs.kpj[-1]) == ("1", "2")
    assert (await budi.checks.counts()).with_others == 1
    after = await budi.checks.answer(mine, SmileSays.NOT_CLAIMED)
    assert after is not None
    assert after.kpj[-1] == "3"
    await cici.checks.leave()
    assert (await budi.checks.counts()).with_others == 0
    assert (await first(budi)).kpj[-1] == "2"


async def test_whoever_left_without_a_word_keeps_a_person_a_quarter_of_an_hour(
    office: Office, ani: Store, budi: Store
) -> None:
    cici = await office.hire(ani, "cici")
    await first(budi)
    office.clock.pass_by(minutes=14)
    assert (await first(cici)).kpj[-1] == "2"
    office.clock.pass_by(minutes=1)
    assert (await first(cici)).kpj[-1] == "1"


async def test_an_answer_to_what_somebody_else_answered_is_refused(office: Office, ani: Store, budi: Store) -> None:
    cici = await office.hire(ani, "cici")
    row = await first(budi)
    office.clock.pass_by(minutes=20)
    await cici.checks.answer(await first(cici), SmileSays.CLAIMED)
    assert await budi.checks.still(row) is None
    with pytest.raises(StaleEdit):
        await budi.checks.answer(row, SmileSays.NOT_CLAIMED)
    assert (await states(budi))["1"] == State.DONE


async def test_undo_brings_answers_back_to_any_depth(budi: Store) -> None:
    row: CheckRow | None = await first(budi)
    for says in (SmileSays.CLAIMED, SmileSays.NOT_FOUND):
        assert row is not None
        row = await budi.checks.answer(row, says)
    assert (await budi.checks.undo()).kpj[-1] == "2"
    assert (await budi.checks.undo()).kpj[-1] == "1"
    assert await budi.checks.counts() == CheckCounts(5, 0, 0)
    assert set((await states(budi)).values()) == {State.NEW}
    with pytest.raises(NothingToUndo):
        await budi.checks.undo()


async def test_undo_is_refused_once_the_person_was_called(budi: Store) -> None:
    await call(budi, Outcome.SAYS_CLAIMED)
    await budi.checks.answer(await first(budi), SmileSays.NOT_CLAIMED)
    assert (await call(budi, Outcome.NO_ANSWER)).kpj[-1] == "1"
    with pytest.raises(UndoRefused):
        await budi.checks.undo()


async def test_nobody_left_is_nobody(budi: Store) -> None:
    row: CheckRow | None = await first(budi)
    while row is not None:
        row = await budi.checks.answer(row, SmileSays.NOT_CLAIMED)
    assert await budi.checks.next() is None
    assert await budi.checks.counts() == CheckCounts(0, 0, 5)


async def test_who_does_not_phone_does_not_look_up(office: Office, ani: Store, budi: Store) -> None:
    umum = await office.hire(ani, "umi", "umum")
    with pytest.raises(NotAllowed):
        await umum.checks.next()
    with pytest.raises(NotAllowed):
        await umum.checks.counts()
    with pytest.raises(NotAllowed):
        await umum.checks.answer(await first(budi), SmileSays.CLAIMED)
