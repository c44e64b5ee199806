"""What is being typed into a line goes to disk a moment after a key: the end of the program does not take it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from tui.i18n import _
from tui.widgets.prompt import PromptLine

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen

AFTER: Final = 0.3
"""Seconds; not begun anew with each key, or who types on has nothing there."""

LINES: Final = "line:"
"""What the keys of these drafts begin with."""

Answer = Callable[[str], Awaitable[None]]


class Unkept(Enum):
    """Why a line has no draft of its own."""

    SECRET = "a PIN or a code is nowhere but in the line"
    SEARCH = "it narrows what is shown; nothing is written from it"
    VIEW = "it says what to show, print or do once; the office keeps nothing of it"
    PAPER = "a code, number or count that stands on the paper in the hand"
    FORM = "the form that it belongs to keeps it with every key"


class KeptLine:
    """The draft of the line that is open on a screen, if it has one."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._key = ""
        self._prompt: PromptLine | None = None
        self._timer: Timer | None = None
        self.there: set[str] = set()  # drafts that were written while somebody typed
        self._entered: set[str] = set()  # of lines after which another question came
        self._over: set[str] = set()  # of lines of which all is written

    def begin(self, key: str, prompt: PromptLine) -> None:
        """A line was opened; without a key nothing of it is kept, and of a secret never."""
        self.end()
        self._key, self._prompt = "" if prompt.secret else key, prompt

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
        """What was taken before was refused, or left again at a later question: its draft stays."""
        self._entered.clear()

    def written(self) -> None:
        """All is written: these drafts are not needed, which `forget` tells the disk."""
        self._over |= self._entered
        self._entered.clear()

    async def forget(self) -> None:
        """Drafts that are not needed are gone, before anything that is asked of the store afterwards."""
        while self._over:
            await self._screen.store.drafts.clear(self._over.pop())


async def keep(screen: DeskScreen, key: str, text: str) -> None:
    """The text under its key; of nothing there is no draft."""
    if text.strip():
        await screen.store.drafts.save(key, text)
    else:
        await screen.store.drafts.clear(key)


async def open_kept(
    screen: DeskScreen,
    key: str,
    prompt: PromptLine,
    enter: Answer,
    *,
    typed: Answer | None = None,
    escape: Answer | None = None,
) -> None:
    """A line that is as it was left: by escape, by a refusal, or by the end of the program.

    Its text is a draft until `loket.saved()`. `enter` and `escape` get the text when the line closes, `typed` after
    each key and when it opens.
    """
    key, before = f"{LINES}{key}", prompt.text
    await screen.kept.forget()
    kept = await screen.store.drafts.load(key)
    there = kept is not None and bool(kept[0].strip())
    if kept is not None and there and kept[0] != before:
        prompt.text = kept[0][: prompt.most]
        prompt.caret = len(prompt.text)
        screen.say(_("What you typed before is here again; ctrl+u and esc drop it."), "muted")

    async def keep_changed(text: str) -> None:
        if text != before or there or key in screen.kept.there:
            await keep(screen, key, "" if text == before and not there else text)

    async def entered(text: str) -> None:
        await keep_changed(text)
        screen.kept.entered(key)
        await enter(text)

    async def left(text: str) -> None:
        await keep_changed(text)
        screen.kept.begin_anew()
        if text.strip() and (text != before or there):
            screen.say(_("What you typed is kept; the same key brings it back."), "muted")
        if escape is not None:
            await escape(text)

    if typed is not None:
        await typed(prompt.text)
    screen.open_prompt(prompt, entered, typed=typed, escape=left, keep=key)
