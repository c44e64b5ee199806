"""The counter at the real program: what an entry of the log costs in keys, and what a killed program has kept."""

from __future__ import annotations

import random
import signal

from store.contact_rows import ContactFilter, ContactRow
from store.rules.counter import Topic
from tests.terminal.driver import Terminal
from tests.terminal.office import Caller, TerminalOffice

NOTE = "minta formulir lewat surel, anaknya yang ambil"
LOST_AT_MOST = 5
"""Letters."""

KEYS_A_SECOND = 12


def log(office: TerminalOffice) -> list[ContactRow]:
    """The log, newest first."""
    return office.ask(lambda store: store.counter.rows(ContactFilter(), 0, 50))


def test_an_anonymous_question_costs_three_keys(office: TerminalOffice) -> None:
    with office.terminal() as terminal:
        terminal.wait_for("F3 ")
        terminal.idle()
        before = terminal.keys
        terminal.press("f3", "1", "enter")
        terminal.wait_for("Tersimpan")
        assert terminal.keys - before == 3
    assert [(row.topic, row.caller, row.channel) for row in log(office)] == [(Topic.HOURS, "anonymous", "phone")]


def test_a_known_participant_costs_nine_keys_also_over_a_held_card(office: TerminalOffice) -> None:
    (row, *_rest) = (row for row in office.rows() if row.phone_masked)
    with office.terminal() as terminal:
        caller = Caller(terminal)
        held = caller.start()
        terminal.idle()
        before = terminal.keys
        terminal.press("f3", "/", *row.kpj[-4:], "enter", "2", "enter")
        terminal.wait_for("Tersimpan")
        assert terminal.keys - before == 9
        terminal.idle()
        assert caller.kpj == held, "the card comes back"
        caller.answer("1")
    (entry,) = log(office)
    assert (entry.topic, entry.caller) == (Topic.CLAIM, "self")
    assert entry.participant_id is not None
    assert [attempt.kpj for attempt in office.attempts()] == [held]


def test_a_kill_while_typing_costs_a_few_letters_and_the_call_is_offered_with_its_start(office: TerminalOffice) -> None:
    chance = random.Random(3)
    with office.terminal() as terminal:
        terminal.wait_for("F3 ")
        terminal.idle()
        terminal.press("f3", "4", "n")
        terminal.wait_for("Catatan:")
        typed = type_for(terminal, chance.randrange(12, len(NOTE)))
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    with office.terminal() as terminal:
        terminal.wait_for("1 draf: F3 r")
        terminal.idle()
        terminal.press("f3", "r")
        terminal.wait_for("Catatan:")
        terminal.idle()
        line = next(line for line in terminal.display if "Catatan:" in line)
        kept = line.partition("Catatan:")[2].strip()
        assert typed.startswith(kept)
        assert len(typed) - len(kept) <= LOST_AT_MOST, (typed, kept)
        assert "sejak 09.00" in terminal.text
        terminal.press("enter")
        terminal.idle()
        terminal.press("enter")
        terminal.wait_for("Tersimpan")
    assert [(entry.topic, entry.note) for entry in log(office)] == [(Topic.STATUS, kept)]


def type_for(terminal: Terminal, letters: int) -> str:
    """Types the note as fast as a person, to somewhere in its middle; what was typed."""
    for letter in NOTE[:letters]:
        terminal.type(letter)
        terminal.listen(1 / KEYS_A_SECOND)
    return NOTE[:letters]
