"""Lists of people to look up in Smile: which questions there are, what Smile can answer, how a line names somebody.

A line names a person by NIK, KPJ or both. What could be a telephone number, or lost digits in a workbook, is never
taken for an identifier: it is told as it stood (domain.md 3.1, 3.2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from store.rules.identity import read_kpj, read_nik
from store.rules.names import read_name
from store.rules.readings import Cell
from store.rules.text import clean_cell, is_empty, raw_text
from store.value_class import value_class


class LookupKind(StrEnum):
    """What is looked up of everybody on a list."""

    CONTRIBUTIONS = "contributions"
    STATUS = "status"


class Answer(StrEnum):
    """What Smile says of one person."""

    PAID_UP = "paid_up"
    ARREARS = "arrears"
    ACTIVE = "active"
    LEFT = "left"
    CLAIMED = "claimed"
    NOT_FOUND = "not_found"


ANSWERS: Final[dict[LookupKind, tuple[Answer, ...]]] = {
    LookupKind.CONTRIBUTIONS: (Answer.PAID_UP, Answer.ARREARS, Answer.NOT_FOUND),
    LookupKind.STATUS: (Answer.ACTIVE, Answer.LEFT, Answer.CLAIMED, Answer.NOT_FOUND),
}
"""The answers to each question, in the order of their keys."""

MOST_MONTHS: Final = 999

_TOKENS: Final = re.compile(r"[\s;|,\t]+")
_CARD: Final = re.compile(r"[0-9]{11}")
_PHONE: Final = re.compile(r"(?:0|62)8")
_DIGITS: Final = re.compile(r"[0-9]{5,}")
_LONGEST: Final = 1000
"""More characters than this in one cell are no line about a person: each word of it would be read several times."""


@value_class
class LookupRead:
    """A line of a list as read; `problem` says why it names nobody, '' where it does or says nothing at all."""

    nik: str = ""
    kpj: str = ""
    name: str = ""
    problem: str = ""

    @property
    def usable(self) -> bool:
        return bool(self.nik or self.kpj)


def kept_answer(answer: Answer, months: int | None = None) -> str:
    """An answer as it is kept: 'arrears:3' where the months are known."""
    return f"{answer}:{months}" if months else str(answer)


def split_answer(kept: str) -> tuple[Answer | None, int | None]:
    """The answer and its months; (None, None) while there is none."""
    if not kept:
        return None, None
    answer, _mark, months = kept.partition(":")
    return Answer(answer), int(months) if months else None


def read_named(nik: Cell, kpj: Cell, name: Cell = None) -> LookupRead:
    """A line under headings."""
    read, card = read_nik(nik), read_kpj(kpj)
    who = read_name(name).name
    if read.value or card.value:
        return LookupRead(read.value or "", card.value or "", who)
    problem = next((flag for flag in read.flags if flag != "nik-missing"), "")
    if not problem and not is_empty(kpj):
        problem = "kpj-unusable"
    return LookupRead("", "", who, problem or ("nobody-named" if who else ""))


def read_bare(cells: Sequence[Cell]) -> LookupRead:
    """A line without headings: 16 digits are a NIK, 11 a card unless they begin as a telephone number does.

    A cell of more than a thousand characters names nobody.
    """
    niks: list[str] = []
    cards: list[str] = []
    names: list[str] = []
    alone = sum(not is_empty(each) for each in cells) == 1
    short = [each for each in cells if not isinstance(each, str) or len(each) <= _LONGEST]
    problem = "kpj-unusable" if len(short) < len(cells) else ""
    for cell in (part for each in short for part in _parts(each)):
        read = read_nik(cell)
        if read.value:
            niks.append(read.value)
        elif "nik-rounded" in read.flags:
            problem = "nik-rounded"
        elif _is_card(cell, alone=alone):
            cards.append(read_kpj(cell).value or "")
        elif (text := clean_cell(cell)) and not re.search("[0-9]", text):
            names.append(text)
        elif _DIGITS.search(text):
            problem = problem or ("nik-malformed" if len(re.sub("[^0-9]", "", text)) > 13 else "kpj-unusable")
    name = read_name(" ".join(names)).name if names else ""
    if niks or cards:
        return LookupRead(niks[0] if niks else "", cards[0] if cards else "", name)
    return LookupRead("", "", name, problem)


def _parts(cell: Cell) -> list[Cell]:
    """A cell, or its words where one of them is an identifier by itself; one that is written in groups stays whole."""
    if not isinstance(cell, str):
        return [cell]
    parts: list[Cell] = [part for part in _TOKENS.split(raw_text(cell)) if part]
    return parts if any(read_nik(part).value or _is_card(part, alone=True) for part in parts) else [cell]


def _is_card(cell: Cell, *, alone: bool) -> bool:
    code = read_kpj(cell).value
    if code is None:
        return False
    return bool(_CARD.fullmatch(code)) and (alone or not _PHONE.match(code))
