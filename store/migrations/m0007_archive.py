"""The archive: places, what lies in them, loans, destruction."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE place (id {id}, kind TEXT NOT NULL, number TEXT NOT NULL, program TEXT NOT NULL,
        shelf TEXT NOT NULL, period TEXT NOT NULL, capacity {int} NOT NULL, note TEXT NOT NULL, made_at {int} NOT NULL,
        made_by {int} NOT NULL REFERENCES staff (id), closed_at {int}, keep_until TEXT, destroyed_at {int},
        undone {bool} NOT NULL, version {int} NOT NULL)""",
    "CREATE UNIQUE INDEX place_number ON place (kind, program, number) WHERE NOT undone",
    """CREATE TABLE archived (id {id}, place_id {int} REFERENCES place (id), file_id {int} REFERENCES claim_file (id),
        program TEXT NOT NULL, code TEXT NOT NULL, code_order TEXT NOT NULL, decision TEXT NOT NULL, kpj TEXT NOT NULL,
        name TEXT NOT NULL, name_key TEXT NOT NULL, company TEXT NOT NULL, npp TEXT NOT NULL, dated TEXT, tax {int},
        amount {int}, account TEXT NOT NULL, bank TEXT NOT NULL, account_name TEXT NOT NULL, sheets {int},
        original TEXT NOT NULL, note TEXT NOT NULL, trouble TEXT NOT NULL, archived_at {int} NOT NULL,
        archived_by {int} NOT NULL REFERENCES staff (id), source TEXT NOT NULL, undone {bool} NOT NULL,
        version {int} NOT NULL)""",
    "CREATE INDEX archived_place ON archived (place_id, code_order)",
    "CREATE UNIQUE INDEX archived_file ON archived (file_id) WHERE file_id IS NOT NULL AND NOT undone",
    "CREATE INDEX archived_code ON archived (code)",
    "CREATE INDEX archived_kpj ON archived (kpj)",
    "CREATE INDEX archived_name ON archived (name_key)",
    "CREATE INDEX archived_dated ON archived (program, dated)",
    """CREATE TABLE loan (id {id}, archived_id {int} NOT NULL REFERENCES archived (id), borrower TEXT NOT NULL,
        why TEXT NOT NULL, out_at {int} NOT NULL, out_by {int} NOT NULL REFERENCES staff (id), due_on TEXT,
        back_at {int}, back_by {int} REFERENCES staff (id), undone {bool} NOT NULL, version {int} NOT NULL)""",
    "CREATE UNIQUE INDEX loan_out ON loan (archived_id) WHERE back_at IS NULL AND NOT undone",
    """CREATE TABLE destruction (id {id}, state TEXT NOT NULL, made_at {int} NOT NULL,
        made_by {int} NOT NULL REFERENCES staff (id), approved_at {int}, approved_by {int} REFERENCES staff (id),
        done_at {int}, done_by {int} REFERENCES staff (id), way TEXT NOT NULL, witnesses TEXT NOT NULL,
        note TEXT NOT NULL, version {int} NOT NULL)""",
    """CREATE TABLE destruction_line (id {id}, destruction_id {int} NOT NULL REFERENCES destruction (id),
        place_id {int} NOT NULL REFERENCES place (id), UNIQUE (destruction_id, place_id))""",
)
