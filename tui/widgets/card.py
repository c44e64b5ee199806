"""The card: everything a handler needs about one person, in the room there is. Pure: a card comes in, lines go out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime

from store.rows import AttemptRow, Card, CardNumber, Me
from store.rules.eligibility import documents_for_jht56
from store.rules.kinds import Kind
from store.rules.money import format_rupiah
from store.rules.phones import format_display, operator
from store.value_class import value_class
from tui.i18n import _, moment, month, short_moment
from tui.widgets.ink import EMPTY, Line, Painted, Piece, cut, line, spread
from tui.widgets.number_block import big
from tui.widgets.script_lines import labelled, script_lines
from tui.words import calls, script

ATTEMPTS = 3
"""Earlier attempts that are on every card, if there are as many."""

ROOMY = 26
"""Lines from which the parts of a card stand apart."""

GAPS = ((1, 1, 1, 1, 1), (1, 1, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 0))
"""Empty lines after each part: the first of these that leaves the attempts their place."""


@value_class
class Around:
    """What the card is shown with: the clock, and who calls."""

    now: datetime
    me: Me
    scripts: script.Scripts = field(default_factory=dict)
    """What the office itself wants to be said."""


Draw = Callable[[int, int], list[Line]]


class CardView(Painted):
    """Shows a card, or what stands in its place; laid out again when the room changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._draw: Draw = lambda _width, _height: []

    def draw(self, lines: Draw) -> None:
        """`lines` gives what to show for a width and a height."""
        self._draw = lines
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        if self.size.width and self.size.height:
            self.show(self._draw(self.size.width, self.size.height))


def card_lines(card: Card, around: Around, width: int, height: int) -> list[Line]:
    """The card in `height` lines of `width` cells. Three attempts have their place; earlier ones what is left."""
    wanted = min(ATTEMPTS, max(1, len(card.attempts)))
    parts = _parts(card, around, width, 4 if height >= ROOMY else 2)
    for gaps in GAPS if height >= ROOMY else GAPS[1:]:
        lines = [row for part, gap in zip(parts, gaps, strict=True) for row in (*part, *[EMPTY] * gap)]
        if height - len(lines) >= wanted:
            break
    return [*lines, *_history(card.attempts, around.now, width, max(1, height - len(lines)))][:height]


def _parts(card: Card, around: Around, width: int, most: int) -> tuple[list[Line], ...]:
    """Person, number, other numbers, what to say in at most `most` lines a sentence, note."""
    return (
        _person(card, around, width),
        _number(card, width),
        _others(card, width),
        _say(card, around, width, most),
        _note(card, width),
    )


def _person(card: Card, around: Around, width: int) -> list[Line]:
    state = calls.word(calls.STATES, card.state)
    when = moment(card.due_at, around.now) if card.due_at is not None else month(card.period)
    name: list[Piece] = [(f" {calls.honorific(card.sex)} ", "normal"), (card.name, "strong")]
    company: list[Piece] = [(" " + (card.company or _("company not known")), "normal")]
    if card.pembina:
        company.append((" · " + _("pembina {name}").format(name=card.pembina), "muted"))
    identity = _("KPJ {kpj} · NIK {nik} · born ").format(kpj=card.kpj, nik=card.nik_masked or _("not known"))
    facts: list[Piece] = [
        (" " + identity, "normal"),
        (script.birth_date(card), "strong" if card.birth_date else "normal"),
    ]
    marks = []
    if card.right_party:
        marks.append((_("right person"), "good"))
    if card.still_working or card.active:
        marks.append((_("still at work"), "warn" if card.still_working else "muted"))
    right: list[Piece] = []
    for text, role in marks:
        right += [(" · ", "muted")] * bool(right) + [(text, role)]
    return [
        spread(name, [(f"{state} · {when} ", calls.STATE_ROLES.get(card.state, "normal"))], width),
        spread(company, [*right, (" ", "muted")], width),
        spread(facts, [], width),
    ]


def current(card: Card) -> CardNumber | None:
    """The number to dial now."""
    return next((number for number in card.numbers if number.current), card.numbers[0] if card.numbers else None)


def _number(card: Card, width: int) -> list[Line]:
    number = current(card)
    if number is None:
        return [line(("   " + _("No number that can be called."), "bad"))]
    about = [operator(number.e164) or "", calls.number_label(number)]
    text = " · ".join(part for part in about if part)
    digits = "   " + big(format_display(number.e164))
    # The number is never cut; what is known of it may be.
    return [spread([(digits, "dial")], [(cut(text, width - len(digits) - 3) + " ", "muted")], width)]


def _others(card: Card, width: int) -> list[Line]:
    chosen = current(card)
    others = [number for number in card.numbers if number is not chosen]
    if not others:
        return []
    texts = []
    for number in others:
        about = calls.number_label(number)
        texts.append(f"{format_display(number.e164)} ({about})" if about else format_display(number.e164))
    return labelled(_("Others (o)"), " · ".join(texts), width, 1)


def _say(card: Card, around: Around, width: int, most: int) -> list[Line]:
    said = script.parts(card, around.me, around.now, around.scripts)
    # Three sentences of Loket's own words fit whole; of a longer text of the office the rest is behind a key.
    lines = script_lines(_("Say"), said.message if card.right_party else said.opening, width, most, 3 * most)
    if card.right_party and card.kind == Kind.JHT56:
        rupiah = format_rupiah(card.jht_balance) if card.jht_balance is not None else ""
        limit = format_rupiah(card.jmo_limit) if card.jmo_limit is not None else "?"
        papers = [str(code) for code in documents_for_jht56(card.jht_balance)]
        lines += labelled(_("Balance"), script.advice(card, rupiah, limit), width, most, "good")
        lines += labelled(_("Bring"), script.documents(papers), width, most)
    return [*lines, *labelled(_("Never"), " · ".join(block.text for block in said.never), width, most, "warn")]


def _note(card: Card, width: int) -> list[Line]:
    return labelled(_("Note"), card.note, width, 1, "strong") if card.note else []


def _history(attempts: Sequence[AttemptRow], now: datetime, width: int, most: int) -> list[Line]:
    if not attempts:
        return labelled(_("History"), _("not called yet"), width, 1, "muted")
    shown = attempts[:most] if len(attempts) <= most else attempts[: max(1, most)]
    lines = []
    for at, attempt in enumerate(shown):
        label = _("History") if at == 0 else ""
        lines += labelled(label, attempt_text(attempt, now), width, 1, "muted" if attempt.late else "normal")
    hidden = len(attempts) - len(shown)
    if hidden:
        lines[-1] = spread(lines[-1].pieces, [(_("+{n} earlier ").format(n=hidden), "muted")], width)
    return lines


def attempt_text(attempt: AttemptRow, now: datetime) -> str:
    """One attempt in a line: when, what, on which number, by whom, and the note."""
    what = calls.word(calls.OUTCOMES, attempt.outcome)
    if attempt.detail:
        what = f"{what} ({calls.detail(attempt.detail)})"
    if attempt.callback_at is not None:
        what = f"{what} {short_moment(attempt.callback_at, now)}"
    parts = [f"{short_moment(attempt.at, now)} {what}", attempt.number, attempt.by]
    if attempt.late:
        parts.append(_("late"))
    if attempt.note:
        parts.append(f"“{attempt.note}”")
    return " · ".join(part for part in parts if part)
