"""Damage to a file's bytes, whatever it holds, and to those of old workbooks, of text and of markup."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]


def _cut(rng: random.Random, whole: bytes) -> bytes:
    return whole[: rng.randrange(len(whole))]


def _flipped(rng: random.Random, whole: bytes) -> bytes:
    spoiled = bytearray(whole)
    for _ in range(rng.choice((1, 3, 30, 300))):
        spoiled[rng.randrange(len(spoiled))] ^= 1 << rng.randrange(8)
    return bytes(spoiled)


def _hole(rng: random.Random, whole: bytes) -> bytes:
    start, size = rng.randrange(len(whole)), rng.choice((1, 16, 512, 4096))
    return whole[:start] + bytes(min(size, len(whole) - start)) + whole[start + size :]


def _missing(rng: random.Random, whole: bytes) -> bytes:
    start = rng.randrange(len(whole))
    return whole[:start] + whole[start + rng.choice((1, 16, 512)) :]


def _again(rng: random.Random, whole: bytes) -> bytes:
    start, to = rng.randrange(len(whole)), rng.randrange(len(whole))
    return whole[:to] + whole[start : start + rng.choice((16, 512, 4096))] + whole[to:]


def _tail(rng: random.Random, whole: bytes) -> bytes:
    return whole + rng.randbytes(rng.choice((1, 100, 5000)))


def _head(rng: random.Random, whole: bytes) -> bytes:
    return rng.choice((rng.randbytes(20), b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0")) + whole


def _number(rng: random.Random, whole: bytes) -> bytes:
    """A length or an offset that is too large, below zero or nothing."""
    if len(whole) < 8:
        return whole
    spoiled = bytearray(whole)
    value = rng.choice((0, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0x80000000, len(whole), len(whole) + 1))
    struct.pack_into("<I", spoiled, rng.randrange(len(whole) - 4), value)
    return bytes(spoiled)


BYTES: dict[str, Damage] = {
    "cut": _cut,
    "flipped": _flipped,
    "a hole": _hole,
    "a piece missing": _missing,
    "a piece twice": _again,
    "something behind": _tail,
    "something before": _head,
    "a wrong number": _number,
}


def _chain(rng: random.Random, whole: bytes) -> bytes:
    """Sectors of an old workbook that follow each other in a ring, or lead outside."""
    if len(whole) < 80:
        return whole
    spoiled = bytearray(whole)
    table = 512 * (1 + struct.unpack_from("<I", whole, 76)[0])
    for _ in range(rng.choice((1, 4, 60))):
        at = table + 4 * rng.randrange(128)
        if at + 4 <= len(spoiled):
            struct.pack_into("<I", spoiled, at, rng.choice((0, 1, rng.randrange(200), 0xFFFFFFFE, 0xFFFFFFF0)))
    return bytes(spoiled)


def _ole_head(rng: random.Random, whole: bytes) -> bytes:
    spoiled = bytearray(whole)
    at = rng.choice((24, 26, 28, 30, 32, 40, 44, 48, 56, 60, 64, 68, 72, 76))
    if at + 4 <= len(spoiled):
        struct.pack_into("<I", spoiled, at, rng.choice((0, 1, 31, 64, 0xFFFF, 0xFFFFFFFF, rng.randrange(1 << 32))))
    return bytes(spoiled)


def _record(rng: random.Random, whole: bytes) -> bytes:
    """The kind or the length of one of the workbook's records."""
    starts, at = [], whole.find(b"\x09\x08")
    while at >= 0 and at + 4 <= len(whole) and len(starts) < 5000:
        starts.append(at)
        at += 4 + struct.unpack_from("<H", whole, at + 2)[0]
    if not starts:
        return whole
    spoiled = bytearray(whole)
    for _ in range(rng.choice((1, 2, 10))):
        place = rng.choice(starts) + rng.choice((0, 2, 4, 6, 8))
        if place + 2 <= len(spoiled):
            struct.pack_into("<H", spoiled, place, rng.choice((0, 1, 0x2020, 0xFFFF, rng.randrange(1 << 16))))
    return bytes(spoiled)


OLD_BOOKS: dict[str, Damage] = {"sectors in a ring": _chain, "its head": _ole_head, "a record": _record}

_STRANGE = (
    b"\x00",
    b"\x1b]52;c;YQ==\x07",
    b"\xe2\x80\xae",
    b'"',
    b"\r",
    b"\xff",
    b"\xed\xa0\x80",
    b"=cmd|'/C calc'!A0",
    b"\xc2\x9b2J",
    b"\x08\x08",
    b"9" * 400,
    b"1e309",
    b"-1",
    b"99/99/9999",
    b"nan",
    b"'",
    b"[bold]",
    b"\xf0\x9f\x98\x80",
    b"\xcc\x80" * 300,
)


def _strange(rng: random.Random, whole: bytes) -> bytes:
    for _ in range(rng.choice((1, 3, 20))):
        at = rng.randrange(len(whole) + 1)
        whole = whole[:at] + rng.choice(_STRANGE) + whole[at:]
    return whole


def _wide(rng: random.Random, whole: bytes) -> bytes:
    return whole + b"\n" + rng.choice((b";", b"\t", b",", b" ")) * rng.choice((300, 17_000, 200_000)) + b"\n"


def _long(rng: random.Random, whole: bytes) -> bytes:
    at = rng.randrange(len(whole) + 1)
    return whole[:at] + rng.choice((b"A", b'"', b"9", b" ", b"\xe2\x80\x8b")) * 1_000_000 + whole[at:]


def _tall(rng: random.Random, whole: bytes) -> bytes:
    return whole + rng.choice((b"\n", b"\r", b";\n", b'"\n')) * rng.choice((1000, 70_000))


def _half(rng: random.Random, whole: bytes) -> bytes:
    """The rest of it in another encoding."""
    at = rng.randrange(len(whole) + 1)
    text = whole[at:].decode("latin-1")
    return whole[:at] + text.encode(rng.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "utf-8")), "replace")


TABLES_OF_TEXT: dict[str, Damage] = {
    "strange signs": _strange,
    "too wide": _wide,
    "a long cell": _long,
    "too tall": _tall,
    "two encodings": _half,
}


def _deep(rng: random.Random, whole: bytes) -> bytes:
    return whole.replace(b"<table>", b"<table><tr><td>" * rng.choice((50, 20_000)))


MARKUP: dict[str, Damage] = {"too deep": _deep, "strange signs": _strange, "a long cell": _long}
