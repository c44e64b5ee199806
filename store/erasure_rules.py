"""The office's own rules on how long people's data are kept, and who is held out of them (*ditangguhkan*)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from peewee import JOIN

from store.erasure_rows import RuleRow, SuspensionRow
from store.errors import ErasureRefused, Invalid, NotFound, OwnWork
from store.pins import require_pin
from store.rules.erasures import (
    PROPOSALS,
    WAYS,
    AskedBy,
    DataKind,
    ErasureRefusal,
    Way,
    check_years,
    mask_card,
)
from store.rules.permissions import Permission
from store.rules.text import clean
from store.schema import Participant, RetentionRule, Staff, Suspension
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction

_LOCK: Final = "erasures"
_LONGEST: Final = 300


def require_look(look: Snapshot) -> None:
    """Who proposes, who approves, and who reads the trail. Raises NotAllowed."""
    if not look.may(Permission.APPROVE_ERASURE) and not look.may(Permission.READ_AUDIT):
        look.require(Permission.ERASE_DATA)


def require_work(look: Snapshot) -> None:
    """Who proposes or approves. Raises NotAllowed."""
    if not look.may(Permission.APPROVE_ERASURE):
        look.require(Permission.ERASE_DATA)


def lock(tx: Transaction) -> None:
    tx.database.lock_name(_LOCK)


def told(field: str, text: str) -> str:
    """A text that has to be there, in the person's words. Raises Invalid."""
    said = clean(text)
    if not said:
        raise Invalid(field, text, "empty")
    if len(said) > _LONGEST:
        raise Invalid(field, said, "too-long")
    return said


# Rules ----------------------------------------------------------------------------------------------------------------


def rules(look: Snapshot) -> list[RuleRow]:
    """One of each kind, in their order; what nobody has set yet is there as what Loket offers. Raises NotAllowed."""
    require_look(look)
    setter, confirmer = Staff.alias(), Staff.alias()
    query = (
        RetentionRule.select(RetentionRule, setter.name.alias("setter"), confirmer.name.alias("confirmer"))
        .join(setter, on=(setter.id == RetentionRule.set_by))
        .join_from(RetentionRule, confirmer, JOIN.LEFT_OUTER, on=(confirmer.id == RetentionRule.confirmed_by))
    )
    known = {row["kind"]: row for row in look.dicts(query)}
    return [_rule(look, kind, known.get(kind)) for kind in DataKind]


def _rule(look: Snapshot, kind: DataKind, row: dict[str, Any] | None) -> RuleRow:
    if row is None:
        return RuleRow(kind, PROPOSALS[kind], WAYS[kind][0])
    return RuleRow(
        kind=kind,
        proposed=PROPOSALS[kind],
        way=Way(row["way"]),
        years=row["years"],
        basis=row["basis"],
        version=row["version"],
        set_at=row["set_at"],
        set_by=row["setter"],
        mine=row["set_by"] == look.actor.staff_id,
        confirmed_at=row["confirmed_at"],
        confirmed_by=row["confirmer"] or "",
    )


def in_force(look: Snapshot) -> list[RuleRow]:
    return [rule for rule in rules(look) if rule.in_force]


def set_rule(tx: Transaction, kind: DataKind, years: int, basis: str, version: int) -> None:
    """Raises NotAllowed, Invalid, StaleEdit. A rule that is changed is in force no more until it is confirmed again."""
    tx.require(Permission.MANAGE_OFFICE)
    lock(tx)
    try:
        check_years(years)
    except ValueError as error:
        raise Invalid("retention.years", str(years), "unreadable") from error
    values = {"years": years, "way": str(WAYS[kind][0]), "basis": told("basis", basis)}
    values |= {"set_at": tx.now, "set_by": tx.actor.staff_id, "confirmed_at": None, "confirmed_by": None}
    row = tx.one(RetentionRule.select().where(RetentionRule.kind == kind))
    tx.audit("erasure.rule", undoable=False)
    if row is None:
        tx.insert(RetentionRule, kind=str(kind), **values)
        return
    fresh(tx, RetentionRule, row["id"], version)
    if row["years"] == years and row["basis"] == values["basis"]:
        raise ErasureRefused(str(ErasureRefusal.SAME), str(kind))
    tx.update(RetentionRule, row["id"], expect=version, **values)


def confirm_rule(tx: Transaction, kind: DataKind, version: int) -> None:
    """Raises NotAllowed, PinNeeded, NotFound, StaleEdit, OwnWork for who set it."""
    require_pin(tx, Permission.APPROVE_ERASURE)
    row = _known(tx, kind, version)
    if row["set_by"] == tx.actor.staff_id and not tx.actor.alone:
        raise OwnWork(tx.actor.login)
    tx.audit("erasure.rule-confirmed", undoable=False)
    tx.update(RetentionRule, row["id"], expect=version, confirmed_at=tx.now, confirmed_by=tx.actor.staff_id)


def stop_rule(tx: Transaction, kind: DataKind, version: int) -> None:
    """The rule is in force no more, until it is confirmed again. Raises NotAllowed, NotFound, StaleEdit."""
    require_work(tx)
    row = _known(tx, kind, version)
    tx.audit("erasure.rule-stopped", undoable=False)
    tx.update(RetentionRule, row["id"], expect=version, confirmed_at=None, confirmed_by=None)


def _known(tx: Transaction, kind: DataKind, version: int) -> dict[str, Any]:
    lock(tx)
    row = tx.one(RetentionRule.select(RetentionRule.id).where(RetentionRule.kind == kind))
    if row is None:
        raise NotFound("retention-rule", str(kind))
    return fresh(tx, RetentionRule, row["id"], version)


# Who is held out ------------------------------------------------------------------------------------------------------


def suspensions(look: Snapshot, *, with_lifted: bool = False) -> list[SuspensionRow]:
    """Who is held out, the newest first. Raises NotAllowed."""
    require_look(look)
    lifter = Staff.alias()
    query = (
        Suspension.select(
            *(Suspension, Participant.kpj, Participant.name, Staff.name.alias("by"), lifter.name.alias("lifter"))
        )
        .join(Participant, on=(Participant.id == Suspension.participant_id))
        .join_from(Suspension, Staff, on=(Staff.id == Suspension.staff_id))
        .join_from(Suspension, lifter, JOIN.LEFT_OUTER, on=(lifter.id == Suspension.lifted_by))
    )
    if not with_lifted:
        query = query.where(Suspension.lifted_at.is_null())
    return [_suspension(look, row) for row in look.dicts(query.order_by(Suspension.id.desc()))]


def _suspension(look: Snapshot, row: dict[str, Any]) -> SuspensionRow:
    return SuspensionRow(
        suspension_id=row["id"],
        version=row["version"],
        participant_id=row["participant_id"],
        card=mask_card(row["kpj"]),
        name=row["name"] if look.may(Permission.SEE_LISTS) else "",
        asked_by=AskedBy(row["asked_by"]),
        why=row["why"],
        until=row["until"],
        at=row["at"],
        by=row["by"],
        lifted_at=row["lifted_at"],
        lifted_by=row["lifter"] or "",
        lifted_why=row["lifted_why"],
    )


def suspend(tx: Transaction, participant_id: int, asked_by: AskedBy, why: str, until: date | None) -> int:
    """Raises NotAllowed, NotFound, Invalid for no reason or a day that is over, ErasureRefused for whom it holds."""
    require_work(tx)
    lock(tx)
    if tx.one(Participant.select(Participant.id).where(Participant.id == participant_id)) is None:
        raise NotFound("participant", str(participant_id))
    if until is not None and until < tx.today:
        raise Invalid("until", until.isoformat(), "past")
    still = (Suspension.participant_id == participant_id) & Suspension.lifted_at.is_null()
    same = tx.one(
        Suspension.select(Suspension.id).where(still, Suspension.until.is_null() | (Suspension.until >= tx.today))
    )
    if same is not None:
        raise ErasureRefused(str(ErasureRefusal.SUSPENDED), str(same["id"]))
    reason = told("why", why)
    tx.audit("erasure.suspended", undoable=False)
    values = {"asked_by": str(asked_by), "why": reason, "until": until, "at": tx.now, "staff_id": tx.actor.staff_id}
    return tx.insert(Suspension, participant_id=participant_id, **values)


def lift(tx: Transaction, suspension_id: int, version: int, why: str) -> None:
    """Raises NotAllowed, NotFound, StaleEdit, Invalid without a reason."""
    require_work(tx)
    lock(tx)
    if tx.one(Suspension.select(Suspension.id).where(Suspension.id == suspension_id)) is None:
        raise NotFound("suspension", str(suspension_id))
    row = fresh(tx, Suspension, suspension_id, version)
    reason = told("why", why)
    if row["lifted_at"] is not None:
        return
    tx.audit("erasure.lifted", undoable=False)
    values = {"lifted_at": tx.now, "lifted_by": tx.actor.staff_id, "lifted_why": reason}
    tx.update(Suspension, suspension_id, expect=version, **values)
