"""The way in to the screens. The environment is settled here, before the terminal library is first imported."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tui.terminal.environment import prepare, read_again

if TYPE_CHECKING:
    from store import Store


def run(open: Callable[[], Awaitable[Store]], lang: str) -> int:  # noqa: A002 - says what it does
    """Runs the screens on the office that `open` opens, in `lang`; gives the exit status of the command.

    `open` is awaited inside the loop of the screens, before the terminal is touched; a store error that it raises is
    raised here. When the program ends by a fault, one sentence goes to stderr and the status is 1.
    """
    prepare()
    read_again()
    gc.disable()
    from tui.shell import run_shell

    return run_shell(open, lang, _look_for_garbage)


def _look_for_garbage() -> None:
    """From now on, and not in what is there already: it stays to the end."""
    gc.freeze()
    gc.enable()
