"""A call list for paper: the question for period and lines, then the pages into KELUAR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.rules.dates import PeriodError, parse_period
from store.rules.kinds import Kind
from tui.commands import holding
from tui.i18n import _
from tui.kept import Unkept
from tui.screens import files_out
from tui.screens.base import DeskScreen
from tui.widgets.prompt import PromptLine
from tui.words import calls

if TYPE_CHECKING:
    from tui.shell import LoketApp

LINES = 45
"""Four pages: what one person phones in a day."""


async def ask_call_list(
    shell: LoketApp, screen: DeskScreen, kind: str | None = None, period: str | None = None
) -> None:
    """Ask which calls, where people of several kinds are waiting; then for the period and the number of lines.

    Without `period` all months that have open people are proposed.
    """
    waiting: dict[str, list[str]] = {}
    for row in await shell.store.queue.status():
        if row.waiting + row.due:
            waiting.setdefault(row.kind, []).append(row.period)
    if kind is None and period is None and len(waiting) > 1:
        choices = [(c.keys[0], _(c.label)) for c in holding(("print-kind",)) if c.id.partition("-")[2] in waiting]
        screen.ask("print-kind", _("A paper list of which calls?"), choices)
        return
    chosen = kind or next(iter(waiting), Kind.JHT56)
    months = sorted(waiting.get(chosen, []))
    if period is None and months:
        period = months[0] if len(months) == 1 else f"{months[0]}..{months[-1]}"
    if period is None:
        shell.say(_("Nobody is waiting for a call, so there is nothing to print."), "warn")
        return

    async def entered(text: str) -> None:
        words = text.split()
        try:
            if not 1 <= len(words) <= 2:
                raise PeriodError(text)
            asked = str(parse_period(words[0]))
            most = int(words[1]) if len(words) == 2 and words[1].isascii() and words[1].isdecimal() else LINES
            if len(words) == 2 and not (words[1].isascii() and words[1].isdecimal()):
                raise PeriodError(text)
        except PeriodError:
            ask(text)
            said = _("“{text}” cannot be read. For example: 2023-07 45")
            shell.say(said.format(text=text), "warn")
            return
        shell.run_worker(files_out.told(shell, lambda: _make(shell, chosen, asked, most)))

    def ask(text: str) -> None:
        hint = _("month or range, and how many lines (up to 300) · enter prints · esc drops")
        screen.open_prompt(
            PromptLine(
                _("Call list on paper") if chosen == Kind.JHT56 else calls.word(calls.KINDS, chosen), text, hint, 26
            ),
            entered,
            keep=Unkept.VIEW,
        )

    ask(f"{period} {LINES}")


async def _make(shell: LoketApp, kind: str, period: str, most: int) -> str:
    made = await shell.store.call_lists.make(period, kind=kind, most=most)
    text = await files_out.write_call_list(shell, made)
    screen = shell.screen
    if isinstance(screen, DeskScreen):  # one's own commit is not looked for
        await screen.arrival.again()
    return text
