"""The counter (F3): one call or visit on a form, with what may be said beside it; above whatever was in front."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final, cast

from textual import events
from textual.widget import Widget

from store.answers import AnswerFacts
from store.errors import EditConflict, FieldConflict, Invalid, NotFound, StaleEdit, StoreError
from store.rules.answers import AnswerRow
from store.rules.callbacks import CallbackTimeError
from store.rules.counter import Caller, ContactChannel
from store.rules.decisions import DecisionError
from tui import i18n
from tui.call_form import THEMSELVES, CallForm, stand_of
from tui.commands import Command, Facts
from tui.i18n import _, hour
from tui.screens.counter_follow import FollowDesk
from tui.screens.counter_left import LeftScreen
from tui.screens.counter_log import LogScreen
from tui.screens.counter_missed import MissedScreen
from tui.screens.counter_who import Match, WhoDesk, people_columns
from tui.widgets.answer import WIDEST, answer_lines
from tui.widgets.call_form import clash_lines, form_lines
from tui.widgets.ink import EMPTY, Line, Piece, cut, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.window_table import WindowTable
from tui.words import answer_fields, answer_person, answers, counter, errors

WIDE: Final = 110
"""Columns from which the answer stands beside the form."""


class CounterScreen(WhoDesk, FollowDesk):
    """Ready at once: nothing has to be typed, a topic by its digit and enter are a whole entry of the log."""

    desk: ClassVar[str] = "desk-service"

    def __init__(self, started_at: datetime) -> None:
        super().__init__(started_at)
        self.topics: dict[str, str] = {}
        self.clash: list[FieldConflict] = []
        self.answers: tuple[AnswerRow, ...] = ()
        self.answer_facts: AnswerFacts | None = None
        self.answer_at = 0

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.view = PageView(id="call")
        self.panel = PageView(id="said")
        self.matches = WindowTable[Match](people_columns(), key=lambda match: match.key, id="matches")
        self.matches.set_class(True, "away")
        return (self.view, self.panel, self.matches)

    def reveal_of(self) -> tuple[int, str] | None:
        known = self.form.participant_id
        return None if known is None or self.searching else (known, self.form.name)

    def reveal_why(self) -> str:
        return _("at the counter since {time}").format(time=hour(self.form.started_at))

    def context(self) -> str:
        return "counter"

    def place(self) -> tuple[str, str]:
        return _("Service"), _("at the desk") if self.form.channel is ContactChannel.DESK else _("telephone")

    def facts(self) -> Facts:
        me, form, person = self.loket.me, self.form, self.person
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            topics="".join(self.topics),
            begun=not form.empty,
            person=person is not None,
            themselves=form.caller in THEMSELVES,
            right_party=form.right_party,
            birth_date=person is not None and person.has_birth_date and person.birth_date is None,
            place=person is not None and not (person.deceased and stand_of(person) is None),
            attach=bool(form.number) and form.seen is not None and form.number not in form.seen.phones,
            promise=form.promise is not None,
            drafts=self.left,
            rows=len(self.answers),
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.matches) if self.searching else None

    def idle_lines(self) -> list[list[Piece]]:
        """The topics by digit, in two lines."""
        width = self.size.width - 2
        half = (len(self.topics) + 1) // 2
        items = list(self.topics.items())
        lines: list[list[Piece]] = []
        for row in (items[:half], items[half:]):
            room = (width - 4 * len(row)) // max(1, len(row))
            pieces: list[Piece] = []
            for digit, code in row:
                chosen = code == self.form.topic
                pieces += [(digit, "key"), (f" {cut(counter.topic(code), room)}  ", "strong" if chosen else "normal")]
            lines.append(pieces)
        if lines and self.panel.position() and not self.searching:
            lines[-1].append((_("PgDn reads on {at}").format(at=self.panel.position()), "muted"))
        return lines

    # Reading

    async def arrived(self) -> None:
        self.topics = await self.store.counter.topics()
        await self.count_left()
        await self.read_person()
        await self.read_answers()
        self.paint()

    async def others_changed(self) -> None:
        await self.arrived()

    async def read_told(self) -> None:
        before = self.told
        await super().read_told()
        if self.told != before:
            self.panel.top = 0  # what is new about the person stands first

    async def read_answers(self) -> None:
        """The quick answers of the topic, as they hold now."""
        topic = self.form.topic
        if not topic:
            self.answers = ()
            return
        self.answer_facts = await self.store.answers.facts()
        language = i18n.language()
        built_in = answers.built_in(language, self.answer_facts)
        self.answers = await self.store.answers.list(topic, language, built_in)
        self.answer_at = min(self.answer_at, max(0, len(self.answers) - 1))

    # Painting

    def on_resize(self) -> None:
        self.call_after_refresh(self.paint)

    def restart(self, started_at: datetime) -> None:
        self.clash, self.answers, self.answer_at, self.sought = [], (), 0, ""
        super().restart(started_at)

    def paint(self) -> None:
        if not (self.is_mounted and self.size.width):
            return
        searching, width = self.searching, self.size.width
        beside = width >= WIDE and not searching
        now, form = self.loket.now(), self.form
        waiting = counter.waiting(self.left, self.loket.office.missed)

        def lay(room: int) -> list[Line]:
            return form_lines(form, self.person, self.topics, waiting, now, room)

        self.query_one("#body").styles.layout = "horizontal" if beside else "vertical"
        self.view.styles.height = "1fr" if beside else len(lay(width))
        self.panel.styles.max_width = WIDEST + 2 if beside else None
        self.matches.set_class(not searching, "away")
        self.panel.set_class(searching, "away")
        self.view.fill(lay)
        self.panel.fill(self._said)
        self.frame()

    def _said(self, width: int) -> list[Line]:
        """What may be said: of this person to this caller, then to everybody on the topic."""
        if self.clash:
            return clash_lines(self.clash[0], self.loket.now(), width)
        lines: list[Line] = []
        if self.told is not None:
            role = "bad" if self.form.caller is Caller.OTHER else "good" if self.form.right_party else "warn"
            company = self.form.caller is Caller.COMPANY
            said = answer_person.to_company() if company else answer_person.sentences(self.told, self.loket.now())
            for sentence in said:
                lines += [line((f" {row}", role)) for row in wrap(sentence, max(10, width - 2), 4)]
                role = "normal"
            lines.append(EMPTY)
        if self.answers and self.answer_facts is not None:
            row = self.answers[self.answer_at]
            values = answer_fields.values(self.answer_facts, self.loket.me.office, self.loket.now())
            if len(self.answers) > 1:
                place = _("Answer {at} of {n} (tab: next)").format(at=self.answer_at + 1, n=len(self.answers))
                lines.append(line((f" {place}", "key")))
            lines += answer_lines(row, values, width)
        elif not self.form.topic and self.told is None:
            hint = _("The topic by its digit, then enter: that is a whole entry. The quick answer appears here.")
            lines += [line((f" {row}", "muted")) for row in wrap(hint, max(10, width - 2), 3)]
        return lines

    async def _other_key(self, event: events.Key) -> None:
        if not self.asking and await self.panel.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    # Keys

    async def do(self, command: Command) -> None:
        family, _mark, value = command.id.rpartition("-")
        if family == "counter-topic":
            await self.choose_topic(self.topics[value])
        elif family == "caller":
            self.asking = ""
            await self.choose_caller(Caller(value))
        elif family == "ending":
            self.asking = ""
            self.end_as(value)
        elif family == "place":
            self.asking = ""
            await self.place_as(value)
        elif command.id == "promise-typed":
            await self.open_promise("")
        elif family == "promise":
            self.asking = ""
            await self.promise_by(value)
        else:
            await super().do(command)

    async def choose_topic(self, topic: str) -> None:
        """What it is about, noted before anything is read; then the quick answer appears."""
        self.form.topic, self.answers, self.answer_at, self.panel.top = topic, (), 0, 0
        self.changed()
        await self.read_answers()
        self.paint()

    async def lost(self, error: StoreError) -> None:
        """A read failed after something was noted: the form shows it all the same."""
        self.paint()

    async def show_form(self, form: CallForm, *, kept: bool = False) -> None:
        self.clash, self.answer_at, self.sought = [], 0, ""
        await super().show_form(form, kept=kept)
        await self.read_answers()
        self.paint()

    async def reopen(self, name: str, text: str) -> None:
        if name.startswith("due "):
            await self.open_due(name.removeprefix("due "), text)
            return
        opens = {
            "who": self.open_who,
            "caller": self.open_caller,
            "company": self.open_company,
            "contact": self.open_contact,
            "promise": self.open_promise,
            "note": self.open_note,
        }
        if name in opens:
            await opens[name](text)

    async def do_counter_next_answer(self) -> None:
        self.answer_at = (self.answer_at + 1) % max(1, len(self.answers))
        self.panel.top = 0
        self.paint()

    async def do_counter_desk(self) -> None:
        at_desk = self.form.channel is ContactChannel.DESK
        self.form.channel = ContactChannel.PHONE if at_desk else ContactChannel.DESK
        self.say(_("On the telephone.") if at_desk else _("At the desk: a visit."), "muted")
        self.changed()

    async def do_counter_caller(self) -> None:
        self._pick("pick-caller", _("Who is calling"))

    async def do_counter_missed(self) -> None:
        await self.loket.push_screen(MissedScreen(self))

    async def do_counter_log(self) -> None:
        await self.loket.push_screen(LogScreen())

    async def do_counter_resume(self) -> None:
        others = await self.others()
        if len(others) == 1:
            await self.open_draft(others[0])
        else:
            await self.loket.push_screen(LeftScreen(self))

    async def do_undo(self) -> None:
        taken = await self.store.counter.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        if taken.draft and self.form.empty:
            await self.open_draft(taken.draft)
            self.say(_("Taken back: all of it stands here again, unsaved; c throws it away."), "warn")
            return
        await self.count_left()
        await self.read_person()
        self.say(counter.taken_back(taken, self.loket.now()), "good")
        self.paint()

    # Saving

    async def do_counter_save(self) -> None:
        form = self.form
        if not form.topic:
            if form.empty and form.channel is ContactChannel.PHONE:
                await self.do_counter_desk()
            else:
                self.say(_("What is it about? Press the digit of the topic, then enter."), "warn")
            return
        self._stop_timer()
        try:
            done = await self.store.counter.save(form.contact(stand_of(self.person), kept=self._kept))
        except EditConflict as conflict:
            self.clash = list(conflict.fields)
            self._ask_clash()
            return
        except CallbackTimeError as wrong:
            await self.refused(_("{why} q sets another time.").format(why=errors.callback(wrong, self.loket.now())))
            return
        except DecisionError as wrong:
            await self.refused(errors.decision(wrong))
            return
        except StoreError as wrong:
            if isinstance(wrong, StaleEdit) and wrong.table == "contact":
                form.answers_id = None
                await self.refused(_("A colleague rang them back already. Enter saves yours as a call of its own."))
            elif isinstance(wrong, NotFound) and wrong.kind == "draft":
                await self.keep()
                self.paint()
            elif isinstance(wrong, Invalid):
                await self.refused(counter.refusal(wrong, self.loket.now()))
            else:
                await self.keep()
                raise
            return
        await self._forget()
        self.loket.saved()
        await self.loket.refresh_office()
        await self.done_with(counter.saved(form, done), "good")

    async def refused(self, why: str) -> None:
        """Nothing was written; all of it stays on the form and on disk."""
        await self.keep()
        self.paint()
        self.say(why, "warn")

    # A correction that meets a colleague's

    def _ask_clash(self) -> None:
        first = self.clash[0]
        name = first.by or _("a colleague")
        field = _(counter.CONFLICTS[first.field])
        self.panel.top = 0
        self.ask("clash", _("{field}: whose?").format(field=field), [("1", _("mine")), ("2", cut(name, 30))])
        self.touch()
        self.paint()

    async def do_clash_mine(self) -> None:
        await self._settle(mine=True)

    async def do_clash_theirs(self) -> None:
        await self._settle(mine=False)

    async def _settle(self, *, mine: bool) -> None:
        field, form = str(self.clash.pop(0).field), self.form
        self.asking = ""
        if mine:
            form.over.append(field)
        elif field == "phone":
            form.phone = ""
        else:
            form.email = None
        if self.clash:
            self._ask_clash()
        else:
            await self.do_counter_save()

    async def do_back(self) -> None:
        if self.asking == "clash":
            self.clash = []
            self.paint()
        await super().do_back()
