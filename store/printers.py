"""The printers of the office: where each document goes, on which paper, and how pages are corrected for it."""

from __future__ import annotations

from collections.abc import Iterable

from store.link import Link
from store.office import change_setting, setting
from store.rows import UndoRef
from store.rules.printing import Calibration, Document, Route, read_calibrations, read_routes
from store.transaction import Transaction


class PrinterDesk:
    """`store.printers`: chosen by heads and administrators, in the trail, and taken back with `store.settings.undo`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def route(self, document: Document) -> Route:
        """Where a document is printed; KELUAR where nothing was chosen."""
        return (await self.routes()).get(document, Route())

    async def routes(self) -> dict[str, Route]:
        """The choices of the office, by document."""
        return read_routes(await self._link.read(setting, "printing.printers"))

    async def set_route(self, documents: Iterable[Document], route: Route | None) -> UndoRef | None:
        """Chooses printer, tray and paper; None is KELUAR again. Raises NotAllowed, Invalid."""
        return (await self._link.write(_set_route, tuple(documents), route))[1]

    async def server(self) -> str:
        """The CUPS server: '' the one of this machine, a socket's path, or host:port."""
        return str(await self._link.read(setting, "printing.server"))

    async def calibration(self, route: Route) -> Calibration:
        """How pages are corrected for a printer and tray."""
        kept = read_calibrations(await self._link.read(setting, "printing.calibration"))
        return kept.get(f"{route.printer}/{route.tray}", Calibration())

    async def set_calibration(self, route: Route, calibration: Calibration) -> UndoRef | None:
        """Raises NotAllowed."""
        return (await self._link.write(_set_calibration, route, calibration))[1]


def _set_route(tx: Transaction, documents: tuple[Document, ...], route: Route | None) -> None:
    tx.database.lock_name("settings")
    routes = {key: plain for key, plain in setting(tx, "printing.printers").items() if key not in documents}
    if route is not None:
        plain = {"printer": route.printer, "tray": route.tray, "media": route.media}
        routes |= dict.fromkeys(documents, plain)
    change_setting(tx, "printing.printers", routes)


def _set_calibration(tx: Transaction, route: Route, calibration: Calibration) -> None:
    tx.database.lock_name("settings")
    plain = {name: getattr(calibration, name) for name in ("dx", "dy", "sx", "sy", "skew")}
    kept = setting(tx, "printing.calibration")
    change_setting(tx, "printing.calibration", {**kept, f"{route.printer}/{route.tray}": plain})
