"""PINs in words: why one is not taken, how many tries are left, what to do when it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from store.pins import PinAnswer
from store.rules.pins import Weakness
from tui.i18n import N_, _, moment, ngettext

WEAK: Final[dict[str, str]] = {
    Weakness.LENGTH: N_("A PIN has 6 to 12 digits."),
    Weakness.SAME: N_("One or two different digits are guessed at once. Take more of them."),
    Weakness.ROW: N_("Digits in a row, or repeated, are guessed at once. Mix them."),
    Weakness.BIRTH: N_("That reads as a birth date or year, which others know. Take other digits."),
    "twice": N_("The two were not the same. Type the new PIN once more."),
    Weakness.BEFORE: N_("That is the one that was there before. Take another one."),
}


def weak(why: str) -> str:
    """Why a PIN is not taken."""
    return _(WEAK[why])


def refused(answer: PinAnswer, now: datetime) -> str:
    """What came of a wrong try, and what to do next."""
    if answer.over:
        return _("The code was for three days, and these are over. The administrator gives you another one.")
    if answer.try_at is not None:
        text = _("Too many wrong tries: the next is looked at {when}. Forgotten? The administrator gives you a code.")
        return text.format(when=moment(answer.try_at, now))
    text = ngettext("That is not the PIN. 1 try is left.", "That is not the PIN. {n} tries are left.", answer.left)
    return text.format(n=answer.left)
