"""The index for searching in the order in which it is read: a term, then its blocks."""

from __future__ import annotations

from store.migrations.step import Step

STATEMENTS: Step = (
    """CREATE TABLE search_block_by_term (id {id}, block {int} NOT NULL, term TEXT{bytewise} NOT NULL,
        members {bytes} NOT NULL, UNIQUE (term, block))""",
    """INSERT INTO search_block_by_term (block, term, members)
        SELECT block, term, members FROM search_block ORDER BY term, block""",
    "DROP TABLE search_block",
    "ALTER TABLE search_block_by_term RENAME TO search_block",
)
