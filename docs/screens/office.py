"""The practice office that the pictures show: invented people, a week of calls, a clock that stands still."""

from __future__ import annotations

import os
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

from store import Store, create_office, open_store
from store.assists import AssistIn
from store.counter import ContactIn, Promise
from store.drafts import GUIDE_DRAFT
from store.practice import fill_practice
from store.rows import Card
from store.rules.assists import Activation, ClaimReason, Paper, PaperState
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Topic
from store.rules.hours import from_wib, to_wib
from store.rules.outcomes import Channel, Outcome

FOUNDER, HEAD, CALLERS = "rani", "hadi", ("budi", "cici")
TODAY = date(2023, 7, 31)
DAYS = tuple(date(2023, 7, day) for day in (21, 24, 25, 26, 27, 28, 31))
ENDINGS = (
    *(Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.UNREACHABLE, Outcome.MESSAGE_LEFT),
    *(Outcome.WILL_CLAIM, Outcome.WILL_CLAIM, Outcome.WILL_CLAIM, Outcome.SAYS_CLAIMED, Outcome.NOT_YET),
)
"""How a call ends, as often as it stands here."""

TOPICS = (
    *(Topic.CLAIM, Topic.CLAIM, Topic.HOURS, Topic.HOURS, Topic.JMO, Topic.JMO, Topic.JMO, Topic.STATUS),
    *(Topic.PLACE, Topic.CARD, Topic.CONTRIBUTIONS, Topic.OTHER),
)
"""What people ask, as often as it stands here."""

COMPANY = "PT CONTOH SAWIT MANDAU"
NUMBERS = ("081200009901", "081200009902")
"""Who rang and was not answered."""


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
            if day != TODAY:
                await _counter_day(callers, clock, day)
            if day == DAYS[-3]:
                await _promises(callers[0], clock)
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


async def _counter_day(callers: list[Store], clock: Clock, day: date) -> None:
    """Calls and visits of a day, between those of the telephone desk."""
    chance = random.Random(day.toordinal())
    at = from_wib(day, time(9, 10))
    for _contact in range(chance.randrange(5, 10)):
        at += timedelta(minutes=chance.randrange(9, 70))
        if time(12) <= to_wib(at).time() < time(13, 5):  # the break
            at += timedelta(minutes=65)
        clock.now = at
        channel = chance.choice((ContactChannel.PHONE, ContactChannel.PHONE, ContactChannel.DESK))
        caller = chance.choice((Caller.ANONYMOUS, Caller.ANONYMOUS, Caller.SELF, Caller.COMPANY))
        known = caller is Caller.SELF
        await chance.choice(callers).counter.save(
            ContactIn(
                channel,
                at - timedelta(minutes=2),
                chance.choice(TOPICS),
                chance.choice((ContactOutcome.ANSWERED,) * 5 + (ContactOutcome.COLLEAGUE, ContactOutcome.COME_IN)),
                caller,
                participant_id=await _person(callers[0], chance.randrange(60, 120)) if known else None,
                company=COMPANY if caller is Caller.COMPANY else "",
            )
        )


async def _promises(budi: Store, clock: Clock) -> None:
    """What was promised, missed and helped with, and is not done when the pictures are taken."""
    clock.now = max(clock.now, from_wib(DAYS[-3], time(15, 20)))
    for number in NUMBERS:
        missed = ContactIn(ContactChannel.MISSED, clock.now, Topic.OTHER, ContactOutcome.MISSED, number=number)
        await budi.counter.save(missed)
        clock.now += timedelta(minutes=6)
    answered = (await budi.counter.missed())[0].contact_id
    await budi.counter.save(
        ContactIn(ContactChannel.PHONE, clock.now, Topic.CLAIM, number=NUMBERS[0], answers_id=answered)
    )
    me = budi.me.staff_id
    for person, what, due in (
        (101, "Cek status klaim di Smile", from_wib(DAYS[-2], time(16))),
        (102, "Kirim daftar dokumen JHT 56", from_wib(TODAY, time(14))),
        (103, "Telepon balik dengan jawabannya", from_wib(date(2023, 8, 2), time(17))),
    ):
        clock.now += timedelta(minutes=11)
        await budi.counter.save(
            ContactIn(
                ContactChannel.PHONE,
                clock.now,
                Topic.STATUS,
                ContactOutcome.FOLLOW_UP,
                Caller.SELF,
                participant_id=await _person(budi, person),
                right_party=True,
                promise=Promise(what, due, me),
            )
        )
    there = (Paper.KTP, Paper.CARD, Paper.BANK_BOOK, Paper.EMAIL, Paper.PHONE)
    await budi.assists.begin(
        AssistIn(
            Channel.LAPAK_ASIK,
            ClaimReason.AGE,
            participant_id=await _person(budi, 104),
            documents={**dict.fromkeys(there, PaperState.PRESENT), Paper.KK: PaperState.MISSING},
            activation=Activation.DONE,
            email_handed_over=True,
            interview_at=from_wib(TODAY, time(13, 30)),
        )
    )


async def _person(store: Store, row: int) -> int:
    """The participant of this row of the invented list."""
    (found,) = await store.persons.find(f"9956{row:07d}", 2)
    return found.participant_id
