"""Every code of the store has its word, and every refusal its sentence with a next step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import pytest

from store import errors as store_errors
from store.archive_rows import RegisterPlan
from store.errors import Conflict, DatabaseTrouble, FileRefused, LeaseLost, NotAllowed, StoreError, UndoRefused
from store.follow_up_rows import Whose
from store.rows import Nothing, Served, UndoRef
from store.rules.assists import Activation, ClaimReason, Paper, PaperState, Result
from store.rules.callbacks import CallbackTimeError, CallbackTrouble
from store.rules.counter import FollowUpState, Origin
from store.rules.eligibility import ChannelAdvice, Document
from store.rules.outcomes import Channel, DoneReason, NotYetReason, Outcome, State
from store.rules.permissions import Permission, Role
from store.timeline import Kind
from tui import i18n
from tui.words import archive_register, assists, backups, calls, errors, follow_ups, trail

NOW = datetime(2023, 7, 31, 2, 0, tzinfo=UTC)  # Monday 09.00 in the office

TABLES = (
    (Outcome, calls.OUTCOMES),
    (State, calls.STATES),
    (State, calls.STATE_ROLES),
    (Channel, calls.CHANNELS),
    (NotYetReason, calls.REASONS),
    (DoneReason, calls.DONE),
    (Document, calls.DOCUMENTS),
    (ChannelAdvice, calls.ADVICE),
    (Role, errors.ROLES),
    (Permission, errors.PERMISSIONS),
    (CallbackTrouble, errors.CALLBACK),
    (ClaimReason, assists.REASONS),
    (Paper, assists.PAPERS),
    (PaperState, assists.PAPER_STATES),
    (Activation, assists.ACTIVATIONS),
    (Result, assists.RESULTS),
    (Origin, follow_ups.ORIGINS),
    (FollowUpState, follow_ups.STATES),
    (Whose, follow_ups.EMPTY),
    (Kind, trail.KINDS),
)


@pytest.mark.parametrize(("codes", "words"), TABLES)
def test_every_code_has_a_word(codes: Iterable[str], words: Mapping[str, str]) -> None:
    assert set(words) == {str(code) for code in codes}


@pytest.fixture(params=["id", "en"], autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    i18n.use(request.param)
    return str(request.param)


REFUSALS: list[StoreError] = [
    store_errors.NoOffice("/srv/loket"),
    store_errors.OfficeExists("/srv/loket"),
    store_errors.NotStaff("budi"),
    store_errors.NotStaff("budi", disabled=True),
    NotAllowed("call", ("umum",)),
    NotAllowed("call", ()),
    store_errors.OwnWork("ani"),
    store_errors.NotFound("person", "21000000001"),
    store_errors.Invalid("period", "x", "unknown"),
    store_errors.StaleEdit("participant", 1),
    LeaseLost(1, "Budi", NOW),
    LeaseLost(1, None, None),
    UndoRefused("queue.outcome", (Conflict("queue_item", 1, "state", "new", "done", "Budi", NOW),) * 2),
    UndoRefused("queue.outcome", ()),
    store_errors.UndoneInPart("import.corrections", (Conflict("participant", 1, "email", "", "", "Budi", NOW),), 214),
    store_errors.UndoneInPart("import.corrections", (), 1),
    store_errors.NothingToUndo(),
    store_errors.CutShort(DatabaseTrouble("unreachable"), 214, 1200, UndoRef(1, "correction.clean")),
    FileRefused("daftar.xlsx", "encrypted"),
    *(store_errors.BackupRefused(why, "cadangan.age", "head") for why in backups.REFUSED),
    DatabaseTrouble("full"),
    DatabaseTrouble("something new"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_refusal_is_one_sentence_for_a_person(refusal: StoreError) -> None:
    text = errors.sentence(refusal, NOW)
    assert text.strip()
    assert "{" not in text
    assert "\n" not in text
    assert not text.startswith(refusal.code)


def test_every_kind_of_refusal_has_its_own_sentence() -> None:
    kinds = {kind for kind in vars(store_errors).values() if isinstance(kind, type) and issubclass(kind, StoreError)}
    assert kinds - {StoreError} <= set(errors._SENTENCES)


def test_an_outcome_says_when_it_is_due_and_how_to_take_it_back(language: str) -> None:
    nobody = Nothing(None, 0, 0, 0)
    text, role = calls.served(Served("ANI", Outcome.BUSY, State.RETRY, NOW, True, None, nobody), NOW)
    assert (
        text
        == {"id": "Sibuk → lagi hari ini 09.00 · u membatalkan", "en": "Busy → again today 09:00 · u undoes"}[language]
    )
    assert role == "good"
    text, role = calls.served(Served("ANI", Outcome.BUSY, State.RETRY, NOW, False, None, nobody), NOW)
    assert "ANI" in text
    assert role == "warn"


@pytest.mark.parametrize(
    "row", [Nothing(NOW, 1, 0, 0), Nothing(None, 0, 2, 0), Nothing(None, 0, 0, 3), Nothing(None, 0, 0, 0)]
)
def test_nobody_to_call_is_said_with_the_reason(row: Nothing) -> None:
    assert calls.nothing(row, NOW).endswith(".") or calls.nothing(row, NOW).endswith(").")


def test_a_time_that_cannot_be_taken_comes_with_one_that_can(language: str) -> None:
    text = errors.callback(CallbackTimeError(CallbackTrouble.HOLIDAY, NOW, NOW, "Idul Adha"), NOW)
    assert "Idul Adha" in text
    assert {"id": "hari ini 09.00", "en": "today 09:00"}[language] in text


def test_dates_and_hours_are_written_as_the_office_writes_them(language: str) -> None:
    later = datetime(2023, 8, 2, 6, 30, tzinfo=UTC)
    assert i18n.moment(later, NOW) == {"id": "Rabu 2 Agustus 13.30", "en": "Wednesday 2 August 13:30"}[language]
    assert i18n.short_moment(later, NOW) == {"id": "02-08 13.30", "en": "02-08 13:30"}[language]
    assert i18n.month("2023-07") == {"id": "Juli 2023", "en": "July 2023"}[language]
    assert i18n.month("x") == "x"
    assert i18n.number(1234567) == {"id": "1.234.567", "en": "1,234,567"}[language]


def test_rows_of_a_register_for_a_destroyed_box_are_said_before_they_are_brought_in(language: str) -> None:
    gone = (("JHT", "9", 2), ("JKK", "14", 1))
    plan = RegisterPlan("daftar.xlsx", "", "", False, (), (), (), 0, (), gone)
    said = "\n".join(row.text for row in archive_register.plan_lines(plan, 160))
    assert "JHT 9 (2), JKK 14 (1)" in said
    assert {"id": "Sudah dimusnahkan", "en": "These were destroyed"}[language] in said
    into = {"id": "3 ke boks yang sudah dimusnahkan", "en": "3 into destroyed boxes"}[language]
    assert into in archive_register.effect(plan) and into in archive_register.question(plan)
