"""Which letters reach paper, and that no text is wider than its place."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from printing import LetterMissing
from printing.fonts import fit, letters, missing_letters, printable, size_for, text_width, wrap

SETTABLE = st.text(st.sampled_from(sorted(letters())), max_size=60)
NAMES = st.text(st.sampled_from("ABCDEFGabcdefghijklmw .,'-’é"), max_size=80)
SIZES = st.sampled_from([6.0, 8.5, 14.0])


@pytest.mark.parametrize("text", ["José Ångström", "Łukasz", "Ηλίας", "Дмитрий", "Nguyễn", "½ × ≤ … “…” – ‘’ ✓"])
def test_letters_outside_latin_1_are_set(text: str) -> None:
    assert missing_letters(text) == ""
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Siti 张 Aminah", "张"),
        ("สมชาย", "ส"),
        ("Budi 🙂", "🙂"),
        ("محمد", "م"),
        ("אברהם", "א"),
        ("a\ue000b", "\ue000"),
    ],
)
def test_a_letter_that_cannot_be_set_is_named(text: str, letter: str) -> None:
    with pytest.raises(LetterMissing) as refused:
        fit(text, 500, 9)
    assert (refused.value.text, refused.value.letter) == (text, letter)
    assert letter in missing_letters(text)


def test_the_letter_is_named_even_where_the_text_is_cut_before_it() -> None:
    with pytest.raises(LetterMissing):
        fit("A" * 200 + "张", 50, 9)
    with pytest.raises(LetterMissing):
        wrap("kata " * 200 + "张", 50, 9)


def test_each_missing_letter_is_told_once_in_order() -> None:
    assert missing_letters("b张a人张\t") == "张人\t"


def test_what_is_unseen_or_acts_is_not_set() -> None:
    assert printable(" Siti\t\x1b[31m\u202eAminah\u200b\r\nbinti \x00 Ali ") == "Siti [31mAminah binti Ali"
    assert printable("Jose\u0301") == "José"


@given(st.text())
def test_any_text_is_set_whole_or_refused_with_a_letter_of_it(text: str) -> None:
    try:
        shown = printable(text)
    except LetterMissing as refused:
        assert refused.letter in refused.text
        assert refused.letter in missing_letters(refused.text)
    else:
        assert missing_letters(shown) == ""
        assert not any(unicodedata.category(letter)[0] == "C" for letter in shown)


@given(SETTABLE | NAMES, st.floats(0, 400), SIZES, st.booleans())
@example("Abdurrahman", 1.0, 8.5, True)
def test_a_text_fits_whole_or_ends_in_dots(text: str, width: float, size: float, bold: bool) -> None:
    whole, shown = printable(text), fit(text, width, size, bold)
    assert text_width(shown, size, bold) <= max(width, 0)
    if shown != whole:
        assert text_width(whole, size, bold) > width
        assert shown == "" or (shown.endswith("…") and whole.startswith(shown[:-1]))


@given(NAMES, st.floats(1, 300), SIZES)
def test_a_size_is_found_at_which_the_whole_text_fits(text: str, width: float, size: float) -> None:
    found = size_for(text, width, size)
    whole = printable(text)
    assert text_width(whole, found) <= width + 1e-6
    assert found == size or text_width(whole, size) > width


@given(NAMES, st.floats(40, 300), SIZES, st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_but_what_the_dots_stand_for(
    text: str, width: float, size: float, most: int
) -> None:
    lines = wrap(text, width, size, lines=most)
    whole = printable(text)
    assert len(lines) <= most
    assert all(text_width(line, size) <= width for line in lines)
    said, meant = "".join(lines).replace(" ", ""), whole.replace(" ", "")
    if said != meant:
        assert len(lines) == most
        assert said.endswith("…")
        assert meant.startswith(said[:-1])


def test_words_stay_whole_when_they_fit() -> None:
    assert wrap("Bapak Muhammad Yusuf Siregar", text_width("Bapak Muhammad Yusuf", 9) + 1, 9) == [
        "Bapak Muhammad Yusuf",
        "Siregar",
    ]
