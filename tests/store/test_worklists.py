"""What is open of people's data: counted at once, right after every write, and settled by the value it asks for."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from store import Store, problem_counts, worklist_filters
from store.correction_rows import CorrectionFilter
from store.edits import Evidence
from store.errors import (
    CutShort,
    FileRefused,
    Invalid,
    NotAllowed,
    NotFound,
    NothingToUndo,
    NotStaff,
    StaleEdit,
    UndoRefused,
)
from store.problem_index import disagreements, rebuild
from store.rules.corrections import Field, Source
from store.rules.outcomes import Outcome
from store.rules.problems import PROBLEMS
from store.turns import Progress
from store.worklists import EMAIL_TYPO, EVERYBODY, WorkFilter, WorkOrder
from tests.store.office import OPERATIONAL, Office, Person, call, facts, number, people

SAID = Evidence(Source.PARTICIPANT)


def wrong(office: Office) -> list[tuple[object, ...]]:
    """Where the kept problems are not what the data say, or their counts not what is kept."""
    with office.raw() as database:
        return [*disagreements(database), *problem_counts.disagreements(database)]


async def test_the_kept_problems_say_after_any_writes_what_the_data_say(office: Office, ani: Store) -> None:
    chance = random.Random(6)
    numbers, niks = [number(n) for n in range(1, 5)], ["1403091905679923", "1403091905679931", "1403091905679942", ""]

    def some() -> list[Person]:
        return [
            Person(
                f"2100000000{n}",
                name=chance.choice(["SITI AMINAH", "BUDI SANTOSO"]),
                nik=chance.choice(niks),
                hp=chance.choice([*numbers, "08xxxxxxxxxx", f"{numbers[0]} / {numbers[1]}"]),
                email=chance.choice(["a @ b", "a@contoh.id", ""]),
            )
            for n in range(1, 7)
        ]

    undos = [(await office.bring_in(ani, some())).undo]
    everybody = list(facts(office, "participant"))
    for _ in range(12):
        person = chance.choice(everybody)
        done = await ani.corrections.put(person, Field.PHONE, chance.choice(numbers), SAID)
        undos.append(done.undo)
        done = await ani.corrections.put(person, Field.NIK, chance.choice(niks[:3]), SAID)
        undos.append(done.undo)
        undos.append((await office.bring_in(ani, some())).undo)
        await call(ani, chance.choice([Outcome.WRONG_NUMBER, Outcome.NO_ANSWER]))
        assert wrong(office) == []
    taken_back = 0
    for undo in reversed([undo for undo in undos if undo is not None]):
        with contextlib.suppress(UndoRefused):  # where something was built upon it
            await ani.undo.undo(undo)
            taken_back += 1
        assert wrong(office) == []
    assert taken_back > 2
    with office.raw() as database:
        before = database.rows("SELECT participant_id, flag FROM open_problem", ())
        with database.turn(), database.writing():
            rebuild(database)
        assert sorted(database.rows("SELECT participant_id, flag FROM open_problem", ())) == sorted(before)


def the_people() -> list[Person]:
    """Somebody of every kind: no number, two unreadable ones, a shared one, addresses with errors, two companies."""
    maju, jaya = partial(Person, npp="23150074", company="PT MAJU"), partial(Person, npp="23150075", company="PT JAYA")
    return [
        maju("21000000001", "SITI AMINAH", hp="", email="siti@gmial.com"),
        maju("21000000002", "BUDI SANTOSO", hp="8.12E+11", email="budi@gmail,com"),
        jaya("21000000003", "AGUS SALIM", hp="08xxxxxxxxxx", email="", claimed="SUDAH"),
        jaya("21000000004", "DEWI LESTARI", hp="081266660001", email="dewi@contoh.id"),
        maju("21000000005", "EKO PRASETYO", hp="081266660001", email="eko@contoh.id"),
        maju("21000000006", "FITRI", hp="081266660002", email="fitri@email.com"),
    ]


@pytest.mark.parametrize(
    ("of_many", "near"), [(1_000, (60,)), (0, (1, 3))], ids=["few of a company", "many of it, and far from each other"]
)
async def test_a_worklist_is_counted_narrowed_ordered_and_walked_to_its_end(
    office: Office, ani: Store, of_many: int, near: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist_filters, "_OF_MANY", of_many)
    monkeypatch.setattr(worklist_filters, "_NEAR", near)
    await office.bring_in(ani, the_people())
    desk = ani.worklists
    counts = await desk.counts()
    assert (counts["phone-missing"], counts["phone-unreadable"], counts["phone-shared"]) == (1, 2, 2)
    assert list(counts) == list(PROBLEMS)
    narrowed = await desk.counts(WorkFilter(company="PT MAJU"))
    assert (narrowed["phone-unreadable"], narrowed["phone-shared"]) == (1, 1)
    assert (await desk.counts(WorkFilter(unclaimed=True)))["phone-unreadable"] == 1
    assert (await desk.counts(WorkFilter(text="budi")))["phone-unreadable"] == 1
    assert (await desk.counts(WorkFilter(npp="23150075", text="agus")))["phone-unreadable"] == 1
    for wanted in (EVERYBODY, WorkFilter(text="agus")):
        rows = await desk.rows("phone-unreadable", wanted, 0, 1, WorkOrder.NAME)
        seen = await desk.count("phone-unreadable", wanted), rows
        assert await desk.window("phone-unreadable", wanted, 0, 1, WorkOrder.NAME) == seen
    everyone = await desk.values("status-unknown", EVERYBODY, "company")
    assert [(each.value, each.people) for each in everyone] == [("PT MAJU", 4), ("PT JAYA", 2)]
    orders = {WorkOrder.FILE: "SBADEF", WorkOrder.NAME: "ABDEFS", WorkOrder.COMPANY: "ADSBEF"}
    for order, initials in orders.items():
        for wanted, left in (
            (EVERYBODY, initials),
            (WorkFilter(company="PT MAJU"), None),
            (WorkFilter(text="pt m"), None),
        ):
            rows = await desk.rows("status-unknown", wanted, 0, 50, order)
            ids = [row.participant_id for row in rows]
            if left is not None:
                assert "".join(row.name[0] for row in rows) == left
            assert len(ids) == await desk.count("status-unknown", wanted)
            assert await desk.ids("status-unknown", wanted, order) == ids
            at, met = None, list[int]()
            while (row := await desk.next("status-unknown", wanted, at, order)) is not None:
                met.append(at := row.participant_id)
            assert met == ids
            before = await desk.next("status-unknown", wanted, ids[-1], order, back=True)
            assert before is not None and before.participant_id == ids[-2]
    unreadable = await desk.rows("phone-unreadable", EVERYBODY, 1, 1)
    assert [row.name for row in unreadable] == ["AGUS SALIM"]


async def test_a_line_says_what_is_wrong_where_it_came_from_and_hides_what_lists_hide(
    office: Office, ani: Store
) -> None:
    people = [*the_people(), Person("21000000007", "GUNAWAN", hp="0812-6666-0003-x; kantor", nik="14030919056799x1")]
    await office.bring_in(ani, people)
    desk = ani.worklists
    (shared, other) = await desk.rows("phone-shared", EVERYBODY, 0, 9)
    assert (shared.value, [each.name for each in shared.shared_with]) == ("0812…001", ["EKO PRASETYO"])
    assert (shared.sharers, shared.acceptable, shared.settled_by) == (1, True, Field.PHONE)
    assert [each.name for each in other.shared_with] == ["DEWI LESTARI"]
    (row,) = await desk.rows("email-malformed", EVERYBODY, 0, 9)
    assert (row.raw, row.suggestion, row.value) == ("bu…@gmail,com", "bu…@gmail.com", None)
    assert (row.file, row.row, row.others[0]) == ("daftar 1.csv", 3, "phone-unreadable")
    (doubtful,) = await desk.rows("nik-malformed", EVERYBODY, 0, 9)
    assert doubtful.raw == "14030919056799x1"  # the founder may see a whole NIK
    number = await desk.one("phone-unreadable", doubtful.participant_id)
    assert number is not None and "66660003" not in number.raw.replace("-", "") and number.raw.startswith("0812-")
    rini = await office.hire(ani, "rini")
    (masked,) = await rini.worklists.rows("nik-malformed", EVERYBODY, 0, 9)
    assert masked.raw != doubtful.raw
    whole = await rini.worklists.open(doubtful.participant_id)
    assert whole.phones_raw == "0812-6666-0003-x; kantor"
    assert whole.doubts == (("nik-malformed", masked.raw),)
    assert (await ani.audit.entries(1))[0].action == "correction.open"
    with pytest.raises(NotAllowed):
        await (await office.hire(ani, "kasir", "keuangan")).worklists.open(doubtful.participant_id)
    with pytest.raises(Invalid):
        await desk.rows("no-such-list", EVERYBODY, 0, 9)


async def test_what_is_right_is_not_asked_again_until_it_changes(office: Office, ani: Store) -> None:
    await office.bring_in(ani, the_people())
    desk = ani.worklists
    ids = await desk.ids("phone-shared", EVERYBODY)
    for wrongly in (("phone-missing", "dia sendiri"), ("phone-shared", " ")):
        with pytest.raises(Invalid):
            await desk.accept(wrongly[0], ids, wrongly[1])
    done = await desk.accept("phone-shared", ids, "suami istri")
    assert (done.changed, await desk.count("phone-shared")) == (2, 0)
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert await desk.ids("phone-shared", EVERYBODY) == ids
    await desk.accept("phone-shared", ids, "suami istri")
    (said,) = await desk.accepted(ids[0])
    assert (said.problem, said.why, said.by) == ("phone-shared", "suami istri", ani.me.name)
    await desk.withdraw(said.accepted_id)
    assert await desk.ids("phone-shared", EVERYBODY) == ids[:1]
    with pytest.raises(NothingToUndo):
        await desk.withdraw(said.accepted_id)
    looked = {row.participant_id: row.seen for row in await desk.rows("phone-shared", EVERYBODY, 0, 9)}
    await desk.accept("phone-shared", ids, "suami istri", seen=looked)
    await ani.corrections.put(ids[0], Field.PHONE, "081266660002", SAID)  # Fitri's number: now two are shared
    assert ids[0] in await desk.ids("phone-shared", EVERYBODY)
    with pytest.raises(StaleEdit):  # what somebody looked at before that
        await desk.accept("phone-shared", ids[:1], "suami istri", seen=looked)
    assert ids[0] in await desk.ids("phone-shared", EVERYBODY)
    assert wrong(office) == []


async def test_a_likely_typing_error_is_suggested_and_taken_only_when_asked(office: Office, ani: Store) -> None:
    await office.bring_in(ani, the_people())
    desk = ani.worklists
    siti, budi = await desk.suggestions()
    assert [(each.written, each.meant, each.reads) for each in (siti, budi)] == [
        ("si…@gmial.com", "si…@gmail.com", True),
        ("bu…@gmail,com", "bu…@gmail.com", False),
    ]
    assert await desk.suggestions(EVERYBODY, siti.participant_id, 1) == [budi]
    assert facts(office, "participant")[siti.participant_id]["email"] == "siti@gmial.com"
    done = await desk.take_suggestion(budi.participant_id, budi.version, SAID)
    assert (done.changed, facts(office, "participant")[budi.participant_id]["email"]) == (1, "budi@gmail.com")
    with pytest.raises(Invalid):
        await desk.take_suggestion(siti.participant_id, siti.version + 1, SAID)
    whom = [siti.participant_id]
    with pytest.raises(StaleEdit):
        await desk.accept(EMAIL_TYPO, whom, "", seen={siti.participant_id: budi.seen})
    await desk.accept(EMAIL_TYPO, whom, "", seen={siti.participant_id: siti.seen})
    assert await desk.suggestions() == []
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert [each.name for each in await desk.suggestions()] == ["BUDI SANTOSO"]


async def test_cells_are_read_again_shown_first_and_taken_back_in_one_go(office: Office, ani: Store) -> None:
    # As if today's rules read what those of the day of the import did not.
    await office.bring_in(ani, the_people())
    desk = ani.worklists
    by_name = {row["name"]: n for n, row in facts(office, "participant").items()}
    readable = {"SITI AMINAH": "0812-6666-1111", "BUDI SANTOSO": "0812 6666 2222 / 0812 6666 3333"}
    for name, raw in {**readable, "DEWI LESTARI": "0812-6666-4444"}.items():
        office.sql("UPDATE participant SET phones_raw = ? WHERE id = ?", raw, by_name[name])
    before = {table: facts(office, table, without=OPERATIONAL) for table in ("participant", "phone", "open_problem")}
    told = list[Progress]()
    plan = await desk.plan_cleaning("phone-unreadable", participant_ids=sorted(by_name.values()), told=told.append)
    assert (plan.people, plan.fills, plan.replaces, plan.answers, plan.left) == (6, 2, 1, 0, 3)
    assert told == [Progress(6, 6)]
    shown = {row.name: (row.before, row.after, row.replaces) for row in await desk.cleaning_rows(plan, 0, 9)}
    assert shown == {
        "SITI AMINAH": (None, "0812…111", False),
        "BUDI SANTOSO": (None, "0812…222 0812…333", False),
        "DEWI LESTARI": ("0812…001", "0812…444", True),
    }
    assert before["phone"] == facts(office, "phone", without=OPERATIONAL)
    done = await desk.clean(plan, "aturan baru")
    assert (done.changed, done.moved) == (2, 0)
    numbers = [(row["participant_id"], row["e164"]) for row in facts(office, "phone").values()]
    assert (by_name["DEWI LESTARI"], "+6281266664444") not in numbers
    assert (by_name["BUDI SANTOSO"], "+6281266663333") in numbers
    assert by_name["SITI AMINAH"] not in await desk.ids("phone-missing", EVERYBODY)
    history = await ani.corrections.rows(CorrectionFilter(participant_id=by_name["SITI AMINAH"]), 0, 9)
    assert [(row.source, row.why, row.new, row.place) for row in history] == [
        ("cleaning", "aturan baru", "0812…111", "daftar 1.csv / daftar 1 / 2")
    ]
    assert wrong(office) == []
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert before == {table: facts(office, table, without=OPERATIONAL) for table in before} or wrong(office) == []
    assert before["phone"] == facts(office, "phone", without=OPERATIONAL)
    plan = await desk.plan_cleaning("phone-unreadable", participant_ids=sorted(by_name.values()))
    await ani.corrections.put(by_name["SITI AMINAH"], Field.PHONE, "081266669999", SAID)  # a colleague, meanwhile
    done = await desk.clean(plan, replace_filled=True)
    assert (done.changed, done.moved) == (2, 1)
    first = {row["participant_id"]: row["e164"] for row in reversed(facts_by_position(office))}
    assert first[by_name["DEWI LESTARI"]] == "+6281266664444"
    assert first[by_name["SITI AMINAH"]] == "+6281266669999"
    with pytest.raises(NotFound):
        await desk.clean(plan)
    with pytest.raises(Invalid):
        await desk.plan_cleaning("status-unknown")


def facts_by_position(office: Office) -> list[Mapping[str, Any]]:
    return sorted(facts(office, "phone").values(), key=lambda row: (row["participant_id"], row["position"]))


async def test_many_turns_are_one_undo_and_marked_people_get_a_status(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(60))
    desk = ani.worklists
    ids = await desk.ids("status-unknown", EVERYBODY)
    why = Evidence(Source.COMPANY, said_by="PT MAJU", why="daftar karyawan Juli")
    with pytest.raises(Invalid):
        await desk.set_active(ids, False, SAID)
    told = list[Progress]()
    done = await desk.set_active(ids, False, why, told.append)
    assert wrong(office) == []
    assert (done.changed, await desk.count("status-unknown"), told[-1]) == (60, 0, Progress(60, 60))
    assert len(told) > 1 and done.undo is not None
    await ani.undo.undo(done.undo)
    assert await desk.ids("status-unknown", EVERYBODY) == ids
    assert wrong(office) == []


async def test_what_was_written_before_a_refusal_stands_and_is_one_undo(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(60))
    rini = await office.hire(ani, "rini", "kepesertaan")
    ids = await rini.worklists.ids("status-unknown", EVERYBODY)
    why = Evidence(Source.COMPANY, said_by="PT MAJU", why="daftar karyawan Juli")

    def leaves(_progress: Progress) -> None:
        office.sql("UPDATE staff SET active = ? WHERE login = ?", False, "rini")

    with pytest.raises(CutShort) as refused:
        await rini.worklists.set_active(ids, False, why, leaves)
    assert isinstance(refused.value.cause, NotStaff)
    assert 0 < refused.value.done < refused.value.of == 60
    office.sql("UPDATE staff SET active = ? WHERE login = ?", True, "rini")
    assert await rini.worklists.count("status-unknown") == 60 - refused.value.done
    await rini.undo.undo(refused.value.undo)
    assert await rini.worklists.ids("status-unknown", EVERYBODY) == ids


async def test_who_only_proposes_decides_nothing_for_many(office: Office, ani: Store) -> None:
    await office.bring_in(ani, the_people())
    rini = await office.hire(ani, "rini")
    await ani.office.set_setting("corrections.propose", True)
    plan = await rini.worklists.plan_cleaning("phone-unreadable", participant_ids=[])
    assert plan.people == 0
    ids = await rini.worklists.ids("phone-shared", EVERYBODY)
    with pytest.raises(NotAllowed):
        await rini.worklists.accept("phone-shared", ids, "suami istri")
    proposed = await rini.worklists.set_active(ids, True, Evidence(Source.PARTICIPANT, why="kata peserta"))
    assert (proposed.changed, proposed.proposed) == (2, True)
    assert await ani.worklists.count("status-unknown") == 6


async def test_a_company_gets_its_questions_on_a_numbered_form(office: Office, ani: Store, tmp_path: Path) -> None:
    await office.bring_in(ani, the_people())
    desk = ani.worklists
    _all, (maju, jaya) = await desk.companies(0, 10)
    assert await desk.companies(1, 1) == (2, [jaya])
    assert await desk.companies(2, 10) == (2, [])
    assert (maju.company, maju.people, maju.form) == ("PT MAJU", 4, None)
    looked = await desk.form(maju.npp, maju.company)
    assert looked.number == 0
    words = {problem: problem.upper() for problem in PROBLEMS}
    due = date(2023, 8, 14)
    sheet, path, undo = await desk.make_form(
        maju.npp, maju.company, tmp_path / "koreksi {number}.xlsx", due, lambda s: (f"No. {s.number}", s.company), words
    )
    assert (sheet.number, path.name, undo is not None) == (1, "koreksi 1.xlsx", True)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "No. 1"
    assert rows[2][:2] == ["KPJ", "NAMA_LENGKAP"] and rows[2][-1] == "KETERANGAN"
    assert [row[0] for row in rows[3:]] == ["21000000002", "21000000005", "21000000006", "21000000001"]
    assert all(isinstance(row[0], str) for row in rows[3:])
    assert "0812" not in str(rows)
    (made,) = await desk.forms(waiting=True)
    assert (made.number, made.people, made.due_on, made.file) == (1, 4, due, "koreksi 1.xlsx")
    assert (await desk.companies(0, 1))[1][0].form == made
    await desk.form_back(made.form_id)
    assert await desk.forms(waiting=True) == []
    with pytest.raises(NothingToUndo):
        await desk.form_back(made.form_id)
    with pytest.raises(FileRefused):
        await desk.make_form(jaya.npp, jaya.company, tmp_path / "no" / "x.xlsx", None, lambda s: (), words)
    assert [form.number for form in await desk.forms()] == [1]
    with pytest.raises(Invalid):
        await desk.make_form("", "PT TIDAK ADA", tmp_path / "x.xlsx", None, lambda s: (), words)


async def test_the_quick_check_finds_what_somebody_did_behind_its_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, the_people())
    assert (await ani.worklists.check()).is_whole
    office.sql("DELETE FROM open_problem WHERE flag = 'phone-shared'")
    office.sql("INSERT INTO open_problem (flag, participant_id) VALUES ('name-odd', 999)")
    found = await ani.worklists.check()
    assert (found.looked_at, found.wrong, found.of_nobody) == (6, 2, 1)
    assert found.miscounted == 2  # one of each company with the number
    await ani.worklists.rebuild()
    assert (await ani.worklists.check()).is_whole


async def test_each_value_that_is_offered_finds_those_whom_it_counts(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001"), Person("21000000002", npp="23150074", company="PT MAJU")])
    for field in ("npp", "company", "pembina"):
        offered = await ani.worklists.values("status-unknown", EVERYBODY, field)
        assert sum(each.people for each in offered) == 2
        for each in offered:
            chosen: dict[str, Any] = {field: str(each.value)}
            assert await ani.worklists.count("status-unknown", replace(EVERYBODY, **chosen)) == each.people
