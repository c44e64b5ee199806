"""The tables, by subject. `TABLES` is all of them by name, in the order in which they can be created."""

from __future__ import annotations

from store.schema.base import Table, columns, table_name
from store.schema.calls import (
    Attempt,
    CallList,
    CallListLine,
    Campaign,
    ClosedPeriod,
    ClosedPerson,
    Division,
    Hold,
    QueueItem,
)
from store.schema.counter import Answer, Assist, Contact, FollowUp
from store.schema.office import ClosedDay, Draft, ImportedFile, Layout, Setting
from store.schema.people import Participant, Phone
from store.schema.staff import Assignment, Seal, Session, Staff
from store.schema.trail import Audit, AuditChange

TABLES: dict[str, type[Table]] = {
    table_name(model): model
    for model in (
        Setting,
        ClosedDay,
        Layout,
        ImportedFile,
        Draft,
        Staff,
        Assignment,
        Session,
        Seal,
        Audit,
        AuditChange,
        Participant,
        Phone,
        Campaign,
        QueueItem,
        Hold,
        Attempt,
        Division,
        CallList,
        CallListLine,
        ClosedPeriod,
        ClosedPerson,
        Contact,
        Assist,
        FollowUp,
        Answer,
    )
}

__all__ = [
    "TABLES",
    "Answer",
    "Assignment",
    "Assist",
    "Attempt",
    "Audit",
    "AuditChange",
    "CallList",
    "CallListLine",
    "Campaign",
    "ClosedDay",
    "ClosedPeriod",
    "ClosedPerson",
    "Contact",
    "Division",
    "Draft",
    "FollowUp",
    "Hold",
    "ImportedFile",
    "Layout",
    "Participant",
    "Phone",
    "QueueItem",
    "Seal",
    "Session",
    "Setting",
    "Staff",
    "Table",
    "columns",
    "table_name",
]
