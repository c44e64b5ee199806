"""A person is known and a file tells of them again: what changes, and what a file can never take away.

An empty or unreadable cell never clears a value, a number is added and never removed, and "claimed" stays once it was
seen (contracts.md "Imports"; an older list must not put somebody back onto the call list).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any, Final

from store.rules.readings import ParticipantRead, PhoneRead, Reason, sort_flags
from store.value_class import value_class

# Which flags speak of which value: a value that is kept keeps what is said of it.
_FLAGS_OF = {
    "nik": "nik-",
    "birth_date": "birthdate-",
    "email": "email-",
    "jht_balance": "balance-",
    "npp": "npp-",
    "name": "name-",
}
_PLAIN: Final = ("name", "nik", "birth_date", "sex", "npp", "company", "pembina", "jht_balance", "active")
_TOLD: Final = attrgetter(*_PLAIN, "claimed", "phones_raw", "email", "email_raw")


@value_class
class Merge:
    """Columns that get another value, numbers that come first from now on, and what a person should know of it."""

    changes: dict[str, Any]
    new_phones: tuple[PhoneRead, ...]
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def nothing(self) -> bool:
        return not self.changes and not self.new_phones


def reading_digest(read: ParticipantRead) -> str:
    """The same reading again has the same digest."""
    facts = [
        *map(str, _TOLD(read)),
        *[f"{phone.e164} {phone.label}" for phone in read.phones],
        *read.flags,
    ]
    # As JSON writes a list of texts, four times as fast; digests are kept, so the form never changes.
    return hashlib.sha256(f"[{', '.join(map(encode_basestring_ascii, facts))}]".encode()).hexdigest()[:32]


def merge(known: Mapping[str, Any], numbers: frozenset[str], read: ParticipantRead) -> Merge:
    """What a file's reading of a known person changes. `known` are the columns of the person, `numbers` their E.164."""
    changes: dict[str, Any] = {}
    for name in _PLAIN:
        value = getattr(read, name)
        if value not in (None, "") and value != known[name]:
            changes[name] = value
    if read.email is not None and read.email != known["email"]:
        changes |= {"email": read.email, "email_raw": read.email_raw}
        if known.get("email_none_at") is not None:
            changes["email_none_at"] = None
        if known.get("email_source"):
            changes["email_source"] = ""
    elif read.email_raw and known["email"] is None and read.email_raw != known["email_raw"]:
        changes["email_raw"] = read.email_raw
    new_phones = tuple(phone for phone in read.phones if phone.e164 not in numbers)
    if read.phones_raw and read.phones_raw != known["phones_raw"] and (new_phones or not numbers):
        changes["phones_raw"] = read.phones_raw
    reasons: list[Reason] = []
    if read.claimed is True and known["claimed"] is not True:
        changes["claimed"] = True
    elif read.claimed is False and known["claimed"] is True:
        reasons.append(Reason("claimed-kept", "claimed", ""))
    elif read.claimed is False and known["claimed"] is None:
        changes["claimed"] = False
    flags = _flags(known, numbers, read)
    if flags != known["flags"]:
        changes["flags"] = flags
    return Merge(changes, new_phones, tuple(reasons))


def _flags(known: Mapping[str, Any], numbers: frozenset[str], read: ParticipantRead) -> str:
    """The reading's flags, except about values that are kept."""
    old, new = set(known["flags"].split()), set(read.flags)
    for name, prefix in _FLAGS_OF.items():
        if getattr(read, name) in (None, "") and known[name] not in (None, ""):
            new = _keep(old, new, prefix)
    if read.email is None and known.get("email_none_at") is not None:
        new = _keep(old, new, "email-")  # they have none: no file makes that a question again
    if not read.phones and numbers:
        new = _keep(old, new, "phone-")
    if read.active is None and known["active"] is not None:
        new = _keep(old, new, "status-")
    return " ".join(sort_flags(new))


def _keep(old: set[str], new: set[str], prefix: str) -> set[str]:
    return {flag for flag in new if not flag.startswith(prefix)} | {flag for flag in old if flag.startswith(prefix)}
