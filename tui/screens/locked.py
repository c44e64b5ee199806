"""The locked screen: nothing of the office is on it, and nothing but the PIN is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.widget import Widget

from tui import commands, pins
from tui.framing import Lines
from tui.i18n import _, moment
from tui.kept import Unkept
from tui.pins import SecretLine
from tui.screens.base import DeskScreen
from tui.widgets.ink import EMPTY, Line, Piece, line, wrap
from tui.widgets.pages import PageView
from tui.widgets.prompt import PromptLine
from tui.words import pins as words


class LockScreen(DeskScreen):
    """Lies above everything that is open, which stays as it is; whoever has no PIN yet chooses one here."""

    def __init__(self, since: datetime) -> None:
        super().__init__()
        self.since = since
        self.said: Piece = ("", "normal")
        self.known = True

    def body(self) -> Sequence[Widget]:
        self.page = PageView(id="locked")
        return (self.page,)

    def contexts(self) -> tuple[str, ...]:
        return ("locked",)

    def place(self) -> tuple[str, str]:
        return _("Locked"), ""

    def say(self, text: str, role: str = "normal") -> None:
        self.said = (text, role)
        self.frame()

    def paint_frame(self, lines: Lines) -> None:
        """Neither who is at work nor what was said last: only what belongs to the lock."""
        lines.header.say(*self.place(), "", "")
        lines.guide.say(None)
        lines.ask.say(self.ask_lines())
        end = commands.by_id("locked-end")
        lines.footer.say([("enter", _("open"), True)], (commands.key_name(end.keys[0]), _(end.label)))
        lines.status.say(self.said, [])

    async def arrived(self) -> None:
        self.page.fill(self._lay)
        self._ask()
        state = await self.store.pins.mine()
        self.known = state.known
        self.page.fill(self._lay)
        if not state.known:
            await self._choose()

    def _lay(self, width: int) -> list[Line]:
        login = self.loket.me.login
        opens = (
            _("Type your PIN and enter: everything is as you left it, also what you had not finished typing.")
            if self.known
            else _("You have no PIN yet. Choose one now, typed twice: it opens the screen from now on.")
        )
        told = (
            (
                _("Locked since {when} by {login}.").format(when=moment(self.since, self.loket.now()), login=login),
                "strong",
            ),
            (opens, "normal"),
            (
                _("Forgotten? An administrator gives you a code: loket staff pin {login} --reset").format(login=login),
                "muted",
            ),
            (_("60 minutes after it was locked Loket ends by itself; what was typed stays as a draft."), "muted"),
        )
        lines = [EMPTY]
        for text, role in told:
            lines += [*(line((f" {row}", role)) for row in wrap(text, width - 2, 4)), EMPTY]
        return lines

    def _ask(self) -> None:
        """The line is always there: what is typed goes nowhere else."""
        hint = _("enter opens the screen")
        self.open_prompt(SecretLine(_("PIN"), hint), self._given, escape=self.pin_left, keep=Unkept.SECRET)

    async def pin_left(self, _text: str) -> None:
        """Escape: an empty line again."""
        self.said = ("", "normal")
        if self.known:
            self._ask()
        else:
            await self._choose()

    async def _choose(self, before: str = "") -> None:
        await pins.choose(self, self._open, before)

    async def _given(self, text: str) -> None:
        self.said = ("", "normal")
        self._ask()
        if not text:
            return
        answer = await self.store.pins.give(text)
        if answer.right and answer.code:
            await self._choose(text)
            self.say(_("The code is right. Choose a PIN of your own now."), "good")
        elif answer.right:
            await self._open()
        else:
            self.say(words.refused(answer, self.loket.now()), "warn")

    async def _open(self) -> None:
        self.close_prompt()
        await self.loket.unlocked()

    async def do_locked_end(self) -> None:
        async def end(_text: str) -> None:
            await self.loket.do_quit()

        hint = _("enter ends it · esc goes back")
        self.open_prompt(PromptLine(_("End Loket"), "", hint, 1), end, escape=self.pin_left, keep=Unkept.VIEW)
