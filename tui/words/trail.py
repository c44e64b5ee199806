"""The trail of a person in words: what was done, by which kind of work, and which data it touched."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.assist_rows import AssistRow
from store.contact_rows import ContactRow
from store.file_steps import FileStepRow
from store.rules.counter import FollowUpState
from store.timeline import Happening, Kind
from store.trail_events import Event
from tui.i18n import N_, _, moment, short_moment
from tui.widgets.card import attempt_text
from tui.words import assists, calls, counter, follow_ups
from tui.words.reasons import FIELDS

KINDS: Final[dict[str, str]] = {
    Kind.CALL: N_("calls"),
    Kind.CONTACT: N_("contacts"),
    Kind.PROMISE: N_("follow-ups"),
    Kind.HELP: N_("help"),
    Kind.DATA: N_("data"),
    Kind.IMPORT: N_("imports"),
    Kind.LIST: N_("lists"),
    Kind.LOOK: N_("looks"),
    Kind.FILE: N_("claim files"),
}
"""What the history can be narrowed to, in the order of the digits."""

ACTIONS: Final[dict[str, str]] = {
    "queue.outcome": N_("call"),
    "queue.outcome-late": N_("call, noted too late"),
    "queue.company": N_("call to the company"),
    "queue.right-party": N_("right person noted"),
    "call-list.tick": N_("tick of a paper list"),
    "call-list.make": N_("put on a paper list"),
    "participant.still-working": N_("still at work: noted or taken off"),
    "contact.number": N_("number typed"),
    "contact.email": N_("e-mail typed"),
    "import.participants": N_("came in with a list"),
    "import.corrections": N_("corrected by a file"),
    "correction.shown": N_("value looked at beside a file's"),
    "correction.smile-shown": N_("value shown to be typed into Smile"),
    "correction.entered": N_("noted as typed into Smile"),
    "correction.smile-refused": N_("refused by Smile"),
    "correction.smile-again": N_("to be typed into Smile again"),
    "correction.export": N_("sheet for an employer made"),
    "correction.export-again": N_("sheet for an employer written once more"),
    "correction.export-taken": N_("sheet for an employer is in Smile"),
    "correction.export-withdrawn": N_("sheet for an employer withdrawn"),
    "correction.lookup": N_("list to look up in Smile brought in"),
    "correction.looked-up": N_("looked up in Smile"),
    "correction.lookup-note": N_("note on a line of a list"),
    "correction.lookup-closed": N_("list put away"),
    "correction.lookup-out": N_("answers of Smile written as a file"),
    "correction.from-lookup": N_("answer of Smile taken into the record"),
    "correction.log": N_("log of corrections read whole"),
    "correction.open": N_("data opened to be corrected"),
    "correction.accept": N_("said to be right as it is"),
    "correction.reopen": N_("asked again, said to be right before"),
    "correction.clean": N_("cell read again"),
    "correction.status": N_("working status of marked people"),
    "correction.form": N_("form for a company made"),
    "correction.form-back": N_("form of a company came back"),
    "check.answer": N_("status looked up in Smile"),
    "campaign.make": N_("put on a call list"),
    "campaign.add": N_("put on another list"),
    "bulk.call_again": N_("to be called again"),
    "bulk.postpone": N_("postponed"),
    "bulk.close": N_("taken off the list"),
    "bulk.give": N_("given to a handler"),
    "lease.put-back": N_("put back by a head"),
    "lease.take-over": N_("taken over by a head"),
    "counter.contact": N_("corrected with a call or visit"),
    "counter.missed-settled": N_("missed call ended"),
    "counter.topics": N_("topics of the counter"),
    "follow-up.make": N_("follow-up promised"),
    "follow-up.done": N_("follow-up done"),
    "follow-up.drop": N_("follow-up dropped"),
    "follow-up.reassign": N_("follow-up given to somebody else"),
    "follow-up.reschedule": N_("follow-up moved to another day"),
    "follow-up.edit": N_("follow-up in other words"),
    "assist.begin": N_("help with a claim begun"),
    "assist.save": N_("help with a claim went on"),
    "answer.save": N_("quick answer written"),
    "answer.reset": N_("quick answer put back"),
    "answer.remove": N_("quick answer taken away"),
    "export.slip": N_("slip for the participant printed"),
    "export.merge": N_("files merged into one"),
    "export.person": N_("record printed"),
    "person.read": N_("whole record read"),
    "reveal": N_("hidden data looked at"),
    "refused": N_("refused, not allowed"),
    "undo": N_("taken back"),
}
"""By action of the trail: what it is called."""

FILE_STEPS: Final[dict[str, str]] = {
    "received": N_("received"),
    "matched": N_("matched"),
    "approved": N_("difference approved"),
    "numbered": N_("voucher {number} numbered"),
    "reprinted": N_("voucher {number} printed again"),
    "paper": N_("voucher {number}: paper right"),
    "void": N_("voucher {number} declared void"),
    "signed": N_("signed: {told}"),
    "archived": N_("archived: {told}"),
}
"""What was done with a paper claim file."""

_UNDONE: Final[dict[str, str]] = {"counter.contact": N_("call or visit")}
"""Of what was taken back, where the name of the deed tells only what it left with the person."""

_TOLD: Final = {
    "claim_check": N_("claim in Smile"),
    "still_working_at": N_("still at work"),
    "wrong_at": N_("number"),
    "email_none_at": N_("has no e-mail"),
}


def action(event: Event) -> str:
    """What was done, with the data it touched where that says more than the action."""
    name = ACTIONS.get(event.action)
    words = {**FIELDS, **_TOLD}
    if event.undoes:
        deed = _UNDONE.get(event.undoes) or ACTIONS.get(event.undoes)
        return _("taken back: {deed}").format(deed=event.undoes if deed is None else _(deed))
    touched = [_(words[field]) for field in event.fields if field in words]
    text = event.action if name is None else _(name)
    told = event.of_person or event.action.startswith("reveal")
    return f"{text}: {', '.join(touched)}" if touched and told else text


def line_of(row: Happening, now: datetime) -> tuple[str, str]:
    """One line of the history, with its role."""
    if row.attempt is not None:
        return attempt_text(row.attempt, now), "muted" if row.attempt.late else "normal"
    when = short_moment(row.at, now)
    if row.contact is not None:
        return _contact(row.contact, when), "normal"
    if row.promise is not None:
        promise = row.promise
        state = follow_ups.ended(promise, now)
        if promise.state == FollowUpState.OPEN:
            late = follow_ups.late(promise, now)
            until = _("until {when}").format(when=follow_ups.until(promise, now))
            state = " · ".join(filter(None, (until, late, follow_ups.taker(promise))))
        said = _("{when} follow-up: {what}").format(when=when, what=follow_ups.what(promise))
        return f"{said} · {state}", "bad" if promise.overdue else "normal"
    if row.help is not None:
        told = " · ".join(filter(None, (assists.way(row.help.way), *_help(row.help, now), row.help.by)))
        return _("{when} help: {told}").format(when=when, told=told), "normal"
    if row.file is not None:
        return f"{when} {file_step(row.file)}", "normal"
    assert row.event is not None
    parts = [f"{when} {action(row.event)}", row.event.by, row.event.why]
    return " · ".join(part for part in parts if part), "muted" if row.kind is Kind.LOOK else "normal"


def file_step(row: FileStepRow) -> str:
    """A step of a paper claim file: which file, what was done with it, by whom, and what belongs to the step."""
    words = _(FILE_STEPS[row.step]).format(number=row.number, told=row.told)
    told = row.told if row.step in ("approved", "reprinted", "void") else ""
    parts = [_("file {program}: {step}").format(program=row.program or "?", step=words), row.by, told, row.code]
    return " · ".join(part for part in parts if part)


def _contact(row: ContactRow, when: str) -> str:
    parts = [f"{when} {calls.word(counter.CHANNELS, row.channel)}", counter.topic(row.topic), counter.ending(row)[0]]
    parts += [calls.word(counter.CALLERS, row.caller), row.number, row.by, f"“{row.note}”" if row.note else ""]
    return " · ".join(part for part in parts if part)


def _help(row: AssistRow, now: datetime) -> list[str]:
    said = [assists.missing_words(row)]
    if row.interview_at is not None:
        said.append(_("interview {when}").format(when=moment(row.interview_at, now)))
    return [*said, _(assists.RESULTS[row.result])]
