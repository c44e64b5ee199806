"""What the recaps desk shows of a period: lines with bars, and rows by company, pembina or handler. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from store.recaps import Jht56Recap
from store.value_class import value_class
from tui.i18n import N_, _, number, period_words
from tui.widgets.charts import bar, bars, beside
from tui.widgets.ink import EMPTY, Line, fixed, line, wrap
from tui.widgets.window_table import Column
from tui.words import results

_FIGURES = 40
"""Cells of the column of figures."""

_GROUP_TITLES = (N_("People"), N_("Called"), N_("Reached"), N_("Promise"), N_("Claims"))
_HANDLER_TITLES = (N_("Attempts"), N_("Called"), N_("Reached"), N_("Promise"))
"""Shorter than those of the files: names of companies need the room."""

_VALUE = 13
"""Cells of a value beside its title, where none is longer."""

_COUNT = 8
_BAR = 24


@value_class
class GroupRow:
    """One company, pembina or handler."""

    name: str
    counts: tuple[int, ...]


def group_rows(recap: Jht56Recap, view: str) -> list[GroupRow]:
    """The rows of a view, the largest first."""
    read = {"companies": results.companies, "pembina": results.pembina, "handlers": results.handlers}[view]
    return [GroupRow(name, counts) for name, counts in read(recap)]


def group_columns(view: str, longest: int) -> tuple[Column[GroupRow], ...]:
    """Name and counts of a view of the JHT 56 recap."""
    titles = _HANDLER_TITLES if view == "handlers" else _GROUP_TITLES
    name = {"companies": _("Company"), "pembina": _("Pembina"), "handlers": _("Handler")}[view]
    return count_columns(name, titles, longest)


def count_columns(name: str, titles: Sequence[str], longest: int) -> tuple[Column[GroupRow], ...]:
    """Name and counts under titles to translate; where there is room a bar of the first count."""

    def count(at: int) -> Column[GroupRow]:
        width = max(_COUNT, len(_(titles[at])))
        return Column(_(titles[at]), lambda row: number(row.counts[at]), width=width, right=True)

    return (
        Column(name, lambda row: row.name, share=1),
        *(count(at) for at in range(len(titles))),
        Column("", lambda row: bar(row.counts[0], longest, _BAR), width=_BAR, hide_below=105),
    )


def pages(recap: Jht56Recap, view: str, width: int) -> list[Line]:
    """The lines of a view that is no table."""
    if view == "definitions":
        return definition_lines(results.figures(recap), width)
    if view == "outcomes":
        return _outcomes(recap, width)
    return _summary(recap, width)


def nobody(period: str, known: Sequence[str]) -> list[str]:
    """What is said of a period that has no list; `known` are those that have one, the earliest first."""
    said = [_("Nobody is on a list of {period}.").format(period=period)]
    if known:
        lists = period_words(f"{known[0]}..{known[-1]}")
        return [*said, _("There are lists of {period}: ← → go there, r types it.").format(period=lists)]
    return [*said, _("Bring a participant list in first: esc, then the file under MASUK.")]


def sentences(said: Sequence[str], width: int) -> list[Line]:
    """What is said where there is nothing to show."""
    return [EMPTY, *(line((f"  {row}", "normal")) for text in said for row in wrap(text, width - 4, 3))]


def _summary(recap: Jht56Recap, width: int) -> list[Line]:
    left = _figures(results.figures(recap), _COUNT)
    room = width - _FIGURES - 5
    right = [line((_("Where people stand"), "strong")), *bars(results.states(recap), room)]
    ended = [(word, count, "normal") for word, count in results.outcomes(recap)]
    right += [EMPTY, line((_("How calls ended"), "strong"))]
    right += bars(ended, room) if ended else [line((_("Nobody was called yet."), "muted"))]
    return beside(left, right, _FIGURES + 1)


def _outcomes(recap: Jht56Recap, width: int) -> list[Line]:
    ended = [(f" {word}", count, "normal") for word, count in results.outcomes(recap)]
    title = line((" " + _("How calls ended"), "strong"))
    if not ended:
        return [title, EMPTY, line((" " + _("Nobody was called yet. F2 phones the next person."), "muted"))]
    return [title, EMPTY, *bars(ended, width - 1)]


def definition_lines(figures: Sequence[results.Figure], width: int) -> list[Line]:
    """Every figure with what it counts."""
    lines = []
    for title, value, meaning in figures:
        lines.append(line((f" {title}", "strong"), (f"  {results.shown(value)}", "normal")))
        lines += [line((f"   {row}", "muted")) for row in wrap(meaning, width - 5, 4)]
    return lines


def summary_lines(
    figures: Sequence[results.Figure], charted: Sequence[tuple[str, list[tuple[str, int]]]], width: int
) -> list[Line]:
    """The figures at the left, bars under their titles at the right."""
    left, right = _figures(figures, _VALUE), list[Line]()
    for title, rows in charted:
        right += [line((title, "strong")), *plain_bars(rows, width - _FIGURES - 5), EMPTY]
    return beside(left, right[:-1], _FIGURES + 1)


def _figures(figures: Sequence[results.Figure], least: int) -> list[Line]:
    """Titles with their values, in `least` cells or as many as the longest needs."""
    values = [results.shown(value) for _title, value, _meaning in figures]
    room = max(least, *map(cell_len, values))
    lines = [line((" " + _("Figures"), "strong"))]
    for (title, _value, _meaning), shown in zip(figures, values, strict=True):
        lines.append(line((f" {fixed(title, _FIGURES - room - 1)}", "normal"), (shown.rjust(room), "strong")))
    return lines


def plain_bars(rows: Sequence[tuple[str, int]], room: int) -> list[Line]:
    """A bar for each name with its count, or that there is nothing yet."""
    shown = [(name, count, "normal") for name, count in rows]
    return bars(shown, room) if shown else [line((_("Nothing yet."), "muted"))]
