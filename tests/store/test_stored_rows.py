"""What the trail says of a row is one text, however many rows were added at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store.rules.outcomes import State
from store.schema import Participant, QueueItem
from store.stored_rows import payload, payload_changed, payloads_added, whole, whole_rows

_TOLD = {"phones_raw": "", "email_raw": "", "flags": "", "source": "", "reading": "", "pembina": ""}


def test_added_rows_are_told_of_as_any_other_row() -> None:
    person = {
        **_TOLD,
        "kpj": "21000000001",
        "name": 'SITI "NUR" \\ \u2028\x07é',
        "name_key": "SITI",
        "company": "",
        "birth_date": date(1967, 5, 12),
        "active": 1,
        "jht_balance": True,
        "created_at": datetime(2023, 7, 31, 2, tzinfo=UTC),
    }
    item = {"campaign_id": 1, "participant_id": 2, "state": State.NEW, "waiting_since": "2023-07-01", "kpj": "2"}
    for model, values in ((Participant, person), (QueueItem, item)):
        (row,) = whole(model, [values])
        rows = whole_rows(model, [values, {**values, "kpj": '3"'}, values])
        assert rows[0] == rows[2] == tuple(row.values())
        first, other, _same = payloads_added(model, rows)
        assert first == payload({"before": None, "after": row})
        assert other == payload({"before": None, "after": row | {"kpj": '3"'}})
        few: dict[str, object] = {
            name: row[name] for name in ("kpj", "state", "active", "birth_date", "nik") if name in row
        }
        assert payload_changed(few, few) == payload({"before": few, "after": few})
    (row,) = whole(Participant, [person])
    assert (row["birth_date"], row["active"], row["jht_balance"]) == ("1967-05-12", True, 1)
    assert row["created_at"] == 1_690_768_800_000
    assert (row["version"], row["deceased"], row["nik"]) == (1, False, None)


def test_a_row_with_a_column_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        whole(Participant, [{"nik_number": "1"}])
    with pytest.raises(KeyError):
        whole_rows(Participant, [{"nik_number": "1"}])
