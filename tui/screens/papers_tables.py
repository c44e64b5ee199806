"""Tables of the paper lists and of the lines of one, and who stands on the line that is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from store.call_lists import ListHead, PaperLine
from store.masks import mask_number
from tui.i18n import _, number, period_words, short_moment
from tui.widgets.ink import EMPTY, Line, Piece, line, spread
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls, paper


def papers_table(now: Callable[[], datetime]) -> WindowTable[ListHead]:
    """The printed lists, newest first."""

    def done(row: ListHead) -> Piece:
        if row.done == row.lines:
            return _("typed back"), "good"
        return _("{done} of {lines}").format(done=number(row.done), lines=number(row.lines)), "normal"

    return WindowTable[ListHead](
        (
            Column(_("List"), lambda row: (paper.list_number(row.number), "strong"), width=8),
            Column(_("Calls"), lambda row: f"{calls.word(calls.KINDS, row.kind)} {period_words(row.period)}", share=2),
            Column(_("Printed"), lambda row: short_moment(row.made_at, now()), width=11),
            Column(_("By"), lambda row: row.made_by, share=1, hide_below=72),
            Column(_("Typed back"), done, width=14),
        ),
        key=lambda row: row.number,
        id="papers",
    )


def lines_table() -> WindowTable[PaperLine]:
    """The lines of one list."""

    def tick(row: PaperLine) -> Piece:
        if row.done_at is None:
            return "–", "muted"
        return calls.word(calls.OUTCOMES, row.ticked or "") or _("typed back"), "good"

    return WindowTable[PaperLine](
        (
            Column(_("Line"), lambda row: str(row.line), width=5, right=True),
            Column(_("Name"), lambda row: row.name, share=3),
            Column(_("Company"), lambda row: row.company, share=2, hide_below=70),
            Column("KPJ", lambda row: row.kpj, width=11, hide_below=90),
            Column(_("Typed back"), tick, width=19),
        ),
        key=lambda row: row.line,
        id="lines",
    )


def who_lines(row: PaperLine, rung: str | None, width: int) -> list[Line]:
    """The person on the line: what is compared with the paper before a key is pressed."""
    if row.done_at is None:
        state: Piece = (_("no tick yet") + " ", "warn")
    else:
        state = (_("typed back: {outcome}").format(outcome=calls.word(calls.OUTCOMES, row.ticked or "")) + " ", "good")
    name: list[Piece] = [(f" {row.line}  ", "dial"), (f"{calls.honorific(row.sex)} ", "normal"), (row.name, "strong")]
    company: list[Piece] = [(" " + (row.company or _("company not known")), "normal"), (f" · KPJ {row.kpj}", "muted")]
    numbers: list[Piece] = [(" " + _("Number") + " ", "muted")]
    chosen = rung or (row.phones[0].e164 if row.phones else "")
    for phone in row.phones:
        shown, taken = mask_number(phone.e164), phone.e164 == chosen
        numbers.append((f"[{shown}] " if taken else f" {shown}  ", "strong" if taken else "muted"))
    if not row.phones:
        numbers.append((_("no number left"), "warn"))
    return [spread(name, [state], width), spread(company, [], width), line(*numbers), EMPTY]
