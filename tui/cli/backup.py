"""`loket backup`, `loket restore`."""

from __future__ import annotations

import asyncio
import getpass
import shlex
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tui.cli.session import DONE, OPEN, UsageError, database_url, home_of, print_json, program, saying_why, with_store
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store


def backup(arguments: Namespace) -> int:
    """Makes one backup; status 2 when something about it is for a person (not encrypted, the trail in it broken)."""
    from tui.words import backups

    if arguments.timer:
        home = shlex.quote(str(home_of(arguments).absolute()))
        server = database_url() is not None
        print(backups.timer(shlex.quote(program()), home, getpass.getuser(), server=server), end="")
        return DONE
    if arguments.key and arguments.unencrypted:
        return saying_why(lambda: _usage(_("Either --key or --unencrypted, not both.")))

    async def work(store: Store) -> int:
        folder = arguments.to.absolute() if arguments.to else None
        if arguments.remember:
            await store.backups.setup(None if folder is None else str(folder), arguments.key or None)
        made = await store.backups.make(folder, arguments.key, unencrypted=arguments.unencrypted)
        if arguments.json:
            print_json(_plain(made))
        else:
            print(backups.made(made))
        _warn(made.warnings)
        return OPEN if {"unencrypted", "trail-broken"} & set(made.warnings) else DONE

    return with_store(arguments, work)


def restore(arguments: Namespace) -> int:
    """Makes an office of a backup in an empty place, or with `--drill` only tries whether one could."""
    if arguments.drill:
        if arguments.into is not None:
            return saying_why(lambda: _usage(_("--drill tries a backup and keeps nothing; leave --into out.")))
        return with_store(arguments, lambda store: _drill(arguments, store))
    if arguments.file is None or arguments.into is None:
        return saying_why(lambda: _usage(_("Name the backup and an empty place: loket restore FILE --into FOLDER")))
    return saying_why(lambda: _restore(arguments))


def _restore(arguments: Namespace) -> int:
    from store.backups import restore_office
    from tui.words import backups

    done = asyncio.run(restore_office(arguments.file, arguments.into, identity=arguments.identity, url=database_url()))
    if arguments.json:
        print_json(_plain(done))
    else:
        print(backups.restored(done, str(arguments.into)))
    _warn(done.warnings)
    return OPEN if done.warnings or done.erased_since else DONE


async def _drill(arguments: Namespace, store: Store) -> int:
    from tui.words import backups

    done = await store.backups.drill(arguments.file, identity=arguments.identity, scratch_url=arguments.scratch)
    if arguments.json:
        print_json(_plain(done))
    else:
        print(backups.tried(done))
    _warn(done.warnings)
    return OPEN if done.warnings else DONE


def _usage(text: str) -> int:
    raise UsageError(text)


def _warn(codes: Sequence[str]) -> None:
    from tui.words import backups

    for text in backups.warnings(codes):
        print(text, file=sys.stderr)


def _plain(done: Any) -> dict[str, Any]:
    """Instants in ISO form, spans in seconds."""
    return {
        key: value.isoformat()
        if isinstance(value, datetime)
        else round(value.total_seconds(), 3)
        if isinstance(value, timedelta)
        else value
        for key, value in asdict(done).items()
    }
