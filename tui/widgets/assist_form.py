"""The form of help with a claim as lines. Pure: what was noted comes in, lines go out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from store.assists import AssistIn
from store.errors import FieldConflict
from store.rules.assists import Activation, Need, Paper, papers_missing
from store.rules.outcomes import Channel
from tui.i18n import _, moment
from tui.widgets.ink import EMPTY, Line, cut, line, wrap
from tui.widgets.script_lines import labelled
from tui.words import assists

HALF = 39
"""Columns of one of the two columns of papers."""


def form_lines(form: AssistIn, name: str, needed: Mapping[Paper, Need], now: datetime, width: int) -> list[Line]:
    """The form in lines of `width` cells."""
    who = name or _("nobody yet: / a participant, o a name")
    lines = labelled(_("Who"), who, width, 2, "strong" if name else "warn")
    reason = _(assists.REASONS[form.reason])
    way = _("{way}  (w) · why: {reason}  (y)").format(way=assists.way(form.way), reason=reason)
    lines += labelled(_("Way"), way, width, 2)
    lines += [EMPTY, *_papers(form, needed), *_missing(form, needed, width), EMPTY]
    if form.way is not Channel.OFFICE:
        lines += _activation(form, width)
        handed = _("made together and handed over; they keep the password") if form.email_handed_over else "–"
        lines += labelled(_("E-mail"), f"{handed}  (m)", width, 2, "good" if form.email_handed_over else "normal")
    if form.way is not Channel.JMO:
        when = moment(form.interview_at, now) if form.interview_at is not None else "–"
        lines += labelled(_("Interview"), f"{when}  (k)", width, 1, "strong" if form.interview_at else "normal")
    result = _(assists.RESULTS[form.result]) + (f": {form.result_note}" if form.result_note else "")
    lines += labelled(_("Result"), f"{result}  (r)", width, 3, assists.RESULT_ROLES.get(form.result, "normal"))
    if form.note:
        lines += labelled(_("Note"), form.note, width, 3, "strong")
    never = _("Never ask for a password, PIN or OTP: the participant types it, Loket keeps none.")
    return [*lines, EMPTY, *[line((f" {row}", "muted")) for row in wrap(never, max(10, width - 2), 2)]]


def _papers(form: AssistIn, needed: Mapping[Paper, Need]) -> list[Line]:
    """Two columns: the key of each paper, its mark, and what it is."""
    cells = []
    for digit, paper in enumerate(Paper, start=1):
        mark, text, role = assists.paper_row(paper, form.documents.get(paper), needed.get(paper))
        cells.append((str(digit), f" [{mark}] {cut(text, HALF - 8)}", role))
    half = (len(cells) + 1) // 2
    lines = []
    for left, right in zip(cells[:half], cells[half:], strict=True):
        first = (left[1].ljust(HALF - 2), left[2])
        lines.append(line((f" {left[0]}", "key"), first, (right[0], "key"), (right[1], right[2])))
    return lines


def _missing(form: AssistIn, needed: Mapping[Paper, Need], width: int) -> list[Line]:
    missing, unasked = papers_missing(needed, form.documents)
    if missing:
        return labelled(_("Missing"), assists.papers(missing), width, 2, "bad")
    if unasked:
        return labelled(_("To ask"), assists.papers(unasked) + "  " + _("(0: all of it is there)"), width, 2, "warn")
    return labelled(_("Papers"), _("complete"), width, 1, "good")


def _activation(form: AssistIn, width: int) -> list[Line]:
    if form.activation is None:
        return labelled(_("Activation"), "–  (a)", width, 1)
    said = _(assists.ACTIVATIONS[form.activation])
    note = f": {form.activation_note}" if form.activation_note else ""
    role = "good" if form.activation is Activation.DONE else "warn"
    return labelled(_("Activation"), f"{said}{note}  (a)", width, 3, role)


def clash_lines(clash: FieldConflict, now: datetime, width: int) -> list[Line]:
    """A field that a colleague changed meanwhile: as it was, mine, theirs with who and when."""
    title = _("{field}: a colleague changed it meanwhile").format(field=assists.conflict_field(clash.field))
    lines = [line((f" {row}", "bad")) for row in wrap(title, max(10, width - 2), 2)]
    when = moment(clash.at, now) if clash.at is not None else ""
    about = " · ".join(filter(None, (clash.by, when)))
    lines += [EMPTY, *labelled(_("before"), assists.conflict_value(clash, clash.original, now), width, 3, "muted")]
    lines += labelled(_("1 mine"), assists.conflict_value(clash, clash.mine, now), width, 3, "strong")
    lines += labelled(_("2 theirs"), assists.conflict_value(clash, clash.theirs, now), width, 3, "strong")
    return lines + labelled("", about, width, 1, "muted")
