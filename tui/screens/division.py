"""Pembagian: which companies, pembina and periods are whose work (design.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from textual.widget import Widget

from store.division import Share
from store.value_class import value_class
from tui.commands import Command, Facts
from tui.commands.supervision import HANDLER_KEYS
from tui.i18n import N_, _, month, ngettext, number
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.widgets.ink import Piece, cut
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable

WIDE = 110
"""Columns from which shares and handlers stand side by side."""

TITLES: Final = {"pembina": N_("by pembina"), "company": N_("by company"), "period": N_("by period")}


@value_class
class Handler:
    """Somebody who can be given a share (`staff_id` None: anybody), the key for it, and the open people they have."""

    key: str
    staff_id: int | None
    name: str
    people: int | None


def value_words(share: Share) -> str:
    """What a share is called."""
    if share.field == "period":
        return month(share.value)
    return share.value or _("not known")


def whose(share: Share) -> Piece:
    """Whose work a share is, in words."""
    if share.handler is None:
        return _("anybody"), "muted"
    if share.left:
        return _("anybody (was {name})").format(name=share.handler), "bad"
    return share.handler, "normal"


class DivisionScreen(DeskScreen):
    """Lines to give and, for the chosen one, the handlers by key."""

    def __init__(self) -> None:
        super().__init__()
        self.field = "pembina"
        self.wanted = ""
        self.shares: list[Share] = []
        self.whom: list[Handler] = []
        self.giving: Share | None = None

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[Share](
            (
                Column(_("Value"), value_words, share=3),
                Column(_("To call"), lambda share: number(share.people), width=8, right=True),
                Column(_("Whose"), whose, share=2),
            ),
            key=lambda share: (share.field, share.value),
            id="shares",
        )
        self.handlers = WindowTable[Handler](
            (
                Column("", lambda handler: (handler.key, "key"), width=3),
                Column(_("Handler"), lambda handler: handler.name, share=1),
                Column(_("To call"), _people, width=8, right=True),
            ),
            key=lambda handler: handler.staff_id or 0,
            id="handlers",
        )
        return (self.list, self.handlers)

    def context(self) -> str:
        return "division"

    def contexts(self) -> tuple[str, ...]:
        # Every letter and digit is a handler while one is chosen.
        return ("give", "always") if self.giving is not None else super().contexts()

    def place(self) -> tuple[str, str]:
        return _("Division of the work"), _(TITLES[self.field])

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(permissions=me.permissions, practice=me.practice, rows=self.list.total)

    def table(self) -> WindowTable[object] | None:
        shown = self.list if self.giving is None else self.handlers
        return cast("WindowTable[object]", shown)

    def idle_lines(self) -> list[list[Piece]]:
        share = self.giving
        if share is not None:
            whom = ngettext("{value}: 1 person, now {whose}.", "{value}: {n} people, now {whose}.", share.people)
            text = whom.format(value=value_words(share), n=number(share.people), whose=whose(share)[0])
            return [
                [(text, "strong")],
                [(_("The key before a name gives to them. 0 anybody, esc goes back."), "muted")],
            ]
        people = sum(each.people for each in self.shares)
        free = sum(each.people for each in self.shares if each.handler is None or each.left)
        counts = _("{n} to call, {free} of them anybody's").format(n=number(people), free=number(free))
        line: list[Piece] = [(counts, "normal")]
        if self.wanted:
            line.append((f"   /{self.wanted}", "key"))
        line.append((f"   {self.list.position()}", "muted"))
        if not self.shares:
            return [line, [(_("Next step: bring a participant list in (i), then divide it here."), "key")]]
        return [line, [(_("A company goes before a pembina, a pembina before a period."), "muted")]]

    # Reading

    async def arrived(self) -> None:
        await self._read()
        self.lay_out_body()

    async def others_changed(self) -> None:
        await self._read()
        if self.giving is not None:
            key = self.giving.value
            self.giving = next((share for share in self.shares if share.value == key), None)
            self.lay_out_body()

    async def _read(self) -> None:
        self.shares = await self.store.division.shares(self.field)
        loads = await self.store.division.loads()
        keys = [*HANDLER_KEYS, *[""] * len(loads)]
        handlers = [Handler(key, load.staff_id, load.name, load.people) for key, load in zip(keys, loads, strict=False)]
        wanted = self.wanted.casefold().split()
        found = [share for share in self.shares if all(word in _searched(share) for word in wanted)]
        await self.list.fill(found)
        self.whom = [Handler("0", None, _("anybody"), None), *handlers]
        await self.handlers.fill(self.whom)

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out_body)

    def lay_out_body(self) -> None:
        """Both tables where there is room, else the one in use."""
        narrow = self.size.width < WIDE
        self.list.active, self.handlers.active = self.giving is None, self.giving is not None
        self.list.set_class(narrow and self.giving is not None, "away")
        self.handlers.set_class(narrow and self.giving is None, "away")
        self.list.paint()
        self.handlers.paint()
        self.frame()

    # Choosing

    async def do(self, command: Command) -> None:
        """The family of fields: 'share-pembina' and so on."""
        await self._by(command.id.removeprefix("share-"))

    async def _by(self, field: str) -> None:
        if field != self.field:
            self.field, self.wanted = field, ""
            self.list.source = None
            await self._read()

    async def do_share_search(self) -> None:
        before = self.wanted

        async def typed(text: str) -> None:
            self.wanted = text
            await self._read()

        async def drop(_text: str) -> None:
            await typed(before)

        hint = _("a part of the line or of the handler · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop, keep=Unkept.SEARCH)

    async def do_share_out(self) -> None:
        self.giving = self.list.current
        await self.handlers.fill(self.whom)
        self.lay_out_body()

    # Giving

    async def do_give_handler(self) -> None:
        await self._give(HANDLER_KEYS.index(self.pressed) + 1)

    async def do_give_anybody(self) -> None:
        await self._give(0)

    async def do_give_chosen(self) -> None:
        await self._give(self.handlers.cursor)

    async def _give(self, place: int) -> None:
        share, handlers = self.giving, self.whom
        if share is None or place >= len(handlers):
            self.say(_("No handler has this key. esc goes back."), "warn")
            return
        chosen = handlers[place]
        people = await self.store.division.give(share.field, share.value, chosen.staff_id)
        self.loket.saved()
        self.giving = None
        await self._read()
        await self.list.move("down")
        self.lay_out_body()
        said = ngettext("1 person → {whom} · u undoes · {value}", "{n} people → {whom} · u undoes · {value}", people)
        self.say(said.format(n=number(people), whom=cut(chosen.name, 20), value=cut(value_words(share), 24)), "good")

    async def do_undo(self) -> None:
        share = await self.store.division.undo()
        self.loket.saved()
        if share.field in TITLES:
            await self._by(share.field)
        await self._read()
        said = _("Undone: {value} is {whose} again.")
        self.say(said.format(value=cut(value_words(share), 28), whose=cut(whose(share)[0], 24)), "good")

    async def step_back(self) -> None:
        if self.giving is not None:
            self.giving = None
            self.lay_out_body()
        elif self.wanted:
            self.wanted = ""
            await self._read()
        else:
            self.dismiss()


def _people(handler: Handler) -> str:
    return "" if handler.people is None else number(handler.people)


def _searched(share: Share) -> str:
    return f"{value_words(share)} {whose(share)[0]}".casefold()
