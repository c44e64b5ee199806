"""Copying through the terminal (OSC 52), so that it works over SSH and inside tmux or screen."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping


def copy_sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """The bytes that put `text` on the clipboard of the person's own computer.

    tmux hands them on in one of two ways, by its settings: as its own (`set-clipboard on`) or unread
    (`allow-passthrough on`); both are asked.
    """
    payload = base64.b64encode(text.encode()).decode("ascii")
    sequence = f"\x1b]52;c;{payload}\x07"
    if "TMUX" in environ:
        return sequence + "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("TERM", "").startswith("screen"):
        return f"\x1bP{sequence}\x1b\\"
    return sequence
