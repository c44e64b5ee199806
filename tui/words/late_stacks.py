"""Stacks that are late at the signatories, as lines among what was promised."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from store.stack_rows import StackCounts, StackRow
from tui.i18n import WIB, _, long_date, ngettext, number
from tui.widgets.ink import Piece

SIGNING: Final = frozenset({Permission.RECEIVE_FILES.value, Permission.APPROVE_FILES.value})
"""Who is told of signatures that are late."""


def cells(row: StackRow) -> tuple[str | Piece, ...]:
    """For how many office days it has been out, what it is, who holds it, who sent it, where it comes from."""
    days = ngettext("out {n} day", "out {n} days", row.days).format(n=number(row.days))
    return (days, "bad"), _out(row.still_out), row.given_to, row.made_by, _("voucher desk")


def lines(row: StackRow) -> str:
    """The row under the cursor, whole."""
    since = _("with {who} since {day}").format(who=row.given_to, day=long_date(row.made_at.astimezone(WIB).date()))
    return f"{_out(row.still_out)} · {since} · " + _("sent by {name}").format(name=row.made_by)


def day_pieces(counts: StackCounts) -> list[Piece]:
    """How the vouchers stand on the first screen: what is out, what of it is late, else what can go out."""
    if not counts.out:
        text = ngettext("1 file ready to go out", "{n} files ready to go out", counts.ready)
        return [(text.format(n=number(counts.ready)), "normal")]
    text = ngettext("1 file out", "{n} files out", counts.out).format(n=number(counts.out))
    pieces: list[Piece] = [(text, "normal")]
    if counts.late_files:
        pieces.append((" · " + _("{n} late").format(n=number(counts.late_files)), "bad"))
    return pieces


def _out(files: int) -> str:
    return ngettext("1 file out for signing", "{n} files out for signing", files).format(n=number(files))
