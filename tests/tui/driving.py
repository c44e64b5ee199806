"""Driving the screens the way a person does: keys in, text out, with the real store behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import _wait
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


class Desk:
    """A person at a terminal."""

    def __init__(self, app: LoketApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> Desk:
        """Press keys one after the other, each when the screen has come to rest."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
        return self

    async def type(self, text: str) -> Desk:
        """Type text, letter by letter."""
        names = {" ": "space", "/": "slash", ".": "full_stop", ":": "colon", "?": "question_mark", "-": "minus"}
        return await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> None:
        """Wait until every key is answered and two looks at the screen show the same, at most `ROUNDS` looks."""
        before = ""
        for _round in range(ROUNDS):
            await self.pilot.pause()
            now = self.text
            if now == before and not self.app._answering:
                return
            before = now
        raise AssertionError(f"the screen does not come to rest:\n{before}")

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

    app = LoketApp(open_office, lang)
    app.held_down = held_down
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        yield desk
