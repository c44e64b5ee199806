"""Quick answers: a list by topic, searched while one types, with the chosen answer beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from textual.widget import Widget

from store.answers import AnswerFacts
from store.rules.answers import AnswerRow, AnswerText
from store.rules.counter import TOPIC_KEYS, Topic
from store.rules.dates import read_date
from store.rules.permissions import Permission
from tui import i18n
from tui.commands import Facts
from tui.i18n import _, long_date
from tui.kept import Unkept, open_kept
from tui.screens import answers_out, files_out
from tui.screens.answers_write import NEW, AnswerEditScreen, new_answer
from tui.screens.settings import SettingsDesk
from tui.widgets.answer import AnswerPanel
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import answer_fields, answers, settings


class AnswersScreen(SettingsDesk):
    """Opens with all topics in the language of the screens; other people's texts appear as they are saved."""

    def __init__(self) -> None:
        super().__init__()
        self.language = i18n.language()
        self.topic: str | None = None
        self.text = ""
        self.office: AnswerFacts | None = None
        self._topics: Mapping[str, str] = {}
        self._told: object = None

    # What it says of itself

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[AnswerRow](
            (
                Column("", _mark, width=1),
                Column(_("Answer"), lambda row: row.text.title, share=3),
                Column(_("Topic"), lambda row: (self._topic_word(row), "muted"), share=2, hide_below=60),
            ),
            key=lambda row: row.text.key,
            id="answers",
        )
        self.panel = AnswerPanel(id="answer")
        return (self.list, self.panel)

    def context(self) -> str:
        return "answers"

    def place(self) -> tuple[str, str]:
        topic = _("all topics") if self.topic is None else self._topics.get(self.topic, self.topic)
        return _("Quick answers"), f"{topic} · {_(settings.LANGUAGES[self.language])}"

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        own, added = row is not None and row.own, row is not None and not row.built_in
        rows = 0 if row is None else self.list.total
        return Facts(permissions=me.permissions, practice=me.practice, rows=rows, own=own, added=added)

    def idle_lines(self) -> list[list[Piece]]:
        position = f"   {self.list.position()}"
        if self.text:
            shown = _("Shown: “{text}” · / types on · esc shows all").format(text=self.text)
            return [[(shown, "warn"), (position, "muted")], self._legend()]
        first = _("↑↓ choose · space reads on · esc goes back")
        if Permission.MANAGE_OFFICE in self.loket.me.permissions:
            first = _("e text · n new answer · t title · s source · d valid until")
        return [[(first, "muted"), (position, "muted")], self._legend()]

    def _legend(self) -> list[Piece]:
        return [("* ", "key"), (_("the office's own words"), "muted"), ("   ! ", "bad"), (_("EXPIRED"), "muted")]

    @property
    def row(self) -> AnswerRow | None:
        return cast("AnswerRow | None", self.list.current)

    def _topic_word(self, row: AnswerRow) -> str:
        return self._topics.get(row.text.topic, row.text.topic)

    # Reading

    async def read(self) -> None:
        self.office = await self.store.answers.facts()
        await self._list()

    async def _list(self) -> None:
        self._topics = answers.topic_words()
        with i18n.speaking(self.language):
            topics = answers.topic_words()
        loket_has = answers.built_in(self.language, self.office)
        rows = await self.store.answers.search(self.text, self.language, loket_has, topic=self.topic, topics=topics)
        await self.fill(rows)
        self._tell()

    async def moved(self) -> None:
        self._tell()

    def draw_desk(self) -> None:
        """The hours of the answer are those of this minute."""
        self._tell()

    def _tell(self) -> None:
        if self.office is None:
            return
        now = self.loket.now()
        shown = (self.row, self.office, now.replace(second=0, microsecond=0), self.language, self.text)
        if shown == self._told:
            return
        before, self._told = self._told, shown
        same = isinstance(before, tuple) and before[0] is not None and before[0] == self.row
        values = answer_fields.values_for(self.row, self.office, self.loket.me.office, now)
        self.panel.tell(self.row, values, self._nothing(), from_top=not same)

    def _nothing(self) -> str:
        if self.text:
            return _("No answer has “{text}”. Type less, or 0 for all topics.").format(text=self.text)
        return _("No answer of this topic yet. 0 shows all topics; n writes a new one.")

    # Choosing

    async def do_answer_topic(self) -> None:
        topics = {**TOPIC_KEYS, "9": Topic.PROGRAMME.value, "0": None}
        self.topic = topics[self.pressed]
        await self._list()
        await self.list.go(0)

    async def do_answer_search(self) -> None:
        self._search_line()

    def _search_line(self) -> None:
        async def typed(text: str) -> None:
            self.text = text
            await self._list()

        async def entered(text: str) -> None:
            self.text = text.strip()
            await self._list()

        async def dropped(_text: str) -> None:
            self.text = ""
            await self._list()

        hint = _("any words of the answer · ↑↓ choose · enter keeps these · esc shows all")
        self.open_prompt(
            PromptLine(_("Search"), self.text, hint, 60), entered, typed=typed, escape=dropped, keep=Unkept.SEARCH
        )

    async def _moves_table(self, key: str) -> bool:
        moved = await super()._moves_table(key)
        if moved:
            self._tell()
        return moved

    async def do_answer_more(self) -> None:
        await self.panel.read_on()

    async def do_answer_language(self) -> None:
        self.language = "en" if self.language == "id" else "id"
        await self._list()

    async def step_back(self) -> None:
        if self.text:
            self.text = ""
            await self._list()
        else:
            self.dismiss()

    # Paper

    async def do_answer_print(self) -> None:
        shell, row, office = self.loket, self.row, self.office
        if row is not None and office is not None:
            shell.run_worker(files_out.told(shell, lambda: answers_out.write(shell, row, office)))

    # Writing

    async def do_answer_write(self) -> None:
        if self.row is not None:
            await self.loket.push_screen(AnswerEditScreen(in_language(self.row, self.language)))

    async def do_answer_new(self) -> None:
        async def named(title: str) -> None:
            if not title.strip():
                self.say(_("A new answer needs a title: n."), "warn")
                return
            row = new_answer(self.language, self.topic or Topic.OTHER, title.strip())
            await self.loket.push_screen(AnswerEditScreen(row))

        hint = _("the question as people ask it · enter goes on to the text · esc drops")
        await open_kept(self, NEW, PromptLine(_("Title"), "", hint, 80), named)

    async def do_answer_title(self) -> None:
        row = self.row
        if row is None:
            return

        async def save(typed: str) -> None:
            await self._save(row, replace(row.text, title=typed))

        await self.type_in(
            f"answer title {row.text.key} {row.text.language}",
            _("Title"),
            row.text.title,
            _("enter saves · esc goes back"),
            save,
        )

    async def do_answer_source(self) -> None:
        row = self.row
        if row is None:
            return

        async def save(typed: str) -> None:
            await self._save(row, replace(row.text, source=typed))

        await self.type_in(
            f"answer source {row.text.key} {row.text.language}",
            _("Source"),
            row.text.source,
            _("enter saves · esc goes back"),
            save,
        )

    async def do_answer_until(self) -> None:
        row = self.row
        if row is None:
            return
        last = row.text.valid_until
        hint = _("the last day as 31-12-2027, empty for no end · enter saves · esc goes back")
        await self._ask_until(row, last.strftime("%d-%m-%Y") if last is not None else "", hint)

    async def _ask_until(self, row: AnswerRow, text: str, hint: str) -> None:
        async def entered(typed: str) -> None:
            day = read_date(typed, field="day").value
            if typed.strip() and day is None:
                await self._ask_until(row, text, hint)
                self.say(_("“{text}” is no day. For example: 31-07-2023").format(text=typed), "warn")
                return
            await self._save(row, replace(row.text, valid_until=day))

        await open_kept(self, f"answer until {row.text.key}", PromptLine(_("Valid until"), text, hint, 30), entered)

    async def _save(self, row: AnswerRow, text: AnswerText) -> None:
        seen = in_language(row, self.language)
        await self.store.answers.save(replace(text, language=self.language), expect=seen.version)
        said = _("{title}: saved").format(title=text.title)
        if text.valid_until is not None and text.valid_until != row.text.valid_until:
            said = _("{title}: holds until {day}").format(title=text.title, day=long_date(text.valid_until))
        await self.changed(said)

    async def do_answer_default(self) -> None:
        row = self.row
        if row is not None:
            await self.store.answers.reset(row.text.key, row.text.language)
            await self.changed(_("{text}: the words of Loket again").format(text=row.text.title))

    async def do_answer_remove(self) -> None:
        row = self.row
        if row is not None:
            await self.store.answers.remove(row.text.key)
            await self.changed(_("{title}: taken away").format(title=row.text.title))

    async def do_undo(self) -> None:
        title = await self.store.answers.undo()
        self.loket.saved()
        await self.read()
        self.say(_("Taken back: {what}.").format(what=title), "good")


def _mark(row: AnswerRow) -> str | Piece:
    if row.expired:
        return "!", "bad"
    return ("*", "key") if row.own else ""


def in_language(row: AnswerRow, language: str) -> AnswerRow:
    """The same answer to be written in a language: one that is there in another language only is new in this one."""
    if row.text.language == language:
        return row
    return replace(row, text=replace(row.text, language=language), version=None)
