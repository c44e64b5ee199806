"""One worklist of F4: people of whom the same thing is open, settled one after the other by keys (design.md 3.3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from textual.widget import Widget

from store.correction_rows import PROPOSED, CorrectionRow
from store.corrections import Corrected
from store.errors import DatabaseTrouble, StoreError
from store.rows import UndoRef
from store.rules.cleaning import CLEANABLE
from store.rules.corrections import Field, Source
from store.rules.problems import ACCEPTABLE, SETTLED_BY
from store.turns import Told
from store.value_class import value_class
from store.worklists import EVERYBODY, WorkFilter, WorkOrder, WorkRow
from tui import practice
from tui.commands import Facts
from tui.i18n import N_, _, number
from tui.screens.choose import Choice
from tui.screens.corrections_desk import Filtering
from tui.screens.deeds import Deed
from tui.screens.imports_tables import Pane
from tui.screens.revealing import RevealDesk
from tui.screens.worklist_edit import EditDesk
from tui.widgets.corrections import clash_lines, person_lines, row_lines, with_rule
from tui.widgets.ink import Line, Painted, Piece
from tui.widgets.window_table import Column, WindowTable
from tui.words import corrections

if TYPE_CHECKING:
    from store import Store

ABOUT: Final = 8
"""Lines below the list that tell of the person under the cursor."""

ORDERS: Final[dict[WorkOrder, str]] = {
    WorkOrder.FILE: N_("as they came in"),
    WorkOrder.NAME: N_("by name"),
    WorkOrder.COMPANY: N_("by company"),
}


@value_class
class WorkSource:
    """The people of a worklist, as a source of a table."""

    store: Store
    problem: str
    wanted: WorkFilter
    order: WorkOrder

    async def count(self) -> int:
        return await self.store.worklists.count(self.problem, self.wanted)

    async def window(self, offset: int, limit: int) -> tuple[int, Sequence[WorkRow]]:
        return await self.store.worklists.window(self.problem, self.wanted, offset, limit, self.order)

    async def rows(self, offset: int, limit: int) -> Sequence[WorkRow]:
        return await self.store.worklists.rows(self.problem, self.wanted, offset, limit, self.order)


class WorklistScreen(EditDesk, Filtering, RevealDesk):
    """A list above, the person under the cursor below it."""

    def __init__(self, problem: str, wanted: WorkFilter, done: list[Deed]) -> None:
        super().__init__(done)
        self.problem = problem
        self.settled_by = SETTLED_BY[problem]
        self.wanted = wanted
        self.order = WorkOrder.FILE
        self.marks: set[int] = set()
        self.settled = 0
        self.why_right = ""
        self.proposes = False  # the office wants a yes to what interns correct
        self.waiting: CorrectionRow | None = None  # such a change of the person under the cursor

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        settled_by = self.settled_by
        columns: list[Column[WorkRow]] = [
            Column("", lambda row: ("*", "key") if row.participant_id in self.marks else "", width=1),
            Column(_("Name"), lambda row: row.name, share=3),
            Column(_("KPJ"), lambda row: row.kpj, width=11),
            Column(_("Company"), lambda row: row.company, share=3, hide_below=100),
            Column(_("In the file"), lambda row: (" ".join(row.raw.split()) or "–", "warn"), share=2),
        ]
        if settled_by is not None:
            columns.append(Column(_("Now"), lambda row: corrections.value(settled_by, row.value), width=16))
        else:
            columns.append(Column(_("Shared with"), _first_sharer, width=20))
        self.rows = WindowTable[WorkRow](columns, key=lambda row: row.participant_id, id="worklist")
        self.about = Painted(id="about")
        self.about.styles.height = ABOUT
        return (Pane(self.rows, self.about),)

    def reveal_of(self) -> tuple[int, str] | None:
        return None if self.row is None else (self.row.participant_id, self.row.name)

    def reveal_why(self) -> str:
        return _("worklist: {problem}").format(problem=corrections.title(self.problem))

    def context(self) -> str:
        return "worklist"

    def contexts(self) -> tuple[str, ...]:
        held = super().contexts()
        return ("work-status", *held) if not self.asking and self.settled_by is Field.ACTIVE else held

    def place(self) -> tuple[str, str]:
        return corrections.title(self.problem), self.filter_words()

    @property
    def row(self) -> WorkRow | None:
        """The person under the cursor."""
        return cast("WorkRow | None", self.rows.current)

    def facts(self) -> Facts:
        me, row = self.loket.me, self.row
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            rows=self.rows.total,
            marked=len(self.marks),
            settled=self.settled_by is not None,
            acceptable=self.problem in ACCEPTABLE,
            suggested=row is not None and row.suggestion is not None,
            cells=self.settled_by in CLEANABLE,
            address=self.settled_by is Field.EMAIL,
        )

    def idle_lines(self) -> list[list[Piece]]:
        if not self.rows.total:
            if self.wanted.narrows:
                return self.told(
                    _("Nothing open: of these people all are settled. f 0 shows everybody, esc goes back.")
                )
            return self.told(_("Nothing open: this list is done. esc goes back to the others."))
        marked = " · " + _("{n} marked").format(n=number(len(self.marks))) if self.marks else ""
        far = _("{at} · {done} settled here · {left} left").format(
            at=self.rows.position(), done=number(self.settled), left=number(self.rows.total)
        )
        if self.settled_by is None:
            source = _("reason: {why} (w)").format(why=self.why_right) if self.why_right else ""
        else:
            source = _("source: {who} (o)").format(who=self.source_words() or _("asked at the first one"))
        narrowed = _("shown: {group} (f)").format(group=words) if (words := self.filter_words()) else ""
        return [[(far + marked, "normal")], [(" · ".join(filter(None, (source, narrowed))), "muted")]]

    def paint_about(self) -> None:
        """Whoever is under the cursor, the person that is being typed, or what a colleague changed."""
        width, row, now = max(40, self.about.size.width or self.size.width), self.row, self.loket.now()
        lines: list[Line] = []
        if self.clash:
            lines = clash_lines(self.clash[0], now, width)
        elif self.person is not None and self.settled_by is not None:
            lines = person_lines(self.person, self.settled_by, width)
        elif row is not None:
            lines = row_lines(row, self.waiting, now, width)
        self.about.show(with_rule(lines, width, ABOUT))

    def draw_desk(self) -> None:
        self.paint_about()

    # Reading

    async def read_again(self) -> None:
        if self.rows.source is None:
            await self.rows.open(WorkSource(self.store, self.problem, self.wanted, self.order))
        else:
            await self.rows.reload()
        self.proposes = bool(await self.store.office.setting("corrections.propose"))
        await self.moved()

    async def show_only(self, wanted: WorkFilter) -> None:
        self.wanted = wanted
        await self._open_again()

    async def _open_again(self) -> None:
        await self.rows.open(WorkSource(self.store, self.problem, self.wanted, self.order))
        self.frame()

    async def filter_values(self, field: str) -> Sequence[Choice]:
        found = await self.store.worklists.values(self.problem, self.wanted, field)
        return [Choice(row.value, str(row.value), row.people) for row in found]

    async def lost(self, error: StoreError) -> None:
        self.asking = ""
        self.keep(error)
        if isinstance(error, DatabaseTrouble) and await self.typed_again():
            return
        await self.keep_typed()
        await self.read_again()

    async def moved(self) -> None:
        await self._look_ahead()
        self.frame()

    async def _look_ahead(self) -> None:
        """Whether a change of the person under the cursor waits for a yes."""
        row, self.waiting = self.row, None
        if row is not None and self.settled_by is not None and self.proposes:
            wanted = replace(PROPOSED, participant_id=row.participant_id, field=self.settled_by)
            self.waiting = next(iter(await self.store.corrections.rows(wanted, 0, 1)), None)

    async def settled_one(self, participant_id: int, said: str, ref: UndoRef | None) -> None:
        """One person is settled: the next one comes under the cursor."""
        following = await self.store.worklists.next(self.problem, self.wanted, participant_id, self.order)
        self.settled += 1
        self.marks.discard(participant_id)
        await self.did(said, ref, participant_id=participant_id)
        await self.guided({practice.CORRECTED})
        if following is not None:
            await self.rows.seek(following.participant_id)
            await self._look_ahead()
        elif self.rows.total:
            self.say(_("{what} · that was the last one; the list begins again").format(what=said), "good")
            await self.rows.go(0)
        self.frame()

    async def undone(self, last: Deed) -> None:
        if last.participant_id is not None:
            self.settled = max(0, self.settled - 1)
            await self.rows.seek(last.participant_id)
            await self.guided({practice.TAKEN_BACK})
            self.frame()

    # What can be done

    async def do_work_filter(self) -> None:
        self.ask_filter()

    async def do_work_search(self) -> None:
        await self.search()

    async def do_work_order(self) -> None:
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        await self._open_again()
        self.say(_("Order: {order}").format(order=_(ORDERS[self.order])), "muted")

    async def do_work_person(self) -> None:
        from tui.screens.person import PersonScreen

        if self.row is not None:
            await self.loket.push_screen(PersonScreen(self.row.participant_id))

    async def do_work_history(self) -> None:
        from tui.screens.corrections_history import ValueHistoryScreen

        row = self.row
        if row is not None:
            await self.loket.push_screen(ValueHistoryScreen(row.participant_id, row.name, self.done))

    async def do_work_mark(self) -> None:
        row = self.row
        if row is not None:
            self.marks ^= {row.participant_id}
            await self.rows.move("down")
            self._marked()

    async def do_work_mark_all(self) -> None:
        everybody = set(await self.store.worklists.ids(self.problem, self.wanted, self.order))
        self.marks = self.marks - everybody if everybody <= self.marks else self.marks | everybody
        self._marked()

    def _marked(self) -> None:
        self.rows.paint()
        count = len(self.marks)
        words = _("{n} marked").format(n=number(count)) if count else _("Nobody is marked.")
        self.say(words, "muted")

    # It is right

    async def do_work_right(self) -> None:
        row = self.row
        if row is None:
            return
        if self.why_right:
            await self._right(row)
            return

        async def go_on(why: str) -> None:
            self.why_right = why
            await self._right(row)

        hint = _("why it is right; kept for the next ones · enter saves · esc goes back")
        await self.ask_reason(f"right {self.problem}", hint, go_on)

    async def _right(self, row: WorkRow) -> None:
        whom = row.participant_id
        done = await self.store.worklists.accept(self.problem, [whom], self.why_right, seen={whom: row.seen})
        said = _("{name}: is right ({why})").format(name=row.name, why=self.why_right)
        await self.settled_one(row.participant_id, said, done.undo)

    async def do_work_reason(self) -> None:
        async def go_on(why: str) -> None:
            self.why_right = why
            self.say(_("Reason of the next ones: {why}").format(why=why), "muted")

        hint = _("why it is right; kept for the next ones · enter keeps · esc goes back")
        await self.ask_reason(f"right {self.problem}", hint, go_on, self.why_right)

    # Many at once

    async def do_work_bulk(self) -> None:
        count = len(self.marks)
        whom = corrections.people(count) if count else _("the whole list ({n})").format(n=number(self.rows.total))
        self.question("work-bulk", whom)

    async def do_many_tidy(self) -> None:
        from tui.screens.corrections_tidy import TidyScreen

        self.asking = ""
        ids = sorted(self.marks) if self.marks else None
        await self.loket.push_screen(TidyScreen(self.problem, self.wanted, ids, self.done))

    async def do_many_active(self) -> None:
        await self._bulk_status(active=True)

    async def do_many_left(self) -> None:
        await self._bulk_status(active=False)

    async def _bulk_status(self, *, active: bool) -> None:
        ids = sorted(self.marks)

        async def go_on(why: str) -> None:
            evidence = replace(self.evidence_or(Source.OTHER), why=why)

            async def work(told: Told) -> Corrected:
                # What a colleague settled while this was asked is not written over unseen.
                still = set(await self.store.worklists.ids(self.problem, EVERYBODY, self.order))
                open_ids = [each for each in ids if each in still]
                return await self.store.worklists.set_active(open_ids, active, evidence, told)

            async def act() -> None:
                self._many(ids, work)

            word = _("active") if active else _("not active")
            question = _("Note {people} as {status}?").format(people=corrections.people(len(ids)), status=word)
            self.confirm(question, act)

        hint = _("It is kept in the trail · enter goes on · esc goes back")
        await self.ask_reason(f"status {self.problem}", hint, go_on)

    async def do_many_right(self) -> None:
        ids = sorted(self.marks)

        async def go_on(why: str) -> None:
            async def work(told: Told) -> Corrected:
                return await self.store.worklists.accept(self.problem, ids, why, told)

            async def act() -> None:
                self._many(ids, work)

            question = _("“{problem}”: right as it is, for {people}?")
            words = corrections.problem(self.problem)
            self.confirm(question.format(problem=words, people=corrections.people(len(ids))), act)

        hint = _("It is kept in the trail · enter goes on · esc goes back")
        await self.ask_reason(f"all right {self.problem}", hint, go_on, self.why_right)

    def _many(self, ids: Sequence[int], work: Callable[[Told], Awaitable[Corrected]]) -> None:
        async def done(told: Told) -> tuple[str, UndoRef | None]:
            did = await work(told)
            self.marks.difference_update(ids)
            self.settled += did.changed
            return _("Done for {people}").format(people=corrections.people(did.changed)), did.undo

        self.at_length(done)


def _first_sharer(row: WorkRow) -> str:
    return row.shared_with[0].name if row.shared_with else ""
