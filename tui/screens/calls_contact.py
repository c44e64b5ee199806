"""A number or an e-mail address typed for somebody: how it is read stands below while it is typed."""

from __future__ import annotations

from typing import Final

from store.drafts import of_person
from store.edits import Evidence
from store.rows import UndoRef
from store.rules.corrections import Field, Source
from store.rules.emails import read_email, says_none
from store.rules.phones import format_display, operator, read_phones, region
from store.rules.readings import Reason
from tui.commands import Command, holding
from tui.i18n import _
from tui.kept import open_kept
from tui.screens.outcome_keys import OutcomeDesk
from tui.widgets.ink import cut
from tui.widgets.prompt import PromptLine
from tui.words import reasons

_OF: Final = {
    "person": Source.PARTICIPANT,
    "company": Source.COMPANY,
    "file": Source.DOCUMENT,
    "else": Source.OTHER,
    "together": Source.TOGETHER,
}
SOURCES: Final = {command.id: _OF[command.id.rpartition("-")[2]] for command in holding(("source", "email-source"))}
"""What a key that answers "who said so?" stands for."""


class ContactDesk(OutcomeDesk):
    """The part of a desk that corrects how a person can be reached. The desk says whom, and reads again afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self._typed_contact: tuple[int, str, str] | None = None  # participant, name, text

    def contact_of(self) -> tuple[int, str] | None:
        """The person (id, name) whose number `e` types."""
        raise NotImplementedError

    async def contact_saved(self, said: str, undo: UndoRef | None) -> None:
        """A number or address of theirs was saved: show it."""
        raise NotImplementedError

    def reveal_of(self) -> tuple[int, str] | None:
        return self.contact_of()

    async def do_contact(self) -> None:
        person = self.contact_of()
        if person is not None:
            await self._ask_contact(*person, "")

    async def do_card_contact(self) -> None:
        await self.do_contact()

    async def _ask_contact(self, participant_id: int, name: str, text: str) -> None:
        area = str(await self.store.office.setting("phones.area_code"))
        hint = _("{name}: a number or an e-mail address; - for “has no e-mail” · enter · esc")
        start = hint.format(name=cut(name, 24))
        prompt = PromptLine(_("Number or e-mail"), text, start, 80)

        async def typed(now: str) -> None:
            prompt.hint = reading(now, area)[1] if now.strip() else start

        async def entered(now: str) -> None:
            good, words = reading(now, area)
            if not good:
                await self._ask_contact(participant_id, name, now)
                self.say(_("Not taken: {why}.").format(why=words), "warn")
                return
            self._typed_contact = (participant_id, name, now)
            where = "email-source" if "@" in now else "source"
            choices = [(c.keys[0], _(c.label)) for c in holding((where,))]
            self.ask(where, _("{what}. Who said so?").format(what=words), choices)

        await typed(text)
        await open_kept(self, f"contact{of_person(participant_id)}", prompt, entered, typed=typed)

    async def do(self, command: Command) -> None:
        if command.id not in SOURCES:
            await super().do(command)
            return
        self.asking = ""
        typed, self._typed_contact = self._typed_contact, None
        if typed is None:
            return
        participant_id, name, text = typed
        why = _("source: {who}").format(who=_(command.label))
        field = Field.EMAIL if "@" in text or says_none(text) else Field.PHONE
        evidence = Evidence(SOURCES[command.id], why=why)
        done = await self.store.corrections.put(participant_id, field, text, evidence)
        if done.proposed:
            said = _("Proposed for {name}: an officer of Kepesertaan says yes or no.").format(name=name)
        elif says_none(text):
            said = _("Noted: {name} has no e-mail.").format(name=name)
        elif field is Field.EMAIL:
            said = _("E-mail of {name} saved.").format(name=name)
        else:
            number = format_display((await self.store.corrections.read(field, text)).value or "")
            said = _("{number} saved; {name} can be called.").format(number=number, name=name)
        self.loket.saved()
        await self.contact_saved(said, done.undo)


def reading(text: str, area_code: str) -> tuple[bool, str]:
    """How a typed number or address is read: whether it can be taken, and what it is or what is wrong with it."""
    if not text.strip():
        return False, _("nothing was typed")
    if says_none(text):
        return True, _("has no e-mail")
    if "@" in text:
        email = read_email(text)
        return (True, email.email) if email.email else (False, reasons.reason(Reason("email-malformed", "email", "")))
    read = read_phones(text, area_code=area_code)
    if read.flags:
        return False, reasons.reason(Reason(read.flags[0], "phones", ""))
    if len(read.numbers) != 1:
        return False, _("one number at a time")
    e164 = read.numbers[0].e164
    about = operator(e164) or region(e164) or ""
    parts = (format_display(e164), about, read.numbers[0].label)
    return True, " · ".join(part for part in parts if part)
