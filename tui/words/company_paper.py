"""A company's open questions on A4, in words, ready to be drawn by `printing` (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from printing.form_sheets import CompanyFormSheet, CompanyFormWords, FormPerson
from store.rows import Me
from store.worklists import FormSheet
from tui.i18n import _
from tui.words import corrections
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp


def form(sheet: FormSheet, me: Me, now: datetime) -> tuple[CompanyFormSheet, CompanyFormWords]:
    """The form and its words: cards, names and what is asked; no value of anybody, as it leaves the office."""
    people = tuple(
        FormPerson(
            line.kpj,
            printable(line.name),
            corrections.others(line.problems),
            tuple(field in line.asks for field in sheet.asks),
        )
        for line in sheet.lines
    )
    drawn = CompanyFormSheet(
        stamp(me, now),
        sheet.number,
        printable(sheet.company),
        printable(sheet.npp),
        sheet.day,
        sheet.due_on,
        tuple(_(corrections.LABELS[field]) for field in sheet.asks),
        people,
    )
    return drawn, _words()


def words_of(sheet: FormSheet) -> Iterator[str]:
    """Every name on the form: told when a letter of it cannot be printed."""
    yield sheet.company
    yield from (line.name for line in sheet.lines)


def _words() -> CompanyFormWords:
    return CompanyFormWords(
        paper=paper_words(),
        title=_("Form {number}: data of your workers to complete"),
        npp="NPP",
        people=_("{n} people"),
        due=_("please send it back until {day}"),
        request=_("Write only what is right and leave the rest empty; for somebody without an e-mail write “-”."),
        number=_("No."),
        kpj="KPJ",
        name=_("Name"),
        question=_("What is asked"),
        filled_by="……………………, ……………………",
        signer=_("Filled in by (name, position, stamp)"),
        empty=_("Nothing is asked of this company any more."),
    )
