"""What the fields of a quick answer say at this moment: open or closed, hours, closed days, place, dated matters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from store.answers import AnswerFacts
from store.rules.answers import AnswerRow
from store.rules.hours import ClosedReason, DayHours, OfficeCalendar, to_wib
from store.rules.money import format_rupiah
from tui import i18n
from tui.i18n import _, day_words, hour, long_date, moment, ngettext, weekday, weekday_names
from tui.words.settings import clock, stretch

CLOSED_DAYS = 3
"""Coming closed days that are told."""


def values(facts: AnswerFacts, office: str, now: datetime) -> Mapping[str, str]:
    """The merge fields (store/rules/answers.py `FIELDS`) in the language in use."""
    limit, age = facts.jmo_limit.value, facts.pension_age.value
    years = "?" if age is None else ngettext("1 year", "{n} years", age).format(n=age)
    return {
        "kantor": office,
        "alamat": facts.address or _("(address not written down yet: settings, 0)"),
        "telepon": facts.phone or _("(telephone not written down yet: settings, 0)"),
        "arah": facts.way or _("(way not written down yet: settings, 0)"),
        "sekarang": open_now(facts.calendar, now),
        "hari_ini": hours_today(facts.calendar, now),
        "jam_kerja": every_week(facts.calendar),
        "hari_tutup": closed_days(facts.calendar, now),
        "batas_jmo": _("(limit not known: settings, 5)") if limit is None else format_rupiah(limit),
        "usia_jp": years,
    }


def values_for(row: AnswerRow | None, facts: AnswerFacts, office: str, now: datetime) -> Mapping[str, str]:
    """The same in the language of an answer, which need not be the one of the screens."""
    with i18n.speaking(row.text.language if row is not None else i18n.language()):
        return values(facts, office, now)


def open_now(calendar: OfficeCalendar, now: datetime) -> str:
    """Open until when, or closed, why, and until when."""
    closed = calendar.reason_closed(now)
    if closed is None:
        return _open(calendar, now)
    again = moment(calendar.next_opening(now), now)
    match closed.reason:
        case ClosedReason.BREAK:
            return _("Break now; open again {when}").format(when=again)
        case ClosedReason.BEFORE:
            return _("Not open yet; opens {when}").format(when=again)
        case ClosedReason.HOLIDAY:
            return _("Closed today, {holiday}; open again {when}").format(holiday=closed.holiday, when=again)
        case _:
            return _("Closed now; open again {when}").format(when=again)


def _open(calendar: OfficeCalendar, now: datetime) -> str:
    until = calendar.closes_next(now)
    stretches = calendar.stretches(to_wib(now).date())
    later = [start for start, _end in stretches if start >= until]
    if later:
        return _("Open now, until {until}; break until {again}").format(until=hour(until), again=hour(later[0]))
    return _("Open now, until {until}").format(until=hour(until))


def hours_today(calendar: OfficeCalendar, now: datetime) -> str:
    """'Monday 31 July 2023: 08.00–12.00, 13.00–17.00', or that it is closed."""
    today = to_wib(now).date()
    day = f"{weekday(today)} {long_date(today)}"
    stretches = calendar.stretches(today)
    if not stretches:
        return _("{day}: closed").format(day=day)
    return f"{day}: {', '.join(f'{hour(start)}–{hour(end)}' for start, end in stretches)}"


def every_week(calendar: OfficeCalendar) -> str:
    """Neighbouring weekdays of the same hours in one: 'Monday–Thursday 08.00–17.00 (break 12.00–13.00); …'."""
    names = weekday_names()
    told = []
    for hours, run in groupby(range(7), key=lambda day: calendar.week.get(day)):
        days = list(run)
        name = names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"
        told.append(f"{name} {_hours(hours)}")
    return "; ".join(told)


def _hours(hours: DayHours | None) -> str:
    if hours is None:
        return _("closed")
    worked = stretch(hours.opens, hours.closes)
    if hours.break_from is None or hours.break_until is None:
        return worked
    pause = f"{clock(hours.break_from)}–{clock(hours.break_until)}"
    return _("{hours} (break {pause})").format(hours=worked, pause=pause)


def closed_days(calendar: OfficeCalendar, now: datetime) -> str:
    """The next days after today on which the office would be open and is not, each with its name."""
    today = to_wib(now).date()
    coming = sorted(day for day in calendar.closed if day > today and day.weekday() in calendar.week)
    told = [f"{day_words(day, today)} ({calendar.closed[day]})" for day in coming[:CLOSED_DAYS]]
    return "; ".join(told) or _("none known")
