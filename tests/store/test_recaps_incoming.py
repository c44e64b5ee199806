"""The recap of calls that came in, visits and help: what counts, in whose hours, and what stays once it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from store import Store
from store.assists import AssistIn
from store.counter import ContactIn, Promise
from store.database import Database
from store.errors import Invalid, NotAllowed
from store.recaps_incoming import bounds, contact_facts, promise_facts
from store.rules.assists import Activation, Paper, PaperState, Result
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Topic
from store.rules.dates import parse_period
from store.rules.outcomes import Channel
from store.schema.base import millis
from tests.store.office import Office, Person, wib

JULY = parse_period("2023-07")
PHONE, DESK, MISSED = ContactChannel.PHONE, ContactChannel.DESK, ContactChannel.MISSED


async def came(store: Store, channel: ContactChannel, at: datetime, topic: str = Topic.HOURS, **more: Any) -> int:
    contact = replace(ContactIn(channel, at, topic), **more)
    if channel is MISSED:
        contact = replace(contact, outcome=ContactOutcome.MISSED)
    return (await store.counter.save(contact)).contact_id


def promise(due_at: datetime) -> dict[str, Any]:
    return {"outcome": ContactOutcome.FOLLOW_UP, "promise": Promise("kirim formulir", due_at, section="Pelayanan")}


async def a_month(office: Office, ani: Store) -> None:
    """The last days of July 2023 at the counter; Friday the 28th has a break from 11.30 to 13.30."""
    office.clock.now = wib(28, 11)
    await came(ani, PHONE, wib(28, 8, 40), Topic.CLAIM, caller=Caller.SELF)
    await came(ani, DESK, wib(28, 10, 10), Topic.JMO, outcome=ContactOutcome.COLLEAGUE)
    missed = [await came(ani, MISSED, wib(28, 10, minute), Topic.OTHER) for minute in (20, 30, 40)]
    await came(ani, PHONE, wib(28, 11), Topic.CLAIM, **promise(wib(31, 17)))
    await came(ani, DESK, wib(28, 10, 55))
    await ani.counter.undo()  # a visit that was none
    office.clock.now = wib(28, 14)  # an hour of the office's after eleven
    await came(ani, PHONE, wib(28, 13, 55), Topic.CLAIM, answers_id=missed[0])
    await ani.counter.settle_missed(missed[1], "nomor tidak aktif")
    office.clock.now = wib(31, 9)


async def test_what_came_in_is_counted_by_topic_time_and_who_served(office: Office, ani: Store) -> None:
    await a_month(office, ani)
    counted = (await ani.recaps_incoming.recap(JULY)).figures
    assert counted.contacts == 4
    assert counted.by_channel == {"phone": 3, "desk": 1, "missed": 3}
    assert counted.by_ending == {"answered": 2, "colleague": 1, "follow_up": 1, "come_in": 0}
    assert list(counted.by_topic) == ["claim", "jmo"]
    assert counted.by_topic["claim"] == {"all": 3, "answered": 2, "colleague": 0, "follow_up": 1, "come_in": 0}
    assert counted.by_hour["10"] == {"phone": 0, "desk": 1, "missed": 3}
    assert list(counted.by_hour) == ["08", "09", "10", "11", "12", "13"]
    assert [sum(day.values()) for day in counted.by_weekday.values()] == [0, 0, 0, 0, 7]
    assert counted.by_handler["ani"]["all"] == 4
    assert counted.by_caller == {
        "anonymous": {"all": 3, "phone": 2, "desk": 1},
        "self": {"all": 1, "phone": 1, "desk": 0},
    }
    assert (counted.missed_answered, counted.missed_in_vain, counted.missed_open) == (1, 1, 1)
    # From 10.20 to 14.00 the office was open until 11.30 and from 13.30: 70 and 30 minutes.
    assert (counted.missed_half, counted.missed_most) == (100, 100)
    assert (await ani.recaps_incoming.recap(parse_period("2023-06"))).size == 0


async def test_a_promise_is_measured_in_office_hours_and_against_its_day(office: Office, ani: Store) -> None:
    office.clock.now = wib(28, 16)
    for due in (wib(31, 17), wib(31, 17), wib(31, 9), wib(31, 17)):
        await came(ani, PHONE, wib(28, 15, 59), Topic.CLAIM, **promise(due))
    first, second, third, _open = [row[0] for row in office.sql("SELECT id FROM follow_up ORDER BY id")]
    office.clock.now = wib(31, 9)
    await ani.follow_ups.done(first, 1, "terkirim")  # an hour on Friday, an hour on Monday
    office.clock.now = wib(31, 11)
    await ani.follow_ups.done(third, 1, "terkirim")
    await ani.follow_ups.drop(second, 1, "tidak perlu lagi")
    counted = (await ani.recaps_incoming.recap(JULY)).figures
    assert (counted.promised, counted.done, counted.done_in_time, counted.dropped) == (4, 2, 1, 1)
    assert (counted.open, counted.overdue) == (1, 0)
    assert (counted.done_half, counted.done_most) == (120, 240)
    office.clock.now = wib(1, 9, month=8)
    assert (await ani.recaps_incoming.recap(JULY)).figures.overdue == 1


async def test_a_closed_period_keeps_figures_and_contacts(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", name="SUPARMAN", hp="0812 7654 3210")])
    person = (await ani.persons.find("21000000001"))[0].participant_id
    await a_month(office, ani)
    await came(ani, DESK, wib(31, 8, 30), Topic.STATUS, participant_id=person, caller=Caller.SELF, note="minta cetak")
    office.clock.now = wib(30, 9)
    with pytest.raises(Invalid) as early:
        await ani.recaps_incoming.close(JULY)
    assert early.value.problem == "not-over"
    office.clock.now = wib(31, 16)
    open_one = await ani.recaps_incoming.results(JULY)
    closed = await ani.recaps_incoming.close(JULY)
    assert closed == replace(open_one[0], closed_at=wib(31, 16), closed_by="ani")
    await came(ani, PHONE, wib(31, 15))
    await ani.counter.undo()
    assert await ani.recaps_incoming.recap(JULY) == closed
    office.clock.pass_by(hours=1)
    await came(ani, PHONE, wib(31, 16, 30))
    assert await ani.recaps_incoming.results(JULY) == (closed, open_one[1])
    named = [row for row in open_one[1] if row.kpj]
    assert [(row.name, row.note, row.topic) for row in named] == [("SUPARMAN", "minta cetak", "status")]
    office.sql("DELETE FROM closed_person WHERE participant_id = ?", person)
    left = (await ani.recaps_incoming.results(JULY))[1]
    assert left == [row for row in open_one[1] if not row.kpj]
    with pytest.raises(Invalid) as twice:
        await ani.recaps_incoming.close(JULY)
    assert twice.value.problem == "closed"
    with pytest.raises(Invalid) as nothing:
        await ani.recaps_incoming.close(parse_period("2023-06"))
    assert nothing.value.problem == "nothing-came-in"
    assert await ani.audit.verify() is None


async def test_help_is_counted_by_way_with_what_stood_in_its_way(office: Office, ani: Store) -> None:
    lacking = {Paper.KK: PaperState.MISSING, Paper.KTP: PaperState.PRESENT}
    jmo = AssistIn(Channel.JMO, whom="Pak Budi", documents=lacking)
    await ani.assists.begin(replace(jmo, activation=Activation.DONE, result=Result.PAID, email_handed_over=True))
    taken_back = (await ani.assists.begin(jmo)).undo
    await ani.assists.begin(replace(jmo, activation=Activation.FACE))
    await ani.assists.begin(AssistIn(Channel.LAPAK_ASIK, whom="Bu Sri"))
    assert taken_back is not None
    await ani.undo.undo(taken_back)
    recap = await ani.recaps_incoming.recap(JULY)
    assert list(recap.help.by_way) == ["jmo", "lapak_asik"]
    assert list(recap.help.by_way["jmo"].items()) == [
        *(("helped", 2), ("activated", 1), ("submitted", 1), ("paid", 1), ("refused", 0), ("gave_up", 0), ("emails", 1))
    ]
    assert (recap.help.stopped, recap.help.missing) == ({"face": 1}, {"kk": 2})
    assert (recap.size, recap.figures.contacts) == (3, 0)
    closed = await ani.recaps_incoming.close(JULY)
    assert (await ani.recaps_incoming.recap(JULY)).help == closed.help == recap.help


async def test_the_day_tells_contacts_visits_help_and_follow_ups_done(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001", name="SUPARMAN")])
    person = (await ani.persons.find("21000000001"))[0].participant_id
    rina = await office.hire(ani, "rina", "pelayanan")
    at = wib(31, 8, 30)
    await came(rina, PHONE, at, Topic.CLAIM, participant_id=person, **promise(wib(31, 17)))
    await came(rina, DESK, at, Topic.CLAIM, caller_name="Pak Joko")
    await came(rina, DESK, at, Topic.JMO)
    await came(rina, MISSED, at, Topic.OTHER)
    await came(rina, PHONE, at)
    await rina.counter.undo()
    helped = await rina.assists.begin(AssistIn(Channel.JMO, whom="Bu Sri 081234567890"))
    await rina.assists.save(helped.assist_id, helped.version, AssistIn(Channel.JMO, activation=Activation.DONE))
    ((promised,),) = office.sql("SELECT id FROM follow_up WHERE contact_id IS NOT NULL")
    await rina.follow_ups.done(promised, 1, "terkirim")
    day = {each.name: each for each in await ani.daily.report(at.date())}["RINA"]
    assert (day.contacts, day.visits, day.topics) == (3, 2, {"claim": 2, "jmo": 1})
    assert (day.helped, day.follow_ups_done) == (1, 1)
    told = [(line.action, line.person, line.kind, line.channel) for line in day.lines]
    assert told[:4] == [
        ("contact", "SUPARMAN", "claim", "phone"),
        ("contact", "Pak Joko", "claim", "desk"),
        ("contact", "", "jmo", "desk"),
        ("contact", "", "other", "missed"),
    ]
    assert told[4:] == [
        ("assist.begin", "Bu Sri 0812…890", "jmo", ""),
        ("follow-up.done", "SUPARMAN", "kirim formulir", ""),
    ]


async def test_who_may_read_who_may_close_and_who_sees_a_whole_nik(office: Office, ani: Store) -> None:
    await office.bring_in(ani, [Person("21000000001")])
    person = (await ani.persons.find("21000000001"))[0].participant_id
    office.sql("UPDATE participant SET nik = '1403090307679901' WHERE id = ?", person)
    await came(ani, DESK, wib(31, 8, 30), participant_id=person)
    assert (await ani.recaps_incoming.results(JULY))[1][0].nik == "1403090307679901"
    rina = await office.hire(ani, "rina", "pelayanan")
    assert (await rina.recaps_incoming.results(JULY))[1][0].nik not in ("", "1403090307679901")
    with pytest.raises(NotAllowed):
        await rina.recaps_incoming.close(JULY)
    joko = await office.hire(ani, "joko", "auditor")
    assert (await joko.recaps_incoming.recap(JULY)).figures.contacts == 1
    with pytest.raises(NotAllowed):
        await joko.recaps_incoming.results(JULY)
    dodi = await office.hire(ani, "dodi", "magang")
    with pytest.raises(NotAllowed):
        await dodi.recaps_incoming.recap(JULY)


async def test_the_recap_of_a_month_reads_that_month_alone(office: Office, ani: Store) -> None:
    start, step = int(wib(1, 0, month=1).timestamp()) * 1000, 30 * 60_000
    series = (
        "WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < 19999) "
        if office.is_sqlite
        else "WITH s(n) AS (SELECT generate_series(0, 19999)) "
    )
    office.sql(
        "INSERT INTO contact (channel, started_at, staff_id, caller, caller_name, company, topic, outcome, note, "
        f"right_party, undone, version) {series} SELECT 'phone', {start} + n * CAST({step} AS BIGINT), "
        f"{ani.me.staff_id}, 'anonymous', '', '', 'hours', 'answered', '', false, false, 1 FROM s"
    )
    office.sql(
        "INSERT INTO follow_up (what, origin, contact_id, whom, section, due_at, made_by, made_at, state, done_note, "
        "undone, version) SELECT 'kirim', 'counter', id, '', '', started_at, staff_id, started_at, 'open', '', false, "
        "1 FROM contact WHERE mod(id, 2) = 0"
    )
    office.sql("ANALYZE")
    counted = (await ani.recaps_incoming.recap(JULY)).figures
    assert (counted.contacts, counted.promised) == (31 * 48, 31 * 24)
    with office.raw() as database:
        ids = [row[0] for row in office.sql(f"SELECT id FROM contact WHERE started_at >= {millis(bounds(JULY)[0])}")][
            : 31 * 48
        ]
        assert "contact_at" in plan(database, contact_facts(JULY))
        assert "follow_up_contact" in plan(database, promise_facts(JULY, ids))


def plan(database: Database, query: Any) -> str:
    """How the database reads it."""
    text, values = query.bind(database.peewee).sql()
    explain = "EXPLAIN QUERY PLAN " if "sqlite" in type(database.peewee).__name__.lower() else "EXPLAIN "
    told = " ".join(str(row) for row in database.peewee.execute_sql(explain + text, values).fetchall())
    assert "SCAN t1" not in told and "Seq Scan on follow_up" not in told and "Seq Scan on contact" not in told, told
    return told
