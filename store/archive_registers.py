"""Registers of older years become the archive's own: planned first, taken on a person's word, known rows left alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from store.archive_codes import before_codes
from store.archive_find import note_terms
from store.archive_places import add_place, lock
from store.archive_rows import RegisterDone, RegisterPlan
from store.layouts import is_known_file, note_file, save_mapping, saved_mapping
from store.link import Link
from store.listing_rows import sheet_reports
from store.office import setting
from store.rows import RowReport
from store.rules.archive import PlaceKind
from store.rules.codes import read_code
from store.rules.names import name_key, sound_key
from store.rules.permissions import Permission
from store.rules.programs import Program
from store.rules.registers import RegisterRow
from store.schema import Archived, Place
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.finance_files import FinanceFile, read_register_file

REGISTER: Final = "register"
_CHUNK: Final = 500
_Key = tuple[Any, ...]


class RegisterDesk:
    """`store.registers`: registers of archived files that come in. Needs ARCHIVE."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def plan(self, source: Path | str, overrides: Mapping[str, str] | None = None) -> RegisterPlan:
        """What a register (or pasted text) would bring. Nothing is changed. Raises FileRefused, NotAllowed, Invalid.

        Without overrides the mapping saved for its layout is used.
        """
        await self._link.read(_may_archive)
        mapping = dict(overrides or {})
        file = await asyncio.to_thread(read_register_file, source, overrides=mapping, spool_dir=self._link.home)
        if not mapping and (mapping := await self._link.read(saved_mapping, REGISTER, file.layout)):
            file = await asyncio.to_thread(read_register_file, source, overrides=mapping, spool_dir=self._link.home)
        return replace(await self._link.read(_plan, file), mapping=mapping)

    async def apply(self, plan: RegisterPlan, overrides: Mapping[str, str] | None = None) -> RegisterDone:
        """Takes the rows in, with the boxes they name, in one write. Raises NotAllowed."""
        return (await self.apply_all([plan], overrides))[0]

    async def apply_all(
        self, plans: Sequence[RegisterPlan], overrides: Mapping[str, str] | None = None
    ) -> list[RegisterDone]:
        """Several registers, all or none; one undo takes all of them back."""
        done, undo = await self._link.write(_apply, plans, dict(overrides or {}))
        return [replace(each, undo=undo) for each in done]


def _may_archive(look: Snapshot) -> None:
    look.require(Permission.ARCHIVE)


def _plan(look: Snapshot, file: FinanceFile[RegisterRow]) -> RegisterPlan:
    look.require(Permission.ARCHIVE)
    known = _known(look, file.rows)
    counts: dict[str, Counter[str]] = {sheet.name: Counter() for sheet in file.sheets}
    new, reports = [], []
    for row in file.rows:
        verdict = _verdict(row, known)
        counts.setdefault(row.sheet, Counter())[verdict] += 1
        if verdict in ("taken", "doubted"):
            new.append(row)
            known |= set(_keys(row))
        if verdict in ("doubted", "refused"):
            reports.append(RowReport(row.sheet, row.row, row.kpj, verdict, row.reasons))
    wanted = sorted({(place[1], place[2]) for row in new if (place := _place_of(row)) is not None})
    there = {(program, number) for _kind, program, number in _places(look)}
    gone = _places(look, destroyed=True)
    named = Counter(place[1:] for row in new if (place := _place_of(row)) is not None and place in gone)
    return RegisterPlan(
        file.file,
        file.sha256,
        file.layout,
        is_known_file(look, REGISTER, file.sha256),
        sheet_reports(file.sheets, {name: dict(count) for name, count in counts.items()}),
        tuple(reports),
        tuple(new),
        sum(count["same"] for count in counts.values()),
        tuple(place for place in wanted if place not in there),
        tuple((*place, count) for place, count in sorted(named.items())),
    )


def _verdict(row: RegisterRow, known: set[_Key]) -> str:
    if not row.usable:
        return "refused"
    if not known.isdisjoint(_keys(row)):
        return "same"
    return "doubted" if row.reasons else "taken"


def _keys(row: RegisterRow) -> Iterator[_Key]:
    yield _key(row.program, row.code, row.kpj, row.name, row.amount, row.decision, row.dated)


def _key(program: str, code: str, kpj: str, name: str, amount: int | None, decision: str, dated: Any) -> _Key:
    """What makes two rows one file: the code, or without it everything else that a register says of a file."""
    return (program, code) if code else (program, kpj, sound_key(name), amount, decision, dated)


def _known(look: Snapshot, rows: Sequence[RegisterRow]) -> set[_Key]:
    """What the archive has already of these codes, cards and names, also as it was before a code was filled in."""
    known: set[_Key] = set()
    for field, values in (
        (Archived.code, {row.code for row in rows if row.code}),
        (Archived.kpj, {row.kpj for row in rows if row.kpj and not row.code}),
        (Archived.name_key, {name_key(row.name) for row in rows if not row.kpj and not row.code}),
        (Archived.decision, {row.decision for row in rows if not row.kpj and not row.code and not row.name}),
    ):
        wanted = sorted(values - {""})
        for start in range(0, len(wanted), _CHUNK):
            query = Archived.select().where(field.in_(wanted[start : start + _CHUNK]), ~Archived.undone)
            there = look.dicts(query)
            filled = before_codes(look, [each["id"] for each in there if each["code"]])
            for each in (*there, *({**each, **filled[each["id"]]} for each in there if each["id"] in filled)):
                who = (each["program"], each["code"], each["kpj"], each["name"], each["amount"], each["decision"])
                known.add(_key(*who, each["dated"]))
    return known


def _place_of(row: RegisterRow) -> tuple[PlaceKind, str, str] | None:
    """Kind, programme and number of the place that a row names: its box, else its shelf; None for neither."""
    if row.box:
        boxed = row.program in set(Program)
        return (PlaceKind.BOX, row.program, row.box) if boxed else (PlaceKind.OTHER, "", row.box)
    return (PlaceKind.OTHER, "", row.shelf) if row.shelf else None


def _places(look: Snapshot, *, destroyed: bool = False) -> dict[tuple[PlaceKind, str, str], int]:
    """Boxes and other places, with `destroyed` only those whose papers were destroyed."""
    kinds = (str(PlaceKind.BOX), str(PlaceKind.OTHER))
    query = Place.select(Place.kind, Place.program, Place.number, Place.id).where(Place.kind.in_(kinds), ~Place.undone)
    if destroyed:
        query = query.where(Place.destroyed_at.is_null(False))
    return {(PlaceKind(kind), program, number): int(row_id) for kind, program, number, row_id in look.tuples(query)}


def _apply(tx: Transaction, plans: Sequence[RegisterPlan], overrides: dict[str, str]) -> list[RegisterDone]:
    lock(tx)
    tx.audit("archive.register")
    return [_bring_in(tx, plan, overrides) for plan in plans]


def _bring_in(tx: Transaction, plan: RegisterPlan, overrides: dict[str, str]) -> RegisterDone:
    known, places, made = _known(tx, plan.new), _places(tx), 0
    pattern = str(setting(tx, "voucher.code_pattern"))
    values: list[dict[str, Any]] = []
    for row in plan.new:
        if not known.isdisjoint(_keys(row)):
            continue
        place = _place_of(row)
        if place is not None and place not in places:
            # Closed: what is filed today goes into the boxes that are being filled, never into those of old years.
            places[place] = add_place(tx, place[0], place[2], place[1], shelf=row.shelf, capacity=0, closed=True)
            made += 1
        values.append(_values(tx, plan, row, None if place is None else places[place], pattern))
    note_terms(tx, tx.insert_many(Archived, values), values)
    if values:
        note_file(tx, REGISTER, plan.sha256, plan.file, len(values))
    if overrides:
        save_mapping(tx, REGISTER, plan.layout, overrides)
    same = plan.same + len(plan.new) - len(values)
    return RegisterDone(plan.file, plan.sheets, plan.rows, len(values), same, made, None)


def _values(
    tx: Transaction, plan: RegisterPlan, row: RegisterRow, place_id: int | None, pattern: str
) -> dict[str, Any]:
    code = read_code(row.code, pattern)
    plain = ("program", "decision", "kpj", "name", "company", "npp", "tax", "amount", "account", "bank")
    return {
        **{field: getattr(row, field) for field in (*plain, "account_name", "sheets", "original", "note")},
        "place_id": place_id,
        "code": code.text,
        "code_order": code.order if code.text else "",
        "name_key": name_key(row.name),
        "dated": row.dated or code.booked_on,
        "archived_at": tx.now,
        "archived_by": tx.actor.staff_id,
        "source": f"{plan.file}, {row.sheet} {row.row}",
    }
