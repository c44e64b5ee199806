"""The upper part of the first screen: how the day stands. Pure: counts come in, lines go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date

from rich.cells import cell_len

from store.archive_rows import ArchiveCounts
from store.checks import CheckCounts
from store.quality import Quality
from store.rows import CampaignStatus
from store.stack_rows import StackCounts
from store.supervision import HandlerDay
from store.value_class import value_class
from tui.i18n import _, long_date, ngettext, number, rate, weekday
from tui.widgets.days import CELLS, days_chart
from tui.widgets.ink import Line, Piece, cut, spread
from tui.words import archive, late_stacks

LABEL = 12
"""Cells of the labels at the left."""

CHART = 14 * CELLS
"""Cells of the chart at the right: fourteen days."""


@value_class
class Today:
    """What is known of the day; None is what the person's role does not see."""

    day: date
    campaigns: Sequence[CampaignStatus] = ()
    own: tuple[int, int] | None = None  # calls, reached
    handlers: Sequence[HandlerDay] | None = None
    checks: CheckCounts | None = None
    quality: Quality | None = None  # of the data of everybody
    days: Sequence[tuple[date, int]] = field(default_factory=tuple)
    counter: int | None = None  # calls that came in and visits of today
    missed: int = 0  # calls that nobody has answered yet
    unsaved: int = 0  # calls of one's own that are drafts
    printer: str = ""  # where vouchers are printed; '' is KELUAR
    files_new: int | None = None
    files: int = 0
    promised: tuple[int, int] | None = None  # follow-ups of one's own: due today or late, and the late ones
    signing: StackCounts | None = None
    archive: ArchiveCounts | None = None
    backup: str = ""  # that the last backup is too long ago
    anchor: str = ""  # likewise the newest anchor of the trail
    later: str = ""  # the newest entry of the trail is from then, which is later than now
    without_pin: bool = False
    proposals: int = 0  # changes of data that wait for a yes of this person


def today_lines(today: Today, width: int) -> list[Line]:
    """The lines of the day in `width` cells: text at the left, fourteen days as bars at the right."""
    chart = days_chart(today.days) if today.days else []
    room = width - (CHART + 4 if chart else 1)
    left: list[list[Piece]] = [[(f" {weekday(today.day)} {long_date(today.day)}", "strong")]]
    for label, pieces in _told(today, room - LABEL):
        left.append([(f" {label}".ljust(LABEL), "muted"), *pieces])
    while len(left) < len(chart):
        left.append([])
    lines = []
    for at, pieces in enumerate(left):
        right = list(chart[at].pieces) if at < len(chart) else []
        lines.append(spread(pieces, [*right, (" ", "normal")], width))
    return lines


def _told(today: Today, room: int) -> list[tuple[str, list[Piece]]]:
    """Label and text of each line that this person sees."""
    rows: list[tuple[str, list[Piece]]] = []
    if today.backup:
        rows.append((_("Backup"), [(f"{today.backup} loket backup", "bad")]))
    if today.anchor:
        rows.append((_("Trail"), [(f"{today.anchor} loket audit anchor", "bad")]))
    if today.later:
        rows.append((_("Clock"), [(today.later, "bad")]))
    if today.without_pin:
        rows.append(("PIN", [(_("none yet; choose one: F10, PIN"), "warn")]))
    if today.days:
        rows += _queue(today.campaigns)
    if today.own is not None:
        calls, reached = today.own
        text = ngettext("1 call", "{n} calls", calls).format(n=number(calls))
        text = _("{calls} · {reached} reached").format(calls=text, reached=number(reached))
        rows.append((_("By me"), [(text, "normal")]))
    if today.counter is not None and (today.counter or today.missed or today.unsaved):
        rows.append((_("At F3"), _counter(today.counter, today)))
    if today.promised is not None:
        rows.append((_("At F9"), _promised(*today.promised)))
    if today.signing is not None and (today.signing.out or today.signing.ready):
        rows.append((_("At F5"), late_stacks.day_pieces(today.signing)))
    if today.archive is not None and (pieces := archive.day_pieces(today.archive)):
        rows.append((_("At F6"), pieces))
    if today.handlers is not None:
        rows.append((_("By whom"), [(handlers_text(today.handlers, room), "normal")]))
    if today.checks is not None:
        rows.append((_("Check"), _check(today.checks)))
    if today.quality is not None:
        doubtful = bool(today.quality.doubtful)
        rows.append((_("Data"), [(_quality(today.quality), "warn" if doubtful else "muted")]))
    if today.proposals:
        rows.append((_("At F4"), [(_("{n} to approve: F4 p").format(n=number(today.proposals)), "warn")]))
    if today.files_new is not None:
        text = ngettext("1 new file", "{n} new files", today.files_new).format(n=number(today.files_new))
        none = _("no new file") if today.files else _("no file")
        rows.append(("MASUK", [(text, "key") if today.files_new else (none, "muted")]))
    where = _("vouchers: {printer}").format(printer=today.printer) if today.printer else _("PDF into KELUAR")
    rows.append((_("Paper"), [(where, "normal" if today.printer else "muted")]))
    return rows


def _quality(told: Quality) -> str:
    """How good the data are, in the room beside the days."""
    if not told.people:
        return _("nobody is known yet")
    text = _("phone {phone} · e-mail {email} · doubt {n}")
    return text.format(
        phone=rate(told.callable, told.people), email=rate(told.email, told.people), n=number(told.doubtful)
    )


def _queue(campaigns: Sequence[CampaignStatus]) -> list[tuple[str, list[Piece]]]:
    waiting, due = sum(row.waiting for row in campaigns), sum(row.due for row in campaigns)
    held, done = sum(row.held for row in campaigns), sum(row.done for row in campaigns)
    if not campaigns:
        return [(_("The list"), [(_("no list yet"), "muted")])]
    first: list[Piece] = [(_("{n} waiting").format(n=number(waiting)) + " · ", "normal")]
    first.append((_("{n} due").format(n=number(due)), "warn" if due else "normal"))
    second = (_("{n} held").format(n=number(held)), _("{n} done").format(n=number(done)))
    return [(_("The list"), first), ("", [(" · ".join(second), "normal")])]


def _counter(noted: int, today: Today) -> list[Piece]:
    """What waits first: drafts of one's own, then missed calls."""
    pieces: list[Piece] = []
    if today.unsaved:
        text = ngettext("1 draft: F3 r", "{n} drafts: F3 r", today.unsaved)
        pieces.append((f"{text.format(n=number(today.unsaved))} · ", "key"))
    if today.missed:
        text = ngettext("1 missed", "{n} missed", today.missed).format(n=number(today.missed))
        pieces.append((f"{text} · ", "warn"))
    return [*pieces, (_("{n} noted").format(n=number(noted)), "normal" if noted else "muted")]


def _promised(due: int, late: int) -> list[Piece]:
    """What one promised and has to be done today, the late ones by name."""
    if not due:
        return [(_("no follow-up due"), "muted")]
    text = ngettext("1 follow-up due", "{n} follow-ups due", due).format(n=number(due))
    pieces: list[Piece] = [(text, "warn")]
    if late:
        pieces.append((" · " + _("{n} late").format(n=number(late)), "bad"))
    return pieces


def _check(counts: CheckCounts) -> list[Piece]:
    text = _("{n} to look up").format(n=number(counts.waiting)) if counts.waiting else _("nobody to look up")
    pieces: list[Piece] = [(text, "normal" if counts.waiting else "muted")]
    if counts.parked:
        pieces.append((" · " + _("stands still: Smile down"), "warn"))
    return pieces


def handlers_text(handlers: Sequence[HandlerDay], room: int) -> str:
    """Who did how many calls today, busiest first: as many as `room` cells take, and how many more there are."""
    if not handlers:
        return _("nobody yet")
    said: list[str] = []
    for at, row in enumerate(handlers):
        piece = f"{cut(row.name, 16)} {number(row.attempts)}"
        rest = len(handlers) - at - 1
        more = f" · +{rest}" if rest else ""
        if said and cell_len(" · ".join([*said, piece])) + cell_len(more) > room:
            return " · ".join(said) + f" · +{rest + 1}"
        said.append(piece)
    return " · ".join(said)
