"""Figures of the counter: what people came for, when, who served them, and how fast promises were kept.

Contacts are calls that were answered and visits; a missed call is counted by itself, and beside them only where it is
about when people ring (hours, weekdays). Times between two instants are *office hours*: minutes in which the office
was open, without the break, week-ends and days off: a promise of Friday afternoon is not two days old on Monday.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from store.rules.counter import ContactChannel, ContactOutcome, FollowUpState
from store.rules.due import is_overdue
from store.rules.hours import OfficeCalendar, to_wib
from store.value_class import value_class

CHANNELS = (ContactChannel.PHONE, ContactChannel.DESK, ContactChannel.MISSED)
ENDINGS = (ContactOutcome.ANSWERED, ContactOutcome.COLLEAGUE, ContactOutcome.FOLLOW_UP, ContactOutcome.COME_IN)

Counts = dict[str, dict[str, int]]
"""Group -> count by name; every group has the same names in the same order."""


@value_class
class ContactFact:
    """What counts of one contact or missed call."""

    at: datetime
    channel: str
    caller: str
    topic: str
    outcome: str
    by: str
    settled_at: datetime | None  # of a missed call


@value_class
class PromiseFact:
    """What counts of one follow-up that was promised at a contact."""

    made_at: datetime
    due_at: datetime
    state: str
    done_at: datetime | None


@value_class
class IncomingFigures:
    """Numbers of contacts, missed calls and promises; `…_half` and `…_most` are office minutes, None where none ended.

    Half of them took at most `…_half`, nine of ten at most `…_most` (nearest rank).
    """

    contacts: int
    by_channel: dict[str, int]  # missed calls too
    by_ending: dict[str, int]  # of contacts
    missed_answered: int
    missed_in_vain: int
    missed_open: int
    missed_half: int | None
    missed_most: int | None
    promised: int
    done: int
    done_in_time: int
    dropped: int
    open: int
    overdue: int
    done_half: int | None
    done_most: int | None
    by_topic: Counts  # all, and by ending
    by_hour: Counts  # '08' -> by channel; from the first hour that has one to the last
    by_weekday: Counts  # '0' (Monday) … '6' -> by channel
    by_handler: Counts  # all, by channel, promised
    by_caller: Counts  # all, and by channel


def figures(
    contacts: Sequence[ContactFact], promises: Sequence[PromiseFact], calendar: OfficeCalendar, now: datetime
) -> IncomingFigures:
    """The figures of these contacts and the promises made at them, as they stand at `now`."""
    served = [fact for fact in contacts if fact.channel != ContactChannel.MISSED]
    missed = [fact for fact in contacts if fact.channel == ContactChannel.MISSED]
    answered = [fact for fact in missed if fact.settled_at is not None and fact.outcome != ContactOutcome.GAVE_UP]
    waits = [office_minutes(fact.at, fact.settled_at, calendar) for fact in answered if fact.settled_at is not None]
    done = [fact for fact in promises if fact.state == FollowUpState.DONE and fact.done_at is not None]
    takes = [office_minutes(fact.made_at, fact.done_at, calendar) for fact in done if fact.done_at is not None]
    still = [fact for fact in promises if fact.state == FollowUpState.OPEN]
    endings = Counter(fact.outcome for fact in served)
    channels = Counter(fact.channel for fact in contacts)
    in_vain = sum(fact.outcome == ContactOutcome.GAVE_UP for fact in missed)
    return IncomingFigures(
        contacts=len(served),
        by_channel={str(channel): channels[channel] for channel in CHANNELS},
        by_ending={str(ending): endings[ending] for ending in ENDINGS},
        missed_answered=len(answered),
        missed_in_vain=in_vain,
        missed_open=len(missed) - len(answered) - in_vain,
        missed_half=within(waits, 50),
        missed_most=within(waits, 90),
        promised=len(promises),
        done=len(done),
        done_in_time=sum(fact.done_at is not None and fact.done_at <= fact.due_at for fact in done),
        dropped=sum(fact.state == FollowUpState.DROPPED for fact in promises),
        open=len(still),
        overdue=sum(is_overdue(fact.due_at, now, calendar) for fact in still),
        done_half=within(takes, 50),
        done_most=within(takes, 90),
        by_topic=_groups(((fact.topic, fact.outcome) for fact in served), ENDINGS),
        by_hour=_hours(contacts),
        by_weekday=_weekdays(contacts),
        by_handler=_handlers(served),
        by_caller=_groups(((fact.caller, fact.channel) for fact in served), CHANNELS[:2]),
    )


def office_minutes(start: datetime, end: datetime, calendar: OfficeCalendar) -> int:
    """Whole minutes between two instants in which the office was open; 0 where the end comes first."""
    day, last, open_for = to_wib(start).date(), to_wib(end).date(), timedelta()
    while day <= last:
        for opens, closes in calendar.stretches(day):
            open_for += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return open_for // timedelta(minutes=1)


def within(values: Sequence[int], percent: int) -> int | None:
    """The least of the values that so many percent of them do not exceed; None of none."""
    if not values:
        return None
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def _groups(pairs: Iterable[tuple[str, str]], names: Sequence[str]) -> Counts:
    """By the first of each pair: how many, and how many of each name; the largest first."""
    groups: Counts = {}
    for group, name in pairs:
        counts = groups.setdefault(group, {"all": 0, **{str(each): 0 for each in names}})
        counts["all"] += 1
        if name in counts:
            counts[name] += 1
    return dict(sorted(groups.items(), key=lambda item: (-item[1]["all"], item[0])))


def _by_time(keys: Sequence[str], pairs: Iterable[tuple[str, str]]) -> Counts:
    groups = {key: {str(channel): 0 for channel in CHANNELS} for key in keys}
    for key, channel in pairs:
        groups[key][channel] += 1
    return groups


def _hours(contacts: Sequence[ContactFact]) -> Counts:
    pairs = [(to_wib(fact.at).hour, fact.channel) for fact in contacts]
    known = [hour for hour, _channel in pairs]
    keys = [f"{hour:02}" for hour in range(min(known), max(known) + 1)] if known else []
    return _by_time(keys, ((f"{hour:02}", channel) for hour, channel in pairs))


def _weekdays(contacts: Sequence[ContactFact]) -> Counts:
    """Monday to Friday always, the week-end where something came in."""
    pairs = [(str(to_wib(fact.at).weekday()), fact.channel) for fact in contacts]
    seen = {day for day, _channel in pairs}
    keys = [day for day in "0123456" if day in seen or day < "5"] if pairs else []
    return _by_time(keys, pairs)


def _handlers(served: Sequence[ContactFact]) -> Counts:
    groups: Counts = {}
    names = (*CHANNELS[:2], *ENDINGS)
    for fact in served:
        counts = groups.setdefault(fact.by, {"all": 0, **{str(name): 0 for name in names}})
        for name in ("all", fact.channel, fact.outcome):
            if name in counts:
                counts[name] += 1
    return dict(sorted(groups.items(), key=lambda item: (-item[1]["all"], item[0])))
