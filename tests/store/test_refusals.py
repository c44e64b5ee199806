"""What was refused, and who came and went, is in the trail; and a refusal stands also where it cannot be noted."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from store import Store, open_store
from store.errors import NotAllowed, NotStaff, OwnWork
from store.trail import TrailFilter
from store.transaction import REFUSAL
from tests.store.office import Office, Person, people


def refused(office: Office, action: str = "refused") -> list[dict[str, Any]]:
    """The refusals of the trail in order: who, what was missing, which deed, how often, about which participant."""
    rows = office.sql(
        "SELECT staff.login, payload, participant_id FROM audit JOIN audit_change ON audit_id = audit.id"
        f" JOIN staff ON staff.id = staff_id WHERE action = '{action}'"
        f" AND table_name = '{REFUSAL}' ORDER BY audit.id"
    )
    return [{"who": who, "person": person, **json.loads(payload)} for who, payload, person in rows]


async def settled(store: Store) -> None:
    """When what was to be done after the last answer is done."""
    await store.office.setting("office.name")


async def test_a_refused_write_and_a_refused_read_are_in_the_trail(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "umum")
    with pytest.raises(NotAllowed):
        await budi.office.set_setting("office.name", "Duri")
    with pytest.raises(NotAllowed):
        await budi.audit.entries()
    await settled(budi)
    found = [(row["who"], row["refused"], row["deed"], row["times"]) for row in refused(office)]
    assert found == [
        ("budi", "manage_office", "office.set_setting", 1),
        ("budi", "read_audit", "audit.entries", 1),
    ]
    assert await ani.office.setting("office.name") != "Duri"
    assert await ani.audit.verify() is None


async def test_it_says_about_whom(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", name="SITI", hp="081234500011")])
    ((siti,),) = office.sql("SELECT id FROM participant")
    budi = await office.hire(ani, "budi", "admin")
    with pytest.raises(NotAllowed):
        await budi.persons.open(siti)
    with pytest.raises(NotAllowed):
        await budi.people.export(office.home / "semua orang.csv", "csv")
    with pytest.raises(OwnWork):
        await budi.staff.role("budi", "kepala_kantor")
    await settled(budi)
    about = [(row["refused"], row["person"], row.get("about")) for row in refused(office)]
    assert about == [
        ("see_lists", siti, None),
        ("export_participants", None, "semua orang.csv"),
        ("own-work", None, "budi"),
    ]
    _person, happened = await ani.persons.record("21000000001")
    assert [row.event.by for row in happened if row.event and row.event.action == "refused"] == ["BUDI"]


async def test_the_same_again_within_a_minute_is_counted(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "umum")

    async def ask(times: int) -> None:
        for _ in range(times):
            with pytest.raises(NotAllowed):
                await budi.audit.entries()
        await settled(budi)

    await ask(1_000)
    assert [row["times"] for row in refused(office)] == [1]
    office.clock.pass_by(seconds=61)
    await ask(1)
    assert [row["times"] for row in refused(office)] == [1, 1_000]
    await ask(7)
    await budi.close()
    assert [row["times"] for row in refused(office)] == [1, 1_000, 7]
    assert await ani.audit.verify() is None


async def test_a_refusal_stands_while_somebody_else_writes(office: Office, ani: Store) -> None:
    """It is answered at once, and noted when the database can be written again."""
    budi = await office.hire(ani, "budi", "umum")
    with office.raw() as database, database.turn(), database.writing():
        if office.is_sqlite:
            database.peewee.execute_sql("UPDATE setting SET value = value")
        else:
            database.peewee.execute_sql("LOCK TABLE audit")

        async def both() -> None:
            with pytest.raises(NotAllowed):
                await budi.audit.entries()
            await settled(budi)

        await asyncio.wait_for(both(), 5)
        assert budi._link.refusals.waiting
    assert refused(office) == []
    await budi.close()
    assert [row["deed"] for row in refused(office)] == ["audit.entries"]


async def test_who_comes_and_goes(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    await budi.close()
    rows = office.sql(
        "SELECT action FROM audit JOIN staff ON staff.id = staff_id WHERE login = 'budi' ORDER BY audit.id"
    )
    assert rows == [("session.start",), ("session.end",)]


async def test_who_was_disabled_and_comes_all_the_same(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    await budi.close()
    await ani.staff.disable("budi")
    for _ in range(3):
        with pytest.raises(NotStaff):
            await open_store(office.home, url=office.url, login="budi", clock=office.clock)
    turned_away = "SELECT count(*) FROM audit WHERE action = 'session.refused'"
    assert office.sql(turned_away) == [(1,)]
    office.clock.pass_by(minutes=2)
    with pytest.raises(NotStaff):
        await open_store(office.home, url=office.url, login="budi", clock=office.clock)
    assert office.sql(turned_away) == [(2,)]
    assert await ani.audit.verify() is None


async def test_an_account_that_nobody_knows_is_told_by_the_next_who_comes(office: Office, ani: Store) -> None:
    async def comes(account: str) -> None:
        with pytest.raises(NotStaff):
            await open_store(office.home, url=office.url, login=account, clock=office.clock)

    for _ in range(30):
        await comes("orang-luar")
    office.clock.pass_by(minutes=5)
    await comes("orang-luar")
    for n in range(30):
        await comes(f"{'x' * 100}{n}" if n == 0 else f"lain{n}")
    assert office.sql("SELECT count(*) FROM audit WHERE action = 'session.unknown'") == [(0,)]
    budi = await office.hire(ani, "budi")
    told = [row for row in refused(office, "session.unknown") if row["about"] == "orang-luar"]
    said = {"refused": "not-staff", "deed": "opening", "times": 31, "about": "orang-luar"}
    assert told == [{"who": "budi", "person": None, **said}]
    rows = refused(office, "session.unknown")
    assert (len(rows), sum(row["times"] for row in rows), max(len(row["about"]) for row in rows)) == (21, 61, 64)
    (row,) = [row for row in await ani.audit.rows(TrailFilter(), 0, 50) if row.about == "orang-luar"]
    assert (row.login, row.why) == ("budi", "orang-luar · 2023-07-31 09.00 – 2023-07-31 09.05")
    await budi.close()
    await office.open("budi")
    assert len(refused(office, "session.unknown")) == 21, "once"
    assert await ani.audit.verify() is None


async def test_a_shared_account_that_says_to_be_somebody_else_is_told_under_its_own_name(
    office: Office, ani: Store
) -> None:
    for login in ("budi", "cici"):
        await ani.staff.add(login, login, "Pelayanan", "magang")
    await ani.staff.share("loket1", ["cici"])
    for person in ("budi", "siapa saja"):
        with pytest.raises(NotStaff):
            await open_store(office.home, url=office.url, login="loket1", person=person, clock=office.clock)
    await office.open("budi")
    (told,) = refused(office, "session.unknown")
    assert (told["about"], told["times"]) == ("loket1", 2)
    assert office.sql("SELECT count(*) FROM audit WHERE action = 'session.refused'") == [(0,)], "Budi did nothing"


async def test_a_pin_that_is_used_up_is_told_apart(office: Office, ani: Store) -> None:
    await ani.pins.choose("482917")
    for _ in range(5):
        await ani.pins.give("705318")
    rows = office.sql("SELECT action FROM audit WHERE action IN ('pin.wrong', 'pin.exhausted') ORDER BY id")
    assert [row[0] for row in rows] == ["pin.wrong"] * 4 + ["pin.exhausted"]


async def test_reads_that_are_allowed_leave_nothing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    before = office.sql("SELECT max(id) FROM audit")
    await ani.audit.entries()
    await settled(ani)
    assert office.sql("SELECT max(id) FROM audit") == before
