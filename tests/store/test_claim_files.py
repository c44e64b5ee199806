"""Claim files come in, find their transactions, wait for a yes, are taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from store import Store
from store.claim_file_rows import FileFilter
from store.claim_files import FileIn
from store.errors import Invalid, NotAllowed, NotFound, OwnWork, StaleEdit, StepRefused, UndoRefused
from store.rules.matching import PAYEE_DIFFERS, Verdict
from store.rules.permissions import Role
from store.rules.vouchers import FileState as S
from tests.store.office import Office
from tests.store.voucher_desk import (
    DAY,
    DEWI,
    HENDRA,
    SITI,
    TIUR,
    UCOK,
    Paid,
    bring,
    desk,
    payment_of,
    received,
)

ALL = (HENDRA, SITI, UCOK, TIUR, DEWI)


async def state_of(store: Store, file_id: int) -> S | None:
    row = await store.files.read(file_id)
    return None if row is None else row.state


async def test_what_is_typed_brings_the_fitting_transaction_first(office: Office) -> None:
    other_day = replace(HENDRA, number=9, day=date(2023, 7, 28), amount=12_600_000)
    rini, _joko, _head = await desk(office, (*ALL, other_day))
    for typed, codes in {
        "hend": [HENDRA.code, other_day.code],
        "rekaan hendra": [HENDRA.code, other_day.code],
        "Hendra, S.E.": [HENDRA.code, other_day.code],
        "12.500.000": [HENDRA.code, other_day.code],  # the second is near, and says by how much
        "Rp4,500,000.00": [SITI.code],
        "8000000": [DEWI.code],
        "00000003": [UCOK.code],
        DEWI.kpj: [DEWI.code],
        "rs contoh": [UCOK.code, TIUR.code],
        "ahmad": [SITI.code],
        "rs contoh 1.900.000": [TIUR.code, UCOK.code],
        "oetjok": [UCOK.code],
        "tidak ada": [],
        "99.999.999": [],
    }.items():
        found = await rini.files.candidates(typed, DAY)
        assert [each.code for each in found] == codes, typed
    near = (await rini.files.candidates("12.500.000", DAY))[1]
    assert (near.other_day, near.fit and near.fit.amount_off) == (True, -100_000)
    by_code = await rini.files.candidates("", DAY)
    assert [each.code for each in by_code] == [each.code for each in ALL]
    assert await rini.files.candidates("") == []
    assert by_code[1].needs_yes == (PAYEE_DIFFERS,)
    await received(rini, HENDRA)
    assert [each.code for each in await rini.files.candidates("hend", DAY)] == [other_day.code]
    assert await rini.files.payments_without_file(DAY) == 4


async def test_one_key_receives_matches_and_one_takes_it_back(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    done = await rini.files.receive_and_match(await payment_of(rini, HENDRA), "hendra 12.500.000")
    assert (done.state, done.comparison and done.comparison.verdict) == (S.MATCHED, Verdict.MATCH)
    row = await joko.files.read(done.file_id)
    assert row is not None
    assert (row.name, row.kpj, row.amount, row.typed_amount, row.paid_on) == (
        *("HENDRA REKAAN", HENDRA.kpj, 12_500_000, 12_500_000, DAY),
    )
    with pytest.raises(StepRefused) as taken:
        await joko.files.receive_and_match(row.payment_id or 0)
    assert (taken.value.why, taken.value.name) == ("taken", "HENDRA REKAAN")
    assert done.undo is not None
    await rini.undo.undo(done.undo)
    assert await joko.files.read(done.file_id) is None
    assert await joko.files.count(FileFilter()) == 0
    assert (await joko.files.receive_and_match(row.payment_id or 0)).state is S.MATCHED


async def test_what_differs_waits_for_the_yes_of_somebody_else(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    done = await rini.files.receive_and_match(await payment_of(rini, HENDRA), "hendra 12.410.000")
    assert done.state is S.RECEIVED
    assert done.comparison is not None
    assert (done.comparison.verdict, done.comparison.amount_off) == (Verdict.AMOUNT, -90_000)
    with pytest.raises(StepRefused) as early:
        await rini.vouchers.reserve([done.file_id])
    assert (early.value.state, early.value.why) == (S.RECEIVED, "waits-for-yes")
    with pytest.raises(OwnWork):
        await rini.files.approve([done.file_id], "benar")
    with pytest.raises(Invalid):
        await joko.files.approve([done.file_id], "  ")
    (group,) = await joko.files.yes_groups()
    assert (group.file_ids, group.differences, group.mine) == ((done.file_id,), ("amount-mismatch",), 0)
    assert (await rini.files.yes_groups())[0].mine == 1
    count, undo = await joko.files.approve([done.file_id], "potongan biaya bank")
    assert count == 1
    with pytest.raises(StepRefused) as twice:
        await head.files.approve([done.file_id], "sekali lagi")
    assert twice.value.why == "nothing-differs"
    assert await state_of(rini, done.file_id) is S.MATCHED
    assert undo is not None
    await joko.undo.undo(undo)
    assert await state_of(rini, done.file_id) is S.RECEIVED
    await head.files.approve([done.file_id], "potongan biaya bank")
    row = await rini.files.read(done.file_id)
    assert row is not None
    assert (row.state, row.approved_by, row.approved_why) == (S.MATCHED, "BONA", "potongan biaya bank")
    assert row.comparison is not None
    assert row.comparison.amount_off == -90_000


async def test_one_yes_serves_a_batch_of_one_hospital(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    for paid in (UCOK, TIUR, SITI):
        assert await state_of(rini, await received(rini, paid)) is S.RECEIVED
    groups = {group.payee: group for group in await joko.files.yes_groups()}
    hospital = groups["RS CONTOH MANDAU"]
    assert (len(hospital.file_ids), hospital.differences, hospital.amount) == (2, (PAYEE_DIFFERS,), 9_150_000)
    assert (await joko.files.approve(hospital.file_ids, "PLKK"))[0] == 2
    assert [group.payee for group in await joko.files.yes_groups()] == ["AHMAD WARIS"]
    counts = {(row.program, row.state): (row.files, row.amount) for row in await rini.files.counts(FileFilter())}
    assert counts == {("JKK", S.MATCHED): (2, 9_150_000), ("JKM", S.RECEIVED): (1, 4_500_000)}
    assert await rini.files.counts(FileFilter(paid_on=date(2023, 7, 30))) == []
    assert len(await rini.files.counts(FileFilter(paid_on=DAY, received_on=DAY))) == 2


async def test_a_file_without_a_transaction_is_received_and_found_later(office: Office) -> None:
    rini, joko, _head = await desk(office, [])
    with pytest.raises(Invalid):
        await rini.files.receive(FileIn(program="JHT"))
    by_card, _undo = await rini.files.receive(FileIn("JHT", HENDRA.kpj, "Hendra Rekaan", amount=12_500_000))
    by_name, undo = await rini.files.receive(FileIn("JHT", name="Dewi Santoso, S.E.", amount=8_000_001))
    assert undo is not None
    assert await rini.files.ids(FileFilter(without_transaction=True)) == [by_card, by_name]
    await bring(rini, ALL)
    assert (await joko.files.match_by_card())[:2] == (1, 0)
    assert await state_of(rini, by_card) is S.MATCHED
    row = await joko.files.read(by_name)
    assert row is not None
    matched = await joko.files.match(by_name, row.version, await payment_of(joko, DEWI))
    assert (matched.state, matched.comparison and matched.comparison.amount_off) == (S.RECEIVED, 1)
    with pytest.raises(StaleEdit):
        await rini.files.unmatch(by_name, row.version)
    with pytest.raises(UndoRefused):
        await rini.undo.undo(undo)
    row = await rini.files.read(by_name)
    assert row is not None
    amended = await rini.files.amend(by_name, row.version, FileIn("JHT", name="DEWI SANTOSO", amount=8_000_000))
    assert amended.state is S.MATCHED
    row = await rini.files.read(by_name)
    assert row is not None
    back = await rini.files.unmatch(by_name, row.version)
    assert back is not None
    assert await rini.files.ids(FileFilter(without_transaction=True)) == [by_name]
    # Its transaction finds another paper meanwhile: the way back is closed, and says so.
    await received(joko, DEWI)
    with pytest.raises(UndoRefused) as refused:
        await rini.undo.undo(back)
    assert refused.value.conflicts[0].by == "JOKO"
    with pytest.raises(NotFound):
        await rini.files.match(by_name, row.version + 1, 9_999)


async def test_a_void_file_lets_go_of_its_transaction(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    file_id = await received(rini, HENDRA)
    with pytest.raises(OwnWork):
        await rini.files.void(file_id, 1, "salah berkas")
    undo = await joko.files.void(file_id, 1, "salah berkas")
    assert undo is not None
    assert await state_of(rini, file_id) is S.VOID
    again = await received(rini, HENDRA)
    assert again != file_id
    with pytest.raises(UndoRefused):
        await joko.undo.undo(undo)
    assert await rini.files.count(FileFilter(states=(S.MATCHED,), text="hend")) == 1


async def test_two_at_one_desk_never_give_one_transaction_two_papers(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    found = await payment_of(rini, HENDRA)
    file_id, _undo = await joko.files.receive(FileIn("JHT", name="HENDRA REKAAN"))
    await rini.files.receive_and_match(found)
    with pytest.raises(StepRefused) as refused:
        await joko.files.match(file_id, 1, found)
    assert refused.value.why == "taken"
    assert await state_of(joko, file_id) is S.RECEIVED
    dewi = await payment_of(rini, DEWI)
    tries = await asyncio.gather(
        *(store.files.receive_and_match(dewi) for store in (rini, joko)), return_exceptions=True
    )
    assert sorted(isinstance(each, StepRefused) for each in tries) == [False, True]


RECEIVERS = {Role.KEUANGAN}
APPROVERS = {Role.KEUANGAN, Role.KEPALA_BIDANG}
READERS = {Role.KEUANGAN, Role.KEPALA_BIDANG, Role.UMUM, Role.AUDITOR}
AMOUNTS = {Role.KEUANGAN, Role.KEPALA_BIDANG}


async def test_each_role_does_what_the_table_gives_it(office: Office) -> None:
    rini, _joko, _head = await desk(office, ALL)
    waiting = await received(rini, UCOK)
    found = await payment_of(rini, HENDRA)
    founder = await office.open()
    for role in Role:
        store = await office.hire(founder, f"orang_{role}", role)
        if role in READERS:
            row = await store.files.read(waiting)
            assert row is not None
            assert (row.amount == 7_250_000) == (role in AMOUNTS), role
            assert row.amount is None or role in AMOUNTS
            (near,) = await store.files.candidates("hend", DAY)
            assert (near.amount is not None) == (role in AMOUNTS)
        else:
            for look in (store.files.read(waiting), store.files.candidates("a"), store.vouchers.to_print()):
                with pytest.raises(NotAllowed):
                    await look
        if role in RECEIVERS:
            done = await store.files.receive_and_match(found)
            assert done.undo is not None
            await store.undo.undo(done.undo)
        else:
            for work in (store.files.receive_and_match(found), store.vouchers.reserve([waiting])):
                with pytest.raises(NotAllowed):
                    await work
        if role in APPROVERS:
            _count, undo = await store.files.approve([waiting], "PLKK")
            assert undo is not None
            await store.undo.undo(undo)
        else:
            with pytest.raises(NotAllowed):
                await store.files.approve([waiting], "PLKK")


async def test_an_intern_with_an_assignment_receives_and_never_approves(office: Office) -> None:
    rini, _joko, _head = await desk(office, ALL)
    founder = await office.open()
    intern = await office.hire(founder, "budi", "magang")
    await founder.staff.assign("budi", "keuangan", "Keuangan", DAY, DAY)
    waiting = await received(rini, UCOK)
    assert await state_of(intern, await received(intern, HENDRA)) is S.MATCHED
    with pytest.raises(NotAllowed):
        await intern.files.approve([waiting], "PLKK")


async def test_who_is_alone_in_the_office_may_approve_their_own(office: Office) -> None:
    ani = await office.open()
    await bring(ani, [UCOK])
    file_id = await received(ani, UCOK)
    await ani.files.approve([file_id], "PLKK")
    assert await state_of(ani, file_id) is S.MATCHED


async def test_hundreds_are_listed_by_programme_and_code_a_window_at_a_time(office: Office) -> None:
    paid = [Paid(n, f"ORANG {n:04d}", 1_000_000 + n, "JHT" if n % 2 else "JP") for n in range(1, 61)]
    rini, _joko, _head = await desk(office, paid)
    for each in reversed(paid[:12]):
        await received(rini, each)
    everything = await rini.files.rows(FileFilter(), 0, 100)
    assert [row.code for row in everything] == sorted(
        (row.code for row in everything), key=lambda code: (int(code[-2:]) % 2 == 0, code)
    )
    assert await rini.files.rows(FileFilter(), 3, 4) == everything[3:7]
