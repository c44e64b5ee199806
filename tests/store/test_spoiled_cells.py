"""Nothing is invented and nothing is lost: spoiled cells on every path by which a value comes into the office.

Each cell was right before it was spoiled (tests/spoiled_cells.py), so the reading of a careful person is known. On
every path it comes to that reading or to a doubt that is said, never to another valid value.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from store import Store
from store.correction_imports import EVERY_LINE, Taking
from store.correction_rows import CorrectionFilter
from store.edits import Evidence
from store.errors import EditConflict, Invalid, NothingToUndo, UndoRefused
from store.rows import UndoRef
from store.rules.cleaning import DOUBT
from store.rules.corrections import Field, Source, read_typed
from store.rules.participants import read_participant
from tests.spoiled_cells import FIELDS, KINDS, Spoiled, SpoiledRow, spoiled_rows
from tests.store.office import Office, facts
from tests.store.spoiled_office import (
    PREFIX,
    Told,
    Verdicts,
    cells_of,
    judge_people,
    standing,
    write_file,
)

TODAY = date(2023, 7, 31)
SAID = Evidence(Source.PARTICIPANT, why="kata peserta")
FILES = ("xlsx", "xls", "csv-utf8")
CELLS_READ_AGAIN = ("phone-unreadable", "phone-doubtful", "email-malformed", *DOUBT.values())
ENOUGH = 5_000


def typed_field(cell: Spoiled) -> Field:
    return Field.PHONE if cell.field == "phones" else Field(cell.field)


def test_every_kind_of_damage_is_tried() -> None:
    met = {(cell.field, cell.kind) for row in spoiled_rows(1, 600) for cell in row.cells}
    assert met == {(field, kind) for field, kinds in KINDS.items() for kind in kinds}
    assert len(met) > 240


def test_five_thousand_cells_by_the_rules_alone() -> None:
    """A row as a file gives it, and each text as somebody types it."""
    imported, typed, kinds = Verdicts(), Verdicts(), Counter[bool]()
    for row in spoiled_rows(1, 600):
        read, _verdict, reasons = read_participant({cell.field: [cell.cell] for cell in row.cells}, today=TODAY)
        assert (read is None) == row.keyless, row.kpj
        for cell in row.cells if read is not None else ():
            value = getattr(read, cell.field)
            if cell.field == "phones":
                got = tuple(phone.e164 for phone in value)
            elif cell.field == "active":
                got = () if value is None else ("yes" if value else "no",)
            else:
                got = () if value in (None, "") else (str(value),)
            said = {
                reason.code
                for reason in reasons
                if reason.field == cell.field and reason.code.startswith(PREFIX[cell.field])
            }
            imported.judge("file", cell, got, doubted=any(not code.endswith("-repaired") for code in said))
            kinds[bool(cell.values) and not cell.doubted] += 1
        for cell in row.cells[1:]:
            if isinstance(cell.cell, str):
                value = read_typed(typed_field(cell), cell.cell, today=TODAY).value
                typed.judge("typed", cell, () if not value else (value,), doubted=value is None)
    # Where a cell says nothing, or several numbers, one typed value is asked for: that is a doubt, as it should be.
    asked = [fault for fault in typed.faults if "a doubt about nothing" not in fault]
    assert (imported.faults, asked) == ([], [])
    assert imported.cells > ENOUGH
    assert imported.counts["read"] > 0.93 * kinds[True]  # a reader that doubts everything would be safe, and of no use


async def _bring_in(office: Office, store: Store, kind: str, rows: Sequence[SpoiledRow]) -> Verdicts:
    """A list of people of spoiled cells; then the cells are read again for everybody, also over what is there."""
    plan = await store.imports.plan(write_file(office, kind, map(cells_of, rows)))
    assert plan.sheets[0].doubts == ()
    refused = [row for row in plan.rows if row.verdict == "refused"]
    assert len(refused) == sum(row.keyless for row in rows)
    assert all(any(reason.field == "kpj" and reason.raw for reason in row.reasons) for row in refused)
    await store.imports.apply(plan)
    verdicts = Verdicts()
    judge_people(verdicts, f"list {kind}", rows, standing(office))
    for problem in CELLS_READ_AGAIN:
        again = await store.worklists.plan_cleaning(problem)
        assert (again.fills, again.replaces) == (0, 0), (problem, await store.worklists.cleaning_rows(again, 0, 5))
        await store.worklists.clean(again, replace_filled=True)
    after = Verdicts()
    judge_people(after, f"list {kind}, read again", rows, standing(office))
    verdicts.faults += after.faults
    return verdicts


async def _correct(office: Office, store: Store, kind: str, rows: Sequence[SpoiledRow], first: int) -> Verdicts:
    """A file of corrections of the same cells, for people of whom nothing but the name is known."""
    keys = [f"33{first + at:09}" for at in range(len(rows))]
    known = office.write_list([[key, "NAMA LAMA"] for key in keys], headings=("KPJ", "NAMA PESERTA"))
    await store.imports.apply(await store.imports.plan(known))
    cells = [cells_of(row, kpj=key) for row, key in zip(rows, keys, strict=True)]
    plan = await store.correction_imports.plan(write_file(office, kind, cells))
    lines = {
        (line.kpj, line.field): line
        for line in await store.correction_imports.lines(plan, EVERY_LINE, 0, len(rows) * len(FIELDS))
    }
    await store.correction_imports.apply(Taking(plan, supplier="HRD"))
    found, verdicts = standing(office), Verdicts()
    for row, key in zip(rows, keys, strict=True):
        for cell in row.cells[1:]:
            got, line = found[key].values(cell.field), lines.get((key, typed_field(cell)))
            codes = {reason.code for reason in line.reasons} if line is not None else set()
            doubted = any(code.startswith(PREFIX[cell.field]) and not code.endswith("-repaired") for code in codes)
            untouched = got == ("NAMA LAMA",)
            verdicts.judge(f"corrections {kind}", cell, () if untouched else got, doubted=doubted)
            verdicts.judge_kept(f"corrections {kind}", cell, line.raw if line is not None else "")
    return verdicts


async def _through_files(office: Office, store: Store, rows_a_file: int) -> Counter[str]:
    counts, faults = Counter[str](), list[str]()
    for nth, kind in enumerate(FILES):
        first, text_only = nth * 10_000, kind.startswith("csv")
        rows = spoiled_rows(10 + nth, rows_a_file, first=first, text_only=text_only)
        for verdicts in (
            await _correct(office, store, kind, rows, first),
            await _bring_in(office, store, kind, rows),
        ):
            counts += verdicts.counts
            faults += verdicts.faults
    assert faults == []
    return counts


async def test_spoiled_cells_come_out_of_files_as_they_were_meant_or_in_doubt(office: Office, ani: Store) -> None:
    counts = await _through_files(office, ani, 34)
    assert counts["read"] > 500
    assert counts["doubted"] > 500


@pytest.mark.soak
async def test_five_thousand_spoiled_cells_through_lists_and_as_many_through_corrections(
    office: Office, ani: Store
) -> None:
    counts = await _through_files(office, ani, 230)
    print(dict(counts))  # noqa: T201 - the figures of docs/development.md
    assert sum(counts.values()) > 2 * ENOUGH


async def test_what_somebody_types_is_what_was_meant_or_refused(office: Office, ani: Store) -> None:
    path = office.write_list([["33000000001", "SITI AMINAH"]], headings=("KPJ", "NAMA"))
    await ani.imports.apply(await ani.imports.plan(path))
    person = next(iter(facts(office, "participant")))
    cells = [cell for row in spoiled_rows(20, 8) for cell in row.cells[1:]]
    texts = [cell for cell in cells if isinstance(cell.cell, str) and (cell.doubted or len(cell.values) == 1)]
    refused = 0
    for cell in texts:
        before = standing(office)["33000000001"].values(cell.field)
        try:
            await ani.corrections.put(person, typed_field(cell), str(cell.cell), SAID)
        except Invalid:
            refused += 1
            assert standing(office)["33000000001"].values(cell.field) == before, cell
        else:
            assert not cell.doubted, cell
            assert set(cell.values) <= set(standing(office)["33000000001"].values(cell.field)), cell
    assert len(texts) / 4 < refused < len(texts) * 3 / 4


async def test_an_address_that_was_taken_back_does_not_come_back_by_itself(office: Office, ani: Store) -> None:
    path = office.write_list([["33000000001", "SITI AMINAH", "siti @ contoh.id"]], headings=("KPJ", "NAMA", "EMAIL"))
    await ani.imports.apply(await ani.imports.plan(path))
    person = next(iter(facts(office, "participant")))
    before = standing(office)["33000000001"]
    await ani.corrections.put(person, Field.EMAIL, "siti@orang-lain.id", SAID)
    (row,) = await ani.corrections.rows(CorrectionFilter(), 0, 9)
    await ani.corrections.take_back(row.correction_id)
    for problem in ("email-missing", "email-malformed"):
        plan = await ani.worklists.plan_cleaning(problem, participant_ids=[person])
        assert (plan.fills, plan.replaces) == (0, 0)
    after = standing(office)["33000000001"]
    names = ("email", "email_raw", "email_source", "flags")
    assert {name: after.person[name] for name in names} == {name: before.person[name] for name in names}


class _Session:
    """Days of work with a few people: lists, corrections, cells read again, and any of it taken back."""

    def __init__(self, office: Office, store: Store, seed: int) -> None:
        self._office, self._store, self._chance = office, store, random.Random(seed)
        self._keys = [f"33{at:09}" for at in range(8)]
        self._told = Told()
        self._undos: list[UndoRef | None] = []
        self._seed = seed * 1_000

    def _rows(self, count: int) -> list[tuple[str, SpoiledRow]]:
        self._seed += 1
        return list(zip(self._chance.sample(self._keys, count), spoiled_rows(self._seed, count), strict=True))

    def _said(self, key: str, *cells: Spoiled) -> None:
        for cell in cells:
            self._told.say(key, cell)

    async def list_of_people(self, count: int = 5) -> None:
        rows = self._rows(count)
        for key, row in rows:
            self._said(key, *row.cells[1:])
        path = write_file(self._office, "xlsx", [cells_of(row, kpj=key) for key, row in rows])
        done = await self._store.imports.apply(await self._store.imports.plan(path))
        self._undos.append(done.undo)

    async def file_of_corrections(self) -> None:
        rows = self._rows(3)
        for key, row in rows:
            self._said(key, *row.cells[1:])
        path = write_file(self._office, "xls", [cells_of(row, kpj=key) for key, row in rows])
        plan = await self._store.correction_imports.plan(path)
        every = await self._store.correction_imports.numbers(plan)
        done = await self._store.correction_imports.apply(Taking(plan, every, every, supplier="HRD"))
        self._undos.append(done.undo)

    async def type_some(self) -> None:
        people = {row["kpj"]: owner for owner, row in facts(self._office, "participant").items()}
        for key, row in self._rows(4):
            cell = self._chance.choice(row.cells[1:])
            if isinstance(cell.cell, str) and key in people:
                self._said(key, cell)
                with contextlib.suppress(Invalid):
                    done = await self._store.corrections.put(people[key], typed_field(cell), cell.cell, SAID)
                    self._undos.append(done.undo)

    async def read_again(self) -> None:
        plan = await self._store.worklists.plan_cleaning(self._chance.choice(CELLS_READ_AGAIN))
        done = await self._store.worklists.clean(plan, "dibaca lagi", replace_filled=self._chance.random() < 0.5)
        self._undos.append(done.undo)

    async def take_back_one(self) -> None:
        rows = await self._store.corrections.rows(CorrectionFilter(), 0, 200)
        if rows:
            with contextlib.suppress(EditConflict, NothingToUndo):
                await self._store.corrections.take_back(self._chance.choice(rows).correction_id)

    async def undo(self) -> None:
        undo = self._undos.pop(self._chance.randrange(-3, 0)) if len(self._undos) > 3 else None
        if undo is not None:
            with contextlib.suppress(UndoRefused):
                await self._store.undo.undo(undo)

    async def work(self, steps: int) -> None:
        await self.list_of_people(len(self._keys))
        some = (
            self.list_of_people,
            self.file_of_corrections,
            self.type_some,
            self.read_again,
            self.take_back_one,
            self.undo,
        )
        for _ in range(steps):
            await self._chance.choice(some)()
            self.look()

    def look(self) -> None:
        """No value stands in the office, in its history or on a call list that was not said of this person."""
        found = standing(self._office)
        assert self._told.invented(found) == []
        keys = {row["id"]: row["kpj"] for row in facts(self._office, "participant").values()}
        for row in facts(self._office, "correction").values():
            wanted = "phones" if row["field"] == Field.PHONE else row["field"]
            said = self._told.values.get((keys[row["participant_id"]], wanted), set())
            assert {row["old"], row["new"]} - {None, ""} <= said, row
        for item in facts(self._office, "queue_item").values():
            number = item["current_number"]
            assert number is None or number in found[keys[item["participant_id"]]].phones


async def test_no_value_stands_anywhere_that_nobody_said(office: Office, ani: Store) -> None:
    await _Session(office, ani, 1).work(14)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 8))
async def test_no_value_stands_anywhere_that_nobody_said_for_long(office: Office, ani: Store, seed: int) -> None:
    await _Session(office, ani, seed).work(60)
