"""The recaps of a period: how each is read, closed, told and written. The desk (F7) and `loket recap` share them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

from printing.sheets import RecapSheet, RecapWords
from store import Store
from store.recaps import Jht56Recap
from store.recaps_corrections import CorrectionRecap
from store.recaps_incoming import IncomingRecap
from store.recaps_vouchers import VoucherRecap
from store.rows import Me
from store.rules.dates import Period
from store.value_class import value_class
from store.workbooks.results_out import SheetOut
from tui.words import (
    correction_recap,
    correction_recap_paper,
    incoming,
    incoming_paper,
    paper,
    results,
    voucher_recap,
    voucher_recap_paper,
)

R = TypeVar("R", bound=results.AnyRecap)


class Writer(Protocol):
    """The desk of the store that writes the files of a recap and notes who took them."""

    async def write_results(self, path: Path, sheets: Sequence[SheetOut]) -> None:
        """Writes the workbook. Raises NotAllowed, FileRefused."""

    async def write_pages(self, path: Path, pdf: bytes) -> None:
        """Writes the pages. Raises NotAllowed, FileRefused."""


def _general(store: Store) -> Writer:
    return store.recaps


@value_class
class RecapKind(Generic[R]):
    """One kind of recap; what asks the store raises NotAllowed, and Invalid where a period cannot be closed."""

    stem: str
    """How the names of its files begin."""
    read: Callable[[Store, Period], Awaitable[R]]
    close: Callable[[Store, Period], Awaitable[R]]
    book: Callable[[Store, Period], Awaitable[tuple[R, list[SheetOut]]]]
    """The recap and the sheets of its workbook, at one instant."""
    size: Callable[[R], int]
    """How much there is; 0: nothing to write or to close."""
    figures: Callable[[R], list[results.Figure]]
    document: Callable[[R], dict[str, Any]]
    paper: Callable[[R, Me, datetime], tuple[RecapSheet, RecapWords]]
    names: Callable[[R], list[str]]
    """Names on the pages, told when a letter cannot be printed."""
    writer: Callable[[Store], Writer] = _general


async def _jht56_book(store: Store, period: Period) -> tuple[Jht56Recap, list[SheetOut]]:
    recap, people, attempts = await store.recaps.results(period)
    return recap, results.sheets(recap, people, attempts, store.now())


async def _incoming_book(store: Store, period: Period) -> tuple[IncomingRecap, list[SheetOut]]:
    recap, contacts = await store.recaps_incoming.results(period)
    return recap, incoming.sheets(recap, contacts, store.now())


async def _vouchers_book(store: Store, period: Period) -> tuple[VoucherRecap, list[SheetOut]]:
    recap, files = await store.recaps_vouchers.results(period)
    return recap, voucher_recap.sheets(recap, files, store.now())


async def _corrections_book(store: Store, period: Period) -> tuple[CorrectionRecap, list[SheetOut]]:
    recap, changes = await store.recaps_corrections.results(period)
    return recap, correction_recap.sheets(recap, changes, store.now())


JHT56: Final[RecapKind[Jht56Recap]] = RecapKind(
    stem="rekap-jht56",
    read=lambda store, period: store.recaps.jht56(period),
    close=lambda store, period: store.recaps.close(period),
    book=_jht56_book,
    size=lambda recap: recap.people,
    figures=results.figures,
    document=results.document,
    paper=paper.recap,
    names=paper.names_in_recap,
)
INCOMING: Final[RecapKind[IncomingRecap]] = RecapKind(
    stem="rekap-layanan",
    read=lambda store, period: store.recaps_incoming.recap(period),
    close=lambda store, period: store.recaps_incoming.close(period),
    book=_incoming_book,
    size=lambda recap: recap.size,
    figures=incoming.figures,
    document=incoming.document,
    paper=incoming_paper.recap,
    names=incoming_paper.names_in_recap,
)
VOUCHERS: Final[RecapKind[VoucherRecap]] = RecapKind(
    stem="rekap-voucher",
    read=lambda store, period: store.recaps_vouchers.recap(period),
    close=lambda store, period: store.recaps_vouchers.close(period),
    book=_vouchers_book,
    size=voucher_recap.size,
    figures=voucher_recap.figures,
    document=voucher_recap.document,
    paper=voucher_recap_paper.recap,
    names=voucher_recap_paper.names_in_recap,
    writer=lambda store: store.recaps_vouchers,
)
CORRECTIONS: Final[RecapKind[CorrectionRecap]] = RecapKind(
    stem="rekap-koreksi",
    read=lambda store, period: store.recaps_corrections.recap(period),
    close=lambda store, period: store.recaps_corrections.close(period),
    book=_corrections_book,
    size=lambda recap: recap.size,
    figures=correction_recap.figures,
    document=correction_recap.document,
    paper=correction_recap_paper.recap,
    names=correction_recap_paper.names_in_recap,
)
