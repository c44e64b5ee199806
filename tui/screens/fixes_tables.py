"""Values of a file of corrections as a table, and everything about the one of the cursor below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from store import Store
from store.correction_imports import CorrectionPlan, DiffFilter, DiffLine
from store.errors import FieldConflict
from store.rules.correction_files import FieldVerdict
from store.value_class import value_class
from tui.i18n import N_, _, number, short_moment
from tui.widgets.ink import Line, Piece, cut, line, wrap
from tui.widgets.window_table import Column, WindowTable
from tui.words import correction_files, corrections, reasons

GROUPS: Final[tuple[tuple[str, str], ...]] = (
    ("", N_("all values")),
    (FieldVerdict.NEW, N_("new")),
    (FieldVerdict.DIFFERS, N_("differs")),
    (FieldVerdict.STALE, N_("changed here since")),
    (FieldVerdict.UNUSABLE, N_("unusable")),
    (FieldVerdict.SAME, N_("same")),
)
LETTERS: Final[dict[str, str]] = {
    FieldVerdict.NEW: N_("N new"),
    FieldVerdict.DIFFERS: N_("D differs"),
    FieldVerdict.STALE: N_("H here since"),
    FieldVerdict.UNUSABLE: N_("X unusable"),
    FieldVerdict.SAME: N_("S same"),
}
"""A letter and a word: state is never colour alone."""

ROLES: Final[dict[str, str]] = {
    FieldVerdict.NEW: "good",
    FieldVerdict.DIFFERS: "key",
    FieldVerdict.STALE: "warn",
    FieldVerdict.UNUSABLE: "bad",
    FieldVerdict.SAME: "muted",
}


@value_class
class Values:
    """Lines of a plan in the store, as a source of a table; `only` are the numbers of some of them."""

    store: Store
    plan: CorrectionPlan
    wanted: DiffFilter
    only: frozenset[int] = frozenset()

    async def count(self) -> int:
        if self.only:
            return len(await self._some())
        return await self.store.correction_imports.count(self.plan, self.wanted)

    async def rows(self, offset: int, limit: int) -> Sequence[DiffLine]:
        if self.only:
            return (await self._some())[offset : offset + limit]
        return await self.store.correction_imports.lines(self.plan, self.wanted, offset, limit)

    async def _some(self) -> list[DiffLine]:
        first, last = min(self.only), max(self.only)
        every = await self.store.correction_imports.lines(self.plan, DiffFilter(), first, last - first + 1)
        return [row for row in every if row.n in self.only]


def verdict(row: DiffLine) -> Piece:
    """What a line is, as letter and word; a row that says nothing of anybody known is refused whole."""
    if row.verdict is None:
        return _("X not taken"), "bad"
    if row.reasons and not row.ready and row.possible and row.verdict in (FieldVerdict.NEW, FieldVerdict.DIFFERS):
        return _("? other person"), "warn"
    return _(LETTERS[row.verdict]), ROLES[row.verdict]


def file_words(row: DiffLine) -> str:
    """The file's value as people read it, or the cell as it stands where it cannot be used."""
    if row.file is not None:
        return corrections.value(row.field, row.file)
    return f"“{' '.join(row.raw.split())}”" if row.raw else "–"


def lines_table(marks: Collection[int]) -> WindowTable[DiffLine]:
    """The file's value and the present one side by side."""

    def field(row: DiffLine) -> str:
        return corrections.field(row.field) if row.field is not None else "–"

    return WindowTable[DiffLine](
        (
            Column("", lambda row: ("[x]" if row.n in marks else "[ ]" if row.possible else "   ", "key"), width=3),
            Column(_("Row"), lambda row: str(row.row), width=5, right=True),
            Column(_("KPJ"), lambda row: row.kpj, width=11),
            Column(_("Name"), lambda row: row.name, share=2, hide_below=100),
            Column(_("What"), field, width=8),
            Column(_("is"), verdict, width=13),
            Column(_("In the file"), file_words, share=2),
            Column(_("Present"), lambda row: corrections.value(row.field, row.present), share=2),
        ),
        key=lambda row: row.n,
        id="fix-lines",
    )


def detail(
    row: DiffLine | None, clash: FieldConflict | None, now: datetime, whole: bool, width: int, height: int
) -> list[Line]:
    """The line of the cursor in words, in at most `height` lines."""
    if row is None:
        return [line((" " + _("No such value."), "muted"))]
    place = _("Sheet {sheet}, row {row}").format(sheet=row.sheet, row=row.row)
    who = " · ".join(part for part in (f"KPJ {row.kpj}" if row.kpj else "", row.name, row.company) if part)
    lines = [line((f" {cut(who or place, width - 2)}", "strong")), line((f" {cut(place, width - 2)}", "muted"))]
    if row.field is not None:
        told = file_words(row)
        if row.file is not None and row.raw and row.raw.strip() != row.file:
            told += f" “{' '.join(row.raw.split())}”"
        lines.append(_labelled(_("In the file"), told, width))
        lines.append(_labelled(_("Present"), _present(row, now, whole), width))
    if clash is not None:
        before = corrections.conflict_value(clash, clash.original)
        lines.append(_labelled(_("Before"), _("{value}, when the file was read").format(value=before), width))
    for text in dict.fromkeys(reasons.reason(said) for said in row.reasons):
        lines += [line((f" • {part}", "warn")) for part in wrap(text, width - 4, 2)]
    if row.verdict is FieldVerdict.STALE:
        text = _("Changed here after the file was made: taken only when it is marked by itself (space).")
        lines += [line((f" • {part}", "warn")) for part in wrap(text, width - 4, 2)]
    return lines[:height]


def _labelled(label: str, text: str, width: int) -> Line:
    return line((f" {label}:".ljust(12), "muted"), (cut(text, width - 13), "normal"))


def _present(row: DiffLine, now: datetime, whole: bool) -> str:
    told = corrections.value(row.field, row.present)
    if row.at is not None and row.present is not None:
        text = _("{value} · from a list, {when}") if row.from_list else _("{value} · written by {who}, {when}")
        told = text.format(value=told, who=row.by, when=short_moment(row.at, now))
    return told if whole or row.present is None else _("{text} · v shows it whole").format(text=told)


def verdict_counts(plan: CorrectionPlan) -> list[Piece]:
    """How many values there are of each kind, in words."""
    pieces: list[Piece] = []
    for code, _words in GROUPS[1:]:
        count = plan.counts.get(FieldVerdict(code), 0)
        if count:
            text = f"{correction_files.verdict(code)} {number(count)}"
            pieces += [(" · ", "muted")] * bool(pieces) + [(text, ROLES[code])]
    return pieces or [(_("No value could be read."), "bad")]
