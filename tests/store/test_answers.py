"""Quick answers through the door: the office's words over those of Loket, and what may be said of one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store import Store
from store.answers import PersonAnswer
from store.errors import Invalid, NotAllowed, NotFound, NothingToUndo, StaleEdit, UndoRefused
from store.rules.answers import AnswerText, Telling, pension_age_on
from store.rules.counter import Caller, Topic
from store.rules.eligibility import ChannelAdvice, Document
from store.rules.outcomes import Outcome
from store.rules.script import ScriptError
from tests.store.office import Office, Person, hold, wib

HOURS = AnswerText("hours", "id", Topic.HOURS, "Jam buka", "Buka {jam_kerja}", "kalender")
JMO = AnswerText("jmo", "id", Topic.JMO, "JMO atau Lapak Asik", "Sampai **{batas_jmo}**")
LOKET = (HOURS, JMO)
PARKING = AnswerText("", "id", Topic.PLACE, "Parkir di mana?", "Di belakang kantor.", "satpam")


async def titles(store: Store, typed: str = "", language: str = "id") -> list[str]:
    topics = {"jmo": "saluran klaim"}
    return [row.text.title for row in await store.answers.search(typed, language, LOKET, topics=topics)]


async def test_an_own_text_takes_the_place_of_lokets_and_gives_it_back(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    saved = await ani.answers.save(replace(HOURS, body="Ramadan: **08.00–15.00**"))
    assert (saved.key, saved.version) == ("hours", 1)
    row = (await budi.answers.list(Topic.HOURS, "id", LOKET))[0]
    assert (row.text.body, row.own, row.built_in, row.version) == ("Ramadan: **08.00–15.00**", True, True, 1)
    english = replace(HOURS, language="en", title="Hours")
    assert [row.text for row in await budi.answers.list(Topic.HOURS, "en", (english,))] == [english]
    await ani.answers.reset("hours", "id")
    assert [row.text for row in await budi.answers.list(None, "id", LOKET)] == list(LOKET)
    with pytest.raises(NotFound):
        await ani.answers.reset("hours", "id")


async def test_answers_of_the_office_alone_are_found_as_typed_and_shown_in_the_other_language_too(ani: Store) -> None:
    assert (await ani.answers.save(PARKING)).key == "own-1"
    assert await titles(ani) == ["Jam buka", "Parkir di mana?", "JMO atau Lapak Asik"]
    assert await titles(ani, "PARK belak") == ["Parkir di mana?"]
    assert await titles(ani, "saluran") == ["JMO atau Lapak Asik"]
    assert await titles(ani, "satpam parkir") == ["Parkir di mana?"]
    assert await titles(ani, "xyz") == []
    assert "Parkir di mana?" in await titles(ani, language="en")
    await ani.answers.save(replace(PARKING, key="own-1", language="en", title="Where to park?"))
    assert "Where to park?" in await titles(ani, language="en")
    await ani.answers.remove("own-1")
    assert await titles(ani) == await titles(ani, language="en") == ["Jam buka", "JMO atau Lapak Asik"]
    assert (await ani.answers.save(PARKING)).key == "own-2"  # the one that was removed may come back


async def test_an_answer_is_expired_from_the_day_after_its_last(office: Office, ani: Store) -> None:
    await ani.answers.save(replace(PARKING, valid_until=date(2023, 7, 31)))
    assert [row.expired for row in await ani.answers.list(Topic.PLACE, "id")] == [False]
    office.clock.pass_by(days=1)
    assert [row.expired for row in await ani.answers.list(Topic.PLACE, "id")] == [True]


async def test_who_saves_over_a_text_not_seen_is_told_and_nothing_is_written(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "kepala_bidang")
    await ani.answers.save(replace(HOURS, body="satu"))
    for expect in (None, 2):
        with pytest.raises(StaleEdit):
            await budi.answers.save(replace(HOURS, body="dua"), expect=expect)
    assert (await budi.answers.save(replace(HOURS, body="dua"), expect=1)).version == 2
    with pytest.raises(UndoRefused):
        await ani.answers.undo()
    assert (await ani.answers.list(Topic.HOURS, "id", LOKET))[0].text.body == "dua"


async def test_changes_come_back_one_after_the_other(ani: Store) -> None:
    await ani.answers.save(PARKING)
    await ani.answers.save(replace(PARKING, key="own-1", title="Parkir"), expect=1)
    await ani.answers.remove("own-1")
    assert [await ani.answers.undo() for _ in range(3)] == ["Parkir", "Parkir", "Parkir di mana?"]
    assert await titles(ani) == ["Jam buka", "JMO atau Lapak Asik"]
    with pytest.raises(NothingToUndo):
        await ani.answers.undo()
    assert await ani.audit.verify() is None


async def test_what_could_not_be_shown_is_refused(ani: Store) -> None:
    for wrong in ({"title": " "}, {"topic": "cuaca"}, {"language": "fr"}, {"source": "x" * 121}):
        with pytest.raises(Invalid):
            await ani.answers.save(replace(PARKING, **wrong))  # type: ignore[arg-type]  # fields of it
    for body, code in (("", "empty"), ("Saldo {saldo}", "field-unknown"), ("{nama}", "field-unknown")):
        with pytest.raises(ScriptError) as refused:
            await ani.answers.save(replace(PARKING, body=body))
        assert refused.value.code == code
    assert await ani.answers.list(None, "id") == ()


async def test_everybody_reads_and_heads_write(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi", "pelayanan")
    assert await titles(budi) == ["Jam buka", "JMO atau Lapak Asik"]
    for change in (
        lambda: budi.answers.save(PARKING),
        lambda: budi.answers.reset("hours", "id"),
        lambda: budi.answers.remove("own-1"),
        lambda: budi.answers.undo(),
        lambda: budi.office.set_setting("office.address", "Jl. Contoh 1"),
    ):
        with pytest.raises(NotAllowed):
            await change()


async def test_the_place_of_the_office_and_the_dated_matters_of_today_fill_the_fields(
    office: Office, ani: Store
) -> None:
    await ani.office.set_setting("office.address", "Jl. Contoh No. 1, Duri")
    for wrong in ("x" * 201, "dua\nbaris"):
        with pytest.raises(Invalid):
            await ani.office.set_setting("office.address", wrong)
    facts = await ani.answers.facts()
    assert (facts.address, facts.phone, facts.way) == ("Jl. Contoh No. 1, Duri", "", "")
    assert (facts.jmo_limit.value, facts.jmo_limit.until) == (10_000_000, date(2025, 4, 30))
    office.clock.now = wib(31, 9).replace(year=2026)
    facts = await ani.answers.facts()
    assert (facts.jmo_limit.value, facts.jmo_limit.until) == (15_000_000, None)
    assert (facts.pension_age.value, facts.pension_age.until) == (59, date(2027, 12, 31))


def test_the_pension_age_rises_every_third_year_up_to_65() -> None:
    ages = {year: pension_age_on(date(year, 7, 1)).value for year in (2019, 2024, 2025, 2028, 2043, 2080)}
    assert ages == {2019: 57, 2024: 58, 2025: 59, 2028: 60, 2043: 65, 2080: 65}
    assert pension_age_on(date(2043, 1, 1)).until is None


async def known(office: Office, ani: Store) -> int:
    """Somebody with a balance above the limit, called once, with a promise that is open and one that is done."""
    await office.bring_in(ani, [Person("21000000001", "ROSLINA", hp="081234567890", balance="12000000")])
    await ani.queue.outcome(await hold(ani), Outcome.NO_ANSWER)
    (row,) = await ani.persons.find("ROSLINA")
    for state in ("open", "done"):
        office.sql(
            "INSERT INTO follow_up (what, origin, participant_id, whom, staff_id, section, due_at, made_by, made_at,"
            " state, done_note, undone, version) VALUES (?, 'own', ?, '', NULL, 'Pelayanan', ?, ?, ?, ?, '', ?, 1)",
            *(f"kirim formulir, {state}", row.participant_id, int(wib(31, 15).timestamp() * 1000)),
            *(ani.me.staff_id, int(wib(31, 9).timestamp() * 1000), state, False),
        )
    return row.participant_id


async def test_after_the_check_channel_claim_last_call_and_open_promises_are_told(office: Office, ani: Store) -> None:
    person = await known(office, ani)
    told = await ani.answers.for_person(person, right_party=True)
    assert (told.telling, told.advice, told.jmo_limit) == (Telling.ALL, ChannelAdvice.LAPAK_ASIK_OR_OFFICE, 10_000_000)
    assert Document.CARD in told.documents
    assert told.last_call is not None
    assert (told.last_call.outcome, told.last_call.at) == (Outcome.NO_ANSWER, wib(31, 9))
    assert [(promise.what, promise.whose) for promise in told.follow_ups] == [("kirim formulir, open", "Pelayanan")]
    heir = await ani.answers.for_person(person, right_party=True, caller=Caller.HEIR)
    assert (heir.telling, heir.advice, heir.documents) == (Telling.HEIRS, None, ())


async def test_before_the_check_and_to_others_nothing_of_the_person_is_given(office: Office, ani: Store) -> None:
    person = await known(office, ani)
    for caller, right_party, told in (
        (Caller.SELF, False, Telling.CHECK_FIRST),
        (Caller.HEIR, False, Telling.CHECK_FIRST),
        (Caller.ANONYMOUS, True, Telling.CHECK_FIRST),
        (Caller.OTHER, False, Telling.NOTHING),
        (Caller.OTHER, True, Telling.NOTHING),
        (Caller.COMPANY, True, Telling.NOTHING),
    ):
        assert await ani.answers.for_person(person, right_party, caller) == PersonAnswer(told)


async def test_who_has_claimed_needs_no_channel_and_who_may_not_help_sees_nobody(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000009", "TIGOR", balance="1000000", claimed="SUDAH KLAIM")])
    (row,) = await ani.persons.find("TIGOR")
    told = await ani.answers.for_person(row.participant_id, right_party=True)
    assert (told.claimed, told.advice, told.documents) == (True, None, ())
    with pytest.raises(NotFound):
        await ani.answers.for_person(999, right_party=False)
    budi = await office.hire(ani, "budi", "keuangan")
    with pytest.raises(NotAllowed):
        await budi.answers.for_person(row.participant_id, right_party=True)
