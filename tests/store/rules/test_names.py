"""Names: kept as written, compared without what comes and goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.names import honorific, name_key, read_name, sound_key, title_of
from store.rules.readings import Cell, CellError


@pytest.mark.parametrize(
    ("cell", "name", "flags"),
    [
        ("IR. WAHYU GINTING  ", "IR. WAHYU GINTING", ()),
        ("Budi", "Budi", ()),
        ("NUR'AINI", "NUR'AINI", ()),
        ("SITI\u00a0 AISYAH", "SITI AISYAH", ()),
        ("BUDI 2", "BUDI 2", ("name-odd",)),
        ("A", "A", ("name-odd",)),
        ("budi@contoh.co.id", "budi@contoh.co.id", ("name-odd",)),
        ("***", "***", ("name-odd",)),
        ("=CMD()", "=CMD()", ()),
        (12101477605.0, "12101477605", ("name-odd",)),
        (True, "TRUE", ("name-odd",)),
        ("[bold]BUDI[/bold]", "[bold]BUDI[/bold]", ()),
        ("", "", ()),
        ("-", "", ()),
        (None, "", ()),
        (CellError("#N/A"), "", ("name-odd",)),
    ],
)
def test_read_name(cell: Cell, name: str, flags: tuple[str, ...]) -> None:
    read = read_name(cell)
    assert (read.name, read.flags) == (name, flags)
    assert bool(read.reasons) == (not name or bool(flags))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("H. HENDRA RAMBE", "HENDRA RAMBE"),
        ("H.HENDRA RAMBE", "HENDRA RAMBE"),
        ("Hj. Siti Aisyah, S.Pd.", "SITI AISYAH"),
        ("DRS. TIGOR BATUBARA", "TIGOR BATUBARA"),
        ("Prof. Dr. Ir. Budi Santoso, M.Sc., Ph.D.", "BUDI SANTOSO"),
        ("BUDI, SE, MM", "BUDI"),
        ("BUDI S.E.", "BUDI"),
        ("ALM. BUDI SIREGAR", "BUDI SIREGAR"),
        ("BUDI SIREGAR (ALM)", "BUDI SIREGAR"),
        ("NUR'AINI", "NURAINI"),
        ("ABD.RAHMAN", "ABD RAHMAN"),
        ("SITI-AISYAH", "SITI AISYAH"),
        ("Jos\u00e9", "JOSE"),
        ("H", "H"),
        ("IR", "IR"),
        ("UMAR BIN ALI", "UMAR BIN ALI"),
        ("M. ALI", "M ALI"),
        ("", ""),
    ],
)
def test_name_key(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SOEKARNO", "SUKARNO"),
        ("DJOKO", "JOKO"),
        ("TJAHYA", "CAHYA"),
        ("SJAFRI", "SYAFRI"),
        ("JUSUF", "YUSUF"),
        ("MHD. ALI", "MUHAMMAD ALI"),
        ("Moh. Ali", "M. ALI"),
        ("H. DJOEMADI, S.E.", "JUMADI"),
    ],
)
def test_old_and_new_spelling_sound_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_other_names_do_not_sound_alike() -> None:
    assert len({sound_key(name) for name in ("BUDI", "BADU", "SITI", "SINTA", "MUHAMMAD", "M. ALI")}) == 6


@given(st.text(max_size=40))
def test_keys_are_stable_and_nothing_raises(text: str) -> None:
    assert name_key(text) == name_key(f"  {text} ")
    assert sound_key(text) == sound_key(text)
    read_name(text)
    title_of(text)


@given(st.lists(st.sampled_from(["BUDI", "SITI", "RAMBE", "H", "SE", "ALM", "IR"]), min_size=1, max_size=5))
def test_a_key_is_its_own_key(words: list[str]) -> None:
    key = name_key(" ".join(words))
    assert key
    assert name_key(key) == key


def test_the_deceased_are_known_by_their_mark() -> None:
    assert title_of("ALM. BUDI") == title_of("Budi (alm)") == "ALM."
    assert title_of("Almh. Siti") == "ALMH."
    assert title_of("SALMAH SIREGAR") == title_of("ALMIRA") == title_of("H. BUDI") == ""


def test_people_are_addressed_by_sex_where_it_is_known() -> None:
    assert [honorific(sex) for sex in ("L", "P", None)] == ["Bapak", "Ibu", "Bapak/Ibu"]
