"""Lists that come in: once, whole, and never taking away what was known."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from store import Store
from store.errors import FileRefused, Invalid, NotAllowed, NotFound
from store.rows import Card, SheetReport
from store.rules.outcomes import Outcome
from tests import workbooks_generator
from tests.store.office import Office, Person, facts, hold, number, people, wib

DATA = ("participant", "phone", "campaign", "queue_item", "layout")
FULL = Person(
    "21000000001",
    name="SITI AMINAH",
    born=date(1967, 7, 3),
    hp=number(1),
    email="siti@contoh.co.id",
    balance="12.500.000",
    npp="00041207",
    company="PT SINAR RIAU",
)


def known(office: Office, kpj: str = "21000000001") -> dict[str, object]:
    rows = {row["kpj"]: row for row in facts(office, "participant").values()}
    return dict(rows[kpj])


def numbers(office: Office) -> list[str]:
    rows = sorted(facts(office, "phone").values(), key=lambda row: row["position"])
    return [str(row["e164"]) for row in rows]


def total(sheets: tuple[SheetReport, ...]) -> dict[str, int]:
    names = ("taken", "same", "changed", "repaired", "doubted", "refused")
    return {name: count for name in names if (count := sum(getattr(sheet, name) for sheet in sheets))}


async def test_the_same_file_again_changes_nothing(office: Office, ani: Store) -> None:
    path = office.write_list(people(40))
    await ani.imports.apply(await ani.imports.plan(path))
    before = {table: facts(office, table) for table in DATA}
    office.clock.pass_by(days=1)
    plan = await ani.imports.plan(path)
    assert plan.known_file
    assert (total(plan.sheets), plan.eligible) == ({"same": 40}, {})
    done = await ani.imports.apply(plan)
    assert (total(done.sheets), done.campaigns, done.undo) == ({"same": 40}, {}, None)
    assert {table: facts(office, table) for table in DATA} == before


async def test_the_same_people_in_another_file_change_nothing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(20))
    before = {table: facts(office, table) for table in DATA}
    rows = list(reversed(people(20)))
    plan = await ani.imports.plan(office.write_list(rows))
    assert not plan.known_file
    assert total((await ani.imports.apply(plan)).sheets) == {"same": 20}
    assert {table: facts(office, table) for table in DATA} == before


async def test_a_plan_changes_nothing_and_the_import_does_what_it_said(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [FULL])
    before = {table: facts(office, table) for table in (*DATA, "audit", "imported_file")}
    rows = [Person("21000000001", name="SITI AMINAH BINTI", hp=number(2)), *people(3, first=10)]
    plan = await ani.imports.plan(office.write_list(rows))
    assert {table: facts(office, table) for table in before} == before
    done = await ani.imports.apply(plan)
    assert (done.sheets, done.rows, done.campaigns) == (plan.sheets, plan.rows, plan.eligible)
    assert total(done.sheets)["changed"] == 1


async def test_changed_values_are_taken_and_told(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [FULL])
    changed = Person("21000000001", name="SITI AMINAH BINTI ALI", hp=number(2), balance="13.000.000")
    done = await office.bring_in(ani, [changed])
    assert [(row.kpj, row.verdict) for row in done.rows] == [("21000000001", "changed")]
    person = known(office)
    assert (person["name"], person["jht_balance"]) == ("SITI AMINAH BINTI ALI", 13_000_000)
    assert numbers(office) == [number(2), number(1)]
    card = await hold(ani)
    assert [(n.e164, n.current) for n in card.numbers] == [(number(2), False), (number(1), True)]


async def test_changes_can_be_left_out(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [FULL])
    before = known(office)
    rows = [Person("21000000001", name="LAIN"), Person("21000000002", hp=number(2))]
    await office.bring_in(ani, rows, accept="none")
    assert known(office) == before
    assert known(office, "21000000002")["name"] == "ORANG 0002"


async def test_an_empty_or_unreadable_cell_clears_nothing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [FULL])
    before = {**known(office), "version": 0, "source": "", "reading": "", "flags": ""}
    empty = Person("21000000001", name="SITI AMINAH", born=None)
    unreadable = ["21000000001", "SITI AMINAH", "31-02-1967", "08xx", "siti @ contoh", "lihat smile", "-", "", "?"]
    for row in (empty, unreadable):
        await ani.imports.apply(await ani.imports.plan(office.write_list([row])))
        assert {**known(office), "version": 0, "source": "", "reading": "", "flags": ""} == before
        assert numbers(office) == [number(1)]


async def test_claimed_stays_claimed(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=number(1), claimed="SUDAH KLAIM")])
    done = await office.bring_in(ani, [Person("21000000001", hp=number(1), claimed="BELUM")])
    assert known(office)["claimed"] in (True, 1)
    assert done.campaigns == {}
    assert [reason.code for row in done.rows for reason in row.reasons if reason.code == "claimed-kept"]


async def test_a_claim_that_comes_in_takes_the_person_off_the_list(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(3))
    done = await office.bring_in(ani, [Person("21000000002", claimed="SUDAH")])
    assert done.left_queue == 1
    (status,) = await ani.queue.status()
    assert (status.waiting, status.done) == (2, 1)


async def test_the_first_row_of_a_repeated_kpj_stands(office: Office, ani: Store) -> None:
    first = Person("21000000001", name="SITI", hp=number(1), balance="1.000.000")
    other = Person("21000000001", name="RINA", hp=number(2), balance="1.000.000")
    done = await office.bring_in(ani, [first, first, other, Person("21000000002", hp=number(3))])
    assert known(office)["name"] == "SITI"
    assert numbers(office) == [number(1), number(3)]
    assert total(done.sheets)["same"] == 1
    repeated = [row for row in done.rows if "kpj-repeated" in {reason.code for reason in row.reasons}]
    assert [(row.row, row.kpj, row.verdict) for row in repeated] == [(4, "21000000001", "doubted")]
    assert sum(total(done.sheets).values()) == 4


async def test_a_corrected_mapping_is_kept_for_the_layout(office: Office, ani: Store) -> None:
    headings = ["No Peserta BPJS", "NAMA", "Nomor Lain", "HP"]
    rows = [["1", "SITI", "21000000001", number(1)], ["2", "RINA", "21000000002", number(2)]]
    overrides = {"Nomor Lain": "kpj", "No Peserta BPJS": ""}
    plan = await ani.imports.plan(office.write_list(rows, headings=headings), overrides)
    await ani.imports.apply(plan, overrides=overrides)
    assert {row["kpj"] for row in facts(office, "participant").values()} == {"21000000001", "21000000002"}
    again = await ani.imports.plan(office.write_list([["3", "DEWI", "21000000003", number(3)]], headings=headings))
    assert again.sheets[0].columns == {"No Peserta BPJS": None, "NAMA": "name", "Nomor Lain": "kpj", "HP": "phones"}
    other = await ani.imports.plan(office.write_list([["21000000004", "EKA"]], headings=["KPJ", "NAMA"]))
    assert other.sheets[0].columns == {"KPJ": "kpj", "NAMA": "name"}
    assert other.layout != again.layout


async def test_a_mapping_to_nothing_known_is_refused(office: Office, ani: Store) -> None:
    with pytest.raises(Invalid):
        await ani.imports.plan(office.write_list(people(1)), {"HP": "telepon"})


async def test_several_files_come_in_together_or_not_at_all(office: Office, ani: Store) -> None:
    good = await ani.imports.plan(office.write_list(people(5)))
    closed = await ani.imports.plan(office.write_list(people(5, first=10)))
    await ani.imports.close(closed)
    before = {table: facts(office, table) for table in (*DATA, "audit")}
    with pytest.raises(NotFound):
        await ani.imports.apply_all([good, closed])
    assert {table: facts(office, table) for table in before} == before
    again = await ani.imports.plan(office.write_list(people(5, first=3)))
    done = await ani.imports.apply_all([good, again])
    assert [total(each.sheets) for each in done] == [{"doubted": 5}, {"doubted": 2, "same": 3}]
    assert [each.campaigns for each in done] == [{"2023-07": 5}, {"2023-07": 2}]
    assert len(facts(office, "queue_item")) == 7


async def test_a_failure_in_the_middle_of_the_second_file_leaves_the_first_out_too(office: Office, ani: Store) -> None:
    plans = [await ani.imports.plan(office.write_list(people(5, first=first))) for first in (1, 10)]
    ani.imports._open[plans[1].plan_id].close()  # its rows can no longer be read
    with pytest.raises(ValueError):
        await ani.imports.apply_all(plans)
    assert facts(office, "participant") == {}
    assert await ani.audit.verify() is None


async def test_two_imports_at_once_both_come_in(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    plans = [
        (store, await store.imports.plan(office.write_list(people(60, first=first))))
        for store, first in ((budi, 1), (cici, 31))
    ]
    done = await asyncio.gather(*(store.imports.apply(plan) for store, plan in plans))
    assert len(facts(office, "participant")) == len(facts(office, "queue_item")) == 90
    assert sum(each.campaigns["2023-07"] for each in done) == 90
    assert sorted(total(each.sheets).get("same", 0) for each in done) == [0, 30]
    assert len(facts(office, "campaign")) == 1
    assert await ani.audit.verify() is None


async def test_lists_and_calls_at_once(office: Office, ani: Store) -> None:
    """Nobody who calls meets an error because a list that speaks of the same people comes in."""
    budi = await office.hire(ani, "budi", "pelayanan")
    cici = await office.hire(ani, "cici", "pelayanan")
    await office.bring_in(budi, people(40))
    rows = [Person(p.kpj, hp=number(500 + n), claimed="SUDAH" if n % 2 else "") for n, p in enumerate(people(40))]

    async def ring() -> None:
        for _ in range(15):
            card = await cici.queue.claim()
            if isinstance(card, Card):
                await cici.queue.outcome(card, Outcome.SAYS_CLAIMED)

    plan = await budi.imports.plan(office.write_list(rows))
    await asyncio.gather(ring(), budi.imports.apply(plan))
    claimed = {row["id"] for row in facts(office, "participant").values() if row["claimed"]}
    items = facts(office, "queue_item").values()
    assert {row["state"] for row in items if row["participant_id"] in claimed} == {"done"}
    assert sum(row["tries"] for row in items) == len(facts(office, "attempt"))
    assert await ani.audit.verify() is None


async def test_hostile_names_stay_text(office: Office, ani: Store) -> None:
    hostile = ["=CMD('calc')", "[red]BUDI[/]", "ROBERT'); DROP TABLE participant;--", "SITI %s %(x)s {0}", "😀 ﷽"]
    rows = [Person(f"2100000{n:04d}", name=name, hp=number(n)) for n, name in enumerate(hostile, 1)]
    plan = await ani.imports.plan(office.write_list(rows))
    await ani.imports.apply(plan)
    names = [str(row["name"]) for row in facts(office, "participant").values()]
    assert len(names) == len(hostile)
    assert names[:4] == hostile[:4]
    assert (await hold(ani)).name == hostile[0]


async def test_escape_sequences_do_not_come_in(office: Office, ani: Store) -> None:
    rows = [Person("21000000001", name="SI\x1b[31mTI\x07\u202e", company="PT \x1b]52;c;aGk=\x07 A", hp=number(1))]
    await office.bring_in(ani, rows)
    said = "".join(map(str, known(office).values()))
    assert not {"\x1b", "\x07", "\u202e"} & set(said)


async def test_what_is_no_list_is_refused_and_leaves_no_trace(office: Office, ani: Store) -> None:
    path = ani.inbox / "gambar.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    files = sorted(office.home.rglob("*"))
    for refused in (path, ani.inbox / "tidak ada.xlsx"):
        with pytest.raises(FileRefused):
            await ani.imports.plan(refused)
    assert sorted(office.home.rglob("*")) == files


async def test_who_may_not_import_cannot_even_look(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "magang")
    with pytest.raises(NotAllowed):
        await budi.imports.plan(office.write_list(people(1)))


async def test_who_lost_the_right_between_plan_and_import_is_refused(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    plan = await budi.imports.plan(office.write_list(people(1)))
    await ani.staff.role("budi", "magang")
    with pytest.raises(NotAllowed):
        await budi.imports.apply(plan)
    assert facts(office, "participant") == {}


async def test_files_in_masuk_are_offered_with_what_is_known_of_them(office: Office, ani: Store) -> None:
    first = office.write_list(people(2))
    await ani.imports.apply(await ani.imports.plan(first))
    copy = ani.inbox / "salinan.csv"
    copy.write_bytes(first.read_bytes())
    (ani.inbox / ".setengah.csv").write_text("KPJ\n")
    (ani.inbox / "~$buka.xlsx").write_text("")
    (ani.inbox / "tautan.csv").symlink_to("/etc/passwd")
    new = office.write_list(people(2, first=5))
    offered = {file.name: file.imported_at for file in await ani.imports.offered()}
    assert offered == {first.name: wib(31, 9), "salinan.csv": wib(31, 9), new.name: None}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv-utf16"])
async def test_messy_workbooks_come_in_as_they_must_be_read(
    office: Office, ani: Store, tmp_path: Path, kind: str
) -> None:
    made = workbooks_generator.make(tmp_path, seed=7, kind=kind, people=30)
    expected = {row.kpj: row for row in reversed(made.expected)}
    done = await ani.imports.apply(await ani.imports.plan(made.path))
    assert sum(total(done.sheets).values()) == len(made.expected)
    people_now = {row["kpj"]: row for row in facts(office, "participant").values()}
    assert set(people_now) == set(expected)
    phones: dict[int, list[str]] = {}
    for row in sorted(facts(office, "phone").values(), key=lambda row: row["position"]):
        phones.setdefault(row["participant_id"], []).append(row["e164"])
    for kpj, row in expected.items():
        person = people_now[kpj]
        born = row.birth_date.isoformat() if row.birth_date else None
        assert (person["name"], person["nik"], person["birth_date"]) == (row.name, row.nik, born)
        assert (person["email"], person["jht_balance"]) == (row.email, row.jht_balance)
        assert tuple(phones.get(person["id"], ())) == row.phones
