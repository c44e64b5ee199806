"""A table over a window of rows: the store holds the rows, the widget asks for those on screen and a margin.

Opens 50,000 rows as fast as 50. The cursor stays on its row (by key) when rows come, go or change order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, Protocol, TypeVar, runtime_checkable

from textual import events

from store.errors import StoreError
from store.value_class import value_class
from tui.widgets.ink import EMPTY, Line, Painted, Piece, fixed

Row = TypeVar("Row")
Seen = TypeVar("Seen", covariant=True)
MOVES = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
MARGIN = 60
"""Rows asked for beyond both ends of the window, so that paging within them needs no question."""


class Source(Protocol[Seen]):
    """Where rows come from."""

    async def count(self) -> int: ...

    async def rows(self, offset: int, limit: int) -> Sequence[Seen]: ...


@runtime_checkable
class InOneGo(Source[Seen], Protocol[Seen]):
    """A source for which counting and finding are the same work."""

    async def window(self, offset: int, limit: int) -> tuple[int, Sequence[Seen]]:
        """How many rows there are, and those from `offset` on, of one instant."""


@value_class
class AtHand(Generic[Row]):
    """Rows that are at hand already, as a source."""

    items: Sequence[Row]

    async def count(self) -> int:
        return len(self.items)

    async def rows(self, offset: int, limit: int) -> Sequence[Row]:
        return self.items[offset : offset + limit]


@value_class
class Column(Generic[Row]):
    """One column. `width` in cells; 0 shares what is left, weighted by `share`. `cell` gives text, or (text, role)."""

    title: str
    cell: Callable[[Row], str | Piece]
    width: int = 0
    share: int = 1
    right: bool = False
    hide_below: int = 0  # not shown in a table narrower than this


class WindowTable(Painted, Generic[Row]):
    """Shows rows of a `Source`. The first line holds the titles; the cursor's row begins with a mark."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.row_key = key
        self.source: Source[Row] | None = None
        self.total = 0
        self.cursor = 0
        self.top = 0
        self.active = True
        self.slipped_at = 0.0  # when a reading brought other rows under the cursor or below it
        self._start = 0
        self._rows: list[Row] = []
        self._laid: dict[int, tuple[int, Row | None, Line]] = {}  # what is on screen: in how many cells, of which row
        # Keys, the look at other people's work and a resize all read; one after the other, or they overtake each other.
        self._turn = asyncio.Lock()

    @property
    def height(self) -> int:
        """Rows that fit below the titles."""
        return max(1, self.size.height - 1)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._row(self.cursor)

    def ahead(self) -> list[Row]:
        """The rows on screen from the cursor on."""
        rows = (self._row(index) for index in range(self.cursor, self.top + self.height))
        return [row for row in rows if row is not None]

    def goes_on(self, before: Sequence[Row]) -> bool:
        """Whether the rows ahead were the same `before`, but for the one under the cursor then, settled meanwhile."""
        now = self.ahead()
        if now and before and self.row_key(now[0]) == self.row_key(before[0]):
            return _begin_alike(now[1:], before[1:])
        return now[:1] == before[1:2] and _begin_alike(now, before[1:])

    def _row(self, index: int) -> Row | None:
        at = index - self._start
        return self._rows[at] if 0 <= at < len(self._rows) else None

    async def open(self, source: Source[Row]) -> None:
        """Show another source from its first row."""
        async with self._turn:
            self.source, self.cursor, self.top, self._start, self._rows = source, 0, 0, 0, []
            self.slipped_at = 0.0
            await self._reload()

    async def fill(self, rows: Sequence[Row], *, from_top: bool = False) -> None:
        """Show rows that are at hand; in a table that shows some already the cursor stays on its row."""
        if from_top or self.source is None:
            await self.open(AtHand(rows))
            return
        async with self._turn:
            self.source = AtHand(rows)
            await self._read_again()

    async def reload(self) -> None:
        """Read the visible rows again; the cursor stays on its row if that is still near, else at its place."""
        async with self._turn:
            await self._read_again()

    async def _read_again(self) -> None:
        before = self.ahead()
        await self._reload()
        now = self.ahead()
        if now[:1] != before[:1] or not _begin_alike(now, before):
            self.slipped_at = events.Event().time

    async def _reload(self) -> None:
        source = self.source
        if source is None:
            return
        held = self.current
        first, limit = self._around()
        if isinstance(source, InOneGo):
            self.total, rows = await source.window(first, limit)
        else:
            self.total, rows = await source.count(), await source.rows(first, limit)
        self._start, self._rows = first, list(rows)
        self._place(self.cursor)
        await self._read()
        if held is not None:
            key = self.row_key(held)
            for at, row in enumerate(self._rows):
                if self.row_key(row) == key:
                    shift = self._start + at - self.cursor
                    self.top += shift
                    self._place(self.cursor + shift)
                    await self._read()
                    break
        self.paint()

    def _around(self) -> tuple[int, int]:
        """The first row to read, and how many: what is on screen and the margins."""
        first = max(0, self.top - MARGIN)
        return first, self.top - first + self.height + MARGIN

    async def _read(self) -> None:
        """Reads what is on screen, if not all of it is at hand."""
        first, last = self.top, min(self.total, self.top + self.height)
        if self.source is None or (self._start <= first and last <= self._start + len(self._rows)):
            return
        start, limit = self._around()
        rows = list(await self.source.rows(start, limit))
        self._start, self._rows = start, rows

    def _place(self, cursor: int) -> None:
        self.cursor = min(max(0, cursor), max(0, self.total - 1))
        lowest = max(0, self.total - self.height)
        self.top = min(max(self.top, self.cursor - self.height + 1, 0), self.cursor, max(lowest, 0))

    @contextmanager
    def _or_back(self) -> Iterator[None]:
        """Around a step of the cursor: where its rows cannot be read it is not made."""
        cursor, top = self.cursor, self.top
        try:
            yield
        except StoreError:
            self.cursor, self.top = cursor, top
            raise

    async def move(self, key: str) -> bool:
        """Follow a movement key; False for any other. Where the rows cannot be read the cursor stays where it is.

        Raises StoreError then.
        """
        if key not in MOVES:
            return False
        async with self._turn:
            left, page = self.cursor, max(1, self.height - 1)
            targets = {
                "up": self.cursor - 1,
                "down": self.cursor + 1,
                "pageup": self.cursor - page,
                "pagedown": self.cursor + page,
                "home": 0,
                "end": self.total - 1,
            }
            with self._or_back():
                if key in ("pageup", "pagedown"):
                    self.top += targets[key] - self.cursor
                self._place(targets[key])
                await self._read()
            self.paint(left)
        self.call_after_refresh(self._read_ahead)
        return True

    async def _read_ahead(self) -> None:
        """The page before and the page after what is on screen, so that no key waits for them.

        Rows that are at hand stay as they are, as what is on screen does. Keys go on meanwhile: where one of them, or
        the look at other people's work, has read anew by then, what was read here is dropped.
        """
        source, start, rows = self.source, self._start, self._rows
        if source is None:
            return
        last, first, before, after = start + len(rows), max(0, start - MARGIN), list[Row](), list[Row]()
        with suppress(StoreError):  # the key that needs them says why
            if last < min(self.total, self.top + 2 * self.height):
                after = list(await source.rows(last, MARGIN))
            if start > max(0, self.top - self.height):
                before = list(await source.rows(first, start - first))
        async with self._turn:
            if (before or after) and self._rows is rows:
                self._start, self._rows = start - len(before), [*before, *rows, *after]
                self._drop_far()

    def _drop_far(self) -> None:
        """Rows further from the screen than the margins are let go."""
        first, last = max(self._start, self.top - MARGIN), self.top + self.height + MARGIN
        self._start, self._rows = first, self._rows[first - self._start : last - self._start]

    async def go(self, index: int) -> None:
        """Put the cursor on the row of this place, 0 being the first. Raises StoreError as `move`."""
        with self._or_back():
            self._place(index)
            if not self.size.height:  # its room comes later, and then as many rows before the cursor as fit
                self.top = 0
            await self._read()
        self.paint()

    async def seek(self, key: Hashable) -> bool:
        """Put the cursor on the row with this key; False where it is not among the rows at hand."""
        for at, row in enumerate(self._rows):
            if self.row_key(row) == key:
                await self.go(self._start + at)
                return True
        return False

    def update_row(self, row: Row) -> bool:
        """Put a changed row in its place, found by its key; False when it is not among the rows at hand."""
        key = self.row_key(row)
        for at, known in enumerate(self._rows):
            if self.row_key(known) == key:
                self._rows[at] = row
                self.paint()
                return True
        return False

    def paint(self, left: int | None = None) -> None:
        """Lay the window out; what did not change is not sent to the terminal.

        `left`: the cursor went from this row to its place, and nothing else has happened: rows between them that are on
        screen already stay as they are.
        """
        width = self.size.width
        if not width:
            return
        columns = [column for column in self.columns if column.hide_below <= width]
        widths = _widths(columns, width - 2)
        titles = " ".join(fixed(column.title, w, right=column.right) for column, w in zip(columns, widths, strict=True))
        laid = self._laid if left is not None else {}
        self._laid = {}
        for index in range(self.top, min(self.total, self.top + self.height)):
            row, known = self._row(index), laid.get(index)
            if row is None:
                self._laid[index] = (width, row, EMPTY)
            elif known is None or known[0] != width or known[1] is not row or index in (left, self.cursor):
                self._laid[index] = (width, row, self._line(row, columns, widths, index == self.cursor))
            else:
                self._laid[index] = known
        self.show([Line(((f"  {titles}", "muted"),)), *(line for _width, _row, line in self._laid.values())])

    def _line(self, row: Row, columns: Sequence[Column[Row]], widths: Sequence[int], chosen: bool) -> Line:
        pieces: list[Piece] = [("» " if chosen else "  ", "normal")]
        for column, width in zip(columns, widths, strict=True):
            cell = column.cell(row)
            text, role = cell if isinstance(cell, tuple) else (cell, "normal")
            pieces.append((fixed(text, width, right=column.right) + " ", role))
        return Line(_joined(pieces), "cursor" if chosen and self.active else "normal")

    def position(self) -> str:
        """'12/2000', or '' for an empty table."""
        return f"{self.cursor + 1}/{self.total}" if self.total else ""

    async def on_resize(self, _event: events.Resize) -> None:
        async with self._turn:
            self._place(self.cursor)
            with suppress(StoreError):  # the next key says why
                await self._read()
            self.paint()


def _begin_alike(some: Sequence[object], others: Sequence[object]) -> bool:
    """Whether none of the rows differ, as far as both go."""
    return all(one == other for one, other in zip(some, others, strict=False))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one role as one piece: fewer changes of style on the wire."""
    joined: list[Piece] = []
    for text, role in pieces:
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + text, role)
        else:
            joined.append((text, role))
    return tuple(joined)


def _widths(columns: Sequence[Column[Row]], width: int) -> list[int]:
    """Cells for each column: fixed ones first, the rest shared."""
    free = width - sum(column.width + 1 for column in columns)
    shares = sum(column.share for column in columns if not column.width)
    sizes = [column.width or max(4, free * column.share // max(1, shares)) for column in columns]
    open_columns = [at for at, column in enumerate(columns) if not column.width]
    if open_columns:
        sizes[open_columns[-1]] = max(4, sizes[open_columns[-1]] + width - sum(sizes) - len(sizes))
    return sizes
