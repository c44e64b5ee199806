"""Rows read by the child process, one JSON line each, and back: a line can build nothing but a row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from store.rules.merging import reading_digest
from store.rules.readings import ParticipantRead, PhoneRead, Reason, RowRead, Verdict

_ENCODER = json.JSONEncoder(separators=(",", ":"))


def write_row(
    sheet: int, row: int, verdict: str, participant: ParticipantRead | None, reasons: Sequence[Reason]
) -> bytes:
    """One line, its sheet given by number."""
    digest = "" if participant is None else reading_digest(participant)
    said = [[each.code, each.field, each.raw] for each in reasons]
    line = [sheet, row, verdict, _pack(participant), said, digest]
    return _ENCODER.encode(line).encode("ascii") + b"\n"


def _pack(person: ParticipantRead | None) -> list[Any] | None:
    if person is None:
        return None
    return [
        person.kpj,
        person.nik,
        person.name,
        person.birth_date.isoformat() if person.birth_date else None,
        person.sex,
        person.npp,
        person.company,
        person.pembina,
        [[phone.e164, phone.label] for phone in person.phones],
        person.phones_raw,
        person.email,
        person.email_raw,
        person.jht_balance,
        person.active,
        person.claimed,
        person.flags,
    ]


def read_rows(lines: Sequence[bytes], sheets: Sequence[str]) -> Iterator[RowRead]:
    """The rows of some lines; ``sheets`` are the sheets' names by number."""
    # As one text: asking for each line by itself takes half as long again.
    for sheet, row, verdict, packed, reasons, digest in json.loads(b"[%s]" % b",".join(lines)):
        yield RowRead(
            sheet=sheets[sheet],
            row=row,
            verdict=cast(Verdict, verdict),
            participant=None if packed is None else _unpack(packed),
            reasons=tuple([Reason(*said) for said in reasons]),
            digest=digest,
        )


def _unpack(packed: list[Any]) -> ParticipantRead:
    kpj, nik, name, born, sex, npp, company, pembina, phones, phones_raw, *rest = packed
    email, email_raw, balance, active, claimed, flags = rest
    return ParticipantRead(
        kpj=kpj,
        nik=nik,
        name=name,
        birth_date=date.fromisoformat(born) if born else None,
        sex=sex,
        npp=npp,
        company=company,
        pembina=pembina,
        phones=tuple([PhoneRead(number, label) for number, label in phones]),
        phones_raw=phones_raw,
        email=email,
        email_raw=email_raw,
        jht_balance=balance,
        active=active,
        claimed=claimed,
        flags=tuple(flags),
    )
