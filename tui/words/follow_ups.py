"""Follow-ups in words: until when, whose, where from, what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.errors import FieldConflict, StaleEdit
from store.follow_up_rows import FollowUpRow, Whose
from store.rows import OfficeNow
from store.rules.counter import FollowUpState, Origin
from tui.i18n import N_, WIB, _, day_words, hour, moment, ngettext, number, short_moment, weekday
from tui.widgets.ink import Line, Piece, cut, line
from tui.widgets.script_lines import labelled
from tui.words import counter

EMPTY: Final[dict[str, str]] = {
    Whose.MINE: N_("Nothing is yours to do. 2 shows your section's; t writes a promise down."),
    Whose.SECTION: N_("Your section has no open promise. 4 shows everybody's; t writes one down."),
    Whose.OVERDUE: N_("Nothing is overdue. 1 shows yours, 4 everybody's."),
    Whose.ALL: N_("Nothing is promised. t writes a promise down; F3 makes one with a call."),
    Whose.MADE: N_("You promised nothing that is open. t writes a promise down."),
    Whose.DONE: N_("Nothing is done yet. 1 shows what is yours to do."),
}
"""What an empty list says, with the next step."""

NO_SECTION: Final = N_("Your account is in no section: the administrator adds it. 4 shows everybody's.")
"""What the empty list of the section says to whom it can never show a section."""

ORIGINS: Final[dict[str, str]] = {
    Origin.COUNTER: N_("Service"),
    Origin.CALLS: N_("Calls JHT 56"),
    Origin.ASSIST: N_("JMO/Lapak Asik"),
    Origin.CORRECTION: N_("Correction"),
    Origin.VOUCHER: N_("Voucher"),
    Origin.ARCHIVE: N_("Archive"),
    Origin.OWN: N_("written down"),
}

STATES: Final[dict[str, str]] = {
    FollowUpState.OPEN: N_("not done yet"),
    FollowUpState.DONE: N_("done"),
    FollowUpState.DROPPED: N_("dropped"),
}

CONFLICTS: Final[dict[str, str]] = {
    "what": N_("the words"),
    "due_at": N_("the due day"),
    "staff_id": N_("who does it"),
    "section": N_("the section"),
    "state": N_("the state"),
    "done_note": N_("the note"),
}


def what(row: FollowUpRow) -> str:
    """What was promised, in words."""
    return counter.promised(row.standard or row.what)


def whom(row: FollowUpRow) -> str:
    """For whom: the participant, else who was noted."""
    return row.name or row.whom


def taker(row: FollowUpRow) -> str:
    """Who does it: somebody by name, anybody of a section, or anybody."""
    if row.staff:
        return row.staff if row.staff_active else _("{name} (works here no more)").format(name=row.staff)
    return _("anybody of {section}").format(section=row.section) if row.section else _("anybody")


def until(row: FollowUpRow, now: datetime) -> str:
    """When it is due: the day, with the hour where one was said."""
    if not row.no_hour:
        return moment(row.due_at, now)
    return day_words(row.due_at.astimezone(WIB).date(), now.astimezone(WIB).date())


def late(row: FollowUpRow, now: datetime) -> str:
    """How late it is, in words; '' for what is in time."""
    if not row.overdue:
        return ""
    days = (now.astimezone(WIB).date() - row.due_at.astimezone(WIB).date()).days
    if days <= 0:
        return _("late, {time}").format(time=hour(row.due_at))
    return ngettext("1 day late", "{n} days late", days).format(n=number(days))


def due_cell(row: FollowUpRow, now: datetime) -> Piece:
    """When it is due in a cell of 14: what is late says so."""
    if row.state != FollowUpState.OPEN:
        return short_moment(row.done_at, now) if row.done_at is not None else "", "muted"
    if row.overdue:
        return late(row, now), "bad"
    day, today = row.due_at.astimezone(WIB).date(), now.astimezone(WIB).date()
    at = "" if row.no_hour else f" {hour(row.due_at)}"
    if (day - today).days in (0, 1):
        return f"{day_words(day, today)}{at}", "warn" if day == today else "normal"
    return f"{weekday(day)[:3]} {day.day}-{day.month}{at}", "normal"


def state_cell(row: FollowUpRow) -> Piece:
    """Who does it; of what is over, who ended it and how."""
    if row.state == FollowUpState.OPEN:
        return taker(row), "normal" if row.staff_active else "warn"
    return f"{_(STATES[row.state])}: {row.done_by}", "muted"


def list_lines(row: FollowUpRow, now: datetime) -> tuple[str, str]:
    """The row under the cursor, whole: what and for whom; by whom, until when, promised by whom."""
    first = [what(row)] + [part for part in (whom(row), row.kpj, row.number) if part]
    second = [until(row, now) if row.state == FollowUpState.OPEN else ended(row, now), taker(row)]
    second.append(_("promised by {name}").format(name=row.made_by))
    return " · ".join(first), " · ".join(second)


def ended(row: FollowUpRow, now: datetime) -> str:
    """How and when it ended, and by whom."""
    if row.done_at is None:
        return _(STATES[row.state])
    text = f"{_(STATES[row.state])} {moment(row.done_at, now)}, {row.done_by}"
    return f"{text}: “{row.done_note}”" if row.done_note else text


def page_lines(row: FollowUpRow, source: str, numbers: tuple[str, ...], now: datetime, width: int) -> list[Line]:
    """One follow-up in lines of `width` cells. `source` tells of the desk it came from; `numbers` only when asked."""
    lines = [line((f" {cut(what(row), width - 2)}", "strong"))]
    lines += labelled("", what(row), width, 4) if len(what(row)) > width - 2 else []
    late_words = late(row, now)
    said = until(row, now) + (f" · {late_words}" if late_words else "")
    if row.state == FollowUpState.OPEN:
        lines += labelled(_("Until"), said, width, 1, "bad" if row.overdue else "strong")
    else:
        lines += labelled(_("Ended"), ended(row, now), width, 4, "good")
    person = " · ".join(part for part in (whom(row), f"KPJ {row.kpj}" if row.kpj else "") if part)
    lines += labelled(_("For whom"), person or _("nobody by name"), width, 2, "normal" if person else "muted")
    if numbers:
        lines += labelled(_("Ring"), " · ".join(numbers), width, 3, "dial")
    elif row.number:
        lines += labelled(_("Ring"), _("{number}  (r shows it whole)").format(number=row.number), width, 1)
    lines += labelled(_("By whom"), taker(row), width, 2, "normal" if row.staff_active else "warn")
    made = _("{name}, {when}").format(name=row.made_by, when=moment(row.made_at, now))
    lines += labelled(_("Promised by"), made, width, 2)
    return lines + labelled(_("Comes from"), source or _(ORIGINS[row.origin]), width, 6)


def due_fact(office: OfficeNow) -> str:
    """What is due for me, for the status line: follow-ups by their name, beside people to call back."""
    promised = ngettext("1 follow-up due", "{n} follow-ups due", office.promised).format(n=number(office.promised))
    if office.promised == office.due:
        return promised
    due = ngettext("1 due", "{n} due", office.due).format(n=number(office.due))
    if not office.promised:
        return due
    return _("{due}, of these {promised}").format(due=due, promised=number(office.promised)) + " F9"


def stale(error: StaleEdit, now: datetime) -> str:
    """What a colleague did meanwhile; nothing of mine was written."""
    # That it is over says more than the hour and the note that came with it.
    fields = sorted(error.fields, key=lambda field: field.field != "state")
    first: FieldConflict | None = next(iter(fields), None)
    if first is None or first.by is None or first.at is None:
        return _("A colleague changed this just now; nothing was written. It stands here as it is now.")
    if first.field == "state":
        text = _("{who} was faster ({when}): it is {state} already.")
        state = _(STATES[first.theirs]) if first.theirs in STATES else str(first.theirs)
        return text.format(who=first.by, when=moment(first.at, now), state=state)
    field = _(CONFLICTS[first.field]) if first.field in CONFLICTS else first.field
    text = _("{who} changed {field} {when}; nothing was written. It stands here as it is now: once more.")
    return text.format(who=first.by, field=field, when=moment(first.at, now))
