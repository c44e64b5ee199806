"""What the workbook library does not tell of an .xlsx: its error cells (``#N/A``), given as empty, and its epoch."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from store.rules.readings import CellError
from store.workbooks.safe_open import BROKEN_ARCHIVE

_CHUNK = 4 * 1024 * 1024
_OVERLAP = 8 * 1024  # longer than any cell with an error in it
_IS_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_TAG = re.compile(rb"<(?:[\w.-]+:)?c[\s]")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v[^>]*>([^<]{1,40})</")
# LookupError: the part says that it is written in a way of writing letters that there is not.
_BROKEN: Final[tuple[type[Exception], ...]] = (*BROKEN_ARCHIVE, expat.ExpatError, LookupError)

Errors = dict[int, dict[int, CellError]]
"""Row (1-based) -> column (0-based) -> the error."""


class WorkbookXml:
    """The parts of one workbook's archive; of an archive it cannot follow there is nothing to tell."""

    def __init__(self, data: bytes) -> None:
        self._parts: dict[str, str] = {}
        self.epoch_1904 = False
        """Whether its day numbers count from 1904, as old Macintosh workbooks do."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts, self.epoch_1904 = _sheet_parts(self._archive)
        except _BROKEN:
            pass

    def errors(self, sheet: str) -> Errors:
        """All error cells of one sheet; raises nothing: whether the file is damaged is the reader's to say."""
        part = self._parts.get(sheet)
        if part is None:
            return {}
        try:
            with self._archive.open(part) as stream:
                found = _scan(stream)
            if found is None:
                with self._archive.open(part) as stream:
                    found = _count(stream)
        except _BROKEN:
            return {}
        return found


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Sheet name -> name of its XML inside the archive, and whether days count from 1904."""
    names = {name.lower().lstrip("/"): name for name in archive.namelist()}
    workbook = "xl/workbook.xml"
    for target, kind in _relations(archive, names.get("_rels/.rels")).values():
        if kind.endswith("/officeDocument"):
            workbook = target.lstrip("/")
    folder, base = posixpath.split(workbook)
    relations = _relations(archive, names.get(f"{folder}/_rels/{base}.rels".lower()))
    parts: dict[str, str] = {}
    epochs = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "workbookPr":
            epochs.append(attributes.get("date1904") in ("1", "true"))
        if tag.rpartition(" ")[2] != "sheet" or "name" not in attributes:
            return
        number = next((value for key, value in attributes.items() if key.endswith(" id")), "")
        target = relations.get(number, ("", ""))[0]
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if path.lower() in names:
            parts[attributes["name"]] = names[path.lower()]

    _parse(archive, names[workbook.lower()], start)
    return parts, any(epochs)


def _relations(archive: zipfile.ZipFile, part: str | None) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "Relationship":
            found[attributes.get("Id", "")] = (attributes.get("Target", ""), attributes.get("Type", ""))

    if part is not None:
        _parse(archive, part, start)
    return found


def _parse(archive: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _scan(stream: IO[bytes]) -> Errors | None:
    """A search through the text, many times faster than parsing; None when a cell does not say where it stands."""
    found: Errors = {}
    window = b""
    while chunk := stream.read(_CHUNK):
        window = window[-_OVERLAP:] + chunk
        for row, column, error in _errors_in(window):
            if row == 0:
                return None
            found.setdefault(row, {})[column] = error
    return found


def _errors_in(window: bytes) -> Iterator[tuple[int, int, CellError]]:
    for match in _IS_ERROR.finditer(window):
        begin = window.rfind(b"<", 0, match.start())
        end = window.find(b">", match.end())
        if begin < 0 or end < 0 or b">" in window[begin : match.start()] or not _TAG.match(window, begin):
            continue  # text that only looks like it, or a cell cut by the window, which the next window has whole
        value = _VALUE.search(window, end, end + 2000)
        place = _PLACE.search(window, begin, end)
        text = value.group(1).decode("ascii", "replace") if value else "#N/A"
        if value is None and window.find(b"<", end + 1) < 0:
            continue
        if place is None:
            yield 0, 0, CellError(text)
            return
        yield int(place.group(2)), _column(place.group(1).decode()), CellError(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Counter:
    """Follows rows and cells of a sheet in which cells may leave their place unsaid: the next one then."""

    def __init__(self) -> None:
        self.found: Errors = {}
        self._row = 0
        self._column = -1
        self._error = False
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = -1
        elif name == "c":
            place = attributes.get("r", "").rstrip("0123456789")
            self._column = _column(place) if place else self._column + 1
            self._error = attributes.get("t") == "e"
        elif name == "v" and self._error:
            self._text = []

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def end(self, tag: str) -> None:
        if self._text is not None and tag.rpartition(" ")[2] == "v":
            self.found.setdefault(self._row, {})[self._column] = CellError("".join(self._text)[:40])
            self._text = None


def _count(stream: IO[bytes]) -> Errors:
    counter = _Counter()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.text
    parser.ParseFile(stream)
    return counter.found
