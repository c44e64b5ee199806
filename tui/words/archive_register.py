"""What a register of older files would bring, in words."""

from __future__ import annotations

from typing import Final

from store.archive_rows import RegisterPlan
from store.rows import RowReport, SheetReport
from tui.i18n import N_, _, ngettext, number
from tui.widgets.ink import EMPTY, Line, cut, line, wrap
from tui.words import reasons

FIELDS: Final[dict[str, str]] = {
    "classification": N_("Classification code"),
    "decision": N_("Decision number"),
    "code": N_("Transaction code"),
    "kpj": N_("KPJ"),
    "name": N_("Name"),
    "kpj_and_name": N_("KPJ and participant"),
    "company": N_("Company"),
    "npp": "NPP",
    "program": N_("Programme"),
    "dated": N_("Date"),
    "tax": N_("Tax (PPh 21)"),
    "amount": N_("Amount paid"),
    "account": N_("Account of the payee"),
    "bank": N_("Bank"),
    "account_name": N_("Account holder"),
    "sheets": N_("Sheets"),
    "original": N_("Original or copy"),
    "note": N_("Note"),
    "box": N_("Box number"),
    "shelf": N_("Shelf number"),
}
"""What a column of a register can be taken for."""

NAMED: Final = 8
"""Boxes that are named one by one."""


def effect(plan: RegisterPlan) -> str:
    """What `t` would do, in one line."""
    parts = [ngettext("1 new file", "{n} new files", len(plan.new)).format(n=number(len(plan.new)))]
    if plan.same:
        parts.append(_("{n} known already").format(n=number(plan.same)))
    if plan.places:
        parts.append(ngettext("makes 1 box", "makes {n} boxes", len(plan.places)).format(n=number(len(plan.places))))
    if gone := sum(count for _program, _number, count in plan.destroyed):
        parts.append(ngettext("1 into destroyed boxes", "{n} into destroyed boxes", gone).format(n=number(gone)))
    refused = sum(sheet.refused for sheet in plan.sheets)
    if refused:
        parts.append(ngettext("1 row refused", "{n} rows refused", refused).format(n=number(refused)))
    return " · ".join(parts)


def question(plan: RegisterPlan) -> str:
    """What is asked before it is brought in, with its numbers."""
    text = _("Bring this register in: {effect}?")
    return text.format(effect=effect(plan))


def plan_lines(plan: RegisterPlan, width: int) -> list[Line]:
    """The sheets with their columns, the boxes, and every row that was not plainly taken."""
    lines = [EMPTY]
    if plan.known_file:
        lines += [line((" " + _("This file came in before; what is known of it changes nothing."), "warn")), EMPTY]
    for sheet in plan.sheets:
        lines += _sheet(sheet, width)
    if plan.places:
        named = ", ".join(f"{program} {box}" for program, box in plan.places[:NAMED])
        more = f" +{len(plan.places) - NAMED}" if len(plan.places) > NAMED else ""
        text = _("Boxes that are made: {boxes}").format(boxes=named + more)
        lines += [line((f" {row}", "normal")) for row in wrap(text, width - 2, 3)]
    if plan.destroyed:
        named = ", ".join(f"{program} {box} ({number(n)})".strip() for program, box, n in plan.destroyed[:NAMED])
        more = f" +{len(plan.destroyed) - NAMED}" if len(plan.destroyed) > NAMED else ""
        text = _("These were destroyed, and what comes into them counts as destroyed: {boxes}")
        lines += [line((f" {row}", "warn")) for row in wrap(text.format(boxes=named + more), width - 2, 3)]
    if plan.rows:
        lines += [EMPTY, line((" " + _("Rows to look at"), "strong"))]
        lines += [_row(row, width) for row in plan.rows]
    return lines


def _sheet(sheet: SheetReport, width: int) -> list[Line]:
    name = sheet.name or _("the file")
    if sheet.skipped is not None:
        return [line((f" {name}: {reasons.skipped(sheet.skipped)}", "muted"))]
    head = _("{sheet}: headings in row {row}").format(sheet=name, row=sheet.header_row or "–")
    lines = [line((f" {head}", "strong"))]
    for heading, field in sheet.columns.items():
        meaning = _("– not read") if field is None else f"→ {_(FIELDS[field]) if field in FIELDS else field}"
        lines.append(
            line((f"   {cut(heading, width // 2)}  ", "normal"), (meaning, "muted" if field is None else "key"))
        )
    return lines


def _row(row: RowReport, width: int) -> Line:
    told = " · ".join(reasons.row_reasons(row))
    text = _("row {row}: {verdict}").format(row=row.row, verdict=reasons.verdict(row.verdict))
    return line((cut(f"   {text} · {told}", width - 1), reasons.VERDICT_ROLES.get(row.verdict, "normal")))
