"""Penanda tangan: whose signatures a voucher needs, post-it colours, deputies by date, when a stack is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from textual.widget import Widget

from store.errors import Invalid
from store.rules.hours import CalendarError
from store.rules.signers import DEFAULT_SIGNERS, Deputy, Signer, Signers, SignersError, signers_to_plain
from store.rules.typed_hours import read_day
from tui.i18n import _, day_words, ngettext
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece
from tui.widgets.window_table import Column, WindowTable

SIGNERS, LATE = "voucher.signers", "voucher.late_days"


class SignersScreen(SettingsDesk):
    """A line for each position."""

    def __init__(self) -> None:
        super().__init__()
        self.signers = DEFAULT_SIGNERS
        self.late = 0

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[Signer](
            (
                Column(_("Title"), lambda one: (one.title, "strong"), share=3),
                Column(_("Post-it"), lambda one: one.colour, width=14),
                Column(_("Signs today"), self._today_cell, share=3),
                Column(_("Deputy"), self._deputy_cell, share=3),
            ),
            key=lambda one: one.key,
            id="signers",
        )
        return (self.list,)

    def context(self) -> str:
        return "signers"

    def place(self) -> tuple[str, str]:
        return _("Signatories"), _("in this order") if self.signers.fixed else _("in any order")

    def is_own(self) -> bool:
        return self.signers != DEFAULT_SIGNERS

    @property
    def line(self) -> Signer | None:
        return cast("Signer | None", self.list.current)

    def _today_cell(self, one: Signer) -> Piece:
        who = one.on(self.store.today())
        return (who.name, "normal") if who.name else (_("name not known"), "muted")

    def _deputy_cell(self, one: Signer) -> Piece:
        coming = [each for each in one.deputies if each.last >= self.store.today()]
        if not coming:
            return "–", "muted"
        last = coming[-1]
        text = _("{name}, {first} to {last}")
        today = self.store.today()
        return text.format(name=last.name, first=day_words(last.first, today), last=day_words(last.last, today)), "key"

    def idle_lines(self) -> list[list[Piece]]:
        late = ngettext("A stack is late after 1 office day.", "A stack is late after {n} office days.", self.late)
        return [
            [(_("Vouchers that have their numbers keep what they say; this holds from the next one on."), "normal")],
            [(late.format(n=self.late), "muted")],
        ]

    async def read(self) -> None:
        self.signers = await self.store.stacks.signers()
        self.late = int(await self.store.office.setting(LATE))
        await self.fill(self.signers.signers)
        self.frame()

    # Changing

    async def _save(self, said: str, one: Signer | None = None, *, fixed: bool | None = None) -> None:
        """Raises Invalid for what cannot be."""
        signers = [one if one is not None and each.key == one.key else each for each in self.signers.signers]
        try:
            made = Signers(tuple(signers), self.signers.fixed if fixed is None else fixed)
        except SignersError as error:
            raise Invalid(SIGNERS, error.code, "unreadable") from error
        await self.store.office.set_setting(SIGNERS, signers_to_plain(made))
        await self.changed(said)

    async def do_signer_title(self) -> None:
        one = self.line
        if one is not None:

            async def save(text: str) -> None:
                await self._save(_("Title: {title}").format(title=text.strip()), replace(one, title=text.strip()))

            hint = _("as it stands over the signature · enter saves · esc goes back")
            await self.type_in(_("Title"), one.title, hint, save, 80)

    async def do_signer_colour(self) -> None:
        one = self.line
        if one is not None:

            async def save(text: str) -> None:
                colour = text.strip().casefold()
                await self._save(_("Post-it: {colour}").format(colour=colour), replace(one, colour=colour))

            hint = _("a word, as merah muda · enter saves · esc goes back")
            await self.type_in(_("Colour"), one.colour, hint, save, 20)

    async def do_signer_name(self) -> None:
        one = self.line
        if one is not None:
            today = self.store.today()

            async def save(text: str) -> None:
                name = " ".join(text.split())
                names = tuple(each for each in one.names if each[0] != today)
                said = _("{title}: {name} from today on").format(title=one.title, name=name)
                await self._save(said, replace(one, names=(*names, (today, name))))

            before = replace(one, deputies=()).on(today).name
            hint = _("who has the position from today on · enter saves · esc goes back")
            await self.type_in(_("Name"), before, hint, save, 80)

    async def do_signer_deputy(self) -> None:
        one = self.line
        if one is None:
            return
        today = self.store.today()

        async def days(text: str) -> None:
            first, rest = read_day(text, today.year)
            rest = rest.strip(" -–")
            last = read_day(rest, first.year)[0] if rest else first
            if last < first:  # without a year of its own it is over new year
                last = read_day(rest, first.year + 1)[0]
            if last < first:
                raise CalendarError("day-unreadable")
            await self._ask_deputy(one, first, last)

        hint = _("first and last day, as 1/8 14/8 · enter goes on · esc goes back")
        await self.type_in(_("Deputy from, until"), "", hint, days, 40)

    async def _ask_deputy(self, one: Signer, first: date, last: date) -> None:
        async def named(text: str) -> None:
            name, _comma, title = (part.strip() for part in text.partition(","))
            if not name:
                raise Invalid(SIGNERS, "", "unreadable")
            deputy = Deputy(name, title or _("acting {title}").format(title=one.title), first, last)
            said = _("{name} signs for {title}").format(name=name, title=one.title)
            await self._save(said, replace(one, deputies=(*one.deputies, deputy)))

        hint = _("name, then a comma and the title if it is another · enter saves · esc goes back")
        await self.type_in(_("Who signs for {title}").format(title=one.title), "", hint, named, 160)

    async def do_signer_deputy_off(self) -> None:
        one = self.line
        if one is None or not one.deputies:
            self.say(_("This position has no deputy."), "warn")
            return
        said = _("{name} signs no more for {title}").format(name=one.deputies[-1].name, title=one.title)
        await self._save(said, replace(one, deputies=one.deputies[:-1]))

    async def do_signer_order(self) -> None:
        fixed = not self.signers.fixed
        await self._save(_("They sign in this order") if fixed else _("They sign in any order"), fixed=fixed)

    async def do_signer_late(self) -> None:
        async def save(text: str) -> None:
            if not text.strip().isascii() or not text.strip().isdecimal():
                raise Invalid(LATE, text, "unreadable")
            await self.store.office.set_setting(LATE, int(text))
            await self.changed(
                ngettext("Late after 1 office day", "Late after {n} office days", int(text)).format(n=int(text))
            )

        hint = _("office days, 1 to 60 · enter saves · esc goes back")
        await self.type_in(_("Late after"), str(self.late), hint, save, 3)

    async def do_signer_default(self) -> None:
        await self.store.office.set_setting(SIGNERS, signers_to_plain(DEFAULT_SIGNERS))
        await self.changed(_("The signatories as Loket starts with"))
