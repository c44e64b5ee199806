"""All changes by what became of them in Smile, and the numbered sheets for employers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from textual.widget import Widget

from store.correction_rows import CorrectionFilter, CorrectionRow
from store.errors import Invalid, NotFound, StoreError
from store.rules.corrections import Entry
from store.smile_rows import ExportRow, SmileCounts
from store.value_class import value_class
from tui.commands import Command, Facts
from tui.i18n import _, ngettext, number, short_moment
from tui.kept import Unkept
from tui.screens import files_out
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.imports_tables import Pane
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections, smile

if TYPE_CHECKING:
    from store import Store

FACES: Final = {"to-do": Entry.TO_DO, "done": Entry.DONE, "refused": Entry.REFUSED}
SHEETS: Final = "sheets"


@value_class
class Entries:
    """Changes in the store, as a source of a table."""

    store: Store
    wanted: CorrectionFilter

    async def count(self) -> int:
        return await self.store.corrections.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[CorrectionRow]:
        return await self.store.corrections.rows(self.wanted, offset, limit)


class SmileListScreen(CorrectionsDesk):
    """Lies above the entry; 1 to 4 go from face to face."""

    def __init__(self) -> None:
        super().__init__([])
        self.face = "to-do"
        self.counts = SmileCounts()
        self._shown_face = ""

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        now = self.loket.now
        self.rows = WindowTable[CorrectionRow](
            (
                Column(_("Name"), lambda row: row.name, share=3),
                Column(_("KPJ"), lambda row: row.kpj, width=12, hide_below=100),
                Column(_("Value"), lambda row: corrections.field(row.field), width=14),
                Column(_("New"), lambda row: corrections.value(row.field, row.new), share=3),
                Column(_("Smile"), self._became, share=3),
                Column("", lambda row: short_moment(row.smile_at or row.at, now()), width=11),
            ),
            key=lambda row: row.correction_id,
            id="entries",
        )
        self.sheets = WindowTable[ExportRow](
            (
                Column(_("No."), lambda row: str(row.number), width=4, right=True),
                Column(_("File"), lambda row: row.file, share=3),
                Column(_("Values"), lambda row: number(row.count), width=7, right=True),
                Column(
                    _("Left"),
                    lambda row: (number(row.waiting), "warn" if row.waiting else "muted"),
                    width=7,
                    right=True,
                ),
                Column(_("By"), lambda row: row.by, share=1),
                Column("", lambda row: short_moment(row.at, now()), width=11),
            ),
            key=lambda row: row.export_id,
            id="sheets-out",
        )
        self.panes = (Pane(self.rows), Pane(self.sheets))
        return self.panes

    def _became(self, row: CorrectionRow) -> Piece:
        words = corrections.entry(row.smile)
        if row.smile == Entry.REFUSED:
            return (row.smile_note, "bad")
        if row.export_id is not None and row.smile == Entry.TO_DO:
            return (_("in a sheet"), "warn")
        return (words, "good" if row.smile == Entry.DONE else "normal")

    def context(self) -> str:
        return "smile-sheets" if self.face == SHEETS else "smile-changes"

    def contexts(self) -> tuple[str, ...]:
        return super().contexts() if self.asking else (self.context(), "smile-list", "plain", "always")

    def place(self) -> tuple[str, str]:
        titles = {
            "to-do": _("to type in"),
            "done": _("in Smile"),
            "refused": _("refused by Smile"),
            SHEETS: _("sheets for employers"),
        }
        return _("Entry into Smile"), titles[self.face]

    def facts(self) -> Facts:
        me, sheet = self.loket.me, self.sheets.current
        row = self.rows.current if self.face != SHEETS else None
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self._table.total,
            typed_in=row is not None and row.smile in (Entry.DONE, Entry.REFUSED),
            sheet_waits=self.face == SHEETS and sheet is not None and sheet.waiting > 0,
        )

    @property
    def _table(self) -> WindowTable[CorrectionRow] | WindowTable[ExportRow]:
        return self.sheets if self.face == SHEETS else self.rows

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self._table)

    def idle_lines(self) -> list[list[Piece]]:
        faces = _("1 to do · 2 done · 3 refused · 4 sheets for employers")
        if not self._table.total:
            empty = {
                "to-do": _("Nothing has to be typed in. Corrections at F4 bring new entries."),
                "done": _("Nothing was typed in yet: esc, and the next person stands there."),
                "refused": _("Smile refused nothing."),
                SHEETS: _("No sheet was made yet; n makes one of what waits."),
            }
            return [[(empty[self.face], "normal")], [(faces, "muted")]]
        return [
            [(smile.how_far(self.counts), "normal")],
            [(faces, "muted"), (f"   {self._table.position()}", "muted")],
        ]

    def draw_desk(self) -> None:
        for pane, widget in zip(self.panes, (self.rows, self.sheets), strict=True):
            pane.set_class(widget is not self._table, "away")

    # Reading

    async def read_again(self) -> None:
        self.counts = await self.store.smile.counts()
        if self.face == SHEETS:
            await self.sheets.fill(await self.store.smile.exports())
        elif self._shown_face == self.face:
            await self.rows.reload()
        else:
            await self.rows.open(Entries(self.store, CorrectionFilter(smile=FACES[self.face])))
        self._shown_face = self.face
        self.frame()

    async def do(self, command: Command) -> None:
        """The family of faces."""
        face = command.id.removeprefix("entries-")
        if face not in (*FACES, SHEETS):
            await super().do(command)
            return
        self.face = face
        await self.read_again()

    async def do_entries_again(self) -> None:
        row = self.rows.current
        if row is not None:
            ref = await self.store.smile.again([row.correction_id])
            await self.did(_("{name} is on the list again").format(name=row.name), ref)

    # Sheets

    async def do_entries_export(self) -> None:
        found = await self.store.smile.companies()
        if not found:
            self.say(_("Nothing waits that a sheet can carry (telephone, e-mail, status)."), "warn")
            return
        choices = [Choice(row.npp, smile.company(row)) for row in found]
        if len(choices) > 1:
            choices.insert(0, Choice(None, _("all companies")))

            async def chosen(choice: Choice) -> None:
                await self._ask_sheet(choice)

            await self.loket.push_screen(ChooseScreen(self, _("Sheet for"), choices, chosen))
        else:
            await self._ask_sheet(choices[0])

    async def _ask_sheet(self, choice: Choice) -> None:
        npp = None if choice.value is None else str(choice.value)
        planned = await self.store.smile.planned(npp)

        async def write() -> None:
            self.loket.run_worker(files_out.told(self.loket, lambda: self._write(npp)))

        self.confirm(smile.sheet_question(planned, choice.title.rpartition(" · ")[0] or choice.title), write)

    async def _write(self, npp: str | None) -> str:
        with files_out.reserved(self.loket, f"update_data_tk-{npp}" if npp else "update_data_tk") as path:
            done = await self.store.smile.export(path, npp)
        self.loket.saved()
        await self.read_again()
        return smile.sheet_made(done, path.name)

    async def do_employer_taken(self) -> None:
        sheet = self.sheets.current
        if sheet is None:
            return

        async def take() -> None:
            count, ref = await self.store.smile.taken(sheet.number)
            await self.did(self._values(count, _("in Smile")), ref)

        text = ngettext(
            "Note {n} value of sheet {number} as in Smile?",
            "Note {n} values of sheet {number} as in Smile?",
            sheet.waiting,
        )
        self.confirm(text.format(n=number(sheet.waiting), number=sheet.number), take)

    async def do_employer_withdraw(self) -> None:
        sheet = self.sheets.current
        if sheet is None:
            return

        async def withdraw() -> None:
            count, ref = await self.store.smile.withdraw(sheet.number)
            await self.did(self._values(count, _("to be typed by hand")), ref)

        text = ngettext(
            "Withdraw sheet {number}? {n} value is typed by hand again; nobody may bring the file in.",
            "Withdraw sheet {number}? {n} values are typed by hand again; nobody may bring the file in.",
            sheet.waiting,
        )
        self.confirm(text.format(n=number(sheet.waiting), number=sheet.number), withdraw)

    def _values(self, count: int, what: str) -> str:
        values = ngettext("1 value", "{n} values", count).format(n=number(count))
        return f"{values}: {what}"

    async def do_employer_again(self) -> None:
        async def entered(text: str) -> None:
            if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 9):
                self.say(_("Type the number of the sheet, as it stands in the list."), "warn")
                return
            wanted = int(text)
            if wanted not in {row.number for row in await self.store.smile.exports()}:
                self.say(_("There is no sheet {number} here.").format(number=wanted), "warn")
                return
            self.loket.run_worker(files_out.told(self.loket, lambda: self._write_again(wanted)))

        hint = _("the number of the sheet · enter writes the same file once more · esc goes back")
        self.open_prompt(PromptLine(_("Sheet"), "", hint, 8), entered, keep=Unkept.VIEW)

    async def _write_again(self, wanted: int) -> str:
        with files_out.reserved(self.loket, f"update_data_tk-no-{wanted}") as path:
            done = await self.store.smile.export_again(path, wanted)
        return smile.sheet_made(done, path.name)

    async def lost(self, error: StoreError) -> None:
        self.asking = ""
        if not isinstance(error, (Invalid, NotFound)):
            await self.read_again()
