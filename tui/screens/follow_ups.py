"""Follow-ups (F9): what was promised, what is due first at the top; one of them with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.widget import Widget

from store.errors import NotAllowed, NotFound
from store.follow_up_rows import FollowUpCounts, FollowUpFilter, FollowUpRow, Whose
from store.rules.phones import format_display
from store.stack_rows import StackRow
from store.value_class import value_class
from tui import commands
from tui.commands import Command, Facts
from tui.i18n import _, number
from tui.kept import Unkept
from tui.screens.follow_up_acts import FollowUpActs
from tui.screens.revealing import RevealDesk
from tui.widgets.card import attempt_text
from tui.widgets.ink import Line, Piece
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import counter, follow_ups, late_stacks

if TYPE_CHECKING:
    from store import Store

SCOPES = tuple(Whose(command.id[12:]) for command in commands.digits(("follow-ups",)))
"""Which follow-ups are looked at, in the order of their digits."""

Row = FollowUpRow | StackRow


@value_class
class Promises:
    """Follow-ups in the store, as a source of a table; above them the stacks that are late at the signatories."""

    store: Store
    wanted: FollowUpFilter
    late: tuple[StackRow, ...] = ()

    async def count(self) -> int:
        return len(self.late) + await self.store.follow_ups.count(self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[Row]:
        above = self.late[offset : offset + limit]
        if len(above) == limit:
            return above
        first = max(0, offset - len(self.late))
        return [*above, *await self.store.follow_ups.rows(self.wanted, first, limit - len(above))]


def _cells(row: Row, now: datetime) -> tuple[str | Piece, ...]:
    """Until when, what, for whom, by whom, where from."""
    if isinstance(row, StackRow):
        return late_stacks.cells(row)
    origin = _(follow_ups.ORIGINS[row.origin])
    return follow_ups.due_cell(row, now), follow_ups.what(row), follow_ups.whom(row), follow_ups.state_cell(row), origin


def _key(row: Row) -> tuple[str, int]:
    return ("stack", row.number) if isinstance(row, StackRow) else ("follow-up", row.follow_up_id)


class FollowUpsScreen(FollowUpActs, RevealDesk):
    """A window of the list; it lies above whatever was in front, which comes back untouched."""

    desk: ClassVar[str] = "desk-followups"

    def __init__(self) -> None:
        super().__init__()
        self.whose = Whose.MINE
        self.text = ""
        self.counts: FollowUpCounts | None = None

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[Row](
            (
                Column(_("Until"), lambda row: _cells(row, self.loket.now())[0], width=15),
                Column(_("What"), lambda row: _cells(row, self.loket.now())[1], share=3),
                Column(_("For whom"), lambda row: _cells(row, self.loket.now())[2], share=2),
                Column(_("By whom"), lambda row: _cells(row, self.loket.now())[3], width=16),
                Column(_("Comes from"), lambda row: _cells(row, self.loket.now())[4], width=14, hide_below=110),
            ),
            key=_key,
            id="follow-ups",
        )
        return (self.list,)

    def reveal_of(self) -> tuple[int, str] | None:
        row = self.chosen()
        return None if row is None or row.participant_id is None else (row.participant_id, row.name)

    def context(self) -> str:
        return "follow-ups"

    def contexts(self) -> tuple[str, ...]:
        if self.asking:
            return (self.asking, "always")
        return (self.context(), "follow-up", "plain", "always")

    def place(self) -> tuple[str, str]:
        scope = _(commands.by_id(f"follow-show-{self.whose}").label)
        searched = f" · “{self.text}”" if self.text else ""
        return _("Follow-ups"), f"{scope}: {number(self.list.total)}{searched}"

    def chosen(self) -> FollowUpRow | None:
        row = self.list.current
        return row if isinstance(row, FollowUpRow) else None

    def facts(self) -> Facts:
        return replace(super().facts(), stack=isinstance(self.list.current, StackRow))

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        row = self.list.current
        if isinstance(row, StackRow):
            first: Piece = (late_stacks.lines(row), "normal")
        elif row is not None:
            first = (" · ".join(follow_ups.list_lines(row, self.loket.now())), "normal")
        elif self.text:
            first = (_("Nothing fits. esc shows all again, / searches for something else."), "muted")
        else:
            nowhere = self.whose is Whose.SECTION and not self.loket.me.section
            first = (_(follow_ups.NO_SECTION if nowhere else follow_ups.EMPTY[self.whose]), "muted")
        return [[first], self._scopes()]

    def _scopes(self) -> list[Piece]:
        """The lists by digit, the late ones counted."""
        pieces: list[Piece] = []
        for command in commands.digits(("follow-ups",)):
            chosen = command.id == f"follow-show-{self.whose}"
            pieces += [(command.keys[0], "key"), (f" {_(command.label)}", "strong" if chosen else "normal")]
            late = self.counts.overdue if self.counts is not None and command.keys[0] == "3" else 0
            pieces.append((f" {number(late)}  " if late else "  ", "bad"))
        return [*pieces, (self.list.position(), "muted")]

    # Reading

    async def arrived(self) -> None:
        if self.list.source is None:
            await self._open()
        else:
            await self.read_again()

    async def others_changed(self) -> None:
        await self.read_again()

    async def read_again(self) -> None:
        self.list.source = await self._source()
        await self.list.reload()
        self.frame()

    async def moved(self) -> None:
        self.frame()

    async def _open(self) -> None:
        await self.list.open(await self._source())

    async def _source(self) -> Promises:
        """What is looked at now; signatures that are late stand above every list of what is still to be done."""
        self.counts = await self.store.follow_ups.counts()
        told = not self.text and self.whose not in (Whose.MADE, Whose.DONE)
        late = await self.store.stacks.late() if told and self.loket.me.permissions & late_stacks.SIGNING else []
        return Promises(self.store, FollowUpFilter(self.whose, self.text), tuple(late))

    async def step_back(self) -> None:
        if self.text:
            self.text = ""
            await self._open()
        else:
            self.dismiss()

    # Which ones

    async def do(self, command: Command) -> None:
        if command.id.startswith("follow-show-"):
            self.whose = Whose(command.id.removeprefix("follow-show-"))
            await self._open()
        else:
            await super().do(command)

    async def do_follow_next_show(self) -> None:
        self.whose = SCOPES[(SCOPES.index(self.whose) + 1) % len(SCOPES)]
        await self._open()

    async def do_follow_search(self) -> None:
        async def typed(text: str) -> None:
            self.text = text.strip()
            await self._open()

        hint = _("a part of what was promised, a name, a company or a number · ↑↓ · enter or esc keeps it")
        self.open_prompt(
            PromptLine(_("Search"), self.text, hint, 60), typed, typed=typed, escape=typed, keep=Unkept.SEARCH
        )

    # One of them

    async def do_follow_open(self) -> None:
        if isinstance(self.list.current, StackRow):
            await self.loket.show_signing()
            return
        row = self.chosen()
        if row is not None:
            await self.loket.push_screen(FollowUpScreen(row))

    async def do_follow_numbers(self) -> None:
        row = self.chosen()
        if row is not None:
            await self.loket.push_screen(FollowUpScreen(row, ring=True))


class FollowUpScreen(FollowUpActs):
    """One follow-up, whole. `ring` shows the numbers at once."""

    def __init__(self, row: FollowUpRow, *, ring: bool = False) -> None:
        super().__init__()
        self.row = row
        self.ring = ring
        self.numbers: tuple[str, ...] = ()
        self.source = ""

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="follow-up")
        return (self.page,)

    def context(self) -> str:
        return "follow-up"

    def place(self) -> tuple[str, str]:
        return _("Follow-ups"), follow_ups.whom(self.row)

    def chosen(self) -> FollowUpRow | None:
        return self.row

    def idle_lines(self) -> list[list[Piece]]:
        row = self.row
        how = _("d done · w another day · f somebody else · e other words · b drop")
        if not self.facts().open:
            how = _("It is over. u takes back what you did last.")
        way = [_("h their history")] * (row.participant_id is not None) + [_("j the help")] * (
            row.assist_id is not None
        )
        return [
            [(how, "muted")],
            [(" · ".join([*way, _("esc goes back")]), "muted"), (f"   {self.page.position()}", "muted")],
        ]

    # Reading

    async def arrived(self) -> None:
        if self.ring:
            self.ring = False
            await self._reveal()
        await self.read_again()

    async def others_changed(self) -> None:
        await self.read_again()

    async def read_again(self) -> None:
        row = await self.store.follow_ups.read(self.row.follow_up_id)
        if row is None:
            self.loket.message = (_("That follow-up was taken back."), "muted")
            self.dismiss()
            return
        self.row = row
        self.source = await self._source()
        self.page.fill(self._lines)
        self.frame()

    async def _source(self) -> str:
        """What is known of the call, visit or attempt it came from; '' where that says no more than its desk."""
        row, now = self.row, self.loket.now()
        try:
            if row.contact_id is not None:
                return " · ".join(counter.log_lines(await self.store.counter.read(row.contact_id), now))
            if row.attempt_id is not None and row.participant_id is not None:
                attempts = (await self.store.persons.open(row.participant_id)).attempts
                found = next((one for one in attempts if one.attempt_id == row.attempt_id), None)
                return "" if found is None else attempt_text(found, now)
        except (NotAllowed, NotFound):
            return ""
        return ""

    def _lines(self, width: int) -> list[Line]:
        return follow_ups.page_lines(self.row, self.source, self.numbers, self.loket.now(), width)

    async def _reveal(self) -> None:
        found = await self.store.follow_ups.numbers(self.row.follow_up_id)
        self.numbers = tuple(format_display(one) if one.startswith("+") else one for one in found)
        if not found:
            self.say(_("No number is on record. h opens the person's page, e types one there."), "warn")

    async def do_follow_numbers(self) -> None:
        await self._reveal()
        self.page.fill(self._lines)

    async def _other_key(self, event: events.Key) -> None:
        if not self.asking and await self.page.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    async def step_back(self) -> None:
        self.dismiss()
