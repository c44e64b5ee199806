"""Naskah: what is said in each kind of call, in both languages; the office writes its own, or uses Loket's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from textual import events
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from store.rules.kinds import Kind
from store.rules.script import FIELDS, LONGEST, PARTS, ScriptError, check_script, render
from tui import i18n
from tui.commands import Facts
from tui.i18n import _, short_moment
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.script_lines import block_rows
from tui.widgets.text_lines import TextLines
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, script, settings

DRAFT_AFTER = 0.3
"""Seconds from the first key that is not yet written down until the draft is."""

INVENTED: Final = ("Ibu", "SITI CONTOH", "PT CONTOH JAYA", "Perihal contoh")
"""The person of the preview; nobody has this name."""


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """One text: kind of campaign, part, language; `own` is the office's, None where Loket's words are used."""

    kind: Kind
    part: str
    language: str
    own: str | None

    @property
    def text(self) -> str:
        return self.own if self.own is not None else script.built_in(self.kind, self.language, self.part)

    @property
    def draft(self) -> str:
        """The key of what is being written."""
        return f"script:{self.kind}:{self.language}:{self.part}"

    def title(self) -> str:
        words = (calls.word(calls.KINDS, self.kind), _(settings.PARTS[self.part]), _(settings.LANGUAGES[self.language]))
        return " · ".join(words)


class ScriptsScreen(SettingsDesk):
    """All texts of one language; enter writes the one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.language = i18n.language()

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[ScriptLine](
            (
                Column("", lambda one: ("*", "key") if one.own is not None else "", width=1),
                Column(_("Campaign"), lambda one: calls.word(calls.KINDS, one.kind), width=18),
                Column(_("Part"), lambda one: _(settings.PARTS[one.part]), width=14),
                Column(_("Text"), lambda one: " ".join(one.text.split())),
            ),
            key=lambda one: (one.kind, one.part),
            id="scripts",
        )
        return (self.list,)

    def context(self) -> str:
        return "scripts"

    def place(self) -> tuple[str, str]:
        return _("Script of the calls"), _(settings.LANGUAGES[self.language])

    @property
    def line(self) -> ScriptLine | None:
        return cast("ScriptLine | None", self.list.current)

    def is_own(self) -> bool:
        return self.line is not None and self.line.own is not None

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("The opening is read before the right person is sure, the message after v."), "normal")],
            [("* ", "key"), (_("the office's own words; the others are Loket's."), "muted")],
        ]

    async def read(self) -> None:
        scripts = self.loket.office.scripts
        await self.fill(
            [
                ScriptLine(kind, part, self.language, scripts.get(kind, {}).get(self.language, {}).get(part))
                for kind in Kind
                for part in PARTS
            ]
        )

    async def do_script_language(self) -> None:
        self.language = "en" if self.language == "id" else "id"
        await self.read()

    async def do_script_write(self) -> None:
        if self.line is not None:
            await self.loket.push_screen(ScriptEditScreen(self.line))

    async def do_scripts_default(self) -> None:
        one = self.line
        if one is not None:
            await self.store.settings.set_script(one.kind, one.language, one.part, None)
            await self.changed(_("{text}: the words of Loket again").format(text=one.title()))


class ScriptEditScreen(SettingsDesk):
    """One text: above it is typed, below it stands as the card will show it, for an invented person."""

    DEFAULT_CSS = """
    ScriptEditScreen #halves { layout: vertical; width: 1fr; height: 1fr; }
    ScriptEditScreen #halves > Painted { width: 1fr; height: 1fr; }
    """

    def __init__(self, one: ScriptLine) -> None:
        super().__init__()
        self.one = one
        self._timer: Timer | None = None
        self._opened = False

    def body(self) -> Sequence[Widget]:
        self.editor = TextLines(LONGEST, id="text")
        self.page = PageView(id="preview")
        return (Container(self.editor, self.page, id="halves"),)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, own=self.one.own is not None)

    def table(self) -> None:
        return None

    def contexts(self) -> tuple[str, ...]:
        # While the text is typed every letter belongs to it.
        return ("always",) if self.editor.typing and not self.asking else (self.asking or "script", "always")

    def place(self) -> tuple[str, str]:
        return _("Script"), self.one.title()

    def idle_lines(self) -> list[list[Piece]]:
        fields: Piece = (_("Fields: {fields}").format(fields=" ".join(f"{{{name}}}" for name in FIELDS)), "key")
        if self.editor.typing:
            return [
                [fields],
                [(_("# heading · - list · **bold** · tab, then enter saves · esc keeps a draft"), "muted")],
            ]
        return [[fields], [(_("enter saves · e goes on writing · b the words of Loket · esc keeps a draft"), "muted")]]

    # Reading

    async def read(self) -> None:
        if not self._opened:
            self._opened = True
            draft = await self.store.drafts.load(self.one.draft)
            self.editor.open(self.one.text if draft is None else draft[0])
            if draft is not None:
                when = short_moment(draft[1], self.loket.now())
                self.say(_("Your draft of {when} goes on; it is not saved yet.").format(when=when), "warn")
        self._preview()

    def _preview(self) -> None:
        self.page.fill(self._preview_lines)

    def _preview_lines(self, width: int) -> list[Line]:
        title = _("The card will say")
        head = line((f" {title} ".ljust(width, "─"), "muted"))
        try:
            check_script(self.editor.text)
        except ScriptError as wrong:
            return [head, *[line((f" {row}", "bad")) for row in wrap(settings.refusal(wrong), width - 2, 4)]]
        now = self.loket.now()
        address, name, company, matter = INVENTED
        values = {
            "sapaan": address,
            "nama": name,
            "perusahaan": company,
            "perihal": matter,
            "petugas": self.loket.me.name,
            "kantor": self.loket.me.office,
            "salam": i18n.spoken(self.one.language, script.greeting_of(now)),
        }
        lines = [head]
        for block in render(self.editor.text, values):
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
            await self.guarded(lambda: self.store.drafts.save(self.one.draft, self.editor.text))

    async def leave_prompt(self) -> None:
        await self._keep()
        await super().leave_prompt()

    async def do_script_type(self) -> None:
        self._type(True)

    async def do_script_save(self) -> None:
        one = self.one
        await self.store.settings.set_script(one.kind, one.language, one.part, self.editor.text)
        await self._done()
        self._say_below(_("{text}: saved").format(text=one.title()))

    async def do_script_default(self) -> None:
        one = self.one
        await self.store.settings.set_script(one.kind, one.language, one.part, None)
        await self._done()
        self._say_below(_("{text}: the words of Loket again").format(text=one.title()))

    async def _done(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        await self.store.drafts.clear(self.one.draft)
        self.loket.saved()
        await self.loket.refresh_office()

    def _say_below(self, said: str) -> None:
        self.loket.message = (_("{what} · u undoes").format(what=said), "good")
        self.dismiss()

    async def step_back(self) -> None:
        await self._keep()
        kept = await self.store.drafts.load(self.one.draft)
        if kept is not None:
            self.loket.message = (_("Not saved; your draft is kept (enter goes on)."), "warn")
        self.dismiss()
