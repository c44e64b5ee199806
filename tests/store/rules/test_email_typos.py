"""Addresses that were probably meant: only where one mistake explains what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.email_typos import PROVIDERS, suggested_email
from store.rules.emails import is_email


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("siti@gmial.com", "siti@gmail.com"),
        ("siti@gmai.com", "siti@gmail.com"),
        ("siti@gmaill.com", "siti@gmail.com"),
        ("siti@yaho.co.id", "siti@yahoo.co.id"),
        ("siti@gmail.con", "siti@gmail.com"),
        ("siti@gmail.co", "siti@gmail.com"),
        ("siti@gmail,com", "siti@gmail.com"),
        ("siti@contoh,co.id", "siti@contoh.co.id"),
        ("siti @ gmail. com", "siti@gmail.com"),
        ("siti@gmail com", "siti@gmail.com"),
        ("siti@gmailcom", "siti@gmail.com"),
        ("siti(at)gmail.com", "siti@gmail.com"),
        ("email: siti@gmail.com", "siti@gmail.com"),
        ("siti@@gmail.com", "siti@gmail.com"),
        ("Siti.Aminah@hotmal.com", "Siti.Aminah@hotmail.com"),
    ],
)
def test_a_likely_mistake_is_put_right(written: str, meant: str) -> None:
    assert suggested_email(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *("", "-", "tidak ada", "siti", "siti@", "@gmail.com", "siti@b", "081266660001"),
        *("siti@contoh.co.id", "siti@perusahaan.co.id", "siti@mail.com", "siti@email.com", "siti@gmx.com"),
        *("siti@tmail.com", "siti@yahoo.co"),  # of two that may be meant, neither
        *("siti aminah@gmail.com", "siti@gmail.com, budi@gmail.com", "siti@gmail.com / budi@yahoo.com"),
        *("SITI@GMAIL.COM", "siti@ymail.com"),
    ],
)
def test_where_nothing_or_too_much_may_be_meant_nothing_is_suggested(written: str) -> None:
    assert suggested_email(written) is None


@given(st.text(max_size=40))
def test_a_suggestion_is_an_address_that_needs_none_itself(text: str) -> None:
    found = suggested_email(text)
    if found is not None:
        assert is_email(found)
        assert found != text
        assert suggested_email(found) is None


@given(st.from_regex(r"[a-z][a-z0-9.]{2,12}[a-z0-9]", fullmatch=True), st.sampled_from(PROVIDERS))
def test_who_writes_a_provider_right_is_left_alone_and_a_name_is_never_changed(name: str, provider: str) -> None:
    assert suggested_email(f"{name}@{provider}") is None or ".." in name
    meant = suggested_email(f"{name}@{provider.replace('.', ',')}")
    assert meant is None or meant.partition("@")[0].replace(".", "") == name.replace(".", "")
