"""Commands of the counter (F3): one call or visit, missed calls, the log, calls that are not saved yet."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, Why, needs
from tui.commands.counter_questions import whom
from tui.i18n import N_


def _person(facts: Facts) -> str | None:
    return None if facts.person else N_("First say who it is about (/).")


def _topic(digit: str) -> Why:
    def why(facts: Facts) -> str | None:
        return None if digit in facts.topics else N_("The office has no topic on this digit.")

    return why


def _asked(facts: Facts) -> str | None:
    if _person(facts) is not None:
        return _person(facts)
    return None if facts.themselves else N_("Only the participant or an heir is asked for the birth date (w).")


def _birth_date(facts: Facts) -> str | None:
    allowed = needs(Permission.SEE_HELD_PERSON)(facts) or _person(facts)
    return allowed or (None if facts.birth_date else N_("No birth date is on record, or it is shown already."))


def _contact(facts: Facts) -> str | None:
    return needs(Permission.CORRECT_CONTACT)(facts) or _person(facts)


def _attach(facts: Facts) -> str | None:
    if _contact(facts) is not None:
        return _contact(facts)
    return None if facts.attach else N_("The caller's number is not known (/), or it is theirs already.")


def _place(facts: Facts) -> str | None:
    return _person(facts) or (None if facts.place else N_("No call list has them, and their death is noted already."))


def _ending(facts: Facts) -> str | None:
    return N_("A follow-up is promised; t and then 0 takes it away.") if facts.promise else None


def _answers(facts: Facts) -> str | None:
    return None if facts.rows > 1 else N_("There is one answer at most on this topic.")


def _left(facts: Facts) -> str | None:
    return None if facts.drafts else N_("No call of yours waits to be saved.")


def _begun(facts: Facts) -> str | None:
    return None if facts.begun else N_("Nothing is noted yet; esc closes this.")


COUNTER: Final = (
    Command(
        "counter-save",
        ("enter",),
        N_("save"),
        N_("Save this call or visit"),
        N_("Saves what stands on the form, and all that follows from it, in one step. On an empty form: a visit."),
        "counter",
        footer=1,
    ),
    Command(
        "counter-who",
        ("slash",),
        N_("who"),
        N_("Who it is about"),
        N_("Any part of a number, KPJ, NIK, name or company. A whole number that nobody has is kept as the caller's."),
        "counter",
        footer=2,
    ),
    Command(
        "counter-right-party",
        ("v",),
        N_("right"),
        N_("The right person: birth date was asked and is right"),
        N_("Ask for the birth date, never tell it. Only then their own answer is shown. Again: takes it off."),
        "counter",
        _asked,
        footer=3,
    ),
    Command(
        "counter-caller",
        ("w",),
        N_("caller"),
        N_("Who is calling"),
        N_("The participant, an heir, somebody else, a company, or nobody by name. It decides what may be told."),
        "counter",
        footer=4,
    ),
    Command(
        "counter-promise",
        ("t",),
        N_("promise"),
        N_("Promise a follow-up"),
        N_("What, and until when; two office days where nothing is typed. It is yours unless f gives it to others."),
        "counter",
        needs(Permission.FOLLOW_UP),
        footer=5,
    ),
    Command(
        "counter-note",
        ("n",),
        N_("note"),
        N_("Write a note"),
        N_("A line for the log, with what was asked or agreed."),
        "counter",
        footer=6,
    ),
    Command(
        "counter-place",
        ("q",),
        N_("list"),
        N_("Their place on the call list"),
        N_("What the save does to it: leaves the list, stays, will claim, says claimed, phone again, not yet."),
        "counter",
        _place,
    ),
    Command(
        "counter-missed",
        ("m",),
        N_("missed"),
        N_("Missed calls"),
        N_("Calls that nobody answered: write one down, ring back, or end it with a reason."),
        "counter",
    ),
    Command(
        "counter-desk",
        ("d",),
        N_("at the desk"),
        N_("Telephone or at the desk"),
        N_("A visitor instead of a call; again: a call."),
        "counter",
    ),
    Command(
        "counter-contact",
        ("e",),
        N_("number"),
        N_("Correct their number or e-mail"),
        N_("How it is read stands below while you type. It is saved with the call, which is its evidence."),
        "counter",
        _contact,
    ),
    Command(
        "counter-attach",
        ("a",),
        N_("attach number"),
        N_("The caller's number is theirs"),
        N_("Puts the number they ring from first among those of the person. Again: leaves it."),
        "counter",
        _attach,
    ),
    Command(
        "counter-ending",
        ("o",),
        N_("outcome"),
        N_("How it ended"),
        N_("Answered, put through to a colleague, or comes to the office."),
        "counter",
        _ending,
    ),
    Command(
        "counter-birth-date",
        ("b",),
        N_("birth date"),
        N_("Show the birth date"),
        N_("To compare with what they say; that it was shown is recorded."),
        "counter",
        _birth_date,
    ),
    Command(
        "counter-whom",
        ("f",),
        N_("for whom"),
        N_("Who does the follow-up"),
        N_("Yourself, a colleague, or anybody of a section."),
        "counter",
        whom,
    ),
    Command(
        "counter-next-answer",
        ("tab",),
        N_("next answer"),
        N_("The next quick answer of this topic"),
        N_("Documents differ from programme to programme; ↑↓ PgUp PgDn read on."),
        "counter",
        _answers,
    ),
    Command(
        "counter-history",
        ("h",),
        N_("history"),
        N_("Their whole history"),
        N_("Opens the person's page above the form; esc comes back."),
        "counter",
        _person,
    ),
    Command(
        "counter-help",
        ("j",),
        N_("help"),
        N_("Help with JMO, Lapak Asik or a claim"),
        N_("Papers, activation, interview: a form above this one, which comes back untouched."),
        "counter",
        needs(Permission.HELP),
    ),
    Command(
        "counter-log",
        ("l",),
        N_("log"),
        N_("The log of calls and visits"),
        N_("Today, by me, or everything; searchable."),
        "counter",
    ),
    Command(
        "counter-resume",
        ("r",),
        N_("unsaved"),
        N_("Go on with a call that is not saved"),
        N_("Opens the draft; with several, the list of them, each with its start."),
        "counter",
        _left,
    ),
    Command(
        "counter-discard",
        ("c",),
        N_("discard"),
        N_("Throw this form away"),
        N_("After a question: nothing of this call is kept."),
        "counter",
        _begun,
        danger=True,
    ),
    *(
        Command(
            f"counter-topic-{digit}",
            (digit,),
            N_("topic"),
            title,
            N_("What it is about; the office has its own list of topics."),
            "counter",
            _topic(digit),
        )
        for digit, title in (
            ("1", N_("Topic of digit 1")),
            ("2", N_("Topic of digit 2")),
            ("3", N_("Topic of digit 3")),
            ("4", N_("Topic of digit 4")),
            ("5", N_("Topic of digit 5")),
            ("6", N_("Topic of digit 6")),
            ("7", N_("Topic of digit 7")),
            ("8", N_("Topic of digit 8")),
            ("9", N_("Topic of digit 9")),
        )
    ),
)


def _chosen(facts: Facts) -> str | None:
    return None if facts.rows else N_("No missed call waits.")


MISSED: Final = (
    Command(
        "missed-answer",
        ("enter",),
        N_("ring back"),
        N_("Ring back: a call that answers it"),
        N_("Opens a new call with the number, and the person where only one has it. Its save ends the missed call."),
        "missed",
        _chosen,
        footer=1,
    ),
    Command(
        "missed-add",
        ("n",),
        N_("write one down"),
        N_("Write a missed call down"),
        N_("The number, or nothing where it was not shown; then when it rang."),
        "missed",
        footer=2,
    ),
    Command(
        "missed-settle",
        ("s",),
        N_("end it"),
        N_("End a missed call without an answer"),
        N_("With the reason, as: rung twice, nobody answers."),
        "missed",
        _chosen,
        footer=3,
    ),
)


LOG: Final = (
    Command(
        "log-scope",
        ("f",),
        N_("today / mine / all"),
        N_("Today, by me, everything"),
        N_("Goes through the three."),
        "contact-log",
        footer=1,
    ),
    Command(
        "log-search",
        ("slash",),
        N_("search"),
        N_("Search in the log"),
        N_("A part of a name, company, number or note."),
        "contact-log",
        footer=2,
    ),
)


LEFT: Final = (
    Command(
        "left-resume",
        ("enter",),
        N_("go on"),
        N_("Go on with this call"),
        N_("The form comes back as it was, with its start."),
        "left-calls",
        _left,
        footer=1,
    ),
    Command(
        "left-discard",
        ("c",),
        N_("discard"),
        N_("Throw this draft away"),
        N_("After a question: nothing of that call is kept."),
        "left-calls",
        _left,
        danger=True,
        footer=2,
    ),
)
