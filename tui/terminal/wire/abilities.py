"""What a terminal can do, from what the environment says of it and what the system knows of its kind (terminfo)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

_LIKE_XTERM: Final = (
    "xterm",
    "putty",
    "rxvt",
    "konsole",
    "alacritty",
    "foot",
    "vte",
    "gnome",
    "st-",
    "mintty",
    "contour",
)
"""Beginnings of the names of terminals that fill what they erase with the colour in use, where terminfo is silent."""


class Terminfo(Protocol):
    """What the system knows of one kind of terminal; -1, None or an empty answer for what it does not know."""

    def number(self, name: str) -> int: ...

    def flag(self, name: str) -> bool: ...

    def string(self, name: str) -> bytes: ...


@dataclass(frozen=True)
class Abilities:
    """What the driver may use of a terminal."""

    colours: int = 256
    """0, 16 or 256. More would only be more bytes."""
    fills: bool = True
    """What is erased gets the background colour in use."""
    scrolls: bool = True
    """Lines can be deleted and inserted within a part of the screen."""
    erases: bool = True
    """Some cells in the middle of a line can be erased at once."""
    partly: bool = True
    """An attribute can be switched off by itself."""


def abilities(environ: Mapping[str, str], terminfo: Terminfo | None) -> Abilities:
    """What the terminal of this environment can do. `terminfo` is None where the system does not know its kind."""
    name = environ.get("TERM", "").lower()
    many = "256color" in name or name.endswith("-direct") or environ.get("COLORTERM") in ("truecolor", "24bit")
    if terminfo is None:
        like_xterm = name.startswith(_LIKE_XTERM)
        known = name not in ("", "dumb", "unknown")
        return Abilities(256 if many else 16, like_xterm, known, like_xterm, like_xterm)
    number = terminfo.number("colors")
    colours = 256 if many or number >= 256 else 16 if number > 0 else 0
    lines = all(terminfo.string(each) for each in ("csr", "il", "dl"))
    return Abilities(colours, terminfo.flag("bce"), lines, bool(terminfo.string("ech")), bool(colours))


class _System:
    """The terminfo of the system, through curses."""

    def __init__(self, name: str) -> None:
        import curses

        self._curses = curses
        curses.setupterm(name, 1)

    def number(self, name: str) -> int:
        return self._curses.tigetnum(name)

    def flag(self, name: str) -> bool:
        return self._curses.tigetflag(name) > 0

    def string(self, name: str) -> bytes:
        return self._curses.tigetstr(name) or b""


def system(environ: Mapping[str, str]) -> Terminfo | None:
    """What the system knows of the terminal of this environment. A process can ask for one kind only."""
    with suppress(Exception):  # curses.error has no other base; Python may also have been built without curses
        return _System(environ.get("TERM", ""))
    return None
