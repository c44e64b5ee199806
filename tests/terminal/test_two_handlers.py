"""Two people at two terminals on one office: never the same person or number, and each sees the other's work."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.store.office import Person
from tests.terminal.office import Caller, TerminalOffice

CALLS = 8
SEEN_WITHIN = 2.0
"""Seconds in which another person's work must be seen: the look is once a second, the rest is for a loaded machine."""


@pytest.fixture
def two(any_office: TerminalOffice) -> Iterator[tuple[Caller, Caller]]:
    """Two handlers, each with somebody on the card."""
    with any_office.terminal() as first, any_office.terminal() as second:
        callers = Caller(first), Caller(second)
        for caller in callers:
            caller.start()
        yield callers


def test_they_never_hold_the_same_person_or_number(any_office: TerminalOffice, two: tuple[Caller, Caller]) -> None:
    ani, budi = two
    rung: list[tuple[str, str]] = []
    for turn in range(CALLS):
        assert ani.kpj != budi.kpj
        assert ani.number != budi.number
        before = [caller.call for caller in two]
        # Both at once, as two hands on two keyboards.
        for caller, keys in zip(two, (("1",), ("5", "4")) if turn % 2 else (("9",), ("1",)), strict=True):
            caller.terminal.press(*keys)
        for caller, call in zip(two, before, strict=True):
            caller.terminal.wait_for(lambda caller=caller, call=call: caller.has_card() and caller.call != call)
        for caller in two:
            caller.terminal.idle()
        rung += before
    kept = any_office.attempts()
    assert sorted(a.kpj for a in kept) == sorted(kpj for kpj, _number in rung)
    assert len({a.kpj for a in kept}) == 2 * CALLS
    assert sorted(row.kpj for row in any_office.rows() if row.holder) == sorted((ani.kpj, budi.kpj))


def test_people_who_share_a_number_are_never_rung_by_two_at_once(any_empty_office: TerminalOffice) -> None:
    couple = [Person(f"2300000000{n}", name, hp="081234567001") for n, name in enumerate(("SUAMI", "ISTRI"), 1)]
    single = Person("23000000009", "SENDIRI", hp="081234567009")
    any_empty_office.bring_in_people(*couple, single)
    with any_empty_office.terminal() as first, any_empty_office.terminal() as second:
        ani, budi = Caller(first), Caller(second)
        assert ani.start() == couple[0].kpj
        # Longer waiting than the third, but their telephone is in use.
        assert budi.start() == single.kpj
        ani.answer("0", "t", "enter")
        assert ani.kpj == couple[1].kpj


def test_each_sees_the_others_work_without_a_key(two: tuple[Caller, Caller]) -> None:
    ani, budi = two
    budi.terminal.press("escape")
    budi.terminal.wait_for("0 selesai")
    budi.terminal.idle()
    keys = budi.terminal.keys
    name = ani.terminal.display[1].split("  ")[0].split(maxsplit=1)[1]
    ani.answer("0", "t", "enter")

    def seen() -> bool:
        return "1 selesai" in budi.terminal.text

    assert budi.terminal.wait_for(seen) < SEEN_WITHIN
    assert budi.terminal.keys == keys
    line = next(line for line in budi.terminal.display if name in line)
    assert "selesai" in line


def test_whom_a_killed_program_held_is_served_at_the_next_key(
    any_office: TerminalOffice, two: tuple[Caller, Caller]
) -> None:
    ani, budi = two
    orphan = ani.kpj
    assert {row.kpj for row in any_office.rows() if row.holder} == {orphan, budi.kpj}
    ani.terminal.signal(signal.SIGKILL)
    ani.terminal.wait_for_end()
    # New people come in the order of their waiting: the first one is free again and comes first.
    budi.answer("1")
    assert budi.kpj == orphan
    assert [row.kpj for row in any_office.rows() if row.holder] == [orphan]


def test_many_looks_of_others_never_stop_the_keyboard(any_office: TerminalOffice, two: tuple[Caller, Caller]) -> None:
    """A search is typed while somebody else commits all the time; every letter is answered."""
    ani, budi = two
    budi.terminal.press("escape")
    budi.terminal.wait_for("0 selesai")
    budi.terminal.press("/")
    budi.terminal.wait_for("Cari:")
    for letter in "harahap":
        ani.terminal.press(*"12")
        budi.terminal.type(letter)
    ani.terminal.idle()
    budi.terminal.idle(1.5)
    shown = [line for line in budi.terminal.display[2:19] if line]
    assert shown
    assert all("HARAHAP" in line for line in shown)
