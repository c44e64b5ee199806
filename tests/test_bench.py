"""What the benches say, and that all of them can be asked; how fast anything is, they find out themselves."""

from __future__ import annotations

import ast
from pathlib import Path
from xml.etree import ElementTree

from bench import report
from bench.__main__ import BENCHES
from bench.plot import Line, plot
from bench.region import tries
from bench.region_plans import Plan, write_page
from bench.region_reads import KEY, NobodyLeftError, Read, Region
from bench.region_rows import NOW
from bench.result import Measured
from store import create_office, open_store

BENCH = Path(__file__).parent.parent / "bench"
SVG = "{http://www.w3.org/2000/svg}"

BETTER = Measured("import of rows", "openpyxl 3.1.5", 1.0, 4.0, "s", 0.5)
WORSE = Measured("import of rows", "openpyxl 3.1.5", 3.0, 4.0, "s", 0.5)
MISSING = Measured("vouchers drawn", "fpdf2", 1.0, None, "s", 0.5, "fpdf2 is not installed: pip install it")
ALONE = Measured("a key of the search", "", 12.0, None, "ms", 10.0)
TWICE = Measured("people rung twice", "", 0, None, "", 0)


def test_an_aim_is_of_the_ratio_where_there_is_a_peer_and_of_the_figure_where_there_is_none() -> None:
    assert [row.met for row in (BETTER, WORSE, MISSING, ALONE, TWICE)] == [True, False, None, False, True]
    assert (BETTER.ratio, MISSING.ratio) == (0.25, None)


def test_the_page_says_what_was_missed_and_what_was_not_measured() -> None:
    page = report.page({"imports": [BETTER, WORSE, MISSING], "search": [ALONE]}, report.machine())
    assert "| import of rows | 1 s | openpyxl 3.1.5 | 4 s | 0.25 | 0.5 | met |" in page
    assert "| import of rows | 3 s | openpyxl 3.1.5 | 4 s | 0.75 | 0.5 | **not met** |" in page
    assert "| vouchers drawn | 1 s | fpdf2 | not measured |  | 0.5 | not measured |" in page
    assert "- vouchers drawn: fpdf2 is not installed: pip install it" in page
    assert "| a key of the search | 12 ms |  |  |  | 10 ms | **not met** |" in page
    assert report.sentence(TWICE) == "people rung twice: 0, aim 0, met"


def test_the_machine_is_told_by_what_matters() -> None:
    said = report.machine()
    assert "cores" in said
    assert "Python 3." in said
    assert "SQLite 3." in said


def test_every_bench_can_be_asked_and_says_what_it_does() -> None:
    for name in BENCHES:
        module = ast.parse((BENCH / f"{name}.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(module), name
        functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
        assert [argument.arg for argument in functions["run"].args.args] == ["quick"], name


async def test_a_small_region_is_asked_as_long_as_somebody_is_left_to_call(home: Path, sqlite_url: str) -> None:
    await create_office(home, url=sqlite_url, login="bench", clock=lambda: NOW)
    store, people = await open_store(home, url=sqlite_url, login="bench", clock=lambda: NOW), [1, 2, 3]

    async def call(_region: Region, _n: int) -> None:
        if not people:
            raise NobodyLeftError
        people.pop()

    assert len(await tries(Region(store, 3), Read("F2", "outcome", KEY, call, 40))) == 2
    await store.close()


def test_the_page_of_a_region_marks_what_is_late_and_shows_its_plans_only(tmp_path: Path) -> None:
    async def ask(_region: Region, _n: int) -> None:
        """Nothing is asked here."""

    slow, slower, fine = (Read("F2", what, KEY, ask) for what in ("slow", "slower", "fine"))
    plans = [Plan(slow, "SELECT 1", 2, (), 3, 4.0, 6.0), Plan(slower, "SELECT 1", 2, (), 3, 5.0, 7.0)]
    page = tmp_path / "region.md"
    page.write_text("before\n<!-- written by python -m bench.region --explain -->\nold\n<!-- end -->\nafter\n")
    figures = [(slow, 1.0, 20.1), (slower, 1.0, 30.0), (fine, 1.0, 20.0)]
    write_page(page, 2_000, figures, [*plans, Plan(fine, "SELECT 2", 2, (), 3, 4.0, 6.0)])
    written = page.read_text()
    assert written.startswith("before\n")
    assert written.endswith("\nafter\n")
    assert "| F2: slow | 1.0 | **20.1** | 20 |" in written
    assert "| F2: fine | 1.0 | 20.0 | 20 |" in written
    assert "#### F2: slow; F2: slower\n\n5.0 ms, 3 pages" in written
    assert ("SELECT 2" in written, "old" in written) == (False, False)


def test_the_picture_tells_its_lines_apart_without_colour() -> None:
    sizes = (2_000, 20_000, 1_000_000)
    lines = [Line("search", [(n, 3.0) for n in sizes]), Line("page", [(n, 3.1 + n / 10**6) for n in sizes])]
    made = ElementTree.fromstring(plot(lines, across="people", up="milliseconds"))
    words = [text.text for text in made.iter(f"{SVG}text")]
    assert {"2,000", "20,000", "1,000,000", "people", "milliseconds", "search, 3.0", "page, 4.1"} <= set(words)
    drawn = [path for path in made.iter(f"{SVG}path") if path.get("stroke-width") == "2"]
    assert len({path.get("stroke-dasharray") for path in drawn}) == len(lines)
    assert {len(list(made.iter(f"{SVG}circle"))), len(list(made.iter(f"{SVG}rect"))) - 1} == {len(sizes)}
    colours = {each.get(name) for each in made.iter() for name in ("stroke", "fill")} - {None, "none"}
    assert colours == {"#000", "#fff", "#ccc"}
    ends = sorted(float(text.get("y", "")) for text in made.iter(f"{SVG}text") if ", " in (text.text or ""))
    assert ends[1] - ends[0] >= 13  # names that would stand on one another are moved apart
