"""What can be done to a follow-up, the same on the list and on the page of one."""

from __future__ import annotations

from datetime import datetime

from store.errors import Invalid, StaleEdit, StoreError
from store.follow_up_rows import FollowUpRow
from store.rows import UndoRef
from store.rules.counter import FollowUpState
from tui.assist_form import Subject
from tui.commands import Facts
from tui.i18n import _, moment
from tui.screens.assist import AssistScreen
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.promising import PromisingDesk
from tui.widgets.ink import cut
from tui.widgets.prompt import PromptLine
from tui.words import errors, follow_ups


class FollowUpActs(PromisingDesk):
    """The part of a desk that ends, moves and hands on; the desk says which one is chosen."""

    def chosen(self) -> FollowUpRow | None:
        """The follow-up that the keys are about."""
        raise NotImplementedError

    async def read_again(self) -> None:
        """Show what stands there now."""
        raise NotImplementedError

    def facts(self) -> Facts:
        me, row = self.loket.me, self.chosen()
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=int(row is not None),
            open=row is not None and row.state == FollowUpState.OPEN,
            person=row is not None and row.participant_id is not None,
            helped=row is not None and row.assist_id is not None,
        )

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit):
            self.loket.message = (follow_ups.stale(error, self.loket.now()), "warn")
        await self.read_again()

    async def _saved(self, said: str) -> None:
        self.loket.saved()
        await self.loket.refresh_office()
        await self.read_again()
        self.say(_("{what} · u undoes").format(what=said), "good")

    async def promise_made(self, said: str, undo: UndoRef | None) -> None:
        await self._saved(said)

    # Ending

    async def do_follow_done(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def entered(note: str) -> None:
            await self.store.follow_ups.done(row.follow_up_id, row.version, note)
            await self._saved(_("Done: {what}").format(what=cut(follow_ups.what(row), 40)))

        hint = _("what came of it, in a few words · enter alone is enough · esc")
        await self.kept_line(f"done {row.follow_up_id}", PromptLine(_("Done"), "", hint, 200), entered)

    async def do_follow_drop(self) -> None:
        row = self.chosen()
        if row is not None:
            await self._ask_why(row)

    async def _ask_why(self, row: FollowUpRow) -> None:
        async def entered(why: str) -> None:
            if not why.strip():
                await self._ask_why(row)
                self.say(errors.sentence(Invalid("why", why, "empty"), self.loket.now()), "warn")
                return
            await self.store.follow_ups.drop(row.follow_up_id, row.version, why)
            await self._saved(_("Dropped: {what}").format(what=cut(follow_ups.what(row), 40)))

        hint = _("why it will not be done · enter · esc goes back")
        await self.kept_line(f"drop {row.follow_up_id}", PromptLine(_("Reason"), "", hint, 200), entered)

    # Handing on, moving, other words

    async def do_follow_whom(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def chosen(choice: Choice) -> None:
            assert isinstance(choice.value, tuple)
            staff_id, section = choice.value
            await self.store.follow_ups.reassign(row.follow_up_id, row.version, staff_id, section)
            await self._saved(_("{who} does it now").format(who=choice.title))

        await self.loket.push_screen(ChooseScreen(self, _("Who does it"), await self.takers(), chosen))

    async def do_follow_when(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def moved(due_at: datetime) -> None:
            await self.store.follow_ups.reschedule(row.follow_up_id, row.version, due_at)
            await self._saved(_("Due {when} now").format(when=moment(due_at, self.loket.now())))

        await self.ask_due(f"move {row.follow_up_id}", moved)

    async def do_follow_edit(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def entered(what: str) -> None:
            await self.store.follow_ups.edit(row.follow_up_id, row.version, what)
            await self._saved(_("The words are changed"))

        hint = _("what was promised · enter saves · esc goes back")
        prompt = PromptLine(_("Promised"), follow_ups.what(row), hint, 200)
        await self.kept_line(f"edit {row.follow_up_id}", prompt, entered)

    async def do_follow_new(self) -> None:
        await self.begin_promise()

    # Where it came from

    async def do_follow_history(self) -> None:
        from tui.screens.person import PersonScreen  # it has follow-ups of its own

        row = self.chosen()
        if row is not None and row.participant_id is not None:
            await self.loket.push_screen(PersonScreen(row.participant_id))

    async def do_follow_help(self) -> None:
        row = self.chosen()
        if row is not None and row.assist_id is not None:
            subject = Subject(row.participant_id, follow_ups.whom(row))
            await self.loket.push_screen(AssistScreen(subject, row.assist_id))

    async def do_undo(self) -> None:
        row = await self.store.follow_ups.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        await self.read_again()
        if row is None:
            self.say(_("Taken back: the promise is gone."), "good")
        else:
            self.say(_("Taken back: {what}").format(what=cut(follow_ups.what(row), 50)), "good")
