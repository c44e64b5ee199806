"""Erasing a person of whom the office has something everywhere: afterwards no table holds anything of theirs."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from bench.cluster import ROLE, SUPERUSER
from store.drafts import of_item, of_person
from store.erasing import erase
from store.rules.erasures import DataKind
from store.rules.permissions import Role
from store.transaction import Transaction
from tests.store.full_office import SITI, fill
from tests.store.office import Clock, Office, Person, facts, wib
from tests.store.test_erasures import named
from tests.store.voucher_desk import TIUR, UCOK

WORDS = (
    *(SITI.kpj, SITI.name, SITI.nik, "81276543210", "7654-3210", "siti.rahayu", "87654321", "1967-07-19"),
    *(TIUR.kpj, TIUR.name, "1090077777", "19-07-1967"),
)


async def _erase(office: Office, people: list[int]) -> None:
    store = await office.open()

    def work(tx: Transaction) -> None:
        tx.audit("erasure.erased", undoable=False)
        erase(tx, DataKind.PEOPLE, people)

    await store._link.write(work)
    await store._link.gateway.run(store._link.database.scrub)


def _left_on_server(url: str) -> list[tuple[str, str]]:
    """Words in the files of a database on the server's disk, its statistics written anew by its administrator."""
    import psycopg

    with psycopg.connect(url.replace(f"user={ROLE}", f"user={SUPERUSER}"), autocommit=True) as connection:
        connection.execute("VACUUM FULL pg_statistic")
        connection.execute("CHECKPOINT")
        folder = connection.execute("SHOW data_directory").fetchone()
        number = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert folder is not None
    assert number is not None
    files = [path for path in Path(folder[0], "base", str(number[0])).iterdir() if path.is_file()]
    assert len(files) > 100
    contents = {path.name: path.read_bytes() for path in files}
    return [(name, word) for name, raw in contents.items() for word in WORDS if word.encode() in raw]


async def test_a_person_who_is_everywhere_is_nowhere_afterwards(home: Path, database_url: str) -> None:
    office = Office(home, database_url, Clock(wib(31, 9)))
    await office.create(practice=True)
    full = await fill(office)
    store = full.store
    await store.staff.act_as(Role.KEPALA_BIDANG)
    await office.bring_in(store, [Person(TIUR.kpj, TIUR.name, company="PT CONTOH")])  # paid, and no file came yet
    await store.drafts.save("lookup:1", f"telepon {SITI.name} lagi")
    await store.recaps.close(full.known["period"])
    await store.recaps_incoming.close(full.known["period"])
    await store.recaps_vouchers.close(full.known["period"])
    before = {table for table, _word in named(office, WORDS)}
    assert {
        "participant",
        "payment",
        "claim_file",
        "archived",
        "correction",
        "audit_change",
        "draft",
        "open_payment",
    } <= before
    counted = {table: len(facts(office, table)) for table in ("attempt", "contact", "follow_up", "assist", "payment")}
    assert UCOK.kpj == SITI.kpj
    await _erase(office, sorted(facts(office, "participant")))
    await store.staff.act_as(Role.AUDITOR)
    assert named(office, WORDS) == set()
    assert {str(row["waiting_since"])[4:] for row in facts(office, "queue_item").values()} == {"-01-01"}
    assert await store.audit.verify() is None
    assert {table: len(facts(office, table)) for table in counted} == counted  # what is counted stays
    await store.staff.act_as(Role.KEPALA_BIDANG)
    assert (await store.persons.check_index()).is_whole
    assert (await store.worklists.check()).is_whole
    if office.is_sqlite:
        path = Path(office.url.removeprefix("sqlite://"))
        for file in path.parent.glob(f"{path.name}*"):
            raw = file.read_bytes()
            assert [word for word in WORDS if word.encode() in raw] == [], file.name
    else:
        end = monotonic() + 60
        while (left := _left_on_server(office.url)) and monotonic() < end:  # the server's own rounds may be looking
            await store._link.gateway.run(store._link.database.scrub)
        assert left == []
    await office.close()


async def test_what_somebody_types_of_a_person_goes_with_them(home: Path, database_url: str) -> None:
    """By what the text names, by whom its key is of; drafts of others stay."""
    office = Office(home, database_url, Clock(wib(31, 9)))
    await office.create(practice=True)
    full = await fill(office)
    store = full.store
    await store.staff.act_as(Role.KEPALA_BIDANG)
    people = facts(office, "participant")
    item = next(row for row in facts(office, "queue_item").values())
    gone, stays = item["participant_id"], next(each for each in people if each != item["participant_id"])
    before = await store.drafts.keys()
    theirs = {
        f"line:contact{of_person(gone)}",
        f"line:held{of_item(item['id'])}",
        f"call-note:{item['id']}",
        f"of {people[gone]['name']}",
    }
    others = {f"line:contact{of_person(stays)}", f"line:contact{of_person(gone * 10 + 1)}", "line:receive "}
    for key in (*theirs, *others):
        await store.drafts.save(key, "0812")
    await _erase(office, [gone])
    assert set(await store.drafts.keys()) - set(before) == others
    await office.close()
