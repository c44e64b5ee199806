"""What a call can end with: the words, their keys on the card, and the policy table that says what follows each.

The outcomes are those of domain.md 3.8. Delays and tries are the choice of the office, so the table can be changed
(`policies.py` reads and writes it); `decisions.py` applies it to one attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.value_class import value_class

OVERDUE_FOR_ANYONE: Final = timedelta(minutes=30)
"""A callback that its owner has left for this long may be served to anyone."""

LEASE: Final = timedelta(minutes=60)
"""How long after the last key a served person stays with the handler."""


class Outcome(StrEnum):
    """How one attempt on one number ended (domain.md 3.8)."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"  # switched off, out of reach, mailbox
    WRONG_NUMBER = "wrong_number"  # somebody answers who does not know the participant
    CALLBACK = "callback"
    WILL_CLAIM = "will_claim"
    SAYS_CLAIMED = "says_claimed"  # the participant's word; what Smile says is another fact
    NOT_YET = "not_yet"
    MESSAGE_LEFT = "message_left"  # asked somebody else to have the participant ring back
    REFUSED = "refused"
    OBSTACLE = "obstacle"  # a paper or a datum is in the way
    DECEASED = "deceased"
    UNREGISTERED = "unregistered"  # the operator says that the number does not exist
    MOVED = "moved"  # moved away, or not known there
    INFORMED = "informed"  # the person knows now what the call was about
    SETTLED = "settled"  # the matter has been settled already
    ACCOUNT_OK = "account_ok"  # the bank account is theirs and right
    ACCOUNT_WRONG = "account_wrong"  # another account number
    ACCOUNT_NAME = "account_name"  # the account stands in another name


REACHED: Final = frozenset(
    {Outcome.CALLBACK, Outcome.WILL_CLAIM, Outcome.SAYS_CLAIMED, Outcome.NOT_YET, Outcome.REFUSED, Outcome.OBSTACLE}
)
"""Outcomes in which the participant was on the line."""


class Channel(StrEnum):
    """The way a participant means to claim."""

    OFFICE = "office"
    LAPAK_ASIK = "lapak_asik"
    JMO = "jmo"
    UNSAID = "unsaid"


class NotYetReason(StrEnum):
    """Why a participant does not want to claim yet. Being still at work is a status of the person, not a reason."""

    NO_NEED = "no_need"
    AWAITS_RETIREMENT = "awaits_retirement"
    AWAITS_FAMILY = "awaits_family"
    AWAITS_DOCUMENTS = "awaits_documents"
    UNSAID = "unsaid"


class RefusalReason(StrEnum):
    """Why a participant does not want to be called again."""

    NOT_NEEDED = "not_needed"
    DISTRUST = "distrust"  # takes the call for fraud
    FAMILY_HANDLES = "family_handles"
    ELSE = "else"
    UNSAID = "unsaid"


class State(StrEnum):
    """Where a person stands in a campaign."""

    NEW = "new"
    RETRY = "retry"
    CALLBACK = "callback"
    PROMISED = "promised"  # will claim; asked again after a while whether it was done
    CHECK = "check"  # says it is claimed: waits for the status check in Smile
    LATER = "later"  # not yet willing
    DONE = "done"
    EXHAUSTED = "exhausted"  # every number was tried as often as the policy allows
    WITHOUT_NUMBER = "without_number"  # no number left that works: waits on the correction worklist


OPEN_STATES: Final = frozenset({State.NEW, State.RETRY, State.CALLBACK, State.PROMISED, State.LATER})
"""Will be served for a call: all but `NEW` always have a due instant and a number."""

ELSEWHERE_STATES: Final = frozenset({State.CHECK, State.WITHOUT_NUMBER})
"""Not served until another desk has found something out: a claim in Smile, or a number."""

FINAL_STATES: Final = frozenset({State.DONE, State.EXHAUSTED})
"""Nothing more happens in this campaign by itself."""


class DoneReason(StrEnum):
    """Why a person is `State.DONE`."""

    CLAIMED = "claimed"  # seen in Smile or imported as claimed; never from a call alone
    REFUSED = "refused"
    DECEASED = "deceased"
    INFORMED = "informed"
    SETTLED = "settled"
    ACCOUNT_WRONG = "account_wrong"
    ACCOUNT_NAME = "account_name"
    CALLED_IN = "called_in"  # rang or came by themselves, and was told
    CLOSED = "closed"  # taken off the list by an officer, with a reason
    ENDED = "ended"  # the office's own policy table ends the calls after some other outcome


class DelayKind(StrEnum):
    """How the next attempt is timed. `NOW` and `CHOSEN` are taken as they are; all others fall inside office hours."""

    NOW = "now"
    MINUTES = "minutes"
    WORKING_DAYS = "working_days"  # opening of the n-th working day after today
    DAYS = "days"  # calendar days, then the opening of that or the next working day
    MONTHS = "months"  # the same with calendar months
    CHOSEN = "chosen"  # the instant the participant asked for


class NumberEffect(StrEnum):
    """What an outcome says about the number that was rung."""

    NONE = "none"  # it works and belongs to the person or their house
    SPENT = "spent"  # used up after `most_tries` such outcomes
    WRONG = "wrong"  # never again


KEYS: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "1": Outcome.NO_ANSWER,
        "2": Outcome.BUSY,
        "3": Outcome.UNREACHABLE,
        "4": Outcome.WRONG_NUMBER,
        "5": Outcome.CALLBACK,
        "6": Outcome.WILL_CLAIM,
        "7": Outcome.SAYS_CLAIMED,
        "8": Outcome.NOT_YET,
        "9": Outcome.MESSAGE_LEFT,
    }
)
"""Keys of the card."""

OTHER_KEYS: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        "t": Outcome.REFUSED,  # tidak bersedia
        "k": Outcome.OBSTACLE,  # ada kendala
        "m": Outcome.DECEASED,  # meninggal
        "n": Outcome.UNREGISTERED,  # nomor tidak terdaftar
        "p": Outcome.MOVED,  # pindah / tidak dikenal
    }
)
"""Letters after `0`."""

CHANNEL_KEYS: Final[Mapping[str, Channel]] = MappingProxyType(
    {"k": Channel.OFFICE, "l": Channel.LAPAK_ASIK, "j": Channel.JMO, "enter": Channel.UNSAID}
)
"""Keys after `6`."""

NOT_YET_KEYS: Final[Mapping[str, NotYetReason]] = MappingProxyType(
    {
        "b": NotYetReason.NO_NEED,  # belum butuh uangnya
        "p": NotYetReason.AWAITS_RETIREMENT,  # menunggu pensiun / berhenti kerja
        "k": NotYetReason.AWAITS_FAMILY,  # menunggu keluarga
        "d": NotYetReason.AWAITS_DOCUMENTS,  # menunggu dokumen
        "enter": NotYetReason.UNSAID,
    }
)
"""Keys after `8`."""


REFUSAL_KEYS: Final[Mapping[str, RefusalReason]] = MappingProxyType(
    {
        "b": RefusalReason.NOT_NEEDED,  # belum perlu
        "t": RefusalReason.DISTRUST,  # tidak percaya
        "k": RefusalReason.FAMILY_HANDLES,  # diurus keluarga
        "l": RefusalReason.ELSE,  # lain
        "enter": RefusalReason.UNSAID,
    }
)
"""Keys after `0 t`."""


class PolicyError(ValueError):
    """A policy that cannot be followed: `code` says what is wrong, `outcome` and `field` where ('' if not known)."""

    def __init__(self, code: str, field: str = "", outcome: str = "") -> None:
        super().__init__(code, field, outcome)
        self.code = code
        self.field = field
        self.outcome = outcome


@value_class
class Delay:
    """How long until the next attempt. `amount` counts the kind's unit and is 0 for `NOW` and `CHOSEN`."""

    kind: DelayKind
    amount: int = 0

    def __post_init__(self) -> None:
        least, most = _DELAY_RANGE[self.kind]
        if not least <= self.amount <= most:
            raise PolicyError("delay-out-of-range", "delay")


# Beyond these a delay is a typing mistake: nobody means 1,000 months.
_DELAY_RANGE: Final = MappingProxyType(
    {
        DelayKind.NOW: (0, 0),
        DelayKind.MINUTES: (1, 480),
        DelayKind.WORKING_DAYS: (1, 60),
        DelayKind.DAYS: (1, 366),
        DelayKind.MONTHS: (1, 24),
        DelayKind.CHOSEN: (0, 0),
    }
)
MOST_TRIES_LIMIT: Final = 50


@value_class
class Policy:
    """What follows one outcome.

    `state` is where the person goes while there is a number to call; an open one needs its `delay`.
    `most_tries` (1 to 50) is how often the outcome may happen on one number with effect `SPENT`, and 0 otherwise.
    `rotates_part` moves the next attempt to another part of the day.
    `when_spent` is the state once the last number is spent or wrong, None for effect `NONE`.
    Raises `PolicyError` when the parts contradict each other.
    """

    state: State
    delay: Delay = Delay(DelayKind.NOW)
    number_effect: NumberEffect = NumberEffect.NONE
    most_tries: int = 0
    rotates_part: bool = False
    when_spent: State | None = None

    def __post_init__(self) -> None:
        if self.state in (State.NEW, State.EXHAUSTED, State.WITHOUT_NUMBER):
            raise PolicyError("state-not-a-choice", "state")
        if (self.state is State.CALLBACK) != (self.delay.kind is DelayKind.CHOSEN):
            raise PolicyError("callback-needs-chosen-time", "delay")
        if self.state not in OPEN_STATES and self.delay.kind is not DelayKind.NOW:
            raise PolicyError("delay-without-next-call", "delay")
        if self.rotates_part and (self.state not in OPEN_STATES or self.delay.kind is DelayKind.CHOSEN):
            raise PolicyError("rotation-without-next-call", "rotates_part")
        self._check_number_effect()

    def _check_number_effect(self) -> None:
        counted = self.number_effect is NumberEffect.SPENT
        if not (1 <= self.most_tries <= MOST_TRIES_LIMIT if counted else self.most_tries == 0):
            raise PolicyError("tries-out-of-range", "most_tries")
        if self.number_effect is NumberEffect.NONE:
            # Reached, and due again at once: the same person would be rung without end.
            if self.state in OPEN_STATES and self.delay.kind is DelayKind.NOW and not self.rotates_part:
                raise PolicyError("no-delay", "delay")
            if self.when_spent is not None:
                raise PolicyError("spent-without-effect", "when_spent")
            return
        if counted and self.delay.kind is DelayKind.NOW and not self.rotates_part:
            raise PolicyError("no-delay", "delay")
        if self.state is not State.RETRY:
            raise PolicyError("number-effect-needs-retry", "state")
        if self.when_spent not in (State.EXHAUSTED, State.WITHOUT_NUMBER):
            raise PolicyError("spent-needs-state", "when_spent")

    @property
    def final(self) -> bool:
        """True when the person leaves the campaign with this outcome."""
        return self.state in FINAL_STATES


def _unanswered(delay: Delay, tries: int, when_spent: State, *, rotates_part: bool = False) -> Policy:
    return Policy(State.RETRY, delay, NumberEffect.SPENT, tries, rotates_part, when_spent)


_WRONG: Final = Policy(State.RETRY, number_effect=NumberEffect.WRONG, when_spent=State.WITHOUT_NUMBER)

DEFAULT_POLICIES: Final[Mapping[Outcome, Policy]] = MappingProxyType(
    {
        Outcome.NO_ANSWER: _unanswered(Delay(DelayKind.NOW), 5, State.EXHAUSTED, rotates_part=True),
        Outcome.BUSY: _unanswered(Delay(DelayKind.MINUTES, 30), 5, State.EXHAUSTED),
        Outcome.UNREACHABLE: _unanswered(Delay(DelayKind.WORKING_DAYS, 1), 3, State.WITHOUT_NUMBER),
        Outcome.WRONG_NUMBER: _WRONG,
        Outcome.CALLBACK: Policy(State.CALLBACK, Delay(DelayKind.CHOSEN)),
        Outcome.WILL_CLAIM: Policy(State.PROMISED, Delay(DelayKind.DAYS, 14)),
        Outcome.SAYS_CLAIMED: Policy(State.CHECK),
        Outcome.NOT_YET: Policy(State.LATER, Delay(DelayKind.MONTHS, 3)),
        Outcome.MESSAGE_LEFT: Policy(State.RETRY, Delay(DelayKind.WORKING_DAYS, 2)),
        Outcome.REFUSED: Policy(State.DONE),
        Outcome.OBSTACLE: Policy(State.RETRY, Delay(DelayKind.WORKING_DAYS, 5)),
        Outcome.DECEASED: Policy(State.DONE),
        Outcome.UNREGISTERED: _WRONG,
        Outcome.MOVED: _WRONG,
        Outcome.INFORMED: Policy(State.DONE),
        Outcome.SETTLED: Policy(State.DONE),
        Outcome.ACCOUNT_OK: Policy(State.DONE),
        Outcome.ACCOUNT_WRONG: Policy(State.DONE),
        Outcome.ACCOUNT_NAME: Policy(State.DONE),
    }
)
"""The table an office starts with. Five working days after an obstacle is our own choice: time to get a paper."""
