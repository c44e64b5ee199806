"""Loket is killed while somebody types: what they had typed is there again, but for the last letters."""

from __future__ import annotations

import random
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal.driver import Terminal
from tests.terminal.office import TerminalOffice

LOST_AT_MOST = 5
"""Letters."""

KEYS_A_SECOND = 12
LETTERS = "abcdefghij"


class Form(NamedTuple):
    """Where something is typed: keys and commands of the menu that lead there from the first screen.

    `again` leads back to what was left, where that is another way.
    """

    keys: Sequence[str]
    label: str
    again: Sequence[str] = ()


FORMS = {
    "a note on a call": Form(("f2", "enter", "n"), "Catatan:"),
    "the name of the office": Form(("Pengaturan", "7"), "Nama kantor:"),
    "a paper that is received": Form(("f5", "t"), "Kertas:"),
    "what a paper says otherwise": Form(("f5", "t", "9", "tab"), "Nama di berkas:", ("f5", "t", "tab")),
    "a reason for marked people": Form(("f2", "space", "b", "l"), "Alasan:"),
    "until when marked people wait": Form(("f2", "space", "b", "t"), "Tunda sampai:"),
    "a number, in the list": Form(("f2", "e"), "Nomor atau e-mail:"),
    "a promise on the card": Form(("f2", "enter", "t", "t"), "Dijanjikan:"),
    "a promise": Form(("f9", "t", "t"), "Dijanjikan:"),
    "until when it is promised": Form(("f9", "t", "1"), "Sampai:"),
    "a note at the counter": Form(("f3", "n"), "Catatan", ("f3", "r")),
    "the number of a missed call": Form(("f3", "m", "n"), "Nomor:"),
    "a note on help": Form(("Bantuan", "n", "n"), "Catatan:"),
    "who is helped": Form(("Bantuan", "n", "o"), "Nama:"),
    "the title of an answer": Form(("Jawaban cepat", "t"), "Judul:"),
    "the title of a new answer": Form(("Jawaban cepat", "n"), "Judul:"),
    "the hours of a day": Form(("Pengaturan", "2", "e"), "Senin:"),
    "a day that is closed": Form(("Pengaturan", "3", "a"), "Tutup pada:"),
    "the days of a deputy": Form(("Pengaturan", "s", "d"), "Pengganti dari, sampai:"),
    "the script": Form(("Pengaturan", "6", "enter"), "Isian:"),
    "the number of a new box": Form(("f6", "n", "1"), "Nomor boks JHT:"),
}
SHORT = ("a note on a call", "the name of the office", "what a paper says otherwise")


def go(terminal: Terminal, keys: Sequence[str], label: str) -> None:
    """From the first screen to the line that is typed into."""
    terminal.wait_for("F2 ")
    for key in keys:
        if key[0].isupper():
            terminal.press("f10")
            terminal.type(key)
            terminal.idle()
            key = "enter"
        terminal.press(key)
        terminal.idle()
    terminal.wait_for(label)


def lost_to_a_kill(office: TerminalOffice, form: Form, chance: random.Random) -> int:
    """Types at 12 keys a second, kills the program at some moment, starts it again, and counts what is not there."""
    text = "".join(chance.choices(LETTERS, k=chance.randrange(8, 20)))
    with office.terminal() as terminal:
        go(terminal, form.keys, form.label)
        terminal.press("ctrl+u")
        terminal.idle()
        for letter in text:
            terminal.press(letter)
            terminal.listen(1 / KEYS_A_SECOND)
        terminal.listen(chance.random() / KEYS_A_SECOND)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    with office.terminal() as terminal:
        go(terminal, form.again or form.keys, form.label)
        return next(lost for lost in range(len(text) + 1) if text[: len(text) - lost] in terminal.text)


@pytest.mark.parametrize("name", SHORT)
def test_a_kill_while_typing_costs_a_few_letters(office: TerminalOffice, name: str) -> None:
    assert lost_to_a_kill(office, FORMS[name], random.Random(name)) <= LOST_AT_MOST


@pytest.mark.soak
def test_fifty_kills_while_typing_cost_a_few_letters_each(office: TerminalOffice, tmp_path: Path) -> None:
    chance = random.Random(50)
    names = [*FORMS, *chance.choices(list(FORMS), k=50 - len(FORMS))]
    lost = [(lost_to_a_kill(office, FORMS[name], chance), name) for name in names]
    (tmp_path / "lost.txt").write_text("\n".join(f"{letters} {name}" for letters, name in sorted(lost)))
    assert max(lost)[0] <= LOST_AT_MOST, lost
