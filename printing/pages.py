"""A4 pages from parts: what stands below what, where a page ends, what is repeated, and what each page says of itself.

A document is a list of `Part`s. `paginate` puts them on pages without ever cutting one, `make_pdf` draws them, so that
each page knows how many there are. Lengths are points; `MM` makes points of millimetres; y grows upwards.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Literal

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from printing.fonts import BOLD, REGULAR, fit, letters, printable, text_width
from printing.sheets import Stamp
from printing.words import PaperWords
from store.value_class import value_class

MM: Final = 72 / 25.4
SHORT, LONG = 210 * MM, 297 * MM
MARGIN: Final = 11 * MM  # what every office printer reaches, and a punch leaves whole on the left
HEAD: Final = 7.5 * MM
FOOT: Final = 6 * MM
GREY: Final = 0.35

Align = Literal["left", "centre", "right"]


class Pen:
    """Draws one page: shapes at once, all texts in one text object on top of them."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._texts = canvas.beginText()
        self._font: tuple[bool, float] | None = None
        self._grey: float | None = None

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, grey: float = 0, align: Align = "left"
    ) -> None:
        """One line on the base line `y`. Raises LetterMissing."""
        shown = printable(text)
        if not shown:
            return
        if align != "left":
            width = text_width(shown, size, bold)
            x -= width if align == "right" else width / 2
        if self._font != (bold, size):
            self._font = (bold, size)
            self._texts.setFont(BOLD if bold else REGULAR, size)
        if self._grey != grey:
            self._grey = grey
            self._texts.setFillGray(grey)
        self._texts.setTextOrigin(x, y)
        self._texts.textOut(shown)

    def line(self, x: float, y: float, to_x: float, *, grey: float = 0, thick: float = 0.4) -> None:
        """A horizontal rule."""
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(thick)
        self._canvas.line(x, y, to_x, y)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: float | None = None, edge: float | None = 0
    ) -> None:
        """A rectangle from its lower left corner; `fill` and `edge` are greys from 0 (black) to 1, None for neither."""
        if fill is not None:
            self._canvas.setFillGray(fill)
        if edge is not None:
            self._canvas.setStrokeGray(edge)
            self._canvas.setLineWidth(0.6)
        self._canvas.rect(x, y, width, height, stroke=int(edge is not None), fill=int(fill is not None))

    def bars(self, x: float, y: float, height: float, bars: Sequence[tuple[int, int]], module: float) -> None:
        """Black bars from `x` on, each at (begin, width) in modules of so many points."""
        self._canvas.saveState()
        self._canvas.setFillGray(0)
        self._canvas.transform(module, 0, 0, height, x, y)
        # A path from its code: rectangle by rectangle takes ten times as long.
        path = PDFPathObject(["n", *(f"{begin} 0 {width} 1 re" for begin, width in bars)])
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._canvas.restoreState()

    def stroke(self, x: float, y: float, to_x: float, to_y: float, *, grey: float = 0, thick: float = 0.4) -> None:
        """A rule from one point to another."""
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(thick)
        self._canvas.line(x, y, to_x, to_y)

    def across(self, width: float, height: float, text: str) -> None:
        """A pale word across the whole page, under everything that is drawn later."""
        self._canvas.saveState()
        self._canvas.setFillGray(0.92)
        self._canvas.setFont(BOLD, 84)
        self._canvas.translate(width / 2, height / 2)
        self._canvas.rotate(50)
        self._canvas.drawCentredString(0, -30, printable(text))
        self._canvas.restoreState()

    def finish(self) -> None:
        self._canvas.drawText(self._texts)


@value_class
class Part:
    """Something of a known height that is never cut. `draw` gets the pen and the y of its upper edge.

    `repeat` is drawn again above it when a page begins with it, as a table's header is; `with_next` keeps it from
    being the last on a page, as a heading must not be.
    """

    height: float
    draw: Callable[[Pen, float], None]
    repeat: tuple[Part, ...] = ()
    with_next: bool = False


@value_class
class Layout:
    """What all pages of a document share. `title` names the PDF and heads every page but the first.

    `foot` stands at the lower end of each page, above the line with stamp and page number.
    """

    stamp: Stamp
    words: PaperWords
    title: str
    foot: Part | None = None
    landscape: bool = False

    @property
    def size(self) -> tuple[float, float]:
        return (LONG, SHORT) if self.landscape else (SHORT, LONG)

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def right(self) -> float:
        return self.size[0] - MARGIN

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def top(self) -> float:
        """Where the first part of a page begins."""
        return self.size[1] - MARGIN - HEAD

    @property
    def room(self) -> float:
        """The height that parts may fill on a page."""
        return self.top - MARGIN - FOOT - (self.foot.height if self.foot else 0)


def gap(height: float) -> Part:
    """Nothing, so high."""
    return Part(height, lambda _pen, _top: None, with_next=True)


def kept(part: Part) -> Part:
    """The part, never the last on its page: it stays with what comes after it."""
    return replace(part, with_next=True)


def paginate(parts: Sequence[Part], room: float) -> list[list[Part]]:
    """The parts of each page, in order, repeated ones among them; at least one page.

    Raises ValueError for a part that fits on no page.
    """
    pages: list[list[Part]] = [[]]
    used = 0.0
    for group in _groups(parts, room):
        height = _height(group)
        if used and used + height > room:
            again = group[0].repeat
            pages.append(list(again) if _height(again) + height <= room else [])
            used = _height(pages[-1])
        if used + height > room:
            raise ValueError(height, room)
        pages[-1].extend(group)
        used += height
    return pages


def _groups(parts: Sequence[Part], room: float) -> list[list[Part]]:
    """Parts that stay together; those that together fit on no page go one by one."""
    groups: list[list[Part]] = []
    joined = False
    for part in parts:
        if joined:
            groups[-1].append(part)
        else:
            groups.append([part])
        joined = part.with_next
    return [piece for group in groups for piece in ([group] if _fits(group, room) else [[part] for part in group])]


def _fits(group: Sequence[Part], room: float) -> bool:
    """Whether the group finds room on a page that begins with it."""
    return _height(group[0].repeat) + _height(group) <= room


def _height(parts: Sequence[Part]) -> float:
    return sum(part.height for part in parts)


def open_canvas(target: io.BytesIO, size: tuple[float, float], language: str, title: str, office: str) -> Canvas:
    """A PDF to be drawn on: the same bytes for the same drawing. Raises LetterMissing."""
    letters()
    canvas = Canvas(
        target,
        pagesize=size,
        pageCompression=1,
        invariant=1,  # no clock and no random number in the bytes
        lang=language,
        # Else Helvetica is named in the file, without its letters. The published types say a number here.
        initialFontName=REGULAR,  # type: ignore[arg-type]  # it is the name of a font
    )
    canvas.setTitle(printable(title))
    canvas.setAuthor(printable(office))
    canvas.setSubject("")  # or ReportLab says "unspecified" there
    canvas.setCreator("Loket")
    return canvas


def make_pdf(layout: Layout, parts: Sequence[Part]) -> bytes:
    """The document; the same bytes for the same parts. Raises LetterMissing, and then there is none."""
    pages = paginate(parts, layout.room)
    target = io.BytesIO()
    canvas = open_canvas(target, layout.size, layout.words.language, layout.title, layout.stamp.office)
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, layout, page, number, len(pages))
    canvas.save()
    return target.getvalue()


def _draw_page(canvas: Canvas, layout: Layout, page: Sequence[Part], number: int, pages: int) -> None:
    pen = Pen(canvas)
    if layout.stamp.practice:
        pen.across(*layout.size, layout.words.practice)
    _head(pen, layout, number)
    top = layout.top
    for part in page:
        part.draw(pen, top)
        top -= part.height
    if layout.foot:
        layout.foot.draw(pen, MARGIN + FOOT + layout.foot.height)
    _foot(pen, layout, number, pages)
    pen.finish()
    canvas.showPage()


def _head(pen: Pen, layout: Layout, number: int) -> None:
    y = layout.size[1] - MARGIN - 3.4 * MM
    office = fit(layout.stamp.office, layout.width * 0.5, 9, bold=True)
    pen.text(layout.left, y, office, 9, bold=True)
    if number > 1:
        pen.text(layout.right, y, fit(layout.title, layout.width * 0.48, 8), 8, grey=GREY, align="right")
    pen.line(layout.left, y - 1.8 * MM, layout.right, thick=0.8)


def _foot(pen: Pen, layout: Layout, number: int, pages: int) -> None:
    y = MARGIN + 0.6 * MM
    stamp = layout.words.printed.format(when=layout.words.moment(layout.stamp.made_at), by=layout.stamp.made_by)
    if layout.stamp.practice:
        stamp = f"{layout.words.practice} · {stamp}"
    count = layout.words.page.format(page=layout.words.count(number), pages=layout.words.count(pages))
    pen.line(layout.left, y + 3.6 * MM, layout.right, grey=GREY)
    pen.text(layout.left, y, fit(stamp, layout.width * 0.75, 7.5), 7.5, grey=GREY)
    pen.text(layout.right, y, count, 7.5, grey=GREY, align="right")
