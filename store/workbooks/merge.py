"""A merge: any number of files read sheet by sheet in the limited child, their rows kept as bytes of the result."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from store.errors import FileRefused
from store.value_class import value_class
from store.workbooks.child import Spool, run_child
from store.workbooks.merge_cells import SHEET_ROWS, Form
from store.workbooks.safe_open import open_regular, shown_name

_NUMBER = 12  # letters of each number in the child's word about how far it is
_OPEN = ("hidden", "no-header", "foreign")


@value_class
class MergeSheet:
    """One sheet as the merge found it.

    ``rows`` were taken. ``columns`` is heading -> heading of the result (``''`` where the sheet was set aside),
    ``added`` those that no sheet before had. ``left_out`` counts rows by kind: ``above`` the headings, ``empty``,
    ``repeated-header``, ``totals``, ``numbering``. ``skipped`` is why the whole sheet was set aside: ``empty``,
    ``chart``, ``hidden``, ``no-header``, ``foreign`` (no columns of this merge), else None. ``errors`` counts error
    cells, ``numbers`` identifiers that came as numbers (zeros in front are gone, Excel may have rounded them), ``cut``
    texts longer than a cell holds.
    """

    file: str
    name: str
    header_row: int | None
    rows: int
    columns: dict[str, str]
    added: tuple[str, ...]
    left_out: dict[str, int]
    skipped: str | None
    errors: int
    numbers: int
    cut: int
    there: int
    """Rows of a ``foreign`` sheet."""

    @property
    def open(self) -> bool:
        """Whether a person should look at it: rows may be missing, or cells are not what they were."""
        return self.skipped in _OPEN or bool(self.errors or self.numbers or self.cut)


@value_class
class MergeProgress:
    """How far a merge is: ``done`` from 0 to 1 over all files, sheets and rows read so far, and of which file."""

    file: str
    done: float
    sheets: int
    rows: int
    writing: bool = False


Progress = Callable[[MergeProgress], None]


@value_class
class Part:
    """The rows of one file: where they lie, how many, and where in them a sheet begins or lines grow wider."""

    spool: Spool
    rows: int
    breaks: tuple[tuple[int, int, int], ...]


@dataclass
class Merge:
    """What was read. Its rows lie in nameless files that are gone once this is closed."""

    form: Form
    provenance: bool
    sheet_rows: int
    files: tuple[str, ...]
    sheets: list[MergeSheet] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)
    """Files that were set aside, each with the code of why."""
    parts: list[Part] = field(default_factory=list)
    state: list[list[str]] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The headings of the result, as the first sheet with each spells it."""
        return [heading for heading, *_spellings in self.state]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def open(self) -> bool:
        """Whether something is left for a person to look at."""
        return bool(self.refused) or any(sheet.open for sheet in self.sheets)

    def close(self) -> None:
        for part in self.parts:
            part.spool.close()

    def __enter__(self) -> Merge:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_merge(
    paths: Sequence[Path],
    form: Form,
    *,
    spool_dir: Path,
    provenance: bool = False,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    sheet_rows: int = SHEET_ROWS,
) -> Merge:
    """Reads files in their order for a result of that form; blocks, so call it on a thread of its own.

    A file that cannot be read is set aside with its code. Where most rows lie on sheets that have nothing to do with
    the first one, the merge is made of those. Raises `FileRefused` ``stopped``, and ``unwritable`` or ``disk-full``
    where nothing can be kept.
    """
    reading = _Reading(paths, form, provenance, spool_dir, progress, stop or threading.Event(), sheet_rows)
    merge = reading.read([])
    better = _larger_family(merge)
    if better is not None:
        merge.close()
        merge = reading.read([[heading] for heading in better])
    return merge


def _larger_family(merge: Merge) -> list[str] | None:
    """The headings of foreign sheets that hold more rows than all that was taken, or None."""
    families: dict[frozenset[str], list[MergeSheet]] = {}
    for sheet in merge.sheets:
        if sheet.skipped == "foreign":
            families.setdefault(frozenset(sheet.columns), []).append(sheet)
    largest = max(families.values(), key=lambda sheets: sum(sheet.there for sheet in sheets), default=[])
    if sum(sheet.there for sheet in largest) <= merge.rows:
        return None
    return list(largest[0].columns)


class _Reading:
    """The files of one merge on their way through the child, one after the other."""

    def __init__(
        self,
        paths: Sequence[Path],
        form: Form,
        provenance: bool,
        spool_dir: Path,
        progress: Progress | None,
        stop: threading.Event,
        sheet_rows: int,
    ) -> None:
        self._paths, self._form, self._provenance = paths, form, provenance
        self._spool_dir, self._progress, self._stop, self._sheet_rows = spool_dir, progress, stop, sheet_rows
        self._sizes = [_size(path) for path in paths]

    def read(self, state: list[list[str]]) -> Merge:
        names = tuple(shown_name(path.name) for path in self._paths)
        merge = Merge(self._form, self._provenance, self._sheet_rows, names, state=state)
        words = Spool(self._spool_dir)
        try:
            for at, path in enumerate(self._paths):
                try:
                    self._file(merge, at, path, words)
                except FileRefused as refused:
                    if refused.reason in ("stopped", "disk-full", "unwritable"):
                        raise
                    merge.refused.append(FileRefused(shown_name(path.name), refused.reason, refused.detail))
        except BaseException:
            merge.close()
            raise
        finally:
            words.close()
        return merge

    def _file(self, merge: Merge, at: int, path: Path, words: Spool) -> None:
        name = shown_name(path.name)
        settings = {
            "file": name,
            "stem": shown_name(path.stem),
            "form": self._form,
            "provenance": self._provenance,
            "columns": merge.state,
            "rows": merge.rows,
            "sheet_rows": self._sheet_rows,
            "progress": words.fileno(),
        }
        os.ftruncate(words.fileno(), 0)
        file, _ = open_regular(path)
        with file:
            spool = Spool(self._spool_dir)
            try:
                watch = partial(self._look, merge, at, name, words)
                said = run_child(file, name, "merge", settings, spool, also=(words,), watch=watch)
            except BaseException:
                spool.close()
                raise
        found = said["found"]
        merge.parts.append(Part(spool, found["rows"], tuple(map(tuple, found["breaks"]))))
        merge.state = found["columns"]
        merge.sheets += [_sheet(name, sheet) for sheet in found["sheets"]]

    def _look(self, merge: Merge, at: int, name: str, words: Spool) -> None:
        if self._stop.is_set():
            raise FileRefused(name, "stopped")
        if self._progress is None:
            return
        said = os.pread(words.fileno(), 5 * _NUMBER, 0)
        numbers = [int(said[start : start + _NUMBER]) for start in range(0, len(said), _NUMBER)] or [0, 1, 0, 0, 0]
        sheet, sheets, row, height, rows = numbers
        within = (sheet + (min(row / height, 1) if height else 0)) / max(sheets, 1)
        done = (sum(self._sizes[:at]) + self._sizes[at] * within) / max(sum(self._sizes), 1)
        self._progress(MergeProgress(name, done, len(merge.sheets) + sheet, merge.rows + rows))


def _size(path: Path) -> int:
    """Bytes of a file, for how far the merge is; whether it can be read is said when its turn comes."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _sheet(file: str, said: dict[str, Any]) -> MergeSheet:
    return MergeSheet(
        file=file,
        name=said["name"],
        header_row=said["header_row"],
        rows=said["rows"],
        columns=said["columns"],
        added=tuple(said["added"]),
        left_out={kind: count for kind, count in said["left_out"].items() if count},
        skipped=said["skipped"],
        errors=said["errors"],
        numbers=said["numbers"],
        cut=said["cut"],
        there=said["there"],
    )
