"""The four lines that frame every screen: header, question strip, footer of keys, status line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.terminal.plain import plain
from tui.widgets.ink import EMPTY, Line, Painted, Piece, clip, cut, spread, wrap

STRIP = 2
"""Lines of the question strip."""

Strip = Sequence[Sequence[Piece]]


class HeaderLine(Painted):
    """Where I am (desk, campaign) at the left; the practice mark and who I am at the right."""

    def say(self, place: str, detail: str, practice: str, who: str) -> None:
        left: list[Piece] = [(f" {place}", "bar-strong")]
        if detail:
            left.append((f" · {detail}", "bar"))
        width = self.size.width or 80
        right: list[Piece] = [(f"{cut(who, width // 2)} ", "bar")]
        if practice:
            right.insert(0, (f" {practice} ", "practice"))
            right.insert(1, (" ", "bar"))
        self.show([spread(left, right, width, "bar")])


class GuideLine(Painted):
    """The next step of the guided first call; without a guide it takes no line."""

    def say(self, step: Line | None) -> None:
        self.set_class(step is None, "away")
        self.show([step] if step is not None else [])


class FooterKeys(Painted):
    """The keys of what is on screen. What does not fit is cut with a mark; the last place tells where the rest is."""

    def say(self, keys: Sequence[tuple[str, str, bool]], rest: tuple[str, str]) -> None:
        """`keys` are (key, label, can be used now); `rest` is the key and label that show all of them."""
        width = self.size.width or 80
        self.show([footer_line(keys, rest, width)])


def footer_line(keys: Sequence[tuple[str, str, bool]], rest: tuple[str, str], width: int) -> Line:
    """One line of keys in `width` cells; keys that do not fit are replaced by a mark before the rest."""
    tail: list[Piece] = [(f" {rest[0]}", "key"), (f" {rest[1]}", "muted")]
    room = width - sum(cell_len(text) for text, _role in tail)
    pieces: list[Piece] = []
    used = 0
    for index, (key, label, usable) in enumerate(keys):
        last, label = index + 1 == len(keys), plain(label)
        needed = cell_len(f" {key} {label}") + (not last)
        mark = 0 if last else 2
        if used + needed + mark > room:
            pieces.append((" …", "muted"))
            break
        used += needed
        pieces += [
            (f" {key}", "key" if usable else "off"),
            (f" {label}" if last else f" {label} ", "normal" if usable else "off"),
        ]
    gap = width - sum(cell_len(text) for text, _role in (*pieces, *tail))
    return Line((*pieces, (" " * gap, "normal"), *tail))


def told(message: Piece, strip: Strip, width: int, *, typing: bool = False) -> tuple[Strip, Piece]:
    """Where a message stands: the lines of the question strip, and what is left for the status line.

    What fits goes into the status line. What is longer is never cut there: it takes the question strip, and the status
    line for a third row, until the next key. While a line is typed (`typing`) that line stays, as long as the rest of
    the room is enough.
    """
    text, role = message
    if cell_len(plain(text)) + 2 <= width:
        return strip, message
    rows = wrap(text, width - 2, STRIP + 1)
    kept = list(strip[:1]) if typing and len(rows) <= STRIP else []
    room = STRIP - len(kept)
    shown = [*kept, *([(row, role)] for row in rows[:room])]
    return shown, (" ".join(rows[room:]), role)


class StatusLine(Painted):
    """What was saved or refused at the left, the state of the office at the right; parts give way from the middle."""

    def say(self, message: Piece, facts: Sequence[Piece]) -> None:
        """`facts` come with the most important one last; those that leave the message no room are left out."""
        width = self.size.width or 80
        least = cell_len(message[0]) + 2
        shown: list[Piece] = []
        for text, role in reversed(facts):
            piece = (f" · {text}" if shown else text, role)
            if sum(cell_len(part) for part, _role in shown) + cell_len(piece[0]) + least + 2 > width:
                break
            shown.append(piece)
        ordered = [(text.removeprefix(" · "), role) for text, role in reversed(shown)]
        right: list[Piece] = []
        for index, (text, role) in enumerate(ordered):
            right += [(" · ", "muted")] * bool(index) + [(text, role)]
        if right:  # a message that fills the line keeps its last letter
            right.append((" ", "muted"))
        self.show([spread([(f" {message[0]}", message[1])], right, width)])


class Ask(Painted):
    """Two lines above the footer: what a key would do now, a question with its keys, or a line to type in."""

    def say(self, lines: Sequence[Sequence[Piece]]) -> None:
        width = self.size.width or 80
        shown = [Line(clip(((" ", "normal"), *pieces), width)) for pieces in lines]
        self.show([*shown, *[EMPTY] * (2 - len(shown))])
