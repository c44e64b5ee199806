"""A value typed in place: read while it is typed, its source asked once, a colleague's change never run over unseen."""

from __future__ import annotations

from store.drafts import of_person
from store.edits import Correction, Evidence
from store.errors import EditConflict, FieldConflict, StaleEdit
from store.rows import UndoRef
from store.rules.corrections import NO, YES, Field, Source
from store.worklists import WorkPerson, WorkRow
from tui.commands import Command
from tui.i18n import _
from tui.kept import open_kept
from tui.screens.corrections_desk import CorrectionsDesk
from tui.screens.deeds import Deed
from tui.widgets.ink import cut
from tui.widgets.prompt import PromptLine
from tui.words import corrections

DRAFT = "correct:"


class EditDesk(CorrectionsDesk):
    """The part of a worklist that types and saves. The screen says who is chosen and shows the next one."""

    settled_by: Field | None

    def __init__(self, done: list[Deed]) -> None:
        super().__init__(done)
        self.person: WorkPerson | None = None  # whole, while a value of theirs is typed or settled
        self.clash: list[FieldConflict] = []
        self.evidence: Evidence | None = None  # kept for the following people
        self._text = ""  # what waits for its source, or for the choice of mine or theirs
        self._area = ""

    @property
    def row(self) -> WorkRow | None:
        raise NotImplementedError

    async def settled_one(self, participant_id: int, said: str, ref: UndoRef | None) -> None:
        """One person is settled: the next one comes under the cursor."""
        raise NotImplementedError

    def let_go(self) -> None:
        """Nobody is typed at any more."""
        self.person, self.clash, self._text = None, [], ""

    # Typing

    async def do_work_edit(self) -> None:
        row = self.row
        if row is None or self.settled_by is None:
            return
        await self._open_person(row)
        kept = await self.store.drafts.load(self._draft(row.participant_id))
        await self._type(kept[0] if kept is not None else "")

    def _draft(self, participant_id: int) -> str:
        return f"{DRAFT}{self.settled_by}{of_person(participant_id)}"

    async def _open_person(self, row: WorkRow) -> None:
        self.person = await self.store.worklists.open(row.participant_id)
        self._area = str(await self.store.office.setting("phones.area_code"))

    async def _type(self, text: str) -> None:
        person, field = self.person, self.settled_by
        assert person is not None
        assert field is not None
        start = _("{how} · enter saves, and the next one · esc").format(how=_(corrections.HOW[field]))
        prompt = PromptLine(_(corrections.LABELS[field]), text, start, 200)

        async def typed(now: str) -> None:
            bad, words = self._reading(now)
            prompt.hint = (bad or words) if now.strip() else start

        async def entered(now: str) -> None:
            bad, _words = self._reading(now)
            if bad:
                await self._type(now)
                self.say(_("Not taken: {why}.").format(why=bad), "warn")
                return
            await self._take(now)

        async def left(now: str) -> None:
            key = self._draft(person.participant_id)
            if now.strip():
                await self.store.drafts.save(key, now)
                self.say(_("What you typed is kept; e brings it back."), "muted")
            else:
                await self.store.drafts.clear(key)
            self.let_go()

        await typed(text)
        self.open_prompt(prompt, entered, typed=typed, escape=left, keep=self._draft(person.participant_id))

    def _reading(self, text: str) -> tuple[str, str]:
        """Why a text cannot be taken, or ''; and what it is."""
        assert self.person is not None
        assert self.settled_by is not None
        values = dict(self.person.values)
        return corrections.reading(
            self.settled_by,
            text,
            self._area,
            self.store.today(),
            values[Field.BIRTH_DATE],
            values[Field.NIK],
        )

    async def _take(self, text: str) -> None:
        """A text that can be read: saved at once where its source is known."""
        self._text = text
        if self.evidence is None:
            _bad, words = self._reading(text)
            self.question("work-source", _("{what}. Who said so?").format(what=words))
        else:
            await self._save(over=False)

    # The source

    def source_words(self) -> str:
        """The source that is kept, or ''."""
        return "" if self.evidence is None else corrections.source(self.evidence.source, self.evidence.said_by)

    def evidence_or(self, source: Source) -> Evidence:
        return self.evidence if self.evidence is not None else Evidence(source)

    async def do_work_source(self) -> None:
        self.question("work-source", _("Who says what is typed from now on?"))

    async def do(self, command: Command) -> None:
        if not command.id.startswith("said-"):
            await super().do(command)
            return
        self.asking = ""
        source = Source(command.id.removeprefix("said-"))
        if source is Source.OTHER:
            await self._ask_who()
        else:
            await self._said(Evidence(source))

    async def _ask_who(self) -> None:
        async def entered(text: str) -> None:
            if text.strip():
                await self._said(Evidence(Source.OTHER, said_by=text.strip()))
                return
            await self._ask_who()
            self.say(_("Write a few words; colleagues will read them."), "warn")

        async def left(_text: str) -> None:
            await self._not_yet()

        hint = _("wife, foreman, letter of … · kept for the next ones · enter goes on · esc goes back")
        await open_kept(self, "work source", PromptLine(_("Who said so"), "", hint, 80), entered, escape=left)

    async def _said(self, evidence: Evidence) -> None:
        self.evidence = evidence
        if self._text:
            await self._save(over=False)
        else:
            self.say(_("Source of the next ones: {who}").format(who=self.source_words()), "muted")

    async def keep_typed(self) -> bool:
        """Nothing was saved: what was typed stays as a draft; whether there was any."""
        person, text = self.person, self._text
        if person is not None and text and self.settled_by is not Field.ACTIVE:
            await self.store.drafts.save(self._draft(person.participant_id), text)
        self.let_go()
        return bool(text)

    async def typed_again(self) -> bool:
        """No draft can be kept: what was typed stands in its line again; whether there was any."""
        if self.person is None or not self._text:
            return False
        await self._type(self._text)
        return True

    async def _not_yet(self) -> None:
        """The source was not said."""
        if await self.keep_typed():
            self.say(_("Nothing was saved; e brings back what you typed."), "warn")
        self.frame()

    # Saving

    async def _save(self, *, over: bool) -> None:
        person, field, evidence, text = self.person, self.settled_by, self.evidence, self._text
        assert person is not None
        assert field is not None
        assert evidence is not None
        if evidence.source is Source.COMPANY:
            evidence = Evidence(evidence.source, said_by=person.company)
        _bad, words = self._reading(text)
        mine = Correction(field, text, person.seen, over=over)
        try:
            done = await self.store.corrections.correct(person.participant_id, [mine], evidence)
        except EditConflict as conflict:
            self.clash = list(conflict.fields)
            self._ask_clash()
            return
        self.let_go()
        await self.store.drafts.clear(self._draft(person.participant_id))
        said = corrections.saved(cut(person.name, 26), field, words, done)
        await self.settled_one(person.participant_id, said, done.undo)

    def _ask_clash(self) -> None:
        first = self.clash[0]
        title = _("{field}: whose?").format(field=corrections.field(first.field))
        theirs = cut(first.by or _("a colleague"), 30)
        self.ask("clash", title, [("1", _("mine")), ("2", theirs)])

    async def do_clash_mine(self) -> None:
        self.asking, self.clash = "", []
        await self._save(over=True)

    async def do_clash_theirs(self) -> None:
        person = self.person
        self.asking = ""
        self.let_go()
        await self.read_again()
        if person is not None:
            await self.store.drafts.clear(self._draft(person.participant_id))
            self.say(_("{name}: the colleague's value stays.").format(name=person.name), "muted")

    async def do_back(self) -> None:
        if self.asking in ("clash", "work-source") and self._text:
            self.asking = ""
            await self._not_yet()
            return
        await super().do_back()

    # Values that need no typing

    async def do_status_active(self) -> None:
        await self._status(YES)

    async def do_status_left(self) -> None:
        await self._status(NO)

    async def _status(self, text: str) -> None:
        row = self.row
        if row is not None:
            await self._open_person(row)
            assert self.person is not None
            if self.person.seen.value(Field.ACTIVE) != row.value:  # the key meant what the row showed
                raise StaleEdit("participant", row.participant_id)
            await self._take(text)

    async def do_work_suggestion(self) -> None:
        row = self.row
        if row is None or row.suggestion is None:
            return
        evidence = Evidence(Source.FILE, place=_place(row), why=_("typing error of the file put right"))
        done = await self.store.worklists.take_suggestion(row.participant_id, row.version, evidence)
        said = corrections.saved(cut(row.name, 26), Field.EMAIL, row.suggestion, done)
        await self.settled_one(row.participant_id, said, done.undo)


def _place(row: WorkRow) -> str:
    return " / ".join(filter(None, (row.file, row.sheet, str(row.row or ""))))
