"""Cells with telephone numbers: any number of them, with words around, in every damage of domain.md 3.4.

``phones`` of a person holds only what was read without doubt; the rest stands in the raw text with a flag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise

from store.rules.phone_numbers import (
    AREA_CODE,
    ROUNDED,
    NumberRead,
    dial,
    format_display,
    format_national,
    is_mobile,
    is_valid,
    operator,
    read_digits,
    read_number,
    read_plain_mobile,
    region,
    search_digits,
)
from store.rules.readings import Cell, PhoneRead, Reason, sort_flags
from store.rules.text import EXACT_FLOAT, clean, is_empty, is_lookup_failure, raw_text, strange_digits
from store.value_class import value_class

__all__ = [
    "AREA_CODE",
    "PhonesRead",
    "dial",
    "format_display",
    "format_national",
    "is_mobile",
    "is_valid",
    "operator",
    "read_phones",
    "region",
    "search_digits",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SPLIT = re.compile(r"[/,;|&\\\n]|(?<=\s)(?:atau|atw|dan|or|and|\+)(?=\s)", re.I)
_EXPONENT = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,2})", re.I)
_EXPONENT_COMMA = re.compile(r"(?<![0-9])([0-9]),([0-9]+E\+?[0-9])", re.I)
_DECIMAL_COMMA = re.compile(r"(?<![0-9])([0-9]{8,}),0{1,2}(?![0-9])")
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_EXTENSION = re.compile(r"(?:ext|ekst|extension|pes|pesawat)\.?", re.I)
_HEAD = r"(?:no|nomor|hp|wa|w\.a|whatsapp|telp?|telepon|tlpn?|ponsel|phone|mobile|rumah|kantor|istri|suami)"
_HEAD_ATTACHED = re.compile(rf"((?:{_HEAD}[.\-]*)+)(?=[+(]|[0-9]{{3}})", re.I)
_NUMBERED = re.compile(rf"{_HEAD}[.\-]*[1-9]", re.I)  # "HP1", "WA2"
_TAIL_ATTACHED = re.compile(r"(?<=[0-9])(hp|wa|istri|suami|kantor|rumah)$", re.I)
_PLAIN_MOBILE = re.compile(r"08[1-35-9][0-9]{7,10}")
"""As nearly all numbers of a list come."""
_ONE_RUN = re.compile(r"\+?[0-9][0-9 -]*")
_BELOW_ZERO = re.compile(r"-[1-9][0-9.]*")  # what a formula makes of 0812-3456, not a dash before a number
_MASK = re.compile(r"[x*?_#%]", re.I)
_GENERIC = _words("no nomor nmr hp telp tel telepon tlp tlpn ponsel handphone phone mobile dan atau dst")
_NOT_PHONES = _words("rp idr usd nik ktp kpj npp npwp rek rekening norek kk va bca bri bni mandiri")
_KINSHIP = _words("istri suami anak kantor rumah ibu bapak ayah adik kakak saudara hunting fax")
_CONFUSED = str.maketrans("OoIl", "0011")


@value_class
class PhonesRead:
    """What one cell of telephone numbers came to; ``raw`` is what it said, whatever became of it."""

    numbers: tuple[PhoneRead, ...]
    raw: str
    flags: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class _Part:
    """One part of a cell between separators: its words, and each run of digits with what it came to."""

    runs: list[tuple[str, NumberRead]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    words_first: bool = False
    plain: bool = False  # nothing but digits and layout marks

    @property
    def digits(self) -> str:
        return "".join(re.findall(r"[0-9]", "".join(text for text, _ in self.runs)))

    @property
    def is_read(self) -> bool:
        return bool(self.runs) and all(read.outcome == "read" for _, read in self.runs)


_UNREADABLE = NumberRead("phone-unreadable")
_DOUBTFUL = NumberRead("phone-doubtful")


# One part of a cell ---------------------------------------------------------------------------------------------------


def _label(words: list[str]) -> str:
    """The words beside a number as a label: ``WA``, relations in small letters, without words for "number"."""
    kept = []
    for word in words:
        bare = word.strip(".,:-=\"'").rstrip(".")
        low = bare.lower()
        low = low[:-1] if _NUMBERED.fullmatch(low) else low
        if low in ("wa", "w.a", "whatsapp", "wa."):
            kept.append("WA")
        elif low and low not in _GENERIC:
            kept.append(low if low in _KINSHIP else bare)
    return " ".join(kept)


def _exponent(chunk: str) -> NumberRead | None:
    """A number in exponent notation, read only when every digit of it is present (domain.md 3.4 rows 21, 22)."""
    match = _EXPONENT.fullmatch(chunk)
    if not match:
        return None
    digits = match[1] + (match[2] or "")
    if len(digits) != int(match[3]) + 1 or ROUNDED.fullmatch(digits):
        return _UNREADABLE
    return replace(read_digits(digits), repaired=True)


def _confused(chunk: str, area_code: str) -> NumberRead:
    """A chunk with letters among its digits: never read, but doubtful where a number shows through."""
    if _MASK.search(chunk):
        return _UNREADABLE
    meant = (chunk.translate(_CONFUSED), re.sub(r"[A-Za-z]", "", chunk))
    plausible = any(read_number(text, area_code=area_code).outcome != "phone-unreadable" for text in meant)
    return _DOUBTFUL if plausible else _UNREADABLE


def _several(token: str, area_code: str) -> list[tuple[str, NumberRead]]:
    """A run of digits as one number, or as several whole ones with only blanks between them."""
    read = read_number(token, area_code=area_code)
    chunks = [chunk for chunk in token.split(" ") if re.search(r"[0-9]", chunk)]
    if read.outcome != "phone-unreadable" or len(chunks) < 2:
        return [(token, read)]
    reads = [read_number(chunk, area_code=area_code) for chunk in chunks]
    whole = all(re.match(r"\(?\+?(?:0|62)", chunk) for chunk in chunks)
    if whole and all(each.outcome == "read" for each in reads):
        return list(zip(chunks, reads, strict=True))
    return [(token, _DOUBTFUL if any(each.outcome == "read" for each in reads) else _UNREADABLE)]


def _chunks(text: str) -> list[str]:
    """Blank-separated pieces, with known words cut off the digits they stick to."""
    found: list[str] = []
    for chunk in re.sub(r"[:=]", " ", text).split():
        head = _HEAD_ATTACHED.match(chunk)
        rest = chunk[head.end() :] if head else chunk
        tail = _TAIL_ATTACHED.search(rest)
        found += [piece for piece in (head[1] if head else "", rest[: tail.start()] if tail else rest) if piece]
        if tail:
            found.append(tail[1])
    return found


def _read_part(text: str, area_code: str) -> _Part:
    part = _Part()
    run: list[str] = []
    chunks = _chunks(text)
    part.plain = all(re.fullmatch(r"[0-9+().-]+", chunk) for chunk in chunks)
    extension = False

    def end_run() -> None:
        if any(re.search(r"[0-9]", chunk) for chunk in run):
            part.runs += _several(" ".join(run), area_code)
        run.clear()

    for chunk in chunks:
        if extension and re.fullmatch(r"[0-9]{1,5}", chunk):
            part.labels[-1] = f"ext {chunk}"
            extension = False
        elif re.fullmatch(r"[0-9+().-]+", chunk):
            run.append(chunk)
        elif (exponent := _exponent(chunk)) is not None:
            end_run()
            part.runs.append((chunk, exponent))
        elif (
            (re.search(r"[0-9]", chunk) and not _NUMBERED.fullmatch(chunk))
            or _MASK.fullmatch(chunk.strip("-."))
            or _is_mask(chunk)
        ):
            run.append(chunk)
            part.runs.append((" ".join(run), _confused(" ".join(run), area_code)))
            run.clear()
        else:
            end_run()
            part.words_first = part.words_first or not part.runs
            part.labels.append(chunk)
            extension = bool(part.runs) and bool(_EXTENSION.fullmatch(chunk))
    end_run()
    return _judge(part)


def _is_mask(chunk: str) -> bool:
    """``xxxx`` or ``*``: hides digits. A single letter beside digits may be one that was mistyped."""
    bare = chunk.strip(".-'\"")
    return bool(bare) and (bool(re.fullmatch(r"[xX*?_#%.\-]+", bare)) or bool(re.fullmatch(r"[A-Za-z]", bare)))


def _judge(part: _Part) -> _Part:
    """What the part as a whole takes back: money and account numbers, broken numbers between words, hidden digits."""
    words = {re.sub(r"[^a-z]", "", word.lower()) for word in part.labels}
    if words & _NOT_PHONES or any(re.search(r"[*?_#%]", word) for word in part.labels):
        part.runs = [(text, _UNREADABLE) for text, _ in part.runs]
    if len(part.runs) > 1 and not part.is_read:
        doubt = any(read.outcome != "phone-unreadable" for _, read in part.runs)
        part.runs = [(" ".join(text for text, _ in part.runs), _DOUBTFUL if doubt else _UNREADABLE)]
    return part


# The whole cell -------------------------------------------------------------------------------------------------------


def _open_bracket(match: re.Match[str]) -> str:
    """A bracket without digits is a note, one with a whole number is another part, an area code stays."""
    inside = match[1]
    digits = len(re.findall(r"[0-9]", inside))
    if not digits:
        return " " + re.sub(r"[/,;|&]", " ", inside) + " "
    if digits < 7 and (not re.search(r"[A-Za-z]", inside)):
        return f"({inside})"
    if _EXTENSION.match(inside.strip()) and digits < 6:
        return f" {inside} "
    return f" ; {inside} ; "


def _parts(text: str, area_code: str) -> tuple[list[_Part], list[str]]:
    """The parts of a cell and the separators between them; what has no digits labels its neighbour."""
    text = _EXPONENT_COMMA.sub(r"\1.\2", _DECIMAL_COMMA.sub(r"\1.0", text))
    text = re.sub(r"\ba/n\b", "a.n", _BRACKETED.sub(_open_bracket, text), flags=re.I)
    parts: list[_Part] = []
    separators: list[str] = []
    waiting: list[str] = []
    for piece, separator in zip(_SPLIT.split(text), ["", *_SPLIT.findall(text)], strict=True):
        part = _read_part(piece, area_code)
        if part.runs:
            part.labels = waiting + part.labels
            waiting = []
            parts.append(part)
            separators.append(separator)
        elif part.labels and parts:
            parts[-1].labels += part.labels
        else:
            waiting += part.labels
    return parts, separators[1:]


def _weigh_together(parts: list[_Part], separators: list[str], area_code: str) -> list[_Part]:
    """Neighbours that may be one number: ``0812/34567890`` is, ``08123456789/90`` may be, and then neither is read."""
    for part, following in pairwise(parts):
        suffix = not following.is_read and re.fullmatch(r"[1-9][0-9 .-]*", "".join(text for text, _ in following.runs))
        if (
            suffix
            and part.is_read
            and read_digits(part.digits + following.digits, area_code=area_code).outcome == "read"
        ):
            part.runs = [(text, _DOUBTFUL) for text, _ in part.runs]
    if len(parts) > 1 and all(part.plain for part in parts) and not any(part.is_read for part in parts):
        joined = read_digits("".join(part.digits for part in parts), area_code=area_code)
        prefix = re.fullmatch(r"0[0-9]{2,3}|628[0-9]{2}", parts[0].digits)
        starts = any(re.match(r"0|62", part.digits) for part in parts[1:])
        if joined.outcome == "read" and prefix and not starts and set(separators) == {"/"}:
            return [_Part([("", replace(joined, repaired=True))])]
        outcome = _DOUBTFUL if joined.outcome != "phone-unreadable" else None
        return [_Part([("", outcome)])] if outcome else parts
    return parts


def _numbers(parts: Sequence[_Part]) -> list[PhoneRead]:
    """The numbers read, each once, with the label that stood nearest."""
    found: dict[str, str] = {}
    for part in parts:
        reads = [read for _, read in part.runs if read.outcome == "read"]
        # With as many words as numbers each number has its own; otherwise the words speak of all of them.
        own = len(reads) == len(part.labels) > 1
        for index, read in enumerate(reads):
            label = _label(part.labels[index : index + 1] if own else part.labels)
            found[read.e164] = found.get(read.e164) or label
    return [PhoneRead(e164, label) for e164, label in found.items()]


def _read_text(cell: str, area_code: str) -> tuple[list[_Part], bool]:
    """The parts of a text cell and whether it was changed beyond the layout of its numbers."""
    lines = [clean(line).translate(_DASHES) for line in raw_lines(cell)]
    text = "\n".join(line for line in lines if line)
    bare = text.strip("'`\u2018\u2019\" ")
    if _BELOW_ZERO.fullmatch(bare) or re.search(r"[^\x00-\x7f]", re.sub(r"[^\W\d_]", "", bare)):
        return [_Part([(bare, _UNREADABLE)])], False
    if _ONE_RUN.fullmatch(bare):  # by far the most cells, and a list has 50,000
        return [_Part(_several(bare, area_code))], bare != text
    parts, separators = _parts(bare, area_code)
    weighed = _weigh_together(parts, separators, area_code)
    words = any(part.labels for part in weighed)
    return weighed or [_Part([(bare, _UNREADABLE)])], bare != text or words or len(parts) > 1


def raw_lines(cell: str) -> list[str]:
    """The lines of a cell (Alt+Enter in Excel separates numbers)."""
    return re.split(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x85", cell)


def _read_numeric(cell: int | float, area_code: str) -> list[_Part]:
    """A number cell: its leading zero is lost."""
    if not 0 < cell < EXACT_FLOAT or cell != int(cell):
        return [_Part([("", _UNREADABLE)])]
    digits = str(int(cell))
    read = read_digits(digits, area_code=area_code)
    return [_Part([(digits, replace(read, repaired=True))])]


def read_phones(cell: Cell, area_code: str = AREA_CODE) -> PhonesRead:
    """Every number of a cell that is read without doubt, in order, with its label; else flags and the raw text.

    ``phone-missing``: the cell says nothing. ``phone-doubtful``: there is a plausible number, but a person must say.
    ``phone-unreadable``: there is none. ``area_code`` (with its 0) is the office's own, only ever used to tell a local
    number without it as doubtful (domain.md 3.4, contracts.md).
    """
    if type(cell) is str and _PLAIN_MOBILE.fullmatch(cell):
        e164 = read_plain_mobile(cell)
        if e164 is not None:
            return PhonesRead((PhoneRead(e164, ""),), cell, (), ())
    # Between lines a mark stays, or two halves of two numbers would be one when the text is read again.
    raw = " | ".join(filter(None, map(raw_text, raw_lines(cell)))) if isinstance(cell, str) else raw_text(cell)
    if cell is None or is_empty(cell):
        failed = (Reason("lookup-failed", "phones", raw),) if is_lookup_failure(cell) else ()
        return PhonesRead((), raw, ("phone-missing",), failed)
    repaired = False
    if isinstance(cell, (bool, date, time)) or (isinstance(cell, str) and strange_digits(cell)):
        parts = [_Part([("", _UNREADABLE)])]
    elif isinstance(cell, str):
        parts, repaired = _read_text(cell, area_code)
    else:
        parts = _read_numeric(cell, area_code)
    reads = [read for part in parts for _, read in part.runs]
    flags = sort_flags({read.outcome for read in reads if read.outcome != "read"})
    reasons = [Reason(flag, "phones", raw) for flag in flags]
    numbers = _numbers(parts)
    if numbers and (repaired or len(numbers) > 1 or any(read.repaired for read in reads)):
        reasons.append(Reason("phones-repaired", "phones", raw))
    return PhonesRead(tuple(numbers), raw, flags, tuple(reasons))
