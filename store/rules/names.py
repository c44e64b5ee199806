"""People's names: kept as written; compared without titles, punctuation, old spelling (domain.md 3.6)."""

from __future__ import annotations

import re
import unicodedata

from store.rules.readings import Cell, Reason
from store.rules.text import clean, clean_cell, is_empty, is_lookup_failure, raw_text
from store.value_class import value_class

_BEFORE = frozenset(
    {
        "H",
        "HJ",
        "DR",
        "DRS",
        "DRA",
        "IR",
        "PROF",
        "KH",
        "ALM",
        "ALMH",
        "BPK",
        "BAPAK",
        "IBU",
        "SDR",
        "SDRI",
        "TN",
        "NY",
        "NN",
    }
)
_AFTER = frozenset(
    {
        "SE",
        "ST",
        "SH",
        "MM",
        "MH",
        "MT",
        "MSI",
        "MPD",
        "MKES",
        "MKOM",
        "MSC",
        "MBA",
        "SPD",
        "SPDI",
        "SPDSD",
        "SAG",
        "SIP",
        "SSOS",
        "SKM",
        "SKOM",
        "SSI",
        "SPT",
        "SP",
        "SKED",
        "SKEP",
        "SPSI",
        "SHUT",
        "SSTP",
        "SFARM",
        "SSTPI",
        "AMD",
        "AMDKEB",
        "AMDKEP",
        "BA",
        "BSC",
        "PHD",
        "ALM",
        "ALMH",
        "NERS",
        "APT",
    }
)
_DOTTED = re.compile(r"(?:[A-Z]{1,4}\.)+[A-Z]{0,4}\.?")
_DECEASED = re.compile(r"(?<![A-Z])(ALMH?)(?:\.|\b)", re.I)
_MUHAMMAD = frozenset(
    {
        "M",
        "MUH",
        "MOH",
        "MHD",
        "MUHD",
        "MOHD",
        "MUHAMAD",
        "MOHAMAD",
        "MOHAMMAD",
        "MUHAMMED",
        "MOCH",
        "MOCHAMAD",
        "MOCHAMMAD",
    }
)


@value_class
class NameRead:
    """A name as written, ``''`` where there is none; ``name-odd`` when it hardly is one."""

    name: str
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def read_name(cell: Cell) -> NameRead:
    """The name with its spaces put right, nothing else. ``name-odd``: digits, ``@``, a single letter, no letter at all.

    Without a name the row is refused, reason ``name-missing`` (or ``lookup-failed`` for an error cell).
    """
    if is_empty(cell):
        code = "lookup-failed" if is_lookup_failure(cell) else "name-missing"
        flags = ("name-odd",) if is_lookup_failure(cell) else ()
        return NameRead("", flags, (Reason(code, "name", raw_text(cell)),))
    name = clean_cell(cell)
    if type(cell) is str and len(name) > 1 and name.isascii() and name.replace(" ", "").isalpha():
        return NameRead(name)
    letters = sum(char.isalpha() for char in name)
    if not isinstance(cell, str) or letters < 2 or "@" in name or any(char.isnumeric() for char in name):
        return NameRead(name, ("name-odd",), (Reason("name-odd", "name", raw_text(cell)),))
    return NameRead(name)


def _words(name: str) -> list[str]:
    """Upper-cased words; ``S.Pd.`` is one word, ``ABD.RAHMAN`` two, ``NUR'AINI`` one."""
    plain = clean(name).upper()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    words: list[str] = []
    for piece in re.sub(r"['`\u2018\u2019\u02bc]", "", plain).replace(",", " ").split():
        if piece.isalnum():
            words.append(piece)
            continue
        joined = piece.replace(".", "")
        if _DOTTED.fullmatch(piece) and joined in _AFTER | _BEFORE:
            words.append(joined)
        else:
            words.extend("".join(char if char.isalnum() else " " for char in piece).split())
    return words


def name_key(name: str) -> str:
    """The name for comparing: upper case, no titles before or after, no punctuation.

    Equal keys are no proof that two people are one: nothing is ever accepted on a payment by it (domain.md 3.6).
    """
    words = _words(name)
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    return " ".join(words)


def sound_key(name: str) -> str:
    """A wider second key for searching: old and new spelling meet (oe/u, dj/j, tj/c, sj/sy, j/y), Muh. is Muhammad."""
    words = name_key(name).split()
    if len(words) > 1 and words[0] in _MUHAMMAD:
        words[0] = "MUHAMMAD"
    key = " ".join(words)
    for old, new in (("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("J", "Y")):
        key = key.replace(old, new)
    return key


def title_of(name: str) -> str:
    """``ALM.`` or ``ALMH.`` where the name marks a person as deceased, else ``''`` (domain.md 3.6)."""
    found = _DECEASED.search(clean(name))
    return f"{found[1].upper()}." if found and len(_words(name)) > 1 else ""


def honorific(sex: str | None) -> str:
    """How to address somebody; both when the sex is not known. Indonesian in every language of the screen."""
    return {"L": "Bapak", "P": "Ibu"}.get(sex or "", "Bapak/Ibu")
