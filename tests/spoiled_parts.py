"""Damage to what a workbook's archive holds: its directory, its parts, and the XML of its cells."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]
Spoil = Callable[[random.Random, Parts], bytes | None]
"""Changes the parts, or answers the whole archive where that is what is broken."""


def unpacked(data: bytes) -> Parts | None:
    """The parts by name; None where an earlier damage left no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist() if entry.file_size < 10**7}
    except Exception:  # whatever became of it, it is no archive any more
        return None


def packed(parts: Parts, also: list[tuple[str, bytes]] | None = None) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice is what some of them are about
        for name, content in [*parts.items(), *(also or [])]:
            archive.writestr(name, content)
    return made.getvalue()


def _some(rng: random.Random, parts: Parts) -> str:
    sheets = [name for name in parts if "sheet" in name or name == "content.xml"]
    return rng.choice(sheets if sheets and rng.random() < 0.6 else list(parts) or [""])


def _gone(rng: random.Random, parts: Parts) -> None:
    parts.pop(_some(rng, parts), None)


def _swapped(rng: random.Random, parts: Parts) -> None:
    one, other = _some(rng, parts), _some(rng, parts)
    parts[one], parts[other] = parts.get(other, b""), parts.get(one, b"")


def _part_cut(rng: random.Random, parts: Parts) -> None:
    name = _some(rng, parts)
    parts[name] = parts.get(name, b"")[: rng.randrange(len(parts.get(name, b"")) + 1)]


def _part_flipped(rng: random.Random, parts: Parts) -> None:
    name = _some(rng, parts)
    spoiled = bytearray(parts.get(name) or b"<x/>")
    for _ in range(rng.choice((1, 5, 50))):
        spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    parts[name] = bytes(spoiled)


def _names(rng: random.Random, parts: Parts) -> bytes:
    name = _some(rng, parts) or "x"
    strange = ("../../../etc/cron.d/x", "/etc/passwd", "xl/\x1b[2J.xml", "C:\\x", name, name.upper(), "a" * 60_000, "/")
    return packed(parts, [(rng.choice(strange), rng.choice((b"", b"<x/>", parts.get(name, b""))))])


def _directory(rng: random.Random, parts: Parts) -> bytes:
    """Sums, sizes, methods and places that the directory or an entry's own head says wrongly."""
    data = bytearray(packed(parts))
    entry, head = (b"PK\x01\x02", (6, 8, 10, 16, 20, 24, 28, 42)), (b"PK\x03\x04", (6, 8, 14, 18, 22, 26))
    mark, fields = rng.choice((entry, head))
    places = [found.start() for found in re.finditer(re.escape(mark), bytes(data))]
    for _ in range(rng.choice((1, 1, 4))):
        at = rng.choice(places) + rng.choice(fields)
        if at + 4 <= len(data):
            value = rng.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(1 << 32)))
            struct.pack_into("<I", data, at, value)
    return bytes(data)


def _bomb(rng: random.Random, parts: Parts) -> None:
    parts[_some(rng, parts)] = rng.choice((b" ", b"<a>", b"\0")) * rng.choice((2_000_000, 9_000_000))


def _laughs(rng: random.Random, parts: Parts) -> None:
    name = _some(rng, parts)
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    outside = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{levels}{outside}]>'.encode()
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", parts.get(name, b""))
    said = rng.choice((b"&l9;", b"&x;", b"&l1;", b"&nothing;"))
    body = re.sub(rb"(<t[^>]*>|<v>|<text:p>)[^<]*", lambda found: found[1] + said, body, count=rng.choice((1, 50)))
    parts[name] = b'<?xml version="1.0"?>' + doctype + body


def _deep(rng: random.Random, parts: Parts) -> None:
    name, depth = _some(rng, parts), rng.choice((200, 100_000))
    body = parts.get(name, b"")
    at = max(body.find(b">", len(body) // 2), 0) + 1
    parts[name] = body[:at] + b"<x>" * depth + b"</x>" * rng.choice((depth, 0)) + body[at:]


def _encoding(rng: random.Random, parts: Parts) -> None:
    name = _some(rng, parts)
    said = rng.choice((b"utf-16", b"utf-7", b"EBCDIC-CP-US", b"nothing", b"latin1"))
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", parts.get(name, b""))
    whole = b'<?xml version="1.0" encoding="' + said + b'"?>' + body
    parts[name] = rng.choice((whole, whole.decode("latin-1").encode("utf-16"), b"\xef\xbb\xbf" * 2 + whole))


def _relations(rng: random.Random, parts: Parts) -> None:
    for name in [name for name in parts if name.endswith(".rels")]:
        other = rng.choice(
            (b"../../../../etc/passwd", b"http://example.invalid/x", b"", b"/xl/workbook.xml", b"nowhere")
        )
        parts[name] = re.sub(rb'Target="[^"]*"', b'Target="' + other + b'"', parts[name], count=rng.choice((1, 9)))


_STRANGE = (
    "\u202e",
    "&#x1b;]0;x&#7;",
    "&#0;",
    "&#xD800;",
    "_x001B_[2J",
    "[@click=app.quit]x[/]",
    "%s{}{0}\\N{DIGIT ONE}",
    "e\u0301" * 500,
    "\ufffe",
    "=1+1",
    "&lt;b&gt;",
    "9" * 400,
    "1e309",
    "NaN",
    "-0",
    "-1",
    "2958466",
    "99999999999",
    "1E+308",
    "",
    "A" * 40_000,
    "31/02/2023",
    "00/00/0000",
    "\u0661\u0662",
    "0x1F",
    "inf",
)


def _strings(rng: random.Random, parts: Parts) -> None:
    """What cells say, and which of the shared texts they say."""
    for name in [name for name in parts if "sharedStrings" in name or "sheet" in name or name == "content.xml"]:
        said = rng.choice(_STRANGE).encode("utf-8", "surrogatepass")
        pattern = rng.choice((rb"(<v>)[^<]*", rb"(<t[^>/]*>)[^<]*", rb"(<text:p[^>/]*>)[^<]*"))
        parts[name] = re.sub(pattern, lambda found, s=said: found[1] + s, parts[name], count=rng.choice((1, 5, 500)))  # type: ignore[misc]


def _cells(rng: random.Random, parts: Parts) -> None:
    """The kind, the style or the place of cells."""
    for name in [name for name in parts if "worksheets/sheet" in name]:
        old, new = rng.choice(
            (
                (
                    rb' t="[a-zA-Z]*"',
                    rng.choice((b' t="b"', b' t="d"', b' t="e"', b' t="s"', b' t="str"', b' t="zz"', b"")),
                ),
                (rb' s="[0-9]*"', rng.choice((b' s="99999"', b' s="-1"', b' s="x"', b' s="1"'))),
                (
                    rb' r="[A-Z]+[0-9]+"',
                    rng.choice(
                        (
                            b' r="A0"',
                            b' r="XFE1"',
                            b' r="AAAAAAAA1"',
                            b' r="A99999999999"',
                            b' r=""',
                            b' r="1A"',
                            b' r="XFD1048576"',
                        )
                    ),
                ),
                (rb"<v>", rng.choice((b"<f>1+</f><v>", b"<f t='shared' si='99'/><v>", b"<f>A1</f><v/><v>", b"<v><v>"))),
                (rb"<v>[^<]*</v>", rng.choice((b"", b"<f>NOW()</f>", b"<is><t>x</t></is>"))),
            )
        )
        parts[name] = re.sub(old, new, parts[name], count=rng.choice((1, 7, 9999)))


def _rows(rng: random.Random, parts: Parts) -> None:
    """The size of a sheet: what it says of itself, merged cells, wide and far rows, rows out of order."""
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n + 1}"/>' for n in range(1, rng.choice((3, 20_000))))
    wide = '<row r="900">' + '<c t="inlineStr"><is><t>x</t></is></c>' * rng.choice((16_384, 40_000)) + "</row>"
    changes: tuple[tuple[bytes, bytes], ...] = (
        (
            rb'<dimension ref="[^"]*"',
            b'<dimension ref="' + rng.choice((b"A1:XFD1048576", b"Z9:A1", b"A1", b"x", b"")) + b'"',
        ),
        (rb"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode()),
        (rb"</sheetData>", wide.encode() + b"</sheetData>"),
        (rb"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        (rb'<row r="[0-9]+"', b'<row r="' + rng.choice((b"0", b"1", b"-1", b"4294967296", b"x")) + b'"'),
        (rb"<sheetData>", b"<sheetData><row/><row><c/></row>" * rng.choice((1, 3000))),
    )
    for name in [name for name in parts if "worksheets/sheet" in name]:
        old, new = rng.choice(changes)
        parts[name] = re.sub(old, new, parts[name])


def _repeated(rng: random.Random, parts: Parts) -> None:
    """An .ods says how often a cell or a row comes again; an .xlsx of such a name has none."""
    often = rng.choice((b"0", b"-1", b"1048576", b"16384", b"999999999999", b"x"))
    what = rng.choice((b"table:table-cell", b"table:table-row"))
    attribute = b"columns" if what.endswith(b"cell") else b"rows"
    if "content.xml" in parts:
        new = b"<" + what + b" table:number-" + attribute + b'-repeated="' + often + b'"'
        parts["content.xml"] = re.sub(b"<" + what + rb"\b", new, parts["content.xml"], count=rng.choice((1, 50)))


PARTS: dict[str, Spoil] = {
    "a part missing": _gone,
    "parts swapped": _swapped,
    "a part cut": _part_cut,
    "a part flipped": _part_flipped,
    "names": _names,
    "directory": _directory,
    "bomb": _bomb,
    "laughs": _laughs,
    "deep": _deep,
    "encoding": _encoding,
    "relations": _relations,
    "strings": _strings,
    "cells": _cells,
    "rows": _rows,
    "repeated": _repeated,
}
