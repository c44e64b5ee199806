"""What is not right on a server that staff reach over SSH, and what to do about it."""

from __future__ import annotations

from typing import Final

from tui.deploy.checks import Finding
from tui.i18n import N_, _

_SAYS: Final[dict[str, str]] = {
    "no-account": N_("There is no account or group {what}. Run, as root: loket deploy --print folders | sh"),
    "missing": N_("{what} is missing. See: loket deploy --print"),
    "root-folder": N_("{what} ({found}) must belong to root and be writable by nobody else: else sftp refuses it."),
    "office-open": N_("{what} ({found}) must belong to the service account alone: who reads it passes by every role."),
    "no-mark": N_("{what} ({found}) must belong to the service account; others must not write it."),
    "inbox": N_("{what} ({found}) must be 3770 with the group: so that files come in, and stay whose they are."),
    "outbox": N_("{what} ({found}) must be 0751: each person reads their own folder in it alone."),
    "own-outbox": N_("{what} ({found}) must be 2750 with the person's group. Run: loket deploy --print folders | sh"),
    "program-open": N_(
        "{what} ({found}) runs for the service account: it must belong to root, and nobody else may write it."
    ),
    "program-differs": N_("{what} is not what this Loket needs. Install anew: loket deploy --print program"),
    "sudo-differs": N_("{what} is not what this Loket needs. Install anew: loket deploy --print sudo"),
    "sudo-more": N_("{what} may start more with sudo than the screens: {found}"),
    "sshd-unknown": N_("sshd does not say how it is set ({what}). Try: sshd -t"),
    "sshd": N_("sshd says for {what}: “{found}”. Install anew: loket deploy --print sshd, then: systemctl reload ssh"),
    "key-open": N_("{what} opens more than one person's screens: {found}… See: loket deploy --print key"),
    "key-twice": N_("{what}: the key of {found} stands there for somebody else already."),
}


def sentence(finding: Finding) -> str:
    """What is wrong, and the next step."""
    return _(_SAYS[finding.code]).format(what=finding.what, found=finding.found)
