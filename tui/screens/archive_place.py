"""What can be done to a place of the archive, the same on the desk and in the box: made, changed, closed, printed."""

from __future__ import annotations

from typing import Final

from store.archive_rows import PlaceRow
from store.rules.archive import PlaceKind
from store.rules.programs import Program
from tui.commands import Command, by_id
from tui.i18n import _
from tui.screens.archive_desk import PAPERS, ArchiveDesk, typed_day
from tui.widgets.prompt import PromptLine
from tui.words import archive

_HINTS: Final = {
    "number": lambda: _("letters and digits, as on its label · enter saves · esc goes back"),
    "shelf": lambda: _("where it stands: R2-3 · enter saves · esc goes back"),
    "period": lambda: _("a month as 2023-07, or a range as 2023-01..2023-08; nothing: any · enter saves"),
    "capacity": lambda: _("how many files fit; 0: they are not counted · enter saves · esc goes back"),
    "note": lambda: _("a few words · enter saves · esc goes back"),
    "keep_until": lambda: _("a day: 31-12-2033; nothing: by the office's years · enter saves · esc goes back"),
}


class PlaceActs(ArchiveDesk):
    """The part of a screen that makes and changes places; the screen says which one is chosen."""

    def chosen_place(self) -> PlaceRow | None:
        """The place that the keys are about."""
        raise NotImplementedError

    async def do(self, command: Command) -> None:
        """Answers of the questions: what to print, which value to change, what kind of place to make."""
        where, _mark, value = command.id.partition("arch-")[2].partition("-")
        row = self.chosen_place()
        if where == "kind":
            self.asking = ""
            await self._make(value)
        elif where == "print" and row is not None:
            self.asking = ""
            await PAPERS[value](self, row)
        elif where == "field" and row is not None:
            self.asking = ""
            await self._change(row, value)
        else:
            await super().do(command)

    async def do_archive_papers(self) -> None:
        row = self.chosen_place()
        if row is not None:
            self.question("archive-print", _("To print of {place}").format(place=archive.name_of(row)))

    async def do_archive_edit(self) -> None:
        row = self.chosen_place()
        if row is not None:
            self.question("archive-field", _("To change of {place}").format(place=archive.name_of(row)))

    async def do_archive_close(self) -> None:
        row = self.chosen_place()
        if row is None:
            return
        name = archive.name_of(row)
        if row.closed_at is None:
            ref = await self.store.archive.close(row.place_id, row.version)
            await self.did(_("{place} is closed: nothing goes into it any more").format(place=name), ref)
        else:
            ref = await self.store.archive.reopen(row.place_id, row.version)
            await self.did(_("{place} is open again").format(place=name), ref)

    async def do_archive_new(self) -> None:
        self.question("archive-kind", _("What is made?"))

    do_box_papers = do_archive_papers
    do_box_edit = do_archive_edit
    do_box_close = do_archive_close

    # Making

    async def _make(self, kind: str) -> None:
        """The number first (boxes are numbered on), then the shelf; capacity and period can be changed later (e)."""
        program = kind if kind in set(Program) else ""
        real = PlaceKind.BOX if program else PlaceKind(kind)
        proposed = await self.store.archive.next_number(program) if program else ""
        hint = _("enter takes the next number") if program else _HINTS["number"]()

        async def numbered(number: str) -> None:
            await self.store.archive.check_number(real, number, program)
            await self._ask_shelf(real, program, number.strip())

        name = archive.place_name(real, program, "")
        await self.line(
            f"make {kind}", PromptLine(_("Number of {what}").format(what=name), proposed, hint, 40), numbered
        )

    async def _ask_shelf(self, kind: PlaceKind, program: str, number: str) -> None:
        async def shelved(shelf: str) -> None:
            _id, ref = await self.store.archive.make(kind, number, program=program, shelf=shelf.strip())
            await self.did(_("{place} is made").format(place=archive.place_name(kind, program, number)), ref)

        label = _("Shelf of {place}").format(place=archive.place_name(kind, program, number))
        hint = _("where it stands: R2-3; nothing: not known yet · enter makes it · esc goes back")
        await self.line(f"shelf {kind}{program}", PromptLine(label, "", hint, 60), shelved)

    # Changing

    async def _change(self, row: PlaceRow, field: str) -> None:
        values: dict[str, str] = {
            "number": row.number,
            "shelf": row.shelf,
            "period": row.period,
            "capacity": str(row.capacity),
            "note": row.note,
            "keep_until": f"{row.keep_until:%d-%m-%Y}" if row.keep_until is not None and row.keep_said else "",
        }
        word = _(by_id(f"arch-field-{field}").label)
        label = f"{archive.name_of(row)}, {word}"

        async def entered(text: str) -> None:
            if field == "keep_until":
                await self._keep(row, text.strip())
                return
            value = text.strip()
            numeric = field == "capacity" and value.isascii() and value.isdecimal() and len(value) < 7
            ref = await self.store.archive.change(row.place_id, row.version, {field: int(value) if numeric else value})
            await self.did(
                _("{place}: {field} {value}").format(place=archive.name_of(row), field=word, value=value), ref
            )

        await self.line(f"{field} {row.place_id}", PromptLine(label, values[field], _HINTS[field](), 200), entered)

    async def _keep(self, row: PlaceRow, text: str) -> None:
        day = typed_day(text) if text else None
        ref = await self.store.retention.keep_until(row.place_id, row.version, day)
        name = archive.name_of(row)
        said = _("{place} is kept by the office's years").format(place=name)
        if day is not None:
            said = _("{place} is kept until {day}").format(place=name, day=f"{day:%d-%m-%Y}")
        await self.did(said, ref)
