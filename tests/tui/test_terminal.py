"""What reaches the terminal, and what stays of a crash."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from tui.terminal import crash, environment
from tui.terminal.clipboard import copy_sequence
from tui.terminal.plain import plain
from tui.terminal.safety import ControlFilter

OBEYED = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066", "\u200f", "\u2028"]


@given(st.text(alphabet=st.one_of(st.sampled_from(OBEYED), st.characters())))
def test_nothing_a_terminal_obeys_passes_the_filter(text: str) -> None:
    painted = ControlFilter().apply([Segment(text), Segment("x")], Color(0, 0, 0))
    assert not set("".join(segment.text for segment in painted)) & set(OBEYED)
    assert not set(plain(text)) & set(OBEYED)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_passes_unchanged(text: str) -> None:
    assert plain(text) == text


def test_copying_speaks_to_the_terminal_itself_also_inside_tmux() -> None:
    payload = base64.b64encode(b"0812-3456-7890").decode()
    assert copy_sequence("0812-3456-7890", {}) == f"\x1b]52;c;{payload}\x07"
    inside = copy_sequence("0812-3456-7890", {"TMUX": "/tmp/tmux-0/default"})
    assert inside.startswith(f"\x1b]52;c;{payload}\x07\x1bPtmux;\x1b\x1b]52")
    assert inside.endswith("\x1b\\")


def test_a_crash_is_recorded_without_any_value(tmp_path: Path) -> None:
    secret = "1403091205679901"

    def fails(nik: str) -> None:
        raise ValueError(f"no such person {nik}")

    try:
        fails(secret)
    except ValueError as error:
        code = crash.record(error, tmp_path)
        again = crash.record(error, tmp_path)
    log = tmp_path / "log" / "crash.log"
    text = log.read_text(encoding="utf-8")
    assert code == again
    assert code in text
    assert "ValueError" in text
    assert "test_terminal.py" in text
    assert secret not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_crash_in_a_home_that_cannot_be_written_still_has_its_code(tmp_path: Path) -> None:
    assert crash.record(RuntimeError("x"), tmp_path / "not there").startswith("L-")


@pytest.mark.parametrize(("over_ssh", "delay"), [(True, "250"), (False, None)])
def test_the_environment_is_settled_before_the_screens_start(over_ssh: bool, delay: str | None) -> None:
    environ = {"TEXTUAL_SCREENSHOT": "1", "TEXTUAL": "debug", "COLORTERM": "truecolor", "HOME": "/x"}
    if over_ssh:
        environ["SSH_TTY"] = "/dev/pts/1"
    environment.prepare(environ)
    assert "TEXTUAL_SCREENSHOT" not in environ
    assert "TEXTUAL" not in environ
    assert environ["TEXTUAL_ANIMATIONS"] == "none"
    assert environ.get("ESCDELAY") == delay
    assert environ["HOME"] == "/x"
