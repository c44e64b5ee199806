"""What the desk of printing gives and takes."""

from __future__ import annotations

from datetime import datetime

from store.rules.printing import Document, JobState, Route
from store.value_class import value_class


@value_class
class Wanted:
    """A PDF to be printed once. `vouchers` has one entry a page: the voucher on it, or None.

    `batch` is the first job of those that are made together; None begins a batch.
    """

    document: Document
    route: Route
    pdf: bytes
    vouchers: tuple[int | None, ...]
    batch: int | None = None


@value_class
class PrintJobRow:
    """One job as it stands. `said` is the printer's last reasons, as codes; `right` and `missing` count pages
    that were looked at.

    `mine`: this session goes on with it. `server` is the run of the printer's server that was told to print it.
    """

    job_id: int
    batch: int
    document: Document
    route: Route
    attempt: str
    state: JobState
    queue_id: int | None
    pages: int
    right: int
    missing: int
    said: tuple[str, ...]
    made_at: datetime
    made_by: str
    sent_at: datetime | None
    ended_at: datetime | None
    server: str
    mine: bool
    version: int


@value_class
class Looked:
    """A person looked at the paper of a job: the vouchers whose sheet is right, and those whose sheet is not."""

    job: PrintJobRow
    right: tuple[int, ...]
    missing: tuple[int, ...]


@value_class
class PageRow:
    """One page of a job: the voucher on it, and whether its sheet was seen: '', right or missing."""

    page: int
    voucher_id: int | None
    seen: str
