"""Offices for the proofs at the terminal: the SQLite one is filled once a run and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal.office import TerminalOffice


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with people on its lists; never opened by a test itself."""
    office = TerminalOffice(tmp_path_factory.mktemp("filled") / "office")
    office.fill()
    return office.home


@pytest.fixture
def office(filled_home: Path, tmp_path: Path) -> TerminalOffice:
    """A practice office with about 35 people to phone."""
    home = tmp_path / "office"
    shutil.copytree(filled_home, home)
    return TerminalOffice(home)


@pytest.fixture(params=["sqlite", "postgres"])
def any_office(request: pytest.FixtureRequest, tmp_path: Path) -> TerminalOffice:
    """The same office on each database."""
    if request.param == "sqlite":
        made: TerminalOffice = request.getfixturevalue("office")
        return made
    made = TerminalOffice(tmp_path / "office", request.getfixturevalue("postgres_url"))
    made.fill()
    return made


@pytest.fixture(params=["sqlite", "postgres"])
def any_empty_office(request: pytest.FixtureRequest, tmp_path: Path) -> TerminalOffice:
    """An office on each database with nobody on a list."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = TerminalOffice(tmp_path / "office", url)
    made.create()
    return made
