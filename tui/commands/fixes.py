"""Commands of files of corrections: what a file says beside what stands there, what of it is taken."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, all_of, needs, not_busy
from tui.i18n import N_

_IMPORT: Final = needs(Permission.IMPORT_PARTICIPANTS)
_CORRECT: Final = needs(Permission.CORRECT_CONTACT)


def _free(facts: Facts) -> str | None:
    return all_of(_IMPORT, _CORRECT, not_busy)(facts)


def _file(facts: Facts) -> str | None:
    return _free(facts) or (None if facts.files else N_("There is no file in MASUK."))


def _values(facts: Facts) -> str | None:
    return None if facts.rows else N_("No value is shown: f goes through what there is.")


def _take(facts: Facts) -> str | None:
    return _free(facts) or (None if facts.marked else N_("No value is marked: r shows them, space marks one."))


def _mark(facts: Facts) -> str | None:
    return _free(facts) or _values(facts)


READ_FIXES: Final = (
    Command(
        "read-fixes",
        ("k",),
        N_("corrections"),
        N_("Read the file as corrections"),
        N_("Value by value beside what stands there. Nobody is made new, and an empty cell clears nothing."),
        "import-files",
        _file,
        footer=2,
    ),
)
PLAN_AS_FIXES: Final = (
    Command(
        "plan-fixes",
        ("k",),
        N_("corrections"),
        N_("Read this file as corrections"),
        N_("Value by value beside what stands there. Nobody is made new, and an empty cell clears nothing."),
        "import-plan",
        _file,
        footer=6,
    ),
)
"""Among the commands of other files from MASUK."""

_TAKE: Final = (
    N_("take"),
    N_("Take the marked values"),
    N_("Asks whose word it is, then once more with numbers. All of it or nothing; one u takes all of it back."),
)
_LINES: Final = (
    N_("values"),
    N_("Values, the file's beside the present one"),
    N_("Each value with what it is: new, other, same, changed here since, unusable; and who wrote the present one."),
)


def _of_plan(mark: str) -> tuple[Command, ...]:
    where = f"fixes-{mark}"
    return (
        Command(f"fix-take-{mark}", ("t",), *_TAKE, where, _take, danger=True, footer=2),
        Command(f"fix-lines-{mark}", ("r",), *_LINES, where, footer=3),
    )


FIXES: Final = (
    Command(
        "fix-columns",
        ("enter", "m"),
        N_("columns"),
        N_("Columns of this sheet"),
        N_("Go to the columns below, to see and correct what each of them is taken for."),
        "fixes-plan",
        footer=1,
    ),
    *_of_plan("plan"),
    Command(
        "fix-field",
        ("enter", "m"),
        N_("what is it"),
        N_("Say what this column is"),
        N_("Choose the field by one letter. Kept for files with the same columns once this one is taken."),
        "fixes-columns",
        _free,
        footer=1,
    ),
    *_of_plan("columns"),
    Command(
        "fix-mark",
        ("space",),
        N_("mark"),
        N_("Mark this value"),
        N_("What is marked is taken. Also a value that was changed here since, or another person's: only so."),
        "fixes-lines",
        _mark,
        footer=1,
    ),
    Command("fix-take-lines", ("t",), *_TAKE, "fixes-lines", _take, danger=True, footer=2),
    Command(
        "fix-mark-row",
        ("b",),
        N_("row"),
        N_("Mark all of this row"),
        N_("Every new or other value of the row; again takes their marks off."),
        "fixes-lines",
        _mark,
        footer=3,
    ),
    Command(
        "fix-mark-field",
        ("j",),
        N_("fields"),
        N_("Mark this field in all rows"),
        N_("Every new or other value of this kind, also below the screen; again takes their marks off."),
        "fixes-lines",
        _mark,
        footer=4,
    ),
    Command(
        "fix-mark-all",
        ("a",),
        N_("all"),
        N_("Mark everything"),
        N_("Every new or other value of the file; again takes all marks off."),
        "fixes-lines",
        _free,
        footer=5,
    ),
    Command(
        "fix-filter",
        ("f",),
        N_("filter"),
        N_("Show by what it is"),
        N_("Goes through: all, new, other, changed here since, unusable, same."),
        "fixes-lines",
        footer=6,
    ),
    Command(
        "fix-search",
        ("slash",),
        N_("search"),
        N_("Search in the values"),
        N_("A part of the KPJ, the name or the company."),
        "fixes-lines",
    ),
    Command(
        "fix-whole",
        ("v",),
        N_("whole"),
        N_("Show the present value whole"),
        N_("That it was shown is recorded."),
        "fixes-lines",
        _mark,
    ),
)
