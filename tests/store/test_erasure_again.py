"""A backup from before an erasure, restored: what went is there again, is known by its ledger, and goes again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.backups import restore_office
from store.erasure_ledger import LEDGER
from store.rules.erasures import NAME, DataKind
from tests.store.office import Clock, Office, Person, facts, wib
from tests.store.test_erasures import SITI, WORDS, crew, named, paid, phoned, ruled


@pytest.fixture
async def one_file(home: Path, sqlite_url: str) -> AsyncIterator[Office]:
    made = Office(home, sqlite_url, Clock(wib(31, 9)))
    await made.create()
    yield made
    await made.close()


async def test_what_was_erased_goes_again_after_an_older_backup_is_restored(one_file: Office, tmp_path: Path) -> None:
    ani, rini, joko = await crew(one_file)
    await phoned(one_file, rini)
    await paid(one_file, rini, SITI)
    await ruled(ani, joko)
    await ruled(ani, joko, DataKind.CALLS, 1)
    one_file.clock.now = wib(31, 9) + timedelta(days=366 * 5)
    made = await ani.backups.make(unencrypted=True)
    one_file.clock.pass_by(hours=1)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    gone = (await rini.erasures.run(number)).done
    ledger = (one_file.home / LEDGER).read_text(encoding="utf-8")
    assert not [word for word in WORDS if word in ledger]
    assert await rini.erasures.back() == 0
    into = tmp_path / "baru"
    done = await restore_office(Path(made.file), into)
    assert done.erased_since == gone > 0

    restored = Office(into, f"sqlite://{into}/loket.sqlite", one_file.clock)
    rini = await restored.open("rini")
    later = Person("99000088888", "ORANG LAIN", born=date(1967, 8, 9), claimed="SUDAH", company="PT CONTOH")
    await restored.bring_in(rini, [later])
    assert named(restored)
    assert await rini.erasures.back() == gone
    again = await rini.erasures.again()
    assert (again.done, again.scrubbed) == (gone, True)
    assert named(restored) == set()
    assert {row["name"] for row in facts(restored, "participant").values()} == {NAME, "BADU MALANG", "ORANG LAIN"}
    assert await rini.erasures.back() == 0
    assert await (await restored.open()).audit.verify() is None
    await restored.close()


async def test_a_number_that_somebody_else_has_by_now_is_not_theirs(one_file: Office, tmp_path: Path) -> None:
    """Whoever came in after the backup and was erased: in the restored office that number is another person's."""
    ani, rini, joko = await crew(one_file)
    made = await ani.backups.make(unencrypted=True)
    one_file.clock.pass_by(hours=1)
    await one_file.bring_in(rini, [Person("99000012345", "SITI RAHAYU", claimed="SUDAH")])
    await ruled(ani, joko)
    one_file.clock.now += timedelta(days=366 * 5)
    number = await rini.erasures.propose()
    await joko.erasures.approve(number, 1)
    assert (await rini.erasures.run(number)).done == 1
    into = tmp_path / "baru"
    await restore_office(Path(made.file), into)
    restored = Office(into, f"sqlite://{into}/loket.sqlite", one_file.clock)
    rini = await restored.open("rini")
    await restored.bring_in(rini, [Person("99000088888", "ORANG LAIN", claimed="SUDAH")])
    assert await rini.erasures.back() == 0
    assert (await rini.erasures.again()).done == 0
    assert [row["name"] for row in facts(restored, "participant").values()] == ["ORANG LAIN"]
    await restored.close()
