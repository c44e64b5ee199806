"""What the pages say is so: links lead somewhere, commands exist, keys do what is written."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import report
from docs import keys
from docs.screens import make
from store.rules.outcomes import CHANNEL_KEYS, KEYS, NOT_YET_KEYS, OTHER_KEYS
from store.rules.readings import FLAGS
from tui.commands import CONTEXTS, holding, key_name

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TRANSLATED = [
    ("docs/id/telepon.md", "docs/en/telephone.md"),
    ("docs/id/berkas.md", "docs/en/files.md"),
    ("docs/id/layanan.md", "docs/en/counter.md"),
    ("docs/id/voucher.md", "docs/en/vouchers.md"),
    ("docs/id/arsip.md", "docs/en/archive.md"),
    ("docs/id/koreksi.md", "docs/en/corrections.md"),
    ("docs/id/jejak.md", "docs/en/trail.md"),
]


def code_of(page: Path) -> Iterator[str]:
    """Everything a page sets as code: between back quotes, and lines set in by four blanks."""
    text = page.read_text(encoding="utf-8")
    yield from re.findall(r"`([^`\n]+)`", text)
    yield from re.findall(r"^ {4}(\S.*)$", text, flags=re.MULTILINE)


def test_every_link_leads_to_a_file() -> None:
    links = {(page, link) for page in PAGES for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))}
    assert len(links) > 5
    broken = [f"{page.name}: {link}" for page, link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_every_make_goal_exists() -> None:
    goals = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = {goal for page in PAGES for code in code_of(page) for goal in re.findall(r"^make ([a-z]+)", code)}
    assert {"run", "test"} <= named <= goals


def loket_commands() -> list[str]:
    """The commands that the pages name, without their arguments: 'audit verify', 'import participants'."""
    codes = [code for page in PAGES for code in code_of(page)]
    found = [re.match(r"loket (?:--home \S+ )?([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)?)", code) for code in codes]
    return sorted({match[1] for match in found if match})


@pytest.mark.parametrize("command", loket_commands())
def test_every_loket_command_exists(command: str) -> None:
    words = command.split()
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert words[-1] in done.stdout


@pytest.mark.parametrize("page", [page for pair in TRANSLATED for page in pair])
def test_every_key_on_the_pages_is_a_key(page: str) -> None:
    known = {key_name(key) for command in holding(CONTEXTS) for key in command.keys} | {"g2"}
    named = {code for code in code_of(ROOT / page) if re.fullmatch(r"[a-z0-9/?:]|F[0-9]+|g[0-9]|enter|escape", code)}
    assert {key.replace("escape", "esc") for key in named} - known == set()


@pytest.mark.parametrize("page", keys.pages(), ids=lambda page: page.stem)
def test_the_tables_of_keys_are_those_of_the_commands(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<!-- keys: " in text
    assert keys.filled(text, page.parent.name) == text, "make docs"


@pytest.mark.parametrize("page", TRANSLATED[0])
def test_every_outcome_and_answer_is_explained(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.)` \|", text, flags=re.MULTILINE)
    assert [key for key in (*KEYS, "0") if key not in rows] == []
    for opener, answers in (("6", CHANNEL_KEYS), ("8", NOT_YET_KEYS), ("0", OTHER_KEYS)):
        answer = re.search(rf"^(?:After|Setelah) `{opener}`:(.*?)\n\n", text, flags=re.MULTILINE | re.DOTALL)
        assert answer is not None
        assert [key for key in answers if f"`{key}`" not in answer[1]] == []


@pytest.mark.parametrize("page", TRANSLATED[1])
def test_every_flag_is_explained(page: str) -> None:
    assert [flag for flag in FLAGS if f"`{flag}`" not in (ROOT / page).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("pair", TRANSLATED)
def test_both_languages_say_the_same(pair: tuple[str, str]) -> None:
    ours, english = (ROOT / page for page in pair)
    skeletons = [
        re.findall(r"^(#+ |\| |    \S)", page.read_text(encoding="utf-8"), re.MULTILINE) for page in (ours, english)
    ]
    assert skeletons[0] == skeletons[1]


def test_every_picture_is_shown_on_a_page_and_made_by_a_command() -> None:
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    taken = {*(shot.path for shot in make.SHOTS), report.PICTURE}
    assert shown == taken
    assert {*(ROOT / "docs").rglob("*.svg")} == taken
    assert all(path.stat().st_size < 60_000 for path in taken)


async def test_a_picture_is_the_same_every_time_and_brings_nothing_from_elsewhere() -> None:
    shot = next(shot for shot in make.SHOTS if shot.name == "home")
    first, second = [(await make.pictures([shot]))[shot] for _run in range(2)]
    assert first == second
    assert "Hadi" in first
    assert set(re.findall(r"[a-z]+://[^\s\"')]+", first)) <= {"http://www.w3.org/2000/svg"}


def test_every_promise_names_a_test_or_a_bench_that_there_is() -> None:
    lines = [line for line in (ROOT / "docs/promises.md").read_text(encoding="utf-8").splitlines() if "| `" in line]
    named = {path for line in lines for path in re.findall(r"`((?:tests|bench)/[a-z_/]+\.py)`", line)}
    assert len(lines) > 25
    assert len(named) > 35
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []
