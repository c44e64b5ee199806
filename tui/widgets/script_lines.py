"""Lines behind a label, and a script as such lines: headings, paragraphs, list lines, bold."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from store.rules.script import Block
from tui.i18n import _
from tui.terminal.plain import plain
from tui.widgets.ink import ELLIPSIS, Line, Piece, clip, cut, line, wrap

LABEL = 12
"""Cells of the labels at the left."""


def labelled(label: str, text: str, width: int, most: int, role: str = "normal") -> list[Line]:
    """A label and its text over at most `most` lines."""
    longer = max(0, len(label) + 2 - LABEL)
    rows = wrap(text, max(10, width - LABEL - longer - 1), most) or [""]
    first = line((f" {label} ".ljust(LABEL), "muted"), (rows[0], role))
    return [first, *(line((" " * LABEL, "muted"), (row, role)) for row in rows[1:])]


def script_lines(label: str, blocks: Sequence[Block], width: int, most: int, total: int) -> list[Line]:
    """A script behind its label, each paragraph in at most `most` lines and all of it in `total`.

    Where lines are left out the last one says by which key the whole script is read.
    """
    lines: list[Line] = []
    for block in blocks:
        for row in block_rows(block, max(10, width - LABEL - 1), most):
            lines.append(line((f" {'' if lines else label}".ljust(LABEL), "muted"), *row))
    if len(lines) > total:
        mark: Piece = (_("… all of it: l"), "key")
        last = clip(lines[total - 1].pieces, max(1, width - cell_len(mark[0]) - 2))
        return [*lines[: total - 1], line(*last, (" ", "normal"), mark)]
    return lines


def block_rows(block: Block, width: int, most: int) -> list[tuple[Piece, ...]]:
    """One block in at most `most` rows of `width` cells; the cut shows a mark."""
    first, rest = ("• ", "  ") if block.kind == "item" else ("", "")
    words = [
        (word, "strong" if style == "bold" or block.kind == "heading" else "normal", glued)
        for word, style, glued in _words(block)
    ]
    rows: list[list[Piece]] = [[(first, "normal")]]
    used = cell_len(first)
    for word, role, glued in words:
        gap = "" if glued or not _begun(rows[-1], rest if len(rows) > 1 else first) else " "
        if gap and used + 1 + cell_len(word) > width:
            rows.append([(rest, "normal")])
            used, gap = cell_len(rest), ""
        word = cut(word, max(1, width - used - len(gap)))
        rows[-1].append((gap + word, role))
        used += len(gap) + cell_len(word)
    kept = [tuple(piece for piece in _joined(row) if piece[0]) for row in rows]
    if len(kept) > most:
        kept = [*kept[: most - 1], (*clip(kept[most - 1], width - 1), (ELLIPSIS, "muted"))]
    return kept


def _begun(row: Sequence[Piece], mark: str) -> bool:
    """Whether a row holds more than its mark."""
    return "".join(text for text, _role in row) != mark


def _words(block: Block) -> list[tuple[str, str, bool]]:
    """(word, style, whether it hangs on the word before) of a block."""
    words: list[tuple[str, str, bool]] = []
    spaced = True
    for run, style in block.runs:
        text = plain(run)
        for at, word in enumerate(text.split()):
            words.append((word, style, at == 0 and not spaced and not text[:1].isspace()))
        if text:
            spaced = text[-1:].isspace()
    return words


def _joined(row: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one role as one piece."""
    joined: list[Piece] = []
    for text, role in row:
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + text, role)
        else:
            joined.append((text, role))
    return joined
