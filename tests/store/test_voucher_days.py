"""Days of the voucher desk, counted, and the way of a person's claim file in their history; on both databases."""

from __future__ import annotations

from datetime import timedelta

from store.claim_files import FileIn
from store.rules.vouchers import FileState
from store.timeline import Kind
from tests.store.office import Office, Person
from tests.store.voucher_desk import DAY, DEWI, HENDRA, SITI, TIUR, UCOK, bring, confirmed, desk, payment_of, received


async def test_a_day_is_counted_by_what_is_here_what_differs_and_what_is_missing(office: Office) -> None:
    first, second, head = await desk(office, (HENDRA, SITI, UCOK, DEWI))
    await confirmed(first, second, [HENDRA])
    await received(first, SITI)
    await first.files.receive(FileIn(name="TANPA TRANSAKSI", paid_on=DAY))
    before = DAY - timedelta(days=3)
    await first.files.receive(FileIn(name="SEBELUM LISTING", paid_on=before))
    today, earlier = await head.voucher_days.list()
    assert (today.day, today.transactions, today.without_file, today.received) == (DAY, 4, 2, 3)
    assert (today.differing, today.loose, today.files[FileState.CONFIRMED]) == (1, 1, 1)
    assert today.amount == sum(paid.amount for paid in (HENDRA, SITI, UCOK, DEWI))
    assert (earlier.day, earlier.transactions, earlier.loose) == (before, 0, 1)
    assert await second.voucher_days.read(DAY) == today
    assert (await first.voucher_days.read(DAY + timedelta(days=9))).received == 0
    archivist = await office.hire(await office.open(), "umi", "umum")
    assert (await archivist.voucher_days.read(DAY)).amount is None


async def test_transactions_without_a_file_are_kept_right_by_lists_matches_and_what_is_taken_back(
    office: Office,
) -> None:
    first, _second, head = await desk(office, ())
    kept = "SELECT booked_on, count(*) FROM open_payment GROUP BY booked_on"
    assert office.sql(kept) == []
    await bring(first, (HENDRA, DEWI, UCOK))
    assert office.sql(kept) == [(str(DAY), 3)]
    done = await first.files.receive_and_match(await payment_of(first, HENDRA))
    loose, _undo = await first.files.receive(FileIn(name=DEWI.name, kpj=DEWI.kpj))
    assert office.sql(kept) == [(str(DAY), 2)]
    matched, _differ, by_card = await first.files.match_by_card()
    assert (matched, office.sql(kept)) == (1, [(str(DAY), 1)])
    assert by_card is not None
    await first.undo.undo(by_card)
    assert done.undo is not None
    await first.undo.undo(done.undo)
    assert office.sql(kept) == [(str(DAY), 3)]
    assert [each.name for each in await first.files.candidates("", DAY)] == [each.name for each in (HENDRA, UCOK, DEWI)]
    row = await first.files.read(loose)
    assert row is not None
    await first.files.match(loose, row.version, await payment_of(first, UCOK))
    assert (await head.voucher_days.read(DAY)).without_file == 2


async def test_the_doctor_finds_a_transaction_that_somebody_else_wrote(office: Office) -> None:
    first, _second, _head = await desk(office, (HENDRA, SITI))
    founder = await office.open()
    assert await founder.voucher_days.check() == 0
    office.sql("DELETE FROM open_payment")
    assert await founder.voucher_days.check() == 2
    await founder.voucher_days.rebuild()
    assert await founder.voucher_days.check() == 0
    assert await first.files.payments_without_file(DAY) == 2


async def test_the_history_of_a_person_has_the_way_of_their_file(office: Office) -> None:
    first, second, _head = await desk(office, (UCOK, TIUR))
    await office.bring_in(await office.open(), [Person(UCOK.kpj, UCOK.name)])
    (file_id,) = await confirmed(first, second, [UCOK])
    await second.vouchers.reprint(file_id, "kusut")
    (person,) = await first.persons.find(UCOK.kpj)
    history = await first.persons.timeline(person.participant_id, [Kind.FILE])
    steps = {row.file.step: row.file.number for row in history if row.file}
    # A copy is told by the number of its original: it has none of its own.
    assert steps == dict.fromkeys(("received", "matched", "approved")) | dict.fromkeys(
        ("numbered", "paper", "reprinted"), 1
    )
    (yes,) = [row.file for row in history if row.file and row.file.step == "approved"]
    assert (yes.by, yes.told, yes.code) == ("JOKO", "kuitansi rumah sakit", UCOK.code)
    caller = await office.hire(await office.open(), "budi", "pelayanan")
    assert await caller.persons.timeline(person.participant_id, [Kind.FILE]) == []
