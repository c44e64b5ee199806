"""What passes between a person's own process and the waiting one, over the socket.

The person sends one `Handover` with four descriptors: standard input, output, error, and the working folder. The answer
is `took PID` with a descriptor of the forked process, or the end of the connection: then the start is cold. On `go` the
forked process begins; at its end comes `exited STATUS` or `killed SIGNAL`. Every word ends with a line feed.
"""

from __future__ import annotations

import os
import socket
import struct
from dataclasses import dataclass
from typing import Final

DESCRIPTORS: Final = 4
TOOK: Final = b"took"
GO: Final = b"go\n"
EXITED: Final = b"exited"
KILLED: Final = b"killed"

_LENGTH: Final = struct.Struct("!Q")
_MOST: Final = 8 << 20
"""Bytes of a handover; Linux lets arguments and environment be 6 MB at most."""
_PEER: Final = struct.Struct("3i")


@dataclass(frozen=True)
class Handover:
    """What a person started Loket with."""

    interpreter: str
    """`likeness.interpreter` of the person's own process."""
    letters: tuple[str, ...]
    """Encoding and error handling of standard input, output and error, one after the other."""
    argv: tuple[str, ...]
    """The name of the program and its arguments."""
    environment: dict[str, str]

    def packed(self) -> bytes:
        """The bytes of it; nothing in it can hold a zero."""
        parts = [self.interpreter, *self.letters, str(len(self.argv)), *self.argv]
        parts += [f"{name}={value}" for name, value in self.environment.items()]
        return b"\0".join(os.fsencode(part) for part in parts)


def unpacked(data: bytes) -> Handover:
    """What `packed` packed. Raises ValueError for anything else."""
    interpreter, *rest = [os.fsdecode(part) for part in data.split(b"\0")]
    if len(rest) < 7:
        raise ValueError("cut short")
    letters, count, rest = rest[:6], int(rest[6]), rest[7:]
    argv, variables = rest[:count], [each.partition("=") for each in rest[count:]]
    if not 0 < count == len(argv):
        raise ValueError("no arguments")
    return Handover(interpreter, tuple(letters), tuple(argv), {name: value for name, _mark, value in variables})


def send(connection: socket.socket, handover: Handover, descriptors: list[int]) -> None:
    """Hands over. Raises OSError."""
    data = handover.packed()
    socket.send_fds(connection, [_LENGTH.pack(len(data))], descriptors)
    connection.sendall(data)


def receive(connection: socket.socket) -> tuple[Handover, list[int]]:
    """The other end of `send`. Raises ValueError for what is none, OSError."""
    head, descriptors, _flags, _address = socket.recv_fds(connection, _LENGTH.size, DESCRIPTORS)
    for each in descriptors:
        os.set_inheritable(each, False)
    if len(head) != _LENGTH.size or len(descriptors) != DESCRIPTORS:
        raise ValueError("no handover")
    (length,) = _LENGTH.unpack(head)
    if length > _MOST:
        raise ValueError("too long")
    data = bytearray()
    while len(data) < length:
        part = connection.recv(min(length - len(data), 1 << 16))
        if not part:
            raise ValueError("cut short")
        data += part
    return unpacked(bytes(data)), descriptors


def peer(connection: socket.socket) -> tuple[int, int]:
    """Process and account at the other end, as the kernel noted them when it was connected."""
    pid, uid, _gid = _PEER.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
    return pid, uid


def line(connection: socket.socket) -> tuple[bytes, list[int]]:
    """The next line without its end, and the descriptors that came with it; empty at the end of the connection."""
    data, descriptors, _flags, _address = socket.recv_fds(connection, 1, 1)
    while data and not data.endswith(b"\n"):
        more = connection.recv(1)
        if not more:
            return b"", descriptors
        data += more
    return data.rstrip(b"\n"), descriptors
