"""A module that grows past 400 lines is telling about a missing room, a function past 60 about a missing word."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULE_LINES = 400
FUNCTION_LINES = 60


def our_modules() -> Iterator[tuple[str, str]]:
    """Every Python file of the project: its path in the project and its text."""
    for folder in ("tui", "printing", "store", "tests", "bench", "docs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """The functions of a module that are too long, decorators not counted, docstrings counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.name, lines


def test_modules_fit_in_the_head() -> None:
    modules = dict(our_modules())
    assert "tests/test_sizes.py" in modules
    lengths = {path: len(text.splitlines()) for path, text in modules.items()}
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_functions_fit_on_a_screen() -> None:
    found = {f"{path}: {name}": lines for path, text in our_modules() for name, lines in long_functions(text)}
    assert found == {}


def test_the_measure_finds_what_is_too_long() -> None:
    body = "    pass\n" * FUNCTION_LINES
    nested = "class A:\n    async def b():\n" + "        pass\n" * FUNCTION_LINES
    assert dict(long_functions(f"def a():\n{body}")) == {"a": FUNCTION_LINES + 1}
    assert dict(long_functions(nested)) == {"b": FUNCTION_LINES + 1}
    assert dict(long_functions(f"def a():\n{body[:-9]}")) == {}
