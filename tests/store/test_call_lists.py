"""A list on paper: who stands on it, what its ticks do once they are typed back, and what is taken back again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from store import Store
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, UndoRefused
from store.rows import QueueFilter
from store.rules.decisions import DecisionError
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, hand_back, hold, people, wib


async def listed(store: Store, number: int) -> list[str]:
    """The people of a list by the ends of their KPJ."""
    return [line.kpj[-4:] for line in (await store.call_lists.open(number)).lines]


async def states(store: Store) -> dict[str, str]:
    return {row.kpj[-4:]: row.state for row in await store.queue.rows(QueueFilter(), 0, 99)}


async def test_a_list_has_those_who_would_be_served_next_and_their_numbers(office: Office, ani: Store) -> None:
    await office.bring_in(
        ani, [*people(3), Person("21000000009", "TANPA NOMOR"), Person("21000000008", hp="0813-1111-2222 / 0765-91234")]
    )
    made = await ani.call_lists.make("2023-07", most=10)
    assert [line.line for line in made.lines] == [1, 2, 3, 4]
    assert [line.kpj for line in made.lines] == ["21000000001", "21000000002", "21000000003", "21000000008"]
    assert [phone.e164 for phone in made.lines[3].phones] == ["+6281311112222", "+6276591234"]
    assert (made.made_by, made.period, made.done) == ("ani", "2023-07", 0)


async def test_a_range_of_months_fits_on_one_list(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    with pytest.raises(Invalid) as refused:
        await ani.call_lists.make("2023-01..2023-06")
    assert refused.value.problem == "nobody-to-call"
    assert len((await ani.call_lists.make("2023-01..2023-07")).lines) == 2
    for period, most, problem in (("Juli", 9, "unreadable"), ("2023-07", 0, "out-of-range"), ("2023-07", 301, None)):
        with pytest.raises(Invalid) as refused:
            await ani.call_lists.make(period, most=most)
        assert refused.value.problem == (problem or "out-of-range")


async def test_nobody_is_called_from_two_papers_of_one_day(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(5))
    first = await ani.call_lists.make("2023-07", most=2)
    second = await ani.call_lists.make("2023-07", most=2)
    assert await listed(ani, first.number) == ["0001", "0002"]
    assert await listed(ani, second.number) == ["0003", "0004"]
    office.clock.pass_by(days=1)  # a paper that never came back does not keep them for ever
    assert len((await ani.call_lists.make("2023-07")).lines) == 5


async def test_who_is_called_again_today_is_on_paper_and_who_is_not_due_is_not(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    await call(ani, Outcome.CALLBACK, callback_at=wib(31, 14))
    await call(ani, Outcome.NOT_YET, detail="no_need")
    made = await ani.call_lists.make("2023-07")
    assert [(line.kpj[-4:], line.due_at) for line in made.lines] == [("0001", wib(31, 14)), ("0003", None)]
    office.clock.now = wib(31, 9, month=10)  # three months later the one who did not want to yet is due
    assert "0002" in [line.kpj[-4:] for line in (await ani.call_lists.make("2023-07")).lines]


async def test_a_tick_is_an_outcome_and_is_taken_once(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    number = (await ani.call_lists.make("2023-07")).number
    office.clock.pass_by(hours=3)
    ticked = await ani.call_lists.tick(number, 1, Outcome.WILL_CLAIM, detail="jmo")
    assert (ticked.name, ticked.state, ticked.applied) == ("ORANG 0001", "promised", True)
    with pytest.raises(Invalid) as refused:
        await ani.call_lists.tick(number, 1, Outcome.BUSY)
    assert refused.value.problem == "ticked-already"
    with pytest.raises(NotFound):
        await ani.call_lists.tick(number, 3, Outcome.BUSY)
    with pytest.raises(NotFound):
        await ani.call_lists.open(number + 1)
    assert [line.ticked for line in (await ani.call_lists.open(number)).lines] == ["will_claim", None]
    (head,) = await ani.call_lists.newest()
    assert (head.number, head.lines, head.done, head.made_by) == (number, 2, 1, "ani")
    assert (await states(ani))["0001"] == "promised"


async def test_a_tick_of_somebody_served_since_is_history_only(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    number = (await ani.call_lists.make("2023-07")).number
    office.clock.pass_by(minutes=30)
    await call(ani, Outcome.WILL_CLAIM)
    await hand_back(ani)
    ticked = await ani.call_lists.tick(number, 1, Outcome.REFUSED)
    assert (ticked.applied, ticked.state) == (False, "promised")
    card = await hold(ani)
    assert not (await ani.call_lists.tick(number, 2, Outcome.BUSY)).applied
    await ani.queue.put_back(card)
    assert (await ani.call_lists.undo()).line == 2
    assert (await ani.call_lists.undo()).outcome == "refused"
    assert (await ani.call_lists.open(number)).done == 0
    assert await states(ani) == {"0001": "promised", "0002": "new"}


async def test_ticks_are_taken_back_one_after_the_other_after_a_restart_too(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    before = await states(ani)
    number = (await ani.call_lists.make("2023-07")).number
    for line in (1, 2):
        await ani.call_lists.tick(number, line, Outcome.NO_ANSWER)
    await ani.close()
    again = await office.open("ani")
    undone = await again.call_lists.undo()
    assert (undone.number, undone.line, undone.name, undone.outcome) == (number, 2, "ORANG 0002", "no_answer")
    assert (await again.call_lists.undo()).line == 1
    with pytest.raises(NothingToUndo):
        await again.call_lists.undo()
    assert await states(again) == before
    assert (await again.call_lists.tick(number, 2, Outcome.BUSY)).applied
    assert await again.audit.verify() is None


async def test_a_tick_is_not_taken_back_when_the_person_was_called_since(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    number = (await ani.call_lists.make("2023-07")).number
    await ani.call_lists.tick(number, 1, Outcome.BUSY)
    office.clock.pass_by(hours=5)
    await call(ani, Outcome.NO_ANSWER)
    with pytest.raises(UndoRefused):
        await ani.call_lists.undo()
    assert (await ani.call_lists.open(number)).done == 1


async def test_a_tick_that_cannot_be_decided_changes_nothing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    number = (await ani.call_lists.make("2023-07")).number
    with pytest.raises(DecisionError):
        await ani.call_lists.tick(number, 1, Outcome.CALLBACK)
    assert (await ani.call_lists.open(number)).done == 0


async def test_pages_are_written_and_the_trail_keeps_who_took_them(office: Office, ani: Store, tmp_path: Path) -> None:
    await office.bring_in(ani, people(1))
    number = (await ani.call_lists.make("2023-07")).number
    await ani.call_lists.write(number, tmp_path / "daftar.pdf", b"%PDF")
    assert (tmp_path / "daftar.pdf").read_bytes() == b"%PDF"
    newest = (await ani.audit.entries(2))[0]
    assert (newest.action, newest.why) == ("call-list.paper", "daftar.pdf")
    with pytest.raises(NotFound):
        await ani.call_lists.write(99, tmp_path / "keine.pdf", b"")
    assert not (tmp_path / "keine.pdf").exists()


async def test_paper_is_for_those_who_call(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    number = (await ani.call_lists.make("2023-07")).number
    auditor = await office.hire(ani, "joko", "auditor")
    for work in (
        auditor.call_lists.make("2023-07"),
        auditor.call_lists.open(number),
        auditor.call_lists.newest(),
        auditor.call_lists.tick(number, 1, Outcome.BUSY),
        auditor.call_lists.undo(),
    ):
        with pytest.raises(NotAllowed):
            await work


async def test_the_outcome_of_a_tick_is_the_one_typed_not_a_later_one(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    number = (await ani.call_lists.make("2023-07")).number
    await ani.call_lists.tick(number, 1, Outcome.BUSY)
    office.clock.now += timedelta(hours=2)
    await call(ani, Outcome.WILL_CLAIM)
    assert (await ani.call_lists.open(number)).lines[0].ticked == "busy"


async def test_a_list_of_another_kind_says_what_it_is_about_and_takes_its_own_outcomes(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(3))
    ids = sorted((await ani.queue.ids(QueueFilter())).values())
    await ani.bulk.add_to(Kind.BANK_CHECK, ids[:2], "rekening BRI berakhir 1234")
    made = await ani.call_lists.make("2023-07", kind=Kind.BANK_CHECK)
    assert [(line.kpj[-4:], line.matter) for line in made.lines] == [
        ("0001", "rekening BRI berakhir 1234"),
        ("0002", "rekening BRI berakhir 1234"),
    ]
    assert [line.kpj[-4:] for line in (await ani.call_lists.make("2023-07")).lines] == [
        "0003"
    ]  # the others have a paper
    ticked = await ani.call_lists.tick(made.number, 1, Outcome.ACCOUNT_WRONG)
    assert (ticked.state, ticked.applied) == ("done", True)
    assert [(head.kind, head.done) for head in await ani.call_lists.newest()] == [("jht56", 0), ("bank_check", 1)]
    with pytest.raises(Invalid) as refused:
        await ani.call_lists.make("2023-07", kind="jht65")
    assert refused.value.field == "kind"
