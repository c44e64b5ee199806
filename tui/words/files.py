"""Why a file was refused, in one sentence with the next step."""

from __future__ import annotations

from typing import Final

from store.errors import FileRefused
from tui.i18n import N_, _

REFUSALS: Final[dict[str, str]] = {
    "missing": N_("{file} is not there (any more). Copy it into MASUK again."),
    "unreadable": N_("{file} may not be read by your account. Ask the administrator for its rights."),
    "not-regular": N_("{file} is a folder or a link, not a file. Copy the file itself."),
    "empty": N_("{file} is empty. Copy it again when it is complete."),
    "too-large": N_("{file} is larger than Loket reads at once. Split it into smaller files in Excel."),
    "unknown-kind": N_("{file} is no table that Loket reads. Save it in Excel as .xlsx, then copy it again."),
    "protected": N_("{file} has a password. Save it in Excel without one, then copy it again."),
    "damaged": N_("{file} is damaged or incomplete. Open it in Excel, save it again and copy it again."),
    "disk-full": N_("The disk is full, so {file} cannot be handled. Ask the administrator to free room."),
    "unwritable": N_("{file} cannot be written there. Ask the administrator for the folder's rights."),
    "no-text": N_("{file} is a picture, not text. Save it from Smile as Excel, then copy it again."),
    "not-pdf": N_("{file} is no PDF. Save the vouchers in Smile as PDF, then copy it again."),
    "pdf-protected": N_("{file} has a password. Save the vouchers in Smile without one, then copy it again."),
    "pdf-damaged": N_("{file} is damaged or incomplete. Save the vouchers in Smile again, then copy it again."),
    "pdf-too-large": N_("{file} has more pages than Loket reads at once. Save the vouchers in parts."),
    "no-kpj": N_("{file} has no column with the KPJ. Write KPJ above it, save it and try again."),
    "is-input": N_("{file} is one of the files to be merged. Give the result another name."),
    "nothing": N_("No row was found to merge, so {file} was not written. Choose files with a row of headings."),
    "stopped": N_("The merge was ended at {file}; nothing was written. Start it again when you want it."),
    "defect": N_("{file} could not be read because of a fault in Loket. Send its name to the administrator."),
}
"""Every code of `FileRefused`; nothing was changed in any of these cases."""


def refusal(error: FileRefused) -> str:
    """The file and why it cannot be taken; nothing was changed."""
    if error.reason in REFUSALS:
        return _(REFUSALS[error.reason]).format(file=error.file)
    return _("{file} cannot be taken ({reason}); nothing was changed.").format(file=error.file, reason=error.reason)
