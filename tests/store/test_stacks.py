"""Stacks out for signing and back: who holds what since when, whose signature is missing, deputies, scanned codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from store.errors import Invalid, NotAllowed, NotFound, StaleEdit, UndoRefused
from store.rules.signers import DEFAULT_SIGNERS, Deputy, Signer, Signers, signers_from_plain, signers_to_plain
from store.rules.vouchers import FileState as S
from store.rules.vouchers import FileStep
from tests.store.office import Office
from tests.store.test_claim_files import ALL, state_of
from tests.store.test_vouchers import refusal
from tests.store.voucher_desk import DEWI, HENDRA, UCOK, confirmed, desk, received

EVERYBODY = ("pelayanan", "keuangan", "kantor")


async def test_a_stack_goes_out_and_comes_back_in_parts(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = await confirmed(rini, joko, [HENDRA, DEWI, UCOK])
    with pytest.raises(Invalid):
        await rini.stacks.send(ids, " ")
    number, _undo = await rini.stacks.send(ids[:2], "Bu Ratna")
    assert await refusal(joko.stacks.send(ids[1:], "Pak Joni")) == (S.OUT, "state")
    (stack,) = await joko.stacks.out_now()
    assert (stack.number, stack.given_to, stack.made_by, stack.files, stack.still_out) == (
        *(number, "Bu Ratna", "RINI", 2, 2),
    )
    assert stack.missing == dict.fromkeys(EVERYBODY, 2)
    receipt = await joko.stacks.receipt(number)
    assert [(line.position, line.file.code, line.missing) for line in receipt.lines] == [
        (1, HENDRA.code, EVERYBODY),
        (2, DEWI.code, EVERYBODY),
    ]
    assert (receipt.amount, [each.colour for each in receipt.signers]) == (20_500_000, ["merah muda", "oranye", "biru"])

    await rini.stacks.sign(ids[1], ["kantor"])
    assert (await rini.stacks.out_now())[0].missing == {"pelayanan": 2, "keuangan": 2, "kantor": 1}
    states, undo = await joko.stacks.take_back(number, {ids[0]: EVERYBODY})
    assert states == {ids[0]: S.COMPLETE}
    assert (await rini.stacks.out_now())[0].still_out == 1
    assert undo is not None
    await joko.undo.undo(undo)
    assert await state_of(rini, ids[0]) is S.OUT
    assert (await rini.stacks.out_now())[0].still_out == 2

    states, undo = await joko.stacks.take_back(number, {ids[0]: EVERYBODY, ids[1]: ["pelayanan"]})
    assert states == {ids[0]: S.COMPLETE, ids[1]: S.CONFIRMED}
    assert await rini.stacks.out_now() == []
    (back,) = await rini.stacks.back(0, 10)
    assert (back.number, back.back_by, back.missing) == (number, "JOKO", {})
    assert [line.missing for line in (await rini.stacks.receipt(number)).lines] == [(), ("keuangan",)]
    assert await refusal(joko.stacks.take_back(number, {ids[1]: EVERYBODY})) == (S.CONFIRMED, "not-in-stack")

    again, _undo = await rini.stacks.send([ids[1]], "Bu Ratna")
    assert again != number
    assert (await rini.stacks.sign(ids[1], ["keuangan"]))[0] is S.COMPLETE
    assert await rini.stacks.out_now() == []
    assert undo is not None
    with pytest.raises(UndoRefused):
        await joko.undo.undo(undo)
    counts = await rini.stacks.counts()
    assert (counts.ready, counts.out, counts.complete, counts.late_stacks) == (1, 0, 2, 0)


async def test_a_stack_that_was_a_mistake_is_taken_back(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = await confirmed(rini, joko, [HENDRA, DEWI])
    number, undo = await rini.stacks.send(ids, "Bu Ratna")
    assert undo is not None
    await rini.undo.undo(undo)
    assert await rini.stacks.out_now() == []
    assert await rini.stacks.read(number) is None
    with pytest.raises(NotFound):
        await rini.stacks.take_back(number, {ids[0]: EVERYBODY})
    assert (await rini.stacks.send(ids, "Bu Ratna"))[0] > number


async def test_a_wrong_tick_is_corrected_with_its_reason(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = await confirmed(rini, joko, [HENDRA])
    assert (await rini.stacks.sign(ids[0], EVERYBODY))[0] is S.COMPLETE
    with pytest.raises(Invalid):
        await joko.stacks.correct(ids[0], ["kantor"], "")
    state, undo = await joko.stacks.correct(ids[0], ["kantor"], "paraf, bukan tanda tangan")
    assert state is S.CONFIRMED
    assert (await rini.stacks.scan(HENDRA.code, FileStep.OUT)).missing == ("pelayanan", "keuangan")
    await rini.stacks.sign(ids[0], ["keuangan"])
    assert undo is not None
    with pytest.raises(UndoRefused):  # that signature was seen again by somebody else meanwhile
        await joko.undo.undo(undo)


async def test_late_stacks_are_counted_in_office_days(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    ids = await confirmed(rini, joko, [HENDRA, DEWI])
    await rini.stacks.send(ids, "Bu Ratna")  # on Monday 31 July
    for days, passed, late in ((3, 3, False), (4, 4, True), (7, 5, True)):  # Thursday, Friday, the Monday after
        office.clock.now = office.clock.now.replace(month=7, day=31) + timedelta(days=days)
        (stack,) = await rini.stacks.out_now()
        assert (stack.days, stack.late) == (passed, late)
        assert bool(await rini.stacks.late()) == late
    assert ((await rini.stacks.counts()).late_files, (await rini.stacks.counts()).late_stacks) == (2, 1)
    founder = await office.open()
    await founder.office.set_setting("voucher.late_days", 5)
    assert await rini.stacks.late() == []
    for wrong in (0, 61, True, "3", 2.5):
        with pytest.raises(Invalid):
            await founder.office.set_setting("voucher.late_days", wrong)


async def test_deputies_sign_for_their_days_and_an_order_is_kept(office: Office) -> None:
    rini, joko, _head = await desk(office, ALL)
    first, last = date(2023, 7, 31), date(2023, 8, 1)
    plain = signers_to_plain(
        Signers(
            (
                Signer("kabid", "Kepala Bidang", "oranye", ((date(2023, 1, 1), "Rahma"), (date(2023, 8, 2), "Yusri"))),
                Signer("kakacab", "Kepala Kantor", "biru", (), (Deputy("Sahat", "Plh. Kepala Kantor", first, last),)),
            ),
            fixed=True,
        )
    )
    founder = await office.open()
    with pytest.raises(NotAllowed):
        await rini.office.set_setting("voucher.signers", plain)
    await founder.office.set_setting("voucher.signers", plain)
    assert await rini.stacks.signers() == signers_from_plain(plain)
    ids = await confirmed(rini, joko, [HENDRA])
    assert [(each.title, each.name) for each in (await rini.vouchers.of_file(ids[0]))[0].content.signers] == [
        ("Kepala Bidang", "Rahma"),
        ("Plh. Kepala Kantor", "Sahat"),
    ]
    number, _undo = await rini.stacks.send(ids, "Bu Ratna")
    assert await refusal(rini.stacks.sign(ids[0], ["kakacab"])) == (S.OUT, "order")
    assert await refusal(rini.stacks.sign(ids[0], ["pelayanan"])) == (S.OUT, "unknown-signer")
    await rini.stacks.take_back(number, {ids[0]: ["kabid", "kakacab"]})
    signed = (await joko.stacks.receipt(number)).lines[0].signed
    assert [(seen.signed_as, seen.seen_by) for seen in signed] == [
        ("Kepala Bidang, Rahma", "RINI"),
        ("Plh. Kepala Kantor, Sahat", "RINI"),
    ]
    office.clock.pass_by(days=2)
    assert [each.name for each in (await rini.stacks.signers()).on(rini.today())] == ["Yusri", ""]


async def test_two_heads_who_change_signatories_at_once_keep_both_changes(office: Office) -> None:
    _rini, _joko, bona = await desk(office, ())
    founder = await office.open()
    seen = await founder.stacks.signers()
    first, second = seen.signers[:2]
    await founder.settings.set_signer(first, replace(first, colour="hijau"))
    await bona.settings.set_signer(second, replace(second, colour="kuning"))
    await bona.settings.set_signing_order(fixed=True)
    for refused in (
        bona.settings.set_signer(first, replace(first, title="Kabid Pelayanan")),
        bona.settings.default_signers(seen),
    ):
        with pytest.raises(StaleEdit):
            await refused
    now = await bona.stacks.signers()
    assert ([each.colour for each in now.signers[:2]], now.fixed) == (["hijau", "kuning"], True)
    assert [each.title for each in now.signers] == [each.title for each in seen.signers]
    with pytest.raises(Invalid):
        await bona.settings.set_signer(now.signers[0], replace(now.signers[0], title=""))
    await bona.settings.default_signers(now)
    assert await founder.stacks.signers() == DEFAULT_SIGNERS


PLAIN = signers_to_plain(DEFAULT_SIGNERS)["signers"]
ONE = {"key": "a", "title": "A", "colour": "biru"}
WRONG: list[Any] = [
    {"order": "free", "signers": []},
    {"order": "any", "signers": PLAIN},
    {"order": "free", "signers": PLAIN * 2},
    {"order": "free", "signers": [{**ONE, "title": ""}]},
    {"order": "free", "signers": [{**ONE, "title": 5}]},
    {"order": "free", "signers": [{**ONE, "names": [["kemarin", "B"]]}]},
    {"order": "free", "signers": [{**ONE, "deputies": [["B", "", "2023-08-02", "2023-08-01"]]}]},
    [],
]


async def test_signers_that_could_not_sign_are_refused(office: Office) -> None:
    founder = await office.open()
    for wrong in WRONG:
        with pytest.raises(Invalid):
            await founder.office.set_setting("voucher.signers", wrong)
    assert await founder.stacks.signers() == DEFAULT_SIGNERS


async def test_a_scanned_code_says_what_a_step_does_or_why_not(office: Office) -> None:
    rini, joko, head = await desk(office, ALL)
    (file_id,) = await confirmed(rini, joko, [HENDRA])
    await received(rini, DEWI)
    ready = await rini.stacks.scan(f"  {HENDRA.code.lower()} ", FileStep.OUT)
    assert ready.file is not None
    assert (ready.file.file_id, ready.leads, ready.why, ready.allowed) == (file_id, S.OUT, None, True)
    early = await rini.stacks.scan(DEWI.code, FileStep.OUT)
    assert (early.leads, early.why) == (None, "state")
    assert (await rini.stacks.scan("31-07-2023 T0018 00000099", FileStep.OUT)).file is None
    assert not (await head.stacks.scan(HENDRA.code, FileStep.OUT)).allowed
    founder = await office.open()
    intern = await office.hire(founder, "budi")
    for look in (intern.stacks.out_now(), intern.stacks.scan(HENDRA.code, FileStep.OUT), intern.stacks.counts()):
        with pytest.raises(NotAllowed):
            await look
    for work in (head.stacks.send([file_id], "x"), intern.stacks.sign(file_id, ["kantor"])):
        with pytest.raises(NotAllowed):
            await work
