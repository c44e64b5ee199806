"""One hidden value of the person under the cursor, for 30 seconds, in the question strip."""

from __future__ import annotations

from datetime import date
from typing import Final

from textual.timer import Timer

from store.reveals import Hidden, Revealed
from store.rules.phones import format_display
from tui.commands import Command, holding
from tui.i18n import _, long_date, number
from tui.kept import LINES, open_kept
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece, cut
from tui.widgets.prompt import PromptLine
from tui.words import calls
from tui.words.reasons import FIELDS

SHOWN_FOR: Final = 30.0
"""Seconds."""

REASON: Final = "reveal"
"""The key of the draft of a reason that is typed."""

FAMILY: Final = "show-"


class RevealDesk(DeskScreen):
    """The part of a screen with people on it: the screen says who is under the cursor, and what the work is."""

    def __init__(self) -> None:
        super().__init__()
        self._revealed: tuple[int, str, Revealed] | None = None  # participant, name, value
        self._wanted: tuple[int, str] | None = None  # whose value is asked for
        self._until: Timer | None = None

    def reveal_of(self) -> tuple[int, str] | None:
        """The person (id, name) under the cursor."""
        return None

    def reveal_why(self) -> str:
        """The work in hand that needs it, '' where that has to be asked."""
        card = self.loket.calls.card if self.loket.holding() else None
        if card is None or self._wanted is None or card.participant_id != self._wanted[0]:
            return ""
        return _("call: {campaign}").format(campaign=calls.kind_period(card.kind, card.period))

    # Asking

    async def do_reveal(self) -> None:
        self.hide_again()
        self._wanted = self.reveal_of()
        if self._wanted is None:
            self.say(_("Nobody stands under the cursor here. F8 finds a person."), "warn")
            return
        known = {_identity(*each) for each in await self.store.reveals.fields(self._wanted[0])}
        offered = [c for c in holding(("pick-hidden",)) if c.id.removeprefix(FAMILY) in known]
        if not offered:
            self.say(
                _("Nothing of {name} is hidden: nothing is on record.").format(name=cut(self._wanted[1], 40)), "warn"
            )
            return
        choices = [(command.keys[0], _(command.label)) for command in offered]
        self.ask("pick-hidden", _("Show of {name}").format(name=cut(self._wanted[1], 24)), choices)

    async def do(self, command: Command) -> None:
        if not command.id.startswith(FAMILY):
            await super().do(command)
            return
        self.asking = ""
        name, _mark, place = command.id.removeprefix(FAMILY).partition("-")
        why = self.reveal_why()
        if why:
            await self._reveal(Hidden(name), int(place or 0), why)
        else:
            await self._ask_why_shown(Hidden(name), int(place or 0))

    async def _ask_why_shown(self, field: Hidden, place: int) -> None:
        async def entered(why: str) -> None:
            if not why.strip():
                await self._ask_why_shown(field, place)
                self.say(_("A reason is needed: it stays with the record."), "warn")
                return
            await self._reveal(field, place, why)
            await self.store.drafts.clear(f"{LINES}{REASON}")

        hint = _("one line, kept in the record · enter goes on · esc goes back")
        await open_kept(self, REASON, PromptLine(_("Why do you look"), "", hint, 120), entered)

    async def _reveal(self, field: Hidden, place: int, why: str) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        found = await self.store.reveals.show(wanted[0], field, why, place)  # or it raises, and nothing is shown
        if not self.is_current:
            return  # locked meanwhile
        self._revealed = (*wanted, found)
        self._until = self.set_timer(SHOWN_FOR, self.hide_again)
        self.say(_("Looked at and recorded; {n} today.").format(n=number(found.today)), "muted")

    # Showing

    def hide_again(self) -> None:
        """The value goes from the screen: its time is over, somebody else is chosen, or the screen is left."""
        if self._until is not None:
            self._until.stop()
        shown, self._revealed, self._until = self._revealed, None, None
        if shown is not None:
            self.frame()

    def on_screen_suspend(self) -> None:
        self.hide_again()

    def ask_lines(self) -> list[list[Piece]]:
        shown = self._revealed
        if shown is None or self.prompt is not None or self.asking:
            return super().ask_lines()
        if self.reveal_of() != shown[:2]:
            self._revealed = None
            return super().ask_lines()
        label = _("{field} of {name}: ").format(field=_(FIELDS[shown[2].field]), name=cut(shown[1], 24))
        return [
            [(label, "normal"), (value_words(shown[2]), "strong")],
            [(_("hidden again after 30 seconds, or when somebody else is chosen"), "muted")],
        ]


def _identity(field: Hidden, place: int) -> str:
    return f"{field}-{place}" if field is Hidden.PHONE else str(field)


def value_words(found: Revealed) -> str:
    """The value as people read it."""
    value = found.value
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, int):
        return f"Rp{number(value)}"
    return format_display(value) if found.field is Hidden.PHONE else value
