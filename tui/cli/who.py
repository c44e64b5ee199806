"""Who is at the keyboard: the person of a shared account, and their PIN, asked before anything else.

Without a terminal nothing is asked, and nothing is opened.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ChoosePerson, Invalid, PinNeeded
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store
    from store.pins import PinAnswer


async def opened(home: Path, url: str | None, named: str | None = None) -> Store:
    """The office of a home, opened by the person at the keyboard once they gave what they have to give.

    `named` is who they are by their key. Raises as `store.open_store`, and NotService; ChoosePerson and PinNeeded where
    there is nobody to ask, or they gave up.
    """
    from store import open_store
    from store.service import named_login

    login = None if named is None else named_login(home, named)
    chosen = False
    try:
        store = await open_store(home, url=url, login=login)
    except ChoosePerson as choice:
        store, chosen = await open_store(home, url=url, login=login, person=_choose(choice)), True
    if store.pin_due:
        try:
            if _terminal() and not chosen:
                _tell(_("Loket ended while your screen was locked: your PIN opens it again."))
            await _ask(store)
            await store.refresh_me()
        except BaseException:
            await store.close()
            raise
    return store


async def give_pin(store: Store) -> None:
    """Asks for the PIN of who has one, before a command that wants it. Raises PinNeeded."""
    state = await store.pins.mine()
    if state.needed and state.known:
        await _ask(store)


def _terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _choose(choice: ChoosePerson) -> str:
    if not _terminal():
        raise choice
    _tell(_("The account {account} is shared. Who are you?").format(account=choice.account))
    for number, (login, name) in enumerate(choice.people, 1):
        _tell(f"{number:>4}  {name} ({login})")
    _tell(_("Number or account (empty: leave): "), end="")
    while text := sys.stdin.readline().strip():
        logins = [login for login, _name in choice.people]
        if text in logins:
            return text
        if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(logins):
            return logins[int(text) - 1]
        _tell(_("That is nobody of this list. Number or account: "), end="")
    raise choice


async def _ask(store: Store) -> None:
    await _until_right(_("PIN: "), store.pins.give, lambda pin, answer: _own(store, pin) if answer.code else _done())


async def _own(store: Store, code: str) -> None:
    """A PIN of one's own in place of the administrator's code."""
    _tell(_("The code is right. Choose a PIN of your own now: 6 to 12 digits."))

    async def choose(pin: str) -> PinAnswer:
        if getpass(_("The same again: ")) != pin:
            raise Invalid("pin", "", "twice")
        return await store.pins.choose(pin, code)

    await _until_right(_("New PIN: "), choose, lambda _pin, _answer: _done())


async def _until_right(
    label: str,
    attempt: Callable[[str], Awaitable[PinAnswer]],
    then: Callable[[str, PinAnswer], Awaitable[None]],
) -> None:
    from tui.words import pins as words

    if not _terminal():
        raise PinNeeded()
    while pin := getpass(label):
        try:
            answer = await attempt(pin)
        except Invalid as refused:
            _tell(words.weak(refused.problem))
            continue
        if answer.right:
            await then(pin, answer)
            return
        _tell(words.refused(answer, datetime.now(UTC)))
        if answer.try_at is not None or answer.over:
            break
    raise PinNeeded()


async def _done() -> None:
    """Nothing is left to ask."""


def _tell(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)
