"""Everything that takes typed text says where it is kept meanwhile, or why it is not."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import tui.screens
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk
from tui.kept import LINES, Unkept
from tui.screens.base import DeskScreen
from tui.screens.editor import MarkdownEditScreen
from tui.widgets.prompt import PromptLine

TUI = Path(tui.screens.__file__).parents[1]

FORMS = {"assist.py", "calls_card.py", "counter_draft.py"}
"""Forms with a draft of their own, in which each of their lines is; killed while somebody types in test_kills."""

SECRETS = {"pins.py", "locked.py"}


class Opened(NamedTuple):
    """One place where a line is opened."""

    file: str
    line: int
    prompt: str
    keep: str


def opened() -> Iterator[Opened]:
    for file in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "open_prompt":
                keep = [ast.unparse(given.value) for given in node.keywords if given.arg == "keep"]
                yield Opened(file.name, node.lineno, ast.unparse(node.args[0]), keep[0] if keep else "")


def subclasses(of: type) -> set[type]:
    """All of them, with every screen loaded."""
    for module in pkgutil.walk_packages(tui.screens.__path__, "tui.screens."):
        importlib.import_module(module.name)
    found, new = set[type](), {of}
    while new:
        found |= new
        new = {each for known in new for each in known.__subclasses__()} - found
    return found


def test_each_line_has_a_draft_or_a_reason() -> None:
    reasons = defaultdict[str, set[str]](set)
    for line in opened():
        assert line.keep, f"{line.file}:{line.line} says neither where its text is kept nor why not"
        if line.keep.startswith("Unkept."):
            reasons[line.keep.removeprefix("Unkept.")].add(line.file)
    assert set(reasons) == {reason.name for reason in Unkept}
    assert reasons["FORM"] == FORMS
    assert reasons["SECRET"] == SECRETS


def test_no_line_is_opened_past_that_question() -> None:
    """Only the base of the screens sets the line that takes the keys."""
    setting = set()
    for file in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(ast.unparse(target) == "self.prompt" for target in targets):
                setting.add(file.name)
    assert setting == {"base.py"}


def test_each_screen_with_several_lines_to_type_in_names_its_draft() -> None:
    using = {file.name for file in TUI.rglob("*.py") if "TextLines(" in file.read_text(encoding="utf-8")}
    assert using == {"editor.py", "text_lines.py"}
    for screen in subclasses(MarkdownEditScreen) - {MarkdownEditScreen}:
        assert screen.draft_key is not MarkdownEditScreen.draft_key, screen


def test_what_takes_a_paste_of_its_own_reads_it_or_types_it() -> None:
    """A pasted listing or list is read at once, and lies on the clipboard still; other text goes into a line."""
    own = {screen.__name__ for screen in subclasses(DeskScreen) if "on_paste" in vars(screen)}
    read = {"ListingScreen", "LookupFilesScreen", "LookupsScreen", "VouchersScreen"}
    assert own == {"DeskScreen", "MarkdownEditScreen"} | read


def test_a_line_says_that_it_is_secret_or_not() -> None:
    assert {line.__name__ for line in subclasses(PromptLine) if line.secret} == {"SecretLine"}


async def drafts(desk: Desk) -> list[str]:
    return await desk.store.drafts.keys(LINES)


async def test_a_value_that_is_saved_leaves_no_draft(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "space", "b", "l", *"pindah", "enter")
        assert await drafts(desk) != [], "nothing is written before the y"
        await desk.press("y")
        await desk.settle()
        assert await drafts(desk) == []


@pytest.mark.parametrize("left", ["escape", "f9"])
async def test_what_was_left_is_said_to_be_there_again(office: Office, left: str) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "space", "b", "l", *"pindah", left)
        await desk.press("f2", "b", "l")
        assert "pindah" in desk.asked
        assert "Ketikan Anda tadi ada lagi" in desk.status
        await desk.press("escape")
        assert "tombol yang sama memunculkannya" in desk.status
        await desk.press("b", "l", "ctrl+u", "escape")
        assert await drafts(desk) == []


async def test_what_a_paper_says_is_there_again_and_said_to_be_until_it_is_dropped(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f5", "t", "a", "tab", "x", "y", "tab", "5", "f3", "escape", "f5", "t", "tab")
        assert "xy" in desk.asked
        assert "Ketikan Anda untuk berkas ini" in desk.status
        await desk.press("tab")
        assert "5" in desk.asked
        await desk.press("escape")
        assert await drafts(desk) == ["line:paper alone search"], "it stands in the line still"
        await desk.press("tab")
        assert "xy" not in desk.asked
        await desk.press("escape", "escape")
        assert await drafts(desk) == []


async def test_what_was_typed_of_a_paper_stands_in_no_other(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f5", "t", "a", "tab", "x", "y", "f3", "escape", "f5", "t")
        await desk.press("b", "tab")
        assert "xy" not in desk.asked
