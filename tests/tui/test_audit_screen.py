"""The screen of the audit trail: asked by person, staff member, days and kind, and put into files."""

from __future__ import annotations

from tests.store.office import Office
from tests.tui.driving import at_desk


async def test_the_trail_is_asked_and_put_into_files(office: Office) -> None:
    async with at_desk(office, "ani") as desk:
        await desk.press("f10")
        await desk.type("jejak audit")
        await desk.press("enter")
        assert "Loket dibuka" in desk.text
        await desk.press("n")
        await desk.type("siapa")
        await desk.press("enter")
        assert "tidak dikenal" in desk.status
        await desk.press("ctrl+u")
        await desk.type("ani")
        await desk.press("enter", "f", "f", "f", "f")
        assert "masuk dan keluar" in desk.status
        await desk.press("r")
        await desk.type("2023-07")
        await desk.press("enter")
        assert "oleh ani · 1 Juli 2023 – 31 Juli 2023" in desk.text
        await desk.press("b")
        await desk.app.workers.wait_for_complete()
        await desk.settle()
        assert "KELUAR/jejak" in desk.status
        await desk.press("escape")
        assert "sebagian jejak disimpan" in desk.text
        await desk.press("p")
        await desk.app.workers.wait_for_complete()
        await desk.settle()
    endings = {path.suffix for path in (office.home / "KELUAR").glob("jejak-*")}
    assert endings == {".xlsx", ".pdf"}
