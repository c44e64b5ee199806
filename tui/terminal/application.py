"""The part of the shell that speaks to the terminal: what passes to it, in which colours, and its clipboard."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome

from tui import styles
from tui.terminal.clipboard import copy_sequence
from tui.terminal.safety import ColourlessFilter, ControlFilter
from tui.terminal.wire.driver import WireDriver

# One object each: lines that were filtered before are remembered by filter.
_NO_CONTROL: Final = ControlFilter()
_NO_COLOUR: Final = ColourlessFilter()


class TerminalApp(App[int], inherit_bindings=False):
    """An application whose lines hold no control character, and under NO_COLOR no colour."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        # The library's own answer to NO_COLOR is greys, which are colours as well: here nothing but attributes is sent.
        kept = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        return [*kept, _NO_CONTROL, *([_NO_COLOUR] if self.no_color else [])]

    def get_driver_class(self) -> type[Driver]:
        # The library's own driver is the way out where a terminal does not understand ours.
        return super().get_driver_class() if os.environ.get("LOKET_DRIVER") == "textual" else WireDriver

    def get_css_variables(self) -> dict[str, str]:
        name = self.theme if self.theme in styles.PALETTES else styles.DEFAULT
        return {**super().get_css_variables(), **styles.PALETTES[name]}

    def _set_pointer_shape(self, shape: str) -> None:
        """Nothing is sent: there is no mouse, and an old console prints what it does not know."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the person's own computer."""
        if self._driver is not None:
            self._driver.write(copy_sequence(text))
            self._driver.flush()
