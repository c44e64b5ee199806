"""Processes that print and are killed: run as `python -m tests.printing.print_nursery HOME URL NOW`.

It imports everything once. Each line on stdin forks a process that opens the office and prints until nothing is left
to do; its number is answered, so that the test can kill it at a moment it cannot know.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from playhouse import cysqlite_ext  # noqa: F401 - imported before the forks, once for all

from printing import desk
from store import open_store

HOME, URL, NOW = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])


async def _print() -> None:
    store = await open_store(HOME, url=URL, login="ani", clock=lambda: NOW)
    await desk.PrintDesk(store).settle()
    await store.close()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to wait for the dead
    for _line in sys.stdin:
        pid = os.fork()
        if not pid:
            status = 1
            try:
                asyncio.run(_print())
                status = 0
            except BaseException as error:
                with Path(HOME, "faults").open("a") as faults:
                    faults.write(f"{type(error).__name__}: {error}\n")
            finally:
                os._exit(status)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
