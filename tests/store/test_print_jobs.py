"""Print jobs in the store, on both databases: the intent is kept, only its holder moves a job, and people have the
last word on paper."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from store import Store
from store.errors import DatabaseTrouble, Invalid, NotAllowed, StaleEdit
from store.print_rows import PrintJobRow, Wanted
from store.rules.printing import ATTEMPT, Calibration, Document, JobState, Route
from tests.store.office import Office

S = JobState
PDF = b"%PDF-1.4 invented"


def slip(pages: int = 3, pdf: bytes = PDF) -> Wanted:
    return Wanted(Document.VOUCHER, Route("Epson", "Lower"), pdf, (None,) * pages)


async def reserved(store: Store, pages: int = 3) -> PrintJobRow:
    return (await store.printing.reserve([slip(pages)]))[0]


async def walked(store: Store, job: PrintJobRow, *states: JobState) -> PrintJobRow:
    for state in states:
        job = await store.printing.move(job, state, queue_id=7 if state == S.STAGED else None)
    return job


async def test_the_intent_is_kept_with_its_very_bytes(office: Office, ani: Store) -> None:
    first, second = await ani.printing.reserve([slip(3), slip(2, PDF * 2)])
    assert (first.state, first.pages, first.batch, first.mine) == (S.RESERVED, 3, first.job_id, True)
    assert (second.batch, second.route) == (first.job_id, Route("Epson", "Lower"))
    assert ATTEMPT.fullmatch(first.attempt)
    assert first.attempt.startswith(await ani.printing.prefix())
    assert (await ani.printing.pdf(first), await ani.printing.pdf(second)) == (PDF, PDF * 2)
    assert await ani.printing.jobs() == await ani.printing.jobs(batch=first.batch) == [first, second]
    assert await ani.printing.newest() == [second, first]
    entry = (await ani.audit.entries(1))[0]
    assert entry.action == "print.reserve"
    assert len(next(c["after"]["sha256"] for c in entry.changes if c["table"] == "print_job")) == 64
    office.sql("UPDATE kept_pdf SET pdf = ? WHERE id = 1", b"%PDF other")
    with pytest.raises(DatabaseTrouble):
        await ani.printing.pdf(first)
    assert await ani.audit.verify() is None


async def test_a_job_goes_its_way_and_every_step_is_in_the_trail(ani: Store) -> None:
    job = await walked(ani, await reserved(ani), S.SENDING, S.STAGED, S.RELEASING, S.SENT)
    assert (job.queue_id, job.sent_at) == (7, ani.now())
    job = await ani.printing.say(job, {"media-empty"})
    assert await ani.printing.say(job, ["media-empty"]) == job
    job = await ani.printing.move(job, S.SAID, said=())
    assert (job.said, job.ended_at) == ((), None)
    looked = await ani.printing.right_before(job, 3)
    assert (looked.job.state, looked.job.right, looked.job.missing) == (S.CONFIRMED, 2, 1)
    assert [page.seen for page in await ani.printing.pages(job.job_id)] == ["right", "right", "missing"]
    assert await ani.printing.jobs() == []
    actions = [entry.action.removeprefix("print.") for entry in await ani.audit.entries(8)]
    assert actions[::-1] == ["reserve", "sending", "staged", "releasing", "sent", "reasons", "said", "confirmed"]


async def test_a_step_out_of_turn_or_on_an_older_sight_is_refused(ani: Store) -> None:
    job = await reserved(ani)
    with pytest.raises(StaleEdit):
        await ani.printing.move(job, S.SENT)
    newer = await ani.printing.move(job, S.SENDING)
    with pytest.raises(StaleEdit):
        await ani.printing.move(job, S.SENDING)
    again = await ani.printing.move(newer, S.RESERVED)
    assert again.attempt != newer.attempt
    assert await ani.printing.nobodys([newer.attempt, again.attempt]) == {newer.attempt, again.attempt}
    sending = await ani.printing.move(again, S.SENDING)
    assert await ani.printing.nobodys([newer.attempt, sending.attempt]) == {newer.attempt}


async def test_only_the_holder_moves_a_job_until_its_process_is_gone(office: Office, ani: Store) -> None:
    job = await walked(ani, await reserved(ani), S.SENDING)
    other = await office.open()
    assert await other.printing.adopt() == []
    seen = (await other.printing.jobs())[0]
    assert not seen.mine
    with pytest.raises(StaleEdit):
        await other.printing.move(seen, S.STAGED, queue_id=1)
    await ani.close()
    (taken,) = await other.printing.adopt()
    assert (taken.job_id, taken.mine, taken.state) == (job.job_id, True, S.SENDING)
    assert await other.printing.adopt() == []
    third = await office.open()
    with pytest.raises(StaleEdit):
        await third.printing.move(job, S.STAGED, queue_id=1)


async def test_of_two_who_take_over_at_once_one_does(office: Office, ani: Store) -> None:
    await walked(ani, await reserved(ani), S.SENDING)
    two = [await office.open() for _ in range(2)]
    await ani.close()
    taken = await asyncio.gather(*(store.printing.adopt() for store in two))
    assert sorted(map(len, taken)) == [0, 1]


async def test_of_two_who_have_not_pressed_a_key_for_an_hour_neither_takes_jobs_from_the_other_in_turn(
    office: Office, ani: Store
) -> None:
    rini, budi = [await office.hire(ani, login, "keuangan") for login in ("rini", "budi")]
    for store in (rini, budi):
        office.forget_keys(store)
    await reserved(rini)  # whoever prints is there
    assert await budi.printing.adopt() == []
    office.forget_keys(rini)
    assert len(await budi.printing.adopt()) == 1
    assert await rini.printing.adopt() == []


async def test_what_surely_did_not_come_out_can_be_given_up_by_anybody_who_prints(office: Office, ani: Store) -> None:
    held = await walked(ani, await reserved(ani), S.SENDING, S.STAGED)
    other = await office.open()
    given_up = await other.printing.cancel((await other.printing.jobs())[0])
    assert (given_up.state, given_up.ended_at) == (S.CANCELLED, ani.now())
    with pytest.raises(StaleEdit):  # so its holder never releases it
        await ani.printing.move(held, S.RELEASING)
    assert await ani.printing.nobodys([held.attempt]) == {held.attempt}
    out = await walked(ani, await reserved(ani), S.SENDING, S.STAGED, S.RELEASING)
    with pytest.raises(Invalid) as refused:
        await ani.printing.cancel(out)
    assert refused.value.problem == "on-paper"


async def test_what_the_printer_refused_is_sent_anew_by_a_person_under_another_name(ani: Store) -> None:
    job = await walked(ani, await reserved(ani), S.SENDING)
    failed = await ani.printing.move(job, S.FAILED, said=["document-format-error"])
    again = await ani.printing.again(failed)
    assert (again.state, again.said, again.attempt != job.attempt) == (S.RESERVED, (), True)
    with pytest.raises(StaleEdit):
        await ani.printing.again(failed)


async def test_paper_is_told_only_when_it_can_have_come_out(ani: Store) -> None:
    job = await reserved(ani)
    with pytest.raises(Invalid) as early:
        await ani.printing.looked(job)
    assert early.value.problem == "no-paper"
    sent = await walked(ani, job, S.SENDING, S.STAGED, S.RELEASING, S.SENT)
    with pytest.raises(Invalid) as with_printer:  # pages that are still at the printer may yet come out
        await ani.printing.right_before(sent, 2)
    assert with_printer.value.problem == "stop-first"
    with pytest.raises(Invalid):
        await ani.printing.looked(sent, [4])
    doubtful = await ani.printing.move(sent, S.DOUBTFUL)
    looked = await ani.printing.looked(doubtful, [1, 2, 3])
    assert (looked.job.state, looked.job.right, looked.job.missing) == (S.CONFIRMED, 0, 3)
    with pytest.raises(StaleEdit):
        await ani.printing.looked(doubtful)


async def test_no_voucher_is_on_two_sheets_unless_the_first_is_missing(office: Office, ani: Store) -> None:
    vouchers = some_vouchers(office, ani, 3)
    wanted = Wanted(Document.VOUCHER, Route(), PDF, vouchers)
    (job,) = await ani.printing.reserve([wanted])
    for again, problem in ((wanted, "printing"), (replace(wanted, vouchers=(vouchers[0],) * 2), "twice")):
        with pytest.raises(Invalid) as refused:
            await ani.printing.reserve([again])
        assert refused.value.problem == problem
    job = await walked(ani, job, S.SENDING, S.STAGED, S.RELEASING, S.SENT, S.SAID)
    looked = await ani.printing.right_before(job, 3)
    assert (looked.right, looked.missing) == (vouchers[:2], vouchers[2:])
    assert len(office.sql("SELECT id FROM voucher WHERE printed_at IS NOT NULL")) == 2
    with pytest.raises(Invalid) as printed:
        await ani.printing.reserve([wanted])
    assert printed.value.problem == "printed"
    (rest,) = await ani.printing.reserve([replace(wanted, vouchers=vouchers[2:])])
    await ani.printing.cancel(rest)
    await ani.printing.reserve([replace(wanted, vouchers=vouchers[2:])])


def some_vouchers(office: Office, store: Store, count: int) -> tuple[int, ...]:
    """Vouchers of invented payments, put in behind the door: making them is another desk's."""
    me = store.me.staff_id
    office.sql(
        "INSERT INTO imported_file (id, kind, sha256, name, imported_at, staff_id, rows)"
        " VALUES (1, 'listing', 'x', 'x', 0, ?, 0)",
        me,
    )
    for n in range(1, count + 1):
        office.sql(
            "INSERT INTO payment (id, code, code_order, booked_on, program, kpj, name, name_key, payee, amount,"
            " description, digest, listing_id, version)"
            " VALUES (?, ?, '', '2023-07-31', 'JHT', '', '', '', '', 1, '', '', 1, 1)",
            *(n, f"code {n}"),
        )
        office.sql(
            "INSERT INTO claim_file (id, payment_id, program, kpj, name, payee, state, source, received_at,"
            " received_by, verdict, differences, approved_why, note, undone, version)"
            " VALUES (?, ?, 'JHT', '', '', '', 'printed', 'desk', 0, ?, '', '', '', '', ?, 1)",
            *(n, n, me, False),
        )
        office.sql(
            "INSERT INTO voucher (id, file_id, payment_id, number, copy, kind, content, reason, made_at, made_by,"
            " void_why, version) VALUES (?, ?, ?, ?, 0, 'loket', '{}', '', 0, ?, '', 1)",
            *(n, n, n, n, me),
        )
    return tuple(range(1, count + 1))


async def test_who_may_not_print_a_document_neither_makes_nor_sees_nor_answers_for_it(
    office: Office, ani: Store
) -> None:
    magang = await office.hire(ani, "siti")
    keuangan = await office.hire(ani, "budi", "keuangan")
    with pytest.raises(NotAllowed):
        await magang.printing.reserve([slip()])
    job = await reserved(keuangan)
    assert await magang.printing.jobs() == await magang.printing.newest() == []
    for refused in (magang.printing.pdf(job), magang.printing.cancel(job), magang.printing.pages(job.job_id)):
        with pytest.raises(NotAllowed):
            await refused
    await keuangan.close()
    assert await magang.printing.adopt() == []
    await magang.printing.reserve([replace(slip(), document=Document.CALL_LIST)])


async def test_printers_are_chosen_by_document_and_a_choice_nobody_could_use_is_refused(ani: Store) -> None:
    assert await ani.printers.route(Document.VOUCHER) == Route()
    tray = Route("Epson_L5290", "Lower")
    await ani.printers.set_route([Document.VOUCHER, Document.SLIP], tray)
    await ani.printers.set_route([Document.SLIP], None)
    assert await ani.printers.routes() == {Document.VOUCHER: tray}
    for wrong in (Route("a b"), Route("x/y"), Route("x", media="no paper"), Route("x", tray="\x1b[2J")):
        with pytest.raises(Invalid):
            await ani.printers.set_route([Document.VOUCHER], wrong)
    for server in ("", "/run/cups/cups.sock", "printer.local:631", "10.0.0.7:631"):
        await ani.office.set_setting("printing.server", server)
        assert await ani.printers.server() == server
    for server in ("printer.local", "x:0", "http://x:631", "/a\nb", 631):
        with pytest.raises(Invalid):
            await ani.office.set_setting("printing.server", server)
    await ani.printers.set_calibration(tray, Calibration(dx=1.5, skew=-0.2))
    assert await ani.printers.calibration(tray) == Calibration(dx=1.5, skew=-0.2)
    assert await ani.printers.calibration(Route()) == Calibration()
    with pytest.raises(Invalid):
        await ani.office.set_setting("printing.calibration", {"x/": {"dx": 21}})


async def test_a_paper_that_nobody_has_to_look_at_is_over_when_the_printer_says_so(ani: Store) -> None:
    steps = (S.SENDING, S.STAGED, S.RELEASING, S.SENT)
    (slip_job,) = await ani.printing.reserve([replace(slip(), document=Document.SLIP)])
    said = await ani.printing.move(await walked(ani, slip_job, *steps), S.SAID)
    assert (said.state, said.ended_at, await ani.printing.jobs()) == (S.SAID, ani.now(), [])
    (doubtful,) = await ani.printing.reserve([replace(slip(), document=Document.SLIP)])
    await ani.printing.move(await walked(ani, doubtful, *steps), S.DOUBTFUL)
    assert len(await ani.printing.jobs()) == 1
