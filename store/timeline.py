"""Everything that happened to a person in time order: calls, contacts, promises, help, and what the trail tells."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from store.assist_rows import AssistRow
from store.assist_rows import rows_of_person as helps_of
from store.cards import attempts_of
from store.contact_rows import ContactRow, contacts_of
from store.file_steps import FileStepRow, steps_of_card
from store.follow_up_rows import FollowUpRow
from store.follow_up_rows import rows_of_person as promises_of
from store.rows import AttemptRow
from store.rules.permissions import Permission
from store.schema import Participant
from store.snapshot import Snapshot
from store.trail_events import Event, events_of
from store.value_class import value_class


class Kind(StrEnum):
    """What happened to somebody."""

    CALL = "call"  # the office rang, or noted something of a call
    CONTACT = "contact"  # they rang or came
    PROMISE = "promise"
    HELP = "help"
    FILE = "file"  # a step of a paper claim file of theirs
    DATA = "data"
    IMPORT = "import"
    LIST = "list"
    LOOK = "look"  # hidden data were looked at, or left the office on paper


@value_class
class Happening:
    """One line of the history: exactly one of the rows is there."""

    kind: Kind
    at: datetime
    attempt: AttemptRow | None = None
    contact: ContactRow | None = None
    promise: FollowUpRow | None = None
    help: AssistRow | None = None
    event: Event | None = None
    file: FileStepRow | None = None


_TOLD_BY_ROWS: Final = ("queue.outcome", "queue.company", "call-list.tick", "counter.", "follow-up.", "assist.")
"""Writes whose rows stand in the history themselves."""

_KINDS: Final = {
    "queue": Kind.CALL,
    "call-list": Kind.CALL,
    "import": Kind.IMPORT,
    "campaign": Kind.LIST,
    "bulk": Kind.LIST,
    "lease": Kind.LIST,
    "division": Kind.LIST,
    "reveal": Kind.LOOK,
    "refused": Kind.LOOK,
    "export": Kind.LOOK,
    "person": Kind.LOOK,
}
"""By the first word of an action; any other is about data."""


def happenings(look: Snapshot, participant_id: int, kinds: Collection[Kind] = ()) -> list[Happening]:
    """All of these kinds, the newest first; what the acting person may not read is left out."""
    wanted = frozenset(kinds) or frozenset(Kind)
    rows: list[Happening] = []
    if Kind.CALL in wanted:
        rows += [Happening(Kind.CALL, row.at, attempt=row) for row in attempts_of(look, participant_id)]
    if Kind.CONTACT in wanted:
        rows += [Happening(Kind.CONTACT, row.started_at, contact=row) for row in contacts_of(look, participant_id)]
    if Kind.PROMISE in wanted and look.may(Permission.FOLLOW_UP):
        rows += [Happening(Kind.PROMISE, row.made_at, promise=row) for row in promises_of(look, participant_id)]
    if Kind.HELP in wanted and look.may(Permission.HELP):
        rows += [Happening(Kind.HELP, row.started_at, help=row) for row in helps_of(look, participant_id)]
    if Kind.FILE in wanted and look.may(Permission.SEE_FILES):
        kpj = str(look.scalar(Participant.select(Participant.kpj).where(Participant.id == participant_id)) or "")
        rows += [Happening(Kind.FILE, step.at, file=step) for step in steps_of_card(look, kpj)]
    for event in events_of(look, participant_id):
        kind = _kind(event)
        if kind in wanted:
            rows.append(Happening(kind, event.at, event=event))
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _kind(event: Event) -> Kind | None:
    """The kind of a line of the trail; None where a row of its own tells it."""
    if event.action.startswith(_TOLD_BY_ROWS):
        return Kind.DATA if event.of_person else None
    return _KINDS.get(event.action.partition(".")[0], Kind.DATA)
