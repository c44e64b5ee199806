"""Who may claim JHT at 56, through which channel, and with which papers (domain.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from store.value_class import value_class

JHT_AGE: Final = 56
"""Years. The age of JP is another one: neither is derived from the other."""

JMO_LIMITS: Final[Sequence[tuple[date, int]]] = ((date.min, 10_000_000), (date(2025, 5, 1), 15_000_000))
"""From which date the app JMO pays up to which balance (whole rupiah). The office extends it when the limit changes."""

NPWP_ABOVE: Final = 50_000_000
"""Whole rupiah. A balance above it is taxed, and the tax number is asked for."""


class ChannelAdvice(StrEnum):
    """What to tell the participant about the ways to claim."""

    JMO = "jmo"  # within the limit: the app pays it; Lapak Asik and the office are open as well
    LAPAK_ASIK_OR_OFFICE = "lapak_asik_or_office"  # above the limit
    RULE = "rule"  # the balance, or the limit of that date, is not known: tell the rule itself


class Document(StrEnum):
    """A paper to bring."""

    CARD = "card"  # kartu peserta; with the KTP the only papers the regulation asks for (art. 9)
    KTP = "ktp"
    KK = "kk"  # from here on: what offices ask for in practice
    BANK_BOOK = "bank_book"
    FORM_F5 = "form_f5"
    NPWP = "npwp"
    NPWP_IF_ABOVE = "npwp_if_above"  # the balance is not known: only needed above `NPWP_ABOVE`


@value_class
class Advice:
    """The advice and the JMO limit in force (whole rupiah; None when none is known for that date)."""

    channel: ChannelAdvice
    limit: int | None


def jht56_period(birth_date: date) -> str:
    """The month of the 56th birthday as 'YYYY-MM'. 29 February counts as February in every year."""
    return f"{birth_date.year + JHT_AGE:04d}-{birth_date.month:02d}"


def has_reached_jht_age(birth_date: date, today: date) -> bool:
    """True from the 56th birthday on; a 29 February that the year does not have is reached on 1 March."""
    years = today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))
    return years >= JHT_AGE


def is_eligible(birth_date: date | None, claimed: bool | None, deceased: bool, today: date) -> bool:
    """True for who has reached 56, is alive and is not known to have claimed.

    `claimed` None means that nobody has looked yet. Who is still at work may claim too: 56 is a reason of its own.
    """
    return birth_date is not None and claimed is not True and not deceased and has_reached_jht_age(birth_date, today)


def channel_advice(balance: int | None, today: date, limits: Sequence[tuple[date, int]] = JMO_LIMITS) -> Advice:
    """Which channel suits a JHT balance (whole rupiah, None when unknown) on `today`.

    `limits` are pairs of first day and limit, in any order. A balance exactly at the limit is within it.
    """
    in_force = [(first_day, limit) for first_day, limit in limits if first_day <= today]
    if not in_force:
        return Advice(ChannelAdvice.RULE, None)
    limit = max(in_force)[1]
    if balance is None:
        return Advice(ChannelAdvice.RULE, limit)
    return Advice(ChannelAdvice.JMO if balance <= limit else ChannelAdvice.LAPAK_ASIK_OR_OFFICE, limit)


def documents_for_jht56(balance: int | None = None) -> tuple[Document, ...]:
    """The papers for a full claim at 56, in the order in which they are told (domain.md 3.3).

    `balance` in whole rupiah decides about the NPWP; when it is None the paper comes with its condition.
    """
    papers = (Document.CARD, Document.KTP, Document.KK, Document.BANK_BOOK, Document.FORM_F5)
    if balance is None:
        return (*papers, Document.NPWP_IF_ABOVE)
    return (*papers, Document.NPWP) if balance > NPWP_ABOVE else papers
