"""The way of a paper claim file from the finance desk to the archive: eleven steps of the office (domain.md 2.6).

A file is `received` until its transaction is found and every difference has its yes; only then is it `matched`, and
only a matched file is printed. What has been on paper never goes back silently: a voucher is voided, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.rules.permissions import Permission
from store.value_class import value_class


class FileState(StrEnum):
    """Where a claim file is."""

    RECEIVED = "received"  # no transaction yet, or one that differs and waits for a yes
    MATCHED = "matched"  # cocok: may be printed
    PRINTED = "printed"  # its voucher is numbered and on its way to paper; nobody has seen the paper yet
    CONFIRMED = "confirmed"  # kertas benar: the paper was seen
    OUT = "out"  # with the signatories
    COMPLETE = "complete"  # back with every signature
    ARCHIVED = "archived"
    VOID = "void"  # no claim file after all


class FileSource(StrEnum):
    """How a file came to be known."""

    DESK = "desk"  # somebody had the paper in hand
    PAID_LIST = "paid-list"  # a list of paid files


class VoucherKind(StrEnum):
    """What is printed for a file: the office's choice (design.md 3.4)."""

    LOKET = "loket"
    SMILE = "smile"  # a page of Smile's own PDF


class FileStep(StrEnum):
    """What can be done with a file."""

    MATCH = "match"
    APPROVE = "approve"
    UNMATCH = "unmatch"
    AMEND = "amend"  # what was typed from the paper
    PRINT = "print"  # number its voucher
    RIGHT = "right"  # the paper was seen and is right
    REPRINT = "reprint"
    VOID_VOUCHER = "void-voucher"
    OUT = "out"
    BACK = "back"
    SIGN = "sign"  # a signature was seen
    UNSIGN = "unsign"  # a tick was wrong
    ARCHIVE = "archive"
    TAKE_OUT = "take-out"  # of the archive, to go on working with it
    VOID = "void"


class Refusal(StrEnum):
    """Why a step cannot be done with a file."""

    STATE = "state"  # it is not where this step begins
    NO_TRANSACTION = "no-transaction"
    WAITS_FOR_YES = "waits-for-yes"
    NOTHING_DIFFERS = "nothing-differs"
    TAKEN = "taken"  # the transaction has its file already
    PAPER_UNDER_WAY = "paper-under-way"  # a print job has it, and nobody has said whether the paper came
    NO_VOUCHER = "no-voucher"
    ORDER = "order"  # an earlier signature is missing
    UNKNOWN_SIGNER = "unknown-signer"
    NOT_IN_STACK = "not-in-stack"


@value_class
class StepRule:
    """In which states a step begins, where it leads (None: it stays), and what it needs.

    `others_only`: never by whoever matched the file.
    """

    begins: frozenset[FileState]
    leads: FileState | None
    permission: Permission
    others_only: bool = False


_S, _P = FileState, Permission

STEPS: Final[Mapping[FileStep, StepRule]] = MappingProxyType(
    {
        FileStep.MATCH: StepRule(frozenset({_S.RECEIVED}), _S.MATCHED, _P.RECEIVE_FILES),
        FileStep.APPROVE: StepRule(frozenset({_S.RECEIVED}), _S.MATCHED, _P.APPROVE_FILES, others_only=True),
        FileStep.UNMATCH: StepRule(frozenset({_S.RECEIVED, _S.MATCHED}), _S.RECEIVED, _P.RECEIVE_FILES),
        FileStep.AMEND: StepRule(frozenset({_S.RECEIVED, _S.MATCHED}), _S.RECEIVED, _P.RECEIVE_FILES),
        FileStep.PRINT: StepRule(frozenset({_S.MATCHED}), _S.PRINTED, _P.RECEIVE_FILES),
        FileStep.RIGHT: StepRule(frozenset({_S.PRINTED}), _S.CONFIRMED, _P.RECEIVE_FILES),
        FileStep.REPRINT: StepRule(
            frozenset({_S.CONFIRMED, _S.OUT, _S.COMPLETE, _S.ARCHIVED}), None, _P.APPROVE_FILES, others_only=True
        ),
        FileStep.VOID_VOUCHER: StepRule(
            frozenset({_S.PRINTED, _S.CONFIRMED, _S.COMPLETE}), _S.MATCHED, _P.APPROVE_FILES, others_only=True
        ),
        FileStep.OUT: StepRule(frozenset({_S.CONFIRMED}), _S.OUT, _P.RECEIVE_FILES),
        FileStep.BACK: StepRule(frozenset({_S.OUT}), _S.CONFIRMED, _P.RECEIVE_FILES),
        FileStep.SIGN: StepRule(frozenset({_S.OUT, _S.CONFIRMED}), _S.COMPLETE, _P.RECEIVE_FILES),
        FileStep.UNSIGN: StepRule(frozenset({_S.OUT, _S.CONFIRMED, _S.COMPLETE}), _S.CONFIRMED, _P.RECEIVE_FILES),
        FileStep.ARCHIVE: StepRule(frozenset({_S.COMPLETE}), _S.ARCHIVED, _P.ARCHIVE),
        FileStep.TAKE_OUT: StepRule(frozenset({_S.ARCHIVED}), _S.COMPLETE, _P.ARCHIVE),
        FileStep.VOID: StepRule(frozenset({_S.RECEIVED, _S.MATCHED}), _S.VOID, _P.APPROVE_FILES, others_only=True),
    }
)
"""Every step a file can take. A match that differs stays `received` until its yes; a file with all signatures alone
becomes `complete` by SIGN, one with some of them comes `back`."""

LIVING: Final = frozenset(FileState) - {FileState.VOID}
NOT_PRINTED_YET: Final = frozenset({FileState.RECEIVED, FileState.MATCHED})
ON_PAPER: Final = frozenset({FileState.CONFIRMED, FileState.OUT, FileState.COMPLETE, FileState.ARCHIVED})


def after_match(*, differs: bool) -> FileState:
    """The state of a file whose transaction was just found."""
    return FileState.RECEIVED if differs else FileState.MATCHED


def amount_read(told: int | None, stood: int | None, *, sees: bool) -> int | None:
    """The amount of a paper that is read anew: whoever may not see amounts says nothing of it, and it stays."""
    return stood if told is None and not sees else told


def after_look(*, missing: int) -> FileState:
    """The state of a file on the desk after somebody looked for its signatures; `missing` of them are not there."""
    return FileState.CONFIRMED if missing else FileState.COMPLETE


def refusal_of(step: FileStep, state: str, *, has_transaction: bool) -> Refusal | None:
    """Why a file in this state cannot begin the step, as near to its cause as can be told; None where it can."""
    begins = STEPS[step].begins
    if step is FileStep.APPROVE and state == FileState.MATCHED:
        return Refusal.NOTHING_DIFFERS
    if step is FileStep.APPROVE and state == FileState.RECEIVED and not has_transaction:
        return Refusal.NO_TRANSACTION
    if FileState(state) in begins:
        return None
    if state == FileState.RECEIVED:
        return Refusal.WAITS_FOR_YES if has_transaction else Refusal.NO_TRANSACTION
    return Refusal.STATE
