"""Marked people of the list, and what is done to all of them at once: a reason, a `y`, one `u`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from store.bulk import Action, BulkDone
from store.rows import UndoRef
from store.rules.callbacks import CallbackTimeError
from store.rules.kinds import OTHER_KINDS
from tui.commands import holding
from tui.i18n import _, moment, ngettext, number
from tui.kept import open_kept
from tui.screens.calls_filter import FilterDesk
from tui.screens.choose import Choice, ChooseScreen
from tui.widgets.prompt import PromptLine
from tui.words import calls, errors

Finish = Callable[[str], Awaitable[None]]

ANYBODY = 0
"""In place of a handler: back to whoever is served next."""


class MarkDesk(FilterDesk):
    """The part of the telephone desk that marks people and does one thing to all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[int, int] = {}  # queue item -> participant
        self.done_here: list[UndoRef | None] = []  # what `u` takes back; None: an outcome

    def is_marked(self, item_id: int) -> bool:
        return item_id in self.marks

    async def do_mark(self) -> None:
        row = self.list.current
        if row is None:
            return
        if self.marks.pop(row.item_id, None) is None:
            self.marks[row.item_id] = row.participant_id
        await self.list.move("down")
        self.list.paint()
        self.say(self.marked_words() or _("Nobody is marked."), "muted")

    async def do_mark_all(self) -> None:
        everybody = await self.store.queue.ids(self.shown)
        if all(item_id in self.marks for item_id in everybody):
            self.marks.clear()
        else:
            self.marks |= everybody
        self.list.paint()
        self.say(self.marked_words() or _("Nobody is marked."), "muted")

    def marked_words(self) -> str:
        """How many are marked, or ''."""
        count = len(self.marks)
        return ngettext("1 marked", "{n} marked", count).format(n=number(count)) if count else ""

    # What is done to them

    def _chosen(self) -> dict[int, int]:
        """The marked people, else the one under the cursor."""
        row = self.list.current
        if self.marks or row is None:
            return self.marks
        return {row.item_id: row.participant_id}

    def _people(self) -> str:
        chosen, row = self._chosen(), self.list.current
        if not self.marks and row is not None:
            return row.name
        return ngettext("1 person", "{n} people", len(chosen)).format(n=number(len(chosen)))

    async def do_bulk(self) -> None:
        title, hidden = self._people(), 0
        if self.marks:
            hidden = len(self.marks.keys() - (await self.store.queue.ids(self.shown)).keys())
        if hidden:
            title = _("{people}, {n} of them not shown now").format(people=title, n=number(hidden))
        self.ask("bulk", title, [(c.keys[0], _(c.label)) for c in holding(("bulk",))])

    async def do_bulk_again(self) -> None:
        await self._ask_why(Action.CALL_AGAIN, _("Call {people} again now?"))

    async def do_bulk_close(self) -> None:
        await self._ask_why(Action.CLOSE, _("Take {people} off the list? Nobody calls them any more."))

    async def do_bulk_postpone(self) -> None:
        await self._ask_when()

    async def _ask_when(self) -> None:
        async def save(typed: str) -> None:
            try:
                at = await self.store.queue.parse_callback(typed)
            except CallbackTimeError as wrong:
                await self._ask_when()
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            when = moment(at, self.loket.now())
            question = _("Postpone {people} to {when}?").replace("{when}", when)
            await self._ask_why(Action.POSTPONE, question, at=at)

        hint = _("14 · 14.30 · besok 9 · senin 10 · 25/11 10 · enter goes on · esc goes back")
        await open_kept(self, "bulk:when", PromptLine(_("Postpone to"), "", hint, 40), save)

    async def do_bulk_give(self) -> None:
        self.asking = ""
        loads = await self.store.division.loads()
        choices = [Choice(ANYBODY, _("anybody")), *(Choice(load.staff_id, load.name, load.people) for load in loads)]

        async def chosen(choice: Choice) -> None:
            staff_id = choice.value if isinstance(choice.value, int) and choice.value != ANYBODY else None
            question = _("Give {people} to {who}?").replace("{who}", choice.title)
            await self._ask_why(Action.GIVE, question, staff_id=staff_id)

        await self.loket.push_screen(ChooseScreen(self, _("Handler"), choices, chosen))

    async def do_bulk_add(self) -> None:
        self.asking = ""
        choices = [Choice(kind, calls.word(calls.KINDS, kind)) for kind in OTHER_KINDS]

        async def chosen(choice: Choice) -> None:
            await self._ask_matter(str(choice.value), choice.title)

        await self.loket.push_screen(ChooseScreen(self, _("Campaign"), choices, chosen))

    async def _ask_matter(self, kind: str, title: str) -> None:
        async def add(matter: str) -> None:
            question = _("Add {people} to “{campaign}”?").format(people=self._people(), campaign=title)

            async def act() -> None:
                await self._after(await self.store.bulk.add_to(kind, list(self._chosen().values()), matter))

            self.confirm(question, act)

        await self._ask_text(
            _("What the call is about"), _("It stands on the card · enter goes on · esc goes back"), add
        )

    async def _ask_why(
        self, action: Action, question: str, *, at: datetime | None = None, staff_id: int | None = None
    ) -> None:
        async def reason(why: str) -> None:
            async def act() -> None:
                ids = list(self._chosen())
                await self._after(await self.store.bulk.do(action, ids, why, at=at, staff_id=staff_id))

            self.confirm(question.replace("{people}", self._people()), act)

        await self._ask_text(_("Reason"), _("It is kept in the trail · enter goes on · esc goes back"), reason)

    async def _ask_text(self, label: str, hint: str, go_on: Finish) -> None:
        """A line that may not be empty."""

        async def entered(text: str) -> None:
            if text.strip():
                await go_on(text.strip())
                return
            await self._ask_text(label, hint, go_on)
            self.say(_("Write a few words; colleagues will read them."), "warn")

        await open_kept(self, f"bulk:{label}", PromptLine(label, "", hint, 120), entered)

    async def _after(self, done: BulkDone) -> None:
        self.marks.clear()
        if done.undo is not None:
            self.done_here.append(done.undo)
        self.loket.saved()
        self.status_rows = await self.store.queue.status()
        await self.list.reload()
        self.say(bulk_words(done), "good" if done.done else "warn")


def bulk_words(done: BulkDone) -> str:
    """How many it was done to, and who was left out."""
    parts = [ngettext("Done for 1 person.", "Done for {n} people.", done.done).format(n=number(done.done))]
    if done.held:
        parts.append(_("Left out, held by somebody: {n}.").format(n=number(done.held)))
    if done.without_number:
        parts.append(_("Left out, no number: {n}.").format(n=number(done.without_number)))
    if done.undo is not None:
        parts.append(_("u undoes"))
    return " ".join(parts)
