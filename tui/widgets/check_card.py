"""Somebody to look up in Smile, large: who, and the numbers to type. Pure: a row comes in, lines go out."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from store.checks import CheckCounts, CheckRow
from tui.i18n import _, moment, month
from tui.widgets.ink import EMPTY, Line, cut, line, spread, wrap
from tui.words import checks

GROUP = 4
"""Digits that are read and typed in one go."""


def groups(identifier: str) -> str:
    """'21000000001' as '2 1 0   0 0 0 0   0 0 0 1': groups of four from the end, their characters apart."""
    first = len(identifier) % GROUP
    cuts = [0, *range(first, len(identifier), GROUP), len(identifier)]
    return "   ".join(" ".join(identifier[a:b]) for a, b in pairwise(cuts) if a < b)


def short(name: str) -> str:
    """A name beside other words in the status line: the answers stay in the question strip."""
    return cut(name, 28)


def check_lines(row: CheckRow, now: datetime, width: int, height: int, *, gone: bool = False) -> list[Line]:
    """The person in at most `height` lines; `gone` when somebody else settled them meanwhile."""
    period = (f"{month(row.period)} ", "muted")
    lines = [
        EMPTY,
        spread([("   ", "normal"), (row.name, "strong")], [period], width),
        line(("   " + (row.company or _("company not known")), "normal")),
        EMPTY,
        *_number(_("KPJ"), row.kpj, "c", width),
        EMPTY,
        *_number(_("NIK"), row.nik, "n", width),
        EMPTY,
    ]
    if gone:
        lines += _said(_("Settled by somebody else meanwhile: s shows the next one."), "bad", width)
    if row.said_at is not None:
        said = _("Says it is claimed already, since {when}.").format(when=moment(row.said_at, now))
        lines += _said(said, "warn", width)
    if row.checked_at is not None:
        lines += _said(_("Looked up before: {when}.").format(when=moment(row.checked_at, now)), "muted", width)
    if row.parked:
        lines += _said(_("Smile stood still here last time; the list goes on."), "muted", width)
    if lines[-1] is not EMPTY:
        lines.append(EMPTY)
    for key, code in enumerate(checks.FOLLOWS, start=1):
        lines.append(line((f"   {key}", "key"), (f"     {cut(_(checks.FOLLOWS[code]), width - 10)}", "muted")))
    return lines[:height]


def nobody_lines(counts: CheckCounts, width: int) -> list[Line]:
    """What stands there when nobody is left, with the next step."""
    if counts.with_others:
        text = _("Whoever is left is with a colleague. Next step: esc, and phone those who are known (enter).")
    elif counts.done_today:
        text = _("Everybody is looked up. Next step: esc, and phone them (enter).")
    else:
        text = _("Nobody has to be looked up. Next step: esc; new people come with the next participant list.")
    return [EMPTY, *(line(f"   {row}") for row in wrap(text, width - 6, 4))]


def _number(label: str, identifier: str | None, key: str, width: int) -> list[Line]:
    if not identifier:
        return [line((f"   {label}   ", "muted"), (_("not on record"), "muted"))]
    shown = groups(identifier)
    return [
        spread(
            [(f"   {label}   ", "muted"), (shown, "dial")], [(key, "key"), (" " + _("copies") + " ", "muted")], width
        )
    ]


def _said(text: str, role: str, width: int) -> list[Line]:
    return [line((f"   {row}", role)) for row in wrap(text, width - 4, 2)]
