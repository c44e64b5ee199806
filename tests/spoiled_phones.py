"""Telephone cells, spoiled (domain.md 3.4)."""

from __future__ import annotations

from collections.abc import Callable

from tests.spoiled_people import NOTHING, Facts, Kind, Made, arabic, empty, lost, sure, together, wide
from tests.workbooks_writers import Raw


def _mobile(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: "+62" + f.mobile)


def _both(make: Callable[[Facts], Raw]) -> Kind:
    return lambda f: (make(f), ("+62" + f.mobile, "+62" + f.other), False)


def _one_of_two(make: Callable[[Facts], Raw]) -> Kind:
    return lambda f: (make(f), ("+62" + f.mobile,), True)


def _duri(spell: Callable[[str], str]) -> Kind:
    def make(facts: Facts) -> Made:
        national = facts.a_landline()
        return spell(national), ("+62" + national,), False

    return make


def _rounded(facts: Facts) -> str:
    """What Excel's eye makes of eleven digits: fewer of them, and no other tells which."""
    kept = facts.rng.randrange(1, 7)
    return f"{facts.mobile[0]}.{facts.mobile[1 : 1 + kept]}E+{len(facts.mobile) - 1}"


PHONES: dict[str, Kind] = {
    **together(
        _mobile,
        plain=lambda f: "0" + f.mobile,
        dashes=lambda f: f.groups("-"),
        blanks=lambda f: f.groups(" "),
        points=lambda f: f.groups("."),
        long_dashes=lambda f: f.groups("\u2013"),
        a_bracket=lambda f: f"(0{f.mobile[:3]}) {f.mobile[3:]}",
        a_slash_behind_the_prefix=lambda f: f"0{f.mobile[:3]}/{f.mobile[3:]}",
        country=lambda f: "+62" + f.mobile,
        country_in_groups=lambda f: f"+62 {f.mobile[:3]}-{f.mobile[3:7]}-{f.mobile[7:]}",
        country_without_plus=lambda f: "62" + f.mobile,
        country_and_0=lambda f: f"+62 (0){f.mobile}",
        country_then_0=lambda f: f"62 0{f.mobile}",
        country_by_00=lambda f: f"0062{f.mobile}",
        plus_before_0=lambda f: f"+0{f.mobile}",
        plus_twice=lambda f: f"++62{f.mobile}",
        no_0=lambda f: f.mobile,
        as_a_number=lambda f: float(f.mobile),
        as_a_number_with_country=lambda f: float("62" + f.mobile),
        a_number_s_point=lambda f: f.mobile + ".0",
        a_number_s_comma=lambda f: f.mobile + ",00",
        all_digits_in_an_exponent=lambda f: f"{f.mobile[0]}.{f.mobile[1:]}E+{len(f.mobile) - 1}",
        text_mark=lambda f: f"'0{f.mobile}",
        hard_blanks=lambda f: f"\u00a00{f.mobile}\u00a0",
        unseen=lambda f: f"\u200b0{f.mobile[:5]}\u200d{f.mobile[5:]}\ufeff",
        soft_hyphen=lambda f: f"0{f.mobile[:5]}\u00ad{f.mobile[5:]}",
        wide_digits=lambda f: wide("0" + f.mobile),
        line_end=lambda f: f"0{f.mobile}\r\n",
        a_word_before=lambda f: f.rng.choice(("HP: ", "WA ", "No. HP ", "Telp.", "hp")) + "0" + f.mobile,
        a_word_behind=lambda f: f"0{f.mobile}" + f.rng.choice((" (istri)", " WA", " (kantor)", " a/n Budi", "wa")),
        twice_the_same=lambda f: f"0{f.mobile} / +62{f.mobile}",
    ),
    **together(
        _both,
        two_by_slash=lambda f: f"0{f.mobile} / 0{f.other}",
        two_by_comma=lambda f: f"0{f.mobile},0{f.other}",
        two_by_word=lambda f: f"0{f.mobile} atau 0{f.other}",
        two_by_line=lambda f: f"0{f.mobile}\n0{f.other}",
        two_by_blank=lambda f: f"0{f.mobile} 0{f.other}",
        two_with_words=lambda f: f"HP 0{f.mobile}; WA 0{f.other}",
    ),
    **together(
        _one_of_two,
        another_end=lambda f: f"0{f.mobile}/{f.rng.randrange(10, 98)}",
        another_end_by_word=lambda f: f"0{f.mobile} atau {f.rng.randrange(10, 98)}",
        to_another_end=lambda f: f"0{f.mobile} s/d {f.rng.randrange(10, 98)}",
        one_of_two_hidden=lambda f: f"0{f.mobile} / 08xxxxxxxxxx",
        one_of_two_rounded=lambda f: f"0{f.mobile}; {_rounded(f)}",
        one_of_two_cut=lambda f: f"0{f.mobile} / 0{f.other[:6]}",
        one_of_two_with_a_letter=lambda f: f"0{f.mobile} / 0{f.other[:5]}O{f.other[6:]}",
    ),
    "duri": _duri(lambda n: f"0{n[:3]}-{n[3:]}"),
    "duri in brackets": _duri(lambda n: f"(0{n[:3]}) {n[3:]}"),
    "duri with country and 0": _duri(lambda n: f"62 0{n}"),
    "duri with a note": _duri(lambda n: f"0{n[:3]} {n[3:]} hunting"),
    **together(
        lost,
        rounded_by_an_exponent=_rounded,
        rounded_with_a_comma=lambda f: _rounded(f).replace(".", ","),
        rounded_number=lambda f: float(f.mobile[:6] + "00000"),
        rounded_number_as_text=lambda f: f.mobile[:6] + "00000.0",
        a_fraction=lambda f: float(f.mobile) + 0.5,
        below_zero=lambda f: -float(f.mobile[:8]),
        beyond_exact=lambda f: float(f.mobile + "0123456"),
        hidden=lambda f: f"0{f.mobile[:3]}" + f.rng.choice(("xxxxxxxx", "-xxxx-xxxx", "****5678", "________", "????")),
        a_digit_hidden=lambda f: f.hide("0" + f.mobile, f.rng.choice("xX*?_#"), first=2),
        a_letter_for_0=lambda f: f"O{f.mobile}",
        a_letter_in_it=lambda f: f.hide("0" + f.mobile, f.rng.choice("OoIlSBZ"), first=2),
        a_letter_at_its_end=lambda f: f"0{f.mobile[:-1]}" + f.rng.choice("oOlxs"),
        another_end_by_dash=lambda f: f"0{f.mobile}-{f.rng.randrange(10, 98)}",
        local_without_area=lambda f: f.a_landline()[3:],
        too_short=lambda f: f"0{f.mobile[:7]}",
        too_long=lambda f: f"0{f.mobile}{f.other[:6]}",
        fourteen_digits=lambda f: f"0{f.mobile[:9]}{f.other[:4]}",
        nine_digits=lambda f: f.mobile[:9],
        nine_digits_as_a_number=lambda f: float(f.mobile[:9]),
        duri_as_a_number=lambda f: float(f.a_landline()),
        a_blank_and_a_digit_more=lambda f: f"0{f.mobile[:9]} {f.mobile[9]}",
        this_or_that_digit=lambda f: f"0{f.mobile[:9]}(1/2)",
        glued=lambda f: f"0{f.mobile}0{f.other}",
        two_halves_of_two=lambda f: f"0{f.mobile[:6]}\n0{f.other[:5]}",
        two_halves_by_comma=lambda f: f"0{f.mobile[:6]}, 0{f.other[:5]}",
        money=lambda f: f"Rp {f.rng.randrange(10, 99)}.234.567.890",
        an_account=lambda f: f"No. Rek 0{f.mobile}",
        a_nik=lambda f: f.nik,
        a_kpj_and_its_name=lambda f: f"KPJ 0{f.mobile}",
        a_birth_date=lambda f: f"{f.born:%d-%m-%Y}",
        an_address=lambda f: f.email,
        words=lambda f: f.rng.choice(("menyusul", "ganti nomor", "tidak aktif", "hubungi HRD")),
        footnote=lambda f: f"0{f.mobile[:-1]}\u00b2",
        other_script=lambda f: arabic("0" + f.mobile),
        all_the_same=lambda f: "0" * 11,
        to_fill_the_cell=lambda f: f"0{f.mobile[:3]}" + "0" * 8,
        no_operator=lambda f: f"0828{f.mobile[3:]}",
        country_twice=lambda f: f"6262{f.mobile}",
        plus_without_country=lambda f: f"+{f.mobile}",
        thousands=lambda f: f"{int(f.mobile):,}".replace(",", "."),
        a_day=lambda f: f.born,
    ),
    **NOTHING,
    "a lonely 0": empty("0"),
    "a failed lookup": empty("#N/A"),
}
