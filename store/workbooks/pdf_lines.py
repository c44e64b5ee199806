"""The words of a PDF with their places, line by line. Runs in the child."""

from __future__ import annotations

import io
from collections.abc import Iterator

from store.errors import FileRefused
from store.workbooks.columns import Line, Word
from store.workbooks.limits import foreign_code

MOST_PAGES = 500
_SAME_LINE = 0.4  # of the letters' size
_SAME_WORD = 0.2

_Letter = tuple[float, float, float, float, str]
"""Left, right, top (downwards), size, text."""


def pdf_lines(data: bytes) -> list[Line]:
    """Lines from the first page to the last. Raises `FileRefused`: protected, damaged, too-large, no-text (a scan).

    One page that is only a picture refuses the file: what stands on it would be missing, and nobody would know.
    """
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    try:
        with foreign_code():
            lines = list(_lines(data))
    except FileRefused:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise FileRefused("", "protected") from None
    except MemoryError:
        raise
    except Exception as error:  # the parser raises whatever it stumbles on
        raise FileRefused("", "damaged", type(error).__name__) from None
    if not lines:
        raise FileRefused("", "no-text")
    return lines


def _lines(data: bytes) -> Iterator[Line]:
    from pdfminer.high_level import extract_pages

    for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=None), 1):
        if number > MOST_PAGES:
            raise FileRefused("", "too-large", f"pages>{MOST_PAGES}")
        letters = sorted(_letters(page, float(page.height)), key=lambda letter: (letter[2], letter[0]))
        if not letters and _has_picture(page):
            raise FileRefused("", "no-text", f"page={number}")
        yield from _page_lines(number, letters)


def _has_picture(item: object) -> bool:
    from pdfminer.layout import LTContainer, LTImage

    return isinstance(item, LTImage) or (isinstance(item, LTContainer) and any(map(_has_picture, item)))


def _letters(item: object, height: float) -> Iterator[_Letter]:
    from pdfminer.layout import LTChar, LTContainer

    if isinstance(item, LTChar):
        if item.upright and item.get_text().strip():
            size = item.size or 1.0
            yield item.x0, item.x1, height - item.y0, size, item.get_text()
    elif isinstance(item, LTContainer):
        for part in item:
            yield from _letters(part, height)


def _page_lines(page: int, letters: list[_Letter]) -> Iterator[Line]:
    line: list[_Letter] = []
    for letter in letters:
        if line and letter[2] - line[0][2] > _SAME_LINE * max(letter[3], line[0][3]):
            yield _line(page, line)
            line = []
        line.append(letter)
    if line:
        yield _line(page, line)


def _line(page: int, letters: list[_Letter]) -> Line:
    words: list[Word] = []
    before: _Letter | None = None
    for letter in sorted(letters):
        left, right, _, size, text = letter
        twice = before is not None and before[4] == text and left - before[0] < 0.3 * (before[1] - before[0])
        before = letter
        if twice:  # drawn again a hair beside itself for a bold look
            continue
        if words and left - words[-1].right <= _SAME_WORD * size:
            words[-1] = Word(words[-1].left, max(right, words[-1].right), words[-1].text + text)
        else:
            words.append(Word(left, right, text))
    return Line(page, letters[0][2], words, max(letter[3] for letter in letters))
