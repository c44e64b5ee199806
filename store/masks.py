"""What lists show of a person's numbers to somebody who does not hold the person (domain.md 3.7)."""

from __future__ import annotations

from store.rules.phones import format_national

SHOWN_HEAD, SHOWN_TAIL = 4, 3


def mask_number(e164: str) -> str:
    """A telephone number with its middle hidden: `0812…890`."""
    national = format_national(e164)
    if len(national) <= SHOWN_HEAD + SHOWN_TAIL:
        return "…" + national[-SHOWN_TAIL:]
    return f"{national[:SHOWN_HEAD]}…{national[-SHOWN_TAIL:]}"


def mask_email(email: str) -> str:
    """An e-mail address with most of its name hidden: `si…@example.com`; '' where there is none."""
    name, mark, domain = email.partition("@")
    return f"{name[:2]}…{mark}{domain}" if mark else ""
