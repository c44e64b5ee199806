"""Every text a person can meet is there in Indonesian, and the compiled catalogue is the one that is edited."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tui import i18n

TUI = Path(i18n.__file__).parent
MARKS = ("_", "N_", "ngettext")
FOLDER = i18n.LOCALE / "id" / "LC_MESSAGES"


def sources() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call that marks a message, with the message, also inside f-strings."""
    for path in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                wanted = 2 if node.func.id == "ngettext" else 1
                for argument in node.args[:wanted]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield path, node, argument.value


def catalogue() -> Catalog:
    with (FOLDER / "loket.po").open("rb") as file:
        return read_po(file, locale="id")


def texts(entry: str | tuple[str, ...] | list[str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry)


def words_of(entries: Catalog) -> dict[tuple[str, ...], list[str]]:
    return {tuple(texts(entry.id)): texts(entry.string) for entry in entries if entry.id and all(texts(entry.string))}


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_message_has_its_indonesian() -> None:
    known = {
        text
        for message in catalogue()
        if message.id and all(texts(message.string)) and not message.fuzzy
        for text in texts(message.id)
    }
    missing = sorted({text for _path, _call, text in sources()} - known)
    assert not missing


def test_no_message_is_marked_inside_an_f_string() -> None:
    """The extractor of the translations does not look inside them."""
    found = []
    for path in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found += [
                    f"{path.name}:{call.lineno}"
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in MARKS
                    and any(isinstance(argument, ast.Constant) for argument in call.args[:1])
                ]
    assert not found


def test_placeholders_agree() -> None:
    for message in catalogue():
        if not message.id or not all(texts(message.string)):
            continue
        allowed = set().union(*(fields(text) for text in texts(message.id)))
        for text in texts(message.string):
            assert fields(text) <= allowed, message.id
            if isinstance(message.id, str):
                assert fields(text) == allowed, message.id


def test_the_compiled_catalogue_is_the_edited_one() -> None:
    with (FOLDER / "loket.mo").open("rb") as file:
        compiled = words_of(read_mo(file))
    assert compiled == words_of(catalogue())


@pytest.mark.parametrize(
    ("argument", "environ", "spoken"),
    [(None, {}, "id"), ("en", {}, "en"), (None, {"LOKET_LANG": "en_GB"}, "en"), ("fr", {}, "id")],
)
def test_indonesian_unless_english_is_asked_for(argument: str | None, environ: dict[str, str], spoken: str) -> None:
    assert i18n.pick(argument, environ) == spoken
