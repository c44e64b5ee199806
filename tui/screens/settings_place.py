"""Alamat: where the office is, its telephone, and the way to it, as the quick answers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from textual.widget import Widget

from store.office import PLACE
from store.value_class import value_class
from tui.i18n import N_, _
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece, wrap
from tui.widgets.window_table import Column, WindowTable
from tui.words import settings

HINTS: Final[dict[str, str]] = {
    "office.address": N_("street and number, village, district, town, postal code · enter saves · esc goes back"),
    "office.phone": N_("as people dial it: (0765) 91234 · enter saves · esc goes back"),
    "office.way": N_("as one tells it: from where, which turn, beside what · enter saves · esc goes back"),
}


@value_class
class PlaceLine:
    """One line of it, by its setting."""

    key: str
    value: str


class PlaceScreen(SettingsDesk):
    """Three lines; enter types the one under the cursor."""

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[PlaceLine](
            (
                Column(_("Setting"), lambda one: _(settings.SETTINGS[one.key]), width=22),
                Column(_("Now"), lambda one: one.value or (_("not written down yet"), "muted")),
            ),
            key=lambda one: one.key,
            id="place",
        )
        return (self.list,)

    def context(self) -> str:
        return "office-place"

    def place(self) -> tuple[str, str]:
        return _("Address and way"), self.loket.me.office

    @property
    def line(self) -> PlaceLine | None:
        return cast("PlaceLine | None", self.list.current)

    async def moved(self) -> None:
        self.frame()

    def idle_lines(self) -> list[list[Piece]]:
        """The whole of the line under the cursor, as far as two lines go."""
        one = self.line
        told = one.value if one is not None and one.value else _("What stands here is read out to people who ask.")
        return [[(row, "normal")] for row in wrap(told, self.size.width - 1, 2)]

    async def read(self) -> None:
        await self.fill([PlaceLine(key, str(await self.store.office.setting(key))) for key in PLACE])

    async def do_place_edit(self) -> None:
        one = self.line
        if one is None:
            return

        async def save(text: str) -> None:
            await self.store.office.set_setting(one.key, " ".join(text.split()))
            await self.changed(_("{setting}: saved").format(setting=_(settings.SETTINGS[one.key])))

        await self.type_in(one.key, _(settings.SETTINGS[one.key]), one.value, _(HINTS[one.key]), save, PLACE[one.key])
