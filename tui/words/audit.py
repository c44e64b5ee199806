"""The audit trail as a whole in words: that it is whole, or which link does not hold and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from printing.trail_sheets import TrailLine, TrailSheet, TrailWords
from store.rows import AuditBreak, Me
from store.rules.trail import TrailKind, kind_of
from store.trail import LINES, TrailFilter, TrailRow
from store.workbooks.results_out import SheetOut
from tui.i18n import N_, WIB, _, hour, long_date, ngettext, number
from tui.words.daily import WORK
from tui.words.errors import PERMISSIONS
from tui.words.letters import printable
from tui.words.paper import paper_words, stamp
from tui.words.reasons import FIELDS
from tui.words.trail import ACTIONS

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


KINDS: Final[dict[str, str]] = {
    TrailKind.LOOK: N_("looks"),
    TrailKind.EXPORT: N_("files out"),
    TrailKind.PRINT: N_("prints"),
    TrailKind.LOGIN: N_("logins"),
    TrailKind.REFUSED: N_("refusals"),
    TrailKind.CHANGE: N_("changes"),
}
"""By kind of entry, in the order in which they are asked."""

DEEDS: Final[dict[str, str]] = {
    "session.start": N_("Loket started"),
    "session.end": N_("Loket ended"),
    "session.refused": N_("turned away: disabled"),
    "session.unknown": N_("somebody who is not known here tried to come in"),
    "screen.lock": N_("screen locked"),
    "screen.unlock": N_("screen opened again"),
    "pin.given": N_("PIN given"),
    "pin.chosen": N_("PIN chosen"),
    "pin.wrong": N_("PIN wrong"),
    "pin.exhausted": N_("PIN wrong, tries used up"),
    "pin.reset": N_("code in place of a PIN handed out"),
    "export.participants": N_("list of participants saved"),
    "export.results": N_("results saved"),
    "export.trail": N_("part of the trail saved"),
    "export.answer": N_("quick answer printed"),
    "call-list.paper": N_("call list on paper"),
    "print.reserve": N_("sheets reserved for printing"),
    "print.adopt": N_("print taken over"),
    "print.stop": N_("print stopped"),
    "voucher.reserve": N_("voucher numbered"),
    "voucher.reprint": N_("voucher to be printed again"),
    "voucher.void": N_("voucher declared void"),
    "voucher.replace": N_("voucher replaced"),
    "file.receive": N_("claim file received"),
    "file.match": N_("claim file matched"),
    "file.unmatch": N_("claim file taken off its transaction"),
    "file.amend": N_("claim file corrected"),
    "approval.files": N_("differences of claim files approved"),
    "approval.void-file": N_("claim file declared void"),
    "approval.destruction": N_("destruction approved"),
    "listing.import": N_("listing of transactions brought in"),
    "listing.paid": N_("paid list brought in"),
    "stack.out": N_("stack out for signing"),
    "stack.back": N_("stack came back"),
    "stack.sign": N_("signatures noted"),
    "archive.put": N_("put into a box"),
    "archive.take-out": N_("taken out of a box"),
    "archive.borrow": N_("borrowed from the archive"),
    "archive.return": N_("back in the archive"),
    "staff.add": N_("staff member added"),
    "staff.role": N_("role changed"),
    "staff.assign": N_("assigned to other work"),
    "staff.disable": N_("access ended"),
    "staff.share": N_("shared account changed"),
    "office.create": N_("office made"),
    "office.setting": N_("setting changed"),
    "office.calendar": N_("public holidays filled in"),
    "backup.made": N_("backup made"),
    "backup.drill": N_("backup tried"),
    "trail.anchor": N_("head of the trail fixed"),
    "trail.anchored": N_("head of the trail kept outside"),
    "correction.make": N_("value corrected"),
    "correction.approve": N_("correction approved"),
    "correction.back": N_("correction taken back"),
    "recap.close": N_("period closed"),
}
"""By action of the trail, those that are in nobody's own history (`tui.words.trail`)."""


def deed(row: TrailRow) -> str:
    """What was done, with the fields it touched, how often it was refused, and the reason."""
    name = DEEDS.get(row.action) or ACTIONS.get(row.action)
    head = WORK.get(row.action.partition(".")[0])
    text = row.action
    if name:
        text = _(name)
    elif head:
        text = _(head) + f" ({row.action})"
    if row.refused:
        told = (_(PERMISSIONS[row.refused]), row.deed) if row.refused in PERMISSIONS else (row.deed, row.refused)
        text = _("refused: {deed} ({right})").format(deed=told[0], right=told[1])
        if row.times > 1:
            text += " " + ngettext("{n} time", "{n} times", row.times).format(n=number(row.times))
    if row.undo_of is not None:
        of = _("of number {number}").format(number=row.undo_of)
        text = f"{text} ({of})"
    touched = [_(FIELDS[field]) for field in row.fields if field in FIELDS]
    text = f"{text}: {', '.join(touched)}" if touched else text
    return " · ".join(part for part in (text, row.why) if part)


def whom(row: TrailRow) -> str:
    """About whom: the person, and how many others; or what a refusal was about."""
    if not row.kpj:
        return row.about
    name = " ".join(part for part in (row.kpj, row.person) if part)
    others = row.people - 1
    if others <= 0:
        return name
    if row.lines > LINES:
        return _("{name} and others").format(name=name)
    return ngettext("{name} and {n} other", "{name} and {n} others", others).format(name=name, n=number(others))


def asked(wanted: TrailFilter) -> str:
    """The filter in words; '' for everything."""
    parts = []
    if wanted.kpj:
        parts.append(_("participant {kpj}").format(kpj=wanted.kpj))
    if wanted.staff:
        parts.append(_("by {login}").format(login=wanted.staff))
    if wanted.start is not None or wanted.end is not None:
        first = long_date(wanted.start) if wanted.start else "…"
        last = long_date(wanted.end) if wanted.end else "…"
        parts.append(f"{first} – {last}" if first != last else first)
    if wanted.kind:
        parts.append(_(KINDS[wanted.kind]))
    return " · ".join(parts)


def stamp_of(row: TrailRow) -> str:
    """Day and time with seconds of the office's clock, as files sort it."""
    return f"{row.at.astimezone(WIB):%Y-%m-%d %H:%M:%S}"


def sheets(rows: Sequence[TrailRow], wanted: TrailFilter) -> list[SheetOut]:
    """The rows as a sheet."""
    header = (_("Number"), _("When"), _("Login"), _("Name"), _("Kind"), _("Work"), _("About"), _("Action"))
    told = (
        (
            *(row.audit_id, stamp_of(row), row.login, row.by),
            *(_(KINDS[kind_of(row.action)]), deed(row), whom(row), row.action),
        )
        for row in rows
    )
    return [SheetOut(asked(wanted) or _("Trail"), header, told)]


def pages(
    rows: Sequence[TrailRow], wanted: TrailFilter, anchor: str, me: Me, now: datetime
) -> tuple[TrailSheet, TrailWords]:
    """The rows on paper, with the head of the trail as it is now."""
    lines = tuple(
        TrailLine(str(row.audit_id), stamp_of(row), *map(printable, (f"{row.by} ({row.login})", deed(row), whom(row))))
        for row in rows
    )
    words = TrailWords(
        paper=paper_words(),
        title=_("Audit trail"),
        number=_("Number"),
        when=_("When"),
        who=_("By"),
        deed=_("Work"),
        whom=_("About"),
        empty=_("Nothing of that stands in the trail."),
    )
    return TrailSheet(stamp(me, now), asked(wanted) or _("everything"), lines, anchor), words


def _when(at: datetime) -> str:
    return f"{long_date(at.astimezone(WIB).date())} {hour(at)}"
