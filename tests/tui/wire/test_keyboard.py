"""What comes in from a terminal: keys are keys, answers are not, however the line cuts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.wire.keyboard import Keyboard, Kind, Piece

DELAY = 0.1
ESCAPE, ANSWER = Piece(Kind.ESCAPE), Piece(Kind.ANSWER)


def keys(text: str) -> Piece:
    return Piece(Kind.KEYS, text)


def all_at_once(text: str, asked: bool = False) -> list[Piece]:
    keyboard = Keyboard(DELAY)
    return [*keyboard.feed(text, 0.0), *keyboard.tick(10.0, asked)]


def test_a_letter_right_after_escape_is_that_letter() -> None:
    assert all_at_once("\x1bx") == [ESCAPE, keys("x")]
    assert all_at_once("\x1b\r") == [ESCAPE, keys("\r")]
    assert all_at_once("\x1b\x1b") == [ESCAPE, ESCAPE]
    assert all_at_once("\x1b\x1b[A") == [ESCAPE, keys("\x1b[A")]
    assert all_at_once("\x1bO") == [ESCAPE, keys("O")]
    assert all_at_once("ab\x1b[") == [keys("ab"), ESCAPE, keys("[")]


def test_a_digit_is_told_apart_when_it_came_in_one_with_escape() -> None:
    assert all_at_once("\x1b1") == [ESCAPE, Piece(Kind.ALT, "1")]
    assert all_at_once("5\x1b\x1b12") == [keys("5"), ESCAPE, ESCAPE, Piece(Kind.ALT, "1"), keys("2")]
    keyboard = Keyboard(DELAY)
    assert keyboard.feed("\x1b", 1.0) == []
    assert keyboard.feed("1\x1b2", 1.01) == [ESCAPE, keys("1"), ESCAPE, Piece(Kind.ALT, "2")]


def test_a_key_that_comes_in_parts_is_one_key_and_escape_waits_only_its_delay() -> None:
    keyboard = Keyboard(DELAY)
    assert keyboard.feed("\x1b", 1.0) == []
    assert keyboard.wait(1.04, False) == pytest.approx(DELAY - 0.04)
    assert keyboard.tick(1.05, False) == []
    assert keyboard.feed("[", 1.06) == []
    assert keyboard.feed("B", 1.07) == [keys("\x1b[B")]
    assert keyboard.wait(1.08, False) is None
    assert keyboard.feed("\x1b", 2.0) == []
    assert keyboard.tick(2.01 + DELAY, False) == [ESCAPE]


def test_half_an_answer_waits_for_its_rest_while_one_is_due() -> None:
    keyboard = Keyboard(DELAY)
    assert keyboard.feed("\x1b[12;", 1.0) == []
    assert keyboard.tick(2.0, True) == []
    assert keyboard.feed("40R", 2.1) == [ANSWER]
    assert keyboard.feed("\x1b[12", 3.0) == []
    assert keyboard.tick(3.01 + DELAY, False) == [ESCAPE, keys("[12")]


def test_what_a_terminal_says_unasked_is_no_key() -> None:
    assert all_at_once("a\x1b]11;rgb:0000/0000/0000\x07b\x1bP1$r0m\x1b\\c") == [keys("a"), keys("b"), keys("c")]


def test_a_paste_stays_whole_and_an_answer_inside_it_is_taken_out() -> None:
    keyboard = Keyboard(DELAY)
    assert keyboard.feed("\x1b[200~0812\x1b[3;4R", 0.0) == []
    assert keyboard.wait(9.0, False) is None
    assert keyboard.feed("345\x1b[201~x", 9.0) == [ANSWER, keys("\x1b[200~0812345\x1b[201~"), keys("x")]


TYPED = ["a", "ö", "7", "\r", "\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[1;5C", "\x1b[[A", "\x1b[200~ab\x1bc\x1b[201~"]


@given(st.data(), st.lists(st.sampled_from([*TYPED, "\x1b[24;80R"]), max_size=12))
def test_however_the_line_cuts_it_the_same_keys_arrive(data: st.DataObject, typed: list[str]) -> None:
    text = "".join(typed)
    keyboard, found = Keyboard(DELAY), []
    at = 0
    while at < len(text):
        size = data.draw(st.integers(1, 7))
        found += keyboard.feed(text[at : at + size], 0.0)
        at += size
    assert "".join(piece.text for piece in found if piece.kind is Kind.KEYS) == "".join(
        each for each in typed if not each.endswith("R")
    )
    assert found.count(ANSWER) == typed.count("\x1b[24;80R")
    assert ESCAPE not in found
