"""Who comes next: my due callbacks, overdue ones of anyone, due retries, then who waited longest."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from store import Store, search_sets
from store.rows import Card, Nothing, QueueFilter
from store.rules.callbacks import CallbackTimeError
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, current, facts, hold, number, people, wib


def person(n: int, born: date = date(1967, 7, 3), **other: str) -> Person:
    return Person(f"2100000{n:04d}", born=born, hp=f"0812{n:07d}1", **other)


async def served(store: Store, count: int) -> list[str]:
    """The next people as they come, each left after being held; the ends of their KPJ."""
    found = []
    for _ in range(count):
        card = await hold(store)
        found.append(card.kpj[-4:])
        await store.queue.outcome(card, Outcome.REFUSED)
        await store.queue.put_back(card)
    return found


async def test_new_people_by_56th_birthday_then_kpj(office: Office, ani: Store) -> None:
    await office.bring_in(
        ani,
        [
            person(5, date(1967, 7, 20)),
            person(4, date(1967, 7, 2)),
            person(9, date(1966, 12, 31)),
            person(3, date(1967, 7, 2)),
            person(8, date(1967, 7, 31)),
        ],
    )
    assert await served(ani, 5) == ["0009", "0003", "0004", "0005", "0008"]
    assert isinstance(await ani.queue.claim(), Nothing)


async def test_kpj_are_ordered_the_same_on_both_databases(office: Office, ani: Store) -> None:
    kpjs = ["9A000000001", "10000000001", "1a000000001", "1B000000001", "01000000001"]
    await office.bring_in(ani, [Person(kpj, hp=f"0812000{n}771") for n, kpj in enumerate(kpjs)])
    found = []
    while isinstance(card := await ani.queue.claim(), Card):
        found.append(card.kpj)
        await ani.queue.outcome(card, Outcome.REFUSED)
        await ani.queue.put_back(card)
    assert found == sorted(found)
    assert len(found) == 5


async def test_who_is_not_56_yet_is_not_on_the_list(office: Office, ani: Store) -> None:
    done = await office.bring_in(
        ani, [person(1, date(1967, 7, 31)), person(2, date(1967, 8, 1)), person(3, claimed="SUDAH")]
    )
    assert done.campaigns == {"2023-07": 1}
    assert await served(ani, 1) == ["0001"]


async def test_the_four_classes_in_order(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, [person(n) for n in range(1, 8)])
    await call(cici, Outcome.CALLBACK, callback_at=wib(31, 13, 5))  # 1: hers, overdue at 14.00
    await call(cici, Outcome.CALLBACK, callback_at=wib(31, 13, 45))  # 2: hers, not yet anyone's at 14.00
    await call(budi, Outcome.CALLBACK, callback_at=wib(31, 13, 50))  # 3: his
    await call(budi, Outcome.CALLBACK, callback_at=wib(31, 13, 20))  # 4: his, earlier
    await call(budi, Outcome.NO_ANSWER)  # 5: due in another part of the day
    office.clock.now = wib(31, 14)
    assert await served(budi, 6) == ["0004", "0003", "0001", "0005", "0006", "0007"]
    assert await served(cici, 1) == ["0002"]


async def test_a_callback_is_anyones_when_half_an_hour_overdue(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, [person(1)])
    await call(budi, Outcome.CALLBACK, callback_at=wib(31, 10))
    seen: dict[str, list[bool]] = {"budi": [], "cici": []}
    for now in (wib(31, 9, 59), wib(31, 10), wib(31, 10, 29), wib(31, 10, 30)):
        office.clock.now = now
        for store in (budi, cici):
            card = await store.queue.claim()
            seen[store.me.login].append(isinstance(card, Card))
            if isinstance(card, Card):
                await store.queue.put_back(card)
    assert seen == {"budi": [False, True, True, True], "cici": [False, False, False, True]}


async def test_who_did_not_answer_is_tried_in_another_part_of_the_day(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [person(1)])
    await call(ani, Outcome.NO_ANSWER)
    tried = []
    for now in (wib(31, 11), wib(31, 12, 30), wib(31, 13), wib(1, 9, month=8), wib(1, 15, 30, month=8)):
        office.clock.now = now
        card = await ani.queue.claim()
        if isinstance(card, Card):
            tried.append(now)
            await ani.queue.outcome(card, Outcome.NO_ANSWER)
    assert tried == [wib(31, 13), wib(1, 9, month=8), wib(1, 15, 30, month=8)]


async def test_a_retry_that_slept_into_its_own_part_of_the_day_waits_for_the_next(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [person(1)])
    await call(ani, Outcome.NO_ANSWER)  # in the morning: due from 13.00
    office.clock.now = wib(1, 9, month=8)
    assert isinstance(await ani.queue.claim(), Nothing)
    office.clock.now = wib(1, 13, 30, month=8)
    assert isinstance(await ani.queue.claim(), Card)


async def test_tries_count_by_number_and_outcome(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=f"{number(1)} / {number(2)}")])
    rung = []
    for _day in range(12):
        card = await ani.queue.claim()
        if not isinstance(card, Card):
            break
        rung.append(current(card))
        await ani.queue.outcome(card, Outcome.UNREACHABLE if len(rung) % 2 else Outcome.BUSY)
        office.clock.pass_by(days=1 if office.clock.now.weekday() < 4 else 3)
    # The third "unreachable" ends the first number, then the second: the one that ended the last says what follows.
    assert rung == [number(1)] * 5 + [number(2)] * 6
    (item,) = facts(office, "queue_item").values()
    assert (item["state"], item["tries"]) == ("without_number", 11)


async def test_numbers_come_in_turn_and_then_correction(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=f"{number(1)} / {number(2)} / {number(3)}")])
    rung = []
    for outcome in (Outcome.WRONG_NUMBER, Outcome.UNREGISTERED, Outcome.MOVED):
        card = await hold(ani)
        rung.append(current(card))
        after = await ani.queue.outcome(card, outcome)
        assert [n.e164 for n in card.numbers if n.wrong] == rung[:-1]
    assert rung == [number(1), number(2), number(3)]
    assert after.state == "without_number"
    assert isinstance(after.next, Nothing)
    assert after.next.without_number == 1


async def test_a_new_number_brings_somebody_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [person(1)])
    await call(ani, Outcome.WRONG_NUMBER)
    assert isinstance(await ani.queue.claim(), Nothing)
    await office.bring_in(ani, [Person("21000000001", hp=number(77))])
    card = await hold(ani)
    assert current(card) == number(77)
    assert [(n.e164, n.wrong) for n in card.numbers] == [(number(77), False), (number(1), True)]


async def test_who_has_no_number_waits_for_one(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=""), person(2)])
    (status,) = await ani.queue.status()
    assert (status.waiting, status.without_number) == (1, 1)
    assert await served(ani, 1) == ["0002"]


async def test_the_chosen_number_is_the_one_that_is_counted(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=f"{number(1)} / {number(2)}")])
    card = await ani.queue.choose_number(await hold(ani), number(2))
    assert current(card) == number(2)
    await ani.queue.outcome(card, Outcome.WRONG_NUMBER)
    again = await hold(ani)
    assert [(n.e164, n.wrong, n.tries) for n in again.numbers] == [(number(1), False, 0), (number(2), True, 1)]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (wib(31, 12, 15), "break"),
        (wib(31, 17), "after"),
        (wib(1, 7, 59, month=8), "before"),
        (wib(5, 10, month=8), "weekend"),
        (wib(17, 10, month=8), "holiday"),
        (wib(31, 8), "past"),
        (datetime.fromisoformat("2024-06-03T10:00+07:00"), "too-far"),
    ],
    ids=str,
)
async def test_a_callback_outside_office_hours_is_refused(
    office: Office, ani: Store, wanted: datetime, code: str
) -> None:
    await office.bring_in(ani, [person(1)])
    card = await hold(ani)
    before = {table: facts(office, table) for table in ("queue_item", "attempt", "audit")}
    with pytest.raises(CallbackTimeError) as refused:
        await ani.queue.outcome(card, Outcome.CALLBACK, callback_at=wanted)
    assert refused.value.code == code
    assert {table: facts(office, table) for table in before} == before
    assert (await hold(ani)).token == card.token


async def test_the_offices_own_day_off_is_closed_for_callbacks_too(office: Office, ani: Store) -> None:
    await ani.office.add_closed_day(date(2023, 8, 1), "Pindah ruang")
    presets = await ani.queue.callback_presets()
    assert presets["3"] == wib(2, 9, 30, month=8)
    with pytest.raises(CallbackTimeError):
        await ani.queue.parse_callback("besok 10")
    assert await ani.queue.parse_callback("lusa 10") == wib(2, 10, month=8)


async def test_status_counts_are_disjoint_and_add_up_to_the_list(office: Office, ani: Store) -> None:
    rows = [person(n) for n in range(1, 11)] + [Person("21000000099"), person(50, date(1966, 1, 1))]
    await office.bring_in(ani, rows)
    await call(ani, Outcome.BUSY)  # the one of 2022
    office.clock.pass_by(minutes=1)
    for outcome in (Outcome.BUSY, Outcome.REFUSED, Outcome.SAYS_CLAIMED, Outcome.NOT_YET, Outcome.WRONG_NUMBER):
        await call(ani, outcome)
    office.clock.pass_by(minutes=31)
    held = await hold(ani)
    found = {s.period: s for s in await ani.queue.status()}
    assert list(found) == ["2022-01", "2023-07"]
    for period, status in found.items():
        counts = (status.waiting, status.due, status.held, status.done, status.without_number)
        assert sum(counts) == await ani.queue.count(QueueFilter(period=period))
    july, january = found["2023-07"], found["2022-01"]
    assert held.period == "2022-01"
    assert (july.waiting, july.due, july.held, july.done, july.without_number) == (6, 1, 0, 2, 2)
    assert (january.waiting, january.due, january.held) == (0, 0, 1)


async def test_the_list_is_masked_and_in_serving_order(
    office: Office, ani: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.bring_in(ani, [person(n, company="PT SINAR") for n in (3, 1, 2)])
    await call(ani, Outcome.BUSY)
    await hold(ani)
    rows = await ani.queue.rows(QueueFilter(), 0, 10)
    assert [row.kpj[-4:] for row in rows] == ["0001", "0002", "0003"]
    assert [row.state for row in rows] == ["retry", "new", "new"]
    assert rows[1].holder == "ani"
    assert all("…" in row.phone_masked and number(1)[3:] not in row.phone_masked for row in rows)
    assert [row.kpj[-4:] for row in await ani.queue.rows(QueueFilter(states=("new",)), 1, 1)] == ["0003"]
    assert await ani.queue.count(QueueFilter(text="sinar")) == 3
    assert await ani.queue.count(QueueFilter(text="0812 0000003")) == 1
    assert await ani.queue.window(QueueFilter(text="sinar"), 1, 1) == (3, rows[1:2])
    assert await ani.queue.window(QueueFilter(), 0, 2) == (3, rows[:2])
    assert await ani.queue.window(QueueFilter(text="nobody"), 0, 2) == (0, [])
    monkeypatch.setattr(search_sets, "_MANY_OF", search_sets.BLOCK)  # as a search that thousands fit
    assert await ani.queue.window(QueueFilter(text="sinar"), 0, 2) == (3, rows[:2])


async def test_colleagues_of_the_same_company_are_seen_masked(office: Office, ani: Store) -> None:
    rows = [person(1, npp="00041207", company="PT A"), person(2, npp="00041207", company="PT. A"), person(3)]
    await office.bring_in(ani, rows)
    card = await hold(ani)
    assert [row.kpj[-4:] for row in await ani.queue.company_people(card)] == ["0002"]


async def test_balance_and_advice_wait_for_the_right_party(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [person(1, balance="10.000.000")])
    card = await hold(ani)
    assert (card.birth_date, card.jht_balance, card.advice) == (None, None, None)
    card = await ani.queue.verify_right_party(card)
    assert (card.birth_date, card.jht_balance, card.advice, card.jmo_limit) == (None, 10_000_000, "jmo", 10_000_000)
    await ani.queue.put_back(card)
    again = await hold(ani)
    assert (again.item_id, again.jht_balance) == (card.item_id, None)


async def test_a_list_made_by_hand_takes_whom_an_import_left(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [person(1, date(1967, 8, 2)), person(2, date(1967, 8, 20))])
    assert await ani.queue.new_campaign("jht56", "2023-08") == 0
    office.clock.now = wib(2, 9, month=8)
    assert await ani.queue.new_campaign("jht56", "2023-08") == 1
    assert await ani.queue.new_campaign("jht56", "2023-08") == 0
    office.clock.now = wib(21, 9, month=8)
    assert await ani.queue.new_campaign("jht56", "2023-08") == 1


async def test_people_assigned_to_the_queue_are_counted_for_their_owner(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    await call(ani, Outcome.CALLBACK, callback_at=wib(31, 10))
    assert (await ani.office.now()).due == 0
    office.clock.now = wib(31, 10)
    now = await ani.office.now()
    assert (now.open, now.due, now.until) == (True, 1, wib(31, 12))
