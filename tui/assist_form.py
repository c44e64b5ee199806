"""The form of help with a claim: what stands on it, how it is kept as a draft, how it meets a colleague's."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from store.assist_rows import AssistRow
from store.assists import AssistIn
from store.rules.assists import Activation, ClaimReason, Paper, PaperState, Result
from store.rules.outcomes import Channel
from store.value_class import value_class

DRAFTS: Final = "assist:"

NEXT: Final[dict[PaperState | None, PaperState | None]] = {
    None: PaperState.PRESENT,
    PaperState.PRESENT: PaperState.MISSING,
    PaperState.MISSING: PaperState.NOT_NEEDED,
    PaperState.NOT_NEEDED: None,
    PaperState.LATER: PaperState.MISSING,
}
"""What the key of a paper makes of it: there, missing, not needed, not asked."""


@value_class
class Subject:
    """Who is helped, as the screen says it: a participant, or a name."""

    participant_id: int | None = None
    name: str = ""
    contact_id: int | None = None


def blank(subject: Subject) -> AssistIn:
    """A new form; Lapak Asik is what people mostly come for (domain.md 2.8)."""
    return AssistIn(
        Channel.LAPAK_ASIK,
        participant_id=subject.participant_id,
        contact_id=subject.contact_id,
        whom=None if subject.participant_id is not None or subject.contact_id is not None else subject.name,
    )


def of_row(row: AssistRow) -> AssistIn:
    """The form of a help that was saved. The name stays what it is (`whom` None): the row has it masked."""
    return AssistIn(
        way=row.way,
        reason=row.reason,
        participant_id=row.participant_id,
        contact_id=row.contact_id,
        documents=dict(row.documents),
        activation=row.activation,
        activation_note=row.activation_note,
        email_handed_over=row.email_handed_over,
        interview_at=row.interview_at,
        result=row.result,
        result_note=row.result_note,
        note=row.note,
    )


def with_paper(form: AssistIn, paper: Paper, state: PaperState | None) -> AssistIn:
    """The form with this paper in this state; None takes it off."""
    documents = {known: value for known, value in form.documents.items() if known is not paper}
    if state is not None:
        documents[paper] = state
    return replace(form, documents=documents)


def upon(now: AssistIn, seen: AssistIn, mine: AssistIn, theirs: Collection[str]) -> AssistIn:
    """What I changed since I saw it, put upon what stands there now; the fields in `theirs` stay as they are now."""
    result = now
    for field in fields(AssistIn):
        wish = getattr(mine, field.name)
        if field.name != "documents" and field.name not in theirs and wish != getattr(seen, field.name):
            result = replace(result, **{field.name: wish})
    for paper in Paper:
        wished = mine.documents.get(paper)
        if f"documents.{paper}" not in theirs and wished != seen.documents.get(paper):
            result = with_paper(result, paper, wished)
    return result


def to_draft(form: AssistIn, seen: AssistIn, version: int, who: str) -> str:
    """Form and what it began from, as text; `who` is the name that stands on it."""
    return json.dumps({"form": _plain(form), "seen": _plain(seen), "version": version, "who": who})


def from_draft(text: str) -> tuple[AssistIn, AssistIn, int, str]:
    """Raises ValueError, TypeError, KeyError for the draft of another Loket."""
    kept = json.loads(text)
    return _form(kept["form"]), _form(kept["seen"]), int(kept["version"]), str(kept["who"])


def _plain(form: AssistIn) -> dict[str, Any]:
    values = {field.name: getattr(form, field.name) for field in fields(AssistIn)}
    values["documents"] = {str(paper): str(state) for paper, state in form.documents.items()}
    values["interview_at"] = form.interview_at.isoformat() if form.interview_at is not None else None
    return values


def _form(values: dict[str, Any]) -> AssistIn:
    at, activation = values["interview_at"], values["activation"]
    return AssistIn(
        **{
            **values,
            "way": Channel(values["way"]),
            "reason": ClaimReason(values["reason"]),
            "documents": {Paper(paper): PaperState(state) for paper, state in values["documents"].items()},
            "activation": Activation(activation) if activation is not None else None,
            "interview_at": datetime.fromisoformat(at) if at is not None else None,
            "result": Result(values["result"]),
        }
    )
