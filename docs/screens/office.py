"""The practice office that the pictures show: invented people, a week of calls, a clock that stands still."""

from __future__ import annotations

import os
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

from store import Store, create_office, open_store
from store.practice import GUIDE_DRAFT, fill_practice
from store.rows import Card
from store.rules.hours import from_wib
from store.rules.outcomes import Outcome

FOUNDER, HEAD, CALLERS = "rani", "hadi", ("budi", "cici")
TODAY = date(2023, 7, 31)
DAYS = tuple(date(2023, 7, day) for day in (21, 24, 25, 26, 27, 28, 31))
ENDINGS = (
    *(Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.UNREACHABLE, Outcome.MESSAGE_LEFT),
    *(Outcome.WILL_CLAIM, Outcome.WILL_CLAIM, Outcome.WILL_CLAIM, Outcome.SAYS_CLAIMED, Outcome.NOT_YET),
)
"""How a call ends, as often as it stands here."""


class Clock:
    """The office's clock, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def made(home: Path) -> datetime:
    """Sets the office up in an empty folder; the instant at which the pictures are taken."""
    clock = Clock(from_wib(DAYS[0], time(7, 45)))
    await create_office(home, name="Kantor Latihan", practice=True, login=FOUNDER, clock=clock)
    founder = await open_store(home, login=FOUNDER, clock=clock)
    try:
        await fill_practice(founder, people=120)
        await founder.drafts.clear(GUIDE_DRAFT)
        await founder.staff.add(HEAD, "Hadi Contoh", "Pelayanan", "kepala_bidang")
        for login in CALLERS:
            await founder.staff.add(login, f"{login.title()} Latihan", "Pelayanan", "magang")
    finally:
        await founder.close()
    await _calls(home, clock)
    for file in (home / "MASUK").iterdir():
        os.utime(file, (from_wib(TODAY, time(7, 30)).timestamp(),) * 2)
    return clock.now


async def _calls(home: Path, clock: Clock) -> None:
    """Calls of every day; the order and the endings are always the same."""
    chance = random.Random(56)
    callers = [await open_store(home, login=login, clock=clock) for login in CALLERS]
    try:
        for day in DAYS:
            clock.now = from_wib(day, time(8, 10))
            for _call in range(chance.randrange(2, 5)):
                for caller in callers:
                    clock.now += timedelta(minutes=chance.randrange(2, 6))
                    await _call_somebody(caller, chance.choice(ENDINGS))
    finally:
        for caller in callers:
            await caller.close()
    clock.now = from_wib(TODAY, time(9, 30))


async def _call_somebody(caller: Store, ending: Outcome) -> None:
    card = await caller.queue.claim()
    if isinstance(card, Card):
        served = await caller.queue.outcome(card, ending)
        if isinstance(served.next, Card):
            await caller.queue.put_back(served.next)
