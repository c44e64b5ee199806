"""The counter (F3): few keys note a call or visit, above whatever was in front."""

from __future__ import annotations

import pytest

from store.contact_rows import ContactFilter, ContactRow
from store.rules.counter import Topic
from tests.store.office import Office
from tests.tui.driving import Desk, at_desk
from tui.screens.calls import CallsScreen
from tui.screens.counter import CounterScreen
from tui.screens.home import HomeScreen


async def log(desk: Desk) -> list[ContactRow]:
    """The log, newest first."""
    return await desk.store.counter.rows(ContactFilter(), 0, 50)


async def test_an_anonymous_question_costs_three_keys_and_a_visit_four(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3")
        assert "Telepon masuk sejak 09.00" in desk.lines[1]
        assert "1 jam operasional" in desk.asked and "8 lainnya" in desk.asked
        await desk.press("1")
        assert "08.00–12.00, 13.00–17.00" in desk.text, "the quick answer of the topic"
        await desk.press("enter")
        assert isinstance(desk.app.screen, HomeScreen)
        assert "Tersimpan: jam operasional · F3 u membatalkan" in desk.status
        assert "1 tercatat" in next(line for line in desk.lines if line.startswith(" Di F3"))
        await desk.press("f3", "enter")
        assert "Di loket sejak 09.00" in desk.lines[1]
        await desk.press("3", "enter")
        rows = await log(desk)
        assert [(row.channel, row.topic, row.caller) for row in rows] == [
            ("desk", Topic.PLACE, "anonymous"),
            ("phone", Topic.HOURS, "anonymous"),
        ]
        assert rows[0].started_at == office.clock.now
        await desk.press("f3", "u")
        assert "Dibatalkan: semuanya kembali di sini, belum tersimpan" in desk.text
        assert "Di loket sejak 09.00" in desk.lines[1] and "3 lokasi kantor" in desk.lines[4]
        assert len(await log(desk)) == 1


async def test_a_known_person_costs_nine_keys_and_leaves_the_list(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890")
        assert "SUPARMAN HADI WIJA" in desk.text and "1967" in desk.text and "0812…890" in desk.text
        await desk.press("enter", "4")
        assert "keluar dari daftar, menelepon sendiri" in desk.text, "what the save does is said before"
        await desk.press("enter")
        assert "Tersimpan: status klaim · SUPARMAN HADI WIJAYA · keluar dari daftar" in desk.text
        (row,) = await log(desk)
        assert (row.name, row.topic, row.caller) == ("SUPARMAN HADI WIJAYA", Topic.STATUS, "self")
        assert (await desk.store.queue.status())[0].waiting == 3
        await desk.press("f3", "u")
        assert (await desk.store.queue.status())[0].waiting == 4


async def test_the_topic_is_all_that_has_to_be_said(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "enter")
        assert "Tentang apa? Tekan angka topiknya" in desk.status
        await desk.press("9")
        assert "Kantor tidak punya topik pada angka ini." in desk.text
        assert await log(desk) == []


async def test_an_empty_form_leaves_nothing_behind(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "escape")
        assert isinstance(desk.app.screen, HomeScreen)
        await desk.press("f3", "slash", "escape", "n", "escape", "escape")
        assert await desk.store.drafts.keys("counter:") == []


async def test_what_is_in_front_comes_back_untouched(office: Office) -> None:
    async with at_desk(office) as desk:
        # A note on the card: text, caret, the held person.
        await desk.press("f2", "enter", "n", *"telepon", "left", "left", "f3")
        assert isinstance(desk.app.screen, CounterScreen)
        await desk.press("1", "enter")
        screen = desk.app.screen
        assert isinstance(screen, CallsScreen) and screen.prompt is not None
        assert (screen.prompt.text, screen.prompt.caret) == ("telepon", 5)
        await desk.press("X", "enter")
        assert screen.card is not None and screen.card.note == "telepXon"
        # An open question.
        await desk.press("5")
        question = desk.asked
        await desk.press("f3", "escape")
        assert (desk.asked, screen.asking) == (question, "pick-callback")
        await desk.press("3")
        assert "Telepon ulang → lagi besok 09.30" in desk.status
        # A search among the people, the menu with a part of a command, and the call list of today.
        await desk.press("f8", *"suparman", "left", "f3", "1", "enter")
        prompt = desk.app.screen.prompt  # type: ignore[attr-defined]  # every screen here has one
        assert (prompt.text, prompt.caret) == ("suparman", 7)
        await desk.press("f10", *"tema", "f3", "escape")
        assert "tema" in desk.asked.casefold() and "Layanan" not in desk.header


async def test_the_office_s_own_topics_stand_on_their_digits(office: Office) -> None:
    store = await office.open()
    await store.counter.set_topics({"1": "hours", "2": "Kartu hilang dan semua urusan yang panjang sekali namanya"})
    async with at_desk(office) as desk:
        await desk.press("f3", "2")
        assert "Kartu hilang dan semua urusan" in desk.asked
        await desk.press("enter")
        assert [row.topic for row in await log(desk)] == ["Kartu hilang dan semua urusan yang panjang sekali namanya"]


async def test_without_the_role_the_key_says_why(office: Office) -> None:
    store = await office.open()
    await store.staff.add("umi", "Umi", "Umum", "umum")
    async with at_desk(office, login="umi") as desk:
        await desk.press("f3")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.text
        assert isinstance(desk.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_answers_of_a_topic_are_read_on_and_gone_through(office: Office, size: tuple[int, int]) -> None:
    async with at_desk(office, size=size, lang="en") as desk:
        await desk.press("f3", "2")
        assert "Answer 1 of 7" in desk.text and "JHT at 56" in desk.text
        await desk.press("tab")
        assert "Answer 2 of 7" in desk.text and "JHT after leaving work" in desk.text
        await desk.press("pagedown", "1")
        assert "Office hours, today and now" in desk.text and "Answer" not in desk.text


async def test_what_a_colleague_does_is_seen_on_the_form(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "1")
        assert "tetap (baru)" in desk.text
        other = await office.open()
        card = await other.queue.claim()
        assert card is not None
        await desk.press("2")
        await desk.app._look()
        await desk.settle()
        assert "sedang di kartu ani" in " ".join(desk.text.split())
