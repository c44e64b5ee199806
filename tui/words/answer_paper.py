"""A quick answer on paper, in words, ready to be drawn by `printing`."""

from __future__ import annotations

from datetime import datetime

from printing.sheets import AnswerSheet, AnswerWords
from store.answers import AnswerFacts
from store.rows import Me
from store.rules.answers import AnswerRow
from store.rules.script import Block, render
from tui.i18n import _
from tui.words import answer_fields
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp


def page(row: AnswerRow, office: AnswerFacts, me: Me, now: datetime) -> tuple[AnswerSheet, AnswerWords]:
    """The page and its words, in the language in use."""
    text = row.text
    sheet = AnswerSheet(
        stamp=stamp(me, now),
        title=printable(text.title),
        blocks=tuple(_printable(block) for block in _blocks(row, office, me, now)),
        source=printable(text.source),
        valid_until=text.valid_until,
        expired=row.expired,
        address=printable(office.address),
        phone=printable(office.phone),
    )
    words = AnswerWords(
        paper=paper_words(),
        source=_("Source: {source}"),
        valid=_("Holds until {day}"),
        expired=_("EXPIRED: held until {day}. Ask at the office."),
        phone=_("Telephone {phone}"),
    )
    return sheet, words


def words_of(row: AnswerRow, office: AnswerFacts, me: Me, now: datetime) -> list[str]:
    """Every word of the page: told when a letter of it cannot be printed."""
    texts = [row.text.title, row.text.source, office.address, office.phone]
    texts += [block.text for block in _blocks(row, office, me, now)]
    return [word for text in texts for word in text.split()]


def _blocks(row: AnswerRow, office: AnswerFacts, me: Me, now: datetime) -> list[Block]:
    return render(row.text.body, answer_fields.values(office, me.office, now))


def _printable(block: Block) -> Block:
    return Block(block.kind, tuple((printable(text), style) for text, style in block.runs))
