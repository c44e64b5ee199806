"""`loket person`: somebody's record and what was done with it, and that it was read stands in the trail."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from store import Store
from store.persons import Person
from store.rows import QueueFilter
from store.rules.permissions import Role
from tests.terminal.office import TerminalOffice
from tui.cli import main

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office with sixty people on lists, on the morning of 31 July 2023."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.fill()
    return made


def loket(office: TerminalOffice, *arguments: str) -> int:
    return main(["--home", str(office.home), *arguments])


def test_the_record_with_its_history_on_the_terminal_as_json_and_on_paper(
    office: TerminalOffice, tmp_path: Path, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def first(store: Store) -> str:
        return (await store.queue.rows(QueueFilter(), 0, 1))[0].kpj

    kpj = office.ask(first)
    assert loket(office, "person", kpj) == 0
    told = capsys.readouterr().out
    assert kpj in told
    assert "masuk bersama daftar" in told
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{kpj}\n"))
    assert loket(office, "person", "-", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["person"]["kpj"] == kpj
    assert all(number.startswith("+62") for number, _label, _wrong in record["person"]["phones"])
    reads = [row for row in record["history"] if row.get("action") == "person.read"]
    assert len(reads) == 2, "this reading and the one before"
    assert all({"phones", "email"} <= set(row["fields"]) for row in reads), "what was shown whole is noted"
    page = tmp_path / "data.pdf"
    assert loket(office, "person", kpj, "-o", str(page)) == 0
    assert page.read_bytes().startswith(b"%PDF")


def test_who_may_not_see_a_whole_nik_gets_numbers_shortened(office: TerminalOffice) -> None:
    async def as_intern(store: Store) -> Person:
        kpj = (await store.queue.rows(QueueFilter(), 0, 1))[0].kpj
        await store.staff.act_as(Role.MAGANG)
        return (await store.persons.record(kpj))[0]

    person = office.ask(as_intern)
    assert person.phones and all("…" in masked for masked, _label, _wrong in person.phones)
    assert person.jht_balance is None


def test_who_is_not_known_and_what_is_no_kpj(office: TerminalOffice, tmp_path: Path, capsys: Screen) -> None:
    assert loket(office, "person", "99999999999") == 1
    assert "99999999999" in capsys.readouterr().err
    assert loket(office, "person", " ") == 64
    assert loket(office, "person", "21000000001", "-o", str(tmp_path / "data.txt")) == 64
