"""Who signs a voucher: positions with their post-it colours, the people in them by date, deputies (domain.md 2.6).

Titles, names and colours are the office's own words. No order of signing is known; an office may fix one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from store.value_class import value_class

_MOST: Final = 6
_LONGEST: Final = 80


class SignersError(ValueError):
    """A table of signatories that cannot be used.

    `code`: none, too-many, doubled, text, days, order, unreadable.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@value_class
class Deputy:
    """Who signs for somebody from one day to another, both included."""

    name: str
    title: str
    first: date
    last: date


@value_class
class Signer:
    """One position that signs. `names` are the people in it by the day from which they are; '' while not known."""

    key: str
    title: str
    colour: str
    names: tuple[tuple[date, str], ...] = ()
    deputies: tuple[Deputy, ...] = ()

    def on(self, day: date) -> Signatory:
        """Who signs on a day: the deputy of that day, else who has the position."""
        deputy = next((each for each in reversed(self.deputies) if each.first <= day <= each.last), None)
        if deputy is not None:
            return Signatory(self.key, deputy.title or self.title, deputy.name, self.colour, deputy=True)
        name = next((name for first, name in sorted(self.names, reverse=True) if first <= day), "")
        return Signatory(self.key, self.title, name, self.colour)


@value_class
class Signatory:
    """Somebody who signs on one day."""

    key: str
    title: str
    name: str
    colour: str
    deputy: bool = False


@value_class
class Signers:
    """Everybody whose signature a voucher needs; with `fixed` in this order, else in any."""

    signers: tuple[Signer, ...]
    fixed: bool = False

    def __post_init__(self) -> None:
        if not self.signers:
            raise SignersError("none")
        if len(self.signers) > _MOST:
            raise SignersError("too-many")
        if len({signer.key for signer in self.signers}) != len(self.signers):
            raise SignersError("doubled")
        for signer in self.signers:
            _check(signer)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(signer.key for signer in self.signers)

    def on(self, day: date) -> tuple[Signatory, ...]:
        return tuple(signer.on(day) for signer in self.signers)

    def missing(self, signed: Collection[str]) -> tuple[str, ...]:
        """The keys of those whose signature is not there."""
        return tuple(key for key in self.keys if key not in signed)

    def out_of_order(self, signed: Collection[str]) -> bool:
        """Whether a later signature is there while an earlier one is missing, in an office that fixed the order."""
        there = [key in signed for key in self.keys]
        return self.fixed and there != sorted(there, reverse=True)


def _check(signer: Signer) -> None:
    texts = [signer.key, signer.title, signer.colour]
    if not all(texts):
        raise SignersError("text")
    texts += [name for _first, name in signer.names]
    texts += [text for deputy in signer.deputies for text in (deputy.name, deputy.title)]
    if any(len(text) > _LONGEST or not text.isprintable() for text in texts):
        raise SignersError("text")
    if any(not deputy.name for deputy in signer.deputies):
        raise SignersError("text")
    if any(deputy.first > deputy.last for deputy in signer.deputies):
        raise SignersError("days")


DEFAULT_SIGNERS: Final = Signers(
    (
        Signer("pelayanan", "Kepala Bidang Pelayanan", "merah muda"),
        Signer("keuangan", "Kepala Bidang Keuangan", "oranye"),
        Signer("kantor", "Kepala Kantor Cabang", "biru"),
    )
)
"""Three positions and the colours of their post-its, as the source has them by way of example (domain.md 2.6)."""


def signers_to_plain(signers: Signers) -> dict[str, Any]:
    """As a setting keeps it."""
    return {
        "order": "fixed" if signers.fixed else "free",
        "signers": [
            {
                "key": signer.key,
                "title": signer.title,
                "colour": signer.colour,
                "names": [[first.isoformat(), name] for first, name in signer.names],
                "deputies": [
                    [deputy.name, deputy.title, deputy.first.isoformat(), deputy.last.isoformat()]
                    for deputy in signer.deputies
                ],
            }
            for signer in signers.signers
        ],
    }


def signers_from_plain(plain: Mapping[str, Any]) -> Signers:
    """Raises SignersError for what is no table of signatories."""
    try:
        order, rows = plain["order"], plain["signers"]
        read = tuple(_signer(row) for row in rows)
    except SignersError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SignersError("unreadable") from None
    if order not in ("free", "fixed"):
        raise SignersError("order")
    return Signers(read, fixed=order == "fixed")


def _signer(row: Mapping[str, Any]) -> Signer:
    texts: Sequence[Any] = (row["key"], row["title"], row["colour"])
    names = tuple((date.fromisoformat(first), name) for first, name in row.get("names", ()))
    deputies = tuple(
        Deputy(name, title, date.fromisoformat(first), date.fromisoformat(last))
        for name, title, first, last in row.get("deputies", ())
    )
    told = [*texts, *(name for _first, name in names), *(t for d in deputies for t in (d.name, d.title))]
    if not all(isinstance(text, str) for text in told):
        raise SignersError("text")
    return Signer(row["key"], row["title"], row["colour"], names, deputies)
