"""The unit with which systemd keeps a process waiting (`loket warm --unit`)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from tui.i18n import _

# Sessions are not ended with it, and it comes back after an update. Nothing may shut it in (PrivateTmp and the like):
# whoever starts Loket outside would then be another process than it, and start cold.
_UNIT: Final = """\
# /etc/systemd/system/loket-warm.service
[Unit]
Description=Loket: {warm}
[Service]
User={user}
RuntimeDirectory={folder}
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
ExecStart={program} warm
KillMode=process
OOMPolicy=continue
Restart=always
RestartSec=5
[Install]
WantedBy=multi-user.target

# systemctl enable --now loket-warm.service
"""


def unit(program: str, user: str, folder: str) -> str:
    """A unit for the account `user`, whose socket lies in `folder`."""
    name = PurePosixPath(folder).name
    return _UNIT.format(warm=_("the screens come at once"), user=user, folder=name, program=program)
