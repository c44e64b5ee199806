"""How good the data are, and what was corrected in a month: figures that agree with the rows they are made of."""

from __future__ import annotations

from datetime import date

import pytest

from store import Store, problem_counts, quality_index
from store.correction_log import LogFilter
from store.correction_rows import CorrectionFilter
from store.edits import Evidence
from store.errors import Invalid, NotAllowed
from store.quality import Quality
from store.rules.corrections import CorrectionState, Field, Source
from store.rules.dates import parse_period
from tests.store.office import Office, Person, facts

SAID, LETTER = Evidence(Source.PARTICIPANT), Evidence(Source.COMPANY, "PT SATU", "surat 12")
JULY = parse_period("2023-07")


def staff(n: int, company: str, **known: str) -> Person:
    return Person(f"2100000{n:04d}", name=f"ORANG {'ABCDEFGH'[n]}", company=company, **known)


def derived_is_right(office: Office) -> bool:
    with office.raw() as database:
        return quality_index.disagreements(database) == [] and problem_counts.disagreements(database) == []


async def test_quality_is_told_by_company_and_kept_once_a_day(office: Office, ani: Store) -> None:
    ready = {"hp": "081211110001", "email": "a@contoh.id"}
    await office.bring_in(ani, [staff(1, "PT SATU", **ready), staff(2, "PT SATU", hp="08xx"), staff(3, "PT DUA")])
    first = Quality(people=3, callable=1, email=1, doubtful=1)
    assert (await ani.quality.total(), derived_is_right(office)) == (first, True)
    assert len(facts(office, "quality_day")) == 2
    _one, two, three = facts(office, "participant")
    done = await ani.corrections.put(two, Field.PHONE, "081211110002", SAID)
    await ani.corrections.put(three, Field.EMAIL, "tiga@contoh.id", SAID)
    now = Quality(people=3, callable=2, email=2, doubtful=0)
    assert (await ani.quality.total(), derived_is_right(office)) == (now, True)
    assert len(facts(office, "quality_day")) == 2  # once a day
    office.clock.pass_by(days=1)
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    third = Quality(people=3, callable=1, email=2, doubtful=1)
    report = await ani.quality.report()
    assert report.total == third
    assert report.history == ((date(2023, 7, 31), first), (date(2023, 8, 1), third))
    assert [(each.company, each.figures) for each in report.companies] == [
        ("PT SATU", Quality(2, 1, 1, 1)),
        ("PT DUA", Quality(1, 0, 1, 0)),
    ]
    assert len(facts(office, "quality_day")) == 3  # only the company that changed since yesterday morning
    await office.bring_in(ani, [staff(1, "PT DUA", **ready), staff(2, "PT DUA")])
    office.clock.pass_by(days=1)
    report = await ani.quality.report(since=date(2023, 8, 1))
    assert [each.company for each in report.companies] == ["PT DUA"]
    assert [day.day for day, _figures in report.history] == [1, 2]
    assert report.history[-1][1].people == 3
    office.clock.pass_by(days=1)
    assert (await ani.quality.report()).history[-2:] == (
        (date(2023, 8, 2), report.total),
        (date(2023, 8, 3), report.total),
    )
    assert derived_is_right(office)
    with pytest.raises(NotAllowed):
        await (await office.hire(ani, "admin", "admin")).quality.total()


async def test_a_month_of_corrections_is_counted_as_it_stands_and_closed(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [staff(1, "PT SATU", email="lama@contoh.id"), staff(2, "PT SATU"), staff(3, "PT DUA")])
    one, two, three = facts(office, "participant")
    budi, citra = await office.hire(ani, "budi", "magang"), await office.hire(ani, "citra", "kepesertaan")
    head = await office.hire(ani, "dedi", "kepala_bidang")
    await citra.corrections.put(one, Field.EMAIL, "baru@contoh.id", SAID)
    await citra.corrections.put(two, Field.PHONE, "081211110002", LETTER)
    await citra.corrections.put(three, Field.PHONE, "081211110003", SAID)
    (wrong,) = await citra.correction_log.rows(LogFilter(kpj="21000000003"))
    await citra.corrections.take_back(wrong.correction_id, "salah orang")
    await ani.office.set_setting("corrections.propose", True)
    for person in (two, three):
        await budi.corrections.put(person, Field.EMAIL, "usul@contoh.id", SAID)
    proposed = await citra.corrections.rows(CorrectionFilter(state=CorrectionState.PROPOSED), 0, 9)
    await citra.corrections.decline([proposed[0].correction_id], "bukan dia")
    told = (await citra.recaps_corrections.recap(JULY)).figures
    assert (told.made, told.people, told.filled, told.replaced, told.taken_back) == (2, 2, 1, 1, 1)
    assert (told.proposed, told.declined, told.in_smile, told.not_in_smile) == (1, 1, 0, 2)
    assert told.by_field == {
        "phone": {"made": 1, "taken_back": 1, "in_smile": 0},
        "email": {"made": 1, "taken_back": 0, "in_smile": 0},
    }
    assert {name: counts["made"] for name, counts in told.by_source.items()} == {"participant": 1, "company": 1}
    assert list(told.by_person) == ["CITRA"]
    # A number that was taken back opened its question again.
    assert told.by_problem["phone-missing"] == {"opened": 4, "settled": 2}
    with pytest.raises(NotAllowed):
        await citra.recaps_corrections.close(JULY)
    closed = await head.recaps_corrections.close(JULY)
    await citra.corrections.put(one, Field.EMAIL, "lagi@contoh.id", SAID)
    again, rows = await head.recaps_corrections.results(JULY)
    assert (again.figures, again.closed_by, closed.figures) == (told, "DEDI", told)
    assert [(row.field, row.new, row.said_by, row.undone) for row in rows][:3] == [
        ("email", "ba…@contoh.id", "", False),
        ("phone", "0812…002", "PT SATU", False),
        ("phone", "0812…003", "", True),
    ]
    with pytest.raises(Invalid) as empty:
        await head.recaps_corrections.close(parse_period("2023-06"))
    assert empty.value.problem == "nothing-changed"
