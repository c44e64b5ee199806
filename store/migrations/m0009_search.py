"""An index of pieces of names, companies and numbers, so that anybody is found in milliseconds; filled here once."""

from __future__ import annotations

from store.migrations.step import Step
from store.search_index import rebuild

STATEMENTS: Step = (
    """CREATE TABLE search_block (id {id}, block {int} NOT NULL, term TEXT{bytewise} NOT NULL, members {bytes} NOT NULL,
        UNIQUE (block, term))""",
    rebuild,
)
