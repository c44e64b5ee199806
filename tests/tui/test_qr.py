"""Numbers as QR codes: off at first, readable where the office allows them."""

from __future__ import annotations

import pytest

from tests.store.office import Office
from tests.tui.driving import Desk, at_desk
from tui.widgets.qr import QUIET, modules, qr_lines, tel, whatsapp

DARK = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def test_the_lines_hold_every_module_and_the_quiet_zone() -> None:
    wanted = modules(tel("+6281234567890"))
    rows: list[list[bool]] = []
    for line in qr_lines(tel("+6281234567890")):
        pairs = [DARK[cell] for cell in line.text]
        rows += [[upper for upper, _lower in pairs], [lower for _upper, lower in pairs]]
    assert rows[: len(wanted)] == wanted
    edge = [*wanted[:QUIET], *wanted[-QUIET:], *([r[:QUIET] + r[-QUIET:] for r in wanted])]
    assert not any(any(row) for row in edge)
    # The three corners by which a reader finds the code.
    finder = [[True] * 7, [True, *[False] * 5, True], *[[True, False, True, True, True, False, True]] * 3]
    assert [row[QUIET : QUIET + 7] for row in wanted[QUIET : QUIET + 5]] == finder
    assert [row[-QUIET - 7 : -QUIET] for row in wanted[QUIET : QUIET + 5]] == finder


@pytest.mark.parametrize("text", [tel("+6281234567890"), whatsapp("+6281234567890"), whatsapp("+601234567890123")])
def test_a_code_fits_a_screen_of_24_lines(text: str) -> None:
    assert len(qr_lines(text)) <= 19


async def allowed(desk: Desk) -> Desk:
    await desk.store.office.set_setting("calls.qr", True)
    await desk.app.refresh_office()
    return await desk.press("f2", "enter")


async def test_the_key_says_why_it_is_off_at_first(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.press("f2", "enter", "q")
        assert "Kantor belum mengizinkan kode QR" in desk.text
        assert "SUPARMAN" in desk.lines[1]


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
async def test_q_shows_the_number_dark_on_light_in_every_theme(office: Office, theme: str) -> None:
    async with at_desk(office) as desk:
        desk.app.theme = theme
        await allowed(desk)
        await desk.press("q")
        shown = [line.strip("\n") for line in desk.lines[1:-4]]
        code = [line.text for line in qr_lines(tel("+6281234567890"))]
        assert [line.rstrip() for line in code if line.strip()] == [
            line.rstrip()[(80 - len(code[0])) // 2 :] for line in shown if line.strip()
        ]
        strips = desk.app.screen._compositor.render_strips()
        inked = [segment for segment in strips[8] if "█" in segment.text or "▀" in segment.text]
        style = inked[0].style
        assert style is not None and style.color is not None and style.bgcolor is not None
        assert (style.color.get_truecolor(), style.bgcolor.get_truecolor()) == ((0, 0, 0), (255, 255, 255))
        assert "0812" in desk.header
        await desk.press("escape")
        assert "SUPARMAN" in desk.lines[1]


async def test_w_is_a_chat_and_not_for_a_fixed_line(office: Office) -> None:
    async with at_desk(office) as desk:
        await allowed(desk)
        await desk.press("w")
        assert "WhatsApp lewat kode QR" in desk.header
        assert qr_lines(whatsapp("+6281234567890"))[6].text.strip() in desk.text
        await desk.press("escape", "1", "o", "w")
        assert "tanpa WhatsApp" in desk.text


async def test_in_english(office: Office) -> None:
    async with at_desk(office, lang="en") as desk:
        await allowed(desk)
        await desk.press("q")
        assert "Dial by QR code" in desk.header
        assert "Point the camera" in desk.asked
