"""ctrl+r shows one hidden value for a while, driven by keys."""

from __future__ import annotations

import pytest

from store.reveals import Hidden
from tests.store.office import Office, Person
from tests.tui.driving import Desk, at_desk
from tui.screens import revealing

NIK = "1403090307679901"
PEOPLE = (
    Person("21000000001", "SITI", hp="081234567890", email="siti@contoh.id", balance="12000000", nik=NIK),
    Person("21000000002", "TIGOR", hp="085277778888", balance="9000000", nik="1403090307679902"),
)


@pytest.fixture
async def people(empty_office: Office) -> Office:
    await empty_office.bring_in(await empty_office.open(), PEOPLE)
    return empty_office


async def entries(office: Office) -> list[tuple[str, str]]:
    ani = await office.open()
    """Looks at hidden values in the trail, the newest first."""
    return [(entry.action, entry.why) for entry in await ani.audit.entries(20) if entry.action == "reveal"]


async def show_number(desk: Desk) -> None:
    """The number of whoever is chosen in the list, after a reason."""
    await desk.press("f2", "ctrl+r", "5")
    await desk.type("jawab surel")
    await desk.press("enter")
    assert "0812-3456-7890" in desk.asked


async def test_the_reason_is_asked_where_no_work_gives_it_and_recorded_first(people: Office) -> None:
    async with at_desk(people) as desk:
        await desk.press("f2", "ctrl+r")
        assert "0812-3456-7890" not in desk.text
        await desk.press("5", "enter")
        assert "Alasan perlu diisi" in desk.status
        assert "0812-3456-7890" not in desk.text
        await desk.type("jawab surel")
        await desk.press("enter")
        assert "0812-3456-7890" in desk.asked
        assert NIK not in desk.text
        assert (await entries(people))[0] == ("reveal", "jawab surel")


async def test_the_call_in_hand_is_the_reason(people: Office) -> None:
    async with at_desk(people) as desk:
        await desk.press("f2", "enter", "ctrl+r", "1")
        assert NIK in desk.asked
        action, why = (await entries(people))[0]
        assert action == "reveal"
        assert "JHT 56" in why


async def test_it_is_hidden_when_another_row_is_chosen_or_the_screen_is_left(people: Office) -> None:
    async with at_desk(people) as desk:
        await show_number(desk)
        await desk.press("down")
        assert "0812-3456-7890" not in desk.text
        await desk.press("up")
        assert "0812-3456-7890" not in desk.text
        await show_number(desk)
        await desk.press("f1")
        await desk.press("escape")
        assert "0812-3456-7890" not in desk.text


async def test_it_is_hidden_when_its_time_is_over(people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert revealing.SHOWN_FOR == 30
    async with at_desk(people) as desk:
        await show_number(desk)
        screen = desk.app.screen
        assert isinstance(screen, revealing.RevealDesk)
        assert screen._until is not None
        assert screen._until._interval == revealing.SHOWN_FOR
        await screen._until._tick(next_timer=0, count=1)
        await desk.settle()
        assert "0812-3456-7890" not in desk.text


async def test_it_is_hidden_below_the_lock(people: Office) -> None:
    async with at_desk(people) as desk:
        await show_number(desk)
        await desk.app.lock()
        await desk.settle()
        assert "0812-3456-7890" not in desk.text
        await desk.app.unlocked()
        await desk.settle()
        assert "0812-3456-7890" not in desk.text


async def test_who_may_not_see_is_told_why(people: Office) -> None:
    ani = await people.open()
    await people.hire(ani, "budi")
    async with at_desk(people, "budi") as desk:
        await desk.press("f2", "ctrl+r", "1", *"surat", "enter")
        assert NIK not in desk.text
        assert "yang Anda pegang" in " ".join(desk.text.split())
    await people.hire(ani, "umi", "umum")
    async with at_desk(people, "umi") as desk:
        await desk.press("f2", "ctrl+r")
        assert "tidak mengizinkan" in " ".join(desk.text.split())


async def test_the_head_sees_the_looks_of_the_day(people: Office) -> None:
    ani = await people.open()
    budi = await people.hire(ani, "budi")
    await people.hire(ani, "hadi", "kepala_bidang")
    (row,) = await budi.persons.find("SITI")
    for _time in range(3):
        await budi.reveals.show(row.participant_id, Hidden.PHONE, "telepon balik")
    async with at_desk(people, "hadi") as desk:
        await desk.press("f2", "w")
        assert "data tersembunyi: BUDI 3" in desk.asked
