"""What one benchmark found: a row of the tables in docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Loket beside a peer, both in `unit`, less being better; or Loket alone, where nothing does the same."""

    what: str
    peer: str
    """The program compared with, or empty where `aim` is a figure of Loket alone."""
    ours: float
    theirs: float | None
    """None: there is no peer, or it is not installed on this machine (then `note` says how to)."""
    unit: str
    aim: float | None
    """The most that `ratio` may be; without a peer, the most that `ours` may be."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours divided by theirs; below one Loket takes less."""
        return None if self.theirs is None or self.theirs == 0 else self.ours / self.theirs

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none, or the peer was not measured."""
        found = self.ratio if self.peer else self.ours
        return None if self.aim is None or found is None else found <= self.aim
