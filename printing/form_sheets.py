"""A company's open questions on paper: rows in, as the document takes them (design.md 3.3). Light to import."""

from __future__ import annotations

from datetime import date

from printing.sheets import Stamp
from printing.words import PaperWords
from store.value_class import value_class


@value_class
class FormPerson:
    """One person, what is asked of them in words, and for each column whether it is asked: the others are hatched."""

    kpj: str
    name: str
    questions: str
    asked: tuple[bool, ...]


@value_class
class CompanyFormSheet:
    """One numbered form. No present value stands on it: it leaves the office (domain.md 3.7)."""

    stamp: Stamp
    number: int
    company: str
    npp: str
    day: date
    due_on: date | None
    columns: tuple[str, ...]  # what is asked of anybody, as titles
    people: tuple[FormPerson, ...]


@value_class
class CompanyFormWords:
    """Words of the form. `title` holds `{number}`, `people` `{n}`, `due` `{day}`."""

    paper: PaperWords
    title: str
    npp: str
    people: str
    due: str
    request: str  # what the company is asked to do, and that nothing may be invented
    number: str
    kpj: str
    name: str
    question: str
    filled_by: str  # "… , …": place and date
    signer: str
    empty: str
