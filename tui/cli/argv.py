"""What a command was started with, out of the list of processes that everybody on the machine reads (`ps`).

A KPJ or a reason would stand there as long as the command runs. The words are written over in the process's own memory,
which is what the kernel shows; nothing else changes. From the start of the program to here, and in the shell's history,
they stand all the same: `-` in place of a KPJ reads it from standard input instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PLAIN = re.compile(r"-{0,2}[a-z][a-z-]*|-o")
"""Words of the table of commands: names of commands, kinds and options."""
_FREE = ("--why", "--note", "--basis", "--matter", "--name", "--supplier", "--person")
"""Options whose value a person writes."""
_START, _END = 45, 46  # arg_start and arg_end among the fields of /proc/PID/stat that follow the name


def hidden(argv: Sequence[str]) -> list[str]:
    """The words of a command line with what may be of a person as asterisks: all but commands, options and paths."""
    shown, before = [], ""
    for word in argv:
        option, mark, value = word.partition("=") if word.startswith("--") else ("", "", word)
        plain = (
            value == "-" or "/" in value or (_PLAIN.fullmatch(value) is not None and (option or before) not in _FREE)
        )
        shown.append(word if plain or not value else f"{option}{mark}{'*' * len(value)}")
        before = word
    return shown


def hide(argv: Sequence[str]) -> None:
    """Shows `hidden` in place of the words that this process was started with; nothing where that cannot be."""
    wanted = hidden(argv)
    if wanted == list(argv):
        return
    with suppress(OSError, ValueError, IndexError, ImportError):
        import ctypes
        import os

        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[_START]), int(fields[_END])
        is_there = Path("/proc/self/cmdline").read_bytes()
        said = b"".join(os.fsencode(word) + b"\0" for word in argv)
        if len(is_there) == end - start and is_there.endswith(said):
            # As long as it was: a letter of several bytes is as many asterisks.
            text = b"".join(
                os.fsencode(new).ljust(len(os.fsencode(old)), b"*") + b"\0"
                for old, new in zip(argv, wanted, strict=True)
            )
            ctypes.memmove(end - len(said), text, len(text))
