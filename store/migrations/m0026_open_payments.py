"""Transactions without a file in a narrow table, and what was paid on a day from an index alone."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    # The id is the transaction's; no reference: one that goes takes the line along at the end of the same write.
    """CREATE TABLE open_payment (id {int} PRIMARY KEY, booked_on TEXT NOT NULL, kpj TEXT NOT NULL,
        name_key TEXT NOT NULL, payee TEXT NOT NULL, amount {int} NOT NULL)""",
    """INSERT INTO open_payment (id, booked_on, kpj, name_key, payee, amount)
        SELECT id, booked_on, kpj, name_key, payee, amount FROM payment WHERE NOT EXISTS
        (SELECT 1 FROM claim_file WHERE claim_file.payment_id = payment.id AND NOT undone)""",
    "CREATE INDEX open_payment_day ON open_payment (booked_on)",
    "CREATE INDEX payment_paid ON payment (booked_on, amount)",
)
