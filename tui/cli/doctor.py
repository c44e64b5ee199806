"""`loket doctor`."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from tui.cli.session import DONE, OPEN, print_json, with_store
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store


def doctor(arguments: Namespace) -> int:
    """Says whether the index for searching is up to date; status 2 when it is not. `--repair` makes it anew first."""

    async def work(store: Store) -> int:
        if arguments.repair:
            await store.persons.rebuild_index()
        found = await store.persons.check_index()
        if arguments.json:
            print_json({"search": {**asdict(found), "whole": found.is_whole}})
        elif found.is_whole:
            print(_("Searching: whole. People who can be found: {people}.").format(people=number(found.people)))
        else:
            print(
                _(
                    "Searching: out of date. It knows {named} of {people} people and {numbers_named} of {numbers}"
                    " numbers; of {looked_at} people looked at, {not_found} cannot be found by everything that is known"
                    " of them. `loket doctor --repair` makes it anew."
                ).format(
                    named=number(found.people_named),
                    people=number(found.people),
                    numbers_named=number(found.numbers_named),
                    numbers=number(found.numbers),
                    looked_at=number(found.looked_at),
                    not_found=number(found.not_found),
                )
            )
        return DONE if found.is_whole else OPEN

    return with_store(arguments, work)
