"""One line of a list to look up in Smile: the numbers to type, what Loket knows. Pure: a row comes in, lines go out."""

from __future__ import annotations

from collections.abc import Mapping

from store.lookup_rows import LineRow, ListRow
from tui.i18n import _
from tui.widgets.check_card import groups
from tui.widgets.ink import EMPTY, Line, cut, line, spread, wrap
from tui.words import lookups


def lookup_lines(row: LineRow, shown: Mapping[str, str], width: int, height: int) -> list[Line]:
    """The line in at most `height` lines; `shown` are the identifiers that were revealed."""
    lines = [
        EMPTY,
        spread([("   ", "normal"), (lookups.who(row), "strong")], [(_("line {n} ").format(n=row.n), "muted")], width),
    ]
    if row.name and row.known_name and row.name != row.known_name:
        text = _("on the list: {name}").format(name=row.name)
        lines.append(line((f"   {cut(text, width - 4)}", "warn")))
    known = "normal" if row.participant_id is not None else "warn"
    lines += [line((f"   {part}", known)) for part in wrap(lookups.beside(row), width - 6, 2)]
    lines += [
        EMPTY,
        _identifier(_("NIK"), groups(shown["nik"]) if "nik" in shown else row.nik, "n", width),
        EMPTY,
        _identifier(_("KPJ"), groups(row.kpj) if row.kpj else "", "c", width),
        EMPTY,
    ]
    if row.note:
        text = _("Note: {text}").format(text=row.note)
        lines += [line((f"   {part}", "strong")) for part in wrap(text, width - 6, 2)]
    if row.answer is not None:
        text = _("Answered already: {answer}; s shows the next one.").format(answer=lookups.answer(row))
        lines += [line((f"   {part}", "bad")) for part in wrap(text, width - 6, 2)]
    if row.parked:
        text = _("Smile stood still here last time; the list goes on.")
        lines += [line((f"   {part}", "muted")) for part in wrap(text, width - 6, 2)]
    return lines[:height]


def nobody_lines(listed: ListRow, width: int) -> list[Line]:
    """What stands there when nobody is left, with the next step."""
    if listed.answered < listed.lines:
        text = _("Whoever is left is with a colleague. Next step: esc.")
    else:
        text = _("Everybody is looked up. Next step: esc, then b writes the file and d shows what differs.")
    return [EMPTY, *(line(f"   {row}") for row in wrap(text, width - 6, 4))]


def _identifier(label: str, text: str, key: str, width: int) -> Line:
    if not text:
        return line((f"   {label}   ", "muted"), (_("not known"), "muted"))
    return spread(
        [(f"   {label}   ", "muted"), (text, "dial")], [(key, "key"), (" " + _("copies") + " ", "muted")], width
    )
