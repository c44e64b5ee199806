"""The voucher desk in words: days, states with who holds the paper, what differs, and counts of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from store.claim_file_rows import BatchCount, FileRow
from store.rules.matching import PAYEE_DIFFERS
from store.rules.money import format_rupiah
from store.rules.vouchers import FileState
from store.stack_rows import StackRow
from tui.commands.vouchers import SHOWN
from tui.i18n import WIB, _, day_words, ngettext, number, short_moment
from tui.widgets.ink import Line, Piece
from tui.words import claim_files, vouchers

Holders = Mapping[int, StackRow]
"""The stacks that are out, by number."""

ROLES = {
    FileState.RECEIVED: "warn",
    FileState.MATCHED: "good",
    FileState.PRINTED: "warn",
    FileState.CONFIRMED: "normal",
    FileState.OUT: "normal",
    FileState.COMPLETE: "good",
    FileState.ARCHIVED: "muted",
    FileState.VOID: "muted",
}


def day(of: date, now: datetime) -> str:
    """A day in words: 'hari ini', 'Selasa 5 September'."""
    return day_words(of, now.astimezone(WIB).date())


def day_cell(of: date | None, now: datetime) -> str:
    """A day in five cells: '05-09', in another year '09/22'; '–' where none is known."""
    if of is None:
        return "–"
    return f"{of:%d-%m}" if of.year == now.astimezone(WIB).year else f"{of:%m/%y}"


def amount_cell(row: FileRow) -> str:
    return "–" if row.amount is None else format_rupiah(row.amount)


def state_cell(row: FileRow, holders: Holders, now: datetime) -> Piece:
    """Where the paper is; who holds it since when, or what differs."""
    role = ROLES[row.state]
    if row.state is FileState.RECEIVED:
        said = [vouchers.verdict(code) for code in row.differences] if row.payment_id is not None else []
        return ", ".join(said) or vouchers.verdict("no-transaction"), role
    held = holders.get(row.holder) if row.holder is not None else None
    if row.state is FileState.OUT and held is not None:
        words = _("{who} since {when}").format(who=held.given_to, when=short_moment(held.made_at, now))
        return words, "warn" if held.late else role
    return claim_files.state(row.state), role


def row_pieces(row: FileRow) -> list[Piece]:
    """One file in a line: whose it is, its card and code; what differs, with both sides."""
    if row.waits_for_yes and row.comparison is not None:
        said = " · ".join(said_differences(row))
        return [(f"{vouchers.cut(row.name or row.payee)}: ", "strong"), (said, "warn")]
    told = [row.program, f"KPJ {row.kpj}" if row.kpj else "", row.code]
    if row.state is FileState.RECEIVED:
        told.append(_("no listing explains it yet"))
    elif row.approved_by:
        told.append(_("approved by {who}: {why}").format(who=row.approved_by, why=row.approved_why))
    name = vouchers.cut(row.name or row.payee)
    return [(f"{name}  ", "strong"), (" · ".join(part for part in told if part), "muted")]


def said_differences(row: FileRow) -> list[str]:
    """What differs, with both sides; who was paid where it is somebody else."""
    found = row.comparison
    if found is None:
        return [vouchers.verdict("no-transaction")]
    said = vouchers.differences(found)
    if not said:  # the amount differs, and this person sees no amounts
        said = [vouchers.verdict(code) for code in row.differences]
    if PAYEE_DIFFERS in found.needs_yes:
        said[-1] = _("paid to {payee}").format(payee=vouchers.cut(row.payee))
    return said


def batch_pieces(counts: Sequence[BatchCount]) -> list[Piece]:
    """What is ready to be printed: how many, by programme, and their amount."""
    files = sum(count.files for count in counts)
    if not files:
        return [(_("Nothing is ready to be printed."), "muted")]
    words = ngettext("1 voucher ready to print", "{n} vouchers ready to print", files).format(n=number(files))
    parts = " · ".join(f"{count.program} {number(count.files)}" for count in counts)
    amounts = [count.amount for count in counts if count.amount is not None]
    amount = f" · {format_rupiah(sum(amounts))}" if amounts else ""
    return [(words, "strong"), (f"  {parts}{amount}", "muted")]


def scope_lines(chosen: str, counted: Mapping[str, int], width: int) -> list[Line]:
    """The scopes with their keys and counts, in two rows."""
    lines = []
    for part in (SHOWN[:5], SHOWN[5:]):
        pieces: list[Piece] = [(" ", "normal")]
        for name, key, label, _title, _help in part:
            count = f" {number(counted[name])}" if counted.get(name) else ""
            pieces += [
                (key, "key"),
                (f" {_(label)}{count}", "strong" if name == chosen else "normal"),
                ("  ", "normal"),
            ]
        lines.append(Line(tuple(pieces)))
    return lines
