"""tui -> printing -> store, one direction: as it is written, and as it runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(found.name)
print(*{name.partition(".")[0] for name in sys.modules})
"""


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The top packages that a fresh interpreter holds after the code."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def loaded_by_loket(*arguments: str) -> tuple[str, set[str]]:
    """What `loket` prints, and the top packages it loaded for that."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tui", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    imports = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    complaints = [line for line in done.stderr.splitlines() if line not in imports]
    assert (done.returncode, complaints) == (0, [])
    return done.stdout, {line.rpartition("|")[2].strip().partition(".")[0] for line in imports}


@pytest.mark.parametrize("package", ["store", "printing"])
def test_what_the_office_knows_and_prints_runs_without_a_terminal(package: str) -> None:
    loaded = loaded_by(IMPORT_ALL, package)
    assert package in loaded
    assert not loaded & {"textual", "rich", "tui"}


def test_the_store_runs_without_paper() -> None:
    assert "printing" not in loaded_by(IMPORT_ALL, "store")


def test_the_command_line_runs_without_screens() -> None:
    loaded = loaded_by(IMPORT_ALL, "tui.cli")
    assert "store" in loaded
    assert not loaded & {"textual", "rich"}


@pytest.mark.parametrize("question", ["--help", "--version"])
def test_a_question_is_answered_without_loading_screens_or_database(question: str) -> None:
    answer, loaded = loaded_by_loket(question)
    assert "loket" in answer.lower()
    assert not loaded & {"textual", "rich", "peewee", "cysqlite", "psycopg", "phonenumbers", "holidays"}


def test_a_merge_loads_no_screens_and_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("KPJ;NAMA\n21000000001;SITI\n", encoding="utf-8")
    _said, loaded = loaded_by_loket("merge", str(tmp_path / "a.csv"), "-o", str(tmp_path / "b.csv"))
    assert (tmp_path / "b.csv").exists()
    assert not loaded & {"textual", "peewee", "cysqlite", "psycopg", "phonenumbers", "holidays"}


SCREENS_LOADED = """
import sys, tui.shell
print(*(name.removeprefix("tui.screens.") for name in sys.modules if name.startswith("tui.screens.")))
print(*{name.partition(".")[0] for name in sys.modules})
print(*(name for name in sys.modules if name.startswith("store.migrations.m")))
"""


def test_the_first_screen_comes_without_the_others_and_without_what_is_for_files_and_paper() -> None:
    loaded = loaded_by(SCREENS_LOADED)
    assert loaded >= {"textual", "peewee", "store", "base", "home", "home_today"}
    assert not loaded & {"calls", "counter", "vouchers", "archive", "recaps", "settings", "merge", "worklist"}
    assert not loaded & {"psycopg", "phonenumbers", "holidays", "xlsxwriter", "reportlab", "python_calamine"}
    assert not loaded & {"pypdf", "pdfminer", "segno", "openpyxl"}
    assert not {name for name in loaded if name.startswith("store.migrations.")}


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("store/smuggled.py", "import textual", "store and printing know nothing of the terminal"),
        ("store/smuggled.py", "import printing", "tui -> printing -> store, one direction"),
        ("printing/smuggled.py", "import tui", "tui -> printing -> store, one direction"),
        ("tui/screens/smuggled.py", "import peewee", "tui asks the store's door, never the database"),
    ],
)
def test_an_import_against_the_direction_is_found(tmp_path: Path, module: str, line: str, broken: str) -> None:
    for package in ("tui", "printing", "store"):
        for init in (ROOT / package).rglob("__init__.py"):
            copy = tmp_path / init.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    linter = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    before = subprocess.run(linter, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert before.returncode == 0, before.stdout
    (tmp_path / module).write_text(f"{line}\n")
    after = subprocess.run(linter, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert after.returncode != 0
    assert f"{broken} BROKEN" in after.stdout
