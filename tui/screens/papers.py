"""Call lists on paper: printing one more, choosing one, and typing its ticks back, one key a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from textual.widget import Widget

from store.call_lists import PaperLine, PaperList
from store.drafts import of_item
from store.errors import StoreError
from store.rules.callbacks import CallbackTimeError
from store.rules.decisions import DecisionError
from store.rules.outcomes import Outcome
from tui.commands import CARD_KEYS, Command, Facts, by_id, digits
from tui.i18n import _
from tui.kept import Unkept
from tui.screens import files_out, papers_out
from tui.screens.imports_tables import Pane
from tui.screens.outcome_keys import OutcomeDesk
from tui.screens.papers_tables import lines_table, papers_table, who_lines
from tui.widgets.card import CardView
from tui.widgets.choices import legend
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import calls, errors, paper


class PapersScreen(OutcomeDesk):
    """The printed lists, newest first; one of them open while its ticks are typed."""

    def __init__(self) -> None:
        super().__init__()
        self.open_list: PaperList | None = None
        self.rung: str | None = None  # the number that was called, when it was not the first one

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.papers = papers_table(lambda: self.loket.now())
        self.empty = CardView(id="empty")
        self.who = CardView(id="who")
        self.lines = lines_table()
        self.choosing = Pane(self.empty, self.papers)
        self.typing = Pane(self.who, self.lines)
        return (self.choosing, self.typing)

    def on_mount(self) -> None:
        self.who.styles.height = 4

    def context(self) -> str:
        return "papers" if self.open_list is None else "ticks"

    def contexts(self) -> tuple[str, ...]:
        held = super().contexts()
        if held[0] == "ticks" and self.open_list is not None:
            return (CARD_KEYS.get(self.open_list.kind, "card-told").replace("card", "ticks"), *held)
        return held

    def place(self) -> tuple[str, str]:
        made = self.open_list
        if made is None:
            return _("Call lists on paper"), ""
        progress = _("{done} of {lines}").format(done=made.done, lines=len(made.lines))
        return _("Type back {number}").format(number=paper.list_number(made.number)), progress

    def facts(self) -> Facts:
        me, row = self.loket.me, self.lines.current if self.open_list is not None else None
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.papers.total,
            numbers=len(row.phones) if row is not None else 0,
            ticked=row is not None and row.done_at is not None,
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.papers if self.open_list is None else self.lines)

    def idle_lines(self) -> list[list[Piece]]:
        if self.open_list is not None:
            keys = digits(self.contexts())
            return legend((keys[:5], keys[5:]), self.size.width - 1)
        if not self.papers.total:
            return []
        hint = _("Enter opens the list where the ticks go on; d prints one more.")
        return [[(hint, "muted"), (f"   {self.papers.position()}", "muted")]]

    def draw_desk(self) -> None:
        choosing = self.open_list is None
        self.choosing.set_class(not choosing, "away")
        self.typing.set_class(choosing, "away")
        self.papers.set_class(not self.papers.total, "away")
        self.empty.set_class(bool(self.papers.total), "away")
        self.empty.draw(_no_lists)
        row, rung = self.lines.current, self.rung
        self.who.draw(lambda width, _height: who_lines(row, rung, width) if row is not None else [])

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        if self.open_list is not None:
            await self._show(await self.store.call_lists.open(self.open_list.number))
            return
        await self.papers.fill(await self.store.call_lists.newest())

    async def _show(self, made: PaperList) -> None:
        """Show the lines of a list; the cursor stays on its line."""
        self.open_list = made
        await self.lines.fill(made.lines)

    async def _open(self, number_: int) -> None:
        made = await self.store.call_lists.open(number_)
        self.lines.source = None
        self.frame()  # the table has its room before it is asked for lines
        await self._show(made)
        first = next((at for at, each in enumerate(made.lines) if each.done_at is None), 0)
        await self._go_to(first)
        if made.done == len(made.lines):
            self.say(_("All lines of this list are typed back."), "good")

    async def _go_to(self, at: int) -> None:
        await self.lines.go(at)
        self.rung = None

    async def moved(self) -> None:
        self.rung = None

    # The lists

    async def do_paper_open(self) -> None:
        head = self.papers.current
        if head is not None:
            await self._open(head.number)

    async def do_paper_number(self) -> None:
        async def entered(text: str) -> None:
            digits = text.upper().removeprefix("DT").lstrip("- ")
            if not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
                self.say(_("“{text}” is no number of a list. For DT-12 type 12.").format(text=text), "warn")
                return
            await self._open(int(digits))

        hint = _("the number on the paper: for DT-12 type 12 · enter opens · esc drops")
        self.open_prompt(PromptLine(_("List"), "", hint, 12), entered, keep=Unkept.VIEW)

    async def do_paper_again(self) -> None:
        head, shell = self.papers.current, self.loket
        if head is not None:
            made = await self.store.call_lists.open(head.number)
            shell.run_worker(files_out.told(shell, lambda: files_out.write_call_list(shell, made)))

    async def do_paper_more(self) -> None:
        await papers_out.ask_call_list(self.loket, self)

    # The ticks

    def called(self) -> str:
        return "" if self.lines.current is None else of_item(self.lines.current.item_id)

    async def do_tick_line(self) -> None:
        made = self.open_list
        if made is None:
            return

        async def entered(text: str) -> None:
            if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:6]) <= len(made.lines):
                said = _("This list has lines 1 to {n}, not “{text}”.")
                self.say(said.format(n=len(made.lines), text=text), "warn")
                return
            await self._go_to(int(text) - 1)

        hint = _("1 to {n} · enter goes there · esc drops").format(n=len(made.lines))
        self.open_prompt(PromptLine(_("Line"), "", hint, 4), entered, keep=Unkept.VIEW)

    async def do_tick_number(self) -> None:
        row = self.lines.current
        if row is not None and row.phones:
            numbers = [phone.e164 for phone in row.phones]
            at = numbers.index(self.rung) if self.rung in numbers else 0
            self.rung = numbers[(at + 1) % len(numbers)]

    async def do(self, command: Command) -> None:
        """The outcome keys are those of the card: 'tick-no_answer' is what 'no_answer' is there."""
        if command.id.startswith("tick-"):
            await self.press(by_id(command.id.removeprefix("tick-")))
        else:
            await super().do(command)

    async def outcome(self, outcome: Outcome, *, detail: str = "", at: datetime | None = None) -> None:
        """Save the tick of this line and propose the next one without."""
        made, row = self.open_list, self.lines.current
        self.asking = ""
        if made is None or row is None:
            return
        try:
            done = await self.store.call_lists.tick(
                made.number, row.line, outcome, detail=detail, callback_at=at, rung=self.rung
            )
        except DecisionError as refusal:
            self.say(errors.decision(refusal), "warn")
            return
        except CallbackTimeError as refusal:
            self.say(errors.callback(refusal, self.loket.now()), "warn")
            return
        self.loket.saved()
        await self._read()
        await self._next(row)
        text, role = paper.ticked(row.line, done, self.loket.now())
        self.say(text, role)

    async def _next(self, row: PaperLine) -> None:
        made = self.open_list
        assert made is not None
        after = next((at for at, each in enumerate(made.lines) if each.line > row.line and each.done_at is None), None)
        self.rung = None
        if after is not None:
            await self._go_to(after)

    async def lost(self, error: StoreError) -> None:
        """A colleague may have typed the same line: show how the list stands."""
        if self.open_list is not None:
            await self._show(await self.store.call_lists.open(self.open_list.number))

    async def do_undo(self) -> None:
        undone = await self.store.call_lists.undo()
        self.loket.saved()
        if self.open_list is not None and self.open_list.number == undone.number:
            await self._read()
            await self._go_to(undone.line - 1)
        else:
            await self._open(undone.number)
            await self._go_to(undone.line - 1)
        word = calls.word(calls.OUTCOMES, undone.outcome)
        text = _("Undone: {outcome} of line {line}, {name}.")
        self.say(text.format(outcome=word, line=undone.line, name=undone.name), "good")

    async def step_back(self) -> None:
        if self.open_list is None:
            self.dismiss()
            return
        self.open_list = None
        self.frame()
        await self._read()


def _no_lists(width: int, _height: int) -> list[Line]:
    told = _("No list was printed yet. d prints the people who are to be called next, on A4, into KELUAR.")
    return [EMPTY, *(line((f"  {row}", "normal")) for row in wrap(told, width - 4, 3))]
