"""The form of one call or visit as lines. Pure: what was noted comes in, lines go out."""

from __future__ import annotations

from datetime import datetime

from store.contact_rows import CounterPerson
from store.errors import FieldConflict
from store.rules.corrections import Field
from store.rules.counter import Caller, ContactChannel
from store.rules.phones import format_display
from tui.call_form import CallForm, stand_of
from tui.i18n import _, long_date, moment, ngettext
from tui.widgets.ink import EMPTY, Line, Piece, line, spread, wrap
from tui.widgets.script_lines import LABEL, labelled
from tui.words import calls, counter


def form_lines(
    form: CallForm, person: CounterPerson | None, topics: dict[str, str], waiting: str, now: datetime, width: int
) -> list[Line]:
    """The form in lines of `width` cells; `waiting` is what else waits to be done here, '' for nothing."""
    lines = [_since(form, waiting, now, width), *_who(form, person, width)]
    lines += _row(_("Caller"), _caller(form), width)
    lines += _row(_("Topic"), _topic(form, topics), width)
    lines += _row(_("Outcome"), _ending(form, now), width, 2)
    corrected = _corrected(form)
    if corrected:
        lines += _row(_("Corrected"), (corrected, "warn"), width)
    if person is not None:
        said, role = counter.place_words(form, person, now)
        lines += _row(_("Call list"), (said + ("  (q)" if stand_of(person) is not None else ""), role), width, 2)
    if form.note:
        lines += _row(_("Note"), (form.note, "strong"), width, 2)
    return lines


def _row(label: str, said: Piece, width: int, most: int = 1) -> list[Line]:
    return labelled(label, said[0], width, most, said[1])


def _since(form: CallForm, waiting: str, now: datetime, width: int) -> Line:
    began = counter.began(form.started_at, now)
    at_desk = form.channel is ContactChannel.DESK
    text = _("At the desk since {time}") if at_desk else _("Call since {time}")
    if form.answers_id is not None:
        text = _("Ringing back since {time}: answers a missed call")
    pieces: list[Piece] = [(" " + text.format(time=began), "strong")]
    if not at_desk and form.answers_id is None:
        pieces.append((" · " + _("d: at the desk"), "muted"))
    right: list[Piece] = [(waiting + " ", "warn")] if waiting else []
    return spread(pieces, right, width)


def _who(form: CallForm, person: CounterPerson | None, width: int) -> list[Line]:
    number = format_display(form.number) if form.number.startswith("+") else form.number
    rings = _("rings from {number}").format(number=number) if number else ""
    if person is None and form.participant_id is not None:
        return labelled(_("Who"), _("{name} · more is not shown now").format(name=form.name), width, 2, "muted")
    if person is None:
        said = " · ".join(filter(None, (form.caller_name, form.company, rings)))
        if said:
            return labelled(_("Who"), said, width, 2, "strong")
        return labelled(_("Who"), _("nobody by name (/ finds a person or takes the number)"), width, 1, "muted")
    name: list[Piece] = [((" " + _("Who")).ljust(LABEL), "muted"), (f"{calls.honorific(person.sex)} ", "normal")]
    name.append((person.name, "strong"))
    marks: list[Piece] = [(_("right person") + " ", "good")] if form.right_party else []
    if person.deceased:
        marks.insert(0, (_("deceased") + " ", "bad"))
    lines = [spread(name, marks, width)]
    facts = [f"KPJ {person.kpj}", f"NIK {person.nik_masked or '–'}"]
    if person.birth_date is not None:
        facts.append(_("born {day}").format(day=long_date(person.birth_date)))
    elif not person.has_birth_date:
        facts.append(_("birth date not known"))
    facts.append(person.company or _("company not known"))
    lines += labelled("", " · ".join(facts), width, 2)
    shown = [masked + (" " + _("WRONG")) * wrong for masked, _label, wrong in person.phones[:3]]
    reach = [rings, ", ".join(shown) or _("no number"), person.email or _("no e-mail known")]
    if person.open_follow_ups:
        n = person.open_follow_ups
        reach.append(ngettext("1 follow-up open", "{n} follow-ups open", n).format(n=n))
    return [*lines, *labelled("", " · ".join(filter(None, reach)), width, 1, "muted")]


def _caller(form: CallForm) -> Piece:
    word = calls.word(counter.CALLERS, form.caller)
    name = form.company if form.caller is Caller.COMPANY else form.caller_name
    role = "warn" if form.caller is Caller.OTHER else "normal"
    return " · ".join(filter(None, (word, name))) + "  (w)", role


def _topic(form: CallForm, topics: dict[str, str]) -> Piece:
    if not form.topic:
        return _("press its digit"), "key"
    digit = next((digit for digit, code in topics.items() if code == form.topic), "")
    return " ".join(filter(None, (digit, counter.topic(form.topic)))), "strong"


def _ending(form: CallForm, now: datetime) -> Piece:
    if form.promise is None:
        return calls.word(counter.ENDINGS, form.ending) + "  (o)", "normal"
    when, whose = counter.due_words(form.promise, now), form.promised_to or _("by me (f: others)")
    return _("follow-up until {when}, {whose}: {what}").format(when=when, whose=whose, what=form.promise.what), "warn"


def _corrected(form: CallForm) -> str:
    parts = []
    if form.phone:
        number = format_display(form.phone) if form.phone.startswith("+") else form.phone
        parts.append(_("number {number}").format(number=number))
    if form.email is not None:
        parts.append(_("e-mail {address}").format(address=form.email) if form.email else _("has no e-mail"))
    if parts and not form.right_party:
        parts.append(_("birth date not asked yet"))
    return " · ".join(parts)


def clash_lines(clash: FieldConflict, now: datetime, width: int) -> list[Line]:
    """A field that a colleague changed meanwhile: as it was, mine, theirs with who and when."""
    title = _("{field}: a colleague changed it while you were talking").format(field=_(counter.CONFLICTS[clash.field]))
    lines = [line((f" {row}", "bad")) for row in wrap(title, max(10, width - 2), 2)]
    lines.append(EMPTY)
    by = clash.by or _("a colleague")
    when = moment(clash.at, now) if clash.at is not None else ""
    for label, value, about, role in (
        (_("before"), clash.original, "", "muted"),
        (_("1 mine"), clash.mine, "", "strong"),
        (_("2 theirs"), clash.theirs, " · ".join(filter(None, (by, when))), "strong"),
    ):
        lines += labelled(label, _value(clash, value), width, 1, role)
        if about:
            lines += labelled("", about, width, 1, "muted")
    return [*lines, EMPTY, *labelled("", _("What is not chosen is not lost: the trail keeps it."), width, 2, "muted")]


def _value(clash: FieldConflict, value: object) -> str:
    text = str(value or "")
    if clash.field == Field.EMAIL and value == "":
        return _("has no e-mail")
    return (format_display(text) if text.startswith("+") else text) or _("(nothing)")
