"""What stands on the papers of the archive, in words: labels, contents, code slips, the record of a destruction."""

from __future__ import annotations

from printing.archive_sheets import ContentsWords, DestructionWords, LabelWords, SlipWords
from tui.i18n import _, weekday_names
from tui.words.paper import paper_words
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
