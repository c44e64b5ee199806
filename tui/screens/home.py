"""The first screen: how the day stands, the desks, what is promised and due, files in MASUK, lists, the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from textual.widget import Widget

from store.correction_rows import PROPOSED
from store.follow_up_rows import FollowUpFilter, FollowUpRow
from store.rows import CampaignStatus, OfferedFile
from store.rules.kinds import Kind
from store.rules.permissions import Permission
from store.rules.printing import Document
from store.value_class import value_class
from tui import commands, draft_keys
from tui.commands import Command, Facts
from tui.i18n import _, month, number, short_moment
from tui.screens.base import DeskScreen
from tui.screens.home_today import Today, today_lines
from tui.widgets.ink import Painted, Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import backups, calls, faults, follow_ups, late_stacks

FILES_SHOWN = 200
PROMISES_SHOWN = 5


@value_class
class Entry:
    """One line: a desk, a follow-up, a campaign or a file."""

    key: str
    mark: str
    title: str
    detail: str
    role: str = "normal"
    command: Command | None = None
    file: OfferedFile | None = None
    campaign: CampaignStatus | None = None
    follow_up: FollowUpRow | None = None


class HomeScreen(DeskScreen):
    """Where Loket opens."""

    def __init__(self) -> None:
        super().__init__()
        self.campaigns: list[CampaignStatus] = []
        self.files: list[OfferedFile] = []
        self.today: Today | None = None
        self.promised: list[FollowUpRow] = []

    def body(self) -> Sequence[Widget]:
        self.day = Painted(id="today")
        self.list = WindowTable[Entry](
            (
                Column("", lambda entry: (entry.mark, "key" if entry.role != "off" else "off"), width=4),
                Column("", lambda entry: (entry.title, entry.role), share=2),
                Column("", lambda entry: (entry.detail, "off" if entry.role == "off" else "muted"), share=3),
            ),
            key=lambda entry: entry.key,
            id="home",
        )
        return (self.day, self.list)

    def place(self) -> tuple[str, str]:
        return _("Loket"), self.loket.me.office

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total, files=len(self.files))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        allowed = self.loket.me.permissions
        further: Piece = ("", "muted")
        if self.list.total > self.list.height:
            further = (f"↑↓ {self.list.position()}", "muted")
        if Permission.IMPORT_PARTICIPANTS not in allowed and Permission.RECEIVE_FILES in allowed:
            words = _("F5 opens the vouchers: l brings a listing in, t receives the papers. ? explains the work.")
            return [[(words, "muted")], [further]]
        if not self.campaigns and not self.files:
            return [
                [(_("Next step: put the Excel list of participants into the folder MASUK; it appears here."), "key")],
                [(str(self.store.inbox), "muted")],
            ]
        if not self.campaigns:
            return [[(_("Next step: choose the list under MASUK and press enter to look at it."), "key")], [further]]
        return [[(_("F2 phones the next person. F10 shows every command, ? explains the work."), "muted")], [further]]

    async def moved(self) -> None:
        self.frame()

    async def arrived(self) -> None:
        await self._read(whole=True)

    async def others_changed(self) -> None:
        await self._read()

    def on_resize(self) -> None:
        self.call_after_refresh(self._paint_day)

    async def _read(self, *, whole: bool = False) -> None:
        """Read what is shown; `whole` also what changes slowly and costs a look at everybody."""
        allowed = self.loket.me.permissions
        store, lists = self.store, Permission.SEE_LISTS in allowed
        self.campaigns = await store.queue.status() if lists else []
        imports = bool({Permission.IMPORT_PARTICIPANTS, Permission.RECEIVE_FILES} & allowed)
        self.files = await store.imports.offered() if imports else []
        counts = await store.follow_ups.counts() if Permission.FOLLOW_UP in allowed else None
        mine_due = min(counts.mine_due, PROMISES_SHOWN) if counts is not None else 0
        self.promised = await store.follow_ups.rows(FollowUpFilter(), 0, mine_due) if mine_due else []
        before = self.today
        if before is None or whole:
            quality = await store.quality.total() if lists else None
            days = await store.daily.last_days() if lists else []
        else:
            quality, days = before.quality, list(before.days)
        self.today = Today(
            day=store.today(),
            campaigns=self.campaigns,
            own=await store.daily.own() if Permission.CALL in allowed else None,
            handlers=await store.supervision.today() if Permission.SUPERVISE in allowed else None,
            checks=await store.checks.counts() if Permission.CALL in allowed else None,
            quality=quality,
            days=days,
            counter=await store.counter.today() if Permission.HELP in allowed else None,
            promised=None if counts is None else (counts.mine_due, counts.mine_overdue),
            printer=(await store.printers.route(Document.VOUCHER)).printer,
            signing=await store.stacks.counts() if allowed & late_stacks.SIGNING else None,
            **await self._outside(allowed),
            later=faults.clock(self.loket.office.later, self.loket.now()),
            without_pin=self.loket.office.without_pin,
            archive=await store.archive.counts() if Permission.ARCHIVE in allowed else None,
            proposals=await store.corrections.count(PROPOSED) if Permission.APPROVE_CORRECTIONS in allowed else 0,
            missed=self.loket.office.missed,
            unsaved=len(await store.drafts.keys(draft_keys.COUNTER)) if Permission.HELP in allowed else 0,
            files_new=sum(file.imported_at is None for file in self.files) if imports else None,
            files=len(self.files),
        )
        self._paint_day()
        await self.list.fill(self._entries())

    async def _outside(self, allowed: frozenset[str]) -> dict[str, str]:
        """What is said of backups and anchors: only that they are late, and to those who can do something about it."""
        if not {Permission.BACKUP, Permission.MANAGE_OFFICE} & allowed:
            return {}
        found, now = await self.store.backup_state.now(), self.loket.now()
        return {
            "backup": backups.overdue(found.last, now) if found.overdue else "",
            "anchor": backups.anchor_late(found, now) if found.anchor_late else "",
        }

    def _paint_day(self) -> None:
        """The upper part takes the lines it needs; the list has the rest."""
        if self.today is not None:
            lines = today_lines(self.today, self.size.width)
            self.day.styles.height = len(lines)
            self.day.show(lines)
        self.frame()

    def _entries(self) -> list[Entry]:
        facts = Facts(permissions=self.loket.me.permissions, practice=self.loket.me.practice)
        entries = []
        for command in commands.DESK_DIGITS.values():
            why = command.why_disabled(facts)
            mark, detail = commands.key_name(command.keys[0]), _(why or command.help)
            role = "off" if why is not None else "strong"
            entries.append(Entry(command.id, mark, _(command.title), detail, role, command))
        entries += [_promise(row, self.loket.now()) for row in self.promised]
        desk = commands.by_id("desk-calls")
        newest = sorted(self.campaigns, key=lambda row: row.period, reverse=True)
        shown = [self._file(file) for file in self.files[:FILES_SHOWN]]
        entries += [entry for entry in shown if entry.role == "strong"]
        entries += [_campaign(row, desk) for row in newest]
        entries += [entry for entry in shown if entry.role != "strong"]
        return entries

    def _file(self, file: OfferedFile) -> Entry:
        when = short_moment(file.modified, self.loket.now())
        known = _("brought in before") if file.imported_at is not None else _("new")
        size = _("{n} kB").format(n=number(max(1, file.size // 1024)))
        role = "normal" if file.imported_at is not None else "strong"
        return Entry(f"file:{file.name}", "≡", file.name, f"MASUK · {known} · {when} · {size}", role, None, file)

    async def do_choose(self) -> None:
        entry = self.list.current
        if entry is None:
            return
        if entry.command is not None:
            if entry.campaign is not None:
                self.loket.calls.show_campaign(entry.campaign.kind, entry.campaign.period)
            await self.press(entry.command)
        elif entry.follow_up is not None:
            from tui.screens.follow_ups import FollowUpScreen

            await self.loket.push_screen(FollowUpScreen(entry.follow_up))
        elif entry.file is not None and Permission.IMPORT_PARTICIPANTS not in self.loket.me.permissions:
            await self.loket.open_listing(entry.file.path)
        elif entry.file is not None:
            await self.loket.open_file(entry.file)

    async def step_back(self) -> None:
        self.say(_("To quit: F10 (or :), then “{quit}”.").format(quit=_("Quit Loket")), "muted")


def _promise(row: FollowUpRow, now: datetime) -> Entry:
    due, role = follow_ups.due_cell(row, now)
    detail = " · ".join(part for part in (due, follow_ups.whom(row)) if part)
    return Entry(f"follow-up:{row.follow_up_id}", "•", follow_ups.what(row), detail, role, follow_up=row)


def _campaign(row: CampaignStatus, command: Command) -> Entry:
    counts = (
        (row.due, _("{n} due")),
        (row.waiting, _("{n} waiting")),
        (row.held, _("{n} held")),
        (row.done, _("{n} done")),
        (row.without_number, _("{n} without number")),
    )
    detail = " · ".join(words.format(n=number(count)) for count, words in counts if count) or _("nothing open")
    title = month(row.period) if row.kind == Kind.JHT56 else calls.kind_period(row.kind, row.period)
    return Entry(f"campaign:{row.campaign_id}", "", title, detail, "normal", command, campaign=row)
