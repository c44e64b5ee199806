"""Values of people typed by people: what they rest on, who says yes, and how each is taken back later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from store import Store
from store.correction_log import LogFilter
from store.correction_rows import CorrectionFilter, CorrectionRow
from store.corrections import Corrected
from store.edits import Correction, Evidence
from store.errors import EditConflict, Invalid, NotAllowed, NothingToUndo, OwnWork
from store.rules.corrections import CorrectionState, Entry, Field, Source
from store.rules.emails import EmailSource
from store.rules.outcomes import Outcome, State
from tests.store.office import Office, Person, call, facts, number, people

SAID: Final = Evidence(Source.PARTICIPANT, why="sumber: peserta")
TOGETHER: Final = Evidence(Source.TOGETHER)
KTP: Final = Evidence(Source.DOCUMENT, said_by="KTP")


async def email(store: Store, person: int, text: str, evidence: Evidence) -> Corrected:
    return await store.corrections.put(person, Field.EMAIL, text, evidence)


async def log(store: Store, **wanted: object) -> list[CorrectionRow]:
    return await store.corrections.rows(CorrectionFilter(**wanted), 0, 50)  # type: ignore[arg-type]


async def test_every_value_is_read_by_the_rule_of_its_cell_or_refused(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp="08xxxxxxxxxx", email="a @ b")])
    person = next(iter(facts(office, "participant")))
    typed = {
        Field.PHONE: ("0812 0000 0011", "+6281200000011"),
        Field.NIK: ("1403091905679923", "1403091905679923"),
        Field.BIRTH_DATE: ("19-05-1967", "1967-05-19"),
        Field.ACTIVE: ("non aktif", "no"),
        Field.NPP: ("23150296", "23150296"),
        Field.EMAIL: ("orang@contoh.id", "orang@contoh.id"),
    }
    for field, (text, value) in typed.items():
        done = await ani.corrections.put(person, field, text, KTP)
        assert (done.changed, done.proposed, done.undo is not None) == (1, False, True)
        assert (await ani.corrections.seen(person)).value(field) == value
    refused = {
        Field.PHONE: "0812x",
        Field.NIK: "123",
        Field.BIRTH_DATE: "31-02-1967",
        Field.ACTIVE: "entah",
        Field.NPP: "231502",
        Field.EMAIL: "a @ b",
        Field.NAME: "???",
    }
    for field, text in refused.items():
        with pytest.raises(Invalid):
            await ani.corrections.put(person, field, text, KTP)
    rows = await log(ani, participant_id=person)
    assert [row.field for row in reversed(rows)] == list(typed)
    assert {(row.source, row.said_by, row.state, row.smile) for row in rows} == {
        (Source.DOCUMENT, "KTP", CorrectionState.MADE, Entry.TO_DO)
    }
    same = await ani.corrections.put(person, Field.NPP, "23150296", KTP)
    assert (same.changed, await ani.corrections.count(CorrectionFilter())) == (0, len(typed))
    flags = (await ani.persons.open(person)).flags
    assert not [flag for flag in flags if flag.startswith(("phone-", "email-", "nik-m", "npp-", "birthdate-"))]
    await ani.corrections.put(person, Field.BIRTH_DATE, "20-05-1967", Evidence(Source.SMILE))
    assert (
        "nik-birthdate-differs" in (await ani.persons.open(person)).flags
    )  # one of the two is wrong, and that is said
    assert (await log(ani))[0].smile == Entry.NOT_NEEDED


async def test_any_one_change_is_taken_back_later_while_its_value_stands(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp="08xxxxxxxxxx")])
    person = next(iter(facts(office, "participant")))
    before = (await ani.persons.open(person)).flags
    await ani.corrections.put(person, Field.PHONE, "081200000011", SAID)
    await ani.corrections.put(person, Field.EMAIL, "satu@contoh.id", SAID)
    await ani.corrections.put(person, Field.EMAIL, "dua@contoh.id", SAID)
    item = next(iter(facts(office, "queue_item").values()))
    assert (item["state"], item["current_number"]) == (State.NEW, "+6281200000011")
    second, first, phone = await log(ani)
    with pytest.raises(EditConflict) as refusal:  # a later change stands upon it
        await ani.corrections.take_back(first.correction_id)
    assert refusal.value.fields[0].theirs == "dua@contoh.id"
    undo = (await ani.corrections.take_back(second.correction_id, "salah orang")).undo
    await ani.corrections.take_back(phone.correction_id)
    seen = await ani.corrections.seen(person)
    assert (seen.phones, seen.email) == ((), "satu@contoh.id")
    assert [flag for flag in (await ani.persons.open(person)).flags if flag.startswith("phone-")] == [
        flag for flag in before if flag.startswith("phone-")
    ]
    item = next(iter(facts(office, "queue_item").values()))
    assert (item["state"], item["current_number"]) == (State.WITHOUT_NUMBER, None)
    with pytest.raises(NothingToUndo):
        await ani.corrections.take_back(second.correction_id)
    back = next(row for row in await log(ani, source=Source.UNDO) if row.reverts == second.correction_id)
    assert (back.why, back.smile) == ("salah orang", Entry.NOT_NEEDED)  # neither was typed into Smile
    assert undo is not None
    await ani.undo.undo(undo)
    assert (await ani.corrections.seen(person)).email == "dua@contoh.id"


async def test_a_change_of_the_first_number_is_taken_back_to_the_number_before(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    await ani.corrections.put(person, Field.PHONE, "081300000022", SAID)
    (row,) = await log(ani)
    await call(ani, Outcome.NO_ANSWER)
    office.clock.now += timedelta(days=3)
    await ani.corrections.take_back(row.correction_id)
    assert (await ani.corrections.seen(person)).phones == (number(1),)


async def test_where_the_office_wants_an_officer_s_yes_nothing_changes_before_it(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    one, two = facts(office, "participant")
    budi = await office.hire(ani, "budi", "magang")
    citra = await office.hire(ani, "citra", "kepesertaan")
    await ani.office.set_setting("corrections.propose", True)
    for person in (one, two):
        done = await email(budi, person, "baru@contoh.id", SAID)
        assert (done.changed, done.proposed) == (1, True)
    assert (await citra.corrections.seen(one)).email != "baru@contoh.id"
    first, second = reversed(await log(citra, state=CorrectionState.PROPOSED))
    with pytest.raises(NotAllowed):
        await budi.corrections.approve([first.correction_id])
    await citra.corrections.approve([first.correction_id])
    with pytest.raises(Invalid):
        await citra.corrections.decline([second.correction_id], " ")
    await citra.corrections.decline([second.correction_id], "bukan peserta ini")
    assert (await citra.corrections.seen(one)).email == "baru@contoh.id"
    assert (await citra.corrections.seen(two)).email != "baru@contoh.id"
    made, declined = await log(ani, participant_id=one), await log(ani, participant_id=two)
    assert (made[0].state, made[0].smile, made[0].decided_by) == (CorrectionState.MADE, Entry.TO_DO, "CITRA")
    assert (declined[0].state, declined[0].smile) == (CorrectionState.DECLINED, Entry.NOT_NEEDED)
    own = await email(citra, two, "citra@contoh.id", SAID)
    assert not own.proposed  # an officer's own corrections are made at once
    await email(budi, two, "lagi@contoh.id", SAID)
    await email(citra, two, "sudah@contoh.id", SAID)
    (stale,) = await log(citra, state=CorrectionState.PROPOSED)
    with pytest.raises(EditConflict):
        await citra.corrections.approve([stale.correction_id])


async def test_nobody_says_yes_to_their_own(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    budi = await office.hire(ani, "budi", "pelayanan")
    await ani.office.set_setting("corrections.propose", True)
    await email(budi, person, "baru@contoh.id", SAID)
    await ani.staff.role("budi", "kepesertaan")
    (row,) = await log(ani)
    with pytest.raises(OwnWork):
        await budi.corrections.approve([row.correction_id])


async def test_two_people_see_each_other_s_values_field_by_field(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    budi = await office.hire(ani, "budi", "kepesertaan")
    citra = await office.hire(ani, "citra", "magang")
    seen = await citra.corrections.seen(person)
    await budi.corrections.put(person, Field.NIK, "1403091905679923", KTP)
    mine = Correction(Field.NIK, "1403091905679931", seen)
    with pytest.raises(EditConflict) as refusal:
        await citra.corrections.correct(person, [mine, Correction(Field.ACTIVE, "aktif", seen)], KTP)
    (clash,) = refusal.value.fields
    assert (clash.field, clash.mine, clash.theirs, clash.by) == (
        Field.NIK,
        "1403091905679931",
        "1403091905679923",
        "BUDI",
    )
    assert (await citra.corrections.correct(person, [replace(mine, over=True)], KTP)).changed == 1


async def test_no_e_mail_is_a_value_that_answers_the_question_and_is_taken_back(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp=number(1), email="a @ b")])
    person = next(iter(facts(office, "participant")))
    before = await ani.persons.open(person)
    assert "email-malformed" in before.flags
    undo = (await email(ani, person, "Tidak punya e-mail", SAID)).undo
    after = await ani.persons.open(person)
    assert (after.email, after.email_none_at) == ("", office.clock.now)
    assert not [flag for flag in after.flags if flag.startswith("email-")]
    assert after.events[0].why == "sumber: peserta"
    assert facts(office, "participant")[person]["email_raw"] == "a @ b"  # what the file said stays evidence
    again = await office.bring_in(ani, [Person("21000000001", hp=number(1), company="PT BARU")])
    assert [sheet.changed for sheet in again.sheets] == [1]
    assert not [flag for flag in (await ani.persons.open(person)).flags if flag.startswith("email-")]
    assert again.undo is not None
    await ani.undo.undo(again.undo)
    assert undo is not None
    await ani.undo.undo(undo)
    assert (await ani.persons.open(person)).flags == before.flags


async def test_an_address_made_together_is_told_so_until_another_one_comes(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    await email(ani, person, "", SAID)
    await email(ani, person, "orang1@contoh.id", TOGETHER)
    made = await ani.persons.open(person)
    assert (made.email, made.email_none_at, made.email_source) == ("or…@contoh.id", None, EmailSource.TOGETHER)
    await office.bring_in(ani, [replace(people(1)[0], email="lain@contoh.id")])
    other = await ani.persons.open(person)
    assert (other.email, other.email_source) == ("la…@contoh.id", EmailSource.FILE)


async def test_what_was_taken_back_is_put_again_number_and_all(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", hp="08xxxxxxxxxx"), people(2)[1]])
    one, two = facts(office, "participant")
    for person, before in ((one, ()), (two, (number(2),))):
        await ani.corrections.put(person, Field.PHONE, "081300000022", SAID)
        for expected in (before, ("+6281300000022", *before), before):
            office.clock.now += timedelta(minutes=1)
            await ani.corrections.take_back((await log(ani, participant_id=person))[0].correction_id)
            assert (await ani.corrections.seen(person)).phones == expected


async def test_whose_number_it_is_is_kept_on_the_way(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    budi, citra = await office.hire(ani, "budi", "pelayanan"), await office.hire(ani, "citra", "kepesertaan")

    def whose() -> list[tuple[object, object]]:
        rows = sorted(facts(office, "phone").values(), key=lambda row: row["position"])
        return [(row["e164"], row["label"]) for row in rows]

    await ani.office.set_setting("corrections.propose", True)
    await budi.corrections.put(person, Field.PHONE, "081300000022 (istri)", SAID)
    (proposed,) = await log(citra, state=CorrectionState.PROPOSED)
    await citra.corrections.approve([proposed.correction_id])
    typed = ("+6281300000022", "istri")
    assert whose() == [typed, (number(1), "")]
    for expected in ([(number(1), "")], [typed, (number(1), "")], [(number(1), "")], [typed, (number(1), "")]):
        office.clock.now += timedelta(minutes=1)
        await citra.corrections.take_back((await log(citra, participant_id=person))[0].correction_id)
        assert whose() == expected


async def test_a_number_that_a_call_found_wrong_since_stays_wrong_when_the_next_one_is_taken_back(
    office: Office, ani: Store
) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    await ani.corrections.put(person, Field.PHONE, "081300000022", SAID)
    await ani.corrections.put(person, Field.PHONE, number(1), SAID)  # the old one after all: it comes first again
    await call(ani, Outcome.WRONG_NUMBER)
    before = facts(office, "phone")
    assert [row["e164"] for row in before.values() if row["wrong_at"]] == [number(1)]
    first = (await log(ani, participant_id=person))[-1]
    office.clock.now += timedelta(minutes=1)
    back = await ani.corrections.take_back(first.correction_id)
    assert back.stays_wrong
    assert [(row["e164"], bool(row["wrong_at"])) for row in facts(office, "phone").values()] == [(number(1), True)]
    assert (await ani.corrections.seen(person)).phones == ()
    newest = (await log(ani, participant_id=person))[0]
    assert (newest.new, "phone-missing" in (await ani.persons.open(person)).flags) == (None, True)
    assert {item["state"] for item in facts(office, "queue_item").values()} == {State.WITHOUT_NUMBER}
    assert back.undo is not None
    await ani.undo.undo(back.undo)
    assert {n: (r["e164"], r["wrong_at"]) for n, r in facts(office, "phone").items()} == {
        n: (r["e164"], r["wrong_at"]) for n, r in before.items()
    }


async def test_the_same_value_proposed_by_two_is_typed_into_smile_once(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    budi, cici = await office.hire(ani, "budi", "magang"), await office.hire(ani, "cici", "magang")
    citra = await office.hire(ani, "citra", "kepesertaan")
    await ani.office.set_setting("corrections.propose", True)
    for store in (budi, cici):
        await email(store, person, "baru@contoh.id", SAID)
    second, first = await log(citra, state=CorrectionState.PROPOSED)
    await citra.corrections.approve([first.correction_id])
    one = await citra.smile.next()
    assert one is not None and await citra.smile.done(one, one.changes) is None
    await citra.corrections.approve([second.correction_id])
    assert await citra.smile.next() is None
    assert [row.smile for row in await log(citra)] == [Entry.NOT_NEEDED, Entry.DONE]


async def test_the_whole_log_hides_what_its_reader_may_not_see(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(1))
    person = next(iter(facts(office, "participant")))
    for field, text in ((Field.NIK, "1403091905679923"), (Field.BALANCE, "12500000"), (Field.EMAIL, "a@contoh.id")):
        await ani.corrections.put(person, field, text, KTP)
    budi, citra = await office.hire(ani, "budi", "magang"), await office.hire(ani, "citra", "kepesertaan")
    told = {row.field: row.new for row in await citra.correction_log.whole(LogFilter())}
    assert told == {Field.NIK: "1403091905679923", Field.BALANCE: "…", Field.EMAIL: "a@contoh.id"}
    with pytest.raises(NotAllowed):
        await budi.correction_log.whole(LogFilter())
