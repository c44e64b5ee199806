"""The Internet Printing Protocol, as much of it as a held job needs (RFC 8010, 8011): one request, one answer.

Written here because the client libraries that exist either need a compiler and have no timeout, or leave attributes
out that they do not know, silently, and cannot speak to the socket of this machine. Every wait here has an end.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from store.value_class import value_class

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 20.0
_MOST: Final = 16 * 1024 * 1024
"""Bytes of an answer; more is no printer's."""

Address = str | tuple[str, int]
"""A socket's path, or host and port."""


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    RELEASE_JOB = 0x000D
    CUPS_GET_PRINTERS = 0x4002


class Tag(IntEnum):
    OPERATION, JOB, END, PRINTER, UNSUPPORTED = 0x01, 0x02, 0x03, 0x04, 0x05
    INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
    BEGIN_COLLECTION, TEXT_LANG, NAME_LANG, END_COLLECTION = 0x34, 0x35, 0x36, 0x37
    TEXT, NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME, MEMBER = 0x41, 0x42, 0x44, 0x45, 0x47, 0x48, 0x49, 0x4A


class NotReached(Exception):  # noqa: N818 - a fact, as the refusals of `store.errors`
    """Nobody listens there: surely nothing of the request arrived."""


class NoAnswer(Exception):  # noqa: N818
    """The request may have arrived and been carried out; its answer did not come, or cannot be read."""


class Refused(Exception):  # noqa: N818
    """The server answered that it did not do it. `status` is the IPP status, or 1000 + that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message


NOT_FOUND: Final = 0x0406
NOT_POSSIBLE: Final = 0x0404
HTTP: Final = 1000


@value_class
class Value:
    """A value with its syntax; a sequence of values makes a set, a mapping of member names a collection."""

    tag: Tag
    value: Any


def keyword(text: str) -> Value:
    return Value(Tag.KEYWORD, text)


def name(text: str) -> Value:
    return Value(Tag.NAME, text)


def uri(text: str) -> Value:
    return Value(Tag.URI, text)


def integer(number: int) -> Value:
    return Value(Tag.INTEGER, number)


def keywords(*texts: str) -> Value:
    return Value(Tag.KEYWORD, texts)


def collection(members: Mapping[str, Value]) -> Value:
    return Value(Tag.BEGIN_COLLECTION, members)


Attributes = dict[str, list[Any]]
"""The values of each attribute of an answer: int, bool, str, a mapping for a collection, None for no value."""


@value_class
class Answer:
    """The groups of an answer: the operation's own, then jobs and printers in the order they came."""

    status: int
    operation: Attributes
    jobs: tuple[Attributes, ...]
    printers: tuple[Attributes, ...]


def request(
    operation: Operation, attributes: Mapping[str, Value], job: Mapping[str, Value] | None = None, data: bytes = b""
) -> bytes:
    """The bytes of a request; the character set and language that must come first are added."""
    first = {
        "attributes-charset": Value(Tag.CHARSET, "utf-8"),
        "attributes-natural-language": Value(Tag.LANGUAGE, "en"),
    }
    out = [struct.pack(">BBhiB", 2, 0, operation, 1, Tag.OPERATION)]
    out += [_attribute(key, value) for key, value in {**first, **attributes}.items()]
    if job:
        out.append(bytes([Tag.JOB]))
        out += [_attribute(key, value) for key, value in job.items()]
    return b"".join([*out, bytes([Tag.END]), data])


def _attribute(key: str, value: Value) -> bytes:
    if value.tag != Tag.BEGIN_COLLECTION and isinstance(value.value, Sequence) and not isinstance(value.value, str):
        return b"".join(_one(key if n == 0 else "", Value(value.tag, one)) for n, one in enumerate(value.value))
    return _one(key, value)


def _one(key: str, value: Value) -> bytes:
    if value.tag == Tag.BEGIN_COLLECTION:
        out = [_field(Tag.BEGIN_COLLECTION, key, b"")]
        for member, inner in value.value.items():
            out += [_field(Tag.MEMBER, "", member.encode()), _attribute("", inner)]
        return b"".join([*out, _field(Tag.END_COLLECTION, "", b"")])
    if value.tag in (Tag.INTEGER, Tag.ENUM):
        return _field(value.tag, key, struct.pack(">i", value.value))
    if value.tag == Tag.BOOLEAN:
        return _field(value.tag, key, bytes([value.value]))
    return _field(value.tag, key, str(value.value).encode())


def _field(tag: Tag, key: str, value: bytes) -> bytes:
    encoded = key.encode()
    return struct.pack(">BH", tag, len(encoded)) + encoded + struct.pack(">H", len(value)) + value


def read(answer: bytes) -> Answer:
    """Reads the bytes of an answer. Raises NoAnswer for what is none, or is cut off."""
    try:
        return _Reader(answer).answer()
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise NoAnswer("unreadable") from error


class _Reader:
    """Goes through the bytes once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("cut off")
        self._at += count
        return taken

    def _sized(self) -> bytes:
        (size,) = struct.unpack(">H", self._take(2))
        return self._take(size)

    def answer(self) -> Answer:
        _major, _minor, status, _request_id = struct.unpack(">BBHi", self._take(8))
        groups: list[tuple[int, Attributes]] = []
        last: list[Any] | None = None
        while True:
            tag = self._take(1)[0]
            if tag == Tag.END:
                break
            if tag < 0x10:
                groups.append((tag, {}))
                last = None
            elif key := self._sized().decode():
                last = groups[-1][1].setdefault(key, [])
                last.append(self._value(tag))
            elif last is None:
                raise ValueError("a further value of nothing")
            else:
                last.append(self._value(tag))
        operation = next((found for tag, found in groups if tag == Tag.OPERATION), {})
        jobs = tuple(found for tag, found in groups if tag == Tag.JOB)
        return Answer(status, operation, jobs, tuple(found for tag, found in groups if tag == Tag.PRINTER))

    def _value(self, tag: int) -> Any:
        raw = self._sized()
        if tag == Tag.BEGIN_COLLECTION:
            return self._collection()
        if tag in (Tag.INTEGER, Tag.ENUM):
            return struct.unpack(">i", raw)[0]
        if tag == Tag.BOOLEAN:
            return raw != b"\x00"
        if tag in (Tag.TEXT_LANG, Tag.NAME_LANG):
            size = struct.unpack(">H", raw[:2])[0]
            return raw[4 + size :].decode(errors="replace")
        return raw.decode(errors="replace") if tag >= 0x40 else None

    def _collection(self) -> Attributes:
        members: Attributes = {}
        current: list[Any] = []
        while True:
            tag = self._take(1)[0]
            self._sized()  # members bear their name as a value
            if tag == Tag.MEMBER:
                current = members.setdefault(self._sized().decode(), [])
            elif tag == Tag.END_COLLECTION:
                self._sized()
                return members
            else:
                current.append(self._value(tag))


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket of this machine."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=CONNECT_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def send(address: Address, path: str, body: bytes) -> Answer:
    """One request to a server, and its answer, within a bounded time.

    Raises NotReached, NoAnswer, Refused. A status that says "done, but not with every attribute" counts as done.
    """
    if isinstance(address, str):
        connection: http.client.HTTPConnection = _LocalConnection(address)
    else:
        connection = http.client.HTTPConnection(*address, timeout=CONNECT_SECONDS)
    try:
        try:
            connection.connect()
        except (OSError, OverflowError, UnicodeError) as error:  # the last two: a port or host that cannot be
            raise NotReached(str(error)) from error
        answer = read(_exchange(connection, path, body))
    finally:
        connection.close()
    if answer.status >= 0x0100:
        message = answer.operation.get("status-message") or [""]
        raise Refused(answer.status, str(message[0]))
    return answer


def _exchange(connection: http.client.HTTPConnection, path: str, body: bytes) -> bytes:
    try:
        connection.sock.settimeout(ANSWER_SECONDS)
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        found = response.read(_MOST)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(type(error).__name__) from error
    if response.status != http.client.OK:
        raise Refused(HTTP + response.status, response.reason)
    return found


def peer(address: Address) -> int | None:
    """The process that listens on a socket of this machine, or None. Raises NotReached."""
    if not isinstance(address, str):
        return None
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(CONNECT_SECONDS)
        try:
            client.connect(address)
            raw = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError as error:
            raise NotReached(str(error)) from error
    return int(struct.unpack("3i", raw)[0])
