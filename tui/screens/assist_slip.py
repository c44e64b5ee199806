"""The slip for somebody who is helped, as an A4 page into KELUAR."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import printing
from store.assist_rows import AssistRow
from tui.i18n import _
from tui.screens import files_out
from tui.words import assist_paper
from tui.words.letters import with_unprinted

if TYPE_CHECKING:
    from tui.shell import LoketApp


async def write(shell: LoketApp, row: AssistRow) -> str:
    """The page; what to say then."""
    office = await shell.store.answers.facts()
    sheet, words = assist_paper.slip(row, office, shell.me, shell.now())
    pdf = await asyncio.to_thread(printing.answer, sheet, words)
    with files_out.reserved(shell, "bantuan-klaim", ".pdf") as path:
        await shell.store.assists.write_slip(row.assist_id, path, pdf)
    return with_unprinted(
        _("Slip for the participant: KELUAR/{name}").format(name=path.name), assist_paper.words_of(row)
    )
