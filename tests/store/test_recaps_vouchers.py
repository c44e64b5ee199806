"""The recap of the voucher desk: by programme, state and day, what signatures took, reprints, voids; closed months."""

from __future__ import annotations

from datetime import date

import pytest

from store.claim_files import FileIn
from store.errors import Invalid, NotAllowed
from store.rules.dates import parse_period
from store.rules.vouchers import FileState as S
from tests.store.office import Office
from tests.store.test_claim_files import ALL
from tests.store.voucher_desk import DAY, DEWI, HENDRA, UCOK, Paid, bring, confirmed, desk, print_all, received

JULY, AUGUST = parse_period("2023-07"), parse_period("2023-08")
EVERYBODY = ("pelayanan", "keuangan", "kantor")


async def test_a_month_is_counted_as_its_files_stand(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    ids = await confirmed(rini, joko, [HENDRA, DEWI, UCOK])
    number, _undo = await rini.stacks.send(ids[:2], "Bu Ratna")  # Monday 31 July
    await rini.stacks.sign(ids[1], ["kantor"])
    office.clock.pass_by(days=2)
    await rini.stacks.take_back(number, {ids[0]: EVERYBODY})
    await joko.vouchers.void(ids[2], "salah cetak")
    await print_all(rini, await rini.vouchers.reserve([ids[2]]))
    await joko.vouchers.reprint(ids[0], "hilang")
    await bring(rini, [august := Paid(21, "AGUS REKAAN", 3_000_000, day=date(2023, 8, 1))])
    await received(rini, august)
    await rini.files.receive(FileIn("JP", name="TANPA LISTING", amount=500_000, paid_on=DAY))

    recap = await rini.recaps_vouchers.recap(JULY)
    told = recap.figures
    assert (told.files, told.amount, told.without_transaction, told.without_file) == (4, 28_250_000, 1, 2)
    assert (told.approved, told.originals, told.reprints, told.voids) == (1, 4, 1, 1)
    assert (told.signed, told.still_out, told.delay_half, told.delay_longest) == (1, 1, 2, 2)
    assert {key: (row["files"], row["amount"]) for key, row in told.by_program.items()} == {
        "JHT": (2, 20_500_000),
        "JKK": (1, 7_250_000),
        "JP": (1, 500_000),
    }
    assert list(told.by_state) == [S.RECEIVED, S.CONFIRMED, S.OUT, S.COMPLETE]
    assert list(told.by_day) == ["2023-07-31"]
    assert told.signers["kantor"] == {"signatures": 2, "half": 0}
    assert told.signers["keuangan"] == {"signatures": 1, "half": 2}
    assert (await rini.recaps_vouchers.recap(AUGUST)).figures.files == 1
    assert (await rini.recaps_vouchers.recap(parse_period("2023-07..2023-08"))).figures.files == 5

    same, files = await rini.recaps_vouchers.results(JULY)
    assert same == recap
    assert [(row.code, row.delay, row.reprints, row.voids) for row in files] == [
        (HENDRA.code, 2, 1, 0),
        (DEWI.code, None, 0, 0),
        (UCOK.code, None, 0, 1),
        ("", None, 0, 0),
    ]

    # Closed: later work changes none of it.
    with pytest.raises(NotAllowed):
        await rini.recaps_vouchers.close(JULY)
    with pytest.raises(Invalid) as early:
        await head.recaps_vouchers.close(AUGUST)
    assert early.value.problem == "not-over"
    closed = await head.recaps_vouchers.close(JULY)
    assert (closed.figures, closed.closed_by) == (told, "BONA")
    await received(rini, ALL[1])
    again, kept = await rini.recaps_vouchers.results(JULY)
    assert (again.figures, kept) == (told, files)
    with pytest.raises(Invalid) as twice:
        await head.recaps_vouchers.close(JULY)
    assert twice.value.problem == "closed"


async def test_amounts_are_for_those_who_need_them(office: Office) -> None:
    rini, _joko, _head = await desk(office, ALL)
    await received(rini, HENDRA)
    founder = await office.open()
    for login, role, reads, rows in (
        ("k", "kepala_kantor", True, True),
        ("a", "auditor", True, False),
        ("u", "umum", False, False),
        ("m", "magang", False, False),
    ):
        store = await office.hire(founder, login, role)
        if not reads:
            with pytest.raises(NotAllowed):
                await store.recaps_vouchers.recap(JULY)
            continue
        recap = await store.recaps_vouchers.recap(JULY)
        assert (recap.amounts, recap.figures.files, recap.figures.amount) == (False, 1, 0)
        assert recap.figures.by_program["JHT"]["amount"] == 0
        if rows:
            assert [row.amount for row in (await store.recaps_vouchers.results(JULY))[1]] == [None]
        else:
            with pytest.raises(NotAllowed):
                await store.recaps_vouchers.results(JULY)


async def test_a_month_without_files_cannot_be_closed(office: Office) -> None:
    _rini, _joko, head = await desk(office, [])
    with pytest.raises(Invalid) as empty:
        await head.recaps_vouchers.close(parse_period("2023-06"))
    assert empty.value.problem == "nothing-came-in"
