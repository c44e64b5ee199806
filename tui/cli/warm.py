"""`loket warm`: a process that waits, so that the screens come at once."""

from __future__ import annotations

import getpass
import os
import shlex
import sys
from argparse import Namespace

from tui.cli.session import DONE, REFUSED, program
from tui.i18n import _
from tui.warm import place


def warm(arguments: Namespace) -> int:
    """Waits in the foreground until it is told to end or Loket was updated; `--unit` only prints a unit for systemd."""
    if arguments.unit:
        from tui.words import warm as words

        print(words.unit(shlex.quote(program()), getpass.getuser(), place.unit_folder()), end="")
        return DONE
    from tui.cli import as_process
    from tui.warm import server

    folder = place.folder(os.environ)

    def ready() -> None:
        print(_("Waiting in {folder}. Whoever starts loket now gets the screens at once.").format(folder=folder))

    try:
        return server.wait(folder, as_process, ready)
    except server.AlreadyWaitingError:
        print(_("A process of this account waits in {folder} already.").format(folder=folder), file=sys.stderr)
    except server.NoPlaceError:
        text = _(
            "{folder} cannot be the place: it must belong to this account alone (mode 0700). See: loket warm --unit"
        )
        print(text.format(folder=folder or place.VARIABLE), file=sys.stderr)
    return REFUSED
