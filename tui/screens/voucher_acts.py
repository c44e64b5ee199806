"""What can be done with a claim file, the same on the desk and on the page of one: match, correct, approve, undo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from textual import events

from store.claim_file_rows import FileRow, YesGroup
from store.claim_files import FileIn
from store.errors import StaleEdit, StoreError, UndoRefused
from store.rules.money import read_rupiah
from store.rules.text import clean
from store.rules.vouchers import FileStep, refusal_of
from tui.commands import Facts
from tui.i18n import N_, _, ngettext, number
from tui.kept import LINES, keep, open_kept
from tui.screens.deeds import DeedDesk
from tui.widgets.prompt import PromptLine
from tui.words import errors, voucher_desk

Save = Callable[[FileIn], Awaitable[None]]

PAPER: Final = (
    ("name", N_("Name on the paper")),
    ("amount", N_("Amount of the penetapan")),
    ("payee", N_("Paid to")),
    ("program", N_("Programme")),
    ("kpj", "KPJ"),
    ("note", N_("Note")),
)
"""What is read from a paper, in the order in which tab goes through it."""

PROGRAMS: Final = ("JHT", "JKK", "JKM", "JP")


class PaperDesk(DeedDesk):
    """The part of a screen that types what a paper says, and takes back what was done."""

    _values: dict[str, str]
    _at: int
    _save: Save
    _line: PromptLine | None = None
    _paper_key: str = ""

    async def lost(self, error: StoreError) -> None:
        if isinstance(error, StaleEdit):
            words = _("A colleague changed this file just now; nothing was written. It stands here as it is now.")
            self.loket.message = (words, "warn")
        elif isinstance(error, UndoRefused):
            self.loket.message = (errors.sentence(error, self.loket.now()), "bad")
        await self.read_again()

    # What a paper says

    async def open_paper(self, name: str, values: dict[str, str], save: Save) -> None:
        """One line after the other: tab goes on to the next, enter is done with all of them, escape drops it.

        `name` says whose paper it is: what was being typed when Loket ended stands in its lines again.
        """
        self._paper_key, before = paper_draft(name), dict(values)
        for field, _label in PAPER:
            if (kept := await self.store.drafts.load(f"{self._paper_key}{field}")) is not None:
                values[field] = kept[0]
        await self._open_line(values, save, 0)
        if values != before:
            self.say(_("What you typed of this paper before is here again; esc drops it."), "warn")

    async def _open_line(self, values: dict[str, str], save: Save, at: int) -> None:
        field, label = PAPER[at]
        key, before = f"{self._paper_key}{field}", values[field]
        line = PromptLine(_(label), values[field], _("tab the next line · enter saves all of it · esc drops it"), 120)

        async def entered(text: str) -> None:
            await self._keep_field(field, before, text)
            values[field] = clean(text)
            paper, wrong = read_paper(values)
            if paper is None:
                where = next(n for n, (name, _label) in enumerate(PAPER) if name == wrong)
                await self._open_line(values, save, where)
                self.say(voucher_desk.unreadable(wrong), "warn")
            else:
                for name, _label in PAPER:
                    self.kept.entered(f"{self._paper_key}{name}")
                await save(paper)

        async def dropped(text: str) -> None:
            await self._keep_field(field, before, text)
            await self.paper_dropped()

        self._values, self._at, self._save, self._line = values, at, save, line
        self.open_prompt(line, entered, escape=dropped, keep=key)

    async def _keep_field(self, field: str, before: str, text: str) -> None:
        if text != before:
            await keep(self, f"{self._paper_key}{field}", text)

    async def drop_paper(self, begins: str) -> None:
        """What was typed of a paper is not needed; `begins` is its `paper_draft`."""
        for key in await self.store.drafts.keys(begins):
            await self.store.drafts.clear(key)

    async def paper_dropped(self) -> None:
        """The lines of a paper were left; nothing was written."""

    async def _key_in_prompt(self, event: events.Key) -> bool:
        if event.key == "tab" and self.prompt is not None and self.prompt is self._line:
            values, save = self._values, self._save
            field, text = PAPER[self._at][0], self.prompt.text
            await self.guarded(lambda: self._keep_field(field, values[field], text))
            values[field] = clean(text)
            await self._open_line(values, save, (self._at + 1) % len(PAPER))
            return True
        if event.key == "escape" and self.prompt is not None and self.prompt is self._line:
            await super()._key_in_prompt(event)
            await self.guarded(lambda: self.drop_paper(self._paper_key))
            return True
        return await super()._key_in_prompt(event)


def paper_draft(name: str) -> str:
    """What the keys of drafts about the paper of this name begin with."""
    return f"{LINES}paper {name} "


def read_paper(values: dict[str, str]) -> tuple[FileIn | None, str]:
    """What was typed as the paper of a file; None and the field that cannot be read."""
    amount = None
    if values["amount"]:
        amount = read_rupiah(values["amount"]).value
        if amount is None or amount <= 0:
            return None, "amount"
    program = values["program"].upper()
    if program and program not in PROGRAMS:
        return None, "program"
    name, payee, kpj, note = (values[field] for field in ("name", "payee", "kpj", "note"))
    return FileIn(program, kpj, name, payee, amount, note=note), ""


class FileActs(PaperDesk):
    """The part of a desk that works on claim files; the desk says which one is chosen."""

    groups: Sequence[YesGroup] = ()
    _asked: tuple[int, ...] = ()  # files that one yes may serve, the chosen one first: the list may change meanwhile

    def chosen(self) -> FileRow | None:
        """The file that the keys are about."""
        raise NotImplementedError

    def waiting(self) -> list[FileRow]:
        """The chosen files that wait for a yes."""
        row = self.chosen()
        return [row] if row is not None and row.waits_for_yes else []

    def facts_of_file(self, facts: Facts) -> Facts:
        """With what decides about the commands of one file: the rule that the store refuses by."""
        row = self.chosen()
        if row is None:
            return facts
        bound = row.payment_id is not None

        def may(step: FileStep) -> bool:
            return refusal_of(step, row.state, has_transaction=bound) is None

        waiting = self.waiting()
        return replace(
            facts,
            file_loose=may(FileStep.MATCH) and not bound,
            file_bound=may(FileStep.UNMATCH) and bound,
            file_open=may(FileStep.AMEND),
            file_waits=bool(waiting),
            file_mine=bool(waiting) and all(each.mine for each in waiting),
            file_own=row.mine,
        )

    async def read_groups(self, differing: int) -> None:
        """What waits for a yes, read only where something does."""
        self.groups = await self.store.files.yes_groups() if differing else ()

    # A yes

    async def do_file_approve(self) -> None:
        waiting = [row for row in self.waiting() if not row.mine]
        group = next((group for group in self.groups if waiting and waiting[0].file_id in group.file_ids), None)
        if len(waiting) == 1 and group is not None and len(group.file_ids) > 1:
            chosen = waiting[0].file_id
            self._asked = (chosen, *(file_id for file_id in group.file_ids if file_id != chosen))
            count = number(len(self._asked))
            all_of = _("all {n} of {payee}").format(n=count, payee=voucher_desk.short(group.payee or waiting[0].name))
            self.ask("file-approve", _("Approve"), [("1", _("this file alone")), ("2", all_of)])
        else:
            await self._why([row.file_id for row in waiting])

    async def do_approve_one(self) -> None:
        await self._why(list(self._asked[:1]))

    async def do_approve_group(self) -> None:
        await self._why(list(self._asked))

    async def _why(self, ids: list[int]) -> None:
        files = ngettext("1 file", "{n} files", len(ids)).format(n=number(len(ids)))

        async def approve(why: str) -> None:
            count, undo = await self.store.files.approve(ids, why)
            said = ngettext("1 file approved", "{n} files approved", count).format(n=number(count))
            await self.did(said, undo)

        label = _("Reason for the yes to {files}").format(files=files)
        await self._ask_words(label, _("e.g. hospital's receipt seen · enter approves · esc goes back"), approve)

    async def _ask_words(self, label: str, hint: str, go_on: Callable[[str], Awaitable[None]]) -> None:
        """A line that may not be empty."""

        async def entered(text: str) -> None:
            if clean(text):
                await go_on(clean(text))
            else:
                await self._ask_words(label, hint, go_on)
                self.say(_("Write a few words; they stay with the file."), "warn")

        await open_kept(self, f"file-words:{label}", PromptLine(label, "", hint, 120), entered)

    # Another transaction, another reading

    async def do_file_match(self) -> None:
        from tui.screens.voucher_receive import ReceiveScreen

        row = self.chosen()
        if row is not None:
            await self.loket.push_screen(ReceiveScreen(self.done, row.paid_on, row))

    async def do_file_unmatch(self) -> None:
        row = self.chosen()
        if row is not None:
            undo = await self.store.files.unmatch(row.file_id, row.version)
            await self.did(_("{name}: off its transaction, m finds another").format(name=voucher_desk.name(row)), undo)

    async def do_file_amend(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def save(paper: FileIn) -> None:
            found = await self.store.files.amend(row.file_id, row.version, paper)
            said = _("{name}: corrected, {state}")
            await self.did(said.format(name=voucher_desk.name(row), state=voucher_desk.became(found)), found.undo)

        amount = "" if row.typed_amount is None else str(row.typed_amount)
        values = {"name": row.name, "amount": amount, "payee": row.payee, "program": row.program, "kpj": row.kpj}
        await self.open_paper(f"of {row.file_id}", {**values, "note": row.note}, save)

    async def do_file_void(self) -> None:
        row = self.chosen()
        if row is None:
            return

        async def void(why: str) -> None:
            undo = await self.store.files.void(row.file_id, row.version, why)
            await self.did(_("{name}: no claim file").format(name=voucher_desk.name(row)), undo)

        label = _("Why {name} is no claim file").format(name=voucher_desk.name(row))
        await self._ask_words(label, _("its transaction is free again · enter · esc goes back"), void)
