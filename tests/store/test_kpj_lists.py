"""Campaigns made from a file of KPJ: known people come onto the list, the others are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from store.errors import FileRefused, Invalid, NotAllowed
from store.rows import QueueFilter
from tests.store.office import Office, facts, people

BANK = QueueFilter(kind="bank_check")


def write(office: Office, *lines: str, name: str = "rekening.csv") -> Path:
    path = office.home / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
async def known(office: Office, ani: Store) -> Store:
    await office.bring_in(ani, people(3))
    return ani


async def test_a_list_of_kpj_alone_becomes_a_campaign(office: Office, known: Store) -> None:
    path = write(office, "KPJ", "21000000001", "'21000000003", "99000000009", "tidak ada", "21000000001")
    listed = await known.kpj_lists.add(path, "bank_check", "rekening BRI")
    assert (listed.added, listed.same, listed.unknown) == (2, 0, ("99000000009",))
    assert [(row.row, row.raw) for row in listed.unread] == [(5, "tidak ada")]
    assert listed.open
    rows = await known.queue.rows(BANK, 0, 9)
    assert sorted(row.kpj for row in rows) == ["21000000001", "21000000003"]


async def test_other_columns_are_neither_asked_for_nor_read(office: Office, known: Store) -> None:
    before = facts(office, "participant")
    path = write(office, "DAFTAR REKENING", "NO;NO KPJ;NAMA;HP", "1;21000000002;NAMA LAIN;081299998888")
    listed = await known.kpj_lists.add(path, "incomplete_file", "KK belum ada")
    assert (listed.added, listed.open) == (1, False)
    assert facts(office, "participant") == before


async def test_the_same_file_again_adds_nobody_and_one_undo_takes_it_back(office: Office, known: Store) -> None:
    path = write(office, "KPJ", "21000000001", "21000000002")
    listed = await known.kpj_lists.add(path, "failed_claim", "berkas bisa diambil")
    again = await known.kpj_lists.add(path, "failed_claim", "berkas bisa diambil")
    assert (again.added, again.same) == (0, 2)
    assert listed.undo is not None
    await known.undo.undo(listed.undo)
    assert await known.queue.count(QueueFilter(kind="failed_claim")) == 0


async def test_only_unknown_people_make_no_campaign(office: Office, known: Store) -> None:
    listed = await known.kpj_lists.add(write(office, "KPJ", "99000000009"), "bank_check", "rekening")
    assert (listed.added, listed.unknown, listed.undo) == (0, ("99000000009",), None)
    assert [row.kind for row in await known.queue.status()] == ["jht56"]


async def test_what_is_no_list_of_kpj_is_refused_and_changes_nothing(office: Office, known: Store) -> None:
    with pytest.raises(FileRefused) as refused:
        await known.kpj_lists.add(write(office, "NAMA;HP", "BUDI;0812"), "bank_check", "rekening")
    assert refused.value.reason == "no-kpj"
    path = write(office, "KPJ", "21000000001")
    for kind, matter in (("jht56", "x"), ("bank_check", " ")):
        with pytest.raises(Invalid):
            await known.kpj_lists.add(path, kind, matter)
    budi = await office.hire(known, "budi")
    with pytest.raises(NotAllowed):
        await budi.kpj_lists.add(path, "bank_check", "rekening")
    assert await known.queue.count(BANK) == 0
