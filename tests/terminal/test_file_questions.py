"""Every command that is given a file or folder, and what may stand there instead: answered in words, nothing harmed."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from store.actors import login_of_this_process
from tests.store.office import Clock, Office, Person, wib
from tui.__main__ import main
from tui.cli.output import print_only_text
from tui.cli.parser import tree
from tui.deploy.checks import wrong_in

SITI: Final = "21000000001"
SECONDS: Final = 10
"""More than any of these answers takes on a slow machine; who waits for a FIFO or reads a device never comes back."""

READ: Final[dict[str, tuple[str, ...]]] = {
    "import participants files": ("import", "participants", "{}"),
    "import listing files": ("import", "listing", "{}"),
    "import paid files": ("import", "paid", "{}"),
    "import corrections files": ("import", "corrections", "{}"),
    "merge files": ("merge", "{}", "-o", "{new}/gabung.xlsx"),
    "campaign new file": ("campaign", "new", "bank_check", "--from", "{}", "--matter", "rekening"),
    "audit verify against": ("audit", "verify", "--against", "{}"),
    "restore file": ("restore", "{}", "--into", "{new}/kantor"),
    "restore identity": ("restore", "{sealed}", "--identity", "{}", "--into", "{new}/kantor"),
}
WRITTEN: Final[dict[str, tuple[str, ...]]] = {
    "export participants output": ("export", "participants", "-o", "{}.csv"),
    "export smile output": ("export", "smile", "-o", "{}.xlsx"),
    "merge output": ("merge", "{list}", "-o", "{}.xlsx"),
    "person output": ("person", SITI, "-o", "{}.pdf"),
    "recap jht56 output": ("recap", "jht56", "--period", "2023-07", "-o", "{}.xlsx"),
    "recap incoming output": ("recap", "incoming", "--period", "2023-07", "-o", "{}.pdf"),
    "recap vouchers output": ("recap", "vouchers", "--period", "2023-07", "-o", "{}.xlsx"),
    "recap corrections output": ("recap", "corrections", "--period", "2023-07", "-o", "{}.pdf"),
    "recap daily output": ("recap", "daily", "--period", "2023-07-31", "-o", "{}.xlsx"),
    "call-list output": ("call-list", "--period", "2023-07", "-o", "{}.pdf"),
    "audit anchor output": ("audit", "anchor", "-o", "{}.txt"),
    "audit show output": ("audit", "show", "-o", "{}.csv"),
    "retention record output": ("retention", "record", "1", "-o", "{}.pdf"),
}
FOLDERS: Final[dict[str, tuple[str, ...]]] = {
    "home": ("--home", "{}", "queue", "status"),
    "audit anchor to": ("audit", "anchor", "--to", "{}"),
    "backup to": ("backup", "--unencrypted", "--to", "{}"),
    "restore into": ("restore", "{plain}", "--into", "{}"),
}
ONLY_NAMED: Final = {"deploy root", "deploy program"}
"""Written into the texts that are printed. What `deploy --check` reads there is looked at below."""


def asked(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every argument of the tree that is a path: its command and its name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from asked(below, f"{before}{name} ")
        elif action.type is Path and not (action.dest == "home" and before):
            yield f"{before}{action.dest}"


def test_every_question_stands_in_a_table() -> None:
    assert set(asked(tree())) == {*READ, *WRITTEN, *FOLDERS, *ONLY_NAMED}


def _fifo(path: Path, _victim: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, _victim: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # its name may be longer than a socket's
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


PLACES: Final[dict[str, Callable[[Path, Path], object]]] = {
    "missing": lambda _path, _victim: None,
    "fifo": _fifo,
    "socket": _socket,
    "dangling": lambda path, _victim: path.symlink_to(path.parent / "tidak ada"),
    "loop": lambda path, _victim: path.symlink_to(path.name),
    "endless": lambda path, _victim: path.symlink_to("/dev/zero"),
    "full": lambda path, _victim: path.symlink_to("/dev/full"),
    "folder": lambda path, _victim: path.mkdir(),
    "link": lambda path, victim: path.symlink_to(victim),
    "file": lambda path, victim: shutil.copy(victim, path),
}
NAMES: Final = {
    "through a file": "{victim}/daftar",
    "too long": "{new}/" + "n" * 300,
    "acting": "{new}/\x1b]0;judul\x07\u202egpj\ndaftar",
    "no text": "{new}/\udcff\udc80",
    "a device": "/dev/zero",
    "the terminal": "/dev/tty",
}


def _but(*places: str) -> list[str]:
    """All of them where a name that only looks odd is nobody's fault, without these."""
    return [place for place in (*PLACES, *NAMES) if place not in (*places, "acting", "no text")]


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    def late(_number: int, _frame: object) -> None:
        raise TimeoutError(f"no answer in {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one person, a list, and a backup of either kind."""
    import pyrage

    folder = tmp_path_factory.mktemp("berkas")
    home, identity = folder / "kantor", pyrage.x25519.Identity.generate()

    async def make() -> None:
        office = Office(home, f"sqlite://{home}/loket.sqlite", Clock(wib(31, 9)))
        login = login_of_this_process(home)
        await office.create(login)
        ani = await office.open(login)
        await office.bring_in(ani, [Person(SITI, name="SITI", hp="081234500011")])
        shutil.move((await ani.backups.make(unencrypted=True)).file, folder / "polos")
        shutil.move((await ani.backups.make(keys=[str(identity.to_public())])).file, folder / "rahasia.age")
        await office.close()

    asyncio.run(make())
    (folder / "daftar.csv").write_text(f"KPJ;NAMA\n{SITI};SITI\n", encoding="utf-8")
    return folder


class Asked:
    """One question, asked of the program in this process."""

    def __init__(self, made: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._made, self._capsys = made, capsys
        self._crashes = made / "kantor" / "log" / "crash.log"
        self._crashes.unlink(missing_ok=True)
        self.new = folder / "baru"
        self.new.mkdir()
        self.victim = folder / "milik orang.txt"
        self.victim.write_text("milik orang lain\n", encoding="utf-8")

    def answer(self, command: tuple[str, ...], path: str) -> tuple[int, str]:
        """The exit status and what was said."""
        known = {"new": self.new, "list": self._made / "daftar.csv"}
        known |= {"sealed": self._made / "rahasia.age", "plain": self._made / "polos"}
        words = [word.replace("{}", path).format_map(known) if word != "{}" else path for word in command]
        if command[0] != "--home":
            words = ["--home", str(self._made / "kantor"), *words]
        streams = sys.stdout, sys.stderr
        print_only_text()
        try:
            with no_longer_than(SECONDS):
                status = main(["--lang", "id", *words])
        finally:
            sys.stdout, sys.stderr = streams
        told = self._capsys.readouterr()
        return status, told.out + told.err

    def nothing_harmed(self, before: set[str]) -> None:
        assert not self._crashes.exists(), self._crashes.read_text(encoding="utf-8")
        assert self.victim.read_text(encoding="utf-8") == "milik orang lain\n"
        assert {path.name for path in self.new.iterdir()} == before


def _refused(status: int, said: str) -> None:
    assert status in (1, 64), (status, said)
    assert said.strip()
    assert "Traceback" not in said
    assert not set(said) & {"\x1b", "\x07", "\u202e"}, repr(said)
    said.encode()  # nothing that no terminal could show


CASES: Final = [
    *((question, place) for question in READ for place in (*PLACES, *NAMES) if place != "file"),
    *((question, place) for question in WRITTEN for place in _but("missing", "file")),
    *((question, place) for question in FOLDERS for place in _but("missing", "folder")),
]


@pytest.mark.parametrize(("question", "place"), CASES)
def test_what_is_no_file_or_folder_is_answered_in_words_and_left_as_it_is(
    question: str, place: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not read, not waited for, not written over; nothing is made beside it."""
    it = Asked(made, tmp_path, capsys)
    command = {**READ, **WRITTEN, **FOLDERS}[question]
    ending = command[-1].removeprefix("{}") if question in WRITTEN else ""
    words = (*command[:-1], "{}") if ending else command
    _refused(*it.answer(words, _stand(it, place, ending)))
    it.nothing_harmed({f"daftar{ending}"} if place in PLACES and place != "missing" else set())


def _stand(it: Asked, place: str, ending: str) -> str:
    """Puts the thing there; its path."""
    if place in NAMES:
        return NAMES[place].format(victim=it.victim, new=it.new) + ("" if place.startswith(("a d", "the")) else ending)
    path = it.new / f"daftar{ending}"
    PLACES[place](path, it.victim)
    return str(path)


def test_what_a_server_s_check_reads_are_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    (tmp_path / "lingkar").symlink_to("lingkar")
    (tmp_path / "tanpa akhir").symlink_to("/dev/zero")
    with no_longer_than(SECONDS):
        for name in ("pipa", "lingkar", "tanpa akhir", "tidak ada", "."):
            assert [found.code for found in wrong_in(tmp_path / name, "x", "program")][:1] == ["missing"], name
