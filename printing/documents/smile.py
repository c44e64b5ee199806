"""Smile's voucher PDF: its pages recognised, put in order, and those that are wanted written out unchanged.

A page is a voucher when it bears its code and its amount; where no code is to be read, its amount and the name of the
participant or the payee. Nothing is guessed: what is not sure is told by its page number.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import FileNotDecryptedError

from printing.smile_sheets import PageState, SmilePage, SmileRefused, SmileSplit, SmileWanted
from store.rules.codes import DEFAULT_PATTERN, tidy
from store.rules.money import read_rupiah
from store.rules.names import name_key
from store.rules.text import clean

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_PAGES: Final = 2_000
_MARK_SIZE: Final = 9.0

_AMOUNT: Final = re.compile(r"(?<![0-9A-Za-z.,])(?:RP\.? ?|IDR ?)?([0-9][0-9.,]*[0-9])(?:,-|-)?(?![0-9A-Za-z])", re.I)
_TOKEN: Final = re.compile(r"[0-9A-Z]+")
_CODE: Final = re.compile(rf"(?<![0-9A-Z]){DEFAULT_PATTERN}(?![0-9A-Z])")
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile(r"['’`]")
_Made = TypeVar("_Made")


def split(pdf: bytes, wanted: Sequence[SmileWanted]) -> SmileSplit:
    """What each page is. Raises SmileRefused."""
    texts = _carefully(lambda: [page.extract_text() for page in _open(pdf).pages])
    finder = _Finder(wanted)
    seen: set[int] = set()
    pages: list[SmilePage] = []
    for number, text in enumerate(texts, start=1):
        state, key = finder.find(text)
        if state is PageState.FOUND and key in seen:
            state = PageState.TWICE
        if state is PageState.FOUND and key is not None:
            seen.add(key)
        pages.append(SmilePage(number, state, key))
    order = {each.key: (each.program, each.code_order, each.key) for each in wanted}
    found = [(order[page.key], page) for page in pages if page.state is PageState.FOUND and page.key is not None]
    chosen = tuple(page for _order, page in sorted(found, key=lambda each: each[0]))
    return SmileSplit(tuple(pages), chosen, tuple(each.key for each in wanted if each.key not in seen))


def pick(pdf: bytes, pages: Sequence[int], marks: Sequence[str] = ()) -> bytes:
    """A PDF of these pages (from 1), in this order, each as it was. The same bytes for the same pages.

    `marks` has a line for each, '' for none, that stands over the page at its upper edge: CETAK ULANG ke-n.
    Raises SmileRefused, IndexError for a page that there is not, ValueError for none, LetterMissing.
    """
    if not pages:
        raise ValueError("no page")
    count = _carefully(lambda: len(_open(pdf).pages))
    for number in pages:
        if not 1 <= number <= count:
            raise IndexError(number)
    over = [_mark(mark) for mark in marks]
    return _carefully(lambda: _written(_open(pdf), pages, over))


def _mark(text: str) -> bytes | None:
    """A page with nothing but that line, on white."""
    if not text:
        return None
    from reportlab.pdfgen.canvas import Canvas

    from printing.fonts import BOLD, fit, letters, text_width
    from printing.pages import LONG, MARGIN, MM, SHORT

    letters()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(SHORT, LONG), pageCompression=1, invariant=1)
    shown = fit(text, SHORT - 2 * MARGIN, _MARK_SIZE, bold=True)
    canvas.setFillGray(1)
    canvas.rect(
        MARGIN - MM, LONG - 11 * MM, text_width(shown, _MARK_SIZE, bold=True) + 2 * MM, 5 * MM, stroke=0, fill=1
    )
    canvas.setFillGray(0)
    canvas.setFont(BOLD, _MARK_SIZE)
    canvas.drawString(MARGIN, LONG - 9.5 * MM, shown)
    canvas.save()
    return target.getvalue()


def _written(reader: PdfReader, pages: Sequence[int], over: Sequence[bytes | None]) -> bytes:
    writer = PdfWriter()
    for number, mark in zip(pages, over or [None] * len(pages), strict=True):
        page = writer.add_page(reader.pages[number - 1])
        if mark is not None:
            _lay_over(page, PdfReader(io.BytesIO(mark)).pages[0])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _lay_over(page: PageObject, mark: PageObject) -> None:
    """The mark at the upper left corner of a page, whatever its size."""
    down = float(page.mediabox.top) - float(mark.mediabox.top)
    page.merge_transformed_page(mark, Transformation().translate(float(page.mediabox.left), down))


def _open(pdf: bytes) -> PdfReader:
    if len(pdf) > MOST_BYTES:
        raise SmileRefused("too-large")
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        raise SmileRefused("protected")
    if len(reader.pages) > MOST_PAGES:
        raise SmileRefused("too-large")
    if not reader.pages:
        raise SmileRefused("empty")
    return reader


def _carefully(read: Callable[[], _Made]) -> _Made:
    try:
        return read()
    except (SmileRefused, MemoryError):
        raise
    except FileNotDecryptedError:
        raise SmileRefused("protected") from None
    except Exception:  # the parser raises whatever it stumbles on in somebody else's file
        raise SmileRefused("damaged") from None


class _Finder:
    """Those looked for, by what a page may say of them."""

    def __init__(self, wanted: Sequence[SmileWanted]) -> None:
        self._by_token: dict[str, list[tuple[SmileWanted, re.Pattern[str]]]] = defaultdict(list)
        self._by_amount: dict[int, list[SmileWanted]] = defaultdict(list)
        self._names: dict[int, tuple[str, ...]] = {}
        for each in wanted:
            tokens = _TOKEN.findall(tidy(each.code))
            if tokens:
                joined = r"[ _/.-]*".join(tokens)
                pattern = re.compile(rf"(?<![0-9A-Z]){joined}(?![0-9A-Z])")
                self._by_token[tokens[-1]].append((each, pattern))
            self._by_amount[each.amount].append(each)
            self._names[each.key] = tuple(f" {key} " for key in map(name_key, (each.name, each.payee)) if key)

    def find(self, text: str) -> tuple[PageState, int | None]:
        """What one page is, by its text."""
        plain = clean(text).upper()
        if not plain:
            return PageState.NO_TEXT, None
        amounts = _amounts(plain)
        coded = self._coded(plain)
        if len(coded) == 1:
            (only,) = coded
            return (PageState.FOUND if only.amount in amounts else PageState.DIFFERS), only.key
        if coded:
            return PageState.SEVERAL, None
        if _CODE.search(plain):
            return PageState.UNKNOWN, None  # it says which transaction it is, and that one is not looked for
        named = self._named(plain, amounts)
        if len(named) > 1:
            return PageState.SEVERAL, None
        return (PageState.FOUND, named[0].key) if named else (PageState.UNKNOWN, None)

    def _coded(self, plain: str) -> list[SmileWanted]:
        tokens = set(_TOKEN.findall(plain))
        near = [pair for token in tokens & self._by_token.keys() for pair in self._by_token[token]]
        return [each for each, pattern in near if pattern.search(plain)]

    def _named(self, plain: str, amounts: Iterable[int]) -> list[SmileWanted]:
        words = f" {' '.join(_WORD.findall(_APOSTROPHE.sub('', plain)))} "
        near = [each for amount in amounts if amount in self._by_amount for each in self._by_amount[amount]]
        return [each for each in near if any(name in words for name in self._names[each.key])]


def _amounts(plain: str) -> set[int]:
    found = (read_rupiah(match[1]).value for match in _AMOUNT.finditer(plain))
    return {value for value in found if value}
