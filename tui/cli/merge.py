"""`loket merge`: no office is needed, and none is opened; what the caller may read is merged where they may write."""

from __future__ import annotations

import signal
import sys
from argparse import Namespace
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from tui.cli.output import ProgressLine
from tui.cli.session import DONE, OPEN, UsageError, print_json, saying_why
from tui.i18n import _, number

if TYPE_CHECKING:
    from store.workbooks.merge import Merge, MergeProgress
    from store.workbooks.merge_cells import Form

_FORMS: dict[str, Form] = {".xlsx": "xlsx", ".csv": "csv"}
_SHOWN = 20
_LINE = 78
_TERMINATED = 128 + signal.SIGTERM


def merge(arguments: Namespace) -> int:
    """Merges the files in their order. Status 2 when files or sheets were set aside or cells are to be looked at."""
    return saying_why(lambda: _merge(arguments))


def _merge(arguments: Namespace) -> int:
    from store.workbooks.merge import read_merge
    from store.workbooks.merge_out import write_merge
    from tui.words.merges import words_of

    target, form = arguments.output, _FORMS.get(arguments.output.suffix.lower())
    if form is None:
        raise UsageError(_("{name} must end in .xlsx or .csv").format(name=target.name))
    signal.signal(signal.SIGTERM, _terminated)  # half a result is taken away, as it is after ctrl+c
    line = _Line()
    try:
        with read_merge(
            arguments.files, form, spool_dir=target.parent, provenance=arguments.provenance, progress=line.told
        ) as found:
            try:
                write_merge(found, target, words_of(found), inputs=arguments.files, progress=line.told)
            finally:
                line.clear()
                if not found.rows:
                    _print_set_aside(found, sys.stderr)
            if arguments.json:
                print_json(document(found, str(target)))
            else:
                _print(found, str(target))
            return OPEN if found.open else DONE
    finally:
        line.clear()


def _terminated(_number: int, _frame: object) -> None:
    sys.exit(_TERMINATED)


class _Line(ProgressLine):
    def __init__(self) -> None:
        super().__init__()
        self._started = monotonic()

    def told(self, now: MergeProgress) -> None:
        if self.is_seen:
            from tui.words.merges import progress

            self.show(progress(now, monotonic() - self._started)[:_LINE])


def document(found: Merge, output: str) -> dict[str, Any]:
    """A merge as one JSON document."""
    refused = {each.file: each.reason for each in found.refused}
    return {
        "output": output,
        "rows": found.rows,
        "columns": found.columns,
        "files": [{"file": name, "refused": refused.get(name)} for name in found.files],
        "sheets": [
            {
                "file": sheet.file,
                "name": sheet.name,
                "rows": sheet.rows,
                "header_row": sheet.header_row,
                "columns": sheet.columns,
                "added": list(sheet.added),
                "left_out": sheet.left_out,
                "skipped": sheet.skipped,
                "errors": sheet.errors,
                "numbers": sheet.numbers,
                "cut": sheet.cut,
            }
            for sheet in found.sheets
        ],
    }


def _print(found: Merge, output: str) -> None:
    taken = sum(1 for sheet in found.sheets if sheet.rows)
    text = _("{rows} rows of {sheets} sheets written to {path}")
    print(text.format(rows=number(found.rows), sheets=number(taken), path=output))
    _print_set_aside(found, sys.stdout)


def _print_set_aside(found: Merge, stream: TextIO) -> None:
    """What is left for a person, one line each; the report sheet has all of it."""
    from tui.words.merges import refused, to_look_at

    lines = [refused(each) for each in found.refused]
    for sheet in found.sheets:
        if sheet.open:
            place = _("{file}, sheet {name}").format(file=sheet.file, name=sheet.name)
            lines.append(f"{place}: {'; '.join(to_look_at(sheet))}")
    for line in lines[:_SHOWN]:
        print("  " + line, file=stream)
    if len(lines) > _SHOWN:
        print("  " + _("… and {n} more").format(n=number(len(lines) - _SHOWN)), file=stream)
