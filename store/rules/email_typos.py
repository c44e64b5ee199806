"""Addresses that were probably meant: suggested to a person who asks, never put in place of what was written.

A suggestion changes as little as possible and only where the mistake has one likely origin: a comma for a point, a
space, a neighbour on the keyboard in the name of one of the few providers that nearly everybody uses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from store.rules.emails import is_email

PROVIDERS: Final = (
    *("gmail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "rocketmail.com", "hotmail.com", "outlook.com"),
    *("icloud.com", "live.com", "outlook.co.id", "googlemail.com"),
)
"""Where nearly everybody has their address."""

_ENDINGS: Final = {
    "con": "com", "cpm": "com", "vom": "com", "xom": "com", "comm": "com", "coom": "com", "ocm": "com", "cm": "com",
    "om": "com", "c0m": "com", "cim": "com", "co.ld": "co.id", "co.idd": "co.id", "coid": "co.id",
    "co.i": "co.id", "co.di": "co.id", "cio.id": "co.id", "go.idd": "go.id",
}  # fmt: skip
"""Ends of a domain that do not exist or that nobody here means, and what stands beside them on the keyboard."""

_WHOLE: Final = {"gmail.co": "gmail.com", "gmail.co.id": "gmail.com", "gmail.id": "gmail.com", "gmail": "gmail.com"}
"""Of a provider that has but one domain, others that people write."""

_AT_WORDS: Final = re.compile(r"\s*(?:\(at\)|\[at\]|＠)\s*", re.I)
_LABEL: Final = re.compile(r"^(?:e-?mail|surel)\s*[:=]\s*", re.I)
_POINT: Final = re.compile(r"\s*[,;]\s*|\s*\.\s*|\.{2,}")
_AT: Final = re.compile(r"\s*@+\s*")
_GAP: Final = re.compile(r"\s")
_LOCAL_POINT: Final = re.compile(r"\s*\.+\s*")
_SEVERAL: Final = re.compile(r"[\s,;/|]")


def suggested_email(text: str | None) -> str | None:
    """The address that was probably meant; None where nothing is likely or the text is right as it stands.

    For a text that is no address at all the signs are put right; of one that is, only the provider's name is doubted.
    """
    told = (text or "").strip()
    if not told:
        return None
    if is_email(told):
        return suggested_provider(told)
    plain = _signs(told)
    return None if plain is None else _with_provider(told, plain, _domain(plain.partition("@")[2].lower()))


def suggested_provider(address: str) -> str | None:
    """The same of what is known to be an address."""
    domain = address.partition("@")[2].lower()
    meant = _domain(domain)
    return None if meant == domain else _with_provider(address, address, meant)


def _with_provider(told: str, plain: str, domain: str) -> str | None:
    better = f"{plain.partition('@')[0]}@{domain}"
    return better if is_email(better) and better.lower() != told.lower() else None


def _signs(told: str) -> str | None:
    """The text with its signs put right: one @, points where commas stand, no spaces around them."""
    text = _LABEL.sub("", told).strip("<>\"'`.,; ")
    text = _AT.sub("@", _AT_WORDS.sub("@", text))
    local, mark, domain = text.partition("@")
    if not mark or "@" in domain:
        return None
    domain = _POINT.sub(".", domain).strip(".")
    if _GAP.search(domain):  # "gmail com": the only gap stands where the point should
        first, *rest = domain.split()
        domain = f"{first}.{rest[0]}" if len(rest) == 1 and "." not in first else ""
    local = _LOCAL_POINT.sub(".", local)
    if _SEVERAL.search(local):  # which of several, or joined how: nobody can tell
        return None
    return f"{local}@{domain}"


@lru_cache(2_048)  # of a hundred thousand addresses there are some hundreds of domains
def _domain(domain: str) -> str:
    """The provider whose name was probably meant, else the domain with an end that exists."""
    if domain in PROVIDERS:
        return domain
    if domain in _WHOLE:
        return _WHOLE[domain]
    name, _, end = domain.partition(".")
    ended = f"{name}.{_ENDINGS.get(end, end)}"
    if ended in PROVIDERS:
        return ended
    if "." not in domain:  # "gmailcom"
        joined = [each for each in PROVIDERS if each.replace(".", "") == domain]
        return joined[0] if joined else domain
    near = [each for each in PROVIDERS if _one_slip(ended, each)]
    return near[0] if len(near) == 1 else ended


_GENUINE: Final = frozenset({"mail.com", "email.com", "gmx.com", "ymail.co.id", "yahoo.co.uk", "live.co.id", "me.com"})


def _one_slip(written: str, meant: str) -> bool:
    """Whether one letter is too many, missing or another one, or two stand the wrong way round; the ends agree."""
    (name, _, end), (right, _, right_end) = written.partition("."), meant.partition(".")
    if written in _GENUINE or end != right_end or len(right) < 5 or abs(len(name) - len(right)) > 1:
        return False
    if len(name) == len(right):
        wrong = [n for n in range(len(name)) if name[n] != right[n]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            a, b = wrong
            return name[a] == right[b] and name[b] == right[a]
        return len(wrong) == 1
    longer, shorter = (name, right) if len(name) > len(right) else (right, name)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
