"""The last gate before the terminal: no control character of any data passes."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

# C0 and C1 (escape sequences begin with one of them), DEL, line separators, and the marks that turn the reading
# direction around. None of them has a width, so what is drawn keeps its columns. Halves of letters (file names that are
# no UTF-8) could not be sent at all.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text without anything a terminal would obey; tabs and line ends become a space."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", text.replace("\t", " ").replace("\n", " ").replace("\r", " "))


class ControlFilter(LineFilter):
    """Removes control characters from every line that any widget paints."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.control is None and segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(_CONTROL.sub("", segment.text), segment.style) for segment in segments]


@lru_cache(256)
def _without_colour(style: Style) -> Style:
    return style.without_color


class ColourlessFilter(LineFilter):
    """Leaves of a style only its attributes: bold, dim, reverse (https://no-color.org)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, style and _without_colour(style), control) for text, style, control in segments]
