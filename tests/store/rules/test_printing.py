"""The rules of printing once: which state follows which, how a batch is cut into jobs, what a printer can be called."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.permissions import Permission
from store.rules.printing import (
    ATTEMPT,
    ENDED,
    FOR_A_PERSON,
    LEAST_PAGES,
    MOST_PAGES,
    MOVING,
    PRINTS,
    SEEN,
    STEPS,
    Calibration,
    CalibrationError,
    Document,
    JobState,
    attempt_name,
    chunks,
    prefix,
    read_routes,
    read_server,
)

S = JobState


@given(st.integers(1, 5_000))
def test_a_batch_is_cut_evenly_and_no_job_is_small_unless_all_is(pages: int) -> None:
    cut = chunks(pages)
    assert sum(cut) == pages
    assert max(cut) - min(cut) <= 1
    assert max(cut) <= MOST_PAGES
    assert min(cut) >= min(pages, LEAST_PAGES)


def test_nothing_is_sent_anew_once_it_may_be_on_paper() -> None:
    """From `sent` on no way leads back to a state in which the job is handed over."""
    reached, more = set(), {S.SENT, S.SAID, S.DOUBTFUL}
    while more:
        reached |= more
        more = {after for state in more for after in STEPS[state]} - reached
    assert reached == {S.SENT, S.SAID, S.DOUBTFUL, S.CONFIRMED}
    assert [state for state in STEPS if S.CANCELLED in STEPS[state]] == [S.RESERVED, S.SENDING, S.STAGED, S.FAILED]
    assert set(STEPS) == set(S) == {*MOVING, *FOR_A_PERSON, *ENDED}
    assert all(STEPS[state] == frozenset() for state in ENDED)
    assert {state for state in S if S.CONFIRMED in STEPS[state]} == set(SEEN)


@given(st.uuids(), st.integers(1, 10**9))
def test_a_name_at_the_printer_says_whose_job_it_is(office: object, job: int) -> None:
    plain = str(office).replace("-", "")
    name = attempt_name(plain, job, "0123abcd")
    assert ATTEMPT.fullmatch(name)
    assert name.startswith(prefix(plain))


@pytest.mark.parametrize(
    "wrong", [{"dx": 20.1}, {"dy": -21}, {"sx": 1.06}, {"sy": 0}, {"skew": 4}, {"dx": math.nan}, {"sx": math.inf}]
)
def test_a_correction_beyond_any_printer_is_refused_by_name(wrong: dict[str, float]) -> None:
    with pytest.raises(CalibrationError) as refused:
        Calibration(**wrong)
    assert refused.value.field in wrong


@given(st.text(), st.text(), st.text())
def test_a_name_that_is_taken_can_stand_in_an_address(printer: str, tray: str, media: str) -> None:
    try:
        routes = read_routes({Document.VOUCHER: {"printer": printer, "tray": tray, "media": media}})
    except ValueError:
        return
    route = routes[Document.VOUCHER]
    for text in (route.printer, route.tray, route.media):
        assert not set(text) & set(" /#?\"'\\\n\t\x00\x7f")


@given(st.text())
def test_a_server_is_a_socket_or_a_host_with_a_port(text: str) -> None:
    try:
        server = read_server(text)
    except ValueError:
        return
    assert server == "" or (server[0].startswith("/") if isinstance(server, str) else server[1] > 0)


def test_every_document_is_printed_by_somebody() -> None:
    assert set(PRINTS) == set(Document)
    assert all(PRINTS.values())
    assert {*PRINTS[Document.VOUCHER]} == {Permission.RECEIVE_FILES}
