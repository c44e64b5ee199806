"""The words of the quick answers: every field is filled, the hours are those of this moment, and who may hear what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store.answers import AnswerFacts, LastTalk, OpenPromise, PersonAnswer
from store.rules.answers import FIELDS, Telling, limit_on, pension_age_on
from store.rules.eligibility import JMO_LIMITS, ChannelAdvice, Document
from store.rules.hours import OfficeCalendar
from store.rules.outcomes import Outcome
from store.rules.script import check_script, render
from tests.store.office import wib
from tui import i18n
from tui.words import answer_fields, answer_person, answers

TODAY = date(2023, 7, 31)
CALENDAR = OfficeCalendar(closed={date(2023, 8, 17): "Hari Kemerdekaan", date(2023, 8, 19): "Sabtu"})
OFFICE = AnswerFacts(
    CALENDAR,
    "Jl. Contoh No. 1, Duri",
    "(0765) 91234",
    "Dari simpang belok kiri",
    limit_on(JMO_LIMITS, TODAY),
    pension_age_on(TODAY),
)


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    i18n.use("id")
    yield
    i18n.use("id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_answer_is_whole_in_both_languages(language: str) -> None:
    i18n.use(language)
    values = answer_fields.values(OFFICE, "Kantor Cabang Contoh", wib(31, 9))
    assert set(values) == set(FIELDS)
    texts = answers.built_in(language, OFFICE)
    assert {text.topic for text in texts} == set(answers.TOPICS)
    for text in texts:
        check_script(text.body, FIELDS)
        shown = " ".join(block.text for block in render(text.body, values))
        assert text.title
        assert text.source
        assert not {"{", "}", "*"} & set(shown), text.key
    english = {text.key: text for text in answers.built_in("en")}
    if language == "id":
        assert [text.key for text in texts if text.title == english[text.key].title] == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (wib(31, 9), "Sekarang buka, sampai 12.00; istirahat sampai 13.00"),
        (wib(31, 12, 10), "Sekarang istirahat; buka lagi hari ini 13.00"),
        (wib(31, 15), "Sekarang buka, sampai 17.00"),
        (wib(31, 7), "Belum buka; buka hari ini 08.00"),
        (wib(31, 18), "Sekarang tutup; buka lagi besok 08.00"),
        (wib(28, 11, 45), "Sekarang istirahat; buka lagi hari ini 13.30"),
        (wib(29, 9), "Sekarang tutup; buka lagi Senin 31 Juli 08.00"),
        (wib(17, 9, month=8), "Hari ini tutup, Hari Kemerdekaan; buka lagi besok 08.30"),
    ],
)
def test_open_or_closed_is_told_for_this_minute(now: datetime, said: str) -> None:
    assert answer_fields.open_now(CALENDAR, now) == said


def test_hours_of_today_of_the_week_and_the_days_that_are_closed() -> None:
    assert answer_fields.hours_today(CALENDAR, wib(28, 9)) == "Jumat 28 Juli 2023: 08.30–11.30, 13.30–17.00"
    assert answer_fields.hours_today(CALENDAR, wib(30, 9)) == "Minggu 30 Juli 2023: tutup"
    assert answer_fields.every_week(CALENDAR) == (
        "Senin–Kamis 08.00–17.00 (istirahat 12.00–13.00); Jumat 08.30–17.00 (istirahat 11.30–13.30); Sabtu–Minggu tutup"
    )
    assert answer_fields.closed_days(CALENDAR, wib(31, 9)) == "Kamis 17 Agustus (Hari Kemerdekaan)"
    assert answer_fields.closed_days(CALENDAR, wib(20, 9, month=8)) == "belum ada"
    assert answer_fields.closed_days(CALENDAR, wib(17, 9, month=8)) == "belum ada", "today is no coming day"


def test_a_dated_matter_says_until_when_it_holds() -> None:
    until = {text.key: text.valid_until for text in answers.built_in("id", OFFICE)}
    assert (until["jmo"], until["jp"], until["never"]) == (date(2025, 4, 30), date(2024, 12, 31), None)


def test_what_the_office_has_not_written_down_says_where_to() -> None:
    values = answer_fields.values(replace(OFFICE, address="", way=""), "Kantor", wib(31, 9))
    assert values["alamat"] == "(alamat belum dicatat: pengaturan, 0)"
    assert "pengaturan, 0" in values["arah"]
    assert values["batas_jmo"] == "Rp10.000.000"


KNOWN = PersonAnswer(
    Telling.ALL,
    "ROSLINA",
    ChannelAdvice.JMO,
    10_000_000,
    (Document.CARD, Document.KTP),
    claimed=False,
    claim_checked_at=wib(30, 9),
    last_call=LastTalk(wib(28, 9), "ani", Outcome.NO_ANSWER),
    last_contact=LastTalk(wib(27, 9), "budi", "answered", "jmo"),
    follow_ups=(OpenPromise("kirim formulir", datetime(2023, 8, 1, 2, tzinfo=UTC), "ani"),),
)


def test_after_the_check_one_reads_channel_documents_last_talks_and_promises() -> None:
    said = "\n".join(answer_person.sentences(KNOWN, wib(31, 9)))
    for part in (
        "Klaim: di Smile belum ada, dicek kemarin.",
        "JMO",
        "Rp10.000.000",
        "Syarat: kartu peserta, KTP.",
        "Telepon terakhir dari sini: Jumat 28 Juli 09.00, tidak diangkat (ani).",
        "Terakhir bertanya ke sini: Kamis 27 Juli 09.00, JMO dan Lapak Asik (budi).",
        "Dijanjikan: kirim formulir, paling lambat besok 09.00 (ani).",
    ):
        assert part in said


def test_whoever_asks_for_another_hears_nothing_and_one_reads_what_to_say_instead() -> None:
    said = " ".join(answer_person.sentences(replace(KNOWN, telling=Telling.NOTHING), wib(31, 9)))
    assert "Mohon peserta menelepon atau datang sendiri" in said
    before = " ".join(answer_person.sentences(replace(KNOWN, telling=Telling.CHECK_FIRST), wib(31, 9)))
    assert "Tanyakan dulu nama dan tanggal lahir" in before
    for text in (said, before):
        assert not any(part in text for part in ("ROSLINA", "Rp", "Smile", "formulir", "Juli"))


def test_a_reminder_of_loket_itself_is_told_in_words() -> None:
    kept = OpenPromise("@interview", datetime(2023, 8, 1, 2, tzinfo=UTC), "ani")
    said = " ".join(answer_person.sentences(replace(KNOWN, follow_ups=(kept,)), wib(31, 9)))
    assert "Dijanjikan: Wawancara Lapak Asik" in said and "@" not in said


def test_an_heir_is_sent_to_the_office() -> None:
    heir = replace(KNOWN, telling=Telling.HEIRS, advice=None)
    said = answer_person.sentences(heir, wib(31, 9))
    assert said[0] == "Ahli waris mengajukan di kantor: JHT peserta meninggal, dan JKM."
    assert not any("Saluran" in sentence for sentence in said)
