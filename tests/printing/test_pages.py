"""Pages from parts: none cut, none lost, headers again, the same bytes each time."""

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from printing.pages import MM, Layout, Part, make_pdf, paginate
from printing.tables import paragraph
from tests.printing.office import PAPER, STAMP, flat, pages_of

ROOM = 100.0
ROOT = Path(__file__).parent.parent.parent


def part(height: float, repeat: tuple[Part, ...] = (), with_next: bool = False) -> Part:
    return Part(height, lambda _pen, _top: None, repeat, with_next)


HEADER = part(7)
PARTS = st.lists(
    st.builds(part, st.floats(1, 80), st.sampled_from([(), (HEADER,)]), st.booleans()),
    max_size=40,
)


@given(PARTS)
def test_every_part_stands_once_in_order_on_a_page_with_room(parts: list[Part]) -> None:
    pages = paginate(parts, ROOM)
    placed = [piece for page in pages for piece in page if piece is not HEADER]
    assert list(map(id, placed)) == list(map(id, parts))
    assert all(sum(piece.height for piece in page) <= ROOM + 1e-6 for page in pages)


@given(PARTS)
def test_a_page_that_begins_inside_a_table_begins_with_its_header(parts: list[Part]) -> None:
    for page in paginate(parts, ROOM)[1:]:
        own = [piece for piece in page if piece is not HEADER]
        assert (page[0] is HEADER) == bool(own[0].repeat)


def test_a_heading_goes_over_to_the_page_of_what_it_heads() -> None:
    heading, row = part(10, with_next=True), part(30)
    assert [len(page) for page in paginate([part(65), heading, row], ROOM)] == [1, 2]
    assert [len(page) for page in paginate([part(60), heading, row], ROOM)] == [3]


def test_nothing_makes_one_page() -> None:
    assert paginate([], ROOM) == [[]]


def test_what_fits_on_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="101"):
        paginate([part(101)], ROOM)


LAYOUT = Layout(STAMP, PAPER, "Daftar · Juli 2026")


def paragraphs(layout: Layout, count: int) -> list[Part]:
    return [paragraph(layout, f"baris {number}.") for number in range(1, count + 1)]


def test_each_page_says_whose_it_is_which_of_how_many_and_when_it_was_made() -> None:
    pages = pages_of(make_pdf(LAYOUT, paragraphs(LAYOUT, 150)))
    assert len(pages) == 3
    for number, text in enumerate(pages, start=1):
        assert "BPJS Ketenagakerjaan Kantor Cabang Duri" in flat(text)
        assert f"Halaman {number} dari 3" in flat(text)
        assert "Dicetak 22 November 2026 08.05 WIB oleh Rina Marlina" in flat(text)
    assert ["Daftar · Juli 2026" in text for text in pages] == [False, True, True]


@pytest.mark.parametrize("landscape", [False, True])
def test_the_paper_is_a4(landscape: bool) -> None:
    layout = replace(LAYOUT, landscape=landscape)
    box = PdfReader(io.BytesIO(make_pdf(layout, paragraphs(layout, 1)))).pages[0].mediabox
    sides = [round(float(side) / MM) for side in (box.width, box.height)]
    assert sides == ([297, 210] if landscape else [210, 297])


def test_a_practice_office_says_so_on_each_page() -> None:
    layout = replace(LAYOUT, stamp=replace(STAMP, practice=True))
    assert all(text.count("LATIHAN") == 2 for text in pages_of(make_pdf(layout, paragraphs(layout, 150))))
    assert not any("LATIHAN" in text for text in pages_of(make_pdf(LAYOUT, paragraphs(LAYOUT, 150))))


def test_all_letters_travel_with_the_file() -> None:
    page = PdfReader(io.BytesIO(make_pdf(LAYOUT, paragraphs(LAYOUT, 1)))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"].get_object()["/Font"].values()]
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+DejaVuSans(-Bold)?", font["/BaseFont"]) for font in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_the_file_names_itself_and_its_language() -> None:
    reader = PdfReader(io.BytesIO(make_pdf(LAYOUT, [])))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Daftar · Juli 2026", STAMP.office)
    assert reader.trailer["/Root"]["/Lang"] == "id"


EACH_DOCUMENT = """
import hashlib, sys
from printing import call_list, daily, recap
from tests.printing import office as o
for pdf in (
    call_list(o.call_sheet(*o.usual_lines(40)), o.CALL_LIST_WORDS),
    recap(o.recap_sheet(o.count_table("Perusahaan", 60)), o.RECAP_WORDS),
    daily(o.daily_sheet(o.DailySection("Pelayanan", (o.daily_person("Rina", 60),))), o.DAILY_WORDS),
):
    print(hashlib.sha256(pdf).hexdigest())
"""


def test_the_same_rows_give_the_same_bytes_in_every_process() -> None:
    runs = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", EACH_DOCUMENT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"TST{seed}"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        runs.append(done.stdout.split())
    assert len(set(runs[0])) == 3
    assert runs[0] == runs[1]


def test_the_same_rows_give_the_same_bytes_again_in_one_process() -> None:
    digests = {hashlib.sha256(make_pdf(LAYOUT, paragraphs(LAYOUT, 30))).hexdigest() for _ in range(3)}
    assert len(digests) == 1


def test_the_door_is_light() -> None:
    code = "import sys, printing; print(*[name for name in sys.modules if name.partition('.')[0] == 'reportlab'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []
