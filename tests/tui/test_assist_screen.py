"""Help with JMO and Lapak Asik, by keys: noted in one step, nothing typed is lost, two people meet on one form."""

from __future__ import annotations

from dataclasses import replace

from store.assist_rows import AssistFilter, AssistRow
from store.assists import AssistIn
from store.follow_up_rows import FollowUpFilter
from store.rules.assists import Activation, ClaimReason, Paper, PaperState, Result
from store.rules.outcomes import Channel
from tests.store.office import Office, wib
from tests.tui import background
from tests.tui.driving import Desk, at_desk
from tui.screens.assist import AssistScreen
from tui.screens.assists import AssistsScreen
from tui.screens.counter import CounterScreen

HERE, GONE = PaperState.PRESENT, PaperState.MISSING


async def helped(desk: Desk) -> list[AssistRow]:
    return await desk.store.assists.rows(AssistFilter(going_on=False), 0, 50)


def said(desk: Desk) -> str:
    return " ".join(f"{desk.asked} {desk.status}".split())


async def test_from_the_counter_papers_activation_interview_and_a_slip(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"7890", "enter", "5", "j")
        assert isinstance(desk.app.screen, AssistScreen)
        assert "SUPARMAN HADI WIJAYA" in desk.header
        await desk.press("y", "1", "1", "2", "3", "3", "0", "a", "6", "m", "k")
        await desk.type("rabu 10")
        await desk.press("enter")
        assert "Kurang     KK" in desk.text
        await desk.press("enter")
        assert "pengingat Rabu 2 Agustus 09.00" in said(desk)
        (row,) = await helped(desk)
        assert (row.way, row.reason, row.activation) == (Channel.LAPAK_ASIK, ClaimReason.AGE, Activation.DUKCAPIL)
        assert (row.missing, row.unasked, row.email_handed_over) == ((Paper.KK,), (), True)
        assert row.interview_at == wib(2, 10, month=8)
        await background.press(desk, "p")
        assert "Lembar untuk peserta: KELUAR/bantuan-klaim-20230731-0900.pdf" in said(desk)
        assert next(iter(desk.store.outbox.glob("bantuan-klaim*.pdf"))).read_bytes().startswith(b"%PDF")
        await desk.press("escape")
        assert isinstance(desk.app.screen, CounterScreen)
        assert "SUPARMAN" in desk.text, "the call is as it was"
        await desk.press("escape", "f9", "j")
        assert isinstance(desk.app.screen, AssistScreen), "its reminder leads to it"
        await desk.press("u")
        assert await helped(desk) == []
        assert await desk.store.follow_ups.rows(FollowUpFilter(), 0, 9) == []


async def test_what_cannot_be_saved_says_the_next_step_and_stays_on_the_form(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10", *"bantuan jmo", "enter")
        assert isinstance(desk.app.screen, AssistsScreen)
        assert "Belum ada yang dibantu" in desk.asked
        await desk.press("n", "1", "enter")
        assert "Sebutkan dulu siapa yang dibantu" in said(desk)
        await desk.press("o", *"bu rina", "enter", "r", "4", "escape", "enter")
        assert "Sebutkan mengapa ditolak atau dikembalikan" in said(desk)
        await desk.press("r", "4", *"data beda", "enter", "w", "j", "k")
        assert "JMO tidak ada wawancara" in said(desk)
        await desk.press("enter")
        (row,) = await helped(desk)
        assert (row.whom, row.result, row.result_note, row.way) == ("bu rina", Result.REFUSED, "data beda", Channel.JMO)


async def test_a_form_that_is_left_is_there_again(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f8", *"roslina", "enter", "j", "1", "2", "n", *"datang lagi", "escape", "escape")
        assert "Disimpan sebagai draf" in said(desk)
    async with at_desk(office) as desk:
        await desk.press("f8", *"roslina", "enter", "j")
        assert "Catatan Anda muncul lagi" in said(desk)
        assert "datang lagi" in desk.text
        await desk.press("enter")
        (row,) = await helped(desk)
        assert (row.name, row.documents, row.note) == ("ROSLINA", {Paper.KTP: HERE, Paper.CARD: HERE}, "datang lagi")
        assert await desk.store.drafts.keys("assist:") == []


async def test_two_people_on_one_form_meet_field_by_field(office: Office) -> None:
    other = await office.open()
    form = AssistIn(Channel.LAPAK_ASIK, whom="Ibu Rina", documents={Paper.KTP: HERE})
    begun = await other.assists.begin(form)
    async with at_desk(office) as desk:
        await desk.press("f10", *"bantuan jmo", "enter", "enter", "3", "3", "r", "1", "4", "m")
        theirs = {Paper.KTP: HERE, Paper.KK: HERE, Paper.CARD: HERE}
        await other.assists.save(begun.assist_id, 1, replace(form, documents=theirs, result=Result.PAID))
        await desk.press("enter")
        assert "sementara itu diubah rekan" in desk.text
        first = desk.asked
        await desk.press("2")
        assert desk.asked != first
        await desk.press("1")
        (row,) = await helped(desk)
        assert row.documents[Paper.CARD] is HERE, "what only the colleague changed stays"
        assert row.documents[Paper.BANK_BOOK] is HERE
        assert row.email_handed_over
        assert {row.documents[Paper.KK], row.result} in ({HERE, Result.SUBMITTED}, {GONE, Result.PAID})


async def test_a_draft_of_somebody_found_later_still_says_whose_it_is(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f10", *"bantuan jmo", "enter", "n", "slash", *"roslina", "enter", "1", "escape", "n")
        assert "Catatan Anda muncul lagi" in said(desk)
        assert "ROSLINA" in desk.header and "ROSLINA" in desk.text
        await desk.press("enter")
        assert [row.name for row in await helped(desk)] == ["ROSLINA"]


async def test_the_form_of_one_caller_does_not_open_for_another_one(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f3", "slash", *"bu rina", "enter", "j", "1", "escape", "escape")
        await desk.press("f3", "slash", *"pak tono", "enter", "j")
        assert "pak tono" in desk.text and "bu rina" not in desk.text
        await desk.press("escape", "escape", "f3", "slash", *"bu rina", "enter", "j")
        assert "Catatan Anda muncul lagi" in said(desk)


async def test_one_draft_of_help_at_two_terminals_of_one_person_begins_once(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f8", *"roslina", "enter", "j", "1", "n", *"kk menyusul")
        assert isinstance(desk.app.screen, AssistScreen)
        await desk.app.screen.keep()  # what the timer does a moment later
        (key,) = await desk.store.drafts.keys("assist:")
        kept = await desk.store.drafts.load(key)
        assert kept is not None and "kk menyusul" in kept[0], "what is still being typed is in the draft"
        await desk.press("enter")
        await desk.app.screen.keep()
        async with at_desk(office) as other:
            await other.press("f8", *"roslina", "enter", "j")
            assert "kk menyusul" in other.text
            await other.press("enter")
        await desk.press("enter")
        assert "terminal Anda yang lain" in said(desk)
        assert [row.note for row in await helped(desk)] == ["kk menyusul"]
        await desk.press("enter")
        assert len(await helped(desk)) == 2, "saved again only by a key of one's own"
