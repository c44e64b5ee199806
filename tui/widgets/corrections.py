"""What is known of the person on a worklist, below the list. Pure: rows come in, lines go out."""

from __future__ import annotations

from datetime import datetime

from store.correction_rows import CorrectionRow
from store.errors import FieldConflict
from store.rules.corrections import Field
from store.rules.phones import format_display
from store.rules.problems import NUMBER_WRONG
from store.worklist_rows import WorkPerson, WorkRow
from tui.i18n import _, moment, number
from tui.widgets.ink import EMPTY, Line, cut, line, spread, wrap
from tui.words import corrections

LABEL = 15
"""Cells of the labels at the left."""


def _labelled(label: str, text: str, width: int, most: int = 1, role: str = "normal") -> list[Line]:
    rows = wrap(text, max(10, width - LABEL - 1), most) or [""]
    return [line((f" {label if at == 0 else ''}".ljust(LABEL), "muted"), (row, role)) for at, row in enumerate(rows)]


def row_lines(row: WorkRow, waiting: CorrectionRow | None, now: datetime, width: int) -> list[Line]:
    """The problem of one person in words: what the cell said and where, what stands there, what settles it.

    `waiting` is a change of that value that waits for a yes.
    """
    title = " " + " · ".join((row.name, row.kpj, row.company or _("company not known")))
    lines = [line((cut(title, width), "strong"))]
    said = corrections.problem(row.problem)
    raw = " ".join(row.raw.split())
    lines += _labelled(_("Problem"), f"{said}: “{raw}”" if raw else said, width, 2, "warn")
    if row.problem == NUMBER_WRONG and row.wrong:
        when = moment(row.wrong_at, now) if row.wrong_at is not None else ""
        lines += _labelled(_("Found wrong"), " · ".join(filter(None, (*row.wrong, when))), width)
    if row.shared_with:
        named = ", ".join(f"{one.name} {one.kpj}" for one in row.shared_with)
        more = row.sharers - len(row.shared_with)
        rest = f" +{number(more)}" if more > 0 else ""
        lines += _labelled(_("Shared with"), f"{number(row.sharers)}: {named}{rest}", width, 2)
    if row.settled_by is not None:
        lines += _labelled(_("Now"), corrections.value(row.settled_by, row.value), width)
    if waiting is not None:
        text = _("{value} by {who}: waits for a yes (F4, p)")
        shown = text.format(value=corrections.value(waiting.field, waiting.new), who=waiting.by)
        lines += _labelled(_("Proposed"), shown, width, 1, "key")
    if row.suggestion is not None:
        lines += _labelled(_("Perhaps"), _("{address} · s takes it").format(address=row.suggestion), width, 1, "key")
    lines += _labelled(_("Settles it"), _settles(row), width, 2)
    if row.others:
        lines += _labelled(_("Also open"), corrections.others(row.others), width, 1, "muted")
    place = " · ".join(
        filter(None, (row.file, row.sheet, _("row {n}").format(n=row.row) if row.row is not None else ""))
    )
    return [*lines, *_labelled(_("Comes from"), place or "–", width, 1, "muted")]


def _settles(row: WorkRow) -> str:
    right = _("r: it is right as it is")
    if row.settled_by is None:
        return right if row.acceptable else _("a newer list")
    if row.settled_by is Field.ACTIVE:
        return _("a active · n not active")
    typed = _("e: {how}").format(how=_(corrections.HOW[row.settled_by]))
    return f"{typed} · {right}" if row.acceptable else typed


def person_lines(person: WorkPerson, wanted: Field, width: int) -> list[Line]:
    """One person whole, while a value of theirs is typed."""
    lines = [line((cut(f" {person.name} · {person.kpj} · {person.company}", width), "strong"))]
    values = dict(person.values)
    numbers = " · ".join(_number(*each) for each in person.phones)
    lines += _labelled(_("Telephone"), numbers or "–", width, 2, "strong" if wanted is Field.PHONE else "normal")
    shown = (Field.EMAIL, Field.NIK, Field.BIRTH_DATE, Field.ACTIVE, Field.NPP, Field.BALANCE)
    own = [each for each in shown if each is wanted]
    for each in (*own, *(each for each in shown[:3] if each is not wanted)):
        role = "strong" if each is wanted else "normal"
        lines += _labelled(_(corrections.LABELS[each]), corrections.value(each, values[each]), width, 1, role)
    if wanted is Field.PHONE and person.phones_raw.strip():
        lines += _labelled(_("In the file"), " ".join(person.phones_raw.split()), width, 1, "muted")
    if wanted is Field.EMAIL and person.email_raw.strip():
        lines += _labelled(_("In the file"), " ".join(person.email_raw.split()), width, 1, "muted")
    doubts = [text for _flag, text in person.doubts if text.strip()]
    if wanted not in (Field.PHONE, Field.EMAIL) and doubts:
        lines += _labelled(_("In the file"), " · ".join(dict.fromkeys(doubts)), width, 1, "muted")
    return [*lines, *_labelled(_("Comes from"), person.source, width, 1, "muted")]


def _number(e164: str, label: str, wrong: bool) -> str:
    return " ".join(filter(None, (format_display(e164), label, _("(wrong)") if wrong else "")))


def clash_lines(clash: FieldConflict, now: datetime, width: int) -> list[Line]:
    """A value that a colleague changed meanwhile: as it was, mine, theirs with who and when."""
    what = corrections.field(clash.field)
    title = _("{field}: a colleague changed it while you were typing").format(field=what)
    by = clash.by or _("a colleague")
    when = moment(clash.at, now) if clash.at is not None else ""
    lines = [line((cut(f" {title}", width), "bad")), EMPTY]
    for label, text, about, role in (
        (_("before"), clash.original, "", "muted"),
        (_("1 mine"), clash.mine, "", "strong"),
        (_("2 theirs"), clash.theirs, " · ".join(filter(None, (by, when))), "strong"),
    ):
        words = corrections.conflict_value(clash, text)
        lines += _labelled(label, " · ".join(filter(None, (words, about))), width, 1, role)
    return [*lines, EMPTY, *_labelled("", _("What is not chosen is not lost: the trail keeps it."), width, 1, "muted")]


def with_rule(lines: list[Line], width: int, height: int) -> list[Line]:
    """The lines below the list, parted from it."""
    return [spread([("─" * width, "muted")], [], width), *lines][:height]
