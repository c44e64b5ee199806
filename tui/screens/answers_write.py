"""The text of a quick answer, written with its preview; a colleague's newer text is never run over unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from store.answers import AnswerFacts
from store.errors import StaleEdit, StoreError
from store.rules.answers import FIELDS, AnswerRow, AnswerText
from tui import i18n
from tui.i18n import _
from tui.kept import LINES
from tui.screens.editor import MarkdownEditScreen
from tui.words import answer_fields, answers, settings

NEW: Final = "answer new"
"""The key of the draft of the title of an answer whose text is not saved yet."""


def new_answer(language: str, topic: str, title: str) -> AnswerRow:
    """An answer of the office that is not written yet."""
    return AnswerRow(AnswerText("", language, topic, title, ""), built_in=False, version=None, expired=False)


class AnswerEditScreen(MarkdownEditScreen):
    """The body of one answer in one language."""

    def __init__(self, row: AnswerRow) -> None:
        super().__init__()
        self.answer = row
        self.expect = row.version
        self.office: AnswerFacts | None = None

    @property
    def draft_key(self) -> str:
        text = self.answer.text
        return f"answer:{text.language}:{text.key or 'new'}"

    @property
    def fields(self) -> Sequence[str]:
        return FIELDS

    def is_own(self) -> bool:
        return self.answer.own and self.answer.built_in

    def place(self) -> tuple[str, str]:
        text = self.answer.text
        return _("Quick answer"), f"{text.title} · {_(settings.LANGUAGES[text.language])}"

    def begins_with(self) -> str:
        return self.answer.text.body

    def preview_title(self) -> str:
        return _("The answer will say")

    async def read(self) -> None:
        self.office = await self.store.answers.facts()
        await super().read()

    def values(self) -> Mapping[str, str]:
        if self.office is None:
            return {}
        with i18n.speaking(self.answer.text.language):
            return answer_fields.values(self.office, self.loket.me.office, self.loket.now())

    def to_draft(self, text: str) -> str:
        # The version that was seen goes along: a draft that is taken up later must not pass for a fresh reading.
        return f"{self.expect or 0}\n{text}"

    def from_draft(self, kept: str) -> str:
        seen, _end, text = kept.partition("\n")
        self.expect = int(seen) or None
        return text

    async def save_text(self, text: str) -> str:
        written = replace(self.answer.text, body=text)
        await self.store.answers.save(written, expect=self.expect)
        if not written.key:
            await self.store.drafts.clear(f"{LINES}{NEW}")
        return _("{title}: saved").format(title=written.title)

    async def lost(self, error: StoreError) -> None:
        if not isinstance(error, StaleEdit):
            return
        # What a colleague wrote is known from now on: saving again puts this text in its place.
        text = self.answer.text
        rows = await self.store.answers.list(None, text.language, answers.built_in(text.language))
        found = [row for row in rows if row.text.key == text.key and row.text.language == text.language]
        self.expect = found[0].version if found else None
        self.say(_("A colleague wrote this meanwhile; enter again puts yours in its place, esc keeps a draft."), "warn")

    async def back_to_default(self) -> str:
        text = self.answer.text
        await self.store.answers.reset(text.key, text.language)
        return _("{text}: the words of Loket again").format(text=text.title)
