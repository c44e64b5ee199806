"""Spoiled cells on their way through an office: files that hold them, what stands there then, how that is judged."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.spoiled_cells import FIELDS, Spoiled, SpoiledRow
from tests.store.office import Office, facts
from tests.workbooks_writers import Raw, Sheet, writers

HEADINGS: tuple[Raw, ...] = (
    *("KPJ", "NIK", "NAMA", "TGL LAHIR", "NPP", "NO HP", "EMAIL", "SALDO JHT", "STATUS KEPESERTAAN"),
)
PREFIX = {
    "kpj": "kpj-",
    "nik": "nik-",
    "name": "name-",
    "birth_date": "birthdate-",
    "npp": "npp-",
    "phones": "phone-",
    "email": "email-",
    "jht_balance": "balance-",
    "active": "status-",
}
OF_TWO = {"phone-shared", "nik-shared", "nik-birthdate-differs", "nik-sex-differs", "status-unknown"}
"""Flags that follow from other cells, or that an empty cell has as well."""


def write_file(office: Office, kind: str, rows: Iterable[Sequence[Raw]]) -> Path:
    """A file of rows below the headings, in MASUK."""
    office.files += 1
    path = office.home / "MASUK" / f"daftar {office.files}.{kind.partition('-')[0]}"
    writers[kind.partition("-")[0]](path, [Sheet("DAFTAR", [list(HEADINGS), *map(list, rows)])], kind)
    return path


def cells_of(row: SpoiledRow, *, kpj: str | None = None) -> list[Raw]:
    """The row as it is written; with a KPJ of its own where it must be found again."""
    return [kpj if kpj is not None and cell.field == "kpj" else cell.cell for cell in row.cells]


@dataclass
class Standing:
    """What an office has of one person."""

    person: Mapping[str, Any]
    phones: tuple[str, ...]

    def values(self, wanted: str) -> tuple[str, ...]:
        if wanted == "phones":
            return self.phones
        value = self.person[wanted]
        if value is None or value == "":
            return ()
        if wanted == "active":
            return ("yes" if value else "no",)
        return (value.isoformat() if hasattr(value, "isoformat") else str(value),)

    def doubts(self, wanted: str) -> bool:
        said = json.loads(self.person["doubts"]) if self.person["doubts"] else {}
        flags = {*self.person["flags"].split()} - OF_TWO | {flag for flag in said if flag == "status-unknown"}
        return any(flag.startswith(PREFIX[wanted]) and not flag.endswith("-missing") for flag in flags)

    @property
    def kept(self) -> str:
        """All the texts that a person can look at."""
        names = ("kpj", "name", "nik", "npp", "phones_raw", "email_raw", "birth_date", "jht_balance")
        said = json.loads(self.person["doubts"]).values() if self.person["doubts"] else ()
        return " ".join([*(str(self.person[name]) for name in names), *said])


def standing(office: Office) -> dict[str, Standing]:
    """Everybody by KPJ, as the tables have them."""
    phones: dict[int, list[str]] = {}
    for row in facts(office, "phone").values():
        phones.setdefault(row["participant_id"], []).append(row["e164"])
    return {
        row["kpj"]: Standing(row, tuple(sorted(phones.get(owner, ()))))
        for owner, row in facts(office, "participant").items()
    }


def signs(text: object) -> str:
    """What of a text can be compared when spaces and marks came and went: its letters and digits."""
    return "".join(char for char in unicodedata.normalize("NFKC", str(text)) if char.isalnum())


@dataclass
class Verdicts:
    """How many cells were read, doubted or said nothing, and every fault with its cell."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def judge(self, path: str, cell: Spoiled, got: Sequence[str], *, doubted: bool) -> None:
        """The value that was meant, or a doubt that is said; never another value, and nothing out of nothing."""
        meant = set(cell.values)
        if not set(got) <= meant:
            self._fault("another value", path, cell, got)
        elif (cell.doubted or set(got) != meant) and not doubted:
            self._fault("no doubt is said", path, cell, got)
        elif not meant and not cell.doubted and doubted:
            self._fault("a doubt about nothing", path, cell, got)
        self.counts["doubted" if doubted else "read" if got else "empty"] += 1

    def judge_kept(self, path: str, cell: Spoiled, kept: str) -> None:
        """What could not be read stands somewhere as it was written."""
        if isinstance(cell.cell, str) and cell.doubted and signs(cell.cell) not in signs(kept):
            self._fault("its text is gone", path, cell, (kept,))

    def _fault(self, what: str, path: str, cell: Spoiled, got: Sequence[str]) -> None:
        self.faults.append(f"{path}: {what}: {cell.field}, {cell.kind}: {cell.cell!r} -> {tuple(got)!r}")

    @property
    def cells(self) -> int:
        return sum(self.counts.values())


def judge_people(verdicts: Verdicts, path: str, rows: Iterable[SpoiledRow], found: Mapping[str, Standing]) -> None:
    """Every cell of every row that has a key."""
    for row in rows:
        if row.keyless:
            continue
        person = found[row.kpj.values[0]]
        for cell in row.cells:
            verdicts.judge(path, cell, person.values(cell.field), doubted=person.doubts(cell.field))
            verdicts.judge_kept(path, cell, person.kept)


@dataclass
class Told:
    """Everything that anybody or any file ever said of a person: no value may stand there that was not said."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    values: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def say(self, kpj: str, cell: Spoiled) -> None:
        text = cell.cell if not isinstance(cell.cell, float) else f"{cell.cell:.0f}"
        self.texts.setdefault(kpj, []).append(unicodedata.normalize("NFKC", str(text)))
        self.values.setdefault((kpj, cell.field), set()).update(cell.values)

    def invented(self, found: Mapping[str, Standing]) -> list[str]:
        """Values that nobody said: none of the readings of a cell, and no digits or address that were written."""
        faults = []
        for kpj, person in found.items():
            digits = [re.sub(r"[^0-9]", "", text) for text in self.texts[kpj]]
            for wanted in FIELDS[1:]:
                own = set(person.values(wanted))
                if own - self.values.get((kpj, wanted), set()):
                    faults.append(f"{kpj} {wanted}: {own}")
            for e164 in person.phones:
                if not any(e164.removeprefix("+62").removeprefix("+") in written for written in digits):
                    faults.append(f"{kpj}: {e164} was never written")
            email = person.person["email"]
            if email and not any(email in text for text in self.texts[kpj]):
                faults.append(f"{kpj}: {email} was never written")
        return faults
