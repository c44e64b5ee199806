"""`loket staff`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from store.rows import StaffRow
from tui.cli.session import DONE, UsageError, print_json, with_store
from tui.cli.who import give_pin
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store


def list_staff(arguments: Namespace) -> int:
    """Everybody, with roles and dated assignments."""

    async def work(store: Store) -> int:
        rows = await store.staff.rows()
        if arguments.json:
            print_json([_plain(row) for row in rows])
            return DONE
        for row in rows:
            state = "" if row.active else _(" (disabled)")
            print(f"{row.login:<16} {row.name}{state}")
            for given in row.assignments:
                until = f" – {given.ends_on}" if given.ends_on else ""
                print(f"{'':<16} {given.role} {given.section} {given.starts_on}{until}")
        return DONE

    return with_store(arguments, work)


def _plain(row: StaffRow) -> dict[str, object]:
    plain = asdict(row)
    for given in plain["assignments"]:
        given["starts_on"] = given["starts_on"].isoformat()
        given["ends_on"] = given["ends_on"].isoformat() if given["ends_on"] else None
    return plain


def _change(arguments: Namespace, change: Callable[[Store], Awaitable[None]]) -> int:
    async def work(store: Store) -> int:
        await give_pin(store)
        await change(store)
        print(_("Done: {login}").format(login=arguments.login))
        return DONE

    return with_store(arguments, work)


def add(arguments: Namespace) -> int:
    """Registers a person with a standing role; the first person gives their other roles up by it, and is told so."""

    async def work(store: Store) -> int:
        await give_pin(store)
        before = (await store.refresh_me()).roles
        await store.staff.add(arguments.login, arguments.name, arguments.section, arguments.role)
        after = (await store.refresh_me()).roles
        print(_("Done: {login}").format(login=arguments.login))
        if before != after:
            print(
                _("You held every role while you were alone. From now on: {roles}").format(
                    roles=", ".join(sorted(after))
                )
            )
        return DONE

    return with_store(arguments, work)


def role(arguments: Namespace) -> int:
    """Replaces the standing roles of a person by one."""
    return _change(arguments, lambda store: store.staff.role(arguments.login, arguments.role))


def assign(arguments: Namespace) -> int:
    """Gives a dated assignment, both days included."""

    async def change(store: Store) -> None:
        starts_on = _day(arguments.starts_on) if arguments.starts_on else store.today()
        await store.staff.assign(arguments.login, arguments.role, arguments.section, starts_on, _day(arguments.ends_on))

    return _change(arguments, change)


def disable(arguments: Namespace) -> int:
    """Ends a person's access at their next key."""
    return _change(arguments, lambda store: store.staff.disable(arguments.login))


def pin(arguments: Namespace) -> int:
    """A code in place of a PIN that was forgotten, or never chosen; printed once, and nobody sees the PIN itself."""

    async def work(store: Store) -> int:
        await give_pin(store)
        code = await store.pins.reset(arguments.login)
        print(_("Code for {login}, for three days: {code}").format(login=arguments.login, code=code))
        print(_("Hand it to the person alone. Typed in place of the PIN it lets them choose a new one, once."))
        return DONE

    return with_store(arguments, work)


def shared(arguments: Namespace) -> int:
    """The accounts that several people share; with names: who comes in through one from now on."""

    async def work(store: Store) -> int:
        if arguments.account and (arguments.logins or arguments.nobody):
            await give_pin(store)
            await store.staff.share(arguments.account, arguments.logins)
        found = await store.staff.shared()
        wanted = {name: found[name] for name in found if arguments.account in (None, name)}
        for account, logins in wanted.items():
            print(f"{account:<16} {', '.join(logins)}")
        if not wanted:
            print(_("Not shared: everybody comes in through an account of their own."))
        return DONE

    if arguments.nobody and (arguments.logins or not arguments.account):
        raise UsageError(_("--nobody wants an account, and no people."))
    return with_store(arguments, work)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(_("{text} is not a day: YYYY-MM-DD").format(text=text)) from error
