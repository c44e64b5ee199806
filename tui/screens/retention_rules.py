"""How long each kind of people's data is kept, and who is held out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.widget import Widget

from store.drafts import of_person
from store.erasure_rows import RuleRow, SuspensionRow
from store.errors import Invalid, NotFound
from store.rules.dates import format_short, read_date
from store.rules.erasures import AskedBy
from tui.commands import Command, Facts, holding
from tui.i18n import WIB, _
from tui.screens.deeds import ListDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import erasures


class DataRulesScreen(ListDesk):
    """A line for each kind; enter types the years and the basis, the head confirms."""

    drafts = "retention:rule "

    def __init__(self) -> None:
        super().__init__([])

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[RuleRow](
            (
                Column(_("Kind of data"), lambda row: (erasures.kind(row.kind), "strong"), share=2),
                Column(_("Kept"), _kept, share=3),
                Column(_("In force"), _force, width=16),
                Column(_("Basis"), lambda row: row.basis, share=3, hide_below=100),
            ),
            key=lambda row: row.kind,
            id="data-rules",
        )
        return (self.rows,)

    def context(self) -> str:
        return "retention-rules"

    def place(self) -> tuple[str, str]:
        return _("Data kept"), _("rules")

    def facts(self) -> Facts:
        me, row = self.loket.me, self.rows.current
        known = row is not None and row.years is not None
        force = row is not None and row.in_force
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            proposed=known and not force,
            approved=force,
        )

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        if row is None:
            return self.told("")
        goes = _("goes: {what}").format(what=_(erasures.GOES[row.kind]))
        told = " · ".join(filter(None, (erasures.rule_state(row), row.basis)))
        return [[(told, "normal")], [(goes, "muted")]]

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.erasures.rules())
        self.frame()

    async def do_rule_edit(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def typed(text: str) -> None:
            value = text.strip()
            if not (value.isascii() and value.isdecimal() and 1 <= int(value[:4]) <= 100):
                raise Invalid("retention.years", value, "unreadable")
            await self._ask_basis(row, int(value))

        start = str(row.years or "")
        hint = _("whole years {after}, 1 to 100; Loket offers {n}, no law").format(
            after=_(erasures.AFTER[row.kind]), n=row.proposed
        )
        await self.line(f"{row.kind} years", PromptLine(erasures.kind(row.kind), start, hint, 4), typed)

    async def _ask_basis(self, row: RuleRow, years: int) -> None:
        async def typed(basis: str) -> None:
            await self.store.erasures.set_rule(row.kind, years, basis, row.version)
            said = _("{kind}: set, waits for the head's yes (t)").format(kind=erasures.kind(row.kind))
            await self.did(said, None)

        hint = _("decree, agency rule or decision · enter saves · esc goes back")
        await self.ask_words(f"{row.kind} basis", PromptLine(_("Basis"), row.basis, hint, 300), typed)

    async def do_rule_confirm(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def confirm() -> None:
            await self.store.erasures.confirm_rule(row.kind, row.version)
            await self.did(_("{kind}: in force").format(kind=erasures.kind(row.kind)), None)

        text = _("Confirm: {kind} are kept {rule}? What is older can be proposed then.")
        self.confirm(text.format(kind=erasures.kind(row.kind), rule=erasures.rule_text(row)), confirm)

    async def do_rule_stop(self) -> None:
        row = self.rows.current
        if row is not None:
            await self.store.erasures.stop_rule(row.kind, row.version)
            await self.did(_("{kind}: no longer in force").format(kind=erasures.kind(row.kind)), None)


def _kept(row: RuleRow) -> Piece:
    return (erasures.rule_text(row), "normal") if row.years is not None else (_("nobody has said"), "muted")


def _force(row: RuleRow) -> Piece:
    if row.confirmed_at is not None:
        return _("since {day}").format(day=format_short(row.confirmed_at.astimezone(WIB).date())), "good"
    return (_("waits for the head"), "warn") if row.years is not None else (_("no"), "muted")


class SuspendDesk(ListDesk):
    """A screen from which somebody is held out: at whose wish, why, until when."""

    drafts = "retention:"

    def __init__(self) -> None:
        super().__init__([])
        self._whom: tuple[int, str] | None = None

    def suspend(self, participant_id: int, name: str) -> None:
        """Begins with the question at whose wish it is."""
        self._whom = (participant_id, name)
        choices = [(command.keys[0], _(command.label)) for command in holding(("retention-who",))]
        self.ask("retention-who", _("Hold {name} out: at whose wish?").format(name=name), choices)

    async def do(self, command: Command) -> None:
        if command.id.startswith("asked-by-") and self._whom is not None:
            self.asking = ""
            await self._ask_why(*self._whom, AskedBy(command.id.removeprefix("asked-by-")))
        else:
            await super().do(command)

    async def _ask_why(self, person_id: int, name: str, asked_by: AskedBy) -> None:
        async def typed(why: str) -> None:
            await self._ask_until(person_id, name, asked_by, why)

        hint = _("a few words, kept in the record · enter goes on · esc goes back")
        await self.ask_words(f"why{of_person(person_id)}", PromptLine(_("Why"), "", hint, 200), typed)

    async def _ask_until(self, person_id: int, name: str, asked_by: AskedBy, why: str) -> None:
        async def typed(text: str) -> None:
            until: date | None = None
            if text.strip():
                until = read_date(text, field="until").value
                if until is None:
                    raise Invalid("until", text, "unreadable")
            await self.store.erasures.suspend(person_id, asked_by, why, until)
            await self.did(_("{name} is held out; nothing of theirs goes").format(name=name), None)

        hint = _("last day: 31-12-2026; nothing: until lifted · enter saves")
        await self.line(f"until{of_person(person_id)}", PromptLine(_("Until"), "", hint, 20), typed)


class HeldScreen(SuspendDesk):
    """Who is held out, the newest first."""

    def body(self) -> Sequence[Widget]:
        self.rows = WindowTable[SuspensionRow](
            (
                Column(_("Name"), lambda row: row.name or "–", share=2),
                Column(_("Card"), lambda row: row.card, width=9),
                Column(_("Since"), lambda row: format_short(row.at.astimezone(WIB).date()), width=11),
                Column(_("Until"), _until, width=16),
                Column(_("Why"), lambda row: row.why, share=3),
            ),
            key=lambda row: row.suspension_id,
            id="data-held",
        )
        return (self.rows,)

    def context(self) -> str:
        return "retention-held"

    def place(self) -> tuple[str, str]:
        return _("Data kept"), _("suspended")

    def idle_lines(self) -> list[list[Piece]]:
        row = self.rows.current
        if row is None:
            return self.told(_("Nobody is held out. n holds somebody out, by the card."))
        told = f"{erasures.suspension_text(row)} · {row.by}"
        return [[(told, "normal")], [(self.rows.position(), "muted")]]

    async def read_again(self) -> None:
        await self.rows.fill(await self.store.erasures.suspensions())
        self.frame()

    async def do_held_new(self) -> None:
        async def typed(text: str) -> None:
            kpj = text.strip()
            found = [row for row in await self.store.persons.find(kpj, 5) if row.kpj == kpj]
            if not found:
                raise NotFound("participant", kpj)
            self.suspend(found[0].participant_id, found[0].name)

        hint = _("the whole card (KPJ) · enter goes on · esc goes back")
        await self.ask_words("card", PromptLine(_("Card"), "", hint, 20), typed)

    async def do_held_lift(self) -> None:
        row = self.rows.current
        if row is None:
            return

        async def typed(why: str) -> None:
            await self.store.erasures.lift(row.suspension_id, row.version, why)
            await self.did(_("Lifted: the rules hold again for {name}").format(name=row.name or row.card), None)

        hint = _("a few words · enter lifts it · esc goes back")
        await self.ask_words(f"lift {row.suspension_id}", PromptLine(_("Why"), "", hint, 200), typed)


def _until(row: SuspensionRow) -> str:
    return _("until it is lifted") if row.until is None else format_short(row.until)
