"""What lies in the archive: the files of a place in their order, those that could not go in, a place as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from peewee import JOIN, Case

from store.archive_places import living_place
from store.archive_rows import ArchivedRow
from store.claim_file_rows import require_desk, require_work, shown
from store.rules.archive import PlaceKind
from store.rules.permissions import Permission
from store.schema import Archived, Loan, Place, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.workbooks.results_out import SheetOut, Value, write_book

COLUMNS: Final = (
    *("classification", "decision", "code", "kpj", "name", "company", "tax", "amount", "account", "bank"),
    *("account_name", "sheets", "original", "note", "box", "shelf"),
)
"""The columns of the register that other branches keep (domain.md 3.2), KPJ and name apart, in their order."""

_CLASSIFICATION: Final = {"JHT": "JHT01", "JKK": "JKK01", "JKM": "JKM01", "JP": "JPN01"}
"""How claim types are coded by branches (domain.md 3.2)."""


def columns() -> Any:
    """The query of archived files with their place, loan and who brought them."""
    out = (Loan.archived_id == Archived.id) & Loan.back_at.is_null() & ~Loan.undone
    return (
        Archived.select(
            Archived,
            Place.kind.alias("place_kind"),
            Place.number.alias("place_number"),
            Place.program.alias("place_program"),
            Place.shelf,
            Place.destroyed_at,
            Staff.name.alias("by"),
            Loan.id.alias("loan_id"),
            Loan.borrower,
            Loan.due_on,
        )
        .join(Staff, on=(Staff.id == Archived.archived_by))
        .join_from(Archived, Place, JOIN.LEFT_OUTER, on=(Place.id == Archived.place_id))
        .join_from(Archived, Loan, JOIN.LEFT_OUTER, on=out)
        .where(~Archived.undone)
    )


def in_order() -> tuple[Any, ...]:
    """By code; what has none comes last, by date."""
    no_code = Case(None, ((Archived.code_order == "", 1),), 0)
    return (no_code, Archived.code_order, Archived.dated, Archived.id)


def archived_row(look: Snapshot, row: dict[str, Any]) -> ArchivedRow:
    """One row of `columns`; amounts and bank accounts only for who may see amounts."""
    sees = look.may(Permission.SEE_FILE_AMOUNTS)
    return ArchivedRow(
        archived_id=row["id"],
        version=row["version"],
        file_id=row["file_id"],
        place_id=row["place_id"],
        place_kind=PlaceKind(row["place_kind"]) if row["place_kind"] else None,
        place_number=row["place_number"] or "",
        place_program=row["place_program"] or "",
        shelf=row["shelf"] or "",
        destroyed_at=row["destroyed_at"],
        program=row["program"],
        code=row["code"],
        code_order=row["code_order"],
        decision=row["decision"],
        kpj=row["kpj"],
        name=row["name"],
        company=row["company"],
        npp=row["npp"],
        dated=row["dated"],
        tax=shown(look, row["tax"]),
        amount=shown(look, row["amount"]),
        account=row["account"] if sees else "",
        bank=row["bank"] if sees else "",
        account_name=row["account_name"] if sees else "",
        sheets=row["sheets"],
        original=row["original"],
        note=row["note"],
        trouble=row["trouble"],
        archived_at=row["archived_at"],
        archived_by=row["by"],
        source=row["source"],
        loan_id=row["loan_id"],
        borrower=row["borrower"] or "",
        due_on=row["due_on"],
        late=row["due_on"] is not None and row["due_on"] < look.today,
    )


def contents(look: Snapshot, place_id: int, offset: int, limit: int) -> list[ArchivedRow]:
    """`limit` files of a place from `offset`, in the order in which they lie. Raises NotAllowed."""
    require_desk(look)
    query = columns().where(Archived.place_id == place_id).order_by(*in_order()).offset(offset).limit(limit)
    return [archived_row(look, row) for row in look.dicts(query)]


def read_archived(look: Snapshot, archived_id: int) -> ArchivedRow | None:
    """One file; None for one that was taken out. Raises NotAllowed."""
    require_desk(look)
    row = look.one(columns().where(Archived.id == archived_id))
    return None if row is None else archived_row(look, row)


def read_many(look: Snapshot, ids: Sequence[int]) -> list[ArchivedRow]:
    """These files, in the order asked."""
    query = columns().where(look.database.any_of(Archived.id, ids))
    found = {row["id"]: archived_row(look, row) for row in look.dicts(query)}
    return [found[each] for each in ids if each in found]


def of_card(look: Snapshot, kpj: str) -> list[ArchivedRow]:
    """What the archive has of one card, the newest first. Raises NotAllowed for who sees no lists."""
    look.require(Permission.SEE_LISTS)
    query = columns().where(Archived.kpj == kpj, Archived.kpj != "").order_by(Archived.dated.desc(), Archived.id.desc())
    return [archived_row(look, row) for row in look.dicts(query)]


def troubles(look: Snapshot, offset: int, limit: int) -> list[ArchivedRow]:
    """What could not be archived, the oldest first. Raises NotAllowed."""
    require_desk(look)
    query = columns().where(Archived.trouble != "").order_by(Archived.archived_at, Archived.id)
    return [archived_row(look, row) for row in look.dicts(query.offset(offset).limit(limit))]


def take_contents(tx: Transaction, place_id: int, name: str) -> list[ArchivedRow]:
    """All that lies in a place, for somebody who takes it as the file `name`. Raises NotAllowed, NotFound."""
    require_work(tx)
    row = living_place(tx, place_id)
    tx.audit("archive.contents-taken", why=f"{row['program']} {row['number']}: {name}".strip(), undoable=False)
    return contents(tx, place_id, 0, row["capacity"] + 1_000_000)


def write_contents(path: Path, title: str, header: Sequence[str], rows: Sequence[ArchivedRow]) -> None:
    """Writes the workbook. Raises FileRefused, ValueError for another number of headings than `COLUMNS`."""
    if len(header) != len(COLUMNS):
        raise ValueError(f"{len(COLUMNS)} headings, not {len(header)}")
    write_book(path, [SheetOut(title, header, _lines(rows))])


def _lines(rows: Sequence[ArchivedRow]) -> Iterator[Sequence[Value]]:
    for row in rows:
        yield (
            _CLASSIFICATION.get(row.program, row.program),
            *(row.decision, row.code, row.kpj, row.name, row.company, row.tax, row.amount),
            *(row.account, row.bank, row.account_name, row.sheets, row.original, row.note),
            *(row.place_number, row.shelf),
        )
