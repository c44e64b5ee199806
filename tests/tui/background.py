"""Driving screens that work in the background: each key waits until that has ended."""

from __future__ import annotations

from tests.tui.driving import Desk


async def rest(desk: Desk) -> Desk:
    """Wait until what works in the background has ended and the screen shows it."""
    await desk.app.workers.wait_for_complete()
    await desk.settle()
    return desk


async def press(desk: Desk, *keys: str) -> Desk:
    """Press keys, each when nothing works in the background any more."""
    for key in keys:
        await desk.press(key)
        await rest(desk)
    return desk


def line_with(desk: Desk, *texts: str) -> str:
    """The first line on screen that holds all these texts."""
    for line in desk.lines:
        if all(text in line for text in texts):
            return line
    raise AssertionError(f"no line with {texts}:\n{desk.text}")
