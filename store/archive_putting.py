"""Bringing files into the archive and taking them out; what could not go in waits aside with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import JOIN, Case, fn

from store.archive_find import note_terms
from store.archive_places import add_place, living_place, lock, next_box, read_place, refused
from store.archive_rows import Neighbours, Put, Waiting
from store.claim_file_rows import read_files, require_desk
from store.claim_files import reason
from store.claim_steps import begin, living_file, living_files, move
from store.claim_steps import refused as step_refused
from store.errors import Invalid, NotFound
from store.rules.archive import ArchiveRefusal, OpenBox, PlaceKind, right_box
from store.rules.names import name_key
from store.rules.permissions import Permission
from store.rules.programs import Program
from store.rules.text import clean
from store.rules.vouchers import FileState, FileStep, Refusal
from store.schema import Archived, ClaimFile, Loan, Participant, Payment, Place
from store.snapshot import Snapshot
from store.stale import fresh
from store.transaction import Transaction

ORIGINAL = "asli"
"""What a paper file is, in the words of the register (domain.md 3.2); a copy is `salinan`."""
FILE_SOURCE = "claim-file"
_LONGEST = 300

# Waiting --------------------------------------------------------------------------------------------------------------


def _aside() -> Any:
    aside = Archived.alias()
    return fn.EXISTS(aside.select(aside.id).where(aside.file_id == ClaimFile.id, aside.trouble != "", ~aside.undone))


def count_waiting(look: Snapshot, *, trouble: bool) -> int:
    """How many files wait; with `trouble` how many could not be archived. Raises NotAllowed."""
    require_desk(look)
    if trouble:
        query = Archived.select(fn.count(Archived.id)).where(Archived.trouble != "", ~Archived.undone)
        return int(look.scalar(query))
    ready = (ClaimFile.state == str(FileState.COMPLETE)) & ~ClaimFile.undone & ~_aside()
    return int(look.scalar(ClaimFile.select(fn.count(ClaimFile.id)).where(ready)))


def waiting(look: Snapshot, offset: int, limit: int) -> list[Waiting]:
    """Files that can be put in now, by programme and code. Raises NotAllowed."""
    require_desk(look)
    query = (
        ClaimFile.select(ClaimFile.id)
        .join(Payment, JOIN.LEFT_OUTER, on=(Payment.id == ClaimFile.payment_id))
        .where(ClaimFile.state == str(FileState.COMPLETE), ~ClaimFile.undone, ~_aside())
        .order_by(*(ClaimFile.program, Case(None, ((Payment.id.is_null(), 0),), 1), Payment.code_order, ClaimFile.id))
    )
    ids = [int(row[0]) for row in look.tuples(query.offset(offset).limit(limit))]
    files = read_files(look, ids)
    lies = _lies(look, [file.code for file in files])
    return [Waiting(file, lies.get(file.code, "")) for file in files]


def _lies(look: Snapshot, codes: Sequence[str]) -> dict[str, str]:
    """Of those codes that lie in a place: its programme and number ('JHT 7')."""
    query = (
        Archived.select(Archived.code, Place.program, Place.number)
        .join(Place, on=(Place.id == Archived.place_id))
        .where(~Archived.undone)
    )
    wanted, found = sorted({code for code in codes if code}), dict[str, str]()
    for start in range(0, len(wanted), 500):
        rows = look.tuples(query.where(Archived.code.in_(wanted[start : start + 500])))
        found |= {code: f"{program} {number}".strip() for code, program, number in rows}
    return found


# The right place ------------------------------------------------------------------------------------------------------


class _Boxes:
    """The open boxes of the programmes that are asked for, kept up to date while files go in."""

    def __init__(self, look: Snapshot) -> None:
        self._look = look
        self._of: dict[str, list[OpenBox]] = {}

    def of(self, program: str) -> list[OpenBox]:
        if program not in self._of:
            self._of[program] = _open_boxes(self._look, program)
        return self._of[program]

    def right(self, program: str, code_order: str, day: date | None) -> OpenBox | None:
        return right_box(self.of(program), code_order, day)

    def add(self, program: str, box: OpenBox) -> None:
        self.of(program).append(box)

    def went_in(self, program: str, box: OpenBox, code_order: str) -> None:
        boxes = self.of(program)
        boxes[boxes.index(box)] = box.with_file(code_order)


def _open_boxes(look: Snapshot, program: str) -> list[OpenBox]:
    code = Case(None, ((Archived.code_order != "", Archived.code_order),), None)
    query = (
        Place.select(
            *(Place.id, Place.number, Place.period, Place.capacity),
            *(fn.count(Archived.id), fn.min(code), fn.max(code)),
        )
        .join(Archived, JOIN.LEFT_OUTER, on=((Archived.place_id == Place.id) & ~Archived.undone))
        .where(
            Place.kind == str(PlaceKind.BOX),
            Place.program == program,
            Place.closed_at.is_null(),
            Place.destroyed_at.is_null(),
            ~Place.undone,
        )
        .group_by(Place.id, Place.number, Place.period, Place.capacity)
        .order_by(fn.length(Place.number), Place.number)
    )
    return [
        OpenBox(place_id, number, period, int(capacity), int(files), first or "", last or "")
        for place_id, number, period, capacity, files, first, last in look.tuples(query)
    ]


def where_to(look: Snapshot, file_id: int) -> Neighbours:
    """Where `put` would bring a file now. Raises NotAllowed, NotFound, StepRefused."""
    look.require(Permission.ARCHIVE)
    file = look.one(ClaimFile.select().where(ClaimFile.id == file_id, ~ClaimFile.undone))
    if file is None:
        raise NotFound("claim_file", str(file_id))
    begin(look, file, FileStep.ARCHIVE)
    payment = _payments(look, [file]).get(file["payment_id"]) or {}
    program, order = _program(file, payment), payment.get("code_order", "")
    box = _Boxes(look).right(program, order, payment.get("booked_on", file["paid_on"]))
    if box is None:
        return Neighbours(None, next_box(look, program), 1, "", "")
    inside = (Archived.place_id == box.place_id) & ~Archived.undone & (Archived.code_order != "")
    before, after = inside & (Archived.code_order <= order), inside & (Archived.code_order > order)
    smaller = look.one(Archived.select(Archived.code).where(before).order_by(Archived.code_order.desc()))
    larger = look.one(Archived.select(Archived.code).where(after).order_by(Archived.code_order))
    position = int(look.scalar(Archived.select(fn.count(Archived.id)).where(before))) + 1
    return Neighbours(
        read_place(look, box.place_id),
        box.number,
        position,
        smaller["code"] if smaller else "",
        larger["code"] if larger else "",
    )


def _program(file: dict[str, Any], payment: dict[str, Any]) -> str:
    """The programme of the transaction decides: that is what its code is sorted under."""
    return str(payment.get("program") or file["program"])


def _payments(look: Snapshot, files: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    ids = [file["payment_id"] for file in files if file["payment_id"] is not None]
    return {row["id"]: row for row in look.dicts(Payment.select().where(look.database.any_of(Payment.id, ids)))}


# Putting in -----------------------------------------------------------------------------------------------------------


def put(tx: Transaction, file_ids: Sequence[int], place_id: int | None) -> list[Put]:
    """Brings complete files in, in the order of programme and code; all or none.

    Raises NotAllowed, NotFound, StepRefused, and ArchiveRefused where the named place does not take them, or where a
    code lies in a place already.
    """
    lock(tx)
    if not file_ids:
        raise Invalid("file_ids", "", "empty")
    tx.audit("archive.put")
    files = living_files(tx, file_ids)
    payments = _payments(tx, files)
    told = {file["id"]: payments.get(file["payment_id"]) or {} for file in files}
    files.sort(key=lambda file: (_program(file, told[file["id"]]), told[file["id"]].get("code_order", ""), file["id"]))
    people = _people(tx, [file["kpj"] for file in files])
    lies = _lies(tx, [each.get("code", "") for each in told.values()])
    boxes = _Boxes(tx)
    done = []
    for file in files:
        begin(tx, file, FileStep.ARCHIVE)
        values = _values(file, told[file["id"]], people)
        if values["code"] in lies:
            raise refused({"name": values["name"]}, ArchiveRefusal.LIES_ALREADY, lies[values["code"]])
        place, made = _named(tx, place_id, values) if place_id is not None else _chosen(tx, boxes, values)
        move(tx, file, FileStep.ARCHIVE)
        archived_id = _write(tx, {**values, "place_id": place["id"]})
        shown = (place["id"], place["number"], place["program"], place["shelf"])
        done.append(Put(archived_id, file["id"], *shown, made=made))
    return done


def _values(file: dict[str, Any], payment: dict[str, Any], people: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What the archive notes of a claim file: its transaction first, then what its paper says."""
    person = people.get(file["kpj"], {})
    name = payment.get("name") or file["name"]
    amount = payment.get("amount")
    return {
        "file_id": file["id"],
        "program": _program(file, payment),
        "code": payment.get("code", ""),
        "code_order": payment.get("code_order", ""),
        "kpj": payment.get("kpj") or file["kpj"],
        "name": name,
        "name_key": name_key(name),
        "company": person.get("company") or "",
        "npp": person.get("npp") or "",
        "dated": payment.get("booked_on", file["paid_on"]),
        "amount": file["amount"] if amount is None else amount,
        "account_name": payment.get("payee") or file["payee"],
        "original": ORIGINAL,
        "source": FILE_SOURCE,
    }


def _people(look: Snapshot, kpjs: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Company and NPP of these cards, where they are known."""
    found: dict[str, dict[str, Any]] = {}
    cards = sorted({kpj for kpj in kpjs if kpj})
    for start in range(0, len(cards), 500):
        query = Participant.select(Participant.kpj, Participant.company, Participant.npp)
        rows = look.dicts(query.where(Participant.kpj.in_(cards[start : start + 500])))
        found |= {row["kpj"]: row for row in rows}
    return found


def _chosen(tx: Transaction, boxes: _Boxes, values: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The right open box of the programme, or a new one after the last."""
    program, order, day = values["program"], values["code_order"], values["dated"]
    box = boxes.right(program, order, day)
    made = box is None
    if box is None:
        monthly = any(each.period for each in boxes.of(program))
        period = f"{day:%Y-%m}" if monthly and day else ""
        place_id = add_place(tx, PlaceKind.BOX, "", program, period=period)
        row = living_place(tx, place_id)
        box = OpenBox(place_id, row["number"], row["period"], row["capacity"], 0)
        boxes.add(program, box)
    boxes.went_in(program, box, order)
    return living_place(tx, box.place_id), made


def _named(tx: Transaction, place_id: int, values: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    return open_for(tx, place_id, values["program"]), False


def open_for(tx: Transaction, place_id: int, program: str) -> dict[str, Any]:
    """The place, which takes one more file of the programme. Raises NotFound, ArchiveRefused."""
    place = living_place(tx, place_id)
    if place["closed_at"] is not None:
        raise refused(place, ArchiveRefusal.CLOSED)
    if place["kind"] == PlaceKind.BOX and program and place["program"] != program:
        raise refused(place, ArchiveRefusal.WRONG_PROGRAM, program)
    held = Archived.select(fn.count(Archived.id)).where(Archived.place_id == place_id, ~Archived.undone)
    if place["capacity"] and int(tx.scalar(held)) >= place["capacity"]:
        raise refused(place, ArchiveRefusal.FULL, str(place["capacity"]))
    return place


def _write(tx: Transaction, values: dict[str, Any]) -> int:
    """The archive's row of a claim file; one that waited aside goes in, with its trouble over."""
    aside = tx.one(tx.database.locked(Archived.select().where(Archived.file_id == values["file_id"], ~Archived.undone)))
    by = {"archived_at": tx.now, "archived_by": tx.actor.staff_id}
    if aside is None:
        archived_id = tx.insert(Archived, **values, **by)
    else:
        archived_id = aside["id"]
        tx.update(Archived, archived_id, expect=aside["version"], trouble="", **values, **by)
    note_terms(tx, [archived_id], [values])
    return archived_id


# Out again ------------------------------------------------------------------------------------------------------------


def take_out(tx: Transaction, archived_id: int, version: int, why: str) -> None:
    """Raises NotAllowed, NotFound, StaleEdit, Invalid, ArchiveRefused for what is borrowed or was destroyed."""
    row = living_archived(tx, archived_id, version)
    told = reason(why)
    if row["place_id"] is None:
        raise refused(row, ArchiveRefusal.STATE)
    living_place(tx, row["place_id"])
    not_lent(tx, row)
    tx.audit("archive.take-out", why=told)
    tx.update(Archived, archived_id, expect=version, undone=True)
    if row["file_id"] is not None:
        move(tx, living_file(tx, row["file_id"]), FileStep.TAKE_OUT)


def move_to(tx: Transaction, archived_id: int, version: int, place_id: int) -> None:
    """Raises NotAllowed, NotFound, StaleEdit, ArchiveRefused."""
    row = living_archived(tx, archived_id, version)
    if row["place_id"] is not None:
        living_place(tx, row["place_id"])
    elif row["file_id"] is not None:  # a claim file goes in by `put`, which takes its step
        raise refused(row, ArchiveRefusal.STATE)
    if row["place_id"] == place_id:
        return
    open_for(tx, place_id, row["program"])
    tx.audit("archive.move")
    tx.update(Archived, archived_id, expect=version, place_id=place_id, trouble="")


def living_archived(tx: Transaction, archived_id: int, version: int) -> dict[str, Any]:
    """The row, locked. Raises NotAllowed, NotFound for what was taken out, StaleEdit."""
    lock(tx)
    if tx.one(Archived.select(Archived.id).where(Archived.id == archived_id, ~Archived.undone)) is None:
        raise NotFound("archived", str(archived_id))
    return fresh(tx, Archived, archived_id, version)


def not_lent(tx: Transaction, row: dict[str, Any]) -> None:
    """Raises ArchiveRefused for a file that somebody has."""
    out = Loan.select(Loan.borrower).where(Loan.archived_id == row["id"], Loan.back_at.is_null(), ~Loan.undone)
    loan = tx.one(out)
    if loan is not None:
        raise refused({**row, "number": ""}, ArchiveRefusal.ON_LOAN, loan["borrower"])


# Aside ----------------------------------------------------------------------------------------------------------------


def note_trouble(tx: Transaction, file_id: int, why: str) -> int:
    """Raises NotAllowed, NotFound, Invalid without a reason, StepRefused for a file that is archived or void."""
    lock(tx)
    told = _told(why)
    file = living_file(tx, file_id)
    if file["state"] in (FileState.ARCHIVED, FileState.VOID):
        raise step_refused(file, FileStep.ARCHIVE, Refusal.STATE)
    payment = _payments(tx, [file]).get(file["payment_id"]) or {}
    values = _values(file, payment, _people(tx, [file["kpj"]]))
    tx.audit("archive.trouble", why=told)
    known = tx.one(tx.database.locked(Archived.select().where(Archived.file_id == file_id, ~Archived.undone)))
    by = {"archived_at": tx.now, "archived_by": tx.actor.staff_id}
    if known is not None:
        tx.update(Archived, known["id"], expect=known["version"], trouble=told, **by)
        return int(known["id"])
    archived_id = tx.insert(Archived, **values, **by, trouble=told)
    note_terms(tx, [archived_id], [values])
    return archived_id


def note_loose(
    tx: Transaction, program: str, why: str, *, name: str = "", kpj: str = "", dated: date | None = None
) -> int:
    """Raises NotAllowed, Invalid without a reason, for an unknown programme, or without anything to know it by."""
    lock(tx)
    told = _told(why)
    if program not in set(Program):
        raise Invalid("program", program, "unknown")
    if not (clean(name) or clean(kpj)):
        raise Invalid("name", name, "empty")
    values = {"program": program, "name": clean(name), "name_key": name_key(name), "kpj": clean(kpj), "dated": dated}
    tx.audit("archive.trouble", why=told)
    archived_id = tx.insert(
        Archived, **values, trouble=told, archived_at=tx.now, archived_by=tx.actor.staff_id, source="loose"
    )
    note_terms(tx, [archived_id], [values])
    return archived_id


def clear_trouble(tx: Transaction, archived_id: int, version: int) -> None:
    """Raises NotAllowed, NotFound, StaleEdit, ArchiveRefused for what has no trouble."""
    row = living_archived(tx, archived_id, version)
    if not row["trouble"]:
        raise refused(row, ArchiveRefusal.STATE)
    tx.audit("archive.trouble-over")
    tx.update(Archived, archived_id, expect=version, undone=True)


def _told(why: str) -> str:
    told = reason(why)
    if len(told) > _LONGEST:
        raise Invalid("why", told, "too-long")
    return told
