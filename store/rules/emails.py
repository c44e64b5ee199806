"""E-mail addresses: trimmed, never otherwise repaired, never invented (contracts.md, domain.md 2.5).

"Has no e-mail" is a value of its own (design.md 3.3): nobody is asked twice, and nothing is made up to pass a check.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from store.rules.readings import Cell, Reason
from store.rules.text import is_empty, is_lookup_failure, raw_text
from store.value_class import value_class

# The first character is no apostrophe: there it is Excel's text mark, and cutting it would be a repair.
_ADDRESS = re.compile(
    r"[A-Za-z0-9_+-][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


_NONE_TYPED = frozenset({"-", "tidak punya", "tidak punya e-mail", "tidak punya email", "no e-mail", "no email"})


class EmailKnown(StrEnum):
    """What is known of a person's e-mail: nothing, that they have none, or the address."""

    UNKNOWN = "unknown"
    NONE = "none"
    ADDRESS = "address"


class EmailSource(StrEnum):
    """How the present address came to be known."""

    FILE = ""
    SAID = "said"  # typed by somebody here, who notes who said so
    TOGETHER = "together"  # made together with the participant and handed over to them (design.md 3.2)


def email_known(email: str | None, none_at: datetime | None) -> EmailKnown:
    """`none_at`: when they said that they have none."""
    if email:
        return EmailKnown.ADDRESS
    return EmailKnown.UNKNOWN if none_at is None else EmailKnown.NONE


def says_none(text: str) -> bool:
    """Whether somebody typed, in so many words or as a dash, that a person has no e-mail."""
    return " ".join(text.lower().split()) in _NONE_TYPED


@value_class
class EmailRead:
    """An address, or ``None`` with the flag that says why; ``raw`` is what the cell said."""

    email: str | None
    raw: str
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def is_email(text: str) -> bool:
    """Whether ``text`` as it stands is one plain address (no name, no comment, ASCII)."""
    local, _, _ = text.partition("@")
    return len(text) <= 254 and len(local) <= 64 and bool(_ADDRESS.fullmatch(text))


def read_email(cell: Cell) -> EmailRead:
    """``a @ b`` and ``x@contoh,co.id`` are ``email-malformed``, empty or ``-`` is ``email-missing``."""
    raw = raw_text(cell)
    if is_empty(cell):
        failed = (Reason("lookup-failed", "email", raw),) if is_lookup_failure(cell) else ()
        return EmailRead(None, raw, ("email-missing",), failed)
    text = cell.strip() if isinstance(cell, str) else ""
    if is_email(text):
        return EmailRead(text, raw)
    if is_email(raw):  # unseen signs stand in it: they are shown, or the kept text would be an address after all
        raw = raw_text("".join(char if char.isspace() or raw_text(char) else "\ufffd" for char in text))
    return EmailRead(None, raw, ("email-malformed",), (Reason("email-malformed", "email", raw),))
