"""Signatures that are late stand on the first screen and among the follow-ups (F9), for those whose work they are."""

from __future__ import annotations

from store.follow_ups import FollowUpIn
from store.rules.counter import Origin
from tests.store.office import Office
from tests.store.voucher_desk import DEWI, HENDRA, UCOK, confirmed, desk
from tests.tui.driving import at_desk


async def test_late_signatures_are_on_home_and_f9_and_enter_leads_to_the_files(empty_office: Office) -> None:
    rini, joko, _bona = await desk(empty_office, [HENDRA, DEWI, UCOK])
    ids = await confirmed(rini, joko, [HENDRA, DEWI, UCOK])
    founder = await empty_office.open()
    await empty_office.hire(founder, "umi", "umum")
    async with at_desk(empty_office, "rini") as at:
        assert "3 berkas siap keluar" in at.text
    await rini.stacks.send(ids[:2], "Bu Ratna")
    async with at_desk(empty_office, "rini") as at:
        assert "2 berkas keluar" in at.text and "terlambat" not in at.text
        await at.press("f9")
        assert "Bu Ratna" not in at.text
    empty_office.clock.pass_by(days=10)
    await joko.follow_ups.make(FollowUpIn("telepon RS", Origin.OWN, joko.now()))
    async with at_desk(empty_office, "rini") as at:
        assert "2 berkas keluar · 2 terlambat" in at.text
        await at.press("f9", "4")
        rows = [line for line in at.lines if "Bu Ratna" in line or "telepon RS" in line]
        assert ["Bu Ratna" in line for line in rows[:2]] == [True, False]
        assert "keluar 8 hari" in rows[0]
        assert "di Bu Ratna sejak 31 Juli 2023" in at.asked
        await at.press("d")
        assert "Tidak ada tindak lanjut di sini." in at.text
        await at.press("5")
        assert "Bu Ratna" not in at.text
        await at.press("1", "enter")
        assert "HENDRA REKAAN" in at.text and "UCOK LATIHAN" not in at.text
    async with at_desk(empty_office, "umi") as at:
        assert "Di F5" not in at.text
        await at.press("f9", "4")
        assert "telepon RS" in at.text and "Bu Ratna" not in at.text
