"""One document to where the office prints it: written down, going on by itself, what became of it told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import FOLDER, STEMS, Document
from tui.i18n import _
from tui.words import errors, printers

if TYPE_CHECKING:
    from tui.shell import LoketApp


async def send(shell: LoketApp, document: Document, draw: Callable[[], bytes], said: str = "") -> None:
    """Draws and prints it in the background; `said` comes before where it lies."""
    shell.run_worker(_send(shell, document, draw, said))


async def _send(shell: LoketApp, document: Document, draw: Callable[[], bytes], said: str) -> None:
    from printing.errors import LetterMissing

    try:
        job = await written_down(shell, document, await asyncio.to_thread(draw))
        await shell.prints.go_on(shell)
        job = await shell.store.printing.job(job.job_id)
    except StoreError as refusal:
        shell.say(errors.sentence(refusal, shell.now()), "bad")
        return
    except LetterMissing as missing:
        text = _("The letter “{letter}” of “{text}” cannot be printed; write it otherwise.")
        shell.say(text.format(letter=missing.letter, text=missing.text), "bad")
        return
    shell.say(" · ".join(part for part in (said, told(shell, job)) if part), "good")


async def written_down(shell: LoketApp, document: Document, pdf: bytes) -> PrintJobRow:
    """The job of a PDF, where the office prints this document. Raises NotAllowed."""
    from printing.pdf import page_count

    route = await shell.store.printers.route(document)
    (job,) = await shell.store.printing.reserve([Wanted(document, route, pdf, (None,) * page_count(pdf))])
    return job


def told(shell: LoketApp, job: PrintJobRow) -> str:
    """Where the paper is: its file in KELUAR, or the printer and how the job stands."""
    from printing.folder import FolderPrinter

    what = printers.sentence_case(printers.document(job.document))
    if job.route.printer == FOLDER:
        name = FolderPrinter(shell.store.outbox, STEMS[job.document]).given(job.attempt).name
        return _("{document}: KELUAR/{name}").format(document=what, name=name)
    return _("{document}: {printer}, {state}").format(
        document=what, printer=printers.place(job.route), state=printers.state(job.state)
    )
