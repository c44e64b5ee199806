"""Who may do what at the voucher desk under an assignment, and who the second officer is.

Every cell of the table stands in test_permission_table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

import pytest

from store import Store
from store.claim_file_rows import FileFilter
from store.claim_files import FileIn
from store.errors import NotAllowed, OwnWork, StoreError
from store.print_rows import PrintJobRow, Wanted
from store.rules.permissions import TABLE, Permission, Role
from store.rules.permissions import permissions as allowed_by
from store.rules.printing import PRINTS, Calibration, Document, JobState, Route
from store.rules.vouchers import FileStep
from tests.store.office import Clock, Office, wib
from tests.store.voucher_desk import DAY, DEWI, HENDRA, TIUR, UCOK, bring, confirmed, payment_of, received

P = Permission
ROLES = {str(role): allowed_by([role]) for role in Role}
"""What each role allows, as the table says it."""


@dataclass(frozen=True)
class Desk:
    """What stands on the desk: a file that is matched, one on paper, a transaction without file, a sheet, a job."""

    file: int
    on_paper: int
    payment: int
    sheet: int
    job: PrintJobRow


Call = Callable[[Store, Desk], Awaitable[object]]

SEEING: dict[str, Call] = {
    "files.candidates": lambda s, d: s.files.candidates("rekaan", DAY),
    "files.payments_without_file": lambda s, d: s.files.payments_without_file(DAY),
    "files.counts": lambda s, d: s.files.counts(FileFilter()),
    "files.count": lambda s, d: s.files.count(FileFilter()),
    "files.rows": lambda s, d: s.files.rows(FileFilter(), 0, 9),
    "files.ids": lambda s, d: s.files.ids(FileFilter()),
    "files.read": lambda s, d: s.files.read(d.file),
    "files.yes_groups": lambda s, d: s.files.yes_groups(),
    "voucher_days.list": lambda s, d: s.voucher_days.list(),
    "voucher_days.read": lambda s, d: s.voucher_days.read(DAY),
    "vouchers.to_print": lambda s, d: s.vouchers.to_print(),
    "vouchers.of_file": lambda s, d: s.vouchers.of_file(d.file),
    "vouchers.preview": lambda s, d: s.vouchers.preview([d.file]),
    "vouchers.read": lambda s, d: s.vouchers.read([d.sheet]),
    "stacks.out_now": lambda s, d: s.stacks.out_now(),
    "stacks.back": lambda s, d: s.stacks.back(0, 9),
    "stacks.late": lambda s, d: s.stacks.late(),
    "stacks.counts": lambda s, d: s.stacks.counts(),
    "stacks.read": lambda s, d: s.stacks.read(1),
    "stacks.receipt": lambda s, d: s.stacks.receipt(1),
    "stacks.unsigned": lambda s, d: s.stacks.unsigned(0, 9),
    "stacks.scan": lambda s, d: s.stacks.scan(HENDRA.code, FileStep.SIGN),
}

RECEIVING: dict[str, Call] = {
    "listings.plan": lambda s, d: bring(s, [TIUR]),
    "listings.paid_plan": lambda s, d: s.listings.paid_plan("PROGRAM\tNO KPJ\tNAMA PESERTA\nJHT\t99\tA B"),
    "listings.check": lambda s, d: s.listings.check(DAY),
    "files.receive": lambda s, d: s.files.receive(FileIn("JHT", name="TANPA LISTING")),
    "files.receive_and_match": lambda s, d: s.files.receive_and_match(d.payment),
    "files.match": lambda s, d: s.files.match(d.file, 1, d.payment),
    "files.match_by_card": lambda s, d: s.files.match_by_card(),
    "files.unmatch": lambda s, d: s.files.unmatch(d.on_paper, 0),
    "files.amend": lambda s, d: s.files.amend(d.on_paper, 0, FileIn()),
    "vouchers.reserve": lambda s, d: s.vouchers.reserve([d.on_paper]),
    "vouchers.reserve_batch": lambda s, d: s.vouchers.reserve_batch(FileFilter(program="JP")),
    "stacks.send": lambda s, d: s.stacks.send([d.file], "Bu Ratna"),
    "stacks.take_back": lambda s, d: s.stacks.take_back(1, {d.on_paper: []}),
    "stacks.sign": lambda s, d: s.stacks.sign(d.on_paper, []),
    "stacks.correct": lambda s, d: s.stacks.correct(d.on_paper, [], "salah centang"),
    "printing.looked": lambda s, d: s.printing.looked(d.job),
    "printing.right_before": lambda s, d: s.printing.right_before(d.job, 1),
    "printing.move": lambda s, d: s.printing.move(d.job, JobState.SENDING),
    "printing.say": lambda s, d: s.printing.say(d.job, ["media-empty"]),
    "printing.cancel": lambda s, d: s.printing.cancel(d.job),
    "printing.stop": lambda s, d: s.printing.stop(d.job),
    "printing.again": lambda s, d: s.printing.again(d.job),
    "printing.pages": lambda s, d: s.printing.pages(d.job.job_id),
    "printing.pdf": lambda s, d: s.printing.pdf(d.job),
}

APPROVING: dict[str, Call] = {
    "files.approve": lambda s, d: s.files.approve([d.file], "kuitansi"),
    "files.void": lambda s, d: s.files.void(d.on_paper, 0, "bukan berkas klaim"),
    "vouchers.reprint": lambda s, d: s.vouchers.reprint(d.on_paper, "hilang"),
    "vouchers.void": lambda s, d: s.vouchers.void(d.on_paper, "salah cetak"),
}

BOTH: dict[str, Call] = {
    "vouchers.replace": lambda s, d: s.vouchers.replace(d.on_paper, "salah nama", FileIn()),
}

OFFICE: dict[str, Call] = {
    "printers.set_route": lambda s, d: s.printers.set_route([Document.LISTING], Route("lantai-2")),
    "printers.set_calibration": lambda s, d: s.printers.set_calibration(Route("lantai-2"), Calibration()),
}


def _printing(document: Document) -> Call:
    return lambda s, d: s.printing.reserve([Wanted(document, Route(), b"%PDF-", (None,))])


CALLS = SEEING | RECEIVING | APPROVING | BOTH | OFFICE | {f"print {each}": _printing(each) for each in Document}

NEEDS: dict[str, frozenset[Permission]] = {
    **dict.fromkeys(SEEING, frozenset({P.SEE_FILES})),
    **dict.fromkeys(RECEIVING, frozenset({P.RECEIVE_FILES})),
    **dict.fromkeys(APPROVING, frozenset({P.APPROVE_FILES})),
    **dict.fromkeys(OFFICE, frozenset({P.MANAGE_OFFICE})),
    **{f"print {document}": PRINTS[document] for document in Document},
}
"""Any of these permissions opens the operation; those of `BOTH` want approving and receiving."""


async def asked_for(store: Store, desk: Desk) -> set[str]:
    """The operations that this person is not refused for want of a permission, each asked for once."""
    allowed = set()
    for name, call in CALLS.items():
        try:
            await call(store, desk)
        except NotAllowed:
            continue
        except StoreError:
            pass  # where the file stands, or that they matched it themselves, is another matter
        allowed.add(name)
    return allowed


def expected(held: frozenset[str]) -> set[str]:
    both = set(BOTH) if {P.APPROVE_FILES, P.RECEIVE_FILES} <= held else set()
    return both | {name for name, needs in NEEDS.items() if needs & held}


async def set_up(office: Office) -> tuple[Store, Desk]:
    """A practice office of one who can take any role, and a colleague; a file at each end of the desk."""
    store = await office.open()
    await bring(store, [HENDRA, DEWI, UCOK])
    on_paper, _other = await confirmed(store, store, [HENDRA, UCOK])
    file = await received(store, DEWI)
    await bring(store, [TIUR])
    (job,) = await store.printing.reserve([Wanted(Document.VOUCHER, Route(), b"%PDF-", (await _sheet(store, file),))])
    await store.stacks.send([_other], "Bu Ratna")
    desk = Desk(file, on_paper, await payment_of(store, TIUR), job.job_id, job)
    return store, desk


async def _sheet(store: Store, file_id: int) -> int:
    return (await store.vouchers.reserve([file_id]))[0].voucher_id


@pytest.fixture
async def practice(home: object, database_url: str) -> Office:
    made = Office(home, database_url, Clock(wib(31, 9)))  # type: ignore[arg-type]  # a path, as everywhere
    await made.create(practice=True)
    return made


async def test_who_is_assigned_receives_matches_and_prints_but_approves_nothing(practice: Office) -> None:
    ani, desk = await set_up(practice)
    budi = await practice.hire(ani, "budi", "magang")
    nothing = await asked_for(budi, desk)
    await ani.staff.assign("budi", "keuangan", "Keuangan", DAY, date(2023, 7, 31))
    await budi.refresh_me()
    today = await asked_for(budi, desk)
    practice.clock.pass_by(days=1)
    await budi.refresh_me()
    tomorrow = await asked_for(budi, desk)
    await practice.close()
    assert nothing == tomorrow == expected(allowed_by([Role.MAGANG]))
    assert today == expected(allowed_by([Role.MAGANG, Role.KEUANGAN], [Role.MAGANG]))
    assert today.isdisjoint(APPROVING) and today >= set(RECEIVING)


async def test_a_second_officer_is_somebody_else_than_who_matched(office: Office) -> None:
    founder = await office.open()
    rini, joko, bona = [
        await office.hire(founder, login, role)
        for login, role in (("rini", "keuangan"), ("joko", "keuangan"), ("bona", "kepala_bidang"))
    ]
    await bring(rini, [HENDRA, UCOK, DEWI])
    waits = await received(rini, UCOK)
    with pytest.raises(OwnWork):
        await rini.files.approve([waits], "kuitansi")
    assert (await bona.files.approve([waits], "kuitansi"))[0] == 1
    (printed,) = await confirmed(rini, joko, [HENDRA])
    for own in (rini.vouchers.reprint(printed, "hilang"), rini.vouchers.void(printed, "salah")):
        with pytest.raises(OwnWork):
            await own
    assert (await bona.vouchers.reprint(printed, "hilang")).copy == 1
    with pytest.raises(NotAllowed):
        await bona.files.receive_and_match(await payment_of(bona, DEWI))


def test_the_roles_are_those_of_the_office() -> None:
    """Finance and whoever is assigned work at the desk; heads are second officers; the auditor looks."""
    files = (P.SEE_FILES, P.RECEIVE_FILES, P.APPROVE_FILES, P.ARCHIVE, P.SEE_FILE_AMOUNTS)
    held = {str(role): [p for p in files if p in TABLE[role]] for role in Role}
    assert {role: told for role, told in held.items() if told} == {
        "keuangan": [P.SEE_FILES, P.RECEIVE_FILES, P.APPROVE_FILES, P.ARCHIVE, P.SEE_FILE_AMOUNTS],
        "umum": [P.SEE_FILES, P.ARCHIVE],
        "kepala_bidang": [P.SEE_FILES, P.APPROVE_FILES, P.SEE_FILE_AMOUNTS],
        "auditor": [P.SEE_FILES],
    }


def test_who_is_assigned_to_vouchers_sees_the_amounts_of_files_and_nobody_s_balance() -> None:
    assigned = allowed_by([Role.MAGANG, Role.KEUANGAN], [Role.MAGANG])
    assert P.SEE_FILE_AMOUNTS in assigned and P.SEE_AMOUNTS not in assigned
    officer = allowed_by([Role.PELAYANAN, Role.KEUANGAN], [Role.PELAYANAN])
    assert {P.SEE_FILE_AMOUNTS, P.SEE_AMOUNTS} <= officer


async def test_who_prints_what(practice: Office) -> None:
    store, _desk = await set_up(practice)
    await store.staff.add("budi", "Budi", "", "magang")
    found: dict[Document, set[Role]] = {each: set() for each in Document}
    for role in Role:
        await store.staff.act_as(role)
        for document in Document:
            try:
                await _printing(document)(store, _desk)
            except NotAllowed:
                continue
            found[document].add(role)
    await practice.close()
    assert found == {each: {role for role in Role if PRINTS[each] & TABLE[role]} for each in Document}
