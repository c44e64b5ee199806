"""`loket`, `loket init`, `loket demo`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NoOffice, OfficeExists
from tui import i18n
from tui.cli.session import DONE, REFUSED, UsageError, database_url, home_of, saying_why
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store


def init(arguments: Namespace) -> int:
    """Sets an office up without asking; on an existing one nothing is changed and the status is 1."""
    home = home_of(arguments)

    def work() -> int:
        if arguments.first and not arguments.service:
            raise UsageError(_("--first goes with --service."))
        from store import create_office
        from store.service import make_service

        how = {"practice": arguments.practice, "url": database_url(), "login": arguments.first}
        asyncio.run(create_office(home, name=arguments.name, **how))
        if arguments.service:
            make_service(home)
        print(
            _("The office {name} stands in {home}. Put files into {inbox}, then run: loket").format(
                name=arguments.name, home=home, inbox=home / "MASUK"
            )
        )
        return DONE

    return saying_why(work)


def open_office(arguments: Namespace) -> int:
    """Opens the screens; an empty home offers to set the office up, on a terminal only."""
    home = home_of(arguments)
    if not _on_terminal():
        return _needs_terminal()

    def work() -> int:
        try:
            return _run_screens(lambda: _open(home, database_url(), arguments.named))
        except NoOffice:
            _offer(home)
            return _run_screens(lambda: _open(home, database_url(), arguments.named))

    return saying_why(work)


def _offer(home: Path) -> None:
    """Asks whether an office shall be set up here, and does so; raises NoOffice when it shall not."""
    print(_("There is no office in {home} yet.").format(home=home))
    name = input(_("Name of the office (empty: do nothing): ")).strip()
    if not name:
        raise NoOffice(str(home))
    from store import create_office

    asyncio.run(create_office(home, name=name, url=database_url()))


def demo(arguments: Namespace) -> int:
    """Opens a practice office with made-up people: in a temporary folder, or with `--keep` in the home."""
    if not _on_terminal():
        return _needs_terminal()
    if arguments.keep:
        return saying_why(lambda: _practice(home_of(arguments)))
    with tempfile.TemporaryDirectory(prefix="loket-") as folder:
        return saying_why(lambda: _practice(Path(folder) / "office"))


def _practice(home: Path) -> int:
    async def prepare() -> None:
        from store import create_office, open_store
        from store.practice import fill_practice

        try:
            await create_office(home, name="Kantor Latihan", practice=True)
        except OfficeExists:
            return
        store = await open_store(home)
        try:
            await fill_practice(store)
        finally:
            await store.close()

    asyncio.run(prepare())
    return _run_screens(lambda: _open(home, None))


async def _open(home: Path, url: str | None, named: str | None = None) -> Store:
    from tui.cli.who import opened

    return await opened(home, url, named)


def _run_screens(opener: Callable[[], Awaitable[Store]]) -> int:
    from tui.app import run

    return run(opener, i18n.language())


def _on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None: it was closed


def _needs_terminal() -> int:
    print(_("The screens need a terminal. For commands without one see: loket --help"), file=sys.stderr)
    return REFUSED
