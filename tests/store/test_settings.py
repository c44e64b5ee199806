"""What heads decide about the office, on both databases: it works at once, for everybody, and can be taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time

import pytest

from store import Store
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, UndoRefused
from store.office import change_setting, setting
from store.rules.callbacks import CallbackTimeError
from store.rules.hours import DayHours
from store.rules.kinds import Kind
from store.rules.outcomes import DEFAULT_POLICIES, Outcome, PolicyError, State
from store.rules.policies import policies_to_json
from store.rules.policy_edits import with_delay, with_state, with_tries
from store.rules.presets import PresetError, Presets
from store.rules.script import ScriptError
from store.transaction import Transaction
from tests.store.office import Office, hold, people, wib


async def test_a_changed_outcome_table_decides_what_follows_the_next_outcome(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    busy = with_delay(Outcome.BUSY, DEFAULT_POLICIES[Outcome.BUSY], "45")
    await ani.settings.set_policy(Outcome.BUSY, busy)
    served = await ani.queue.outcome(await hold(ani), Outcome.BUSY)
    assert served.due_at == wib(31, 9, 45)
    not_yet = with_state(Outcome.NOT_YET, DEFAULT_POLICIES[Outcome.NOT_YET], State.DONE)
    await ani.settings.set_policy(Outcome.NOT_YET, not_yet)
    served = await ani.queue.outcome(await hold(ani), Outcome.NOT_YET, detail="no_need")
    assert (served.state, served.due_at) == (State.DONE, None)


async def test_fewer_tries_count_for_numbers_that_were_tried_before(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    once = with_tries(Outcome.BUSY, DEFAULT_POLICIES[Outcome.BUSY], "1")
    await ani.settings.set_policy(Outcome.BUSY, once)
    assert (await ani.queue.outcome(await hold(ani), Outcome.BUSY)).state == State.EXHAUSTED


async def test_the_default_comes_back_and_what_was_not_changed_is_not_kept(office: Office, ani: Store) -> None:
    await ani.settings.set_policy(Outcome.BUSY, with_tries(Outcome.BUSY, DEFAULT_POLICIES[Outcome.BUSY], "2"))
    assert list(await ani.settings.policies()) == list(Outcome)
    assert await ani.office.setting("calls.policy.no_answer") is None
    assert (await ani.office.setting("calls.policy.busy"))["most_tries"] == 2
    await ani.settings.set_policy(Outcome.BUSY, None)
    assert await ani.settings.policies() == dict(DEFAULT_POLICIES)


async def test_a_policy_that_an_outcome_cannot_have_is_refused_at_the_door(ani: Store) -> None:
    wrong = replace(DEFAULT_POLICIES[Outcome.DECEASED], state=State.CHECK)
    with pytest.raises(PolicyError):
        await ani.settings.set_policy(Outcome.DECEASED, wrong)
    assert (await ani.settings.policies())[Outcome.DECEASED] == DEFAULT_POLICIES[Outcome.DECEASED]


async def test_two_heads_who_change_different_outcomes_at_once_keep_both(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "kepala_bidang")
    changes = [
        desk.settings.set_policy(outcome, with_tries(outcome, DEFAULT_POLICIES[outcome], str(tries)))
        for tries, (desk, outcome) in enumerate(((ani, Outcome.NO_ANSWER), (budi, Outcome.BUSY)), 7)
    ]
    await asyncio.gather(*changes)
    table = await ani.settings.policies()
    assert (table[Outcome.NO_ANSWER].most_tries, table[Outcome.BUSY].most_tries) == (7, 8)


async def test_undo_of_an_outcome_minds_only_who_changed_the_same_one(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "kepala_bidang")

    async def tries(store: Store, outcome: Outcome, count: int) -> None:
        await store.settings.set_policy(outcome, with_tries(outcome, DEFAULT_POLICIES[outcome], str(count)))

    await tries(ani, Outcome.BUSY, 7)
    await tries(budi, Outcome.NO_ANSWER, 8)
    assert await ani.settings.undo() == "calls.policies"
    table = await ani.settings.policies()
    assert (table[Outcome.BUSY], table[Outcome.NO_ANSWER].most_tries) == (DEFAULT_POLICIES[Outcome.BUSY], 8)
    await tries(ani, Outcome.BUSY, 7)
    await tries(budi, Outcome.BUSY, 9)
    with pytest.raises(UndoRefused):
        await ani.settings.undo()
    assert (await ani.settings.policies())[Outcome.BUSY].most_tries == 9


async def test_what_an_earlier_release_kept_in_one_table_stands_until_it_is_changed(office: Office, ani: Store) -> None:
    busy, quiet = (with_tries(o, DEFAULT_POLICIES[o], "9") for o in (Outcome.BUSY, Outcome.NO_ANSWER))
    old = policies_to_json({**DEFAULT_POLICIES, Outcome.BUSY: busy, Outcome.NO_ANSWER: quiet})
    await ani.office.set_setting("calls.policies", old)
    await ani.settings.set_policy(Outcome.BUSY, None)
    table = await ani.settings.policies()
    assert (table[Outcome.BUSY], table[Outcome.NO_ANSWER]) == (DEFAULT_POLICIES[Outcome.BUSY], quiet)
    await ani.settings.undo()
    assert (await ani.settings.policies())[Outcome.BUSY] == busy


async def test_a_changed_hour_moves_the_presets_of_another_open_session_at_once(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    assert (await budi.queue.callback_presets())["3"] == wib(1, 9, 30, month=8)
    await ani.settings.set_presets(replace(Presets(), morning=time(8, 15)), "3")
    assert (await budi.queue.callback_presets())["3"] == wib(1, 8, 15, month=8)
    await ani.settings.set_hours(1, DayHours(time(10), time(15)))
    assert (await budi.queue.callback_presets())["3"] == wib(1, 10, month=8)
    with pytest.raises(CallbackTimeError):
        await budi.queue.parse_callback("besok 9")
    await ani.settings.set_hours(1, None)
    assert (await budi.queue.callback_presets())["3"] == wib(2, 8, 15, month=8)


async def test_presets_changed_by_two_at_once_are_both_kept(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "kepala_bidang")
    await asyncio.gather(
        ani.settings.set_presets(replace(Presets(), morning=time(8, 15)), "3"),
        budi.settings.set_presets(replace(Presets(), afternoon=time(16)), "2"),
    )
    assert await ani.settings.presets() == replace(Presets(), morning=time(8, 15), afternoon=time(16))


async def test_a_preset_outside_the_hours_is_refused(ani: Store) -> None:
    with pytest.raises(PresetError):
        await ani.settings.set_presets(replace(Presets(), afternoon=time(18)), "2")
    assert await ani.settings.presets() == Presets()


async def test_a_week_without_work_is_refused(ani: Store) -> None:
    for weekday in range(4):
        await ani.settings.set_hours(weekday, None)
    with pytest.raises(Invalid) as refused:
        await ani.settings.set_hours(4, None)
    assert refused.value.problem == "week-empty"
    assert list((await ani.settings.calendar()).week) == [4]
    await ani.settings.default_hours(0)
    assert (await ani.settings.calendar()).week[0] == DayHours(time(8), time(17), time(12), time(13))


async def test_closed_days_tell_whose_they_are_and_what_was_promised(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    await ani.queue.outcome(await hold(ani), Outcome.CALLBACK, callback_at=wib(1, 10, month=8))
    await ani.office.add_closed_day(date(2023, 8, 1), "Pindah ruang")
    days = {row.day: row for row in await ani.settings.closed_days(2023)}
    assert (days[date(2023, 8, 1)].own, days[date(2023, 8, 1)].promised) == (True, 1)
    assert not days[date(2023, 8, 17)].own
    await ani.settings.remove_closed_day(date(2023, 8, 1))
    with pytest.raises(NotFound):
        await ani.settings.remove_closed_day(date(2023, 8, 17))
    assert date(2023, 8, 1) not in {row.day for row in await ani.settings.closed_days(2023)}
    assert (await ani.settings.undo()) == "office.closed-days"
    assert date(2023, 8, 1) in {row.day for row in await ani.settings.closed_days(2023)}


@pytest.mark.parametrize(("day", "problem"), [(date(2023, 8, 17), "known"), (date(2023, 8, 5), "not-worked")])
async def test_a_day_that_is_closed_anyway_is_not_closed_again(ani: Store, day: date, problem: str) -> None:
    with pytest.raises(Invalid) as refused:
        await ani.office.add_closed_day(day, "Rapat")
    assert refused.value.problem == problem


async def test_the_jmo_limit_has_a_line_for_each_date(ani: Store) -> None:
    await ani.settings.set_jmo_limit(date(2023, 7, 1), 12_000_000)
    assert (date(2023, 7, 1), 12_000_000) in await ani.settings.jmo_limits()
    await ani.settings.set_jmo_limit(date(2023, 7, 1), None)
    with pytest.raises(NotFound):
        await ani.settings.set_jmo_limit(date(2023, 7, 1), None)
    lines = await ani.settings.jmo_limits()
    for day, _limit in lines[:-1]:
        await ani.settings.set_jmo_limit(day, None)
    with pytest.raises(Invalid):
        await ani.settings.set_jmo_limit(lines[-1][0], None)
    await ani.settings.default_jmo_limits()
    assert await ani.settings.jmo_limits() == lines


async def test_the_limit_of_the_office_decides_the_advice_on_the_card(office: Office, ani: Store) -> None:
    from tests.store.office import Person

    await office.bring_in(ani, [Person("21000000001", hp="081234567890", balance="12000000")])
    await ani.settings.set_jmo_limit(date(2023, 7, 1), 12_000_000)
    card = await ani.queue.verify_right_party(await hold(ani))
    assert (card.advice, card.jmo_limit) == ("jmo", 12_000_000)


async def test_a_script_of_the_office_reaches_everybody_and_goes_again(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    await ani.settings.set_script(Kind.JHT56, "id", "opening", "Halo {nama}")
    await ani.settings.set_script(Kind.JHT56, "id", "never", "saldo")
    assert (await budi.office.now()).scripts["jht56"]["id"] == {"opening": "Halo {nama}", "never": "saldo"}
    assert await ani.settings.script(Kind.JHT56, "en", "opening") is None
    with pytest.raises(ScriptError) as refused:
        await ani.settings.set_script(Kind.JHT56, "id", "opening", "Halo {nik}")
    assert refused.value.detail == "nik"
    await ani.settings.set_script(Kind.JHT56, "id", "opening", None)
    assert await ani.settings.script(Kind.JHT56, "id", "opening") is None
    assert await ani.settings.script(Kind.JHT56, "id", "never") == "saldo"


async def test_undo_takes_the_own_changes_back_one_after_the_other(office: Office, ani: Store) -> None:
    await ani.office.set_setting("calls.qr", True)
    await ani.settings.set_presets(replace(Presets(), morning=time(8, 15)), "3")
    await ani.office.add_closed_day(date(2023, 8, 1), "Pindah")
    assert (await ani.office.now()).qr
    assert [await ani.settings.undo() for _ in range(3)] == ["office.closed-days", "calls.presets", "calls.qr"]
    assert await ani.settings.presets() == Presets()
    assert not (await ani.office.now()).qr
    with pytest.raises(NothingToUndo):
        await ani.settings.undo()
    assert await ani.audit.verify() is None


async def test_undo_does_not_run_over_what_a_colleague_changed_since(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "kepala_bidang")
    await ani.settings.set_presets(replace(Presets(), morning=time(8, 15)), "3")
    await budi.settings.set_presets(replace(Presets(), morning=time(8, 45)), "3")
    with pytest.raises(UndoRefused) as refused:
        await ani.settings.undo()
    assert refused.value.conflicts[0].by == "BUDI"
    assert (await ani.settings.presets()).morning == time(8, 45)


async def test_only_heads_and_administrators_change_anything(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    for change in (
        lambda: budi.settings.set_policy(Outcome.BUSY, None),
        lambda: budi.settings.set_hours(0, None),
        lambda: budi.settings.default_hours(0),
        lambda: budi.settings.remove_closed_day(date(2023, 8, 17)),
        lambda: budi.settings.set_presets(Presets(), "1"),
        lambda: budi.settings.set_jmo_limit(date(2023, 7, 1), 1),
        lambda: budi.settings.default_jmo_limits(),
        lambda: budi.settings.set_script(Kind.JHT56, "id", "opening", "Halo"),
        lambda: budi.settings.undo(),
    ):
        with pytest.raises(NotAllowed):
            await change()


@pytest.mark.parametrize("code", ["0765", "021"])
async def test_an_area_code_begins_with_one_zero(ani: Store, code: str) -> None:
    await ani.office.set_setting("phones.area_code", code)
    assert await ani.office.setting("phones.area_code") == code
    for wrong in ("765", "00765", "+62765", "07651", ""):
        with pytest.raises(Invalid):
            await ani.office.set_setting("phones.area_code", wrong)


async def test_an_office_whose_clock_is_set_back_knows_the_holidays_of_those_years(office: Office, ani: Store) -> None:
    assert not await ani.settings.closed_days(2019)
    await ani.close()
    office.clock.now = wib(31, 9).replace(year=2019)
    store = await office.open()
    assert date(2019, 8, 17) in {row.day for row in await store.settings.closed_days(2019)}
    assert date(2023, 8, 17) in {row.day for row in await store.settings.closed_days(2023)}


async def test_a_write_that_changes_a_setting_goes_on_with_the_new_one(office: Office) -> None:
    """Settings are read once in a look or write; what this very write changed is read again."""

    def change(tx: Transaction) -> tuple[str, str]:
        before = setting(tx, "office.phone")
        change_setting(tx, "office.phone", "0765 91000")
        return before, setting(tx, "office.phone")

    ani = await office.open()
    found, _undo = await ani.office._link.write(change)
    assert found == ("", "0765 91000")
