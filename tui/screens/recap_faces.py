"""The recaps that the recaps desk (F7) can show: what each reads, shows, closes and writes. A new one is a new face."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from store import Store
from store.recaps import Jht56Recap
from store.rules.dates import Period, parse_period
from tui.commands import Command
from tui.commands.recaps import VIEWS
from tui.i18n import _, number, period_words
from tui.screens import files_out
from tui.screens.recaps_views import GroupRow, group_columns, group_rows, pages
from tui.widgets.ink import Line
from tui.widgets.window_table import Column
from tui.words import results

if TYPE_CHECKING:
    from tui.shell import LoketApp


class Face(ABC):
    """One kind of recap with its own period and view, which it keeps while another one is in front."""

    name: ClassVar[str]
    """The context of its own keys is 'recap-<name>'."""
    key: ClassVar[str]
    """Where another recap is in front it leads here."""
    views: ClassVar[tuple[Command, ...]]
    tables: ClassVar[frozenset[str]]
    """Views that are a table."""
    closable: ClassVar[bool] = True
    """Whether its figures are those of a period, which can be closed."""

    def __init__(self) -> None:
        self.period: Period | None = None
        self.view = self.views[0].id

    @property
    def is_table(self) -> bool:
        return self.view in self.tables

    def label(self) -> str:
        """The period in words."""
        return period_words(str(self.period)) if self.period is not None else ""

    @abstractmethod
    def short(self) -> str:
        """What it is called beside its key."""

    @abstractmethod
    def title(self) -> str:
        """What stands in the header."""

    @abstractmethod
    def size(self) -> int:
        """How much there is in the period; 0: nothing to write or to close."""

    @abstractmethod
    def closed(self) -> str:
        """When and by whom the period was closed; '' while it is open."""

    @abstractmethod
    async def newest(self, store: Store) -> Period:
        """The period with which it opens."""

    @abstractmethod
    async def read(self, store: Store) -> None:
        """Reads the figures of its period; what was there before is gone where that is refused."""

    @abstractmethod
    def rows(self) -> list[GroupRow]:
        """The rows of a view that is a table."""

    @abstractmethod
    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        """Its columns; `longest` is the largest first count."""

    @abstractmethod
    def lines(self, width: int) -> list[Line]:
        """The lines of another view."""

    @abstractmethod
    def question(self, period: str) -> str:
        """What is asked before closing, with the consequence in numbers."""

    @abstractmethod
    async def close(self, store: Store) -> None:
        """Closes the period."""

    @abstractmethod
    async def book(self, shell: LoketApp, period: Period) -> str:
        """Writes the workbook into KELUAR; what to say then."""

    @abstractmethod
    async def pages(self, shell: LoketApp, period: Period) -> str:
        """Writes the A4 pages into KELUAR; what to say then."""


class Jht56Face(Face):
    """The telephone work of JHT 56, by the month of the 56th birthday."""

    name = "jht56"
    key = "j"
    views = VIEWS
    tables = frozenset({"view-companies", "view-pembina", "view-handlers"})

    def __init__(self) -> None:
        super().__init__()
        self.recap: Jht56Recap | None = None
        self.known: tuple[str, ...] = ()  # periods that have a list

    def short(self) -> str:
        return _("JHT 56")

    def title(self) -> str:
        return _("Recap JHT 56")

    def size(self) -> int:
        return self.recap.people if self.recap is not None else 0

    def closed(self) -> str:
        return results.closed_words(self.recap) if self.recap is not None else ""

    async def newest(self, store: Store) -> Period:
        rows = await store.queue.status()
        newest = max((row.period for row in rows if row.kind == self.name), default="")
        return parse_period(newest or f"{store.today():%Y-%m}")

    async def read(self, store: Store) -> None:
        assert self.period is not None
        self.recap = None
        rows = await store.queue.status()
        self.known = tuple(sorted({row.period for row in rows if row.kind == self.name}))
        self.recap = await store.recaps.jht56(self.period)

    def rows(self) -> list[GroupRow]:
        return group_rows(self.recap, self.view.removeprefix("view-")) if self.recap is not None else []

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        return group_columns(self.view.removeprefix("view-"), longest)

    def lines(self, width: int) -> list[Line]:
        return pages(self.recap, self.view.removeprefix("view-"), str(self.period), self.known, width)

    def question(self, period: str) -> str:
        assert self.recap is not None
        people, never = number(self.recap.people), number(self.recap.never_called)
        question = _("Close {period}: {people} people, {never} never called, {attempts} attempts?")
        return question.format(period=period, people=people, never=never, attempts=number(self.recap.attempts))

    async def close(self, store: Store) -> None:
        assert self.period is not None
        self.recap = await store.recaps.close(self.period)

    async def book(self, shell: LoketApp, period: Period) -> str:
        return await files_out.write_results(shell, period)

    async def pages(self, shell: LoketApp, period: Period) -> str:
        return await files_out.write_recap_pages(shell, period)
