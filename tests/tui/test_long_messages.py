"""A sentence that is longer than the status line is read whole, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.office import Office
from tests.tui import background
from tests.tui.driving import Desk, at_desk
from tui import commands, i18n
from tui.commands import Facts
from tui.widgets.bars import told
from tui.widgets.choices import lay_out
from tui.widgets.ink import Piece, clip

WORDS = sorted((Path(i18n.__file__).parent / "words").glob("*.py"))
LONG_FILE = "peserta_jht56_kantor_cabang_bulan_juli_2023_rev.xlsx"


@pytest.fixture(params=i18n.LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


def sentences(path: Path) -> Iterator[str]:
    """Every marked text of a table of words that is a sentence, in the language in use, with long values in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_", "ngettext"):
            for argument in node.args[:2]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    text = re.sub(r"\{[a-z]+\}", LONG_FILE, i18n._(argument.value), count=1)
                    yield re.sub(r"\{[a-z]+\}", "HJ. ZUBAIDAH EFFENDI", text)


def reads(strip: object, message: Piece) -> str:
    assert isinstance(strip, list)
    return " ".join(text.strip() for text in ("".join(t for t, _r in row) for row in strip) if text.strip()) + (
        f" {message[0]}" if message[0] else ""
    )


def shorter(text: str) -> bool:
    """Scripts are said on the telephone and wrapped on the card; no key answers with one."""
    return len(text) <= 230


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_the_longest_sentences_of_every_table_of_words_are_whole(path: Path) -> None:
    for text in filter(shorter, sentences(path)):
        strip, message = told((text, "bad"), [[("idle", "muted")]], 80)
        if len(text) <= 78:
            assert message[0] == text
            continue
        assert reads(strip, message).split() == text.split()
        for row in [*strip, [message]]:
            assert clip(row, 79) == tuple(piece for piece in row if piece[0])


def test_every_reason_of_a_key_that_is_off_is_whole() -> None:
    for command in commands.TABLE:
        why = command.why_disabled(Facts())
        if why is not None:
            text = f"{i18n._(command.title)}: {i18n._(why)}"
            strip, message = told((text, "warn"), [], 80)
            assert text.split() == (text if message[0] == text else reads(strip, message)).split()


def test_the_line_that_is_typed_stays_while_there_is_room() -> None:
    typed: list[list[Piece]] = [[("Waktu: besok", "key")], [("petunjuk", "muted")]]
    strip, message = told(("kata " * 25, "warn"), typed, 80, typing=True)
    assert strip[0] == typed[0]
    assert (reads([strip[1]], message)).split() == ["kata"] * 25


def test_a_question_longer_than_a_line_goes_on_in_the_second_one_before_its_keys() -> None:
    title = "Kembalikan impor daftar 1.csv: 1.234 orang keluar dari daftar telepon, 214 nomor kembali seperti semula?"
    lines = lay_out(title, [("y", "ya")], 78)
    text = " ".join("".join(part for part, _role in line) for line in lines)
    assert title.split() == text.split()[: len(title.split())]
    assert "y ya" in text


async def test_a_broken_file_is_told_whole_at_80_columns(office: Office, language: str) -> None:
    (office.home / "MASUK" / LONG_FILE).write_bytes(b"PK\x03\x04 and then nothing")
    async with at_desk(office, lang=language) as desk:
        await to_file(desk)
        await background.press(desk, "enter")
        said = {"id": "salin lagi", "en": "copy it again"}[language]
        assert said in " ".join(" ".join(desk.lines[-4:]).split())
        assert "…" not in "".join(desk.lines[-4:-2])
        await desk.press("down", "space")
        assert said not in desk.text


async def to_file(desk: Desk) -> None:
    """Put the cursor on the long file."""
    for _step in range(40):
        if any(line.startswith("» ") and LONG_FILE[:12] in line for line in desk.lines):
            return
        await desk.press("down")
    raise AssertionError(desk.text)
