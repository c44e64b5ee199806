"""Help with JMO, Lapak Asik or a claim at the office: one form, saved in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual import events
from textual.widget import Widget

from store.errors import FieldConflict, Invalid, NotFound, StaleEdit, StoreError
from store.rules.assists import EXPLAINED, Activation, ClaimReason, Paper, PaperState, Result, papers_missing
from store.rules.callbacks import CallbackTimeError
from store.rules.outcomes import Channel
from tui.assist_form import NEXT, Subject, upon, with_paper
from tui.commands import Command, Facts, holding
from tui.i18n import _, moment
from tui.kept import Unkept, open_kept
from tui.screens import assist_slip, files_out
from tui.screens.assist_draft import AssistFormDesk
from tui.widgets.assist_form import clash_lines, form_lines
from tui.widgets.ink import Line, Piece, cut
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.words import assists, errors


class AssistScreen(AssistFormDesk):
    """The form of one help; who comes back to it finds what was not saved."""

    def __init__(self, subject: Subject, assist_id: int | None = None) -> None:
        super().__init__(subject, assist_id)
        self.clash: list[FieldConflict] = []
        self.theirs: set[str] = set()

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="assist")
        return (self.page,)

    def context(self) -> str:
        return "assist"

    def place(self) -> tuple[str, str]:
        return _("Help with a claim"), self.who or assists.way(self.form.way)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(
            permissions=me.permissions,
            practice=me.practice,
            begun=bool(self.who),
            open=self.assist_id is not None and self.form == self.seen,
            person=self.form.participant_id is not None,
        )

    def idle_lines(self) -> list[list[Piece]]:
        first: Piece = (_("1–8 a paper: there, missing, not needed · 0 all there · n note · p slip"), "muted")
        if self.form == self.seen and self.assist_id is not None:
            second: Piece = (_("Saved. p prints what is missing for the participant."), "good")
        elif self.form == self.seen:
            second = (_("Nothing noted yet; esc goes back."), "muted")
        else:
            second = (_("Not saved yet: enter saves, esc keeps it as a draft."), "warn")
        return [[first], [second, (f"   {self.page.position()}", "muted")]]

    def paint(self) -> None:
        now = self.loket.now()

        def lay(width: int) -> list[Line]:
            if self.clash:
                return clash_lines(self.clash[0], now, width)
            return form_lines(self.form, self.who, self.needed, now, width)

        self.page.fill(lay)
        self.frame()

    async def _other_key(self, event: events.Key) -> None:
        if not self.asking and await self.page.move(event.key):
            self.frame()
            return
        await super()._other_key(event)

    # Keys

    async def do(self, command: Command) -> None:
        family, _mark, value = command.id.rpartition("-")
        value = "" if value == "none" else value
        self.asking = ""
        if family == "assist-paper":
            paper = list(Paper)[int(value) - 1]
            self.changed(with_paper(self.form, paper, NEXT[self.form.documents.get(paper)]))
        elif family == "help-way":
            self.changed(replace(self.form, way=Channel(value)))
            await self._read_needed()
        elif family == "help-why":
            self.changed(replace(self.form, reason=ClaimReason(value)))
            await self._read_needed()
        elif family == "activation":
            activation = Activation(value) if value else None
            self.changed(replace(self.form, activation=activation, activation_note=""))
            if activation is Activation.OTHER:
                await self._ask_text("activation_note", _("What stopped it"))
        elif family == "result":
            self.changed(replace(self.form, result=Result(value), result_note=""))
            if self.form.result in EXPLAINED:
                await self._ask_text("result_note", _("Why"))
        else:
            await super().do(command)

    async def do_assist_all(self) -> None:
        form = self.form
        for paper in papers_missing(self.needed, form.documents)[1]:
            form = with_paper(form, paper, PaperState.PRESENT)
        self.changed(form)

    async def do_assist_email(self) -> None:
        self.changed(replace(self.form, email_handed_over=not self.form.email_handed_over))

    async def do_assist_way(self) -> None:
        self._pick("help-way", _("Which way"))

    async def do_assist_reason(self) -> None:
        self._pick("help-why", _("Why"))

    async def do_assist_activation(self) -> None:
        self._pick("activation", _("Activation"))

    async def do_assist_result(self) -> None:
        self._pick("result", _("Result"))

    def _pick(self, context: str, title: str) -> None:
        self.ask(context, title, [(command.keys[0], _(command.label)) for command in holding((context,))])

    async def do_assist_note(self) -> None:
        await self._ask_text("note", _("Note"))

    async def _ask_text(self, field: str, label: str) -> None:
        """A line of the form; every key of it is in the draft, enter and escape both keep it there."""

        async def kept(text: str) -> None:
            wish: dict[str, Any] = {field: text.strip()}
            self.changed(replace(self.form, **wish))

        hint = _("enter or esc keeps it on the form · ctrl+u empties it")
        self.open_prompt(
            PromptLine(label, getattr(self.form, field), hint, 300), kept, typed=kept, escape=kept, keep=Unkept.FORM
        )

    async def do_assist_interview(self) -> None:
        if self.form.way is Channel.JMO and self.form.interview_at is None:
            self.say(errors.sentence(Invalid("interview_at", "jmo", "no-interview"), self.loket.now()), "warn")
            return
        await self._ask_interview()

    async def _ask_interview(self) -> None:
        start = _("senin 10 · 12-8 9.30 · enter alone takes it away · esc")
        prompt = PromptLine(_("Interview"), "", start, 40)

        async def typed(now: str) -> None:
            prompt.hint = await self._read_interview(now) if now.strip() else start

        async def entered(now: str) -> None:
            try:
                at = await self.store.assists.parse_interview(now) if now.strip() else None
            except CallbackTimeError as wrong:
                await self._ask_interview()
                self.say(errors.callback(wrong, self.loket.now()), "warn")
                return
            self.changed(replace(self.form, interview_at=at))

        await open_kept(self, f"{self._key} interview", prompt, entered, typed=typed)

    async def _read_interview(self, text: str) -> str:
        try:
            return moment(await self.store.assists.parse_interview(text), self.loket.now())
        except CallbackTimeError as wrong:
            return errors.callback(wrong, self.loket.now())

    # Saving

    async def do_assist_save(self) -> None:
        try:
            if self.assist_id is None:
                done = await self.store.assists.begin(self.form, draft=self._key if self._kept else "")
            else:
                done = await self.store.assists.save(self.assist_id, self.version, self.form)
        except StaleEdit as stale:
            self.clash, self.theirs = list(stale.fields), set()
            if not self.clash:
                raise
            self._ask_clash()
            return
        except CallbackTimeError as wrong:
            await self.keep()
            self.say(errors.callback(wrong, self.loket.now()), "warn")
            return
        except StoreError as wrong:
            await self.keep()
            if isinstance(wrong, NotFound) and wrong.kind == "draft":
                return
            raise
        form, before = self.form, self._key
        self.seen, self._kept = self.form, False
        await self.keep()
        await self.store.drafts.clear(before)
        self.assist_id, self.version = done.assist_id, done.version
        missing = papers_missing(self.needed, form.documents)[0]
        await self._read()
        self.loket.saved()
        await self.loket.refresh_office()
        self.paint()
        self.say(assists.saved(form, done, cut(self.who, 24), missing, self.loket.now()), "good")

    async def do_undo(self) -> None:
        row = await self.store.assists.undo()
        self.loket.saved()
        await self.loket.refresh_office()
        said = (
            _("Taken back: the help is gone.") if row is None else _("Taken back: {who}").format(who=assists.who(row))
        )
        if self.assist_id is not None and await self.store.assists.read(self.assist_id) is None:
            self.loket.message = (said, "good")
            self.dismiss()
            return
        await self._read()
        await self._read_needed()
        self.say(said, "good")

    # What a colleague changed meanwhile

    def _ask_clash(self) -> None:
        first = self.clash[0]
        title = _("{field}: whose?").format(field=assists.conflict_field(first.field))
        self.ask("clash", title, [("1", _("mine")), ("2", cut(first.by or _("a colleague"), 30))])
        self.paint()

    async def do_clash_mine(self) -> None:
        await self._settle(mine=True)

    async def do_clash_theirs(self) -> None:
        await self._settle(mine=False)

    async def _settle(self, *, mine: bool) -> None:
        field = self.clash.pop(0).field
        self.asking = ""
        if not mine:
            self.theirs.add(field)
        if self.clash:
            self._ask_clash()
            return
        wished, seen = self.form, self.seen
        await self._read()
        self.form = upon(self.seen, seen, wished, self.theirs)
        await self.do_assist_save()

    async def do_back(self) -> None:
        if self.asking == "clash":
            self.clash = []
        await super().do_back()
        self.paint()

    # Paper

    async def do_assist_slip(self) -> None:
        if self.assist_id is None:
            return
        row = await self.store.assists.read(self.assist_id)
        if row is not None:
            self.loket.run_worker(files_out.told(self.loket, lambda: assist_slip.write(self.loket, row)))
