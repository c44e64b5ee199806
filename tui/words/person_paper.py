"""One person's record and its history, in words: on paper for who asks to see it, and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from printing.sheets import AnswerSheet, AnswerWords
from store.persons import Person
from store.rows import Me
from store.rules.script import Block
from store.timeline import Happening
from tui.i18n import _, short_moment
from tui.widgets.person import person_lines
from tui.widgets.script_lines import LABEL
from tui.words import trail
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp

COLUMNS = 100
"""Columns of the lines."""


def lines(person: Person, history: Sequence[Happening], now: datetime) -> list[str]:
    """The record as the person's page shows it."""
    return [line.text.rstrip() for line in person_lines(person, history, now, "", COLUMNS)]


def record(person: Person, history: Sequence[Happening], me: Me, now: datetime) -> tuple[AnswerSheet, AnswerWords]:
    """The page and its words."""
    sheet = AnswerSheet(
        stamp=stamp(me, now),
        title=printable(_("Record of {name}").format(name=person.name)),
        blocks=tuple(_blocks(person, history, now)),
        source="",
        valid_until=None,
        expired=False,
    )
    return sheet, AnswerWords(paper=paper_words(), source="", valid="", expired="", phone="")


def _blocks(person: Person, history: Sequence[Happening], now: datetime) -> Iterator[Block]:
    yield Block("heading", ((printable(_("What the office knows")), "plain"),))
    for row in person_lines(person, (), now, "", COLUMNS)[1:-1]:
        label, text = row.text[:LABEL].strip(), " ".join(row.text[LABEL:].split())
        if label:
            yield Block("paragraph", ((printable(f"{label}: "), "bold"), (printable(text), "plain")))
        elif text:
            yield Block("paragraph", ((printable(text), "plain"),))
    yield Block("heading", ((printable(_("What was done with it")), "plain"),))
    for happening in history:
        # On paper the hour alone does not tell the day.
        told, hour_alone = trail.line_of(happening, now)[0], short_moment(happening.at, now)
        dated = short_moment(happening.at, now + timedelta(days=1)) + told.removeprefix(hour_alone)
        yield Block("item", ((printable(dated if told.startswith(hour_alone) else told), "plain"),))
    why = _("Values that are masked are shown whole at the office, to the person themselves. UU 27/2022, article 32.")
    yield Block("paragraph", ((printable(why), "plain"),))
