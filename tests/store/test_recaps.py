"""Figures of a period that stay once it is closed, and the report of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store import Store
from store.errors import Invalid, NotAllowed
from store.rules.dates import parse_period
from store.rules.outcomes import Outcome
from tests.store.office import Office, call, people, wib

JULY = parse_period("2023-07")


async def test_a_closed_period_gives_the_same_figures_again(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    await call(ani, Outcome.WILL_CLAIM)
    closed = await ani.recaps.close(JULY)
    assert (closed.people, closed.called, closed.will_claim) == (3, 1, 1)
    assert (closed.closed_at, closed.closed_by) == (wib(31, 9), "ani")
    office.clock.pass_by(hours=1)
    await call(ani, Outcome.REFUSED)
    assert await ani.recaps.jht56(JULY) == closed
    assert (await ani.recaps.results(JULY))[0] == closed
    assert (await ani.recaps.jht56(parse_period("2023-06..2023-07"))).called == 2
    with pytest.raises(Invalid) as refused:
        await ani.recaps.close(JULY)
    assert refused.value.problem == "closed"


async def test_people_and_history_of_a_closed_period_are_those_of_that_day(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    await call(ani, Outcome.CALLBACK, callback_at=wib(31, 10), note="tanya ke isteri")
    before = (await ani.recaps.results(JULY))[1:]
    assert [len(rows) for rows in before] == [3, 1]
    closed = await ani.recaps.close(JULY)
    office.clock.pass_by(hours=1)
    await call(ani, Outcome.REFUSED)
    for person in people(3):
        await office.bring_in(ani, [replace(person, name="NAMA LAIN", company="PT LAIN")])
    assert (await ani.recaps.results(JULY))[1:] == before
    rina = await office.hire(ani, "rina", "pelayanan")
    assert await rina.recaps.results(JULY) == (closed, *before)  # nobody here has a NIK that could be masked
    erased = office.sql("SELECT id FROM participant WHERE kpj = ?", before[1][0].kpj)[0][0]
    office.sql("DELETE FROM closed_person WHERE participant_id = ?", erased)
    figures, left, history = await rina.recaps.results(JULY)
    assert (figures, [row.kpj for row in left], history) == (closed, ["21000000002", "21000000003"], [])


async def test_a_period_closed_by_an_older_loket_gives_its_figures_and_the_people_of_today(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(2))
    closed = await ani.recaps.close(JULY)
    office.sql("DELETE FROM closed_person")
    office.sql("""UPDATE closed_period SET figures = replace(figures, ', "sheets_closed": true', '')""")
    await call(ani, Outcome.WILL_CLAIM)
    figures, rows, history = await ani.recaps.results(JULY)
    assert figures == replace(closed, sheets_closed=False)
    assert (len(rows), len(history)) == (2, 1)


async def test_an_empty_period_is_not_closed(ani: Store) -> None:
    with pytest.raises(Invalid) as refused:
        await ani.recaps.close(JULY)
    assert refused.value.problem == "nobody-on-list"


async def test_only_a_head_closes_and_only_some_read(office: Office, ani: Store, tmp_path: Path) -> None:
    await office.bring_in(ani, people(1))
    rina = await office.hire(ani, "rina", "pelayanan")
    assert (await rina.recaps.jht56(JULY)).people == 1
    with pytest.raises(NotAllowed):
        await rina.recaps.close(JULY)
    dodi = await office.hire(ani, "dodi", "magang")
    with pytest.raises(NotAllowed):
        await dodi.recaps.jht56(JULY)
    await call(dodi, Outcome.WILL_CLAIM)
    assert [(day.name, day.calls) for day in await dodi.daily.report(date(2023, 7, 31))] == [("DODI", 1)]
    assert [day.name for day in await rina.daily.report(date(2023, 7, 31))] == ["ani", "DODI"]
    joko = await office.hire(ani, "joko", "auditor")
    with pytest.raises(NotAllowed):
        await joko.recaps.write_pages(tmp_path / "rekap.pdf", b"%PDF")
    assert list(tmp_path.glob("*.pdf")) == []
    await rina.recaps.write_pages(tmp_path / "rekap.pdf", b"%PDF")
    assert (tmp_path / "rekap.pdf").read_bytes() == b"%PDF"


async def test_the_day_tells_what_everybody_did_and_not_what_was_taken_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(4))
    rina = await office.hire(ani, "rina", "pelayanan")
    await call(rina, Outcome.NO_ANSWER)
    await call(rina, Outcome.WILL_CLAIM)
    await rina.queue.undo()
    office.clock.pass_by(minutes=5)
    await ani.office.add_closed_day(date(2023, 8, 1), "Pelantikan")
    report = {person.name: person for person in await ani.daily.report(date(2023, 7, 31))}
    assert list(report) == ["ani", "RINA"]
    calls = report["RINA"]
    assert (calls.calls, calls.reached, calls.section, calls.actions) == (1, 0, "Pelayanan", {})
    assert [(line.action, line.outcome, line.person, line.kind) for line in calls.lines] == [
        ("call", "no_answer", "ORANG 0001", "jht56")
    ]
    assert report["ani"].actions["office.closed-day"] == 1
    assert report["ani"].actions["import.participants"] == 1
    assert await ani.daily.report(date(2023, 7, 30)) == []


async def test_what_was_taken_back_the_next_day_is_gone_from_the_day_before(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    undo = await ani.office.add_closed_day(date(2023, 8, 2), "Pelantikan")
    assert undo is not None
    office.clock.pass_by(days=1)
    await ani.undo.undo(undo)
    (person,) = await ani.daily.report(date(2023, 7, 31))
    assert "office.closed-day" not in person.actions
    assert await ani.daily.report(date(2023, 8, 1)) == []
