"""What erasing does to the rows: their words go, what is counted stays, and the trail keeps that it was done.

The trail's own payloads go with the rows they speak of, by salt and payload: its digests stay, so that the chain can be
verified before and after (store.audit).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from store.cards import NOTE_DRAFT
from store.drafts import of_item, of_person
from store.rules.erasures import NAME, DataKind, mark_of
from store.schema import (
    Accepted,
    Archived,
    ArchivedTerm,
    Assist,
    Attempt,
    ClaimFile,
    ClosedPerson,
    Contact,
    Correction,
    Draft,
    FollowUp,
    Hold,
    KeptPdf,
    Loan,
    LookupLine,
    Participant,
    Payment,
    PaymentLine,
    Phone,
    PrintedPage,
    PrintJob,
    QueueItem,
    Suspension,
    Table,
    Voucher,
    columns,
    table_name,
)
from store.transaction import Transaction

_Row = dict[str, Any]

BLANK: Final[Mapping[type[Table], Mapping[str, Any]]] = {
    Attempt: {"e164": None, "note": ""},
    Contact: {"e164": None, "caller_name": "", "company": "", "note": ""},
    FollowUp: {"what": "", "whom": "", "done_note": ""},
    Assist: {"whom": "", "activation_note": "", "result_note": "", "note": ""},
    Correction: {
        "old": None,
        "new": None,
        "label": "",
        "said_by": "",
        "place": "",
        "why": "",
        "smile_note": "",
    },
    LookupLine: {"told": "", "nik": "", "kpj": "", "name": "", "note": ""},
    Suspension: {"why": "", "lifted_why": ""},
}
"""The words of rows that stay: when, by whom, which topic and which outcome are figures of the office."""

CELLS: Final = {"phones_raw": "", "email_raw": "", "doubts": ""}
_GONE: Final[tuple[type[Table], ...]] = (Phone, Accepted)

ROW_KINDS: Final[Mapping[DataKind, type[Table]]] = {
    DataKind.CALLS: Attempt,
    DataKind.CONTACTS: Contact,
    DataKind.PROMISES: FollowUp,
    DataKind.HELP: Assist,
    DataKind.CORRECTIONS: Correction,
    DataKind.LOOKUPS: LookupLine,
}

STAMPS: Final[Mapping[DataKind, tuple[type[Table], str]]] = {
    DataKind.PEOPLE: (Participant, "created_at"),
    DataKind.CELLS: (Participant, "created_at"),
    DataKind.CALLS: (Attempt, "at"),
    DataKind.CONTACTS: (Contact, "started_at"),
    DataKind.PROMISES: (FollowUp, "made_at"),
    DataKind.HELP: (Assist, "started_at"),
    DataKind.CORRECTIONS: (Correction, "at"),
    DataKind.LOOKUPS: (LookupLine, "n"),
    DataKind.PRINTS: (KeptPdf, "sha256"),
}
"""What tells a row from another that got its number later, and says nothing of anybody."""


def erase(tx: Transaction, kind: DataKind, ids: Sequence[int]) -> None:
    """Erases these rows (some hundreds at most), within an open entry of the trail. Who is not there is left out."""
    if kind is DataKind.PEOPLE:
        _people(tx, ids)
    elif kind is DataKind.CELLS:
        rows = _rows(tx, Participant, Participant.id, ids)
        tx.erase_many(Participant, [(row, CELLS) for row in rows])
        _forget_lines(tx, "participant", ids)
    elif kind is DataKind.PRINTS:
        tx.execute(KeptPdf.delete().where(tx.database.any_of(KeptPdf.id, ids)))
    else:
        model = ROW_KINDS[kind]
        if kind is DataKind.CORRECTIONS:
            _forget_entries(tx, ids)
        _blank(tx, model, _rows(tx, model, columns(model)["id"], ids))


def _rows(tx: Transaction, model: type[Table], column: Any, values: Sequence[Any]) -> list[_Row]:
    """The rows whose column holds one of these, locked. Of most tables a person has none, which is asked first."""
    if not values:
        return []
    these, asked = tx.database.among(column.column_name, list(values))
    found = tx.database.rows(f"SELECT id FROM {table_name(model)} WHERE {these}", asked)
    if not found:
        return []
    ids = columns(model)["id"]
    query = model.select().where(tx.database.any_of(ids, [row_id for (row_id,) in found])).order_by(ids)
    return tx.dicts(tx.database.locked(query))


def _blank(tx: Transaction, model: type[Table], rows: Sequence[_Row]) -> None:
    tx.erase_many(model, [(row, BLANK[model]) for row in rows])
    _forget_lines(tx, table_name(model), [row["id"] for row in rows])


def _forget_lines(tx: Transaction, table: str, ids: Sequence[int]) -> None:
    """Payload and salt of what the trail says of these rows."""
    if ids:
        these, values = tx.database.among("row_id", list(ids))
        tx.database.executemany(
            "UPDATE audit_change SET payload = NULL, salt = NULL"
            f" WHERE table_name = %s AND payload IS NOT NULL AND {these}",
            [(table, *values)],
        )


def _forget_entries(tx: Transaction, corrections: Sequence[int]) -> None:
    """What the trail says of the people in the entries that made these changes: old values stand there as well."""
    these, values = tx.database.among("row_id", list(corrections))
    made = f"SELECT audit_id FROM audit_change WHERE table_name = 'correction' AND {these}"
    tx.database.executemany(
        "UPDATE audit_change SET payload = NULL, salt = NULL WHERE payload IS NOT NULL"
        f" AND participant_id IS NOT NULL AND audit_id IN ({made})",
        [values],
    )


# A whole person -------------------------------------------------------------------------------------------------------


def _people(tx: Transaction, ids: Sequence[int]) -> None:
    people = _rows(tx, Participant, Participant.id, ids)
    ids = [row["id"] for row in people]
    if not ids:
        return
    words = _words_of(tx, people)
    _papers(tx, people)
    _unnamed(tx, ids)
    for model in BLANK:
        _blank(tx, model, _rows(tx, model, columns(model)["participant_id"], ids))
    for model in _GONE:
        tx.erase_rows(model, _rows(tx, model, columns(model)["participant_id"], ids))
    _lists(tx, ids)
    _lookups(tx, people)
    tx.execute(ClosedPerson.delete().where(tx.database.any_of(ClosedPerson.participant_id, ids)))
    _drafts(tx, ids, words)
    tx.erase_many(Participant, [(row, _nobody(row["id"])) for row in people])
    _forget_people(tx, ids, words)


def _nobody(person_id: int) -> dict[str, Any]:
    """What is left of a participant: company and pembina, that the claim was paid, when they came in."""
    return {
        "kpj": mark_of(person_id),
        "name": NAME,
        "name_key": mark_of(person_id),
        **dict.fromkeys(("nik", "birth_date", "sex", "email", "jht_balance", "email_none_at"), None),
        **dict.fromkeys(("phones_raw", "email_raw", "email_source", "flags", "doubts", "source", "reading"), ""),
        **dict.fromkeys(("claim_said_at", "still_working_at", "claim_checked_at", "claim_check"), None),
    }


def _words_of(tx: Transaction, people: Sequence[_Row]) -> set[str]:
    """What names these people, to be looked for in texts that are about more than them."""
    found = {str(row[name]) for row in people for name in ("kpj", "nik", "name", "email") if row[name]}
    numbers = Phone.select(Phone.e164).where(tx.database.any_of(Phone.participant_id, [row["id"] for row in people]))
    for (e164,) in tx.tuples(numbers):
        found |= {e164, "0" + e164.removeprefix("+62"), e164.removeprefix("+")}
    return {word for word in found if len(word) > 3}


def _names(text: str, words: Iterable[str]) -> bool:
    told = text.casefold()
    return any(word.casefold() in told for word in words)


def _lists(tx: Transaction, ids: Sequence[int]) -> None:
    """Places on call lists: day and month of birth go out of the order they were served in."""
    items = _rows(tx, QueueItem, QueueItem.participant_id, ids)
    changes = [
        (
            row,
            {
                "kpj": mark_of(row["participant_id"]),
                "current_number": None,
                "matter": "",
                "waiting_since": row["waiting_since"].replace(month=1, day=1),
            },
        )
        for row in items
    ]
    tx.erase_many(QueueItem, changes)
    tx.execute(Hold.delete().where(tx.database.any_of(Hold.item_id, [row["id"] for row in items])))


def _unnamed(tx: Transaction, ids: Sequence[int]) -> None:
    """Calls from a number of theirs that nobody said to be theirs, unless somebody else has that number as well."""
    theirs = Phone.participant_id.in_(list(ids))
    numbers = {e164 for (e164,) in tx.tuples(Phone.select(Phone.e164).where(theirs))}
    others = Phone.select(Phone.e164).where(Phone.e164.in_(sorted(numbers)), ~theirs)
    alone = sorted(numbers - {e164 for (e164,) in tx.tuples(others)})
    if not alone:
        return
    query = Contact.select().where(Contact.e164.in_(alone), Contact.participant_id.is_null()).order_by(Contact.id)
    contacts = tx.dicts(tx.database.locked(query))
    _blank(tx, Contact, contacts)
    for model in (FollowUp, Assist):
        rows = _rows(tx, model, columns(model)["contact_id"], [row["id"] for row in contacts])
        _blank(tx, model, [row for row in rows if row["participant_id"] is None])


def _lookups(tx: Transaction, people: Sequence[_Row]) -> None:
    """Lines of lists for Smile that came with a card or NIK which was not tied to anybody."""
    for column, name in ((LookupLine.kpj, "kpj"), (LookupLine.nik, "nik")):
        _blank(tx, LookupLine, _rows(tx, LookupLine, column, [row[name] for row in people if row[name]]))


def _drafts(tx: Transaction, ids: Sequence[int], words: set[str]) -> None:
    """What somebody is typing of these people, or in which one of them is named."""
    items = [row["id"] for row in _rows(tx, QueueItem, QueueItem.participant_id, ids)]
    notes = {f"{NOTE_DRAFT}{item_id}" for item_id in items}
    theirs = (*map(of_person, ids), *map(of_item, items))
    named = [
        row_id
        for row_id, key, body in tx.tuples(Draft.select(Draft.id, Draft.key, Draft.body))
        if key in notes or key.endswith(theirs) or _names(key, words) or _names(body, words)
    ]
    if named:
        tx.execute(Draft.delete().where(Draft.id.in_(named)))


def _forget_people(tx: Transaction, ids: Sequence[int], words: set[str]) -> None:
    """All that the trail says of these people, and reasons of entries that are about them or name them."""
    these, values = tx.database.among("participant_id", list(ids))
    reasons = tx.database.rows(
        "SELECT id, audit_id, payload FROM audit_change WHERE table_name = '' AND payload IS NOT NULL"
        f" AND audit_id IN (SELECT audit_id FROM audit_change WHERE {these})",
        values,
    )
    others = f"participant_id IS NOT NULL AND NOT ({these})"
    for change_id, audit_id, payload in reasons:
        asked = f"SELECT 1 FROM audit_change WHERE audit_id = %s AND {others} LIMIT 1"
        shared = bool(tx.database.rows(asked, (audit_id, *values)))
        if not shared or _names(json.dumps(json.loads(payload), ensure_ascii=False), words):
            tx.database.executemany("UPDATE audit_change SET payload = NULL, salt = NULL WHERE id = %s", [(change_id,)])
    tx.database.executemany(
        f"UPDATE audit_change SET payload = NULL, salt = NULL WHERE payload IS NOT NULL AND {these}", [values]
    )


# Papers of a person, which the archive has destroyed ------------------------------------------------------------------


def _papers(tx: Transaction, people: Sequence[_Row]) -> None:
    """Transactions, claim files, vouchers and register lines under their cards; the archive kept none of them."""
    cards = {row["kpj"]: row for row in people}
    payments = _rows(tx, Payment, Payment.kpj, list(cards))
    files = _rows(tx, ClaimFile, ClaimFile.kpj, list(cards))
    _keyed(tx, ClaimFile, files, {"kpj": "", "name": "", "payee": "", "note": "", "approved_why": ""})
    words = {str(row[name]) for row in (*payments, *people, *files) for name in ("name", "payee") if row.get(name)}
    words |= set(cards)
    lines = _rows(tx, PaymentLine, PaymentLine.payment_id, [row["id"] for row in payments])
    _without(tx, PaymentLine, lines, ("account_name", "sub_ledger", "description"), words)
    _keyed(tx, Payment, payments, {"kpj": "", "name": "", "name_key": "", "payee": "", "description": ""})
    vouchers = _rows(tx, Voucher, Voucher.payment_id, [row["id"] for row in payments])
    more = _rows(tx, Voucher, Voucher.file_id, [row["id"] for row in files])
    every = list({row["id"]: row for row in (*vouchers, *more)}.values())
    _each(tx, Voucher, every, lambda row: {"content": _silent(row["content"], words), "reason": "", "void_why": ""})
    _prints(tx, [row["id"] for row in every])
    _registers(tx, list(cards), [row["id"] for row in files])


def _registers(tx: Transaction, cards: Sequence[str], files: Sequence[int]) -> None:
    rows = [*_rows(tx, Archived, Archived.kpj, cards), *_rows(tx, Archived, Archived.file_id, files)]
    archived = list({row["id"]: row for row in rows}.values())
    blank = dict.fromkeys(("kpj", "name", "name_key", "decision", "account", "bank", "account_name", "note"), "")
    _keyed(tx, Archived, archived, {**blank, "trouble": ""})
    ids = [row["id"] for row in archived]
    if ids:
        tx.execute(ArchivedTerm.delete().where(tx.database.any_of(ArchivedTerm.archived_id, ids)))
    _keyed(tx, Loan, _rows(tx, Loan, Loan.archived_id, ids), {"why": ""})


def _keyed(tx: Transaction, model: type[Table], rows: Sequence[_Row], values: Mapping[str, Any]) -> None:
    _each(tx, model, rows, lambda _row: values)


def _each(
    tx: Transaction, model: type[Table], rows: Sequence[_Row], values: Callable[[_Row], Mapping[str, Any]]
) -> None:
    tx.erase_many(model, [(row, values(row)) for row in rows])
    _forget_lines(tx, table_name(model), [row["id"] for row in rows])


def _without(tx: Transaction, model: type[Table], rows: Sequence[_Row], names: Sequence[str], words: set[str]) -> None:
    """Texts of a listing that name somebody; those that name an account of the office stay."""
    changes = [(row, {name: "" for name in names if _names(row[name], words)}) for row in rows]
    tx.erase_many(model, [change for change in changes if change[1]])
    _forget_lines(tx, table_name(model), [row["id"] for row in rows])


def _silent(content: str, words: set[str]) -> str:
    """A voucher's content in its form: code, amounts and who signs stay; whose it was and what names them go."""
    plain = json.loads(content)
    plain |= {name: "" for name in ("name", "kpj", "payee", "company", "npp") if name in plain}
    for line in plain.get("lines", ()):
        line |= {name: "" for name, value in line.items() if isinstance(value, str) and _names(value, words)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _prints(tx: Transaction, vouchers: Sequence[int]) -> None:
    """The kept bytes of jobs on which any of these vouchers stands; what came out is on record with each page."""
    if vouchers:
        jobs = PrintedPage.select(PrintedPage.job_id).where(tx.database.any_of(PrintedPage.voucher_id, vouchers))
        bytes_of = PrintJob.select(PrintJob.sha256).where(PrintJob.id.in_(jobs))
        tx.execute(KeptPdf.delete().where(KeptPdf.sha256.in_(bytes_of)))


def forget_prints(tx: Transaction, before: Any) -> None:
    """The kept bytes of all other papers that were over by then: lists and letters that may name anybody.

    A voucher's stay with its file; any other paper is drawn anew from what is there.
    """
    over = PrintJob.select(PrintJob.sha256).where(
        PrintJob.state.in_(("confirmed", "cancelled", "said")),
        PrintJob.document != "voucher",
        PrintJob.made_at < before,
    )
    still = PrintJob.select(PrintJob.sha256).where(
        (PrintJob.document == "voucher") | PrintJob.state.not_in(("confirmed", "cancelled", "said"))
    )
    tx.execute(KeptPdf.delete().where(KeptPdf.sha256.in_(over), KeptPdf.sha256.not_in(still)))
