"""Numbered steps from an empty database to today's tables. A step, once released, is never edited."""

from __future__ import annotations

from store.migrations import (
    m0001_way_through,
    m0002_telephone_desk,
    m0003_due_in_order,
    m0004_counter,
    m0005_frozen_recaps,
    m0006_vouchers,
    m0007_archive,
    m0008_assist_reason,
    m0009_search,
    m0010_print_jobs,
    m0011_archive_found,
    m0012_corrections,
    m0013_problems,
    m0014_search_terms_first,
    m0015_by_company,
    m0016_quality,
    m0017_region,
    m0018_labels,
    m0019_region_lists,
    m0020_narrowed,
)
from store.migrations.step import Step

# One list of statements (and calls) a step, in order; the database's version is the number of steps it has taken.
STEPS: tuple[Step, ...] = (
    m0001_way_through.STATEMENTS,
    m0002_telephone_desk.STATEMENTS,
    m0003_due_in_order.STATEMENTS,
    m0004_counter.STATEMENTS,
    m0005_frozen_recaps.STATEMENTS,
    m0006_vouchers.STATEMENTS,
    m0007_archive.STATEMENTS,
    m0008_assist_reason.STATEMENTS,
    m0009_search.STATEMENTS,
    m0010_print_jobs.STATEMENTS,
    m0011_archive_found.STATEMENTS,
    m0012_corrections.STATEMENTS,
    m0013_problems.STATEMENTS,
    m0014_search_terms_first.STATEMENTS,
    m0015_by_company.STATEMENTS,
    m0016_quality.STATEMENTS,
    m0017_region.STATEMENTS,
    m0018_labels.STATEMENTS,
    m0019_region_lists.STATEMENTS,
    m0020_narrowed.STATEMENTS,
)
LATEST = len(STEPS)
