"""What desks share: lines whose text is kept, keys that mean the row that stood there, what was done and its undo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, cast

from textual import events

from store.errors import CutShort, EditConflict, NotFound, StaleEdit, StoreError
from store.rows import UndoRef
from store.turns import Progress, Told
from store.value_class import value_class
from tui.commands import Command, Facts
from tui.i18n import _, number
from tui.screens.base import DeskScreen
from tui.taking_back import take_back_last
from tui.widgets.ink import Piece, wrap
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import errors

Typed = Callable[[str], Awaitable[None]]
Hint = Callable[[str], Awaitable[str]]


@value_class
class Deed:
    """Something that was done at a desk and can be taken back; of one person on a worklist, or of many."""

    ref: UndoRef
    said: str
    participant_id: int | None = None


class KeyDesk(DeskScreen):
    """A screen whose keys write at once to what stands under them, and whose lines are kept as drafts."""

    drafts: ClassVar[str] = ""
    """What the names of its drafts begin with."""

    def __init__(self) -> None:
        super().__init__()
        self._slipped_at = 0.0  # when something else came under the keys that nobody here had asked for
        self._pressed_at = 0.0
        self._answering = self._own = self._wrote = False
        self._passed: list[str] = []  # drafts of lines after which another question came, until all is written
        self._going_on = False

    # Keys

    def slipped(self) -> None:
        """Something else stands under the keys now: keys pressed before this moment did not mean it.

        While a key is answered, it is that key which brings what stands there next.
        """
        if not self._answering:
            self._slipped_at = events.Event().time

    def slipped_since(self, instant: float) -> bool:
        return self._last_slip() > instant

    def _last_slip(self) -> float:
        table = self.table()
        return max(self._slipped_at, 0.0 if table is None else table.slipped_at)

    async def _answer(self, event: events.Key) -> None:
        """A key that was typed ahead means what the key before it brings; in a list, the row that stood below it.

        Where a colleague's work has brought other rows there, or the key before was refused, it means nothing.
        """
        table, refused = self.table(), self.loket.refused
        slip, before = (0.0, []) if table is None else (table.slipped_at, table.ahead())
        self._pressed_at, self._answering, self._own, self._wrote = event.time, True, self.prompt is not None, False
        try:
            await super()._answer(event)
        finally:
            self._answering = False
        if self.loket.refused is not refused:
            self.slipped()
        elif table is not None and self._own and (not self._wrote or table.goes_on(before)):
            table.slipped_at = slip

    async def press(self, command: Command) -> None:
        if command.where != "always" and not self.asking and self._pressed_at < self._last_slip():
            self.say(_("This changed just before your key; nothing was done. Look, press again."), "warn")
            return
        self._own = True
        await super().press(command)

    async def do_back(self) -> None:
        if self.asking:  # what was typed on the way to it stays a draft, whatever is written next
            self._passed = []
        await super().do_back()

    # Lines to type in

    async def line(self, name: str, prompt: PromptLine, act: Typed, hint: Hint | None = None) -> None:
        """A line to type: what is refused stays in it with the reason, what is left with escape stays as a draft.

        So does what was entered where another question follows, until `written`.
        """
        key, before = f"{self.drafts}{name}", prompt.text
        if not self._going_on:
            self._passed = []
        kept = await self.store.drafts.load(key)
        start = prompt.hint
        if kept is not None:
            prompt = PromptLine(prompt.label, kept[0], start, prompt.most)

        async def entered(text: str) -> None:
            try:
                self._going_on = True
                await act(text)
            except StoreError as refusal:
                await self.store.drafts.save(key, text)
                if isinstance(refusal, StaleEdit | NotFound | EditConflict):  # what it was about is another one now
                    raise
                await self.line(name, PromptLine(prompt.label, before, start, prompt.most), act, hint)
                self.say(errors.sentence(refusal, self.loket.now()), "warn")
                return
            finally:
                self._going_on = False
            if (self.prompt is not None or self.asking) and text.strip() and text != before:
                await self.store.drafts.save(key, text)
                self._passed.append(key)
            elif kept is not None or key in self.kept.there:
                await self.store.drafts.clear(key)

        async def typed(text: str) -> None:
            prompt.hint = await hint(text) if hint is not None and text.strip() else start

        async def left(text: str) -> None:
            if text.strip() and text != before:
                await self.store.drafts.save(key, text)
                self.say(_("What you typed is kept; the same key brings it back."), "muted")
            elif kept is not None or key in self.kept.there:
                await self.store.drafts.clear(key)

        await typed(prompt.text)
        self.open_prompt(prompt, entered, typed=typed, escape=left, keep=key)

    async def ask_words(self, name: str, prompt: PromptLine, go_on: Typed, empty: str = "") -> None:
        """Such a line that may not be empty; `empty` says why not."""
        before = prompt.text

        async def entered(text: str) -> None:
            if text.strip():
                await go_on(text.strip())
                return
            await self.ask_words(name, PromptLine(prompt.label, before, prompt.hint, prompt.most), go_on, empty)
            self.say(empty or _("Write a few words; colleagues will read them."), "warn")

        await self.line(name, prompt, entered)

    async def written(self) -> None:
        """All was written: the drafts that led to it are not needed."""
        self.asking, self._wrote = "", True
        while self._passed:
            await self.store.drafts.clear(self._passed.pop())
        self.loket.saved()


class DeedDesk(KeyDesk):
    """A screen that keeps what was done there, in a list that the screens of its desk share."""

    goes_on_after_end: ClassVar[bool] = False
    """Whether work in turns that is begun here may have been cut short by the end of Loket."""

    def __init__(self, done: list[Deed]) -> None:
        super().__init__()
        self.done = done

    async def read_again(self) -> None:
        """Show what stands there now."""
        raise NotImplementedError

    def keep(self, refusal: StoreError) -> None:
        """Keep how that is taken back which was written before a refusal."""
        if isinstance(refusal, CutShort):
            said = _("{done} of {of}, before it stopped").format(done=number(refusal.done), of=number(refusal.of))
            self.done.append(Deed(refusal.undo, said))

    async def did(
        self, said: str, ref: UndoRef | None, role: str = "good", *, participant_id: int | None = None
    ) -> None:
        """It was written: show it, and keep how it is taken back."""
        if ref is not None:
            self.done.append(Deed(ref, said, participant_id))
        await self.written()
        await self.read_again()
        self.say(_("{what} · u undoes").format(what=said) if ref is not None else said, role)

    def at_length(self, work: Callable[[Told], Awaitable[tuple[str, UndoRef | None]]]) -> None:
        """Does work on many people, which gives what to say of it and its undo.

        Keys are answered meanwhile, and the screen may be left before it has ended.
        """
        if self.still_working():
            return
        self.loket.at_length, self.asking = True, ""
        self.far(Progress(0, 0))
        self.loket.run_worker(self._at_length(work))

    def still_working(self) -> bool:
        """Whether such work is under way; that is said."""
        if self.loket.at_length:
            self.say(_("Still working; one moment."), "warn")
        return self.loket.at_length

    async def _at_length(self, work: Callable[[Told], Awaitable[tuple[str, UndoRef | None]]]) -> None:
        try:
            said, ref = await work(self.far)
        except StoreError as refusal:
            if self.is_attached:
                await self.lost(refusal)
            else:
                self.keep(refusal)
            self.loket.say(errors.sentence(refusal, self.loket.now()), "bad")
            return
        finally:
            self.loket.at_length = False
        if self.is_attached:
            await self.did(said, ref)
            return
        if ref is not None:
            self.done.append(Deed(ref, said))
        self.loket.saved()
        self.loket.say(said, "good")

    def far(self, progress: Progress) -> None:
        """How far long work is, on whichever screen is in front."""
        told = _("{done} of {all} people").format(done=number(progress.done), all=number(progress.of))
        self.loket.say(told if progress.of else _("Still working; one moment."), "muted")

    async def do_undo(self) -> None:
        if self.still_working():
            return
        if not self.done:
            await self._stopped()
        elif self.store.undo.going:
            self.say(_("Something is still being taken back; one moment."), "warn")
        elif self.done[-1].ref.earlier:  # keys are answered meanwhile
            self.loket.run_worker(self._take_back_meanwhile())
        else:
            await self._take_back()

    async def _stopped(self) -> None:
        """Nothing was done here: what Loket's end cut short can be taken back, after it was said how much that is."""
        stopped = await self.store.undo.stopped() if self.goes_on_after_end else None
        if stopped is None:
            self.say(_("Nothing was done here since Loket was opened."), "warn")
            return
        far = {"done": number(stopped.done), "of": number(stopped.of)}
        self.done.append(Deed(stopped.undo, _("{done} of {of}, before it stopped").format(**far)))
        self.say(_("When Loket last ended, {done} of {of} were written; u takes those back.").format(**far), "warn")

    async def _take_back_meanwhile(self) -> None:
        """The screen may be left before it has ended."""
        try:
            await self._take_back()
        except StoreError as refusal:
            self.loket.say(errors.sentence(refusal, self.loket.now()), "bad")
            if self.is_attached:
                await self.lost(refusal)

    async def _take_back(self) -> None:
        try:
            last = await take_back_last(self.store, self.done, lambda done: done.ref, self._far)
        finally:
            self.loket.saved()
            if self.is_attached:
                await self.read_again()
        said = _("Taken back: {what}").format(what=last.said)
        if self.is_attached:
            await self.undone(last)
            self.say(said, "good")
        else:
            self.loket.say(said, "good")

    def _far(self, progress: Progress) -> None:
        """How far long work is, on whichever screen is in front."""
        if progress.of > 1:
            done, parts = number(progress.done), number(progress.of)
            self.loket.say(_("Taking back: {done} of {parts} parts").format(done=done, parts=parts), "muted")

    async def undone(self, last: Deed) -> None:
        """Something was taken back: show whom it concerns."""


class ListDesk(DeedDesk):
    """Such a screen with one list, `rows`."""

    rows: WindowTable[Any]

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.rows.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.rows)

    def told(self, text: str, role: str = "muted") -> list[list[Piece]]:
        """One sentence on the two lines below a list."""
        return [[(row, role)] for row in wrap(text, max(20, self.size.width - 2), 2)]

    async def arrived(self) -> None:
        await self.read_again()
        self.frame()

    async def others_changed(self) -> None:
        await self.read_again()

    async def moved(self) -> None:
        self.frame()

    async def lost(self, error: StoreError) -> None:
        self.asking = ""
        self.keep(error)
        await self.read_again()

    async def step_back(self) -> None:
        self.dismiss()
