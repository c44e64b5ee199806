"""Listings, lists of paid files, registers and lists of NIK from outside: read whole in the limited child."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar

from store.errors import FileRefused, Invalid
from store.rules.listing_lines import LISTING_FIELDS, ListingLine
from store.rules.paid import PAID_FIELDS, PaidRow
from store.rules.registers import REGISTER_FIELDS, RegisterRow
from store.value_class import value_class
from store.workbooks import listing_child, lookup_child, paid_child, register_child
from store.workbooks.child import Spool, run_child
from store.workbooks.lookup_child import LookupRow
from store.workbooks.participants import SheetFound, sheet_found
from store.workbooks.safe_open import open_regular, shown_name

PASTED = "pasted"
"""The name under which pasted text is known."""

T = TypeVar("T")


@value_class
class FinanceFile(Generic[T]):
    """What a file or a pasted text holds; `layout` is the signature of its headings."""

    file: str
    sha256: str
    layout: str
    sheets: tuple[SheetFound, ...]
    rows: tuple[T, ...]
    unused_overrides: tuple[str, ...]


def read_listing_file(
    source: Path | str, *, overrides: Mapping[str, str] | None = None, spool_dir: Path
) -> FinanceFile[ListingLine]:
    """A listing: Excel, CSV, PDF with text, or the text itself where ``source`` is a str. Blocks while it reads.

    Raises `FileRefused` (the codes of `store.workbooks`, also ``no-text``: a PDF that is a picture), `Invalid` for a
    field that does not exist.
    """
    return _read(source, "listing", LISTING_FIELDS, listing_child.unpack, overrides or {}, spool_dir)


def read_paid_file(
    source: Path | str, *, overrides: Mapping[str, str] | None = None, spool_dir: Path
) -> FinanceFile[PaidRow]:
    """A list of paid files, from the same kinds of source. Raises as `read_listing_file` does."""
    return _read(source, "paid", PAID_FIELDS, paid_child.unpack, overrides or {}, spool_dir)


def read_register_file(
    source: Path | str, *, overrides: Mapping[str, str] | None = None, spool_dir: Path
) -> FinanceFile[RegisterRow]:
    """A register of archived files, from the same kinds of source. Raises as `read_listing_file` does."""
    return _read(source, "register", REGISTER_FIELDS, register_child.unpack, overrides or {}, spool_dir)


def read_lookup_file(source: Path | str, *, spool_dir: Path) -> FinanceFile[LookupRow]:
    """A list of NIK or KPJ, with headings or without, from the same kinds of source. Raises as the others do."""
    return _read(source, "store.workbooks.lookup_child", (), lookup_child.unpack, {}, spool_dir)


def _read(
    source: Path | str,
    job: str,
    fields: tuple[str, ...],
    unpack: Callable[[bytes], T],
    overrides: Mapping[str, str],
    spool_dir: Path,
) -> FinanceFile[T]:
    for heading, name in overrides.items():
        if name and name not in fields:
            raise Invalid(heading, name, "unknown-field")
    if isinstance(source, Path):
        file, _ = open_regular(source)
        with file:
            stem = shown_name(source.stem)
            return _run(file, shown_name(source.name), stem, job, unpack, overrides, spool_dir)
    if not source.strip():
        raise FileRefused(PASTED, "empty")
    with tempfile.TemporaryFile(dir=spool_dir) as file:
        file.write(source.encode("utf-8", "replace"))
        file.seek(0)
        return _run(file, PASTED, PASTED, job, unpack, overrides, spool_dir)


def _run(
    file: BinaryIO,
    name: str,
    stem: str,
    job: str,
    unpack: Callable[[bytes], T],
    overrides: Mapping[str, str],
    spool_dir: Path,
) -> FinanceFile[T]:
    settings: dict[str, Any] = {"stem": stem, "overrides": dict(overrides), "with_hidden": False}
    spool = Spool(spool_dir)
    try:
        said = run_child(file, name, job, settings, spool)
        found = said["found"]
        return FinanceFile(
            name,
            said["sha256"],
            found["layout"],
            tuple(map(sheet_found, found["sheets"])),
            tuple(map(unpack, spool.lines())),
            tuple(found["unused_overrides"]),
        )
    finally:
        spool.close()
