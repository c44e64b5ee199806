"""Saying what a column of a listing, a list of paid files or a register really is: the column, then its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from store.rows import SheetReport
from tui.i18n import _
from tui.screens.base import DeskScreen
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.imports_plan import corrected
from tui.widgets.ink import cut

LONGEST = 30

Read = Callable[[dict[str, str]], None]
"""Reads the file again with this mapping of headings to fields."""


async def choose_column(
    desk: DeskScreen, sheets: Sequence[SheetReport], fields: Mapping[str, str], mapping: dict[str, str], read: Read
) -> None:
    """Asks which column is meant and what it holds (`fields` and their words); then the file is read again."""
    shown = {heading: field for sheet in reversed(sheets) for heading, field in sheet.columns.items() if heading}
    if not shown:
        desk.say(_("No column was found in this file. Check its headings, then read it again."), "warn")
        return

    async def chosen(choice: Choice) -> None:
        await _choose_field(desk, str(choice.value), fields, mapping, read)

    choices = [Choice(heading, f"{cut(heading, LONGEST)} → {_word(field, fields)}") for heading, field in shown.items()]
    await desk.loket.push_screen(ChooseScreen(desk, _("Which column is read wrongly"), choices, chosen))


def _word(field: str | None, fields: Mapping[str, str]) -> str:
    return _(fields[field]) if field is not None and field in fields else _("not read")


async def _choose_field(
    desk: DeskScreen, heading: str, fields: Mapping[str, str], mapping: dict[str, str], read: Read
) -> None:
    async def chosen(choice: Choice) -> None:
        read(corrected(mapping, heading, str(choice.value)))

    choices = [*(Choice(field, _(word)) for field, word in fields.items()), Choice("", _("not read"))]
    question = _("What is in the column {column}?").format(column=cut(heading, LONGEST))
    await desk.loket.push_screen(ChooseScreen(desk, question, choices, chosen))
