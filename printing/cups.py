"""A queue of CUPS: jobs come in held, with every option said, and leave by a release of their own.

Which run of cupsd took the release is kept with the job: another run may print once more what the first had under way,
and may have forgotten what it printed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from printing import ipp
from printing.printers import DeviceJob, DeviceState, JobRefused, PrinterAway, PrinterFacts, PrinterState
from store.rules.printing import Route, read_server
from store.sessions import boot_id, process_start

LOCAL: Final = "/run/cups/cups.sock"
USER: Final = "loket"
"""In whose name all jobs are: anybody in the office may follow and cancel them; who printed stands in the trail."""

_STATES: Final = {
    3: DeviceState.WAITING,
    4: DeviceState.HELD,
    5: DeviceState.PRINTING,
    6: DeviceState.STOPPED,
    7: DeviceState.CANCELLED,
    8: DeviceState.ABORTED,
    9: DeviceState.COMPLETED,
}
_PRINTER_STATES: Final = {3: PrinterState.IDLE, 4: PrinterState.PRINTING, 5: PrinterState.STOPPED}
_JOB: Final = ipp.keywords(
    "job-id", "job-name", "job-state", "job-state-reasons", "job-impressions-completed", "job-printer-uri"
)
_PRINTER: Final = ipp.keywords(
    *("printer-name", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-info"),
    *("media-supported", "media-default", "media-source-supported", "printer-error-policy"),
)
_PAGE: Final = 400
"""Jobs asked for at a time; CUPS gives at most 500, the oldest first."""

_SHARED: Final = frozenset(
    {
        *("none", "job-printing", "job-completed-successfully", "job-hold-until-specified"),
        *("processing-to-stop-point", "job-incoming", "job-queued"),
    }
)
"""Reasons that say no more than the state does."""

_MILLIMETRES: Final = 100  # a hundredth of one is IPP's unit


def address_of(setting: str) -> ipp.Address:
    """Where CUPS listens, of the setting `printing.server`."""
    return read_server(setting) or LOCAL


class CupsPrinter:
    """One queue; see `printing.printers.Printer`."""

    def __init__(self, name: str, address: ipp.Address = LOCAL) -> None:
        self.name = name
        self._address = address
        self._path = f"/printers/{quote(name)}"
        self._uri = f"ipp://localhost{self._path}"

    def _ask(self, operation: ipp.Operation, job: dict[str, ipp.Value] | None = None, **more: Any) -> ipp.Answer:
        attributes = {"printer-uri": ipp.uri(self._uri), **more.pop("attributes", {})}
        body = ipp.request(operation, attributes, job, more.pop("data", b""))
        return asked(self._address, self._path, body)

    def facts(self) -> PrinterFacts:
        try:
            answer = self._ask(ipp.Operation.GET_PRINTER, attributes={"requested-attributes": _PRINTER})
        except JobRefused as refused:
            if refused.reason == "no-such-job":
                raise PrinterAway("no-such-printer", surely=True) from None
            raise PrinterAway(refused.reason, surely=True) from None
        if not answer.printers:
            raise PrinterAway("no-answer", surely=False)
        return _printer(answer.printers[0], self.name)

    def server(self) -> str:
        try:
            return _run_of(self._address)
        except ipp.NotReached as error:
            raise PrinterAway("unreachable", surely=True) from error

    def submit(self, attempt: str, pdf: bytes, route: Route) -> int:
        facts = self.facts()
        if not facts.accepting:
            raise JobRefused("not-accepting")
        if facts.media and route.media not in facts.media:
            raise JobRefused("no-such-media", route.media)
        if route.tray and route.tray not in facts.trays:
            raise JobRefused("no-such-tray", route.tray)
        attributes = {
            "requesting-user-name": ipp.name(USER),
            "job-name": ipp.name(attempt),
            "document-format": ipp.Value(ipp.Tag.MIME, "application/pdf"),
        }
        answer = self._ask(ipp.Operation.PRINT_JOB, _options(route), attributes=attributes, data=pdf)
        numbers = [number for job in answer.jobs for number in job.get("job-id", [])]
        if not numbers:
            raise PrinterAway("no-answer", surely=False)
        return int(numbers[0])

    def look(self, queue_id: int | None, attempt: str) -> DeviceJob | None:
        if queue_id is None:
            return self.find(attempt)
        try:
            answer = self._ask(ipp.Operation.GET_JOB, attributes={**_named(queue_id), "requested-attributes": _JOB})
        except JobRefused as refused:
            if refused.reason == "no-such-job":
                return None
            raise PrinterAway(refused.reason, surely=True) from None
        found = [_job(job) for job in answer.jobs]
        # A server that lost its spool gives the number to another job.
        return next((job for job in found if job.attempt == attempt), None)

    def find(self, attempt: str) -> DeviceJob | None:
        return next((job for job in self._unfinished() if job.attempt == attempt), None)

    def release(self, queue_id: int | None, attempt: str) -> None:
        self._ask(ipp.Operation.RELEASE_JOB, attributes=_named(self._number(queue_id, attempt)))

    def cancel(self, queue_id: int | None, attempt: str) -> None:
        job = self.look(queue_id, attempt)
        if job is None or job.state.over:
            return
        try:
            self._ask(ipp.Operation.CANCEL_JOB, attributes=_named(job.queue_id))
        except JobRefused as refused:
            # It ended in the meantime; anything else is told.
            if refused.reason not in ("not-possible", "no-such-job"):
                raise

    def waiting(self, prefix: str) -> list[DeviceJob]:
        jobs = self._unfinished()
        return [job for job in jobs if job.state == DeviceState.HELD and job.attempt.startswith(prefix)]

    def _number(self, queue_id: int | None, attempt: str) -> int:
        """The number of the job, made sure of by its name."""
        job = self.look(queue_id, attempt)
        if job is None:
            raise JobRefused("no-such-job")
        return job.queue_id

    def _unfinished(self) -> list[DeviceJob]:
        found: list[DeviceJob] = []
        while True:
            attributes = {
                "requesting-user-name": ipp.name(USER),
                "which-jobs": ipp.keyword("not-completed"),
                "limit": ipp.integer(_PAGE),
                "first-job-id": ipp.integer(found[-1].queue_id + 1 if found else 1),
                "requested-attributes": _JOB,
            }
            try:
                page = [_job(job) for job in self._ask(ipp.Operation.GET_JOBS, attributes=attributes).jobs]
            except JobRefused as refused:
                if refused.reason == "no-such-job":
                    return found
                raise PrinterAway(refused.reason, surely=True) from None
            found += page
            if len(page) < _PAGE:
                return found


def _options(route: Route) -> dict[str, ipp.Value]:
    """Everything that a queue or a user could have another default for."""
    said = {
        "job-hold-until": ipp.keyword("indefinite"),
        "copies": ipp.integer(1),
        "sides": ipp.keyword("one-sided"),
        "number-up": ipp.integer(1),
        "job-sheets": ipp.keyword("none"),
        "print-scaling": ipp.keyword("none"),
    }
    if not route.tray:
        return {**said, "media": ipp.keyword(route.media)}
    width, height = _size(route.media)
    size = {"x-dimension": ipp.integer(width), "y-dimension": ipp.integer(height)}
    column = {"media-size": ipp.collection(size), "media-source": ipp.keyword(route.tray)}
    return {**said, "media-col": ipp.collection(column)}


def _size(media: str) -> tuple[int, int]:
    """Width and height of a PWG media name (iso_a4_210x297mm, na_letter_8.5x11in), in hundredths of a millimetre."""
    text = media.rpartition("_")[2]
    unit = 25.4 if text.endswith("in") else 1.0
    width, mark, height = text[:-2].partition("x")
    try:
        if not mark or text[-2:] not in ("mm", "in"):
            raise ValueError(media)
        return round(float(width) * unit * _MILLIMETRES), round(float(height) * unit * _MILLIMETRES)
    except ValueError:
        raise JobRefused("no-such-media", media) from None


def _named(queue_id: int) -> dict[str, ipp.Value]:
    return {"job-id": ipp.integer(queue_id), "requesting-user-name": ipp.name(USER)}


def asked(address: ipp.Address, path: str, body: bytes) -> ipp.Answer:
    """`ipp.send` with our own refusals: raises PrinterAway, JobRefused."""
    try:
        return ipp.send(address, path, body)
    except ipp.NotReached as error:
        raise PrinterAway("unreachable", surely=True) from error
    except ipp.NoAnswer as error:
        raise PrinterAway("no-answer", surely=False) from error
    except ipp.Refused as error:
        raise _refusal(error) from error


def _refusal(error: ipp.Refused) -> JobRefused | PrinterAway:
    codes = {
        ipp.NOT_FOUND: "no-such-job",
        ipp.NOT_POSSIBLE: "not-possible",
        0x0401: "no-right",
        0x0402: "no-right",
        0x0403: "no-right",
        ipp.HTTP + 401: "no-right",
        ipp.HTTP + 403: "no-right",
        0x040A: "not-pdf",
        0x0411: "not-pdf",
        0x0506: "not-accepting",
    }
    if error.status in codes:
        return JobRefused(codes[error.status], error.message)
    if error.status >= 0x0500:  # the server's own trouble: busy, no room; it may pass
        return PrinterAway("server-error", surely=False)
    return JobRefused("refused", error.message)


def _first(attributes: ipp.Attributes, key: str, default: Any) -> Any:
    values = attributes.get(key) or [default]
    return default if values[0] is None else values[0]


def _job(attributes: ipp.Attributes) -> DeviceJob:
    reasons = [str(reason) for reason in attributes.get("job-state-reasons", [])]
    return DeviceJob(
        int(_first(attributes, "job-id", 0)),
        str(_first(attributes, "job-name", "")),
        _STATES.get(_first(attributes, "job-state", 0), DeviceState.STOPPED),
        int(_first(attributes, "job-impressions-completed", 0)),
        tuple(sorted(reason for reason in reasons if reason not in _SHARED)),
    )


def _printer(attributes: ipp.Attributes, named: str) -> PrinterFacts:
    return PrinterFacts(
        str(_first(attributes, "printer-name", named)),
        _PRINTER_STATES.get(_first(attributes, "printer-state", 0), PrinterState.STOPPED),
        bool(_first(attributes, "printer-is-accepting-jobs", True)),
        plain_reasons(attributes.get("printer-state-reasons", [])),
        str(_first(attributes, "printer-info", "")),
        tuple(str(media) for media in attributes.get("media-supported", []) if media),
        str(_first(attributes, "media-default", "")),
        tuple(str(tray) for tray in attributes.get("media-source-supported", []) if tray and tray != "auto"),
        str(_first(attributes, "printer-error-policy", "")),
    )


def plain_reasons(reasons: Iterable[Any]) -> tuple[str, ...]:
    """The codes without how bad the printer finds them, each once."""
    plain = (str(reason) for reason in reasons)
    found = {reason.removesuffix("-report").removesuffix("-warning").removesuffix("-error") for reason in plain}
    return tuple(sorted(found - _SHARED))


def _run_of(address: ipp.Address) -> str:
    """The process that serves the address: itself where it listens for itself, else every cupsd of this machine.

    '' on another machine, where a cupsd cannot be seen.
    """
    pid = ipp.peer(address)
    if pid is None and isinstance(address, tuple) and address[0] not in ("localhost", "127.0.0.1", "::1"):
        return ""
    serving = [pid] if pid is not None and _is_cupsd(pid) else _every_cupsd()
    runs = [f"{found}:{started}" for found in serving if (started := process_start(found)) is not None]
    return f"{boot_id()[:8]} {' '.join(runs)}" if runs else ""


def _is_cupsd(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip() == "cupsd"
    return False


def _every_cupsd() -> list[int]:
    numbers = sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return [number for number in numbers if _is_cupsd(number)]


def queues(address: ipp.Address) -> list[PrinterFacts]:
    """Every queue of the server, by name. Raises PrinterAway."""
    body = ipp.request(ipp.Operation.CUPS_GET_PRINTERS, {"requested-attributes": _PRINTER})
    try:
        answer = asked(address, "/", body)
    except JobRefused as refused:
        if refused.reason == "no-such-job":  # so CUPS says that it has none
            return []
        raise PrinterAway(refused.reason, surely=True) from None
    return sorted((_printer(one, "") for one in answer.printers), key=lambda printer: printer.name)
