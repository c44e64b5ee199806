"""Help (F1, ?): the keys that hold on the screen below, from the table of commands, and what the work is about."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.widget import Widget

from store.rules.outcomes import Outcome, Policy
from tui import commands
from tui.commands import Command
from tui.commands.retention import RETENTION_CONTEXTS
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.screens.guide import guide
from tui.widgets.ink import EMPTY, Line, Painted, Piece, line, wrap

KEY_WIDTH = 9


class HelpScreen(DeskScreen):
    """Text to page through. Built when it opens, so it is right for what had the focus."""

    def __init__(self, below: DeskScreen) -> None:
        super().__init__()
        self.below = below
        self.top = 0
        self.length = 1  # lines of the whole help, when it was painted
        self.policies: dict[Outcome, Policy] = {}

    def body(self) -> Sequence[Widget]:
        self.page = Painted(id="help")
        return (self.page,)

    def contexts(self) -> tuple[str, ...]:
        return ("always",)

    def place(self) -> tuple[str, str]:
        return _("Help"), self.below.place()[0]

    def idle_lines(self) -> list[list[Piece]]:
        last = self.length
        shown = min(last, self.top + self.page.size.height)
        return [
            [(_("↑↓ PgUp PgDn read on · w the work · esc goes back"), "muted"), (f"   {shown}/{last}", "muted")],
        ]

    async def arrived(self) -> None:
        self.policies = await self.store.settings.policies()
        self.paint()

    def on_resize(self) -> None:
        self.call_after_refresh(self.paint)

    def text(self) -> list[Line]:
        """The whole help in lines of this width."""
        width = max(40, self.page.size.width or 80)
        return [*self._keys(width), EMPTY, *self._work(width)]

    def _work(self, width: int) -> list[Line]:
        return guide(width, self.below.context(), self.policies)

    def _keys(self, width: int) -> list[Line]:
        facts = self.below.facts()
        lines: list[Line] = []
        for where in self.below.contexts():
            lines.append(line((f" {context_title(where)}", "strong")))
            held = commands.holding((where,))
            for command in [*(c for c in held if c.keys), *(c for c in held if not c.keys)]:
                keys = keys_shown(command)
                why = command.why_disabled(facts)
                text = f"{_(command.title)}. {_(command.help)}"
                text += "" if command.keys else " " + _("(In the menu.)")
                if why is not None:
                    text += f" [{_(why)}]"
                rows = wrap(text, width - KEY_WIDTH - 3, 6)
                role = "off" if why is not None else "normal"
                lines.append(line((f"  {keys}".ljust(KEY_WIDTH + 2), "off" if why else "key"), (rows[0], role)))
                lines += [line((" " * (KEY_WIDTH + 2), "normal"), (row, role)) for row in rows[1:]]
            lines.append(EMPTY)
        return lines[:-1]

    def paint(self) -> None:
        lines = self.text()
        self.length = max(1, len(lines))
        height = max(1, self.page.size.height)
        self.top = min(max(0, self.top), max(0, len(lines) - height))
        self.page.show(lines[self.top : self.top + height])
        self.frame()

    async def _other_key(self, event: events.Key) -> None:
        page = max(1, self.page.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page}
        if event.key == "w":
            self.top = len(self._keys(max(40, self.page.size.width or 80))) + 1
        elif event.key in ("home", "end"):
            self.top = 0 if event.key == "home" else len(self.text())
        else:
            self.top += steps.get(event.key, 0)
        self.paint()

    async def step_back(self) -> None:
        self.dismiss()


def keys_shown(command: Command) -> str:
    """The keys of a command in the room there is: all of them, or first and last of a row."""
    names = [commands.key_name(key) for key in command.keys]
    return " ".join(names) if len(" ".join(names)) < KEY_WIDTH else f"{names[0]} … {names[-1]}"[:KEY_WIDTH]


def context_title(where: str) -> str:
    """What a context is called above its keys."""
    return {
        "home": _("First screen"),
        "list": _("The list"),
        "card": _("The card"),
        "card-jht56": _("Outcomes of JHT 56"),
        "card-told": _("Outcomes where something is told"),
        "card-account": _("Outcomes of a bank account check"),
        "company": _("A company's people"),
        "person": _("A person"),
        "papers": _("Call lists on paper"),
        "ticks": _("A list typed back"),
        "ticks-jht56": _("Outcomes of JHT 56"),
        "ticks-told": _("Outcomes where something is told"),
        "ticks-account": _("Outcomes of a bank account check"),
        "recap": _("The recap"),
        "recap-jht56": _("Recap of JHT 56"),
        "recap-incoming": _("Recap of calls and visits"),
        "recap-vouchers": _("Recap of vouchers"),
        "vouchers": _("Vouchers"),
        "daily": _("The daily report"),
        "checks": _("The status check"),
        "supervision": _("Supervision"),
        "division": _("Division of the work"),
        "settings": _("Settings of the office"),
        "policies": _("What follows each outcome"),
        "hours": _("Office hours"),
        "closed-days": _("Closed days"),
        "presets": _("Callback keys 1 to 5"),
        "limits": _("JMO limit"),
        "topics": _("Topics of the counter (F3)"),
        "scripts": _("Script of the calls"),
        "script": _("Writing a script"),
        "import-files": _("Files in MASUK"),
        "import-plan": _("What a file would bring"),
        "import-columns": _("Columns of a sheet"),
        "import-rows": _("Rows of a file"),
        "counter": _("A call or a visit"),
        "missed": _("Missed calls"),
        "contact-log": _("The log of calls and visits"),
        "left-calls": _("Calls that are not saved"),
        "archive": _("The archive"),
        "archive-box": _("A place of the archive"),
        "archive-paper": _("A file in the archive"),
        "archive-gaps": _("What is missing"),
        "archive-waiting": _("Files that wait for their box"),
        "archive-troubles": _("Files that could not be archived"),
        "archive-loans": _("What is lent"),
        "archive-month": _("Month end: is every file there?"),
        "archive-codes": _("Files without a transaction code"),
        **dict.fromkeys(("register-files", "register-plan"), _("A register of older files")),
        "archive-destroy": _("Retention and destruction"),
        "archive-due": _("What need not be kept"),
        "archive-years": _("How long papers are kept"),
        **dict.fromkeys(RETENTION_CONTEXTS, _("How long people's data are kept")),
        "plain": _("Everywhere"),
        "always": _("Everywhere, also inside a question"),
    }.get(where, _("This question"))
