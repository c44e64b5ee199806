"""What frames a screen: header, line of the guide, question strip, footer keys, status line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui import commands
from tui.i18n import _
from tui.widgets.bars import Ask, FooterKeys, GuideLine, HeaderLine, StatusLine, told
from tui.widgets.ink import cut

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen


class Lines(NamedTuple):
    """The lines around a desk, from above."""

    header: HeaderLine
    guide: GuideLine
    ask: Ask
    footer: FooterKeys
    status: StatusLine

    def are_there(self) -> bool:
        """Whether the screen has taken them up and not yet taken them down."""
        return self.header.is_attached and self.status.is_attached


def paint(screen: DeskScreen, lines: Lines) -> None:
    """Says in them what holds now; only what differs is painted."""
    title, detail = screen.place()
    shell = screen.loket
    lines.header.say(title, detail, _("PRACTICE") if shell.me.practice else "", shell.who())
    lines.guide.say(shell.guide.line(screen.size.width) if shell.guide.leading else None)
    message, office = shell.status()
    refusing, refusal = shell.refused
    if message is refusal and refusing is not screen and refusing in shell.screen_stack:
        message = ("", "normal")  # a refusal belongs to the screen below that made it
    asked, message = told(message, screen.ask_lines(), screen.size.width, typing=screen.prompt is not None)
    lines.ask.say(asked)
    keys = [(key, _(label), usable) for key, label, usable in commands.footer(screen.contexts(), screen.facts())]
    lines.footer.say(keys, ("?", _("help")))
    # A long name of the office leaves the facts their room.
    lines.status.say(message if message[0] else (cut(shell.me.office, 40), "muted"), office)
