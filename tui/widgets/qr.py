"""A QR code in half blocks: two modules in each cell, dark on light in every theme, with its quiet zone."""

from __future__ import annotations

from tui.widgets.ink import Line, line

QUIET = 4
"""Light modules around the code (ISO/IEC 18004); readers need them, above all on a dark screen."""

_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def tel(e164: str) -> str:
    """What dials the number on the telephone that reads it (RFC 3966)."""
    return f"tel:{e164}"


def whatsapp(e164: str) -> str:
    """What opens a WhatsApp chat with the number."""
    return f"https://wa.me/{e164.removeprefix('+')}"


def may_have_whatsapp(e164: str) -> bool:
    """No fixed line of Indonesia; of other countries nobody here can tell."""
    return e164.startswith("+628") or not e164.startswith("+62")


def modules(text: str) -> list[list[bool]]:
    """The code of a text with its quiet zone, row by row; True is dark."""
    import segno

    code = segno.make_qr(text, error="l", boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]


def qr_lines(text: str) -> list[Line]:
    """The code as lines: half as many as it has rows, so that it fits a screen of 24 lines."""
    rows = modules(text)
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        line(("".join(_HALVES[halves] for halves in zip(upper, lower, strict=True)), "qr"))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
