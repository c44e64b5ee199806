"""Whose number it is, as it was typed with a correction: kept while it waits for a yes, and once it was taken back."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ("ALTER TABLE correction ADD COLUMN label TEXT NOT NULL DEFAULT ''",)
