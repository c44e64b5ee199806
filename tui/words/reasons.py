"""What reading a file said about a cell, a row, a column or a sheet, in words."""

from __future__ import annotations

from typing import Final

from store.rows import ColumnDoubt, RowReport
from store.rules.readings import Reason
from tui.i18n import N_, _

RAW = 60
"""Cells that the text of one cell may take in a sentence."""

REASONS: Final[dict[str, str]] = {
    "phone-missing": N_("no telephone number"),
    "phone-unreadable": N_("telephone number cannot be read"),
    "phone-doubtful": N_("telephone number is doubtful"),
    "phone-shared": N_("telephone number of several people"),
    "phones-repaired": N_("telephone number tidied"),
    "nik-missing": N_("no NIK"),
    "nik-malformed": N_("NIK is not valid"),
    "nik-rounded": N_("NIK was rounded by Excel"),
    "nik-numeric": N_("NIK stood as a number, taken as it is"),
    "nik-birthdate-differs": N_("NIK and birth date disagree"),
    "nik-sex-differs": N_("NIK and sex disagree"),
    "nik-shared": N_("NIK of several people"),
    "nik-repaired": N_("NIK tidied"),
    "kpj-missing": N_("no KPJ"),
    "kpj-unusable": N_("KPJ cannot be used"),
    "kpj-unusual": N_("KPJ of an unusual form"),
    "kpj-repaired": N_("KPJ tidied"),
    "kpj-repeated": N_("KPJ stands above already with other data; that row counts"),
    "kpj-unknown": N_("KPJ that nobody has; nobody is made of it"),
    "other-person": N_("name, NIK or birth date are somebody else's"),
    "npp-unusual": N_("NPP of an unusual form"),
    "npp-repaired": N_("NPP tidied"),
    "birthdate-missing": N_("no birth date"),
    "birthdate-unreadable": N_("birth date cannot be read"),
    "date-unreadable": N_("date cannot be read"),
    "date-repaired": N_("birth date read from its text"),
    "email-missing": N_("no e-mail"),
    "email-malformed": N_("e-mail is not valid"),
    "balance-missing": N_("no balance"),
    "balance-unreadable": N_("balance cannot be read"),
    "status-unknown": N_("status is not known"),
    "sex-unreadable": N_("sex cannot be read"),
    "name-missing": N_("no name"),
    "name-odd": N_("hardly a name"),
    "claimed-kept": N_("claimed is known already and stays"),
    "lookup-failed": N_("a formula of the file failed"),
    "several-values": N_("another column says otherwise"),
    "amount-unreadable": N_("amount cannot be read"),
    "nobody-named": N_("neither KPJ nor name"),
    "program-unknown": N_("programme is not known"),
    "sheets-unreadable": N_("number of sheets cannot be read"),
    "place-missing": N_("neither box nor shelf"),
}
"""Reason codes and flags, each as one short statement."""

VERDICTS: Final[dict[str, str]] = {
    "taken": N_("N new"),
    "repaired": N_("R repaired"),
    "doubted": N_("D doubted"),
    "changed": N_("C changed"),
    "same": N_("S same"),
    "refused": N_("X refused"),
}
"""A letter and a word: state is never colour alone."""

VERDICT_ROLES: Final[dict[str, str]] = {
    "taken": "good",
    "repaired": "good",
    "doubted": "warn",
    "changed": "key",
    "same": "muted",
    "refused": "bad",
}

FIELDS: Final[dict[str, str]] = {
    "kpj": N_("KPJ"),
    "nik": N_("NIK"),
    "name": N_("name"),
    "birth_date": N_("birth date"),
    "sex": N_("sex"),
    "npp": N_("NPP"),
    "company": N_("employer"),
    "pembina": N_("pembina"),
    "phones": N_("telephone"),
    "email": N_("e-mail"),
    "jht_balance": N_("JHT balance"),
    "active": N_("membership status"),
    "claimed": N_("claim status"),
}

LOOKS_LIKE: Final[dict[str, str]] = {
    "number": N_("running numbers"),
    "digits": N_("digits of something else"),
    "text": N_("plain text"),
}

SKIPPED: Final[dict[str, str]] = {
    "hidden": N_("hidden sheet"),
    "empty": N_("empty"),
    "no-header": N_("no row of headings"),
    "foreign": N_("its columns are those of another list"),
    "no-kpj": N_("no column with the KPJ"),
    "no-name": N_("no column with the name"),
    "chart": N_("chart only"),
    "no-code": N_("no column with the transaction code"),
    "no-debit": N_("no column with the debit"),
    "no-credit": N_("no column with the credit"),
    "no-text": N_("no column that tells what was paid"),
}


def verdict(code: str) -> str:
    """Letter and word of a verdict."""
    return _(VERDICTS[code]) if code in VERDICTS else code


def field(code: str) -> str:
    """A field of a participant in words."""
    return _(FIELDS[code]) if code in FIELDS else code


def skipped(code: str) -> str:
    """Why no row of a sheet was read."""
    return _(SKIPPED[code]) if code in SKIPPED else code


def reason(said: Reason) -> str:
    """One thing said about one cell, with the cell's own text behind it."""
    from tui.widgets.ink import cut  # the screens' library; not for whoever asks why a sheet was left out

    words = _(REASONS[said.code]) if said.code in REASONS else said.code
    if said.code in ("several-values", "lookup-failed"):
        words = f"{field(said.field)}: {words}"
    raw = cut(" ".join(said.raw.split()), RAW)
    return f"{words} “{raw}”" if raw else words


def row_reasons(row: RowReport) -> list[str]:
    """Everything that is said about a row, each thing once."""
    return list(dict.fromkeys(reason(said) for said in row.reasons))


def doubt(column: ColumnDoubt) -> str:
    """Why a column is not read although its heading is known."""
    seen = _(LOOKS_LIKE[column.looks_like]) if column.looks_like in LOOKS_LIKE else field(column.looks_like)
    return _("Not read: the heading says {field}, the cells look like {seen}. Enter says what it is.").format(
        field=field(column.field), seen=seen
    )
