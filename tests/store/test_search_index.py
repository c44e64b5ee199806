"""Whoever is looked for is found, by any part of what is known of them and in the order of how well it fits; the index
says at any time what the people and numbers say, on both databases, without looking at everybody."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store import Store, search, search_index
from store.database import Database
from store.rules import search_terms
from store.rules.names import name_key
from store.rules.phones import search_digits
from store.rules.search_terms import Known, Sought
from store.search import best_fitting, everybody, typed_words
from store.search_index import disagreements, read_people, rebuild
from store.search_sets import (
    BLOCK,
    Members,
    both,
    changed,
    either,
    fitting,
    has,
    in_all,
    in_blocks,
    read,
    rising,
    size,
    spread,
    without,
)
from tests.store.office import Office, Person

_SYLLABLES = ("AN", "NA", "NI", "MA", "SI", "TI", "MUH", "ARI", "U")
_FIRST_KPJ = 21000000001


def crowd(count: int, seed: int = 1, first: int = 0) -> list[Person]:
    """Invented people who share pieces of names, companies and numbers."""
    chance = random.Random(seed)

    def name(words: int) -> str:
        return " ".join("".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 3)))) for _ in range(words))

    return [
        Person(
            kpj=str(_FIRST_KPJ + first + n),
            name=chance.choice(("", "", "H. ", "Dra. "))
            + name(chance.choice((1, 2, 3)))
            + chance.choice(("", ", S.Pd")),
            hp=f"081{chance.choice('23')}{chance.choice((1212, 9999, 3456, 5000))}{chance.randrange(10_000):04d}",
            company=chance.choice(("PT ", "CV. ", "")) + name(1),
        )
        for n in range(count)
    ]


def fits(typed: str, known: Known) -> bool:
    """What finding means, word for word and without any index."""

    def within(part: str, text: str) -> bool:
        return part in text if len(part) > 2 else f" {part}" in f" {text}"

    for word in typed_words(typed):
        text, digits = word.upper(), re.sub("[^0-9]", "", word)
        parts = [part for part in (search_digits(word), digits) if len(part) > 2]
        if not (
            all(within(key, known.name_key) for key in (name_key(text) or text).split())
            or any(within(text, each) for each in (known.name.upper(), known.company.upper()))
            or known.kpj.startswith(text)
            or any(part in number for part in parts for number in (known.kpj, *known.numbers))
            or (len(digits) > 2 and (known.nik or "").startswith(digits))
        ):
            return False
    return True


def everyone(database: Database) -> list[Known]:
    return read_people(database, [row[0] for row in database.rows("SELECT id FROM participant ORDER BY id", ())])


def in_order(typed: str, people: Sequence[Known]) -> list[int]:
    sought = Sought(typed)
    found = [(sought.rank(each), each.name_key, each.participant_id) for each in people if fits(typed, each)]
    return [place[-1] for place in sorted(found, key=lambda place: (place[0] or 0, *place[1:]))]


def fragments(people: Sequence[Known]) -> st.SearchStrategy[str]:
    """Parts of what is known of people, several at once, and parts of nothing."""
    texts = [text for each in people for text in (*each.name.split(), *each.company.split(), each.kpj, *each.numbers)]
    niks = [each.nik for each in people if each.nik]

    @st.composite
    def part(draw: st.DrawFn) -> str:
        text = draw(st.sampled_from([*texts, *niks]))
        first = draw(st.integers(0, len(text) - 1))
        return text[first : first + draw(st.integers(1, 12))].strip("+")

    return st.lists(st.one_of(part(), st.text("ANISU09", max_size=4)), min_size=1, max_size=3).map(" ".join)


async def test_whoever_fits_is_found_and_nobody_else(office: Office, ani: Store) -> None:
    await office.bring_in(ani, crowd(150))
    with office.raw() as database:
        people = everyone(database)

        @settings(max_examples=150)
        @example("ANANA")
        @given(fragments(people))
        def as_by_looking_at_everybody(typed: str) -> None:
            expected = in_order(typed, people)
            assert best_fitting(database, typed, 1000) == (expected if typed.strip() else [])
            for few in (0, 2_000):
                assert set(
                    everybody(database, typed, lambda: [each.participant_id for each in people], few).ids
                ) == set(expected)
            if typed.strip():
                assert len(best_fitting(database, typed, 5)) == min(5, len(expected))

        as_by_looking_at_everybody()


async def test_the_best_fit_comes_first(office: Office, ani: Store) -> None:
    await office.bring_in(
        ani,
        [
            Person("21000012345", "ZAINAL"),
            Person("21000000002", "ABDUL", hp="0812 9001 2345"),
            Person("21000000003", "ABBAS", hp="0812 1234 5000"),
            Person("12345000000", "ZUBIR"),
            Person("21000000005", "WATI SITI"),
            Person("21000000006", "SITI AMINAH"),
            Person("21000000007", "ANI", company="PT SITI JAYA"),
            Person("21000000008", "RUSITI"),
            Person("21000000009", "SITIK"),
        ],
    )

    async def names(typed: str, limit: int = 50) -> list[str]:
        return [row.name for row in await ani.persons.find(typed, limit)]

    assert await names("siti") == ["SITI AMINAH", "SITIK", "WATI SITI", "ANI", "RUSITI"]
    assert await names("siti", 2) == ["SITI AMINAH", "SITIK"]
    assert await names("12345") == ["ABDUL", "ZUBIR", "ABBAS", "ZAINAL"]
    assert (await names("21000012345"))[0] == "ZAINAL"
    assert await names("am siti") == ["SITI AMINAH"]
    assert await names("pt siti") == ["ANI"]


async def test_the_index_says_what_people_and_numbers_say(office: Office, ani: Store) -> None:
    """After lists, changes by a list, corrections and undoing, also across the border of a block."""

    def wrong() -> list[Any]:
        with office.raw() as database:
            return disagreements(database)

    crowd_now = crowd(40)
    await office.bring_in(ani, crowd_now)
    if office.is_sqlite:
        office.sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'participant'", BLOCK - 10)
    else:
        office.sql(f"ALTER SEQUENCE participant_id_seq RESTART WITH {BLOCK - 10}")
    done = await office.bring_in(ani, crowd(30, seed=2, first=40))
    assert wrong() == []
    assert len(await ani.persons.find("2100", 100)) == 70
    moved = [Person(each.kpj, "ZULKIFLI", hp="081377770000", company="UD BARU") for each in crowd_now[:5]]
    changed_list = await office.bring_in(ani, moved)
    assert wrong() == []
    assert len(await ani.persons.find("zulk ud baru")) == len(await ani.persons.find("0813 7777")) == 5
    assert changed_list.undo is not None and done.undo is not None
    await ani.undo.undo(changed_list.undo)
    assert wrong() == []
    assert await ani.persons.find("zulk") == []
    await ani.undo.undo(done.undo)
    assert wrong() == []
    with office.raw() as database, database.turn(), database.writing():
        rebuild(database)
    assert wrong() == []
    assert len(await ani.persons.find("2100", 100)) == 40


async def test_nobody_is_looked_at_who_cannot_be_meant(office: Office, ani: Store) -> None:
    """Each statement of a search goes by an index: never through all people or numbers."""
    await office.bring_in(ani, crowd(60))
    with office.raw() as database:
        asked: list[tuple[str, tuple[Any, ...]]] = []
        told: Callable[..., list[tuple[Any, ...]]] = database.rows

        def listened(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
            asked.append((sql, tuple(values)))
            return told(sql, values)

        database.rows = listened  # type: ignore[method-assign]  # only to hear what is asked
        for typed in ("muh an", "0812 9999", "21000", "qx", "u", "pt", "siti 08121212 an"):
            best_fitting(database, typed, 50)
        assert len(asked) > 20
        if office.is_sqlite:
            plans = [told(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked]
        else:
            database.peewee.execute_sql("SET enable_seqscan = off")
            plans = [told(f"EXPLAIN {sql}", values) for sql, values in asked]
    lines = [str(row) for plan in plans for row in plan if "max(id)" not in str(row)]
    assert not [line for line in lines if re.search(r"\bSCAN (participant|phone|search_block)$|Seq Scan", line)]


async def test_whoever_has_the_word_itself_is_found_for_a_list_without_being_read(office: Office, ani: Store) -> None:
    people = [Person(str(_FIRST_KPJ + n), f"{('SITI', 'SITIAH', 'RASITI')[n % 3]} NUR") for n in range(30)]
    await office.bring_in(ani, people)
    asked: list[str] = []
    with office.raw() as database:
        told, ids = database.rows, [row[0] for row in database.rows("SELECT id FROM participant ORDER BY kpj", ())]

        def listened(sql: str, values: Any) -> Any:
            asked.append(sql)
            return told(sql, values)

        database.rows = listened  # type: ignore[method-assign]  # only to hear what is asked
        assert set(everybody(database, "sitiah nur", list).ids) == set(ids[1::3])
        assert not [sql for sql in asked if "name_key" in sql]
        # Inside of a word only the piece says it, and nobody has that but by chance: those alone are read.
        assert set(everybody(database, "siti", list).ids) == set(ids)
        assert sum("name_key" in sql for sql in asked) == 1


async def test_a_second_list_in_the_same_write_takes_the_old_name_out_of_the_index(office: Office, ani: Store) -> None:
    lists = (Person("21000000001", "SURYANI", company="PT LAMA"), Person("21000000001", "ZULKIFLI", company="UD BARU"))
    await ani.imports.apply_all([await ani.imports.plan(office.write_list([person])) for person in lists])
    with office.raw() as database:
        assert disagreements(database) == []
        assert set(everybody(database, "sur", list).ids) == set()
    assert [row.name for row in await ani.persons.find("zulk ud")] == ["ZULKIFLI"]


async def test_what_others_wrote_past_loket_is_noticed_and_put_right(office: Office, ani: Store) -> None:
    await office.bring_in(ani, crowd(30))
    assert (await ani.persons.check_index()).is_whole
    for sql in (
        "UPDATE participant SET name = 'ZULKIFLI', name_key = 'ZULKIFLI' WHERE kpj = '21000000003'",
        "UPDATE phone SET e164 = '+6281299990000' WHERE id = 5",
        "DELETE FROM search_block WHERE substr(term, 1, 1) = 'K'",
    ):
        office.sql(sql)
        found = await ani.persons.check_index()
        assert (found.people, found.looked_at, found.is_whole) == (30, 30, False)
        await ani.persons.rebuild_index()
        assert (await ani.persons.check_index()).is_whole
    assert [row.kpj for row in await ani.persons.find("zulk")] == ["21000000003"]


async def test_what_a_process_of_an_earlier_release_wrote_is_noticed_wherever_it_is(
    office: Office, ani: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps no whole words: who had one is still named by it, whatever the name is now."""
    await office.bring_in(ani, [Person(str(_FIRST_KPJ + n), "SITI NUR") for n in range(30)])
    monkeypatch.setattr(search_index, "_SAMPLE", 1)
    assert (await ani.persons.check_index()).is_whole
    with monkeypatch.context() as earlier:
        earlier.setattr(search_terms, "whole_terms", lambda _word: [])
        search_terms.spelled.cache_clear()
        await office.bring_in(ani, [Person(str(_FIRST_KPJ + 11), "ANI NUR")])
        search_terms.spelled.cache_clear()
    with office.raw() as database:
        assert len(everybody(database, "siti", list)) == 30
    assert not (await ani.persons.check_index()).is_whole
    await ani.persons.rebuild_index()
    assert (await ani.persons.check_index()).is_whole
    with office.raw() as database:
        assert len(everybody(database, "siti", list)) == 29


def _places(seed: int, count: int) -> set[int]:
    return set(random.Random(seed).sample(range(BLOCK), count))


_some_places = st.builds(_places, st.integers(0, 5), st.sampled_from((0, 1, 40, 1024, 1025, 30_000)))


@settings(max_examples=60)
@given(_some_places, _some_places, _some_places)
def test_sets_of_people_are_sets(first: set[int], second: set[int], third: set[int]) -> None:
    stored = [changed(None, each, ()) for each in (first, second, third)]
    members: list[Members] = [read(each) for each in stored]
    assert [set(rising(each)) for each in members] == [first, second, third]
    assert list(rising(members[0])) == sorted(first)
    assert size(members[0]) == len(first)
    assert set(rising(in_all(stored))) == set(rising(both(members))) == first & second & third
    assert set(rising(either(members))) == first | second | third
    assert set(rising(fitting([[stored[:1], stored[1:2]], [stored[2:]]]))) == (first | second) & third
    assert set(rising(fitting([[stored[:2]]], members[2]))) == first & second & third
    assert [place for place in range(200) if has(stored[0], place)] == sorted(first & set(range(200)))
    assert set(rising(read(changed(stored[0], second, third)))) == first - third | second
    assert changed(changed(None, first, ()), (), first) == b"" or len(first) > 1024
    assert spread(members[0]) == spread(read(changed(b"", first, ())))
    assert [place for place, there in enumerate(spread(members[0])) if there] == sorted(first)
    assert set(rising(without(members[0], members[1]))) == first - second
    beyond = {BLOCK + place for place in second}
    found = [(block << 16) + place for block, each in in_blocks(first | beyond).items() for place in rising(each)]
    assert sorted(found) == sorted(first | beyond)


async def test_what_says_nothing_finds_nobody(office: Office, ani: Store) -> None:
    await office.bring_in(ani, crowd(5))
    for typed in ("", " ", "x", "\x00", "%", "_", "'", "\udcff", "()", "1 2"):
        assert await ani.persons.find(typed) == []


async def test_who_has_a_card_that_begins_so_is_found_for_a_list_without_being_read(
    office: Office, ani: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [Person(f"2100{n:07d}", "SITI", hp=f"0812{34_560_000 + n:08d}") for n in range(30)]
    await office.bring_in(ani, [*people, Person("99000000001", "BUDI", hp="081221000005")])
    with office.raw() as database:
        ids = [row[0] for row in database.rows("SELECT id FROM participant ORDER BY kpj", ())]
        wanted = {"2100000": ids, "21000000": ids[:30], "2100000002": ids[20:30], "21000000012": ids[12:13]}
        for text, fits in wanted.items():
            for few in (0, 2_000):
                assert set(everybody(database, text, list, few).ids) == set(fits), (text, few)
        monkeypatch.setattr(search, "_LISTED", 0)  # whoever has to be read is looked for on an empty list
        assert set(everybody(database, "2100000", list, 0).ids) == set(ids[:30])
