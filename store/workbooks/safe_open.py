"""Opening a file that somebody dropped, and what it is by content, before any reader touches it.

Nothing here trusts a name: a `.xlsx` may be a FIFO, a web page or an archive that unpacks to gigabytes.
"""

from __future__ import annotations

import errno
import io
import lzma
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final, Literal

from store.errors import FileRefused
from store.plain_files import open_plain

Kind = Literal["xlsx", "ods", "xls", "text"]
"""``xlsx`` stands for .xlsm too; ``text`` is a table in plain text, whatever its encoding and delimiter."""

MAX_FILE = 50 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 20_000
RATIO_FROM = 1024 * 1024  # a small entry of blanks packs well and harms nobody

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER = 512
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NOT_A_TABLE = (b"%PDF", b"{\\rtf", b"<")  # a web page or XML sheet saved as .xls says so instead of being misread
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a\x1b")


def open_regular(path: Path) -> tuple[BinaryIO, int]:
    """The file opened for reading and its size in bytes; it is closed by the caller.

    Links, FIFOs, devices and directories are never opened further. Raises `FileRefused` with ``missing``,
    ``unreadable``, ``not-regular``, ``empty`` or ``too-large`` (over 50 MB).
    """
    try:
        fd = open_plain(path, os.O_RDONLY)
    except OSError as error:
        raise FileRefused(path.name, _open_problem(error)) from None
    except ValueError:  # a NUL inside the name
        raise FileRefused(path.name, "missing") from None
    size = os.fstat(fd).st_size
    if 0 < size <= MAX_FILE:
        return os.fdopen(fd, "rb"), size
    os.close(fd)
    if size == 0:
        raise FileRefused(path.name, "empty")
    raise FileRefused(path.name, "too-large", f"bytes={size} limit={MAX_FILE}")


def shown_name(name: str) -> str:
    """The file's name as text. Bytes that are no UTF-8 (names from an old Windows) show a mark: nothing stores them."""
    return os.fsencode(name).decode("utf-8", "replace")


def _open_problem(error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return "missing"
    if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.EINVAL):
        return "not-regular"
    return "unreadable"


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF; a few bytes before its mark are usual."""
    return b"%PDF-" in data[:1024]


def kind_of(data: bytes) -> Kind:
    """What the bytes are. Raises `FileRefused` with ``unknown-kind``, ``protected``, ``damaged`` or ``too-large``."""
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if _looks_like_text(data):
        return "text"
    raise FileRefused("", "unknown-kind")


def _kind_of_ole(data: bytes) -> Kind:
    """An old workbook, or the envelope that Excel puts around an encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileRefused("", "protected")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "xls"
    if len(data) < _OLE_HEADER:
        raise FileRefused("", "damaged")
    size_bits, directory = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
    if size_bits > 16 or (directory + 1) << size_bits >= len(data):  # its list of contents was cut off
        raise FileRefused("", "damaged")
    raise FileRefused("", "unknown-kind")


def _kind_of_zip(data: bytes) -> Kind:
    names = check_archive(data)
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:  # the binary form, which no test of ours covers
            raise FileRefused("", "unknown-kind", "xlsb")
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            mimetype = _read_small(archive, "mimetype")
        if b"spreadsheet" in mimetype:
            return "ods"
    raise FileRefused("", "unknown-kind")


BROKEN_ARCHIVE: Final[tuple[type[Exception], ...]] = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(OSError, ValueError, KeyError, RuntimeError, NotImplementedError),
)
"""What reading an archive raises where it is none, lacks a part, is packed otherwise, is locked or was cut."""


def _read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as entry:
            return entry.read(200)
    except BROKEN_ARCHIVE:
        raise FileRefused("", "damaged") from None


def check_archive(data: bytes) -> frozenset[str]:
    """The names inside a zip archive whose directory promises no bomb.

    The directory may lie about sizes; what it hides is left to the limits of the child process. Raises `FileRefused`
    with ``damaged`` or ``too-large``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except BROKEN_ARCHIVE:
        raise FileRefused("", "damaged") from None
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("", "too-large", f"entries={len(entries)} limit={MAX_ENTRIES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise FileRefused("", "too-large", f"unpacked={unpacked} limit={MAX_UNPACKED}")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise FileRefused("", "too-large", f"unpacked={entry.file_size} packed={entry.compress_size}")
    return frozenset(entry.filename for entry in entries)


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, its NULs are half of each letter
        return len(data) % 2 == 0
    body = data.removeprefix(b"\xef\xbb\xbf")
    if body.lstrip().startswith(_NOT_A_TABLE):
        return False
    controls = bytes(code for code in range(0x20) if code not in _TEXT_CONTROLS)
    # Escape sequences inside cells are text that the rules clean; a program or a picture is full of other controls.
    strange = len(data) - len(data.translate(None, controls))
    if data.count(0):
        return False
    return strange <= len(data) // 200 + (8 if _is_utf8(data) else 0)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
