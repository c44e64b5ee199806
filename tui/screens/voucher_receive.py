"""Receiving papers (*terima berkas*): what is typed finds the transaction, enter takes it and asks for the next paper.

The line is open all the time. Nothing is taken by likeness: a name that is only near, or an amount that differs, is
received with what differs, and waits for an officer's yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar, Final, cast

from textual import events
from textual.widget import Widget

from store.claim_file_rows import FileFilter, FileRow
from store.claim_files import FileIn, Received
from store.payments_open import Candidate
from store.rules.candidates import read_typed
from store.rules.matching import near_name
from store.rules.permissions import Permission
from store.rules.problems import fingerprint
from store.value_class import value_class
from store.voucher_days import VoucherDay
from tui import commands, practice
from tui.commands import Facts
from tui.i18n import _
from tui.kept import keep
from tui.screens.deeds import Deed
from tui.screens.imports_tables import Pane
from tui.screens.voucher_acts import PaperDesk, paper_draft
from tui.widgets.card import CardView
from tui.widgets.ink import Line, Piece
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import voucher_desk, voucher_receive

MOST: Final = 500
"""Transactions that are listed; who is not among them is found by typing more."""

HERE: Final = 3
"""Files that are told where the paper in hand seems to be here already."""

SUMMARY: Final = 2
BESIDE: Final = 6


@value_class
class Offer:
    """A transaction that the paper in hand may be. `paper` is what the paper says, as far as it was typed.

    `near`: the typed name is another one, so the paper says another name.
    """

    found: Candidate
    paper: FileIn
    near: bool = False


class ReceiveScreen(PaperDesk):
    """Above the desk. With `row` it finds the transaction of one file that came in before its listing."""

    desk: ClassVar[str] = "desk-vouchers"

    def __init__(self, done: list[Deed], day: date | None, row: FileRow | None = None) -> None:
        super().__init__(done)
        self.day = day
        self.row = row
        self.text = "" if row is None else row.kpj or row.name
        self.paper = paper_draft("alone" if row is None else f"for {row.file_id}")
        self.draft = f"{self.paper}search"
        self.counted: VoucherDay | None = None
        self.offers: Sequence[Offer] = ()
        self.last: Piece = ("", "muted")
        self.here: Sequence[FileRow] = ()  # files that are here already and fit, where no transaction does
        self._pointed = False  # the cursor was put on a row by a person
        self._seen: int | None = None  # the transaction that stood under the cursor when they last pressed a key
        self._alone = ""  # what enter said it would receive without a transaction

    # What stands on it

    def body(self) -> Sequence[Widget]:
        self.summary = CardView(id="receive-summary")
        self.summary.styles.height = SUMMARY
        self.beside = CardView(id="receive-beside")
        self.beside.styles.height = BESIDE
        self.list = WindowTable[Offer]((), key=lambda offer: offer.found.payment_id, id="receive")
        return (Pane(self.summary, self.list, self.beside),)

    def context(self) -> str:
        return "receive"

    def contexts(self) -> tuple[str, ...]:
        return ("receive", "always")

    def place(self) -> tuple[str, str]:
        if self.row is not None:
            return _("Find its transaction"), voucher_desk.name(self.row)
        return _("Receive files"), "" if self.day is None else voucher_desk.day(self.day, self.loket.now())

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def draw_desk(self) -> None:
        self.summary.draw(lambda width, _height: voucher_receive.summary(self.counted, self.last, width))
        self.beside.draw(self._beside)
        if self.prompt is not None and self.prompt is not self._line:
            self.prompt.hint = self._hint()

    def _beside(self, width: int, _height: int) -> list[Line]:
        offer = self.list.current
        if offer is None:
            return voucher_receive.nothing(self.text, self.counted, self.here, width)
        return voucher_receive.side_by_side(offer.found, self._paper(offer), width)

    def _paper(self, offer: Offer) -> FileIn:
        """What the paper says: what was read before, or what is typed now."""
        row = self.row
        if row is not None:
            return FileIn(program=row.program, kpj=row.kpj, name=row.name, payee=row.payee, amount=row.typed_amount)
        fit = offer.found.fit
        typed = None if fit is None or not self._sees() else fit.amount
        return replace(offer.paper, amount=typed)

    def _sees(self) -> bool:
        return Permission.SEE_FILE_AMOUNTS in self.loket.me.permissions

    def _hint(self) -> str:
        at = self.list.position()
        if self.list.current is None:
            if self.row is not None:
                return _("type less, or another thing you know · esc goes back")
            return _("enter receives it without a transaction · ←→ another day while empty · esc")
        if not self.text and not self._pointed:
            return _("part of the name, KPJ or amount · ↑↓ choose · ←→ day · esc goes back")
        return _("{at} · enter: it matches, next · ↑↓ choose · tab the paper says otherwise · esc").format(at=at)

    def _columns(self) -> tuple[Column[Offer], ...]:
        now = self.loket.now()
        amount: Column[Offer] = Column(_("Amount"), voucher_receive.amount_cell, width=16, right=True)
        return (
            Column("", lambda offer: offer.found.program, width=3),
            Column(_("Name"), lambda offer: offer.found.name, share=3),
            Column(_("Paid to"), voucher_receive.payee_cell, share=2, hide_below=100),
            Column("KPJ", lambda offer: offer.found.kpj, width=11),
            Column(_("Code"), lambda offer: offer.found.code, width=25, hide_below=118),
            *([amount] if self._sees() else []),
            Column(_("Day"), lambda offer: voucher_receive.day_cell(offer.found, now), width=6),
        )

    # Reading

    async def arrived(self) -> None:
        self.list.columns = self._columns()
        if self.day is None and self.row is None:
            days = await self.store.voucher_days.list()
            newest = days[0].day if days else self.store.today()
            self.day = next((each.day for each in days if each.without_file), newest)
        if self.prompt is None:
            kept = await self.store.drafts.load(self.draft)
            await self.open_search(self.text if kept is None else kept[0])

    async def others_changed(self) -> None:
        before = self._seen
        await self._count()
        self.offers = await self._find(self.text)
        await self.list.fill(self.offers)
        offer = self.list.current
        if before is not None and (offer is None or offer.found.payment_id != before):
            self.say(_("A colleague just took that transaction; look again before enter."), "warn")

    async def read_again(self) -> None:
        await self._count()
        self.offers = await self._find(self.text)
        await self.list.fill(self.offers)
        if self.prompt is None:
            await self.open_search(self.text)

    async def open_search(self, text: str) -> None:
        """The line on which the transaction is found."""

        async def left(now: str) -> None:
            self.text = now

        label = _("Paper") if self.row is None else _("Transaction")
        self.open_prompt(PromptLine(label, text, "", 80), self._enter, typed=self._search, escape=left, keep=self.draft)
        await self._count()
        await self._search(text)
        self.frame()

    async def _count(self) -> None:
        self.counted = None if self.day is None else await self.store.voucher_days.read(self.day)

    async def _search(self, text: str) -> None:
        from_top = text != self.text
        self.text, self._pointed = text, self._pointed and not from_top
        if from_top:
            self._alone = ""
        self.offers = await self._find(text)
        await self.list.fill(self.offers, from_top=from_top)
        self._look()

    def _look(self) -> None:
        offer = self.list.current
        self._seen = None if offer is None else offer.found.payment_id

    async def _find(self, text: str) -> list[Offer]:
        """What fits; where nothing does, what fits but for the name: the paper then bears another one."""
        files = self.store.files
        self.here = ()
        found = await files.candidates(text, self.day, MOST)
        if found or not text.strip():
            return [Offer(each, FileIn()) for each in found]
        near = await self._near(text)
        if not near and self.row is None:
            self.here = await files.rows(FileFilter(text=text), 0, HERE)
        return near

    async def _near(self, text: str) -> list[Offer]:
        """Transactions that fit but for the name that is typed."""
        files = self.store.files
        typed = read_typed(text)
        named = " ".join(typed.words)
        if not named:
            return []
        figures = [token for token in text.split() if any(map(str.isdigit, token))]
        if figures:
            exact = await files.candidates(" ".join(figures), self.day, MOST)
            near = [each for each in exact if each.fit is not None and each.fit.by]
        else:
            whole = await files.candidates("", self.day, MOST)
            near = [each for each in whole if near_name(each.name, named) or near_name(each.payee, named)]
        return [Offer(each, FileIn(name=named), near=True) for each in near]

    # Keys

    async def _key_in_prompt(self, event: events.Key) -> bool:
        prompt = self.prompt
        if prompt is not None and prompt is not self._line:
            if event.key == "tab" or (not prompt.text and event.key in ("left", "right")):
                command = commands.find(("receive",), event.key)
                if command is not None:
                    await self.press(command)
                return True
            if event.key == "escape":
                self.close_prompt()
                await self.guarded(lambda: self.drop_paper(self.paper))
                self.dismiss()
                return True
        done = await super()._key_in_prompt(event)
        if done and event.key in ("up", "down", "pageup", "pagedown"):
            self._pointed = True
            self._look()
        return done

    async def do_receive_day_before(self) -> None:
        await self._other_day(-1)

    async def do_receive_day_after(self) -> None:
        await self._other_day(1)

    async def _other_day(self, step: int) -> None:
        """The next day with a listing or files; beyond them the next day of the calendar."""
        day = self.day or self.store.today()
        days = sorted(each.day for each in await self.store.voucher_days.list())
        beyond = [each for each in days if (each > day if step > 0 else each < day)]
        today = self.store.today()
        if beyond:
            self.day = beyond[0] if step > 0 else beyond[-1]
        elif step < 0 or day < today:
            self.day = day + timedelta(days=step)
        else:
            self.say(_("No later day has a listing."), "muted")
            return
        self._pointed = False
        await self._count()
        self.offers = await self._find(self.text)
        await self.list.fill(self.offers, from_top=True)
        self._look()

    # Taking

    async def _enter(self, text: str) -> None:
        """*Cocok*, and the next one; without a transaction the second enter receives the paper alone."""
        offer = self.list.current
        if offer is None:
            await self._receive_alone(text)
        elif offer.found.payment_id != self._seen:
            await self.open_search(text)
            self.say(_("The list changed under the cursor: look again, then enter."), "warn")
        elif not text.strip() and not self._pointed:
            await self.open_search(text)
            self.say(_("Type a part of the name, the KPJ or the amount, or choose with ↑↓."), "warn")
        else:
            await self._take(offer, text, offer.paper)

    async def _take(self, offer: Offer, text: str, paper: FileIn) -> None:
        row, files = self.row, self.store.files
        if row is not None:
            found = await files.match(row.file_id, row.version, offer.found.payment_id)
            await self.store.drafts.clear(self.draft)
            self._told(offer, found)
            self.loket.message = self.last
            self.dismiss()
            return
        # Words of another name would fit nothing: then only the figures say what the amount is.
        typed = " ".join(token for token in text.split() if any(map(str.isdigit, token))) if offer.near else text
        found = await files.receive_and_match(offer.found.payment_id, typed, paper)
        self._told(offer, found)
        await self.guided({practice.RECEIVE})
        await self._next()

    def _told(self, offer: Offer, found: Received) -> None:
        said = f"{voucher_desk.short(offer.found.name)}: {voucher_desk.became(found)}"
        if found.undo is not None:
            self.done.append(Deed(found.undo, said))
        self.loket.saved()
        self.last = (said, "warn" if found.comparison is not None and voucher_desk.waits(found) else "good")

    async def _next(self) -> None:
        self.text, self._pointed, self._alone = "", False, ""
        await self.drop_paper(self.paper)
        await self.open_search("")
        await self.list.go(0)
        self._look()

    async def _receive_alone(self, text: str) -> None:
        if self.row is not None or not text.strip():
            await self.open_search(text)
            self.say(_("Type what the paper says: a part of the name, the KPJ or the amount."), "warn")
            return
        paper = voucher_receive.paper_alone(text, self._day_of_paper())
        if self._alone != text:
            self._alone = text
            await self.open_search(text)
            words = _("No transaction fits. enter again receives it all the same: {paper}")
            self.say(words.format(paper=voucher_receive.paper_words(paper)), "warn")
            return
        await self._receive_as_typed(paper)

    async def _receive_as_typed(self, paper: FileIn) -> None:
        _file_id, undo = await self.store.files.receive(paper)
        said = _("{paper}: received without a transaction").format(paper=voucher_receive.paper_words(paper))
        if undo is not None:
            self.done.append(Deed(undo, said))
        self.loket.saved()
        self.last = (said, "warn")
        await self._next()

    def _day_of_paper(self) -> date | None:
        """The day that is shown, unless its listing is here and has no such transaction."""
        return None if self.counted is not None and self.counted.transactions else self.day

    async def do_receive_paper(self) -> None:
        """What the paper says otherwise, line by line; then it is received with that."""
        offer, text = self.list.current, self.text
        await keep(self, self.draft, text)
        if offer is None and self.row is None:
            await self._paper_alone(text)
        elif offer is not None and self.row is None:
            await self._paper_of(offer, text)

    async def _paper_alone(self, text: str) -> None:
        paper = voucher_receive.paper_alone(text, self._day_of_paper())

        async def save(typed: FileIn) -> None:
            await self._receive_as_typed(replace(typed, paid_on=paper.paid_on))

        # Of this text alone: what was typed of another paper is not taken for this one's.
        await self.open_paper(f"alone {fingerprint(text)}", voucher_receive.values_of(paper), save)

    async def _paper_of(self, offer: Offer, text: str) -> None:
        found = offer.found
        read = FileIn(program=found.program, kpj=found.kpj, name=offer.paper.name or found.name, payee=found.payee)
        typed = None if found.fit is None else found.fit.amount
        amount = typed if typed is not None else found.amount

        async def save(paper: FileIn) -> None:
            await self._take(offer, text if paper.amount is None else "", paper)

        await self.open_paper(f"paid {found.payment_id}", voucher_receive.values_of(replace(read, amount=amount)), save)

    async def paper_dropped(self) -> None:
        if self.is_active:
            await self.open_search(self.text)

    async def do_receive_take(self) -> None:
        """From the menu: what enter does."""
        self.close_prompt()
        await self._enter(self.text)

    async def step_back(self) -> None:
        self.dismiss()
