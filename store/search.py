"""Finding people by one typed word, however it is written."""

from __future__ import annotations

import re
from typing import Any

from peewee import fn

from store.rules.names import name_key
from store.rules.phones import search_digits
from store.schema import Participant, Phone

_SHORTEST_FRAGMENT = 3
_NUMBER_PART = re.compile(r"[0-9+().-]+")


def typed_words(text: str) -> list[str]:
    """What is looked for, word by word; digits that were typed in groups are one number ('0812 3456 78')."""
    words: list[str] = []
    in_number = False
    for word in text.split():
        is_number = _NUMBER_PART.fullmatch(word) is not None
        if is_number and in_number:
            words[-1] += word
        else:
            words.append(word)
        in_number = is_number
    return words


def matches(word: str) -> Any:
    """The condition for a name, KPJ, NIK, company or any part of a telephone number."""
    text, plain = word.upper(), re.sub("[^0-9]", "", word)
    found = (
        Participant.name_key.contains(name_key(text) or text)
        | fn.upper(Participant.name).contains(text)  # a title as it stands in the list: it is no part of the key
        | Participant.kpj.startswith(text)
        | fn.upper(Participant.company).contains(text)
    )
    # As a number is stored, and as it was typed: a part from the middle may begin with 0 or 62.
    for part in sorted({part for part in (search_digits(word), plain) if len(part) >= _SHORTEST_FRAGMENT}):
        numbers = Phone.select(Phone.participant_id).where(Phone.e164.contains(part))
        found |= Participant.id.in_(numbers) | Participant.kpj.contains(part)
    if len(plain) >= _SHORTEST_FRAGMENT:
        found |= Participant.nik.startswith(plain)
    return found
