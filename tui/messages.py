"""What happened, told upwards: past-tense facts that a screen or widget posts and the shell or a test may hear."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class CommandRefused(Message):
    """A key was pressed whose command cannot be used now; the status line says why."""

    command: str
    why: str


@dataclass
class OutcomeSaved(Message):
    """An outcome was committed."""

    outcome: str
    state: str


@dataclass
class OutcomeUndone(Message):
    """An outcome was taken back."""

    outcome: str
