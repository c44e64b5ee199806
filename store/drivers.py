"""Peewee, loaded without the driver of a server: most offices are one SQLite file, and psycopg takes the longer time.

Peewee looks for every driver that is installed. This module is imported before anything else of the store, and keeps
psycopg out of sight meanwhile; `show_psycopg` puts it where Peewee would have put it.
"""

from __future__ import annotations

import sys
from typing import Any, Final

_HIDDEN: Final = "psycopg"

_modules: dict[str, Any] = sys.modules

if _HIDDEN not in _modules:
    _modules[_HIDDEN] = None  # an import of it fails
    try:
        import peewee
    finally:
        del _modules[_HIDDEN]
else:
    import peewee


def show_psycopg() -> None:
    """Lets Peewee use psycopg. Raises ImportError where it is not installed."""
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.types.json import Json, Jsonb

    library: Any = peewee
    if library.psycopg is None:
        library.psycopg, library.TransactionStatus = psycopg, TransactionStatus
        library.Json_pg3, library.Jsonb_pg3 = Json, Jsonb
        adapter = library.Psycopg3Adapter
        adapter.txn_idle, adapter.txn_inerror = TransactionStatus.IDLE, TransactionStatus.INERROR
        adapter.txn_unknown = TransactionStatus.UNKNOWN
