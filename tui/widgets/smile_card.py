"""Somebody whose changes are typed into Smile: who, what to find them by, the values. Pure: rows in, lines out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from store.smile_rows import SmileChange, SmileCounts, SmilePerson
from store.value_class import value_class
from tui.i18n import _, short_moment
from tui.widgets.check_card import groups
from tui.widgets.ink import EMPTY, Line, cut, fixed, line, spread, wrap
from tui.words import corrections, smile

LABEL = 18
"""Cells of the name of a value."""


@value_class
class Shown:
    """What the screen shows of a person: the chosen change, and what was revealed (canonical)."""

    at: int = 0
    values: Mapping[int, str] = field(default_factory=dict)
    nik: str = ""
    gone: bool = False  # a colleague settled all of it meanwhile


def smile_lines(person: SmilePerson, shown: Shown, now: datetime, width: int, height: int) -> list[Line]:
    """The person in at most `height` lines."""
    company = " · ".join(part for part in (person.company or _("company not known"), person.npp) if part)
    nik = groups(shown.nik) if shown.nik else person.nik
    head = [
        EMPTY,
        line(("   ", "normal"), (cut(person.name, width - 4), "strong")),
        line((f"   {cut(company, width - 4)}", "normal")),
        EMPTY,
        _identifier(_("KPJ"), groups(person.kpj), "k", width),
        _identifier(_("NIK"), nik, "n", width),
        EMPTY,
    ]
    foot = [EMPTY, *_chosen(person.changes[shown.at], shown, now, width)]
    if person.parked:
        foot += _said(_("Smile stood still here last time; the list goes on."), "muted", width)
    if shown.gone:
        foot += _said(_("Settled by somebody else meanwhile: s shows the next one."), "bad", width)
    room = max(1, height - len(head) - len(foot))
    top = max(0, min(shown.at - room + 1, len(person.changes) - room)) if len(person.changes) > room else 0
    rows = [_change(change, top + n == shown.at, width) for n, change in enumerate(person.changes[top : top + room])]
    return [*head, *rows, *foot][:height]


def nobody_lines(counts: SmileCounts, width: int) -> list[Line]:
    """What stands there when nothing is left, with the next step."""
    if counts.with_others:
        text = _("Whoever is left is with a colleague. Next step: esc.")
    elif counts.refused:
        text = _("Everything is typed in. Next step: l 3 shows what Smile refused.")
    elif counts.exported:
        text = _("What is left is with employers. Next step: l 4, and t when Smile took a sheet.")
    else:
        text = _("Nothing has to be typed into Smile. Next step: esc; corrections at F4 bring new entries.")
    return [EMPTY, *(line(f"   {row}") for row in wrap(text, width - 6, 4))]


def _identifier(label: str, text: str | None, key: str, width: int) -> Line:
    if not text:
        return line((f"   {label}   ", "muted"), (_("not on record"), "muted"))
    return spread(
        [(f"   {label}   ", "muted"), (text, "dial")], [(key, "key"), (" " + _("copies") + " ", "muted")], width
    )


def _change(change: SmileChange, chosen: bool, width: int) -> Line:
    old, new = (corrections.value(change.field, value) for value in (change.old, change.new))
    label = fixed(corrections.field(change.field), LABEL)
    text = cut(f"{label} {old} → {new}", width - 4)
    return line(("  » " if chosen else "    ", "key"), (text, "strong" if chosen else "normal"))


def _chosen(change: SmileChange, shown: Shown, now: datetime, width: int) -> list[Line]:
    """The value to type, large once it was shown; what it rests on."""
    value = shown.values.get(change.correction_id)
    label = f"   {corrections.field(change.field)}   "
    if value is not None:
        text = cut(smile.typed(change.field, value), width - len(label) - 14)
        lines = [spread([(label, "muted"), (text, "dial")], [("c", "key"), (" " + _("copies") + " ", "muted")], width)]
    elif said := smile.to_do(change):
        lines = _said(said, "warn", width)
    else:
        lines = [line((label, "muted"), ("c", "key"), (" " + _("shows the value and copies it"), "muted"))]
    about = " · ".join((corrections.source(change.source, change.said_by), change.by, short_moment(change.at, now)))
    lines += _said(about, "muted", width)
    if not change.stands:
        lines += _said(_("The record holds another value by now: look at the person first (F8)."), "warn", width)
    if change.note:
        lines += _said(_("Smile refused it before: {why}").format(why=change.note), "warn", width)
    return lines


def _said(text: str, role: str, width: int) -> list[Line]:
    return [line((f"   {row}", role)) for row in wrap(text, width - 4, 2)]
