"""A power cut, from what a process really asked of the system: its writes and syncs, as strace noted them.

What was synced is on the disk. Of what was written to a file and not synced by then any part may be: each write whole,
not at all, or torn at a sector. The index of the log in memory (-shm) is gone. Names of files are taken to last.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_SECTOR: Final = 512
_CALLS: Final = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"
_LINE = re.compile(
    r"^(?P<pid>\d+) +(?:(?P<call>\w+)\((?P<rest>.*)|<\.\.\. (?P<again>\w+) resumed>.*= (?P<result>-?\d+).*)$"
)
_WRITE = re.compile(r'^\d+<(?P<path>[^>]*)>, "(?P<data>[^"]*)", \d+(?:, (?P<at>\d+))?')
_FILE = re.compile(r"^\d+<(?P<path>[^>]*)>(?:, (?P<size>\d+))?")


@dataclass(frozen=True)
class Event:
    """`kind`: write, cut (the file to a length), gone, sync; `file` is a whole path."""

    kind: str
    file: str
    at: int = 0
    data: bytes = b""


def traced(command: Sequence[str], folder: Path, log: Path) -> list[Event]:
    """Runs the command to its end and gives what it did to files in the folder, in order."""
    options = ["-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(log)]
    subprocess.run(["strace", *options, *command], check=True, cwd=Path(__file__).parents[2], capture_output=True)
    with log.open() as lines:
        return [event for event in _events(lines) if event.file.startswith(f"{folder}/")]


def _events(lines: Iterator[str]) -> Iterator[Event]:
    syncing: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        pid, call, rest = found["pid"], found["call"], found["rest"] or ""
        if found["again"] is not None:
            if "sync" in found["again"] and found["result"] == "0":
                yield Event("sync", syncing.pop(pid))
        elif call in ("pwrite64", "write") and (wrote := _WRITE.match(rest)):
            yield Event("write", _text(wrote["path"]), int(wrote["at"] or -1), _bytes(wrote["data"]))
        elif call == "unlink":
            yield Event("gone", _text(rest.split('"')[1]))
        elif (named := _FILE.match(rest)) is not None and call == "ftruncate":
            yield Event("cut", _text(named["path"]), int(named["size"] or 0))
        elif named is not None and call in ("fsync", "fdatasync"):
            if "<unfinished" in rest:
                syncing[pid] = _text(named["path"])
            elif rest.rstrip().endswith("= 0"):
                yield Event("sync", _text(named["path"]))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _text(text: str) -> str:
    return _bytes(text).decode() if text.startswith("\\x") else text


@dataclass
class Disk:
    """What lies on the disk for certain, by file, and what may."""

    sure: dict[str, bytearray]
    perhaps: dict[str, list[Event]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        if event.kind == "sync":
            for waiting in self.perhaps.pop(event.file, []):
                _apply(self.sure, waiting)
        else:
            self.perhaps.setdefault(event.file, []).append(event)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytearray]:
        """One of the states in which the power may leave it."""
        left = {file: bytearray(data) for file, data in self.sure.items()}
        keeps = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for events in self.perhaps.values():
            for event in events:
                if chance.random() < keeps:
                    _apply(left, _torn(event, chance) if chance.random() < 0.1 else event)
        return left


def _torn(event: Event, chance: random.Random) -> Event:
    sectors = chance.randrange(len(event.data) // _SECTOR + 1)
    return Event(event.kind, event.file, event.at, event.data[: sectors * _SECTOR])


def _apply(files: dict[str, bytearray], event: Event) -> None:
    if event.kind == "gone":
        files.pop(event.file, None)
        return
    data = files.setdefault(event.file, bytearray())
    if event.kind == "cut":
        del data[event.at :]
        data.extend(bytes(event.at - len(data)))
        return
    at = len(data) if event.at < 0 else event.at
    data.extend(bytes(max(0, at - len(data))))
    data[at : at + len(event.data)] = event.data
