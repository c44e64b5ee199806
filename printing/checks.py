"""What is wrong with how the office's printers are set up, for `loket doctor` and `loket printers`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from printing.background import background
from printing.cups import LOCAL, CupsPrinter, address_of
from printing.printers import PrinterAway, PrinterFacts
from store.plain_files import read_plain
from store.rules.printing import FOLDER, Route
from store.value_class import value_class

if TYPE_CHECKING:
    from store import Store

CUPSD_CONF: Final = Path("/etc/cups/cupsd.conf")
ERROR_POLICY: Final = "abort-job"
LEAST_JOBS: Final = 2_000
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_JOB_TIME = "3h"  # what cupsd does when its file does not say
_JOBS = "500"


@value_class
class QueueDoubt:
    """One thing about a queue, or about CUPS itself (`printer` ''), that can cost paper or a voucher.

    `code`: error-policy (a failed job would be printed again, or block the queue), max-job-time (long jobs are
    cancelled as if a person had done it), max-jobs (new jobs are refused), conf-unreadable, away, not-accepting,
    no-such-media, no-such-tray. `found` and `wanted` are settings as CUPS writes them.
    """

    printer: str
    code: str
    found: str = ""
    wanted: str = ""


def queue_doubts(facts: PrinterFacts, routes: tuple[Route, ...] = ()) -> list[QueueDoubt]:
    """What is wrong with one queue, for the routes that use it."""
    doubts = []
    if facts.error_policy and facts.error_policy != ERROR_POLICY:
        doubts.append(QueueDoubt(facts.name, "error-policy", facts.error_policy, ERROR_POLICY))
    if not facts.accepting:
        doubts.append(QueueDoubt(facts.name, "not-accepting"))
    for route in routes:
        if facts.media and route.media not in facts.media:
            doubts.append(QueueDoubt(facts.name, "no-such-media", route.media, " ".join(facts.media)))
        if route.tray and route.tray not in facts.trays:
            doubts.append(QueueDoubt(facts.name, "no-such-tray", route.tray, " ".join(facts.trays)))
    return list(dict.fromkeys(doubts))


def server_doubts(conf: str) -> list[QueueDoubt]:
    """What is wrong with the text of a cupsd.conf."""
    said = {key.lower(): value for key, value in re.findall(r"(?m)^[ \t]*(\w+)[ \t]+(\S+)[ \t]*$", conf)}
    doubts = []
    job_time, jobs = said.get("maxjobtime", _JOB_TIME), said.get("maxjobs", _JOBS)
    if _seconds(job_time) != 0:
        doubts.append(QueueDoubt("", "max-job-time", job_time, "0"))
    if not jobs.isdecimal() or 0 < int(jobs) < LEAST_JOBS:  # 0 is no limit
        doubts.append(QueueDoubt("", "max-jobs", jobs, str(LEAST_JOBS)))
    return doubts


def _seconds(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]+)([smhdw]?)", text.lower())
    return None if found is None else int(found[1]) * _UNITS[found[2]]


async def doubts(store: Store, conf: Path | None = None) -> list[QueueDoubt]:
    """Everything that is wrong with the printers that the office has chosen; nothing where it prints into KELUAR.

    `conf` is the server's own file; by default that of the CUPS of this machine, where the office uses that one.
    """
    routes = set((await store.printers.routes()).values())
    setting = await store.printers.server()
    address = address_of(setting)
    found: list[QueueDoubt] = []
    for name in sorted({route.printer for route in routes} - {FOLDER}):
        try:
            facts = await background(CupsPrinter(name, address).facts)
        except PrinterAway as away:
            found.append(QueueDoubt(name, "away", away.reason))
            continue
        used = sorted((route for route in routes if route.printer == name), key=lambda route: (route.tray, route.media))
        found += queue_doubts(facts, tuple(used))
    if conf is None and address == LOCAL:
        conf = CUPSD_CONF
    if conf is not None and any(route.printer != FOLDER for route in routes):
        try:
            found += server_doubts(read_plain(conf).decode("utf-8", "replace"))
        except OSError:
            found.append(QueueDoubt("", "conf-unreadable", str(conf)))
    return found
