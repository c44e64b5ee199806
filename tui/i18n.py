"""The language of what people read: English sources, and dates, hours and numbers as the office writes them.

Indonesian is the default; `--lang en` or LOKET_LANG choose English. Everything here is a pure look-up after `use()`.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("id", "en")
WIB: Final = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia Time: UTC+7 all year (domain.md 3.6). Fixed, so that no time-zone database is needed."""

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "loket"


class _Now:
    language = "id"
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def pick(argument: str | None, environ: Mapping[str, str]) -> str:
    """The language to speak: the argument, else LOKET_LANG, else Indonesian. Only the first two letters count."""
    for wish in (argument, environ.get("LOKET_LANG")):
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    return "id"


def use(language: str) -> None:
    """Speak this language from now on. Raises `ValueError` for one that is not there."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _Now.language = language
    if language == "en":
        _Now.catalogue = _gettext.NullTranslations()
    else:
        _Now.catalogue = _gettext.translation(DOMAIN, LOCALE, [language])


def language() -> str:
    return _Now.language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it everything here speaks this language: a text is read in another one than the screens have."""
    before = _Now.language
    use(language)
    try:
        yield
    finally:
        use(before)


def _(message: str) -> str:
    """The message in the language in use."""
    return _Now.catalogue.gettext(message)


def spoken(language: str, message: str) -> str:
    """The message in a language that need not be the one in use: a script is edited in both."""
    if language == "en":
        return message
    return _gettext.translation(DOMAIN, LOCALE, [language]).gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractor knows
    """Marks a message for translation where it is defined; `_()` translates it where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The message that fits the count, with `{n}` standing for it (Indonesian has one form for all)."""
    return _Now.catalogue.ngettext(one, many, count)


_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def hour(instant: datetime) -> str:
    """The time of day in WIB: 08.00, in English 08:00."""
    local = instant.astimezone(WIB)
    mark = ":" if _Now.language == "en" else "."
    return f"{local:%H}{mark}{local:%M}"


def weekday(day: date) -> str:
    return _(_WEEKDAYS[day.weekday()])


def month_names() -> tuple[str, ...]:
    """The twelve months in words."""
    return tuple(_(name) for name in _MONTHS)


def weekday_names() -> tuple[str, ...]:
    """The seven days in words, from Monday."""
    return tuple(_(name) for name in _WEEKDAYS)


def long_date(day: date) -> str:
    """22 November 2026."""
    return f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def month(period: str) -> str:
    """A period in words: '2023-07' is 'Juli 2023'; anything else stays as it is."""
    year, mark, number = period.partition("-")
    if mark and len(year) == 4 and number in {f"{n:02}" for n in range(1, 13)}:
        return f"{_(_MONTHS[int(number) - 1])} {year}"
    return period


def period_words(text: str) -> str:
    """A period in words: 'Juli 2023', 'Januari – Juli 2023', 'Desember 2022 – Januari 2023'."""
    first, _mark, last = text.partition("..")
    if not last or first == last:
        return month(first)
    start = month(first)
    return f"{start[:-5] if first[:4] == last[:4] else start} – {month(last)}"


def day_words(day: date, today: date) -> str:
    """'hari ini', 'besok', 'kemarin', else 'Senin 23 November', with the year when it is another one."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((day - today).days)
    if near:
        return near
    words = f"{weekday(day)} {day.day} {_(_MONTHS[day.month - 1])}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment(instant: datetime, now: datetime) -> str:
    """An instant as people say it: 'hari ini 13.00', 'Senin 23 November 09.30'."""
    return f"{day_words(instant.astimezone(WIB).date(), now.astimezone(WIB).date())} {hour(instant)}"


def short_moment(instant: datetime, now: datetime) -> str:
    """An instant for a narrow column: '13.00', '23-11 09.30', '23-11-2025'."""
    local, today = instant.astimezone(WIB), now.astimezone(WIB)
    if local.date() == today.date():
        return hour(instant)
    if abs((local.date() - today.date()).days) < 300:
        return f"{local:%d-%m} {hour(instant)}"
    return f"{local:%d-%m-%Y}"


def number(value: int) -> str:
    """1.234, in English 1,234."""
    text = f"{value:,}"
    return text if _Now.language == "en" else text.replace(",", ".")


def rate(part: int, whole: int) -> str:
    """A share in percent: '62%'; '–' of nothing."""
    return f"{round(100 * part / whole)}%" if whole else "–"
