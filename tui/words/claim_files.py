"""Words for the steps of a claim file: where it is, what is done with it, why that cannot be."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.errors import StepRefused
from store.rules.vouchers import FileState, Refusal
from tui.i18n import N_, _

STATES: Final[dict[str, str]] = {
    FileState.RECEIVED: N_("received"),
    FileState.MATCHED: N_("matched"),
    FileState.PRINTED: N_("being printed"),
    FileState.CONFIRMED: N_("paper right"),
    FileState.OUT: N_("out for signing"),
    FileState.COMPLETE: N_("signed by all"),
    FileState.ARCHIVED: N_("archived"),
    FileState.VOID: N_("void"),
}

_NEXT: Final[dict[str, str]] = {
    FileState.RECEIVED: N_("First match it with its transaction, and let an officer approve what differs."),
    FileState.MATCHED: N_("Print its voucher first."),
    FileState.PRINTED: N_("Say first whether the paper came (y)."),
    FileState.CONFIRMED: N_("It is ready to go out for signing."),
    FileState.OUT: N_("Take it back from its stack first."),
    FileState.COMPLETE: N_("It goes into the archive next."),
    FileState.ARCHIVED: N_("Take it out of the archive first."),
    FileState.VOID: N_("It takes no further step."),
}

_WHY: Final[dict[str, str]] = {
    Refusal.NO_TRANSACTION: N_("The file of {name} has no transaction yet; match it first."),
    Refusal.WAITS_FOR_YES: N_("The file of {name} differs from its transaction; an officer has to approve it first."),
    Refusal.NOTHING_DIFFERS: N_("Nothing of the file of {name} waits for a yes."),
    Refusal.TAKEN: N_("That transaction has its file already: {name}. Look there first."),
    Refusal.PAPER_UNDER_WAY: N_("The voucher of {name} is with the printer; say first whether the paper came (y)."),
    Refusal.NO_VOUCHER: N_("The file of {name} has no voucher; print it first."),
    Refusal.ORDER: N_("The file of {name} lacks an earlier signature; the office signs in a fixed order."),
    Refusal.UNKNOWN_SIGNER: N_("That signatory is not among those of the office; look at the settings."),
    Refusal.NOT_IN_STACK: N_("The file of {name} is not in that stack; look where it is."),
}


def state(code: str) -> str:
    """Where a file is, in words."""
    return _(STATES[code]) if code in STATES else code


def step_refused(error: StepRefused, _now: datetime) -> str:
    """Why a step cannot be taken, and what comes first."""
    name = error.name or _("nobody named")
    if error.why in _WHY:
        return _(_WHY[error.why]).format(name=name)
    return _("The file of {name} is {state}. {next}").format(
        name=name, state=state(error.state), next=_(_NEXT[FileState(error.state)])
    )
