"""The daily report in words: what kind of work each entry of the log is, counted and told per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from store.daily import CALL, CONTACT, FOLLOW_UP_DONE, DayLine, PersonDay
from store.rules.counter import ContactChannel
from store.rules.kinds import Kind
from store.value_class import value_class
from store.workbooks.results_out import SheetOut, Value
from tui.i18n import N_, WIB, _, hour
from tui.words import counter
from tui.words.calls import CHANNELS, OUTCOMES, word

CALLS: Final[dict[str, str]] = {
    Kind.JHT56: N_("Calls JHT 56"),
    Kind.BANK_CHECK: N_("Calls about bank accounts"),
    Kind.JKM_INFO: N_("Calls about JKM payments"),
    Kind.INCOMPLETE_FILE: N_("Calls about incomplete files"),
    Kind.FAILED_CLAIM: N_("Calls about failed claims"),
}

CONTACTS: Final[dict[str, str]] = {
    ContactChannel.PHONE: N_("Incoming calls"),
    ContactChannel.DESK: N_("Visitors at the desk"),
    ContactChannel.MISSED: N_("Missed calls noted"),
}

WORK: Final[dict[str, str]] = {
    "answer": N_("Quick answers written"),
    "assist": N_("Help with a claim"),
    "bulk": N_("Changes of marked people"),
    "call-list": N_("Call lists on paper"),
    "campaign": N_("Call lists made"),
    "check": N_("Claim status checked"),
    "contact": N_("Numbers and e-mails corrected"),
    "counter": N_("Missed calls ended"),
    "division": N_("Work divided"),
    "export": N_("Files saved"),
    "follow-up": N_("Follow-ups written down or changed"),
    "import": N_("Participant lists brought in"),
    "lease": N_("Supervision"),
    "office": N_("Office settings"),
    "recap": N_("Periods closed"),
    "staff": N_("Staff and roles"),
}
"""By the first word of the action in the log."""

_PART_OF_A_CALL: Final = ("queue", "reveal", "participant", "check-parked")
_BY_ITSELF: Final = ("office.create", "office.calendar", "call-list.make")


@value_class
class Told:
    """One line of the report."""

    line: DayLine
    activity: str
    detail: str


@value_class
class PersonTold:
    """One person's day in words: counts by activity, then by topic, the most frequent first; lines in time order."""

    section: str
    name: str
    counts: tuple[tuple[str, int], ...]
    lines: tuple[Told, ...]


def tell(report: Sequence[PersonDay]) -> list[PersonTold]:
    """The report in words; people of whom only the machine's own notes are left are not told of."""
    told = []
    for person in report:
        lines = tuple(line for each in person.lines if (line := _line(each)) is not None)
        if lines:
            counts = sorted(Counter(line.activity for line in lines).items(), key=lambda item: (-item[1], item[0]))
            counts += [(_("About {topic}").format(topic=counter.topic(t)), n) for t, n in person.topics.items()]
            told.append(PersonTold(person.section or _("(no section)"), person.name, tuple(counts), lines))
    return told


def by_section(told: Sequence[PersonTold]) -> Iterator[tuple[str, list[PersonTold]]]:
    """Sections in order, with their people."""
    for section, people in groupby(sorted(told, key=lambda p: (p.section, p.name)), key=lambda p: p.section):
        yield section, list(people)


def sums(people: Sequence[PersonTold]) -> list[tuple[str, int]]:
    """The counts of a section's people together, in the order in which they come."""
    together: Counter[str] = Counter()
    for person in people:
        for activity, count in person.counts:
            together[activity] += count
    return list(together.items())


def _line(line: DayLine) -> Told | None:
    if line.action == CALL:
        activity = _(CALLS[line.kind]) if line.kind in CALLS else _("Calls")
        return Told(line, activity, f"{line.person}: {word(OUTCOMES, line.outcome)}")
    if line.action == CONTACT:
        activity = _(CONTACTS.get(line.channel, CONTACTS[ContactChannel.PHONE]))
        said = f"{counter.topic(line.kind)}: {word(counter.ENDINGS, line.outcome)}"
        return Told(line, activity, f"{line.person} · {said}" if line.person else said)
    if line.action == FOLLOW_UP_DONE:
        return Told(line, _("Follow-ups done"), ": ".join(filter(None, (line.person, counter.promised(line.kind)))))
    first = line.action.partition(".")[0]
    if first == "assist":
        return Told(line, _(WORK[first]), ": ".join(filter(None, (line.person, word(CHANNELS, line.kind)))))
    if first in _PART_OF_A_CALL or line.action in _BY_ITSELF:
        return None
    return Told(line, _(WORK[first]) if first in WORK else _("Other work"), "")


def document(day: date, report: Sequence[PersonDay]) -> dict[str, Any]:
    """The report as one JSON document; activities are the codes of the log."""
    return {
        "day": day.isoformat(),
        "people": [
            {
                "section": person.section,
                "name": person.name,
                "calls": person.calls,
                "reached": person.reached,
                "contacts": person.contacts,
                "visits": person.visits,
                "topics": person.topics,
                "helped": person.helped,
                "follow_ups_done": person.follow_ups_done,
                "actions": person.actions,
                "lines": [
                    {"at": line.at.isoformat(), "action": line.action, "outcome": line.outcome, "person": line.person}
                    for line in person.lines
                ],
            }
            for person in report
        ],
    }


def sheets(days: Sequence[tuple[date, Sequence[PersonDay]]]) -> list[SheetOut]:
    """Counts per person, and every line, of one day or several."""
    counts: list[Sequence[Value]] = []
    lines: list[Sequence[Value]] = []
    for day, report in days:
        for person in sorted(tell(report), key=lambda p: (p.section, p.name)):
            counts += [(day, person.section, person.name, activity, count) for activity, count in person.counts]
            lines += [
                (
                    told.line.at.astimezone(WIB).replace(tzinfo=None, second=0, microsecond=0),
                    person.section,
                    person.name,
                    told.activity,
                    told.detail,
                )
                for told in person.lines
            ]
    return [
        SheetOut(_("Daily report"), (_("Day"), _("Section"), _("Name"), _("Work"), _("Count")), counts),
        SheetOut(_("Lines"), (_("Time"), _("Section"), _("Name"), _("Work"), _("Detail")), lines),
    ]


def plain(told: Sequence[PersonTold]) -> Iterator[str]:
    """The report as lines of text, for the command line."""
    for section, people in by_section(told):
        yield section
        if len(people) > 1:
            yield "  " + _("Total:") + " " + " · ".join(f"{activity} {count}" for activity, count in sums(people))
        for person in people:
            counts = " · ".join(f"{activity} {count}" for activity, count in person.counts)
            yield f"  {person.name}: {counts}"
            for line in person.lines:
                yield f"    {hour(line.line.at)} {line.activity} {line.detail}".rstrip()
