"""Anchors: the head of the trail, written into the trail itself and then kept outside of the database.

An anchor is an entry that names the end of every chain that no opening has sealed yet, so that its own link stands for
the whole trail until then. Its line, on paper or in a file that others keep, finds what no chain can find by itself: a
trail that was written anew as a whole, or cut off behind a moment.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from peewee import fn

from store.errors import BackupRefused, NotAllowed
from store.office import change_setting, setting, write_setting
from store.plain_files import open_plain
from store.rows import AuditBreak
from store.rules.anchors import Anchor, anchor_of, read_anchors
from store.rules.permissions import Permission
from store.schema import Audit, AuditChange, Seal, Session
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

ANCHORED: Final = "trail.anchor"
_MOST: Final = 64 * 1024 * 1024  # of a file of anchors: half a million lines


@value_class
class AnchorMade:
    """One anchor: how many entries the trail had, and the files that its line was added to."""

    anchor: Anchor
    entries: int
    files: tuple[str, ...]


def require_any(look: Snapshot) -> None:
    """An anchor shows nothing: who keeps the office's data, reads its trail or signs its reports makes one."""
    if not any(look.may(each) for each in (Permission.BACKUP, Permission.READ_AUDIT, Permission.READ_RECAPS)):
        raise NotAllowed(str(Permission.READ_AUDIT), tuple(sorted(look.actor.roles)))


def add_anchor(tx: Transaction) -> tuple[Anchor, int]:
    """Writes the heads into the trail; the anchor, and how many entries there were. Asks for no permission."""
    last = tx.one(Session.select(Session.id, Session.opening).order_by(Session.id.desc()))
    assert last is not None
    unsealed = Session.select(Session.id, Session.seq, Session.head)
    unsealed = unsealed.where(Session.id.not_in(Seal.select(Seal.session_id))).order_by(Session.id)
    entries = int(tx.scalar(Audit.select(fn.count(Audit.id))))
    tx.audit(ANCHORED, undoable=False)
    tx.note_heads(
        {"entries": entries, "last": [last["id"], last["opening"]], "heads": [list(row) for row in tx.tuples(unsealed)]}
    )
    tx.portion()
    mine = tx.one(Audit.select().where(Audit.session_id == tx.session_id).order_by(Audit.seq.desc()))
    assert mine is not None
    return anchor_of(str(setting(tx, "office.id")), mine["id"], mine["at"], mine["hash"]), entries


def make_anchor(tx: Transaction) -> tuple[Anchor, int]:
    """The same for who may."""
    require_any(tx)
    return add_anchor(tx)


def anchors_file(look: Snapshot) -> Path | None:
    """The file in the folder that the office has named; None where it has named none."""
    folder = str(setting(look, "trail.folder"))
    return Path(folder) / f"loket-jejak-{str(setting(look, 'office.id'))[:8]}.txt" if folder else None


def remember_folder(tx: Transaction, folder: str) -> None:
    """From now on anchors are added to a file in this folder."""
    tx.require(Permission.BACKUP)
    change_setting(tx, "trail.folder", folder)


def note_kept(tx: Transaction, anchor: Anchor, file: str) -> None:
    """That an anchor stands outside."""
    tx.audit("trail.anchored", undoable=False)
    write_setting(tx, "trail.last", {"at": anchor.at.isoformat(), "file": file, "line": anchor.line})


def append(anchor: Anchor, file: Path) -> None:
    """Adds the line at the end of the file, onto the disk. Raises BackupRefused("folder", "full")."""
    from store.backup_files import faults

    with faults(file.parent):
        try:
            handle = open_plain(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.EINVAL):
                raise BackupRefused("folder", str(file)) from error
            raise
        try:
            os.write(handle, f"{anchor.line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def anchors_in(file: Path) -> tuple[Anchor, ...]:
    """The anchors of a file; never of a link, FIFO or device. Raises BackupRefused("missing")."""
    try:
        with os.fdopen(open_plain(file, os.O_RDONLY), "rb") as source:
            return read_anchors(source.read(_MOST).decode("utf-8", "replace"))
    except OSError as error:
        raise BackupRefused("missing", str(file)) from error


def of_this_office(look: Snapshot, anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Each once, by number; those of other offices are left out."""
    office = str(setting(look, "office.id"))[:8]
    return tuple(sorted({each for each in anchors if each.office == office}, key=lambda each: each.number))


def anchor_break(look: Snapshot, anchors: Sequence[Anchor]) -> AuditBreak | None:
    """The first anchor that the trail does not bear out. The trail itself has been proved before (`verify_trail`)."""
    for anchor in anchors:
        entry = look.one(Audit.select().where(Audit.id == anchor.number))
        if entry is None:
            return AuditBreak(0, 0, anchor.number, "anchor-missing")
        known = anchor_of(anchor.office, entry["id"], entry["at"], entry["hash"])
        if entry["action"] != ANCHORED or known.digest != anchor.digest or known.at != anchor.at:
            return AuditBreak(entry["session_id"], entry["seq"], anchor.number, "anchor-differs")
        if (broken := _heads_break(look, entry)) is not None:
            return broken
    return None


def _heads_break(look: Snapshot, entry: dict[str, Any]) -> AuditBreak | None:
    line = look.one(AuditChange.select(AuditChange.payload).where(AuditChange.audit_id == entry["id"]))
    if line is None or line["payload"] is None:
        return AuditBreak(entry["session_id"], entry["seq"], entry["id"], "anchor-differs")
    told = json.loads(line["payload"])["anchor"]
    last_id, opening = told["last"]
    if look.scalar(Session.select(Session.opening).where(Session.id == last_id)) != opening:
        return AuditBreak(last_id, 0, entry["id"], "anchored-head")
    for session_id, seq, head in told["heads"]:
        if _end_of(look, session_id, seq) != head:
            return AuditBreak(session_id, seq, entry["id"], "anchored-head")
    return None


def _end_of(look: Snapshot, session_id: int, seq: int) -> Any:
    """The link of a session's entry, or its opening where it had none."""
    if seq == 0:
        return look.scalar(Session.select(Session.opening).where(Session.id == session_id))
    return look.scalar(Audit.select(Audit.hash).where(Audit.session_id == session_id, Audit.seq == seq))
