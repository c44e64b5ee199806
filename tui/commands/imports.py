"""Commands of files: what comes in from MASUK, and what goes out into KELUAR."""

from __future__ import annotations

from typing import Final

from store.rules.permissions import Permission
from tui.commands.command import Command, Facts, all_of, needs, not_busy, takes_results
from tui.commands.fixes import PLAN_AS_FIXES, READ_FIXES
from tui.i18n import N_

_MAY_IMPORT: Final = needs(Permission.IMPORT_PARTICIPANTS)

FILES: Final = (
    Command(
        "imports",
        ("i",),
        N_("import"),
        N_("Files from MASUK"),
        N_("Participant lists that lie in the folder MASUK: look at one, correct its columns, bring it in."),
        "plain",
        _MAY_IMPORT,
    ),
    Command(
        "save-results",
        ("x",),
        N_("results"),
        N_("Save results of a period (.xlsx) into KELUAR"),
        N_("Figures, people and attempts of the telephone work, one month or a range, as a workbook."),
        "plain",
        takes_results,
    ),
    Command(
        "save-people",
        (),
        N_("participants"),
        N_("Save all participants (.xlsx) into KELUAR"),
        N_("Everybody the office knows, as one list. Who took it and when is recorded."),
        "plain",
        needs(Permission.EXPORT_PARTICIPANTS),
    ),
)
"""Hold on every screen."""


def _something_to_do(facts: Facts) -> str | None:
    if facts.unusable:
        return N_("No usable row; correct the columns (enter).")
    return N_("All of this file is known already.") if facts.nothing_new else None


def _known_people_change(facts: Facts) -> str | None:
    return None if facts.changed else N_("No known person would change.")


_CONFIRM: Final = (
    N_("bring in"),
    N_("Bring the file in"),
    N_("Does what the two lines above the keys say, all of it or nothing. u takes it back."),
)
_ROWS: Final = (
    N_("rows"),
    N_("Rows to look at"),
    N_("Every row that was repaired, doubted, changed or refused, with the reason and the cell."),
)
_ONLY_NEW: Final = (
    N_("only new"),
    N_("Only new people, or changes too"),
    N_("Switches whether values of people who are known already are changed by this file."),
)


def _of_plan(where: str) -> tuple[Command, ...]:
    confirm_why = all_of(_MAY_IMPORT, not_busy, _something_to_do)
    mark = where.removeprefix("import-")
    return (
        Command(f"take-in-{mark}", ("y",), *_CONFIRM, where, confirm_why, danger=True, footer=2),
        Command(f"only-new-{mark}", ("b",), *_ONLY_NEW, where, _known_people_change, footer=5),
    )


IMPORT_FILES: Final = (
    Command(
        "read-file",
        ("enter",),
        N_("look at it"),
        N_("Read the file and show what is in it"),
        N_("Nothing is changed by looking. Reading goes on while you work elsewhere; esc gives it up."),
        "import-files",
        all_of(_MAY_IMPORT, not_busy, lambda facts: None if facts.files else N_("There is no file in MASUK.")),
        footer=1,
    ),
    *READ_FIXES,
)

IMPORT_PLAN: Final = (
    Command(
        "columns",
        ("enter", "m"),
        N_("columns"),
        N_("Columns of this sheet"),
        N_("Go to the columns below, to see and correct what each of them is taken for."),
        "import-plan",
        footer=1,
    ),
    *_of_plan("import-plan"),
    Command("rows-plan", ("r",), *_ROWS, "import-plan", footer=3),
    *PLAN_AS_FIXES,
)

IMPORT_COLUMNS: Final = (
    Command(
        "field",
        ("enter", "m"),
        N_("what is it"),
        N_("Say what this column is"),
        N_("Choose the field by one letter. Kept for files with the same columns once this one is brought in."),
        "import-columns",
        not_busy,
        footer=1,
    ),
    *_of_plan("import-columns"),
    Command("rows-columns", ("r",), *_ROWS, "import-columns", footer=3),
)

IMPORT_ROWS: Final = (
    Command(
        "filter-verdict",
        ("f",),
        N_("filter"),
        N_("Show by verdict"),
        N_("Goes through: all, refused, doubted, changed, repaired."),
        "import-rows",
        footer=1,
    ),
    Command(
        "search-rows",
        ("slash",),
        N_("search"),
        N_("Search in the rows"),
        N_("A part of the KPJ, the sheet, the cell or the reason."),
        "import-rows",
        footer=3,
    ),
    *_of_plan("import-rows"),
)


def _field(field: str, key: str, word: str) -> Command:
    return Command(f"field-{field}", (key,), word, word, N_("The column holds this."), "pick-field")


PICK_FIELD: Final = (
    _field("kpj", "k", N_("KPJ")),
    _field("nik", "n", N_("NIK")),
    _field("name", "a", N_("name")),
    _field("birth_date", "l", N_("birth date")),
    _field("sex", "j", N_("sex")),
    _field("npp", "p", N_("NPP")),
    _field("company", "u", N_("employer")),
    _field("pembina", "b", N_("pembina")),
    _field("phones", "h", N_("telephone")),
    _field("email", "e", N_("e-mail")),
    _field("jht_balance", "s", N_("JHT balance")),
    _field("active", "t", N_("membership status")),
    _field("claimed", "c", N_("claim status")),
    Command(
        "field-none",
        ("x",),
        N_("do not read"),
        N_("Do not read this column"),
        N_("The column is left alone."),
        "pick-field",
    ),
)
