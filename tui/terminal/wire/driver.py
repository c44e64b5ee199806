"""The driver: between the screens and a terminal, on the way out and on the way in."""

from __future__ import annotations

import asyncio
import os
import selectors
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.sizes import tell_size
from tui.terminal.wire.abilities import abilities, system
from tui.terminal.wire.encoder import Encoder
from tui.terminal.wire.keyboard import Keyboard, Kind, Piece
from tui.terminal.wire.pace import Pace
from tui.terminal.wire.shadow import Shadow

if TYPE_CHECKING:
    from textual.app import App

ASK: Final = "\x1b[6n"
"""Where is the cursor? A terminal answers when it has shown all that came before."""

AT_ONCE: Final = 1400
"""A frame longer than one packet is shown at once by terminals that can: they would show it in parts."""

LOOK: Final = 0.1
"""Seconds between two looks whether reading shall end."""

LAST_ANSWERS: Final = 0.6
"""Seconds to wait at the end, in all, for answers under way: they would be typed into the shell."""


class WireDriver(LinuxDriver):
    """Sends what changed, no faster than it is read."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        self._raw = True
        """What is written goes out as it is: before the screens begin and after they end."""
        self._encoder = Encoder(abilities(os.environ, system(os.environ)))
        self._size_now = super()._get_terminal_size()
        self._shadow = Shadow(*self._size_now)
        self._unsure = True
        """The terminal may show anything: it was resized, or somebody else had it."""
        self._pace = Pace()
        self.whole = False
        """Everything that the screens write is sent as it is."""
        self._due: asyncio.TimerHandle | None = None
        self._answer_came = Event()
        self._heard = self._counted = 0
        """Answers that the reading thread heard, and those of them that the pace knows of."""
        self._taking_leave = False

    # Beginning and end

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]  # the library gives it no types
        if self._writer_thread is None:
            return  # in the background, and asleep until it comes to the front
        self._pace, self._taking_leave = Pace(), False
        if self._pace.ask(time.monotonic(), len(ASK)):
            super().write(ASK)
        self._raw = False

    def disable_input(self) -> None:
        self._end_frames()
        if not self._taking_leave:
            self._taking_leave = True
            self._wait_for_answers()
        super().disable_input()

    def _wait_for_answers(self) -> None:
        """Until all answers under way have come; the loop stands still meanwhile, so the pace learns of none."""
        end = time.monotonic() + LAST_ANSWERS
        while self._pace.waiting and self._key_thread is not None and self._key_thread.is_alive():
            left = end - time.monotonic()
            if left <= 0 or self._heard - self._counted >= self._pace.under_way:
                return
            self._answer_came.wait(left)
            self._answer_came.clear()

    def stop_application_mode(self) -> None:
        self._end_frames()
        super().stop_application_mode()

    def _end_frames(self) -> None:
        self._raw = True
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size. It is asked for when it may have changed, in the middle of anything: what follows is done later."""
        tell_size(self._size_now)
        before, self._size_now = self._size_now, super()._get_terminal_size()
        self._unsure = True
        if self._size_now == before:  # the screens see no reason to paint anew
            with suppress(RuntimeError):  # the loop has ended before
                self._loop.call_soon_threadsafe(self._overdue)
        return self._size_now

    # Out

    def redraw(self) -> None:
        """The whole screen is sent, whatever the terminal shows."""
        self._unsure = True
        self._send()

    def send(self, *, whole: bool) -> None:
        """From now on everything is sent, or only what changed."""
        self.whole = whole
        self.redraw()

    def write(self, data: str) -> None:
        if self._raw:
            if self._writer_thread is not None:
                super().write(data)
            return
        if (self._shadow.columns, self._shadow.lines) != self._size_now:
            self._shadow.resize(*self._size_now)
        if self.whole:
            list(self._shadow.feed(data))
            super().write(data)
            return
        for sequence in self._shadow.feed(data):
            self._send()
            super().write(sequence)
            self._encoder.lost()
        self._send_when_due()

    def _send_when_due(self) -> None:
        if self._due is not None:
            return
        wait = self._pace.wait(time.monotonic())
        if wait:
            self._due = self._loop.call_later(wait, self._overdue)
        else:
            self._send()

    def _overdue(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if not self._raw:
            self._send_when_due()

    def _send(self) -> None:
        """One frame, if anything is to be seen of it."""
        if self._unsure or self.whole:
            self._unsure = False
            self._encoder.forget()
        frame = self._encoder.frame(self._shadow)
        if not frame:
            return
        if self._shadow.synchronised and len(frame) > AT_ONCE:
            frame = f"\x1b[?2026h{frame}\x1b[?2026l"
        super().write(frame + ASK if self._pace.ask(time.monotonic(), len(frame)) else frame)

    def _answered(self) -> None:
        self._counted += 1
        self._pace.answered(time.monotonic())
        if self._due is not None:
            self._overdue()

    # In

    def run_input_thread(self) -> None:
        """Reads what is typed; what the terminal answers is kept from the screens."""
        keyboard, decoder = Keyboard(constants.ESCAPE_DELAY), getincrementaldecoder("utf-8")("replace")
        self._parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                left = keyboard.wait(time.monotonic(), self._pace.waiting)
                if selector.select(LOOK if left is None else min(left, LOOK)):
                    try:
                        data = os.read(self.fileno, 4096)
                    except OSError:
                        return  # the terminal is gone; who watches it ends the program
                    if not data:
                        return
                    self._take(keyboard.feed(decoder.decode(data), time.monotonic()))
                self._take(keyboard.tick(time.monotonic(), self._pace.waiting))

    def _take(self, pieces: list[Piece]) -> None:
        for kind, text in pieces:
            if kind is Kind.ANSWER:
                self._heard += 1
                self._answer_came.set()
                with suppress(RuntimeError):  # the loop has ended before
                    self._loop.call_soon_threadsafe(self._answered)
            elif kind is Kind.ESCAPE:
                self.process_message(events.Key("escape", "\x1b"))
            elif kind is Kind.ALT:
                self.process_message(events.Key(f"alt+{text}", None))
            else:
                messages = list(self._parser.feed(text))
                for message in messages:
                    self.process_message(message)
                if not messages:
                    self._parser = XTermParser(self._debug)  # a sequence that means nothing; it is not to wait for more
