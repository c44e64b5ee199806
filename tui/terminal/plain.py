"""Text without anything that a terminal would obey."""

from __future__ import annotations

import re
from typing import Final

# C0 and C1 (escape sequences begin with one of them), DEL, line separators, and the marks that turn the reading
# direction around. None of them has a width, so what is drawn keeps its columns. Halves of letters (file names that are
# no UTF-8) could not be sent at all.
CONTROL: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text without anything a terminal would obey; tabs and line ends become a space."""
    if text.isascii() and text.isprintable():
        return text
    return CONTROL.sub("", text.replace("\t", " ").replace("\n", " ").replace("\r", " "))


def plain_lines(text: str) -> str:
    """The same of a text of several lines, which they stay."""
    return text if text.isascii() and text.isprintable() else "\n".join(map(plain, text.split("\n")))


def escaped(document: str) -> str:
    """A JSON document in which such letters, which JSON itself lets stand in texts, are numbers (RFC 8259, 7)."""
    return "\n".join(CONTROL.sub(lambda each: f"\\u{ord(each[0]):04x}", line) for line in document.split("\n"))
