"""Why somebody claims, which decides about the papers, and why a claim was refused or came back."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE assist ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE assist ADD COLUMN result_note TEXT NOT NULL DEFAULT ''",
)
