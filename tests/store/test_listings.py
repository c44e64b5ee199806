"""Listings and lists of paid files through the door: planned, taken once, refused whole, taken back, held together."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store import Store
from store.errors import FileRefused, Invalid, ListingRefused, NotAllowed, UndoRefused
from store.listing_rows import CheckedDay
from tests.listings_generator import Paid, draw, listing, pasted, write
from tests.store.office import Office, facts
from tests.workbooks_writers import Sheet, writers

DAY = date(2023, 7, 31)
TABLES = ("payment", "payment_line", "imported_file", "claim_file", "layout")


def made(count: int, seed: int = 56) -> list[Paid]:
    return draw(random.Random(seed), count)


def text(paid: list[Paid]) -> str:
    return pasted(listing(random.Random(1), paid, text_only=True), "tabs")


def paid_list(rows: list[tuple[str, ...]]) -> str:
    headings = ("PROGRAM", "NO KPJ", "NAMA PESERTA", "PENERIMA", "JUMLAH PENETAPAN", "TGL BAYAR")
    return "\n".join("\t".join(row) for row in (headings, *rows))


def paper(paid: Paid, **other: str) -> tuple[str, ...]:
    """The row of its paper file; what is said otherwise differs."""
    said = {"program": paid.program, "kpj": paid.kpj, "name": paid.name, "payee": paid.payee}
    said |= {"amount": f"Rp{paid.amount:,}".replace(",", "."), "day": f"{paid.day:%d-%m-%Y}"} | other
    return tuple(said.values())


async def bring(store: Store, paid: list[Paid]) -> None:
    await store.listings.apply(await store.listings.plan(text(paid)))


def everything(office: Office) -> dict[str, object]:
    return {table: facts(office, table) for table in TABLES}


async def test_a_plan_changes_nothing_and_the_listing_comes_in_as_it_said(office: Office, ani: Store) -> None:
    paid, before = made(20), everything(office)
    path = write(office.home / "MASUK", listing(random.Random(3), paid), "xlsx")
    plan = await ani.listings.plan(path)
    assert everything(office) == before
    by_program = Counter(each.program for each in paid)
    assert {day.program: day.count for day in plan.days} == by_program
    assert sum(day.amount for day in plan.days) == sum(each.amount for each in paid)
    done = await ani.listings.apply(plan)
    assert (done.new, done.same, sum(sheet.taken for sheet in done.sheets)) == (20, 0, 20)
    rows = list(facts(office, "payment").values())
    assert [(row["code"], row["kpj"], row["payee"], row["amount"]) for row in rows] == [
        (each.code, each.kpj, each.payee, each.amount) for each in paid
    ]
    lines = facts(office, "payment_line").values()
    assert sum(row["debit"] for row in lines) == sum(row["credit"] for row in lines)
    assert min(row["debit"] + row["credit"] for row in lines) > 0


async def test_a_listing_known_already_changes_nothing_in_any_shape(office: Office, ani: Store) -> None:
    paid = made(8)
    await bring(ani, paid)
    before = everything(office)
    again = await ani.listings.plan(text(paid))
    assert (again.known_file, len(again.new), again.same) == (True, 0, 8)
    done = await ani.listings.apply(again)
    assert (done.new, done.same, done.undo) == (0, 8, None)
    await ani.listings.apply(await ani.listings.plan(pasted(listing(random.Random(9), paid, text_only=True), "spaces")))
    assert everything(office) == before
    later = await ani.listings.plan(text(made(10)))
    assert (len(later.new), later.same) == (2, 8)


async def test_a_code_with_other_content_refuses_the_whole_listing(office: Office, ani: Store) -> None:
    paid = made(5)
    first = await ani.listings.plan(text(paid))
    other = await ani.listings.plan(text([*made(7)[5:], replace(paid[2], amount=paid[2].amount + 90_000)]))
    assert other.problems == ()
    await ani.listings.apply(first)
    before = everything(office)
    with pytest.raises(ListingRefused) as refused:  # a colleague was quicker than the plan
        await ani.listings.apply(other)
    problem = refused.value.problems[0]
    assert (problem.kind, problem.code) == ("repeated", paid[2].code)
    assert (problem.stated, problem.found) == (paid[2].amount, paid[2].amount + 90_000)
    assert everything(office) == before


async def test_figures_that_disagree_are_all_told_and_nothing_is_taken(office: Office, ani: Store) -> None:
    made_listing = listing(random.Random(4), made(3))
    made_listing.rows[-1][6] = 1
    made_listing.rows[made_listing.header + 1][7] = 5
    plan = await ani.listings.plan(write(office.home, made_listing, "xlsx"))
    assert {problem.kind for problem in plan.problems} == {"total-differs", "unbalanced"}
    assert [sheet.refused for sheet in plan.sheets] == [len(plan.problems)]
    before = everything(office)
    with pytest.raises(ListingRefused):
        await ani.listings.apply(plan)
    assert everything(office) == before


async def test_a_listing_is_taken_back_until_a_file_is_matched(office: Office, ani: Store) -> None:
    paid, before = made(4), everything(office)
    done = await ani.listings.apply(await ani.listings.plan(text(paid)))
    assert done.undo is not None
    await ani.undo.undo(done.undo)
    assert everything(office) == before
    done = await ani.listings.apply(await ani.listings.plan(text(paid)))
    assert done.undo is not None
    files = await ani.listings.paid_apply(await ani.listings.paid_plan(paid_list([paper(paid[1])])))
    with pytest.raises(UndoRefused):
        await ani.undo.undo(done.undo)
    assert files.undo is not None
    await ani.undo.undo(files.undo)
    assert [row["undone"] for row in facts(office, "claim_file").values()] in ([True], [1])


async def test_a_mapping_is_kept_for_its_layout(office: Office, ani: Store) -> None:
    lists = [listing(random.Random(7), made(3)), listing(random.Random(7), made(5))]
    for each in lists:
        each.rows[each.header][6] = "UANG?"
    path = write(office.home, lists[0], "xlsx")
    assert [sheet.skipped for sheet in (await ani.listings.plan(path)).sheets] == ["no-debit"]
    plan = await ani.listings.plan(path, {"UANG?": "debit"})
    await ani.listings.apply(plan, {"UANG?": "debit"})
    later = await ani.listings.plan(write(office.home, lists[1], "xlsx"))
    assert (later.mapping, later.problems, len(later.new)) == ({"UANG?": "debit"}, (), 2)


async def test_a_file_that_is_no_listing_changes_nothing(office: Office, ani: Store) -> None:
    with pytest.raises(FileRefused):
        await ani.listings.plan(office.home / "hilang.xlsx")
    with pytest.raises(Invalid):
        await ani.listings.plan(text(made(2)), {"DEBET": "birth_date"})
    plan = await ani.listings.plan(paid_list([paper(made(1)[0])]))
    assert [problem.kind for problem in plan.problems] == ["nothing-found"]
    assert facts(office, "payment") == {}


def verdicts(day: CheckedDay) -> list[str]:
    return [str(payment.verdict) for payment in day.payments]


async def test_paper_meets_its_transaction_whichever_came_first(office: Office, ani: Store) -> None:
    paid = [replace(each, program="JHT", payee=each.name) for each in made(6)]
    paid[5] = replace(paid[5], payee="RS CONTOH MANDAU", program="JKK")
    rows = [
        paper(paid[0]),
        paper(paid[1], amount=f"{paid[1].amount + 90_000}"),
        paper(paid[2], name="ORANG LAIN", payee=""),
        paper(paid[3], program="JP"),
        paper(paid[5]),
        ("JHT", "99999999990", "TANPA TRANSAKSI", "", "Rp1.234.567", "31-07-2023"),
    ]
    plan = await ani.listings.paid_plan(paid_list(rows))
    assert plan.verdicts == {"no-transaction": 6}
    await ani.listings.paid_apply(plan)
    await bring(ani, paid)
    before = await ani.listings.check(DAY)
    expected = ["match", "amount-mismatch", "name-mismatch", "program-mismatch", "no-file", "match"]
    assert verdicts(before) == expected
    assert [payment.comparison.needs_yes for payment in before.payments] == [(), (), (), (), (), ("payee-differs",)]
    assert [(file.kpj, file.name, file.program, file.amount) for file in before.loose] == [
        ("99999999990", "TANPA TRANSAKSI", "JHT", 1_234_567)
    ]
    assert before.open
    await ani.files.match_by_card()
    after = await ani.listings.check(DAY)
    assert (verdicts(after), after.loose) == (expected, before.loose)
    again = await ani.listings.paid_plan(paid_list(rows))
    assert (again.new, sum(sheet.same for sheet in again.sheets)) == ((), 6)


async def test_a_list_after_the_listing_matches_in_one_go(office: Office, ani: Store) -> None:
    paid = [replace(each, payee=each.name) for each in made(4)]
    await bring(ani, paid)
    rows = [*map(paper, paid), paper(paid[0]), ("JHT", "", "", "", "Rp5", "31-07-2023")]
    path = office.home / "MASUK" / "berkas.xlsx"
    cells = [line.split("\t") for line in paid_list(rows).split("\n")]
    writers["xlsx"](path, [Sheet("BERKAS", [list(line) for line in cells])], "xlsx")
    plan = await ani.listings.paid_plan(path)
    assert (plan.verdicts, [row.verdict for row in plan.rows]) == ({"match": 4}, ["refused"])
    done = await ani.listings.paid_apply(plan)
    assert (done.new, [sheet.same for sheet in done.sheets]) == (4, [1])
    assert {row["state"] for row in facts(office, "claim_file").values()} == {"matched"}
    assert not (await ani.listings.check(DAY)).open


async def test_an_approved_difference_is_no_longer_open(office: Office, ani: Store) -> None:
    paid = [replace(made(1)[0], program="JKK", payee="RS CONTOH MANDAU")]
    await bring(ani, paid)
    await ani.listings.paid_apply(await ani.listings.paid_plan(paid_list([paper(paid[0])])))
    day = await ani.listings.check(DAY)
    assert (day.open, day.payments[0].comparison.needs_yes) == (True, ("payee-differs",))
    file_id = day.payments[0].file_id
    assert file_id is not None
    await ani.files.approve([file_id], "dibayar ke rumah sakit")
    day = await ani.listings.check(DAY)
    assert (day.open, str(day.payments[0].verdict)) == (False, "match")


async def test_who_brings_listings_in(office: Office, ani: Store) -> None:
    intern = await office.hire(ani, "budi", "magang")
    for call in (intern.listings.plan(text(made(1))), intern.listings.check(DAY)):
        with pytest.raises(NotAllowed):
            await call
    await ani.staff.assign("budi", "keuangan", "Keuangan", DAY, DAY)
    done = await intern.listings.apply(await intern.listings.plan(text(made(1))))
    assert done.new == 1
    allowed = (await intern.refresh_me()).permissions
    assert "receive_files" in allowed
    assert "approve_files" not in allowed  # an intern's assignment never approves
    officer = await office.hire(ani, "cici", "keuangan")
    await ani.staff.assign("cici", "magang", "", DAY, DAY)
    assert {"receive_files", "approve_files", "call"} <= (await officer.refresh_me()).permissions


async def test_nothing_is_left_beside_the_office(office: Office, ani: Store, tmp_path: Path) -> None:
    before = sorted(path.name for path in office.home.iterdir())
    await ani.listings.plan(write(tmp_path, listing(random.Random(2), made(2), text_only=True), "pdf"))
    assert sorted(path.name for path in office.home.iterdir()) == before
