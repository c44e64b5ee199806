"""How long 1,000 vouchers take to become one PDF, and how much memory, beside fpdf2 drawing the same.

    python -m bench.vouchers 1000

fpdf2 gets every text, frame and bar of Loket's own layout with its place, so that only the drawing is measured: Loket's
time holds the laying out too. Each runs in a process of its own, fonts loaded before the clock starts, as they are at
a desk that has printed once; memory is what the process grew by at its highest. Best of three.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.util import find_spec
from time import perf_counter
from typing import Final

from bench.measuring import INSTALL, ROOT, say, version
from bench.result import Measured
from printing import vouchers
from printing.barcodes import code128
from printing.documents import voucher_template as place
from printing.documents.voucher import _barcode, _texts
from printing.documents.voucher_template import Laid
from printing.fonts import BOLD, FONTS, REGULAR, text_width
from printing.pages import GREY, LONG, MM
from printing.sheets import Stamp
from printing.voucher_sheets import VoucherLine, VoucherSheet
from store.rules.signers import DEFAULT_SIGNERS
from tui.words.vouchers_paper import voucher_words

_AIM: Final = 0.5
_MEMORY_AIM: Final = 60.0  # MB
_ROUNDS: Final = 3
_STAMP = Stamp("Kantor Cabang Contoh", datetime(2023, 9, 5, 6, tzinfo=UTC), "Petugas Contoh")
_NAMES = ("LESTARI CONTOH", "H. MUHAMMAD ZULKARNAIN SYAHPUTRA NASUTION BIN ABDURRAHMAN WAHID", "EKO", "NUR'AINI CONTOH")


def sheets(count: int) -> list[VoucherSheet]:
    """Invented vouchers of two account lines, as most are, no two alike."""
    made = []
    for n in range(count):
        amount = 961_731 + 41_037 * n
        name = f"{_NAMES[n % len(_NAMES)]} {n}"
        lines = (
            VoucherLine("5110100", "BEBAN JAMINAN JHT", name, amount, 0),
            VoucherLine("1110100", "BANK OPERASIONAL", name, 0, amount),
        )
        made.append(
            VoucherSheet(
                program="JHT",
                code=f"05-09-2023 T0017 {n:08d}",
                number=n + 1,
                booked_on=date(2023, 9, 5),
                name=name,
                kpj=f"990{n:08d}",
                payee=name,
                amount=amount,
                lines=lines,
                signers=DEFAULT_SIGNERS.on(date(2023, 9, 5)),
                company="PT CONTOH SEJAHTERA ABADI",
                npp="00099123",
            )
        )
    return made


def loket(made: list[VoucherSheet]) -> bytes:
    return vouchers(made, _STAMP, voucher_words()).pdf


def fpdf2(made: list[VoucherSheet]) -> bytes:
    """The same pages; what all share is drawn on each, since fpdf2 has no forms."""
    from fpdf import FPDF  # a peer, perhaps not there

    pdf = FPDF(unit="pt", format="a4")
    pdf.set_auto_page_break(False)
    pdf.add_font(REGULAR, fname=str(FONTS / "DejaVuSans.ttf"))
    pdf.add_font(BOLD, fname=str(FONTS / "DejaVuSans-Bold.ttf"))
    words = voucher_words()
    for sheet in made:
        pdf.add_page()
        shared: list[Laid] = [
            *place._head(sheet.program, _STAMP.office, words),
            *place._labels(words),
            *place._columns(words, len(sheet.lines)),
            *place._signatures(sheet.signers, words),
            *place._foot(_STAMP, words),
        ]
        boxes = (place.NUMBER, place.BOOKED_ON, place.KPJ, place.PARTICIPANT, place.COMPANY, place.NPP, place.PAYEE)
        for box in (*boxes, place.AMOUNT, place.IN_WORDS, *place.signature_boxes(len(sheet.signers))):
            pdf.rect(box.left, LONG - box.high, box.right - box.left, box.high - box.low)
        low = place.TABLE.high - place.HEADER
        for n in range(len(sheet.lines) + 1):
            y = LONG - low + n * place.row_height(len(sheet.lines))
            pdf.line(place.LEFT, y, place.RIGHT, y)
        bars = _barcode(sheet.code)
        if bars is not None:
            pdf.set_fill_color(0)
            for begin, width in code128(sheet.code)[0]:
                left = bars.left + begin * bars.module
                pdf.rect(left, LONG - place.CODE.high, width * bars.module, 11 * MM, style="F")
        for text in (*shared, *_texts(sheet, words)):
            pdf.set_font(BOLD if text.bold else REGULAR, size=text.size)
            pdf.set_text_color(round(255 * (GREY if text.grey else 0)))
            x = text.x
            if text.align != "left":
                wide = text_width(text.text, text.size, text.bold)
                x -= wide if text.align == "right" else wide / 2
            pdf.text(x, LONG - text.y, text.text)
    target = io.BytesIO()
    pdf.output(target)
    return target.getvalue()


def measure(draw: Callable[[list[VoucherSheet]], bytes], count: int) -> None:
    """Prints seconds, megabytes grown and kilobytes of PDF."""
    made = sheets(count)
    draw(made[:1])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = perf_counter()
    pdf = draw(made)
    seconds = perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say(f"{seconds:.3f} {grown:.0f} {len(pdf) / 1024:.0f}")


def _best(name: str, count: int, rounds: int) -> list[float]:
    """Seconds, megabytes grown and kilobytes of the best round."""
    runs = []
    for _round in range(rounds):
        command = [sys.executable, "-m", "bench.vouchers", str(count), name]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        runs.append([float(part) for part in done.stdout.split()])
    seconds, grown, size = min(runs)
    say(f"{name:6} {seconds:6.2f} s  {grown:4.0f} MB more  {size:6.0f} kB")
    return [seconds, grown, size]


def _measure(count: int, rounds: int) -> list[Measured]:
    ours, theirs, note = _best("loket", count, rounds), float("nan"), ""
    if find_spec("fpdf") is None:
        note = f"fpdf2 is not installed: {INSTALL}"
        say(note)
    else:
        theirs = _best("fpdf2", count, rounds)[0]
        say(f"ratio  {ours[0] / theirs:6.2f}")
    return [
        Measured(f"{count:,} vouchers drawn", version("fpdf2"), ours[0], theirs, "s", _AIM, note),
        Measured(f"{count:,} vouchers drawn, memory more", "", ours[1], None, "MB", _MEMORY_AIM, f"{ours[2]:.0f} kB"),
    ]


def run(quick: bool = False) -> list[Measured]:
    """1,000 vouchers (quick: 50)."""
    return _measure(50 if quick else 1_000, 1 if quick else _ROUNDS)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    if len(sys.argv) > 2:
        measure({"loket": loket, "fpdf2": fpdf2}[sys.argv[2]], count)
    else:
        _measure(count, _ROUNDS)


if __name__ == "__main__":
    main()
