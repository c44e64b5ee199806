"""Walks through the correction of data (F4) with the longest names, for tests.tui.test_walk."""

from __future__ import annotations

WALKS: dict[str, tuple[str, ...]] = {
    "corrections": (
        *(
            "f4",
            "e",
            "s",
            "f1",
            "escape",
            "escape",
            "t",
            "t",
            "f",
            "u",
            "escape",
            "f",
            "0",
            "slash",
            "z",
            "escape",
            "f1",
            "escape",
            "p",
            "f1",
            "escape",
        ),
        *("escape", "k", "f1", "escape", "enter", "escape", "enter", "enter", "escape", "end", "enter", "a", "p", "n"),
        *("e", *"aktif", "escape", "u", "m", "A", "b", "a", "x", "enter", "escape", "o", "l", "escape", "escape"),
    ),
    "a worklist": (
        *("f4", "enter", "e", *"0813", "enter", "escape", "e", *"77770001", "enter", "escape", "e", "enter", "l"),
        *(*"istri", "enter", "u", "p", "t", "escape", "escape", "h", "f1", "escape", "t", "escape", "t", "f", "s"),
        *("f", "0", "r", "m", "b", "escape", "b", "t", "o", "t", "f1", "escape", "escape", "f1", "escape", "escape"),
    ),
}
"""Keys one after the other."""

REACHED: dict[str, set[str]] = {
    "corrections": {
        *(
            "corrections",
            "work-filter",
            "proposals",
            "company-forms",
            "email-typos",
            "worklist",
            "work-status",
            "work-source",
        ),
        *("work-bulk", "confirm"),
    },
    "a worklist": {"worklist", "work-source", "work-bulk", "tidy", "value-history", "work-filter"},
}
"""The contexts that each of them meets."""
