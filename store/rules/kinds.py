"""The kinds of campaign (*kegiatan telepon*) and the outcome keys that differ between them (domain.md 2.1, 3.8)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.rules.outcomes import KEYS, Outcome


class Kind(StrEnum):
    """Why the office telephones."""

    JHT56 = "jht56"  # reached 56, has not claimed the old-age savings
    BANK_CHECK = "bank_check"  # is the bank account for the payment right?
    JKM_INFO = "jkm_info"  # tell heirs that the death benefit was paid
    INCOMPLETE_FILE = "incomplete_file"  # a paper is missing
    FAILED_CLAIM = "failed_claim"  # the claim failed; the file can be fetched


OTHER_KINDS: Final = (Kind.BANK_CHECK, Kind.JKM_INFO, Kind.INCOMPLETE_FILE, Kind.FAILED_CLAIM)
"""Made from an imported list or from marked people; JHT 56 is made from birth dates."""

_TOLD: Final[Mapping[str, Outcome]] = {"6": Outcome.INFORMED, "7": Outcome.SETTLED, "8": Outcome.OBSTACLE}
_ACCOUNT: Final[Mapping[str, Outcome]] = {
    "6": Outcome.ACCOUNT_OK,
    "7": Outcome.ACCOUNT_WRONG,
    "8": Outcome.ACCOUNT_NAME,
}

OUTCOME_KEYS: Final[Mapping[Kind, Mapping[str, Outcome]]] = MappingProxyType(
    {
        Kind.JHT56: KEYS,
        Kind.BANK_CHECK: MappingProxyType({**KEYS, **_ACCOUNT}),
        Kind.JKM_INFO: MappingProxyType({**KEYS, **_TOLD}),
        Kind.INCOMPLETE_FILE: MappingProxyType({**KEYS, **_TOLD}),
        Kind.FAILED_CLAIM: MappingProxyType({**KEYS, **_TOLD}),
    }
)
"""Keys 1–9 of the card, by kind. 1–5 and 9 are the same everywhere."""
