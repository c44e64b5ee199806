"""Words of lists of NIK: questions, answers, what Loket knows beside them, the file that goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from store.lookup_rows import LineRow, ListRow, Offer
from store.lookups import LookupPlan
from store.rules.hours import WIB
from store.rules.lookups import Answer, LookupKind
from store.workbooks.finance_files import PASTED
from store.workbooks.lookup_child import LookupRow
from store.workbooks.results_out import SheetOut
from tui.i18n import N_, _, ngettext, number
from tui.widgets.ink import EMPTY, Line, cut, line, wrap
from tui.words import reasons

KINDS: Final[dict[str, str]] = {
    LookupKind.CONTRIBUTIONS: N_("contributions"),
    LookupKind.STATUS: N_("status"),
}

ANSWERS: Final[dict[str, str]] = {
    Answer.PAID_UP: N_("paid up"),
    Answer.ARREARS: N_("in arrears"),
    Answer.ACTIVE: N_("active"),
    Answer.LEFT: N_("not active"),
    Answer.CLAIMED: N_("has claimed"),
    Answer.NOT_FOUND: N_("not found"),
}

HEADINGS: Final = (
    *("NO", "NIK", "KPJ", N_("name on the list"), N_("name in Loket"), N_("company"), "NPP", N_("status in Loket")),
    *(N_("claimed in Loket"), N_("Smile says"), N_("months in arrears"), N_("note"), N_("looked up"), N_("by")),
)

UNREAD: Final[dict[str, str]] = {"nobody-named": N_("neither NIK nor KPJ")}


def answer(row: LineRow) -> str:
    """What Smile said; '' while nobody looked."""
    if row.answer is None:
        return ""
    words = _(ANSWERS[row.answer])
    if row.months is not None:
        months = ngettext("1 month", "{n} months", row.months).format(n=number(row.months))
        words = f"{words} ({months})"
    return words


def yes_no(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


def active(value: bool | None) -> str:
    return _("not known") if value is None else _("active") if value else _("not active")


def claimed(value: bool | None) -> str:
    return _("not known") if value is None else _("has claimed") if value else _("not claimed")


def who(row: LineRow) -> str:
    """The name Loket knows, else the one of the list, else what the line told."""
    return row.known_name or row.name or row.kpj or row.nik


def beside(row: LineRow) -> str:
    """What Loket knows of the person of a line."""
    if row.participant_id is None:
        if row.several:
            said = _("{n} people have this NIK here: look at which card Smile shows.")
            return said.format(n=number(row.several))
        return _("Not among the people of this office.")
    parts = [row.company or _("company not known"), row.npp, active(row.active), claimed(row.claimed)]
    return " · ".join(part for part in parts if part)


def how_far(row: ListRow) -> str:
    left = row.lines - row.answered
    parts = [ngettext("1 left", "{n} left", left).format(n=number(left))]
    parts.append(_("{n} of {all} answered").format(n=number(row.answered), all=number(row.lines)))
    if row.with_others:
        parts.append(_("{n} with colleagues").format(n=number(row.with_others)))
    return " · ".join(parts)


def offered(offer: Offer) -> tuple[str, str]:
    """What the record says and what Smile says."""
    words = active if offer.field == "active" else claimed
    return words(offer.present), words(offer.wanted)


def plan_lines(plan: LookupPlan, width: int) -> list[Line]:
    """What a list would bring: counts, then what names nobody, line by line."""
    count = len(plan.lines)
    told = [
        ngettext("1 line to look up", "{n} lines to look up", count).format(n=number(count)),
        _("{n} of them are known here").format(n=number(plan.known)),
    ]
    if plan.several:
        told.append(_("{n} NIK stand for several people").format(n=number(plan.several)))
    if plan.repeated:
        told.append(_("{n} lines stood there twice and count once").format(n=number(plan.repeated)))
    lines = [EMPTY, *(line((f"  {text}", "strong" if not n else "normal")) for n, text in enumerate(told)), EMPTY]
    for row in plan.lines[:3]:
        about = " · ".join(part for part in (row.read.nik and "NIK", row.read.kpj and "KPJ", row.read.name) if part)
        where = _where(plan, row)
        lines.append(line((f"  {where}: ", "muted"), (cut(about, width - len(where) - 6), "normal")))
    if plan.unread:
        text = ngettext(
            "1 line names nobody and is left out:", "{n} lines name nobody and are left out:", len(plan.unread)
        )
        lines += [EMPTY, line((f"  {text.format(n=number(len(plan.unread)))}", "warn"))]
        for row in plan.unread:
            where, why = _where(plan, row), unread(row.read.problem)
            text = cut(f"{why}: {row.told}", width - len(where) - 6)
            lines.append(line((f"  {where}: ", "muted"), (text, "normal")))
    return lines


def _where(plan: LookupPlan, row: LookupRow) -> str:
    """The sheet and row of a line; of a text that was pasted the line alone."""
    return _("line {n} ").format(n=row.row).strip() if plan.name == PASTED else f"{cut(row.sheet, 20)} {row.row}"


def unread(code: str) -> str:
    """Why a line names nobody."""
    return _(UNREAD[code]) if code in UNREAD else _(reasons.REASONS[code])


def empty_lines(inbox: str, width: int) -> list[Line]:
    """What stands there while nothing lies in MASUK."""
    told = [
        _("There is no file in MASUK."),
        _("Put the list there (Excel, CSV or text), or paste it here: a NIK or KPJ in each line."),
    ]
    lines = [EMPTY, *(line((f"  {part}", "normal")) for text in told for part in wrap(text, width - 4, 3)), EMPTY]
    step = max(20, width - 4)
    return [*lines, *(line((f"  {inbox[at : at + step]}", "key")) for at in range(0, len(inbox), step))]


def sheet(listed: ListRow, rows: Sequence[LineRow]) -> SheetOut:
    """The answers as a sheet of texts, in the order of the list."""
    headings = [_(heading) for heading in HEADINGS]
    return SheetOut(_(KINDS[listed.kind]), headings, [_cells(row) for row in rows])


def _cells(row: LineRow) -> list[str]:
    when = f"{row.answered_at.astimezone(WIB):%d-%m-%Y %H:%M}" if row.answered_at else ""
    return [
        *(str(row.n), row.nik, row.kpj, row.name, row.known_name, row.company, row.npp),
        *("" if row.participant_id is None else active(row.active), yes_no(row.claimed)),
        *(_(ANSWERS[row.answer]) if row.answer else "", str(row.months or ""), row.note, when, row.by or ""),
    ]
