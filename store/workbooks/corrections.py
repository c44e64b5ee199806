"""A file of corrections from outside, by the reader of participant lists (domain.md 3.5 *update_data_tk*)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from store.errors import Invalid
from store.rules.readings import FIELDS
from store.workbooks.child import Spool, run_child
from store.workbooks.participants import ParticipantsFile
from store.workbooks.safe_open import open_regular, shown_name


class CorrectionsFile(ParticipantsFile):
    """What a file holds; ``dated`` is when it was made: what the workbook says, else the file, whichever is earlier."""

    def __init__(self, name: str, said: dict[str, Any], spool: Spool, changed: datetime) -> None:
        super().__init__(name, said, spool)
        saved = _instant(said["found"]["modified"])
        self.dated: datetime = changed if saved is None else min(saved, changed)


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return None if found is None else found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def read_corrections(
    path: Path, *, overrides: Mapping[str, str], spool_dir: Path, today: date, area_code: str
) -> CorrectionsFile:
    """Reads a file in a limited child process; blocks. Arguments and refusals are those of `read_participants`.

    Rows need a KPJ and no name: a person without one in the file has the name ``''``.
    """
    for heading, field in overrides.items():
        if field and field not in FIELDS:
            raise Invalid(heading, field, "unknown-field")
    file, _ = open_regular(path)
    with file:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        spool, name = Spool(spool_dir), shown_name(path.name)
        settings = {
            "stem": shown_name(path.stem),
            "overrides": dict(overrides),
            "with_hidden": False,
            "today": today.isoformat(),
            "area_code": area_code,
        }
        try:
            return CorrectionsFile(name, run_child(file, name, "corrections", settings, spool), spool, changed)
        except BaseException:
            spool.close()
            raise
