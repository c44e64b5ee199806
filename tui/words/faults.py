"""What can be wrong with the machine under an office: a code, what it means, and the next step.

The code is the same in both languages, at the screen, on the command line, in `loket doctor --json` and on the page
docs/faults.md: who telephones the administrator says it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tui.i18n import N_, _, short_moment

FAULTS: Final[dict[str, tuple[str, str]]] = {
    "full": (
        "L-01",
        N_("The disk is full; nothing was saved. Ask the administrator to free room, then press the key again."),
    ),
    "read-only": (
        "L-02",
        N_("The disk takes no writes any more; nothing was saved. Ask the administrator: it may be failing."),
    ),
    "rights": ("L-03", N_("No right to write {detail}. Ask the administrator to give it to the office's account.")),
    "busy": ("L-04", N_("The database is busy with something long. Try again in a moment; nothing was changed.")),
    "damaged": ("L-05", N_("The database is damaged. Stop working and ask the administrator to restore a backup.")),
    "missing": ("L-06", N_("The database file is gone. Ask the administrator to put it back or restore a backup.")),
    "replaced": ("L-07", N_("The database file was replaced while Loket was open. Leave and open again.")),
    "newer": ("L-08", N_("The office was opened by a newer Loket. Install that version here.")),
    "not-loket": ("L-09", N_("The database file is not one of Loket. Check --home or the database URL.")),
    "network-disk": (
        "L-10",
        N_("The office's folder lies on a network disk ({detail}). Move it to a disk here, or use PostgreSQL."),
    ),
    "old-sqlite": ("L-11", N_("SQLite {detail} is too old for safe data. Install Loket's own packages again.")),
    "unreachable": ("L-12", N_("The database server does not answer. Check the network or ask the administrator.")),
    "clock": (
        "L-13",
        N_("The trail has an entry of {detail}, later than now. Set the machine's clock (timedatectl)."),
    ),
    "away": ("L-14", N_("The print server does not answer. Start CUPS (systemctl start cups); what is printed waits.")),
    "disk": ("L-15", N_("The disk reported an error; nothing was saved. Ask the administrator to look at the disk.")),
    "no-driver": ("L-16", N_("The driver {detail} for PostgreSQL is missing. Install Loket's own packages again.")),
    "unknown-url": ("L-17", N_("“{detail}” is no kind of database. Write sqlite:/// or postgresql:// in the URL.")),
    "closed": ("L-18", N_("The office is closed already. Open Loket again.")),
    "left-over": (
        "L-19",
        N_("A restore was killed and left people's data in {detail}. Run it again, or remove that folder."),
    ),
    "not-mounted": (
        "L-20",
        N_("The disk at {detail}, where backups go, is not mounted; nothing was made. Mount it, then try again."),
    ),
    "little-room": (
        "L-21",
        N_("Little room is left on the disk of {detail}. Free some: every backup copies the data there for a while."),
    ),
    "no-backup": (
        "L-22",
        N_(
            "A newer Loket has to change the office's data, and could make no backup first; nothing was changed. "
            "Make room on the disk, or see to the folder of the backups, then start again."
        ),
    ),
}
"""By reason (`store.faults`, `store.health`): the code and the sentence."""


def fault(reason: str, detail: str = "") -> str:
    """One sentence and the code; a reason that has none yet is named."""
    if reason not in FAULTS:
        return _("The database cannot be used ({reason}). Ask the administrator.").format(reason=reason)
    code, text = FAULTS[reason]
    return f"{_(text).format(detail=detail)} [{code}]"


def held_up() -> str:
    """While what was pressed waits for somebody else's write that does not end: it is not refused."""
    text = _("Another Loket is writing and does not end; your key waits for it. Ask the administrator who it is.")
    return f"{text} [{FAULTS['busy'][0]}]"


def clock_fact() -> str:
    """The same in a few letters for the status line."""
    return _("clock wrong?") + f" [{FAULTS['clock'][0]}]"


def clock(later: datetime | None, now: datetime) -> str:
    """For the first screen: from when the trail has an entry, which is later than now; '' where it has none."""
    if later is None:
        return ""
    return _("wrong? the trail is at {when}").format(when=short_moment(later, now)) + f" [{FAULTS['clock'][0]}]"
