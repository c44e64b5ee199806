"""The archive in words: places, what lies where, what is missing and where it is, loans, destruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from store.archive_rows import (
    ArchiveCounts,
    ArchivedRow,
    CodeSuggestion,
    DestructionRow,
    LoanRow,
    MonthRow,
    Neighbours,
    PlaceRow,
    Put,
    Waiting,
)
from store.rules.archive import DestructionState, Gap, PlaceKind, Whereabouts
from store.rules.dates import format_short
from store.rules.money import format_rupiah
from tui.i18n import N_, WIB, _, day_words, ngettext, number, period_words
from tui.widgets.ink import Piece, cut
from tui.words.claim_files import state

KINDS: Final[dict[str, str]] = {
    PlaceKind.BOX: N_("box"),
    PlaceKind.NPP_FOLDER: N_("NPP folder"),
    PlaceKind.BUBM: "BUBM",
    PlaceKind.RB: "RB",
    PlaceKind.RK: "RK",
    PlaceKind.SCAN: N_("scans"),
    PlaceKind.OTHER: N_("other place"),
}
"""What papers are kept in."""

WHERE: Final[dict[str, str]] = {
    Whereabouts.NOT_RECEIVED: N_("not received"),
    Whereabouts.ON_DESK: N_("on the desk"),
    Whereabouts.UNSIGNED: N_("unsigned"),
    Whereabouts.WAITS: N_("waits for its box"),
    Whereabouts.TROUBLE: N_("could not be archived"),
    Whereabouts.BORROWED: N_("lent"),
    Whereabouts.ELSEWHERE: N_("in another place"),
    Whereabouts.NO_PLACE: N_("in no place"),
    Whereabouts.DESTROYED: N_("destroyed"),
}
"""Where a paper is that is missing, as one short statement."""

STATES: Final[dict[str, str]] = {
    DestructionState.PROPOSED: N_("waits for a yes"),
    DestructionState.APPROVED: N_("approved"),
    DestructionState.DONE: N_("destroyed"),
    DestructionState.DROPPED: N_("dropped"),
}
"""How a destruction list stands."""

WAYS: Final[dict[str, str]] = {"shredded": N_("shredded"), "burnt": N_("burnt")}
"""How papers are destroyed."""

CONTENTS_HEADINGS: Final = (
    *(N_("Classification code"), N_("Decision number"), N_("Transaction code"), N_("KPJ number"), N_("Participant")),
    *(N_("Company"), N_("Tax (PPh 21)"), N_("Amount paid"), N_("Account of the payee"), N_("Bank")),
    *(N_("Account holder"), N_("Sheets"), N_("Original or copy"), N_("Note"), N_("Box number"), N_("Shelf number")),
)
"""The headings of the contents as a workbook (domain.md 3.2)."""


def kind(code: str) -> str:
    return _(KINDS[code]) if code in KINDS else code


# Places ---------------------------------------------------------------------------------------------------------------


def place_name(kind_: str, program: str, number_: str) -> str:
    """'box JHT 14', 'NPP folder 00030283'."""
    return " ".join(filter(None, (kind(kind_), program, number_)))


def name_of(row: PlaceRow) -> str:
    return place_name(row.kind, row.program, row.number)


def filled(row: PlaceRow) -> Piece:
    """'37/40', with a word where it is full."""
    if not row.capacity:
        return number(row.files), "normal"
    text = f"{number(row.files)}/{number(row.capacity)}"
    return (f"{text} !", "warn") if row.files >= row.capacity else (text, "normal")


def place_state(row: PlaceRow) -> Piece:
    """How a place stands, in a word."""
    if row.destroyed_at is not None:
        return _("destroyed"), "muted"
    if row.closed_at is not None:
        return _("closed"), "muted"
    if row.capacity and row.files >= row.capacity:
        return _("full"), "warn"
    return (_("in use"), "good") if row.files else (_("empty"), "muted")


def place_period(row: PlaceRow) -> str:
    return period_words(row.period) if row.period else _("any")


def place_lines(row: PlaceRow, today: date) -> list[str]:
    """All of a place, for the lines below a list."""
    ends = _("codes {first} to {last}").format(first=row.first, last=row.last) if row.first else ""
    period = period_words(row.period) if row.period else ""
    first = " · ".join(filter(None, (name_of(row), _shelf(row.shelf), period, _files(row.files))))
    lent = ngettext("1 lent", "{n} lent", row.borrowed).format(n=number(row.borrowed)) if row.borrowed else ""
    no_day = ngettext("1 of unknown day", "{n} of unknown day", row.undated).format(n=number(row.undated))
    keep = ""
    if row.keep_until is not None:
        over = row.keep_until < today
        text = _("kept until {day}: over") if over else _("kept until {day}")
        keep = text.format(day=format_short(row.keep_until))
    second = " · ".join(filter(None, (lent, keep, no_day if row.undated else "", row.note, ends)))
    return [first, second]


def _shelf(shelf: str) -> str:
    return _("shelf {shelf}").format(shelf=shelf) if shelf else _("no shelf noted")


def _files(count: int) -> str:
    return ngettext("1 file", "{n} files", count).format(n=number(count))


# Files ----------------------------------------------------------------------------------------------------------------


def rupiah(amount: int | None) -> str:
    return "" if amount is None else format_rupiah(amount)


def where_lies(row: ArchivedRow) -> Piece:
    """Where a file is, for a narrow column: 'box JHT 3 · R2'."""
    if row.trouble:
        return _("could not be archived"), "warn"
    if row.destroyed_at is not None:
        return _("destroyed"), "muted"
    if row.place_kind is None:
        return _("in no place"), "warn"
    name = place_name(row.place_kind, row.place_program, row.place_number)
    text = " · ".join(filter(None, (name, row.shelf)))
    if row.loan_id is not None:
        return _("LENT · {place}").format(place=text), "bad" if row.late else "warn"
    return text, "normal"


def file_details(row: ArchivedRow, today: date) -> str:
    """What is known of a file beside its code, name and card, in one line."""
    dated = format_short(row.dated) if row.dated is not None else ""
    sheets = ngettext("1 sheet", "{n} sheets", row.sheets).format(n=row.sheets) if row.sheets is not None else ""
    told = [lent_to(row, today), rupiah(row.amount), dated, row.company, row.decision, sheets, row.original, row.note]
    return " · ".join(filter(None, (*told, _("by {name}").format(name=row.archived_by))))


def lent_to(row: ArchivedRow, today: date) -> str:
    """Who has a file, and until when; '' for one that lies in its place."""
    if row.loan_id is None:
        return ""
    if row.due_on is None:
        return _("{who} has it").format(who=row.borrower)
    text = _("{who} should have brought it back {day}") if row.late else _("{who} has it until {day}")
    return text.format(who=row.borrower, day=day_words(row.due_on, today))


def next_lines(waiting: Waiting, goes: Neighbours) -> list[list[Piece]]:
    """The next file and where it goes, or why it does not go in, in two lines."""
    name, program, code = waiting.file.name, waiting.file.program, waiting.file.code
    box = place_name(PlaceKind.BOX, program, goes.number)
    shelf = _shelf(goes.place.shelf) if goes.place is not None else _("a new box")
    between = _between(goes)
    first = [(_("Next") + "  ", "muted"), (f"{program} {code}  ", "strong"), (name, "strong")]
    if waiting.lies:
        return [first, [(_("A register knows it in {place} already.").format(place=waiting.lies), "warn")]]
    return [
        first,
        [("→ ", "key"), (f"{box}", "key"), (f" · {shelf} · {between}", "normal")],
    ]


def _between(goes: Neighbours) -> str:
    position = _("place {n}").format(n=number(goes.position))
    if goes.before and goes.after:
        text = _("{position}, between {before} and {after}")
    elif goes.before:
        text = _("{position}, behind {before}")
    elif goes.after:
        text = _("{position}, before {after}")
    else:
        text = _("{position}, the first one in it")
    return text.format(position=position, before=goes.before, after=goes.after)


def counts_line(found: ArchiveCounts) -> list[Piece]:
    """What waits, in one line; keys before what is to be done."""
    pieces: list[Piece] = []
    rows = (
        (found.waiting, "w", ngettext("1 file waits", "{n} files wait", found.waiting), "normal"),
        (found.troubles, "w", ngettext("1 not archived", "{n} not archived", found.troubles), "warn"),
        (found.without_code, "k", ngettext("1 without code", "{n} without code", found.without_code), "warn"),
        (found.borrowed, "s", ngettext("1 lent", "{n} lent", found.borrowed), "normal"),
        (found.late, "s", ngettext("1 late", "{n} late", found.late), "bad"),
        (found.to_approve, "d", ngettext("1 list to approve", "{n} lists to approve", found.to_approve), "warn"),
    )
    for count, key, text, role in rows:
        if count:
            pieces += [(key, "key"), (f" {text.format(n=number(count))}   ", role)]
    return pieces


def day_pieces(found: ArchiveCounts) -> list[Piece]:
    """What the archive asks for today, for the first screen; [] when it is nothing."""
    pieces: list[Piece] = []
    rows = (
        (found.waiting, _("{n} to box"), "normal"),
        (found.late, _("{n} late"), "bad"),
        (found.to_approve, _("{n} lists to approve"), "warn"),
    )
    for count, text, role in rows:
        if count:
            pieces.append(((" · " if pieces else "") + text.format(n=number(count)), role))
    return pieces


def put_said(done: Put) -> str:
    """What was put where, in one sentence."""
    box = place_name(PlaceKind.BOX, done.program, done.number)
    text = _("Into {box}, {shelf}; it is a new one") if done.made else _("Into {box}, {shelf}")
    return text.format(box=box, shelf=_shelf(done.shelf))


def put_many_said(done: Sequence[Put]) -> str:
    """How many went into which boxes."""
    boxes: dict[str, int] = {}
    for each in done:
        name = f"{each.program} {each.number}"
        boxes[name] = boxes.get(name, 0) + 1
    told = ", ".join(f"{name}: {number(count)}" for name, count in list(boxes.items())[:4])
    more = f" +{len(boxes) - 4}" if len(boxes) > 4 else ""
    text = ngettext("1 file is in its box ({told})", "{n} files are in their boxes ({told})", len(done))
    return text.format(n=number(len(done)), told=told + more)


def lying_said(left: Sequence[Waiting]) -> str:
    """Whose files do not go in, because their code lies somewhere already."""
    told = ", ".join(f"{cut(each.file.name, 30)} ({each.lies})" for each in left[:4])
    more = f" +{len(left) - 4}" if len(left) > 4 else ""
    text = ngettext("1 left, known by a register: {told}", "{n} left, known by a register: {told}", len(left))
    return text.format(n=number(len(left)), told=told + more)


# What is missing ------------------------------------------------------------------------------------------------------


def gap_where(gap: Gap, today: date) -> str:
    """Where the paper of a transaction is instead, with who has it."""
    paper, word = gap.paper, _(WHERE[gap.where])
    if gap.where is Whereabouts.UNSIGNED:
        who = ", ".join(paper.unsigned) or paper.with_whom
        since = "" if paper.since is None else day_words(paper.since.astimezone(WIB).date(), today)
        text = _("unsigned at {who} since {day}") if since else _("unsigned at {who}")
        return text.format(who=who, day=since)
    if gap.where is Whereabouts.BORROWED:
        return _("lent to {who}").format(who=paper.borrower)
    if gap.where is Whereabouts.ELSEWHERE:
        return _("lies in {place}").format(place=f"{kind(paper.place_kind)} {paper.place}".strip())
    if gap.where is Whereabouts.TROUBLE:
        return f"{word}: {paper.trouble}"
    if gap.where is Whereabouts.ON_DESK and paper.state is not None:
        return f"{word}: {state(paper.state)}"
    return word


def gap_sentence(gap: Gap, today: date) -> str:
    """'0257 HENDRA: unsigned at Kepala Bidang Keuangan'."""
    return f"{gap.listed.code} {gap.listed.name}: {gap_where(gap, today)}"


def gaps_said(gaps: Sequence[Gap], today: date) -> Piece:
    """Whether something is missing, in one line."""
    if not gaps:
        return _("Nothing is missing between its first and its last code."), "good"
    first = gap_sentence(gaps[0], today)
    more = len(gaps) - 1
    rest = " " + ngettext("and 1 more (l)", "and {n} more (l)", more).format(n=number(more)) if more else ""
    return _("Missing: {first}").format(first=first) + rest, "warn"


def month_line(row: MonthRow) -> str:
    """'JHT 12 of 14 · unsigned 1 · on the desk 1'."""
    start = _("{program} {archived} of {listed}").format(
        program=row.program, archived=number(row.archived), listed=number(row.listed)
    )
    told = [f"{_(WHERE[where])} {number(count)}" for where, count in row.open.items() if count]
    return " · ".join([start, *told])


# Codes ----------------------------------------------------------------------------------------------------------------


def suggested(found: CodeSuggestion | None) -> Piece:
    """The transaction that a file may be, for a column."""
    if found is None:
        return _("no listing has it"), "muted"
    if found.same_name and found.only:
        return found.code, "good"
    return f"? {found.code}", "warn"


def suggestion_line(found: CodeSuggestion | None, at: int, several: int) -> Piece:
    """What speaks for a suggestion, in one line."""
    if found is None:
        return _("Bring in the listing of its day (F5), then its transaction is found here."), "muted"
    parts = [found.code, found.name, rupiah(found.amount), format_short(found.booked_on)]
    parts.append(_("the names agree") if found.same_name else _("THE NAMES DIFFER"))
    if several > 1:
        parts.append(_("{at} of {several}: → shows another").format(at=at + 1, several=several))
    elif not found.only:
        parts.append(_("another file may be it as well"))
    return " · ".join(filter(None, parts)), "good" if found.same_name and found.only else "warn"


# Loans and destruction ------------------------------------------------------------------------------------------------


def loan_state(row: LoanRow, today: date) -> Piece:
    """Until when, or since when it is back."""
    if row.back_at is not None:
        return _("back {day}").format(day=format_short(row.back_at.astimezone(WIB).date())), "muted"
    if row.due_on is None:
        return _("no day said"), "normal"
    text = _("LATE: {day}") if row.late else "{day}"
    due = format_short(row.due_on) if row.late else day_words(row.due_on, today)
    return text.format(day=due), "bad" if row.late else "normal"


def list_number(row_id: int) -> str:
    """How a destruction list and its record are called: 'BA-3' (berita acara)."""
    return f"BA-{row_id}"


def destruction_lines(row: DestructionRow, now: datetime) -> list[str]:
    """All of a destruction list, for the lines below."""
    today = now.astimezone(WIB).date()
    size = _("{places} places, {files} files").format(places=number(row.places), files=number(row.files))
    first = [list_number(row.destruction_id), _(STATES[row.state]), size, row.note]
    made = _("proposed by {name}, {day}").format(name=row.made_by, day=_day(row.made_at, today))
    second = [made]
    if row.approved_at is not None:
        second.append(_("approved by {name}, {day}").format(name=row.approved_by, day=_day(row.approved_at, today)))
    if row.done_at is not None:
        second.append(_("destroyed by {name}, {day}").format(name=row.done_by, day=_day(row.done_at, today)))
    way = _(WAYS[row.way]) if row.way in WAYS else row.way
    return [" · ".join(filter(None, first)), " · ".join(filter(None, (*second, way, ", ".join(row.witnesses))))]


def _day(instant: datetime, today: date) -> str:
    return day_words(instant.astimezone(WIB).date(), today)


def short(row: ArchivedRow) -> str:
    """Whose file it is, where little room is left."""
    return cut(row.name or row.kpj or row.code or row.decision, 30)
