"""A quick answer as an A4 page into KELUAR."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import printing
from store.answers import AnswerFacts
from store.rules.answers import AnswerRow
from tui import i18n
from tui.i18n import _
from tui.screens import files_out
from tui.words import answer_paper
from tui.words.letters import with_unprinted

if TYPE_CHECKING:
    from tui.shell import LoketApp


async def write(shell: LoketApp, row: AnswerRow, office: AnswerFacts) -> str:
    """The page in the language of the answer; what to say then, with the words in which a letter could not be set."""
    with i18n.speaking(row.text.language):
        sheet, words = answer_paper.page(row, office, shell.me, shell.now())
    pdf = await asyncio.to_thread(printing.answer, sheet, words)
    with files_out.reserved(shell, f"jawaban-{row.text.key}", ".pdf") as path:
        await shell.store.answers.write_pages(path, pdf)
    said = _("Answer on A4: KELUAR/{name}").format(name=path.name)
    return with_unprinted(said, answer_paper.words_of(row, office, shell.me, shell.now()))
