"""Commands of the settings screens (*pengaturan*), for heads and administrators."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, Why, needs
from tui.i18n import N_

MANAGE: Final = needs(Permission.MANAGE_OFFICE)


def _row(facts: Facts) -> str | None:
    return MANAGE(facts) or (None if facts.rows else N_("There is no line here."))


def _own(why: str) -> Why:
    """Only for what the office itself has set."""

    def disabled(facts: Facts) -> str | None:
        return MANAGE(facts) or (None if facts.own else why)

    return disabled


_DEFAULT: Final = _own(N_("This is what Loket starts with already."))


def _default(where: str, footer: int) -> Command:
    return Command(
        f"{where}-default",
        ("b",),
        N_("default"),
        N_("Back to what Loket starts with"),
        N_("The office's own value goes; u brings it back."),
        where,
        _DEFAULT,
        footer=footer,
    )


SETTINGS_DOOR: Final = (
    Command(
        "settings",
        (),
        N_("settings"),
        N_("Settings of the office"),
        N_("Outcomes, hours, closed days, callback keys, JMO limit, script, name, area code, QR codes, address."),
        "plain",
        MANAGE,
    ),
)
"""In the menu of every screen."""

SETTINGS: Final = (
    Command(
        "setting-open",
        ("enter",),
        N_("open"),
        N_("Open the setting"),
        N_("Shows what is set, or lets it be typed."),
        "settings",
        MANAGE,
        footer=1,
    ),
    Command(
        "setting-number",
        tuple("1234567890"),
        N_("at once"),
        N_("Open a setting by its number"),
        N_("The digit before a line opens it."),
        "settings",
        MANAGE,
        footer=2,
    ),
    Command(
        "setting-topics",
        ("t",),
        N_("topics"),
        N_("Topics of the counter (F3)"),
        N_("What each digit of a call or visit is about: a topic of Loket, or the office's own words."),
        "settings",
        MANAGE,
    ),
)

POLICIES: Final = (
    Command(
        "policy-tries",
        ("t",),
        N_("tries"),
        N_("How often on one number"),
        N_("After so many of these the next number is called. Type the count, enter."),
        "policies",
        MANAGE,
        footer=1,
    ),
    Command(
        "policy-delay",
        ("d",),
        N_("delay"),
        N_("When the person is called again"),
        N_("Type a number and its unit: 30m minutes, 2k working days, 14h days, 3b months; 0 at once."),
        "policies",
        MANAGE,
        footer=2,
    ),
    Command(
        "policy-part",
        ("p",),
        N_("other hours"),
        N_("In another part of the day, or not"),
        N_("Who did not answer at 8–12 is tried at 13–15, then at 15–17."),
        "policies",
        MANAGE,
        footer=3,
    ),
    Command(
        "policy-after",
        ("l",),
        N_("then"),
        N_("What follows the outcome"),
        N_("Called again, will claim, later, status check, or done: one letter."),
        "policies",
        MANAGE,
        footer=4,
    ),
    Command(
        "policy-spent",
        ("h",),
        N_("used up"),
        N_("What follows when no number is left"),
        N_("Not reached (listed, never forgotten), or no number (somebody finds another one)."),
        "policies",
        MANAGE,
        footer=5,
    ),
    _default("policies", 6),
)


def _state(key: str, state: str, label: str, title: str, text: str) -> Command:
    return Command(f"after-{state}", (key,), label, title, text, "policy-after", MANAGE)


POLICY_AFTER: Final = (
    _state("t", "retry", N_("called again"), N_("Called again"), N_("After the delay of this outcome.")),
    _state("k", "promised", N_("will claim"), N_("Will claim"), N_("Asked again after the delay whether it was done.")),
    _state("n", "later", N_("later again"), N_("Later again"), N_("Not yet; asked again after the delay.")),
    _state("c", "check", N_("status check"), N_("Status check"), N_("Somebody looks it up in Smile first.")),
    _state("s", "done", N_("done"), N_("Done"), N_("Nobody calls again on this list.")),
)

HOURS: Final = (
    Command(
        "hours-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change the hours of this day"),
        N_("Type them as 8-12 13-17, or 8-14 without a break."),
        "hours",
        MANAGE,
        footer=1,
    ),
    Command(
        "hours-off",
        ("l",),
        N_("day off"),
        N_("Every week off"),
        N_("Nobody works on this weekday; promises and retries skip it."),
        "hours",
        MANAGE,
        footer=2,
    ),
    _default("hours", 3),
)

CLOSED_DAYS: Final = (
    Command(
        "day-add",
        ("a",),
        N_("close a day"),
        N_("Close the office on a day"),
        N_("Type the date and why: 7/8 rapat kerja. Promises and retries skip that day."),
        "closed-days",
        MANAGE,
        footer=1,
    ),
    Command(
        "day-remove",
        ("h",),
        N_("open again"),
        N_("Open on this day after all"),
        N_("Takes a day of the office's own away. National days stay."),
        "closed-days",
        _own(N_("A national day stays; only the office's own days can be opened again.")),
        footer=2,
    ),
    Command(
        "year-before",
        ("left",),
        N_("year before"),
        N_("The year before"),
        N_("Shows the closed days of the year before."),
        "closed-days",
        footer=3,
    ),
    Command(
        "year-after",
        ("right",),
        N_("year after"),
        N_("The year after"),
        N_("Shows the closed days of the year after."),
        "closed-days",
        footer=4,
    ),
)

PRESETS: Final = (
    Command(
        "preset-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change the hour of this key"),
        N_("Type an hour as 9.30, or the minutes of key 1. The meaning of a key stays."),
        "presets",
        MANAGE,
        footer=1,
    ),
    _default("presets", 2),
)

LIMITS: Final = (
    Command(
        "limit-add",
        ("a",),
        N_("new limit"),
        N_("A new limit from a date on"),
        N_("Type the date and the amount: 1/5/2025 15000000. Older lines stay for older calls."),
        "limits",
        MANAGE,
        footer=1,
    ),
    Command(
        "limit-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change the amount of this line"),
        N_("Type the amount in rupiah."),
        "limits",
        _row,
        footer=2,
    ),
    Command(
        "limit-remove",
        ("h",),
        N_("remove"),
        N_("Remove this line"),
        N_("The limit before it holds on. u brings it back."),
        "limits",
        _row,
        footer=3,
    ),
    _default("limits", 4),
)

TOPICS: Final = (
    Command(
        "topic-edit",
        ("enter", "e"),
        N_("change"),
        N_("Change the topic of this digit"),
        N_("The name of a topic of Loket brings its quick answers; other words are the office's own."),
        "topics",
        MANAGE,
        footer=1,
    ),
    Command(
        "topic-number",
        tuple("123456789"),
        N_("at once"),
        N_("Change the topic of a digit"),
        N_("The digit as it is pressed at F3."),
        "topics",
        MANAGE,
        footer=2,
    ),
    Command(
        "topic-remove",
        ("h",),
        N_("remove"),
        N_("No topic on this digit"),
        N_("Calls that have it keep it. u brings it back."),
        "topics",
        MANAGE,
        footer=3,
    ),
    _default("topics", 4),
)

SCRIPTS: Final = (
    Command(
        "script-write",
        ("enter", "e"),
        N_("write"),
        N_("Write this text"),
        N_("Opens it with a preview; fields such as {nama} are filled in on the card."),
        "scripts",
        MANAGE,
        footer=1,
    ),
    Command(
        "script-language",
        ("l",),
        N_("language"),
        N_("The other language"),
        N_("Shows the texts of the other language of the screens."),
        "scripts",
        footer=2,
    ),
    _default("scripts", 3),
)

SCRIPT: Final = (
    Command(
        "script-save",
        ("enter",),
        N_("save"),
        N_("Save the text"),
        N_("It holds at once for everybody. Tab leads from the text here and back."),
        "script",
        MANAGE,
        footer=1,
    ),
    Command(
        "script-type",
        ("e",),
        N_("write on"),
        N_("Go on writing"),
        N_("Back into the text."),
        "script",
        footer=2,
    ),
    _default("script", 3),
)
