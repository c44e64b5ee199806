"""Why a file was refused, in one sentence."""

from __future__ import annotations

from typing import Final

from store.errors import FileRefused
from tui.i18n import _

REFUSALS: Final[dict[str, str]] = {}


def refusal(error: FileRefused) -> str:
    """The file and why it cannot be taken; nothing was changed."""
    if error.reason in REFUSALS:
        return _(REFUSALS[error.reason]).format(file=error.file, detail=error.detail)
    return _("{file} cannot be taken ({reason}); nothing was changed.").format(file=error.file, reason=error.reason)
