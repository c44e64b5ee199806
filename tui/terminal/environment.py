"""What the environment may say to the terminal library, settled before that library is imported."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import MutableMapping

from tui.terminal.wire.abilities import abilities, system

SLOW_ESCAPE = "250"
"""Milliseconds to wait for the rest of an escape sequence; with 100 an arrow key on a slow line becomes typed text."""


def prepare(environ: MutableMapping[str, str] = os.environ) -> None:
    """Call before textual is first imported: its own variables are cleared, the terminal's kind is looked up."""
    calm(environ)
    if "SSH_TTY" in environ or "SSH_CONNECTION" in environ:
        environ["ESCDELAY"] = SLOW_ESCAPE
    # 256 colours say all we need in half the bytes of 24-bit ones.
    colours = abilities(environ, system(environ)).colours
    environ["TEXTUAL_COLOR_SYSTEM"] = "256" if colours == 256 else "standard"
    environ.pop("COLORTERM", None)
    if not colours:
        environ.setdefault("NO_COLOR", "1")


def calm(environ: MutableMapping[str, str] = os.environ) -> None:
    """The library's own variables are cleared, nothing on screen moves or blinks."""
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"


def read_again() -> None:
    """What the library read from the environment when it was imported, where that was another one (a warm start)."""
    if "textual" not in sys.modules:
        return
    from textual import _xterm_parser, constants

    importlib.reload(constants)
    _xterm_parser.IS_ITERM = os.environ.get("LC_TERMINAL") == "iTerm2" or os.environ.get("TERM_PROGRAM") == "iTerm.app"
