"""`loket export smile`: a numbered sheet, once, and once more only by its number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store import Store
from store.edits import Evidence
from store.rows import QueueFilter
from store.rules.corrections import Field, Source
from tests.terminal.office import TerminalOffice
from tui.cli import main

Screen = pytest.CaptureFixture[str]


def test_what_is_not_in_smile_goes_out_once(
    home: Path, tmp_path: Path, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = TerminalOffice(home)
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    office.fill()

    async def correct(store: Store) -> None:
        for n, row in enumerate(await store.queue.rows(QueueFilter(), 0, 2)):
            text = "-" if n else "orang@contoh.id"
            await store.corrections.put(row.participant_id, Field.EMAIL, text, Evidence(Source.COMPANY))

    office.ask(correct)
    path = tmp_path / "lembar.xlsx"

    def export(*arguments: str) -> int:
        return main(["--home", str(home), "export", "smile", "-o", str(path), *arguments])

    assert export("--json") == 2  # "has no e-mail" is left to a person
    told = json.loads(capsys.readouterr().out)
    assert (told["number"], told["people"], told["values"], told["left"]) == (1, 1, 1, 1)
    first = path.stat().st_mtime_ns
    assert export() == 1
    assert "Tidak ada yang menunggu" in capsys.readouterr().err
    assert path.stat().st_mtime_ns == first
    assert export("--again", "1") == 0
    assert "Lembar 1, 1 nilai" in capsys.readouterr().out
    assert export("--again", "1", "--npp", "23150296") == 64
    assert export("--again", "9") == 1
