"""How fast frames may follow each other."""

from __future__ import annotations

import pytest

from tui.terminal.wire.pace import LITTLE, STALLED, UNKNOWN, Pace

MUCH = LITTLE + 1


def answering() -> Pace:
    """At the second 1, with a terminal that has answered."""
    pace = Pace()
    assert pace.ask(0.0, 4)
    pace.answered(0.05)
    return pace


def test_a_frame_waits_for_the_answer_to_the_one_before() -> None:
    pace = answering()
    assert pace.wait(1.0) == 0.0
    assert pace.ask(1.0, MUCH)
    assert pace.waiting
    assert pace.under_way == 1
    assert pace.wait(1.5) == pytest.approx(STALLED - 0.5)
    pace.answered(1.6)
    assert pace.wait(1.6) == 0.0
    assert not pace.waiting


def test_a_small_frame_is_followed_by_another_and_no_more() -> None:
    pace = answering()
    assert pace.ask(1.0, LITTLE // 2)
    assert pace.wait(1.1) == 0.0
    assert pace.ask(1.1, MUCH)
    assert pace.wait(1.2) > 0.0
    pace.answered(1.3)
    assert pace.wait(1.3) > 0.0
    pace.answered(1.4)
    assert pace.wait(1.4) == 0.0


def test_a_terminal_that_never_answers_gets_frames_at_once_after_the_first() -> None:
    pace = Pace()
    assert pace.ask(0.0, 4)
    assert pace.wait(0.1) == pytest.approx(UNKNOWN - 0.1)
    assert pace.wait(UNKNOWN) == 0.0
    assert not pace.ask(UNKNOWN, MUCH)
    assert pace.wait(UNKNOWN + 0.01) == 0.0
    assert not pace.waiting
    pace.answered(3.0)  # it was only far away
    assert pace.ask(3.0, MUCH)
    assert pace.wait(3.1) > 0.0


def test_a_line_that_stalls_or_loses_an_answer_stops_nothing_for_long() -> None:
    pace = answering()
    assert pace.ask(1.0, 10)
    assert pace.ask(1.1, MUCH)
    assert pace.wait(1.0 + STALLED) == 0.0
    assert not pace.ask(4.0, MUCH)
    pace.answered(5.0)  # of two; the other never comes
    assert pace.wait(5.0) == 0.0
    assert pace.ask(5.0, MUCH)
    assert pace.wait(5.1) > 0.0
