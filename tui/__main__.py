"""The `loket` command: arguments, then one group of commands, or the screens."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# What is loaded stays to the end: looking through it for garbage meanwhile finds nothing, for a tenth of the start.
gc.disable()
from tui.cli import main as run_command  # noqa: E402 - this is the first of what is loaded


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit status (contracts.md "Commands")."""
    return run_command(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    raise SystemExit(main())
