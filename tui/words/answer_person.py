"""What may be said of one person to whoever asks, in a few sentences; before the check only what to say instead."""

from __future__ import annotations

from datetime import datetime

from store.answers import LastTalk, PersonAnswer
from store.rules.answers import Telling
from store.rules.money import format_rupiah
from tui.i18n import WIB, _, day_words, long_date, moment, ngettext
from tui.words import answers, calls, counter, script

SHOWN = 3
"""Open follow-ups that are told one by one."""


def to_company() -> list[str]:
    """What a company that asks for its workers hears: nothing of any one of them (domain.md 3.7)."""
    return [
        _("A company hears nothing of single workers: no balance, no claim, not whether they are known here."),
        _("“Each worker may ask us: by telephone, in JMO, or here with KTP and card.”"),
        _("What concerns the company itself goes to its pembina (t 6); what holds for everybody may be told."),
    ]


def sentences(person: PersonAnswer, now: datetime) -> list[str]:
    """One sentence a line, the most wanted first (domain.md 3.7)."""
    if person.telling is Telling.NOTHING:
        return [
            _("Say nothing of the person, not even whether they are known here."),
            _("“I may only tell the participant. Please let them ring us or come in, with KTP and card.”"),
            _("What holds for everybody may be told: hours, place, documents, JMO and Lapak Asik."),
        ]
    if person.telling is Telling.CHECK_FIRST:
        return [
            _("Ask for name and date of birth first, never tell them. Right: press v."),
            _("Until then nothing of claim, channel or amounts; what holds for everybody may be told."),
        ]
    return [*_claim(person, now), *_channel(person), *_talks(person, now), *_promises(person, now)]


def _claim(person: PersonAnswer, now: datetime) -> list[str]:
    said = []
    if person.telling is Telling.HEIRS or person.deceased:
        said.append(_("The heirs claim at the office: JHT of somebody who died, and JKM."))
    if person.claimed is not None:
        fact = _("Claim: paid or under way in Smile") if person.claimed else _("Claim: none in Smile")
        if person.claim_checked_at is not None:
            fact = _("{fact}, looked up {day}").format(fact=fact, day=_day(person.claim_checked_at, now))
        said.append(f"{fact}.")
    else:
        said.append(_("Claim: not looked up in Smile yet."))
    if person.claim_said_at is not None:
        said.append(_("By their own word claimed already, told {day}.").format(day=_day(person.claim_said_at, now)))
    return said


def _channel(person: PersonAnswer) -> list[str]:
    if person.advice is None:
        return []
    limit = format_rupiah(person.jmo_limit) if person.jmo_limit is not None else _("the limit")
    channel = calls.word(calls.ADVICE, person.advice).format(limit=limit)
    papers = script.documents([str(paper) for paper in person.documents])
    return [_("Channel: {channel}.").format(channel=channel), _("Documents: {papers}.").format(papers=papers)]


def _talks(person: PersonAnswer, now: datetime) -> list[str]:
    said = []
    if person.last_call is not None:
        outcome = calls.word(calls.OUTCOMES, person.last_call.outcome)
        said.append(_("Last call from here: {when}, {outcome} ({by}).").format(**_talk(person.last_call, outcome, now)))
    if person.last_contact is not None:
        topic = answers.topic_words().get(person.last_contact.topic, person.last_contact.topic)
        said.append(_("Last asked here: {when}, {outcome} ({by}).").format(**_talk(person.last_contact, topic, now)))
    if person.list_due_at is not None and person.list_state is not None:
        state = calls.word(calls.STATES, person.list_state)
        when = moment(person.list_due_at, now)
        said.append(_("On a call list: {state}, {when}.").format(state=state, when=when))
    return said


def _talk(talk: LastTalk, outcome: str, now: datetime) -> dict[str, str]:
    return {"when": moment(talk.at, now), "outcome": outcome, "by": talk.by}


def _promises(person: PersonAnswer, now: datetime) -> list[str]:
    said = []
    for promise in person.follow_ups[:SHOWN]:
        text = _("Promised: {what}, by {when} ({whose}).")
        whose = promise.whose or _("anybody")
        said.append(text.format(what=counter.promised(promise.what), when=moment(promise.due_at, now), whose=whose))
    more = len(person.follow_ups) - SHOWN
    if more > 0:
        said.append(ngettext("And 1 more promise.", "And {n} more promises.", more).format(n=more))
    return said


def _day(instant: datetime, now: datetime) -> str:
    day, today = instant.astimezone(WIB).date(), now.astimezone(WIB).date()
    return day_words(day, today) if abs((day - today).days) < 2 else long_date(day)
