"""Commands that answer the questions some outcomes of a call ask, one key each."""

from __future__ import annotations

from typing import Final

from tui.commands.command import Command
from tui.i18n import N_

PICK_CALLBACK: Final = (
    Command(
        "when-1",
        ("1",),
        N_("in 2 hours"),
        N_("In two hours"),
        N_("The next time at which the office works, two hours from now."),
        "pick-callback",
    ),
    Command(
        "when-2",
        ("2",),
        N_("this afternoon"),
        N_("This afternoon"),
        N_("15.00, or the next working day."),
        "pick-callback",
    ),
    Command(
        "when-3",
        ("3",),
        N_("tomorrow morning"),
        N_("Tomorrow morning"),
        N_("9.30 of the next working day."),
        "pick-callback",
    ),
    Command(
        "when-4",
        ("4",),
        N_("tomorrow midday"),
        N_("Tomorrow midday"),
        N_("13.30 of the next working day."),
        "pick-callback",
    ),
    Command(
        "when-5",
        ("5",),
        N_("Monday morning"),
        N_("Monday morning"),
        N_("9.30 on Monday, or the next working day."),
        "pick-callback",
    ),
    Command(
        "when-typed",
        ("t",),
        N_("other time"),
        N_("Type the time"),
        N_("For example 14, 14.30, besok 9, senin 10, 25/11 10. Enter saves."),
        "pick-callback",
    ),
)


PICK_CHANNEL: Final = (
    Command(
        "channel-office",
        ("k",),
        N_("office"),
        N_("At the office"),
        N_("The person comes to the office."),
        "pick-channel",
    ),
    Command(
        "channel-lapak_asik",
        ("l",),
        N_("Lapak Asik"),
        N_("Lapak Asik"),
        N_("The web page, with an interview by video call."),
        "pick-channel",
    ),
    Command("channel-jmo", ("j",), N_("JMO"), N_("JMO"), N_("The app, for balances within the limit."), "pick-channel"),
    Command(
        "channel-unsaid", ("enter",), N_("not said"), N_("Not said"), N_("The person did not say how."), "pick-channel"
    ),
)


PICK_REASON: Final = (
    Command(
        "reason-no_need",
        ("b",),
        N_("no need yet"),
        N_("Does not need the money yet"),
        N_("The money stays and grows."),
        "pick-reason",
    ),
    Command(
        "reason-awaits_retirement",
        ("p",),
        N_("waits to retire"),
        N_("Waits for retirement"),
        N_("Waits until the work ends."),
        "pick-reason",
    ),
    Command(
        "reason-awaits_family",
        ("k",),
        N_("asks family"),
        N_("Waits for the family"),
        N_("Wants to talk to the family first."),
        "pick-reason",
    ),
    Command(
        "reason-awaits_documents",
        ("d",),
        N_("documents"),
        N_("Waits for documents"),
        N_("A paper is still missing."),
        "pick-reason",
    ),
    Command(
        "reason-unsaid", ("enter",), N_("not said"), N_("Not said"), N_("The person gave no reason."), "pick-reason"
    ),
)


PICK_REFUSAL: Final = (
    Command(
        "refusal-not_needed",
        ("b",),
        N_("does not need it"),
        N_("Does not need it"),
        N_("The money may stay; it grows."),
        "pick-refusal",
    ),
    Command(
        "refusal-distrust",
        ("t",),
        N_("distrusts"),
        N_("Does not trust the call"),
        N_("Takes it for fraud. Say that the office can be rung back, and that BPJS never asks for OTP or PIN."),
        "pick-refusal",
    ),
    Command(
        "refusal-family_handles",
        ("k",),
        N_("family does it"),
        N_("The family takes care of it"),
        N_("Somebody of the house will see to it."),
        "pick-refusal",
    ),
    Command("refusal-else", ("l",), N_("other"), N_("Another reason"), N_("Write it as a note (n)."), "pick-refusal"),
    Command(
        "refusal-unsaid",
        ("enter",),
        N_("not said"),
        N_("Not said"),
        N_("The person gave no reason."),
        "pick-refusal",
    ),
)


PICK_OTHER: Final = (
    Command(
        "other-refused",
        ("t",),
        N_("refuses"),
        N_("Refuses"),
        N_("Does not want to be called again. The calls end."),
        "pick-other",
    ),
    Command(
        "other-obstacle",
        ("k",),
        N_("obstacle"),
        N_("An obstacle"),
        N_("A paper or a datum is in the way. Write a note (n) first. Again after five working days."),
        "pick-other",
    ),
    Command(
        "other-deceased",
        ("m",),
        N_("deceased"),
        N_("Deceased"),
        N_("The calls end. Tell the family kindly that heirs can claim JHT and JKM."),
        "pick-other",
    ),
    Command(
        "other-unregistered",
        ("n",),
        N_("not registered"),
        N_("Number not registered"),
        N_("The operator says so. The number is marked and the next one is taken."),
        "pick-other",
    ),
    Command(
        "other-moved",
        ("p",),
        N_("moved / unknown"),
        N_("Moved, or not known there"),
        N_("The number is marked and the next one is taken."),
        "pick-other",
    ),
)
