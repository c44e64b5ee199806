"""Print jobs in the store: the intent first, then each step, so that whoever dies leaves behind what is known.

Each step is one transaction, and only the process that holds the job takes it (its session, and the version it saw).
Another one takes over when that process is gone. What a person says of the paper is theirs, whoever sent the job.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from peewee import JOIN, Case, fn

from store.errors import DatabaseTrouble, Invalid, NotAllowed, NotFound, StaleEdit
from store.leases import touch
from store.link import Link
from store.office import setting
from store.print_rows import Looked, PageRow, PrintJobRow, Wanted
from store.rules.printing import (
    AT_PRINTER,
    ENDED,
    LOOKED_AT,
    MOVING,
    PRINTS,
    SEEN,
    STEPS,
    Document,
    JobState,
    Route,
    attempt_name,
    prefix,
)
from store.schema import KeptPdf, PrintedPage, PrintJob, Session, Staff
from store.sessions import is_alive
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.voucher_papers import check_printable, papers_right

RIGHT, MISSING = "right", "missing"
_LEFT: Final = (JobState.RESERVED, JobState.SENDING, JobState.STAGED, JobState.FAILED)
"""States in which a job can be given up: no paper can have come out."""


class PrintingDesk:
    """`store.printing`: what is printed, where, and what became of it."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def reserve(self, wanted: Sequence[Wanted]) -> list[PrintJobRow]:
        """Writes down that these are to be printed, as one batch, and keeps their PDFs. Nothing is sent yet.

        Raises NotAllowed; Invalid for a voucher that is printed or being printed already, or a job without pages.
        """
        return (await self._link.write(reserve_batch, wanted))[0]

    async def jobs(self, *, batch: int | None = None) -> list[PrintJobRow]:
        """The jobs that are not over yet, the oldest first; of a batch all."""
        return await self._link.read(_jobs, batch)

    async def newest(self, count: int = 50) -> list[PrintJobRow]:
        """The last jobs, the newest first, also those that are over."""
        return await self._link.read(_newest, count)

    async def job(self, job_id: int) -> PrintJobRow:
        """Raises NotFound."""
        return await self._link.read(job_row, job_id)

    async def pages(self, job_id: int) -> list[PageRow]:
        return await self._link.read(_pages, job_id)

    async def pdf(self, job: PrintJobRow) -> bytes:
        """The exact bytes that were kept. Raises DatabaseTrouble("damaged") when they are not those of the trail."""
        return await self._link.read(_pdf, job.job_id)

    # Going on with a job: only by the process that holds it

    async def adopt(self) -> list[PrintJobRow]:
        """Takes over the jobs whose process is gone, of the documents that the person may print."""
        if not await self._link.read(_abandoned):
            return []
        return (await self._link.write(_adopt))[0]

    async def move(
        self,
        job: PrintJobRow,
        to: JobState,
        *,
        queue_id: int | None = None,
        server: str = "",
        said: Collection[str] | None = None,
    ) -> PrintJobRow:
        """One step. To `reserved` gives the job a new name for its next try. Raises StaleEdit when it is not ours."""
        return (await self._link.write(_move, job, to, queue_id, server, said))[0]

    async def say(self, job: PrintJobRow, said: Collection[str]) -> PrintJobRow:
        """Notes the printer's reasons; nothing is written when they are the same. Raises StaleEdit."""
        if tuple(sorted(said)) == job.said:
            return job
        return (await self._link.write(_say, job, said))[0]

    async def prefix(self) -> str:
        """How the names of all jobs of this office begin at a printer."""
        return prefix(str(await self._link.read(setting, "office.id")))

    async def nobodys(self, attempts: Collection[str]) -> set[str]:
        """Which of these names no job has that may be at a printer: what is held under them is given up."""
        return await self._link.read(_nobodys, attempts)

    # What people say

    async def looked(self, job: PrintJobRow, missing: Collection[int] = ()) -> Looked:
        """The paper was seen: every page is right but the `missing` ones (1 is the first). The job is over.

        Raises StaleEdit; Invalid for a page that the job does not have, for a job that cannot have come out yet, and
        for missing pages while the job is still with the printer ("stop-first": they might yet come out).
        """
        return (await self._link.write(_looked, job, missing))[0]

    async def right_before(self, job: PrintJobRow, page: int) -> Looked:
        """All before this page are right, this one and those after it are not: from number N on."""
        return await self.looked(job, range(page, job.pages + 1))

    async def cancel(self, job: PrintJobRow) -> PrintJobRow:
        """Gives up a job that surely has not come out. Raises Invalid("state", …, "on-paper") for any other."""
        return (await self._link.write(_cancel, job))[0]

    async def stop(self, job: PrintJobRow) -> None:
        """Notes that a person ends at the printer what may be on paper. Raises StaleEdit, NotAllowed."""
        await self._link.write(_stop, job)

    async def again(self, job: PrintJobRow) -> PrintJobRow:
        """Sends a job anew that the printer refused; this session goes on with it. Raises StaleEdit."""
        return (await self._link.write(_again, job))[0]


def may_print(look: Snapshot, document: str) -> bool:
    return any(look.may(permission) for permission in PRINTS[Document(document)])


def _require(look: Snapshot, document: str) -> None:
    if not may_print(look, document):
        raise NotAllowed(str(min(PRINTS[Document(document)])), tuple(sorted(look.actor.roles)))


def reserve_batch(tx: Transaction, wanted: Sequence[Wanted]) -> list[PrintJobRow]:
    """`PrintingDesk.reserve` within a larger write; audit entries of its own."""
    batch = None
    made = []
    for one in wanted:
        job_id = reserve(tx, one, one.batch or batch)
        batch = one.batch or batch or job_id
        made.append(job_id)
    return [job_row(tx, job_id) for job_id in made]


def reserve(tx: Transaction, wanted: Wanted, batch: int | None = None) -> int:
    """Writes down one job with its pages and keeps its PDF; its id. Raises NotAllowed, Invalid."""
    _require(tx, wanted.document)
    if not wanted.vouchers:
        raise Invalid("pages", "0", "empty")
    tx.database.lock_name("print-jobs")
    _refuse_second_sheets(tx, [voucher for voucher in wanted.vouchers if voucher is not None])
    (job_id,) = tx.database.allocate_ids("print_job", 1)
    sha256 = hashlib.sha256(wanted.pdf).hexdigest()
    if tx.scalar(KeptPdf.select(KeptPdf.id).where(KeptPdf.sha256 == sha256)) is None:
        tx.execute(KeptPdf.insert(sha256=sha256, pdf=wanted.pdf))
    tx.audit("print.reserve", why=str(wanted.document), undoable=False)
    tx.insert(
        PrintJob,
        id=job_id,
        document=wanted.document,
        printer=wanted.route.printer,
        tray=wanted.route.tray,
        media=wanted.route.media,
        attempt=_attempt(tx, job_id),
        state=JobState.RESERVED,
        pages=len(wanted.vouchers),
        sha256=sha256,
        made_at=tx.now,
        made_by=tx.actor.staff_id,
        batch=batch or job_id,
        holder_session=tx.session_id,
    )
    touch(tx)
    pages = [{"job_id": job_id, "page": n, "voucher_id": v} for n, v in enumerate(wanted.vouchers, start=1)]
    tx.insert_many(PrintedPage, pages)
    return int(job_id)


def _attempt(tx: Transaction, job_id: int) -> str:
    return attempt_name(str(setting(tx, "office.id")), job_id, secrets.token_hex(4))


def _refuse_second_sheets(tx: Transaction, vouchers: list[int]) -> None:
    """A voucher is on one sheet: the one that is right, or the one that may yet come out."""
    if len(set(vouchers)) != len(vouchers):
        raise Invalid("voucher", str(next(v for v in vouchers if vouchers.count(v) > 1)), "twice")
    query = (
        PrintedPage.select(PrintedPage.voucher_id, PrintedPage.seen)
        .join(PrintJob, on=(PrintJob.id == PrintedPage.job_id))
        .where(
            tx.database.any_of(PrintedPage.voucher_id, vouchers),
            PrintedPage.seen != MISSING,
            PrintJob.state != JobState.CANCELLED,
        )
    )
    found = tx.one(query)
    if found is not None:
        raise Invalid("voucher", str(found["voucher_id"]), "printed" if found["seen"] == RIGHT else "printing")
    check_printable(tx, vouchers)


def _query() -> Any:
    right, missing = (fn.sum(Case(None, [(PrintedPage.seen == word, 1)], 0)) for word in (RIGHT, MISSING))
    return (
        PrintJob.select(PrintJob, Staff.name.alias("by"), right.alias("right"), missing.alias("missing"))
        .join(Staff, on=(Staff.id == PrintJob.made_by))
        .join_from(PrintJob, PrintedPage, JOIN.LEFT_OUTER, on=(PrintedPage.job_id == PrintJob.id))
        .group_by(PrintJob.id, Staff.name)
    )


def _row(look: Snapshot, row: Mapping[str, Any]) -> PrintJobRow:
    return PrintJobRow(
        row["id"],
        row["batch"] or row["id"],
        Document(row["document"]),
        Route(row["printer"], row["tray"], row["media"]),
        row["attempt"],
        JobState(row["state"]),
        row["queue_id"],
        row["pages"],
        int(row["right"] or 0),
        int(row["missing"] or 0),
        tuple(row["said"].split()),
        row["made_at"],
        row["by"],
        row["sent_at"],
        row["ended_at"],
        row["server"],
        row["holder_session"] == look.session_id,
        row["version"],
    )


def job_row(look: Snapshot, job_id: int) -> PrintJobRow:
    """Raises NotFound."""
    row = look.one(_query().where(PrintJob.id == job_id))
    if row is None:
        raise NotFound("print_job", str(job_id))
    return _row(look, row)


def _visible(look: Snapshot, query: Any) -> list[PrintJobRow]:
    return [_row(look, row) for row in look.dicts(query) if may_print(look, row["document"])]


def _jobs(look: Snapshot, batch: int | None) -> list[PrintJobRow]:
    wanted = PrintJob.ended_at.is_null() if batch is None else PrintJob.batch == batch
    return _visible(look, _query().where(wanted).order_by(PrintJob.id))


def _newest(look: Snapshot, count: int) -> list[PrintJobRow]:
    ids = [row[0] for row in look.tuples(PrintJob.select(PrintJob.id).order_by(PrintJob.id.desc()).limit(count))]
    return _visible(look, _query().where(look.database.any_of(PrintJob.id, ids)).order_by(PrintJob.id.desc()))


def _pages(look: Snapshot, job_id: int) -> list[PageRow]:
    _require(look, job_row(look, job_id).document)
    query = PrintedPage.select(PrintedPage.page, PrintedPage.voucher_id, PrintedPage.seen)
    return [PageRow(*row) for row in look.tuples(query.where(PrintedPage.job_id == job_id).order_by(PrintedPage.page))]


def _pdf(look: Snapshot, job_id: int) -> bytes:
    _require(look, job_row(look, job_id).document)
    query = KeptPdf.select(KeptPdf.pdf, KeptPdf.sha256).join(PrintJob, on=(PrintJob.sha256 == KeptPdf.sha256))
    row = look.one(query.where(PrintJob.id == job_id))
    pdf = b"" if row is None else bytes(row["pdf"])
    if row is None or hashlib.sha256(pdf).hexdigest() != row["sha256"]:
        raise DatabaseTrouble("damaged", f"kept_pdf of print_job {job_id}")
    return pdf


def _left_alone(look: Snapshot, query: Any) -> list[dict[str, Any]]:
    """The jobs that should go on and whose process does not."""
    moving = look.dicts(query.where(PrintJob.state.in_(MOVING), PrintJob.ended_at.is_null()))
    others = [row for row in moving if row["holder_session"] != look.session_id and may_print(look, row["document"])]
    sessions = look.dicts(Session.select().where(Session.id.in_({row["holder_session"] for row in others})))
    alive = {session["id"] for session in sessions if is_alive(look.database, session)}
    return [row for row in others if row["holder_session"] not in alive]


def _abandoned(look: Snapshot) -> bool:
    return bool(_left_alone(look, PrintJob.select()))


def _adopt(tx: Transaction) -> list[PrintJobRow]:
    taken = _left_alone(tx, tx.database.locked(PrintJob.select()))
    if taken:
        touch(tx)  # or whom they were taken from would take them back at once
        tx.audit("print.adopt", undoable=False)
    for row in taken:
        tx.update(PrintJob, row["id"], holder_session=tx.session_id)
    return [job_row(tx, row["id"]) for row in sorted(taken, key=lambda row: row["id"])]


def _held(tx: Transaction, job: PrintJobRow) -> dict[str, Any]:
    """The job as it is now, kept for this transaction. Raises NotAllowed, StaleEdit when it moved on."""
    row = tx.one(tx.database.locked(PrintJob.select().where(PrintJob.id == job.job_id)))
    if row is not None:
        _require(tx, row["document"])
    if row is None or row["version"] != job.version:
        raise StaleEdit("print_job", job.job_id)
    return row


def _step(tx: Transaction, row: Mapping[str, Any], to: JobState, **facts: Any) -> PrintJobRow:
    if to not in STEPS[JobState(row["state"])]:
        raise StaleEdit("print_job", row["id"])
    tx.audit(f"print.{to}", undoable=False)
    if to == JobState.RESERVED:
        facts |= {"attempt": _attempt(tx, row["id"]), "queue_id": None, "server": ""}
    if to in ENDED or (to == JobState.SAID and row["document"] not in LOOKED_AT):
        facts["ended_at"] = tx.now
    tx.update(PrintJob, row["id"], state=to, **facts)
    return job_row(tx, row["id"])


def _move(
    tx: Transaction, job: PrintJobRow, to: JobState, queue_id: int | None, server: str, said: Collection[str] | None
) -> PrintJobRow:
    row = _held(tx, job)
    if row["holder_session"] != tx.session_id:
        raise StaleEdit("print_job", job.job_id)
    facts: dict[str, Any] = {}
    if queue_id is not None:
        facts["queue_id"] = queue_id
    if server:
        facts["server"] = server
    if said is not None:
        facts["said"] = " ".join(sorted(said))
    if to == JobState.SENT:
        facts["sent_at"] = tx.now
    return _step(tx, row, to, **facts)


def _say(tx: Transaction, job: PrintJobRow, said: Collection[str]) -> PrintJobRow:
    row = _held(tx, job)
    if row["holder_session"] != tx.session_id:
        raise StaleEdit("print_job", job.job_id)
    tx.audit("print.reasons", undoable=False)
    tx.update(PrintJob, job.job_id, said=" ".join(sorted(said)))
    return job_row(tx, job.job_id)


def _nobodys(look: Snapshot, attempts: Collection[str]) -> set[str]:
    at_printer = PrintJob.attempt.in_(sorted(attempts)) & PrintJob.state.in_(AT_PRINTER)
    return set(attempts) - {row[0] for row in look.tuples(PrintJob.select(PrintJob.attempt).where(at_printer))}


def _looked(tx: Transaction, job: PrintJobRow, missing: Collection[int]) -> Looked:
    row = _held(tx, job)
    if row["state"] not in SEEN:
        raise Invalid("state", row["state"], "no-paper")
    wrong = set(missing)
    if not wrong <= set(range(1, row["pages"] + 1)):
        raise Invalid("page", str(max(wrong)), "unknown")
    if wrong and row["state"] == JobState.SENT:
        raise Invalid("state", row["state"], "stop-first")
    _step(tx, row, JobState.CONFIRMED)
    sheets: dict[str, list[int]] = {RIGHT: [], MISSING: []}
    for page in tx.dicts(PrintedPage.select().where(PrintedPage.job_id == job.job_id).order_by(PrintedPage.page)):
        seen = MISSING if page["page"] in wrong else RIGHT
        tx.update(PrintedPage, page["id"], seen=seen, seen_at=tx.now, seen_by=tx.actor.staff_id)
        if page["voucher_id"] is not None:
            sheets[seen].append(page["voucher_id"])
    papers_right(tx, sheets[RIGHT])
    return Looked(job_row(tx, job.job_id), tuple(sheets[RIGHT]), tuple(sheets[MISSING]))


def _cancel(tx: Transaction, job: PrintJobRow) -> PrintJobRow:
    row = _held(tx, job)
    if row["state"] not in _LEFT:
        raise Invalid("state", row["state"], "on-paper")
    return _step(tx, row, JobState.CANCELLED)


def _stop(tx: Transaction, job: PrintJobRow) -> None:
    _held(tx, job)
    tx.audit("print.stop", why=job.attempt, undoable=False)


def _again(tx: Transaction, job: PrintJobRow) -> PrintJobRow:
    row = _held(tx, job)
    if row["state"] != JobState.FAILED:
        raise StaleEdit("print_job", job.job_id)
    return _step(tx, row, JobState.RESERVED, holder_session=tx.session_id, said="")
