"""One row of a participant list: every field read by its own rule, then held against the others (domain.md 3.1-3.6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from store.rules import emails, identity, names, statuses
from store.rules.dates import read_date
from store.rules.money import read_rupiah
from store.rules.phones import AREA_CODE, PhonesRead, read_phones
from store.rules.readings import FIELDS, Cell, ParticipantRead, PhoneRead, Reason, Verdict, sort_flags
from store.rules.text import clean_cell, is_empty, is_lookup_failure, raw_text

_REPAIRS = frozenset({"phones-repaired", "nik-repaired", "kpj-repaired", "npp-repaired", "date-repaired"})
"""Reasons that tell of a change without doubt; every other reason is a doubt."""
_FIELDS = frozenset(FIELDS)


T = TypeVar("T")


class ParticipantRow(NamedTuple):
    """A row as read. ``participant`` is ``None`` when the verdict is ``refused``; ``reasons`` say why."""

    participant: ParticipantRead | None
    verdict: Verdict
    reasons: tuple[Reason, ...]


class _Row:
    """The cells of one row, and what is said about them on the way."""

    def __init__(self, cells: Mapping[str, Sequence[Cell]]) -> None:
        self.cells = cells
        self.flags: set[str] = set()
        self.reasons: list[Reason] = []

    def one(self, field: str) -> Cell:
        """The field's cell; of several columns the first that says something, with a reason if another differs."""
        cells = self.cells.get(field, ())
        if len(cells) < 2:
            return cells[0] if cells else None
        told = [cell for cell in cells if not is_empty(cell, zero=field != "jht_balance")]
        if not told:
            return cells[0]
        for other in told[1:]:
            if raw_text(other) != raw_text(told[0]):
                self.reasons.append(Reason("several-values", field, raw_text(other)))
        return told[0]

    def read(self, field: str, rule: Callable[[Cell], T]) -> T:
        """The field's cell read by its rule; no cell reads alike in every row of a list without that column."""
        cell = self.one(field)
        read: T = _read_nothing(rule) if cell is None else rule(cell)
        return read

    def note(self, flags: tuple[str, ...], reasons: tuple[Reason, ...]) -> None:
        if flags:
            self.flags.update(flags)
        if reasons:
            self.reasons.extend(reasons)

    def text(self, field: str) -> str:
        """A field that is only text; ``''`` when it says nothing."""
        cell = self.one(field)
        if cell is None:
            return ""
        if is_lookup_failure(cell):
            self.reasons.append(Reason("lookup-failed", field, raw_text(cell)))
        return "" if is_empty(cell) else clean_cell(cell)


@cache
def _read_nothing(rule: Callable[[Cell], Any]) -> Any:
    return rule(None)


def join_phones(reads: Sequence[PhonesRead]) -> PhonesRead:
    """Several cells as one: each number once, raw texts joined with `` | ``; missing only when every cell is."""
    if len(reads) == 1:
        return reads[0]
    numbers: dict[str, PhoneRead] = {}
    for number in (number for read in reads for number in read.numbers):
        if number.e164 not in numbers or not numbers[number.e164].label:
            numbers[number.e164] = number
    said = [read for read in reads if "phone-missing" not in read.flags]
    flags = {flag for read in said for flag in read.flags} if said else {"phone-missing"}
    raw = " | ".join(read.raw for read in reads if read.raw)
    return PhonesRead(
        tuple(numbers.values()), raw, sort_flags(flags), tuple(why for read in reads for why in read.reasons)
    )


def _check_against_nik(row: _Row, nik: str | None, born: date | None, sex: str | None) -> None:
    """The NIK holds birth date and sex; where a cell says otherwise one is wrong, and both stay (domain.md 3.1)."""
    if nik and born and not identity.nik_agrees(nik, born):
        row.note(("nik-birthdate-differs",), (Reason("nik-birthdate-differs", "birth_date", born.isoformat()),))
    if nik and sex and identity.nik_sex(nik) != sex:
        row.note(("nik-sex-differs",), (Reason("nik-sex-differs", "sex", sex),))


def _verdict(reasons: Sequence[Reason]) -> Verdict:
    if any(reason.code not in _REPAIRS for reason in reasons):
        return "doubted"
    return "repaired" if reasons else "taken"


def read_participant(
    cells: Mapping[str, Sequence[Cell]],
    *,
    today: date | None = None,
    area_code: str = AREA_CODE,
    epoch_1904: bool = False,
) -> ParticipantRow:
    """One person from the cells of a row by field (``readings.FIELDS``); a field without a column counts as empty.

    Refused without a usable KPJ or a name. With ``today`` a birth date after it is not read. ``phone-shared`` and
    ``nik-shared`` depend on other people and are not set here.
    """
    if not cells.keys() <= _FIELDS:
        raise ValueError(f"no such fields: {sorted(cells.keys() - _FIELDS)}")
    row = _Row(cells)
    kpj = identity.read_kpj(row.one("kpj"))
    row.note(kpj.flags, kpj.reasons)
    name = names.read_name(row.one("name"))
    row.note(name.flags, name.reasons)
    if kpj.value is None or not name.name:
        return ParticipantRow(None, "refused", tuple(row.reasons))
    nik = row.read("nik", identity.read_nik)
    born = read_date(row.one("birth_date"), today=today, epoch_1904=epoch_1904)
    sex = row.read("sex", statuses.read_sex)
    npp = row.read("npp", identity.read_npp)
    company, pembina = row.text("company"), row.text("pembina")
    phones = join_phones([read_phones(cell, area_code) for cell in cells.get("phones", ())])
    email = row.read("email", emails.read_email)
    balance = row.read("jht_balance", read_rupiah)
    active = row.read("active", statuses.read_active)
    claimed = row.read("claimed", statuses.read_claimed)
    for read in (nik, born, npp, phones, email, balance, active, claimed):
        row.note(read.flags, read.reasons)
    row.note((), sex.reasons)
    if active.value is None:
        row.note(("status-unknown",), ())
    _check_against_nik(row, nik.value, born.value, sex.value)
    participant = ParticipantRead(
        kpj=kpj.value,
        nik=nik.value,
        name=name.name,
        birth_date=born.value,
        sex=sex.value,
        npp=npp.value,
        company=company,
        pembina=pembina,
        phones=phones.numbers,
        phones_raw=phones.raw,
        email=email.email,
        email_raw=email.raw,
        jht_balance=balance.value,
        active=active.value,
        claimed=claimed.value,
        flags=sort_flags(row.flags),
    )
    return ParticipantRow(participant, _verdict(row.reasons), tuple(row.reasons))
