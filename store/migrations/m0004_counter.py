"""Layanan: the log of calls and visits, follow-ups, help with JMO and Lapak Asik, quick answers."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE contact (id {id}, channel TEXT NOT NULL, started_at {int} NOT NULL, ended_at {int},
        staff_id {int} NOT NULL REFERENCES staff (id), participant_id {int} REFERENCES participant (id), e164 TEXT,
        caller TEXT NOT NULL, caller_name TEXT NOT NULL, company TEXT NOT NULL, topic TEXT NOT NULL,
        outcome TEXT NOT NULL, note TEXT NOT NULL, right_party {bool} NOT NULL,
        answers_id {int} REFERENCES contact (id), settled_at {int}, undone {bool} NOT NULL, version {int} NOT NULL)""",
    "CREATE INDEX contact_at ON contact (started_at)",
    "CREATE INDEX contact_person ON contact (participant_id) WHERE participant_id IS NOT NULL",
    "CREATE INDEX contact_number ON contact (e164) WHERE e164 IS NOT NULL",
    "CREATE INDEX contact_missed ON contact (started_at) WHERE channel = 'missed' AND settled_at IS NULL",
    """CREATE TABLE assist (id {id}, participant_id {int} REFERENCES participant (id),
        contact_id {int} REFERENCES contact (id), whom TEXT NOT NULL, way TEXT NOT NULL, started_at {int} NOT NULL,
        staff_id {int} NOT NULL REFERENCES staff (id), documents TEXT NOT NULL, activation TEXT NOT NULL,
        activation_note TEXT NOT NULL, email_handed_over {bool} NOT NULL, interview_at {int}, result TEXT NOT NULL,
        result_at {int}, note TEXT NOT NULL, undone {bool} NOT NULL, version {int} NOT NULL)""",
    "CREATE INDEX assist_at ON assist (started_at)",
    "CREATE INDEX assist_person ON assist (participant_id) WHERE participant_id IS NOT NULL",
    """CREATE TABLE follow_up (id {id}, what TEXT NOT NULL, origin TEXT NOT NULL,
        contact_id {int} REFERENCES contact (id), attempt_id {int} REFERENCES attempt (id),
        assist_id {int} REFERENCES assist (id), participant_id {int} REFERENCES participant (id), whom TEXT NOT NULL,
        staff_id {int} REFERENCES staff (id), section TEXT NOT NULL, due_at {int} NOT NULL,
        made_by {int} NOT NULL REFERENCES staff (id), made_at {int} NOT NULL, state TEXT NOT NULL, done_at {int},
        done_by {int}, done_note TEXT NOT NULL, undone {bool} NOT NULL, version {int} NOT NULL)""",
    "CREATE INDEX follow_up_open ON follow_up (due_at) WHERE state = 'open'",
    "CREATE INDEX follow_up_person ON follow_up (participant_id) WHERE participant_id IS NOT NULL",
    "CREATE INDEX follow_up_contact ON follow_up (contact_id) WHERE contact_id IS NOT NULL",
    """CREATE TABLE answer (id {id}, key TEXT NOT NULL, language TEXT NOT NULL, topic TEXT NOT NULL,
        title TEXT NOT NULL, body TEXT NOT NULL, source TEXT NOT NULL, valid_until TEXT, version {int} NOT NULL,
        UNIQUE (key, language))""",
)
