"""The command line. One file a group of commands; nothing here loads the screens unless they are opened.

Exit status: 0 done; 1 nothing was done, one sentence on stderr says why; 2 done, and something is open for a person;
64 wrong usage. With `--json` one JSON document stands on stdout and nothing else.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from tui import i18n
from tui.cli.argv import hide
from tui.cli.output import print_only_text
from tui.cli.parser import parse


def as_process(argv: Sequence[str]) -> int:
    """`main` as all that this process does: what it was started with and its faults show nobody's data."""
    hide(argv)
    print_only_text()
    return main(argv, alone=True)


def main(argv: Sequence[str], *, alone: bool = False) -> int:
    """Parses and runs one command line. `alone`: faults of the whole process are ours to note."""
    i18n.use(i18n.pick(_language(argv), os.environ))
    arguments = parse(argv)
    try:
        if alone:
            _only_places_are_told(arguments)
        return int(arguments.run(arguments))
    except BrokenPipeError:
        # Whoever read our output has gone (`loket … | head`); what was done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _stopped(error, arguments)


def _only_places_are_told(arguments: Namespace) -> None:
    """Of what nobody waits for as well: a thread, a task that was dropped, an object that is cleared away."""
    from tui.cli.session import home_of
    from tui.terminal.crash import only_places_are_told

    only_places_are_told(home_of(arguments))


def _stopped(error: Exception, arguments: Namespace) -> int:
    """A fault of ours: one sentence and a code, never Python's own report, whose messages hold values."""
    from tui.cli.session import REFUSED, home_of
    from tui.terminal.crash import record

    text = i18n._("Loket had to stop. Everything saved is safe. Tell the administrator this code: {code}")
    print(text.format(code=record(error, home_of(arguments))), file=sys.stderr)
    return REFUSED


def _language(argv: Sequence[str]) -> str | None:
    """The language is wanted before the arguments are parsed, for their own help."""
    for position, word in enumerate(argv):
        if word == "--lang" and position + 1 < len(argv):
            return argv[position + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
