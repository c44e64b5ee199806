"""Backups: made in one step and proved, kept in a folder, tried, restored into an empty place (design.md 5).

Nothing is ever written over an office, and a backup is under its name only when it was opened, checked and read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from store.anchors import anchors_file, append, make_anchor, note_kept
from store.backup_copies import (
    Checked,
    Content,
    check_copy,
    check_data,
    check_dump,
    copy_at_once,
    empty_database,
    restore_dump,
    trail_break,
)
from store.backup_files import (
    Notes,
    building_site,
    check_bytes,
    check_keys,
    faults,
    found_in,
    free_instant,
    publish,
    read_notes,
    rotate,
    same_disk,
    scratch,
    unseal,
)
from store.database import TURN_FILES, SqliteDatabase, open_database
from store.erasure_ledger import BACKUPS, bring_along, keep_beside
from store.errors import BackupRefused, Invalid
from store.faults import mount_of, refuse_network
from store.gateway import Gateway
from store.link import Link
from store.office import change_setting, setting, write_setting
from store.opening import DATABASE_FILE, INBOX, LOGS, OUTBOX
from store.rules.anchors import Anchor
from store.rules.backups import BackupName, read_folder, read_keys, read_name
from store.rules.permissions import Permission
from store.schema import Session
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

FOLDER = BACKUPS


@value_class
class BackupMade:
    """One backup: where it is, what is in it, what went for it. `warnings`: unencrypted, same-disk, trail-broken,
    not-anchored."""

    file: str
    at: datetime
    head: str
    size: int  # bytes, as the file lies there
    tables: int
    rows: int
    encrypted_to: int
    removed: tuple[str, ...]
    warnings: tuple[str, ...]
    took: timedelta
    anchored: str = ""  # the file to which the trail's head was added


@value_class
class Restored:
    """One backup that was opened whole. `compared` is whether its notes were there to be held against.

    `erased_since`: rows that went by their retention after it was made, and are there again (store.erasures.again).
    """

    file: str
    at: datetime
    head: str
    tables: int
    rows: int
    compared: bool
    warnings: tuple[str, ...]
    erased_since: int = 0


@value_class
class _Plan:
    folder: Path
    keys: tuple[str, ...]
    office: str  # first digits of its id
    now: datetime
    anchors: Path | None  # the file outside that keeps the trail's heads


class BackupDesk:
    """`store.backups`: for administrators."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def setup(self, folder: str | None = None, keys: Sequence[str] | None = None) -> None:
        """Where backups go and to whose keys they are encrypted; None leaves it. Raises Invalid, BackupRefused."""
        if keys is not None:
            _check(keys)
        await self._link.write(_set_up, folder, None if keys is None else list(keys))

    async def make(
        self, folder: Path | None = None, keys: Sequence[str] | None = None, *, unencrypted: bool = False
    ) -> BackupMade:
        """One backup. Without keys only where `unencrypted` says so. Raises NotAllowed, BackupRefused."""
        if keys:
            _check(keys)
        plan = await self._link.read(_plan, self._link.home, folder, tuple(keys or ()))
        if not plan.keys and not unencrypted:
            raise BackupRefused("no-keys")
        anchor, _entries = (await self._link.write(make_anchor))[0]
        made = await self._link.gateway.run(_make, self._link, plan, [] if unencrypted else list(plan.keys), anchor)
        await self._link.write(_note, "backup.made", "backup.last", made.file, made.at, made.head, self._link.home)
        if made.anchored:
            await self._link.write(note_kept, anchor, made.anchored)
        return made

    async def drill(
        self, file: Path | None = None, *, identity: Path | None = None, scratch_url: str | None = None
    ) -> Restored:
        """Restores the newest backup (or `file`) beside the office, proves it, and takes it away again.

        `scratch_url`: an empty database, for PostgreSQL. Raises NotAllowed, BackupRefused.
        """
        plan = await self._link.read(_plan, self._link.home, None, ())
        tried = await self._link.gateway.run(_drill, self._link, plan, file, identity, scratch_url)
        await self._link.write(_note, "backup.drill", "backup.drill", tried.file, plan.now, tried.head)
        return tried


def _check(keys: Sequence[str]) -> None:
    try:
        check_keys(read_keys(list(keys)))
    except ValueError as error:
        raise BackupRefused("bad-key") from error


def _set_up(tx: Transaction, folder: str | None, keys: list[str] | None) -> None:
    tx.require(Permission.BACKUP)
    if folder is not None:
        try:
            change_setting(tx, "backup.folder", read_folder(folder))
        except ValueError as error:
            raise Invalid("backup.folder", folder, "unreadable") from error
    if keys is not None:
        change_setting(tx, "backup.keys", keys)


def _plan(look: Snapshot, home: Path, folder: Path | None, keys: tuple[str, ...]) -> _Plan:
    look.require(Permission.BACKUP)
    # A home that was restored or moved keeps its own folder, for which '' stands.
    chosen = folder or home / (setting(look, "backup.folder") or FOLDER)
    for point in setting(look, "backup.mounts"):
        if chosen.is_relative_to(point) and not Path(point).is_mount():
            raise BackupRefused("not-mounted", point)
    known = keys or tuple(setting(look, "backup.keys"))
    return _Plan(chosen, known, str(setting(look, "office.id"))[:8], look.now, anchors_file(look))


def _note(tx: Transaction, action: str, key: str, file: str, at: datetime, head: str, home: Path | None = None) -> None:
    tx.require(Permission.BACKUP)
    tx.audit(action, undoable=False)
    write_setting(tx, key, {"at": at.isoformat(), "file": file, "head": head})
    if home is not None:
        _note_mount(tx, home, Path(file))


def _note_mount(tx: Transaction, home: Path, file: Path) -> None:
    """Remembers on which other disk a backup went: where that is not mounted one day, its folder is not it."""
    point, known = mount_of(file)[0], setting(tx, "backup.mounts")
    if point not in ("", "/", mount_of(home)[0], *known):
        write_setting(tx, "backup.mounts", [*known, point])


def _make(link: Link, plan: _Plan, keys: list[str], anchor: Anchor) -> BackupMade:
    import time

    began = time.monotonic()
    folder, database = plan.folder, link.database
    with scratch(link.home) as place:
        plain = place / DATABASE_FILE
        content = copy_at_once(database, plain)
        if isinstance(database, SqliteDatabase):
            broken = check_copy(plain, content, content.head).trail_broken
        else:
            check_dump(plain, content)
            with database.reading():
                broken = trail_break(database)
        kind = "sqlite" if isinstance(database, SqliteDatabase) else "dump"
        name = BackupName(plan.office, free_instant(plan.now, folder, plan.office), content.head[:16], kind, bool(keys))
        target, notes = publish(plain, folder, name, keys, content, anchor.line)
    removed = rotate(folder, plan.office, target.name)
    keep_beside(link.home, folder, plan.office)
    warnings = [] if keys else ["unencrypted"]
    if isinstance(database, SqliteDatabase) and same_disk(folder, database.path):
        warnings.append("same-disk")
    if broken:
        warnings.append("trail-broken")
    anchored = _keep(anchor, plan.anchors, warnings)
    took = timedelta(seconds=time.monotonic() - began)
    return BackupMade(
        str(target),
        name.at,
        content.head,
        notes.size,
        len(content.rows),
        sum(content.rows.values()),
        len(keys),
        tuple(removed),
        tuple(warnings),
        took,
        anchored,
    )


def _keep(anchor: Anchor, file: Path | None, warnings: list[str]) -> str:
    """Adds the line where the office keeps anchors; a backup is one also where that cannot be written now."""
    if file is None:
        return ""
    try:
        append(anchor, file)
    except (BackupRefused, OSError):
        warnings.append("not-anchored")
        return ""
    return str(file)


def _drill(link: Link, plan: _Plan, file: Path | None, identity: Path | None, scratch_url: str | None) -> Restored:
    chosen = file or next((path for path, kept in found_in(plan.folder, plan.office) if kept.whole), None)
    if chosen is None:
        raise BackupRefused("none", str(plan.folder))
    name, notes = _known(chosen)
    if name.kind == "dump" and scratch_url is None:
        raise BackupRefused("no-scratch")
    with scratch(link.home) as place:
        plain = place / DATABASE_FILE
        unseal(chosen, plain, identity)
        if name.kind == "sqlite":
            found = check_copy(plain, notes.content if notes else None, name.head)
        else:
            assert scratch_url is not None
            found = _check_in(scratch_url, plain, notes.content if notes else None, name.head, keep=False)
    return _restored(chosen, name, notes, found)


def _check_in(url: str, plain: Path, content: Content | None, head: str, *, keep: bool) -> Checked:
    """A dump put into an empty database and proved; taken out again unless it holds and is to be kept."""
    with closing(restore_dump(plain, url)) as database, ExitStack() as otherwise:
        otherwise.callback(empty_database, database)
        found = check_data(database, content, head)
        if keep:
            otherwise.pop_all()
        return found


def _known(file: Path) -> tuple[BackupName, Notes | None]:
    """What the name and the notes of a backup say, and that its bytes are those that were noted."""
    if not file.is_file():
        raise BackupRefused("missing", str(file))
    name = read_name(file.name)
    if name is None:
        raise BackupRefused("unnamed", file.name)
    notes = read_notes(file)
    check_bytes(file, notes)
    return name, notes


def _restored(file: Path, name: BackupName, notes: Notes | None, found: Checked) -> Restored:
    rows, head = found.content.rows, found.content.head
    warnings = (("no-notes",) if notes is None else ()) + (("trail-broken",) if found.trail_broken else ())
    return Restored(str(file), name.at, head, len(rows), sum(rows.values()), notes is not None, warnings)


async def restore_office(file: Path, into: Path, *, identity: Path | None = None, url: str | None = None) -> Restored:
    """Makes an office of a backup in a folder that is not there yet, or is empty.

    A dump of PostgreSQL goes into the empty database of `url`. Raises BackupRefused, DatabaseTrouble.
    """
    gateway = Gateway()
    try:
        return await gateway.run(_restore, file, into.absolute(), identity, url)
    finally:
        await gateway.close(_nothing)


def _nothing() -> None:
    """Nothing is left to be closed."""


def _restore(file: Path, into: Path, identity: Path | None, url: str | None) -> Restored:
    if into.is_symlink() or (into.exists() and (not into.is_dir() or any(into.iterdir()))):
        raise BackupRefused("home-taken", str(into))
    name, notes = _known(file)
    if (name.kind == "dump") != (url is not None):
        raise BackupRefused("no-url" if name.kind == "dump" else "has-url", file.name)
    with faults(into.parent):
        into.parent.mkdir(parents=True, exist_ok=True)
    if url is None:
        refuse_network(into.parent)
    with faults(into.parent), building_site(into) as building:
        plain = building / DATABASE_FILE
        unseal(file, plain, identity)
        if url is None:
            found = check_copy(plain, notes.content if notes else None, name.head)
            for end in TURN_FILES:
                (building / f"{DATABASE_FILE}{end}").unlink(missing_ok=True)
        else:
            found = _check_in(url, plain, notes.content if notes else None, name.head, keep=True)
            plain.unlink()
        for inner in (INBOX, OUTBOX, LOGS):
            (building / inner).mkdir(mode=0o700)
        erased = bring_along(file, name.office, building, name.at)
        building.rename(into)  # onto an empty folder as well
    _look_again(url or f"sqlite://{into / DATABASE_FILE}", name.head, name.at)
    return replace(_restored(file, name, notes, found), erased_since=erased)


def _look_again(url: str, head: str, at: datetime) -> None:
    """Where it lies now it opens, and is the same. Whoever was at work in the office of then is not in this one."""
    with closing(open_database(url)) as database:
        database.connect()
        check_data(database, None, head)
        with database.turn(), database.writing():
            database.peewee.execute(Session.update(ended_at=at).where(Session.ended_at.is_null()))
