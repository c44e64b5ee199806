"""Perihal: what each digit of the counter (F3) is about; the office puts its own words beside those of Loket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from textual.widget import Widget

from store.rules.counter import TOPIC_KEYS
from store.value_class import value_class
from tui.i18n import _, spoken
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import counter

DIGITS: Final = "123456789"
MOST: Final = 60
"""Letters of the office's own words."""


@value_class
class TopicLine:
    """One digit: the code of a topic of Loket, the office's own words, or '' for nothing."""

    digit: str
    code: str

    @property
    def built_in(self) -> bool:
        return self.code in counter.TOPICS


class TopicsScreen(SettingsDesk):
    """Nine digits; a digit, or enter, types the topic on it."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: Mapping[str, str] = {}

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[TopicLine](
            (
                Column("", lambda one: ("*", "key") if one.code != TOPIC_KEYS.get(one.digit, "") else "", width=1),
                Column(_("Key"), lambda one: (one.digit, "key"), width=6),
                Column(_("Topic"), lambda one: counter.topic(one.code) or (_("nothing"), "muted"), share=3),
                Column(_("Quick answers"), self._answers, share=2),
            ),
            key=lambda one: one.digit,
            id="topics",
        )
        return (self.list,)

    def context(self) -> str:
        return "topics"

    def place(self) -> tuple[str, str]:
        return _("Topics of the counter (F3)"), self.loket.me.office

    def is_own(self) -> bool:
        return dict(self.topics) != dict(TOPIC_KEYS)

    @property
    def line(self) -> TopicLine | None:
        return cast("TopicLine | None", self.list.current)

    def _answers(self, one: TopicLine) -> Piece:
        if not one.code:
            return "", "muted"
        return (_("those of Loket and the office"), "normal") if one.built_in else (_("none: own words"), "muted")

    def idle_lines(self) -> list[list[Piece]]:
        used = set(self.topics.values())
        free = ", ".join(_(word) for code, word in counter.TOPICS.items() if code not in used)
        second = _("Topics of Loket on no digit: {topics}").format(topics=free) if free else ""
        return [[(_("A name of a topic of Loket, or the office's own words."), "normal")], [(second, "muted")]]

    async def moved(self) -> None:
        self.frame()

    async def read(self) -> None:
        self.topics = await self.store.counter.topics()
        await self.fill([TopicLine(digit, self.topics.get(digit, "")) for digit in DIGITS])

    # Changing

    async def do_topic_number(self) -> None:
        await self.list.go(DIGITS.index(self.pressed))
        await self.do_topic_edit()

    async def do_topic_edit(self) -> None:
        one = self.line
        if one is None:
            return

        async def save(text: str) -> None:
            topic = read_topic(text)
            await self.store.counter.set_topic(one.digit, topic or None)
            await self._saved(one.digit, topic)

        label = _("Topic {digit}").format(digit=one.digit)
        hint = _("a topic of Loket by its name, or own words; nothing: no topic · enter · esc")
        await self.type_in(f"topic {one.digit}", label, counter.topic(one.code), hint, save, MOST)

    async def do_topic_remove(self) -> None:
        one = self.line
        if one is not None:
            await self.store.counter.set_topic(one.digit, None)
            await self._saved(one.digit, "")

    async def _saved(self, digit: str, topic: str) -> None:
        await self.changed(": ".join((digit, counter.topic(topic) or _("nothing"))))

    async def do_topics_default(self) -> None:
        await self.store.counter.set_topics(TOPIC_KEYS)
        await self.changed(_("The topics of Loket again"))


def read_topic(text: str) -> str:
    """What was typed: the code of a topic of Loket by its name in either language, else the words; '' for nothing."""
    words = " ".join(text.split())
    for code, name in counter.TOPICS.items():
        if words.casefold() in (code, name.casefold(), spoken("id", name).casefold()):
            return code
    return words
