"""Retention of people's data: rules that the head confirms, a list, a second person's yes, and then nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from store import Store
from store.counter import ContactIn
from store.edits import Evidence
from store.errors import ErasureRefused, NotAllowed, NothingToUndo, OwnWork
from store.rows import Card, UndoRef
from store.rules.corrections import Field, Source
from store.rules.counter import ContactChannel, Topic
from store.rules.dates import parse_period
from store.rules.erasures import NAME, AskedBy, DataKind, ErasureState, HeldBy
from store.rules.outcomes import Outcome
from store.schema import TABLES
from tests.store.chaos import at_work
from tests.store.office import Office, Person, facts, wib
from tests.store.voucher_desk import DAY, Paid, bring

SAID = "lima tahun menurut SK kantor 12/2023"
SITI = Person(
    "99000012345",
    "SITI RAHAYU NINGSIH",
    hp="0812-7654-3210",
    email="siti.rahayu@contoh.id",
    balance="87654321",
    npp="AA000123",
    company="PT CONTOH",
    nik="1403094307679901",
)
BADU = Person(
    "99000054321",
    "BADU MALANG",
    born=date(1967, 7, 9),
    hp="0813-5555-7711",
    email="badu@contoh.id",
    company="PT CONTOH",
)
WORDS = (
    "99000012345",
    "NINGSIH",
    "RAHAYU",
    "6543210",
    "siti.rahayu",
    "87654321",
    "1403094307679901",
    "1967-07-03",
    "2023-07-03",
)
"""What would name her wherever it stood; the day on which she was 56 gives her birthday away."""


async def crew(office: Office) -> tuple[Store, Store, Store]:
    """Ani, founder, administrator and head of the office; Rini, of participants' data; Joko, a head of section."""
    ani = await office.open()
    rini = await office.hire(ani, "rini", "kepesertaan")
    joko = await office.hire(ani, "joko", "kepala_bidang")
    await ani.refresh_me()
    return ani, rini, joko


async def phoned(office: Office, rini: Store) -> None:
    """Siti was phoned about her savings, and then her claim was paid; Badu's as well, long after."""
    await office.bring_in(rini, [SITI, BADU])
    for _ in range(2):
        card = await rini.queue.claim()
        assert isinstance(card, Card)
        note = f"anak {card.name} bilang sudah"
        served = await rini.queue.outcome(card, Outcome.NO_ANSWER, note=note)
        if isinstance(served.next, Card):
            await rini.queue.put_back(served.next)


async def paid(office: Office, rini: Store, who: Person) -> None:
    claimed = Person(**{**who.__dict__, "claimed": "SUDAH"})
    await office.bring_in(rini, [claimed])


async def ruled(ani: Store, joko: Store, kind: DataKind = DataKind.PEOPLE, years: int = 5) -> None:
    await ani.erasures.set_rule(kind, years, SAID, 0)
    await joko.erasures.confirm_rule(kind, 1)


async def due_cards(store: Store) -> list[tuple[str, tuple[HeldBy, ...]]]:
    return [(row.card, row.held) for row in await store.erasures.due_rows(await store.erasures.due())]


def everything(office: Office) -> Iterator[tuple[str, str]]:
    """Every text and blob of every table, found by looking at what tables there are."""
    with office.raw() as database:
        tables = set(database.peewee.get_tables())
        assert set(TABLES) <= tables
        for table in sorted(tables):
            for row in database.peewee.execute_sql(f'SELECT * FROM "{table}"').fetchall():
                for value in row:
                    if isinstance(value, bytes | memoryview):
                        yield table, bytes(value).decode("latin-1")
                    elif isinstance(value, str):
                        yield table, value


def named(office: Office, words: tuple[str, ...] = WORDS) -> set[tuple[str, str]]:
    return {(table, word) for table, text in everything(office) for word in words if word.casefold() in text.casefold()}


async def test_no_rule_is_in_force_before_the_head_confirmed_it(office: Office) -> None:
    ani, rini, joko = await crew(office)
    every = await rini.erasures.rules()
    assert [rule.kind for rule in every] == list(DataKind)
    assert not any(rule.in_force or rule.years for rule in every)
    with pytest.raises(ErasureRefused) as refused:
        await rini.erasures.propose()
    assert refused.value.why == "unconfirmed"
    with pytest.raises(NotAllowed):
        await rini.erasures.set_rule(DataKind.PEOPLE, 5, SAID, 0)
    await joko.erasures.set_rule(DataKind.PEOPLE, 5, SAID, 0)
    with pytest.raises(OwnWork):
        await joko.erasures.confirm_rule(DataKind.PEOPLE, 1)
    with pytest.raises(NotAllowed):
        await rini.erasures.confirm_rule(DataKind.PEOPLE, 1)
    await ani.erasures.confirm_rule(DataKind.PEOPLE, 1)
    (rule, *_) = await rini.erasures.rules()
    assert (rule.years, rule.basis, rule.set_by, rule.confirmed_by) == (5, SAID, "JOKO", ani.me.name)
    await ani.erasures.set_rule(DataKind.PEOPLE, 6, SAID, rule.version)
    assert not (await rini.erasures.rules())[0].in_force  # changed: asked anew


async def test_one_proposes_another_approves_and_nothing_is_left(office: Office) -> None:
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    await paid(office, rini, SITI)
    await ruled(ani, joko)
    assert await due_cards(rini) == []
    assert {word for _table, word in named(office)} == set(WORDS)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    assert await due_cards(rini) == [("•••••345", ())]
    number = await rini.erasures.propose(note="tahun pertama")
    with pytest.raises(NotAllowed):
        await rini.erasures.approve(number, 1)
    with pytest.raises(ErasureRefused):
        await rini.erasures.run(number)  # nobody said yes
    await joko.erasures.approve(number, 1)
    assert await ani.audit.verify() is None
    ran = await rini.erasures.run(number)
    assert (ran.done, ran.held, ran.scrubbed) == (1, 0, True)
    assert named(office) == set()
    assert await ani.audit.verify() is None
    row = await joko.erasures.read(number)
    assert row is not None
    assert (row.state, row.made_by, row.approved_by, row.done_by) == (ErasureState.DONE, "RINI", "JOKO", "RINI")
    (line,) = await joko.erasures.lines(number)
    assert (line.label, line.held) == ("•••••345", "")
    left = [person for person in facts(office, "participant").values() if person["name"] == NAME]
    assert [(person["company"], person["claimed"]) for person in left] == [("PT CONTOH", True)]
    assert len(facts(office, "attempt")) == 2  # how often was phoned is a figure of the office
    assert await rini.people.count() == 1
    assert (await ani.persons.check_index()).is_whole
    assert (await ani.worklists.check()).is_whole


async def test_a_transaction_that_waits_for_its_file_names_nobody_any_more(office: Office) -> None:
    ani, rini, joko = await crew(office)
    finance = await office.hire(ani, "dewi", "keuangan")
    await phoned(office, rini)
    await paid(office, rini, SITI)
    waiting = Paid(12345, SITI.name, 1_500_000)
    assert waiting.kpj == SITI.kpj
    await bring(finance, [waiting])
    assert {word for table, word in named(office) if table == "open_payment"} == {SITI.kpj, "RAHAYU", "NINGSIH"}
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    await rini.erasures.run(number)
    assert named(office) == set()
    assert await ani.voucher_days.check() == 0
    assert [each.name for each in await finance.files.candidates("", DAY)] == [""]


async def test_the_file_itself_holds_nothing_of_the_person(office: Office) -> None:
    """What stood in pages that were freed, or in the log of writes, is overwritten too."""
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    await paid(office, rini, SITI)
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    await rini.erasures.run(number)
    if office.is_sqlite:
        for path in office.home.rglob("*"):
            if path.is_file() and path.parent.name != "MASUK":
                raw = path.read_bytes()
                assert [word for word in WORDS if word.encode() in raw] == [], path.name


async def test_what_is_open_holds_a_person(office: Office) -> None:
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    await paid(office, rini, SITI)
    await paid(office, rini, BADU)
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    siti, badu = [(await rini.persons.find(each.kpj))[0].participant_id for each in (SITI, BADU)]
    await rini.erasures.suspend(siti, AskedBy.PARTICIPANT, "sengketa upah masih berjalan")
    with pytest.raises(ErasureRefused):
        await rini.erasures.suspend(siti, AskedBy.INVESTIGATION, "lagi")
    assert await due_cards(rini) == [("•••••345", (HeldBy.SUSPENDED,)), ("•••••321", ())]
    number = await rini.erasures.propose()
    assert [line.label for line in await rini.erasures.lines(number)] == ["•••••321"]
    assert (await due_cards(rini))[1] == ("•••••321", (HeldBy.LIST,))
    await joko.erasures.approve(number, 1)
    await rini.erasures.suspend(badu, AskedBy.INVESTIGATION, "pemeriksaan", until=None)
    ran = await rini.erasures.run(number)  # what came to be held since the yes stays
    assert (ran.done, ran.held) == (0, 1)
    assert [line.held for line in await rini.erasures.lines(number)] == ["suspended"]
    (first, *_) = [row for row in await rini.erasures.suspensions() if row.participant_id == siti]
    await rini.erasures.lift(first.suspension_id, first.version, "sengketa selesai")
    assert [held for card, held in await due_cards(rini) if card == "•••••345"] == [()]


async def test_nothing_of_it_can_be_taken_back(office: Office) -> None:
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    await paid(office, rini, SITI)
    (last,) = [entry for entry in await ani.audit.entries(50) if entry.action.startswith("import")][:1]
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    await rini.erasures.run(number)
    with pytest.raises(NothingToUndo):
        await rini.undo.undo(UndoRef(last.audit_id, last.action))


async def test_a_rule_that_changes_stops_the_list(office: Office) -> None:
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    await paid(office, rini, SITI)
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    (rule, *_) = await ani.erasures.rules()
    await ani.erasures.set_rule(DataKind.PEOPLE, 10, SAID, rule.version)
    with pytest.raises(ErasureRefused) as refused:
        await joko.erasures.approve(number, 1)
    assert refused.value.why == "rule-changed"
    await joko.erasures.drop(number, 1, "aturan berubah")
    assert [row.state for row in await ani.erasures.lists()] == [ErasureState.DROPPED]


async def test_a_killed_run_goes_on_where_it_stopped(office: Office) -> None:
    ani, rini, joko = await crew(office)
    size = 700  # more than two turns take
    crowd = [
        Person(f"9900001{n:04d}", f"ORANG RAHAYU {n}", hp=f"0812900{n:04d}1", claimed="SUDAH") for n in range(size)
    ]
    await office.bring_in(rini, crowd)
    await ruled(ani, joko)
    office.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    await rini.close()
    with at_work(office, "erase", "rini", number) as worker:
        first = int(worker.hear().strip("[]").split(",")[0])
        second = int(worker.go_on().strip("[]").split(",")[0])
        worker.kill()
    assert 0 < first < second < size
    rini = await office.open("rini")
    (row,) = await rini.erasures.lists()
    assert (row.state, row.done, row.held) == (ErasureState.APPROVED, second, 0)
    assert len([person for person in facts(office, "participant").values() if person["name"] == NAME]) == second
    assert await ani.audit.verify() is None
    assert await rini.undo.stopped() is None  # it is not to be taken back: it goes on
    ran = await rini.erasures.run(number)
    assert (ran.done, ran.held) == (size, 0)
    assert named(office, ("RAHAYU",)) == set()
    assert await ani.audit.verify() is None
    again = await rini.erasures.run(number)  # only writes the file anew
    assert (again.done, again.scrubbed) == (size, True)


async def test_notes_and_numbers_of_old_calls_go_and_figures_stay(office: Office) -> None:
    """Each kind by its own rule: calls, the counter's log, replaced values, cells, kept prints."""
    ani, rini, joko = await crew(office)
    await phoned(office, rini)
    siti = (await rini.persons.find(SITI.kpj))[0].participant_id
    for who in (SITI, BADU):
        await paid(office, rini, who)  # nobody phones them again
    said = Evidence(Source.PARTICIPANT)
    await rini.corrections.put(siti, Field.EMAIL, "lain.lagi@contoh.id", said)
    log = ContactIn(ContactChannel.PHONE, wib(31, 9), Topic.CLAIM, number="081355557799", note="ibu RUKMINI bertanya")
    await rini.counter.save(log)
    assert await rini.smile.counts()  # a value that is not in Smile yet stays
    office.sql("UPDATE correction SET smile = 'done'")
    for kind in (DataKind.CALLS, DataKind.CONTACTS, DataKind.CORRECTIONS, DataKind.CELLS):
        await ruled(ani, joko, kind, 1)
    period = parse_period("2023-07")
    before = await rini.recaps_incoming.recap(period)
    office.clock.now = wib(31, 9) + timedelta(days=800)
    found = {count.kind: (count.ready, dict(count.held)) for count in await rini.erasures.counts()}
    assert found[DataKind.CONTACTS] == (1, {})
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    ran = await rini.erasures.run(number)
    assert (ran.done, ran.held) == (sum(ready for ready, _held in found.values()), 0)
    gone = ("RUKMINI", "81355557799", "lain.lagi", "bilang sudah")
    left = {(table, word) for table, word in named(office, gone) if table != "participant"}
    assert left == set()  # her own address stays with her
    assert {row["note"] for row in facts(office, "attempt").values()} == {""}
    after = await rini.recaps_incoming.recap(period)
    assert after == before
    assert await ani.audit.verify() is None
    assert await due_cards(rini) == []
