"""Lines keep their width, whatever the text; what is left out leaves a mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.plain import plain
from tui.widgets.bars import footer_line
from tui.widgets.ink import ELLIPSIS, clip, cut, fixed, spread, wrap
from tui.widgets.number_block import big
from tui.widgets.prompt import PromptLine

TEXT = st.text(max_size=60)
WIDTH = st.integers(min_value=4, max_value=100)


@given(TEXT, WIDTH)
def test_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    shown = cut(text, width)
    assert cell_len(shown) <= width
    assert shown == plain(text) or shown.endswith(ELLIPSIS)


@given(TEXT, WIDTH, st.booleans())
def test_fixed_text_has_its_width(text: str, width: int, right: bool) -> None:
    assert cell_len(fixed(text, width, right=right)) == width


@given(st.lists(st.tuples(TEXT, st.just("normal")), max_size=6), WIDTH)
def test_pieces_are_clipped_with_a_mark(pieces: list[tuple[str, str]], width: int) -> None:
    whole = "".join(plain(text) for text, _role in pieces)
    shown = "".join(text for text, _role in clip(pieces, width))
    assert cell_len(shown) <= width
    assert shown == whole or shown.endswith(ELLIPSIS) or cell_len(whole) <= width


@given(TEXT, st.text(max_size=20), st.integers(min_value=50, max_value=120))
def test_the_right_end_of_a_line_is_never_lost(left: str, right: str, width: int) -> None:
    shown = spread([(left, "normal")], [(right, "muted")], width)
    assert shown.text.endswith(right)
    assert shown.width == width


WORDS = st.text(alphabet=st.characters(categories=("L", "N", "Zs")), max_size=200)


@given(WORDS, st.integers(10, 60), st.integers(1, 6))
def test_wrapped_text_fits_and_loses_nothing_without_a_mark(text: str, width: int, most: int) -> None:
    rows = wrap(text, width, most)
    assert len(rows) <= most
    assert all(cell_len(row) <= width for row in rows)
    kept = " ".join(rows)
    assert kept.split() == plain(text).split() or ELLIPSIS in kept


KEYS = st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=20), st.booleans()), max_size=12)


@given(KEYS, st.integers(30, 120))
def test_a_footer_always_has_its_width_and_its_way_to_the_rest(keys: list[tuple[str, str, bool]], width: int) -> None:
    line = footer_line(keys, ("?", "help"), width)
    assert line.width == width
    assert line.text.endswith("? help")


@given(st.text(max_size=120), st.integers(min_value=0, max_value=120), st.integers(min_value=30, max_value=120))
def test_a_typed_line_fits_wherever_the_caret_is(text: str, caret: int, width: int) -> None:
    prompt = PromptLine("Note", text)
    prompt.caret = min(caret, len(prompt.text))
    shown = prompt.pieces(width)
    assert sum(cell_len(plain(piece)) for piece, _role in shown) <= width
    assert any(role == "caret" for _piece, role in shown)


def test_a_pasted_text_becomes_one_line_without_anything_a_terminal_obeys() -> None:
    prompt = PromptLine("Note", "ab")
    prompt.caret = 1
    prompt.insert("x\ny\x1b[31mz\u202e")
    assert prompt.text == "ax y[31mzb"


def test_a_number_is_read_in_its_groups() -> None:
    assert big("0812-3456-7890") == "0 8 1 2   3 4 5 6   7 8 9 0"
    assert big("(0765) 91234") == "0 7 6 5   9 1 2 3 4"
