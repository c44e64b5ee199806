"""The head's side of the calls: shares of the work, who holds whom, taking over and putting back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from store import Store
from store.division import Load
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, StaleEdit, UndoRefused
from store.rows import Card, Nothing
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, hold, number

PEOPLE = [
    Person("21000000001", hp=number(1), company="PT SATU"),
    Person("21000000002", hp=number(2), company="PT SATU"),
    Person("21000000003", hp=number(3), company="PT DUA"),
    Person("21000000004", hp=number(4), company="PT DUA", born=date(1967, 6, 5)),
]


class Team(NamedTuple):
    head: Store
    budi: Store
    cici: Store


@pytest.fixture
async def team(office: Office, ani: Store) -> Team:
    """A head, two interns, and four people of two companies and two months."""
    await office.bring_in(ani, PEOPLE)
    head = await office.hire(ani, "hadi", "kepala_bidang")
    return Team(head, await office.hire(ani, "budi"), await office.hire(ani, "cici"))


async def served(store: Store) -> list[str]:
    """Everybody this person is served, one after the other, without the next part of the day."""
    found = []
    card = await store.queue.claim()
    while isinstance(card, Card):
        found.append(card.kpj[-1])
        card = (await store.queue.outcome(card, Outcome.BUSY)).next
    return found


async def test_a_share_is_served_to_its_handler_alone(team: Team) -> None:
    assert await team.head.division.give("company", "PT DUA", team.cici.me.staff_id) == 2
    assert await served(team.budi) == ["1", "2"]
    assert await served(team.cici) == ["4", "3"]


async def test_the_narrower_share_goes_before_the_wider_one(team: Team) -> None:
    await team.head.division.give("period", "2023-07", team.budi.me.staff_id)
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    assert [(load.name, load.people) for load in await team.head.division.loads()] == [
        ("BUDI", 2),
        ("CICI", 2),
        ("HADI", 0),
    ]


async def test_shares_tell_how_many_are_open_and_whose_they_are(team: Team) -> None:
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    shares = {s.value: (s.people, s.handler, s.left) for s in await team.head.division.shares("company")}
    assert shares == {"PT SATU": (2, None, False), "PT DUA": (2, "CICI", False)}
    with pytest.raises(Invalid):
        await team.head.division.shares("name")


async def test_undo_gives_shares_back_to_any_depth(team: Team) -> None:
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    await team.head.division.give("company", "PT DUA", team.budi.me.staff_id)
    await team.head.division.give("company", "PT DUA", None)
    assert [(await team.head.division.undo()).handler for _n in range(3)] == ["BUDI", "CICI", None]
    assert {load.people for load in await team.head.division.loads()} == {0}
    with pytest.raises(NothingToUndo):
        await team.head.division.undo()


async def test_undo_is_refused_when_another_head_gave_the_same_since(office: Office, ani: Store, team: Team) -> None:
    other = await office.hire(ani, "hana", "kepala_bidang")
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    await other.division.give("company", "PT DUA", team.budi.me.staff_id)
    with pytest.raises(UndoRefused):
        await team.head.division.undo()


async def test_only_who_phones_can_be_given_a_share(office: Office, ani: Store, team: Team) -> None:
    await office.hire(ani, "fina", "keuangan")
    later = await office.hire(ani, "lila", "umum")
    await ani.staff.assign("lila", "magang", "Pelayanan", date(2023, 8, 7), date(2023, 12, 31))
    assert [name for _id, name in await team.head.division.handlers()] == ["BUDI", "CICI", "HADI", "LILA"]
    assert Load(later.me.staff_id, "LILA", 0) in await team.head.division.loads()


async def test_the_share_of_who_left_is_anybodys_at_the_next_claim_and_told_so(
    office: Office, ani: Store, team: Team
) -> None:
    await office.hire(ani, "lila", "umum")
    await ani.staff.assign("lila", "magang", "Pelayanan", date(2023, 7, 1), date(2023, 7, 31))
    lila = next(staff_id for staff_id, name in await team.head.division.handlers() if name == "LILA")
    await team.head.division.give("company", "PT SATU", lila)
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    assert await served(team.budi) == []
    office.clock.pass_by(days=1)
    shares = {share.value: share for share in await team.head.division.shares("company")}
    assert [(shares[name].handler, shares[name].left) for name in ("PT SATU", "PT DUA")] == [
        ("LILA", True),
        ("CICI", False),
    ]
    assert (await hold(team.budi)).kpj[-1] == "1"
    assert office.sql(
        "SELECT payload FROM audit_change JOIN audit ON audit.id = audit_id WHERE action = 'division.ended'"
    ) == [('{"why":"LILA: 2"}',)]
    await ani.staff.assign("lila", "magang", "Pelayanan", date(2023, 8, 1), None)
    assert {load.name: load.people for load in await team.head.division.loads()} == {
        "BUDI": 0,
        "CICI": 2,
        "HADI": 0,
        "LILA": 2,
    }


async def test_the_share_of_who_was_disabled_is_anybodys_and_told_so(ani: Store, team: Team) -> None:
    await team.head.division.give("company", "PT DUA", team.cici.me.staff_id)
    await ani.staff.disable("cici")
    shares = {share.value: share for share in await team.head.division.shares("company")}
    assert (shares["PT DUA"].handler, shares["PT DUA"].left) == ("CICI", True)
    assert await served(team.budi) == ["4", "1", "2", "3"]


async def test_the_head_sees_who_holds_whom_and_what_was_done_today(office: Office, team: Team) -> None:
    card = await hold(team.budi)
    result = await team.budi.queue.outcome(card, Outcome.WILL_CLAIM, detail="jmo")
    assert isinstance(result.next, Card)
    held = await team.head.supervision.held()
    assert [(row.name, row.holder, row.since) for row in held] == [(result.next.name, "BUDI", office.clock.now)]
    (day,) = await team.head.supervision.today()
    assert (day.name, day.attempts, day.reached, day.will_claim, day.holds) == ("BUDI", 1, 1, 1, result.next.name)


async def test_whose_hour_without_a_key_is_over_holds_nobody(office: Office, team: Team) -> None:
    await hold(team.budi)
    office.forget_keys(team.budi)
    assert await team.head.supervision.held() == []
    assert await team.head.supervision.today() == []


async def test_a_head_takes_over_and_the_late_outcome_is_history(team: Team) -> None:
    card = await hold(team.budi)
    mine = await team.head.supervision.take_over(card.item_id, "Budi sakit", holder_id=team.budi.me.staff_id)
    assert mine.name == card.name
    assert [row.holder for row in await team.head.supervision.held()] == ["HADI"]
    late = await team.budi.queue.outcome(card, Outcome.NO_ANSWER)
    assert not late.applied
    done = await team.head.queue.outcome(mine, Outcome.WILL_CLAIM)
    assert done.applied


async def test_taking_over_somebody_who_was_settled_meanwhile_is_refused(team: Team) -> None:
    card = await hold(team.budi)
    await team.budi.queue.outcome(card, Outcome.REFUSED)
    for refused in (team.head.supervision.take_over, team.head.supervision.put_back):
        with pytest.raises(StaleEdit):
            await refused(card.item_id, "lama", holder_id=team.budi.me.staff_id)
    with pytest.raises(NotFound):
        await team.head.supervision.put_back(999, "lama")


async def test_who_is_put_back_is_served_to_the_next(team: Team) -> None:
    card = await hold(team.budi)
    await team.head.supervision.put_back(card.item_id, "salah orang", holder_id=team.budi.me.staff_id)
    assert (await hold(team.cici)).kpj == card.kpj
    assert not isinstance(await team.budi.queue.claim(), Nothing)


async def test_nobody_else_divides_or_watches(team: Team) -> None:
    card = await hold(team.cici)
    with pytest.raises(NotAllowed):
        await team.budi.division.shares("company")
    with pytest.raises(NotAllowed):
        await team.budi.division.give("company", "PT DUA", None)
    with pytest.raises(NotAllowed):
        await team.budi.division.undo()
    with pytest.raises(NotAllowed):
        await team.budi.supervision.held()
    with pytest.raises(NotAllowed):
        await team.budi.supervision.take_over(card.item_id, "mau")
    assert (await hold(team.cici)).token == card.token
