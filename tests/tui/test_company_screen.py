"""One call to a company, driven by keys: its people listed, marked and settled in one go."""

from __future__ import annotations

import pytest

from store.rows import QueueFilter
from store.rules.outcomes import State
from tests.store.office import Office, Person
from tests.tui.driving import Desk, at_desk

FIRM = "PT PERKEBUNAN SAWIT MANDAU JAYA LESTARI ABADI SENTOSA MAKMUR SEJAHTERA"
PEOPLE = (
    Person("21000000001", "SATU", hp="081234567890", company=FIRM),
    Person("21000000002", "DUA", hp="081311112222", company=FIRM),
    Person("21000000003", "TIGA", hp="081311113333", company=FIRM),
    Person("21000000004", "HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI", company=FIRM),
    Person("21000000005", "LIMA", hp="085277778888", company="CV LAIN"),
)


@pytest.fixture
async def firm(empty_office: Office) -> Office:
    store = await empty_office.open()
    await empty_office.bring_in(store, PEOPLE)
    await store.close()
    empty_office.opened.clear()
    return empty_office


def said(desk: Desk) -> str:
    return " ".join(f"{desk.asked} {desk.status}".split())


async def states(desk: Desk) -> dict[str, str]:
    return {row.name.split()[0]: row.state for row in await desk.store.queue.rows(QueueFilter(), 0, 20)}


async def test_marked_colleagues_get_one_outcome_after_a_y_and_one_u_takes_it_back(firm: Office) -> None:
    async with at_desk(firm) as desk:
        await desk.press("f2", "enter", "h")
        assert "3 rekan" in desk.asked
        await desk.press("9")
        assert "Belum ada yang ditandai" in said(desk)
        await desk.press("space", "space")
        assert "9 titip pesan" in desk.asked
        await desk.press("9")
        assert "Catat “titip pesan” untuk 2 orang?" in desk.asked
        await desk.press("y")
        assert "Dicatat untuk 2 orang." in said(desk)
        assert await states(desk) == {
            "SATU": State.NEW,
            "DUA": State.RETRY,
            "TIGA": State.RETRY,
            "HJ.": State.WITHOUT_NUMBER,
            "LIMA": State.NEW,
        }
        await desk.press("u")
        assert "Diurungkan." in said(desk)
        assert (await states(desk))["DUA"] == State.NEW
        await desk.press("escape")
        assert "SATU" in desk.lines[1]  # the call itself still waits for its outcome


async def test_questions_of_an_outcome_come_before_the_y(firm: Office) -> None:
    async with at_desk(firm) as desk:
        await desk.press("f2", "enter", "h", "a", "5", "3", "y")
        assert "Dicatat untuk 2 orang." in said(desk)
        assert "tanpa nomor" in said(desk)
        await desk.press("u", "a", "8", "b", "y")
        assert "Dicatat untuk 2 orang." in said(desk)
        await desk.press("u", "a", "7", "y")
        assert "Dicatat untuk 3 orang." in said(desk)
        assert (await states(desk))["HJ."] == State.CHECK


async def test_after_the_company_the_undo_of_the_card_takes_the_same_back(firm: Office) -> None:
    async with at_desk(firm) as desk:
        await desk.press("f2", "enter", "h", "a", "9", "y", "escape", "9")
        assert (await states(desk))["DUA"] == State.RETRY
        await desk.press("u")
        assert "SATU" in desk.lines[1]
        assert (await states(desk))["DUA"] == State.RETRY
        await desk.press("u")
        assert (await states(desk))["DUA"] == State.NEW
        assert "SATU" in desk.lines[1]


async def test_the_attempt_tells_that_the_company_spoke(firm: Office) -> None:
    async with at_desk(firm) as desk:
        await desk.press("f2", "enter", "h", "space", "6", "j", "y", "escape", "s", "f8")
        await desk.type("dua")
        await desk.press("enter")
        assert "bersedia klaim (lewat perusahaan, JMO)" in " ".join(desk.text.split())


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_long_names_are_cut_with_a_mark(firm: Office, lang: str, size: tuple[int, int]) -> None:
    async with at_desk(firm, lang=lang, size=size) as desk:
        for key in ("f2", "enter", "h", "a", "5", "escape", "0", "t", "escape", "9", "y", "u"):
            await desk.press(key)
            for widget in desk.painted:
                for line in widget.lines:
                    assert line.width <= widget.size.width or "…" in line.text, (key, line.text)
