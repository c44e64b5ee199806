"""Merging within an office: by role, into KELUAR, and the trail says who took which file."""

from __future__ import annotations

import threading

import pytest

from store import Store
from store.errors import FileRefused, NotAllowed
from store.workbooks.merge import MergeProgress
from store.workbooks.merge_out import MergeWords
from store.workbooks.results_out import SheetOut
from tests.store.office import Office

WORDS = MergeWords("Gabungan", ("BERKAS", "SHEET", "BARIS"), SheetOut("Laporan", ("Sheet",), []))


async def test_a_merge_goes_out_once_and_the_trail_says_who_took_it(office: Office, ani: Store) -> None:
    source = ani.inbox / "a.csv"
    source.write_text("KPJ;NAMA\n00000000001;ANI\nTOTAL;1\n")
    told: list[MergeProgress] = []
    with await ani.merges.plan([source, source], "csv", progress=told.append) as found:
        assert (found.rows, found.open) == (2, False)
        await ani.merges.run(found, ani.outbox / "gabungan.csv", WORDS, inputs=[source], progress=told.append)
    assert (ani.outbox / "gabungan.csv").read_text() == "KPJ,NAMA\n00000000001,ANI\n00000000001,ANI\n"
    assert (told[-1].writing, told[-1].rows) == (True, 2)
    entry = (await ani.audit.entries(1))[0]
    assert (entry.action, entry.by, entry.why) == ("export.merge", "ani", "gabungan.csv")
    stop = threading.Event()
    stop.set()
    with pytest.raises(FileRefused, match="stopped"):
        await ani.merges.plan([source], stop=stop)
    budi = await office.hire(ani, "budi", "magang")
    with pytest.raises(NotAllowed):
        await budi.merges.plan([source])
