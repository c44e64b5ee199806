"""One person's page (F8): what is known of them, the lists they stand on, and everything that happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.widget import Widget

from store.archive_rows import ArchivedRow
from store.persons import ListPlace, Person
from store.rows import UndoRef
from store.rules.counter import Origin
from store.rules.outcomes import State
from store.timeline import Happening, Kind
from tui import commands
from tui.assist_form import Subject
from tui.commands import Command, Facts
from tui.i18n import _
from tui.screens.assist import AssistScreen
from tui.screens.calls_contact import ContactDesk
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.company import CompanyScreen
from tui.screens.promising import PromisingDesk
from tui.widgets.ink import Line, Painted, Piece
from tui.widgets.person import person_lines
from tui.words import calls
from tui.words.trail import KINDS

SCREENFUL: Final = 200
"""Lines of the history that are read at once; reading on at the end brings as many more."""


class PersonScreen(PromisingDesk, ContactDesk):
    """A page to scroll; it is read again when somebody changes anything."""

    def __init__(self, participant_id: int) -> None:
        super().__init__()
        self.participant_id = participant_id
        self.person: Person | None = None
        self.history: list[Happening] = []
        self.archived: list[ArchivedRow] = []
        self.kind = ""
        self.limit = SCREENFUL
        self.top = 0

    def body(self) -> Sequence[Widget]:
        self.page = Painted(id="person")
        return (self.page,)

    def context(self) -> str:
        return "person"

    def place(self) -> tuple[str, str]:
        return _("People"), self.person.name if self.person is not None else ""

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=len(self._open_lists()))

    def _open_lists(self) -> list[ListPlace]:
        lists = self.person.lists if self.person is not None else ()
        return [place for place in lists if place.state != State.DONE]

    def idle_lines(self) -> list[list[Piece]]:
        last = len(self._text())
        shown = min(last, self.top + self.page.size.height)
        position = f"   {shown}/{last}" if last > self.page.size.height else ""
        return [self._kinds(), [(_("↑↓ PgUp PgDn read on · esc goes back"), "muted"), (position, "muted")]]

    def _kinds(self) -> list[Piece]:
        """What the history can be narrowed to, by digit."""
        pieces: list[Piece] = []
        for command in commands.digits(("person",)):
            chosen = command.id == f"history-{self.kind or 'all'}"
            pieces += [(command.keys[0], "key"), (f" {_(command.label)} ", "strong" if chosen else "normal")]
        return pieces

    # Reading

    async def arrived(self) -> None:
        await self._read()

    async def others_changed(self) -> None:
        await self._read()

    async def _read(self) -> None:
        self.person = await self.store.persons.open(self.participant_id)
        self.archived = await self.store.archive.of_card(self.person.kpj)
        kinds = [Kind(self.kind)] if self.kind else []
        self.history = await self.store.persons.timeline(self.participant_id, kinds, 0, self.limit)
        self.paint()

    def on_resize(self) -> None:
        self.call_after_refresh(self.paint)

    def _text(self) -> list[Line]:
        if self.person is None:
            return []
        now, width = self.loket.now(), self._width()
        return person_lines(self.person, self.history, now, self.kind, width, self.archived)

    def _width(self) -> int:
        return max(40, self.page.size.width or 80)

    def paint(self) -> None:
        lines = self._text()
        height = max(1, self.page.size.height)
        self.top = min(max(0, self.top), max(0, len(lines) - height))
        self.page.show(lines[self.top : self.top + height])
        self.frame()

    async def _other_key(self, event: events.Key) -> None:
        page = max(1, self.page.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if self.asking or event.key not in (*steps, "home", "end"):
            await super()._other_key(event)
            return
        if event.key in ("home", "end"):
            self.top = 0 if event.key == "home" else len(self._text())
        else:
            self.top += steps[event.key]
        if self.top + self.page.size.height >= len(self._text()) and len(self.history) == self.limit:
            self.limit += SCREENFUL
            await self._read()
        self.paint()

    async def step_back(self) -> None:
        self.dismiss()

    # What can be done

    async def do(self, command: Command) -> None:
        if command.id.startswith("history-"):
            kind = command.id.removeprefix("history-")
            await self._narrow("" if kind == "all" else kind)
        else:
            await super().do(command)

    async def do_person_trail(self) -> None:
        kinds = ["", *KINDS]
        await self._narrow(kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    async def _narrow(self, kind: str) -> None:
        """Show one kind of the history, '' for all of it."""
        self.kind, self.limit = kind, SCREENFUL
        await self._read()

    async def do_person_promise(self) -> None:
        await self.begin_promise()

    def promise_about(self) -> tuple[int | None, str, Origin]:
        return self.participant_id, self.person.name if self.person is not None else "", Origin.OWN

    async def promise_made(self, said: str, undo: UndoRef | None) -> None:
        await self.contact_saved(said, undo)

    async def do_person_help(self) -> None:
        name = self.person.name if self.person is not None else ""
        await self.loket.push_screen(AssistScreen(Subject(self.participant_id, name)))

    async def do_person_service(self) -> None:
        from tui.screens.counter import CounterScreen  # it leads here as well

        screen = CounterScreen(self.store.now())
        screen.form.participant_id = self.participant_id
        screen.form.name = self.person.name if self.person is not None else ""
        await self.loket.push_screen(screen)

    async def do_person_company(self) -> None:
        if self.person is not None:
            await self.loket.push_screen(CompanyScreen(self.participant_id, self.person.company, None))

    async def do_person_call(self) -> None:
        places = self._open_lists()
        if len(places) == 1:
            await self._take(places[0].item_id)
            return
        choices = [Choice(place.item_id, calls.kind_period(place.kind, place.period)) for place in places]

        async def chosen(choice: Choice) -> None:
            if isinstance(choice.value, int):
                await self._take(choice.value)

        await self.loket.push_screen(ChooseScreen(self, _("For which list"), choices, chosen))

    async def _take(self, item_id: int) -> None:
        await self.loket.calls.take(await self.store.queue.claim_item(item_id))

    async def do_person_contact(self) -> None:
        await self.do_contact()

    def contact_of(self) -> tuple[int, str] | None:
        return None if self.person is None else (self.participant_id, self.person.name)

    async def contact_saved(self, said: str, undo: UndoRef | None) -> None:
        if undo is not None:
            self.loket.calls.done_here.append(undo)
        await self._read()
        self.say(_("{what} · u undoes").format(what=said), "good")

    async def do_undo(self) -> None:
        if await self.loket.calls.take_back_here():
            await self._read()
            self.say(_("Taken back."), "good")
        else:
            self.say(_("Nothing here to take back. Outcomes are undone at the telephone desk (F2)."), "warn")
