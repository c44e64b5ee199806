"""`loket export smile`: changes that are not in Smile yet, as a numbered sheet for an employer."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from store.errors import Invalid
from tui.cli.session import DONE, OPEN, REFUSED, UsageError, print_json, with_store
from tui.i18n import _, number
from tui.words import smile

if TYPE_CHECKING:
    from store import Store


def export_smile(arguments: Namespace) -> int:
    """Writes what went out in no sheet yet, or one sheet once more by its number.

    Status 2 while something is left that no sheet can carry.
    """
    return with_store(arguments, lambda store: _export(store, arguments))


async def _export(store: Store, arguments: Namespace) -> int:
    path, again = arguments.output, arguments.again
    if path.suffix.lower() != ".xlsx":
        raise UsageError(_("{name} must end in .xlsx").format(name=path.name))
    if again is not None and arguments.npp is not None:
        raise UsageError(_("--again writes a whole sheet; leave --npp out"))
    try:
        if again is not None:
            done = await store.smile.export_again(path, again)
        else:
            done = await store.smile.export(path, arguments.npp)
    except Invalid as nothing:
        if nothing.field != "export":
            raise
        import sys

        print(_("Nothing waits that a sheet can carry (telephone, e-mail, status)."), file=sys.stderr)
        return REFUSED
    if arguments.json:
        told = asdict(done)
        print_json({key: told[key] for key in ("number", "people", "values", "left")} | {"file": str(path)})
    else:
        print(smile.sheet_written(done, str(path)))
        if done.left:
            print(_("{n} stay to be typed by hand.").format(n=number(done.left)))
    return OPEN if done.left else DONE
