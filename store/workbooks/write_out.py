"""Files that Loket writes for people: whole or not at all, never through somebody's link, and text that stays text."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from store.errors import FileRefused

LONGEST_TEXT = 32_767  # what a cell of a workbook holds
CUT = " …"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, escape sequences, halves of letters and marks that turn the reading direction; line break and tab stay."""


def plain_text(text: str) -> str:
    """The text without what a workbook, a terminal or a printer would obey instead of showing."""
    return _UNWANTED.sub("", text)


def cell_text(text: str) -> str:
    """`plain_text`, cut with a mark where no cell could hold it."""
    clean = plain_text(text)
    return clean if len(clean) <= LONGEST_TEXT else clean[: LONGEST_TEXT - len(CUT)] + CUT


def guard(text: str) -> str:
    """A spreadsheet would calculate a CSV's cell that begins so; the apostrophe is what people type to prevent it."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Gives a file to write and a private folder for scratch, both beside ``target``; on leaving without an error the
    file is on disk and takes the target's name in one step, else the target is as it was and nothing is left.

    Raises `FileRefused` with ``not-regular`` (the target is a folder, link, FIFO or device), ``missing`` (no such
    folder), ``unwritable`` or ``disk-full``.
    """
    _check_target(target)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".writing-") as scratch:
            draft = Path(scratch) / "draft"
            fd = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
            with os.fdopen(fd, "w+b") as file:
                yield file, Path(scratch)
                file.flush()
                os.fsync(file.fileno())
            _check_target(target)
            draft.replace(target)
            _sync_folder(target.parent)
    except OSError as error:
        raise FileRefused(target.name, _problem(error)) from None


def write_whole(target: Path, data: bytes) -> None:
    """Writes a file of these bytes, or nothing. Raises `FileRefused` as `replacing` does."""
    with replacing(target) as (file, _scratch):
        file.write(data)


def _check_target(target: Path) -> None:
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        raise FileRefused(target.name, "unwritable") from None
    if not stat.S_ISREG(status.st_mode):
        raise FileRefused(target.name, "not-regular")


def _problem(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "disk-full"
    return "missing" if error.errno in (errno.ENOENT, errno.ENOTDIR) else "unwritable"


def _sync_folder(folder: Path) -> None:
    """The new name is on disk too, so that a power cut after "saved" takes nothing back."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
