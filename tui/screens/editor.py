"""Markdown to write: above it is typed, below it stands as people will read it, with its fields filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from store.rules.script import LONGEST, ScriptError, check_script, render
from tui.commands import Facts
from tui.i18n import _, short_moment
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.script_lines import block_rows
from tui.widgets.text_lines import TextLines
from tui.words import settings

DRAFT_AFTER = 0.3
"""Seconds from the first key that is not yet written down until the draft is."""


class MarkdownEditScreen(SettingsDesk):
    """One text with its preview; whoever is behind it says what it is, where it goes and what fills its fields."""

    DEFAULT_CSS = """
    MarkdownEditScreen #halves { layout: vertical; width: 1fr; height: 1fr; }
    MarkdownEditScreen #halves > Painted { width: 1fr; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self._opened = False

    # What is written

    @property
    def draft_key(self) -> str:
        """The key of what is being written."""
        raise NotImplementedError

    @property
    def fields(self) -> Sequence[str]:
        """The names of the fields that can be filled in."""
        raise NotImplementedError

    def begins_with(self) -> str:
        """The text as it holds now."""
        raise NotImplementedError

    def values(self) -> Mapping[str, str]:
        """What the fields of the preview say."""
        raise NotImplementedError

    def preview_title(self) -> str:
        raise NotImplementedError

    async def save_text(self, text: str) -> str:
        """Save it; what was done, in words."""
        raise NotImplementedError

    async def back_to_default(self) -> str:
        """The words of Loket again; what was done, in words."""
        raise NotImplementedError

    def to_draft(self, text: str) -> str:
        """What is kept of a text that is not saved yet."""
        return text

    def from_draft(self, kept: str) -> str:
        """The text that was kept."""
        return kept

    # The frame

    def body(self) -> Sequence[Widget]:
        self.editor = TextLines(LONGEST, id="text")
        self.page = PageView(id="preview")
        return (Container(self.editor, self.page, id="halves"),)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, own=self.is_own())

    def table(self) -> None:
        return None

    def contexts(self) -> tuple[str, ...]:
        # While the text is typed every letter belongs to it.
        return ("always",) if self.editor.typing and not self.asking else (self.asking or "script", "always")

    def idle_lines(self) -> list[list[Piece]]:
        fields = _("Fields: {fields}").format(fields=" ".join(f"{{{name}}}" for name in self.fields))
        first, *rest = wrap(fields, self.size.width - 1, 2)
        if rest:  # many fields leave room for the nearest keys only
            hint = _("tab, then enter saves") if self.editor.typing else _("enter saves · e writes on")
            return [[(first, "key")], [(rest[0], "key"), (f" · {hint}", "muted")]]
        if self.editor.typing:
            return [
                [(first, "key")],
                [(_("# heading · - list · **bold** · tab, then enter saves · esc keeps a draft"), "muted")],
            ]
        hint = _("enter saves · e goes on writing · b the words of Loket · esc keeps a draft")
        return [[(first, "key")], [(hint, "muted")]]

    # Reading

    async def read(self) -> None:
        if not self._opened:
            self._opened = True
            draft = await self.store.drafts.load(self.draft_key)
            self.editor.open(self.begins_with() if draft is None else self.from_draft(draft[0]))
            if draft is not None:
                when = short_moment(draft[1], self.loket.now())
                self.say(_("Your draft of {when} goes on; it is not saved yet.").format(when=when), "warn")
        self._preview()

    def _preview(self) -> None:
        self.page.fill(self._preview_lines)

    def _preview_lines(self, width: int) -> list[Line]:
        head = line((f" {self.preview_title()} ".ljust(width, "─"), "muted"))
        try:
            check_script(self.editor.text, self.fields)
        except ScriptError as wrong:
            return [head, *[line((f" {row}", "bad")) for row in wrap(settings.refusal(wrong), width - 2, 4)]]
        lines = [head]
        for block in render(self.editor.text, self.values()):
            lines += [line((" ", "normal"), *row) for row in block_rows(block, width - 2, LONGEST)]
        return [*lines, EMPTY]

    # Typing

    async def _answer(self, event: events.Key) -> None:
        if self.editor.typing and not self.asking and self.editor.take(event):
            self.loket.message = ("", "normal")
            await self.loket.key_pressed(event)
            self._typed()
            self.frame()
        elif event.key == "tab" and not self.asking:
            self._type(not self.editor.typing)
        else:
            await super()._answer(event)

    async def on_paste(self, event: events.Paste) -> None:
        if self.editor.typing and self.editor.insert(event.text):
            event.stop()
            self._typed()
            self.frame()
            self.loket.answered()
        else:
            await super().on_paste(event)

    def _type(self, typing: bool) -> None:
        self.editor.typing = typing
        self.editor.paint()
        self.frame()

    def _typed(self) -> None:
        self._preview()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_AFTER, self._keep)

    async def _keep(self) -> None:
        """The text is on disk as a draft from now on."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            await self.guarded(lambda: self.store.drafts.save(self.draft_key, self.to_draft(self.editor.text)))

    async def leave_prompt(self) -> None:
        await self._keep()
        await super().leave_prompt()

    async def do_script_type(self) -> None:
        self._type(True)

    async def do_script_save(self) -> None:
        said = await self.save_text(self.editor.text)
        await self._done()
        self._say_below(said)

    async def do_script_default(self) -> None:
        said = await self.back_to_default()
        await self._done()
        self._say_below(said)

    async def _done(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self.store.drafts.clear(self.draft_key)
        self.loket.saved()
        await self.loket.refresh_office()

    def _say_below(self, said: str) -> None:
        self.loket.message = (_("{what} · u undoes").format(what=said), "good")
        self.dismiss()

    async def step_back(self) -> None:
        await self._keep()
        kept = await self.store.drafts.load(self.draft_key)
        if kept is not None:
            self.loket.message = (_("Not saved; your draft is kept (enter goes on)."), "warn")
        self.dismiss()
