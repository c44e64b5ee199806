"""A full office in whose every free text stands what a terminal, a workbook or a page might obey."""

from __future__ import annotations

import csv
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from pypdf import PdfReader

from store.counter import ContactIn
from store.database import Database, open_database
from store.rules.counter import Caller, ContactChannel, Topic
from store.rules.permissions import Role
from tests.store.full_office import FullOffice, fill
from tests.store.office import Office, wib

OBEYED: Final = (
    "\x1b[13;37z",  # a sequence that nothing of Loket sends
    "\x9b13;37z",
    "\x1b]52;c;TE9LRVQ=\x07",
    "\x1b]8;;http://jahat.contoh\x07",
    "\x1bP13;37q\x1b\\",
)
MARKUP: Final = "[red]MERAH[/red]"
HOSTILE: Final = (
    f"{MARKUP} [@click=app.quit]K[/] [link=http://jahat.contoh]T[/link] {{n}} %s \\ <b>&amp; "
    f"{''.join(OBEYED)}\u202eBALIK\u202c\u2067\u200b\u2028{'e' + chr(0x301) * 40}\x00\r\n\tbaris"
)
FORMULAS: Final = ('=HYPERLINK("http://jahat.contoh")', "+1+1", "-1-1", "@SUM(1)", "\t=1+1", "|calc")
UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""What Unicode calls letters that are not seen, or that move others."""
LONG: Final = 1_000_000
"""Letters of the longest."""

FREE: Final[Mapping[str, str]] = {
    "accepted": "value why",
    "answer": "title body source",
    "archived": "name name_key company bank account account_name original note trouble source decision",
    "assist": "whom activation_note result_note note",
    "attempt": "note",
    "claim_file": "name payee approved_why note source",
    "closed_day": "name",
    "company_form": "company file back_file",
    "contact": "caller_name company note",
    "correction": "label said_by place why smile_note",
    "destruction": "witnesses note",
    "erasure": "note",
    "erasure_line": "label",
    "follow_up": "what whom done_note",
    "imported_file": "name",
    "loan": "borrower why",
    "lookup_line": "told name note",
    "lookup_list": "name",
    "open_payment": "name_key payee",
    "participant": "name name_key npp company pembina phones_raw email email_raw source",
    "payment": "name name_key payee description",
    "payment_line": "account_name description",
    "phone": "label wrong_why",
    "place": "shelf note",
    "print_job": "said media",
    "quality_group": "npp company pembina",
    "queue_item": "matter",
    "retention_rule": "basis",
    "smile_export": "file",
    "stack": "given_to",
    "staff": "name",
    "suspension": "asked_by why lifted_why",
    "voucher": "reason void_why",
}
"""Columns that hold what somebody typed or a file said."""

CODES: Final[Mapping[str, str]] = {
    "accepted": "flag",
    "answer": "key language topic valid_until",
    "archived": "program kpj npp code code_order dated",
    "archived_term": "term",
    "assignment": "role section starts_on ends_on",
    "assist": "way reason documents activation result",
    "attempt": "e164 outcome detail",
    "audit": "action digest previous hash",
    "audit_change": "table_name payload salt digest",
    "call_list": "kind period",
    "campaign": "kind period",
    "claim_file": "program kpj paid_on state verdict differences",
    "closed_day": "day source",
    "closed_period": "kind period figures",
    "closed_person": "body",
    "company_form": "npp due_on",
    "contact": "channel e164 caller topic outcome",
    "correction": "field old new source state smile",
    "destruction": "state way",
    "division": "field value",
    "draft": "key body",
    "erasure": "state rules",
    "erasure_line": "kind ended_on held",
    "follow_up": "origin section state",
    "hold": "key",
    "imported_file": "kind sha256",
    "kept_pdf": "sha256",
    "layout": "kind signature mapping",
    "loan": "due_on",
    "lookup_line": "nik kpj answer",
    "lookup_list": "kind",
    "open_payment": "booked_on kpj",
    "open_problem": "flag",
    "participant": "kpj nik birth_date sex email_source claim_check flags doubts reading",
    "payment": "code code_order booked_on program kpj digest",
    "payment_line": "account sub_ledger",
    "phone": "e164",
    "pin": "hash",
    "place": "kind number program period keep_until",
    "print_job": "document printer tray attempt state sha256 server",
    "printed_page": "seen",
    "problem_count": "flag",
    "problem_day": "day flag",
    "quality_day": "day npp company pembina",
    "quality_total": "day",
    "queue_item": "state waiting_since kpj current_number done_reason last_outcome",
    "retention_rule": "kind way",
    "seal": "head",
    "search_block": "term",
    "session": "host boot_id acting_role head opening account logged_in",
    "setting": "key value",
    "shared_account": "account",
    "signature": "signer signed_as",
    "staff": "login section",
    "suspension": "until",
    "voucher": "kind content",
}
"""The other texts: codes, numbers and days of Loket's own, digests, and whole answers as they were given."""

LONGEST: Final = (("participant", "company"), ("contact", "note"), ("answer", "body"), ("follow_up", "what"))
"""Of these the newest row is a text of `LONG` letters; PostgreSQL keeps no such company in its index."""


def hostile(n: int) -> str:
    """One of the texts: all say the same, each begins with something that a workbook would reckon."""
    return f"{FORMULAS[n % len(FORMULAS)]}{HOSTILE} {n}"


async def fill_hostile(office: Office) -> FullOffice:
    """`full_office.fill`, and then every free text of it is another one, behind Loket's back."""
    full = await fill(office)
    said = hostile(0).replace("\x00", "")
    await full.store.staff.act_as(Role.PELAYANAN)
    await full.store.refresh_me()
    await full.store.counter.save(
        ContactIn(ContactChannel.PHONE, wib(31, 9), Topic.OTHER, caller=Caller.ANONYMOUS, note=said)
    )
    await full.store.staff.act_as(None)
    await full.store.refresh_me()
    await full.store.drafts.save("line:bulk:Alasan", said)
    database = open_database(office.url)
    database.connect()
    try:
        with database.writing():
            for table, names in FREE.items():
                spoil(database, table, names.split(), nul=office.url.startswith("sqlite"))
    finally:
        database.close()
    return full


def spoil(database: Database, table: str, names: list[str], *, nul: bool) -> None:
    """Each of these columns of all rows; PostgreSQL takes no NUL."""
    ids = [row_id for (row_id,) in database.rows(f"SELECT id FROM {table} ORDER BY id", ())]
    for name in names:
        long = {ids[-1]} if ids and (table, name) in LONGEST[0 if nul else 1 :] else set()
        values = [(_value(n, long=row_id in long, nul=nul), row_id) for n, row_id in enumerate(ids)]
        database.executemany(f"UPDATE {table} SET {name} = %s WHERE id = %s", values)


def _value(n: int, *, long: bool, nul: bool) -> str:
    text = hostile(n) if nul else hostile(n).replace("\x00", "")
    if long:
        return (text * (LONG // len(text) + 1))[:LONG]
    return text


def wrong_files(home: Path) -> set[str]:
    """What in the files of KELUAR would be reckoned by a workbook, or stands in it or on a page unseen."""
    found = set[str]()
    for path in sorted((home / "KELUAR").rglob("*")):
        if zipfile.is_zipfile(path):
            found |= {f"{path.name}: {each}" for each in wrong_cells(path)}
        elif path.suffix == ".csv":
            csv.field_size_limit(2 * LONG)
            with path.open(encoding="utf-8-sig", newline="") as text:
                cells = [cell for row in csv.reader(text, delimiter=";") for cell in row]
            found |= {f"{path.name}: {cell[:40]!r}" for cell in cells if cell.startswith(FORMULAS)}
        elif path.read_bytes().startswith(b"%PDF-1"):
            text = "".join(page.extract_text() for page in PdfReader(path).pages)
            found |= {
                f"{path.name}: {each!r}" for each in text if unicodedata.category(each) in UNSEEN and each != "\n"
            }
    return found


def wrong_cells(path: Path) -> list[str]:
    book = load_workbook(path)
    try:
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        return [f"{cell.coordinate} {str(cell.value)[:40]!r}" for cell in cells if cell.data_type == "f"]
    finally:
        book.close()
