"""E-mail addresses that look like typing errors, with what was probably meant: shown, and taken only by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from peewee import fn

from store.accepting import EMAIL_TYPO
from store.edit_writes import correct
from store.edits import Correction, Evidence, seen_of
from store.errors import Invalid, NotFound
from store.masks import mask_email, mask_raw
from store.rules.corrections import Field
from store.rules.email_typos import PROVIDERS, suggested_email, suggested_provider
from store.rules.permissions import Permission
from store.rules.problems import fingerprint
from store.schema import Accepted, Participant
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class
from store.worklist_filters import EVERYBODY, WorkFilter, people_of

_FIRST: Final = 200
_MOST: Final = 5_000
"""Addresses that are looked at in one go: few for a screen, more where all of them are counted."""


@value_class
class Suggestion:
    """An address as it stands and as it was probably meant, both masked; the domains are whole, the errors are there.

    `reads` tells whether the address as it stands can be written to at all.
    """

    participant_id: int
    version: int
    kpj: str
    name: str
    company: str
    written: str
    meant: str
    reads: bool
    seen: str = ""  # fingerprint of the address, for `worklists.accept`


def suggestions(
    look: Snapshot, wanted: WorkFilter = EVERYBODY, after: int = 0, limit: int | None = None
) -> list[Suggestion]:
    """The next ones behind a participant, in the order in which people came in. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    found: list[Suggestion] = []
    for some in _found(look, wanted, after):
        those = some if limit is None else some[: limit - len(found)]
        people = _people(look, [each for each, _meant in those])
        found += [_suggestion(people[each], meant) for each, meant in those]
        if limit is not None and len(found) >= limit:
            break
    return found


def _suggestion(row: Mapping[str, Any], meant: str) -> Suggestion:
    written = row["email"] or row["email_raw"]
    shown = mask_email(written) if row["email"] else mask_raw(written)
    whom = (row["id"], row["version"], row["kpj"], row["name"], row["company"])
    return Suggestion(*whom, shown, mask_email(meant), row["email"] is not None, fingerprint(row["email"] or ""))


def count_suggestions(look: Snapshot, wanted: WorkFilter = EVERYBODY) -> int:
    """How many there are. Raises NotAllowed."""
    look.require(Permission.SEE_LISTS)
    return sum(map(len, _found(look, wanted, 0)))


def _found(look: Snapshot, wanted: WorkFilter, after: int) -> Iterator[list[tuple[int, str]]]:
    """People with what was probably meant, in order, some at a time: only addresses are read of all."""
    some = _FIRST
    while rows := look.database.peewee.execute(_candidates(look, wanted, after).limit(some).tuples()).fetchall():
        after, some = rows[-1][0], min(some * 4, _MOST)
        refused = _refused(look, rows[0][0], after)
        yield [
            (each, found)
            for each, email, raw in rows
            if (found := suggested_provider(email) if email else suggested_email(raw)) is not None
            and (each, email) not in refused
        ]


def _people(look: Snapshot, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = look.dicts(Participant.select(*_SHOWN).where(look.database.any_of(Participant.id, ids)))
    return {row["id"]: row for row in rows}


_SHOWN: Final = (
    *(Participant.id, Participant.version, Participant.kpj, Participant.name, Participant.company),
    *(Participant.email, Participant.email_raw),
)


def _candidates(look: Snapshot, wanted: WorkFilter, after: int) -> Any:
    unusual = Participant.email.is_null(False)
    for provider in PROVIDERS[:4]:
        unusual &= ~fn.lower(Participant.email).endswith(f"@{provider}")
    query = Participant.select(Participant.id, Participant.email, Participant.email_raw).where(
        Participant.id > after, unusual | Participant.flags.contains("email-malformed")
    )
    if wanted.narrows:
        query = query.where(Participant.id.in_(people_of(look, wanted)))
    return query.order_by(Participant.id)


def _refused(look: Snapshot, first: int, last: int) -> set[tuple[int, str]]:
    """Addresses of these people, from one to another, of which somebody said that they are right."""
    query = Accepted.select(Accepted.participant_id, Accepted.value).where(
        Accepted.participant_id.between(first, last), Accepted.flag == EMAIL_TYPO, ~Accepted.undone
    )
    return set(look.tuples(query))


def take_suggestion(tx: Transaction, participant_id: int, version: int, evidence: Evidence) -> int:
    """Writes the address that was probably meant, as any correction; how many values changed.

    Raises NotAllowed, NotFound, EditConflict, Invalid where the person was changed since or nothing is suggested.
    """
    tx.require(Permission.CORRECT_CONTACT)
    row = tx.one(tx.database.locked(Participant.select().where(Participant.id == participant_id)))
    if row is None:
        raise NotFound("participant", str(participant_id))
    meant = suggested_email(row["email"] or row["email_raw"])
    if meant is None or row["version"] != version:
        raise Invalid("email", "", "changed-since")
    tx.audit("correction.make", why=evidence.why)
    return len(correct(tx, participant_id, [Correction(Field.EMAIL, meant, seen_of(tx, participant_id))], evidence))
