"""The recap of calls that came in, visits and help in words: figures with definitions, bars, sheets of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from store.recaps_incoming import HELP_COUNTS, ContactOut, IncomingRecap
from store.rules.assists import Activation, Paper
from store.rules.counter import FollowUpState
from store.rules.incoming import Counts
from store.workbooks.results_out import ChartOut, SheetOut, Value
from tui import i18n
from tui.i18n import N_, WIB, _, hour, long_date, number, rate
from tui.words import calls, counter
from tui.words.results import Figure, closed_words, group_sheet, local, recap_period

ALL: Final = N_("Contacts")
TOPIC_COLUMNS: Final = (ALL, N_("At once"), N_("Put through"), N_("With promise"), N_("Asked in"))
TIME_COLUMNS: Final = (N_("Telephone"), N_("Desk"), N_("Missed"))
HANDLER_COLUMNS: Final = (ALL, N_("Telephone"), N_("Desk"), *TOPIC_COLUMNS[1:])
CALLER_COLUMNS: Final = (ALL, N_("Telephone"), N_("Desk"))
ACTIVATIONS: Final[dict[str, str]] = {
    Activation.EMAIL: N_("e-mail does not work or its password is forgotten"),
    Activation.NUMBER: N_("number is not the registered one"),
    Activation.FACE: N_("picture of the face does not match"),
    Activation.NIK: N_("another NIK than the office has"),
    Activation.DUKCAPIL: N_("data not the same as at Dukcapil"),
    Activation.PIN: N_("PIN forgotten"),
    Activation.OLD_PHONE: N_("telephone too old for the app"),
    Activation.NETWORK: N_("no network, or Smile down"),
    Activation.OTHER: N_("another reason"),
}

PAPERS: Final[dict[str, str]] = {
    Paper.KTP: N_("KTP"),
    Paper.CARD: N_("membership card"),
    Paper.KK: N_("KK"),
    Paper.BANK_BOOK: N_("bank book"),
    Paper.EMAIL: N_("e-mail"),
    Paper.PHONE: N_("telephone"),
    Paper.NPWP: N_("NPWP"),
    Paper.RECOMMENDATION: N_("letter of the employer"),
}

HELP_COLUMNS: Final = (
    *(N_("Helped"), N_("Activated"), N_("Handed in"), N_("Paid"), N_("Refused"), N_("Gave up"), N_("E-mail made")),
)

STATES: Final[dict[str, str]] = {
    FollowUpState.OPEN: N_("open"),
    FollowUpState.DONE: N_("done"),
    FollowUpState.DROPPED: N_("dropped"),
}

Rows = list[tuple[str, tuple[int, ...]]]


def office_time(minutes: int | None) -> str:
    """A stretch of office hours: '12 min', '3 h 20 min'; '–' where nothing ended."""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes} min").format(hours=number(hours), minutes=f"{rest:02}")


def figures(recap: IncomingRecap) -> list[Figure]:
    """Title, value and definition of each figure."""
    return [*_contact_figures(recap), *_missed_figures(recap), *_promise_figures(recap), *_help_figures(recap)]


def _contact_figures(recap: IncomingRecap) -> list[Figure]:
    counted = recap.figures
    endings = counted.by_ending
    at_once = rate(endings["answered"], counted.contacts)
    return [
        (_(ALL), counted.contacts, _("Calls answered and visits that began in the period and were not taken back.")),
        (_("By telephone"), counted.by_channel["phone"], _("Contacts by telephone, ringing back included.")),
        (_("At the desk"), counted.by_channel["desk"], _("Contacts of people who came to the office.")),
        (_("Answered at once"), endings["answered"], _("Contacts after which nothing was left to do.")),
        (_("Answered at once, share"), at_once, _("Answered at once divided by contacts.")),
        (_("Put through"), endings["colleague"], _("Contacts that went on to a colleague or another desk.")),
        (_("Follow-up promised"), endings["follow_up"], _("Contacts that ended with a promise.")),
        (_("Asked to come"), endings["come_in"], _("Contacts in which somebody was asked to come to the office.")),
    ]


def _missed_figures(recap: IncomingRecap) -> list[Figure]:
    counted = recap.figures
    half, most = office_time(counted.missed_half), office_time(counted.missed_most)
    return [
        (_("Missed calls"), counted.by_channel["missed"], _("The telephone rang and nobody answered; no contacts.")),
        (_("Missed, rung back"), counted.missed_answered, _("Missed calls to which an answer was noted since.")),
        (_("Missed, in vain"), counted.missed_in_vain, _("Missed calls that were ended with a reason, unanswered.")),
        (_("Missed, still open"), counted.missed_open, _("Missed calls that nobody has answered or ended yet.")),
        (_("Rung back, half within"), half, _("Office hours from the missed call to the saved answer: the median.")),
        (_("Rung back, 90% within"), most, _("The same for nine of ten that were rung back.")),
    ]


def _promise_figures(recap: IncomingRecap) -> list[Figure]:
    counted = recap.figures
    half, most = office_time(counted.done_half), office_time(counted.done_most)
    return [
        (_("Follow-ups"), counted.promised, _("Promised at a contact of the period, whenever they were done.")),
        (_("Follow-ups done"), counted.done, _("Of these done.")),
        (_("Done in time"), counted.done_in_time, _("Done before they were due.")),
        (_("Follow-ups dropped"), counted.dropped, _("Of these dropped with a reason.")),
        (_("Follow-ups open"), counted.open, _("Of these neither done nor dropped.")),
        (_("Follow-ups overdue"), counted.overdue, _("Open, and their day or hour has gone by.")),
        (
            _("Done, half within"),
            half,
            _("Office hours from promise to done, without breaks and days off: the median."),
        ),
        (_("Done, 90% within"), most, _("The same for nine of ten that were done.")),
    ]


def _help_figures(recap: IncomingRecap) -> list[Figure]:
    """Only where help was given."""
    if not recap.help.helped:
        return []
    sums = {name: sum(counts[name] for counts in recap.help.by_way.values()) for name in HELP_COUNTS}
    return [
        (
            _("Help with a claim"),
            sums["helped"],
            _("People helped with JMO, Lapak Asik or at the office, from its start."),
        ),
        (_("Handed in"), sums["submitted"], _("Of these claims that were handed in, whatever came of them.")),
        (_("E-mail made"), sums["emails"], _("Addresses made together with the participant, who keeps the password.")),
    ]


# Groups ---------------------------------------------------------------------------------------------------------------


def topics(recap: IncomingRecap) -> Rows:
    return _rows(recap.figures.by_topic, counter.topic)


def hours(recap: IncomingRecap) -> Rows:
    mark = ":" if i18n.language() == "en" else "."
    return _rows(recap.figures.by_hour, lambda key: f"{key}{mark}00")


def weekdays(recap: IncomingRecap) -> Rows:
    names = i18n.weekday_names()
    return _rows(recap.figures.by_weekday, lambda key: names[int(key)])


def handlers(recap: IncomingRecap) -> Rows:
    return _rows(recap.figures.by_handler, lambda key: key or _("(nobody)"))


def callers(recap: IncomingRecap) -> Rows:
    return _rows(recap.figures.by_caller, lambda key: calls.word(counter.CALLERS, key))


def ways(recap: IncomingRecap) -> Rows:
    return _rows(recap.help.by_way, lambda key: calls.word(calls.CHANNELS, key))


def stops(recap: IncomingRecap) -> list[tuple[str, int]]:
    """What stopped activations, the most frequent first."""
    return [(calls.word(ACTIVATIONS, key), count) for key, count in recap.help.stopped.items()]


def papers(recap: IncomingRecap) -> list[tuple[str, int]]:
    """The papers people came without, the most frequent first."""
    return [(calls.word(PAPERS, key), count) for key, count in recap.help.missing.items()]


def _rows(groups: Counts, name: Callable[[str], str]) -> Rows:
    return [(name(key), tuple(counts.values())) for key, counts in groups.items()]


def first_bars(rows: Rows) -> list[tuple[str, int]]:
    """Name and first count, for a chart."""
    return [(name, counts[0]) for name, counts in rows]


def sum_bars(rows: Rows) -> list[tuple[str, int]]:
    """Name and the sum of the counts: calls, visits and missed calls together."""
    return [(name, sum(counts)) for name, counts in rows]


def endings(recap: IncomingRecap) -> list[tuple[str, int]]:
    """How contacts ended, those that happened."""
    return [(calls.word(counter.ENDINGS, key), count) for key, count in recap.figures.by_ending.items() if count]


# Files ----------------------------------------------------------------------------------------------------------------


def document(recap: IncomingRecap) -> dict[str, Any]:
    """The figures as one JSON document, with the definitions beside them; times are office minutes."""
    counted = recap.figures
    names = (
        *("contacts", "by_channel", "by_ending", "missed_answered", "missed_in_vain", "missed_open", "missed_half"),
        *("missed_most", "promised", "done", "done_in_time", "dropped", "open", "overdue", "done_half", "done_most"),
        *("by_topic", "by_hour", "by_weekday", "by_handler", "by_caller"),
    )
    return {
        "periods": list(recap.periods),
        **{name: getattr(counted, name) for name in names},
        "help": {"by_way": recap.help.by_way, "stopped": recap.help.stopped, "missing": recap.help.missing},
        "closed_at": recap.closed_at.isoformat() if recap.closed_at is not None else None,
        "definitions": {title: meaning for title, _value, meaning in figures(recap)},
    }


def sheets(recap: IncomingRecap, contacts: Sequence[ContactOut], now: datetime) -> list[SheetOut]:
    """Summary with charts, contacts, groups and definitions."""
    summary, charts = _summary(recap, now)
    told = [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), summary, charts),
        SheetOut(_("Contacts"), _header(), [_contact(row) for row in contacts]),
        group_sheet(_("By topic"), _("Topic"), TOPIC_COLUMNS, topics(recap)),
        group_sheet(_("By hour"), _("Hour"), TIME_COLUMNS, hours(recap)),
        group_sheet(_("By weekday"), _("Day"), TIME_COLUMNS, weekdays(recap)),
        group_sheet(_("By handler"), _("Handler"), HANDLER_COLUMNS, handlers(recap)),
        group_sheet(_("By caller"), _("Who asked"), CALLER_COLUMNS, callers(recap)),
    ]
    if recap.help.helped:
        told.append(group_sheet(_("Help with a claim"), _("Way"), HELP_COLUMNS, ways(recap)))
    definitions = [(title, meaning) for title, _value, meaning in figures(recap)]
    return [*told, SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), definitions)]


def _summary(recap: IncomingRecap, now: datetime) -> tuple[list[Sequence[Value]], list[ChartOut]]:
    rows: list[Sequence[Value]] = [
        (_("Period"), recap_period(recap)),
        (_("Made"), f"{long_date(now.astimezone(WIB).date())} {hour(now)} WIB"),
    ]
    if recap.closed_at is not None:
        rows += [(_("Closed"), closed_words(recap)), ("", _("All sheets are of that moment."))]
    rows += [(title, value) for title, value, _meaning in figures(recap)]
    charts = []
    for title, block in charted(recap):
        if block:
            rows += [("", None), (title, None), *block]
            charts.append(ChartOut(title, len(rows) - len(block) + 1, block))
    return rows, charts


def charted(recap: IncomingRecap) -> list[tuple[str, list[tuple[str, int]]]]:
    """The charts of files and pages: title and bars."""
    return [
        (_("What people came for"), first_bars(topics(recap))),
        (_("Hour of the day, missed calls too"), sum_bars(hours(recap))),
        (_("Day of the week, missed calls too"), sum_bars(weekdays(recap))),
        (_("How contacts ended"), endings(recap)),
    ]


def _header() -> list[str]:
    return [
        *(_("Time"), _("How"), "KPJ", "NIK", _("Name"), _("Company"), _("Telephone"), _("Who asked"), _("Topic")),
        *(_("Outcome"), _("Note"), _("By"), _("Until"), _("Missed call ended")),
        *(_("What was promised"), _("Due"), _("State"), _("Done")),
    ]


def _contact(row: ContactOut) -> list[Value]:
    return [
        local(row.at),
        calls.word(counter.CHANNELS, row.channel),
        row.kpj,
        row.nik,
        row.name,
        row.company,
        row.number,
        calls.word(counter.CALLERS, row.caller),
        counter.topic(row.topic),
        calls.word(counter.ENDINGS, row.outcome),
        row.note,
        row.by,
        local(row.ended_at),
        local(row.settled_at),
        counter.promised(row.promised),
        local(row.due_at),
        calls.word(STATES, row.promise_state) if row.promise_state else "",
        local(row.done_at),
    ]
