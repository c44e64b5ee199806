"""Walks through the archive (F6) with the longest names, for tests.tui.test_walk."""

from __future__ import annotations

WALKS: dict[str, tuple[str, ...]] = {
    "archive": (
        *("f6", *"1234567", "tab", "1", "p", "escape", "e", "escape", "n", "escape", "b", "escape", "f1", "escape"),
        *("slash", "z", "down", "enter", "escape", "escape", "escape", "2", "end", "enter", "s", "escape"),
        *("k", "escape", "o", "escape", "l", "enter", "f1", "escape", "escape", "p", "escape", "e", "5", "escape"),
    ),
    "archive at work": (
        *("f6", "w", "t", "k", "escape", "o", "escape", "tab", "n", "1", "escape", "f1", "escape", "escape"),
        *("s", "w", "escape", "tab", "tab", "o", "escape", "f1", "escape", "escape", "m", "p", "escape", "left"),
        *("enter", "escape", "k", "space", "a", "m", "escape", "f1", "escape", "escape", "t", "a", "c"),
    ),
    "archive's ends": (
        *("f6", "r", "f1", "escape", "enter", "pagedown", "t", "escape", "t", "y", "escape"),
        *("d", "p", "t", "escape", "k", "escape", "n", "a", "a", "space", "enter", "escape", "f1", "escape", "escape"),
        *("t", "y", "d", "1", *"ani", "enter", "escape", "e", "enter", "escape", "f1", "escape", "escape"),
    ),
}
"""Keys one after the other, in an office of `archive_office.long_archive`."""

REACHED: dict[str, set[str]] = {
    "archive": {
        "archive",
        "archive-gaps",
        "archive-box",
        "archive-paper",
        "archive-print",
        "archive-field",
        "archive-kind",
    },
    "archive at work": {
        *("archive-waiting", "archive-troubles", "archive-program", "archive-loans", "archive-month"),
        "archive-codes",
    },
    "archive's ends": {
        *("register-files", "register-plan", "archive-destroy", "archive-due", "archive-way", "archive-years"),
    },
}
"""The contexts that each of them meets."""
