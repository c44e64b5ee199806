"""Help with a claim in words: papers, activation, result, what is missing, and the lines of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from store.assist_rows import AssistRow
from store.assists import AssistIn, AssistSaved
from store.errors import FieldConflict
from store.rules.assists import Activation, ClaimReason, Need, Paper, PaperState, Result
from tui.i18n import N_, _, moment, short_moment
from tui.words import calls

REASONS: Final[dict[str, str]] = {
    ClaimReason.AGE: N_("reached 56"),
    ClaimReason.RESIGNED: N_("resigned"),
    ClaimReason.DISMISSED: N_("dismissed"),
    ClaimReason.CONTRACT_ENDED: N_("contract ended"),
    ClaimReason.PARTIAL: N_("part of it (10 or 30 percent)"),
    ClaimReason.HEIRS: N_("heirs claim"),
    ClaimReason.OTHER: N_("another reason"),
    ClaimReason.UNSAID: N_("not said"),
}

PAPERS: Final[dict[str, str]] = {
    Paper.KTP: N_("KTP"),
    Paper.CARD: N_("membership card"),
    Paper.KK: N_("KK"),
    Paper.BANK_BOOK: N_("bank book"),
    Paper.EMAIL: N_("e-mail address"),
    Paper.PHONE: N_("mobile number"),
    Paper.NPWP: N_("NPWP"),
    Paper.RECOMMENDATION: N_("company letter"),
}

PAPER_STATES: Final[dict[str, str]] = {
    PaperState.PRESENT: N_("there"),
    PaperState.MISSING: N_("MISSING"),
    PaperState.LATER: N_("brought later"),
    PaperState.NOT_NEEDED: N_("not needed"),
}

PAPER_ROLES: Final[dict[str, str]] = {
    PaperState.PRESENT: "good",
    PaperState.MISSING: "bad",
    PaperState.LATER: "good",
    PaperState.NOT_NEEDED: "muted",
}

MARKS: Final[dict[str, str]] = {
    PaperState.PRESENT: "v",
    PaperState.MISSING: "x",
    PaperState.LATER: "v",
    PaperState.NOT_NEEDED: "–",
}

NEEDS: Final[dict[str, str]] = {
    Need.YES: N_("not asked yet"),
    Need.ABOVE_LIMIT: N_("above Rp50.000.000"),
}

ACTIVATIONS: Final[dict[str, str]] = {
    Activation.DONE: N_("account activated"),
    Activation.EMAIL: N_("e-mail does not work, or its password is forgotten"),
    Activation.NUMBER: N_("number is not the registered one"),
    Activation.FACE: N_("face is not recognised"),
    Activation.NIK: N_("NIK differs from the office's data"),
    Activation.DUKCAPIL: N_("data differ from Dukcapil"),
    Activation.PIN: N_("PIN forgotten"),
    Activation.OLD_PHONE: N_("telephone too old for the app"),
    Activation.NETWORK: N_("no network, or the system is down"),
    Activation.OTHER: N_("something else stopped it"),
}

RESULTS: Final[dict[str, str]] = {
    Result.GOES_ON: N_("goes on"),
    Result.SUBMITTED: N_("handed in"),
    Result.CAME_BACK: N_("came back to be completed"),
    Result.PAID: N_("paid"),
    Result.REFUSED: N_("refused"),
    Result.GAVE_UP: N_("given up"),
}

RESULT_ROLES: Final[dict[str, str]] = {Result.PAID: "good", Result.REFUSED: "bad", Result.CAME_BACK: "warn"}

FIELDS: Final[dict[str, str]] = {
    "way": N_("Way"),
    "reason": N_("Why"),
    "activation": N_("Activation"),
    "activation_note": N_("Activation, note"),
    "email_handed_over": N_("E-mail"),
    "interview_at": N_("Interview"),
    "result": N_("Result"),
    "result_note": N_("Result, note"),
    "note": N_("Note"),
    "whom": N_("Who"),
    "participant_id": N_("Who"),
}
"""The fields of the form, as their labels and where two people changed the same."""


def who(row: AssistRow) -> str:
    """Who is helped."""
    return row.name or row.whom


def way(code: str) -> str:
    """The way of a claim, with the word for it that the office uses."""
    return calls.word(calls.CHANNELS, code)


def papers(them: Sequence[Paper]) -> str:
    """Papers in words, one after the other."""
    return ", ".join(_(PAPERS[paper]) for paper in them)


def missing_cell(row: AssistRow) -> tuple[str, str]:
    """What is missing, in a cell: papers that are not there, else those that nobody asked for."""
    if row.missing:
        return papers(row.missing), "bad"
    if row.unasked:
        return _("not asked: {papers}").format(papers=papers(row.unasked)), "warn"
    return _("complete"), "good"


def missing_words(row: AssistRow) -> str:
    """What is missing, where no title above says that it is."""
    said, _role = missing_cell(row)
    return _("missing: {papers}").format(papers=said) if row.missing else said


def list_lines(row: AssistRow, now: datetime) -> tuple[str, str]:
    """The row under the cursor in two lines."""
    first = [who(row), row.kpj, way(row.way), _(REASONS[row.reason])]
    second = [_("since {when}").format(when=short_moment(row.started_at, now)), missing_words(row)]
    if row.activation is not None:
        second.append(_(ACTIVATIONS[row.activation]))
    if row.interview_at is not None:
        second.append(_("interview {when}").format(when=moment(row.interview_at, now)))
    if row.result:
        second.append(_(RESULTS[row.result]))
    return " · ".join(filter(None, first)), " · ".join(second)


def saved(form: AssistIn, done: AssistSaved, name: str, missing: Sequence[Paper], now: datetime) -> str:
    """What one save did, for the status line."""
    parts = [name, way(form.way)]
    if missing:
        parts.append(_("missing: {papers}").format(papers=papers(missing)))
    if form.result:
        parts.append(_(RESULTS[form.result]))
    if done.reminder_at is not None:
        parts.append(_("reminder {when}").format(when=moment(done.reminder_at, now)))
    return _("Saved: {what}").format(what=" · ".join(filter(None, parts)))


def paper_row(paper: Paper, state: PaperState | None, need: Need | None) -> tuple[str, str, str]:
    """Mark, name with what it is, and role of one paper on the form."""
    if state is not None:
        return MARKS[state], f"{_(PAPERS[paper])}: {_(PAPER_STATES[state])}", PAPER_ROLES[state]
    if need is None:
        return " ", f"{_(PAPERS[paper])}: {_(PAPER_STATES[PaperState.NOT_NEEDED])}", "muted"
    return "?", f"{_(PAPERS[paper])}: {_(NEEDS[need])}", "warn" if need is Need.YES else "muted"


def conflict_field(field: str) -> str:
    """The field of a conflict in words; a paper is one."""
    head, _mark, paper = field.partition(".")
    return _(PAPERS[paper]) if head == "documents" and paper in PAPERS else _(FIELDS.get(field, field))


def conflict_value(conflict: FieldConflict, value: object, now: datetime) -> str:
    """One of the three values of a conflict in words."""
    if conflict.field.startswith("documents."):
        return _(PAPER_STATES[str(value)]) if value else _("not asked yet")
    tables: Mapping[str, Mapping[str, str]] = {"reason": REASONS, "activation": ACTIVATIONS, "result": RESULTS}
    if conflict.field == "way":
        return way(str(value))
    if conflict.field == "email_handed_over":
        return _("made together and handed over") if value else _("(nothing)")
    if isinstance(value, datetime):
        return moment(value, now)
    known = tables.get(conflict.field, {})
    return _(known[str(value)]) if str(value) in known else str(value or "") or _("(nothing)")
