"""Entry into Smile and lists of NIK with the longest names, for tests.tui.test_walk and test_danger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store import Store
from store.edits import Evidence
from store.rules.corrections import Field, Source
from store.rules.lookups import Answer, LookupKind

WALKS: Final[dict[str, tuple[str, ...]]] = {
    "entry into Smile": (
        *(":smile-entry", "f1", "escape", "n", "c", "k", "1", "down", "2", *"kolom terkunci", "enter", "u", "s", "l"),
        *("2", "3", "f1", "escape", "b", "u", "4", "n", "down", "enter", "y", "o", "1", "enter", "t", "escape", "w"),
        *("escape", "f1", "escape", "escape", "a", "a", "a", "m"),
    ),
    "lists of NIK": (
        *(":lookups", "f1", "escape", "l", "end", "escape", "enter", "n", "c", "t", *"abc", "enter", "2", "1", "2"),
        *("enter", "u", "s", "m", "down", "enter", "f1", "escape", "1", "2", "3", "u", "escape", "d", "m", "A", "t"),
        *("escape", "f1", "escape", "escape", "b", "n", "f1", "escape", "enter", "f1", "escape", "2", "escape"),
        *("1", "escape", "escape", "escape", "t", "u"),
    ),
}
"""Keys one after the other, in an office that was prepared here."""

REACHED: Final[dict[str, set[str]]] = {
    "entry into Smile": {"smile-entry", "smile-list", "smile-changes", "smile-sheets"},
    "lists of NIK": {
        *("lookups", "lookup", "lookup-contributions", "lookup-status", "lookup-files", "lookup-plan"),
        "lookup-offers",
    },
}
"""The contexts that each of them meets."""

NIKS: Final = ("1403090307679901", "1403094307679902", "1403090307679903", "1403090307679999")


async def prepare(store: Store, people: Sequence[int], name: str) -> None:
    """Changes of these people that wait for Smile, a list of their cards, one of NIK, and one in MASUK."""
    for n, person in enumerate(people):
        said = Evidence(Source.COMPANY, said_by=name)
        await store.corrections.put(person, Field.PHONE, f"08139999000{n}", said)
        await store.corrections.put(person, Field.EMAIL, f"{'panjang' * 6}{n}@contoh.co.id" if n % 2 else "-", said)
        await store.corrections.put(person, Field.ACTIVE, "non aktif", said)
        await store.corrections.put(person, Field.BIRTH_DATE, f"{n + 11}-06-1967", said)
    cards = [(await store.persons.open(person)).kpj for person in people]
    plan = await store.lookups.plan("\n".join([*cards, *NIKS]))
    status, _undo = await store.lookups.make(plan, name, LookupKind.STATUS)
    for answer in (Answer.ACTIVE, Answer.CLAIMED):
        row = await store.lookups.next(status)
        assert row is not None
        await store.lookups.answer(row, answer)
    await store.lookups.leave(status)
    await store.lookups.make(plan, name, LookupKind.CONTRIBUTIONS)
