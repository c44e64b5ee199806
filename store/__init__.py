"""What the office knows: the only door to its data.

`open_store` opens an office for one person; everything else hangs on the `Store` it returns. Every call is async and
runs on the store's own thread. Rows are frozen (`store.rows`), refusals are facts (`store.errors`).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store import drivers as drivers  # before anything that imports Peewee
from store.database import open_database
from store.gateway import Gateway
from store.link import Link
from store.opening import INBOX, LOGS, OUTBOX, connect_now, create_now, database_url, system_clock
from store.refusals import ENDED, note_passage
from store.rows import Me
from store.rules.hours import WIB
from store.service import is_service, own_outbox
from store.sessions import end_session

if TYPE_CHECKING:
    from store.answers import AnswerDesk
    from store.archive import ArchiveDesk
    from store.archive_loans import LoanDesk
    from store.archive_registers import RegisterDesk
    from store.archive_retention import RetentionDesk
    from store.assists import AssistDesk
    from store.audit import AuditDesk
    from store.backup_state import BackupState
    from store.backups import BackupDesk
    from store.bulk import BulkDesk
    from store.call_lists import CallListDesk
    from store.checks import CheckDesk
    from store.claim_files import FileDesk
    from store.company import CompanyDesk
    from store.correction_imports import CorrectionImportDesk
    from store.correction_log import CorrectionLogDesk
    from store.corrections import CorrectionDesk
    from store.counter import CounterDesk
    from store.daily import DailyDesk
    from store.division import DivisionDesk
    from store.drafts import DraftDesk
    from store.erasures import ErasureDesk
    from store.follow_ups import FollowUpDesk
    from store.imports import ImportDesk
    from store.kpj_lists import KpjListDesk
    from store.listings import ListingDesk
    from store.lookups import LookupDesk
    from store.merges import MergeDesk
    from store.office import OfficeDesk
    from store.people import PeopleDesk
    from store.persons import PersonDesk
    from store.pins import PinDesk
    from store.print_jobs import PrintingDesk
    from store.printers import PrinterDesk
    from store.quality import QualityDesk
    from store.queue import QueueDesk
    from store.recaps import RecapDesk
    from store.recaps_corrections import CorrectionRecapDesk
    from store.recaps_incoming import IncomingRecapDesk
    from store.recaps_vouchers import VoucherRecapDesk
    from store.reveals import RevealDesk
    from store.settings import SettingsDesk
    from store.smile_entries import SmileDesk
    from store.stacks import StackDesk
    from store.staff import StaffDesk
    from store.supervision import SupervisionDesk
    from store.undo import UndoDesk
    from store.voucher_days import VoucherDayDesk
    from store.vouchers import VoucherDesk
    from store.worklists import WorklistDesk

__all__ = ["Store", "create_office", "open_store"]


_DESKS: Final = {
    "staff": ("store.staff", "StaffDesk"),
    "office": ("store.office", "OfficeDesk"),
    "settings": ("store.settings", "SettingsDesk"),
    "queue": ("store.queue", "QueueDesk"),
    "imports": ("store.imports", "ImportDesk"),
    "people": ("store.people", "PeopleDesk"),
    "recaps": ("store.recaps", "RecapDesk"),
    "recaps_incoming": ("store.recaps_incoming", "IncomingRecapDesk"),
    "daily": ("store.daily", "DailyDesk"),
    "persons": ("store.persons", "PersonDesk"),
    "pins": ("store.pins", "PinDesk"),
    "reveals": ("store.reveals", "RevealDesk"),
    "checks": ("store.checks", "CheckDesk"),
    "call_lists": ("store.call_lists", "CallListDesk"),
    "bulk": ("store.bulk", "BulkDesk"),
    "company": ("store.company", "CompanyDesk"),
    "corrections": ("store.corrections", "CorrectionDesk"),
    "correction_imports": ("store.correction_imports", "CorrectionImportDesk"),
    "correction_log": ("store.correction_log", "CorrectionLogDesk"),
    "worklists": ("store.worklists", "WorklistDesk"),
    "smile": ("store.smile_entries", "SmileDesk"),
    "lookups": ("store.lookups", "LookupDesk"),
    "counter": ("store.counter", "CounterDesk"),
    "listings": ("store.listings", "ListingDesk"),
    "kpj_lists": ("store.kpj_lists", "KpjListDesk"),
    "merges": ("store.merges", "MergeDesk"),
    "division": ("store.division", "DivisionDesk"),
    "supervision": ("store.supervision", "SupervisionDesk"),
    "answers": ("store.answers", "AnswerDesk"),
    "follow_ups": ("store.follow_ups", "FollowUpDesk"),
    "assists": ("store.assists", "AssistDesk"),
    "archive": ("store.archive", "ArchiveDesk"),
    "loans": ("store.archive_loans", "LoanDesk"),
    "retention": ("store.archive_retention", "RetentionDesk"),
    "registers": ("store.archive_registers", "RegisterDesk"),
    "printing": ("store.print_jobs", "PrintingDesk"),
    "printers": ("store.printers", "PrinterDesk"),
    "drafts": ("store.drafts", "DraftDesk"),
    "erasures": ("store.erasures", "ErasureDesk"),
    "files": ("store.claim_files", "FileDesk"),
    "vouchers": ("store.vouchers", "VoucherDesk"),
    "voucher_days": ("store.voucher_days", "VoucherDayDesk"),
    "stacks": ("store.stacks", "StackDesk"),
    "recaps_vouchers": ("store.recaps_vouchers", "VoucherRecapDesk"),
    "recaps_corrections": ("store.recaps_corrections", "CorrectionRecapDesk"),
    "quality": ("store.quality", "QualityDesk"),
    "undo": ("store.undo", "UndoDesk"),
    "audit": ("store.audit", "AuditDesk"),
    "backup_state": ("store.backup_state", "BackupState"),
    "backups": ("store.backups", "BackupDesk"),
}
"""Where each desk of the store is: it is loaded when it is first asked something, so that starting stays short."""


class Store:
    """One office, opened by one person in this process."""

    staff: StaffDesk
    office: OfficeDesk
    settings: SettingsDesk
    queue: QueueDesk
    imports: ImportDesk
    people: PeopleDesk
    recaps: RecapDesk
    recaps_incoming: IncomingRecapDesk
    daily: DailyDesk
    persons: PersonDesk
    pins: PinDesk
    reveals: RevealDesk
    checks: CheckDesk
    call_lists: CallListDesk
    bulk: BulkDesk
    company: CompanyDesk
    corrections: CorrectionDesk
    correction_imports: CorrectionImportDesk
    correction_log: CorrectionLogDesk
    worklists: WorklistDesk
    smile: SmileDesk
    lookups: LookupDesk
    counter: CounterDesk
    listings: ListingDesk
    kpj_lists: KpjListDesk
    merges: MergeDesk
    division: DivisionDesk
    supervision: SupervisionDesk
    answers: AnswerDesk
    follow_ups: FollowUpDesk
    assists: AssistDesk
    archive: ArchiveDesk
    loans: LoanDesk
    retention: RetentionDesk
    registers: RegisterDesk
    printing: PrintingDesk
    printers: PrinterDesk
    drafts: DraftDesk
    erasures: ErasureDesk
    files: FileDesk
    vouchers: VoucherDesk
    voucher_days: VoucherDayDesk
    stacks: StackDesk
    recaps_vouchers: VoucherRecapDesk
    recaps_corrections: CorrectionRecapDesk
    quality: QualityDesk
    undo: UndoDesk
    audit: AuditDesk
    backup_state: BackupState
    backups: BackupDesk

    def __init__(self, link: Link, office_name: str) -> None:
        self._link = link
        self._office_name = office_name
        self.home = link.home
        self.inbox = link.home / INBOX
        self.outbox = link.home / OUTBOX
        self.logs = link.home / LOGS
        self.me: Me

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in _DESKS:
                raise AttributeError(name)
            module, desk = _DESKS[name]
            made = getattr(importlib.import_module(module), desk)(self._link)
            setattr(self, name, made)
            return made

    @property
    def pin_due(self) -> bool:
        """Whether nothing is answered before `pins.give`; then `refresh_me` has to be asked once."""
        return self._link.pin_due

    def now(self) -> datetime:
        """The instant, aware UTC: the machine's clock, or the one of a practice office."""
        return self._link.clock().astimezone(UTC)

    def today(self) -> date:
        """The office's day (WIB)."""
        return self._link.clock().astimezone(WIB).date()

    async def refresh_me(self) -> Me:
        """Asks again who the acting person is today, and the name of the office; raises NotStaff once disabled."""
        self._office_name = str(await self.office.setting("office.name"))
        self.me = await self.staff.me(self._office_name)
        if is_service(self.home):
            self.outbox = own_outbox(self.home / OUTBOX, self.me.login)
        return self.me

    async def changed_since_last_look(self) -> bool:
        """Whether somebody else committed anything since the last call; cheap enough for every second."""
        return await self._link.gateway.run(self._link.database.changed, self._link.session_id)

    async def held_up(self, after: float) -> bool:
        """Whether what was asked has waited so many seconds, and does so for another that writes."""
        link = self._link
        return link.gateway.busy_for() >= after and await asyncio.to_thread(link.database.held_up)

    async def close(self) -> None:
        """Finishes what is under way, gives back what is held, ends the session. A second call does nothing."""
        await self._link.gateway.close(self._end)

    def _end(self) -> None:
        database = self._link.database
        session_id, now = self._link.session_id, self._link.clock()
        self._link.refusals.write(database, session_id, now, last=True)
        # A database that went away ends the session by itself: soon its process is dead.
        with contextlib.suppress(Exception), database.turn(), database.writing():
            note_passage(database, session_id, now, ENDED)
            end_session(database, session_id, now)
        database.close()


async def create_office(
    home: Path,
    *,
    name: str = "Kantor Cabang",
    practice: bool = False,
    url: str | None = None,
    login: str | None = None,
    clock: Callable[[], datetime] | None = None,
) -> None:
    """Sets an office up in a home (contracts.md `loket init`).

    Raises OfficeExists, and then nothing was changed; DatabaseTrouble when the place cannot hold an office.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(database_url(home, url))
    gateway = Gateway(database.nearer)
    try:
        now = (clock or system_clock)()
        await gateway.run(create_now, home, database, name, login, practice=practice, now=now)
    finally:
        await gateway.close(database.close)


async def open_store(
    home: Path,
    *,
    url: str | None = None,
    login: str | None = None,
    person: str | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Store:
    """Opens the office of a home for one person; without `login` that is the operating-system account.

    `person` is who of a shared account is at the keyboard. They, and who locked the screen before in the same login,
    have `pin_due`. Raises NoOffice, NotStaff, DatabaseTrouble; ChoosePerson, NoPin for a shared account.
    """
    database = open_database(database_url(home, url))
    gateway = Gateway(database.nearer)
    link = Link(home, database, gateway, clock or system_clock, practice=False)
    try:
        office_name = await gateway.run(connect_now, link, login, person, clock)
    except BaseException:
        await gateway.close(database.close)
        raise
    store = Store(link, office_name)
    if not store.pin_due:
        await store.refresh_me()
    return store
