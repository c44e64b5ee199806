"""Who gets in, as what, and until when."""

from __future__ import annotations

import os
import pwd
from collections.abc import Awaitable
from datetime import date, timedelta
from pathlib import Path

import pytest

from store import Store, create_office, open_store
from store.actors import login_of_this_process
from store.errors import (
    DatabaseTrouble,
    Invalid,
    NoOffice,
    NotAllowed,
    NotFound,
    NotService,
    NotStaff,
    OfficeExists,
    OwnWork,
)
from store.rules.permissions import STANDING_OF_FOUNDER, TABLE, Permission, Role
from store.service import MARK, make_service, named_login, own_outbox
from tests.store.office import Clock, Office, hold, people, wib

EVERY_ROLE = frozenset(role.value for role in Role)
STANDING = frozenset(role.value for role in STANDING_OF_FOUNDER)
MONDAY = date(2023, 7, 31)


async def test_an_empty_home_holds_no_office(home: Path, database_url: str) -> None:
    with pytest.raises(NoOffice):
        await open_store(home, url=database_url, login="ani")


async def test_a_second_founding_changes_nothing(office: Office) -> None:
    with pytest.raises(OfficeExists):
        await create_office(office.home, name="Lain", url=office.url, login="budi", clock=office.clock)
    ani = await office.open()
    assert [person.login for person in await ani.staff.rows()] == ["ani"]
    assert ani.me.office == "Kantor Cabang"


async def test_an_office_has_its_folders_closed_to_strangers(office: Office, ani: Store) -> None:
    assert (ani.inbox, ani.outbox) == (office.home / "MASUK", office.home / "KELUAR")
    assert ani.inbox.stat().st_mode & 0o007 == 0
    assert ani.outbox.stat().st_mode & 0o007 == 0


async def test_without_a_login_the_account_of_the_process_is_the_person(
    home: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = pwd.getpwuid(os.getuid()).pw_name
    for name in ("USER", "LOGNAME"):
        monkeypatch.setenv(name, "somebody-else")
    await create_office(home, url=database_url)
    store = await open_store(home, url=database_url)
    assert store.me.login == account
    await store.close()


async def test_a_home_of_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "loket.sqlite").write_bytes(b"")
    with pytest.raises(DatabaseTrouble) as refused:
        await open_store(tmp_path, login="ani")
    assert refused.value.reason == "not-loket"


async def test_a_database_from_a_later_loket_is_left_alone(office: Office) -> None:
    office.sql("PRAGMA user_version = 999" if office.is_sqlite else "UPDATE loket_schema SET version = 999")
    with pytest.raises(DatabaseTrouble) as refused:
        await office.open()
    assert refused.value.reason == "newer"


async def test_a_founder_alone_holds_every_role(ani: Store) -> None:
    assert ani.me.roles == EVERY_ROLE
    assert ani.me.permissions == frozenset(p.value for p in Permission)


async def test_with_a_second_person_the_founder_keeps_the_standing_roles(office: Office, ani: Store) -> None:
    await ani.staff.add("budi", "Budi", "Pelayanan", "pelayanan")
    assert (await ani.refresh_me()).roles == STANDING
    with pytest.raises(NotAllowed) as refused:
        await ani.queue.claim()
    assert (refused.value.permission, refused.value.roles) == ("call", tuple(sorted(STANDING)))


async def test_every_role_does_not_come_back_when_the_second_person_leaves(office: Office, ani: Store) -> None:
    await office.hire(ani, "budi")
    await ani.staff.disable("budi")
    assert (await ani.refresh_me()).roles == STANDING


async def test_nobody_raises_themselves(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "admin")
    for store in (ani, budi):
        login = store.me.login
        with pytest.raises(OwnWork):
            await store.staff.role(login, "kepala_bidang")
        with pytest.raises(OwnWork):
            await store.staff.assign(login, "keuangan", "Keuangan", MONDAY, None)
        with pytest.raises(OwnWork):
            await store.staff.disable(login)
    assert (await ani.refresh_me()).roles == STANDING
    assert (await budi.refresh_me()).roles == {"admin"}


async def test_who_may_not_manage_staff_changes_nobody(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "magang")
    before = await ani.staff.rows()
    tried: list[Awaitable[None]] = [
        budi.staff.add("cici", "Cici", "", "admin"),
        budi.staff.role("ani", "magang"),
        budi.staff.role("budi", "admin"),
        budi.staff.assign("budi", "admin", "", MONDAY, None),
        budi.staff.disable("ani"),
    ]
    for attempt in tried:
        with pytest.raises(NotAllowed):
            await attempt
    assert await ani.staff.rows() == before


async def test_a_disabled_person_is_refused_at_the_next_key(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    await office.bring_in(budi, people(2))
    card = await hold(budi)
    await ani.staff.disable("budi")
    for refused in (budi.queue.claim(), budi.queue.verify_right_party(card), budi.refresh_me(), budi.queue.status()):
        with pytest.raises(NotStaff) as said:
            await refused
        assert (said.value.login, said.value.disabled) == ("budi", True)
    with pytest.raises(NotStaff):
        await office.open("budi")


async def test_a_dated_assignment_holds_on_its_days_only(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "umum")
    await ani.staff.assign("budi", "kepesertaan", "Kepesertaan", date(2023, 8, 1), date(2023, 8, 2))
    seen = {}
    for ahead in range(4):
        office.clock.now = wib(31, 9) + timedelta(days=ahead)
        seen[ahead] = (await budi.refresh_me()).roles
    assert seen == {0: {"umum"}, 1: {"umum", "kepesertaan"}, 2: {"umum", "kepesertaan"}, 3: {"umum"}}


async def test_an_assignment_begins_at_midnight_in_the_office(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "umum")
    await ani.staff.assign("budi", "magang", "", date(2023, 8, 1), date(2023, 8, 1))
    office.clock.now = wib(31, 23, 59)
    assert (await budi.refresh_me()).roles == {"umum"}
    office.clock.now = wib(1, 0, 0, month=8)
    assert (await budi.refresh_me()).roles == {"umum", "magang"}


async def test_a_new_standing_role_takes_the_place_of_the_old(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "magang")
    await ani.staff.assign("budi", "umum", "Umum", MONDAY, date(2023, 8, 31))
    await ani.staff.role("budi", "pelayanan")
    assert (await budi.refresh_me()).roles == {"pelayanan", "umum"}


async def test_an_unknown_account_is_refused(office: Office) -> None:
    with pytest.raises(NotStaff) as refused:
        await office.open("penyusup")
    assert (refused.value.login, refused.value.disabled) == ("penyusup", False)


@pytest.mark.parametrize("login", ["", "Budi Santoso", "-rf", "budi\n", "x" * 40, "بودي"])
async def test_what_is_no_account_is_not_registered(office: Office, ani: Store, login: str) -> None:
    with pytest.raises(Invalid):
        await ani.staff.add(login, "Budi", "", "magang")


async def test_bad_staff_facts_are_named(office: Office, ani: Store) -> None:
    await ani.staff.add("budi", "Budi", "", "magang")
    with pytest.raises(Invalid) as twice:
        await ani.staff.add("budi", "Budi", "", "magang")
    assert (twice.value.field, twice.value.problem) == ("login", "known")
    with pytest.raises(Invalid):
        await ani.staff.role("budi", "direktur")
    with pytest.raises(NotFound):
        await ani.staff.role("cici", "magang")
    with pytest.raises(Invalid):
        await ani.staff.assign("budi", "umum", "", MONDAY, MONDAY - timedelta(days=1))


async def test_only_a_practice_office_switches_roles(office: Office, ani: Store) -> None:
    with pytest.raises(NotAllowed):
        await ani.staff.act_as("magang")
    assert (await ani.refresh_me()).roles == EVERY_ROLE


async def test_a_practice_office_obeys_the_clock_it_is_given(home: Path, database_url: str) -> None:
    os.environ["LOKET_NOW"] = "2023-07-31T09:00"
    await create_office(home, url=database_url, login="ani", practice=True)
    store = await open_store(home, url=database_url, login="ani")
    assert store.now() == wib(31, 9)
    assert store.me.practice
    await store.close()


async def test_a_real_office_does_not(home: Path, database_url: str) -> None:
    os.environ["LOKET_NOW"] = "2023-07-31T09:00"
    await create_office(home, url=database_url, login="ani")
    store = await open_store(home, url=database_url, login="ani")
    assert store.now() > wib(31, 9) + timedelta(days=365)
    await store.close()


@pytest.fixture
async def practice(home: Path, database_url: str) -> Office:
    made = Office(home, database_url, Clock(wib(31, 9)))
    await made.create(practice=True)
    return made


@pytest.mark.parametrize("role", [role for role in Role if Permission.EXPORT_PARTICIPANTS in TABLE[role]], ids=str)
async def test_an_export_masks_what_the_role_may_not_see(practice: Office, role: Role) -> None:
    store = await practice.open()
    nik, balance = "1403090307679901", "12345678"
    path = practice.write_list([["21000000001", nik, "SITI", balance]], headings=["KPJ", "NIK", "NAMA", "SALDO JHT"])
    await store.imports.apply(await store.imports.plan(path))
    await store.staff.act_as(role)
    await store.people.export(practice.home / "daftar.csv", "csv")
    await practice.close()
    text = (practice.home / "daftar.csv").read_text(encoding="utf-8")
    assert (nik in text) == (Permission.SEE_FULL_NIK in TABLE[role])
    assert (balance in text) == (Permission.SEE_AMOUNTS in TABLE[role])


def test_sudo_says_who_it_is_only_where_a_service_account_keeps_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me, other = pwd.getpwuid(os.getuid()).pw_name, pwd.getpwall()[-1]
    monkeypatch.setenv("SUDO_UID", str(other.pw_uid))
    assert login_of_this_process(tmp_path) == me
    with pytest.raises(NotService):
        named_login(tmp_path, "budi")
    make_service(tmp_path)
    assert login_of_this_process(tmp_path) == other.pw_name
    assert named_login(tmp_path, "budi") == "budi"
    for wrong in ("-1", "", "0x1", "٣", " 0"):
        monkeypatch.setenv("SUDO_UID", wrong)
        assert login_of_this_process(tmp_path) == me
    monkeypatch.setenv("SUDO_UID", str(other.pw_uid))
    mark = tmp_path / MARK
    mark.chmod(0o620)  # others may have made it
    assert login_of_this_process(tmp_path) == me
    mark.rename(tmp_path / "elsewhere")
    mark.symlink_to(tmp_path / "elsewhere")
    assert login_of_this_process(tmp_path) == me


def test_who_has_a_folder_of_their_own_in_keluar_gets_files_there(tmp_path: Path) -> None:
    (tmp_path / "budi").mkdir()
    (tmp_path / "cici").symlink_to("/")
    assert own_outbox(tmp_path, "budi") == tmp_path / "budi"
    for login in ("cici", "rini", "..", ".", "", "budi/..", "/"):
        assert own_outbox(tmp_path, login) == tmp_path
