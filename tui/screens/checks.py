"""Cek status klaim: one person after the other to look up in Smile, one key an answer (design.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.checks import CheckCounts, CheckRow, SmileSays
from store.errors import StaleEdit, StoreError
from tui.commands import Command, Facts, holding
from tui.i18n import _
from tui.screens.revealing import RevealDesk
from tui.widgets.card import CardView
from tui.widgets.check_card import check_lines, nobody_lines, short
from tui.widgets.choices import legend
from tui.widgets.ink import Piece
from tui.words import checks


class ChecksScreen(RevealDesk):
    """Lies above the screen it was opened from; whoever is shown is kept from colleagues until it closes."""

    def __init__(self) -> None:
        super().__init__()
        self.row: CheckRow | None = None
        self.counts = CheckCounts(0, 0, 0)
        self.gone = False
        self._opened = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.view = CardView(id="check")
        return (self.view,)

    def reveal_of(self) -> tuple[int, str] | None:
        return None if self.row is None else (self.row.participant_id, self.row.name)

    def reveal_why(self) -> str:
        return _("Status check in Smile")

    def context(self) -> str:
        return "checks"

    def place(self) -> tuple[str, str]:
        return _("Status check in Smile"), ""

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            shown=row is not None,
            nik=row is not None and bool(row.nik),
        )

    def idle_lines(self) -> list[list[Piece]]:
        far: list[Piece] = [(checks.how_far(self.counts), "normal")]
        if self.row is None:
            return [[(_("esc goes back"), "muted")], far]
        answers = [command for command in holding(("checks",)) if command.keys[0].isdecimal()]
        return [legend((answers,), self.size.width - 1)[0], far]

    # Reading

    async def arrived(self) -> None:
        if self._opened:
            await self.others_changed()
            return
        self._opened = True
        await self._show(await self.store.checks.next())
        if self.row is not None and self.row.parked:
            self.say(_("The list goes on where Smile stood still."), "muted")

    async def others_changed(self) -> None:
        row = self.row
        if row is None:
            self.counts = await self.store.checks.counts()
            if self.counts.waiting > self.counts.with_others:
                await self._show(await self.store.checks.next())
            return
        now = await self.store.checks.still(row)
        # Whoever is being looked up stays on screen: the next key must not meet another person.
        await self._show(now or row, gone=now is None)

    async def _show(self, row: CheckRow | None, *, gone: bool = False) -> None:
        self.row, self.gone = row, gone
        self.counts = await self.store.checks.counts()
        counts, now = self.counts, self.loket.now()
        if row is None:
            self.view.draw(lambda width, _height: nobody_lines(counts, width))
        else:
            self.view.draw(lambda width, height: check_lines(row, now, width, height, gone=gone))
        self.frame()

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit) and self.row is not None:
            await self._show(await self.store.checks.next(skip=self.row.participant_id))
            self.say(_("Settled by a colleague meanwhile, nothing written; this is the next one."), "warn")

    # Answers

    async def do(self, command: Command) -> None:
        """The family of answers: 'smile-claimed' and so on."""
        if not command.id.startswith("smile-"):
            await super().do(command)
            return
        row = self.row
        if row is None:
            return
        says = SmileSays(command.id.removeprefix("smile-"))
        following = await self.store.checks.answer(row, says)
        self.loket.saved()
        await self.loket.refresh_office()
        await self._show(following)
        self.say(_(checks.SAID[says]).format(name=short(row.name)), "good")

    async def do_undo(self) -> None:
        row = await self.store.checks.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self._show(row)
        self.say(_("Undone; to be looked up again: {name}").format(name=short(row.name)), "good")

    async def do_skip(self) -> None:
        row = self.row
        if row is not None:
            following = await self.store.checks.next(skip=row.participant_id)
            await self._show(following or (None if self.gone else row))
            if following is None:
                self.say(_("There is nobody else to look up."), "warn")

    async def do_copy_kpj(self) -> None:
        if self.row is not None:
            self._copy("KPJ", self.row.kpj)

    async def do_copy_nik(self) -> None:
        if self.row is not None and self.row.nik:
            self._copy("NIK", self.row.nik)

    def _copy(self, what: str, text: str) -> None:
        self.loket.copy(text)
        said = _("{what} {text} is on the clipboard (if your terminal allows it).")
        self.say(said.format(what=what, text=text), "good")

    # Leaving

    async def do_park(self) -> None:
        row = self.row
        if row is not None:
            await self.store.checks.park(row)
            said = _("Smile is down: next time the list goes on at {name}.")
            self.loket.message = (said.format(name=short(row.name)), "warn")
            self.dismiss()

    async def leave_prompt(self) -> None:
        """Another desk comes to the front: colleagues may look this person up."""
        await super().leave_prompt()
        await self.store.checks.leave()

    async def step_back(self) -> None:
        await self.store.checks.leave()
        self.dismiss()
