"""By which plan the database answers: the slowest statement of each read, as EXPLAIN shows it, for docs/region.md."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import psycopg

from bench.region_reads import NobodyLeftError, Read, Region, prepare, reads
from bench.region_rows import NOW
from store import open_store

_MARKS: Final = ("<!-- written by python -m bench.region --explain -->", "<!-- end -->")
_LONGEST: Final = 600
_GONE_THROUGH: Final = frozenset({"Seq Scan", "Parallel Seq Scan"})


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a plan. `rows` it gave in all, `dropped` were looked at and did not fit."""

    depth: int
    kind: str
    table: str
    index: str
    rows: int
    dropped: int
    condition: str = ""

    @property
    def looked_at(self) -> int:
        return self.rows + self.dropped

    def __str__(self) -> str:
        by = f" by {self.index}" if self.index else ""
        dropped = f", {self.dropped:,} dropped" if self.dropped else ""
        table = f" {self.table}" if self.table else ""
        return f"{'  ' * self.depth}{self.kind}{table}{by} ({self.rows:,} rows{dropped})"


@dataclass(frozen=True, slots=True)
class Plan:
    """The slowest statement of a read: its words, how many others there were, its steps, pages read, milliseconds.

    `server`: milliseconds of all statements of the read together, as the server itself says.
    """

    read: Read
    sql: str
    statements: int
    nodes: tuple[Node, ...]
    pages: int
    took: float
    server: float

    @property
    def indexes(self) -> tuple[str, ...]:
        """Those that it goes by, each once."""
        return tuple(dict.fromkeys(node.index for node in self.nodes if node.index))

    @property
    def reads_people(self) -> bool:
        """Whether it reads rows of people."""
        return re.search(r"\bparticipant\b", self.sql) is not None

    def gone_through(self, table: str, rows: int) -> list[Node]:
        """Steps that read a table of so many rows whole: without an index, or more than half of its rows by one.

        What an index alone answers reads nothing of the table.
        """
        these = [node for node in self.nodes if node.table == table and node.kind != "Index Only Scan"]
        return [node for node in these if node.kind in _GONE_THROUGH or node.looked_at * 2 > rows]


class _Heard:
    """What a connection was asked since `begin`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, float]] = []


def _listening(heard: _Heard) -> type[psycopg.Cursor[Any]]:
    class Listening(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            started = perf_counter()
            done = super().execute(query, params, **how)
            heard.asked.append((str(query), params, perf_counter() - started))
            return done

    return Listening


async def explained(region: Region, read: Read) -> Plan | None:
    """Asks once more, listens to the statements, and has each explained: the slowest; None where no table was read."""
    plans = [await explain(region, read, sql, params) for sql, params, _took in await heard_of(region, read)]
    if not plans:
        return None
    slowest = max(plans, key=lambda plan: plan.took)
    return replace(slowest, statements=len(plans), server=sum(plan.took for plan in plans))


async def all_plans(url: str, people: int) -> list[Plan]:
    """Every statement of every read, explained; one that several reads ask is there once."""
    with tempfile.TemporaryDirectory() as home:
        store = await open_store(Path(home), url=url, login="bench", clock=lambda: NOW)
        region, found = await prepare(store, people), dict[str, Plan]()
        for read in reads():
            for sql, params, _took in await heard_of(region, read):
                if sql not in found:
                    found[sql] = await explain(region, read, sql, params)
        await store.close()
    return list(found.values())


async def heard_of(region: Region, read: Read) -> list[tuple[str, Any, float]]:
    """The statements of one read that read tables, with their values and seconds; none where nobody is left for it."""
    heard, link = _Heard(), region.store._link
    connection: Any = link.database.peewee.connection
    plain = await link.gateway.run(lambda: connection().cursor_factory)
    await link.gateway.run(lambda: setattr(connection(), "cursor_factory", _listening(heard)))
    try:
        with suppress(NobodyLeftError):
            await read.ask(region, 1 % read.times)
    finally:
        await link.gateway.run(lambda: setattr(connection(), "cursor_factory", plain))
    return [asked for asked in heard.asked if re.match(r"\s*(SELECT|WITH)\b.*\bFROM\b", asked[0], re.DOTALL)]


async def explain(region: Region, read: Read, sql: str, params: Any) -> Plan:
    """The plan of one statement, carried out once for it."""
    link = region.store._link

    def ask() -> Any:
        with link.database.reading():
            told = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}"
            return link.database.peewee.execute_sql(told, params).fetchone()[0][0]

    found = await link.gateway.run(ask)
    top = found["Plan"]
    pages = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    took = found["Execution Time"]
    return Plan(read, _plain(sql), 1, tuple(_nodes(top, 0)), pages, took, took)


def _nodes(step: dict[str, Any], depth: int) -> Iterator[Node]:
    loops = step["Actual Loops"]
    dropped = sum(step.get(name, 0) for name in ("Rows Removed by Filter", "Rows Removed by Index Recheck"))
    table = step.get("Relation Name", "")
    yield Node(
        depth,
        step["Node Type"],
        table,
        step.get("Index Name", ""),
        round(step["Actual Rows"] * loops),
        round(dropped * loops),
        step.get("Index Cond", ""),
    )
    for each in step.get("Plans", ()):
        yield from _nodes(each, depth + 1)


def _plain(sql: str) -> str:
    """A statement as it reads best: one line, without the quotes and aliases that Peewee needs."""
    text = " ".join(sql.replace('"', "").split())
    aliases = dict(re.findall(r"\b([a-z_]+) AS (t[0-9]+)\b", text))
    for table, alias in aliases.items():
        text = re.sub(rf"\b{table} AS {alias}\b", table, text)
        text = re.sub(rf"\b{alias}\.", f"{table}.", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST * 2 // 3]} … {text[-_LONGEST // 3 :]}"


def write_page(page: Path, people: int, figures: Sequence[tuple[Read, float, float]], plans: Sequence[Plan]) -> None:
    """Writes what was measured between the marks of the page; everything else there is left as it is.

    Plans are of what is late; where one statement is the slowest of several reads, its slowest plan stands for all.
    """
    before, _mark, rest = page.read_text(encoding="utf-8").partition(_MARKS[0])
    _old, _end, after = rest.partition(_MARKS[1])
    lines = [
        _MARKS[0],
        "",
        f"| {people:,} people | p50 ms | p95 ms, **late** | may take | server ms | statements | indexes |",
        "|---|---|---|---|---|---|---|",
    ]
    by_read = {plan.read: plan for plan in plans}
    for read, half, most in figures:
        known = by_read.get(read)
        indexes = ", ".join(f"`{index}`" for index in (known.indexes if known else ()))
        asked = f"{known.server:.1f} | {known.statements}" if known else " | "
        told = f"**{most:.1f}**" if most > read.most else f"{most:.1f}"
        lines.append(f"| {read.desk}: {read.what} | {half:.1f} | {told} | {read.most:.0f} | {asked} | {indexes} |")
    late, by_sql = {read for read, _half, most in figures if most > read.most}, dict[str, list[Plan]]()
    for plan in plans:
        if plan.read in late:
            by_sql.setdefault(plan.sql, []).append(plan)
    for same in by_sql.values():
        plan = max(same, key=lambda each: each.took)
        title = "#### " + "; ".join(f"{each.read.desk}: {each.read.what}" for each in same)
        told = f"{plan.took:.1f} ms, {plan.pages:,} pages; the slowest of {plan.statements} statements."
        steps = [str(node) for node in plan.nodes if node.kind not in ("Memoize", "Materialize")]
        lines += ["", title, "", told, "", "```sql", plan.sql, "```", "```", *steps, "```"]
    page.write_text("\n".join([before + lines[0], *lines[1:], "", _MARKS[1] + after]), encoding="utf-8")
