"""Words of the status check: what Smile says, what follows, how far the list is."""

from __future__ import annotations

from typing import Final

from store.checks import CheckCounts, SmileSays
from tui.i18n import N_, _, ngettext, number

SAID: Final[dict[str, str]] = {
    SmileSays.CLAIMED: N_("Has claimed, off the call lists · u undoes · {name}"),
    SmileSays.NOT_CLAIMED: N_("Not claimed, is phoned · u undoes · {name}"),
    SmileSays.NOT_FOUND: N_("Not found in Smile, stays on the list · u undoes · {name}"),
}

FOLLOWS: Final[dict[str, str]] = {
    SmileSays.CLAIMED: N_("Smile shows the claim: off every call list"),
    SmileSays.NOT_CLAIMED: N_("Smile shows none: to be phoned"),
    SmileSays.NOT_FOUND: N_("neither KPJ nor NIK is known to Smile: stays on the list"),
}


def how_far(counts: CheckCounts) -> str:
    """Left, of these with the word of the person, with colleagues, and done today."""
    parts = [ngettext("1 left", "{n} left", counts.waiting).format(n=number(counts.waiting))]
    if counts.say_claimed:
        parts.append(_("{n} say it is claimed").format(n=number(counts.say_claimed)))
    if counts.with_others:
        parts.append(_("{n} with colleagues").format(n=number(counts.with_others)))
    parts.append(_("{n} done today").format(n=number(counts.done_today)))
    return " · ".join(parts)
