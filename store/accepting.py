"""Somebody looked at what is flagged and says that it is right: not asked again while the value stays the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from store.edits import must_propose
from store.errors import Invalid, NotFound, NothingToUndo, StaleEdit
from store.problem_index import facts_of
from store.rules.permissions import Permission
from store.rules.problems import ACCEPTABLE, fingerprint, value_of
from store.schema import Accepted, Participant, Problem, Staff
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

EMAIL_TYPO: Final = "email-typo"
"""An address that looks like a typing error: no problem of the closed list, only a suggestion that can be refused."""
ACCEPTED_AT_ONCE: Final = 100


@value_class
class AcceptedRow:
    """What somebody said to be right of a person, and when; it holds until the value changes."""

    accepted_id: int
    problem: str
    why: str
    at: datetime
    by: str


def accept_some(tx: Transaction, problem: str, ids: Sequence[int], why: str, seen: Mapping[int, str]) -> int:
    """Notes it of all of whom the problem is open; of how many. Raises NotAllowed, Invalid.

    `seen` is the fingerprint of what was looked at, by person: raises StaleEdit where it is another value by now.
    """
    _require(tx)
    if problem not in ACCEPTABLE and problem != EMAIL_TYPO:
        raise Invalid("problem", problem, "not-acceptable")
    if problem != EMAIL_TYPO and not why.strip():
        raise Invalid("why", why, "empty")
    tx.audit("correction.accept", why=why)
    said = _addresses(tx, ids) if problem == EMAIL_TYPO else _values(tx, problem, ids)
    for each in ids:
        if each in seen and (each not in said or fingerprint(said[each]) != seen[each]):
            raise StaleEdit("participant", each)
    plain = {"flag": problem, "why": why.strip(), "at": tx.now, "staff_id": tx.actor.staff_id, "undone": False}
    tx.insert_many(Accepted, [{"participant_id": each, "value": value, **plain} for each, value in said.items()])
    return len(said)


def _require(look: Snapshot) -> None:
    look.require(Permission.CORRECT_CONTACT)
    if must_propose(look):
        look.require(Permission.APPROVE_CORRECTIONS)


def _values(tx: Transaction, problem: str, ids: Sequence[int]) -> dict[int, str]:
    query = Problem.select(Problem.participant_id).where(Problem.flag == problem, Problem.participant_id.in_(list(ids)))
    still = sorted(row[0] for row in tx.tuples(query))
    tx.dicts(tx.database.locked(Participant.select(Participant.id).where(Participant.id.in_(still))))
    return {each: value_of(problem, fact) for each, fact in facts_of(tx.database, still).items()}


def _addresses(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    query = Participant.select(Participant.id, Participant.email).where(Participant.id.in_(list(ids)))
    return dict(tx.tuples(query.where(Participant.email.is_null(False))))


def accepted_of(look: Snapshot, participant_id: int) -> list[AcceptedRow]:
    """What was said to be right of a person, the newest first, also where the value is another one by now."""
    look.require(Permission.SEE_LISTS)
    query = (
        Accepted.select(Accepted.id, Accepted.flag, Accepted.why, Accepted.at, Staff.name)
        .join(Staff, on=(Staff.id == Accepted.staff_id))
        .where(Accepted.participant_id == participant_id, ~Accepted.undone)
    )
    return [AcceptedRow(*row) for row in look.tuples(query.order_by(Accepted.id.desc()))]


def withdraw(tx: Transaction, accepted_id: int) -> None:
    """The question is open again. Raises NotAllowed, NotFound, NothingToUndo."""
    _require(tx)
    row: dict[str, Any] | None = tx.one(tx.database.locked(Accepted.select().where(Accepted.id == accepted_id)))
    if row is None:
        raise NotFound("accepted", str(accepted_id))
    if row["undone"]:
        raise NothingToUndo()
    tx.audit("correction.reopen")
    tx.update(Accepted, accepted_id, undone=True)
