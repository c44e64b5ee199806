"""Who goes on with a print job, which jobs were made together, and which run of the printer's server was told of it."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE print_job ADD COLUMN batch {int}",
    "ALTER TABLE print_job ADD COLUMN holder_session {int}",
    "ALTER TABLE print_job ADD COLUMN media TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE print_job ADD COLUMN server TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX print_job_batch ON print_job (batch)",
)
