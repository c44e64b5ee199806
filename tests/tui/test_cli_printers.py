"""`loket printers` and `loket print`: what a person at the command line gets, without CUPS and with one."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from printing.checks import QueueDoubt
from printing.printers import DeviceState, JobRefused, PrinterAway, PrinterFacts, PrinterState
from store import Store, create_office
from store.print_rows import PrintJobRow, Wanted
from store.rules.archive import PlaceKind
from store.rules.printing import FOR_A_PERSON, STEMS, Document, JobState, Route
from tests.cups import QUEUE, Faults, PrivateCups, pages
from tests.store import voucher_desk
from tests.store.voucher_desk import HENDRA
from tests.terminal.office import TerminalOffice
from tui import i18n
from tui.cli import main
from tui.words import printers as words

Screen = pytest.CaptureFixture[str]


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> TerminalOffice:
    """A practice office on the morning of 31 July 2023, that prints into KELUAR."""
    made = TerminalOffice(home)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    asyncio.run(create_office(home, practice=True))
    return made


def loket(office: TerminalOffice, *arguments: str) -> int:
    return main(["--home", str(office.home), *arguments])


def with_cups(office: TerminalOffice, cups: PrivateCups) -> None:
    """The office prints everything on the private CUPS."""

    async def choose(store: Store) -> None:
        await store.office.set_setting("printing.server", cups.socket)
        await store.printers.set_route(list(Document), Route(QUEUE))

    office.ask(choose)


def test_without_cups_a_report_goes_into_keluar_and_is_over(office: TerminalOffice, capsys: Screen) -> None:
    assert loket(office, "printers") == 0
    assert "KELUAR" in capsys.readouterr().out
    assert loket(office, "print", "daily") == 0
    path = capsys.readouterr().out.strip()
    (given,) = office.home.joinpath("KELUAR").glob("laporan-harian-*.pdf")
    assert path == str(given)
    assert given.read_bytes().startswith(b"%PDF")
    assert loket(office, "print", "recap", "--period", "2023-07") == 0
    assert loket(office, "print", "jobs", "--json") == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2]) == []
    assert loket(office, "print", "daily", "--date", "kemarin") == 64
    assert loket(office, "printers", "use", "surat", QUEUE) == 64
    assert loket(office, "printers", "calibrate", "folder", "--dx", "30") == 64
    assert loket(office, "printers", "calibrate", "folder", "--dx", "1.5") == 0


def test_with_cups_the_queue_its_paper_and_what_is_wrong_are_told(
    office: TerminalOffice, cups: PrivateCups, capsys: Screen
) -> None:
    with_cups(office, cups)
    assert loket(office, "printers") == 0
    told = capsys.readouterr().out
    for word in (f"{QUEUE} ", "siap", "iso_a4_210x297mm", "top bottom", f"voucher                  -> {QUEUE}"):
        assert word in told
    assert loket(office, "printers", "use", "voucher,listing", QUEUE, "--tray", "third") == 0
    capsys.readouterr()
    assert loket(office, "printers", "--json") == 2
    document = json.loads(capsys.readouterr().out)
    assert document["documents"]["voucher"] == {"printer": QUEUE, "tray": "third", "media": "iso_a4_210x297mm"}
    assert [doubt["code"] for doubt in document["doubts"]] == ["no-such-tray"]
    assert loket(office, "print", "daily") == 0
    assert len(cups.jobs()) == 1
    cups.kill()
    assert loket(office, "printers") == 2
    assert "tidak menjawab" in capsys.readouterr().out


def test_a_persons_word_on_the_paper_is_given_by_command(
    office: TerminalOffice, cups: PrivateCups, capsys: Screen
) -> None:
    with_cups(office, cups)

    async def reserve(store: Store) -> list[PrintJobRow]:
        one = Wanted(Document.VOUCHER, Route(QUEUE), pages(["a", "b", "c"]), (None,) * 3)
        return await store.printing.reserve([one, one, Wanted(Document.VOUCHER, Route("Gone"), b"", (None,))])

    cups.break_it(Faults(jam_after=1))
    first, second, third = (str(job.job_id) for job in office.ask(reserve))
    job = jobs_at_rest(office, capsys)
    assert [job[n]["state"] for n in (first, second, third)] == [JobState.DOUBTFUL, JobState.DOUBTFUL, JobState.FAILED]
    assert loket(office, "print", "jobs") == 2
    told = capsys.readouterr().out
    assert "lihat kertasnya" in told
    assert "antrean cetak itu tidak ada" in told
    assert loket(office, "print", "stop", first) == 1
    assert "mungkin sudah keluar" in capsys.readouterr().err
    assert loket(office, "print", "right", first, "--missing-from", "4") == 64
    assert loket(office, "print", "right", first, "--missing-from", "2") == 2
    assert "1 halaman benar, 2 harus dicetak lagi" in capsys.readouterr().out
    assert loket(office, "print", "right", second) == 0
    assert loket(office, "print", "again", third) == 2
    assert loket(office, "print", "stop", third) == 0
    assert loket(office, "print", "jobs") == 0


def test_the_papers_of_the_voucher_desk_are_printed_by_their_number(office: TerminalOffice, capsys: Screen) -> None:
    async def sent(store: Store) -> None:
        await voucher_desk.bring(store, [HENDRA])
        files = await voucher_desk.confirmed(store, store, [HENDRA])
        await store.stacks.send(files, "BUDI")

    office.ask(sent)
    for stem, *wanted in (
        ("listing", "listing", "--date", "2023-07-31"),
        ("sampul-batch", "batch", "1"),
        ("tanda-terima", "receipt", "1"),
        ("halaman-uji", "test", "folder"),
    ):
        assert loket(office, "print", *wanted) == 0
        (given,) = office.home.joinpath("KELUAR").glob(f"{stem}-*.pdf")
        assert capsys.readouterr().out.strip() == str(given)
    assert loket(office, "print", "batch", "99") == 1
    assert loket(office, "print", "receipt", "99") == 1
    assert loket(office, "print", "listing", "--date", "kemarin") == 64


def test_the_papers_of_a_box_are_printed_by_the_number_on_its_label(office: TerminalOffice, capsys: Screen) -> None:
    async def boxes(store: Store) -> None:
        await store.archive.make(PlaceKind.BOX, "14", program="JHT")
        await store.archive.make(PlaceKind.BOX, "14", program="JKK")
        await store.archive.make(PlaceKind.BOX, "140", program="JHT")

    office.ask(boxes)
    for stem, kind in (("label-boks", "label"), ("isi-boks", "contents"), ("daftar-kode", "slip")):
        assert loket(office, "print", kind, "14", "--program", "jht") == 0
        (given,) = office.home.joinpath("KELUAR").glob(f"{stem}-*.pdf")
        assert capsys.readouterr().out.strip() == str(given)
    assert loket(office, "print", "label", "14") == 64
    told = capsys.readouterr().err
    assert all(said in told for said in ("JHT 14", "JKK 14", "--program"))
    assert "JHT 140" not in told
    assert loket(office, "print", "slip", "140", "--kind", "box") == 0
    assert loket(office, "print", "contents", "15") == 1
    assert loket(office, "print", "label", "14", "--program", "JXX") == 64


def jobs_at_rest(office: TerminalOffice, capsys: Screen) -> dict[str, dict[str, object]]:
    """The open jobs by number, once none moves by itself."""
    for _round in range(200):
        capsys.readouterr()
        loket(office, "print", "jobs", "--json")
        jobs = json.loads(capsys.readouterr().out)
        if all(job["state"] in FOR_A_PERSON for job in jobs):
            return {str(job["job"]): job for job in jobs}
    raise AssertionError(jobs)


def test_every_code_of_ours_has_words_in_both_languages() -> None:
    ours = ["lost", "held", "server-restarted", "fewer-sheets", "unreachable", "no-answer", "no-such-printer", "folder"]
    ours += ["not-accepting", "no-such-media", "no-such-tray", "no-right", "not-pdf", "refused", "disk-full"]
    ours += [state.value for state in (DeviceState.CANCELLED, DeviceState.ABORTED)]
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            assert [code for code in ours if words.reasons([code]) == code] == []
            assert [state for state in JobState if words.state(state) == state] == []
            assert [kind for kind in Document if not words.document(kind)] == []
            for error in (
                words.away(PrinterAway("folder", surely=True)),
                words.refused(JobRefused("not-pdf", "x\x1b")),
            ):
                assert error[0].isupper()
                assert error.isprintable()
    assert set(STEMS) == set(words.DOCUMENTS) == set(Document)


OUT = PrinterFacts(QUEUE, PrinterState.PRINTING, reasons=("media-empty", "toner-low"))
STATUS: list[tuple[PrinterFacts | None, int, int, str]] = [
    (None, 0, 0, ""),
    (PrinterFacts(QUEUE, PrinterState.PRINTING), 0, 2, ""),
    (OUT, 3, 1, "printer: kertas habis"),
    (OUT, 3, 0, "3 cetakan belum diperiksa"),
    (PrinterFacts(QUEUE, PrinterState.STOPPED), 0, 0, "printer: berhenti"),
    (PrinterFacts(QUEUE, PrinterState.IDLE), 3, 1, "3 cetakan belum diperiksa"),
]


@pytest.mark.parametrize(("facts", "waiting", "moving", "told"), STATUS)
def test_the_status_line_tells_of_the_printer_only_what_matters(
    facts: PrinterFacts | None, waiting: int, moving: int, told: str
) -> None:
    with i18n.speaking("id"):
        said = words.status(facts, waiting, moving)
    assert ("" if said is None else said[0]) == told


def test_a_printer_that_lies_about_its_words_shows_no_escape() -> None:
    facts = PrinterFacts(QUEUE, PrinterState.IDLE, accepting=False, reasons=("evil\x1b[2J",))
    with i18n.speaking("en"):
        assert words.printer(facts) == "ready: evil[2J, the queue takes no jobs"
        assert "lpadmin -p X" in words.doubt(QueueDoubt("X", "error-policy", "retry-job", "abort-job"))
        assert words.doubt(QueueDoubt("X", "away", "unreachable")) == "X: the print server does not answer"
