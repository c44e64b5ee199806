"""Words of *entri ke Smile*: values as they are typed there, how far the list is, sheets for employers."""

from __future__ import annotations

from datetime import date
from typing import Final

from store.rules.corrections import YES, Field
from store.rules.phones import format_national
from store.smile_exports import CompanyToDo, Exported
from store.smile_rows import SmileChange, SmileCounts
from tui.i18n import _, ngettext, number
from tui.words import corrections

_STATUS: Final = {True: "AKTIF", False: "NON AKTIF"}  # as Smile and its sheets write it, in any language


def typed(field: Field, canonical: str) -> str:
    """A canonical value as it is typed into Smile: a national number, a date as 31-12-1967."""
    if field is Field.PHONE:
        return format_national(canonical)
    if field is Field.BIRTH_DATE:
        return f"{date.fromisoformat(canonical):%d-%m-%Y}"
    if field is Field.ACTIVE:
        return _STATUS[canonical == YES]
    return canonical


def how_far(counts: SmileCounts) -> str:
    """Values and people left, with colleagues, with employers, refused, done today."""
    left = ngettext("1 value", "{n} values", counts.to_do).format(n=number(counts.to_do))
    parts = [_("left: {values} of {people}").format(values=left, people=corrections.people(counts.people))]
    if counts.with_others:
        parts.append(_("{n} with colleagues").format(n=number(counts.with_others)))
    if counts.exported:
        parts.append(_("{n} in sheets").format(n=number(counts.exported)))
    if counts.refused:
        parts.append(_("{n} refused").format(n=number(counts.refused)))
    parts.append(_("{n} done today").format(n=number(counts.done_today)))
    return " · ".join(parts)


def by_person(counts: SmileCounts) -> str:
    """Who typed how much today."""
    return " · ".join(f"{each.name} {number(each.done + each.refused)}" for each in counts.today)


def to_do(change: SmileChange) -> str:
    """What is to be done where nothing can be copied; '' where something can."""
    if change.new:
        return ""
    if change.new == "":
        return _("They have no e-mail: empty the address in Smile. Nothing is invented.")
    return _("Not known any more: empty this value in Smile.")


def company(row: CompanyToDo) -> str:
    name = row.company or _("company not known")
    values = ngettext("1 value", "{n} values", row.values).format(n=number(row.values))
    return " · ".join(part for part in (name, row.npp, values) if part)


def sheet_question(planned: Exported, of: str) -> str:
    values = ngettext("1 value", "{n} values", planned.values).format(n=number(planned.values))
    said = _("Make a sheet for {company} with {values} of {people}?").format(
        company=of, values=values, people=corrections.people(planned.people)
    )
    if planned.left:
        said += " " + _("{n} stay to be typed by hand.").format(n=number(planned.left))
    return said


def sheet_made(done: Exported, name: str) -> str:
    return _("Sheet {number}, {n} values: KELUAR/{name}").format(number=done.number, n=number(done.values), name=name)


def sheet_written(done: Exported, path: str) -> str:
    return _("Sheet {number}, {n} values: {path}").format(number=done.number, n=number(done.values), path=path)
