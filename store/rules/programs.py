"""The programmes of a claim, as listings and lists of paid files name them (domain.md 0, 3.2)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Program(StrEnum):
    """What a claim is paid from. JKP (loss of job) is not paid through vouchers of this office."""

    JHT = "JHT"
    JKK = "JKK"
    JKM = "JKM"
    JP = "JP"


_NAMES: Final = {
    Program.JHT: r"JHT(?:0?1)?|(?:JAMINAN )?HARI TUA",
    Program.JKK: r"JKK(?:0?1)?|(?:JAMINAN )?KECELAKAAN(?: KERJA)?",
    Program.JKM: r"JKM(?:0?1)?|JM|(?:JAMINAN |SANTUNAN )?KEMATIAN",
    Program.JP: r"JPN?(?:0?1)?|(?:JAMINAN )?PENSIUN",
}
_ANY: Final = re.compile(
    r"(?<![0-9A-Z])(?:" + "|".join(f"(?P<{program}>{names})" for program, names in _NAMES.items()) + r")(?![0-9A-Z])"
)
_NOT_WORDS: Final = re.compile(r"[^0-9A-Z]+")


def programs_in(text: str) -> tuple[Program, ...]:
    """Every programme that a text names, each once, in the order of the text. JM is JKM, JPN is JP."""
    plain = _NOT_WORDS.sub(" ", text.upper())
    return tuple(dict.fromkeys(Program(found.lastgroup) for found in _ANY.finditer(plain) if found.lastgroup))


def program_of(text: str) -> Program | None:
    """The one programme that a text names; None for none and for several."""
    found = programs_in(text)
    return found[0] if len(found) == 1 else None
