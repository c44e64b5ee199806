"""One staff member's doings between two days, in their order."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ("CREATE INDEX audit_staff_at ON audit (staff_id, at, id)",)
