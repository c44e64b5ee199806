"""Who it is about and who is calling: found while it is typed, by whatever is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.persons import PersonRow
from store.rules.counter import Caller
from store.rules.phones import format_display
from store.value_class import value_class
from tui.assist_form import Subject
from tui.i18n import _, number
from tui.screens.assist import AssistScreen
from tui.screens.calls_contact import reading
from tui.screens.counter_draft import FormDesk
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import calls

MOST: Final = 50
"""People that are listed while somebody types; who is not among them is found by typing more."""

Company = tuple[str, str, int]
"""Name, NPP and how many of their people fit."""


@value_class
class Match:
    """A line of what fits: a person, or a company."""

    key: object
    person: PersonRow | None = None
    company: Company | None = None


def _state(row: PersonRow) -> Piece:
    if row.claimed:
        return _("claimed"), "good"
    if row.state is None:
        return _("on no list"), "muted"
    return calls.word(calls.STATES, row.state), calls.STATE_ROLES.get(row.state, "normal")


def people_columns() -> tuple[Column[Match], ...]:
    """What tells several people apart."""

    def of(match: Match) -> PersonRow:
        assert match.person is not None
        return match.person

    return (
        Column(_("Name"), lambda match: of(match).name, share=3),
        Column("KPJ", lambda match: of(match).kpj, width=11),
        Column(_("Born"), lambda match: str(of(match).birth_year or ""), width=5),
        Column(_("Company"), lambda match: of(match).company, share=2),
        Column(_("Telephone"), lambda match: of(match).phone_masked, width=11),
        Column(_("State"), lambda match: _state(of(match)), width=12),
    )


def company_columns() -> tuple[Column[Match], ...]:
    def of(match: Match) -> Company:
        assert match.company is not None
        return match.company

    return (
        Column(_("Company"), lambda match: of(match)[0]),
        Column("NPP", lambda match: of(match)[1], width=9),
        Column(_("People"), lambda match: number(of(match)[2]), width=8, right=True),
    )


class WhoDesk(FormDesk):
    """The part of the counter that says who. `matches` is the screen's table; it is shown while `searching`."""

    matches: WindowTable[Match]
    sought = ""  # what was typed when the line was left by escape

    @property
    def searching(self) -> bool:
        """The table of what fits is in front."""
        return self.prompt is not None and self.form.typing[0] in ("who", "company")

    async def _list(self, items: Sequence[Match], columns: tuple[Column[Match], ...]) -> None:
        self.matches.columns = columns
        await self.matches.fill(items, from_top=True)

    # The person

    async def do_counter_who(self) -> None:
        await self.open_who(self.sought)

    async def open_who(self, text: str) -> None:
        """The line on which the person is found."""
        prompt = PromptLine(_("Who"), text, "", 60)

        async def typed(now: str) -> None:
            prompt.hint = await self._search(now)

        async def left(now: str) -> None:
            self.sought = now

        self.sought = ""
        self.open_line("who", prompt, self._take, typed=typed, escape=left)
        await typed(text)
        self.frame()

    async def _search(self, text: str) -> str:
        """Shows who fits; what enter would do, in words."""
        found = await self.store.persons.find(text, MOST)
        await self._list([Match(row.participant_id, person=row) for row in found], people_columns())
        if found:
            more = _("the first {n}: type more").format(n=MOST) if len(found) == MOST else self.matches.position()
            return _("{at} · ↑↓ choose · enter takes · esc").format(at=more)
        if len(text.strip()) < 2:
            return _("any part of a number, KPJ, NIK, name or company · esc goes back")
        if self.form.participant_id is None or _is_number(text):
            e164 = await self.store.counter.read_number(text)
            if e164 is not None:
                return _("Nobody has {number}: enter keeps it as the caller's").format(number=format_display(e164))
        if _is_number(text):
            return _("Nobody fits, and it is no whole number yet")
        return _("Nobody fits; enter keeps it as the caller's name")

    async def _take(self, text: str) -> None:
        """Enter: the person under the cursor, else the caller's number or name."""
        match = self.matches.current
        # The table may still show what an earlier text found.
        found = await self.store.persons.find(text, MOST)
        row = match.person if match is not None else None
        e164 = await self.store.counter.read_number(text) if _is_number(text) else None
        if e164 is not None:
            self.form.number = e164
        if row is not None and any(one.participant_id == row.participant_id for one in found):
            await self.take_person(row.participant_id)
            self.say(_("Ask for the birth date; v when it is right."), "muted")
        elif e164 is not None:
            self.say(_("{number} is kept as the caller's number.").format(number=format_display(e164)), "good")
        elif _is_number(text):
            await self.open_who(text)
            self.say(_("Nobody fits, and it is no whole number: type on, or esc."), "warn")
        elif text.strip():
            self.form.caller_name = text.strip()
            self.say(_("{name} is kept as the caller's name.").format(name=self.form.caller_name), "good")

    async def take_person(self, participant_id: int) -> None:
        """It is about this person."""
        person = await self.store.counter.person(participant_id)
        self.form.take(person)
        self.person = person
        await self.read_told()

    async def do_counter_history(self) -> None:
        from tui.screens.person import PersonScreen

        if self.person is not None:
            await self.loket.push_screen(PersonScreen(self.person.participant_id))

    async def do_counter_help(self) -> None:
        form = self.form
        await self.loket.push_screen(AssistScreen(Subject(form.participant_id, form.name or form.caller_name)))

    # The check

    async def do_counter_right_party(self) -> None:
        self.form.right_party = not self.form.right_party
        self.touch()
        await self.read_told()
        if self.form.right_party:
            self.say(_("Right person noted: their own answer is shown."), "good")
        else:
            self.say(_("Taken off: the birth date was not right."), "warn")
        self.changed()

    async def do_counter_birth_date(self) -> None:
        if self.person is not None:
            self.person = await self.store.counter.person(self.person.participant_id, birth_date=True)
            self.say(_("Birth date shown; that was recorded. Ask for it, do not tell it."), "warn")
            self.paint()

    # Who is calling

    async def choose_caller(self, caller: Caller) -> None:
        """One of the question of `w`."""
        form = self.form
        form.said_caller = caller
        if caller not in (Caller.SELF, Caller.HEIR):
            form.right_party = False
        self.touch()
        await self.read_told()
        if caller is Caller.COMPANY:
            await self.open_company(form.company)
        elif caller in (Caller.HEIR, Caller.OTHER):
            await self.open_caller(form.caller_name)
        elif caller is Caller.ANONYMOUS:
            form.caller_name, form.company = "", ""
        self.changed()

    async def open_caller(self, text: str) -> None:
        """The line for the caller's own name; nothing typed is fine."""

        async def entered(name: str) -> None:
            self.form.caller_name = name.strip()

        hint = _("their name, if they say it · enter (also with nothing) goes on")
        self.open_line("caller", PromptLine(_("Caller's name"), text, hint, 80), entered, escape=entered)

    async def open_company(self, text: str) -> None:
        """The line on which the company is found."""
        prompt = PromptLine(_("Company"), text, "", 80)

        async def typed(now: str) -> None:
            found = await self.store.counter.companies(now, MOST)
            await self._list([Match(one[0], company=one) for one in found], company_columns())
            words = _("{at} · ↑↓ choose · enter takes · esc").format(at=self.matches.position())
            prompt.hint = words if found else _("a part of its name or NPP · enter keeps what is typed")

        async def entered(now: str) -> None:
            match = self.matches.current
            chosen = match.company if match is not None else None
            self.form.company = chosen[0] if chosen is not None else now.strip()

        self.open_line("company", prompt, entered, typed=typed)
        await typed(text)
        self.frame()

    # Number and e-mail

    async def do_counter_contact(self) -> None:
        await self.open_contact("")

    async def open_contact(self, text: str) -> None:
        """The line for a number or an address of theirs."""
        area = str(await self.store.office.setting("phones.area_code"))
        start = _("a number or an e-mail address of theirs; - for “has no e-mail” · enter · esc")
        prompt = PromptLine(_("Number or e-mail"), text, start, 80)

        async def typed(now: str) -> None:
            prompt.hint = reading(now, area)[1] if now.strip() else start

        async def entered(now: str) -> None:
            if not now.strip():
                self.form.phone, self.form.email = "", None
                self.say(_("Nothing is corrected."), "muted")
                return
            good, words = reading(now, area)
            if not good:
                await self.open_contact(now)
                self.say(_("Not taken: {why}.").format(why=words), "warn")
                return
            self._correct(now, words)

        self.open_line("contact", prompt, entered, typed=typed)
        await typed(text)
        self.frame()

    def _correct(self, text: str, words: str) -> None:
        form = self.form
        is_address = "@" in text
        form.over = [field for field in form.over if field != ("email" if is_address else "phone")]
        if is_address:
            form.email = text.strip()
        elif words == _("has no e-mail"):
            form.email = ""
        else:
            form.phone = text.strip()
        self.say(_("{what}: is written with the save of this call.").format(what=words), "good")

    async def do_counter_attach(self) -> None:
        form = self.form
        if form.phone == form.number:
            form.phone = ""
            self.say(_("The caller's number is not noted as theirs."), "muted")
        else:
            form.phone = form.number
            shown = format_display(form.number)
            self.say(_("{number}: becomes their first number with the save.").format(number=shown), "good")
        self.changed()


def _is_number(text: str) -> bool:
    """Typed as a number, not as a name."""
    return bool(text.strip()) and not any(letter.isalpha() for letter in text)
