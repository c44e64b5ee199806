"""Words for yes and no: still active in employment, JHT already claimed, man or woman. Unknown words stay unknown."""

from __future__ import annotations

import re

from store.rules.readings import Cell, Reason
from store.rules.text import clean_cell, is_empty, is_lookup_failure, raw_text
from store.value_class import value_class

_YES = frozenset({"Y", "YA", "YES", "TRUE"})
_NO = frozenset({"T", "N", "TIDAK", "NO", "FALSE"})
_ACTIVE = _YES | {"AKTIF", "MASIH AKTIF", "AKTIF BEKERJA", "MASIH BEKERJA", "MASIH AKTIF BEKERJA"}
_LEFT = _NO | {"NON AKTIF", "NONAKTIF", "TIDAK AKTIF", "TDK AKTIF", "SUDAH TIDAK AKTIF", "NA", "TIDAK BEKERJA"}
_CLAIMED = _YES | {"SUDAH", "SUDAH KLAIM", "SDH KLAIM", "TELAH KLAIM", "SUDAH DIKLAIM"}
_UNCLAIMED = _NO | {"BELUM", "BELUM KLAIM", "BLM", "BLM KLAIM", "TIDAK KLAIM", "BELUM DIKLAIM"}
_MAN = frozenset({"L", "LAKI LAKI", "LAKI", "LK", "PRIA", "LAKILAKI"})
_WOMAN = frozenset({"P", "PEREMPUAN", "PR", "WANITA"})


@value_class
class StatusRead:
    """Yes, no, or ``None`` for not known."""

    value: bool | None
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@value_class
class SexRead:
    """``L``, ``P`` or ``None`` for not known."""

    value: str | None
    reasons: tuple[Reason, ...] = ()


def _word(cell: Cell) -> str:
    return re.sub(r"[\s.\-_]+", " ", clean_cell(cell).upper()).strip()


def _read(cell: Cell, field: str, yes: frozenset[str], no: frozenset[str]) -> StatusRead:
    if isinstance(cell, bool):
        return StatusRead(cell)
    if is_empty(cell):
        failed = (Reason("lookup-failed", field, raw_text(cell)),) if is_lookup_failure(cell) else ()
        return StatusRead(None, (), failed)
    word = _word(cell) if isinstance(cell, str) else ""
    if word in yes or word in no:
        return StatusRead(word in yes)
    return StatusRead(None, ("status-unknown",), (Reason("status-unknown", field, raw_text(cell)),))


def read_active(cell: Cell) -> StatusRead:
    """Whether the person is still an active member: AKTIF, or NON AKTIF, TIDAK AKTIF, NA (domain.md 3.5).

    ``N/A`` is an empty cell, not "non aktif"; a number says nothing.
    """
    return _read(cell, "active", _ACTIVE, _LEFT)


def read_claimed(cell: Cell) -> StatusRead:
    """Whether the list says the JHT is claimed: SUDAH KLAIM, or BELUM. ``PROSES`` and the like stay unknown."""
    return _read(cell, "claimed", _CLAIMED, _UNCLAIMED)


def read_sex(cell: Cell) -> SexRead:
    """``L`` or ``P`` (domain.md 3.5); anything else is unknown, never guessed from the name."""
    if is_empty(cell):
        return SexRead(None)
    word = _word(cell) if isinstance(cell, str) else ""
    if word in _MAN or word in _WOMAN:
        return SexRead("L" if word in _MAN else "P")
    return SexRead(None, (Reason("sex-unreadable", "sex", raw_text(cell)),))
