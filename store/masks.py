"""What lists show of a person's numbers to somebody who does not hold the person (domain.md 3.7)."""

from __future__ import annotations

import re

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


_LONG_RUN = re.compile(r"[0-9](?:[ .\-]?[0-9]){6,}")
_NAME_OF_ADDRESS = re.compile(r"[^\s@]+(?=\s*@)")


def mask_raw(text: str) -> str:
    """What a cell said, for a list: the middle of each long run of digits as dots and most of an address's name hidden.

    Signs and lengths stay: they tell what is wrong with it.
    """
    hidden = _LONG_RUN.sub(lambda run: _dotted(run.group()), text)
    return _NAME_OF_ADDRESS.sub(lambda name: f"{name.group()[:2]}…", hidden)


def _dotted(run: str) -> str:
    places = [place for place, sign in enumerate(run) if sign.isdigit()]
    hidden = set(places[SHOWN_HEAD : max(len(places) - SHOWN_TAIL, SHOWN_HEAD)])
    return "".join("•" if place in hidden else sign for place, sign in enumerate(run))
