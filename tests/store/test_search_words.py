"""What is typed to find somebody: words one by one, a number whole however it was grouped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import Store
from store.rows import QueueFilter
from store.search import typed_words
from tests.store.office import Office, Person


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("budi  sawit", ["budi", "sawit"]),
        ("0812 3456 78", ["0812345678"]),
        ("+62 812-34 56", ["+62812-3456"]),
        ("budi 0812 34 sawit 21", ["budi", "081234", "sawit", "21"]),
        ("(0765) 912", ["(0765)912"]),
    ],
)
def test_digits_typed_in_groups_are_one_number(typed: str, words: list[str]) -> None:
    assert typed_words(typed) == words


@given(st.text(alphabet="ab01 +-()", max_size=30))
def test_nothing_typed_is_lost(typed: str) -> None:
    assert "".join(typed_words(typed)) == "".join(typed.split())


@pytest.mark.parametrize("typed", ["0812 6666", "+62 812 6666 0000", "62812-6666", "6666 0000", "hj. 812 666 600"])
async def test_a_number_is_found_in_every_spelling(office: Office, ani: Store, typed: str) -> None:
    await office.bring_in(
        ani, [Person("21000000001", "HJ. SITI", hp="081266660000"), Person("21000000002", "HJ. ANI", hp="081277770000")]
    )
    assert [row.name for row in await ani.persons.find(typed)] == ["HJ. SITI"]
    assert await ani.queue.count(QueueFilter(text=typed)) == 1
