"""One quick answer in a narrow column: title, text, where it is from, until when it holds; an expired one says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.rules.answers import AnswerRow
from store.rules.script import render
from tui import i18n
from tui.i18n import _, long_date
from tui.widgets.ink import EMPTY, Line, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.script_lines import block_rows
from tui.words import answers, settings

NARROWEST, WIDEST = 30, 60
"""Cells of the column; wider lines are hard to read aloud."""
_MOST = 400
"""Lines of one paragraph: an answer has at most 4,000 characters."""


class AnswerPanel(PageView):
    """Shows an answer, or what to say where there is none."""

    def tell(
        self, row: AnswerRow | None, values: Mapping[str, str], empty: str = "", *, from_top: bool = False
    ) -> None:
        """`values` fill the fields in, in the language of the answer; `empty` stands where `row` is None."""
        if row is None:
            self.fill(lambda width: _plain(empty, width), from_top=from_top)
        else:
            self.fill(lambda width: answer_lines(row, values, width), from_top=from_top)

    async def read_on(self) -> None:
        """A page further, from the end back to the beginning."""
        at_end = self.top + self.size.height >= self.total
        await self.move("home" if at_end else "pagedown")


def answer_lines(row: AnswerRow, values: Mapping[str, str], width: int) -> list[Line]:
    """The answer in lines of `width` cells, with a mark where a word is longer than that."""
    room = max(10, min(width, WIDEST) - 2)
    text = row.text
    lines = [line((f" {each}", "strong")) for each in wrap(text.title, room, 4)]
    for mark, role in _marks(row):
        lines += [line((f" {each}", role)) for each in wrap(mark, room, 4)]
    lines.append(EMPTY)
    for block in render(text.body, values):
        lines += [line((" ", "normal"), *pieces) for pieces in block_rows(block, room, _MOST)]
    lines.append(EMPTY)
    for said in _origin(row):
        lines += [line((f" {each}", "muted")) for each in wrap(said, room, 4)]
    return lines


def _marks(row: AnswerRow) -> list[tuple[str, str]]:
    """What has to be known before the text is read out."""
    marks = []
    if row.expired and row.text.valid_until is not None:
        day = long_date(row.text.valid_until)
        marks.append((_("EXPIRED: held until {day}. Ask the head before you tell it.").format(day=day), "bad"))
    if row.text.language != i18n.language():
        marks.append((_("In {language}").format(language=_(settings.LANGUAGES[row.text.language])), "muted"))
    return marks


def _origin(row: AnswerRow) -> Sequence[str]:
    """Topic, source, last day, and whose words they are."""
    text = row.text
    said = [_("Topic: {topic}").format(topic=answers.topic_words().get(text.topic, text.topic))]
    said.append(_("Source: {source}").format(source=text.source or _("not given")))
    if text.valid_until is not None and not row.expired:
        said.append(_("Holds until {day}").format(day=long_date(text.valid_until)))
    said.append(_("The office's own words.") if row.own else _("The words of Loket."))
    return said


def _plain(text: str, width: int) -> list[Line]:
    return [EMPTY, *(line((f" {each}", "normal")) for each in wrap(text, max(10, width - 2), 8))]
