"""The index by which people are found: who has which piece of a name, company or number (store.search_index)."""

from __future__ import annotations

from peewee import BigIntegerField, BlobField, TextField

from store.schema.base import Table


class SearchBlock(Table):
    """Of 65,536 ids of participants (block n begins at n * 65,536) those that have a term. Derived, never audited."""

    block = BigIntegerField()
    term = TextField()  # store.rules.search_terms
    members = BlobField()  # store.search_sets

    class Meta:
        table_name = "search_block"
