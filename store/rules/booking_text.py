"""What the description of a booking says: ``PEMBAYARAN JKK A/N EKO KPJ 18172827449 KE RS …`` (domain.md 2.9)."""

from __future__ import annotations

import re
from typing import Final

from store.rules.identity import read_kpj
from store.rules.text import clean
from store.value_class import value_class

_KPJ_WORD: Final = r"(?:NO(?:MOR)?\.?\s*)?KPJ\b"
_END: Final = rf"(?=[\s,;:(|/\u2013-]*(?:{_KPJ_WORD}|\bKE(?:PADA)?\s|\bPENERIMA\b|\bAHLI\s+WARIS\b)|\s*[,;(|]|$)"
_NAME: Final = re.compile(
    rf"(?:\bA\s?/\s?N\b\.?|\bA\.\s?N\b\.?|\bAN\b\.?|\bATAS\s+NAMA\b)\s*:?\s*(?P<name>.+?){_END}", re.I
)
_KPJ: Final = re.compile(
    rf"{_KPJ_WORD}\s*(?:NO(?:MOR)?\b\.?)?\s*[:.=]?\s*(?P<kpj>[0-9A-Z]{{8,15}}\b|[0-9](?:[ .-]?[0-9]){{7,14}}\b)", re.I
)
_PAYEE: Final = re.compile(
    r"\b(?:KE(?:PADA)?|PENERIMA|AHLI\s+WARIS)\b\s*[:.]?\s*(?P<payee>[^\W\d].+?)\s*[,;|)]?$", re.I
)


@value_class
class Told:
    """What a description tells; `''` where it says nothing. `several` when it names more than one card."""

    name: str = ""
    kpj: str = ""
    payee: str = ""
    several: bool = False


def read_description(text: str) -> Told:
    """Name, card and payee out of the words around them. A card that cannot be read without doubt stays unread."""
    plain = clean(text)
    cards = tuple(dict.fromkeys(filter(None, (read_kpj(found["kpj"]).value for found in _KPJ.finditer(plain)))))
    name = _NAME.search(plain)
    after = max((found.end() for found in _KPJ.finditer(plain)), default=name.end() if name else 0)
    payee = _PAYEE.search(plain, after)
    return Told(
        name["name"].strip(" .-:") if name and len(cards) < 2 else "",
        cards[0] if len(cards) == 1 else "",
        payee["payee"].strip() if payee else "",
        len(cards) > 1,
    )
