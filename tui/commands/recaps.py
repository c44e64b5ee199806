"""Commands of the recaps desk (F7) and of the daily report."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, Why, needs, takes_results
from tui.i18n import N_


def _first_of(*whys: Why) -> Why:
    def why(facts: Facts) -> str | None:
        return next((said for each in whys if (said := each(facts)) is not None), None)

    return why


def _people(facts: Facts) -> str | None:
    return None if facts.people else N_("This period is still empty.")


def _open_period(facts: Facts) -> str | None:
    if not facts.closable:
        return N_("These figures are kept every day by themselves; nothing has to be closed.")
    return N_("This period is closed already; its figures stay.") if facts.closed else None


_READ: Final = needs(Permission.READ_RECAPS)
_EXPORT: Final = needs(Permission.EXPORT_RESULTS)


def _view(key: str, identity: str, label: str, title: str, text: str) -> Command:
    of = {"in": "incoming", "vo": "vouchers", "co": "corrections", "qu": "quality"}
    where = f"recap-{of.get(identity.partition('-')[0], 'jht56')}"
    return Command(f"view-{identity}", (key,), label, title, text, where, _READ)


VIEWS: Final = (
    _view("1", "summary", N_("summary"), N_("Summary"), N_("The figures, and where people stand as bars.")),
    _view("2", "outcomes", N_("outcomes"), N_("Outcomes of calls"), N_("How calls ended, as bars with their share.")),
    _view("3", "companies", N_("companies"), N_("By company"), N_("Figures of each company, the largest first.")),
    _view("4", "pembina", N_("pembina"), N_("By pembina"), N_("Figures of each pembina, the largest first.")),
    _view("5", "handlers", N_("handler"), N_("By handler"), N_("Attempts and people reached, by who called.")),
    _view("6", "definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

INCOMING_VIEWS: Final = (
    _view("1", "in-summary", N_("summary"), N_("Summary"), N_("The figures, with bars of topics, hours and days.")),
    _view("2", "in-hours", N_("hours"), N_("Hours and days"), N_("When people ring and come, missed calls apart.")),
    _view("3", "in-topics", N_("topics"), N_("By topic"), N_("What people came for, and how it ended.")),
    _view("4", "in-handlers", N_("handler"), N_("By handler"), N_("Calls, visits and endings, by who served.")),
    _view("5", "in-callers", N_("callers"), N_("By caller"), N_("Participants, heirs, companies, nobody known.")),
    _view("6", "in-help", N_("help"), N_("Help with a claim"), N_("JMO, Lapak Asik, office; what was in the way.")),
    _view("7", "in-definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

VOUCHER_VIEWS: Final = (
    _view("1", "vo-summary", N_("summary"), N_("Summary"), N_("The figures, with bars of programmes and states.")),
    _view("2", "vo-programs", N_("programme"), N_("By programme"), N_("Files and amounts of each programme.")),
    _view("3", "vo-states", N_("state"), N_("By state"), N_("How far the files are: received, printed, signed.")),
    _view("4", "vo-days", N_("day"), N_("By day"), N_("Files and amounts of each day of transactions.")),
    _view("5", "vo-signatures", N_("signing"), N_("Signatures"), N_("How many each signatory gave, and how fast.")),
    _view("6", "vo-definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

CORRECTION_VIEWS: Final = (
    _view("1", "co-summary", N_("summary"), N_("Summary"), N_("The figures, with bars of values, sources, people.")),
    _view("2", "co-fields", N_("values"), N_("By value"), N_("Telephone, e-mail and the others: changed, taken back.")),
    _view("3", "co-sources", N_("sources"), N_("By source"), N_("What changes rest on: a call, a file, a company.")),
    _view("4", "co-people", N_("by whom"), N_("By person"), N_("Who changed how much.")),
    _view("5", "co-problems", N_("problems"), N_("By problem"), N_("What came onto each worklist, what was settled.")),
    _view("6", "co-definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

QUALITY_VIEWS: Final = (
    _view("1", "qu-summary", N_("summary"), N_("Summary"), N_("Callable, with e-mail, doubtful: today.")),
    _view("2", "qu-companies", N_("companies"), N_("By company"), N_("The same of each company, the largest first.")),
    _view("3", "qu-pembina", N_("pembina"), N_("By pembina"), N_("The same of each pembina, the largest first.")),
    _view(
        "4", "qu-days", N_("over time"), N_("Over time"), N_("The shares on each day on which they changed, as bars.")
    ),
    _view("5", "qu-definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

_JHT56: Final = Command(
    "recap-jht56",
    ("j",),
    N_("JHT 56"),
    N_("Recap of JHT 56"),
    N_("The telephone work of a period: people, calls, outcomes."),
    "recap",
    _READ,
)
_INCOMING: Final = Command(
    "recap-incoming",
    ("l",),
    N_("counter"),
    N_("Recap of calls and visits"),
    N_("What came in: topics, hours, follow-ups, missed calls, help with a claim."),
    "recap",
    _READ,
)
_VOUCHERS: Final = Command(
    "recap-vouchers",
    ("v",),
    N_("vouchers"),
    N_("Recap of vouchers"),
    N_("Claim files of a period: programmes, states, amounts, reprints, how long signatures took."),
    "recap",
    _READ,
)
_CORRECTIONS: Final = Command(
    "recap-corrections",
    ("k",),
    N_("corrections"),
    N_("Recap of corrections"),
    N_("Values changed in a period: by value, source, person and problem, and how far they are in Smile."),
    "recap",
    _READ,
)
_QUALITY: Final = Command(
    "recap-quality",
    ("m",),
    N_("data"),
    N_("Quality of the data"),
    N_("Who can be called, who has an e-mail address, what is doubtful: by company, by pembina, over time."),
    "recap",
    _READ,
)

RECAP: Final = (
    *VIEWS,
    *INCOMING_VIEWS,
    *VOUCHER_VIEWS,
    *CORRECTION_VIEWS,
    *QUALITY_VIEWS,
    _JHT56,
    _INCOMING,
    _VOUCHERS,
    _CORRECTIONS,
    _QUALITY,
    Command(
        "recap-earlier",
        ("left",),
        N_("earlier"),
        N_("Earlier period"),
        N_("The month before; for a range as many months earlier as it has."),
        "recap",
        _READ,
        footer=1,
    ),
    Command(
        "recap-later",
        ("right",),
        N_("onward"),
        N_("Later period"),
        N_("The month after; for a range as many months later as it has."),
        "recap",
        _READ,
        footer=2,
    ),
    Command(
        "recap-range",
        ("r",),
        N_("period"),
        N_("Type the period"),
        N_("A month as 2023-07, or a range as 2023-01..2023-07."),
        "recap",
        _READ,
        footer=3,
    ),
    Command(
        "recap-next",
        ("tab",),
        N_("view"),
        N_("Next view"),
        N_("Goes through the views, from the summary to the meaning of the figures."),
        "recap",
        _READ,
    ),
    Command(
        "recap-pages",
        ("p",),
        N_("PDF"),
        N_("Save the recap as PDF"),
        N_("A4 pages into KELUAR: figures with their meaning, bars, tables, a line to sign. x saves a workbook."),
        "recap",
        _first_of(takes_results, _people),
        footer=5,
    ),
    Command(
        "recap-close",
        ("t",),
        N_("close"),
        N_("Close the period"),
        N_("Freezes the figures: from now on this period always gives the same ones. It cannot be taken back."),
        "recap",
        _first_of(needs(Permission.SUPERVISE), _open_period, _people),
        danger=True,
        footer=6,
    ),
    Command(
        "daily",
        ("d",),
        N_("daily"),
        N_("Daily report"),
        N_("What each person did on a day, per section, made from the log."),
        "recap",
        _READ,
        footer=7,
    ),
)

DAILY: Final = (
    Command("day-earlier", ("left",), N_("earlier"), N_("The day before"), N_("One day back."), "daily", footer=1),
    Command(
        "day-later",
        ("right",),
        N_("onward"),
        N_("The day after"),
        N_("One day on, until today."),
        "daily",
        footer=2,
    ),
    Command(
        "day-typed",
        ("r",),
        N_("day"),
        N_("Type the day"),
        N_("As 31-07-2023 or 2023-07-31."),
        "daily",
        footer=3,
    ),
    Command(
        "day-pages",
        ("p",),
        N_("PDF"),
        N_("Save the daily report as PDF"),
        N_("A4 pages into KELUAR, with a line to sign. x saves a workbook."),
        "daily",
        _EXPORT,
        footer=4,
    ),
)
