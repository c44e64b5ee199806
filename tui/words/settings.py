"""Words of the settings screens: what follows an outcome, hours, presets, and why a value is refused."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from store.rules.hours import CalendarError, DayHours
from store.rules.outcomes import OPEN_STATES, Delay, DelayKind, NumberEffect, Policy, PolicyError, State
from store.rules.presets import FIELDS, PresetError, Presets
from store.rules.script import ScriptError
from tui import i18n
from tui.i18n import N_, _, long_date, ngettext

AFTER: Final[dict[str, str]] = {
    State.RETRY: N_("called again"),
    State.CALLBACK: N_("promised call"),
    State.PROMISED: N_("will claim"),
    State.LATER: N_("later again"),
    State.CHECK: N_("status check"),
    State.DONE: N_("done"),
    State.EXHAUSTED: N_("not reached"),
    State.WITHOUT_NUMBER: N_("no number"),
}
"""Where a person goes, in a few cells."""

PARTS: Final[dict[str, str]] = {
    "opening": N_("opening"),
    "message": N_("message"),
    "never": N_("never said"),
}

LANGUAGES: Final[dict[str, str]] = {"id": N_("Indonesian"), "en": N_("English")}

SETTINGS: Final[dict[str, str]] = {
    "calls.policies": N_("outcomes"),
    "office.week": N_("office hours"),
    "office.closed-days": N_("closed days"),
    "calls.presets": N_("hours of the callback keys"),
    "claims.jmo_limits": N_("JMO limit"),
    "calls.scripts": N_("script"),
    "office.name": N_("name of the office"),
    "phones.area_code": N_("area code"),
    "calls.qr": N_("QR codes"),
    "counter.topics": N_("topics of the counter"),
    "office.address": N_("address"),
    "office.phone": N_("telephone"),
    "office.way": N_("way to the office"),
    "printing.printers": N_("printers"),
    "printing.calibration": N_("correction of pages"),
    "voucher.kind": N_("what is printed for vouchers"),
    "voucher.signers": N_("signatories"),
    "voucher.late_days": N_("when a stack is late"),
    "corrections.propose": N_("whether corrections wait for a yes"),
    "lock.minutes": N_("lock of the screen"),
}
"""What a setting is called where one was taken back."""

_POLICY: Final[dict[str, str]] = {
    "delay-unreadable": N_("That delay cannot be read. For example: 30m, 2k, 14h, 3b; 0 is at once."),
    "delay-unit-missing": N_("A unit is missing: m minutes, k working days, h days, b months."),
    "delay-out-of-range": N_("Too long or too short: up to 480 minutes, 60 working days, 366 days or 24 months."),
    "no-delay": N_(
        "Without a delay the same number would ring again at once. Give a delay, or another part of the day."
    ),
    "callback-needs-chosen-time": N_("Here the person says when; no delay can be set."),
    "delay-without-next-call": N_("Nobody calls again after this outcome. Change what follows first (l)."),
    "rotation-without-next-call": N_("Nobody calls again after this outcome. Change what follows first (l)."),
    "tries-not-counted": N_("This outcome does not count tries on a number."),
    "tries-out-of-range": N_("1 to 50 tries on a number."),
    "spent-without-effect": N_("This outcome uses no number up."),
    "number-effect-needs-retry": N_("This outcome says something of the number only; the person is called again."),
    "state-fixed": N_("What follows this outcome is fixed: the dead are not phoned, and what people say is checked."),
    "state-not-a-choice": N_("That cannot follow this outcome."),
}

_CALENDAR: Final[dict[str, str]] = {
    "hours-unreadable": N_("Those hours cannot be read. For example: 8-12 13-17, or 8-14 without a break."),
    "clock-unreadable": N_("That hour cannot be read. For example: 9, 9.30 or 13.45."),
    "hours-disorder": N_("The hours run backwards: opening, break from, break until, closing."),
    "week-empty": N_("The office must work on one day at least."),
    "never-opens": N_("The office would never open."),
    "day-unreadable": N_("That date cannot be read. For example: 7/8, or 7/8/2024."),
    "days-reversed": N_("The last day lies before the first one. First day first: 1/8 14/8."),
    "amount-unreadable": N_("That amount cannot be read. For example: 15000000 or Rp15.000.000."),
}

_PRESET: Final[dict[str, str]] = {
    "span-out-of-range": N_("From 15 minutes to 8 hours."),
    "not-morning": N_("This key means a morning: an hour before 12."),
    "not-afternoon": N_("This key means an afternoon: 12 or later."),
    "order": N_("The midday of tomorrow (4) comes after its morning (3)."),
    "closed": N_("The office is on no working day open at that hour."),
}


def refusal(error: ValueError) -> str:
    """Why a value of a setting is refused, with what to type instead."""
    match error:
        case PolicyError():
            return _(_POLICY.get(error.code, _POLICY["state-not-a-choice"]))
        case PresetError():
            return _(_PRESET[error.code])
        case ScriptError(code="field-unknown"):
            text = _("There is no field {field}. Fields: {fields}")
            fields = " ".join(f"{{{name}}}" for name in error.fields)
            return text.format(field=f"{{{error.detail}}}", fields=fields)
        case ScriptError(code="empty"):
            return _("An empty text says nothing. b brings the words of Loket back.")
        case ScriptError():
            return _("Too long for a card: at most 4.000 characters.")
        case CalendarError():
            return _(_CALENDAR.get(error.code, _CALENDAR["never-opens"]))
        case _:
            return _("That cannot be taken.")


def delay(what: Delay) -> str:
    """A delay in a few words."""
    n = what.amount
    match what.kind:
        case DelayKind.NOW:
            return _("at once")
        case DelayKind.CHOSEN:
            return _("when asked for")
        case DelayKind.MINUTES:
            return ngettext("1 minute", "{n} minutes", n).format(n=n)
        case DelayKind.WORKING_DAYS:
            return ngettext("1 working day", "{n} working days", n).format(n=n)
        case DelayKind.DAYS:
            return ngettext("1 day", "{n} days", n).format(n=n)
        case DelayKind.MONTHS:
            return ngettext("1 month", "{n} months", n).format(n=n)


def delay_typed(what: Delay) -> str:
    """A delay as somebody would type it."""
    letters = {DelayKind.MINUTES: "m", DelayKind.WORKING_DAYS: "k", DelayKind.DAYS: "h", DelayKind.MONTHS: "b"}
    return f"{what.amount}{letters[what.kind]}" if what.kind in letters else ""


def when(policy: Policy) -> str:
    """The column of delays: nothing where nobody calls again."""
    if policy.state not in OPEN_STATES or policy.number_effect is NumberEffect.WRONG:
        return "–" if policy.number_effect is not NumberEffect.WRONG else _("next number")
    return delay(policy.delay) if policy.delay.kind is not DelayKind.NOW else _("other hours")


def policy_words(policy: Policy) -> str:
    """What follows an outcome, as one would tell it."""
    parts: list[str] = []
    if policy.number_effect is NumberEffect.WRONG:
        parts.append(_("the number is never called again; the next one is"))
    elif policy.state is State.CALLBACK:
        parts.append(_("called again at the time that was asked for"))
    elif policy.state in OPEN_STATES:
        again = _("called again") if policy.delay.kind is DelayKind.NOW else _("called again after {delay}")
        parts.append(again.format(delay=delay(policy.delay)))
        if policy.rotates_part:
            parts.append(_("in another part of the day"))
    elif policy.state is State.CHECK:
        parts.append(_("looked up in Smile before anybody calls again"))
    else:
        parts.append(_("nobody calls again"))
    if policy.number_effect is NumberEffect.SPENT:
        tries = ngettext("1 try on a number, then the next", "{n} tries on a number, then the next", policy.most_tries)
        parts.append(tries.format(n=policy.most_tries))
    if policy.when_spent is not None:
        parts.append(_("no number left: {state}").format(state=_(AFTER[policy.when_spent])))
    return "; ".join(parts)


def clock(at: time) -> str:
    """08.00, in English 08:00."""
    mark = ":" if i18n.language() == "en" else "."
    return f"{at:%H}{mark}{at:%M}"


def stretch(begins: time, ends: time) -> str:
    return f"{clock(begins)}–{clock(ends)}"


def hours_typed(hours: DayHours) -> str:
    """Hours as somebody would type them: '08.00-12.00 13.00-17.00'."""
    if hours.break_from is None or hours.break_until is None:
        return f"{clock(hours.opens)}-{clock(hours.closes)}"
    return f"{clock(hours.opens)}-{clock(hours.break_from)} {clock(hours.break_until)}-{clock(hours.closes)}"


PRESETS: Final[dict[str, str]] = {
    "1": N_("so long from now"),
    "2": N_("this afternoon"),
    "3": N_("tomorrow morning"),
    "4": N_("tomorrow midday"),
    "5": N_("Monday morning"),
}


def preset(presets: Presets, key: str) -> str:
    """The hour of one preset key, or its minutes."""
    if key == "1":
        minutes = int(presets.soon.total_seconds()) // 60
        if minutes % 60 == 0:
            return ngettext("1 hour", "{n} hours", minutes // 60).format(n=minutes // 60)
        return ngettext("1 minute", "{n} minutes", minutes).format(n=minutes)
    return clock(getattr(presets, FIELDS[key]))


def from_day(day: date) -> str:
    """The day from which a limit holds."""
    return _("from the beginning") if day == date.min else long_date(day)
