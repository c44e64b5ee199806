"""The look at what others did, which may come at any moment: also while a screen is being built."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import tui.screens
from tests.store.office import Office
from tests.tui.driving import at_desk
from tui.screens.base import DeskScreen
from tui.screens.help import HelpScreen
from tui.screens.locked import LockScreen
from tui.screens.palette import PaletteScreen


def screens(below: DeskScreen) -> Iterator[Callable[[], DeskScreen]]:
    """Every screen that is made out of nothing, and the two that lie above any other."""
    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    yield lambda: PaletteScreen(below)
    yield lambda: HelpScreen(below)
    to_see: list[type[DeskScreen]] = [DeskScreen]
    while to_see:
        kind = to_see.pop()
        to_see += kind.__subclasses__()
        wanted = list(inspect.signature(kind).parameters.values())
        ours = kind.__module__.startswith("tui.screens.") and kind is not LockScreen
        if ours and not kind.__subclasses__() and all(one.default is not one.empty for one in wanted):
            yield kind


async def test_a_look_that_comes_before_a_screen_is_painted_leaves_it_to_its_own_arrival(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        below, seen = desk.app.screen, 0
        assert isinstance(below, DeskScreen)
        for make in screens(below):
            screen = make()
            mounted = desk.app.push_screen(screen)
            assert desk.app.screen is screen and not screen.is_mounted
            await screen.arrival.again()  # as the look does with the screen in front
            screen.frame()
            await mounted
            await desk.settle()
            assert await screen.arrival.is_complete()
            seen += 1
            await desk.app.go(None)
        assert seen > 40
