"""An import in words: what it would do, what it did, what taking it back would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from store.errors import UndoneInPart, UndoRefused
from store.rows import ImportDone, ImportPlan, SheetReport
from store.value_class import value_class
from tui.i18n import _, moment, month, ngettext, number
from tui.widgets.ink import cut
from tui.words import reasons
from tui.words.errors import undone_in_part

NAME = 30
"""Cells that a file's name may take in a question."""

ORDER = ("taken", "repaired", "doubted", "changed", "same", "refused")


@value_class
class Effect:
    """What confirming a plan does, in people."""

    new: int
    changed: int
    listed: int  # of the new ones, those who come onto a call list
    refused: int

    @property
    def nothing(self) -> bool:
        return not self.new and not self.changed


def total(sheets: Sequence[SheetReport], verdict: str) -> int:
    """Rows with this verdict on all sheets."""
    return sum(getattr(sheet, verdict) for sheet in sheets)


def rows(sheet: SheetReport) -> int:
    """All data rows of a sheet."""
    return sum(getattr(sheet, verdict) for verdict in ORDER)


def effect(found: ImportPlan | ImportDone) -> Effect:
    """A row whose KPJ stands above already is doubted, but adds nobody."""
    repeated = sum(
        row.verdict == "doubted" and any(said.code == "kpj-repeated" for said in row.reasons) for row in found.rows
    )
    new = sum(total(found.sheets, verdict) for verdict in ("taken", "repaired", "doubted")) - repeated
    listed = found.eligible if isinstance(found, ImportPlan) else found.campaigns
    return Effect(new, total(found.sheets, "changed"), sum(listed.values()), total(found.sheets, "refused"))


def people(count: int) -> str:
    return ngettext("1 person", "{n} people", count).format(n=number(count))


def verdict_counts(sheets: Sequence[SheetReport]) -> list[tuple[str, str]]:
    """(words, role) of each verdict that occurs, in the order in which a person looks at them."""
    found = []
    for verdict in ORDER:
        count = total(sheets, verdict)
        if count:
            found.append((f"{reasons.verdict(verdict)} {number(count)}", reasons.VERDICT_ROLES[verdict]))
    return found


def lists(campaigns: Mapping[str, int]) -> str:
    """'246 people come onto call lists: Januari 2023 246 · …', or that nobody does."""
    count = sum(campaigns.values())
    if not count:
        return _("Nobody new comes onto a call list.")
    months = " · ".join(f"{month(period)} {number(added)}" for period, added in sorted(campaigns.items(), reverse=True))
    return ngettext(
        "1 person comes onto a call list: {months}", "{n} people come onto call lists: {months}", count
    ).format(n=number(count), months=months)


def consequence(found: Effect, *, only_new: bool) -> str:
    """What `y` does, in numbers."""
    parts = []
    if found.new:
        parts.append(_("adds {people}").format(people=people(found.new)))
    if found.changed and only_new:
        parts.append(_("leaves {people} as they are (b)").format(people=people(found.changed)))
    elif found.changed:
        parts.append(_("changes {people}").format(people=people(found.changed)))
    if not parts:
        parts.append(_("only notes the file as brought in"))
    if found.refused:
        parts.append(_("{n} rows stay out").format(n=number(found.refused)))
    return " · ".join(parts)


def done(result: ImportDone, *, only_new: bool) -> list[str]:
    """What an import did: its rows, and what that means for the call lists."""
    new = sum(result.campaigns.values())
    counts = " · ".join(words for words, _role in verdict_counts(result.sheets)) or _("nothing new")
    parts = []
    if only_new and total(result.sheets, "changed"):
        parts.append(_("known people left as they are"))
    if result.left_queue:
        parts.append(_("{people} left the call lists: claimed").format(people=people(result.left_queue)))
    if new:
        parts.append(_("{people} onto the call lists").format(people=people(new)))
    return [f"{cut(result.file, NAME)}: {counts}", " · ".join(parts) or lists({})]


def undo_question(result: ImportDone, *, only_new: bool) -> str:
    """What taking an import back would do, in numbers."""
    found = effect(result)
    parts = [_("{people} go away again").format(people=people(found.new))] if found.new else []
    if found.changed and not only_new:
        parts.append(_("{people} get their former values").format(people=people(found.changed)))
    effects = " · ".join(parts) or _("no person changes")
    return _("Take back {file}: {effects}?").format(file=cut(result.file, 20), effects=effects)


def undo_refused(error: UndoRefused, now: datetime) -> str:
    """Somebody worked with the people since; what was brought in stays."""
    if isinstance(error, UndoneInPart):
        return undone_in_part(error, now)
    first = next((conflict for conflict in error.conflicts if conflict.by), None)
    if first is None or first.at is None:
        return _("Not taken back: somebody is working with these people. What was brought in stays.")
    return _("Not taken back: {who} worked with these people ({when}). What was brought in stays.").format(
        who=first.by, when=moment(first.at, now)
    )
