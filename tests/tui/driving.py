"""Driving the screens the way a person does: keys in, text out, with the real store behind."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import _wait, events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

from store import Store
from tests.store.office import Office
from tui.shell import LoketApp
from tui.widgets.ink import Painted

# The library takes a screen for idle after looking at it for 20 ms, four times a key; 4 ms tell the same as long as the
# answer is waited for as well (`settle`), and thousands of keys wait a third of the time.
_wait.SLEEP_GRANULARITY = 1 / 250
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20

ROUNDS = 60
"""Most rounds that `settle` waits for the screen to come to rest."""


class Watched(LoketApp):
    """Loket, counting what it showed: where nothing is shown any more, nothing is under way."""

    shown = 0

    def post_display_hook(self) -> None:
        self.shown += 1


class Desk:
    """A person at a terminal."""

    def __init__(self, app: Watched, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> Desk:
        """Press keys one after the other, each when the screen has come to rest."""
        for key in keys:
            self.send(key)
            await self.settle()
        return self

    def send(self, key: str) -> None:
        """Press a key and wait for nothing."""
        driver, name = self.app._driver, _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        assert driver is not None
        letter: str | None
        try:
            letter = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
        except KeyError:
            letter = name if len(name) == 1 else None
        driver.send_message(events.Key(name, letter))

    async def type(self, text: str) -> Desk:
        """Type text, letter by letter."""
        names = {" ": "space", "/": "slash", ".": "full_stop", ":": "colon", "?": "question_mark", "-": "minus"}
        return await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> None:
        """Wait until every key is answered and nothing was shown between two looks, at most `ROUNDS` looks."""
        before = -1
        for _round in range(ROUNDS):
            await self.pilot.pause()
            if self.app.shown == before and not self.app._answering:
                return
            before = self.app.shown
        raise AssertionError(f"the screen does not come to rest:\n{self.text}")

    @property
    def lines(self) -> list[str]:
        """What stands on the terminal."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def header(self) -> str:
        return self.lines[0]

    @property
    def asked(self) -> str:
        """The two lines of the question strip."""
        return "\n".join(self.lines[-4:-2])

    @property
    def footer(self) -> str:
        return self.lines[-2]

    @property
    def status(self) -> str:
        return self.lines[-1]

    @property
    def painted(self) -> list[Painted]:
        """The visible widgets that show lines."""
        return [widget for widget in self.app.screen.query(Painted) if widget.display and widget.size.area]

    @property
    def store(self) -> Store:
        return self.app.store


@asynccontextmanager
async def at_desk(
    office: Office,
    login: str = "ani",
    lang: str = "id",
    size: tuple[int, int] = (80, 24),
    held_down: float = 0.0,
) -> AsyncIterator[Desk]:
    """Loket open for this person. Keys count at once (`held_down=0`) unless the test is about that."""

    async def open_office() -> Store:
        return await office.open(login)

    app = Watched(open_office, lang)
    app.held_down = held_down
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        yield desk
