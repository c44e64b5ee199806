"""The slip for somebody who is helped with a claim, in words, ready to be drawn by `printing`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from printing.sheets import AnswerSheet, AnswerWords
from store.answers import AnswerFacts
from store.assist_rows import AssistRow
from store.rows import Me
from store.rules.outcomes import Channel
from store.rules.script import Block
from tui.i18n import WIB, _, hour, long_date, weekday
from tui.words import answer_fields, assists
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp

Kind = Literal["heading", "paragraph", "item"]
Style = Literal["plain", "bold"]


def slip(row: AssistRow, office: AnswerFacts, me: Me, now: datetime) -> tuple[AnswerSheet, AnswerWords]:
    """The page and its words: nothing of the office's own on it but its address, no number and no balance."""
    sheet = AnswerSheet(
        stamp=stamp(me, now),
        title=printable(_("Your JHT claim: {way}").format(way=assists.way(row.way))),
        blocks=tuple(_blocks(row, office, me, now)),
        source="",
        valid_until=None,
        expired=False,
        address=printable(office.address),
        phone=printable(office.phone),
    )
    words = AnswerWords(paper=paper_words(), source="", valid="", expired="", phone=_("Telephone {phone}"))
    return sheet, words


def words_of(row: AssistRow) -> list[str]:
    """Every word from the office's data: told when a letter of it cannot be printed."""
    return assists.who(row).split()


def _blocks(row: AssistRow, office: AnswerFacts, me: Me, now: datetime) -> Iterator[Block]:
    yield _text("paragraph", assists.who(row), "bold")
    if row.missing:
        yield _text("heading", _("Please bring or prepare"))
        yield from (_text("item", assists.papers([paper])) for paper in row.missing)
    if row.unasked:
        yield _text("heading", _("Is this there as well?") if row.missing else _("Please have ready"))
        yield from (_text("item", assists.papers([paper])) for paper in row.unasked)
    if not row.missing and not row.unasked:
        yield _text("paragraph", _("All papers are there."))
    if row.interview_at is not None:
        day = row.interview_at.astimezone(WIB).date()
        at = _("{weekday} {day}, {time} WIB").format(
            weekday=weekday(day), day=long_date(day), time=hour(row.interview_at)
        )
        yield _text("heading", _("Interview"))
        yield _text("paragraph", at, "bold")
        if row.way is Channel.LAPAK_ASIK:
            yield _text("paragraph", _("By WhatsApp video call: keep the original papers and the telephone at hand."))
    yield _text("heading", _("Where and when"))
    yield _text("paragraph", _where(row.way))
    fields = answer_fields.values(office, me.office, now)
    hours = _("The office is open: {hours}.").format(hours=fields["jam_kerja"])
    yield _text("paragraph", " ".join(filter(None, (hours, office.way))))
    yield _text("heading", _("What we never ask"))
    yield _text("item", _("Your password, your PIN, a code from an SMS (OTP). Tell them to nobody, not to us either."))
    yield _text("item", _("Whoever asks for one is not from this office: end the call and ring the office."))


def _where(way: Channel) -> str:
    if way is Channel.JMO:
        return _("In the JMO app on your own telephone. There is no interview. Does it not work? Come here.")
    if way is Channel.LAPAK_ASIK:
        return _("Through Lapak Asik. The day of the interview comes by e-mail to the address you gave.")
    return _("At the office, with the original papers.")


def _text(kind: Kind, text: str, style: Style = "plain") -> Block:
    return Block(kind, ((printable(text), style),))
