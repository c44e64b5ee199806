"""The results of a JHT 56 period in words: figures with their definitions, and the sheets of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from store.recaps import AttemptOut, Jht56Recap, ResultRow
from store.workbooks.results_out import SheetOut, Value
from tui.i18n import WIB, _, long_date, month
from tui.words.calls import OUTCOMES, STATES, detail, word

Figure = tuple[str, str, str]


def figures(recap: Jht56Recap) -> list[Figure]:
    """Title, value and definition of each figure."""
    rate = recap.contact_rate
    return [
        (
            _("People on the list"),
            str(recap.people),
            _("Reached 56 in the period and had not claimed when the list was made."),
        ),
        (_("Called"), str(recap.called), _("People with at least one attempt that was not taken back.")),
        (_("Attempts"), str(recap.attempts), _("Calls that were not taken back, each number and each time.")),
        (_("Reached"), str(recap.reached), _("People who came to the telephone themselves at least once.")),
        (
            _("Contact rate"),
            "–" if rate is None else f"{round(rate * 100)}%",
            _("Reached divided by called."),
        ),
        (_("Will claim"), str(recap.will_claim), _("People whose newest answer is that they will claim.")),
        (_("Say they have claimed"), str(recap.says_claimed), _("By their own word; to be checked in Smile.")),
        (_("Claimed"), str(recap.claimed), _("Seen in Smile or in an imported list.")),
        (_("Refuse"), str(recap.refused), _("People who do not want to claim and are not called again.")),
        (_("Not reached"), str(recap.exhausted), _("Every number was tried as often as the office's table allows.")),
        (_("Without a usable number"), str(recap.without_number), _("No number, or all of them wrong or out of use.")),
        (_("Never called"), str(recap.never_called), _("On the list, no attempt yet.")),
    ]


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
        "definitions": {title: meaning for title, _value, meaning in figures(recap)},
    }


def sheets(
    recap: Jht56Recap, people: Sequence[ResultRow], attempts: Sequence[AttemptOut], now: datetime
) -> list[SheetOut]:
    """Summary, people, history and definitions."""
    return [
        SheetOut(_("Summary"), (_("Figure"), _("Value")), list(_summary(recap, now))),
        SheetOut(_("People"), _people_header(), [_person(row) for row in people]),
        SheetOut(_("Call history"), _attempt_header(), [_attempt(row) for row in attempts]),
        SheetOut(_("By company"), _group_header(_("Company")), list(_groups(recap.by_company))),
        SheetOut(_("By pembina"), _group_header(_("Pembina")), list(_groups(recap.by_pembina))),
        SheetOut(_("Definitions"), (_("Figure"), _("Meaning")), [(t, meaning) for t, _v, meaning in figures(recap)]),
    ]


def _summary(recap: Jht56Recap, now: datetime) -> Iterator[Sequence[Value]]:
    local = now.astimezone(WIB)
    yield _("Period"), ", ".join(month(period) for period in recap.periods)
    yield _("Made"), f"{long_date(local.date())} {local:%H.%M} WIB"
    for title, value, _meaning in figures(recap):
        yield title, int(value) if value.isdecimal() else value
    for state, count in recap.by_state.items():
        yield _("State: {state}").format(state=word(STATES, state)), count
    for outcome, count in recap.by_outcome.items():
        yield _("Outcome: {outcome}").format(outcome=word(OUTCOMES, outcome)), count


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
        _local(row.claim_said_at),
        _("yes") if row.still_working else "",
        row.tries,
        word(OUTCOMES, row.last_outcome) if row.last_outcome else "",
        _local(row.last_at),
        _local(row.due_at),
    ]


def _attempt_header() -> list[str]:
    return [
        *(_("Period"), _("Time"), "KPJ", _("Name"), _("Telephone"), _("Outcome"), _("Detail")),
        *(_("Call back at"), _("Note"), _("By"), _("Without effect")),
    ]


def _attempt(row: AttemptOut) -> list[Value]:
    return [
        row.period,
        _local(row.at),
        row.kpj,
        row.name,
        row.number,
        word(OUTCOMES, row.outcome),
        detail(row.detail) if row.detail else "",
        _local(row.callback_at),
        row.note,
        row.by,
        _("yes") if row.late else "",
    ]


def _group_header(title: str) -> list[str]:
    return [title, _("People"), _("Called"), _("Reached"), _("Will claim"), _("Claimed")]


def _groups(groups: dict[str, dict[str, int]]) -> Iterator[Sequence[Value]]:
    for name, group in groups.items():
        yield name, *group.values()


def _local(instant: datetime | None) -> datetime | None:
    """The office's clock time, as the workbook's cells hold it: without a zone."""
    return None if instant is None else instant.astimezone(WIB).replace(tzinfo=None, second=0, microsecond=0)
