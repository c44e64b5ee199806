"""The trail asked: one person's, one staff member's doings, days, kinds; never a value in a row."""

from __future__ import annotations

import csv
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from store import Store
from store.errors import NotAllowed, NotFound
from store.rules.outcomes import Outcome
from store.rules.trail import TrailKind, kind_of
from store.trail import TrailFilter, TrailRow
from store.workbooks.results_out import SheetOut
from tests.store.office import Office, Person, call, hold, wib

SITI, BUDI = "21000000001", "21000000002"


async def _busy(office: Office, ani: Store) -> Store:
    """Two days of two people at work, about two participants."""
    rows = [Person(SITI, name="SITI", hp="081234500011"), Person(BUDI, name="BUDI", hp="081234500022")]
    await office.bring_in(ani, rows)
    dewi = await office.hire(ani, "dewi", "kepesertaan")
    card = await hold(dewi)
    await dewi.queue.show_birth_date(card)
    await dewi.queue.outcome(card, Outcome.NO_ANSWER)
    with pytest.raises(NotAllowed):
        await dewi.audit.entries()
    await dewi.close()
    office.clock.now = wib(1, 9, month=8)
    again = await office.open("dewi")
    await call(again, Outcome.NO_ANSWER)
    await again.people.export(office.home / "daftar.csv", "csv")
    await again.close()
    return ani


async def _actions(store: Store, **wanted: object) -> list[str]:
    return [row.action for row in await store.audit.rows(TrailFilter(**wanted), 0, 100)]  # type: ignore[arg-type]


async def test_one_persons(office: Office, ani: Store) -> None:
    await _busy(office, ani)
    found = await ani.audit.rows(TrailFilter(kpj=SITI), 0, 100)
    assert {row.kpj for row in found} == {SITI}
    assert [(row.action, row.login) for row in found if kind_of(row.action) == TrailKind.LOOK] == [("reveal", "dewi")]
    reveal = next(row for row in found if row.action == "reveal")
    assert reveal.fields == ("birth_date",)
    assert found[-1].action == "import.participants"
    assert (found[-1].people, found[-1].person) == (2, "SITI")


async def test_one_staff_members_doings_between_days(office: Office, ani: Store) -> None:
    await _busy(office, ani)
    july, august = date(2023, 7, 31), date(2023, 8, 1)
    first = ["session.end", "refused", "queue.outcome", "reveal", "session.start"]
    second = ["session.end", "export.participants", "queue.outcome", "session.start"]
    assert await _actions(ani, staff="dewi", start=july, end=july) == first
    assert await _actions(ani, staff="dewi", start=august) == second
    assert await _actions(ani, staff="dewi") == second + first
    assert await _actions(ani, staff="ani", start=august) == []
    assert await ani.audit.count(TrailFilter(staff="ani", end=july)) == len(
        [row for row in await ani.audit.rows(TrailFilter(staff="ani"), 0, 100) if row.at < wib(1, 0, month=8)]
    )
    for unknown in (TrailFilter(staff="siapa"), TrailFilter(kpj="99999999999")):
        with pytest.raises(NotFound):
            await ani.audit.rows(unknown, 0, 1)


async def test_each_entry_is_of_one_kind(office: Office, ani: Store) -> None:
    await _busy(office, ani)
    everything = await _actions(ani)
    by_kind = {kind: await _actions(ani, kind=kind) for kind in TrailKind}
    assert sorted(chain.from_iterable(by_kind.values())) == sorted(everything)
    assert all(kind_of(action) == kind for kind, found in by_kind.items() for action in found)
    assert by_kind[TrailKind.REFUSED] == ["refused"]
    assert by_kind[TrailKind.EXPORT] == ["export.participants"]


async def test_a_row_says_no_value(office: Office, ani: Store) -> None:
    await _busy(office, ani)
    rows = await ani.audit.rows(TrailFilter(), 0, 100)
    assert not any("0812345000" in repr(row) or "812345000" in repr(row) for row in rows)
    refusal = next(row for row in rows if row.refused)
    assert (refusal.refused, refusal.deed, refusal.times) == ("read_audit", "audit.entries", 1)


async def test_pages_meet_however_they_are_read(office: Office, ani: Store) -> None:
    await _busy(office, ani)
    everything = TrailFilter()
    count = await ani.audit.count(everything)
    whole = await ani.audit.rows(everything, 0, 1_000)
    windows: list[TrailRow] = []
    for offset in range(0, count, 3):
        windows += await ani.audit.rows(everything, offset, 3)
    assert windows == whole == await ani.audit.every(everything, 1_000)
    assert len(whole) == count
    assert await ani.audit.every(everything, 4) == whole[:4]


async def test_what_goes_out_is_an_entry_itself(office: Office, ani: Store) -> None:
    path = office.home / "jejak.csv"
    await ani.audit.write_book(path, [SheetOut("Jejak", ("Nomor", "Siapa"), [(1, "=ani"), (2, "dewi")])])
    assert list(csv.reader(path.open(encoding="utf-8"))) == [["Nomor", "Siapa"], ["1", "'=ani"], ["2", "dewi"]]
    await ani.audit.write_book(office.home / "jejak.xlsx", [SheetOut("Jejak", ("Nomor",), [(1,)])])
    await ani.audit.write_pages(office.home / "jejak.pdf", b"%PDF-")
    found = [(row.action, row.why) for row in await ani.audit.rows(TrailFilter(), 0, 3)]
    assert found == [("export.trail", f"jejak.{ending}") for ending in ("pdf", "xlsx", "csv")]
    budi = await office.hire(ani, "budi", "pelayanan")
    with pytest.raises(NotAllowed):
        await budi.audit.write_book(Path("x.csv"), [])


@pytest.mark.parametrize("login", ["auditor", "kepala_kantor"])
async def test_who_reads_it_without_a_right_to_values(office: Office, ani: Store, login: str) -> None:
    await _busy(office, ani)
    reader = await office.hire(ani, login, login)
    assert (await reader.audit.rows(TrailFilter(kpj=SITI), 0, 1))[0].kpj == SITI
    entries = await reader.audit.entries(50, wanted=TrailFilter(kpj=SITI))
    assert entries
    assert "1234500011" not in repr(entries)


async def test_an_entry_about_a_colleague_names_them_and_no_field_of_participants(office: Office, ani: Store) -> None:
    await ani.staff.add("budi", "BUDI", "Pelayanan", "pelayanan")
    await ani.staff.assign("budi", "magang", "", date(2023, 7, 31), date(2023, 8, 31))
    await ani.staff.role("budi", "kepesertaan")
    await ani.pins.reset("budi")
    await ani.staff.share("loket1", ["budi"])
    await ani.staff.disable("budi")
    found = {row.action: row for row in await ani.audit.rows(TrailFilter(), 0, 100)}
    for action in ("staff.add", "staff.assign", "staff.role", "staff.share", "staff.disable", "pin.reset"):
        assert (found[action].about, found[action].fields) == ("budi", ()), action
