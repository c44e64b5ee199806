"""*Entri ke Smile*: one person after the other; a key copies each value, a key notes it as done (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.widget import Widget

from store.errors import StaleEdit, StoreError
from store.smile_rows import SmileChange, SmileCounts, SmilePerson
from tui.commands import Facts, by_id
from tui.i18n import _, ngettext, number
from tui.screens.deeds import KeyDesk
from tui.widgets.card import CardView
from tui.widgets.check_card import short
from tui.widgets.choices import legend
from tui.widgets.ink import Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.smile_card import Shown, nobody_lines, smile_lines
from tui.words import corrections, smile

ANSWERS = ("entry-done", "entry-refused", "entry-all")


class SmileEntryScreen(KeyDesk):
    """Lies above the screen it was opened from; whoever is shown is kept from colleagues until it closes."""

    desk = "desk-corrections"
    drafts = "smile:"

    def __init__(self) -> None:
        super().__init__()
        self.person: SmilePerson | None = None
        self.counts = SmileCounts()
        self.shown = Shown()
        self._opened = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.view = CardView(id="check")
        return (self.view,)

    def context(self) -> str:
        return "smile-entry"

    def place(self) -> tuple[str, str]:
        return _("Entry into Smile"), ""

    def facts(self) -> Facts:
        me, person, change = self.loket.me, self.person, self.change
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            shown=person is not None,
            nik=person is not None and bool(person.nik),
            value=change is not None and bool(change.new),
        )

    @property
    def change(self) -> SmileChange | None:
        """The chosen value."""
        return None if self.person is None else self.person.changes[self.shown.at]

    def idle_lines(self) -> list[list[Piece]]:
        far: list[Piece] = [(smile.how_far(self.counts), "normal")]
        if self.person is None:
            return [far, [(smile.by_person(self.counts), "muted")]]
        return [legend((tuple(map(by_id, ANSWERS)),), self.size.width - 1)[0], far]

    # Reading

    async def arrived(self) -> None:
        if self._opened and self.person is not None:
            await self.others_changed()
            return
        self._opened = True
        await self._show(await self.store.smile.next())
        if self.person is not None and self.person.parked:
            self.say(_("The list goes on where Smile stood still."), "muted")

    async def others_changed(self) -> None:
        person = self.person
        if person is None:
            self.counts = await self.store.smile.counts()
            if self.counts.people > self.counts.with_others:
                self.slipped()
                await self._show(await self.store.smile.next())
            return
        now = await self.store.smile.still(person.participant_id)
        if self.person is not person:
            return  # a key has brought somebody else meanwhile
        chosen = self.change
        # Whoever is typed in stays on screen: the next key must not meet another value.
        if now is not None and now.changes != person.changes:
            self.slipped()
        await self._show(person if now is None else replace(now, place=person.place), gone=now is None, at=chosen)

    async def _show(self, person: SmilePerson | None, *, gone: bool = False, at: SmileChange | None = None) -> None:
        same = person is not None and self.person is not None and person.participant_id == self.person.participant_id
        kept = self.shown if same else Shown()
        index = 0
        if person is not None and at is not None:  # the same change, else what became of its field
            ids, fields = [each.correction_id for each in person.changes], [each.field for each in person.changes]
            if at.correction_id in ids:
                index = ids.index(at.correction_id)
            elif at.field in fields:
                index = fields.index(at.field)
        self.person, self.shown = person, replace(kept, at=index, gone=gone)
        self.counts = await self.store.smile.counts()
        self._paint()
        self.frame()

    def _paint(self) -> None:
        person, shown, counts, now = self.person, self.shown, self.counts, self.loket.now()
        if person is None:
            self.view.draw(lambda width, _height: nobody_lines(counts, width))
        else:
            self.view.draw(lambda width, height: smile_lines(person, shown, now, width, height))

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit) and self.person is not None:
            person = self.person
            now = await self.store.smile.still(person.participant_id)
            await self._show(now or await self.store.smile.next(skip=person))
            self.say(_("Settled by a colleague meanwhile, nothing written; this is what is left."), "warn")

    async def _other_key(self, event: events.Key) -> None:
        step = {"up": -1, "down": 1}.get(event.key, 0)
        if step and not self.asking and self.person is not None:
            last = len(self.person.changes) - 1
            self.shown = replace(self.shown, at=min(max(self.shown.at + step, 0), last))
            self._paint()
            return
        await super()._other_key(event)

    # Answers

    async def do_entry_done(self) -> None:
        person, change = self.person, self.change
        if person is not None and change is not None:
            following = await self.store.smile.done(person, [change])
            said = _("{field} of {name}: in Smile · u undoes")
            await self._answered(following, self._named(said, person, change))

    async def do_entry_all(self) -> None:
        person = self.person
        if person is None:
            return
        following = await self.store.smile.done(person, person.changes)
        count = len(person.changes)
        said = ngettext("1 value of {name}: in Smile · u undoes", "{n} values of {name}: in Smile · u undoes", count)
        await self._answered(following, said.format(n=number(count), name=short(person.name)))

    async def do_entry_refused(self) -> None:
        person, change = self.person, self.change
        if person is not None and change is not None:
            await self._ask_why(person, change)

    async def _ask_why(self, person: SmilePerson, change: SmileChange) -> None:
        async def refused(text: str) -> None:
            following = await self.store.smile.refused(person, [change], text)
            said = _("{field} of {name}: refused by Smile · u undoes")
            await self._answered(following, self._named(said, person, change))

        hint = _("what Smile says · enter notes it and shows the next · esc goes back")
        await self.ask_words(f"refused {change.correction_id}", PromptLine(_("Refused"), "", hint, 120), refused)

    def _named(self, said: str, person: SmilePerson, change: SmileChange) -> str:
        field = corrections.field(change.field)
        return said.format(field=field[:1].upper() + field[1:], name=short(person.name))

    async def _answered(self, following: SmilePerson | None, said: str) -> None:
        await self.written()
        await self._show(following)
        self.say(said, "good")

    async def do_undo(self) -> None:
        person = await self.store.smile.undo()
        self.loket.saved()
        await self._show(person)
        self.say(_("Undone; to be typed again: {name}").format(name=short(person.name)), "good")

    async def do_entry_later(self) -> None:
        person = self.person
        if person is not None:
            following = await self.store.smile.next(skip=person)
            await self._show(following or (None if self.shown.gone else person))
            if following is None:
                self.say(_("There is nobody else to type in."), "warn")

    # Values

    async def do_entry_copy(self) -> None:
        change = self.change
        if change is None:
            return
        value = await self.store.smile.value(change)
        self.shown = replace(self.shown, values={**self.shown.values, change.correction_id: value})
        self._copied(corrections.field(change.field), smile.typed(change.field, value))

    async def do_entry_kpj(self) -> None:
        if self.person is not None:
            self._copied(_("KPJ"), self.person.kpj)

    async def do_entry_nik(self) -> None:
        if self.person is not None:
            nik = await self.store.smile.nik(self.person.participant_id)
            self.shown = replace(self.shown, nik=nik)
            self._copied(_("NIK"), nik)

    def _copied(self, what: str, text: str) -> None:
        self.loket.copy(text)
        self._paint()
        self.say(_("On the clipboard, if your terminal allows it: {what}").format(what=what), "good")

    # Leaving

    async def do_entry_down(self) -> None:
        person = self.person
        if person is not None:
            await self.store.smile.park(person)
            said = _("Smile is down: next time the list goes on at {name}.")
            self.loket.message = (said.format(name=short(person.name)), "warn")
            self.dismiss()

    async def do_entry_list(self) -> None:
        from tui.screens.smile_list import SmileListScreen

        await self.loket.push_screen(SmileListScreen())

    async def leave_prompt(self) -> None:
        """Another desk comes to the front: colleagues may type this person in."""
        await super().leave_prompt()
        await self.store.smile.leave()

    async def step_back(self) -> None:
        await self.store.smile.leave()
        self.dismiss()
