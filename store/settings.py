"""What an office decides about its own work: outcomes, hours, closed days, presets, limits, scripts (design.md 3.1).

Each change is one value, read and written in one transaction behind a common lock: two heads who change different
outcomes at once keep both changes. All of it is in the trail, and `undo` takes the person's own last change back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from peewee import fn

from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.link import Link
from store.office import (
    DEFAULTS,
    OWN,
    POLICY,
    calendar,
    change_setting,
    jmo_limits,
    plain_hours,
    policies,
    presets,
    setting,
    signers,
)
from store.rows import UndoRef
from store.rules.eligibility import JMO_LIMITS
from store.rules.hours import WIB, DayHours, OfficeCalendar
from store.rules.kinds import Kind
from store.rules.outcomes import DEFAULT_POLICIES, Outcome, Policy, State
from store.rules.permissions import Permission
from store.rules.policies import check_policy, policies_to_json
from store.rules.presets import Presets, check_open, presets_to_plain
from store.rules.script import PARTS, check_script
from store.rules.signers import Signer, Signers, SignersError, signers_to_plain
from store.schema import AuditChange, ClosedDay, QueueItem, Setting
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.undo import last_undoable, undo_entry
from store.value_class import value_class

_ACTIONS: Final = ("office.setting", "office.closed-day", "office.closed-day-removed")


@value_class
class ClosedDayRow:
    """A day the office is closed: `own` is its own decision, the others are national and stay."""

    day: date
    name: str
    own: bool
    promised: int  # calls that were promised for that day


class SettingsDesk:
    """`store.settings`: what heads and administrators change on the settings screen."""

    def __init__(self, link: Link) -> None:
        self._link = link

    # The outcome table

    async def policies(self) -> dict[Outcome, Policy]:
        return await self._link.read(policies)

    async def set_policy(self, outcome: Outcome, policy: Policy | None) -> UndoRef | None:
        """What follows an outcome from now on; None is the default again. Raises PolicyError, NotAllowed."""
        return (await self._link.write(_set_policy, outcome, policy))[1]

    # Hours and closed days

    async def calendar(self) -> OfficeCalendar:
        return await self._link.read(calendar)

    async def set_hours(self, weekday: int, hours: DayHours | None) -> UndoRef | None:
        """The hours of a weekday (0 is Monday), None when it is not worked. Raises Invalid for a week without work."""
        return (await self._link.write(_set_hours, weekday, hours))[1]

    async def default_hours(self, weekday: int) -> UndoRef | None:
        """The hours that this weekday has before an office changes them."""
        return (await self._link.write(_default_hours, weekday))[1]

    async def closed_days(self, year: int) -> list[ClosedDayRow]:
        return await self._link.read(_closed_days, year)

    async def remove_closed_day(self, day: date) -> UndoRef | None:
        """Opens on a day that the office itself had closed; raises NotFound for any other."""
        return (await self._link.write(_remove_closed_day, day))[1]

    # Presets, limits, scripts

    async def presets(self) -> Presets:
        return await self._link.read(presets)

    async def set_presets(self, wanted: Presets, key: str) -> UndoRef | None:
        """The hours of the preset keys; `key` is the one that was changed. Raises PresetError, NotAllowed."""
        return (await self._link.write(_set_presets, wanted, key))[1]

    async def jmo_limits(self) -> list[tuple[date, int]]:
        return await self._link.read(jmo_limits)

    async def set_jmo_limit(self, day: date, limit: int | None) -> UndoRef | None:
        """The limit (whole rupiah) from a day on; None takes that line away. Raises Invalid for the last line."""
        return (await self._link.write(_set_jmo_limit, day, limit))[1]

    async def usual_jmo_limits(self) -> list[tuple[date, int]]:
        """What an office starts with."""
        return list(JMO_LIMITS)

    async def default_jmo_limits(self) -> UndoRef | None:
        return (await self._link.write(change_setting, "claims.jmo_limits", DEFAULTS["claims.jmo_limits"]))[1]

    async def script(self, kind: Kind, language: str, part: str) -> str | None:
        """The office's own text as Markdown, or None where the words of Loket are used."""
        scripts: Mapping[str, Mapping[str, Mapping[str, str]]] = await self._link.read(setting, "calls.scripts")
        return scripts.get(kind, {}).get(language, {}).get(part)

    async def set_script(self, kind: Kind, language: str, part: str, text: str | None) -> UndoRef | None:
        """The office's own text; None is the words of Loket again. Raises ScriptError, NotAllowed."""
        return (await self._link.write(_set_script, kind, language, part, text))[1]

    async def set_signer(self, seen: Signer, wanted: Signer) -> UndoRef | None:
        """One position that signs, as it is from now on; the others stay as they stand.

        Raises StaleEdit where somebody changed that position since it was `seen`, Invalid for what cannot be.
        """
        return (await self._link.write(_set_signer, seen, wanted))[1]

    async def set_signing_order(self, *, fixed: bool) -> UndoRef | None:
        """Whether they sign in the order of the table, or in any."""
        return (await self._link.write(_set_signing_order, fixed))[1]

    async def default_signers(self, seen: Signers) -> UndoRef | None:
        """The signatories as Loket starts with. Raises StaleEdit where they are not as `seen` any more."""
        return (await self._link.write(_default_signers, seen))[1]

    async def undo(self) -> str:
        """Takes the acting person's last change back; its setting, or 'office.closed-days'. Raises UndoRefused."""
        return (await self._link.write(_undo))[0]


def _one_at_a_time(tx: Transaction) -> None:
    tx.require(Permission.MANAGE_OFFICE)
    tx.database.lock_name("settings")


def _set_policy(tx: Transaction, outcome: Outcome, policy: Policy | None) -> None:
    _one_at_a_time(tx)
    if policy == DEFAULT_POLICIES[outcome]:
        policy = None  # only what the office changed is kept, so that a later release may better the rest
    if policy is not None:
        check_policy(outcome, policy)
    # None is kept too where an earlier release may have kept the office's own among all the others.
    plain = None if policy is None else json.loads(policies_to_json({**DEFAULT_POLICIES, outcome: policy}))[outcome]
    change_setting(tx, f"{POLICY}{outcome}", plain)


def _set_hours(tx: Transaction, weekday: int, hours: DayHours | None) -> None:
    _one_at_a_time(tx)
    week = dict(setting(tx, "office.week"))
    if hours is None:
        week.pop(str(weekday), None)
    else:
        week[str(weekday)] = plain_hours(hours)
    change_setting(tx, "office.week", week)


def _default_hours(tx: Transaction, weekday: int) -> None:
    _one_at_a_time(tx)
    week = dict(setting(tx, "office.week"))
    week.pop(str(weekday), None)
    known = DEFAULTS["office.week"].get(str(weekday))
    change_setting(tx, "office.week", week if known is None else {**week, str(weekday): known})


def _closed_days(look: Snapshot, year: int) -> list[ClosedDayRow]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    promised = _promised(look, first, last)
    rows = look.dicts(
        ClosedDay.select().where(ClosedDay.day.between(first, last)).order_by(ClosedDay.day, ClosedDay.source)
    )
    return [ClosedDayRow(r["day"], r["name"], r["source"] == OWN, promised.get(r["day"], 0)) for r in rows]


def _promised(look: Snapshot, first: date, last: date) -> dict[date, int]:
    """How many calls are promised for each day of the office."""
    begin = datetime.combine(first, time(), WIB).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), WIB).astimezone(UTC)
    query = (
        QueueItem.select(QueueItem.due_at, fn.count(QueueItem.id))
        .where(QueueItem.state == State.CALLBACK, QueueItem.due_at >= begin, QueueItem.due_at < end)
        .group_by(QueueItem.due_at)
    )
    days: dict[date, int] = {}
    for due_at, count in look.tuples(query):
        day = due_at.astimezone(WIB).date()
        days[day] = days.get(day, 0) + int(count)
    return days


def _remove_closed_day(tx: Transaction, day: date) -> None:
    _one_at_a_time(tx)
    row = tx.one(ClosedDay.select(ClosedDay.id).where(ClosedDay.day == day, ClosedDay.source == OWN))
    if row is None:
        raise NotFound("closed-day", day.isoformat())
    tx.audit("office.closed-day-removed")
    tx.delete(ClosedDay, row["id"])


def _set_presets(tx: Transaction, wanted: Presets, key: str) -> None:
    _one_at_a_time(tx)
    check_open(wanted, key, calendar(tx).week)
    now = presets_to_plain(presets(tx))
    change_setting(tx, "calls.presets", {**now, key: presets_to_plain(wanted)[key]})


def _set_jmo_limit(tx: Transaction, day: date, limit: int | None) -> None:
    _one_at_a_time(tx)
    limits = dict(jmo_limits(tx))
    if limit is None:
        if day not in limits:
            raise NotFound("jmo-limit", day.isoformat())
        limits.pop(day)
    else:
        limits[day] = limit
    if not limits:
        raise Invalid("claims.jmo_limits", day.isoformat(), "last")
    change_setting(tx, "claims.jmo_limits", [[each.isoformat(), limits[each]] for each in sorted(limits)])


def _set_script(tx: Transaction, kind: Kind, language: str, part: str, text: str | None) -> None:
    _one_at_a_time(tx)
    if part not in PARTS:
        raise Invalid("part", part, "unknown")
    if text is not None:
        check_script(text)
    scripts: Mapping[str, Any] = setting(tx, "calls.scripts")
    parts = {name: words for name, words in scripts.get(kind, {}).get(language, {}).items() if name != part}
    if text is not None:
        parts[part] = text
    change_setting(tx, "calls.scripts", {**scripts, kind: {**scripts.get(kind, {}), language: parts}})


def _set_signer(tx: Transaction, seen: Signer, wanted: Signer) -> None:
    _one_at_a_time(tx)
    now = signers(tx)
    if seen not in now.signers:
        raise StaleEdit("setting", 0)
    _write_signers(tx, [wanted if each == seen else each for each in now.signers], fixed=now.fixed)


def _set_signing_order(tx: Transaction, fixed: bool) -> None:
    _one_at_a_time(tx)
    _write_signers(tx, signers(tx).signers, fixed=fixed)


def _default_signers(tx: Transaction, seen: Signers) -> None:
    _one_at_a_time(tx)
    if signers(tx) != seen:
        raise StaleEdit("setting", 0)
    change_setting(tx, "voucher.signers", DEFAULTS["voucher.signers"])


def _write_signers(tx: Transaction, those: Sequence[Signer], *, fixed: bool) -> None:
    try:
        made = Signers(tuple(those), fixed)
    except SignersError as error:
        raise Invalid("voucher.signers", error.code, "unreadable") from error
    change_setting(tx, "voucher.signers", signers_to_plain(made))


def _undo(tx: Transaction) -> str:
    _one_at_a_time(tx)
    entry = max((found for action in _ACTIONS if (found := last_undoable(tx, action)) is not None), default=None)
    if entry is None:
        raise NothingToUndo()
    what = _what(tx, entry)
    undo_entry(tx, entry)
    return what


def _what(tx: Transaction, entry: int) -> str:
    change = tx.one(AuditChange.select().where(AuditChange.audit_id == entry, AuditChange.table_name == "setting"))
    if change is None:
        return "office.closed-days"
    row = tx.one(Setting.select(Setting.key).where(Setting.id == change["row_id"]))
    told = json.loads(change["payload"] or "{}")
    key = str((told.get("after") or {}).get("key", "") if row is None else row["key"])
    return "calls.policies" if key.startswith(POLICY) else key
