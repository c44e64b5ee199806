"""Calls that wait: kept as drafts while another one comes in, missed ones, and the log of all of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from store.contact_rows import ContactFilter
from store.counter import ContactIn
from store.rules.counter import ContactChannel, ContactOutcome, Topic
from tests.postgres import Cluster
from tests.store.office import Clock, Office, people, wib
from tests.tui.driving import Desk, at_desk
from tui.screens.base import DeskScreen
from tui.screens.home import HomeScreen


def prompt(desk: Desk) -> str:
    """What stands in the line that is being typed."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen) and screen.prompt is not None
    return screen.prompt.text


async def test_a_second_call_waits_for_nobody_and_the_first_comes_back_as_it_was(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "n", *"tolong")
        office.clock.pass_by(minutes=4)
        await desk.press("f3")
        assert "sejak 09.04" in desk.lines[1] and "Panggilan 09.00 ditahan" in desk.text
        await desk.press("1", "enter")
        assert "sejak 09.00" in desk.lines[1] and "SUPARMAN" in desk.text
        assert prompt(desk) == "tolong"
        await desk.press("enter", "4", "enter")
        rows = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert [(row.topic, row.note) for row in rows] == [("hours", ""), ("status", "tolong")]
        assert await desk.store.drafts.keys("counter:") == []


async def test_leaving_keeps_a_draft_that_is_offered_with_its_start(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "2", "n", *"berkas", "escape", "escape")
        assert isinstance(desk.app.screen, HomeScreen)
        assert "Panggilan 09.00 disimpan sebagai draf: F3, lalu r." in desk.status
        assert "1 draf: F3 r" in desk.text
        office.clock.pass_by(minutes=30)
        # Another desk while one types: the draft has the text as well.
        await desk.press("f3", "n", *"lain", "f2")
        assert "Panggilan 09.30 disimpan sebagai draf" in desk.text
    async with at_desk(office) as desk:
        await desk.press("f3")
        assert "2 draf (r)" in desk.lines[1]
        await desk.press("r")
        assert "09.00" in desk.text and "berkas" in desk.text and "09.30" in desk.text and "lain" in desk.text
        await desk.press("down", "enter")
        assert "sejak 09.30" in desk.lines[1] and prompt(desk) == "lain"
        await desk.press("enter", "3", "enter", "f3", "r")
        assert "sejak 09.00" in desk.lines[1], "the only one left opens at once"
        await desk.press("c")
        assert "Buang 1 panggilan, pukul 09.00?" in desk.asked
        await desk.press("y")
        assert await desk.store.drafts.keys("counter:") == []
        assert [row.note for row in await desk.store.counter.rows(ContactFilter(), 0, 9)] == ["lain"]


async def test_a_missed_call_is_written_down_rung_back_or_ended(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "m")
        assert "n mencatat satu" in desk.asked
        await desk.press("n", *"0813", "enter")
        assert "Tidak diterima" in desk.text and prompt(desk) == "0813"
        await desk.press(*"11112222", "enter", *"17", "enter")
        assert "bukan jam hari ini" in desk.text and prompt(desk) == "17"
        await desk.press("ctrl+u", *"8", "full_stop", *"15", "enter")
        assert "08.15" in desk.text and "ROSLINA" in desk.text
        await desk.press("n", "enter", "enter")
        assert "tidak tampil" in desk.text
        assert "2 panggilan tak terjawab" in desk.text
        await desk.press("home", "enter")
        assert "Telepon balik" in desk.lines[1] and "ROSLINA" in desk.text
        await desk.press("2", "enter")
        await desk.press("f3")
        assert "1 tak terjawab (m)" in desk.lines[1]
        await desk.press("m", "s", "enter")
        assert "Perlu alasan" in desk.text
        await desk.press(*"nomor_tidak_tampil", "enter")
        assert await desk.store.counter.missed() == []
        await desk.press("escape", "l")
        assert "sudah dibalas" in desk.text and "tidak tersambung" in desk.text


async def test_a_colleague_who_rang_back_first_is_said_and_the_call_is_kept(office: Office) -> None:
    boss = await office.open()
    budi = await office.hire(boss, "budi")
    await office.hire(boss, "dewi")
    await budi.counter.save(
        ContactIn(ContactChannel.MISSED, office.clock.now, Topic.OTHER, ContactOutcome.MISSED, number="081311112222")
    )
    async with at_desk(office, "dewi") as desk:
        await desk.press("f3", "m", "enter", "2")
        (waiting,) = await budi.counter.missed()
        await budi.counter.save(
            ContactIn(ContactChannel.PHONE, office.clock.now, Topic.CLAIM, answers_id=waiting.contact_id)
        )
        await desk.press("enter")
        assert "Rekan sudah menelepon balik" in desk.text
        await desk.press("enter")
        assert len(await desk.store.counter.rows(ContactFilter(), 0, 9)) == 3


async def test_the_log_is_narrowed_searched_and_its_last_entry_taken_back(office: Office) -> None:
    boss = await office.open()
    budi = await office.hire(boss, "budi")
    await office.hire(boss, "dewi")
    friday = office.clock.now - timedelta(days=3)
    await budi.counter.save(ContactIn(ContactChannel.DESK, friday, Topic.CARD, caller_name="Pak Darto"))
    await budi.counter.save(ContactIn(ContactChannel.PHONE, office.clock.now, Topic.HOURS, note="tanya sore"))
    async with at_desk(office, "dewi") as desk:
        await desk.press("f3", "2", "enter", "f3", "l")
        assert "hari ini" in desk.header and "2 catatan" not in desk.text
        assert "syarat klaim" in desk.text and "jam operasional" in desk.text and "Darto" not in desk.text
        await desk.press("f")
        assert "oleh saya: 1 catatan" in desk.status
        await desk.press("f")
        assert "semua: 3 catatan" in desk.status and "Pak Darto" in desk.text
        await desk.press("slash", *"sore", "enter")
        assert "tanya sore" in desk.asked and "Darto" not in desk.text
        await desk.press("escape", "u")
        assert "Dibatalkan: 09.00" in desk.text and "syarat klaim" not in "\n".join(desk.lines[2:20])
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_one_draft_at_two_terminals_of_one_person_is_told_and_not_saved_twice(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "2", "n", *"berkas", "enter", "escape", "f3", "r")
        async with at_desk(office) as other:
            await other.press("f3", "r")
            assert "berkas" in other.text
            await other.press("enter")
        await desk.press("enter")
        assert "terminal Anda yang lain" in " ".join(f"{desk.asked} {desk.status}".split())
        await desk.press("escape", "f3", "r", "escape")
        rows = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert [row.note for row in rows] == ["berkas"], "what was told is saved again only by a key of one's own"
        await desk.press("f3", "r", "enter")
        assert await desk.store.counter.count(ContactFilter()) == 2
        assert await desk.store.drafts.keys("counter:") == []


async def test_what_was_sought_for_one_call_is_not_offered_for_the_next(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "1", "slash", *"roslina", "escape", "f3", "slash")
        assert prompt(desk) == ""


async def test_what_is_taken_back_is_a_draft_again_with_all_that_was_typed(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "v", "4", "n", *"tolong", "enter")
        await desk.press("e", *"0765 91777", "enter", "q", "b", "enter")
        office.clock.pass_by(minutes=20)
        await desk.press("f3", "u")
        assert "sejak 09.00" in desk.lines[1] and "SUPARMAN" in desk.lines[2] and "benar" in desk.lines[2]
        form = " ".join(desk.text.split())
        assert "4 status klaim" in form and "tolong" in form and "nomor 0765 91777" in form and "dicatat “" in form
        assert len(await desk.store.drafts.keys("counter:")) == 1
        await desk.press("enter")
        (row,) = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert (row.started_at, row.note) == (wib(31, 9), "tolong")
        # While another call is open, or in the log, the one that is taken back waits among the drafts.
        await desk.press("f3", "1", "u")
        assert "Formulirnya jadi draf lagi (F3 r)." in " ".join(desk.text.split())
        assert "sejak 09.20" in desk.lines[1] and "1 draf (r)" in desk.lines[1]
        await desk.press("enter", "f3", "l", "u")
        assert "Formulirnya jadi draf lagi" in " ".join(desk.text.split())
        assert len(await desk.store.drafts.keys("counter:")) == 2


async def test_what_is_chosen_while_the_server_is_away_stands_on_the_form_and_is_saved_when_it_is_back(
    home: Path, postgres_cluster: Cluster, postgres_url: str
) -> None:
    office = Office(home, postgres_url, Clock(wib(31, 9)))
    await office.create(practice=True)
    await office.bring_in(await office.open(), people(1))
    async with at_desk(office) as desk:
        await desk.press("f3", "2")
        assert "Jawaban 1 dari" in desk.text
        with postgres_cluster.away(postgres_url):
            await desk.press("1")
            assert "1 jam operasional" in desk.lines[4], "the topic, whatever can be read"
            assert "Jawaban 1 dari" not in desk.text, "no answer of another topic"
            await desk.press("w", "o", *"istri", "enter")
            assert "orang lain · istri" in desk.text
        await desk.press("n", *"tolong", "enter", "enter")
        (row,) = await desk.store.counter.rows(ContactFilter(), 0, 9)
        assert (row.topic, row.caller, row.name, row.note) == ("hours", "other", "istri", "tolong")
    await office.close()
