"""The `loket` command: a warm start where a process waits for it, else arguments, then commands or the screens."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from tui.warm.client import started_warm

# What is loaded stays to the end: looking through it for garbage meanwhile finds nothing, for a tenth of the start.
gc.disable()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit status (contracts.md "Commands")."""
    if argv is None and (status := started_warm(sys.argv[1:])) is not None:
        return status
    from tui import cli

    return cli.as_process(sys.argv[1:]) if argv is None else cli.main(argv)


if __name__ == "__main__":
    raise SystemExit(main())
