"""Files of corrections: every value held against what is known, taken as chosen, whole or not at all, one undo."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from store import Store
from store.correction_imports import DiffFilter, Taking
from store.correction_log import LogFilter
from store.correction_rows import CorrectionFilter
from store.edit_writes import Change, write
from store.edits import Evidence
from store.errors import FileRefused, Invalid, NotAllowed, NotFound
from store.link import Link
from store.rules.correction_files import FieldVerdict as V
from store.rules.corrections import CorrectionState, Field, Source, TypedRead
from store.rules.outcomes import State
from store.rules.problems import PROBLEMS
from store.transaction import Transaction
from tests.store import chaos
from tests.store.office import OPERATIONAL, Office, Person, facts, number, people, wib

HEADINGS = ("KODE", "KPJ", "NIK", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL", "STATUS")
SAID = Evidence(Source.PARTICIPANT)
DATA = ("participant", "phone", "correction", "queue_item", "open_problem", "person_quality")


def book(
    office: Office,
    rows: Sequence[Sequence[object]],
    *,
    headings: Sequence[str] = HEADINGS,
    title: str = "update_data_tk",
) -> Path:
    """A workbook in MASUK that was saved on 30 July 2023, 12.00."""
    office.files += 1
    path = office.home / "MASUK" / f"koreksi {office.files}.xlsx"
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in (headings, *rows):
        sheet.append(list(row))
    made.save(path)
    saved = wib(30, 12).timestamp()
    os.utime(path, (saved, saved))
    return path


def row(n: int, hp: object = None, email: object = None, status: object = None) -> list[object]:
    return [f"K{n:05d}", f"2100000{n:04d}", None, f"ORANG {n:04d}", None, hp, email, status]


async def take(store: Store, path: Path, **how: object) -> object:
    plan = await store.correction_imports.plan(path)
    return await store.correction_imports.apply(Taking(plan, **how))  # type: ignore[arg-type]


def state(office: Office) -> dict[str, object]:
    told: dict[str, object] = {table: facts(office, table, without=OPERATIONAL) for table in DATA}
    open_problems = facts(office, "open_problem").values()
    return told | {"open_problem": sorted((line["participant_id"], line["flag"]) for line in open_problems)}


def state_but_history(office: Office) -> dict[str, object]:
    """The same, with those lines of the history that hold: what was taken back stays in it."""
    told = state(office)
    lines = told.pop("correction")
    assert isinstance(lines, dict)
    return told | {"correction": [line for line in lines.values() if not line["undone"]]}


async def test_cells_as_offices_send_them_are_read_or_left(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(each.kpj, hp=f"08130000{n:04d}") for n, each in enumerate(people(12), 1)])
    cells = {
        1: ("089546357300", ("+6289546357300",)),
        2: (87787889497, ("+6287787889497",)),
        3: ("'089597656998", ("+6289597656998",)),
        4: (None, ()),
        5: ("8.12E+11", ()),
        6: ("82236887260.0", ("+6282236887260",)),
        7: ("08xxxxxxxxxx", ()),
        8: ("#N/A", ()),
        9: ("087743462370 (istri)", ("+6287743462370",)),
        10: ("087735694108 / 081256023169", ("+6287735694108", "+6281256023169")),
        11: ("-", ()),
        12: ("0812-1476-5645", ("+6281214765645",)),
        13: ("0812-1476-5646", ("+6281214765646",)),  # nobody has this KPJ
    }
    path = book(office, [row(n, hp, f"baru{n}@contoh.id", "NON AKTIF") for n, (hp, _read) in cells.items()])
    plan = await ani.correction_imports.plan(path)
    assert {int(each.kpj[-4:]): each.phones for each in plan.rows} == {n: read for n, (_hp, read) in cells.items()}
    assert [each.known for each in plan.rows] == [True] * 12 + [False]
    assert {(each.email, each.active) for each in plan.rows} == {(f"baru{n}@contoh.id", False) for n in cells}
    assert plan.by_field[Field.PHONE] == {V.DIFFERS: 7, V.UNUSABLE: 3}
    assert plan.by_field[Field.EMAIL] == plan.by_field[Field.ACTIVE] == {V.NEW: 12}
    assert (plan.total("refused"), plan.total("doubted"), plan.unknown, plan.ready) == (1, 3, 1, 31)
    done = await ani.correction_imports.apply(Taking(plan, supplier="PT SINAR RIAU"))
    assert (done.changed, done.people, done.proposed, done.conflicts) == (32, 12, False, ())
    ids = {str(each["kpj"]): n for n, each in facts(office, "participant").items()}
    for n, (_hp, read) in list(cells.items())[:12]:
        seen = await ani.corrections.seen(ids[f"2100000{n:04d}"])
        assert seen.phones == (*read, f"+628130000{n:04d}")  # the file's come first, none goes
        assert (seen.email, seen.value(Field.ACTIVE)) == (f"baru{n}@contoh.id", "no")
    assert len(ids) == 12
    first = (await ani.correction_log.rows(LogFilter(kpj="21000000001")))[0]
    assert (first.source, first.said_by, first.place) == (
        Source.COMPANY,
        "PT SINAR RIAU",
        f"{path.name} / update_data_tk / 2",
    )
    again = await ani.correction_imports.plan(path)
    assert (again.known_file, again.ready, again.counts) == (True, 0, {V.SAME: 31, V.UNUSABLE: 3})
    assert (await ani.correction_imports.apply(Taking(again))).undo is None


async def test_one_undo_takes_all_of_it_back_and_the_file_can_come_again(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(each.kpj) for each in people(70)])
    before = state_but_history(office)
    path = book(office, [row(n, f"0812111{n:04d}", f"baru{n}@contoh.id", "AKTIF") for n in range(1, 71)])
    done = await take(ani, path)
    assert done.changed == 210  # type: ignore[attr-defined]
    assert {item["state"] for item in facts(office, "queue_item").values()} == {State.NEW}
    await ani.undo.undo(done.undo)  # type: ignore[attr-defined]
    assert state_but_history(office) == before
    plan = await ani.correction_imports.plan(path)
    assert (plan.known_file, plan.counts) == (False, {V.NEW: 210})


async def test_a_file_whose_taking_was_killed_is_taken_back_by_one_undo_or_goes_on_where_it_stopped(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(150))
    before = state_but_history(office)
    path = book(office, [row(n, f"0813777{n:05d}") for n in range(1, 151)])
    await ani.close()
    with chaos.at_work(office, "take-fixes", "ani", path.name) as worker:
        assert (worker.hear(), worker.go_on()) == ("[60, 150]", "[120, 150]")
    ani = await office.open()
    plan = await ani.correction_imports.plan(path)
    assert (plan.counts[V.DIFFERS], plan.known_file) == (30, False)
    stopped = await ani.undo.stopped()
    assert stopped is not None and (stopped.done, stopped.of) == (120, 150)
    await ani.undo.undo(stopped.undo)
    assert (state_but_history(office), await ani.undo.stopped()) == (before, None)


async def test_what_a_person_wrote_after_the_file_is_taken_only_by_choice(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(each.kpj, email="lama@contoh.id") for each in people(3)])
    one, two, three = facts(office, "participant")
    budi, citra = await office.hire(ani, "budi", "pelayanan"), await office.hire(ani, "citra", "kepesertaan")
    await budi.corrections.put(one, Field.EMAIL, "kata.orang@contoh.id", SAID)  # 31 July: the file is of the 30th
    path = book(office, [row(n, None, f"berkas{n}@contoh.id") for n in (1, 2, 3)])
    plan = await citra.correction_imports.plan(path)
    assert plan.counts == {V.STALE: 1, V.DIFFERS: 2}
    stale, *other = await citra.correction_imports.lines(plan, DiffFilter(field=Field.EMAIL), 0, 10)
    assert (stale.present, stale.by, stale.from_list, stale.ready, stale.possible) == (
        "ka…@contoh.id",
        "BUDI",
        False,
        False,
        True,
    )
    assert all(line.from_list and line.ready for line in other)
    assert (await citra.correction_imports.whole(plan, stale.n)).present == "kata.orang@contoh.id"
    # A colleague is quicker with one of the others: theirs stays, and all three values are shown.
    await budi.corrections.put(two, Field.EMAIL, "rekan@contoh.id", SAID)
    done = await citra.correction_imports.apply(Taking(plan))
    (left,) = done.conflicts
    clash = left.conflict
    assert (clash.original, clash.mine, clash.theirs, clash.by) == (
        "lama@contoh.id",
        "berkas2@contoh.id",
        "rekan@contoh.id",
        "BUDI",
    )
    assert [(await citra.corrections.seen(each)).email for each in (one, two, three)] == [
        "kata.orang@contoh.id",
        "rekan@contoh.id",
        "berkas3@contoh.id",
    ]
    plan = await citra.correction_imports.plan(path)
    chosen = await citra.correction_imports.numbers(plan, DiffFilter(verdict=V.STALE))
    assert len(chosen) == 2
    await citra.correction_imports.apply(Taking(plan, lines=chosen[:1]))
    assert (await citra.corrections.seen(one)).email == "berkas1@contoh.id"
    with pytest.raises(NotFound):
        await citra.correction_imports.apply(Taking(plan))  # it was applied, and is forgotten


async def test_rows_of_somebody_else_and_columns_for_reference_change_nothing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    headings = ("KPJ", "NAMA_LENGKAP", "TGL_LAHIR", "EMAIL")
    rows = [("21000000001", "LAIN SEKALI", "09-09-1970", "a@contoh.id"), ("21000000002", "NAMA BARU", None, None)]
    plan = await ani.correction_imports.plan(book(office, rows, headings=headings))
    assert (plan.other_people, plan.ready, plan.total("doubted"), plan.total("same")) == (1, 0, 1, 1)
    await ani.correction_imports.close(plan)
    own = await ani.correction_imports.plan(book(office, rows, headings=headings, title="koreksi"))
    assert own.by_field[Field.NAME] == {V.DIFFERS: 2}  # in a list that is no update_data_tk a name is a correction
    assert own.ready == 1
    chosen = await ani.correction_imports.numbers(own, DiffFilter(reason="other-person", field=Field.EMAIL))
    assert (await ani.correction_imports.apply(Taking(own, lines=chosen))).changed == 1
    unknown = book(office, [("1",)], headings=("HP",))
    assert all(sheet.skipped for sheet in (await ani.correction_imports.plan(unknown)).sheets)
    unknown.write_bytes(b"\x00\x01")
    with pytest.raises(FileRefused):
        await ani.correction_imports.plan(unknown)


async def test_a_company_s_answers_bring_its_form_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(each.kpj, npp="00041207", company="PT SINAR RIAU") for each in people(4)])
    form_file = office.home / "KELUAR" / "formulir {number}.xlsx"
    words = dict.fromkeys(PROBLEMS, "")
    await ani.worklists.make_form("00041207", "PT SINAR RIAU", form_file, None, lambda _sheet: ["Formulir"], words)
    office.clock.pass_by(days=2)
    path = book(office, [row(1, "081211110001"), row(2, None, "dua@contoh.id")], title="koreksi")
    plan = await ani.correction_imports.plan(path)
    assert plan.form is not None and (plan.form.company, plan.supplier) == ("PT SINAR RIAU", "PT SINAR RIAU")
    done = await ani.correction_imports.apply(Taking(plan, supplier=plan.supplier, form_id=plan.form.form_id))
    assert done.form == plan.form
    (form,) = facts(office, "company_form").values()
    assert (form["back_at"] is not None, form["back_file"]) == (True, path.name)
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    (form,) = facts(office, "company_form").values()
    assert form["back_at"] is None


async def test_who_may_and_whose_yes_is_needed(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person(each.kpj) for each in people(2)])
    path = book(office, [row(1, "081211110001", "satu@contoh.id"), row(2, None, "dua@contoh.id")])
    budi, citra = await office.hire(ani, "budi", "magang"), await office.hire(ani, "citra", "pelayanan")
    with pytest.raises(NotAllowed):
        await budi.correction_imports.plan(path)
    await ani.office.set_setting("corrections.propose", True)
    before = facts(office, "participant")
    plan = await citra.correction_imports.plan(path)
    done = await citra.correction_imports.apply(Taking(plan))
    assert (done.changed, done.proposed, facts(office, "participant")) == (3, True, before)
    waiting = await citra.corrections.rows(CorrectionFilter(state=CorrectionState.PROPOSED), 0, 9)
    assert len(waiting) == 3
    plan = await citra.correction_imports.plan(book(office, [row(1, "08xx")]))
    with pytest.raises(Invalid):
        await citra.correction_imports.apply(Taking(plan, lines=[0]))


async def test_many_at_once_are_written_as_one_by_one(office: Office, ani: Store) -> None:
    """The same values through both ways leave the same rows."""
    await office.bring_in(ani, [Person(each.kpj, hp=number(n) if n % 2 else "") for n, each in enumerate(people(8), 1)])
    ids = list(facts(office, "participant"))
    values = [
        (Field.PHONE, "+6281211110001"),
        (Field.PHONE, number(1)),
        (Field.EMAIL, "satu@contoh.id"),
        (Field.EMAIL, ""),
        (Field.NIK, "1403091905679923"),
        (Field.BIRTH_DATE, "1967-05-20"),
        (Field.NAME, "H. NAMA BARU"),
        (Field.ACTIVE, "no"),
        (Field.NPP, "23150296"),
        (Field.BALANCE, "12500000"),
    ]
    changes = [Change(each, field, TypedRead(value), SAID) for each in ids for field, value in values]
    link: Link = ani._link

    def one_by_one(tx: Transaction) -> None:
        tx.audit("correction.make")
        for change in changes:
            write(tx, [change])

    def at_once(tx: Transaction) -> int:
        tx.audit("correction.make")
        return len(write(tx, changes))

    def told() -> list[object]:
        hidden = ("id", "version", "at", "undone")
        order = {
            n: sorted(map(str, ({k: v for k, v in line.items() if k not in hidden} for line in rows)))
            for n, rows in ((name, facts(office, name).values()) for name in DATA if name != "correction")
        }
        lines = [line for line in facts(office, "correction").values() if not line["undone"]]
        plain = [(line["participant_id"], line["field"], line["old"], line["new"], line["smile"]) for line in lines]
        return [order, plain]

    _none, undo = await link.write(one_by_one)
    expected = told()
    assert undo is not None
    await ani.undo.undo(undo)
    office.clock.now += timedelta(0)
    changed, _undo = await link.write(at_once)
    assert (changed, told()) == (len(expected[1]), expected)  # type: ignore[arg-type]


async def test_two_numbers_of_a_cell_that_were_proposed_get_their_yes_together(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    citra, dewi = await office.hire(ani, "citra", "pelayanan"), await office.hire(ani, "dewi", "kepesertaan")
    await ani.office.set_setting("corrections.propose", True)
    same = row(1, "081211110001 / 081211110002")
    await take(citra, book(office, [same, same]))
    waiting = await dewi.corrections.rows(CorrectionFilter(state=CorrectionState.PROPOSED), 0, 9)
    assert len(waiting) == 2
    await dewi.corrections.approve([each.correction_id for each in waiting])
    assert (await dewi.corrections.seen(person)).phones == ("+6281211110001", "+6281211110002", number(1))
