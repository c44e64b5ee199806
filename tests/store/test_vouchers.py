"""Vouchers: numbered once, frozen, printed until seen, reprinted and voided with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from store import Store
from store.claim_file_rows import FileFilter
from store.claim_files import FileIn
from store.errors import Invalid, NotAllowed, OwnWork, StepRefused, UndoRefused
from store.print_rows import Wanted
from store.rules.printing import Document, Route
from store.rules.vouchers import FileState as S
from store.rules.vouchers import FileStep
from tests.store.office import Office
from tests.store.test_claim_files import ALL, state_of
from tests.store.voucher_desk import DAY, DEWI, HENDRA, SITI, UCOK, Paid, bring, confirmed, desk, print_all, received


async def refusal(work: Awaitable[object]) -> tuple[str, str]:
    """Where the file is and why a step was refused."""
    with pytest.raises(StepRefused) as refused:
        await work
    return refused.value.state, refused.value.why


async def test_a_days_batch_is_numbered_by_programme_and_code_and_frozen(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = [await received(rini, paid) for paid in (UCOK, DEWI, HENDRA)]
    waits = FileFilter(paid_on=DAY)
    assert [row.content.code for row in await rini.vouchers.reserve_batch(waits)] == [HENDRA.code, DEWI.code]
    await joko.files.approve([ids[0]], "PLKK")
    (hospital,) = await rini.vouchers.reserve_batch(waits)
    assert await rini.vouchers.reserve_batch(waits) == []
    assert (hospital.number, hospital.copy, hospital.content.payee) == (3, 0, "RS CONTOH MANDAU")
    assert hospital.content.amount == 7_250_000
    assert [(line.debit, line.credit) for line in hospital.content.lines] == [(7_250_000, 0), (0, 7_250_000)]
    assert [each.key for each in hospital.content.signers] == ["pelayanan", "keuangan", "kantor"]
    assert [row.content.code for row in await joko.vouchers.to_print()] == [HENDRA.code, DEWI.code, UCOK.code]
    before = hospital.content
    founder = await office.open()
    await founder.office.set_setting("office.name", "Cabang Lain")
    assert (await rini.vouchers.of_file(ids[0]))[0].content == before


async def test_paper_that_is_missing_is_printed_again_as_the_same_original(office: Office) -> None:
    rini, joko, _head = await desk(office, [])
    paid = [Paid(n, f"ORANG {n:02d}", 1_000_000) for n in range(1, 6)]
    await bring(rini, paid)
    ids = [await received(rini, each) for each in paid]
    vouchers = await rini.vouchers.reserve(ids)
    await print_all(rini, vouchers, missing=[4, 5])
    assert [await state_of(rini, each) for each in ids] == [S.CONFIRMED] * 3 + [S.PRINTED] * 2
    again = await joko.vouchers.to_print()
    assert [(row.voucher_id, row.number) for row in again] == [(row.voucher_id, row.number) for row in vouchers[3:]]
    await print_all(joko, again)
    assert await joko.vouchers.to_print() == []
    assert {await state_of(rini, each) for each in ids} == {S.CONFIRMED}
    with pytest.raises(Invalid):
        await print_all(rini, vouchers[:1])


async def test_a_reprint_bears_its_number_its_reason_and_an_officers_name(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    waiting = await received(rini, HENDRA)
    assert await refusal(joko.vouchers.reprint(waiting, "kertas rusak")) == (S.MATCHED, "state")
    (original,) = await rini.vouchers.reserve([waiting])
    await print_all(rini, [original])
    with pytest.raises(OwnWork):
        await rini.vouchers.reprint(waiting, "kertas rusak")
    with pytest.raises(Invalid):
        await joko.vouchers.reprint(waiting, "")
    first = await joko.vouchers.reprint(waiting, "kertas rusak")
    second = await head.vouchers.reprint(waiting, "hilang")
    assert [(row.number, row.copy, row.reason) for row in (first, second)] == [
        (1, 1, "kertas rusak"),
        (1, 2, "hilang"),
    ]
    assert first.content == original.content
    assert [row.copy for row in await rini.vouchers.to_print()] == [1, 2]
    await print_all(rini, [first])
    assert [row.copy for row in await rini.vouchers.to_print()] == [2]
    assert await state_of(rini, waiting) is S.CONFIRMED


async def test_a_void_voucher_has_a_successor_and_its_number_never_comes_back(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    (file_id,) = await confirmed(rini, joko, [HENDRA])
    await rini.stacks.sign(file_id, ["kantor"])
    with pytest.raises(OwnWork):
        await rini.vouchers.void(file_id, "salah cetak")
    assert await joko.vouchers.void(file_id, "salah cetak") == 1
    assert await state_of(rini, file_id) is S.MATCHED
    assert len((await rini.stacks.scan(HENDRA.code, FileStep.OUT)).missing) == 3
    (successor,) = await rini.vouchers.reserve([file_id])
    assert (successor.number, successor.replaces) == (2, 1)
    former, living = await joko.vouchers.of_file(file_id)
    assert (former.void_why, former.void_by, living.void_at) == ("salah cetak", "JOKO", None)
    assert await refusal(joko.vouchers.void(await received(rini, DEWI), "x")) == (S.MATCHED, "state")


async def test_nothing_is_void_while_its_paper_may_still_come(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    file_id = await received(rini, HENDRA)
    vouchers = await rini.vouchers.reserve([file_id])
    wanted = Wanted(Document.VOUCHER, Route(), b"%PDF-", (vouchers[0].voucher_id,))
    (job,) = await rini.printing.reserve([wanted])
    assert await rini.vouchers.to_print() == []
    assert (await rini.vouchers.of_file(file_id))[0].under_way
    assert await refusal(joko.vouchers.void(file_id, "salah")) == (S.PRINTED, "paper-under-way")
    await rini.printing.cancel(job)
    await joko.vouchers.void(file_id, "salah")
    assert await refusal(rini.printing.reserve([wanted])) == (S.MATCHED, "no-voucher")


async def test_a_correction_after_printing_makes_a_successor_or_waits_for_a_yes(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    done = await rini.files.receive_and_match(
        (await rini.files.candidates("hendra", DAY))[0].payment_id, paper=FileIn(amount=12_410_000)
    )
    await joko.files.approve([done.file_id], "potongan")
    await print_all(rini, await rini.vouchers.reserve([done.file_id]))
    right = await joko.vouchers.replace(done.file_id, "salah baca", FileIn("JHT", HENDRA.kpj, "HENDRA REKAAN"))
    assert right.successor is not None
    assert (right.void_number, right.successor.number, right.successor.replaces) == (1, 2, 1)
    await print_all(rini, [right.successor])
    wrong = await rini.vouchers.replace(done.file_id, "nama lain", FileIn("JHT", name="HENDRO LAIN"))
    assert (wrong.successor, wrong.file.state) == (None, S.RECEIVED)
    with pytest.raises(OwnWork):
        await rini.files.approve([done.file_id], "nama panggilan")
    await head.files.approve([done.file_id], "nama panggilan")
    (third,) = await joko.vouchers.reserve([done.file_id])
    assert (third.number, third.replaces) == (3, 2)


async def test_what_is_numbered_is_not_taken_back(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    done = await rini.files.receive_and_match((await rini.files.candidates("ucok", DAY))[0].payment_id)
    _count, approved = await joko.files.approve([done.file_id], "PLKK")
    await rini.vouchers.reserve([done.file_id])
    for store, undo in ((rini, done.undo), (joko, approved)):
        assert undo is not None
        with pytest.raises(UndoRefused):
            await store.undo.undo(undo)
    # Also after the sheet was voided: what was done before its paper stays done.
    await joko.vouchers.void(done.file_id, "salah")
    assert done.undo is not None
    with pytest.raises(UndoRefused):
        await rini.undo.undo(done.undo)


async def test_two_who_print_at_once_number_each_file_once(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = [await received(rini, paid) for paid in (HENDRA, DEWI)]
    tries = await asyncio.gather(
        rini.vouchers.reserve(ids), joko.vouchers.reserve(list(reversed(ids))), return_exceptions=True
    )
    assert sorted(isinstance(each, StepRefused) for each in tries) == [False, True]
    assert [(row.number, row.file_id) for row in await rini.vouchers.to_print()] == [(1, ids[0]), (2, ids[1])]


async def test_who_only_approves_neither_prints_nor_sees_less(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    (file_id,) = await confirmed(rini, joko, [SITI])
    (row,) = await head.vouchers.of_file(file_id)
    assert row.content.amount == 4_500_000
    with pytest.raises(NotAllowed):
        await head.vouchers.reserve([file_id])
    founder = await office.open()
    umum: Store = await office.hire(founder, "udin", "umum")
    (hidden,) = await umum.vouchers.of_file(file_id)
    assert (hidden.content.amount, hidden.content.lines, hidden.content.name) == (None, (), "SITI CONTOH")


async def test_what_would_be_numbered_is_seen_before_it_is_and_a_sheets_kept_page_is_found(office: Office) -> None:
    rini, _joko, _head = await desk(office, ALL)
    hendra, dewi, ucok = [await received(rini, paid) for paid in (HENDRA, DEWI, UCOK)]
    seen = await rini.vouchers.preview([dewi, ucok, hendra])  # the hospital's waits for a yes
    assert [(row.file_id, row.number, row.voucher_id) for row in seen] == [(hendra, 0, 0), (dewi, 0, 0)]
    assert await rini.vouchers.to_print() == []
    made = await rini.vouchers.reserve([hendra, dewi])
    assert [row.content for row in made] == [row.content for row in seen]
    assert await rini.vouchers.preview([hendra, dewi]) == []
    assert await rini.vouchers.kept_pages([made[0].voucher_id]) == {}
    await print_all(rini, made, missing=[2])
    (again,) = await rini.vouchers.to_print()
    await print_all(rini, [again])
    assert await rini.vouchers.kept_pages([row.voucher_id for row in made]) == {
        made[0].voucher_id: (1, 1),
        made[1].voucher_id: (2, 1),
    }
    magang = await office.hire(await office.open(), "tono", "magang")
    with pytest.raises(NotAllowed):
        await magang.vouchers.preview([hendra])
    with pytest.raises(NotAllowed):
        await magang.vouchers.kept_pages([made[0].voucher_id])
