"""The `loket` command: arguments, then one group of commands, or the screens."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui.cli import main as run_command


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit status (contracts.md "Commands")."""
    return run_command(list(sys.argv[1:] if argv is None else argv))


if __name__ == "__main__":
    raise SystemExit(main())
