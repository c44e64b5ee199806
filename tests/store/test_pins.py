"""The PIN at the store's door: chosen, tried, forgotten; shared accounts; and what is written only after it."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from store import Store, open_store
from store.errors import ChoosePerson, Invalid, NoPin, NotAllowed, NotFound, NotStaff, OwnWork, PinNeeded
from store.rows import QueueFilter
from store.rules.pins import MOST_TRIES
from tests.store.office import Office, wib

MINE, OTHER = "482917", "705318"


async def come_in(office: Office, account: str, person: str | None = None) -> Store:
    """As somebody opens Loket: nobody has given a PIN yet."""
    store = await open_store(office.home, url=office.url, login=account, person=person, clock=office.clock)
    office.opened.append(store)
    return store


def actions(office: Office) -> list[str]:
    return [row[0] for row in office.sql("SELECT action FROM audit ORDER BY id")]


async def test_tries_are_counted_over_every_start_and_terminal(office: Office) -> None:
    ani = await come_in(office, "ani")
    assert (await ani.pins.mine()).known is False
    with pytest.raises(NotFound):
        await ani.pins.give(MINE)
    for weak in ("1234", "111111", "123456", "010167"):
        with pytest.raises(Invalid) as refused:
            await ani.pins.choose(weak)
        assert weak not in str(refused.value)
    assert (await ani.pins.choose(MINE)).right
    assert (await ani.pins.give(MINE)).right
    assert [(await ani.pins.give(OTHER)).left for _ in range(3)] == [4, 3, 2]
    again = await come_in(office, "ani")
    both = await asyncio.gather(*(store.pins.give(OTHER) for store in (ani, again)))
    assert sorted(answer.left for answer in both) == [0, 1]
    for store in (ani, again, await come_in(office, "ani")):
        waits = await store.pins.give(MINE)
        assert (waits.right, waits.try_at) == (False, office.clock.now + timedelta(minutes=15))
    office.clock.pass_by(minutes=15)
    assert (await again.pins.give(OTHER)).try_at == office.clock.now + timedelta(minutes=30)
    office.clock.pass_by(minutes=29)
    assert not (await again.pins.give(MINE)).right
    office.clock.pass_by(minutes=1)
    assert (await again.pins.give(MINE)).right
    assert (await ani.pins.give(OTHER)).left == MOST_TRIES - 1
    noted = actions(office)
    assert (noted.count("pin.wrong"), noted.count("pin.exhausted")) == (5, 2)
    assert await ani.audit.verify() is None


async def test_another_pin_wants_the_one_before(office: Office) -> None:
    ani = await come_in(office, "ani")
    await ani.pins.choose(MINE)
    assert (await ani.pins.choose(OTHER, "111222")).left == MOST_TRIES - 1
    assert not (await ani.pins.choose(OTHER)).right
    with pytest.raises(Invalid):
        await ani.pins.choose(MINE, MINE)
    assert (await ani.pins.choose(OTHER, MINE)).right
    assert not (await ani.pins.give(MINE)).right


async def test_a_forgotten_pin_is_chosen_anew_with_a_code(office: Office) -> None:
    ani = await come_in(office, "ani")
    await ani.staff.add("budi", "BUDI", "Pelayanan", "magang")
    budi = await come_in(office, "budi")
    await budi.pins.choose(MINE)
    with pytest.raises(NotAllowed):
        await budi.pins.reset("ani")
    with pytest.raises(NotFound):
        await ani.pins.reset("nobody")
    for _ in range(MOST_TRIES):
        await budi.pins.give(OTHER)
    code = await ani.pins.reset("budi")
    given = await budi.pins.give(code)
    assert (given.right, given.code, (await budi.pins.mine()).needed) == (True, True, True)
    assert (await budi.pins.choose(OTHER, code)).right
    assert not (await budi.pins.give(code)).right
    late = await ani.pins.reset("budi")
    office.clock.pass_by(days=3, minutes=1)
    assert (await budi.pins.give(late)).over
    assert not (await budi.pins.choose(OTHER, late)).right
    # Whoever is the only one to administer helps themselves; from the second on nobody does.
    assert (await ani.pins.choose(MINE, await ani.pins.reset("ani"))).right
    await ani.staff.add("cici", "CICI", "", "admin")
    with pytest.raises(OwnWork):
        await ani.pins.reset("ani")


async def test_nothing_of_a_pin_is_in_the_trail(office: Office) -> None:
    ani = await come_in(office, "ani")
    await ani.pins.choose(MINE)
    await ani.pins.give(OTHER)
    await ani.pins.give(MINE)
    code = await ani.pins.reset("ani")
    ((kept,),) = office.sql("SELECT hash FROM pin")
    trail = json.dumps(office.sql("SELECT payload FROM audit_change")) + repr(await ani.audit.entries())
    assert not any(secret in trail for secret in (MINE, OTHER, code, kept, "argon2"))
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert {"pin.chosen", "pin.wrong", "pin.given", "pin.reset"} <= set(actions(office))


async def test_a_shared_account_shows_nothing_before_the_pin(office: Office) -> None:
    ani = await come_in(office, "ani")
    for login in ("budi", "cici", "dodi"):
        await ani.staff.add(login, login.upper(), "Pelayanan", "magang")
    await ani.staff.share("loket1", ["cici", "budi", "dodi"])
    await ani.staff.disable("dodi")
    assert await ani.staff.shared() == {"loket1": ("budi", "cici", "dodi")}
    with pytest.raises(Invalid):
        await ani.staff.share("budi", ["cici"])
    with pytest.raises(Invalid):
        await ani.staff.add("loket1", "", "", "magang")
    with pytest.raises(ChoosePerson) as choice:
        await come_in(office, "loket1")
    assert choice.value.people == (("budi", "BUDI"), ("cici", "CICI"))
    for person in ("dodi", "ani"):
        with pytest.raises(NotStaff):
            await come_in(office, "loket1", person)
    with pytest.raises(NoPin):
        await come_in(office, "loket1", "budi")
    code = await ani.pins.reset("budi")
    budi = await come_in(office, "loket1", "budi")
    assert budi.pin_due
    for look in (lambda: budi.queue.rows(QueueFilter(), 0, 9), budi.refresh_me, lambda: budi.drafts.save("a", "b")):
        with pytest.raises(PinNeeded):
            await look()
    assert (await budi.pins.give(code)).code
    with pytest.raises(PinNeeded):
        await budi.refresh_me()
    await budi.pins.choose(MINE, code)
    assert not budi.pin_due
    assert (await budi.refresh_me()).login == "budi"
    assert office.sql("SELECT account FROM session WHERE id = ?", office.session_of(budi)) == [("loket1",)]
    await ani.staff.share("loket1", ["cici"])
    with pytest.raises(NotStaff):
        await come_in(office, "loket1", "budi")
    assert await ani.audit.verify() is None


async def test_who_locked_the_screen_is_asked_at_a_start_from_the_same_login(office: Office) -> None:
    ani = await come_in(office, "ani")
    await ani.pins.choose(MINE)
    await ani.pins.lock()
    await ani.close()
    again = await come_in(office, "ani")
    with pytest.raises(PinNeeded):
        await again.refresh_me()
    await again.close()
    third = await come_in(office, "ani")
    assert third.pin_due
    assert (await third.pins.give(MINE)).right
    assert not (await come_in(office, "ani")).pin_due
    await third.pins.lock()
    office.sql("UPDATE session SET logged_in = 'another shell'")
    assert not (await come_in(office, "ani")).pin_due


async def test_roles_and_approvals_want_a_pin_of_the_last_five_minutes(office: Office) -> None:
    ani = await come_in(office, "ani")
    await ani.staff.add("budi", "BUDI", "", "magang")  # the first days of an office: nobody has a PIN
    await ani.pins.choose(MINE)
    await ani.staff.role("budi", "pelayanan")
    office.sql("UPDATE session SET pin_at = pin_at - 300001")
    for deed in (
        lambda: ani.staff.role("budi", "magang"),
        lambda: ani.staff.assign("budi", "magang", "", wib(31, 9).date(), None),
        lambda: ani.staff.disable("budi"),
        lambda: ani.staff.share("loket1", ["budi"]),
        lambda: ani.pins.reset("budi"),
    ):
        with pytest.raises(PinNeeded):
            await deed()
    assert (await ani.pins.mine()).needed
    await ani.pins.give(MINE)
    await ani.staff.role("budi", "kepesertaan")
    budi = await come_in(office, "budi")
    with pytest.raises(PinNeeded) as needed:
        await budi.corrections.approve([1])
    assert needed.value.missing
    await budi.pins.choose(OTHER)
    with pytest.raises(NotFound):
        await budi.corrections.approve([1])


async def test_a_practice_office_asks_for_no_pin_unless_it_locks(office: Office) -> None:
    ani = await come_in(office, "ani")
    assert (await ani.office.now()).lock_minutes == 15
    for value in (0, 61, "5", True):
        with pytest.raises(Invalid):
            await ani.office.set_setting("lock.minutes", value)
    await ani.office.set_setting("lock.minutes", 5)
    assert (await ani.office.now()).lock_minutes == 5
    await ani.office.set_setting("lock.minutes", None)
    office.sql("UPDATE setting SET value = 'true' WHERE key = 'office.practice'")
    ani = await come_in(office, "ani")
    assert ((await ani.office.now()).lock_minutes, (await ani.pins.mine()).needed) == (None, False)
    await ani.office.set_setting("lock.minutes", 15)
    assert (await ani.pins.mine()).needed
