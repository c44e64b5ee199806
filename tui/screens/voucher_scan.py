"""The field of a barcode scanner: each voucher takes the step that the screen names; what cannot is kept with why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, cast

from textual import events
from textual.widget import Widget

from store.errors import StoreError
from store.rows import UndoRef
from store.rules.text import clean
from store.rules.vouchers import FileState, FileStep
from store.stack_rows import Scan
from store.value_class import value_class
from tui.commands import Facts
from tui.i18n import _, hour, number
from tui.kept import Unkept
from tui.screens.imports_tables import Pane
from tui.screens.voucher_stacks import StackDesk
from tui.widgets.card import CardView
from tui.widgets.ink import EMPTY, Line, Piece, line
from tui.widgets.prompt import PromptLine
from tui.widgets.window_table import Column, WindowTable
from tui.words import errors, stacks

DRAFT: Final = "scan"
"""The pile that is to go out and the scans that nobody cleared up yet."""

BACK, OUT = "back", "out"


@value_class
class Scanned:
    """One scan. `kind`: done, pile (goes out with the others), left (nothing was done; `what` says why)."""

    at: int
    time: str
    code: str
    name: str
    what: str
    kind: str
    file_id: int = 0


class ScanScreen(StackDesk):
    """The field has the focus; escape leaves it for the keys, escape again the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.step = BACK
        self.scans: list[Scanned] = []
        self.loaded = False

    # What the screen says about itself

    def body(self) -> Sequence[Widget]:
        self.card = CardView(id="scan-step")
        self.card.styles.height = 4
        self.list = WindowTable[Scanned](
            (
                Column("", lambda one: _MARKS[one.kind], width=1),
                Column(_("Time"), lambda one: one.time, width=5),
                Column(_("Code"), lambda one: one.code, width=26),
                Column(_("Name"), lambda one: one.name, share=2, hide_below=76),
                Column(_("What happened"), lambda one: (one.what, _ROLES[one.kind]), share=3),
            ),
            key=lambda one: one.at,
            id="scans",
        )
        return (Pane(self.card, self.list),)

    def context(self) -> str:
        return "scan"

    def place(self) -> tuple[str, str]:
        return _("Barcode"), stacks.step(self.step, self.who)

    def facts(self) -> Facts:
        me = self.loket.me
        return Facts(
            permissions=me.permissions, practice=me.practice, rows=len(self.scans), stack_ready=len(self._of("pile"))
        )

    def table(self) -> WindowTable[object] | None:
        return cast("WindowTable[object]", self.list)

    def idle_lines(self) -> list[list[Piece]]:
        return [
            [(_("b opens the field again, tab another step, h strikes a line out."), "normal")],
            [(_("s sends the pile out. What stands here stays until it is cleared up."), "muted")],
        ]

    def draw_desk(self) -> None:
        self.card.draw(lambda _width, _height: self._step_lines())

    def _step_lines(self) -> list[Line]:
        done, pile, left = (len(self._of(kind)) for kind in ("done", "pile", "left"))
        facts: list[Piece] = [(" " + _("{n} done").format(n=number(done)), "good" if done else "muted")]
        facts += [(" · " + _("{n} to go out").format(n=number(pile)), "key")] if pile else []
        facts += [(" · " + _("{n} to clear up").format(n=number(left)), "bad")] if left else []
        return [
            EMPTY,
            line((" " + _("Step") + ": ", "muted"), (stacks.step(self.step, self.who).upper(), "strong")),
            line(*facts),
            EMPTY,
        ]

    def _of(self, kind: str) -> list[Scanned]:
        return [one for one in self.scans if one.kind == kind]

    # Reading

    async def read_again(self) -> None:
        await self.read_signers()
        if self.step not in (BACK, OUT, *self.who):
            self.step = BACK
        if not self.loaded:
            self.loaded = True
            kept = await self.store.drafts.load(DRAFT)
            if kept is not None:
                self.scans = [Scanned(**plain) for plain in json.loads(kept[0])]
                self.say(_("What was not cleared up before is still here."), "muted")
            self._open_field()
        await self.list.fill(self.scans)
        self.frame()

    async def _keep(self) -> None:
        """What is open survives; what is done stands in the trail."""
        plain = [asdict(one) for one in self.scans if one.kind != "done"]
        if plain:
            await self.store.drafts.save(DRAFT, json.dumps(plain))
        else:
            await self.store.drafts.clear(DRAFT)
        await self.list.fill(self.scans, from_top=True)
        self.frame()

    # The field

    def _open_field(self) -> None:
        hint = _("scan, or type the code and enter · tab: another step · esc leaves the field")
        self.open_prompt(PromptLine(_("Code"), "", hint, 80), self._scanned, keep=Unkept.PAPER)

    async def _key_in_prompt(self, event: events.Key) -> bool:
        if event.key == "tab" and self.prompt is not None and self.prompt.label == _("Code"):
            await self.do_scan_step()
            return True
        return await super()._key_in_prompt(event)

    async def do_scan_field(self) -> None:
        self._open_field()

    async def do_scan_step(self) -> None:
        steps = (BACK, *self.who, OUT)
        self.step = steps[(steps.index(self.step) + 1) % len(steps)]
        self.say(stacks.step(self.step, self.who), "key")

    async def _scanned(self, text: str) -> None:
        self._open_field()
        if clean(text):
            await self._scan(clean(text))

    async def _scan(self, text: str) -> None:
        step = {BACK: FileStep.BACK, OUT: FileStep.OUT}.get(self.step, FileStep.SIGN)
        name = ""
        try:
            found = await self.store.stacks.scan(text, step)
            name = stacks.file_name(found.file) if found.file is not None else ""
            kind, what = await self._take(found)
        except StoreError as refusal:
            found, kind, what = None, "left", errors.sentence(refusal, self.loket.now())
        code = found.code if found is not None else text
        file_id = found.file.file_id if found is not None and found.file is not None else 0
        before = [one for one in self.scans if one.code == code and (one.kind != "done" or kind == "done")]
        if kind == "left" and any(one.kind == "done" and one.code == code for one in self.scans):
            self.say(_("{code} was scanned before; nothing more was done.").format(code=code), "warn")
            return
        self.scans = [one for one in self.scans if one not in before]
        at = max((one.at for one in self.scans), default=0) + 1
        self.scans.insert(0, Scanned(at, hour(self.loket.now()), code, name, what, kind, file_id))
        await self._keep()
        said = _("{name}: {what}") if name else _("{code}: {what}")
        self.say(said.format(name=name, code=code, what=what), _ROLES[kind] if kind != "pile" else "good")

    async def _take(self, found: Scan) -> tuple[str, str]:
        """Does the step: the kind of the scan, and what to say of it."""
        if found.file is None or found.leads is None or not found.allowed:
            return "left", stacks.scanned(found)
        file_id = found.file.file_id
        if self.step == OUT:
            return "pile", _("on the pile that goes out")
        if self.step == BACK:
            assert found.file.holder is not None
            ticks = {file_id: found.missing}
            states, undo = await self.store.stacks.take_back(found.file.holder, ticks)
            state = states[file_id]
        elif self.step not in found.missing:
            return "left", _("this signature was noted before")
        else:
            state, undo = await self.store.stacks.sign(file_id, [self.step])
        return "done", self._done(state, undo, stacks.file_name(found.file), found)

    def _done(self, state: FileState, undo: UndoRef | None, name: str, found: Scan) -> str:
        self.noted(undo, name)
        if state is FileState.COMPLETE:
            return _("signed by all")
        rest = [key for key in found.missing if key != self.step]
        return _("noted; still missing: {who}").format(who=stacks.left_missing(rest, self.who))

    # The pile, and lines to strike out

    async def do_scan_send(self) -> None:
        files = [one.file_id for one in reversed(self._of("pile"))]
        await self.ask_who(len(files), files)

    async def sent(self) -> None:
        self.scans = [one for one in self.scans if one.kind != "pile"]
        await self._keep()

    async def do_scan_drop(self) -> None:
        one = self.list.current
        if one is not None:
            self.scans = [other for other in self.scans if other.at != one.at]
            await self._keep()

    async def step_back(self) -> None:
        self.dismiss()


_MARKS: Final[dict[str, Piece]] = {"done": ("+", "good"), "pile": ("·", "key"), "left": ("!", "bad")}
_ROLES: Final[dict[str, str]] = {"done": "good", "pile": "key", "left": "bad"}
