"""Worklists as the correcting person sees them: counted, a window of masked rows, the next one, one person whole."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Final

from store.correction_rows import masked
from store.edits import Seen, seen_in
from store.errors import NotFound
from store.masks import mask_email, mask_number, mask_raw
from store.problem_index import facts_of
from store.rules.corrections import Field
from store.rules.email_typos import suggested_email
from store.rules.permissions import Permission
from store.rules.problems import ACCEPTABLE, NUMBER_WRONG, PROBLEMS, SETTLED_BY, SHARED, fingerprint, value_of
from store.schema import Participant, Phone, Problem
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class

SHARERS: Final = 5
"""Of those who have the same number or NIK, so many are named in a row."""


@value_class
class Sharer:
    """Somebody else who has the same number or NIK."""

    participant_id: int
    kpj: str
    name: str
    company: str


@value_class
class WorkRow:
    """One person on a worklist, masked. What the cell said is masked where it may hold a number or an address."""

    participant_id: int
    version: int
    kpj: str
    name: str
    company: str
    npp: str
    pembina: str
    problem: str
    others: tuple[str, ...]  # what else is open of the person
    value: str | None  # as it stands now (store.rules.corrections.TypedRead); None: not known
    raw: str  # what the cell said, '' where it said nothing
    file: str
    sheet: str
    row: int | None
    settled_by: Field | None
    acceptable: bool
    wrong: tuple[str, ...] = ()  # numbers that a call found wrong
    wrong_at: datetime | None = None
    shared_with: tuple[Sharer, ...] = ()  # the first of them
    sharers: int = 0
    suggestion: str | None = None  # an address that was probably meant, masked
    seen: str = ""  # fingerprint of the flagged value, for `worklists.accept`


@value_class
class WorkPerson:
    """One person whole, for who corrects them; NIK and balance by permission. `seen` is for `corrections.correct`."""

    participant_id: int
    kpj: str
    name: str
    company: str
    npp: str
    pembina: str
    problems: tuple[str, ...]
    phones: tuple[tuple[str, str, bool], ...] = field(repr=False)  # E.164, label, found wrong
    values: tuple[tuple[Field, str | None], ...] = field(repr=False)  # canonical text; None: not known
    phones_raw: str = field(repr=False)
    email_raw: str = field(repr=False)
    doubts: tuple[tuple[str, str], ...] = field(repr=False)  # flag, what the cell said
    suggestion: str | None = field(repr=False)  # an address that was probably meant
    source: str
    seen: Seen = field(repr=False)


def rows_of(look: Snapshot, problem: str, ids: Sequence[int]) -> list[WorkRow]:
    """These people (some dozens) as lines of a worklist, in this order; who is not there is left out."""
    if not ids:
        return []
    people = {row["id"]: row for row in look.dicts(Participant.select().where(Participant.id.in_(list(ids))))}
    facts = facts_of(look.database, ids)
    others: dict[int, list[str]] = defaultdict(list)
    for owner, flag in look.tuples(
        Problem.select(Problem.participant_id, Problem.flag).where(Problem.participant_id.in_(list(ids)))
    ):
        others[owner].append(flag)
    shared = _sharers(look, problem, {each: facts[each] for each in ids if each in facts})
    wrong_at = _wrong_at(look, ids) if problem == NUMBER_WRONG else {}
    found = []
    for each in ids:
        if each not in people:
            continue
        person, fact, with_whom = people[each], facts[each], shared.get(each, [])
        file, sheet, row = split_source(person["source"])
        found.append(
            WorkRow(
                each,
                person["version"],
                person["kpj"],
                person["name"],
                person["company"],
                person["npp"] or "",
                person["pembina"],
                problem,
                tuple(flag for flag in PROBLEMS if flag in others[each] and flag != problem),
                _value(look, problem, person, fact.phones),
                shown_raw(look, problem, person),
                file,
                sheet,
                row,
                SETTLED_BY[problem],
                problem in ACCEPTABLE,
                tuple(map(mask_number, fact.wrong)),
                wrong_at.get(each),
                tuple(with_whom[:SHARERS]),
                len(with_whom),
                _suggestion(problem, person),
                fingerprint(value_of(problem, facts[each])),
            )
        )
    return found


def _suggestion(problem: str, person: dict[str, Any]) -> str | None:
    meant = suggested_email(person["email_raw"]) if problem == "email-malformed" else None
    return None if meant is None else mask_email(meant)


def split_source(source: str) -> tuple[str, str, int | None]:
    """File, sheet and row of what `store.intake` noted; the row is None where it was something else."""
    parts = source.rsplit(" / ", 2)
    if len(parts) == 3 and parts[2].isascii() and parts[2].isdigit():
        return parts[0], parts[1], int(parts[2])
    return source, "", None


def _value(look: Snapshot, problem: str, person: dict[str, Any], phones: tuple[str, ...]) -> str | None:
    settled_by = SETTLED_BY[problem]
    if settled_by is None:
        return str(person["kpj"]) if problem == "kpj-unusual" else masked(look, Field.NIK, person["nik"])
    value = seen_in(person, phones).value(settled_by)
    return masked(look, settled_by, value)


def raw_of(problem: str, person: dict[str, Any]) -> str:
    """What the cell said of which a problem speaks, whole; '' where nothing was kept."""
    settled_by = SETTLED_BY[problem]
    if settled_by is Field.PHONE:
        return str(person["phones_raw"])
    if settled_by is Field.EMAIL:
        return str(person["email_raw"])
    return str(json.loads(person["doubts"]).get(problem, "")) if person["doubts"] else ""


def shown_raw(look: Snapshot, problem: str, person: dict[str, Any]) -> str:
    """The same as a list shows it: numbers, addresses and NIK in part, amounts by permission."""
    raw, settled_by = raw_of(problem, person), SETTLED_BY[problem]
    if settled_by is Field.BALANCE and not look.may(Permission.SEE_AMOUNTS):
        return "…" if raw else ""
    if settled_by in (Field.NAME, Field.BIRTH_DATE, Field.ACTIVE, Field.NPP, Field.BALANCE, None):
        return raw
    whole = settled_by is Field.NIK and look.may(Permission.SEE_FULL_NIK)
    return raw if whole else mask_raw(raw)


def _wrong_at(look: Snapshot, ids: Sequence[int]) -> dict[int, datetime]:
    query = Phone.select(Phone.participant_id, Phone.wrong_at).where(
        Phone.participant_id.in_(list(ids)), Phone.wrong_at.is_null(False)
    )
    return dict(look.tuples(query.order_by(Phone.wrong_at)))


def _sharers(look: Snapshot, problem: str, facts: dict[int, Any]) -> dict[int, list[Sharer]]:
    """Who else has the number or NIK of these people, by KPJ."""
    if problem not in SHARED:
        return {}
    person = (Participant.id, Participant.kpj, Participant.name, Participant.company)
    holders: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    if problem == "phone-shared":
        keys = {each: fact.shared_phones for each, fact in facts.items()}
        numbers = sorted({number for own in keys.values() for number in own})
        query: Any = (
            Phone.select(Phone.e164, Participant.name_key, *person)
            .join(Participant, on=(Participant.id == Phone.participant_id))
            .where(Phone.e164.in_(numbers), Phone.wrong_at.is_null())
        )
    else:
        keys = {each: (fact.nik,) if fact.nik else () for each, fact in facts.items()}
        niks = sorted({nik for own in keys.values() for nik in own})
        query = Participant.select(Participant.nik, Participant.name_key, *person).where(Participant.nik.in_(niks))
    for key, name_key, *holder in look.tuples(query.order_by(Participant.kpj)):
        holders[key].append((name_key, Sharer(*holder)))
    own_names = {sharer.participant_id: name_key for those in holders.values() for name_key, sharer in those}
    found: dict[int, list[Sharer]] = {}
    for each, own in keys.items():
        others: dict[int, Sharer] = {}
        for name_key, sharer in (holder for key in own for holder in holders[key]):
            same_name = name_key == own_names.get(each)
            counts_here = problem == "phone-shared" or same_name == (problem != "nik-shared")
            if sharer.participant_id != each and counts_here:
                others[sharer.participant_id] = sharer
        found[each] = list(others.values())
    return found


def open_whole(tx: Transaction, participant_id: int) -> WorkPerson:
    """All of one person that can be corrected; the trail keeps that it was shown. Raises NotAllowed, NotFound."""
    tx.require(Permission.CORRECT_CONTACT)
    tx.require(Permission.SEE_HELD_PERSON)
    person = tx.one(Participant.select().where(Participant.id == participant_id))
    if person is None:
        raise NotFound("participant", str(participant_id))
    tx.audit("correction.open", undoable=False)
    tx.note_read(Participant, participant_id, "phones")
    query = Phone.select(Phone.e164, Phone.label, Phone.wrong_at).where(Phone.participant_id == participant_id)
    numbers = tx.tuples(query.order_by(Phone.position, Phone.id))
    seen = seen_in(person, tuple(e164 for e164, _label, wrong in numbers if wrong is None))
    flags = {
        flag for (flag,) in tx.tuples(Problem.select(Problem.flag).where(Problem.participant_id == participant_id))
    }
    doubts = _doubts(tx, json.loads(person["doubts"]) if person["doubts"] else {})
    return WorkPerson(
        participant_id,
        person["kpj"],
        person["name"],
        person["company"],
        person["npp"] or "",
        person["pembina"],
        tuple(problem for problem in PROBLEMS if problem in flags),
        tuple((e164, label, wrong is not None) for e164, label, wrong in numbers),
        tuple((each, _whole(tx, each, seen.value(each))) for each in Field),
        person["phones_raw"],
        person["email_raw"],
        tuple(sorted(doubts.items())),
        None if person["email"] else suggested_email(person["email_raw"]),
        person["source"],
        seen,
    )


def _doubts(look: Snapshot, said: dict[str, str]) -> dict[str, str]:
    """What cells said, as far as the acting person may see it."""
    if not look.may(Permission.SEE_AMOUNTS):
        said = {flag: text for flag, text in said.items() if SETTLED_BY.get(flag) is not Field.BALANCE}
    if not look.may(Permission.SEE_FULL_NIK):
        said = {flag: mask_raw(text) if SETTLED_BY.get(flag) is Field.NIK else text for flag, text in said.items()}
    return said


def _whole(look: Snapshot, wanted: Field, value: str | None) -> str | None:
    """NIK and balance stay hidden from who may not see them."""
    return masked(look, wanted, value) if wanted in (Field.NIK, Field.BALANCE) else value
