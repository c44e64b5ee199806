"""What stands on the papers of the archive, in words: labels, contents, code slips, the record of a destruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from printing.archive_sheets import (
    BoxLabel,
    ContentsRow,
    ContentsSheet,
    ContentsWords,
    DestroyedPlace,
    DestructionSheet,
    DestructionWords,
    LabelSheet,
    LabelWords,
    SlipRow,
    SlipSheet,
    SlipWords,
)
from store.archive_rows import ArchivedRow, DestructionRow, PlaceRow
from store.rows import Me
from store.rules.archive import Gap
from tui.i18n import WIB, _, period_words, weekday_names
from tui.words.archive import WAYS, gap_sentence, kind, lent_to, list_number, name_of
from tui.words.letters import printable
from tui.words.paper import paper_words, place_of, stamp
from tui.words.vouchers_paper import programs


def label_words() -> LabelWords:
    """What every label of a box says."""
    return LabelWords(
        paper=paper_words(),
        title=_("Box labels"),
        programs=programs(),
        period=_("Period"),
        shelf=_("Shelf"),
        first=_("From code"),
        last=_("To code"),
        files=_("{n} files"),
        keep_until=_("kept until"),
        cut=_("cut here"),
    )


def contents_words() -> ContentsWords:
    """What every content list says."""
    return ContentsWords(
        paper=paper_words(),
        title=_("Contents of"),
        programs=programs(),
        box="{kind} {number}",
        period=_("Period"),
        shelf=_("Shelf"),
        count=_("{n} files"),
        number=_("No."),
        decision=_("Decision number"),
        code=_("Transaction code"),
        participant=_("KPJ and participant"),
        company=_("Company"),
        tax=_("Tax (PPh 21)"),
        amount=_("Amount paid"),
        account=_("Account of the payee"),
        sheets=_("Sheets"),
        original=_("Original or copy"),
        note=_("Note"),
        gaps=_("What is missing in between"),
        total=_("Total"),
        empty=_("This box is still empty."),
    )


def slip_words() -> SlipWords:
    """What every code slip says."""
    return SlipWords(
        paper=paper_words(),
        title=_("Transaction codes to be written"),
        explained=_("Write each code onto its voucher by pen, then tick its box. The order is that of the box."),
        count=_("{n} files"),
        no_code=_("(no code yet)"),
        empty=_("No file lacks its code."),
    )


def destruction_words() -> DestructionWords:
    """What every record of a destruction says."""
    return DestructionWords(
        paper=paper_words(),
        title=_("Record of destroyed archives"),
        number=_("Number {number}"),
        weekdays=weekday_names(),
        programs=programs(),
        opening=_(
            "On this day, {weekday}, {date}, in {place}, the contents of {places} places of the archive, "
            "{files} files, were destroyed: {way}."
        ),
        proposed=_("Proposed to be destroyed: the contents of {places} places of the archive, {files} files."),
        approved=_("Approved by {name} on {date}."),
        closing=_("This record was made truthfully, to be used as needed."),
        note=_("Note: {note}"),
        position=_("No."),
        kind=_("Kind"),
        place_number=_("Number"),
        program=_("Programme"),
        period=_("Period"),
        shelf=_("Shelf"),
        files=_("Files"),
        keep_until=_("Kept until"),
        total=_("Total"),
        carried_out=_("Carried out by"),
        head=_("Agreed to by"),
        witness=_("Witness"),
        empty=_("Nothing is proposed."),
    )


# What each paper says -------------------------------------------------------------------------------------------------


def label(row: PlaceRow, me: Me, now: datetime) -> tuple[LabelSheet, LabelWords]:
    """The label of one place."""
    return LabelSheet(stamp(me, now), (_label(row),)), label_words()


def _label(row: PlaceRow) -> BoxLabel:
    return BoxLabel(
        kind=kind(row.kind).upper(),
        number=printable(row.number),
        program=row.program,
        period=period_words(row.period) if row.period else _days(row),
        shelf=printable(row.shelf),
        first=printable(row.first),
        last=printable(row.last),
        files=row.files,
        keep_until=row.keep_until,
        note=printable(row.note),
    )


def _days(row: PlaceRow) -> str:
    """From the first to the last day of its papers, where no period was said."""
    if row.first_day is None or row.last_day is None:
        return ""
    first, last = f"{row.first_day:%Y-%m}", f"{row.last_day:%Y-%m}"
    return period_words(first if first == last else f"{first}..{last}")


def contents(
    row: PlaceRow, files: Sequence[ArchivedRow], gaps: Sequence[Gap], me: Me, now: datetime
) -> tuple[ContentsSheet, ContentsWords]:
    """What lies in a place, with what is missing in between."""
    today = now.astimezone(WIB).date()
    rows = tuple(
        ContentsRow(
            decision=printable(each.decision),
            code=printable(each.code),
            kpj=each.kpj,
            name=printable(each.name),
            company=printable(each.company),
            dated=each.dated,
            tax=each.tax,
            amount=each.amount,
            account=each.account,
            bank=printable(each.bank),
            account_name=printable(each.account_name),
            sheets=each.sheets,
            original=printable(each.original),
            note=printable(" · ".join(filter(None, (each.note, lent_to(each, today))))),
        )
        for each in files
    )
    told = tuple(printable(gap_sentence(gap, today)) for gap in gaps)
    return ContentsSheet(stamp(me, now), _label(row), rows, told), contents_words()


def slip(row: PlaceRow, files: Sequence[ArchivedRow], me: Me, now: datetime) -> tuple[SlipSheet, SlipWords]:
    """The codes of a place in its order, to be written by hand."""
    rows = tuple(SlipRow(printable(each.code), printable(each.name), each.kpj) for each in files)
    return SlipSheet(stamp(me, now), printable(name_of(row)), rows), slip_words()


def destruction(
    row: DestructionRow, places: Sequence[PlaceRow], me: Me, now: datetime
) -> tuple[DestructionSheet, DestructionWords]:
    """The record of a destruction, or before it the list to be agreed to."""
    told = tuple(
        DestroyedPlace(
            kind=kind(each.kind),
            number=printable(each.number),
            program=each.program,
            period=period_words(each.period) if each.period else _days(each),
            shelf=printable(each.shelf),
            files=each.files,
            keep_until=each.keep_until,
        )
        for each in places
    )
    sheet = DestructionSheet(
        stamp=stamp(me, now),
        number=list_number(row.destruction_id),
        place=place_of(me.office),
        done_on=None if row.done_at is None else row.done_at.astimezone(WIB).date(),
        way=_(WAYS[row.way]) if row.way in WAYS else printable(row.way),
        rows=told,
        approved_by=printable(row.approved_by),
        approved_on=None if row.approved_at is None else row.approved_at.astimezone(WIB).date(),
        carried_out_by=printable(row.done_by),
        witnesses=tuple(printable(each) for each in row.witnesses),
        note=printable(row.note),
    )
    return sheet, destruction_words()
