"""Lists of NIK to look up in Smile: which there are, and new ones from MASUK or pasted (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from textual import events
from textual.widget import Widget

from store.lookup_rows import LineRow, ListRow
from store.lookups import LookupPlan
from store.rows import OfferedFile
from store.rules.lookups import LookupKind
from store.workbooks.finance_files import PASTED
from tui.commands import Command, Facts
from tui.i18n import _, ngettext, number, short_moment
from tui.kept import open_kept
from tui.screens import files_out
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.screens.from_inbox import FromInbox
from tui.screens.imports_tables import Pane, files_table
from tui.widgets.card import CardView
from tui.widgets.ink import Piece, cut
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import lookups


class LookupsScreen(CorrectionsDesk):
    """The lists, the newest first. A list that is pasted here is read at once."""

    def __init__(self) -> None:
        super().__init__([])

    def body(self) -> Sequence[Widget]:
        now = self.loket.now
        self.rows = WindowTable[ListRow](
            (
                Column(_("List"), lambda row: row.name, share=3),
                Column(_("Looked up"), lambda row: _(lookups.KINDS[row.kind]), width=12),
                Column(_("Left"), self._left, width=14),
                Column(_("By"), lambda row: row.by, share=1, hide_below=100),
                Column("", lambda row: short_moment(row.at, now()), width=11),
            ),
            key=lambda row: row.list_id,
            id="lookups",
        )
        return (self.rows,)

    def _left(self, row: ListRow) -> Piece:
        left = row.lines - row.answered
        if not left:
            return _("all answered"), "good"
        return f"{number(left)}/{number(row.lines)}", "warn" if row.parked else "normal"

    def context(self) -> str:
        return "lookups"

    def place(self) -> tuple[str, str]:
        return _("Lists of NIK"), ""

    def idle_lines(self) -> list[list[Piece]]:
        row = self._chosen
        if row is None:
            return self.told(_("There is no list. Next step: n takes one from MASUK, or paste it here."))
        known = _("{n} known here").format(n=number(row.known))
        parked = _("Smile stood still here last time; the list goes on.") if row.parked else ""
        return [
            [(f"{lookups.how_far(row)} · {known}", "normal")],
            [(parked, "muted"), (f"   {self.rows.position()}", "muted")],
        ]

    @property
    def _chosen(self) -> ListRow | None:
        return cast("ListRow | None", self.rows.current)

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.lookups.lists())
        self.frame()

    # What can be done

    async def do_lookup_go(self) -> None:
        from tui.screens.lookup import LookupScreen

        row = self._chosen
        if row is not None:
            await self.loket.push_screen(LookupScreen(row))

    async def do_lookup_new(self) -> None:
        await self.loket.push_screen(LookupFilesScreen(self.done))

    async def do_lookup_lines(self) -> None:
        from tui.screens.lookup_lines import LinesScreen

        row = self._chosen
        if row is not None:
            await self.loket.push_screen(LinesScreen(row))

    async def do_lookup_differs(self) -> None:
        from tui.screens.lookup_lines import OffersScreen

        row = self._chosen
        if row is not None:
            await self.loket.push_screen(OffersScreen(row, self.done))

    async def do_lookup_file(self) -> None:
        row = self._chosen
        if row is not None:
            self.loket.run_worker(files_out.told(self.loket, lambda: self._write(row)))

    async def _write(self, row: ListRow) -> str:
        found: list[LineRow] = await self.store.lookups.result(row.list_id)
        with files_out.reserved(self.loket, f"cek-smile-{row.list_id}") as path:
            await self.store.lookups.write(row.list_id, path, lookups.sheet(row, found))
        said = ngettext("{n} line: KELUAR/{name}", "{n} lines: KELUAR/{name}", len(found))
        return said.format(n=number(len(found)), name=path.name)

    async def do_lookup_close(self) -> None:
        row = self._chosen
        if row is not None:
            ref = await self.store.lookups.close(row.list_id)
            await self.did(_("{name} is put away").format(name=cut(row.name, 30)), ref)

    async def on_paste(self, event: events.Paste) -> None:
        event.stop()
        try:
            if event.text.strip():
                await self.loket.push_screen(LookupFilesScreen(self.done, event.text))
        finally:
            self.loket.answered()


class LookupFilesScreen(FromInbox[LookupPlan], CorrectionsDesk):
    """What lies in MASUK, then what one of these files, or a pasted text, would bring."""

    rows: WindowTable[OfferedFile]

    def __init__(self, done: list[Deed], source: Path | str | None = None) -> None:
        super().__init__(done)
        self.source = source
        self.offered: list[OfferedFile] = []

    def body(self) -> Sequence[Widget]:
        self.rows = files_table(lambda: self.loket.now())
        self.empty, self.page = CardView(id="empty"), PageView(id="lookup-plan")
        self.panes = (Pane(self.rows), Pane(self.empty), Pane(self.page))
        return self.panes

    def context(self) -> str:
        return "lookup-files" if self.plan is None else "lookup-plan"

    def place(self) -> tuple[str, str]:
        return _("Lists of NIK"), _("new list") if self.plan is None else cut(self._title(self.plan), 40)

    def facts(self) -> Facts:
        return replace(super().facts(), unusable=self.plan is not None and not self.plan.lines)

    def idle_lines(self) -> list[list[Piece]]:
        if self.busy:
            return [[(self.busy, "warn")], [(_("esc gives it up; nothing is changed."), "muted")]]
        if self.plan is not None:
            hint = _("What is looked up in Smile? 1 contributions · 2 status")
            return [[(hint, "strong")], [(self.page.position(), "muted")]]
        hint = _("enter looks at a file; a list can be pasted here too. Nothing changes before 1 or 2.")
        return [[(hint, "muted")], [(self.rows.position(), "muted")]]

    def draw_desk(self) -> None:
        shown: Widget = self.page if self.plan is not None else self.rows if self.offered else self.empty
        for pane, widget in zip(self.panes, (self.rows, self.empty, self.page), strict=True):
            pane.set_class(widget is not shown, "away")
        inbox = str(self.store.inbox)
        self.empty.draw(lambda width, _height: lookups.empty_lines(inbox, width))

    # Reading

    async def read_again(self) -> None:
        await super().read_again()
        source, self.source = self.source, None
        if source is not None:
            self._begin(source)

    async def do_lookup_read(self) -> None:
        file = self.rows.current
        if file is not None:
            self._begin(file.path)

    async def on_paste(self, event: events.Paste) -> None:
        if self.prompt is not None:
            await super().on_paste(event)
            return
        event.stop()
        try:
            if event.text.strip() and not self.busy:
                self.plan = None
                self._begin(event.text)
        finally:
            self.loket.answered()

    def _begin(self, source: Path | str) -> None:
        name = source.name if isinstance(source, Path) else _("the pasted text")
        said = _("Reading {file} …").format(file=cut(name, 40))
        self.look(said, lambda: self.store.lookups.plan(source))

    def shows(self, plan: LookupPlan) -> None:
        self.page.fill(lambda width: lookups.plan_lines(plan, width), from_top=True)

    # Making the list

    def _title(self, plan: LookupPlan) -> str:
        return _("pasted list") if plan.name == PASTED else plan.name

    async def do(self, command: Command) -> None:
        """The family of questions: 'make-status' and so on."""
        plan, kind = self.plan, command.id.removeprefix("make-")
        if plan is None or kind not in set(LookupKind):
            await super().do(command)
            return

        async def entered(text: str) -> None:
            _id, ref = await self.store.lookups.make(plan, text.strip() or self._title(plan), LookupKind(kind))
            count = len(plan.lines)
            said = ngettext("1 line to look up", "{n} lines to look up", count).format(n=number(count))
            if ref is not None:
                self.done.append(Deed(ref, said))
            self.loket.saved()
            self.loket.message = (_("{what} · u undoes").format(what=said), "good")
            self.dismiss()

        hint = _("what colleagues know the list by · enter makes it · esc goes back")
        await open_kept(self, f"list name {plan.name}", PromptLine(_("Name"), self._title(plan), hint, 60), entered)
