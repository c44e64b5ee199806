"""E-mail is trimmed and no more; yes and no are read from known words only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.emails import read_email
from store.rules.readings import Cell, CellError
from store.rules.statuses import read_active, read_claimed, read_sex


@pytest.mark.parametrize(
    "cell", ["ginting70@contoh.co.id", "a.b+c_d@sub.contoh.id", "Budi@Contoh.CO.ID", "o'neil@contoh.id"]
)
def test_an_address_stands_as_it_is(cell: str) -> None:
    assert read_email(f" {cell}\u00a0").email == cell
    assert read_email(cell).flags == ()


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "siregar632 @ contoh.co.id",
            "ramadhan@contoh,co.id",
            "budi",
            "budi@",
            "@contoh.id",
            "a@b",
            "a@@b.id",
            "a..b@c.id",
        ),
        *(
            ".a@b.id",
            "a.@b.id",
            "a@-b.id",
            "a@b-.id",
            "a@b.i",
            "a@b.12",
            "a@b.id, c@d.id",
            "mailto:a@b.id",
            "Budi <a@b.id>",
        ),
        *(
            "'budi@contoh.id",
            "bu\u200bdi@contoh.id",
            "budi\uff20contoh.id",
            "b\u00fcdi@contoh.id",
            "a@b.id\x1b[31m",
            "a b@c.id",
        ),
        *("a" * 65 + "@contoh.id", "a@" + "b." * 130 + "id", 1.0, True, "=cmd@contoh.id"),
    ],
)
def test_anything_else_is_kept_raw_and_never_repaired(cell: Cell) -> None:
    read = read_email(cell)
    assert (read.email, read.flags) == (None, ("email-malformed",))
    assert read.raw
    assert [reason.code for reason in read.reasons] == ["email-malformed"]


@pytest.mark.parametrize("cell", [None, "", "-", "0", "tidak ada", CellError("#N/A")])
def test_no_address_is_no_fault(cell: Cell) -> None:
    assert (read_email(cell).email, read_email(cell).flags) == (None, ("email-missing",))


@given(st.text(max_size=40) | st.from_regex(r"[ a-z@.,'-]{0,30}", fullmatch=True))
def test_an_address_is_the_cell_itself_but_for_the_blanks_around(cell: str) -> None:
    read = read_email(cell)
    assert read.email in (None, cell.strip())
    assert (read.email is None) == bool(read.flags)


@given(
    st.text("ab@.\u200b\ufeff\x07\u00a0 '", max_size=12)
    | st.from_regex(r"[ab]{1,3}\u200b?@b\u200b?[.]id\u2060?", fullmatch=True)
)
def test_the_text_that_is_kept_never_gives_an_address_that_its_cell_did_not(cell: str) -> None:
    read = read_email(cell)
    assert read_email(read.raw).email in (None, read.email)


@pytest.mark.parametrize("cell", ["AKTIF", " aktif ", "Masih Aktif", "Y", "Ya", "yes", True])
def test_active(cell: Cell) -> None:
    assert read_active(cell).value is True


@pytest.mark.parametrize("cell", ["NON AKTIF", "NON-AKTIF", "Nonaktif", "TIDAK AKTIF", "NA", "T", "no", False])
def test_not_active(cell: Cell) -> None:
    assert read_active(cell).value is False


@pytest.mark.parametrize("cell", ["SUDAH KLAIM", "sudah", "Y", "yes"])
def test_claimed(cell: Cell) -> None:
    assert read_claimed(cell).value is True


@pytest.mark.parametrize("cell", ["BELUM", "Belum Klaim", "BLM", "T", "no"])
def test_not_claimed(cell: Cell) -> None:
    assert read_claimed(cell).value is False


@pytest.mark.parametrize(
    "cell", ["PENSIUN", "AKTIF?", "AKTIF / NON AKTIF", "1", 1.0, "SUDAH PROSES", "KLAIM", "SUDAH KLAIM?"]
)
def test_other_words_stay_unknown(cell: Cell) -> None:
    for read in (read_active(cell), read_claimed(cell)):
        assert (read.value, read.flags) == (None, ("status-unknown",))
        assert [reason.code for reason in read.reasons] == ["status-unknown"]


@pytest.mark.parametrize("cell", [None, "", "-", "N/A", "#N/A"])
def test_an_empty_status_is_neither_yes_nor_no(cell: Cell) -> None:
    assert read_active(cell).value is read_claimed(cell).value is None
    assert read_active(cell).flags == read_claimed(cell).flags == ()


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("L", "L"), ("Laki-laki", "L"), ("PRIA", "L"), ("P", "P"), ("Perempuan", "P"), ("W", None), ("", None)],
)
def test_sex(cell: Cell, sex: str | None) -> None:
    assert read_sex(cell).value == sex
    assert bool(read_sex(cell).reasons) == (cell == "W")


@given(st.text(max_size=20) | st.floats() | st.integers() | st.dates())
def test_nothing_raises(cell: Cell) -> None:
    for read in (read_active(cell), read_claimed(cell)):
        assert read.value in (True, False, None)
    assert read_sex(cell).value in ("L", "P", None)
