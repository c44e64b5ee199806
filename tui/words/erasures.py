"""Retention of people's data in words: kinds, rules, what holds something, lists and their record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.erasure_rows import DueCount, ErasureRow, LineRow, ListedRule, RuleRow, SuspensionRow
from store.errors import ErasureRefused
from store.rules.dates import format_short
from store.rules.erasures import AskedBy, DataKind, ErasureRefusal, ErasureState, HeldBy, Way
from tui.i18n import N_, WIB, _, ngettext, number, weekday_names
from tui.words.letters import printable
from tui.words.paper import paper_words, place_of, stamp

if TYPE_CHECKING:
    from printing.erasure_sheets import ErasureSheet, ErasureWords
    from store.rows import Me
    from store.workbooks.results_out import SheetOut

KINDS: Final[dict[str, str]] = {
    DataKind.PEOPLE: N_("participants"),
    DataKind.CALLS: N_("calls made"),
    DataKind.CONTACTS: N_("calls and visits received"),
    DataKind.PROMISES: N_("follow-ups"),
    DataKind.HELP: N_("help with claims"),
    DataKind.CORRECTIONS: N_("replaced values"),
    DataKind.CELLS: N_("cells as files had them"),
    DataKind.LOOKUPS: N_("lists for Smile"),
    DataKind.PRINTS: N_("kept prints"),
}
"""What is kept."""

AFTER: Final[dict[str, str]] = {
    DataKind.PEOPLE: N_("after the claim was paid"),
    DataKind.CALLS: N_("after the call"),
    DataKind.CONTACTS: N_("after the call or visit"),
    DataKind.PROMISES: N_("after it was done or dropped"),
    DataKind.HELP: N_("after its result"),
    DataKind.CORRECTIONS: N_("after the change"),
    DataKind.CELLS: N_("after the person came in"),
    DataKind.LOOKUPS: N_("after the list was put away"),
    DataKind.PRINTS: N_("after the print was over"),
}
"""What ends the purpose of each kind."""

GOES: Final[dict[str, str]] = {
    DataKind.PEOPLE: N_("name, card, NIK, birth date, numbers, addresses, notes; figures stay"),
    DataKind.CALLS: N_("number and note; that it was made, and its outcome, stay"),
    DataKind.CONTACTS: N_("number, name, company and note; that it came, and its topic, stay"),
    DataKind.PROMISES: N_("what was promised, to whom, and how it ended"),
    DataKind.HELP: N_("notes and names; way, papers and result stay"),
    DataKind.CORRECTIONS: N_("old and new value, and who said so; that it was changed stays"),
    DataKind.CELLS: N_("cells of numbers and addresses that were read without doubt"),
    DataKind.LOOKUPS: N_("the lines as they came, cards and NIK; answers stay"),
    DataKind.PRINTS: N_("the kept PDF of a print job that is over"),
}
"""What of it goes."""

WAYS: Final[dict[str, str]] = {Way.ANONYMISE: N_("anonymised"), Way.DELETE: N_("deleted")}

HELD: Final[dict[str, str]] = {
    HeldBy.SUSPENDED: N_("suspended"),
    HeldBy.CALLING: N_("on somebody's card now"),
    HeldBy.LISTED: N_("on a call list that is not over"),
    HeldBy.CORRECTION: N_("a correction is open"),
    HeldBy.FOLLOW_UP: N_("a follow-up is open"),
    HeldBy.HELP: N_("help goes on"),
    HeldBy.LOOKUP: N_("on a list for Smile that is open"),
    HeldBy.PAPER: N_("a claim file is kept still"),
    HeldBy.LIST: N_("on another list already"),
    HeldBy.CHANGED: N_("not due any more"),
}
"""Why something stays."""

STATES: Final[dict[str, str]] = {
    ErasureState.PROPOSED: N_("waits for a yes"),
    ErasureState.APPROVED: N_("approved"),
    ErasureState.DONE: N_("carried out"),
    ErasureState.DROPPED: N_("dropped"),
}

ASKED: Final[dict[str, str]] = {
    AskedBy.PARTICIPANT: N_("by the participant"),
    AskedBy.INVESTIGATION: N_("for an investigation"),
}

REFUSALS: Final[dict[str, str]] = {
    ErasureRefusal.UNCONFIRMED: N_("No rule is in force for this: {name}. An officer sets it, the head confirms it."),
    ErasureRefusal.NOTHING_DUE: N_("Nothing is due that nothing holds. The list of what is due says why."),
    ErasureRefusal.STATE: N_("List {name} has gone on meanwhile. Look at it again."),
    ErasureRefusal.RULE_CHANGED: N_("A rule of list {name} is another one by now. Drop the list and propose anew."),
    ErasureRefusal.SUSPENDED: N_("This person is suspended already."),
    ErasureRefusal.SAME: N_("That rule says so already; nothing was changed."),
}
"""Why something cannot be done, with the next step."""


INVALID: Final[dict[tuple[str, str], str]] = {
    ("retention.years", "unreadable"): N_("“{value}” is no number of whole years from 1 to 100."),
    ("basis", "empty"): N_("Say what the office rests it on: a decree, a rule, a decision."),
    ("basis", "too-long"): N_("That basis is too long; 300 letters are enough."),
    ("until", "past"): N_("That day is over. Choose another one, or none."),
    ("until", "unreadable"): N_("“{value}” is no day. For example: 31-12-2033, or nothing."),
}
"""What is wrong with a value, by field and problem."""


def refused(error: ErasureRefused) -> str:
    """Why not, and what to do."""
    name = kind(error.name) if error.name in KINDS else error.name
    return _(REFUSALS[error.why]).format(name=name, detail=error.detail)


def kind(name: str) -> str:
    return _(KINDS[name])


def list_number(erasure_id: int) -> str:
    """How a list and its record are called: 'PD-3' (penghapusan data)."""
    return f"PD-{erasure_id}"


def years(count: int) -> str:
    return ngettext("1 year", "{n} years", count).format(n=number(count))


def rule_text(row: RuleRow | ListedRule) -> str:
    """'5 years after the claim was paid, anonymised'."""
    assert row.years is not None
    return f"{years(row.years)} {_(AFTER[row.kind])}, {_(WAYS[row.way])}"


def rule_state(row: RuleRow) -> str:
    """Whether it is in force, and by whom."""
    if row.years is None:
        return _("nobody has said; Loket offers {years} to think about").format(years=years(row.proposed))
    if row.confirmed_at is None:
        return _("set by {name}, waits for the head").format(name=row.set_by)
    return _("in force, confirmed by {name} on {day}").format(name=row.confirmed_by, day=_day(row.confirmed_at))


def held_text(whys: Sequence[str]) -> str:
    return ", ".join(_(HELD[why]) for why in whys)


def count_text(row: DueCount) -> str:
    """'participants: 12 can go, 3 stay (suspended: 1 · a claim file is kept still: 2)'."""
    stay = sum(row.held.values())
    text = _("{kind}: {n} can go").format(kind=kind(row.kind), n=number(row.ready))
    if not stay:
        return text
    whys = " · ".join(f"{_(HELD[why])}: {number(n)}" for why, n in row.held.items())
    return text + ", " + _("{n} stay ({whys})").format(n=number(stay), whys=whys)


def state(row: ErasureRow) -> str:
    if row.state is ErasureState.APPROVED and row.begun_at is not None:
        return _("begun: goes on")
    return _(STATES[row.state])


def suspension_text(row: SuspensionRow) -> str:
    """At whose wish, why, and until when."""
    until = _("until it is lifted") if row.until is None else _("until {day}").format(day=format_short(row.until))
    return f"{_(ASKED[row.asked_by])}: {row.why} · {until}"


def result(row: LineRow) -> str:
    """What became of a line."""
    if row.done_at is not None:
        return _("gone")
    return _("stayed: {why}").format(why=_(HELD[row.held])) if row.held else _("waits")


def _day(instant: datetime) -> str:
    return format_short(instant.astimezone(WIB).date())


# The record -----------------------------------------------------------------------------------------------------------


def record(row: ErasureRow, lines: Sequence[LineRow], me: Me, now: datetime) -> tuple[ErasureSheet, ErasureWords]:
    """The record of a list, or before it is carried out what is to be agreed to."""
    from printing.erasure_sheets import ErasedKind, ErasedLine, ErasureSheet

    rules = {rule.kind: rule for rule in row.rules}
    kinds = tuple(
        ErasedKind(
            kind=kind(each.kind),
            rule=rule_text(rules[each.kind]),
            basis=printable(rules[each.kind].basis),
            confirmed=f"{printable(rules[each.kind].confirmed_by)}, {format_short(rules[each.kind].confirmed_on)}",
            lines=each.lines,
            done=each.done,
            held=each.held,
            first=each.first,
            last=each.last,
        )
        for each in row.counts
    )
    told = tuple(ErasedLine(kind(each.kind), each.label, each.row_id, each.ended_on, result(each)) for each in lines)
    sheet = ErasureSheet(
        stamp=stamp(me, now),
        number=list_number(row.erasure_id),
        place=place_of(me.office),
        done_on=None if row.done_at is None else _date(row.done_at),
        kinds=kinds,
        lines=told,
        proposed_by=printable(row.made_by),
        proposed_on=_date(row.made_at),
        approved_by=printable(row.approved_by),
        approved_on=None if row.approved_at is None else _date(row.approved_at),
        done_by=printable(row.done_by),
        note=printable(row.note),
    )
    return sheet, record_words()


def book(row: ErasureRow, lines: Sequence[LineRow]) -> list[SheetOut]:
    """The same as sheets of a workbook."""
    from store.workbooks.results_out import SheetOut

    rules = {rule.kind: rule for rule in row.rules}
    heads = [_("Kind of data"), _("Kept"), _("Basis"), _("Confirmed by"), _("Lines"), _("Gone"), _("Stayed")]
    kinds = [
        (
            *(kind(each.kind), rule_text(rules[each.kind]), rules[each.kind].basis, rules[each.kind].confirmed_by),
            *(each.lines, each.done, each.held),
        )
        for each in row.counts
    ]
    steps = [
        (_("Proposed by"), row.made_by, _date(row.made_at)),
        (_("Agreed to by"), row.approved_by, None if row.approved_at is None else _date(row.approved_at)),
        (_("Carried out by"), row.done_by, None if row.done_at is None else _date(row.done_at)),
    ]
    told = [(each.position, kind(each.kind), each.label, each.row_id, each.ended_on, result(each)) for each in lines]
    annex = [_("No."), _("Kind of data"), _("KPJ, masked"), _("Row"), _("Purpose ended"), _("Result")]
    return [
        SheetOut(list_number(row.erasure_id), heads, kinds),
        SheetOut(_("Steps"), [_("Step"), _("Name"), _("Day")], steps),
        SheetOut(_("Annex"), annex, told),
    ]


def _date(instant: datetime) -> date:
    return instant.astimezone(WIB).date()


def record_words() -> ErasureWords:
    """What every such record says."""
    from printing.erasure_sheets import ErasureWords

    return ErasureWords(
        paper=paper_words(),
        title=_("Record of erased personal data"),
        number=_("Number {number}"),
        weekdays=weekday_names(),
        opening=_(
            "On this day, {weekday}, {date}, in {place}, personal data in the application Loket whose retention is "
            "over were erased: {done} of the {lines} lines of this list."
        ),
        proposed=_("Proposed to be erased, as their retention is over: {lines} lines of personal data."),
        made=_("Proposed by {name} on {date}."),
        approved=_("Approved by {name} on {date}."),
        reach=_(
            "Backups made before hold these data until they are rotated out (at most 12 months). Papers, and files "
            "that people took along or keep in MASUK and KELUAR, are not within reach of Loket."
        ),
        closing=_("This record was made truthfully, to be used as needed."),
        note=_("Note: {note}"),
        kind=_("Kind of data"),
        rule=_("Kept"),
        basis=_("Basis, and who confirmed it"),
        count=_("Lines"),
        done=_("Gone"),
        held=_("Stayed"),
        span=_("Purpose ended"),
        annex=_("Annex: the lines, masked"),
        position=_("No."),
        label=_("KPJ, masked"),
        row=_("Row"),
        ended=_("Purpose ended"),
        result=_("Result"),
        total=_("Total"),
        proposer=_("Proposed by"),
        approver=_("Agreed to by"),
        doer=_("Carried out by"),
    )
