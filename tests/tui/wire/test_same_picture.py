"""Whatever the screens paint, the terminal shows what they meant: colours, attributes, wide letters, the cursor."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.terminal.emulator import Emulator
from tui.terminal.wire.abilities import Abilities
from tui.terminal.wire.encoder import Encoder
from tui.terminal.wire.shadow import Shadow

LETTERS = [
    "a",
    "B",
    "7",
    " ",
    " ",
    "   ",
    "é",
    "·",
    "…",
    "─",
    "│",
    "世",
    "漢",
    "x\u0323",
    "ố",
    "한",
    "Rp12.000",
    " " * 30,
]
COLOURS = ["", "31", "38;5;250", "38;5;17", "97", "38;2;1;2;3"]
GROUNDS = ["", "44", "48;5;234", "48;5;236", "48;2;9;8;7"]
MARKS = ["", "", "1", "2", "3", "4", "7", "9", "1;7"]

sgr = st.builds(
    lambda *words: ";".join(filter(None, words)), st.sampled_from(MARKS), *map(st.sampled_from, (COLOURS, GROUNDS))
)
pieces = st.lists(st.tuples(sgr, st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6)), max_size=5)
spans = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 11), pieces), max_size=8)
TERMINALS = [
    Abilities(),
    Abilities(fills=False),
    Abilities(scrolls=False, erases=False),
    Abilities(fills=False, scrolls=False, erases=False, partly=False),
]


class Both:
    """The same screens at two terminals: one gets all that is written, the other what the driver makes of it."""

    def __init__(self, can: Abilities, columns: int = 40, lines: int = 12) -> None:
        self.meant, self.shown = Emulator(columns, lines), Emulator(columns, lines)
        self._to_meant, self._to_shown = pyte.Stream(self.meant), pyte.Stream(self.shown)
        self.shadow, self.encoder = Shadow(columns, lines), Encoder(can)
        self.sent = ""
        self.write("\x1b[?7l")

    def write(self, data: str) -> None:
        """A frame of the screens."""
        self._to_meant.feed(data)
        self.sent = ""
        for sequence in self.shadow.feed(data):
            self.sent += self.encoder.frame(self.shadow) + sequence
            self.encoder.lost()
        self.sent += self.encoder.frame(self.shadow)
        self._to_shown.feed(self.sent)

    def resize(self, columns: int, lines: int) -> None:
        for terminal in (self.meant, self.shown):
            terminal.resize(lines, columns)
        self.shadow.resize(columns, lines)
        self.encoder.forget()

    def check(self) -> None:
        assert self.shown.seen() == self.meant.seen(), repr(self.sent)
        self.check_cursor()

    def check_letters(self) -> None:
        assert self.shown.display == self.meant.display

    def check_cursor(self) -> None:
        where = [(min(each.cursor.x, each.columns - 1), each.cursor.y) for each in (self.shown, self.meant)]
        assert where[0] == where[1], repr(self.sent)


Pieces = list[tuple[str, list[str]]]


def line(columns: int, x: int, y: int, parts: Pieces) -> str:
    """Part of a line as the screens write it: never past the edge."""
    written, room = f"\x1b[{y + 1};{x + 1}H", columns - x
    for style, letters in parts:
        text = ""
        for letter in letters:
            width = 2 if letter in "世漢한" else len(letter.replace("\u0323", ""))
            if width <= room:
                text, room = text + letter, room - width
        if text:
            written += f"\x1b[{style}m{text}\x1b[0m" if style else text
    return written


def whole(columns: int, lines: int, rows: list[Pieces], cursor: tuple[int, int]) -> str:
    """A whole screen: each row filled up to its edge."""
    painted = []
    for y in range(lines):
        parts = rows[y % len(rows)] if rows else []
        painted.append(line(columns, 0, y, [("48;5;234", [" " * columns])]) + line(columns, 0, y, parts))
    return "\n".join(painted) + f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H"


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, object]]:
    kinds = st.sampled_from(["spans", "spans", "whole", "scroll", "resize", "title", "clear"])
    made: list[tuple[str, object]] = []
    for kind in draw(st.lists(kinds, min_size=1, max_size=10)):
        what: object = None
        if kind == "spans":
            what = draw(spans)
        elif kind == "whole":
            what = draw(st.lists(pieces, min_size=1, max_size=12))
        elif kind == "scroll":
            what = draw(st.tuples(st.integers(0, 4), st.integers(1, 8), st.integers(-4, 4), pieces))
        elif kind == "resize":
            what = draw(st.tuples(st.integers(20, 60), st.integers(6, 16), st.lists(pieces, min_size=1, max_size=6)))
        made.append((kind, what))
    return made


def act(both: Both, kind: str, what: object, rows: list[Pieces]) -> list[Pieces]:
    """One step at both terminals; the rows of the whole screen afterwards."""
    columns, lines = both.shadow.columns, both.shadow.lines
    match kind, what:
        case "spans", list(found):
            kept = sorted(((x, y, parts) for x, y, parts in found if x < columns and y < lines), key=itemgetter(1))
            # A line end follows every part that is not of the last line, as the screens write it.
            painted = [line(columns, x, y, parts) + "\n" * (y != kept[-1][1]) for x, y, parts in kept]
            both.write("".join(painted) + "\x1b[2;3H")
        case "whole", list(found):
            rows = found
            both.write(whole(columns, lines, rows, (0, 0)))
        case "scroll", (int(top), int(length), int(by), list(coming)):
            filled = [rows[y % len(rows)] if rows else [] for y in range(lines)]
            part = filled[top : top + length]
            part = [*part[by:], *[coming] * by][:length] if by > 0 else [*[coming] * -by, *part][:length]
            rows = [*filled[:top], *part, *filled[top + length :]][:lines]
            both.write(whole(columns, lines, rows, (1, 1)))
        case "resize", (int(wide), int(high), list(found)):
            both.resize(wide, high)
            rows = found
            both.write(whole(wide, high, rows, (wide - 1, high - 1)))
        case "title", _:
            both.write("\x1b]0;a title\x07\x1b[4;4Hnear it\x1b]52;c;YQ==\x07")
        case _:
            both.write("\x1b[0;48;5;236m\x1b[5;5H\x1b[K\x1b[0m")
    return rows


def check_all(can: Abilities, made: list[tuple[str, object]]) -> None:
    both = Both(can)
    rows: list[Pieces] = []
    for kind, what in made:
        rows = act(both, kind, what, rows)
        both.check()


@settings(max_examples=60)
@given(st.sampled_from(TERMINALS), steps())
def test_the_terminal_shows_what_the_screens_meant(can: Abilities, made: list[tuple[str, object]]) -> None:
    check_all(can, made)


@pytest.mark.soak
@settings(max_examples=3000)
@given(st.sampled_from(TERMINALS), steps())
def test_the_terminal_shows_what_the_screens_meant_for_long(can: Abilities, made: list[tuple[str, object]]) -> None:
    check_all(can, made)


def table(first: int, chosen: int, rows: int = 18) -> str:
    """A screen with a list: a title, rows of which one is chosen, two lines of keys."""
    painted = ["\x1b[1;1H\x1b[1;38;5;250;48;5;236m" + "JHT 56".ljust(80) + "\x1b[0m"]
    for y in range(rows):
        n = first + y
        style = "38;5;16;48;5;250" if n == chosen else "38;5;250;48;5;234"
        text = f" 210000{n:05d}  PESERTA {n * 7919 % 997:<6} NOMOR {n:<5} PT SAWIT {n * 31 % 89:<4} tidak diangkat"
        painted.append(f"\x1b[{y + 3};1H\x1b[{style}m{text:80}\x1b[0m")
    return "\n".join(painted) + "\x1b[3;1H"


def test_a_list_that_moves_by_a_row_is_moved_by_the_terminal() -> None:
    both = Both(Abilities(), 80, 24)
    both.write(table(0, 17))
    both.write(table(1, 18))
    both.check()
    assert "\x1b[3;20r" in both.sent
    assert len(both.sent) < 300
    without = Both(replace(Abilities(), scrolls=False), 80, 24)
    without.write(table(0, 17))
    without.write(table(1, 18))
    without.check()
    assert len(without.sent) > 2 * len(both.sent)


def test_what_is_shown_already_is_not_sent() -> None:
    both = Both(Abilities(), 80, 24)
    both.write(table(0, 3))
    both.write(table(0, 3))
    assert both.sent == ""
    both.write(table(0, 4))
    both.check()
    assert 0 < len(both.sent) < 300


def test_a_terminal_without_colours_gets_none() -> None:
    both = Both(Abilities(colours=0, fills=False, scrolls=False, erases=False, partly=False), 80, 24)
    both.write("\x1b[1;1H\x1b[1;31;48;5;234mBOLD\x1b[0m")
    assert both.sent == "\x1b[0;1mBOLD"
    both.check_letters()
