"""The voucher desk in words: days, states with who holds the paper, what differs, and counts of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from store.claim_file_rows import BatchCount, FileRow
from store.claim_files import Received
from store.rules.matching import PAYEE_DIFFERS, Verdict
from store.rules.money import format_rupiah
from store.rules.vouchers import FileState
from store.stack_rows import StackRow
from store.voucher_days import VoucherDay
from store.voucher_rows import VoucherRow
from tui.commands.vouchers import SHOWN
from tui.i18n import N_, WIB, _, day_words, moment, ngettext, number, short_moment
from tui.widgets.ink import Line, Piece, line
from tui.widgets.script_lines import labelled
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


SHORT: Final[dict[tuple[str, ...], str]] = {
    (PAYEE_DIFFERS,): N_("payee differs"),
    (Verdict.AMOUNT, PAYEE_DIFFERS): N_("amount, payee differ"),
    (Verdict.NAME, PAYEE_DIFFERS): N_("name, payee differ"),
    (Verdict.PROGRAM, PAYEE_DIFFERS): N_("progr., payee differ"),
}
"""What differs, in the room of a cell at 80 columns; the line below the list says it with both sides."""


def state_cell(row: FileRow, holders: Holders, now: datetime) -> Piece:
    """Where the paper is; who holds it since when, or what differs."""
    role = ROLES[row.state]
    if row.state is FileState.RECEIVED:
        found = row.differences if row.payment_id is not None else ()
        if (short := SHORT.get(tuple(found))) is not None:
            return _(short), role
        return ", ".join(map(vouchers.verdict, found)) or vouchers.verdict("no-transaction"), role
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


def name(row: FileRow) -> str:
    """Whose file it is, short enough for a sentence."""
    return vouchers.cut(row.name or row.payee or row.kpj or _("nobody named"))


def short(text: str) -> str:
    return vouchers.cut(text)


def became(found: Received) -> str:
    """What became of a file that was held against its transaction."""
    if found.comparison is None:
        return vouchers.verdict("no-transaction")
    if found.state is FileState.MATCHED:
        return claim_files.state(found.state)
    said = "; ".join(vouchers.differences(found.comparison))
    return _("{differences} (waits for a yes)").format(differences=said)


def unreadable(field: str) -> str:
    """Why a line of a paper is not taken, with what it may be."""
    if field == "amount":
        return _("That is no amount: type it as 4.500.000 or 4500000, or leave the line empty.")
    return _("The programme is JHT, JKK, JKM or JP.")


def page_lines(
    row: FileRow, sheets: Sequence[VoucherRow], stack: StackRow | None, now: datetime, width: int
) -> list[Line]:
    """One file in lines of `width` cells: paper, transaction, what differs, its way."""
    lines = [line((f" {name(row)}", "strong"))]

    def told(label: str, text: str, role: str = "normal") -> None:
        if text:
            lines.extend(labelled(label, text, width, 4, role))

    told(_("State"), _state_words(row, stack, now), ROLES[row.state])
    told("KPJ", row.kpj)
    told(_("Programme"), row.program)
    told(_("Paid to"), row.payee)
    if row.payment_id is not None:
        when = "" if row.paid_on is None else day(row.paid_on, now)
        amount = "" if row.amount is None else format_rupiah(row.amount)
        told(_("Transaction"), " · ".join(part for part in (row.code, when, amount) if part))
    else:
        told(_("Transaction"), vouchers.verdict("no-transaction"), "warn")
    if row.typed_amount is not None:
        told(_("Penetapan"), format_rupiah(row.typed_amount))
    if row.differences:
        told(_("Differs"), " · ".join(said_differences(row)), "warn" if row.waits_for_yes else "muted")
    told(_("Received"), _by(row.received_by, row.received_at, now))
    told(_("Matched"), _by(row.matched_by, row.matched_at, now))
    told(_("Approved"), f"{_by(row.approved_by, row.approved_at, now)}: {row.approved_why}" if row.approved_by else "")
    for sheet in sheets:
        told(*_sheet(sheet, now))
    told(_("Note"), row.note)
    return lines


def _by(who: str, at: datetime | None, now: datetime) -> str:
    return "" if at is None or not who else f"{moment(at, now)}, {who}"


def _state_words(row: FileRow, stack: StackRow | None, now: datetime) -> str:
    if row.state is FileState.RECEIVED and row.waits_for_yes:
        return _("received; waits for an officer's yes")
    if row.state is FileState.OUT and stack is not None:
        words = _("{state}: {who} since {when}, stack {number}")
        return words.format(
            state=claim_files.state(row.state),
            who=stack.given_to,
            when=moment(stack.made_at, now),
            number=number(stack.number),
        )
    return claim_files.state(row.state)


def _sheet(sheet: VoucherRow, now: datetime) -> tuple[str, str, str]:
    """A printed sheet: its number, when its paper was seen, why it is void or a copy."""
    label = _("Voucher {number}").format(number=sheet.number)
    copy = _("reprint {n}: {why}").format(n=sheet.copy, why=sheet.reason) if sheet.copy else ""
    seen = "" if sheet.printed_at is None else _("paper seen {when}").format(when=moment(sheet.printed_at, now))
    waits = _("nobody has seen its paper yet") if sheet.printed_at is None and sheet.void_at is None else ""
    void = "" if sheet.void_at is None else _("void, {who}: {why}").format(who=sheet.void_by, why=sheet.void_why)
    text = " · ".join(part for part in (copy, seen, waits, void) if part)
    return label, text, "muted" if sheet.void_at is not None else "normal"


def waits(found: Received) -> bool:
    """Whether something of it waits for a yes."""
    return found.state is not FileState.MATCHED


def day_amount(row: VoucherDay) -> str:
    return "" if row.amount is None or not row.transactions else format_rupiah(row.amount)


def day_words_of(row: VoucherDay, now: datetime) -> str:
    """A day in a line: its listing, what is here, what is missing, its amount."""
    parts = [day(row.day, now).capitalize()]
    if row.transactions:
        words = _("{here} of {all} of the listing are here")
        here = row.transactions - row.without_file
        parts.append(words.format(here=number(here), all=number(row.transactions)))
    else:
        parts.append(_("no listing yet"))
    parts.append(day_amount(row))
    return " · ".join(part for part in parts if part)
