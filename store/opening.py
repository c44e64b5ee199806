"""Making an office in an empty home, and opening one."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from store.actors import load_actor, login_of_this_process
from store.database import Database
from store.errors import ChoosePerson, NoOffice, NoPin, NotStaff, OfficeExists
from store.link import Link
from store.office import add_national_holidays, has_pin, missing_years, setting, write_setting
from store.refusals import AGAIN, STARTED, TURNED_AWAY, note_passage
from store.rules.hours import WIB
from store.rules.text import clean
from store.schema import Audit, Session, SharedAccount, Staff
from store.sessions import end_session, logged_in, open_session
from store.snapshot import Actor, Snapshot
from store.strangers import note_stranger, tell_of_strangers
from store.transaction import Transaction
from store.upgrading import bring_up_to_date

INBOX, OUTBOX, LOGS = "MASUK", "KELUAR", "log"
DATABASE_FILE = "loket.sqlite"
NOBODY = Actor(0, "", "", "", frozenset(), frozenset(), alone=False)


def database_url(home: Path, url: str | None) -> str:
    """The URL of a home's data: the one given, else the SQLite file in the home."""
    return url or f"sqlite://{home.resolve() / DATABASE_FILE}"


def system_clock() -> datetime:
    return datetime.now(UTC)


def prepare_home(home: Path) -> None:
    """Makes the folders of a home, closed to strangers; a setgid home is shared with its group."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    shared = bool(home.stat().st_mode & 0o2000)
    os.umask(0o007 if shared else 0o077)
    for name in (INBOX, OUTBOX, LOGS):
        (home / name).mkdir(exist_ok=True)


def create_now(home: Path, database: Database, name: str, login: str | None, *, practice: bool, now: datetime) -> None:
    """Sets an office up; whoever does it is its first person. Raises OfficeExists and then changes nothing."""
    if database.exists():
        database.connect()
        if database.version() > 0 and database.peewee.execute(Staff.select(Staff.id).limit(1)).fetchone() is not None:
            raise OfficeExists(str(home))
    prepare_home(home)
    database.create()
    database.migrate()
    person = login or login_of_this_process(home)
    with database.turn(), database.writing():
        database.lock_name("office")
        if database.peewee.execute(Staff.select(Staff.id).limit(1)).fetchone() is not None:
            raise OfficeExists(str(home))
        founder = {"login": person, "name": _full_name(person), "section": "", "founder": True, "created_at": now}
        staff_id = int(database.peewee.execute(Staff.insert(**founder).returning(Staff.id)).fetchone()[0])
        session_id = open_session(database, staff_id, now)
        actor = load_actor(database, session_id, now.astimezone(WIB).date(), practice=practice)
        tx = Transaction(database, session_id, actor, now)
        tx.audit("office.create", undoable=False)
        tx.note_added(Staff, staff_id, founder)
        for key, value in (
            ("office.name", clean(name) or "Kantor Cabang"),
            ("office.id", uuid.uuid4().hex),
            ("office.practice", practice),
        ):
            write_setting(tx, key, value)
        add_national_holidays(tx)
        tx.finish()


def _full_name(login: str) -> str:
    import pwd

    try:
        gecos = pwd.getpwnam(login).pw_gecos
    except KeyError:
        return login
    return clean(gecos.split(",")[0]) or login


def connect_now(link: Link, login: str | None, person: str | None, clock: Callable[[], datetime] | None) -> str:
    """Connects, migrates, finds the person and opens their session; returns the office's name.

    Raises NoOffice, NotStaff, DatabaseTrouble; ChoosePerson, NoPin for an account that several people share.
    """
    database = link.database
    if not database.exists():
        raise NoOffice(str(link.home))
    database.connect()
    bring_up_to_date(link.home, database, link.clock)
    look = Snapshot(database, 0, NOBODY, link.clock())
    if look.one(Staff.select(Staff.id)) is None:
        raise NoOffice(str(link.home))
    prepare_home(link.home)
    link.practice = bool(setting(look, "office.practice"))
    link.clock = clock or (_practice_clock() if link.practice else system_clock)
    account = login or login_of_this_process(link.home)
    try:
        staff_id, shared = _who(look, account, person)
    except NotStaff as error:
        _note_turned_away(look, error.login, account)
        raise
    link.pin_due = shared or _left_locked(look, staff_id)
    with database.turn(), database.writing():
        link.session_id = open_session(
            database, staff_id, link.clock(), account=account if shared else None, pin_due=link.pin_due
        )
        note_passage(database, link.session_id, link.clock(), STARTED, account if shared else "")
        tell_of_strangers(database, link.session_id, link.clock())
    if missing_years(look, link.clock()):
        with database.turn(), database.writing():
            tx = Transaction(database, link.session_id, _actor(link), link.clock())
            add_national_holidays(tx)
            tx.finish()
    database.changed(link.session_id)
    return str(setting(look, "office.name"))


def _who(look: Snapshot, account: str, person: str | None) -> tuple[int, bool]:
    """The person who comes in, and whether the account is shared, so that it does not say which one they are."""
    own = look.one(Staff.select(Staff.id, Staff.active).where(Staff.login == account))
    if own is not None and own["active"]:
        return int(own["id"]), False
    mine = SharedAccount.select(SharedAccount.staff_id).where(SharedAccount.account == account)
    people = look.dicts(Staff.select().where(Staff.active, Staff.id.in_(mine)).order_by(Staff.name, Staff.login))
    if not people:
        raise NotStaff(account, disabled=own is not None)
    if person is None:
        raise ChoosePerson(account, tuple((row["login"], row["name"]) for row in people))
    chosen = next((row for row in people if row["login"] == person), None)
    if chosen is None:
        raise NotStaff(person)
    if not has_pin(look, chosen["id"]):
        raise NoPin(chosen["login"], chosen["name"])
    return int(chosen["id"]), True


def _note_turned_away(look: Snapshot, login: str, account: str) -> None:
    """Who was disabled and comes all the same is in the trail, once a minute; of anybody else the account is counted,
    for the next one who comes in: nobody knows it, or it says to be somebody whom it is not shared with.
    """
    database, now = look.database, look.now
    with contextlib.suppress(Exception):
        gone = look.one(Staff.select(Staff.id).where(Staff.login == login, ~Staff.active))
        if gone is None:
            note_stranger(database, account, now)
            return
        mine = Audit.select(Audit.id).where(Audit.staff_id == gone["id"], Audit.action == TURNED_AWAY)
        if look.one(mine.where(Audit.at > now - AGAIN)) is not None:
            return
        with database.in_passing():
            session_id = open_session(database, gone["id"], now)
            note_passage(database, session_id, now, TURNED_AWAY, login)
            end_session(database, session_id, now)


def _left_locked(look: Snapshot, staff_id: int) -> bool:
    """Whether the person's last screen was left locked, in this very login at the machine; a new login is them."""
    here = (Session.staff_id == staff_id) & (Session.logged_in == logged_in())
    last = look.one(Session.select(Session.locked_at, Session.pin_due).where(here).order_by(Session.id.desc()))
    locked = last is not None and (last["locked_at"] is not None or last["pin_due"] == 1)
    return locked and has_pin(look, staff_id)


def _actor(link: Link) -> Actor:
    today = link.clock().astimezone(WIB).date()
    return load_actor(link.database, link.session_id, today, practice=link.practice, at_door=True)


def _practice_clock() -> Callable[[], datetime]:
    """The clock of a practice office: LOKET_NOW if set, an ISO instant, WIB without a zone (contracts.md "Clock")."""
    text = os.environ.get("LOKET_NOW", "")
    if not text:
        return system_clock
    fixed = datetime.fromisoformat(text)
    instant = (fixed if fixed.tzinfo else fixed.replace(tzinfo=WIB)).astimezone(UTC)
    return lambda: instant
