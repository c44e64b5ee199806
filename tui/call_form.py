"""What has been noted of one call or visit: kept as a draft while it is open, and what is saved of it in the end."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from store.contact_rows import CounterPerson, ListStand
from store.counter import ContactIn, Promise, QueueStep
from store.edits import Correction, Seen
from store.rules.corrections import Field
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Topic
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tui import draft_keys

CLAIMS: Final = frozenset({Topic.CLAIM, Topic.STATUS, Topic.JMO})
"""Who rings about one of these has heard of their claim: nobody need phone them any more."""

THEMSELVES: Final = frozenset({Caller.SELF, Caller.HEIR})


class Place(StrEnum):
    """What the save does to the person's place on a call list, besides an outcome by their own word."""

    RULE = "rule"  # as the topic and the caller say
    LEAVE = "leave"
    STAY = "stay"


@dataclass
class CallForm:
    """One call or visit. Everything but the start is what somebody typed or chose; nothing has to be, but a topic."""

    started_at: datetime
    channel: ContactChannel = ContactChannel.PHONE
    topic: str = ""
    ending: ContactOutcome = ContactOutcome.ANSWERED
    said_caller: Caller | None = None
    caller_name: str = ""
    company: str = ""
    participant_id: int | None = None
    name: str = ""  # of the participant, for the list of drafts
    number: str = ""
    note: str = ""
    right_party: bool = False
    answers_id: int | None = None
    phone: str = ""  # a number of theirs, corrected
    email: str | None = None  # an address, corrected; '' where they said that they have none
    over: list[str] = field(default_factory=list)  # fields that are written over a colleague's
    seen: Seen | None = None
    place: str = Place.RULE  # or an Outcome
    callback_at: datetime | None = None
    promise: Promise | None = None
    promised_to: str = ""  # who does it, in words; '' is oneself
    typing: tuple[str, str] = ("", "")  # the line that is open, and its text
    serial: str = field(default_factory=lambda: secrets.token_hex(4))  # two calls may begin at the same moment

    # What it is

    @property
    def key(self) -> str:
        """The key of its draft."""
        return draft_keys.COUNTER + self.serial

    @property
    def empty(self) -> bool:
        """Nothing was noted yet."""
        fresh = CallForm(self.started_at, self.channel, serial=self.serial)
        return asdict(self) == asdict(fresh)

    @property
    def caller(self) -> Caller:
        """Who it is: as was said, else as the rest tells."""
        if self.said_caller is not None:
            return self.said_caller
        return Caller.SELF if self.participant_id is not None else Caller.ANONYMOUS

    @property
    def outcome(self) -> ContactOutcome:
        return ContactOutcome.FOLLOW_UP if self.promise is not None else self.ending

    # The person

    def take(self, person: CounterPerson) -> None:
        """It is about this person: what was noted of another one no longer holds."""
        if person.participant_id != self.participant_id:
            self.leave_person()
        self.participant_id, self.name, self.seen = person.participant_id, person.name, person.seen
        if self.said_caller in (Caller.ANONYMOUS, None):
            self.said_caller = None

    def leave_person(self) -> None:
        """It is about nobody in particular."""
        self.participant_id, self.name, self.seen = None, "", None
        self.right_party, self.phone, self.email = False, "", None
        self.over, self.place, self.callback_at = [], Place.RULE, None

    def corrections(self) -> tuple[Correction, ...]:
        """What is corrected of the person's number and address."""
        if self.seen is None:
            return ()
        texts = ((Field.PHONE, self.phone or None), (Field.EMAIL, self.email))
        return tuple(Correction(what, text, self.seen, what in self.over) for what, text in texts if text is not None)

    # Their place on a call list

    def step(self, stand: ListStand | None) -> QueueStep | None:
        """What the save does to their place; None where it stays as it is."""
        if stand is None:  # of somebody on no list only a death is noted
            return QueueStep(None, Outcome.DECEASED) if self.place == Outcome.DECEASED else None
        item = stand.place.item_id
        if self.place == Place.LEAVE or (self.place == Place.RULE and self.leaves_by_rule(stand)):
            return QueueStep(item)
        if self.place in (Place.RULE, Place.STAY):
            return None
        return QueueStep(item, Outcome(self.place), self.callback_at)

    def leaves_by_rule(self, stand: ListStand) -> bool:
        """Who rings themselves about the claim need not be phoned about it (design.md 3.1)."""
        return stand.place.kind == Kind.JHT56 and self.caller is Caller.SELF and self.topic in CLAIMS

    # Saved, and kept

    def part_from_draft(self) -> None:
        """Its draft was saved or thrown away elsewhere: what is on the form is a call of its own from now on."""
        self.serial = secrets.token_hex(4)

    def contact(self, stand: ListStand | None, *, kept: bool = False) -> ContactIn:
        """What is saved; `kept` where its draft is on disk and ends with the save."""
        return ContactIn(
            channel=self.channel,
            started_at=self.started_at,
            topic=self.topic,
            outcome=self.outcome,
            caller=self.caller,
            participant_id=self.participant_id,
            number=self.number,
            caller_name=self.caller_name,
            company=self.company,
            note=self.note,
            right_party=self.right_party,
            answers_id=self.answers_id,
            corrections=self.corrections(),
            queue=self.step(stand),
            promise=self.promise,
            draft=self.key if kept else "",
            form=(self.key, self.to_draft()),
        )

    def to_draft(self) -> str:
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False)


def from_draft(text: str) -> CallForm:
    """The form as it was kept. Raises ValueError, TypeError or KeyError for a text that is none."""
    kept: dict[str, Any] = json.loads(text)
    kept["started_at"] = datetime.fromisoformat(kept["started_at"])
    kept["channel"] = ContactChannel(kept["channel"])
    kept["ending"] = ContactOutcome(kept["ending"])
    kept["said_caller"] = Caller(kept["said_caller"]) if kept["said_caller"] else None
    kept["callback_at"] = datetime.fromisoformat(kept["callback_at"]) if kept["callback_at"] else None
    kept["typing"] = tuple(kept["typing"])
    if kept["seen"] is not None:
        kept["seen"] = Seen(tuple(kept["seen"]["phones"]), kept["seen"]["email"])
    if kept["promise"] is not None:
        promised = kept["promise"]
        kept["promise"] = Promise(**{**promised, "due_at": datetime.fromisoformat(promised["due_at"])})
    return CallForm(**kept)


def stand_of(person: CounterPerson | None) -> ListStand | None:
    """The list that the save settles: JHT 56 before the others."""
    lists = person.lists if person is not None else ()
    return next((stand for stand in lists if stand.place.kind == Kind.JHT56), lists[0] if lists else None)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
