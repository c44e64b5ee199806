"""Keys, the look at other people's work and a resize read the same list at the same time; none is lost."""

from __future__ import annotations

import asyncio

from tests.store.office import Office
from tests.tui.driving import at_desk


async def test_reads_of_one_list_do_not_overtake_each_other(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2")
        table = desk.app.calls.list
        before = desk.text
        # An overtaken read would end the message loop that asked for it, and the keyboard with it.
        done = await asyncio.gather(*(table.reload() for _ in range(8)), table.move("down"), return_exceptions=True)
        assert done == [None] * 8 + [True]
        await desk.press("up")
        assert desk.text == before
