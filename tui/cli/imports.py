"""`loket import`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from store.rows import ImportDone, ImportPlan, RowReport, SheetReport
from tui.cli.session import DONE, OPEN, UsageError, print_json, with_store
from tui.i18n import _, month, number

if TYPE_CHECKING:
    from store import Store

_VERDICTS = ("taken", "same", "changed", "repaired", "doubted", "refused")


def import_participants(arguments: Namespace) -> int:
    """Brings participant lists in, all files or none; `--dry-run` only says what would happen.

    Status 2 when rows were refused, sheets could not be read, or changed values were left (`--accept none`).
    """
    return with_store(arguments, lambda store: _import(store, arguments))


def overrides_of(pairs: list[str]) -> dict[str, str]:
    """Heading to field, as --map gave them. Raises UsageError."""
    overrides = {}
    for pair in pairs:
        header, mark, field = pair.rpartition("=")
        if not mark or not header.strip():
            raise UsageError(_("--map takes HEADER=FIELD, not {text}").format(text=pair))
        overrides[header.strip()] = field.strip()
    return overrides


async def _import(store: Store, arguments: Namespace) -> int:
    overrides = overrides_of(arguments.map)
    plans: list[ImportPlan] = []
    try:
        for path in arguments.files:
            plans.append(await store.imports.plan(path, overrides))
        results: Sequence[ImportPlan | ImportDone] = plans
        if not arguments.dry_run:
            results = await store.imports.apply_all(plans, arguments.accept, overrides)
    finally:
        for plan in plans:
            await store.imports.close(plan)
    if arguments.json:
        documents = [document(result) for result in results]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        for plan, result in zip(plans, results, strict=True):
            _print_result(plan, result, dry=arguments.dry_run)
    left = arguments.accept == "none" and any(_total(result.sheets, "changed") for result in results)
    return OPEN if left or any(_open(result.sheets) for result in results) else DONE


def _total(sheets: tuple[SheetReport, ...], verdict: str) -> int:
    return sum(getattr(sheet, verdict) for sheet in sheets)


def _open(sheets: tuple[SheetReport, ...]) -> bool:
    unread = any(sheet.skipped not in (None, "empty", "chart") for sheet in sheets)
    return unread or _total(sheets, "refused") > 0


class Found(Protocol):
    """What an import found or did, of any kind of list."""

    @property
    def file(self) -> str: ...
    @property
    def sheets(self) -> tuple[SheetReport, ...]: ...
    @property
    def rows(self) -> tuple[RowReport, ...]: ...


def document(result: Found) -> dict[str, Any]:
    """An import as contracts.md "Imports, --json" has it."""
    return {
        "file": result.file,
        "sheets": [sheet_document(sheet) for sheet in result.sheets],
        "rows": [_row(row) for row in result.rows],
    }


def sheet_document(sheet: SheetReport) -> dict[str, Any]:
    """What was found on one sheet, the same."""
    counts = {verdict: getattr(sheet, verdict) for verdict in _VERDICTS}
    place = {"name": sheet.name, "header_row": sheet.header_row, "columns": sheet.columns}
    return {**place, **counts, "skipped": sheet.skipped}


def _row(row: RowReport) -> dict[str, Any]:
    reasons = list(dict.fromkeys(reason.code for reason in row.reasons))
    return {"sheet": row.sheet, "row": row.row, "kpj": row.kpj, "verdict": row.verdict, "reasons": reasons}


def _print_result(plan: ImportPlan, result: ImportPlan | ImportDone, *, dry: bool) -> None:

    counts = {verdict: number(_total(result.sheets, verdict)) for verdict in _VERDICTS}
    head = _("{file}: would be taken") if dry else _("{file}: taken")
    print(head.format(file=result.file))
    if plan.known_file:
        print("  " + _("This file came in before; nothing new is in it unless people changed since."))
    print(
        "  "
        + _(
            "new {taken}, repaired {repaired}, doubted {doubted}, changed {changed}, same {same}, refused {refused}"
        ).format(**counts)
    )
    print_unread(result.sheets)
    campaigns = result.campaigns if isinstance(result, ImportDone) else result.eligible
    for period, people in campaigns.items():
        print(
            "  " + _("call list JHT 56 {period}: {people} people").format(period=month(period), people=number(people))
        )
    if isinstance(result, ImportDone) and result.left_queue:
        print(
            "  " + _("{people} people left the call lists: they have claimed").format(people=number(result.left_queue))
        )


def print_unread(sheets: Sequence[SheetReport]) -> None:
    """The sheets of which no row was read, each with why."""
    from tui.words import reasons

    for sheet in sheets:
        if sheet.skipped:
            why = reasons.skipped(sheet.skipped)
            print("  " + _("sheet {name} was not read: {reason}").format(name=sheet.name, reason=why))
