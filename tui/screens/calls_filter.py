"""Who is shown in the list and who is served: search, one letter for each filter, and the filter in words."""

from __future__ import annotations

from dataclasses import replace

from store.rows import NOBODYS, CampaignStatus, ListValue, QueueFilter, QueueRow
from store.rules.outcomes import State
from tui.commands import holding
from tui.i18n import _, month
from tui.kept import Unkept
from tui.screens.base import DeskScreen
from tui.screens.calls_list import QueueSource
from tui.screens.choose import Choice, ChooseScreen
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import WindowTable
from tui.words import calls

NO_NUMBER = (State.WITHOUT_NUMBER,)
TO_CALL = (State.NEW, State.RETRY, State.CALLBACK)


class FilterDesk(DeskScreen):
    """The part of the telephone desk that says which people its list shows."""

    def __init__(self) -> None:
        super().__init__()
        self.list: WindowTable[QueueRow]
        self.status_rows: list[CampaignStatus] = []
        self.shown = QueueFilter()
        self.served: tuple[str | None, str | None] = (None, None)
        self._handlers: dict[int, str] = {}

    async def show_only(self, shown: QueueFilter) -> None:
        """Show the list through another filter, from its first row."""
        if shown != self.shown:
            self.shown = shown
            await self.list.open(QueueSource(self.store, shown))

    def filter_words(self) -> list[str]:
        """The filter in words, one for each part that is set."""
        shown = self.shown
        words = [calls.kind_period(shown.kind, shown.period)] if shown.kind or shown.period else []
        if shown.states:
            words.append(" + ".join(calls.word(calls.STATES, state) for state in shown.states))
        for value, unknown in ((shown.company, _("company not known")), (shown.pembina, _("no pembina"))):
            if value is not None:
                words.append(value or unknown)
        if shown.handler_id is not None:
            words.append(self._handlers.get(shown.handler_id, _("nobody's")))
        if shown.outcome is not None:
            words.append(calls.word(calls.OUTCOMES, shown.outcome) if shown.outcome else _("not called yet"))
        if shown.due:
            words.append(_("due now"))
        if shown.text:
            words.append(f"/{shown.text}")
        return words

    # Search as one types

    async def do_search(self) -> None:
        before = self.shown.text

        async def typed(text: str) -> None:
            await self.show_only(replace(self.shown, text=text))

        async def drop(_text: str) -> None:
            await self.show_only(replace(self.shown, text=before))

        hint = _("name, KPJ, NIK, company or a part of the number · enter keeps · esc drops")
        self.open_prompt(PromptLine(_("Search"), before, hint, 60), typed, typed=typed, escape=drop, keep=Unkept.SEARCH)

    # One letter for each filter

    async def do_filter(self) -> None:
        self.ask("filter", _("Show"), [(c.keys[0], _(c.label)) for c in holding(("filter",))])

    async def do_by_period(self) -> None:
        await self._choose("period", _("Period"))

    async def do_by_kind(self) -> None:
        await self._choose("kind", _("Campaign"))

    async def do_by_state(self) -> None:
        await self._choose("state", _("State"))

    async def do_by_company(self) -> None:
        await self._choose("company", _("Company"))

    async def do_by_pembina(self) -> None:
        await self._choose("pembina", _("Pembina"))

    async def do_by_handler(self) -> None:
        await self._choose("handler", _("Handler"))

    async def do_by_outcome(self) -> None:
        await self._choose("outcome", _("Last outcome"))

    async def do_by_due(self) -> None:
        await self._filtered(replace(self.shown, due=not self.shown.due))

    async def do_by_no_number(self) -> None:
        await self._filtered(replace(self.shown, states=() if self.shown.states == NO_NUMBER else NO_NUMBER))

    async def do_by_nothing(self) -> None:
        await self._filtered(QueueFilter())

    async def _choose(self, field: str, question: str) -> None:
        self.asking = ""
        values = await self.store.queue.values(self.shown, field)
        if field == "handler":
            self._handlers = {int(row.value): row.title for row in values if row.value != NOBODYS}
        choices = [Choice(None, _("all"), sum(row.people for row in values))]
        if field == "state":
            people = sum(row.people for row in values if row.value in TO_CALL)
            choices.append(Choice(TO_CALL, _("to be called"), people))
        choices += [Choice(row.value, _title(field, row), row.people) for row in values]

        async def chosen(choice: Choice) -> None:
            await self._filtered(_with(self.shown, field, choice.value))

        await self.loket.push_screen(ChooseScreen(self, question, choices, chosen))

    async def _filtered(self, shown: QueueFilter) -> None:
        self.asking = ""
        await self.show_only(shown)
        words = " · ".join(self.filter_words()) or _("all")
        self.say(_("Shown: {group}").format(group=words), "muted")

    # What enter serves

    def serve_only(self, kind: str | None, period: str | None) -> None:
        """Enter serves this campaign from now on; without a kind or a period all of them."""
        self.served = (kind, period)
        self.store.queue.serve_only(kind, period)

    async def do_serve_kind(self) -> None:
        lists = self._lists()
        at = lists.index(self.served) if self.served in lists else 0
        kind, period = lists[(at + 1) % len(lists)]
        self.serve_only(kind, period)
        await self.show_only(replace(self.shown, kind=kind, period=period))
        self.say(_("Served from now on: {what}").format(what=calls.kind_period(kind, period)), "good")

    def _lists(self) -> list[tuple[str | None, str | None]]:
        """Everything, each kind that has several periods, then each list, the newest first."""
        kinds = list(dict.fromkeys(row.kind for row in self.status_rows))
        lists: list[tuple[str | None, str | None]] = [(None, None)]
        for kind in kinds:
            periods = sorted((row.period for row in self.status_rows if row.kind == kind), reverse=True)
            if len(kinds) > 1 and len(periods) > 1:
                lists.append((kind, None))
            lists += [(kind, period) for period in periods]
        return lists


def _with(shown: QueueFilter, field: str, value: object) -> QueueFilter:
    """The filter with one field set to a choice (None: all)."""
    if field == "state":
        states = () if value is None else value if isinstance(value, tuple) else (str(value),)
        return replace(shown, states=states)
    if field == "handler":
        return replace(shown, handler_id=value if isinstance(value, int) else None)
    text = None if value is None else str(value)
    match field:
        case "period":
            return replace(shown, period=text)
        case "kind":
            return replace(shown, kind=text)
        case "company":
            return replace(shown, company=text)
        case "pembina":
            return replace(shown, pembina=text)
        case _:
            return replace(shown, outcome=text)


def _title(field: str, row: ListValue) -> str:
    value = str(row.value)
    match field:
        case "period":
            return month(value)
        case "kind":
            return calls.word(calls.KINDS, value)
        case "state":
            return calls.word(calls.STATES, value)
        case "handler":
            return row.title or _("nobody's")
        case "outcome":
            return calls.word(calls.OUTCOMES, value) if value else _("not called yet")
        case "company":
            return value or _("company not known")
        case _:
            return value or _("no pembina")
