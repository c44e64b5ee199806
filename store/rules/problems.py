"""What is open of a person's data, and what would settle it: one worklist each (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import Final

from store.rules.corrections import Field
from store.rules.readings import FLAGS
from store.value_class import value_class

NUMBER_WRONG: Final = "number-wrong"
"""A call found a number wrong, and nobody has corrected the person's numbers since."""
CARDS_SEVERAL: Final = "cards-several"
"""One NIK and one name on several cards (domain.md 3.2): no fault by itself, but they belong together."""

PROBLEMS: Final[tuple[str, ...]] = (NUMBER_WRONG, *FLAGS, CARDS_SEVERAL)
"""Every worklist: those of the closed list of contracts.md, in its order, and two that come from the office's work."""

SHARED: Final = frozenset({"phone-shared", "nik-shared", CARDS_SEVERAL})
"""Depend on other people as well."""

SETTLED_BY: Final[dict[str, Field | None]] = {
    NUMBER_WRONG: Field.PHONE,
    "phone-missing": Field.PHONE,
    "phone-unreadable": Field.PHONE,
    "phone-doubtful": Field.PHONE,
    "phone-shared": Field.PHONE,
    "nik-missing": Field.NIK,
    "nik-malformed": Field.NIK,
    "nik-rounded": Field.NIK,
    "nik-numeric": Field.NIK,
    "nik-birthdate-differs": Field.NIK,
    "nik-sex-differs": Field.NIK,
    "nik-shared": Field.NIK,
    "kpj-unusual": None,
    "npp-unusual": Field.NPP,
    "birthdate-missing": Field.BIRTH_DATE,
    "birthdate-unreadable": Field.BIRTH_DATE,
    "email-missing": Field.EMAIL,
    "email-malformed": Field.EMAIL,
    "balance-missing": Field.BALANCE,
    "balance-unreadable": Field.BALANCE,
    "status-unknown": Field.ACTIVE,
    "name-odd": Field.NAME,
    CARDS_SEVERAL: None,
}
"""The value that answers a problem; None: a person looks at it and says that it is right, or a new list does."""

ACCEPTABLE: Final = frozenset(
    {
        *(NUMBER_WRONG, "phone-shared", "nik-numeric", "nik-birthdate-differs", "nik-sex-differs", "nik-shared"),
        *("kpj-unusual", "npp-unusual", "name-odd", CARDS_SEVERAL),
    }
)
"""Problems of a value that is there and may be right; a missing or unreadable one cannot be said to be right."""


@value_class
class PersonFacts:
    """What the problems of a person follow from."""

    flags: Collection[str]
    phones: tuple[str, ...]  # E.164, not wrong, in order
    wrong: tuple[str, ...]  # found wrong by a call, not corrected since
    shared_phones: tuple[str, ...]  # those of them that somebody else has as well
    nik: str | None
    birth_date: str | None
    sex: str | None
    name: str
    kpj: str
    npp: str | None
    same_nik_other_name: tuple[str, ...]  # names
    same_nik_same_name: tuple[str, ...]  # cards


def problems_of(facts: PersonFacts, accepted: Collection[tuple[str, str]] = ()) -> frozenset[str]:
    """What is open. `accepted`: problem and the value (`value_of`) that somebody said to be right."""
    found = set(facts.flags)
    if facts.wrong:
        found.add(NUMBER_WRONG)
    if facts.shared_phones:
        found.add("phone-shared")
    if facts.same_nik_other_name:
        found.add("nik-shared")
    if facts.same_nik_same_name:
        found.add(CARDS_SEVERAL)
    return frozenset(each for each in found if (each, value_of(each, facts)) not in accepted)


def fingerprint(value: str) -> str:
    """What a row carries of a flagged value that it does not show: enough to see that it is another one by now."""
    return sha256(value.encode()).hexdigest()[:16]


def value_of(problem: str, facts: PersonFacts) -> str:
    """What somebody says is right: when it changes, the question is open again."""
    if problem == NUMBER_WRONG:
        return " ".join(facts.wrong)
    if problem == "phone-shared":
        return " ".join(facts.shared_phones)
    if problem == "nik-shared":
        return f"{facts.nik} {' | '.join(facts.same_nik_other_name)}"
    if problem == CARDS_SEVERAL:
        return f"{facts.nik} {' '.join(facts.same_nik_same_name)}"
    if problem == "nik-birthdate-differs":
        return f"{facts.nik} {facts.birth_date}"
    if problem == "nik-sex-differs":
        return f"{facts.nik} {facts.sex}"
    plain = {Field.NIK: facts.nik, Field.NPP: facts.npp, Field.NAME: facts.name}
    settled_by = SETTLED_BY.get(problem)
    return (facts.kpj if settled_by is None else plain.get(settled_by)) or ""
