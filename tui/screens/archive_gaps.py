"""What is missing in a box or a month, each paper with where it is instead."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.rules.archive import Gap
from store.rules.dates import format_short
from tui.i18n import _, ngettext, number
from tui.screens.archive_desk import ArchiveDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import archive


class GapsScreen(ArchiveDesk):
    """A list to read, and from which the place is opened where a file lies instead."""

    def __init__(self, done: list[Deed], about: str, gaps: Sequence[Gap]) -> None:
        super().__init__(done)
        self.about = about
        self.gaps = gaps

    def body(self) -> Sequence[Widget]:
        self.rows = gaps_table(self)
        return (self.rows,)

    def context(self) -> str:
        return "archive-gaps"

    def place(self) -> tuple[str, str]:
        return _("Archive"), _("missing in {box}").format(box=self.about)

    def idle_lines(self) -> list[list[Piece]]:
        gap = self.rows.current
        if gap is None:
            return self.told(_("Nothing is missing any more."))
        count = ngettext("1 missing", "{n} missing", self.rows.total).format(n=number(self.rows.total))
        return self.two_lines(
            [archive.gap_sentence(gap, self.today), " · ".join((count, _("enter opens where it lies")))]
        )

    async def read_again(self) -> None:
        await self.rows.fill(self.gaps)
        self.frame()

    async def do_gap_place(self) -> None:
        await open_gap(self, self.rows.current)


def gaps_table(desk: ArchiveDesk) -> WindowTable[Gap]:
    """Transactions whose paper is not where it should be."""
    return WindowTable[Gap](
        (
            Column(_("Prog."), lambda gap: gap.listed.program, width=5),
            Column(_("Code"), lambda gap: gap.listed.code, width=26),
            Column(_("Name"), lambda gap: gap.listed.name, share=2),
            Column(_("Date"), lambda gap: format_short(gap.listed.booked_on), width=10, hide_below=100),
            Column(_("Where it is"), lambda gap: (archive.gap_where(gap, desk.today), "warn"), share=3),
        ),
        key=lambda gap: (gap.listed.program, gap.listed.code),
        id="gaps",
    )


async def open_gap(desk: ArchiveDesk, gap: Gap | None) -> None:
    """The place in which a missing file lies, or a word where there is none."""
    from tui.screens.archive_box import BoxScreen  # it leads here as well

    if gap is None:
        return
    place = None if gap.paper.place_id is None else await desk.store.archive.place(gap.paper.place_id)
    if place is None:
        desk.say(archive.gap_sentence(gap, desk.today), "warn")
    else:
        await desk.loket.push_screen(BoxScreen(desk.done, place, gap.paper.archived_id))
