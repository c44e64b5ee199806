"""Takes the pictures of the screens for the pages: `make screenshots`.

Loket itself runs on a practice office whose clock stands still, is driven by keys, and draws what it shows as SVG. The
same office, keys and version of the terminal library give the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from docs.screens.office import CALLERS, HEAD, Clock, made
from store import Store, open_store
from tui.terminal.environment import prepare

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.shell import LoketApp

HERE = Path(__file__).parent
BUDI, CICI = CALLERS
WIDE = (120, 40)
FONT = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
RANGE = tuple({"-": "minus", ".": "full_stop"}.get(sign, sign) for sign in "2023-01..2023-07")
CALLER = "8499"
"""The last digits of the number of somebody on the list."""
ROUNDS = 100
"""Most looks until the screen has to stand still."""


@dataclass(frozen=True)
class Shot:
    """One picture: who sits there, and the keys from the first screen on; ':settings' is a command of the menu."""

    name: str
    keys: tuple[str, ...] = ()
    login: str = BUDI
    lang: str = "id"
    size: tuple[int, int] = (80, 24)
    others: tuple[str, ...] = ()  # who holds somebody meanwhile

    @property
    def path(self) -> Path:
        """Where it stands."""
        return HERE / self.lang / f"{self.name}.svg"


def _in_both(name: str, *keys: str, login: str = BUDI, size: tuple[int, int] = (80, 24)) -> tuple[Shot, Shot]:
    return Shot(name, keys, login, "id", size), Shot(name, keys, login, "en", size)


SHOTS = (
    *_in_both("home", login=HEAD),
    *_in_both("list", "f2"),
    *_in_both("card", "f2", "enter", "v"),
    *_in_both("card-wide", "f2", "enter", "v", size=WIDE),
    *_in_both("callback", "f2", "enter", "5"),
    *_in_both("help", "f2", "enter", "f1"),
    *_in_both("check", "f2", "k"),
    Shot("supervision", ("f2", "w"), HEAD, others=CALLERS),
    Shot("supervision", ("f2", "w"), HEAD, "en", others=CALLERS),
    *_in_both("division", ":division", "2", login=HEAD),
    *_in_both("recap", "f7", "r", "ctrl+u", *RANGE, "enter", login=HEAD),
    *_in_both("counter", "f3", "slash", *CALLER, "enter", "v", "4"),
    *_in_both("assist", ":assists", "enter"),
    *_in_both("answers", ":answers", "2"),
    *_in_both("followups", "f9"),
    *_in_both("person", "f8", *"99560000101", "enter"),
    *_in_both("incoming", "f7", "l", login=HEAD),
    *_in_both("worklist", "f4", "enter", "down"),
    *_in_both("settings", ":settings", login=HEAD),
    *_in_both("import", "i", "enter", "enter", "down", login=HEAD),
)


def drawn(svg: str) -> str:
    """The picture without what comes from elsewhere: no font from a server, no number of its own in the names."""
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{.*?\}\n", "", re.sub(r"terminal-[0-9]+", "t", svg), flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {FONT};", svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip("\n") + "\n"


async def taken(shot: Shot, office: Path, now: datetime) -> str:
    """The picture as SVG; the office stays as it is."""
    from tui.shell import LoketApp

    async with AsyncExitStack() as ends:
        home = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="loket-"))) / "office"
        shutil.copytree(office, home)
        clock = Clock(now)
        for login in shot.others:
            store = await open_store(home, login=login, clock=clock)
            ends.push_async_callback(store.close)
            await store.queue.claim()

        async def opened() -> Store:
            return await open_store(home, login=shot.login, clock=clock)

        app = LoketApp(opened, shot.lang)
        app.held_down = 0.0
        async with app.run_test(size=shot.size) as pilot:
            await _still(app, pilot)
            for key in shot.keys:
                await _do(app, pilot, key)
                await _still(app, pilot)
            return drawn(app.export_screenshot(title="Loket", simplify=True))


async def _do(app: LoketApp, pilot: Pilot[int], key: str) -> None:
    from tui import commands
    from tui.screens.base import DeskScreen

    if not key.startswith(":"):
        await pilot.press(key)
    elif isinstance(app.screen, DeskScreen):
        await app.screen.press(commands.by_id(key[1:]))


async def _still(app: LoketApp, pilot: Pilot[int]) -> None:
    """Waits until nothing works in the background and two looks at the screen show the same."""
    before: list[str] = []
    for _round in range(ROUNDS):
        await app.workers.wait_for_complete()
        await pilot.pause()
        now = ["".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()]
        if now == before and not app._answering:
            return
        before = now
    raise RuntimeError("the screen does not come to rest")


async def pictures(shots: Iterable[Shot]) -> dict[Shot, str]:
    """The pictures of a new office."""
    with tempfile.TemporaryDirectory(prefix="loket-") as folder:
        office = Path(folder) / "office"
        now = await made(office)
        return {shot: await taken(shot, office, now) for shot in shots}


def main() -> None:
    """Write all pictures; those that no shot makes any more go."""
    os.environ.pop("NO_COLOR", None)
    prepare()
    done = asyncio.run(pictures(SHOTS))
    os.umask(0o022)  # opening an office made it narrower
    for old in {*HERE.glob("*/*.svg")} - {shot.path for shot in SHOTS}:
        old.unlink()
    for shot, svg in done.items():
        shot.path.parent.mkdir(exist_ok=True)
        shot.path.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
