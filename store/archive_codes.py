"""Codes that nobody wrote on old files, filled from the listings with a person's yes (domain.md 2.6, 3.1.2 2a)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from peewee import fn

from store.archive_contents import archived_row, columns, read_many
from store.archive_find import note_terms
from store.archive_places import lock, refused
from store.archive_rows import ArchivedRow, CodeSuggestion
from store.claim_file_rows import require_desk, shown
from store.errors import Invalid, NotFound
from store.payments_open import without_file
from store.rules.archive import ArchiveRefusal
from store.rules.names import name_key, sound_key
from store.schema import Archived, Audit, AuditChange, Payment, table_name
from store.schema import columns as columns_of
from store.snapshot import Snapshot
from store.transaction import Transaction

_CHUNK = 500
_FILLED = "archive.code"


def _lacking() -> Any:
    return (Archived.code == "") & (Archived.trouble == "") & (Archived.program != "") & ~Archived.undone


def without_code(look: Snapshot, offset: int, limit: int) -> list[ArchivedRow]:
    """Files in the archive without a code, by programme and card. Raises NotAllowed."""
    require_desk(look)
    query = columns().where(_lacking()).order_by(Archived.program, Archived.kpj, Archived.id)
    return [archived_row(look, row) for row in look.dicts(query.offset(offset).limit(limit))]


def suggestions(look: Snapshot, archived_ids: Sequence[int]) -> list[CodeSuggestion]:
    """Transactions that these files may be, by file and code: same programme, KPJ and amount. Raises NotAllowed.

    A file whose amount nobody wrote down fits every amount of its card.
    """
    require_desk(look)
    wanted = {row["id"]: row for row in look.dicts(_of_ids(look, archived_ids))}
    cards = sorted({row["kpj"] for row in wanted.values() if row["kpj"]})
    payments = _free_payments(look, cards)
    rivals = _claims(look, cards, payments)
    shown_rows = {row.archived_id: row for row in read_many(look, list(wanted))}
    found = []
    for archived_id in dict.fromkeys(archived_ids):
        row = wanted.get(archived_id)
        fitting = [] if row is None else [payment for payment in payments if _may_be(row, payment)]
        for payment in fitting:
            assert row is not None
            found.append(
                CodeSuggestion(
                    archived=shown_rows[archived_id],
                    payment_id=payment["id"],
                    code=payment["code"],
                    booked_on=payment["booked_on"],
                    name=payment["name"],
                    amount=shown(look, payment["amount"]),
                    same_name=sound_key(payment["name"]) == sound_key(row["name"]),
                    only=len(fitting) == 1 and rivals[payment["id"]] == 1,
                )
            )
    return found


def _of_ids(look: Snapshot, ids: Sequence[int]) -> Any:
    return Archived.select().where(_lacking(), look.database.any_of(Archived.id, ids))


def _free_payments(look: Snapshot, cards: Sequence[str]) -> list[dict[str, Any]]:
    """Transactions of these cards that neither a claim file nor an archived one has, by code."""
    held = Archived.alias()
    in_archive = fn.EXISTS(held.select(held.id).where(held.code == Payment.code, ~held.undone))
    rows: list[dict[str, Any]] = []
    for start in range(0, len(cards), _CHUNK):
        query = Payment.select().where(Payment.kpj.in_(cards[start : start + _CHUNK]), without_file(), ~in_archive)
        rows += look.dicts(query)
    return sorted(rows, key=lambda row: row["code_order"])


def _claims(look: Snapshot, cards: Sequence[str], payments: Sequence[dict[str, Any]]) -> Counter[int]:
    """How many files without a code fit each transaction."""
    rows: list[dict[str, Any]] = []
    for start in range(0, len(cards), _CHUNK):
        rows += look.dicts(Archived.select().where(_lacking(), Archived.kpj.in_(cards[start : start + _CHUNK])))
    return Counter(payment["id"] for payment in payments for row in rows if _may_be(row, payment))


def _may_be(row: dict[str, Any], payment: dict[str, Any]) -> bool:
    if not row["kpj"] or row["kpj"] != payment["kpj"] or row["program"] != payment["program"]:
        return False
    return row["amount"] in (None, payment["amount"])


def fill_codes(tx: Transaction, chosen: dict[int, int]) -> int:
    """Writes the codes that a person said yes to. Raises NotAllowed, NotFound, Invalid, ArchiveRefused."""
    lock(tx)
    if not chosen:
        raise Invalid("chosen", "", "empty")
    tx.audit(_FILLED)
    for archived_id, payment_id in sorted(chosen.items()):
        _fill(tx, archived_id, payment_id)
    return len(chosen)


def _fill(tx: Transaction, archived_id: int, payment_id: int) -> None:
    row = tx.one(tx.database.locked(Archived.select().where(Archived.id == archived_id, ~Archived.undone)))
    if row is None:
        raise NotFound("archived", str(archived_id))
    if row["code"]:
        raise refused(row, ArchiveRefusal.HAS_CODE, row["code"])
    payment = tx.one(Payment.select().where(Payment.id == payment_id))
    if payment is None:
        raise NotFound("payment", str(payment_id))
    if row["program"] != payment["program"]:
        raise refused(row, ArchiveRefusal.WRONG_PROGRAM, payment["program"])
    free = Payment.select(Payment.id).where(Payment.id == payment_id, without_file())
    holder = tx.one(Archived.select().where(Archived.code == payment["code"], ~Archived.undone))
    if holder is not None or tx.one(free) is None:
        raise refused(row, ArchiveRefusal.CODE_TAKEN, payment["code"])
    told = {
        "code": payment["code"],
        "code_order": payment["code_order"],
        "dated": row["dated"] or payment["booked_on"],
        "name": row["name"] or payment["name"],
        "amount": payment["amount"] if row["amount"] is None else row["amount"],
    }
    tx.update(Archived, archived_id, expect=row["version"], name_key=name_key(told["name"]), **told)
    note_terms(tx, [archived_id], [{**row, **told}])


def before_codes(look: Snapshot, archived_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Of files whose code was filled in: by id, what of them was another value before, as their register had it."""
    query = (
        AuditChange.select(AuditChange.row_id, AuditChange.payload)
        .join(Audit, on=(Audit.id == AuditChange.audit_id))
        .where(
            AuditChange.table_name == table_name(Archived),
            look.database.any_of(AuditChange.row_id, archived_ids),
            Audit.action == _FILLED,
            AuditChange.payload.is_null(False),
        )
    )
    fields = columns_of(Archived)
    told = {row["row_id"]: json.loads(row["payload"])["before"] for row in look.dicts(query)}
    return {
        row_id: {name: fields[name].python_value(value) for name, value in before.items()}
        for row_id, before in told.items()
    }
