"""The guided first call beside whatever screen is in front: begun, led on by what is done, left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import practice
from tui.i18n import _

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen


async def saw(screen: DeskScreen, facts: set[str]) -> None:
    """Something was done: the guide goes on to the next step."""
    guide = screen.loket.guide
    if guide.saw(facts):
        await screen.guarded(lambda: screen.store.drafts.save(practice.DRAFT, guide.kept))
        screen.frame()


async def begin_or_leave(screen: DeskScreen) -> None:
    """Starts the guided first call, or leaves it. Raises what the store raises."""
    guide = screen.loket.guide
    if guide.leading:
        guide.leave()
        await screen.store.drafts.clear(practice.DRAFT)
        screen.say(_("The guide is closed; {key} or F10 starts it again.").format(key=practice.LEAVE), "muted")
    else:
        guide.begin()
        await screen.store.drafts.save(practice.DRAFT, "")
        screen.say(_("The guide leads through a first call; {key} closes it.").format(key=practice.LEAVE), "muted")
