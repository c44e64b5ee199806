"""Keys with what they do, laid out in the two lines of the question strip."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.commands import Command
from tui.i18n import _
from tui.widgets.ink import Piece, cut, wrap


def lay_out(title: str, choices: Sequence[tuple[str, str]], width: int) -> list[list[Piece]]:
    """A question in two lines: title and choices one after the other; what does not fit ends with a mark.

    A title that is longer than a line goes on in the second one, and leaves the choices their room there.
    """
    keys = [*choices, ("esc", _("back"))]
    for gap in (3, 2, 1):
        lines, used = _packed(title, keys, width, gap)
        if max(used) - gap <= width:
            break
    return lines


def _packed(title: str, keys: Sequence[tuple[str, str]], width: int, gap: int) -> tuple[list[list[Piece]], list[int]]:
    """Title and keys in two lines, `gap` cells between them, and the cells that each line takes."""
    lines: list[list[Piece]] = [[(f"{title}  ", "strong")], []]
    used = [cell_len(title) + 2, 0]
    row = 0
    rows = wrap(title, width, len(title))
    if len(rows) > 1:
        room = width - sum(len(key) + cell_len(label) + 1 + gap for key, label in keys) - 2
        rest = cut(" ".join(rows[1:]), max(width // 3, room))
        lines, used, row = [[(rows[0], "strong")], [(f"{rest}  ", "strong")]], [width, cell_len(rest) + 2], 1
    for key, label in keys:
        needed = len(key) + cell_len(label) + 1 + gap
        if row == 0 and used[0] + needed > width:
            row = 1
        lines[row] += [(key, "key"), (f" {label}" + " " * gap, "normal")]
        used[row] += needed
    return lines, used


def legend(rows: Sequence[Sequence[Command]], width: int) -> list[list[Piece]]:
    """Keys and labels in rows, one under the other, as far apart as `width` cells allow."""
    texts = [[f" {_(command.label)}" for command in row] for row in rows]
    widths = [max(cell_len(text) for text in column) for column in zip(*texts, strict=True)]
    needed = sum(widths) + sum(len(command.keys[0]) for command in rows[0])
    gap = 2 if needed + 2 * (len(widths) - 1) <= width else 1
    lines = []
    for row, labels in zip(rows, texts, strict=True):
        line: list[Piece] = []
        for command, text, column in zip(row, labels, widths, strict=True):
            last = command is row[-1]
            line += [(command.keys[0], "key"), (text if last else text.ljust(column + gap), "normal")]
        lines.append(line)
    return lines
