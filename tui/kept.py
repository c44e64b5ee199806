"""What is being typed into a line goes to disk a moment after a key: the end of the program does not take it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from tui.widgets.prompt import PromptLine

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen

AFTER: Final = 0.3
"""Seconds; not begun anew with each key, or who types on has nothing there."""

LINES: Final = "line:"
"""What the keys of these drafts begin with."""

Answer = Callable[[str], Awaitable[None]]


class KeptLine:
    """The draft of the line that is open on a screen, if it has one."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._key = ""
        self._prompt: PromptLine | None = None
        self._timer: Timer | None = None
        self.there: set[str] = set()  # drafts that were written while somebody typed
        self._entered: set[str] = set()  # of lines after which another question came

    def begin(self, key: str, prompt: PromptLine) -> None:
        """A line was opened; without a key nothing of it is kept."""
        self.end()
        self._key, self._prompt = key, prompt

    def end(self) -> None:
        """It was closed: who closed it decides what becomes of its text."""
        if self._timer is not None:
            self._timer.stop()
        self._key, self._prompt, self._timer = "", None, None

    def typed(self) -> None:
        if self._key and self._timer is None:
            self._timer = self._screen.set_timer(AFTER, self._now)

    async def _now(self) -> None:
        key, prompt, self._timer = self._key, self._prompt, None
        if key and prompt is not None:
            self.there.add(key)
            await self._screen.guarded(lambda: keep(self._screen, key, prompt.text))

    def entered(self, key: str) -> None:
        """The text was taken, and is needed until all is written."""
        self._entered.add(key)

    def begin_anew(self) -> None:
        """What was taken before was left again at a later question: its draft stays."""
        self._entered.clear()

    async def written(self) -> None:
        """All is written: these drafts are not needed."""
        while self._entered:
            await self._screen.store.drafts.clear(self._entered.pop())


async def keep(screen: DeskScreen, key: str, text: str) -> None:
    """The text under its key; of nothing there is no draft."""
    if text.strip():
        await screen.store.drafts.save(key, text)
    else:
        await screen.store.drafts.clear(key)


async def open_kept(
    screen: DeskScreen, key: str, prompt: PromptLine, enter: Answer, *, typed: Answer | None = None
) -> None:
    """A line that is as it was left: by escape, by a refusal, or by the end of the program."""
    key = f"{LINES}{key}"
    screen.kept.begin_anew()
    kept = await screen.store.drafts.load(key)
    if kept is not None and kept[0].strip():
        prompt.text = kept[0][: prompt.most]
        prompt.caret = len(prompt.text)

    async def entered(text: str) -> None:
        await keep(screen, key, text)
        screen.kept.entered(key)
        await enter(text)

    async def left(text: str) -> None:
        await keep(screen, key, text)

    screen.open_prompt(prompt, entered, typed=typed, escape=left, keep=key)
