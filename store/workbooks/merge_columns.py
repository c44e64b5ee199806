"""The columns of a merge: which column of a sheet is which column of the result, by name and spelling. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from store.errors import FileRefused
from store.workbooks.headings import PHONE_AREA, PHONE_LOCAL, Vocabulary, normalise, without_unit
from store.workbooks.participant_headings import PARTICIPANTS
from store.workbooks.voucher_headings import LISTINGS, PAID_LISTS

MOST_COLUMNS = 16_000  # Excel's sheet ends at 16,384; what stands before the columns of a merge has room

_PEOPLE_FIELDS = frozenset({"kpj", "nik", "name", "birth_date", "sex", "npp", "company", "pembina", "email"})
"""What one person has once: two spellings of it are one column. Telephones, balances and states are not: a list may
hold several of them that differ in meaning, and only equal words make them one column."""

_SAME_WORDS = (
    "TGL TANGGAL; NO NOMOR NOMER; NAMA NM; JUMLAH JML; KETERANGAN KET; TELP TELEPON TELPON TLP TLPN TELEPHONE; "
    "HP HANDPHONE PONSEL; KODE KD; ALAMAT ALMT; LAHIR LHR; PERUSAHAAN PRS; JENIS JNS; DEBET DEBIT; REKENING REK"
)
_WORDS = {word: own.split()[0] for own in _SAME_WORDS.split(";") for word in own.split()} | {"E": ""}
_TRIVIAL = frozenset({"NO", "NO_URUT", "URUT", "KETERANGAN", "CATATAN"})
_IDENTIFIER = re.compile(
    r"(?:^|_)(?:NIK|KPJ|NPP|NPW|NPWP|KTP|KK|HP|TELP|WA|WHATSAPP|FAX|REKENING|KODE|ID|IDENTITAS|KARTU|KONTAK|PHONE|"
    r"PHONES|MOBILE|NOPEG|NIP|POS|VOUCHER|REF|ACCOUNT|AKUN|SUB_LEDGER)(?:_|$)|^NO_(?!URUT)\w|^NOHP|^NOTELP|^NOKPJ"
)


def _general() -> Vocabulary:
    """Every heading that Loket knows, of any kind of list; the fields are those of people."""
    known = {spelling for each in (LISTINGS, PAID_LISTS) for spelling in each.by_spelling}
    return replace(PARTICIPANTS, others=PARTICIPANTS.others | LISTINGS.others | PAID_LISTS.others | known)


ANY_LIST = _general()
"""Finds the header of any list that an office has; what it means beyond the columns of people is not asked."""


@functools.lru_cache(maxsize=4096)
def words_of(heading: str) -> str:
    """The heading with usual abbreviations made equal, without a unit: ``Nomor Telepon`` -> ``NO_TELP``."""
    return "_".join(filter(None, (_WORDS.get(word, word) for word in without_unit(normalise(heading)).split("_"))))


@functools.lru_cache(maxsize=4096)
def is_identifier(heading: str) -> bool:
    """Whether a column's numbers are names of something (KPJ, NIK, account, telephone) and never quantities."""
    named = ANY_LIST.field_of(heading)
    known = named is not None and named[0] in ("kpj", "nik", "npp", "phones", PHONE_AREA, PHONE_LOCAL)
    return known or bool(_IDENTIFIER.search(words_of(heading)))


@functools.lru_cache(maxsize=4096)
def person_field(heading: str) -> str | None:
    """The field of a person that the heading names, where two spellings of it are surely the same column."""
    if normalise(heading) in ANY_LIST.ambiguous:
        return None
    named = ANY_LIST.by_spelling.get(without_unit(normalise(heading)))  # what stands in brackets may be another person
    return named[0] if named is not None and named[0] in _PEOPLE_FIELDS else None


@dataclass
class Column:
    """One column of the result: its heading as the first sheet has it, and all spellings met since."""

    heading: str
    spellings: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    person_field: str | None = None
    identifier: bool = False

    def meets(self, heading: str) -> None:
        self.spellings.add(normalise(heading))
        self.words.add(words_of(heading))
        self.person_field = self.person_field or person_field(heading)
        self.identifier = self.identifier or is_identifier(heading)


class Columns:
    """All columns of a merge so far, in their order. Sheet after sheet is aligned with them."""

    def __init__(self, known: Iterable[Sequence[str]] = ()) -> None:
        self.columns: list[Column] = []
        self._spellings: set[str] = set()
        self._aligned: dict[tuple[str, ...], list[int | None]] = {}
        """Headings that were aligned before: hundreds of sheets have the same."""
        for heading, *others in known:
            self._add(heading)
            for other in others:
                self._meets(self.columns[-1], other)

    def state(self) -> list[list[str]]:
        """Heading and further spellings of each column, from which `Columns` can be made again."""
        return [[each.heading, *sorted(each.spellings)] for each in self.columns]

    def is_known(self, heading: str) -> bool:
        return normalise(heading) in self._spellings

    def akin(self, headings: Sequence[str]) -> bool:
        """Whether a sheet of these headings belongs to this merge: two columns, or all it has, are the same.

        The first sheet belongs to any. Running numbers and remarks stand on every list and prove nothing.
        """
        if not self.columns or tuple(headings) in self._aligned:
            return True
        own = [text for text in headings if text and words_of(text) not in _TRIVIAL]
        there = [each for each in self.columns if not each.words <= _TRIVIAL]
        matched = self._match(list(headings))
        shared = sum(1 for text, index in zip(headings, matched, strict=True) if text in own and index is not None)
        return shared >= max(1, min(2, len(own), len(there)))

    def align(self, headings: Sequence[str]) -> list[int | None]:
        """The number of the result's column for each column of a sheet, new ones added; None for one without heading.

        Raises `FileRefused` ``too-large`` for more columns than a sheet has room for.
        """
        if (before := self._aligned.get(tuple(headings))) is not None:
            return before
        matched = self._match(list(headings))
        for column, heading in enumerate(headings):
            if not heading:
                continue
            index = matched[column]
            if index is None:
                matched[column] = self._add(heading)
            else:
                self._meets(self.columns[index], heading)
        self._aligned[tuple(headings)] = matched
        return matched

    def _match(self, headings: list[str]) -> list[int | None]:
        """The surest agreement first, over all columns: spelling, then words, then what a person has once."""
        matched: list[int | None] = [None] * len(headings)
        free = set(range(len(self.columns)))
        for step in (_same_spelling, _same_words, _same_field):
            for column, heading in enumerate(headings):
                if not heading or matched[column] is not None:
                    continue
                found = [index for index in sorted(free) if step(self.columns[index], heading)]
                rivals = [
                    other
                    for at, other in enumerate(headings)
                    if other and at != column and matched[at] is None and found and step(self.columns[found[0]], other)
                ]
                if found and (step is _same_spelling or (len(found) == 1 and not rivals)):
                    matched[column] = found[0]
                    free.discard(found[0])
        return matched

    def _add(self, heading: str) -> int:
        if len(self.columns) >= MOST_COLUMNS:
            raise FileRefused("", "too-large", f"columns={len(self.columns)}")
        column = Column(heading)
        self._meets(column, heading)
        self.columns.append(column)
        return len(self.columns) - 1

    def _meets(self, column: Column, heading: str) -> None:
        column.meets(heading)
        self._spellings.update(column.spellings)


def _same_spelling(column: Column, heading: str) -> bool:
    return normalise(heading) in column.spellings


def _same_words(column: Column, heading: str) -> bool:
    return words_of(heading) in column.words


def _same_field(column: Column, heading: str) -> bool:
    return column.person_field is not None and column.person_field == person_field(heading)
