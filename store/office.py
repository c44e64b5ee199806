"""The office itself: name, settings, hours, and the days it is closed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from peewee import SQL, fn

from store.clocks import later_than_now
from store.errors import Invalid
from store.link import Link
from store.rows import OfficeNow, UndoRef
from store.rules.archive import check_capacity, read_retention
from store.rules.backups import read_folder, read_keys
from store.rules.codes import DEFAULT_PATTERN, check_pattern
from store.rules.counter import check_topics
from store.rules.eligibility import JMO_LIMITS
from store.rules.hours import DEFAULT_WEEK, CalendarError, DayHours, OfficeCalendar
from store.rules.kinds import Kind
from store.rules.outcomes import DEFAULT_POLICIES, Outcome, Policy, State
from store.rules.permissions import Permission
from store.rules.pins import LOCK_MINUTES, read_lock_minutes
from store.rules.policies import policies_from_json, policies_to_json
from store.rules.presets import Presets, presets_from_plain, presets_to_plain
from store.rules.printing import read_calibrations, read_routes, read_server
from store.rules.script import PARTS, check_script
from store.rules.signers import DEFAULT_SIGNERS, Signers, signers_from_plain, signers_to_plain
from store.rules.vouchers import VoucherKind
from store.schema import ClosedDay, Contact, FollowUp, Pin, QueueItem, Setting
from store.snapshot import Snapshot
from store.statements import statement
from store.transaction import Transaction

NATIONAL, OWN = "national", "office"
_KEPT_POLICIES = "calls.policies"
POLICY = "calls.policy."
"""One setting an outcome, so that two heads who change two of them are not in each other's way."""

_kept = statement(lambda _database, key: Setting.select(Setting.value).where(Setting.key == key))
_closed_days = statement(lambda _database: ClosedDay.select().order_by(ClosedDay.source.desc()))
_IS_POLICY = (Setting.key == _KEPT_POLICIES) | Setting.key.startswith(POLICY)
_kept_policies = statement(lambda _database: Setting.select(Setting.key, Setting.value).where(_IS_POLICY))


class OfficeDesk:
    """`store.office`: what the office has decided about itself."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def now(self) -> OfficeNow:
        """Open or closed at this instant, until when, and how many callbacks and follow-ups of mine are due."""
        return await self._link.read(_now)

    async def calendar(self) -> OfficeCalendar:
        return await self._link.read(calendar)

    async def holidays(self, year: int) -> dict[date, str]:
        """The closed days of a year by date, national ones and the office's own."""
        return await self._link.read(_holidays, year)

    async def add_closed_day(self, day: date, name: str) -> UndoRef | None:
        """Closes the office on a day of its own; raises Invalid when that day is closed already, or not worked."""
        return (await self._link.write(_add_closed_day, day, name))[1]

    async def setting(self, key: str) -> Any:
        return await self._link.read(setting, key)

    async def set_setting(self, key: str, value: Any) -> UndoRef | None:
        """Changes one setting; raises NotAllowed, and Invalid for a key that no part of Loket reads or a bad value."""
        return (await self._link.write(_set_setting, key, value))[1]


def plain_hours(hours: DayHours) -> list[str]:
    """The hours of a day as a setting keeps them: opens, closes, and the break where there is one."""
    clocks = (hours.opens, hours.closes, hours.break_from, hours.break_until)
    return [clock.isoformat("minutes") for clock in clocks if clock is not None]


def _plain_week() -> dict[str, list[str]]:
    return {str(day): plain_hours(hours) for day, hours in DEFAULT_WEEK.items()}


PLACE: dict[str, int] = {"office.address": 200, "office.phone": 60, "office.way": 500}
"""Where the office is and how it is reached: one line each of at most so many characters, '' while not known."""

DEFAULTS: dict[str, Any] = {
    "office.name": "Kantor Cabang",
    "office.id": "",
    "office.practice": False,
    "office.address": "",
    "office.phone": "",
    "office.way": "",  # how to get there, as one would tell it on the telephone
    "office.week": _plain_week(),
    _KEPT_POLICIES: policies_to_json(DEFAULT_POLICIES),  # as earlier releases kept what an office changed
    **{f"{POLICY}{outcome}": None for outcome in Outcome},  # None: as Loket has it
    "calls.presets": presets_to_plain(Presets()),
    "claims.jmo_limits": [[day.isoformat(), limit] for day, limit in JMO_LIMITS],
    "calls.scripts": {},  # kind -> language -> part -> Markdown; what is not there is said in the words of Loket
    "backup.folder": "",  # where backups go; '': CADANGAN in the home
    "backup.keys": [],  # public keys (age, SSH) to which they are encrypted
    "backup.mounts": [],  # mount points of other disks to which backups went; written by Loket alone
    "backup.last": {},  # of the last whole one: at, file, head; written by Loket alone
    "backup.drill": {},  # of the last one that was restored to try it, the same
    "trail.folder": "",  # where anchors of the trail are kept outside of the database; '': nowhere
    "trail.days": 7,  # days after which the newest anchor counts as late, where they are kept
    "trail.last": {},  # of the newest anchor that stands outside: at, file, line; written by Loket alone
    "lock.minutes": None,  # idle minutes after which a screen locks; None: 15, and never in a practice office
    "calls.qr": False,  # private telephones are private: QR codes only where the office allows them
    "phones.area_code": "0765",
    "corrections.propose": False,
    "printing.printers": {},  # document -> printer, tray, media; what is not there goes into KELUAR
    "printing.server": "",  # CUPS: '' of this machine, else a socket's path or host:port
    "printing.calibration": {},  # queue/tray -> dx, dy, sx, sy, skew
    "counter.topics": {},  # digit -> topic; empty: those of store.rules.counter
    "voucher.kind": "loket",  # what is printed: Loket's own vouchers, or the pages of Smile's PDF
    "voucher.code_pattern": DEFAULT_PATTERN,  # how transaction codes of the listing look
    "voucher.signers": signers_to_plain(DEFAULT_SIGNERS),
    "archive.capacity": 100,  # files that a new box holds; 0: not counted
    "archive.loan_days": 7,  # days after which a borrowed file should be back
    "archive.retention": {},  # programme or kind of place -> whole years; what is not there nobody has said yet
    "voucher.late_days": 3,  # office days after which a stack that is out for signing counts as late
}


OWN_NOTES = ("office.id", "office.practice", "backup.last", "backup.drill", "backup.mounts")
"""What Loket notes of itself: nobody sets it."""


def setting(look: Snapshot, key: str) -> Any:
    """The office's value, or the default; raises Invalid for a key that does not exist."""
    if key not in DEFAULTS:
        raise Invalid("setting", key, "unknown")
    kept = look.remember(key, lambda: look.scalar(_kept(key)))
    return DEFAULTS[key] if kept is None else json.loads(kept)


def _set_setting(tx: Transaction, key: str, value: Any) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    if key not in DEFAULTS or key in OWN_NOTES:
        raise Invalid("setting", key, "unknown")
    change_setting(tx, key, value)


def change_setting(tx: Transaction, key: str, value: Any) -> None:
    """Writes one setting with its audit. Raises NotAllowed, and Invalid for a value that its user could not read."""
    tx.require(Permission.MANAGE_OFFICE)
    _check_setting(key, value)
    tx.audit("office.setting")
    write_setting(tx, key, value)


def _check_setting(key: str, value: Any) -> None:
    """Reads the value as its user would, so that a bad one is refused now and not at somebody's next key."""
    read = _READERS.get(key)
    try:
        if read is not None:
            read(value)
        elif not isinstance(value, type(DEFAULTS[key])) or value == "":
            raise ValueError(key)
    except CalendarError as error:
        raise Invalid(key, str(value), error.code) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid(key, str(value), "unreadable") from error


def _check_policy(outcome: Outcome, value: Any) -> None:
    read_policies(json.dumps({} if value is None else {outcome: value}))


def _check_week(value: dict[str, list[str]]) -> None:
    OfficeCalendar(_week(value))


def _check_area_code(value: str) -> None:
    # 021 to 0986 in Indonesia: a zero, then two or three digits that begin with no zero.
    if re.fullmatch("0[1-9][0-9]{1,2}", value) is None:
        raise ValueError(value)


def _check_days(value: int) -> None:
    if type(value) is not int or not 1 <= value <= 60:
        raise ValueError(value)


def _check_line(most: int, value: str) -> None:
    if len(value) > most or not all(letter.isprintable() for letter in value):
        raise ValueError(value)


def _check_scripts(scripts: dict[str, dict[str, dict[str, str]]]) -> None:
    for kind, languages in scripts.items():
        Kind(kind)
        for parts in languages.values():
            for part, text in parts.items():
                if part not in PARTS:
                    raise ValueError(part)
                check_script(text)


def write_setting(tx: Transaction, key: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    row = tx.one(Setting.select(Setting.id).where(Setting.key == key))
    if row is None:
        tx.insert(Setting, key=key, value=text)
    else:
        tx.update(Setting, row["id"], value=text)


def calendar(look: Snapshot) -> OfficeCalendar:
    """Hours and closed days as the office has them."""
    return look.remember("calendar", lambda: _calendar(look))


def _calendar(look: Snapshot) -> OfficeCalendar:
    closed = {row["day"]: row["name"] for row in look.dicts(_closed_days())}
    return OfficeCalendar(_week(setting(look, "office.week")), closed)


def _week(plain: dict[str, list[str]]) -> dict[int, DayHours]:
    return {int(day): DayHours(*(time.fromisoformat(text) for text in times)) for day, times in plain.items()}


def policies(look: Snapshot) -> dict[Outcome, Policy]:
    """The outcome table of the office (design.md 3.1)."""
    return look.remember("policies", lambda: _policies(look))


def _policies(look: Snapshot) -> dict[Outcome, Policy]:
    rows = dict(look.tuples(_kept_policies()))
    kept = json.loads(json.loads(rows.pop(_KEPT_POLICIES)) if _KEPT_POLICIES in rows else DEFAULTS[_KEPT_POLICIES])
    for key, value in rows.items():
        outcome, plain = str(key).removeprefix(POLICY), json.loads(value)
        if plain is None:
            kept.pop(outcome, None)
        else:
            kept[outcome] = plain
    return read_policies(json.dumps(kept))


def read_policies(text: str) -> dict[Outcome, Policy]:
    """A kept table, with the defaults for outcomes that came with a later release. Raises PolicyError."""
    kept = json.loads(text)
    return policies_from_json(json.dumps({**json.loads(DEFAULTS[_KEPT_POLICIES]), **kept}))


def presets(look: Snapshot) -> Presets:
    """The hours behind the five keys of a promised call."""
    return presets_from_plain(setting(look, "calls.presets"))


def signers(look: Snapshot) -> Signers:
    """Whose signatures a voucher needs (domain.md 2.6)."""
    return signers_from_plain(setting(look, "voucher.signers"))


def jmo_limits(look: Snapshot) -> list[tuple[date, int]]:
    """The JMO limit in whole rupiah by the day from which it holds (domain.md 3.3)."""
    return _limits(setting(look, "claims.jmo_limits"))


def lock_minutes(look: Snapshot) -> int | None:
    """After how many idle minutes a screen locks; None: it does not."""
    own = setting(look, "lock.minutes")
    usual = None if setting(look, "office.practice") else LOCK_MINUTES
    return usual if own is None else int(own)


def has_pin(look: Snapshot, staff_id: int) -> bool:
    """Whether the person has a PIN, or a code that leads to one."""
    return look.one(Pin.select(Pin.id).where(Pin.staff_id == staff_id)) is not None


def _limits(plain: list[list[Any]]) -> list[tuple[date, int]]:
    return sorted((date.fromisoformat(day), int(limit)) for day, limit in plain)


_READERS: dict[str, Callable[[Any], object]] = {
    _KEPT_POLICIES: read_policies,
    **{f"{POLICY}{outcome}": partial(_check_policy, outcome) for outcome in Outcome},
    **{key: partial(_check_line, most) for key, most in PLACE.items()},
    "office.week": _check_week,
    "lock.minutes": read_lock_minutes,
    "backup.folder": read_folder,
    "backup.keys": read_keys,
    "trail.folder": read_folder,
    "trail.days": _check_days,
    "calls.presets": presets_from_plain,
    "calls.scripts": _check_scripts,
    "claims.jmo_limits": _limits,
    "phones.area_code": _check_area_code,
    "counter.topics": check_topics,
    "voucher.kind": VoucherKind,
    "voucher.code_pattern": check_pattern,
    "voucher.signers": signers_from_plain,
    "voucher.late_days": _check_days,
    "archive.capacity": check_capacity,
    "archive.loan_days": _check_days,
    "archive.retention": read_retention,
    "printing.printers": read_routes,
    "printing.calibration": read_calibrations,
    "printing.server": read_server,
}
"""How each setting is read where it is used; one that is not named here is a plain value of its default's kind."""


def _now(look: Snapshot) -> OfficeNow:
    days = calendar(look)
    closed = days.reason_closed(look.now)
    until = days.closes_next(look.now) if closed is None else days.next_opening(look.now)
    due = look.scalar(
        QueueItem.select(fn.count(QueueItem.id)).where(
            QueueItem.state == State.CALLBACK, QueueItem.owner_id == look.actor.staff_id, QueueItem.due_at <= look.now
        )
    )
    promised = look.scalar(
        FollowUp.select(fn.count(FollowUp.id)).where(
            FollowUp.state == SQL("'open'"),  # as the index of the open ones has it
            ~FollowUp.undone,
            FollowUp.staff_id == look.actor.staff_id,
            FollowUp.due_at < look.day_start + timedelta(days=1),  # what is due today has to be done today
        )
    )
    missed = look.scalar(
        Contact.select(fn.count(Contact.id)).where(
            Contact.channel == SQL("'missed'"),
            Contact.settled_at.is_null(),
            ~Contact.undone,  # as its index has it
        )
    )
    reason = None if closed is None else str(closed.reason)
    minutes = lock_minutes(look)
    return OfficeNow(
        look.now,
        closed is None,
        reason,
        closed.holiday if closed else None,
        until,
        int(due) + int(promised),
        int(missed),
        int(promised),
        qr=bool(setting(look, "calls.qr")),
        scripts=setting(look, "calls.scripts"),
        lock_minutes=minutes,
        without_pin=minutes is not None and not has_pin(look, look.actor.staff_id),
        later=later_than_now(look, practice=bool(setting(look, "office.practice"))),
    )


def _holidays(look: Snapshot, year: int) -> dict[date, str]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = look.dicts(ClosedDay.select().where(ClosedDay.day.between(first, last)).order_by(ClosedDay.day))
    return {row["day"]: row["name"] for row in rows}


def _add_closed_day(tx: Transaction, day: date, name: str) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    if not name.strip():
        raise Invalid("name", name, "empty")
    if tx.one(ClosedDay.select().where(ClosedDay.day == day)) is not None:
        raise Invalid("day", day.isoformat(), "known")
    if not calendar(tx).is_working_day(day):
        raise Invalid("day", day.isoformat(), "not-worked")
    tx.audit("office.closed-day")
    tx.insert(ClosedDay, day=day, name=name.strip(), source=OWN)


def national_holidays(years: Sequence[int]) -> list[dict[str, Any]]:
    """Public holidays and joint leave (cuti bersama) of Indonesia, by the `holidays` package (domain.md 3.6)."""
    import holidays  # slow, and asked once a year

    found = holidays.country_holidays("ID", years=years, language="id", categories=("public", "government"))
    return [{"day": day, "name": name, "source": NATIONAL} for day, name in sorted(found.items())]


def missing_years(look: Snapshot, now: datetime) -> list[int]:
    """The years around now for which no national holiday is known yet.

    Each is looked up by itself: the clock of a practice office may stand in years before those it was made in.
    """
    return [year for year in range(now.year - 1, now.year + 2) if not _has_national(look, year)]


def _has_national(look: Snapshot, year: int) -> bool:
    days = ClosedDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return look.one(ClosedDay.select(ClosedDay.id).where(ClosedDay.source == NATIONAL, days)) is not None


def add_national_holidays(tx: Transaction) -> int:
    """Fills in the calendar of the years that are missing; the number of days added."""
    years = missing_years(tx, tx.now)
    if not years:
        return 0
    tx.audit("office.calendar", undoable=False)
    return len(tx.insert_many(ClosedDay, national_holidays(years)))
