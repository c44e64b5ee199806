"""What the driver takes a terminal to be able to do."""

from __future__ import annotations

import pytest

from tui.terminal import environment
from tui.terminal.wire.abilities import Abilities, abilities


class Known:
    """What a system says of a terminal."""

    def __init__(self, colours: int = -1, fills: bool = False, *strings: str) -> None:
        self._colours, self._fills, self._strings = colours, fills, strings

    def number(self, name: str) -> int:
        return self._colours

    def flag(self, name: str) -> bool:
        return self._fills

    def string(self, name: str) -> bytes:
        return b"something" if name in self._strings else b""


LINES = ("csr", "il", "dl")


@pytest.mark.parametrize(
    ("environ", "terminfo", "can"),
    [
        ({"TERM": "xterm-256color"}, Known(256, True, *LINES, "ech"), Abilities(256, True, True, True, True)),
        ({"TERM": "xterm"}, Known(8, True, *LINES, "ech"), Abilities(16, True, True, True, True)),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Known(8, True, *LINES, "ech"), Abilities(256)),
        ({"TERM": "alacritty"}, Known(256, True, *LINES, "ech"), Abilities(256)),
        ({"TERM": "xterm-direct"}, Known(1 << 24, True, *LINES, "ech"), Abilities(256)),
        ({"TERM": "tmux-256color"}, Known(256, False, *LINES, "ech"), Abilities(256, fills=False)),
        ({"TERM": "vt100"}, Known(-1, False, "csr"), Abilities(0, False, False, False, False)),
        # The system does not know the kind: the name must do.
        ({"TERM": "putty"}, None, Abilities(16)),
        ({"TERM": "putty-256color"}, None, Abilities(256)),
        ({"TERM": "somewhat"}, None, Abilities(16, False, True, False, False)),
        ({"TERM": "dumb"}, None, Abilities(16, False, False, False, False)),
        ({}, None, Abilities(16, False, False, False, False)),
    ],
)
def test_a_terminal_is_asked_for_no_more_than_it_can(
    environ: dict[str, str], terminfo: Known | None, can: Abilities
) -> None:
    assert abilities(environ, terminfo) == can


@pytest.mark.parametrize(
    ("given", "system", "no_colour"),
    [
        ({"TERM": "xterm-256color"}, "256", None),
        ({"TERM": "nowhere-known", "COLORTERM": "24bit"}, "256", None),
        ({"TERM": "xterm-256color", "NO_COLOR": "yes"}, "256", "yes"),
    ],
)
def test_the_colours_are_settled_before_the_screens_start(
    given: dict[str, str], system: str, no_colour: str | None
) -> None:
    environ = dict(given)
    environment.prepare(environ)
    assert environ["TEXTUAL_COLOR_SYSTEM"] == system
    assert environ.get("NO_COLOR") == no_colour
