"""What travels over the wire at 80x24, counted in bytes: the promise of the project, and below it what is reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice

PROMISED = {
    "cursor down": 300,
    "page down": 2_500,
    "letter of a search": 2_500,
    "outcome and next person": 4_000,
    "menu": 5_000,
}
"""Bytes; a menu is what covers most of a screen."""

CEILINGS = {
    "start": 3_500,
    "telephone desk": 3_000,
    "cursor down": 300,
    "page down": 1_500,
    "letter of a search": 1_800,
    "serve": 3_000,
    "outcome and next person": 1_500,
    "question": 700,
    "right person": 1_500,
    "letter of a note": 300,
    "menu": 3_600,
    "letter in the menu": 2_500,
    "help": 3_500,
}
"""Bytes."""


def cost(terminal: Terminal, *keys: str) -> int:
    """The bytes that follow keys until the screen is still."""
    terminal.idle()
    before = len(terminal.output)
    terminal.press(*keys)
    terminal.wait_for(lambda: len(terminal.output) > before)
    terminal.idle()
    return len(terminal.output) - before


def measure(office: TerminalOffice) -> dict[str, int]:
    """The bytes of a round through the program."""
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        terminal.idle()
        costs = {"start": len(terminal.output)}
        for what, *keys in (
            ("telephone desk", "f2"),
            ("cursor down", "down"),
            ("page down", "pagedown"),
        ):
            costs[what] = cost(terminal, *keys)
        cost(terminal, "/")
        costs["letter of a search"] = cost(terminal, "a")
        cost(terminal, "escape")
        for what, *keys in (
            ("serve", "enter"),
            ("outcome and next person", "1"),
            ("question", "5"),
        ):
            costs[what] = cost(terminal, *keys)
        terminal.press("escape")
        for what, *keys in (
            ("right person", "v"),
            ("menu", "f10"),
            ("letter in the menu", "k"),
        ):
            costs[what] = cost(terminal, *keys)
        terminal.press("escape")
        costs["help"] = cost(terminal, "f1")
        terminal.press("escape")
        cost(terminal, "n")
        costs["letter of a note"] = cost(terminal, "a")
    return costs


def test_no_key_costs_more_than_its_budget(office: TerminalOffice) -> None:
    costs = measure(office)
    assert costs.keys() == CEILINGS.keys()
    assert {what: bytes_ for what, bytes_ in costs.items() if bytes_ > CEILINGS[what]} == {}
    assert all(CEILINGS[what] <= promised for what, promised in PROMISED.items())


@pytest.fixture(params=["first screen", "list", "card", "question", "note", "menu"])
def resting(request: pytest.FixtureRequest, office: TerminalOffice) -> Iterator[Terminal]:
    """A terminal where nobody touches anything, on one of the screens."""
    after = {"question": ("5",), "note": ("n",), "menu": ("f10",), "list": ("escape",)}
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        if request.param != "first screen":
            Caller(terminal).start()
            terminal.press(*after.get(request.param, ()))
        terminal.idle(1.0)
        yield terminal


def test_a_screen_that_rests_sends_nothing(resting: Terminal) -> None:
    assert resting.listen(3) == 0


@pytest.mark.soak
def test_a_screen_that_rests_long_sends_nothing_and_hardly_works(resting: Terminal) -> None:
    before = resting.cpu_seconds()
    assert resting.listen(10) == 0
    assert resting.cpu_seconds() - before < 0.5
