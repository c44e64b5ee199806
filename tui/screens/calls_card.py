"""What can be done with the person on the card besides the outcome: checks, note, numbers, colleagues."""

from __future__ import annotations

from textual.timer import Timer

from store.rows import Card, UndoRef
from store.rules.counter import Origin
from store.rules.kinds import Kind
from store.rules.phones import format_display
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.calls_contact import ContactDesk
from tui.screens.company import CompanyScreen
from tui.screens.promising import PromisingDesk
from tui.screens.qr import QrScreen
from tui.screens.script_read import ScriptReadScreen
from tui.widgets import qr
from tui.widgets.card import current
from tui.widgets.prompt import PromptLine
from tui.words import script

NOTE_AFTER = 0.3
"""Seconds from the first key that is not yet written down until the note is."""


class CardDesk(PromisingDesk, ContactDesk):
    """The part of the telephone desk that works on the held person. `hold` and `paint_card` are the desk's."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self._note_timer: Timer | None = None

    async def hold(self, card: Card | None, *, fresh: bool = True) -> None:
        """Show this card; `fresh` when it is another person than before."""
        raise NotImplementedError

    def paint_card(self) -> None:
        """Lay the card out again."""
        raise NotImplementedError

    async def do_release(self) -> None:
        card = self.card
        if card is not None:
            await self.store.queue.put_back(card)
            self.loket.saved()
            await self.hold(None)
            self.say(_("{name} is back in the queue.").format(name=card.name), "good")

    async def let_go(self) -> None:
        """Give a held person back before the program ends."""
        if self.card is not None:
            card, self.card = self.card, None
            await self.store.queue.put_back(card)

    async def do_right_party(self) -> None:
        if self.card is not None:
            await self.hold(await self.store.queue.verify_right_party(self.card), fresh=False)
            self.loket.saved()
            if self.card.kind == Kind.JHT56:
                self.say(_("Right person noted: balance and advice are shown."), "good")
            else:
                self.say(_("Right person noted: now say what it is about."), "good")

    async def do_birth_date(self) -> None:
        if self.card is not None:
            await self.hold(await self.store.queue.show_birth_date(self.card), fresh=False)
            self.say(_("Birth date shown; that was recorded. Ask for it, do not tell it."), "warn")

    async def do_still_working(self) -> None:
        if self.card is not None:
            card = await self.store.queue.still_working(self.card)
            await self.hold(card, fresh=False)
            self.loket.saved()
            if card.still_working:
                self.say(_("Noted: still at work. They may claim all the same."), "good")
            else:
                self.say(_("Taken off: still at work."), "good")

    async def do_copy(self) -> None:
        number = current(self.card) if self.card is not None else None
        if number is not None:
            text = format_display(number.e164)
            self.loket.copy(text)
            self.say(_("{number} is on the clipboard (if your terminal allows it).").format(number=text), "muted")

    async def do_other_number(self) -> None:
        if self.card is None:
            return
        usable = [number for number in self.card.numbers if not number.wrong]
        chosen = current(self.card)
        at = next((n for n, number in enumerate(usable) if number is chosen), -1)
        number = usable[(at + 1) % len(usable)]
        await self.hold(await self.store.queue.choose_number(self.card, number.e164), fresh=False)
        self.say(_("Now: {number}").format(number=format_display(number.e164)), "muted")

    async def do_qr(self) -> None:
        number = current(self.card) if self.card is not None else None
        if number is None:
            return
        shown = format_display(number.e164)
        if self.pressed != "w":
            await self.loket.push_screen(QrScreen(_("Dial by QR code"), shown, qr.tel(number.e164)))
        elif qr.may_have_whatsapp(number.e164):
            await self.loket.push_screen(QrScreen(_("WhatsApp by QR code"), shown, qr.whatsapp(number.e164)))
        else:
            self.say(_("{number} is a fixed line; it has no WhatsApp. q dials.").format(number=shown), "warn")

    async def do_whole_script(self) -> None:
        card = self.card
        if card is not None:
            await self.loket.push_screen(
                ScriptReadScreen(
                    card.name,
                    lambda: script.parts(card, self.loket.me, self.loket.now(), self.loket.office.scripts),
                )
            )

    async def do_colleagues(self) -> None:
        if self.card is not None:
            await self.loket.push_screen(CompanyScreen(self.card.participant_id, self.card.company, self.card))

    # A promise

    async def do_card_promise(self) -> None:
        await self.begin_promise()

    def promise_about(self) -> tuple[int | None, str, Origin]:
        if self.card is None:
            return super().promise_about()
        return self.card.participant_id, self.card.name, Origin.CALLS

    async def promise_made(self, said: str, undo: UndoRef | None) -> None:
        await self.contact_saved(said, undo)

    # The note

    async def do_note(self) -> None:
        if self.card is None:
            return

        async def save(text: str) -> None:
            await self._keep_note(text)
            self.say(_("Note kept for the outcome."), "good")

        async def typed(_text: str) -> None:
            # Not begun anew with each key: who types without a pause would have nothing on disk.
            if self._note_timer is None:
                self._note_timer = self.set_timer(NOTE_AFTER, keep)

        async def keep() -> None:
            if self.prompt is not None:
                await self._keep_note(self.prompt.text)

        hint = _("enter or esc keeps it for the outcome · ctrl+u empties it")
        self.open_prompt(PromptLine(_("Note"), self.card.note, hint), save, typed=typed, escape=save, keep=Unkept.FORM)

    def _stop_note_timer(self) -> None:
        if self._note_timer is not None:
            self._note_timer.stop()
            self._note_timer = None

    async def _keep_note(self, text: str) -> None:
        """The note is on disk as a draft from now on; the outcome takes it."""
        self._stop_note_timer()
        card = self.card

        async def keep() -> None:
            if card is not None:
                self.card = await self.store.queue.set_note(card, text)
                self.loket.saved()
                self.paint_card()

        await self.guarded(keep)
