"""Identifiers, days, amounts, addresses and words, spoiled (domain.md 3.1-3.3, 3.5, 3.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from tests.spoiled_people import NOTHING, Facts, Kind, Made, arabic, empty, grouped, kept, lost, sure, together, wide
from tests.workbooks_writers import Raw


def _nik(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: f.nik)


def _numeric_nik(facts: Facts) -> Made:
    return None if facts.nik.endswith("0") else (float(facts.nik), (facts.nik,), True)


def _numeric_nik_text(facts: Facts) -> Made:
    return None if facts.nik.endswith("0") else (facts.nik + ".0", (facts.nik,), True)


NIK: dict[str, Kind] = {
    **together(
        _nik,
        plain=lambda f: f.nik,
        groups=lambda f: grouped(f.nik, " ", 4, 4, 4, 4),
        points=lambda f: grouped(f.nik, ".", 6, 6, 4),
        dashes=lambda f: grouped(f.nik, "-", 6, 6, 4),
        text_mark=lambda f: f"'{f.nik}",
        hard_blanks=lambda f: f"\u00a0{f.nik} ",
        unseen=lambda f: f"\u200b{f.nik[:8]}\u200d{f.nik[8:]}",
        wide_digits=lambda f: wide(f.nik),
        its_name=lambda f: f.rng.choice(("NIK ", "NIK: ", "KTP ", "No. KTP ")) + f.nik,
    ),
    "as a number": _numeric_nik,
    "a number's point": _numeric_nik_text,
    **together(
        lost,
        rounded_number=lambda f: float(f.nik[:15] + "0"),
        rounded_in_papua=lambda f: float("9" + f.rng.choice("12") + f.nik[2:15] + "7"),
        an_exponent=lambda f: f"{f.nik[0]}.{f.nik[1:6]}E+15",
        an_exponent_with_a_comma=lambda f: f"{f.nik[0]},{f.nik[1:6]}E+15",
        an_exponent_of_15=lambda f: f"{f.nik[0]}.{f.nik[1:15]}E+15",
        a_digit_lost=lambda f: f.nik[: (place := f.rng.randrange(16))] + f.nik[place + 1 :],
        a_digit_too_many=lambda f: f.nik + f.rng.choice("0123456789"),
        a_letter=lambda f: f.hide(f.nik, f.rng.choice("OIlSB")),
        hidden=lambda f: f.nik[:12] + f.rng.choice(("xxxx", "****", "????")),
        no_such_month=lambda f: f.nik[:8] + "13" + f.nik[10:],
        no_such_day=lambda f: f.nik[:6] + f.rng.choice(("00", "32", "40", "72", "99")) + f.nik[8:],
        two_of_them=lambda f: f"{f.nik} / {f.nik[:15]}9",
        all_the_same=lambda f: "1" * 16,
        a_kpj=lambda f: f.kpj,
        words=lambda f: f.rng.choice(("belum e-KTP", "menyusul", "hilang")),
        footnote=lambda f: f.nik[:15] + "\u00b2",
        other_script=lambda f: arabic(f.nik)[:16],
        a_fraction=lambda f: f.nik[:15] + ".5",
    ),
    **NOTHING,
    "a failed lookup": empty("#N/A"),
}


def _kpj(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: f.kpj)


def _kpj_number(facts: Facts) -> Made:
    """A 0 in front is gone, and what is left is no usual number."""
    left = facts.kpj.lstrip("0")
    return float(facts.kpj), (left,), left != facts.kpj


KPJ: dict[str, Kind] = {
    **together(
        _kpj,
        plain=lambda f: f.kpj,
        groups=lambda f: grouped(f.kpj, " ", 3, 4, 4),
        dashes=lambda f: grouped(f.kpj, "-", 3, 4, 4),
        text_mark=lambda f: f"'{f.kpj}",
        hard_blanks=lambda f: f"\u00a0{f.kpj}\u00a0",
        unseen=lambda f: f"{f.kpj[:4]}\u200b{f.kpj[4:]}",
        wide_digits=lambda f: wide(f.kpj),
        its_name=lambda f: f.rng.choice(("KPJ ", "KPJ: ", "No. KPJ ", "No. ")) + f.kpj,
        a_note=lambda f: f"{f.kpj} (lama)",
    ),
    "as a number": _kpj_number,
    "a digit too few": kept(lambda f: f.kpj[:10]),
    "a letter": kept(lambda f: f.kpj[:10] + "O"),
    **together(
        lost,
        an_exponent=lambda f: f"{f.kpj[1]}.{f.kpj[2:]}E+10",
        a_fraction=lambda f: f"{f.kpj[:10]}.5",
        two_of_them=lambda f: f"{f.kpj}/{f.kpj[:10]}9",
        a_word_behind=lambda f: f"{f.kpj} LAMA",
        hidden=lambda f: f.kpj[:7] + "????",
        too_short=lambda f: f.kpj[:6],
        all_the_same=lambda f: "0" * 11,
        words=lambda f: "BELUM ADA KPJ",
        footnote=lambda f: f.kpj[:10] + "\u00b2",
    ),
}


def _npp(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: f.npp)


def _npp_number(facts: Facts) -> Made:
    left = facts.npp.lstrip("0")
    return float(facts.npp), (left,), left != facts.npp


NPP: dict[str, Kind] = {
    **together(
        _npp,
        plain=lambda f: f.npp,
        dashes=lambda f: grouped(f.npp, "-", 4, 4),
        text_mark=lambda f: f"'{f.npp}",
        hard_blanks=lambda f: f"\u00a0{f.npp} ",
        wide_digits=lambda f: wide(f.npp),
        its_name=lambda f: f.rng.choice(("NPP ", "NPP: ", "No. NPP ")) + f.npp,
    ),
    "as a number": _npp_number,
    "zeros cut": lambda f: (f.npp.lstrip("0"), (f.npp.lstrip("0"),), f.npp.startswith("0")),
    "two of them": kept(lambda f: f"{f.npp} / 15070955"),
    "thousands": kept(lambda f: "15,070,955"),
    "a division": kept(lambda f: f"{f.npp}-001"),
    "a letter": kept(lambda f: f"NN{f.npp[2:]}"),
    "a digit too few": kept(lambda f: f"{f.npp[:3]}.{f.npp[4:]}x"),
    "an exponent": lost(lambda f: "2.315E+07"),
    "zeros only": lost(lambda f: "00000000"),
    **NOTHING,
}


MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
ENGLISH = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


# Days, amounts, addresses, words --------------------------------------------------------------------------------------


def _born(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: f.born.isoformat())


def _month(names: Sequence[str]) -> Callable[[Facts], str]:
    return lambda f: names[f.born.month - 1]


def _month_first(facts: Facts) -> Made:
    """As Americans write it: told apart only where the day is no month."""
    if facts.born.day < 13:
        return None
    return f"{facts.born:%m/%d/%Y}", (facts.born.isoformat(),), False


BIRTH_DATE: dict[str, Kind] = {
    **together(
        _born,
        dashes=lambda f: f"{f.born:%d-%m-%Y}",
        slashes=lambda f: f"{f.born.day}/{f.born.month}/{f.born.year}",
        points=lambda f: f"{f.born:%d.%m.%Y}",
        year_first=lambda f: f"{f.born:%Y-%m-%d}",
        year_first_and_midnight=lambda f: f"{f.born:%Y-%m-%d} 00:00:00",
        blanks_between=lambda f: f"{f.born:%d - %m - %Y}",
        in_words=lambda f: f"{f.born.day} {_month(MONTHS)(f)} {f.born.year}",
        in_capitals=lambda f: f"{f.born:%d}-{_month(SHORT)(f).upper()}-{f.born.year}",
        in_english=lambda f: f"{f.born:%d}-{_month(ENGLISH)(f)}-{f.born.year}",
        with_its_place=lambda f: f"Duri, {f.born.day} {_month(MONTHS)(f)} {f.born.year}",
        with_its_weekday=lambda f: f"{DAYS[f.born.weekday()]}, {f.born.day} {_month(MONTHS)(f)} {f.born.year}",
        text_mark=lambda f: f"'{f.born:%d-%m-%Y}",
        hard_blanks=lambda f: f"\u00a0{f.born:%d-%m-%Y}\u00a0",
        wide_digits=lambda f: wide(f"{f.born:%d-%m-%Y}"),
        a_date=lambda f: f.born,
        a_serial=lambda f: float((f.born - date(1899, 12, 30)).days),
        two_digits_of_the_year=lambda f: f"{f.born:%d-%m-%y}",
    ),
    "month first": _month_first,
    **together(
        lost,
        a_month_of_digits_and_a_slash=lambda f: f"{f.born:%d/%m}/19{f.born:%y}7",
        another_century=lambda f: f"{f.born:%d-%m}-0{f.born:%y}7",
        blanks_in_the_day=lambda f: f"1 2-{f.born:%m-%Y}",
        digits_alone=lambda f: f"{f.born:%d%m%Y}",
        another_weekday=lambda f: f"{DAYS[f.born.weekday() - 3]}, {f.born.day} {_month(MONTHS)(f)} {f.born.year}",
        no_such_day=lambda f: f"31-{f.rng.choice(('02', '04', '06', '09', '11'))}-{f.born.year}",
        zeros=lambda f: f"00-00-{f.born.year}",
        the_year_alone=lambda f: str(f.born.year),
        the_year_as_a_number=lambda f: float(f.born.year),
        no_day=lambda f: f"{f.born:%m-%Y}",
        a_digit_hidden=lambda f: f.hide(f"{f.born:%d-%m-%Y}", f.rng.choice("?x*_")),
        a_letter=lambda f: f.hide(f"{f.born:%d-%m-%Y}", f.rng.choice("OlISB")),
        two_of_them=lambda f: f"{f.born:%d-%m-%Y} / {f.born + timedelta(days=1):%d-%m-%Y}",
        one_or_the_other=lambda f: f"{f.born:%d-%m-%Y} atau {f.born + timedelta(days=1):%d-%m-%Y}",
        about=lambda f: f"\u00b1 {f.born.year}",
        about_that_day=lambda f: f"sekitar {f.born:%d-%m-%Y}",
        a_day_to_come=lambda f: f"{f.born.day:02}-{f.born.month:02}-2067",
        a_hundred_years_before=lambda f: f"{f.born.day:02}-{f.born.month:02}-1867",
        a_digit_of_the_year_lost=lambda f: f"{f.born:%d-%m}-{str(f.born.year)[:3]}",
        a_year_with_5=lambda f: f"{f.born:%d-%m-%Y}7",
        an_hour=lambda f: f"{f.born:%Y-%m-%d} 17:00:00",
        no_month_of_that_name=lambda f: f"{f.born.day} Mangga {f.born.year}",
        digits_alone_as_a_number=lambda f: float(f"{f.born:%d%m%Y}"),
        footnote=lambda f: f"{f.born:%d-%m-%Y}\u00b9",
        other_script=lambda f: arabic(f"{f.born:%d-%m-%Y}"),
        the_hour_of_another_zone=lambda f: datetime(f.born.year, f.born.month, f.born.day, 17),  # noqa: DTZ001 - so kept
    ),
    **NOTHING,
    "a failed lookup": empty("#REF!"),
}


def _points(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _amount(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: str(f.balance))


BALANCE: dict[str, Kind] = {
    **together(
        _amount,
        official=lambda f: f"Rp{_points(f.balance)},00",
        with_a_point_behind_rp=lambda f: f"Rp. {_points(f.balance)}",
        english=lambda f: f"{f.balance:,}.00",
        points=lambda f: _points(f.balance),
        commas=lambda f: f"{f.balance:,}",
        blanks=lambda f: f"{f.balance:,}".replace(",", " "),
        hard_blanks=lambda f: f"Rp\u00a0{_points(f.balance)}\u00a0",
        no_cents=lambda f: f"Rp {_points(f.balance)},-",
        plain=lambda f: str(f.balance),
        a_number_s_point=lambda f: f"{f.balance}.0",
        a_number=lambda f: float(f.balance),
        a_whole_number=lambda f: f.balance,
        text_mark=lambda f: f"'{_points(f.balance)}",
        wide_digits=lambda f: wide(_points(f.balance)),
    ),
    **together(
        lost,
        cents=lambda f: f"Rp{_points(f.balance)},50",
        cents_of_a_number=lambda f: f.balance + 0.25,
        cents_of_one_digit=lambda f: f"{_points(f.balance)},5",
        zeros_in_front=lambda f: f"00{f.balance}",
        groups_of_two=lambda f: "12,34,567",
        three_digits_behind_both_signs=lambda f: "12.345,000",
        uneven_groups=lambda f: _points(f.balance)[:-1],
        mixed_groups=lambda f: f"{f.rng.randrange(1, 9)},{_points(f.balance + 1_000_000)[-7:]}",
        below_zero=lambda f: f"-{_points(f.balance)}",
        below_zero_as_books_write=lambda f: f"({_points(f.balance)})",
        below_zero_as_a_number=lambda f: -float(f.balance),
        an_exponent=lambda f: "1.5E+07",
        a_letter=lambda f: f.hide(_points(f.balance), f.rng.choice("OlISB")),
        hidden=lambda f: f.hide(_points(f.balance), f.rng.choice("x*?_")),
        two_of_them=lambda f: f"{_points(f.balance)} / {_points(f.balance + 1000)}",
        about=lambda f: f"\u00b1 {_points(f.balance)}",
        more_than=lambda f: f"> {_points(f.balance)}",
        another_currency=lambda f: f"USD {_points(f.balance)}",
        cents_or_a_digit_lost=lambda f: f"{_points(f.balance)}.00",
        a_share=lambda f: f"{_points(f.balance)}%",
        words=lambda f: f.rng.choice(("cek Smile", "menyusul", "sesuai slip")),
        footnote=lambda f: f"{_points(f.balance)}\u00b2",
        other_script=lambda f: arabic(_points(f.balance)),
        a_day=lambda f: f.born,
    ),
    **NOTHING,
    "a failed lookup": empty("#VALUE!"),
}


def _address(make: Callable[[Facts], Raw]) -> Kind:
    return sure(make, lambda f: f.email)


EMAIL: dict[str, Kind] = {
    **together(
        _address,
        plain=lambda f: f.email,
        blanks_around=lambda f: f"  {f.email} ",
        hard_blanks_around=lambda f: f"\u00a0{f.email}\u00a0",
        line_end=lambda f: f"{f.email}\n",
    ),
    "capitals": sure(lambda f: f.email.upper(), lambda f: f.email.upper()),
    # Trimmed and never otherwise repaired: the office asks, even where the eye would guess right (contracts.md).
    **together(
        lost,
        blanks_inside=lambda f: f.email.replace("@", " @ "),
        a_comma=lambda f: f.email.replace(".co", ",co"),
        two_points=lambda f: f.email.replace(".co", "..co"),
        at_in_words=lambda f: f.email.replace("@", "(at)"),
        no_at=lambda f: f.email.replace("@", ""),
        two_ats=lambda f: f.email.replace("@", "@@"),
        no_domain=lambda f: f.email.split("@")[0] + "@",
        no_end=lambda f: f.email.split("@")[0] + "@contoh",
        a_point_behind=lambda f: f.email + ".",
        a_comma_behind=lambda f: f.email + ",",
        two_of_them=lambda f: f"{f.email} / x{f.email}",
        a_name_before=lambda f: f"{f.name} <{f.email}>",
        a_link=lambda f: f"mailto:{f.email}",
        text_mark=lambda f: f"'{f.email}",
        unseen=lambda f: f.email[:4] + "\u200b" + f.email[4:],
        wide_at=lambda f: f.email.replace("@", "\uff20"),
        another_a=lambda f: f.email.replace("@", "\u0430@"),
        an_accent=lambda f: f"\u00e9{f.email}",
        a_number=lambda f: f"0{f.mobile}",
        a_note=lambda f: f"{f.email} (istri)",
        its_name=lambda f: f"email: {f.email}",
        words=lambda f: f.rng.choice(("ikut istri", "lupa", "menyusul")),
    ),
    **NOTHING,
    "a failed lookup": empty("#N/A"),
}


def _status(spellings: Sequence[str], value: str) -> Kind:
    return lambda f: (f.rng.choice(spellings), (value,), False)


ACTIVE: dict[str, Kind] = {
    "active": _status(("AKTIF", "aktif ", "Masih Aktif", "AKTIF\u00a0", "Ya", "Y", "masih  bekerja"), "yes"),
    "left": _status(("NON AKTIF", "Non-Aktif", "NONAKTIF", "tidak aktif", "Tidak", "tdk aktif", "NA"), "no"),
    "wide letters": sure(lambda f: "\uff21\uff2b\uff34\uff29\uff26", lambda f: "yes"),
    **together(
        lost,
        a_question=lambda f: f.rng.choice(("AKTIF?", "NON AKTIF ?", "aktif (cek)")),
        both=lambda f: "AKTIF / NON AKTIF",
        a_number=lambda f: f.rng.choice((1.0, 2.0)),
        a_digit=lambda f: f.rng.choice(("1", "2")),
        another_word=lambda f: f.rng.choice(("PENSIUN", "CUTI", "PHK", "meninggal", "mutasi")),
        not_known=lambda f: f.rng.choice(("tidak tahu", "belum tahu", "entah", "?")),
        a_digit_in_it=lambda f: f.rng.choice(("AKT1F", "N0N AKTIF")),
        a_part=lambda f: f.rng.choice(("AKT", "A", "NON")),
        a_day=lambda f: f.born,
    ),
    **NOTHING,
}

NAME: dict[str, Kind] = {
    **together(
        lambda make: sure(make, lambda f: f.name),
        plain=lambda f: f.name,
        blanks=lambda f: f"  {f.name.replace(' ', '   ')} ",
        hard_blanks=lambda f: f.name.replace(" ", "\u00a0"),
        unseen=lambda f: f"\u200b{f.name}\u202c",
        a_line_in_it=lambda f: f.name.replace(" ", "\n"),
    ),
    "an apostrophe": sure(lambda f: f"NUR'AINI {f.name}", lambda f: f"NUR'AINI {f.name}"),
    "titles": sure(lambda f: f"H. {f.name}, S.E.", lambda f: f"H. {f.name}, S.E."),
    "small letters": sure(lambda f: f.name.title(), lambda f: f.name.title()),
    "a digit": kept(lambda f: f.name.replace("A", "4", 1) + " 2"),
    "an address": kept(lambda f: f.email),
    "one letter": kept(lambda f: f.name[0]),
    "signs": kept(lambda f: "***"),
    "its number": kept(lambda f: f.kpj),
    "a question": kept(lambda f: "???"),
}
