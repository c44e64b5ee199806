"""The results of a JHT 56 period in words: figures with their definitions, bars, and the sheets of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from store.frozen import AttemptOut, ResultRow
from store.recaps import Jht56Recap
from store.recaps_corrections import CorrectionRecap
from store.recaps_incoming import IncomingRecap
from store.recaps_vouchers import VoucherRecap
from store.rules.outcomes import State
from store.workbooks.results_out import ChartOut, SheetOut, Value
from tui.i18n import N_, WIB, _, hour, long_date, ngettext, number, period_words, rate
from tui.words.calls import OUTCOMES, STATE_ROLES, STATES, detail, word

Figure = tuple[str, int | str, str]
"""Title, value (a count, or a text as '62%') and definition."""

AnyRecap = Jht56Recap | IncomingRecap | VoucherRecap | CorrectionRecap
"""What is counted for a period and can be closed."""

CHART_BARS: Final = 20
"""Names in a chart; the table has them all."""

PEOPLE, CALLED = N_("People"), N_("Called")
GROUP_COLUMNS: Final = (PEOPLE, CALLED, N_("Reached"), N_("Will claim"), N_("Claimed"))
HANDLER_COLUMNS: Final = (N_("Attempts"), CALLED, N_("Reached"), N_("Will claim"))


def figures(recap: Jht56Recap) -> list[Figure]:
    """Title, value and definition of each figure."""
    answered = max(recap.reached, recap.refused)
    return [
        (
            _("People on the list"),
            recap.people,
            _("Reached 56 in the period and had not claimed when the list was made."),
        ),
        (_("Called"), recap.called, _("People with at least one attempt that was not taken back.")),
        (_("Attempts"), recap.attempts, _("Calls that were not taken back, each number and each time.")),
        (_("Reached"), recap.reached, _("People who came to the telephone themselves at least once.")),
        (_("Contact rate"), rate(recap.reached, recap.called), _("Reached divided by called.")),
        (_("Will claim"), recap.will_claim, _("People whose newest answer is that they will claim.")),
        (_("Say they have claimed"), recap.says_claimed, _("By their own word; to be checked in Smile.")),
        (_("Claimed"), recap.claimed, _("Seen in Smile or in an imported list.")),
        (_("Refuse"), recap.refused, _("People who do not want to claim and are not called again.")),
        (_("Refusal rate"), rate(recap.refused, answered), _("Refuse divided by reached.")),
        (_("Not reached"), recap.exhausted, _("Every number was tried as often as the office's table allows.")),
        (_("Without a usable number"), recap.without_number, _("No number, or all of them wrong or out of use.")),
        (
            _("Unreachable rate"),
            rate(recap.exhausted + recap.without_number, recap.people),
            _("Not reached and without a usable number, divided by the people on the list."),
        ),
        (_("Never called"), recap.never_called, _("On the list, no attempt yet.")),
    ]


def shown(value: int | str) -> str:
    """A value of a figure as it is read: 1.234, or the text."""
    return number(value) if isinstance(value, int) else value


def states(recap: Jht56Recap) -> list[tuple[str, int, str]]:
    """Where people stand now, in the order of the work: word, people, role; states without anybody are left out."""
    order = [str(state) for state in State]
    known = sorted(recap.by_state.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    return [(word(STATES, state), count, STATE_ROLES.get(state, "normal")) for state, count in known if count]


def outcomes(recap: Jht56Recap) -> list[tuple[str, int]]:
    """How calls ended: word and attempts, the most frequent first."""
    found = [(word(OUTCOMES, outcome), count) for outcome, count in recap.by_outcome.items() if count]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def by_group(groups: dict[str, dict[str, int]], nameless: str) -> list[tuple[str, tuple[int, ...]]]:
    """Name and counts, the largest group first; `nameless` stands for those without one, who come last."""
    rows = [(name or nameless, tuple(counts.values())) for name, counts in groups.items()]
    return sorted(rows, key=lambda row: (row[0] == nameless, -row[1][0], row[0]))


def companies(recap: Jht56Recap) -> list[tuple[str, tuple[int, ...]]]:
    return by_group(recap.by_company, _("(company not known)"))


def pembina(recap: Jht56Recap) -> list[tuple[str, tuple[int, ...]]]:
    return by_group(recap.by_pembina, _("(no pembina)"))


def handlers(recap: Jht56Recap) -> list[tuple[str, tuple[int, ...]]]:
    return by_group(recap.by_handler, _("(nobody)"))


def recap_period(recap: AnyRecap) -> str:
    """The period of the figures in words."""
    return period_words(f"{recap.periods[0]}..{recap.periods[-1]}")


def document(recap: Jht56Recap) -> dict[str, Any]:
    """The figures as one JSON document, with the definitions beside them."""
    names = (
        *("people", "called", "attempts", "reached", "will_claim", "says_claimed", "claimed", "refused"),
        *("exhausted", "without_number", "never_called"),
    )
    return {
        "periods": list(recap.periods),
        **{name: getattr(recap, name) for name in names},
        "contact_rate": recap.contact_rate,
        "by_state": recap.by_state,
        "by_outcome": recap.by_outcome,
        "by_company": recap.by_company,
        "by_pembina": recap.by_pembina,
        "by_handler": recap.by_handler,
        "closed_at": recap.closed_at.isoformat() if recap.closed_at is not None else None,
        "definitions": {title: meaning for title, _value, meaning in figures(recap)},
    }


def sheets(
    recap: Jht56Recap, people: Sequence[ResultRow], attempts: Sequence[AttemptOut], now: datetime
) -> list[SheetOut]:
    """Summary with charts, people, history, groups and definitions."""
    summary, charts = _summary(recap, len(people), now)
    return [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), summary, charts),
        SheetOut(_("People"), _people_header(), [_person(row) for row in people]),
        SheetOut(_("Call history"), _attempt_header(), [_attempt(row) for row in attempts]),
        group_sheet(_("By company"), _("Company"), GROUP_COLUMNS, companies(recap)),
        group_sheet(_("By pembina"), _("Pembina"), GROUP_COLUMNS, pembina(recap)),
        group_sheet(_("By handler"), _("Handler"), HANDLER_COLUMNS, handlers(recap)),
        SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), [(t, meaning) for t, _v, meaning in figures(recap)]),
    ]


def closed_words(recap: AnyRecap) -> str:
    """When and by whom the period was closed; '' while it is open."""
    if recap.closed_at is None:
        return ""
    when = f"{long_date(recap.closed_at.astimezone(WIB).date())} {hour(recap.closed_at)}"
    return _("closed {when} by {who}").format(when=when, who=recap.closed_by)


def _summary(recap: Jht56Recap, listed: int, now: datetime) -> tuple[list[Sequence[Value]], list[ChartOut]]:
    """The figures, then states and outcomes, each block under its own heading and drawn as a chart."""
    local = now.astimezone(WIB)
    rows: list[Sequence[Value]] = [
        (_("Period"), recap_period(recap)),
        (_("Made"), f"{long_date(local.date())} {hour(now)} WIB"),
    ]
    if recap.closed_at is not None:
        rows.append((_("Closed"), closed_words(recap)))
        rows.append(("", _closed_sheets(recap, listed)))
    rows += [(title, value) for title, value, _meaning in figures(recap)]
    charts = []
    blocks = (
        (_("Where people stand"), [(name, count) for name, count, _role in states(recap)]),
        (_("How calls ended"), outcomes(recap)),
    )
    for title, block in blocks:
        if block:
            rows += [("", None), (title, None), *block]
            charts.append(ChartOut(title, len(rows) - len(block) + 1, block))
    return rows, charts


def _closed_sheets(recap: Jht56Recap, listed: int) -> str:
    """What of a closed period is of that moment: everything, or only the figures where an older Loket closed it."""
    if not recap.sheets_closed:
        return _("The figures are those of that moment; the other sheets are of today.")
    erased = recap.people - listed
    if erased:
        text = ngettext(
            "All sheets are of that moment; 1 person was erased since and stands in the figures only.",
            "All sheets are of that moment; {n} people were erased since and stand in the figures only.",
            erased,
        )
        return text.format(n=number(erased))
    return _("All sheets are of that moment.")


def group_sheet(title: str, name: str, columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]]) -> SheetOut:
    """Names with their counts, and a chart of the first one."""
    bars = [(name, counts[0]) for name, counts in rows[:CHART_BARS]]
    counted = _(columns[0]).lower()
    charts = [ChartOut(f"{title}: {counted}", 1, bars)] if rows else []
    header = (name, *(_(column) for column in columns))
    return SheetOut(title, header, [(name, *counts) for name, counts in rows], charts)


def _people_header() -> list[str]:
    return [
        *(_("Period"), "KPJ", "NIK", _("Name"), _("Company"), "NPP", _("Pembina"), _("Telephone"), _("State")),
        *(_("Claimed (Smile)"), _("Says claimed"), _("Still at work"), _("Attempts")),
        *(_("Last outcome"), _("Last call"), _("Next call")),
    ]


def _person(row: ResultRow) -> list[Value]:
    claimed = "" if row.claimed is None else _("yes") if row.claimed else _("no")
    return [
        row.period,
        row.kpj,
        row.nik,
        row.name,
        row.company,
        row.npp,
        row.pembina,
        row.phone,
        word(STATES, row.state),
        claimed,
        local(row.claim_said_at),
        _("yes") if row.still_working else "",
        row.tries,
        word(OUTCOMES, row.last_outcome) if row.last_outcome else "",
        local(row.last_at),
        local(row.due_at),
    ]


def _attempt_header() -> list[str]:
    return [
        *(_("Period"), _("Time"), "KPJ", _("Name"), _("Telephone"), _("Outcome"), _("Detail")),
        *(_("Call back at"), _("Note"), _("By"), _("Without effect")),
    ]


def _attempt(row: AttemptOut) -> list[Value]:
    return [
        row.period,
        local(row.at),
        row.kpj,
        row.name,
        row.number,
        word(OUTCOMES, row.outcome),
        detail(row.detail) if row.detail else "",
        local(row.callback_at),
        row.note,
        row.by,
        _("yes") if row.late else "",
    ]


def local(instant: datetime | None) -> datetime | None:
    """The office's clock time, as the workbook's cells hold it: without a zone."""
    return None if instant is None else instant.astimezone(WIB).replace(tzinfo=None, second=0, microsecond=0)
