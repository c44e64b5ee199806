"""The card holds what a call needs, in the room there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from store.rows import AttemptRow, Card, CardNumber, Me
from store.rules.outcomes import Outcome, State
from tui import i18n
from tui.widgets.card import Around, card_lines

NOW = datetime(2023, 7, 31, 2, 0, tzinfo=UTC)
ME = Me(1, "ani", "Ani Marlina", "Pelayanan", frozenset({"magang"}), frozenset(), "Kantor Cabang Duri", False)


def number(e164: str, **how: object) -> CardNumber:
    return replace(CardNumber(e164, "", False, False, False, 0, 0), **how)  # type: ignore[arg-type]  # fields by name


def attempt(n: int) -> AttemptRow:
    at = NOW - timedelta(days=n)
    return AttemptRow(n, at, "Budi", "0812…890", Outcome.NO_ANSWER, "", None, f"catatan {n}", False)


FULL = Card(
    item_id=1,
    token=1,
    kind="jht56",
    period="2023-07",
    state=State.RETRY,
    due_at=NOW,
    participant_id=1,
    kpj="21000000001",
    name="SUPARMAN HADI WIJAYA KUSUMA NEGARA BIN ABDURRAHMAN PANJANG SEKALI NAMANYA",
    sex="L",
    company="PT PERKEBUNAN SAWIT MANDAU JAYA LESTARI ABADI SENTOSA MAKMUR SEJAHTERA",
    npp="00030283",
    pembina="RINA MARLINA",
    nik_masked="140309******9901",
    has_birth_date=True,
    birth_date=date(1967, 7, 3),
    right_party=True,
    jht_balance=62_345_678,
    advice="lapak_asik_or_office",
    jmo_limit=10_000_000,
    active=True,
    still_working=True,
    claimed=None,
    flags=(),
    numbers=(
        number("+6281234567890", current=True, label="istri", tries=2, shared_with=3),
        number("+6276591234", wrong=True),
        number("+6285212345678", spent=True, tries=5),
    ),
    attempts=tuple(attempt(n) for n in range(1, 8)),
    note="minta dijelaskan lagi oleh petugas yang kemarin",
)


@pytest.fixture(params=["id", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


@pytest.mark.parametrize("right_party", [False, True])
def test_the_fullest_card_keeps_three_attempts_at_80_columns(right_party: bool) -> None:
    lines = card_lines(replace(FULL, right_party=right_party), Around(NOW, ME), 80, 19)
    text = "\n".join(line.text for line in lines)
    assert len(lines) <= 19
    assert all(line.width <= 80 for line in lines)
    for day in ("30-07", "29-07", "28-07"):
        assert day in text
    for known in ("Bapak SUPARMAN", "KPJ 21000000001", "0 8 1 2   3 4 5 6   7 8 9 0", "(0765) 91234", "istri", "OTP"):
        assert known in text
    assert ("Rp62.345.678" in text) == right_party
    assert ("NPWP" in text) == right_party


def test_a_wide_card_shows_every_attempt_and_stands_apart() -> None:
    lines = card_lines(FULL, Around(NOW, ME), 72, 35)
    text = "\n".join(line.text for line in lines)
    for n in range(1, 8):
        assert f"catatan {n}" in text
    assert any(not line.pieces for line in lines)


def test_a_person_without_a_number_says_so() -> None:
    lines = card_lines(replace(FULL, numbers=()), Around(NOW, ME), 80, 19)
    assert any(role == "bad" for line in lines for _text, role in line.pieces)


def test_attempts_that_do_not_fit_are_counted(language: str) -> None:
    lines = card_lines(FULL, Around(NOW, ME), 80, 19)
    earlier = {"id": "sebelumnya", "en": "earlier"}[language]
    assert earlier in lines[-1].text
    assert lines[-1].width <= 80
