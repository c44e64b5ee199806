"""Penanda tangan: whose signatures a voucher needs, post-it colours, deputies by date, when a stack is late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from textual.widget import Widget

from store.errors import Invalid, StaleEdit
from store.rules.signers import DEFAULT_SIGNERS, Deputy, Signer
from store.rules.typed_hours import read_days
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
        self._seen = DEFAULT_SIGNERS.signers  # when the line was opened
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

    async def _save(self, said: str, key: str, change: Callable[[Signer], Signer]) -> None:
        """Changes the position as it was seen when the line was opened.

        Raises Invalid for what cannot be, StaleEdit where a colleague changed that position meanwhile: then it stands
        there as it is now, and the next try is about that.
        """
        seen = next(each for each in self._seen if each.key == key)
        try:
            await self.store.settings.set_signer(seen, change(seen))
        except StaleEdit:
            await self.read()
            self._seen = self.signers.signers
            raise
        await self.changed(said)

    async def do_signer_title(self) -> None:
        one = self.line
        if one is not None:
            self._seen = self.signers.signers

            async def save(text: str) -> None:
                title = text.strip()
                await self._save(
                    _("Title: {title}").format(title=title), one.key, lambda now: replace(now, title=title)
                )

            hint = _("as it stands over the signature · enter saves · esc goes back")
            await self.type_in(f"signer title {one.key}", _("Title"), one.title, hint, save, 80)

    async def do_signer_colour(self) -> None:
        one = self.line
        if one is not None:
            self._seen = self.signers.signers

            async def save(text: str) -> None:
                colour = text.strip().casefold()
                said = _("Post-it: {colour}").format(colour=colour)
                await self._save(said, one.key, lambda now: replace(now, colour=colour))

            hint = _("a word, as merah muda · enter saves · esc goes back")
            await self.type_in(f"signer colour {one.key}", _("Colour"), one.colour, hint, save, 20)

    async def do_signer_name(self) -> None:
        one = self.line
        if one is not None:
            today = self.store.today()
            self._seen = self.signers.signers

            async def save(text: str) -> None:
                name = " ".join(text.split())

                def named(now: Signer) -> Signer:
                    others = tuple(each for each in now.names if each[0] != today)
                    return replace(now, names=(*others, (today, name)))

                said = _("{title}: {name} from today on").format(title=one.title, name=name)
                await self._save(said, one.key, named)

            before = replace(one, deputies=()).on(today).name
            hint = _("who has the position from today on · enter saves · esc goes back")
            await self.type_in(f"signer name {one.key}", _("Name"), before, hint, save, 80)

    async def do_signer_deputy(self) -> None:
        one = self.line
        if one is None:
            return
        today = self.store.today()
        self._seen = self.signers.signers

        async def days(text: str) -> None:
            await self._ask_deputy(one, *read_days(text, today.year))

        hint = _("first and last day, as 1/8 14/8 · enter goes on · esc goes back")
        await self.type_in(f"deputy {one.key}", _("Deputy from, until"), "", hint, days, 40)

    async def _ask_deputy(self, one: Signer, first: date, last: date) -> None:
        async def named(text: str) -> None:
            name, _comma, title = (part.strip() for part in text.partition(","))
            if not name:
                raise Invalid(SIGNERS, "", "unreadable")
            deputy = Deputy(name, title or _("acting {title}").format(title=one.title), first, last)
            said = _("{name} signs for {title}").format(name=name, title=one.title)
            await self._save(said, one.key, lambda now: replace(now, deputies=(*now.deputies, deputy)))

        hint = _("name, then a comma and the title if it is another · enter saves · esc goes back")
        await self.type_in(
            f"deputy {one.key} {first}", _("Who signs for {title}").format(title=one.title), "", hint, named, 160
        )

    async def do_signer_deputy_off(self) -> None:
        one = self.line
        if one is None or not one.deputies:
            self.say(_("This position has no deputy."), "warn")
            return
        said = _("{name} signs no more for {title}").format(name=one.deputies[-1].name, title=one.title)
        self._seen = self.signers.signers
        await self._save(said, one.key, lambda now: replace(now, deputies=now.deputies[:-1]))

    async def do_signer_order(self) -> None:
        fixed = not self.signers.fixed
        await self.store.settings.set_signing_order(fixed=fixed)
        await self.changed(_("They sign in this order") if fixed else _("They sign in any order"))

    async def do_signer_late(self) -> None:
        async def save(text: str) -> None:
            if not text.strip().isascii() or not text.strip().isdecimal():
                raise Invalid(LATE, text, "unreadable")
            await self.store.office.set_setting(LATE, int(text))
            await self.changed(
                ngettext("Late after 1 office day", "Late after {n} office days", int(text)).format(n=int(text))
            )

        hint = _("office days, 1 to 60 · enter saves · esc goes back")
        await self.type_in(LATE, _("Late after"), str(self.late), hint, save, 3)

    async def do_signer_default(self) -> None:
        await self.store.settings.default_signers(self.signers)
        await self.changed(_("The signatories as Loket starts with"))
