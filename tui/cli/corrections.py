"""`loket import corrections` and `loket corrections log`."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.cli.imports import overrides_of, print_unread, sheet_document
from tui.cli.session import DONE, OPEN, UsageError, kpj_of, print_json, with_store
from tui.i18n import _, hour

if TYPE_CHECKING:
    from store import Store
    from store.correction_imports import CorrectionPlan, CorrectionsDone, FileRow
    from store.correction_rows import CorrectionRow


def import_corrections(arguments: Namespace) -> int:
    """Brings files of corrections in, all or none; `--dry-run` only says what would happen.

    Status 2 when a KPJ is not known, a row is another person's, a value was changed here after the file was made, a
    sheet could not be read, or values were left (`--accept none`). A file that came in before changes nothing.
    """
    return with_store(arguments, lambda store: _import(store, arguments))


async def _import(store: Store, arguments: Namespace) -> int:
    from store.correction_imports import Taking

    overrides = overrides_of(arguments.map)
    plans: list[CorrectionPlan] = []
    done: list[CorrectionsDone] = []
    try:
        for path in arguments.files:
            plans.append(await store.correction_imports.plan(path, overrides))
        if not arguments.dry_run and arguments.accept == "all":
            takings = [_taking(Taking, plan, arguments.supplier) for plan in plans if not plan.known_file]
            done = await store.correction_imports.apply_all(takings, overrides)
    finally:
        for plan in plans:
            await store.correction_imports.close(plan)
    if arguments.json:
        documents = [_document(plan) for plan in plans]
        print_json(documents[0] if len(documents) == 1 else documents)
    else:
        results = {result.file: result for result in done}
        for plan in plans:
            _print(plan, results.get(plan.file), dry=arguments.dry_run)
    left = not arguments.dry_run and arguments.accept == "none" and any(plan.ready for plan in plans)
    return OPEN if left or any(map(_waits, plans)) or any(result.conflicts for result in done) else DONE


def _taking(kind: Any, plan: CorrectionPlan, supplier: str | None) -> Any:
    """Whose word it is: as said, else the company whose form the file answers."""
    said = supplier if supplier is not None else plan.form.company if plan.form is not None else ""
    return kind(plan, supplier=said, form_id=plan.form.form_id if plan.form is not None else None)


def _waits(plan: CorrectionPlan) -> bool:
    """Whether a person has to look at something; a file that came in before was looked at then."""
    from store.rules.correction_files import FieldVerdict

    if plan.known_file:
        return False
    unread = any(sheet.skipped not in (None, "empty", "chart") for sheet in plan.sheets)
    return unread or plan.total("refused") + plan.other_people + plan.counts.get(FieldVerdict.STALE, 0) > 0


def _document(plan: CorrectionPlan) -> dict[str, Any]:
    """As contracts.md "Imports" has it, with every row."""
    sheets = [sheet_document(sheet) for sheet in plan.sheets]
    return {"file": plan.file, "sheets": sheets, "rows": [_row(row) for row in plan.rows]}


def _row(row: FileRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "kpj": row.kpj,
        "verdict": row.verdict,
        "reasons": list(dict.fromkeys(reason.code for reason in row.reasons)),
        "known": row.known,
        "phones": list(row.phones),
        "email": row.email,
        "active": row.active,
        "fields": {str(field): str(verdict) for field, verdict in row.fields.items()},
    }


def _print(plan: CorrectionPlan, result: CorrectionsDone | None, *, dry: bool) -> None:
    from tui.words import correction_files

    head = _("{file}: would be taken") if dry else _("{file}: taken") if result is not None else _("{file}: not taken")
    print(head.format(file=plan.file))
    if plan.known_file:
        print("  " + _("This file came in before; nothing of it is taken again."))
    print("  " + correction_files.counts(plan))
    for line in (*correction_files.fields(plan), *correction_files.open_rows(plan)):
        print("  " + line)
    if result is not None:
        for line in correction_files.done(result):
            print("  " + line)
    print_unread(plan.sheets)


def log(arguments: Namespace) -> int:
    """Every change of a value, the oldest first; masked, or whole with `--whole`, which the trail keeps."""

    async def work(store: Store) -> int:
        from store.correction_log import LogFilter

        since, until = _day("--since", arguments.since), _day("--until", arguments.until)
        wanted = LogFilter(since, until, kpj_of(arguments.person or ""), arguments.by or "")
        rows = await (store.correction_log.whole(wanted) if arguments.whole else store.correction_log.rows(wanted))
        if arguments.json:
            print_json([_change(row) for row in rows])
        else:
            for row in rows:
                print(_told(row))
            if not rows:
                print(_("No value was changed in these days."))
        return DONE

    return with_store(arguments, work)


def _day(option: str, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(_("{option} takes YYYY-MM-DD, not {text}").format(option=option, text=text)) from None


def _change(row: CorrectionRow) -> dict[str, Any]:
    names = (
        *("kpj", "name", "company", "field", "old", "new", "by", "source", "said_by", "place", "why", "state"),
        *("decided_by", "smile", "smile_note", "reverts", "undone"),
    )
    told = {name: getattr(row, name) for name in names}
    decided = row.decided_at.isoformat() if row.decided_at is not None else None
    return {"id": row.correction_id, "at": row.at.isoformat(), **told, "decided_at": decided}


def _told(row: CorrectionRow) -> str:
    from tui.words import corrections as words

    value = f"{words.value(row.field, row.old)} → {words.value(row.field, row.new)}"
    about = [words.source(row.source, row.said_by), row.place, row.why]
    if row.undone:
        about.append(_("taken back"))
    elif row.state != "made":
        about.append(_(words.STATES[row.state]))
    told = " · ".join(part for part in about if part)
    return f"{row.at:%Y-%m-%d} {hour(row.at)} {row.by}: {row.kpj} {row.name} {words.field(row.field)} {value} ({told})"
