"""What a merge found on each sheet, in words: for its report sheet, the command line and the screen."""

from __future__ import annotations

from typing import Final

from store.errors import FileRefused
from store.workbooks.merge import Merge, MergeProgress, MergeSheet
from store.workbooks.merge_out import MergeWords
from store.workbooks.results_out import SheetOut, Value
from tui.i18n import N_, _, ngettext, number
from tui.words import files, reasons

LEFT_OUT: Final[dict[str, str]] = {
    "above": N_("above the headings {n}"),
    "empty": N_("empty {n}"),
    "totals": N_("totals {n}"),
    "numbering": N_("numbers of columns {n}"),
    "repeated-header": N_("headings again {n}"),
}
"""Rows that were left out, by kind."""


def words_of(merge: Merge) -> MergeWords:
    """All words that the result holds, in the present language."""
    return MergeWords(_("Merged"), (_("FILE"), _("SHEET"), _("ROW")), report(merge))


def report(merge: Merge) -> SheetOut:
    """The report sheet: a line for each sheet in its order, and one for each file that was set aside."""
    header = (
        *(_("File"), _("Sheet"), _("Rows taken"), _("Row of headings"), _("Columns that no sheet before had")),
        *(_("Columns of another spelling"), _("Rows left out"), _("To be looked at")),
    )
    refused = {each.file: each for each in merge.refused}
    rows: list[tuple[Value, ...]] = []
    for name in dict.fromkeys(merge.files):
        if name in refused:
            rows.append((name, None, 0, None, None, None, None, files.refusal(refused[name])))
        rows += [_row(sheet) for sheet in merge.sheets if sheet.file == name]
    return SheetOut(_("Report"), header, rows)


def _row(sheet: MergeSheet) -> tuple[Value, ...]:
    return (
        sheet.file,
        sheet.name,
        sheet.rows,
        sheet.header_row,
        ", ".join(sheet.added),
        ", ".join(f"{own} → {into}" for own, into in sheet.columns.items() if into and own != into),
        left_out(sheet),
        "; ".join(to_look_at(sheet)) or (reasons.skipped(sheet.skipped) if sheet.skipped else None),
    )


def left_out(sheet: MergeSheet) -> str:
    """Rows of a sheet that are not in the result, by kind."""
    return ", ".join(_(LEFT_OUT[kind]).format(n=number(count)) for kind, count in sheet.left_out.items())


def to_look_at(sheet: MergeSheet) -> list[str]:
    """What a person should look at on a sheet, each as one statement; nothing where all is well."""
    told = []
    if sheet.open and sheet.skipped:
        told.append(_("set aside: {reason}").format(reason=reasons.skipped(sheet.skipped)))
    if sheet.numbers:
        text = ngettext(
            "{n} identifier stood as a number: zeros in front are gone, Excel may have rounded it",
            "{n} identifiers stood as numbers: zeros in front are gone, Excel may have rounded them",
            sheet.numbers,
        )
        told.append(text.format(n=number(sheet.numbers)))
    if sheet.errors:
        text = ngettext("{n} formula of the file failed", "{n} formulas of the file failed", sheet.errors)
        told.append(text.format(n=number(sheet.errors)))
    if sheet.cut:
        text = ngettext("{n} text was cut at Excel's limit", "{n} texts were cut at Excel's limit", sheet.cut)
        told.append(text.format(n=number(sheet.cut)))
    return told


def refused(each: FileRefused) -> str:
    """Why a whole file was set aside, and the next step."""
    return files.refusal(each)


def progress(now: MergeProgress, seconds: float) -> str:
    """One line: how many sheets and rows, how fast, and how long it will take yet."""
    if now.writing:
        return _("Writing {n} rows, {percent}%").format(n=number(now.rows), percent=int(now.done * 100))
    parts = [_("{n} sheets").format(n=number(now.sheets)), _("{n} rows").format(n=number(now.rows))]
    if seconds > 0:
        parts.append(_("{n} rows a second").format(n=number(int(now.rows / seconds))))
    if now.done > 0.02:
        left = seconds / now.done - seconds
        parts.append(_("{n} s left").format(n=number(int(left) + 1)))
    return " · ".join(parts)
