"""What every command does around its work: find the home, open the office, say what was refused, and close."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.cli.parser import WRONG_USAGE
from tui.terminal.plain import escaped

DONE, REFUSED, OPEN = 0, 1, 2


class UsageError(Exception):
    """An argument that argparse lets pass but that means nothing."""


def home_of(arguments: Namespace) -> Path:
    """The office's folder: `--home`, else LOKET_HOME, else the person's own data folder."""
    if arguments.home is not None:
        return Path(arguments.home)
    if named := os.environ.get("LOKET_HOME"):
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "loket"


def database_url() -> str | None:
    return os.environ.get("LOKET_DATABASE_URL") or None


def with_store(arguments: Namespace, work: Callable[[Any], Awaitable[int]]) -> int:
    """Opens the office, does the work and closes it; a refusal becomes one sentence on stderr and status 1."""

    async def session() -> int:
        from tui.cli.who import opened

        store = await opened(home_of(arguments), database_url(), arguments.named)
        try:
            return await work(store)
        finally:
            await store.close()

    return saying_why(lambda: asyncio.run(session()))


def saying_why(work: Callable[[], int]) -> int:
    """Runs the work; store errors and unusable arguments are put into words."""
    try:
        return work()
    except UsageError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except Exception as error:
        said = _refusal(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        return REFUSED


def _refusal(error: Exception) -> str | None:
    """What was refused, in words; None for a fault of ours. The store is loaded only where something was refused."""
    from store.errors import StoreError
    from tui.i18n import _

    if isinstance(error, StoreError):
        from tui.words.errors import sentence

        return sentence(error, datetime.now(UTC))
    if isinstance(error, PermissionError):
        return _("No right to use {path}. Check the folder's owner.").format(path=error.filename)
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        from tui.widgets.ink import cut

        said = _("The name {path} is longer than a disk can keep. Give it a shorter one.")
        return said.format(path=cut(str(error.filename), 60))
    return None


def kpj_of(word: str) -> str:
    """The KPJ that was given: `-` reads it from standard input, so that it stands in no list of processes."""
    return (sys.stdin.readline() if word == "-" else word).strip()


def program() -> str:
    """The command as this process was started, for a timer that has no PATH of ours."""
    return str(Path(shutil.which(sys.argv[0]) or shutil.which("loket") or sys.argv[0]).absolute())


def print_json(document: Any) -> None:
    """One JSON document on stdout; what a terminal would obey is written in it as JSON writes it in letters."""
    print(escaped(json.dumps(document, ensure_ascii=False, indent=1)))
