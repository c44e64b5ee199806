"""A process that stands still in the middle of a write: a real one, stopped by SIGSTOP; at the end it goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.store.chaos import ROOT
from tests.store.office import Office

_CODE = """
import sys
from store.database import open_database
database = open_database(sys.argv[1])
database.connect()
with database.turn(), database.writing():
    if database.one_machine:
        database.peewee.execute_sql("UPDATE setting SET value = value")
    else:
        database.peewee.execute_sql("LOCK TABLE draft, audit, setting")
    print("writing", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def writer_stopped(office: Office) -> Iterator[subprocess.Popen[str]]:
    """Another program of the office, stopped while it writes; afterwards it ends its write."""
    command = [sys.executable, "-c", _CODE, office.url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.send_signal(signal.SIGSTOP)
        try:
            yield writer
        finally:
            writer.send_signal(signal.SIGCONT)
            writer.communicate("\n")
