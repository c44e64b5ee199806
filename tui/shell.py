"""The application: one store, one person, screens by desk, the look at other people's work, and an orderly end."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import events
from textual.screen import Screen

from store.errors import DatabaseTrouble, StoreError
from store.rows import Me, OfficeNow
from store.rules.permissions import Permission
from tui import i18n, styles
from tui.desks import CALLS
from tui.i18n import _, hour, moment, ngettext
from tui.locking import Locking
from tui.practice import Guide, still_practised
from tui.prints import PrintWatch
from tui.screens.base import DeskScreen
from tui.screens.home import HomeScreen
from tui.terminal import crash, endings
from tui.terminal.sizes import tell_size
from tui.waiting import HoldUp
from tui.widgets.ink import Piece, cut
from tui.words import errors, faults, follow_ups

if TYPE_CHECKING:
    from store import Store

LOOK = 1.0
"""Seconds between two looks for other people's commits."""

LOOKS_PER_CLOCK = 20
"""After so many looks the count of what is due is read again: time alone makes things due."""

HELD_DOWN = 0.05
"""The same key again within these seconds is a key that is held down (keyboards repeat 30 times a second); no finger is
as fast. Any other key counts, however far ahead it was typed."""

THEME_DRAFT = "theme"


class LoketApp(Locking, inherit_bindings=False):
    """The shell around the desks. `open` gives the store; it is awaited before the terminal is touched."""

    CSS_PATH = str(styles.STYLESHEET)
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    TITLE = "Loket"
    store: Store

    def __init__(self, open: Callable[[], Awaitable[Store]], lang: str) -> None:  # noqa: A002 - says what it does
        i18n.use(lang)
        super().__init__()
        self._open = open
        self.open_error: StoreError | None = None
        self.crash_code: str | None = None
        self.once_shown: Callable[[], None] = lambda: None
        self.at_length = False  # work on many people is under way
        self.ended_by: int | None = None
        self.said_at_end = ""
        self.me: Me
        self.office: OfficeNow
        self.message: Piece = ("", "normal")
        self.refused: tuple[DeskScreen | None, Piece] = (None, ("", "normal"))  # by which screen, and what it said
        self.saved_at: datetime | None = None
        self.held_down = HELD_DOWN
        self._key_before: tuple[str, float] = ("", 0.0)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._answering = False
        self._last_resort: object = None
        self._looks = 0
        self.guide = Guide()
        self.prints = PrintWatch()
        self.hold_up = HoldUp()
        self._away: Piece | None = None  # what was said when the database did not answer
        for theme in styles.themes():
            self.register_theme(theme)
        self.theme = styles.DEFAULT

    # Opening and closing

    async def prepare(self) -> None:
        """Opens the store; a refusal is kept in `open_error` and nothing is shown."""
        if hasattr(self, "store"):
            return
        try:
            self.store = await self._open()
            self.me = await still_practised(self.store)
            self.office = await self.store.office.now()
            theme = await self.store.drafts.load(THEME_DRAFT)
            await self.guide.go_on(self.store)
        except StoreError as error:
            self.open_error = error
            return
        if theme is not None and theme[0] in styles.PALETTES:
            self.theme = theme[0]

    async def on_load(self) -> None:
        await self.prepare()
        if self.open_error is not None:
            self.exit(1)

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen()

    async def on_mount(self) -> None:
        self.call_after_refresh(self.prepare_counter)
        self.call_after_refresh(self.once_shown)
        endings.on_signals(self._end_by)
        if not self.is_headless:
            endings.when_terminal_goes(self._end_by)
        self.looking = self.set_interval(LOOK, self._look)
        self.set_interval(LOOK, self.keep_time)  # by itself: a database that hangs holds no lock up
        self.set_interval(LOOK, partial(self.hold_up.look, self))

    async def on_unmount(self) -> None:
        endings.no_signals()
        await self.prints.close()
        if hasattr(self, "store"):
            with suppress(StoreError):
                await self.store.close()

    def _end_by(self, number: int) -> None:
        """A signal or a lost terminal: the draft is written, then an orderly end within a second."""
        if self.ended_by is None:
            self.ended_by = number
            self._last_resort = endings.end_for_sure(128 + number, self._give_terminal_back)
            asyncio.get_running_loop().create_task(self._leave(128 + number))

    def end_by_itself(self, said: str) -> None:
        """The same without anybody's doing; the sentence stands on the terminal afterwards."""
        if self.ended_by is None:
            self.ended_by, self.said_at_end = 0, said
            self._last_resort = endings.end_for_sure(0, self._give_terminal_back)
            asyncio.get_running_loop().create_task(self._leave(0))

    def _give_terminal_back(self) -> None:
        """From another thread, while something hangs: the terminal as it was."""
        if self._driver is not None:
            self._driver.stop_application_mode()
            self._driver.close()

    async def _leave(self, status: int) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                with suppress(StoreError, TimeoutError):
                    await asyncio.wait_for(screen.leave_prompt(), 0.4)
        self.exit(status)

    async def do_quit(self) -> None:
        """Ends: the note stays as a draft, the held person goes back."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                with suppress(StoreError):
                    await screen.leave_prompt()
        if self.holding():
            with suppress(StoreError):
                await self.calls.let_go()
        self.exit(0)

    async def do_no_interrupt(self) -> None:
        self.say(_("To quit: F10 (or :), then “{quit}”.").format(quit=_("Quit Loket")), "muted")

    # A crash shows no values

    def _fatal_error(self) -> None:
        error = self._exception or sys.exc_info()[1] or RuntimeError()
        self._crashed(error)

    def panic(self, *renderables: RenderableType) -> None:
        self._crashed(self._exception or sys.exc_info()[1] or RuntimeError())

    def _crashed(self, error: BaseException) -> None:
        if self.crash_code is None:
            from pathlib import Path

            self.crash_code = crash.record(error, self.store.home if hasattr(self, "store") else Path("/nonexistent"))
        self._close_messages_no_wait()

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """What is typed is answered one after the other, each by the screen that the one before left in front."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if await self.key_comes_late():
                return
            self._typed.append(event)
            if not self._answering:
                self.answered()
        else:
            await super().on_event(event)

    def answered(self) -> None:
        """A screen is done with what was typed; the next one goes to the screen that is in front now."""
        self._answering = bool(self._typed) and isinstance(self.screen, DeskScreen)
        if self._answering:
            self.screen._forward_event(self._typed.popleft())

    async def key_pressed(self, event: events.Key) -> bool:
        """Every key renews the lease of the held person. True for a key that only repeats because it is held down."""
        before, self._key_before = self._key_before, (event.key, event.time)
        if self.holding() and not self.locked:  # what somebody else types there holds nobody
            try:
                await self.store.queue.touch()
            except StoreError as refusal:
                self.refuse(refusal)
                await self.calls.lost(refusal)
        return before[0] == event.key and event.time - before[1] < self.held_down

    def holding(self) -> bool:
        """Whether somebody is held at the telephone desk."""
        return self.is_screen_installed(CALLS) and self.calls.card is not None

    # The status line

    def now(self) -> datetime:
        return self.store.now() if hasattr(self, "store") else datetime.now(UTC)

    def who(self) -> str:
        """Who I am and as what."""
        roles = errors.role_words(self.me.roles) if len(self.me.roles) < 4 else _("several roles")
        return f"{cut(self.me.name, 26)} ({roles})"

    def say(self, text: str, role: str = "normal") -> None:
        screen = self.screen
        self.message = (text, role)
        if isinstance(screen, DeskScreen):
            screen.frame()

    def refuse(self, refusal: StoreError) -> None:
        """What the store refused, in words. The look that reaches a server again takes back that it was away."""
        self.say(errors.sentence(refusal, self.now()), "bad")
        if isinstance(refusal, DatabaseTrouble) and refusal.reason == "unreachable":
            self._away = self.message

    def saved(self) -> None:
        """Something was committed just now."""
        self.saved_at = self.now()
        if self.screen_stack and isinstance(self.screen, DeskScreen):
            self.screen.kept.written()
            self.run_worker(self.screen.guarded(self.screen.kept.forget))

    def status(self) -> tuple[Piece, list[Piece]]:
        """The message, and the facts of the office with the most important one last."""
        facts: list[Piece] = []
        if self.saved_at is not None:
            facts.append((_("saved {time}").format(time=hour(self.saved_at)), "muted"))
        if self.office.missed and Permission.HELP in self.me.permissions:
            missed = ngettext("1 missed call", "{n} missed calls", self.office.missed).format(n=self.office.missed)
            facts.append((missed, "warn"))
        if (printer := self.prints.status()) is not None:
            facts.append(printer)
        if self.office.later is not None:
            facts.append((faults.clock_fact(), "bad"))
        if self.office.due:
            facts.append((follow_ups.due_fact(self.office), "warn"))
        if self.office.open:
            facts.append((_("open until {time}").format(time=hour(self.office.until)), "good"))
        else:
            when = moment(self.office.until, self.now())
            facts.append((_("CLOSED until {when}").format(when=when), "warn"))
        return self.message, facts

    # Other people's work

    async def _look(self) -> None:
        try:
            changed = await self.store.changed_since_last_look()
            self._looks += 1
            if changed or self.now() >= self.office.until or self._looks % LOOKS_PER_CLOCK == 0:
                self.office = await self.store.office.now()
            if changed:
                self.me = await self.store.refresh_me()
        except StoreError as refusal:
            self.refuse(refusal)
            self._away = self.message
            return
        if not self.screen_stack:
            return  # the program ends just now
        if self._away is not None:  # it is back, and what was announced meanwhile is lost
            changed, gone, self._away = True, self._away, None
            self.message = ("", "normal") if self.message == gone else self.message
        screen = self.screen
        if isinstance(screen, DeskScreen):
            if changed:
                await screen.arrival.again()
            screen.frame()
        self.prints.look(self, changed=changed)

    async def refresh_office(self) -> None:
        """Read open/closed and the due count again, after a write of one's own."""
        self.office = await self.store.office.now()

    # Going places

    async def do_home(self) -> None:
        await self.go(None)

    async def go(self, desk: DeskScreen | None) -> None:
        """Bring a desk to the front, or the first screen. What lies above is closed; a desk keeps its state."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.leave_prompt()
        if desk is not None and self.screen is desk:
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if desk is not None:
            await self.push_screen(desk)

    async def _theme(self, name: str) -> None:
        self.theme = name
        await self.store.drafts.save(THEME_DRAFT, name)
        self.say(_("Theme: {name}").format(name=_(styles.NAMES[name]).lower()), "muted")

    async def do_theme_dark(self) -> None:
        await self._theme("dark")

    async def do_theme_light(self) -> None:
        await self._theme("light")

    async def do_theme_contrast(self) -> None:
        await self._theme("contrast")


def run_shell(
    open: Callable[[], Awaitable[Store]],  # noqa: A002 - says what it does
    lang: str,
    once_shown: Callable[[], None],
) -> int:
    """See `tui.app.run`. `once_shown` is called when the first screen stands."""
    tell_size()
    app = LoketApp(open, lang)
    app.once_shown = once_shown

    async def main() -> int | None:
        await app.prepare()
        if app.open_error is not None:
            return 1
        return await app.run_async(mouse=False)

    status = asyncio.run(main())
    if app.open_error is not None:
        raise app.open_error
    if app.crash_code is not None:
        text = _("Loket had to stop. Everything saved is safe. Tell the administrator this code: {code}")
        print(text.format(code=app.crash_code), file=sys.stderr)  # noqa: T201 - the one sentence
        return 1
    if app.said_at_end:
        print(app.said_at_end, file=sys.stderr)  # noqa: T201 - why nobody finds it where they left it
    return status or 0


Screen.AUTO_FOCUS = None
