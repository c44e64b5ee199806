"""The last gate before the terminal: no control character of any data passes."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.plain import CONTROL


class ControlFilter(LineFilter):
    """Removes control characters from every line that any widget paints."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.control is None and segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(CONTROL.sub("", segment.text), segment.style) for segment in segments]


@lru_cache(256)
def _without_colour(style: Style) -> Style:
    return style.without_color


class ColourlessFilter(LineFilter):
    """Leaves of a style only its attributes: bold, dim, reverse (https://no-color.org)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, style and _without_colour(style), control) for text, style, control in segments]
