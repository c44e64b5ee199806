"""One line of a list after the other to look up in Smile, one key an answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from store.errors import StaleEdit, StoreError
from store.lookup_rows import LineRow, ListRow
from store.rules.lookups import MOST_MONTHS, Answer, LookupKind
from tui.commands import Command, Facts, holding
from tui.i18n import _
from tui.kept import open_kept
from tui.screens.deeds import KeyDesk
from tui.widgets.card import CardView
from tui.widgets.check_card import short
from tui.widgets.choices import legend
from tui.widgets.ink import Piece, cut
from tui.widgets.lookup_card import lookup_lines, nobody_lines
from tui.widgets.prompt import PromptLine
from tui.words import lookups


class LookupScreen(KeyDesk):
    """Lies above the lists; whoever is shown is kept from colleagues until it closes."""

    desk = "desk-corrections"
    drafts = "lookup:"

    def __init__(self, listed: ListRow) -> None:
        super().__init__()
        self.listed = listed
        self.row: LineRow | None = None
        self.shown: dict[str, str] = {}
        self._opened = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.view = CardView(id="check")
        return (self.view,)

    def context(self) -> str:
        return "lookup-contributions" if self.listed.kind is LookupKind.CONTRIBUTIONS else "lookup-status"

    def contexts(self) -> tuple[str, ...]:
        return super().contexts() if self.asking else (self.context(), "lookup", "plain", "always")

    def place(self) -> tuple[str, str]:
        return _("Look up in Smile"), cut(self.listed.name, 40)

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            shown=row is not None,
            nik=row is not None and bool(row.nik),
            kpj=row is not None and bool(row.kpj),
        )

    def idle_lines(self) -> list[list[Piece]]:
        far: list[Piece] = [(lookups.how_far(self.listed), "normal")]
        if self.row is None:
            return [[(_("esc goes back"), "muted")], far]
        return [legend((holding((self.context(),)),), self.size.width - 1)[0], far]

    # Reading

    async def arrived(self) -> None:
        if self._opened and self.row is not None:
            await self.others_changed()
            return
        self._opened = True
        await self._show(await self.store.lookups.next(self.listed.list_id))
        if self.row is not None and self.row.parked:
            self.say(_("The list goes on where Smile stood still."), "muted")

    async def others_changed(self) -> None:
        row = self.row
        if row is None:
            self.listed = await self.store.lookups.one(self.listed.list_id)
            if self.listed.lines - self.listed.answered > self.listed.with_others:
                self.slipped()
                await self._show(await self.store.lookups.next(self.listed.list_id))
            return
        # Whoever is looked up stays on screen: the next key must not meet another person.
        now = await self.store.lookups.still(row.line_id) or row
        if self.row is not row:
            return  # a key has brought somebody else meanwhile
        if now != row:
            self.slipped()
        await self._show(now)

    async def _show(self, row: LineRow | None) -> None:
        if row is None or self.row is None or row.line_id != self.row.line_id:
            self.shown = {}
        self.row = row
        self.listed = await self.store.lookups.one(self.listed.list_id)
        self._paint()
        self.frame()

    def _paint(self) -> None:
        row, shown, listed = self.row, dict(self.shown), self.listed
        if row is None:
            self.view.draw(lambda width, _height: nobody_lines(listed, width))
        else:
            self.view.draw(lambda width, height: lookup_lines(row, shown, width, height))

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit) and self.row is not None:
            await self._show(await self.store.lookups.still(self.row.line_id))
            self.say(_("A colleague wrote here meanwhile, nothing written; this is how it stands now."), "warn")

    # Answers

    async def do(self, command: Command) -> None:
        """The family of answers: 'found-paid_up' and so on."""
        if self.row is None:
            return
        answer = Answer.NOT_FOUND if command.id.startswith("gone-") else Answer(command.id.removeprefix("found-"))
        if answer is Answer.ARREARS:
            await self._ask_months(self.row)
        else:
            await self._keep(self.row, answer)

    async def _ask_months(self, row: LineRow) -> None:
        async def entered(text: str) -> None:
            typed = text.strip()
            if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= MOST_MONTHS):
                await self._ask_months(row)
                self.say(_("“{text}” is no number of months. For example: 3").format(text=typed), "warn")
                return
            await self._keep(row, Answer.ARREARS, int(typed) if typed else None)

        hint = _("how many months · enter alone leaves it open · esc goes back")
        await open_kept(self, f"months {row.line_id}", PromptLine(_("Months in arrears"), "", hint, 8), entered)

    async def _keep(self, row: LineRow, answer: Answer, months: int | None = None) -> None:
        following = await self.store.lookups.answer(row, answer, months)
        self.loket.saved()
        await self._show(following)
        said = _("{answer} · u undoes · {name}")
        words = _(lookups.ANSWERS[answer])
        self.say(said.format(answer=words[:1].upper() + words[1:], name=short(lookups.who(row))), "good")

    async def do_undo(self) -> None:
        row = await self.store.lookups.undo(self.listed.list_id)
        self.loket.saved()
        await self._show(row)
        self.say(_("Undone; to be looked up again: {name}").format(name=short(lookups.who(row))), "good")

    async def do_line_note(self) -> None:
        row = self.row
        if row is None:
            return

        async def entered(text: str) -> None:
            await self.store.lookups.note(row, text)
            self.loket.saved()
            await self._show(await self.store.lookups.still(row.line_id))

        prompt = PromptLine(_("Note"), row.note, _("enter keeps it · esc goes back"), 200)
        await self.line(f"note {row.line_id}", prompt, entered)

    async def do_line_skip(self) -> None:
        row = self.row
        if row is not None:
            following = await self.store.lookups.next(self.listed.list_id, skip=row)
            await self._show(following or (None if row.answer else row))
            if following is None:
                self.say(_("There is nobody else to look up."), "warn")

    async def do_line_nik(self) -> None:
        await self._copy("nik", _("NIK"))

    async def do_line_kpj(self) -> None:
        await self._copy("kpj", _("KPJ"))

    async def _copy(self, field: str, what: str) -> None:
        if self.row is not None:
            self.shown[field] = await self.store.lookups.value(self.row, field)
            self.loket.copy(self.shown[field])
            self._paint()
            self.say(_("On the clipboard, if your terminal allows it: {what}").format(what=what), "good")

    # Leaving

    async def do_line_down(self) -> None:
        row = self.row
        if row is not None:
            await self.store.lookups.park(row)
            said = _("Smile is down: next time the list goes on at {name}.")
            self.loket.message = (said.format(name=short(lookups.who(row))), "warn")
            self.dismiss()

    async def leave_prompt(self) -> None:
        """Another desk comes to the front: colleagues may look this line up."""
        await super().leave_prompt()
        await self.store.lookups.leave(self.listed.list_id)

    async def step_back(self) -> None:
        await self.store.lookups.leave(self.listed.list_id)
        self.dismiss()
