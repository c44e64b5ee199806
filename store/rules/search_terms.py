"""What a person can be found by, and how well somebody fits what was typed (design.md 3.2 "Who").

The index keeps short pieces of each text, the *terms*, and who has them. Whoever fits has all terms of what is looked
for; the other way round that is only nearly so, hence whoever the terms name is looked at with `Sought.rank`.

A word of three letters or more fits anywhere inside a word of a name or company, a shorter one at its beginning. Digits
(three or more) fit anywhere in a telephone number or KPJ and at the beginning of a NIK; a KPJ may also begin with any
text. The mark before a term says where it was found:
`^` beginning of a name's word, `n` inside one, `=` the whole of one that is longer than a piece; `<` beginning of a
word of the company or of a title, `o` inside one; `d` inside a telephone number, `z` its end; `K` beginning of a KPJ,
`k` inside it; `i` beginning of a NIK, `p` place in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from store.rules.names import name_key
from store.rules.phones import search_digits
from store.rules.text import clean

PIECE: Final = 3
"""Letters of a term, and of the shortest word that is looked for inside words."""

# 99999 has no other piece than 999, as very many numbers have.
_RUN = re.compile(r"((.)\2{3,})")
_LONGEST_RUN = 12
_WORD, _TEXT = "W", "T"  # stand for all terms of a name's word, of a company
_PLAIN = re.compile("[A-Z0-9]+")
_NUMBER_PART = re.compile(r"[0-9+().-]+")
_NIK_BEGINNINGS = (3, 4, 5, 6)  # within the region, which half an office shares; the birth date comes in pairs
_NIK_PAIRS = [(place, f"p{place}:") for place in range(6, 16, 2)]

EXACT, NUMBER_END, CODE_BEGINS, NAME_BEGINS, WORDS_BEGIN, CONTAINED = range(6)
"""How well somebody fits, best first."""


class Known(NamedTuple):  # many are made for each key that is typed
    """What somebody can be found by. `numbers` are E.164."""

    participant_id: int
    name: str
    name_key: str
    company: str
    kpj: str
    nik: str | None
    numbers: tuple[str, ...] = ()


def _pieces(text: str, mark: str = "") -> list[str]:
    """The terms inside a text, each after the mark: every three letters, and longer ones of one letter repeated."""
    found = [mark + text[n : n + PIECE] for n in range(len(text) - PIECE + 1)]
    if len(set(found)) == len(found):  # a run of more has the same piece twice
        return found
    for run in _RUN.findall(text):
        found += [mark + run[0][:length] for length in range(PIECE + 1, min(len(run[0]), _LONGEST_RUN) + 1)]
    return found


def _needed(part: str) -> list[str]:
    """Enough of the pieces of what is looked for: each second one overlaps with the next, and the last."""
    if len(part) < PIECE:
        return []
    found = [part[n : n + PIECE] for n in range(0, len(part) - PIECE, 2)]
    return [*found, part[-PIECE:], *(run[0][:_LONGEST_RUN] for run in _RUN.findall(part))]


def whole_terms(word: str) -> list[str]:
    """The term that says all of a name's word; what is no longer than a piece is said by that."""
    return [f"={word}"] if len(word) > PIECE else []


def _word_terms(word: str) -> list[str]:
    return [f"^{word[0]}", f"^{word[:2]}", f"^{word[:3]}", *_pieces(word, "n"), *whole_terms(word)]


def _text_terms(text: str) -> list[str]:
    return [term for word in text.upper().split() for term in (f"<{word[0]}", f"<{word[:2]}", *_pieces(word, "o"))]


def name_terms(name: str, key: str) -> list[str]:
    """The terms of a name: of its key, and of what is written but no part of that, as titles are."""
    words = key.split()
    terms = [_WORD + word for word in words]
    written = name.upper()
    if written != key:
        terms += [_TEXT + word for word in written.split() if word not in words]
    return terms


def company_terms(company: str) -> list[str]:
    return [_TEXT + company] if company else []


@lru_cache(maxsize=50_000)
def spelled(term: str) -> tuple[str, ...]:
    """The terms for which one stands that is given for a whole word or company: most of these come again and again."""
    if term.startswith(_WORD):
        return tuple(_word_terms(term[1:]))
    return tuple(_text_terms(term[1:])) if term.startswith(_TEXT) else (term,)


def kpj_terms(kpj: str) -> list[str]:
    code = kpj.upper()
    return [f"K{code[:1]}", f"K{code[:2]}", f"K{code[:3]}", *_pieces(code, "k")]


def nik_terms(nik: str | None) -> list[str]:
    """Also of a part of a NIK, counted from its beginning."""
    if not nik:
        return []
    beginnings = ["i" + nik[:length] for length in _NIK_BEGINNINGS if length <= len(nik)]
    return beginnings + [mark + nik[place : place + 2] for place, mark in _NIK_PAIRS if place + 2 <= len(nik)]


def number_terms(e164: str) -> list[str]:
    digits = e164.removeprefix("+")
    return [*_pieces(digits, "d"), f"z{digits[-PIECE:]}"]


def most_telling(terms: frozenset[str]) -> str:
    """Of the terms that somebody has all of, the one that most likely says nearly as much alone.

    Names by how a word begins and numbers by how they end; how a KPJ begins says little in one office.
    """
    return max(terms, key=lambda term: (term[0] in "^z", term[0] not in "Ki", term))


def terms_of(known: Known) -> Iterator[str]:
    """Every term of one person, some of them more than once, some still to be `spelled`."""
    yield from name_terms(known.name, known.name_key)
    yield from company_terms(known.company)
    yield from kpj_terms(known.kpj)
    yield from nik_terms(known.nik)
    for e164 in known.numbers:
        yield from number_terms(e164)


def typed_words(text: str) -> list[str]:
    """What is looked for, word by word; digits that were typed in groups are one number ('0812 3456 78')."""
    words: list[str] = []
    in_number = False
    for word in text.split():
        is_number = _NUMBER_PART.fullmatch(word) is not None
        if is_number and in_number:
            words[-1] += word
        else:
            words.append(word)
        in_number = is_number
    return words


def _inside(part: str, text: str) -> bool:
    """Whether a word of the text has the part in it, or begins with it when it is short."""
    return part in text if len(part) >= PIECE else _begins_word(part, text)


def _begins_word(part: str, text: str) -> bool:
    return f" {part}" in f" {text}"


class Word:
    """One typed word, as it is looked for."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.text = typed.upper()
        self.keys = tuple((name_key(self.text) or self.text).split())
        self.plain = re.sub("[^0-9]", "", typed)
        # As a number is stored, and as it was typed: a part from the middle may begin with 0 or 62.
        self.parts = sorted({part for part in (search_digits(typed), self.plain) if len(part) >= PIECE})

    @property
    def is_number(self) -> bool:
        return bool(self.parts) and self.text == self.plain

    @property
    def e164(self) -> str:
        """The whole number that this may be."""
        return f"+62{search_digits(self.text)}"

    def fits(self, known: Known) -> bool:
        return (
            all(_inside(key, known.name_key) for key in self.keys)
            or _inside(self.text, known.name.upper())
            or _inside(self.text, known.company.upper())
            or self.begins_code(known)
            or any(part in known.kpj or any(part in e164 for e164 in known.numbers) for part in self.parts)
        )

    def is_exactly(self, known: Known) -> bool:
        if known.kpj.upper() == self.text:
            return True
        return bool(self.parts) and (
            known.nik == self.plain or f"+{self.plain}" in known.numbers or self.e164 in known.numbers
        )

    def ends_number(self, known: Known) -> bool:
        """Last digits are typed as they are heard: what begins with 0 is the beginning of a number."""
        return len(self.plain) >= PIECE and any(e164.endswith(self.plain) for e164 in known.numbers)

    def begins_code(self, known: Known) -> bool:
        if known.kpj.upper().startswith(self.text):
            return True
        return len(self.plain) >= PIECE and known.nik is not None and known.nik.startswith(self.plain)

    def begins_words(self, known: Known) -> bool:
        return all(_begins_word(key, known.name_key) for key in self.keys)

    # The same as terms. Each of these is a choice: whoever fits has all terms of at least one of the sets.

    def number_ends(self) -> list[frozenset[str]]:
        if len(self.plain) < PIECE:
            return []
        return [frozenset({f"z{self.plain[-PIECE:]}", *_pieces(self.plain, "d")})]

    def code_beginnings(self) -> list[frozenset[str]]:
        found = [frozenset({f"K{self.text[:PIECE]}", *(f"k{piece}" for piece in _needed(self.text))})]
        if len(self.plain) >= PIECE:
            # With the beginning of the region for a seventh digit that no term knows: one term alone says it all.
            lengths = [length for length in _NIK_BEGINNINGS if length <= len(self.plain)][
                -2 if len(self.plain) > 6 else -1 :
            ]
            pairs = (term for term in nik_terms(self.plain) if term.startswith("p"))
            found.append(frozenset({*(f"i{self.plain[:length]}" for length in lengths), *pairs}))
        return found

    def word_beginnings(self) -> set[str]:
        """No choice: all of these."""
        terms = {f"^{key[:PIECE]}" for key in self.keys}
        return terms.union(*({f"n{piece}" for piece in _needed(key)} for key in self.keys))

    @property
    def whole(self) -> str | None:
        """What the whole terms begin with of which each alone says that somebody fits; None where pieces say it."""
        return f"={self.keys[0]}" if len(self.keys) == 1 and len(self.keys[0]) > PIECE else None

    def anywhere(self) -> list[frozenset[str]]:
        name: set[str] = set()
        for key in self.keys:
            name |= {f"n{piece}" for piece in _needed(key)} or {f"^{key}"}
        other = {f"o{piece}" for piece in _needed(self.text)} or {f"<{self.text}"}
        numbers = [frozenset(f"{mark}{piece}" for piece in _needed(part)) for part in self.parts for mark in "dk"]
        return [frozenset(name), frozenset(other), *self.code_beginnings(), *numbers]

    def is_whole(self, terms: frozenset[str]) -> bool:
        """Whether the terms are one, and it says all of the word: of ANANA the piece ANA alone does not."""
        return len(terms) == 1 and all(term[1:] in (self.text, *self.keys, *self.parts) for term in terms)


class Sought:
    """All words that were typed: everybody who is found fits each of them."""

    def __init__(self, text: str) -> None:
        self.words = [Word(typed) for typed in typed_words(clean(text))]

    @cached_property
    def longest(self) -> int:
        return max((len(word.text) for word in self.words), default=0)

    @cached_property
    def has_digits(self) -> bool:
        return any(word.parts for word in self.words)

    @cached_property
    def name(self) -> str:
        """What was typed, as the beginning of a name's key."""
        return " ".join(key for word in self.words for key in word.keys)

    def fits(self, known: Known) -> bool:
        return all(word.fits(known) for word in self.words)

    def begins_words(self, known: Known) -> bool:
        return all(word.begins_words(known) for word in self.words)

    def rank(self, known: Known) -> int | None:
        """How well somebody fits, EXACT to CONTAINED; None for whoever does not."""
        if not self.fits(known):
            return None
        if any(word.is_exactly(known) for word in self.words):
            return EXACT
        if self.has_digits and any(word.ends_number(known) for word in self.words):
            return NUMBER_END
        if any(word.begins_code(known) for word in self.words):
            return CODE_BEGINS
        if known.name_key.startswith(self.name):
            return NAME_BEGINS
        return WORDS_BEGIN if self.begins_words(known) else CONTAINED

    def looks(self, rank: int) -> list[list[tuple[str, str]]]:
        """How the row of whoever fits that well looks, so that the database can tell most others apart.

        All of these; in it at least one of these: a column and what it is like (SQL's `LIKE`); of a number (`e164`) for
        NUMBER_END, of the person otherwise. Nothing where it cannot be said in that way.
        """
        if rank == NUMBER_END:
            return [[("e164", f"%{word.plain}") for word in self.words if len(word.plain) >= PIECE]]
        if rank == CODE_BEGINS and all(word.is_number for word in self.words):
            return [[(column, f"{word.plain}%") for word in self.words for column in ("kpj", "nik")]]
        if rank == WORDS_BEGIN:
            keys = [key for word in self.words for key in word.keys if _PLAIN.fullmatch(key)]
            return [[("name_key", f"{key}%"), ("name_key", f"% {key}%")] for key in keys]
        return []

    def proof(self, wholes: Callable[[str], Iterable[str]]) -> list[list[list[frozenset[str]]]]:
        """The terms, in the same form, of which each alone says that somebody fits.

        `wholes` gives the terms there are that begin with `Word.whole`.
        """
        found = [[choice for choice in word.anywhere() if word.is_whole(choice)] for word in self.words]
        for word, choices in zip(self.words, found, strict=True):
            choices += [frozenset({term}) for term in wholes(word.whole)] if word.whole else []
        return [found]

    def terms(self, rank: int) -> list[list[list[frozenset[str]]]]:
        """The terms of whoever fits that well (NUMBER_END, CODE_BEGINS, WORDS_BEGIN or CONTAINED).

        Any of these; in it each of these, one a word, first the one that fewest have; in that all terms of any of
        these.
        """
        everywhere = [word.anywhere() for word in self.words]
        if rank == CONTAINED:
            return [everywhere]
        if rank == WORDS_BEGIN:
            return [[[frozenset(word.word_beginnings())] for word in self.words]]
        found: list[list[list[frozenset[str]]]] = []
        for n, word in enumerate(self.words):
            choice = word.number_ends() if rank == NUMBER_END else word.code_beginnings()
            if choice:
                found.append([choice, *everywhere[:n], *everywhere[n + 1 :]])
        return found
