"""Layanan: calls that come in and visits, saved in one step with what follows, and taken back in one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from store import Store
from store.contact_rows import ContactFilter
from store.counter import ContactIn, Promise, QueueStep
from store.edits import Correction
from store.errors import EditConflict, Invalid, NotAllowed, NotFound, NothingToUndo, StaleEdit, UndoRefused
from store.rows import Card
from store.rules.corrections import Field
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Topic
from store.rules.outcomes import Outcome, State
from tests.store.office import Clock, Office, Person, facts, number, people, wib


@pytest.fixture
async def office(home: Path, database_url: str) -> AsyncIterator[Office]:
    made = Office(home, database_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


def call(office: Office, topic: str = Topic.HOURS, **rest: object) -> ContactIn:
    plain = ContactIn(ContactChannel.PHONE, office.clock.now - timedelta(seconds=40), topic)
    return replace(plain, **rest)  # type: ignore[arg-type] - what dataclasses.replace takes


async def first_person(store: Store) -> int:
    return (await store.persons.find("21000000001"))[0].participant_id


async def test_an_anonymous_question_is_logged_and_taken_back(office: Office) -> None:
    ani = await office.open()
    saved = await ani.counter.save(call(office))
    visit = await ani.counter.save(call(office, Topic.JMO, channel=ContactChannel.DESK, note="minta panduan"))
    rows = await ani.counter.rows(ContactFilter(), 0, 10)
    assert [(row.contact_id, row.channel, row.topic, row.by) for row in rows] == [
        (visit.contact_id, "desk", "jmo", rows[0].by),
        (saved.contact_id, "phone", "hours", rows[0].by),
    ]
    assert rows[1].ended_at == office.clock.now and rows[1].started_at < rows[1].ended_at
    assert (await ani.counter.undo()).contact.contact_id == visit.contact_id
    assert (await ani.counter.undo()).contact.contact_id == saved.contact_id
    assert await ani.counter.count(ContactFilter()) == 0
    with pytest.raises(NothingToUndo):
        await ani.counter.undo()
    assert len(facts(office, "contact")) == 2, "marked, never removed"
    assert await ani.audit.verify() is None


async def test_one_save_corrects_settles_promises_and_one_undo_takes_all_back(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(3))
    who = await ani.counter.person(await first_person(ani))
    before = {name: facts(office, name) for name in ("participant", "phone", "queue_item")}
    saved = await ani.counter.save(
        call(
            office,
            Topic.CLAIM,
            participant_id=who.participant_id,
            caller=Caller.SELF,
            right_party=True,
            outcome=ContactOutcome.FOLLOW_UP,
            corrections=(
                Correction(Field.PHONE, "0813 1111 2222", who.seen),
                Correction(Field.EMAIL, "orang@contoh.id", who.seen),
            ),
            queue=QueueStep(who.lists[0].place.item_id, Outcome.WILL_CLAIM),
            promise=Promise("kirim formulir F5", wib(2, 17, month=8)),
        )
    )
    assert (saved.queue_state, saved.held_by) == (State.PROMISED, None)
    now = await ani.counter.person(who.participant_id)
    assert now.phones[0][0] == "0813…222" and now.email == "or…@contoh.id"
    assert now.open_follow_ups == 1 and now.contacts[0].follow_up == "open"
    assert now.lists[0].place.state == State.PROMISED and not now.attempts, "nobody was rung"
    assert saved.undo is not None
    await ani.undo.undo(saved.undo)
    after = {name: facts(office, name) for name in before}
    for name, rows in before.items():
        plain = [{k: v for k, v in row.items() if k != "version"} for row in rows.values()]
        assert [{k: v for k, v in row.items() if k != "version"} for row in after[name].values()] == plain
    assert (await ani.counter.person(who.participant_id)).open_follow_ups == 0
    assert await ani.audit.verify() is None


async def test_who_rang_leaves_the_list_though_a_colleague_has_them_on_the_card(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(2))
    budi, ani = await office.hire(ani, "budi"), await office.hire(ani, "dewi")
    card = await budi.queue.claim()
    assert isinstance(card, Card)
    saved = await ani.counter.save(
        call(
            office, Topic.STATUS, participant_id=card.participant_id, caller=Caller.SELF, queue=QueueStep(card.item_id)
        )
    )
    assert (saved.queue_state, saved.held_by) == (State.DONE, budi.me.name)
    served = await budi.queue.outcome(card, Outcome.NO_ANSWER)
    assert served.state == State.DONE, "the attempt is kept, and nobody phones them again"


async def test_an_heir_s_word_takes_a_participant_off_the_list_as_dead_until_it_is_taken_back(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, [Person("21000000001", hp="-")])
    who = await ani.counter.person(await first_person(ani))
    step = QueueStep(who.lists[0].place.item_id, Outcome.DECEASED)
    saved = await ani.counter.save(
        call(office, Topic.CLAIM, participant_id=who.participant_id, caller=Caller.HEIR, queue=step)
    )
    assert saved.queue_state == State.DONE
    assert (await ani.counter.person(who.participant_id)).deceased
    await ani.counter.undo()
    alive = await ani.counter.person(who.participant_id)
    assert not alive.deceased and alive.lists[0].place.state == who.lists[0].place.state


async def test_a_death_is_noted_of_somebody_whom_no_list_has_and_the_form_comes_back_with_the_undo(
    office: Office,
) -> None:
    ani = await office.open()
    await office.bring_in(ani, [Person("21000000001", hp="-")])
    who = await first_person(ani)
    dead = QueueStep(None, Outcome.DECEASED)
    died = call(
        office, Topic.CLAIM, participant_id=who, caller=Caller.HEIR, queue=dead, form=("counter:1", "all of it")
    )
    with pytest.raises(Invalid):
        await ani.counter.save(replace(died, queue=QueueStep(None, Outcome.WILL_CLAIM)))
    await ani.counter.save(died)
    person = await ani.counter.person(who)
    assert person.deceased and not person.lists, "also off the list that they are on after all"
    assert await ani.drafts.keys("counter:") == []
    assert (await ani.counter.undo()).draft == "counter:1"
    person = await ani.counter.person(who)
    assert not person.deceased and person.lists
    kept = await ani.drafts.load("counter:1")
    assert kept is not None and kept[0] == "all of it"
    # Of the one before the last only the contact is taken back; nothing of a form stays behind.
    await ani.counter.save(replace(died, form=("counter:2", "more")))
    await ani.counter.save(call(office, form=("counter:3", "another")))
    assert (await ani.counter.undo()).draft == "counter:3"
    assert (await ani.counter.undo()).draft == ""


async def test_a_callback_for_somebody_without_a_number_is_refused_until_they_name_one(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, [Person("21000000001", hp="-")])
    who = await ani.counter.person(await first_person(ani))
    wanted = call(
        office,
        participant_id=who.participant_id,
        queue=QueueStep(who.lists[0].place.item_id, Outcome.CALLBACK, wib(31, 14)),
    )
    with pytest.raises(Invalid) as refused:
        await ani.counter.save(wanted)
    assert refused.value.problem == "no-number"
    named = replace(wanted, corrections=(Correction(Field.PHONE, "081322223333", who.seen),))
    assert (await ani.counter.save(named)).queue_state == State.CALLBACK


async def test_two_on_one_person_keep_both_logs_and_see_the_conflict_by_field(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(1))
    budi, ani = await office.hire(ani, "budi"), await office.hire(ani, "dewi")
    mine, theirs = [await store.counter.person(await first_person(ani)) for store in (ani, budi)]
    where = {"participant_id": mine.participant_id}
    number_of_budi = Correction(Field.PHONE, "0813 3333 4444", theirs.seen)
    email_of_budi = Correction(Field.EMAIL, "budi@contoh.id", theirs.seen)
    await budi.counter.save(call(office, **where, corrections=(number_of_budi, email_of_budi)))
    wanted = (Correction(Field.PHONE, "0813 5555 6666", mine.seen), Correction(Field.EMAIL, "x@contoh.id", mine.seen))
    with pytest.raises(EditConflict) as met:
        await ani.counter.save(call(office, **where, corrections=wanted))
    phone, email = met.value.fields
    assert (phone.original, phone.mine, phone.theirs) == (number(1), "+6281355556666", "+6281333334444")
    assert (email.original, email.mine, email.theirs, email.by) == (None, "x@contoh.id", "budi@contoh.id", "BUDI")
    # Mine for the number, theirs for the e-mail.
    await ani.counter.save(call(office, **where, corrections=(replace(wanted[0], over=True),)))
    now = await ani.counter.person(mine.participant_id)
    assert now.seen.phones[0] == "+6281355556666" and now.seen.email == "budi@contoh.id"
    assert [row.by for row in now.contacts] == [ani.me.name, "BUDI"]
    await budi.counter.undo()
    left = await ani.counter.person(mine.participant_id)
    assert left.seen.phones == ("+6281355556666", number(1)) and left.seen.email is None
    assert [row.by for row in left.contacts] == [ani.me.name]


async def test_that_somebody_has_no_e_mail_is_not_written_over_unasked(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(1))
    budi, ani = await office.hire(ani, "budi"), await office.hire(ani, "dewi")
    seen = (await ani.counter.person(who := await first_person(ani))).seen
    wanted = call(office, participant_id=who, corrections=(Correction(Field.EMAIL, "-", seen),))
    await budi.counter.save(wanted)
    await ani.counter.save(wanted)  # she heard the same
    with pytest.raises(EditConflict) as met:
        await ani.counter.save(replace(wanted, corrections=(Correction(Field.EMAIL, "x@contoh.id", seen),)))
    (email,) = met.value.fields
    assert (email.original, email.mine, email.theirs) == (None, "x@contoh.id", "")


async def test_who_only_looked_is_not_told_as_who_wrote(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(1))
    budi, cici, ani = [await office.hire(ani, login) for login in ("budi", "cici", "dewi")]
    seen = (await ani.counter.person(who := await first_person(ani))).seen
    mine, theirs = [
        call(office, participant_id=who, corrections=(Correction(Field.EMAIL, f"{login}@contoh.id", seen),))
        for login in ("dewi", "budi")
    ]
    await ani.counter.save(mine)
    correction = replace(theirs.corrections[0], seen=(await budi.counter.person(who)).seen)
    await budi.counter.save(replace(theirs, corrections=(correction,)))
    await cici.counter.person(who, birth_date=True)
    with pytest.raises(EditConflict) as met:
        await ani.counter.save(mine)
    assert [field.by for field in met.value.fields] == ["BUDI"]
    with pytest.raises(UndoRefused) as refused:
        await ani.counter.undo()
    assert {conflict.by for conflict in refused.value.conflicts} == {"BUDI"}


async def test_a_missed_call_waits_until_somebody_rang_back(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(1))
    budi, ani = await office.hire(ani, "budi"), await office.hire(ani, "dewi")
    missed = call(
        office, Topic.OTHER, channel=ContactChannel.MISSED, outcome=ContactOutcome.MISSED, number="0812 0000 0011"
    )
    await ani.counter.save(missed)
    await ani.counter.save(replace(missed, number="", note="nomor tidak tampil"))
    waits = await budi.counter.missed()
    assert [(w.number, [p.kpj for p in w.people]) for w in waits] == [("+6281200000011", ["21000000001"]), ("", [])]
    await ani.counter.save(missed)
    gone = (await budi.counter.missed())[2]
    await ani.counter.undo()
    with pytest.raises(StaleEdit):  # as where a colleague rang back: the screen keeps the call that was made
        await budi.counter.save(call(office, answers_id=gone.contact_id))
    back = call(office, Topic.CLAIM, answers_id=waits[0].contact_id)
    await budi.counter.save(back)
    with pytest.raises(StaleEdit):
        await ani.counter.save(back)
    with pytest.raises(Invalid):
        await ani.counter.settle_missed(waits[1].contact_id, " ")
    await ani.counter.settle_missed(waits[1].contact_id, "tidak ada nomornya")
    assert await ani.counter.missed() == []
    assert (await budi.counter.undo()).contact.topic == Topic.CLAIM
    assert [w.number for w in await ani.counter.missed()] == ["+6281200000011"]


async def test_what_waits_and_what_was_done_today_is_counted(office: Office) -> None:
    ani = await office.open()
    missed = call(
        office, Topic.OTHER, channel=ContactChannel.MISSED, outcome=ContactOutcome.MISSED, number="0812 0000 0011"
    )
    assert (await ani.counter.today(), (await ani.office.now()).missed) == (0, 0)
    rang = await ani.counter.save(missed)
    await ani.counter.save(call(office, started_at=office.clock.now - timedelta(days=1)))
    await ani.counter.save(call(office))
    assert (await ani.counter.today(), (await ani.office.now()).missed) == (1, 1)
    await ani.counter.save(call(office, Topic.CLAIM, answers_id=rang.contact_id))
    assert (await ani.counter.today(), (await ani.office.now()).missed) == (2, 0)
    await ani.counter.undo()
    assert (await ani.counter.today(), (await ani.office.now()).missed) == (1, 1)


async def test_a_birth_date_is_shown_only_after_it_was_noted(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, people(1))
    who = await first_person(ani)
    assert (await ani.counter.person(who)).birth_date is None
    assert (await ani.counter.person(who, birth_date=True)).birth_date is not None
    assert (await ani.persons.open(who)).events[0].action == "reveal"


async def test_the_office_names_its_own_topics(office: Office) -> None:
    ani = await office.open()
    await ani.counter.set_topics({"1": "hours", "2": "Kartu hilang"})
    await ani.counter.save(call(office, "Kartu hilang"))
    with pytest.raises(Invalid):
        await ani.counter.save(call(office, "Parkir"))
    for bad in ({"0": "hours"}, {"1": "hours", "2": "hours"}, {"1": " "}):
        with pytest.raises(Invalid):
            await ani.counter.set_topics(bad)
    await ani.counter.set_topic("1", None)
    for digit, topic, problem in (("3", "Kartu hilang", "twice"), ("2", None, "last"), ("2", " ", "unreadable")):
        with pytest.raises(Invalid) as refused:
            await ani.counter.set_topic(digit, topic)
        assert refused.value.problem == problem
    await ani.settings.undo()
    await ani.settings.undo()
    assert (await ani.counter.topics())["8"] == Topic.OTHER


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": ContactOutcome.FOLLOW_UP},
        {"outcome": ContactOutcome.MISSED},
        {"number": "0812"},
        {"queue": QueueStep(1)},
        {"started_at": wib(31, 10)},
    ],
    ids=str,
)
async def test_what_does_not_fit_together_is_refused(office: Office, wrong: dict[str, object]) -> None:
    ani = await office.open()
    with pytest.raises(Invalid):
        await ani.counter.save(call(office, **wrong))
    assert await ani.counter.count(ContactFilter()) == 0


async def test_the_log_is_searched_and_needs_its_roles(office: Office) -> None:
    ani = await office.open()
    await office.bring_in(ani, [Person("21000000001", "SITI AMINAH", hp="081200000011", company="PT MAJU")])
    who = await first_person(ani)
    await ani.counter.save(call(office, participant_id=who, note="tanya jam"))
    await ani.counter.save(call(office, Topic.CLAIM, caller_name="Pak Darto 081299998888", number="0765 91234"))
    for text, names in (
        ("siti", ["SITI AMINAH"]),
        ("darto", ["Pak Darto 0812…888"]),
        ("91234", ["Pak Darto 0812…888"]),
        ("jam", ["SITI AMINAH"]),
        ("", ["Pak Darto 0812…888", "SITI AMINAH"]),
    ):
        assert [row.name for row in await ani.counter.rows(ContactFilter(text=text), 0, 9)] == names
    await office.bring_in(ani, [Person("21000000002", "MAJU WIJAYA", company="CV LAIN", npp="00099101")])
    assert await ani.counter.companies("maju") == [("PT MAJU", "", 1)]
    twins = [Person(f"2100000000{n}", company="PT KEMBAR", npp=f"0009910{n}") for n in (3, 4)]
    await office.bring_in(ani, [*twins, Person("21000000005", company="CV LAIN")])
    assert await ani.counter.companies("kembar") == [("PT KEMBAR", f"0009910{n}", 1) for n in (3, 4)]
    assert await ani.counter.companies("lain") == [("CV LAIN", "00099101", 2)]
    assert await ani.counter.companies("00099101") == [("CV LAIN", "00099101", 2)]
    assert await ani.counter.companies("lain cv") == await ani.counter.companies("la 000991")
    assert await ani.counter.companies("100%") == []
    assert await ani.counter.companies("m") == []
    umum = await office.hire(ani, "umi", "umum")
    assert await umum.counter.count(ContactFilter()) == 2
    with pytest.raises(NotAllowed):
        await umum.counter.save(call(office))


async def test_a_draft_ends_with_the_save_that_it_became_and_is_saved_once(office: Office) -> None:
    ani, again = await office.open(), await office.open()
    await ani.drafts.save("counter:1", "{}")
    with pytest.raises(Invalid):
        await ani.counter.save(call(office, "nothing", draft="counter:1"))
    await again.counter.save(call(office, draft="counter:1"))
    assert await ani.drafts.keys() == []
    with pytest.raises(NotFound):
        await ani.counter.save(call(office, draft="counter:1"))
    assert await ani.counter.count(ContactFilter()) == 1
