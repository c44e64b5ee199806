"""An amount of rupiah in words (*terbilang*), as the agency writes it on receipts (domain.md 3.6)."""

from __future__ import annotations

from typing import Final

_SMALL: Final = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GROUPS: Final = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
MOST: Final = 10**15 - 1
"""The largest amount that has words here, in whole rupiah."""


def terbilang(amount: int) -> str:
    """The amount (whole rupiah, 0 to `MOST`) in lower-case words, ending in 'rupiah'. Raises ValueError beyond.

    A thousands group of exactly 1 is 'seribu' wherever it stands (1.001.000 is 'satu juta seribu'), a million is
    'satu juta', and it is 'miliar', not 'milyar'.
    """
    if not 0 <= amount <= MOST:
        raise ValueError(amount)
    return f"{_words(amount)} rupiah"


def _words(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    parts: list[str] = []
    for size, name in _GROUPS:
        count, number = divmod(number, size)
        if count == 1 and name == "ribu":
            parts.append("seribu")
        elif count:
            parts.append(f"{_below_thousand(count)} {name}")
    if number:
        parts.append(_below_thousand(number))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [] if not hundreds else ["seratus" if hundreds == 1 else f"{_SMALL[hundreds]} ratus"]
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        parts.append(f"{_SMALL[tens]} puluh")
        rest = ones
    elif rest >= 12:
        parts.append(f"{_SMALL[rest - 10]} belas")
        rest = 0
    if rest:
        parts.append(_SMALL[rest])
    return " ".join(parts)
