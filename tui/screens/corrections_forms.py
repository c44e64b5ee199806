"""Companies with open questions about their people, and the numbered forms that ask them (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, cast

from textual.widget import Widget

from store import Store
from store.errors import Invalid
from store.rules.callbacks import CallbackTimeError
from store.rules.printing import Document
from store.rules.problems import PROBLEMS
from store.value_class import value_class
from store.worklists import CompanyOpen, FormSheet
from tui import paper_out
from tui.commands import Facts
from tui.i18n import WIB, _, day_words, long_date, number
from tui.kept import open_kept
from tui.screens.corrections_desk import CorrectionsDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import company_paper, corrections, errors
from tui.words.letters import with_unprinted

USUAL_DAYS: Final = "10"
"""Office days that a company has for its answers, unless another day is typed."""


@value_class
class CompanySource:
    """Companies with open questions, a window at a time."""

    store: Store

    async def count(self) -> int:
        return (await self.window(0, 1))[0]

    async def window(self, offset: int, limit: int) -> tuple[int, Sequence[CompanyOpen]]:
        return await self.store.worklists.companies(offset, limit)

    async def rows(self, offset: int, limit: int) -> Sequence[CompanyOpen]:
        return (await self.window(offset, limit))[1]


class FormsScreen(CorrectionsDesk):
    """Companies, most people first; enter makes the form of the one under the cursor."""

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[CompanyOpen](
            (
                Column(_("Company"), lambda row: row.company, share=3),
                Column("NPP", lambda row: row.npp, width=9),
                Column(_("People"), lambda row: number(row.people), width=8, right=True),
                Column(_("Questions"), lambda row: number(row.problems), width=10, right=True),
                Column(_("Form"), self._form, share=2),
            ),
            key=lambda row: (row.npp, row.company),
            id="company-forms",
        )
        return (self.rows,)

    def _form(self, row: CompanyOpen) -> Piece:
        form = row.form
        if form is None:
            return "–", "muted"
        if form.back_at is not None:
            return _("no. {n} is back").format(n=form.number), "good"
        if form.due_on is None:
            return _("no. {n} is out").format(n=form.number), "normal"
        late = form.due_on < self.store.today()
        word = _("no. {n} LATE") if late else _("no. {n} is out")
        return word.format(n=form.number), "warn" if late else "normal"

    def context(self) -> str:
        return "company-forms"

    def place(self) -> tuple[str, str]:
        return _("Ask a company"), _("companies: {n}").format(n=number(self.rows.total))

    @property
    def row(self) -> CompanyOpen | None:
        return cast("CompanyOpen | None", self.rows.current)

    def facts(self) -> Facts:
        row = self.row
        return replace(super().facts(), form_out=row is not None and row.form is not None and row.form.back_at is None)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        if row is None:
            return self.told(_("No company has an open question: whoever has one has no company on record."))
        told = _("enter makes a numbered form into KELUAR; its answers come back through MASUK (i)")
        form = row.form
        if form is not None:
            due = "" if form.due_on is None else _("due {day}").format(day=long_date(form.due_on))
            made = _("no. {n} made by {who}").format(n=form.number, who=form.by)
            told = " · ".join(filter(None, (made, due, form.file)))
        return [[(f"{self.rows.position()} · {row.company}", "normal")], [(told, "muted")]]

    async def read_again(self) -> None:
        if self.rows.source is None:
            await self.rows.open(CompanySource(self.store))
        else:
            await self.rows.reload()
        self.frame()

    # Making one

    async def do_company_form(self) -> None:
        row = self.row
        if row is not None:
            await self._ask_day(row)

    async def _ask_day(self, row: CompanyOpen) -> None:
        usual = (await self.store.follow_ups.parse_due(USUAL_DAYS)).astimezone(WIB).date()
        today = self.store.today()
        start = _("enter: {day} · or office days from today (3), jumat, 12-8").format(day=day_words(usual, today))
        prompt = PromptLine(_("Answers until"), "", start, 40)

        async def read(typed: str) -> date:
            return (await self.store.follow_ups.parse_due(typed)).astimezone(WIB).date() if typed.strip() else usual

        async def typed(now: str) -> None:
            try:
                prompt.hint = day_words(await read(now), today) if now.strip() else start
            except CallbackTimeError as wrong:
                prompt.hint = errors.callback(wrong, self.loket.now())

        async def entered(now: str) -> None:
            try:
                day = await read(now)
            except CallbackTimeError as wrong:
                await self._ask_day(row)
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            await self._make(row, day)

        await open_kept(self, f"form day {row.company}", prompt, entered, typed=typed)

    async def _make(self, row: CompanyOpen, day: date) -> None:
        path = self.store.outbox / "formulir-{number}.xlsx"
        questions = {code: corrections.problem(code) for code in PROBLEMS}
        try:
            sheet, made, ref = await self.store.worklists.make_form(
                row.npp, row.company, path, day, self._titles, questions
            )
        except Invalid:
            self.say(_("{company} has nothing open any more.").format(company=row.company), "warn")
            await self.read_again()
            return
        text = _("Form {n}, {people}: KELUAR/{file}")
        people = corrections.people(len(sheet.lines))
        await self.did(text.format(n=sheet.number, people=people, file=made.name), ref)

    async def do_company_form_print(self) -> None:
        row = self.row
        if row is None or row.form is None:
            return
        import printing

        sheet = await self.store.worklists.form(row.npp, row.company, row.form.due_on)
        sheet = replace(sheet, number=row.form.number)
        paper = company_paper.form(sheet, self.loket.me, self.loket.now())
        said = with_unprinted(_("Form {n}").format(n=sheet.number), company_paper.words_of(sheet))
        await paper_out.send(self.loket, Document.COMPANY_FORM, lambda: printing.company_form(*paper), said)

    def _titles(self, sheet: FormSheet) -> Sequence[str]:
        due = long_date(sheet.due_on) if sheet.due_on is not None else ""
        return (
            _("Form {n}: data of your workers to complete").format(n=sheet.number),
            " · ".join(filter(None, (sheet.company, sheet.npp))),
            _(
                "{office}, {day}. Please send it back until {due}. Write only what is right; leave the rest empty."
            ).format(office=self.loket.me.office, day=long_date(sheet.day), due=due),
        )
