"""Vouchers: transactions of the listing, the paper files they pay, what was printed, who signed (domain.md 2.6)."""

from __future__ import annotations

from peewee import BigIntegerField, BlobField, BooleanField, TextField

from store.schema.base import DayField, InstantField, Table


class Payment(Table):
    """One transaction of a listing: everything that stands under one transaction code.

    `code_order` sorts by date, book and number of the code (store.rules.codes). `digest` covers all that the listing
    says of it: the same code with another digest is another content.
    """

    code = TextField()
    code_order = TextField()
    booked_on = DayField()
    program = TextField()  # JHT, JKK, JKM, JP
    kpj = TextField(default="")
    name = TextField(default="")  # the participant
    name_key = TextField(default="")
    payee = TextField(default="")  # who was paid: the participant, an heir, a hospital
    amount = BigIntegerField()  # whole rupiah
    description = TextField(default="")
    digest = TextField()
    listing_id = BigIntegerField()  # the imported file
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "payment"


class OpenPayment(Table):
    """A transaction without a file (the id is its) by what it is looked for, derived (store.open_payments)."""

    booked_on = DayField()
    kpj = TextField()
    name_key = TextField()
    payee = TextField()
    amount = BigIntegerField()

    class Meta:
        table_name = "open_payment"


class PaymentLine(Table):
    """One booking line of a transaction, in the order of the listing; debit and credit in whole rupiah."""

    payment_id = BigIntegerField()
    position = BigIntegerField()
    account = TextField()
    account_name = TextField()
    sub_ledger = TextField()
    debit = BigIntegerField()
    credit = BigIntegerField()
    description = TextField()

    class Meta:
        table_name = "payment_line"


class ClaimFile(Table):
    """One paper claim file that was received after payment, on its way to the archive.

    `state` is store.rules.vouchers.FileState. `verdict` and `differences` say how it stood against its transaction;
    what differs is approved by an officer other than `matched_by`.
    """

    payment_id = BigIntegerField(null=True)
    program = TextField()
    kpj = TextField(default="")
    name = TextField(default="")
    payee = TextField(default="")
    amount = BigIntegerField(null=True)  # on the penetapan, whole rupiah; None: taken as the listing says
    paid_on = DayField(null=True)
    state = TextField()
    source = TextField()  # desk, or the list of paid files
    received_at = InstantField()
    received_by = BigIntegerField()
    matched_at = InstantField(null=True)
    matched_by = BigIntegerField(null=True)
    verdict = TextField(default="")
    differences = TextField(default="")  # codes of store.rules.matching, space between
    approved_at = InstantField(null=True)
    approved_by = BigIntegerField(null=True)
    approved_why = TextField(default="")
    holder_stack = BigIntegerField(null=True)  # the stack that is out with it
    note = TextField(default="")
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "claim_file"


class Voucher(Table):
    """One voucher sheet. Originals are numbered once (`number`); `copy` n is the n-th reprint (CETAK ULANG ke-n).

    A printed voucher is frozen: `content` is what it says, as JSON. A correction voids it and makes a successor.
    """

    file_id = BigIntegerField()
    payment_id = BigIntegerField()
    number = BigIntegerField(null=True)  # of the original, once it was reserved
    copy = BigIntegerField(default=0)
    kind = TextField()  # loket, smile
    content = TextField()
    reason = TextField(default="")  # of a reprint
    replaces_id = BigIntegerField(null=True)
    made_at = InstantField()
    made_by = BigIntegerField()
    approved_by = BigIntegerField(null=True)
    printed_at = InstantField(null=True)  # the paper was seen and is right
    void_at = InstantField(null=True)
    void_by = BigIntegerField(null=True)
    void_why = TextField(default="")
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "voucher"


class PrintJob(Table):
    """One job for a printer: the intent first, then each step: nothing is printed twice or lost (design.md 3.4).

    `attempt` is its unique name at the printer, `sha256` the kept PDF that is sent. `batch` is the first job of those
    that were made together. `holder_session` goes on with it; `server` is the run of the printer's server that was
    told to print it, '' where that cannot be known.
    """

    document = TextField()  # voucher, listing, receipt, label, contents …
    printer = TextField()
    tray = TextField(default="")
    attempt = TextField()
    state = TextField()  # store.rules.printing.JobState
    queue_id = BigIntegerField(null=True)  # the printer's own number
    pages = BigIntegerField()
    sha256 = TextField()
    said = TextField(default="")  # the printer's last reasons, codes with a space between
    made_at = InstantField()
    made_by = BigIntegerField()
    sent_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    version = BigIntegerField(default=1)
    batch = BigIntegerField(null=True)
    holder_session = BigIntegerField(null=True)
    media = TextField(default="")
    server = TextField(default="")

    class Meta:
        table_name = "print_job"


class KeptPdf(Table):
    """The exact bytes of a print job. The job in the trail bears their digest; the bytes themselves stay outside it."""

    sha256 = TextField()
    pdf = BlobField()

    class Meta:
        table_name = "kept_pdf"


class PrintedPage(Table):
    """One page of a job and the voucher on it; `seen`: '' not looked at yet, right, or missing."""

    job_id = BigIntegerField()
    page = BigIntegerField()
    voucher_id = BigIntegerField(null=True)
    seen = TextField(default="")
    seen_at = InstantField(null=True)
    seen_by = BigIntegerField(null=True)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "printed_page"


class Stack(Table):
    """A batch of files that is out for signing; its number is the row's id, written on the receipt (tanda terima)."""

    made_at = InstantField()
    made_by = BigIntegerField()
    given_to = TextField(default="")
    back_at = InstantField(null=True)
    back_by = BigIntegerField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "stack"


class StackFile(Table):
    """A file of a stack; `back_at` once it came back, with or without all signatures."""

    stack_id = BigIntegerField()
    file_id = BigIntegerField()
    position = BigIntegerField()
    back_at = InstantField(null=True)
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "stack_file"


class Signature(Table):
    """One signatory's signature on a file, as seen by whoever looked; `signer` is the key of the setting."""

    file_id = BigIntegerField()
    signer = TextField()
    signed_as = TextField(default="")  # title and name then, or the deputy's
    seen_at = InstantField()
    seen_by = BigIntegerField()
    undone = BooleanField(default=False)
    version = BigIntegerField(default=1)

    class Meta:
        table_name = "signature"
