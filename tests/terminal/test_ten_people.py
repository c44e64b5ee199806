"""The keystroke budget of design.md 2, at the real program: what is pressed, what is shown next, what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.masks import mask_number
from store.rules.hours import to_wib
from store.rules.outcomes import Outcome
from tests.terminal.office import Caller, TerminalOffice

NOT_REACHED = {
    "1": Outcome.NO_ANSWER,
    "2": Outcome.BUSY,
    "3": Outcome.UNREACHABLE,
    "4": Outcome.WRONG_NUMBER,
    "9": Outcome.MESSAGE_LEFT,
    "7": Outcome.SAYS_CLAIMED,
}
"""Keys that end a call by themselves."""


@pytest.fixture
def caller(office: TerminalOffice) -> Iterator[Caller]:
    """Somebody with the first person of the list on the card."""
    with office.terminal() as terminal:
        caller = Caller(terminal)
        caller.start()
        yield caller


def test_ten_people_cost_one_key_each_and_a_callback_two(office: TerminalOffice, caller: Caller) -> None:
    script = [("1",), ("2",), ("1",), ("4",), ("5", "3"), ("3",), ("9",), ("2",), ("6", "l"), ("1",)]
    before = caller.terminal.keys
    rung = [(*caller.answer(*keys), keys) for keys in script]
    assert caller.terminal.keys - before == 8 * 1 + 2 * 2
    last = caller.kpj
    kept = office.attempts()
    names = {**NOT_REACHED, "5": Outcome.CALLBACK, "6": Outcome.WILL_CLAIM}
    assert [(a.kpj, a.number, a.outcome) for a in kept] == [(k, mask_number(n), names[keys[0]]) for k, n, keys in rung]
    callback = next(a for a in kept if a.outcome == Outcome.CALLBACK)
    assert callback.callback_at is not None
    assert f"{to_wib(callback.callback_at):%Y-%m-%d %H:%M}" == "2023-08-01 09:30"
    assert [a.detail for a in kept if a.outcome == Outcome.WILL_CLAIM] == ["lapak_asik"]
    # The eleventh is held, nobody else; and no attempt was written for them.
    assert [row.kpj for row in office.rows() if row.holder] == [last]
    assert last not in {a.kpj for a in kept} or last == rung[3][0]


@pytest.mark.parametrize("typed", ["14", "b930", "1430"])
def test_a_typed_time_costs_seven_keys_at_most(office: TerminalOffice, caller: Caller, typed: str) -> None:
    before = caller.terminal.keys
    kpj, _number = caller.answer("5", "t", *typed, "enter")
    assert caller.terminal.keys - before <= 7
    (kept,) = office.attempts()
    assert (kept.kpj, kept.outcome) == (kpj, Outcome.CALLBACK)
    assert kept.callback_at is not None
    wanted = {"14": "31 14:00", "b930": "01 09:30", "1430": "31 14:30"}[typed]
    assert f"{to_wib(kept.callback_at):%d %H:%M}" == wanted


def test_one_key_takes_the_last_outcome_back_after_the_next_is_shown(office: TerminalOffice, caller: Caller) -> None:
    first, _ = caller.answer("1")
    second, _ = caller.answer("2")
    before = caller.terminal.keys
    caller.answer("u")
    assert caller.terminal.keys - before == 1
    assert caller.kpj == second
    assert [(a.kpj, a.outcome) for a in office.attempts()] == [(first, Outcome.NO_ANSWER)]
    caller.answer("u")
    assert (caller.kpj, office.attempts()) == (first, [])
    assert [row.kpj for row in office.rows() if row.holder] == [first]


def test_keys_typed_ahead_are_all_recorded_in_order(office: TerminalOffice, caller: Caller) -> None:
    keys = "1213129721"
    caller.terminal.press(*keys)
    caller.terminal.wait_for(lambda: caller.terminal.text.count("Tidak diangkat") > 0)
    caller.terminal.idle(1.0)
    kept = office.attempts()
    assert [a.outcome for a in kept] == [NOT_REACHED[key] for key in keys]
    assert len({a.kpj for a in kept}) == len(keys)


def test_what_is_typed_ahead_of_a_screen_meets_that_screen(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        terminal.wait_for("F2 ")
        terminal.idle()
        terminal.press("f2", "enter", "1", "5", "3", "2")
        caller = Caller(terminal)
        caller.serve()
        terminal.idle(1.0)
        assert [a.outcome for a in office.attempts()] == [Outcome.NO_ANSWER, Outcome.CALLBACK, Outcome.BUSY]


def test_a_key_held_down_is_one_attempt_and_says_so(office: TerminalOffice, caller: Caller) -> None:
    caller.terminal.press(*"11111111")
    caller.terminal.wait_for("dihitung sekali")
    caller.terminal.idle()
    assert len(office.attempts()) == 1
    second = caller.kpj
    caller.answer("1")
    assert [a.kpj for a in office.attempts()][1:] == [second]


def test_a_note_goes_with_the_outcome(office: TerminalOffice, caller: Caller) -> None:
    caller.terminal.press("n")
    caller.terminal.type("anak yang angkat, sore saja")
    caller.terminal.press("enter")
    kpj, _ = caller.answer("9")
    assert [(a.kpj, a.note) for a in office.attempts()] == [(kpj, "anak yang angkat, sore saja")]
    assert "anak yang angkat" not in caller.terminal.text
