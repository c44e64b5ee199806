"""Naskah: what is said in each kind of call, in both languages; the office writes its own, or uses Loket's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from textual.widget import Widget

from store.rules.kinds import Kind
from store.rules.script import FIELDS, PARTS
from store.value_class import value_class
from tui import i18n
from tui.i18n import _
from tui.screens.editor import MarkdownEditScreen
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, script, settings

INVENTED: Final = ("Ibu", "SITI CONTOH", "PT CONTOH JAYA", "Perihal contoh")
"""The person of the preview; nobody has this name."""


@value_class
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


class ScriptEditScreen(MarkdownEditScreen):
    """One text of the script, as the card will show it for an invented person."""

    def __init__(self, one: ScriptLine) -> None:
        super().__init__()
        self.one = one

    @property
    def draft_key(self) -> str:
        return self.one.draft

    @property
    def fields(self) -> Sequence[str]:
        return FIELDS

    def is_own(self) -> bool:
        return self.one.own is not None

    def place(self) -> tuple[str, str]:
        return _("Script"), self.one.title()

    def begins_with(self) -> str:
        return self.one.text

    def preview_title(self) -> str:
        return _("The card will say")

    def values(self) -> dict[str, str]:
        address, name, company, matter = INVENTED
        return {
            "sapaan": address,
            "nama": name,
            "perusahaan": company,
            "perihal": matter,
            "petugas": self.loket.me.name,
            "kantor": self.loket.me.office,
            "salam": i18n.spoken(self.one.language, script.greeting_of(self.loket.now())),
        }

    async def save_text(self, text: str) -> str:
        one = self.one
        await self.store.settings.set_script(one.kind, one.language, one.part, text)
        return _("{text}: saved").format(text=one.title())

    async def back_to_default(self) -> str:
        one = self.one
        await self.store.settings.set_script(one.kind, one.language, one.part, None)
        return _("{text}: the words of Loket again").format(text=one.title())
