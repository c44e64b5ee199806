"""What the trail shows of a change to who may read it: whose doing it was, and of a person's values only a part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from store.masks import mask_raw
from store.rules.corrections import Field
from store.rules.identity import mask_nik
from store.rules.permissions import Permission
from store.snapshot import Snapshot

HIDDEN: Final = "…"

_OF_THE_OFFICE: Final = frozenset(
    {
        *("setting", "closed_day", "staff", "assignment", "shared_account", "answer", "campaign", "imported_file"),
        *("print_job", "printed_page", "layout", "division", "company_form", "smile_export"),
    }
)
"""Tables without a word about participants."""

_PLAIN: Final = frozenset(
    {
        *("kpj", "npp", "code", "code_order", "decision", "source", "reading", "field", "state", "flags", "name_key"),
        *("program", "holder", "attempt", "sha256", "smile"),
    }
)
"""Columns whose digits are no telephone number: cards, transactions, codes."""

_AMOUNTS: Final = frozenset({"amount", "tax", "debit", "credit", "content"})
_ACCOUNTS: Final = frozenset({"account", "bank", "account_name"})
_BY_FIELD: Final = frozenset({"old", "new"})  # of a correction, whose field stands beside them


def shown_change(look: Snapshot, table: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the trail as the acting person may see it: values before and after masked by role (domain.md 3.7).

    Who may see a whole NIK sees numbers and addresses whole too, as on a record; amounts are a right of their own.
    """
    if table in _OF_THE_OFFICE:
        return dict(payload)
    return {key: _values(look, part) if key in ("before", "after") else part for key, part in payload.items()}


def _values(look: Snapshot, values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    field = str(values.get("field", ""))
    return {name: _shown(look, field if name in _BY_FIELD else name, value) for name, value in values.items()}


def _shown(look: Snapshot, name: str, value: Any) -> Any:
    if value is None or value == "" or isinstance(value, bool):
        return value
    if name == Field.BALANCE:
        return value if look.may(Permission.SEE_AMOUNTS) else HIDDEN
    if name in _AMOUNTS or name in _ACCOUNTS:
        return value if look.may(Permission.SEE_FILE_AMOUNTS) else HIDDEN
    if name in _PLAIN or look.may(Permission.SEE_FULL_NIK):
        return value
    if name == Field.NIK:
        return mask_nik(str(value))
    if name == Field.BIRTH_DATE:
        return HIDDEN
    return mask_raw(value) if isinstance(value, str) else value
