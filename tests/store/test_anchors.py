"""Anchors: the head of the trail outside of the database finds what the chain alone cannot."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store
from store.anchors import anchors_in, append
from store.database import Database
from store.errors import BackupRefused, NotAllowed
from store.rules.anchors import read_anchors
from store.sessions import opening_hash
from store.trail_digests import change_digest, entry_digest, entry_hash
from tests.store.office import Office, facts


async def _works(store: Store, *names: str) -> None:
    for name in names:
        await store.office.set_setting("office.name", name)


async def _anchored(office: Office) -> tuple[Store, Path]:
    """Some history, an anchor in a file outside, and more history behind it; the one that is open reads."""
    first = await office.open()
    await _works(first, "Duri", "Dumai")
    file = office.home.parent / "jejak.txt"
    await first.audit.anchor(file)
    await _works(first, "Bangkinang")
    await first.close()
    second = await office.open()
    await _works(second, "Siak")
    await second.audit.anchor(file)
    await _works(second, "Rengat")
    return second, file


async def _broken(store: Store, file: Path) -> str:
    """What is found: with the anchors, after it was seen that the chain is whole without them."""
    assert await store.audit.verify() is None
    broken = await store.audit.verify(await store.audit.anchors([file]))
    return broken.problem if broken is not None else ""


async def test_a_line_says_office_entry_time_and_digest(office: Office, ani: Store) -> None:
    made = await ani.audit.anchor(outside=False)
    assert made.files == ()
    (entry,) = await ani.audit.entries(1)
    assert (entry.audit_id, entry.action, entry.at) == (made.anchor.number, "trail.anchor", made.anchor.at)
    assert read_anchors(f"Kantor\n  {made.anchor.line}  \n") == (made.anchor,)
    told, _, digest = made.anchor.line.rpartition(" ")
    assert read_anchors(f"{told}   {digest.upper().replace('-', ' ')}") == (made.anchor,)
    assert made.entries == len(await ani.audit.entries(500)) - 1


async def test_what_is_whole_bears_every_anchor_out(office: Office) -> None:
    store, file = await _anchored(office)
    anchors = await store.audit.anchors([file])
    assert len(anchors) == 2
    assert await _broken(store, file) == ""


def _rewrite(database: Database) -> None:
    """All chains made anew from what stands in the rows now, as somebody would who knows how Loket does it."""
    sql = database.peewee.execute_sql
    mark = "?" if database.one_machine else "%s"
    dicts = lambda table, order: _dicts(database, f"SELECT * FROM {table} ORDER BY {order}")  # noqa: E731
    lines: dict[int, list[dict[str, object]]] = {}
    for line in dicts("audit_change", "audit_id, n"):
        line["digest"] = change_digest(line["salt"] or "", line["payload"])
        sql(f"UPDATE audit_change SET digest = {mark} WHERE id = {mark}", (line["digest"], line["id"]))
        lines.setdefault(line["audit_id"], []).append(line)
    opening, ends = "", dict[int, tuple[int, str]]()
    entries = dicts("audit", "session_id, seq")
    for session in dicts("session", "id"):
        seals = [
            (seal["session_id"], *ends[seal["session_id"]])
            for seal in dicts("seal", "session_id")
            if seal["sealed_by"] == session["id"]
        ]
        about = {name: session[name] for name in ("id", "staff_id", "opened_at", "previous_id")}
        opening = head = opening_hash(opening, about, seals)
        for sealed, seq, end in seals:
            sql(f"UPDATE seal SET seq = {mark}, head = {mark} WHERE session_id = {mark}", (seq, end, sealed))
        seq = 0
        for entry in (each for each in entries if each["session_id"] == session["id"]):
            seq += 1
            digest = entry_digest(lines.get(entry["id"], []))
            told = [entry[name] for name in ("session_id", "at", "staff_id", "action", "undoable", "undo_of")]
            link = entry_hash(head, (told[0], seq, told[1], told[2], told[3], int(told[4]), told[5], digest))
            sql(
                f"UPDATE audit SET seq = {mark}, digest = {mark}, previous = {mark}, hash = {mark} WHERE id = {mark}",
                (seq, digest, head, link, entry["id"]),
            )
            head = link
        sql(
            f"UPDATE session SET opening = {mark}, seq = {mark}, head = {mark} WHERE id = {mark}",
            (opening, seq, head, session["id"]),
        )
        ends[session["id"]] = (seq, head)


def _dicts(database: Database, statement: str) -> list[dict[str, object]]:
    cursor = database.peewee.execute_sql(statement)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _forge(office: Office, *statements: str) -> None:
    with office.raw() as database, database.writing():
        for statement in statements:
            database.peewee.execute_sql(statement)
        _rewrite(database)


FORGED = {
    "another value": ["UPDATE audit_change SET payload = replace(payload, 'Duri', 'Jakarta')"],
    "somebody else": ["UPDATE audit SET at = at + 60000 WHERE action = 'office.setting'"],
    "an entry is gone": [
        "DELETE FROM audit_change WHERE payload LIKE '{percent}Dumai{percent}'",
        "DELETE FROM audit WHERE NOT EXISTS (SELECT 1 FROM audit_change WHERE audit_id = audit.id)"
        " AND action = 'office.setting'",
    ],
}


@pytest.mark.parametrize("how", FORGED)
async def test_a_trail_that_was_written_anew_as_a_whole_is_found(office: Office, how: str) -> None:
    store, file = await _anchored(office)
    percent = "%" if office.is_sqlite else "%%"
    before = facts(office, "audit")
    _forge(office, *(each.replace("{percent}", percent) for each in FORGED[how]))
    assert facts(office, "audit") != before
    assert await _broken(store, file) == "anchor-differs"


async def test_a_trail_that_was_written_anew_without_its_anchors_is_found(office: Office) -> None:
    store, file = await _anchored(office)
    _forge(
        office,
        "DELETE FROM audit_change WHERE audit_id IN"
        " (SELECT id FROM audit WHERE action IN ('trail.anchor', 'trail.anchored'))",
        "DELETE FROM audit WHERE action IN ('trail.anchor', 'trail.anchored')",
    )
    assert await _broken(store, file) == "anchor-missing"


async def test_a_tail_that_was_cut_with_all_that_sealed_it_is_found(office: Office) -> None:
    """As if nothing had been written after a moment: the last session is shorter, and agrees with itself."""
    store, file = await _anchored(office)
    session = office.session_of(store)
    office.sql("DELETE FROM audit_change WHERE audit_id IN (SELECT id FROM audit WHERE session_id = ?)", session)
    office.sql("DELETE FROM audit WHERE session_id = ?", session)
    office.sql("UPDATE session SET seq = 0, head = opening WHERE id = ?", session)
    assert await _broken(store, file) == "anchor-missing"


async def test_a_tail_of_somebody_who_is_still_there_is_found(office: Office) -> None:
    """Their chain is sealed by no opening yet; the anchor that somebody else made has its end."""
    ani = await office.open()
    budi = await office.hire(ani, "budi", "admin")
    await _works(budi, "Duri", "Dumai")
    file = office.home.parent / "jejak.txt"
    await ani.audit.anchor(file)
    session = office.session_of(budi)
    ((last, seq),) = office.sql("SELECT id, seq FROM audit WHERE session_id = ? ORDER BY seq DESC LIMIT 1", session)
    ((head,),) = office.sql("SELECT hash FROM audit WHERE session_id = ? AND seq = ?", session, seq - 1)
    office.sql("DELETE FROM audit_change WHERE audit_id = ?", last)
    office.sql("DELETE FROM audit WHERE id = ?", last)
    office.sql("UPDATE session SET seq = ?, head = ? WHERE id = ?", seq - 1, head, session)
    assert await _broken(ani, file) == "anchored-head"


async def test_two_entries_that_changed_places_are_found(office: Office, ani: Store) -> None:
    await _works(ani, "Duri", "Dumai")
    (one, other) = [row[0] for row in office.sql("SELECT id FROM audit ORDER BY id DESC LIMIT 2")]
    ((first,), (second,)) = (office.sql("SELECT seq FROM audit WHERE id = ?", each) for each in (one, other))
    for entry, seq in ((one, -1), (other, first[0]), (one, second[0])):
        office.sql("UPDATE audit SET seq = ? WHERE id = ?", seq, entry)
    broken = await ani.audit.verify()
    assert broken is not None
    assert (broken.seq, broken.problem) == (second[0], "entry-altered")


async def test_the_office_keeps_them_in_a_folder_of_its_own_choosing(office: Office, ani: Store) -> None:
    folder = office.home.parent / "luar"
    folder.mkdir()
    assert not (await ani.backup_state.now()).anchor_late
    await ani.audit.keep_anchors(str(folder))
    assert (await ani.backup_state.now()).anchor_late
    made = await ani.audit.anchor()
    (file,) = folder.iterdir()
    assert made.files == (str(file),)
    state = await ani.backup_state.now()
    assert (state.anchored, state.anchor_late) == (made.anchor.at, False)
    assert await ani.audit.anchors() == (made.anchor,)
    office.clock.pass_by(days=7, minutes=1)
    assert (await ani.backup_state.now()).anchor_late
    again = await ani.audit.anchor()
    assert anchors_in(file) == (made.anchor, again.anchor)
    assert await ani.audit.verify(await ani.audit.anchors()) is None
    folder.rename(folder.with_name("weg"))
    with pytest.raises(BackupRefused) as refused:
        await ani.audit.anchor()
    assert (refused.value.why, refused.value.name) == ("folder", str(folder))


async def test_each_backup_has_one_beside_it_and_in_it(office: Office, ani: Store) -> None:
    folder = office.home.parent / "luar"
    folder.mkdir()
    await ani.audit.keep_anchors(str(folder))
    made = await ani.backups.make(office.home.parent / "cadangan", unencrypted=True)
    assert Path(made.anchored).parent == folder
    notes = Path(f"{made.file}.json")
    assert anchors_in(notes) == anchors_in(Path(made.anchored))
    assert json.loads(notes.read_text())["anchor"].startswith("LOKET-JEJAK")
    assert await ani.audit.verify(await ani.audit.anchors([notes])) is None
    Path(made.anchored).unlink()
    folder.rmdir()
    again = await ani.backups.make(office.home.parent / "cadangan", unencrypted=True)
    assert (again.anchored, "not-anchored" in again.warnings) == ("", True)


async def test_who_makes_and_who_reads_them(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "magang")
    for deed in (budi.audit.anchor, budi.audit.anchors, budi.audit.verify):
        with pytest.raises(NotAllowed):
            await deed()
    with pytest.raises(NotAllowed):
        await budi.audit.keep_anchors("/tmp")


async def test_lines_of_other_offices_are_none_of_ours(office: Office, ani: Store) -> None:
    made = await ani.audit.anchor(outside=False)
    other = made.anchor.line.replace(made.anchor.office, "00000000")
    file = office.home.parent / "semua.txt"
    file.write_text(f"{other}\n{made.anchor.line}\n{made.anchor.line}\n")
    assert await ani.audit.anchors([file]) == (made.anchor,)
    assert made.anchor.at <= office.clock.now + timedelta(seconds=1)


async def test_a_line_goes_to_and_comes_from_plain_files_alone(ani: Store, tmp_path: Path) -> None:
    made = (await ani.audit.anchor(outside=False)).anchor
    fifo, link, dangling = tmp_path / "fifo", tmp_path / "link", tmp_path / "dangling"
    (tmp_path / "theirs").write_text("x\n", encoding="utf-8")
    os.mkfifo(fifo)
    link.symlink_to(tmp_path / "theirs")
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (fifo, link, dangling, Path("/dev/null"), tmp_path):
        with pytest.raises(BackupRefused):
            append(made, path)
        with pytest.raises(BackupRefused):
            anchors_in(path)
    assert (tmp_path / "theirs").read_text(encoding="utf-8") == "x\n"
    assert not (tmp_path / "nowhere").exists()
