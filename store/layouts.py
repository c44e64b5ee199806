"""The mapping of one layout of columns, as a person corrected it: found again by the signature of its headings."""

from __future__ import annotations

import json
from collections.abc import Mapping

from store.schema import ImportedFile, Layout
from store.snapshot import Snapshot
from store.transaction import Transaction


def saved_mapping(look: Snapshot, kind: str, signature: str) -> dict[str, str]:
    """Heading to field as it was said before, empty where nobody corrected anything."""
    row = look.one(Layout.select(Layout.mapping).where(Layout.kind == kind, Layout.signature == signature))
    return {} if row is None else dict(json.loads(row["mapping"]))


def save_mapping(tx: Transaction, kind: str, signature: str, mapping: Mapping[str, str]) -> None:
    """Keeps a mapping for files of the same layout, within the open audited write."""
    text = json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True)
    row = tx.one(Layout.select(Layout.id).where(Layout.kind == kind, Layout.signature == signature))
    if row is None:
        tx.insert(Layout, kind=kind, signature=signature, mapping=text)
    else:
        tx.update(Layout, row["id"], mapping=text)


def is_known_file(look: Snapshot, kind: str, sha256: str) -> bool:
    """Whether the same bytes came in before as a file of this kind."""
    query = ImportedFile.select(ImportedFile.id).where(ImportedFile.kind == kind, ImportedFile.sha256 == sha256)
    return look.one(query) is not None


def note_file(tx: Transaction, kind: str, sha256: str, name: str, rows: int) -> int:
    """Notes a file that came in, within the open audited write; its id, that of the first time for the same bytes."""
    query = ImportedFile.select(ImportedFile.id).where(ImportedFile.kind == kind, ImportedFile.sha256 == sha256)
    known = tx.one(query)
    if known is not None:
        return int(known["id"])
    return tx.insert(
        ImportedFile,
        kind=kind,
        sha256=sha256,
        name=name,
        imported_at=tx.now,
        staff_id=tx.actor.staff_id,
        rows=rows,
    )
