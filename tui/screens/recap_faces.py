"""The recaps that the recaps desk (F7) can show: what each reads, shows, closes and writes. A new one is a new face."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic

import printing
from store import Store
from store.recaps import Jht56Recap
from store.rules.dates import Period, parse_period
from tui.commands import Command
from tui.commands.recaps import VIEWS
from tui.i18n import _, number, period_words
from tui.recap_kinds import JHT56, R, RecapKind
from tui.screens import files_out
from tui.screens.recaps_views import GroupRow, group_columns, group_rows, nobody, pages, sentences
from tui.widgets.ink import Line
from tui.widgets.window_table import Column
from tui.words import results
from tui.words.letters import with_unprinted

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
        """An empty one says what to do next, whatever the view."""
        return self.view in self.tables and bool(self.size())

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


class KindFace(Face, Generic[R]):
    """A recap that is counted for its period until that is closed."""

    def __init__(self, kind: RecapKind[R]) -> None:
        super().__init__()
        self.kind = kind
        self.recap: R | None = None

    def size(self) -> int:
        return self.kind.size(self.recap) if self.recap is not None else 0

    def closed(self) -> str:
        return results.closed_words(self.recap) if self.recap is not None else ""

    async def newest(self, store: Store) -> Period:
        """The month of the office's day."""
        return parse_period(f"{store.today():%Y-%m}")

    async def read(self, store: Store) -> None:
        assert self.period is not None
        self.recap = None
        self.recap = await self.kind.read(store, self.period)

    def rows(self) -> list[GroupRow]:
        return self.groups(self.recap) if self.recap is not None else []

    @abstractmethod
    def groups(self, recap: R) -> list[GroupRow]:
        """The rows of a view that is a table."""

    def lines(self, width: int) -> list[Line]:
        if self.recap is None:
            return []
        return self.shown(self.recap, width) if self.size() else sentences(self.empty(self.recap), width)

    @abstractmethod
    def shown(self, recap: R, width: int) -> list[Line]:
        """The lines of another view of a recap that is not empty."""

    @abstractmethod
    def empty(self, recap: R) -> list[str]:
        """What is said of an empty one, with the next step."""

    def question(self, period: str) -> str:
        assert self.recap is not None
        return self.warning(self.recap, period)

    @abstractmethod
    def warning(self, recap: R, period: str) -> str:
        """What is asked before closing, with the consequence in numbers."""

    async def close(self, store: Store) -> None:
        assert self.period is not None
        self.recap = await self.kind.close(store, self.period)

    async def write_book(self, shell: LoketApp, period: Period) -> tuple[R, str]:
        """The recap that was written and the name of its workbook, '' where there was nothing to write."""
        recap, sheets = await self.kind.book(shell.store, period)
        if not self.kind.size(recap):
            return recap, ""
        with files_out.reserved(shell, f"{self.kind.stem}-{period}") as path:
            await self.kind.writer(shell.store).write_results(path, sheets)
        return recap, path.name

    async def pages(self, shell: LoketApp, period: Period) -> str:
        recap = await self.kind.read(shell.store, period)
        pdf = await asyncio.to_thread(printing.recap, *self.kind.paper(recap, shell.me, shell.now()))
        with files_out.reserved(shell, f"{self.kind.stem}-{period}", ".pdf") as path:
            await self.kind.writer(shell.store).write_pages(path, pdf)
        return with_unprinted(_("Recap: KELUAR/{name}").format(name=path.name), self.kind.names(recap))


class Jht56Face(KindFace[Jht56Recap]):
    """The telephone work of JHT 56, by the month of the 56th birthday."""

    name = "jht56"
    key = "j"
    views = VIEWS
    tables = frozenset({"view-companies", "view-pembina", "view-handlers"})

    def __init__(self) -> None:
        super().__init__(JHT56)
        self.known: tuple[str, ...] = ()  # periods that have a list

    def short(self) -> str:
        return _("JHT 56")

    def title(self) -> str:
        return _("Recap JHT 56")

    async def newest(self, store: Store) -> Period:
        await self._lists(store)
        return parse_period(self.known[-1]) if self.known else await super().newest(store)

    async def read(self, store: Store) -> None:
        self.recap = None
        await self._lists(store)
        await super().read(store)

    async def _lists(self, store: Store) -> None:
        rows = await store.queue.status()
        self.known = tuple(sorted({row.period for row in rows if row.kind == self.name}))

    def groups(self, recap: Jht56Recap) -> list[GroupRow]:
        return group_rows(recap, self.view.removeprefix("view-"))

    def columns(self, longest: int) -> tuple[Column[GroupRow], ...]:
        return group_columns(self.view.removeprefix("view-"), longest)

    def shown(self, recap: Jht56Recap, width: int) -> list[Line]:
        return pages(recap, self.view.removeprefix("view-"), width)

    def empty(self, recap: Jht56Recap) -> list[str]:
        return nobody(self.label(), self.known)

    def warning(self, recap: Jht56Recap, period: str) -> str:
        people, never = number(recap.people), number(recap.never_called)
        question = _("Close {period}: {people} people, {never} never called, {attempts} attempts?")
        return question.format(period=period, people=people, never=never, attempts=number(recap.attempts))

    async def book(self, shell: LoketApp, period: Period) -> str:
        return await files_out.write_results(shell, period)
