"""Help with JMO and Lapak Asik: what is missing, an interview that nobody forgets, figures that say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from store import Store
from store.assist_rows import AssistFilter, AssistRow
from store.assists import AssistIn
from store.counter import ContactIn
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, StaleEdit, UndoRefused
from store.follow_up_rows import FollowUpFilter, FollowUpRow, Whose
from store.rules.assists import Activation, ClaimReason, Paper, PaperState, Result
from store.rules.callbacks import CallbackTimeError, CallbackTrouble
from store.rules.counter import Caller, ContactChannel, Origin, Standard, Topic
from store.rules.outcomes import Channel
from tests.store.office import Office, Person, facts, wib

HERE, GONE, LATER = PaperState.PRESENT, PaperState.MISSING, PaperState.LATER
SITI = AssistIn(Channel.LAPAK_ASIK, ClaimReason.AGE, whom="Ibu Siti")
INTERVIEW = wib(2, 10, month=8)


async def the_row(store: Store, assist_id: int) -> AssistRow:
    row = await store.assists.read(assist_id)
    assert row is not None
    return row


async def reminders(store: Store, whose: Whose = Whose.ALL) -> list[FollowUpRow]:
    return await store.follow_ups.rows(FollowUpFilter(whose, origin=Origin.ASSIST), 0, 9)


async def due(store: Store) -> list[datetime]:
    return [row.due_at for row in await reminders(store)]


async def test_help_begins_with_a_person_or_a_contact_and_says_what_is_missing(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", "SITI AMINAH", hp="081234567890")])
    siti = (await ani.persons.find("siti"))[0].participant_id
    known = await ani.assists.begin(
        AssistIn(
            Channel.LAPAK_ASIK,
            ClaimReason.AGE,
            participant_id=siti,
            documents={Paper.KTP: HERE, Paper.KK: GONE, Paper.PHONE: HERE, Paper.EMAIL: HERE},
        )
    )
    row = await the_row(ani, known.assist_id)
    assert (row.name, row.kpj, row.by, row.result) == ("SITI AMINAH", "21000000001", "ani", Result.GOES_ON)
    assert (row.missing, row.unasked) == ((Paper.KK,), (Paper.CARD, Paper.BANK_BOOK))
    visit = await ani.counter.save(
        ContactIn(ContactChannel.DESK, ani.now(), Topic.JMO, caller=Caller.HEIR, caller_name="Joko 081299998888")
    )
    office.clock.pass_by(minutes=1)
    visitor = await ani.assists.begin(AssistIn(Channel.OFFICE, contact_id=visit.contact_id))
    assert (await the_row(ani, visitor.assist_id)).whom == "Joko 0812…888"
    listed = await ani.assists.rows(AssistFilter(), 0, 9)
    assert [r.assist_id for r in listed] == [known.assist_id, visitor.assist_id]
    found = await ani.assists.rows(AssistFilter(text="aminah", way=Channel.LAPAK_ASIK, mine=True), 0, 9)
    assert [r.assist_id for r in found] == [known.assist_id]
    assert await ani.assists.count(AssistFilter(text="joko")) == 1
    assert [r.assist_id for r in await ani.assists.of_person(siti)] == [known.assist_id]


async def test_an_interview_brings_a_reminder_that_moves_with_it(office: Office, ani: Store) -> None:
    begun = await ani.assists.begin(replace(SITI, interview_at=INTERVIEW))
    assert begun.reminder_at == wib(2, 9, month=8)
    (reminder,) = await reminders(ani)
    assert (reminder.standard, reminder.whom, reminder.staff) == (Standard.INTERVIEW, "Ibu Siti", "ani")
    assert reminder.assist_id == begun.assist_id
    before = facts(office, "follow_up", without=("version",)), facts(office, "assist", without=("version",))
    moved = await ani.assists.save(begun.assist_id, 1, replace(SITI, interview_at=wib(4, 8, 30, month=8)))
    assert await due(ani) == [moved.reminder_at] == [wib(4, 8, 30, month=8)]
    assert moved.undo is not None
    await ani.undo.undo(moved.undo)
    assert (facts(office, "follow_up", without=("version",)), facts(office, "assist", without=("version",))) == before
    row = await the_row(ani, begun.assist_id)
    await ani.assists.save(row.assist_id, row.version, SITI)
    assert await due(ani) == []
    assert [r.state for r in await reminders(ani, Whose.DONE)] == ["dropped"]


async def test_the_reminder_is_about_whom_the_help_is_about(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", "SITI AMINAH", hp="081234567890")])
    siti = (await ani.persons.find("siti"))[0].participant_id
    begun = await ani.assists.begin(replace(SITI, interview_at=INTERVIEW))
    known = replace(SITI, interview_at=INTERVIEW, participant_id=siti, whom="Ibu Siti Aminah")
    await ani.assists.save(begun.assist_id, 1, known)
    (reminder,) = await reminders(ani)
    assert (reminder.name, reminder.whom, reminder.due_at) == ("SITI AMINAH", "Ibu Siti Aminah", begun.reminder_at)


async def test_a_result_ends_the_reminder_and_the_help(office: Office, ani: Store) -> None:
    begun = await ani.assists.begin(replace(SITI, interview_at=INTERVIEW))
    sent = replace(SITI, interview_at=INTERVIEW, result=Result.SUBMITTED)
    saved = await ani.assists.save(begun.assist_id, 1, sent)
    assert await due(ani) == [wib(2, 9, month=8)]
    with pytest.raises(Invalid) as refused:
        await ani.assists.save(begun.assist_id, saved.version, replace(sent, result=Result.REFUSED))
    assert (refused.value.field, refused.value.problem) == ("result_note", "empty")
    office.clock.now = wib(2, 11, month=8)
    over = await ani.assists.save(begun.assist_id, saved.version, replace(sent, result=Result.PAID))
    assert over.reminder_at is None
    assert [r.state for r in await reminders(ani, Whose.DONE)] == ["done"]
    assert await ani.assists.count(AssistFilter()) == 0
    (row,) = await ani.assists.rows(AssistFilter(going_on=False), 0, 9)
    assert (row.result, row.result_at) == (Result.PAID, wib(2, 11, month=8))
    again = await ani.assists.save(begun.assist_id, over.version, sent)
    assert again.reminder_at is None  # the interview is over
    same = await ani.assists.save(begun.assist_id, again.version, sent)
    assert (same.undo, same.version) == (None, again.version)


async def test_beginning_is_taken_back_whole_unless_a_colleague_went_on(office: Office, ani: Store) -> None:
    budi, cici = [await office.hire(ani, login, "pelayanan") for login in ("budi", "cici")]
    first = await cici.assists.begin(replace(SITI, interview_at=INTERVIEW))
    second = await cici.assists.begin(replace(SITI, whom="Pak Joko"))
    assert first.undo is not None
    assert second.undo is not None
    await cici.undo.undo(first.undo)
    assert await cici.assists.read(first.assist_id) is None
    assert await due(cici) == []
    with pytest.raises(NotFound):
        await cici.assists.save(first.assist_id, 2, SITI)
    await budi.assists.save(second.assist_id, 1, AssistIn(Channel.JMO, activation=Activation.DONE))
    assert (await the_row(cici, second.assist_id)).whom == "Pak Joko"
    with pytest.raises(UndoRefused) as refused:
        await cici.undo.undo(second.undo)
    assert ("activation", "done", "BUDI") in {(c.field, c.found, c.by) for c in refused.value.conflicts}


async def test_two_colleagues_meet_field_by_field_and_paper_by_paper(office: Office, ani: Store) -> None:
    budi, cici = [await office.hire(ani, login, "pelayanan") for login in ("budi", "cici")]
    start = replace(SITI, documents={Paper.KTP: HERE, Paper.KK: GONE, Paper.NPWP: GONE})
    begun = await cici.assists.begin(start)
    theirs = replace(
        start,
        documents={Paper.KTP: GONE, Paper.KK: HERE, Paper.CARD: HERE},  # NPWP: taken off
        activation=Activation.FACE,
        interview_at=INTERVIEW,
    )
    await budi.assists.save(begun.assist_id, 1, theirs)
    mine = replace(start, documents={**start.documents, Paper.BANK_BOOK: GONE, Paper.KK: HERE}, note="besok kembali")
    await cici.assists.save(begun.assist_id, 1, mine)
    row = await the_row(cici, begun.assist_id)
    assert row.documents == {Paper.KTP: GONE, Paper.CARD: HERE, Paper.KK: LATER, Paper.BANK_BOOK: GONE}
    assert (row.activation, row.interview_at, row.note) == (Activation.FACE, INTERVIEW, "besok kembali")
    clash = replace(
        start,
        documents={**start.documents, Paper.KTP: PaperState.NOT_NEEDED, Paper.NPWP: HERE},
        activation=Activation.PIN,
        whom="Ibu Siti",
    )
    before = facts(office, "assist")
    with pytest.raises(StaleEdit) as stale:
        await cici.assists.save(begun.assist_id, 1, clash)
    told = {f.field: (f.original, f.mine, f.theirs) for f in stale.value.fields}
    assert told == {
        "documents.ktp": (HERE, PaperState.NOT_NEEDED, GONE),
        "documents.npwp": (GONE, LATER, None),
        "activation": ("", Activation.PIN, Activation.FACE),
    }
    assert {f.by for f in stale.value.fields if f.field == "activation"} == {"BUDI"}
    assert facts(office, "assist") == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (AssistIn(Channel.JMO), "whom"),
        (replace(SITI, way=Channel.JMO, interview_at=INTERVIEW), "interview_at"),
        (replace(SITI, activation=Activation.OTHER), "activation_note"),
        (replace(SITI, result=Result.CAME_BACK), "result_note"),
    ],
)
async def test_what_says_nothing_is_refused(ani: Store, wrong: AssistIn, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await ani.assists.begin(wrong)
    assert refused.value.field == field


async def test_interviews_are_inside_office_hours_and_help_is_for_who_helps(office: Office, ani: Store) -> None:
    with pytest.raises(CallbackTimeError) as closed:
        await ani.assists.begin(replace(SITI, interview_at=wib(2, 12, 30, month=8)))
    assert closed.value.code is CallbackTrouble.BREAK
    assert facts(office, "assist") == {}
    assert await ani.assists.parse_interview("rabu 10") == INTERVIEW
    with pytest.raises(NotFound):
        await ani.assists.begin(AssistIn(Channel.JMO, contact_id=4711))
    with pytest.raises(NotFound):
        await ani.assists.begin(AssistIn(Channel.JMO, participant_id=4711))
    begun = await ani.assists.begin(replace(SITI, interview_at=INTERVIEW))
    office.clock.now = wib(3, 9, month=8)
    late = await ani.assists.save(begun.assist_id, 1, replace(SITI, interview_at=INTERVIEW, note="datang"))
    assert late.version == 2  # an interview that has been is not asked about again
    dewi = await office.hire(ani, "dewi", "keuangan")
    with pytest.raises(NotAllowed):
        await dewi.assists.begin(SITI)
    with pytest.raises(NotAllowed):
        await dewi.assists.rows(AssistFilter(), 0, 9)
    magang = await office.hire(ani, "eko", "magang")
    await magang.assists.begin(SITI)
    with pytest.raises(NotAllowed):
        await magang.assists.figures("2023-07")


async def test_figures_tell_by_way_and_month_what_stops_people(office: Office, ani: Store) -> None:
    jmo = replace(SITI, way=Channel.JMO)
    for wanted in (
        replace(jmo, activation=Activation.DONE, result=Result.PAID, email_handed_over=True),
        replace(jmo, activation=Activation.FACE, documents={Paper.KK: GONE, Paper.CARD: GONE}),
        replace(jmo, activation=Activation.FACE, documents={Paper.KK: GONE}, result=Result.GAVE_UP),
        replace(SITI, activation=Activation.EMAIL, result=Result.REFUSED, result_note="NIK berbeda"),
    ):
        begun = await ani.assists.begin(wanted)
    undone = await ani.assists.begin(jmo)
    assert undone.undo is not None
    await ani.undo.undo(undone.undo)
    brought = (await ani.assists.rows(AssistFilter(way=Channel.JMO), 0, 9))[0]
    await ani.assists.save(brought.assist_id, 1, replace(jmo, activation=Activation.FACE, documents={Paper.KK: HERE}))
    office.clock.now = wib(1, 9, month=8)
    await ani.assists.begin(jmo)
    lapak, app, august = await ani.assists.figures("2023-07..2023-08")
    assert [(f.month, f.way) for f in (lapak, app, august)] == [
        ("2023-07", Channel.LAPAK_ASIK),
        ("2023-07", Channel.JMO),
        ("2023-08", Channel.JMO),
    ]
    assert (app.helped, app.activated, app.submitted, app.paid, app.gave_up, app.emails) == (3, 1, 1, 1, 1, 1)
    assert app.stopped == {Activation.FACE: 2}
    assert app.missing == ((Paper.KK, 2),)  # what was brought later was missing all the same
    assert (lapak.helped, lapak.activated, lapak.submitted, lapak.refused) == (1, 0, 1, 1)
    assert lapak.stopped == {Activation.EMAIL: 1}
    assert august.helped == 1
    assert begun.assist_id in {row.assist_id for row in await ani.assists.rows(AssistFilter(going_on=False), 0, 9)}
    with pytest.raises(Invalid):
        await ani.assists.figures("Juli")


async def test_the_last_save_is_taken_back_and_then_the_beginning(ani: Store) -> None:
    begun = await ani.assists.begin(SITI)
    await ani.assists.save(begun.assist_id, 1, replace(SITI, documents={Paper.KK: GONE}))
    row = await ani.assists.undo()
    assert row is not None
    assert row.documents == SITI.documents
    assert await ani.assists.undo() is None
    with pytest.raises(NothingToUndo):
        await ani.assists.undo()
