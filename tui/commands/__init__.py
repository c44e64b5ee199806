"""THE table of commands. Keys, footer, palette, help and the tests all read it; nothing else binds a key.

A command belongs to a context (`where`). A screen names the contexts that hold at the moment, innermost first; the
first one that knows the key decides. `why_disabled` gives the reason, as a message to translate, or None: the rules
behind it are those of the store's permission table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from store.rules.kinds import Kind
from tui.commands.answers import ANSWERS, ANSWERS_DOOR, OFFICE_PLACE
from tui.commands.archive import ARCHIVE, BOX, PAPER
from tui.commands.archive_ends import DESTRUCTION, DUE, QUESTIONS, REGISTER, YEARS
from tui.commands.archive_work import CODES, GAPS, LOANS, MONTH, TROUBLES, WAITING
from tui.commands.assists import (
    ASSIST,
    ASSIST_ACTIVATION,
    ASSIST_REASON,
    ASSIST_RESULT,
    ASSIST_WAY,
    ASSISTS,
    ASSISTS_DOOR,
)
from tui.commands.audit import AUDIT, AUDIT_DOOR
from tui.commands.checks import CHECKS, CHECKS_DOOR, CHECKS_LIST
from tui.commands.command import Command, Facts
from tui.commands.company import COMPANY
from tui.commands.corrections import CORRECTIONS, WORK_BULK, WORK_FILTER, WORK_SOURCE, WORK_STATUS, WORKLIST
from tui.commands.corrections_more import COMPANIES, CORRECTION_SETTINGS, PROPOSALS, TIDY, TYPOS, VALUE_HISTORY
from tui.commands.counter import COUNTER, LEFT, LOG, MISSED
from tui.commands.counter_questions import CLASH, PICK_CALLER, PICK_ENDING, PICK_PLACE, PICK_PROMISE
from tui.commands.everywhere import ALWAYS, CONFIRM, HOME, PLAIN, REVEAL
from tui.commands.fixes import FIXES
from tui.commands.follow_ups import FOLLOW_UP, FOLLOW_UPS
from tui.commands.imports import FILES, IMPORT_COLUMNS, IMPORT_FILES, IMPORT_PLAN, IMPORT_ROWS, PICK_FIELD
from tui.commands.locking import LOCKED, LOCKING
from tui.commands.lookups import LISTS_OF_NIK, LOOKUPS_AT_DESK, LOOKUPS_DOOR
from tui.commands.marks import BULK, EMAIL_SOURCE, FILTER, MARKS, SOURCE
from tui.commands.merge import MERGE, MERGE_DOOR
from tui.commands.paper import PAPER_LIST, PAPERS, PRINT_KIND, TICKS
from tui.commands.people import PERSON
from tui.commands.questions import PICK_CALLBACK, PICK_CHANNEL, PICK_OTHER, PICK_REASON, PICK_REFUSAL
from tui.commands.recaps import DAILY, RECAP
from tui.commands.retention import RETENTION_ALL, RETENTION_DOOR
from tui.commands.settings import (
    CLOSED_DAYS,
    HOURS,
    LIMITS,
    POLICIES,
    POLICY_AFTER,
    PRESETS,
    SCRIPT,
    SCRIPTS,
    SETTINGS,
    SETTINGS_DOOR,
    TOPICS,
)
from tui.commands.settings_paper import PAPER_SETTINGS, PRINTERS, SIGNERS
from tui.commands.smile import SMILE, SMILE_AT_DESK, SMILE_DOOR
from tui.commands.supervision import DIVISION, GIVE, SUPERVISION, SUPERVISION_DOOR, SUPERVISION_LIST
from tui.commands.telephone import ACCOUNT, CARD, LIST, TOLD
from tui.commands.together import STACKS
from tui.commands.voucher_print import PRINT_AT_DESK, PRINTING, REPLACE, SHEETS
from tui.commands.voucher_stacks import SCANS, STACK, STACK_LIST, STACK_SIGNER, STACKS_AT_DESK
from tui.commands.vouchers import CLAIM_FILE, DAYS, DESK, FILE_APPROVE, LISTING, RECEIVE, VOUCHER_FILE, VOUCHERS
from tui.i18n import N_, _

TABLE: Final[tuple[Command, ...]] = (
    *ALWAYS,
    *PLAIN,
    *LOCKING,
    *FILES,
    *MERGE_DOOR,
    *CHECKS_DOOR,
    *ANSWERS_DOOR,
    *ASSISTS_DOOR,
    *SMILE_DOOR,
    *LOOKUPS_DOOR,
    *SUPERVISION_DOOR,
    *RETENTION_DOOR,
    *AUDIT_DOOR,
    *HOME,
    *LIST,
    *CHECKS_LIST,
    *SUPERVISION_LIST,
    *MARKS,
    *FILTER,
    *BULK,
    *SOURCE,
    *EMAIL_SOURCE,
    *PAPER_LIST,
    *CARD,
    *TOLD,
    *ACCOUNT,
    *COMPANY,
    *PERSON,
    *PICK_CALLBACK,
    *PICK_CHANNEL,
    *PICK_REASON,
    *PICK_OTHER,
    *PICK_REFUSAL,
    *IMPORT_FILES,
    *IMPORT_PLAN,
    *IMPORT_COLUMNS,
    *IMPORT_ROWS,
    *PICK_FIELD,
    *FIXES,
    *MERGE,
    *CHECKS,
    *SUPERVISION,
    *DIVISION,
    *GIVE,
    *PAPERS,
    *PRINT_KIND,
    *TICKS,
    *RECAP,
    *DAILY,
    *SETTINGS_DOOR,
    *SETTINGS,
    *POLICIES,
    *POLICY_AFTER,
    *HOURS,
    *CLOSED_DAYS,
    *PRESETS,
    *LIMITS,
    *OFFICE_PLACE,
    *TOPICS,
    *PAPER_SETTINGS,
    *CORRECTION_SETTINGS,
    *PRINTERS,
    *SIGNERS,
    *ANSWERS,
    *SCRIPTS,
    *SCRIPT,
    *COUNTER,
    *PICK_CALLER,
    *PICK_ENDING,
    *PICK_PLACE,
    *PICK_PROMISE,
    *CLASH,
    *MISSED,
    *LOG,
    *LEFT,
    *FOLLOW_UPS,
    *FOLLOW_UP,
    *ASSISTS,
    *ASSIST,
    *ASSIST_WAY,
    *ASSIST_REASON,
    *ASSIST_ACTIVATION,
    *ASSIST_RESULT,
    *CORRECTIONS,
    *WORKLIST,
    *WORK_STATUS,
    *WORK_SOURCE,
    *WORK_FILTER,
    *WORK_BULK,
    *TIDY,
    *VALUE_HISTORY,
    *PROPOSALS,
    *COMPANIES,
    *TYPOS,
    *DESK,
    *VOUCHERS,
    *CLAIM_FILE,
    *VOUCHER_FILE,
    *FILE_APPROVE,
    *RECEIVE,
    *DAYS,
    *LISTING,
    *PRINT_AT_DESK,
    *PRINTING,
    *SHEETS,
    *REPLACE,
    *STACKS_AT_DESK,
    *STACK_LIST,
    *STACK,
    *STACK_SIGNER,
    *SCANS,
    *ARCHIVE,
    *BOX,
    *PAPER,
    *GAPS,
    *WAITING,
    *TROUBLES,
    *LOANS,
    *MONTH,
    *CODES,
    *REGISTER,
    *DESTRUCTION,
    *DUE,
    *YEARS,
    *QUESTIONS,
    *RETENTION_ALL,
    *AUDIT,
    *SMILE_AT_DESK,
    *SMILE,
    *LOOKUPS_AT_DESK,
    *LISTS_OF_NIK,
    *REVEAL,
    *CONFIRM,
    *LOCKED,
)


CONTEXTS: Final = tuple(dict.fromkeys(command.where for command in TABLE))


CARD_KEYS: Final[dict[str, str]] = {Kind.JHT56: "card-jht56", Kind.BANK_CHECK: "card-account"}
"""Contexts of the outcome keys that differ by kind; all other kinds: card-told."""


KEY_NAMES: Final = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "escape": "esc",
    "enter": "enter",
    "space": N_("space"),
    "ctrl+p": "ctrl+p",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


_BY_ID: Final = {command.id: command for command in reversed(TABLE)}
DESK_DIGITS: Final = {command.keys[0][1:]: command for command in ALWAYS if command.id.startswith("desk-")}


def key_name(key: str) -> str:
    """The key as people see it: '?', 'F2', 'enter'."""
    return _(KEY_NAMES[key]) if key in KEY_NAMES else key.upper() if key[0] == "f" and key[1:].isdecimal() else key


def by_id(identity: str) -> Command:
    """The command of that id. Raises `KeyError`."""
    return _BY_ID[identity]


@cache
def _of(context: str) -> tuple[Command, ...]:
    return tuple(command for command in TABLE if command.where == context)


def holding(contexts: Iterable[str]) -> list[Command]:
    """All commands of these contexts, innermost first."""
    return [command for where in contexts for command in _of(where)]


def find(contexts: Sequence[str], key: str) -> Command | None:
    """The command that the key means while these contexts hold, innermost first; None when it means nothing."""
    return next((command for command in holding(contexts) if key in command.keys), None)


def digits(contexts: Iterable[str]) -> list[Command]:
    """The commands of these contexts that are a digit, 1 to 9 and then 0."""
    found = [command for command in holding(contexts) if command.keys and command.keys[0] in "1234567890"]
    return sorted(found, key=lambda command: "1234567890".index(command.keys[0]))


def footer(contexts: Sequence[str], facts: Facts) -> list[tuple[str, str, bool]]:
    """(key, label to translate, usable) of the footer, in order."""
    shown = sorted((c for c in holding(contexts) if c.footer and c.keys), key=lambda c: c.footer)
    return [(key_name(c.keys[0]), c.label, c.why_disabled(facts) is None) for c in shown]


__all__ = [
    "CARD_KEYS",
    "CONTEXTS",
    "DESK_DIGITS",
    "STACKS",
    "TABLE",
    "Command",
    "Facts",
    "by_id",
    "digits",
    "find",
    "footer",
    "holding",
    "key_name",
]
