"""What the desk of printing asks of a printer, and what a printer says. Two kinds: a queue of CUPS, and a folder."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from store.rules.printing import Route
from store.value_class import value_class


class PrinterAway(Exception):  # noqa: N818 - a fact, as the refusals of `store.errors`
    """The printer's server cannot be asked. `surely`: nothing of the request arrived there."""

    def __init__(self, reason: str, *, surely: bool) -> None:
        super().__init__(reason, surely)
        self.reason = reason
        self.surely = surely


class JobRefused(Exception):  # noqa: N818
    """The printer answered that it does not take the job, or not do what was asked; `reason` is a code for words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class DeviceState(StrEnum):
    """A job as the printer has it."""

    HELD = "held"
    WAITING = "waiting"
    PRINTING = "printing"
    STOPPED = "stopped"
    COMPLETED = "completed"  # so it says; that is not paper
    CANCELLED = "cancelled"
    ABORTED = "aborted"

    @property
    def over(self) -> bool:
        """The printer does no more with it."""
        return self in (DeviceState.COMPLETED, DeviceState.CANCELLED, DeviceState.ABORTED)


@value_class
class DeviceJob:
    """A job at the printer: its number there, the name we gave it, how far it says it is. `reasons` are codes."""

    queue_id: int
    attempt: str
    state: DeviceState
    impressions: int = 0
    reasons: tuple[str, ...] = ()


class PrinterState(StrEnum):
    """What a printer is doing."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"
    AWAY = "away"  # its server does not answer


@value_class
class PrinterFacts:
    """A printer as it is now. `reasons` are codes of what is wrong; the lists say what it can take."""

    name: str
    state: PrinterState
    accepting: bool = True
    reasons: tuple[str, ...] = ()
    info: str = ""
    media: tuple[str, ...] = ()
    media_default: str = ""
    trays: tuple[str, ...] = ()
    error_policy: str = ""


class Printer(Protocol):
    """Where jobs go. Every call blocks for a bounded time; each names a job by our attempt name, its own number helps.

    All raise PrinterAway; `submit`, `release` and `cancel` raise JobRefused.
    """

    def facts(self) -> PrinterFacts: ...

    def server(self) -> str:
        """The present run of the printer's server, '' where that cannot be known: another run may have printed again
        what it had under way."""
        ...

    def submit(self, attempt: str, pdf: bytes, route: Route) -> int:
        """Hands a job over, held: nothing is printed. Its number at the printer."""
        ...

    def look(self, queue_id: int | None, attempt: str) -> DeviceJob | None:
        """The job, or None when the printer knows none of that number and name."""
        ...

    def find(self, attempt: str) -> DeviceJob | None:
        """The job of that name among those that are not over."""
        ...

    def release(self, queue_id: int | None, attempt: str) -> None:
        """Lets a held job be printed."""
        ...

    def cancel(self, queue_id: int | None, attempt: str) -> None:
        """Ends a job; one that is over or unknown is left as it is."""
        ...

    def waiting(self, prefix: str) -> list[DeviceJob]:
        """The held jobs whose names begin so."""
        ...
