"""A table over 50,000 rows asks only for what it shows, and its cursor stays on its row."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from textual.app import App, ComposeResult

from store.errors import DatabaseTrouble
from tui.terminal.environment import prepare
from tui.widgets.window_table import MARGIN, Column, WindowTable


@dataclass
class Numbers:
    """Rows that are their own text; remembers what was asked."""

    items: list[int]
    asked: list[tuple[int, int]] = field(default_factory=list)

    async def count(self) -> int:
        return len(self.items)

    async def rows(self, offset: int, limit: int) -> Sequence[int]:
        self.asked.append((offset, limit))
        return self.items[offset : offset + limit]


class Alone(App[None]):
    """Nothing but the table."""

    CSS = "WindowTable { height: 1fr; }"

    def get_css_variables(self) -> dict[str, str]:
        return super().get_css_variables()

    def compose(self) -> ComposeResult:
        prepare({})
        self.table = WindowTable[int]((Column("Row", lambda row: f"row {row}"),), key=lambda row: row)
        yield self.table


def shown(table: WindowTable[int]) -> list[str]:
    return [line.text.strip() for line in table.lines[1:]]


async def test_fifty_thousand_rows_are_never_asked_for_at_once() -> None:
    source = Numbers(list(range(50_000)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        for key in ("down", "pagedown", "end", "pageup", "home"):
            assert await app.table.move(key)
        assert max(limit for _offset, limit in source.asked) <= 24 + 2 * MARGIN
        await app.table.move("end")
        assert shown(app.table)[-1] == "» row 49999"
        assert app.table.position() == "50000/50000"
        assert not await app.table.move("x")


async def test_moving_within_the_margin_asks_nothing() -> None:
    source = Numbers(list(range(1000)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        before = len(source.asked)
        for _step in range(2):
            await app.table.move("pagedown")
        assert len(source.asked) == before


async def test_no_page_waits_for_its_rows_where_the_one_before_was_looked_at() -> None:
    source = Numbers(list(range(2_000)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        for key in (*["pagedown"] * 30, *["pageup"] * 12, *["down"] * 70, *["pageup"] * 30, "end", *["pageup"] * 20):
            before, end = len(source.asked), key == "end"
            await app.table.move(key)
            assert len(source.asked) == before or end, key
            top = app.table.top
            assert [line.lstrip("» ") for line in shown(app.table)] == [f"row {n}" for n in range(top, top + 23)]
            await pilot.pause()
        assert max(limit for _offset, limit in source.asked) <= 24 + 2 * MARGIN
        assert len(source.asked) < 45, "not for every key"


async def test_a_store_that_refuses_to_look_ahead_is_asked_again_by_the_key_that_needs_the_rows() -> None:
    class Away(Numbers):
        away = False

        async def rows(self, offset: int, limit: int) -> Sequence[int]:
            if self.away:
                raise DatabaseTrouble("unreachable")
            return await super().rows(offset, limit)

    source = Away(list(range(2_000)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        source.away = True
        for _page in range(2):
            await app.table.move("pagedown")
            await pilot.pause()
        with pytest.raises(DatabaseTrouble):
            for _page in range(3):
                await app.table.move("pagedown")
        source.away = False
        await app.table.move("pagedown")
        assert shown(app.table)[1].startswith("row ")


async def test_a_look_ahead_that_takes_long_holds_no_key_up_and_changes_nothing_that_was_read_since() -> None:
    going = asyncio.Event()

    class Slow(Numbers):
        async def rows(self, offset: int, limit: int) -> Sequence[int]:
            found = await super().rows(offset, limit)
            if limit == MARGIN:  # a look ahead
                await going.wait()
            return found

    source = Slow(list(range(2_000)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        for key in ("pagedown", "pagedown", "down", "up"):
            await asyncio.wait_for(app.table.move(key), 10)
        ahead = asyncio.create_task(app.table._read_ahead())
        await asyncio.wait_for(app.table.move("pageup"), 10)
        source.items.insert(0, -1)
        await app.table.reload()
        going.set()
        await ahead
        await pilot.pause()
        for _page in range(4):
            await app.table.move("pagedown")
            top = app.table.top
            assert [line.lstrip("» ") for line in shown(app.table)] == [f"row {n - 1}" for n in range(top, top + 23)]
            await pilot.pause()


async def test_the_cursor_stays_on_its_row_when_rows_come_and_go() -> None:
    source = Numbers(list(range(100)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        for _step in range(10):
            await app.table.move("down")
        source.items = [-3, -2, -1, *range(100)]
        await app.table.reload()
        assert app.table.current == 10
        source.items = list(range(11, 100))
        await app.table.reload()
        assert app.table.current is not None
        assert app.table.cursor < len(source.items)
        source.items = []
        await app.table.reload()
        assert app.table.current is None
        assert app.table.position() == ""


async def test_one_changed_row_repaints_one_line() -> None:
    source = Numbers(list(range(100)))
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.table.open(source)
        before = list(app.table.lines)
        await app.table.move("down")
        changed = [at for at, line in enumerate(app.table.lines) if line != before[at]]
        assert changed == [1, 2]
        assert app.table.update_row(5)
        assert not app.table.update_row(5000)
