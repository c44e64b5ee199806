"""A company's people, in the order in which they came in, without looking at everybody."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ("CREATE INDEX participant_company ON participant (company, id)",)
