"""People who do not exist, and what can become of a cell: undone by a careful reader, lost, or kept in doubt."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from tests.workbooks_writers import Raw


class Facts:
    """Who somebody is; all invented, NIK serials begin with 99."""

    def __init__(self, rng: random.Random, index: int) -> None:
        self.rng = rng
        self.born = date(1958, 1, 1) + timedelta(days=rng.randrange(6000))
        day = self.born.day + rng.choice((0, 40))
        self.nik = f"140309{day:02}{self.born:%m%y}99{rng.randrange(1, 100):02}"
        lead = rng.choice(("0", "1", "2", "9"))
        self.kpj = f"{lead}{rng.randrange(1, 10)}{index * 7919 % 10**9:09}"
        self.npp = rng.choice(("00030283", "23150296", "15070955", "00000099", "09120417"))
        self.name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
        self.balance = rng.choice((rng.randrange(1_000_000, 90_000_000), rng.randrange(100_000, 900_000)))
        self.mobile = self.a_mobile()
        self.other = self.a_mobile()
        self.email = f"{rng.choice(_FIRST).lower()}{rng.choice(('', '.', '_'))}{rng.randrange(10, 9999)}@contoh.co.id"
        self.active = rng.random() < 0.5

    def a_mobile(self) -> str:
        """National digits without the 0 of a number that exists: ten to twelve of them, of one operator or another."""
        while True:
            count = self.rng.choice((7, 8, 8, 9))
            digits = self.rng.choice(_PREFIXES) + "".join(self.rng.choices("0123456789", k=count))
            if len(set(digits[3:])) > 3 and digits[-1] != "0" and "000" not in digits:
                return digits

    def a_landline(self) -> str:
        """National digits of a telephone in Duri."""
        return f"765{self.rng.choice('345679')}{self.rng.randrange(1234, 9876)}"

    def groups(self, mark: str, digits: str | None = None) -> str:
        text = "0" + (digits or self.mobile)
        return mark.join((text[:4], text[4:8], text[8:]))

    def hide(self, text: str, sign: str, *, first: int = 0) -> str:
        """One digit behind the first ones replaced by something else."""
        places = [place for place, char in enumerate(text) if char.isdigit() and place >= first]
        place = self.rng.choice(places)
        return text[:place] + sign + text[place + 1 :]


_PREFIXES = ("811", "812", "813", "821", "852", "853", "815", "857", "858", "877", "878", "859", "831", "838", "896")
_FIRST = ("AHMAD", "BUDI", "CITRA", "DEWI", "EKA", "FAJAR", "GITA", "HASAN", "INDAH", "JOKO", "LUKMAN", "MURNI")
_LAST = ("HARAHAP", "NASUTION", "SIREGAR", "LUBIS", "GINTING", "TANJUNG", "KOTO", "RAMBE", "WIJAYA", "SARAGIH")

Made = tuple[Raw, tuple[str, ...], bool] | None
Kind = Callable[[Facts], Made]


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in text)


def arabic(text: str) -> str:
    return "".join(chr(0x0660 + int(char)) if char.isdigit() else char for char in text)


def sure(make: Callable[[Facts], Raw], value: Callable[[Facts], str]) -> Kind:
    """The damage can be undone: whoever reads it gives the value, or says that they doubt."""
    return lambda facts: (make(facts), (value(facts),), False)


def lost(make: Callable[[Facts], Raw]) -> Kind:
    """What was meant cannot be told any more."""
    return lambda facts: (make(facts), (), True)


def kept(make: Callable[[Facts], str]) -> Kind:
    """In doubt, and kept as it is written; nothing else may come of it."""
    return lambda facts: (make(facts), (make(facts),), True)


def empty(cell: Raw) -> Kind:
    return lambda _facts: (cell, (), False)


def together(group: Callable[[Callable[[Facts], Raw]], Kind], **makes: Callable[[Facts], Raw]) -> dict[str, Kind]:
    return {kind.replace("_", " "): group(make) for kind, make in makes.items()}


NOTHING = {"nothing": empty(None), "a dash": empty("-"), "nothing in words": empty("tidak ada")}


def grouped(text: str, mark: str, *sizes: int) -> str:
    ends = [sum(sizes[:count]) for count in range(len(sizes) + 1)]
    return mark.join(text[start:end] for start, end in pairwise(ends))
