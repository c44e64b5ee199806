"""One hidden value at a time: to whom it is shown, that the trail has it first, and that the looks of a day count."""

from __future__ import annotations

import pytest

from store import Store
from store.errors import Invalid, NotAllowed, NotFound, NotHeld
from store.reveals import Hidden
from tests.store.office import Office, Person, hold

NIK = "1403090307679901"
SITI = Person(
    "21000000001", "SITI", hp="081234567890 / 081311112222", email="siti@contoh.id", balance="12000000", nik=NIK
)
OTHER = Person("21000000002", "TIGOR", hp="085277778888", balance="9000000", nik="1403090307679902")


@pytest.fixture
async def ani(office: Office) -> Store:
    store = await office.open()
    await office.bring_in(store, [SITI, OTHER])
    return store


async def of(store: Store, name: str) -> int:
    (row,) = await store.persons.find(name)
    return row.participant_id


async def test_a_whole_nik_is_for_membership_and_heads_and_for_callers_of_whom_they_hold(
    office: Office, ani: Store
) -> None:
    budi = await office.hire(ani, "budi")
    card = await hold(budi)
    other = await of(budi, "TIGOR" if card.name == "SITI" else "SITI")
    assert (await budi.reveals.show(card.participant_id, Hidden.NIK, "dibacakan")).today == 1
    with pytest.raises(NotHeld):
        await budi.reveals.show(other, Hidden.NIK, "dibacakan")
    await budi.queue.put_back(card)
    with pytest.raises(NotHeld):
        await budi.reveals.show(card.participant_id, Hidden.NIK, "dibacakan")
    for role in ("kepesertaan", "kepala_bidang"):
        store = await office.hire(ani, role, role)
        assert (await store.reveals.show(await of(store, "SITI"), Hidden.NIK, "surat")).value == NIK


async def test_a_balance_is_shown_once_the_right_person_speaks(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    card = await hold(budi)
    with pytest.raises(NotHeld) as refused:
        await budi.reveals.show(card.participant_id, Hidden.BALANCE, "ditanya")
    assert refused.value.right_party
    await budi.queue.verify_right_party(card)
    assert (await budi.reveals.show(card.participant_id, Hidden.BALANCE, "ditanya")).value in (12_000_000, 9_000_000)


async def test_each_number_is_a_value_of_its_own_and_what_is_not_there_is_said(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    siti = await of(budi, "SITI")
    fields = await budi.reveals.fields(siti)
    assert [place for field, place in fields if field is Hidden.PHONE] == [0, 1]
    shown = await budi.reveals.show(siti, Hidden.PHONE, "telepon balik", 1)
    assert shown.value == "+6281311112222"
    with pytest.raises(NotFound):
        await budi.reveals.show(siti, Hidden.PHONE, "telepon balik", 2)
    with pytest.raises(NotFound):
        await budi.reveals.show(await of(budi, "TIGOR"), Hidden.EMAIL, "telepon balik")


async def test_without_a_reason_nothing_is_shown_and_nothing_noted(office: Office, ani: Store) -> None:
    before = await ani.audit.entries(1)
    with pytest.raises(Invalid):
        await ani.reveals.show(await of(ani, "SITI"), Hidden.NIK, "  ")
    assert await ani.audit.entries(1) == before


async def test_finance_general_affairs_and_auditors_are_refused(office: Office, ani: Store) -> None:
    siti = await of(ani, "SITI")
    for role in ("keuangan", "umum", "auditor"):
        store = await office.hire(ani, role, role)
        with pytest.raises(NotAllowed):
            await store.reveals.show(siti, Hidden.PHONE, "ingin tahu")


async def test_the_trail_has_who_looked_at_what_and_why_without_the_value(office: Office, ani: Store) -> None:
    siti = await of(ani, "SITI")
    await ani.reveals.show(siti, Hidden.NIK, "surat kuasa")
    entry = (await ani.audit.entries(1))[0]
    assert (entry.action, entry.by, entry.why) == ("reveal", "ani", "surat kuasa")
    assert entry.changes[-1]["read"] == "nik"
    assert entry.changes[-1]["row_id"] == siti
    assert NIK not in repr(entry)
    assert await ani.audit.verify() is None


async def test_where_the_trail_cannot_be_written_nothing_is_shown(office: Office, ani: Store) -> None:
    siti = await of(ani, "SITI")
    office.sql("ALTER TABLE audit_change RENAME TO elsewhere")
    with pytest.raises(Exception, match="audit_change"):
        await ani.reveals.show(siti, Hidden.NIK, "surat kuasa")
    office.sql("ALTER TABLE elsewhere RENAME TO audit_change")


async def test_the_looks_of_a_day_are_counted_for_the_person_and_the_head(office: Office, ani: Store) -> None:
    budi = await office.hire(ani, "budi")
    hadi = await office.hire(ani, "hadi", "kepala_bidang")
    siti = await of(budi, "SITI")
    counted = [(await budi.reveals.show(siti, Hidden.PHONE, "telepon balik")).today for _ in range(3)]
    assert counted == [1, 2, 3]
    assert [(day.name, day.looks) for day in await hadi.supervision.today()] == [("BUDI", 3)]
    office.clock.pass_by(days=1)
    assert (await budi.reveals.show(siti, Hidden.PHONE, "telepon balik")).today == 1
    assert [(day.name, day.looks) for day in await hadi.supervision.today()] == [("BUDI", 1)]
