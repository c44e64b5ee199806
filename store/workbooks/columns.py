"""Tables out of words that only have places: text in columns of spaces, and PDF. Pure: lines of words in, rows out.

The headings say which columns there are; where one ends and the next begins is the widest gap between them that the
words of the rows leave free.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from store.rules.readings import Cell
from store.value_class import value_class
from store.workbooks.headings import Vocabulary

FEWEST = 3  # headings that make a header line
_SAYS_AMOUNT = re.compile(r"[0-9]|^-+$")
_NEAR = 1.7  # line heights: further below is no longer the same cell


@value_class
class Word:
    """A word from `left` to `right`, in points or letters."""

    left: float
    right: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Line:
    """Words from left to right at one height; `top` grows downwards, `height` is that of a line of text."""

    page: int
    top: float
    words: list[Word]
    height: float = 1.0


Cells = list[list[str]]
"""The words of a line, or of the lines of a row, by column."""


def text_lines(text: str) -> Iterator[Line]:
    """Lines of plain text; a tab counts as a column of spaces."""
    for number, line in enumerate(text.splitlines()):
        plain = line.replace("\t", "    ")
        words = [Word(found.start(), found.end(), found.group()) for found in re.finditer(r"\S+", plain)]
        if words:
            yield Line(0, float(number), words)


def rows_of(lines: Iterable[Line], vocabulary: Vocabulary) -> list[tuple[int, list[Cell]]]:
    """Numbered rows of cells: what stands above the headings, the headings, then the rows, wrapped cells put together.

    Without a line of headings nothing can be told apart, and each line is one cell.
    """
    rows: list[list[str]] = []
    table: list[Line] = []
    headings: list[Word] = []
    for line in lines:
        found = _headings(line, vocabulary)
        if len(found) >= FEWEST:
            if headings and not _same_places(headings, found):
                rows += _rows(headings, table, vocabulary)
                table = []
            headings = headings if table else found
            table.append(Line(line.page, line.top, found, line.height))
        elif headings:
            table.append(line)
        else:
            rows.append([" ".join(word.text for word in line.words)])
    rows += _rows(headings, table, vocabulary)
    return [(number, [cell or None for cell in cells]) for number, cells in enumerate(rows, 1)]


def _same_places(first: Sequence[Word], second: Sequence[Word]) -> bool:
    return len(first) == len(second) and all(
        abs(one.middle - other.middle) < 3 for one, other in zip(first, second, strict=True)
    )


def _headings(line: Line, vocabulary: Vocabulary) -> list[Word]:
    """The line's words put together to headings, the longest known ones first; nothing where too few are known."""
    words, found, known, at = line.words, [], 0, 0
    if not any(vocabulary.is_known(word.text) or len(words) > 1 for word in words[:1]):
        return []
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            text = " ".join(word.text for word in words[at:end])
            if vocabulary.is_known(text):
                known += 1
                break
        else:
            end = at + 1
        found.append(Word(words[at].left, words[end - 1].right, " ".join(word.text for word in words[at:end])))
        at = end
    return found if known >= FEWEST and known >= 0.5 * len(found) else []


def _rows(headings: Sequence[Word], lines: Sequence[Line], vocabulary: Vocabulary) -> list[list[str]]:
    """The rows of one table: each line with an amount, and the wrapped words that belong to it."""
    if not lines:
        return []
    borders = _borders(headings, lines)
    amounts = [
        column
        for column, heading in enumerate(headings)
        if (vocabulary.field_of(heading.text) or ("",))[0] in vocabulary.starts
    ]
    cells = [_split(line, borders) for line in lines]
    headed = [bool(_headings(line, vocabulary)) for line in lines]
    starts = [
        head or any(_SAYS_AMOUNT.search(word) for column in amounts for word in each[column])
        for head, each in zip(headed, cells, strict=True)
    ]
    # Below the headings comes either an amount, and wrapped lines hang below it, or a line that stands above one.
    hanging = all(starts[at + 1] for at in range(len(lines) - 1) if headed[at] and _touch(lines[at], lines[at + 1], 3))
    rows: dict[int, Cells] = {}
    last: dict[int, Line] = {}
    for at, line in enumerate(lines):
        owner = at if starts[at] else _owner(at, lines, starts, headed, last, hanging=hanging)
        row = rows.setdefault(owner, [[] for _ in headings])
        for own, more in zip(row, cells[at], strict=True):
            own.extend(more)
        last[owner] = line
    return [[" ".join(words) for words in rows[owner]] for owner in sorted(rows)]


def _owner(
    at: int,
    lines: Sequence[Line],
    starts: Sequence[bool],
    headed: Sequence[bool],
    last: dict[int, Line],
    *,
    hanging: bool,
) -> int:
    """The line of amounts to which a line without one belongs; itself where none is near."""
    above = next((index for index in range(at - 1, -1, -1) if starts[index]), None)
    if above is not None and (headed[above] or not _touch(last[above], lines[at])):
        above = None
    if hanging:
        return at if above is None else above
    below = next((index for index in range(at + 1, len(lines)) if starts[index]), None)
    if below is not None and (headed[below] or not _touch(lines[at], lines[below], 4)):
        below = None
    if above is None or below is None:
        return next((index for index in (above, below) if index is not None), at)
    return above if lines[at].top - lines[above].top <= lines[below].top - lines[at].top else below


def _touch(upper: Line, lower: Line, times: float = 1) -> bool:
    distance = lower.top - upper.top
    return upper.page == lower.page and 0 < distance <= times * _NEAR * max(upper.height, lower.height)


def _split(line: Line, borders: Sequence[float]) -> Cells:
    """The words of a line by column."""
    cells: Cells = [[] for _ in range(len(borders) + 1)]
    for word in line.words:
        cells[sum(word.middle > border for border in borders)].append(word.text)
    return cells


def _borders(headings: Sequence[Word], lines: Sequence[Line]) -> list[float]:
    """Where each column ends: the widest gap between the middles of two headings that fewest words lie across."""
    width = headings[-1].right - headings[0].left
    usual = median(len(line.words) for line in lines)
    full = [line for line in lines if line.words[-1].right - line.words[0].left > width / 2] or list(lines)
    full = [line for line in full if len(line.words) >= usual / 3] or full
    words = [word for line in full for word in line.words]
    return [_border(first.middle, second.middle, words) for first, second in itertools.pairwise(headings)]


def _border(left: float, right: float, words: Sequence[Word]) -> float:
    edges: list[tuple[float, int]] = [(left, 0), (right, 0)]
    for word in words:
        if word.right > left and word.left < right:
            edges += [(max(word.left, left), 1), (min(word.right, right), -1)]
    edges.sort()
    best, covered = (len(words) + 1, 0.0, (left + right) / 2), 0
    for (at, step), (following, _) in itertools.pairwise(edges):
        covered += step
        if following > at and (covered, at - following) < best[:2]:
            best = (covered, at - following, (at + following) / 2)
    return best[2]
