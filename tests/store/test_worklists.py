"""What is open of people's data: counted at once, right after every write, and settled by the value it asks for."""

from __future__ import annotations

import contextlib
import random

from store import Store
from store.edits import Evidence
from store.errors import UndoRefused
from store.problem_index import disagreements, rebuild
from store.rules.corrections import Field, Source
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, call, facts, number

SAID = Evidence(Source.PARTICIPANT)


def wrong(office: Office) -> list[tuple[int, str]]:
    """Where the kept problems are not what the data say."""
    with office.raw() as database:
        return disagreements(database)


async def test_the_kept_problems_say_after_any_writes_what_the_data_say(office: Office, ani: Store) -> None:
    chance = random.Random(6)
    numbers, niks = [number(n) for n in range(1, 5)], ["1403091905679923", "1403091905679931", "1403091905679942", ""]

    def some() -> list[Person]:
        return [
            Person(
                f"2100000000{n}",
                name=chance.choice(["SITI AMINAH", "BUDI SANTOSO"]),
                nik=chance.choice(niks),
                hp=chance.choice([*numbers, "08xxxxxxxxxx", f"{numbers[0]} / {numbers[1]}"]),
                email=chance.choice(["a @ b", "a@contoh.id", ""]),
            )
            for n in range(1, 7)
        ]

    undos = [(await office.bring_in(ani, some())).undo]
    people = list(facts(office, "participant"))
    for _ in range(12):
        person = chance.choice(people)
        done = await ani.corrections.put(person, Field.PHONE, chance.choice(numbers), SAID)
        undos.append(done.undo)
        done = await ani.corrections.put(person, Field.NIK, chance.choice(niks[:3]), SAID)
        undos.append(done.undo)
        undos.append((await office.bring_in(ani, some())).undo)
        await call(ani, chance.choice([Outcome.WRONG_NUMBER, Outcome.NO_ANSWER]))
        assert wrong(office) == []
    taken_back = 0
    for undo in reversed([undo for undo in undos if undo is not None]):
        with contextlib.suppress(UndoRefused):  # where something was built upon it
            await ani.undo.undo(undo)
            taken_back += 1
        assert wrong(office) == []
    assert taken_back > 2
    with office.raw() as database:
        before = database.rows("SELECT participant_id, flag FROM open_problem", ())
        with database.turn(), database.writing():
            rebuild(database)
        assert sorted(database.rows("SELECT participant_id, flag FROM open_problem", ())) == sorted(before)
