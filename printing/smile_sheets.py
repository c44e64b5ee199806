"""Smile's own voucher PDF, taken apart: what its pages are looked for, and what was found (design.md 3.4)."""

from __future__ import annotations

from enum import StrEnum

from store.value_class import value_class


@value_class
class SmileWanted:
    """A voucher that a page is looked for. `key` is the caller's own; `code_order` sorts; `amount` in whole rupiah."""

    key: int
    program: str
    code: str
    code_order: str
    name: str
    payee: str
    amount: int


class PageState(StrEnum):
    """What a page is."""

    FOUND = "found"
    TWICE = "twice"  # an earlier page is the same voucher
    SEVERAL = "several"  # it may be more than one of those looked for
    DIFFERS = "differs"  # it bears the code, and another amount
    UNKNOWN = "unknown"  # none of those looked for
    NO_TEXT = "no-text"  # a picture


@value_class
class SmilePage:
    """A page by its number (from 1) in the file. `key` is set for found, twice and differs."""

    page: int
    state: PageState
    key: int | None = None


@value_class
class SmileSplit:
    """`pages` as they are in the file; `chosen` those found, by programme and code; `missing` keys without a page."""

    pages: tuple[SmilePage, ...]
    chosen: tuple[SmilePage, ...]
    missing: tuple[int, ...]

    def numbers(self, state: PageState) -> tuple[int, ...]:
        """The numbers of the pages of that state."""
        return tuple(page.page for page in self.pages if page.state is state)


class SmileRefused(Exception):  # noqa: N818 - a refusal named for what it says, as those of `store.errors`
    """The PDF cannot be taken apart; `why`: damaged, protected, too-large, empty."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
