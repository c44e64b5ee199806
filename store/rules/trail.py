"""The kinds of entries of the audit trail, by which it is asked. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TrailKind(StrEnum):
    """What an entry is about."""

    LOOK = "look"  # something hidden was shown
    EXPORT = "export"  # a file or a paper went out
    PRINT = "print"
    LOGIN = "login"  # who came and went, locks, PINs
    REFUSED = "refused"
    CHANGE = "change"  # any other


PREFIXES: Final[dict[TrailKind, tuple[str, ...]]] = {
    TrailKind.LOOK: ("reveal", "person.read", "correction.open", "correction.shown", "correction.smile-shown"),
    TrailKind.EXPORT: ("export.", "correction.export", "correction.lookup-out", "call-list.paper"),
    TrailKind.PRINT: ("print.", "voucher.reserve", "voucher.reprint"),
    TrailKind.LOGIN: ("session.", "screen.", "pin."),
    TrailKind.REFUSED: ("refused",),
}
"""How the actions of a kind begin; `correction.log`, the whole log read, is a look as well."""

LOOKED_UP: Final = ("correction.log",)
"""Actions that are looks though others begin like them."""


def kind_of(action: str) -> TrailKind:
    """The kind of an action."""
    if action in LOOKED_UP:
        return TrailKind.LOOK
    return next((kind for kind, starts in PREFIXES.items() if action.startswith(starts)), TrailKind.CHANGE)
