"""Into the boxes one after the other: by the barcode on the voucher, or all that wait at once."""

from __future__ import annotations

from store.archive_rows import ArchivedRow
from store.errors import ArchiveRefused
from store.rules.codes import tidy
from tui.i18n import _
from tui.kept import Unkept
from tui.screens.archive_desk import ArchiveDesk
from tui.widgets.prompt import PromptLine
from tui.words import archive, errors

MOST = 2_000
"""Files that one key puts into their boxes."""


async def put_all(desk: ArchiveDesk) -> None:
    """Every file that waits, each programme in the order of its codes; one undo takes all of them out.

    Those whose code lies somewhere already are left, and named.
    """
    waiting = await desk.store.archive.waiting(0, MOST)
    if not waiting:
        desk.say(_("No file with all signatures waits."), "muted")
        return
    left = [each for each in waiting if each.lies]
    told = archive.lying_said(left) if left else ""
    if len(left) == len(waiting):
        desk.say(told, "warn")
        return
    done, ref = await desk.store.archive.put_many([each.file.file_id for each in waiting if not each.lies])
    await desk.did(" · ".join(filter(None, (archive.put_many_said(done), told))), ref, role="warn" if left else "good")


class ScanActs(ArchiveDesk):
    """The line for a scanner; it stays open until escape."""

    async def do_archive_barcode(self) -> None:
        hint = _("scan or type the code: it goes into its box · ↑↓ · esc ends")
        self.open_prompt(PromptLine(_("Into its box"), "", hint, 60), self._scanned, keep=Unkept.PAPER)

    async def _scanned(self, text: str) -> None:
        """Put it in, or say where it is; the line is open again for the next one, with what was not known in it."""
        code = tidy(text)
        try:
            left = text if code and not await self._put_scanned(code) else ""
        except ArchiveRefused as refusal:
            self.say(errors.sentence(refusal, self.loket.now()), "warn")
            left = text
        message = self.loket.message
        await self.do_archive_barcode()
        if left and self.prompt is not None:
            self.prompt.insert(left)
        self.say(*message)

    async def _put_scanned(self, code: str) -> bool:
        """Whether the code is known; what became of it is said."""
        for waiting in await self.store.archive.waiting(0, MOST):
            if tidy(waiting.file.code) == code:
                done, ref = await self.store.archive.put(waiting.file.file_id)
                await self.did(f"{waiting.file.name}: {archive.put_said(done)}", ref)
                return True
        found: list[ArchivedRow] = [row for row in await self.store.archive.find(code) if tidy(row.code) == code]
        if found:
            row = found[0]
            text = _("{name} lies there already: {place}")
            self.say(text.format(name=archive.short(row), place=archive.where_lies(row)[0]), "warn")
            return True
        text = _("“{code}” is no file that waits for its box, and lies in none. F5 tells how far it is.")
        self.say(text.format(code=code), "warn")
        return False
