"""Destruction: lists that are proposed, approved by somebody else, and noted as done with their record on A4."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.archive_rows import DestructionRow, PlaceRow
from store.errors import Invalid
from store.rules.archive import DestructionState
from store.rules.dates import format_short
from store.rules.printing import Document
from tui import paper_out
from tui.commands import Command, Facts
from tui.i18n import WIB, _, ngettext, number
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.archive_years import YearsScreen
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive, archive_paper

LIVING = (DestructionState.PROPOSED, DestructionState.APPROVED)


class DestroyScreen(ArchiveDesk):
    """The lists, the newest first."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.due = 0
        self.unsaid = False  # no period is known for anything

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[DestructionRow](
            (
                Column(_("List"), lambda row: (archive.list_number(row.destruction_id), "strong"), width=8),
                Column(_("State"), _state, width=18),
                Column(_("Places"), lambda row: number(row.places), width=7, right=True),
                Column(_("Files"), lambda row: number(row.files), width=7, right=True),
                Column(_("Proposed"), lambda row: format_short(row.made_at.astimezone(WIB).date()), width=11),
                Column(_("By"), lambda row: row.made_by, share=1),
                Column(_("Approved by"), lambda row: row.approved_by, share=1, hide_below=90),
            ),
            key=lambda row: row.destruction_id,
            id="destruction",
        )
        return (self.rows,)

    def context(self) -> str:
        return "archive-destroy"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("destruction")

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        state = None if row is None else row.state
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            open=state in LIVING,
            proposed=state == DestructionState.PROPOSED,
            approved=state == DestructionState.APPROVED,
        )

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        due = ngettext(
            "1 place need not be kept any longer (n)", "{n} places need not be kept any longer (n)", self.due
        )
        told = due.format(n=number(self.due))
        if self.unsaid:
            told = _("Nobody has said how long papers are kept: e says it, then places fall due.")
        if row is None:
            return self.told(_("No list yet.") + " " + told)
        first, second = archive.destruction_lines(row, self.loket.now())
        return [[(f"{first} · {second}", "normal")], [(told, "muted"), (f"   {self.rows.position()}", "muted")]]

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.retention.lists())
        self.due = len(await self.store.retention.due())
        self.unsaid = not any((await self.store.retention.years()).values()) and not self.due
        self.frame()

    # The steps of a list

    async def do_destroy_new(self) -> None:
        await self.loket.push_screen(DueScreen(self.done))

    async def do_destroy_approve(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def approve() -> None:
            ref = await self.store.retention.approve(row.destruction_id, row.version)
            said = _("{number} is approved: it may be destroyed now")
            await self.did(said.format(number=archive.list_number(row.destruction_id)), ref)

        text = _("Approve {number}: {places} places with {files} files may be destroyed?")
        self.confirm(_sized(text, row), approve)

    async def do_destroy_drop(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def explained(why: str) -> None:
            ref = await self.store.retention.drop(row.destruction_id, row.version, why)
            said = _("{number} is dropped; its places stay")
            await self.did(said.format(number=archive.list_number(row.destruction_id)), ref)

        label = _("Why is {number} dropped").format(number=archive.list_number(row.destruction_id))
        hint = _("a few words · enter drops it · esc goes back")
        await self.line(f"drop {row.destruction_id}", PromptLine(label, "", hint, 200), explained)

    async def do_destroy_done(self) -> None:
        if self.rows.current is not None:
            self.question("archive-way", _("How was it destroyed?"))

    async def do(self, command: Command) -> None:
        row = self.rows.current
        if command.id.startswith("arch-way-") and row is not None:
            self.asking = ""
            await self._ask_witnesses(row, command.id.removeprefix("arch-way-"))
        else:
            await super().do(command)

    async def _ask_witnesses(self, row: DestructionRow, way: str) -> None:
        async def named(text: str) -> None:
            names = [name.strip() for name in text.split(",") if name.strip()]
            if not names:
                raise Invalid("witnesses", "", "empty")
            await self._ask_sure(row, way, names)

        hint = _("names, a comma between them · enter, then a question · esc goes back")
        await self.line(f"witnesses {row.destruction_id}", PromptLine(_("Who saw it"), "", hint, 200), named)

    async def _ask_sure(self, row: DestructionRow, way: str, names: list[str]) -> None:
        async def carried_out() -> None:
            await self.store.retention.carry_out(row.destruction_id, row.version, way, names)
            said = _("{number} is noted as destroyed; p prints its record")
            await self.did(said.format(number=archive.list_number(row.destruction_id)), None)

        text = _("Note {number} as destroyed, {places} places with {files} files? This cannot be taken back.")
        self.confirm(_sized(text, row), carried_out)

    async def do_destroy_record(self) -> None:
        import printing

        row = self.rows.current
        if row is not None:
            places = await self.store.retention.places(row.destruction_id)
            sheet = archive_paper.destruction(row, places, self.loket.me, self.loket.now())
            await paper_out.send(self.loket, Document.DESTRUCTION, lambda: printing.destruction(*sheet))

    async def do_destroy_years(self) -> None:
        await self.loket.push_screen(YearsScreen())


def _sized(text: str, row: DestructionRow) -> str:
    name = archive.list_number(row.destruction_id)
    return text.format(number=name, places=number(row.places), files=number(row.files))


def _state(row: DestructionRow) -> Piece:
    role = {DestructionState.PROPOSED: "warn", DestructionState.APPROVED: "good"}.get(row.state, "muted")
    return _(archive.STATES[row.state]), role


class DueScreen(ArchiveDesk):
    """Closed places whose time is over; what is marked goes onto a list."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.marks: set[int] = set()

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[PlaceRow](
            (
                Column("", lambda row: ("*", "key") if row.place_id in self.marks else "", width=1),
                Column(_("Place"), lambda row: (archive.name_of(row), "strong"), share=3),
                Column(_("Shelf"), lambda row: row.shelf, share=2),
                Column(_("Files"), lambda row: number(row.files), width=7, right=True),
                Column(_("Last paper"), lambda row: format_short(row.last_day) if row.last_day else "", width=11),
                Column(_("Kept until"), lambda row: format_short(row.keep_until) if row.keep_until else "", width=13),
            ),
            key=lambda row: row.place_id,
            id="due-places",
        )
        return (self.rows,)

    def context(self) -> str:
        return "archive-due"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("need not be kept any longer: {n}").format(n=number(self.rows.total))

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total, marked=len(self.marks))

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        if row is None:
            step = _("Every place has to be kept still. Only closed places whose last day is over stand here.")
            return self.told(step)
        marked = ngettext("1 marked", "{n} marked", len(self.marks)).format(n=number(len(self.marks)))
        return self.two_lines([" · ".join(filter(None, archive.place_lines(row, self.today))), marked])

    async def read_again(self) -> None:
        rows = await self.store.retention.due()
        self.marks &= {row.place_id for row in rows}
        await self.rows.fill(rows)
        self.frame()

    async def do_due_mark(self) -> None:
        row = self.rows.current
        if row is not None:
            self.marks ^= {row.place_id}
            await self.rows.move("down")
            self.rows.paint()

    async def do_due_all(self) -> None:
        every = {row.place_id for row in await self.store.retention.due()}
        self.marks = set() if self.marks >= every else every
        self.rows.paint()

    async def do_due_propose(self) -> None:
        async def noted(note: str) -> None:
            number_, ref = await self.store.retention.propose(sorted(self.marks), note)
            self.marks = set()
            said = _("{number} waits for a yes by somebody else").format(number=archive.list_number(number_))
            await self.did(said, ref)
            message = self.loket.message
            self.dismiss()
            self.loket.message = message

        hint = _("a note for whoever approves, or nothing · enter proposes · esc goes back")
        await self.line("propose", PromptLine(_("Note"), "", hint, 200), noted)
