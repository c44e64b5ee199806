"""On a person's page (F8) a balance stands only before those whose role needs amounts, in the history too."""

from __future__ import annotations

from tests.store.office import Office, Person
from tests.tui.driving import at_desk


async def test_a_balance_and_its_change_are_for_who_may_see_amounts(empty_office: Office) -> None:
    store = await empty_office.open()
    for balance in ("12000000", "13500000"):
        await empty_office.bring_in(store, [Person("21000000001", "SUPARMAN HADI", balance=balance)])
        empty_office.clock.pass_by(minutes=5)
    await empty_office.hire(store, "umi", "umum")
    await empty_office.hire(store, "rini", "keuangan")
    for login, sees in (("umi", False), ("rini", True)):
        async with at_desk(empty_office, login, size=(120, 40)) as desk:
            await desk.press("f8", *"suparman", "enter", "enter")
            assert "masuk bersama daftar: saldo JHT" in desk.text
            assert ("13.500.000" in desk.text) is sees
            assert "12.000.000" not in desk.text
