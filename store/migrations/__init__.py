"""Numbered steps from an empty database to today's tables. A step, once released, is never edited."""

from __future__ import annotations

import importlib
from typing import Final

from store.migrations.step import Step

_STEPS: Final = (
    "m0001_way_through",
    "m0002_telephone_desk",
    "m0003_due_in_order",
    "m0004_counter",
    "m0005_frozen_recaps",
    "m0006_vouchers",
    "m0007_archive",
    "m0008_assist_reason",
    "m0009_search",
    "m0010_print_jobs",
    "m0011_archive_found",
    "m0012_corrections",
    "m0013_problems",
    "m0014_search_terms_first",
    "m0015_by_company",
    "m0016_quality",
    "m0017_region",
    "m0018_labels",
    "m0019_region_lists",
    "m0020_narrowed",
    "m0021_by_name",
    "m0022_counted",
    "m0023_checks_in_order",
    "m0024_pins",
    "m0025_erasures",
    "m0026_open_payments",
    "m0027_trail_by_staff",
    "m0028_whole_words",
)
LATEST: Final = len(_STEPS)
"""The version of a database is the number of steps that it has taken."""


def step(version: int) -> Step:
    """The list of statements (and calls) that leads on from a version; loaded now: most offices lack no step."""
    found: Step = importlib.import_module(f"store.migrations.{_STEPS[version]}").STATEMENTS
    return found
