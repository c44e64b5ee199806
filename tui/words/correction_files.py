"""Files of corrections in words: what each value is, what the file would do and did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.correction_imports import CorrectionPlan, CorrectionsDone, OpenForm
from store.rules.correction_files import FieldVerdict
from store.rules.corrections import Field
from store.turns import Progress
from tui.i18n import N_, _, ngettext, number
from tui.words import corrections

_NAME: Final = 30
"""Cells that whoever sent a file may take in a question."""

VERDICTS: Final[dict[str, str]] = {
    FieldVerdict.NEW: N_("new"),
    FieldVerdict.DIFFERS: N_("differs"),
    FieldVerdict.STALE: N_("changed here since"),
    FieldVerdict.SAME: N_("same"),
    FieldVerdict.UNUSABLE: N_("unusable"),
}


def verdict(code: str) -> str:
    """What a cell of a file is for one value of one person."""
    return _(VERDICTS[code]) if code in VERDICTS else code


def counts(plan: CorrectionPlan) -> str:
    """How many values are new, differ, and so on; those that are not there are left out."""
    told = [f"{verdict(code)} {number(plan.counts[code])}" for code in FieldVerdict if plan.counts.get(code)]
    return ", ".join(told) if told else _("no value")


def fields(plan: CorrectionPlan) -> list[str]:
    """The same of each field, a line each."""
    return [
        f"{corrections.field(wanted)}: "
        + ", ".join(f"{verdict(code)} {number(told[code])}" for code in FieldVerdict if told.get(code))
        for wanted, told in plan.by_field.items()
    ]


def open_rows(plan: CorrectionPlan) -> list[str]:
    """What is left for a person to look at, a sentence each."""
    said = []
    if plan.unknown:
        text = ngettext(
            "1 row has a KPJ that the office does not know; nobody is made of it.",
            "{n} rows have a KPJ that the office does not know; nobody is made of them.",
            plan.unknown,
        )
        said.append(text.format(n=number(plan.unknown)))
    if plan.other_people:
        text = ngettext(
            "1 row tells of another person than the one with that KPJ: taken only when chosen by itself.",
            "{n} rows tell of another person than the one with that KPJ: taken only when chosen by themselves.",
            plan.other_people,
        )
        said.append(text.format(n=number(plan.other_people)))
    if stale := plan.counts.get(FieldVerdict.STALE, 0):
        text = ngettext(
            "1 value was changed here after the file was made: taken only when chosen by itself.",
            "{n} values were changed here after the file was made: taken only when chosen by themselves.",
            stale,
        )
        said.append(text.format(n=number(stale)))
    if plan.left_fields:
        names = ", ".join(corrections.field(each) for each in plan.left_fields)
        said.append(_("Not read, because your role may not correct it: {fields}").format(fields=names))
    return said


def done(result: CorrectionsDone) -> list[str]:
    """What an import did."""
    counted = ngettext("1 value of {people}", "{n} values of {people}", result.changed).format(
        n=number(result.changed), people=corrections.people(result.people)
    )
    said = [
        _("proposed: {values}").format(values=counted)
        if result.proposed
        else _("taken: {values}").format(values=counted)
    ]
    if result.form is not None:
        said.append(
            _("Form {number} of {company} is back.").format(number=result.form.number, company=result.form.company)
        )
    if result.conflicts:
        text = ngettext(
            "1 value was changed by a colleague meanwhile and was left.",
            "{n} values were changed by a colleague meanwhile and were left.",
            len(result.conflicts),
        )
        said.append(text.format(n=number(len(result.conflicts))))
    return said


def question(supplier: str, counts: Mapping[FieldVerdict, int], form: OpenForm | None) -> str:
    """What taking the marked values does, in numbers."""
    new, other = counts.get(FieldVerdict.NEW, 0), counts.get(FieldVerdict.DIFFERS, 0)
    stale = counts.get(FieldVerdict.STALE, 0)
    parts = [_("fills {n} values").format(n=number(new))] if new else []
    if other + stale:
        parts.append(_("replaces {n}").format(n=number(other + stale)))
    if stale:
        parts.append(_("{n} of them changed here since").format(n=number(stale)))
    if form is not None:
        parts.append(_("form {n} is back").format(n=form.number))
    whose = supplier if len(supplier) <= _NAME else supplier[: _NAME - 1] + "…"
    said = " · ".join(parts)
    if not whose:
        return _("Take it as the office's own: {effects}?").format(effects=said)
    return _("Take it by the word of {supplier}: {effects}?").format(supplier=whose, effects=said)


def undo_question(done: CorrectionsDone) -> str:
    """What taking an import of corrections back would do."""
    text = _("Take back {n} values of {people}: the former ones stand again?")
    return text.format(n=number(done.changed), people=corrections.people(done.people))


def progress(now: Progress, seconds: float) -> str:
    """One line: how many values, how fast, and how long it will take yet."""
    parts = [_("{n} of {all} values").format(n=number(now.done), all=number(now.of))]
    if seconds > 0 and now.done:
        parts.append(_("{n} a second").format(n=number(int(now.done / seconds))))
        parts.append(_("{n} s left").format(n=number(int((now.of - now.done) * seconds / now.done) + 1)))
    return " · ".join(parts)


def field(wanted: Field | None) -> str:
    """The field of a line; '' for one about its whole row."""
    return "" if wanted is None else corrections.field(wanted)
