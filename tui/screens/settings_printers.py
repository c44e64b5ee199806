"""Pencetak: where each document is printed, how pages are corrected for it, and what is set wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

from textual.widget import Widget

import printing
from printing.background import background
from printing.calibration import measured
from printing.checks import QueueDoubt, doubts
from printing.cups import address_of, queues
from printing.printers import PrinterAway, PrinterFacts
from store.print_rows import Wanted
from store.rules.printing import FOLDER, Calibration, CalibrationError, Document, Route
from store.rules.vouchers import VoucherKind
from store.value_class import value_class
from tui.i18n import _
from tui.screens.choose import Choice, ChooseScreen
from tui.screens.settings import SettingsDesk
from tui.widgets.ink import Piece, wrap
from tui.widgets.window_table import Column, WindowTable
from tui.words import printers, voucher_prints, vouchers_paper

CROSSES: Final = 8
"""Numbers that are measured on the test page."""


@value_class
class PaperLine:
    """One document: where it goes, and how its pages are corrected there."""

    document: Document
    route: Route
    calibration: Calibration


class PrintersScreen(SettingsDesk):
    """A line for each document; the print server is asked in the background."""

    def __init__(self) -> None:
        super().__init__()
        self.queues: list[PrinterFacts] | None = None
        self.asked = False
        self.doubts: list[QueueDoubt] = []
        self.kind = VoucherKind.LOKET

    def body(self) -> Sequence[Widget]:
        self.list = WindowTable[PaperLine](
            (
                Column(_("Document"), self._document, width=27),
                Column(_("Goes to"), self._goes_to, share=3),
                Column(_("Paper size"), lambda one: one.route.media, width=18, hide_below=100),
                Column(_("Corrected by"), _corrected, share=2),
            ),
            key=lambda one: one.document,
            id="printers",
        )
        return (self.list,)

    def context(self) -> str:
        return "printers"

    def place(self) -> tuple[str, str]:
        return _("Printers"), self.loket.me.office

    def _document(self, one: PaperLine) -> Piece:
        word = printers.sentence_case(printers.document(one.document))
        if one.document is Document.VOUCHER:
            word = f"{word}: {voucher_prints.kind(self.kind)}"
        return word, "normal"

    def _goes_to(self, one: PaperLine) -> Piece:
        place = printers.place(one.route)
        facts = next((each for each in self.queues or () if each.name == one.route.printer), None)
        if facts is None:
            return place, "normal"
        return f"{place}: {printers.printer(facts)}", "warn" if facts.reasons else "normal"

    @property
    def line(self) -> PaperLine | None:
        return cast("PaperLine | None", self.list.current)

    def idle_lines(self) -> list[list[Piece]]:
        """What is wrong with the printer of the line, else with any."""
        one = self.line
        here = [each for each in self.doubts if one is not None and each.printer in ("", one.route.printer)]
        if found := here or self.doubts:
            more = f" (+{len(self.doubts) - 1})" if len(self.doubts) > 1 else ""
            return [[(row, "warn")] for row in wrap(printers.doubt(found[0]) + more, self.size.width - 1, 2)]
        if not self.asked:
            return [[(_("The print server is being asked …"), "muted")]]
        if self.queues is None:
            told = _("No print server answers here: what is printed goes into KELUAR as PDF.")
            return [[(told, "muted")], [(_("With CUPS running its queues can be chosen (enter)."), "muted")]]
        return [
            [(_("Nothing is set wrongly."), "good")],
            [(_("Each choice is in the trail; u takes it back."), "muted")],
        ]

    async def moved(self) -> None:
        self.frame()

    async def read(self) -> None:
        routes = await self.store.printers.routes()
        self.kind = VoucherKind(await self.store.office.setting("voucher.kind"))
        lines = []
        for document in Document:
            route = routes.get(document, Route())
            lines.append(PaperLine(document, route, await self.store.printers.calibration(route)))
        await self.fill(lines)
        self.ask_printers()

    def ask_printers(self) -> None:
        """Looks in the background; what is refused there is said as anywhere else."""
        self.loket.run_worker(self.guarded(self._ask), exclusive=True, group="printers")

    async def _ask(self) -> None:
        """The queues and what is wrong with them; a server that hangs keeps nobody waiting."""
        try:
            self.queues = await background(queues, address_of(await self.store.printers.server()))
        except PrinterAway:
            self.queues = None
        finally:
            self.asked = True
        self.doubts = await doubts(self.store)
        if self.is_attached:
            self.list.paint()
            self.frame()

    # Choosing

    async def do_printer_choose(self) -> None:
        one = self.line
        if one is None:
            return
        choices = [Choice(Route(), _("KELUAR, as PDF"))]
        for facts in self.queues or ():
            title = f"{facts.name}: {printers.printer(facts)}"
            choices.append(Choice(Route(facts.name), title))
            choices += [
                Choice(Route(facts.name, tray), _("{printer}, tray {tray}").format(printer=facts.name, tray=tray))
                for tray in facts.trays
            ]

        async def chosen(choice: Choice) -> None:
            route = cast("Route", choice.value)
            await self.store.printers.set_route([one.document], None if route.printer == FOLDER else route)
            await self._told([one.document], route)

        question = _("Print where: {document}").format(document=printers.document(one.document))
        await self.loket.push_screen(ChooseScreen(self, question, choices, chosen))

    async def do_printer_all(self) -> None:
        one = self.line
        if one is not None:
            await self.store.printers.set_route(list(Document), None if one.route.printer == FOLDER else one.route)
            await self._told(list(Document), one.route)

    async def _told(self, documents: Sequence[Document], route: Route) -> None:
        what = printers.document(documents[0]) if len(documents) == 1 else _("all documents")
        text = _("{document} goes to {place}.")
        await self.changed(printers.sentence_case(text.format(document=what, place=printers.place(route))))

    async def do_printer_kind(self) -> None:
        other = VoucherKind.SMILE if self.kind is VoucherKind.LOKET else VoucherKind.LOKET
        await self.store.office.set_setting("voucher.kind", str(other))
        await self.changed(_("Vouchers are {kind} from now on").format(kind=voucher_prints.kind(other)))

    # The test page

    async def do_printer_test(self) -> None:
        one = self.line
        if one is None:
            return
        sheet, words = vouchers_paper.calibration(printers.place(one.route), self.loket.me, self.loket.now())
        pdf = printing.calibration_page(sheet, words, one.calibration)
        await self.store.printing.reserve([Wanted(Document.CALIBRATION, one.route, pdf, (None,))])

        async def go_on() -> None:
            await self.guarded(lambda: self.loket.prints.go_on(self.loket))
            text = _("Test page: {place}. Measure its crosses, then k.")
            self.loket.say(text.format(place=printers.place(one.route)), "good")

        self.loket.run_worker(go_on())

    async def do_printer_measure(self) -> None:
        one = self.line
        if one is None:
            return

        async def save(text: str) -> None:
            found = [float(each.replace(",", ".")) for each in re.findall(r"\d+(?:[.,]\d+)?", text)]
            if len(found) != CROSSES:
                await self._again(
                    one.route, _("Eight numbers are needed: left and below of each cross, in millimetres.")
                )
                return
            try:
                wanted = measured(list(zip(found[::2], found[1::2], strict=True)))
            except (CalibrationError, ValueError):
                await self._again(
                    one.route, _("So far off no printer is. Print the test page at 100 % and measure again.")
                )
                return
            await self.store.printers.set_calibration(one.route, wanted)
            await self.changed(_("Corrected by {by}").format(by=_words(wanted)))

        self._save = save
        await self._again(one.route, "")

    async def _again(self, route: Route, why: str) -> None:
        hint = _("lower left, lower right, upper left, upper right: 20 20 190 20 20 277 190 277 if it is exact")
        await self.type_in(f"measured {route}", _("Measured"), "", hint, self._save, 80)
        if why:
            self.say(why, "warn")

    async def do_printer_straight(self) -> None:
        one = self.line
        if one is not None:
            await self.store.printers.set_calibration(one.route, Calibration())
            text = _("{place} without correction")
            await self.changed(text.format(place=printers.place(one.route)))


def _corrected(one: PaperLine) -> Piece:
    if one.calibration == Calibration():
        return "–", "muted"
    return _words(one.calibration), "normal"


def _words(by: Calibration) -> str:
    """1,5 mm to the right, 0,5 mm down, …: what is not 0."""
    parts = []
    if by.dx:
        parts.append(f"{'→' if by.dx > 0 else '←'} {abs(by.dx):.1f} mm")
    if by.dy:
        parts.append(f"{'↑' if by.dy > 0 else '↓'} {abs(by.dy):.1f} mm")
    if (by.sx, by.sy) != (1.0, 1.0):
        parts.append(f"{by.sx * 100:.1f} × {by.sy * 100:.1f} %")
    if by.skew:
        parts.append(f"{by.skew:.2f}°")
    return " · ".join(parts) or "–"
