"""The archive is found by words, days, and places by what is in them: indexes for hundreds of thousands of files."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE archived_term (id {id}, term TEXT{bytewise} NOT NULL,
        archived_id {int} NOT NULL REFERENCES archived (id))""",
    "CREATE UNIQUE INDEX archived_term_file ON archived_term (archived_id, term)",
    "CREATE INDEX archived_term_word ON archived_term (term, archived_id DESC)",
    "CREATE INDEX archived_day ON archived (dated DESC, id DESC)",
    "CREATE INDEX archived_aside ON archived (archived_at) WHERE trouble <> ''",
    "CREATE INDEX archived_no_code ON archived (program, kpj) WHERE code = ''",
    "CREATE INDEX payment_program ON payment (program, code_order)",
    "CREATE INDEX destruction_line_place ON destruction_line (place_id)",
)
