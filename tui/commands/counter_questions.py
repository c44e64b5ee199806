"""Questions of the form of a call (F3): who is calling, how it ended, the call list, a promise, whose correction."""

from __future__ import annotations

from typing import Final

from tui.commands.command import Command, Facts
from tui.i18n import N_


def whom(facts: Facts) -> str | None:
    return None if facts.promise else N_("Nothing is promised yet (t).")


PICK_CALLER: Final = (
    Command(
        "caller-self",
        ("s",),
        N_("the participant"),
        N_("The participant"),
        N_("Speaks for themselves; the birth date is asked."),
        "pick-caller",
    ),
    Command(
        "caller-heir",
        ("a",),
        N_("an heir"),
        N_("An heir"),
        N_("Of a participant who died: claims at the office."),
        "pick-caller",
    ),
    Command(
        "caller-other",
        ("o",),
        N_("somebody else"),
        N_("Somebody else asks for them"),
        N_("Husband, wife, child, friend, agent: nothing of the person is told. The screen says what to say."),
        "pick-caller",
    ),
    Command(
        "caller-company",
        ("p",),
        N_("a company"),
        N_("A company"),
        N_("Type a part of its name; what nobody knows is kept as it was typed."),
        "pick-caller",
    ),
    Command(
        "caller-anonymous",
        ("t",),
        N_("no name"),
        N_("Nobody by name"),
        N_("A general question; nobody has to say who they are."),
        "pick-caller",
    ),
)


PICK_ENDING: Final = (
    Command("ending-answered", ("j",), N_("answered"), N_("Answered"), N_("The question is answered."), "pick-ending"),
    Command(
        "ending-colleague",
        ("k",),
        N_("to a colleague"),
        N_("To a colleague"),
        N_("Put through, or sent to another desk."),
        "pick-ending",
    ),
    Command(
        "ending-come_in",
        ("d",),
        N_("comes to the office"),
        N_("Comes to the office"),
        N_("Was asked to come by."),
        "pick-ending",
    ),
)


PICK_PLACE: Final = (
    Command("place-leave", ("k",), N_("leaves"), N_("Leaves the list"), N_("They have heard of it now."), "pick-place"),
    Command(
        "place-stay", ("t",), N_("stays"), N_("Stays on the list"), N_("They will be phoned as before."), "pick-place"
    ),
    Command(
        "place-will_claim",
        ("b",),
        N_("will claim"),
        N_("Will claim"),
        N_("By their own word; looked up later."),
        "pick-place",
    ),
    Command(
        "place-says_claimed",
        ("s",),
        N_("says claimed"),
        N_("Says that they have claimed"),
        N_("By their own word; looked up in Smile."),
        "pick-place",
    ),
    Command(
        "place-callback",
        ("u",),
        N_("phone again"),
        N_("Phone them again"),
        N_("At a time they named: a preset or a typed one."),
        "pick-place",
    ),
    Command(
        "place-not_yet",
        ("m",),
        N_("not yet"),
        N_("Not yet"),
        N_("Does not want to claim now; phoned again in some months."),
        "pick-place",
    ),
    Command(
        "place-deceased",
        ("w",),
        N_("died"),
        N_("Died: off all call lists (JKM)"),
        N_("After the death certificate was seen. Nobody phones them any more; the heirs claim at the office."),
        "pick-place",
    ),
)


PICK_PROMISE: Final = (
    *(
        Command(
            f"promise-{digit}",
            (digit,),
            label,
            title,
            N_("What is promised; then until when, where enter is two office days."),
            "pick-promise",
        )
        for digit, label, title in (
            ("1", N_("ring back"), N_("Ring back with the answer")),
            ("2", N_("look up"), N_("Look up the state of the claim in Smile")),
            ("3", N_("send papers"), N_("Send the form or the list of documents")),
            ("4", N_("correct data"), N_("Correct the data in Smile")),
            ("5", N_("JMO help"), N_("Help with JMO or Lapak Asik")),
            ("6", N_("pembina"), N_("Ask the pembina of the company")),
        )
    ),
    Command("promise-typed", ("t",), N_("type it"), N_("Type what is promised"), N_("A line of text."), "pick-promise"),
    Command("promise-0", ("0",), N_("none"), N_("No follow-up"), N_("Takes the promise away."), "pick-promise", whom),
)


CLASH: Final = (
    Command(
        "clash-mine",
        ("1",),
        N_("mine"),
        N_("What I typed"),
        N_("Is written over the colleague's value, which the trail keeps."),
        "clash",
    ),
    Command(
        "clash-theirs",
        ("2",),
        N_("theirs"),
        N_("What the colleague wrote"),
        N_("Stays; what I typed is not written."),
        "clash",
    ),
)
