"""Whether the program on disk is still the one that was loaded."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CLOCK_GRAIN: Final = 0.05
"""Seconds by which the clock of files may be behind the machine's."""


class Program:
    """Every file and folder that the program was loaded from, as they are now."""

    def __init__(self, began: float, places: Iterable[Path]) -> None:
        """`began` is when loading began, in seconds; `places` are folders of which every file counts, loaded or not."""
        files = {file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
        files |= {str(each) for place in places for each in place.rglob("*.*") if each.parent.name != "__pycache__"}
        folders = {str(Path(file).parent) for file in files} | {path for path in sys.path if path}
        self._files = {path: _file(path) for path in files}
        self._folders = {path: _folder(path) for path in folders}
        newest = max(state[-1] for state in self._files.values() if state)
        self._changed = newest > (began - _CLOCK_GRAIN) * 1e9

    def changed(self) -> bool:
        """Whether anything was changed since loading began; from then on always."""
        self._changed = (
            self._changed
            or any(_file(path) != state for path, state in self._files.items())
            or any(_folder(path) != state for path, state in self._folders.items())
        )
        return self._changed


def _file(path: str) -> tuple[int, int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _folder(path: str) -> frozenset[str] | None:
    """The names in it. What Python compiles it puts there at any time."""
    try:
        return frozenset(os.listdir(path)) - {"__pycache__"}
    except OSError:
        return None
