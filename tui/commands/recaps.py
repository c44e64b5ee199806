"""Commands of the recaps desk (F7) and of the daily report."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, all_of, needs, takes_results
from tui.i18n import N_


def _people(facts: Facts) -> str | None:
    return None if facts.people else N_("This period is still empty.")


def _open_period(facts: Facts) -> str | None:
    if not facts.closable:
        return N_("These figures are kept every day by themselves; nothing has to be closed.")
    return N_("This period is closed already; its figures stay.") if facts.closed else None


_READ: Final = needs(Permission.READ_RECAPS)
_EXPORT: Final = needs(Permission.EXPORT_RESULTS)


def _views(face: str, prefix: str, *rows: tuple[str, str, str, str]) -> tuple[Command, ...]:
    """Views of one recap under the digits from 1: name, label, title and what is seen there."""
    return tuple(
        Command(f"view-{prefix}{name}", (str(key),), label, title, text, f"recap-{face}", _READ)
        for key, (name, label, title, text) in enumerate(rows, 1)
    )


def _face(name: str, key: str, label: str, title: str, text: str) -> Command:
    """What leads to a recap."""
    return Command(f"recap-{name}", (key,), label, title, text, "recap", _READ)


VIEWS: Final = _views(
    "jht56",
    "",
    ("summary", N_("summary"), N_("Summary"), N_("The figures, and where people stand as bars.")),
    ("outcomes", N_("outcomes"), N_("Outcomes of calls"), N_("How calls ended, as bars with their share.")),
    ("companies", N_("companies"), N_("By company"), N_("Figures of each company, the largest first.")),
    ("pembina", N_("pembina"), N_("By pembina"), N_("Figures of each pembina, the largest first.")),
    ("handlers", N_("handler"), N_("By handler"), N_("Attempts and people reached, by who called.")),
    ("definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

INCOMING_VIEWS: Final = _views(
    "incoming",
    "in-",
    ("summary", N_("summary"), N_("Summary"), N_("The figures, with bars of topics, hours and days.")),
    ("hours", N_("hours"), N_("Hours and days"), N_("When people ring and come, missed calls apart.")),
    ("topics", N_("topics"), N_("By topic"), N_("What people came for, and how it ended.")),
    ("handlers", N_("handler"), N_("By handler"), N_("Calls, visits and endings, by who served.")),
    ("callers", N_("callers"), N_("By caller"), N_("Participants, heirs, companies, nobody known.")),
    ("help", N_("help"), N_("Help with a claim"), N_("JMO, Lapak Asik, office; what was in the way.")),
    ("definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

VOUCHER_VIEWS: Final = _views(
    "vouchers",
    "vo-",
    ("summary", N_("summary"), N_("Summary"), N_("The figures, with bars of programmes and states.")),
    ("programs", N_("programme"), N_("By programme"), N_("Files and amounts of each programme.")),
    ("states", N_("state"), N_("By state"), N_("How far the files are: received, printed, signed.")),
    ("days", N_("day"), N_("By day"), N_("Files and amounts of each day of transactions.")),
    ("signatures", N_("signing"), N_("Signatures"), N_("How many each signatory gave, and how fast.")),
    ("definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

CORRECTION_VIEWS: Final = _views(
    "corrections",
    "co-",
    ("summary", N_("summary"), N_("Summary"), N_("The figures, with bars of values, sources, people.")),
    ("fields", N_("values"), N_("By value"), N_("Telephone, e-mail and the others: changed, taken back.")),
    ("sources", N_("sources"), N_("By source"), N_("What changes rest on: a call, a file, a company.")),
    ("people", N_("by whom"), N_("By person"), N_("Who changed how much.")),
    ("problems", N_("problems"), N_("By problem"), N_("What came onto each worklist, what was settled.")),
    ("definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

QUALITY_VIEWS: Final = _views(
    "quality",
    "qu-",
    ("summary", N_("summary"), N_("Summary"), N_("Callable, with e-mail, doubtful: today.")),
    ("companies", N_("companies"), N_("By company"), N_("The same of each company, the largest first.")),
    ("pembina", N_("pembina"), N_("By pembina"), N_("The same of each pembina, the largest first.")),
    ("days", N_("over time"), N_("Over time"), N_("The shares on each day on which they changed, as bars.")),
    ("definitions", N_("meaning"), N_("Meaning of the figures"), N_("What each figure counts.")),
)

_FACES: Final = (
    _face(
        "jht56",
        "j",
        N_("JHT 56"),
        N_("Recap of JHT 56"),
        N_("The telephone work of a period: people, calls, outcomes."),
    ),
    _face(
        "incoming",
        "l",
        N_("counter"),
        N_("Recap of calls and visits"),
        N_("What came in: topics, hours, follow-ups, missed calls, help with a claim."),
    ),
    _face(
        "vouchers",
        "v",
        N_("vouchers"),
        N_("Recap of vouchers"),
        N_("Claim files of a period: programmes, states, amounts, reprints, how long signatures took."),
    ),
    _face(
        "corrections",
        "k",
        N_("corrections"),
        N_("Recap of corrections"),
        N_("Values changed in a period: by value, source, person and problem, and how far they are in Smile."),
    ),
    _face(
        "quality",
        "m",
        N_("data"),
        N_("Quality of the data"),
        N_("Who can be called, who has an e-mail address, what is doubtful: by company, by pembina, over time."),
    ),
)

RECAP: Final = (
    *VIEWS,
    *INCOMING_VIEWS,
    *VOUCHER_VIEWS,
    *CORRECTION_VIEWS,
    *QUALITY_VIEWS,
    *_FACES,
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
        all_of(takes_results, _people),
        footer=5,
    ),
    Command(
        "recap-close",
        ("t",),
        N_("close"),
        N_("Close the period"),
        N_("Freezes the figures: from now on this period always gives the same ones. It cannot be taken back."),
        "recap",
        all_of(needs(Permission.SUPERVISE), _open_period, _people),
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
