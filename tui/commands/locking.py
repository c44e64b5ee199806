"""The screen locked and opened again, and the PIN that does it."""

from __future__ import annotations

from typing import Final

from tui.commands.command import Command
from tui.i18n import N_

LOCKING: Final = (
    Command(
        "lock",
        (),
        N_("lock"),
        N_("Lock the screen"),
        N_("Nobody sees or presses anything before your PIN is typed; text that is being typed stays."),
        "plain",
    ),
    Command(
        "pin",
        (),
        N_("PIN"),
        N_("Choose a PIN"),
        N_("6 to 12 digits: they open the locked screen, and are asked before approvals and reprints."),
        "plain",
    ),
)
"""In the menu of every screen."""

LOCKED: Final = (
    Command(
        "locked-end",
        ("f10",),
        N_("end"),
        N_("End Loket from the locked screen"),
        N_("What was typed is kept as a draft; whoever is held goes back to the queue."),
        "locked",
        footer=1,
    ),
)
"""Nothing else holds while the screen is locked."""
