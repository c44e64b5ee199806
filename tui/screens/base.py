"""What every screen shares: the frame, one way for keys, the question strip, the prompt line, messages.

No widget of a screen takes the focus. Every key comes to `on_key` here, in order, and the next one waits until the one
before has been answered by the store: what is typed ahead meets the screen that was meant.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget

from store.errors import DatabaseTrouble, StoreError
from tui import commands, framing, guiding, pins, practice
from tui.arrival import Arrival
from tui.commands import Command, Facts
from tui.framing import Lines
from tui.i18n import _
from tui.kept import KeptLine, Unkept
from tui.messages import CommandRefused, OutcomeSaved, OutcomeUndone
from tui.widgets.bars import Ask, FooterKeys, GuideLine, HeaderLine, StatusLine
from tui.widgets.choices import lay_out
from tui.widgets.ink import INKS, Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable

if TYPE_CHECKING:
    from store import Store
    from tui.shell import LoketApp

MOVES = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
"""Keys that do nothing but move: what the status line says stays."""

EVERYWHERE = ("plain", "always")
"""Contexts of commands that need nothing of the screen in front."""

Act = Callable[[], Awaitable[object]]
Answer = Callable[[str], Awaitable[None]]


class DeskScreen(Screen[None], inherit_bindings=False):
    """The base of all screens. A desk overrides `body()`, `context()`, `place()`, and has `do_<id>` methods."""

    AUTO_FOCUS = None
    desk: ClassVar[str] = ""
    """The id of the command that leads here, as 'desk-calls'."""

    COMPONENT_CLASSES = set(INKS)  # noqa: RUF012 - Textual's own way to declare them

    def __init__(self) -> None:
        super().__init__()
        self.pressed: str = ""  # the key of the command that is being done, where one command has many
        self.asking: str = ""  # the context of an open question, as 'pick-callback' or 'confirm'
        self.prompt: PromptLine | None = None
        self._entered: Answer | None = None
        self._was_typed: Answer | None = None
        self._escaped: Answer | None = None
        self._confirmed: Act | None = None
        self._question: list[list[Piece]] = []
        self._waits_for_desk = False
        self._framing: Lines | None = None  # once composed
        self.kept = KeptLine(self)
        self.arrival = Arrival(self)

    # What a desk says about itself

    def body(self) -> Sequence[Widget]:
        """The widgets between header and question strip, side by side."""
        return ()

    def context(self) -> str:
        """The context of `tui.commands` that holds here while no question is open."""
        return "home"

    def place(self) -> tuple[str, str]:
        """Title and detail of the header."""
        return _("Loket"), ""

    def idle_lines(self) -> list[list[Piece]]:
        """What stands in the question strip while nothing is asked."""
        return []

    def facts(self) -> Facts:
        """What decides which commands can be used now."""
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice)

    def table(self) -> WindowTable[object] | None:
        """The table that follows the movement keys, if there is one."""
        return None

    async def arrived(self) -> None:
        """Called each time the screen comes to the front: read what it shows."""

    async def others_changed(self) -> None:
        """Somebody else committed: read the visible rows again."""

    async def lost(self, error: StoreError) -> None:
        """The store refused a command; a desk that must let something go overrides this."""

    # The frame

    @property
    def loket(self) -> LoketApp:
        return cast("LoketApp", self.app)

    @property
    def store(self) -> Store:
        return self.loket.store

    def compose(self) -> ComposeResult:
        self._framing = Lines(HeaderLine(), GuideLine(), Ask(), FooterKeys(), StatusLine())
        header, *below = self._framing
        yield header
        yield Container(*self.body(), id="body")
        yield from below

    async def on_screen_resume(self) -> None:
        await self.arrival.come()
        self.frame()

    def on_resize(self) -> None:
        self.call_after_refresh(self.frame)

    def frame(self) -> None:
        """Show the desk, and header, question strip, footer and status line around it, as they are now.

        Before the first paint, and while the screens are taken down, there is nothing to be shown: the look at what
        others did may come then, too.
        """
        if self._framing is not None and self.is_mounted and self._framing.are_there():
            self.draw_desk()
            self.paint_frame(self._framing)

    def draw_desk(self) -> None:
        """What a desk shows between header and question strip, as it is now."""

    def paint_frame(self, lines: Lines) -> None:
        framing.paint(self, lines)

    def ask_lines(self) -> list[list[Piece]]:
        if self.prompt is not None:
            hint: Piece = (self.prompt.hint or _("enter saves · esc keeps the text as a draft"), "muted")
            return [self.prompt.pieces(self.size.width - 1), [hint]]
        if self.arrival.could_not() and not self.asking:
            return [[(_("Not read: what looks empty here need not be. The next key asks again."), "muted")]]
        return self._question if self.asking else self.idle_lines()

    # Keys

    def contexts(self) -> tuple[str, ...]:
        """The contexts that hold now, innermost first."""
        if self.asking:
            return (self.asking, "always")
        return (self.context(), *EVERYWHERE)

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        try:
            await self._answer(event)
        finally:
            self.loket.answered()

    async def _answer(self, event: events.Key) -> None:
        if event.key not in MOVES:
            self.loket.message = ("", "normal")
        repeats = await self.loket.key_pressed(event)
        if self.prompt is not None and await self._key_in_prompt(event):
            self.frame()
            return
        if self._waits_for_desk:
            self._waits_for_desk = False
            target = commands.DESK_DIGITS.get(event.key)
            if target is not None:
                await self.press(target)
                return
        command = commands.find(self.contexts(), event.key)
        if command is None:
            await self.guarded(lambda: self._other_key(event))
        elif repeats:
            self.say(_("The key {key} is held down: it counts once.").format(key=commands.key_name(event.key)), "muted")
        else:
            self.pressed = event.key
            await self.press(command)
        await self.guided(
            practice.facts_of(
                self.loket.screen.desk if isinstance(self.loket.screen, DeskScreen) else "", self.loket.calls.card
            )
        )
        self.frame()

    async def _key_in_prompt(self, event: events.Key) -> bool:
        prompt = self.prompt
        assert prompt is not None
        if event.key == "enter":
            answer, self._entered = self._entered, None
            self.close_prompt()
            if answer is not None:
                await self.guarded(lambda: answer(prompt.text))
        elif event.key == "escape":
            kept = self._escaped
            self.close_prompt()
            if kept is not None:
                await self.guarded(lambda: kept(prompt.text))
        elif await self._moves_table(event.key):
            pass
        elif prompt.take(event):
            await self._put_in(prompt)
        else:
            # Only function keys act while a text is typed; what was typed is kept first.
            return not (event.key[0] == "f" and event.key[1:].isdecimal())
        return True

    async def _put_in(self, prompt: PromptLine) -> None:
        self.kept.typed()
        if (typed := self._was_typed) is not None:
            await self.guarded(lambda: typed(prompt.text))

    async def _moves_table(self, key: str) -> bool:
        """Up and down stay with the table while a search is typed."""
        table = self.table()
        if key not in ("up", "down", "pageup", "pagedown") or table is None:
            return False
        await self.guarded(lambda: table.move(key))
        return True

    async def on_paste(self, event: events.Paste) -> None:
        event.stop()
        try:
            if self.prompt is not None and self.prompt.insert(event.text):
                await self._put_in(self.prompt)
            self.frame()
        finally:
            self.loket.answered()

    async def _other_key(self, event: events.Key) -> None:
        table = self.table()
        if event.key[:4] == "alt+" and event.key[4:].isdecimal():
            said = _("Alt+{key} does not count. If it was esc and then {key}: press {key} once more.")
            self.say(said.format(key=event.key[-1]), "warn")
        elif not self.asking and table is not None and await table.move(event.key):
            await self.moved()
        elif self.asking:
            self.say(_("This key answers nothing here. esc goes back."), "warn")
        elif event.is_printable:
            self.say(_("This key does nothing here. ? shows the keys."), "muted")

    async def moved(self) -> None:
        """The cursor of the table went to another row."""

    async def press(self, command: Command) -> None:
        """Do what a command means, or say why not. A screen's own commands wait until it has what it shows."""
        if command.where not in EVERYWHERE and not await self.arrival.is_complete():
            return
        why = command.why_disabled(self.facts())
        if why is not None:
            self.say(f"{_(command.title)}: {_(why)}", "warn")
            self.post_message(CommandRefused(command.id, why))
            return
        name = "do_" + command.id.replace("-", "_")
        handler: Act | None = getattr(self, name, None) or getattr(self.loket, name, None)
        act: Act = handler or (lambda: self.do(command))
        await self.guarded((lambda: pins.first(self, act)) if command.pin else act)

    async def do(self, command: Command) -> None:
        """A command without a method of its own; desks override this for families of commands of theirs."""
        await self.loket.do(command)

    async def guarded(self, act: Act) -> None:
        """Runs it; what the store refuses is said in words and changes nothing."""
        try:
            await act()
        except StoreError as refusal:
            self.kept.begin_anew()
            self.loket.refuse(refusal)
            self.loket.refused = (self, self.loket.message)
            self.frame()
            with suppress(DatabaseTrouble):  # what is said holds; a database that is away keeps no draft either
                await self.lost(refusal)

    # Messages and questions

    def say(self, text: str, role: str = "normal") -> None:
        """One line at the left of the status line, until the next one."""
        self.loket.message = (text, role)
        self.frame()

    def ask(self, context: str, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """Open a question: its keys are the commands of `context`; `choices` are (key, what it gives)."""
        self.asking = context
        self._question = lay_out(title, choices, self.size.width - 2)
        self.frame()

    def confirm(self, question: str, act: Act) -> None:
        """Ask before something dangerous, with its consequence in numbers. `y` does it, escape does not."""
        self._confirmed = act
        self.ask("confirm", question, [("y", _("yes"))])

    async def do_confirm(self) -> None:
        act, self._confirmed = self._confirmed, None
        self.asking = ""
        if act is not None:
            await act()

    def open_prompt(
        self,
        prompt: PromptLine,
        enter: Answer,
        *,
        typed: Answer | None = None,
        escape: Answer | None = None,
        keep: str | Unkept,
    ) -> None:
        """Let a line be typed. `enter` and `escape` get the text when it closes, `typed` after each key.

        `keep` is the key of the draft that holds it meanwhile, or why there is none. Who needs no more than that the
        text is there again calls `open_kept`.
        """
        self.asking = ""
        self.kept.begin("" if isinstance(keep, Unkept) else keep, prompt)
        self.prompt = prompt
        self._entered, self._was_typed, self._escaped = enter, typed, escape
        self.frame()

    def close_prompt(self) -> None:
        self.prompt = None
        self._entered = self._was_typed = self._escaped = None
        self.kept.end()

    async def leave_prompt(self) -> None:
        """Close an open prompt the way escape does: what was typed is kept."""
        if self.prompt is not None:
            kept, text = self._escaped, self.prompt.text
            self.close_prompt()
            if kept is not None:
                await kept(text)

    async def pin_left(self, text: str) -> None:
        """A PIN that was begun and left with escape: nothing of it is kept."""

    def slipped_since(self, _instant: float) -> bool:
        """Whether something else came under the keys since then."""
        return False

    # The guided first call

    async def guided(self, facts: set[str]) -> None:
        """Something was done: the guide goes on to the next step."""
        await guiding.saw(self, facts)

    async def on_outcome_saved(self, message: OutcomeSaved) -> None:
        await self.guided(practice.facts_of_outcome(message.outcome))

    async def on_outcome_undone(self, _message: OutcomeUndone) -> None:
        await self.guided({practice.UNDO})

    async def do_guide(self) -> None:
        await guiding.begin_or_leave(self)

    # Commands that hold everywhere

    async def do_back(self) -> None:
        if self._waits_for_desk or self.asking:
            self._waits_for_desk = False
            self.asking = ""
            self.kept.begin_anew()
            self._confirmed = None
        else:
            await self.step_back()

    async def step_back(self) -> None:
        """Escape with nothing open: the first screen."""
        await self.loket.do_home()

    async def do_go(self) -> None:
        self._waits_for_desk = True
        self.say(_("Go to desk: press its digit (2 calls … 9 follow-ups)"), "muted")

    async def do_undo(self) -> None:
        self.say(_("Undo works at the telephone desk (F2)."), "warn")
