"""Who holds whom, as the list says it: a session that has ended holds nobody."""

from __future__ import annotations

from store import Store
from store.rows import QueueFilter
from tests.store.office import Office, hold, people


async def test_the_list_names_no_holder_whose_session_ended(office: Office, ani: Store) -> None:
    await office.bring_in(ani, people(2))
    budi = await office.hire(ani, "budi")
    card = await hold(budi)
    held = {row.kpj: row.holder for row in await ani.queue.rows(QueueFilter(), 0, 10) if row.holder}
    assert held == {card.kpj: "BUDI"}
    await budi.close()
    assert [row.holder for row in await ani.queue.rows(QueueFilter(), 0, 10)] == [None, None]
