"""`loket export participants`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Literal

from tui.cli.session import DONE, UsageError, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store

_KINDS: dict[str, Literal["csv", "xlsx", "json"]] = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}


def export_participants(arguments: Namespace) -> int:
    """Writes everybody the office knows; the ending of the name chooses the form."""
    return with_store(arguments, lambda store: _export(store, arguments))


async def _export(store: Store, arguments: Namespace) -> int:
    kind = _KINDS.get(arguments.output.suffix.lower())
    if kind is None:
        raise UsageError(_("{name} must end in .csv, .xlsx or .json").format(name=arguments.output.name))
    people = await store.people.export(arguments.output, kind)
    print(_("{people} people written to {path}").format(people=number(people), path=arguments.output))
    return DONE
