"""What a page of the audit trail says."""

from __future__ import annotations

from printing.sheets import Stamp
from printing.words import PaperWords
from store.value_class import value_class


@value_class
class TrailLine:
    """One entry: when and by whom, what was done, about whom."""

    number: str
    when: str
    who: str
    deed: str
    whom: str


@value_class
class TrailSheet:
    """Entries, the newest first; `asked` says through which filter, `anchor` is the head of the trail in one line."""

    stamp: Stamp
    asked: str
    lines: tuple[TrailLine, ...]
    anchor: str


@value_class
class TrailWords:
    """Words of the pages: the title and the headings of the columns."""

    paper: PaperWords
    title: str
    number: str
    when: str
    who: str
    deed: str
    whom: str
    empty: str
