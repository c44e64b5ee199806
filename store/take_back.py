"""One change of one value taken back later, from the middle of a person's history (design.md 3.3).

Unlike the undo of a whole write it asks only whether the value still stands; what else was done meanwhile stays.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from store.correction_rows import behind
from store.edit_writes import put_first
from store.edits import require, seen_of, who_wrote
from store.errors import EditConflict, FieldConflict, Invalid, NotCallable, NotFound, NothingToUndo
from store.office import setting
from store.rules.corrections import YES, CorrectionState, Entry, Field, Source, flags_after
from store.rules.emails import EmailSource, read_email
from store.rules.names import name_key
from store.rules.outcomes import State
from store.rules.phones import read_phones
from store.rules.readings import sort_flags
from store.schema import Audit, AuditChange, Correction, Participant, Phone, QueueItem, table_name
from store.transaction import Transaction

_UNKNOWN: Final = {
    Field.NIK: "nik-missing",
    Field.BIRTH_DATE: "birthdate-missing",
    Field.ACTIVE: "status-unknown",
    Field.BALANCE: "balance-missing",
}
"""What is said of somebody of whom a value is not known."""


def take_back_value(tx: Transaction, correction_id: int, why: str) -> bool:
    """Puts the value back that stood before a change, by a change of its own. Within an audited write.

    A number that was found wrong since stays wrong; whether it was so. Raises NotFound, NotAllowed, NothingToUndo for
    what does not stand (any more), EditConflict where the value was changed again since, NotCallable while somebody is
    ringing the number that would go, Invalid where the number before was found wrong and the one that stands would
    stay.
    """
    row = tx.one(tx.database.locked(Correction.select().where(Correction.id == correction_id)))
    if row is None:
        raise NotFound("correction", str(correction_id))
    if row["undone"] or row["state"] != CorrectionState.MADE:
        raise NothingToUndo()
    field, person_id = Field(row["field"]), int(row["participant_id"])
    require(tx, field)
    person = tx.one(tx.database.locked(Participant.select().where(Participant.id == person_id)))
    assert person is not None
    theirs = seen_of(tx, person_id).value(field)
    if theirs != row["new"]:
        by = who_wrote(tx, person_id, field)
        raise EditConflict(person_id, (FieldConflict(field, row["new"], row["old"], theirs, *by),))
    wrong = field is Field.PHONE and _number_back(tx, person_id, row)
    stands = seen_of(tx, person_id).value(field) if wrong else row["old"]
    changes = _values(tx, person, field, stands)
    if field is Field.EMAIL and row["new"]:
        changes["email_raw"] = _raw_before(tx, person, row)
    now = {**person, **changes}
    flags = set(flags_after(person["flags"], field, nik=now["nik"], birth_date=now["birth_date"], sex=now["sex"]))
    flags |= _said_of(tx, now, field, stands)
    tx.update(Participant, person_id, **changes, flags=" ".join(sort_flags(flags)))
    if row["smile"] == Entry.TO_DO:
        tx.update(Correction, correction_id, smile=Entry.NOT_NEEDED)
    tx.update(Correction, correction_id, undone=True)
    tx.insert(
        Correction,
        participant_id=person_id,
        field=field,
        old=row["new"],
        new=stands,
        label=_label(tx, person_id, stands) if field is Field.PHONE else "",
        at=tx.now,
        staff_id=tx.actor.staff_id,
        source=Source.UNDO,
        why=why.strip(),
        reverts=correction_id,
        state=CorrectionState.MADE,
        smile=Entry.TO_DO if _to_type(tx, row) else Entry.NOT_NEEDED,
    )
    return wrong


def _to_type(tx: Transaction, row: dict[str, Any]) -> bool:
    """Whether Smile holds something else than the value that stands again: the change is there or on its way in a
    sheet, or the change before it was never typed because this one was to come instead."""
    if row["smile"] == Entry.DONE or row["export_id"] is not None:
        return True
    earlier = Correction.select().where(
        Correction.participant_id == row["participant_id"],
        Correction.field == row["field"],
        Correction.id < row["id"],
        Correction.state == CorrectionState.MADE,
        ~Correction.undone,
        ~behind(Correction),
    )
    last = tx.one(earlier.order_by(Correction.id.desc()))
    if last is None or last["source"] in (Source.SMILE, Source.UNDO):
        return False
    return bool(last["smile"] == Entry.NOT_NEEDED and last["new"] == row["old"])


def _values(tx: Transaction, person: dict[str, Any], field: Field, old: str | None) -> dict[str, Any]:
    if field is Field.PHONE:
        return {}
    if field is Field.EMAIL:
        if old:
            return {"email": old, "email_none_at": None, "email_source": EmailSource.SAID}
        return {"email": None, "email_none_at": None if old is None else tx.now, "email_source": ""}
    if field is Field.NAME:
        return {"name": old, "name_key": name_key(old or "")}
    if field is Field.ACTIVE:
        return {"active": None if old is None else old == YES}
    if field is Field.BIRTH_DATE:
        return {"birth_date": None if old is None else date.fromisoformat(old)}
    if field is Field.BALANCE:
        return {"jht_balance": None if old is None else int(old)}
    return {str(field): old}


def _said_of(tx: Transaction, person: dict[str, Any], field: Field, old: str | None) -> set[str]:
    """The flags of a value that is not known again: what its file said in place of it is doubted as before."""
    if old is not None:
        return set()
    if field is Field.PHONE:
        area = str(setting(tx, "phones.area_code"))
        return set(read_phones(person["phones_raw"], area).flags) or {"phone-missing"}
    if field is Field.EMAIL:
        return set(read_email(person["email_raw"]).flags) or {"email-missing"}
    return {_UNKNOWN[field]} if field in _UNKNOWN else set()


def _raw_before(tx: Transaction, person: dict[str, Any], row: dict[str, Any]) -> str:
    """What their file said in place of the address: one that was taken back must not be read out of it again."""
    named = AuditChange.payload.contains('"email_raw":')
    its_own = (AuditChange.table_name == table_name(Participant)) & (AuditChange.row_id == person["id"])
    query = AuditChange.select(AuditChange.payload).join(Audit, on=(Audit.id == AuditChange.audit_id))
    query = query.where(its_own, named, *_written_by(row))
    for (payload,) in tx.tuples(query.order_by(Audit.id.desc())):
        change = json.loads(payload)
        if change["before"] and change["after"].get("email_raw") == row["new"]:
            return str(change["before"]["email_raw"])
    return str(person["email_raw"] if person["email_raw"] != row["new"] else row["old"] or "")


def _written_by(row: dict[str, Any]) -> tuple[Any, Any]:
    """The write that made the change: an officer's yes, where it needed one."""
    at, by = row["decided_at"] or row["at"], row["decided_by"] or row["staff_id"]
    return Audit.at == at, Audit.staff_id == by


def _number_back(tx: Transaction, person_id: int, row: dict[str, Any]) -> bool:
    """The number that was typed goes, if this change brought it; the one before it comes first again, or back.

    Unless it was found wrong since: whether it was.
    """
    before = next((number for number in _numbers(tx, person_id) if number["e164"] == row["old"]), None)
    wrong = before is not None and before["wrong_at"] is not None
    if row["old"] is not None and not wrong:
        put_first(tx, person_id, row["old"], _label(tx, person_id, row["old"]))
    numbers = _numbers(tx, person_id)
    typed = next((number for number in numbers if number["e164"] == row["new"]), None)
    if typed is None or not _brought_by(tx, typed["id"], row):
        if wrong:
            raise Invalid("phones", str(row["old"]), "found-wrong")
        return False
    usable = [number["e164"] for number in numbers if number is not typed and number["wrong_at"] is None]
    _list_without(tx, person_id, str(row["new"]), next(iter(usable), None))
    tx.delete(Phone, typed["id"])
    return wrong


def _numbers(tx: Transaction, person_id: int) -> list[dict[str, Any]]:
    return tx.dicts(Phone.select().where(Phone.participant_id == person_id).order_by(Phone.position, Phone.id))


def _label(tx: Transaction, person_id: int, e164: str | None) -> str:
    """Whose number it is, as the person's numbers say, or the newest change that typed it."""
    if e164 is None:
        return ""
    known = next((str(number["label"]) for number in _numbers(tx, person_id) if number["e164"] == e164), "")
    said = Correction.select(Correction.label).where(
        Correction.participant_id == person_id, Correction.new == e164, Correction.label != ""
    )
    return known or str(tx.scalar(said.order_by(Correction.id.desc()).limit(1)) or "")


def _brought_by(tx: Transaction, phone_id: int, row: dict[str, Any]) -> bool:
    """Whether the number was added in the same write as the change."""
    added = AuditChange.payload.contains('"before":null')
    query = (
        AuditChange.select(AuditChange.id)
        .join(Audit, on=(Audit.id == AuditChange.audit_id))
        .where(AuditChange.table_name == table_name(Phone), AuditChange.row_id == phone_id, added)
    )
    return tx.one(query.where(*_written_by(row))) is not None


def _list_without(tx: Transaction, person_id: int, gone: str, instead: str | None) -> None:
    """Nobody is left on a call list with a number that is not theirs."""
    open_here = (QueueItem.participant_id == person_id) & (QueueItem.current_number == gone)
    for item in tx.dicts(tx.database.locked(QueueItem.select().where(open_here, QueueItem.state != State.DONE))):
        if item["lease_session"] is not None:
            raise NotCallable(item["id"], "held")
        if instead is not None:
            tx.update(QueueItem, item["id"], current_number=instead)
        else:
            tx.update(
                QueueItem, item["id"], current_number=None, state=State.WITHOUT_NUMBER, due_at=None, not_part=None
            )
