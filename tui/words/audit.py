"""The audit trail as a whole in words: that it is whole, or which link does not hold and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from store.rows import AuditBreak
from tui.i18n import N_, WIB, _, hour, long_date, ngettext, number

if TYPE_CHECKING:
    from store.rules.anchors import Anchor

PROBLEMS: Final[dict[str, str]] = {
    "entry-missing": N_("an entry was taken out before this one"),
    "entry-altered": N_("the entry was changed, slipped in, or put in another place"),
    "change-altered": N_("what the entry says was changed to what was changed"),
    "changes-differ": N_("lines of the entry were taken out, slipped in or pointed at something else"),
    "tail-missing": N_("the end of what somebody did was cut off"),
    "seal": N_("the end of what somebody did is not the one that the next opening sealed"),
    "opening": N_("an opening of Loket before this one was taken out or changed"),
    "session-missing": N_("a whole opening of Loket was taken out"),
    "anchor-missing": N_("the anchor with this number is not in the trail: it was cut off, or written anew"),
    "anchor-differs": N_("the anchor stands otherwise in the trail than outside: the trail was written anew"),
    "anchored-head": N_("what stood in the trail when this anchor was made is not there any more"),
}
"""By problem of a break: what was done."""


def whole(anchors: Sequence[Anchor]) -> str:
    """That all holds, and with how many anchors that was said."""
    text = _("The trail is whole.")
    if not anchors:
        return text
    held = ngettext(
        "It bears out 1 anchor, the last of {when}.", "It bears out {n} anchors, the last of {when}.", len(anchors)
    )
    return f"{text} {held.format(n=number(len(anchors)), when=_when(anchors[-1].at))}"


def broken(found: AuditBreak, anchors: Sequence[Anchor]) -> str:
    """The first link that does not hold, what that means, until when all was well, and the next step."""
    what = _(PROBLEMS.get(found.problem, found.problem))
    lines = []
    if found.problem.startswith("anchor"):
        said = _("The trail is broken at anchor {number}: {problem}").format(number=found.audit_id, problem=what)
        lines.append(f"{said}.")
        good = [each for each in anchors if found.audit_id is not None and each.number < found.audit_id]
        if good:
            text = _("Up to the anchor of {when} (entry {number}) it holds.")
            lines.append(text.format(when=_when(good[-1].at), number=good[-1].number))
        lines.append(_("After a backup was restored that is as it should be for anchors made later than that backup."))
    else:
        said = _("The trail is broken at session {session}, entry {seq}: {problem}").format(
            session=found.session_id, seq=found.seq, problem=what
        )
        lines.append(f"{said}.")
        if found.audit_id is not None:
            lines.append(_("That is number {number} of the trail.").format(number=found.audit_id))
    lines.append(
        _(
            "Change nothing. Keep a copy of the database as it is, tell the head of the office, and hold it against the"
            " backups: loket restore FILE --into FOLDER, then loket audit verify there, the newest one first."
        )
    )
    return "\n".join(lines)


def _when(at: datetime) -> str:
    return f"{long_date(at.astimezone(WIB).date())} {hour(at)}"
