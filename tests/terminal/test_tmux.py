"""Copying a number inside the real tmux: what the pages say it needs is what it needs."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal, loket, opened
from tests.terminal.office import Caller, TerminalOffice

SAID = "set -g set-clipboard on"
PAGES = [Path(__file__).parents[2] / "docs" / name for name in ("id/telepon.md", "en/telephone.md")]

# tmux writes to what it reads from; the driver opens that for reading alone.
_ON_BOTH_WAYS = ("/bin/sh", "-c", 'exec "$@" <>"$LOKET_TEST_TTY"', "sh")


@contextmanager
def in_tmux(office: TerminalOffice, folder: Path, *lines: str) -> Iterator[Terminal]:
    """Loket in a tmux of its own with these lines in its configuration."""
    if shutil.which("tmux") is None:
        pytest.skip("install tmux: copying inside it is left out")
    settings, socket = folder / "tmux.conf", folder / "tmux"
    settings.write_text("\n".join(("set -g status off", *lines, "")))
    tmux = ("tmux", "-f", str(settings), "-S", str(socket))
    try:
        command = (*_ON_BOTH_WAYS, *tmux, "new-session", *loket(office.home, "--lang", "en"))
        with opened(command, environment=office.environment) as terminal:
            yield terminal
    finally:
        subprocess.run((*tmux, "kill-server"), capture_output=True, timeout=20, check=False)


@pytest.mark.parametrize(("lines", "arrives"), [((SAID,), True), (("set -g set-clipboard off",), False)])
def test_the_number_reaches_the_clipboard_outside(
    office: TerminalOffice, tmp_path: Path, lines: tuple[str, ...], arrives: bool
) -> None:
    with in_tmux(office, tmp_path, *lines) as terminal:
        caller = Caller(terminal)
        caller.start()
        terminal.idle()
        terminal.press("c")
        terminal.wait_for("clipboard")
        terminal.idle()
        local = "0" + caller.number.removeprefix("+62")
        assert copied(terminal) == ([local] if arrives else [])


def copied(terminal: Terminal) -> list[str]:
    """The digits of what the outer terminal was asked to copy."""
    payloads = re.findall(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)", bytes(terminal.output))
    return [re.sub("[^0-9]", "", base64.b64decode(payload).decode()) for payload in payloads]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pages_say_it(page: Path) -> None:
    assert f"`{SAID}`" in page.read_text(encoding="utf-8")
