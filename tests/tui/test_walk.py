"""Every screen and every question of the table of commands, opened by keys, with the longest names, at both sizes.

Nothing is clipped without a mark, the footer is whole, no English stands among the Indonesian, and nothing of the
library's own speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from functools import cache

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

from store import Store
from store.edits import Evidence
from store.rules.answers import FIELDS as ANSWER_FIELDS
from store.rules.corrections import Field, Source
from store.rules.hours import DayHours
from store.rules.kinds import Kind
from store.rules.outcomes import Delay, DelayKind
from store.rules.script import FIELDS, PARTS
from tests.store import voucher_desk
from tests.store.office import Office, Person
from tests.store.voucher_desk import Paid
from tests.tui import archive_office, background, smile_walks
from tests.tui.driving import Desk, at_desk
from tests.tui.walks import REACHED, WALKS
from tui import commands, i18n
from tui.commands import CONTEXTS
from tui.screens.base import DeskScreen
from tui.widgets.ink import Painted

NAME = "HJ. SITI ZUBAIDAH EFFENDI NASUTION BINTI H. ABDURRAHMAN SALEH"[:60]
COMPANY = "PT PERKEBUNAN DAN PENGOLAHAN KELAPA SAWIT MANDAU SEJAHTERA ABADI NUSANTARA RAYA TBK"[:80]
FILE = "peserta_jht56_kantor_cabang_bulan_juli_2023_revisi_terakhir_sekali.csv"
STAFF = "RADEN RORO ENDANG SRI WAHYUNINGSIH KUSUMANINGRUM HADININGRAT"

KNOWN = {*FIELDS, *ANSWER_FIELDS}
"""Fields that are shown as they are written, where a text is edited."""


def test_the_walks_meet_every_context_of_the_table() -> None:
    assert set().union(*REACHED.values()) == set(CONTEXTS)


@pytest.fixture
async def long_office(empty_office: Office) -> Office:
    """People, companies, staff and a file with the longest names there are."""

    async def longest_names(store: Store) -> None:
        kpj = [f"2100000{n:04d}" for n in range(1, 13)]
        people = [
            Person(
                kpj[n],
                NAME,
                hp=f"0812345678{n:02d} / 0765-912{n:02d}",
                balance="12000000",
                company=COMPANY,
                npp="00099101",
            )
            for n in range(12)
        ]
        people += [
            Person(
                "22000000001",
                NAME[::-1].strip(),
                hp="081399990000",
                balance="250000000",
                company=COMPANY,
                born=date(1967, 6, 2),
            ),
            Person("22000000002", NAME, company=COMPANY),
            Person("22000000003", NAME, hp="8.12E+11", company=COMPANY),
        ]
        await empty_office.bring_in(store, people)
        await matters(store)
        empty_office.write_list([*people[:3], Person("", NAME, company=COMPANY)]).rename(store.inbox / FILE)
        empty_office.sql("UPDATE staff SET name = ?", STAFF)

    await empty_office.made_once("the longest names", longest_names)
    return empty_office


async def matters(store: Store) -> None:
    """Two other lists, each about something long."""
    found = [row.participant_id for row in (await store.persons.find("2100000"))[:4]]
    for kind in (Kind.BANK_CHECK, Kind.INCOMPLETE_FILE):
        await store.queue.add_people(
            kind, found, "surat keterangan ahli waris dan buku rekening yang halamannya hilang"
        )


async def long_settings(office: Office) -> None:
    """The longest that each setting can be; whoever opens the office now sees it."""
    store = await office.open()
    await store.office.set_setting("office.name", COMPANY)
    for outcome, policy in (await store.settings.policies()).items():
        at_once = policy.delay.kind in (DelayKind.NOW, DelayKind.CHOSEN)
        delay = policy.delay if at_once else Delay(DelayKind.WORKING_DAYS, 60)
        await store.settings.set_policy(
            outcome, replace(policy, delay=delay, most_tries=50 if policy.most_tries else 0)
        )
    for day in range(5):
        await store.settings.set_hours(day, DayHours(time(7, 45), time(16, 45), time(11, 45), time(13, 15)))
    for day in range(1, 29):
        if date(2023, 11, day).weekday() < 5:
            await store.office.add_closed_day(date(2023, 11, day), COMPANY)
    for year in range(2000, 2023):
        await store.settings.set_jmo_limit(date(year, 12, 31), 999_999_999_999)
    for language in i18n.LANGUAGES:
        for part in PARTS:
            await store.settings.set_script(Kind.JHT56, language, part, f"{NAME} **{COMPANY}** {{nama}}\n\n" * 12)
    await store.close()


async def long_listing(office: Office) -> None:
    """A day of the listing with the longest names, two papers of one payee that wait for a yes; one more in MASUK."""
    store = await office.open()
    paid = [Paid(n, NAME, 999_999_999_999, "JKK", payee=COMPANY) for n in (1, 2)]
    paid += [Paid(n, NAME, 999_999_999_999) for n in (3, 4)]
    await voucher_desk.bring(store, paid)
    for each in paid[:3]:
        await voucher_desk.received(store, each)
    rows = [voucher_desk.HEADINGS, *Paid(5, NAME, 1_000_000).lines]
    text = "\n".join(";".join(row) for row in rows)
    (store.inbox / f"listing {FILE}").write_text(text, encoding="utf-8")
    await store.close()
    office.opened.clear()


def long_corrections(office: Office) -> None:
    """The newest file in MASUK: other numbers for people who are known, cells that cannot be used, somebody unknown."""
    people = [Person(f"2100000{n:04d}", NAME, hp=f"0813000000{n:02d}", company=COMPANY) for n in range(1, 9)]
    people += [Person("21000000009", NAME, hp="8.13E+11", email=f"{FILE}@@contoh"), Person("29999999999", NAME)]
    office.write_list(people).rename(office.home / "MASUK" / f"koreksi {FILE}")


@pytest.mark.parametrize(
    ("lang", "size"),
    [
        pytest.param("id", (80, 24), id="id-80x24"),
        # English is shorter, and where there is more room less is cut: those walks are the long form.
        pytest.param("en", (80, 24), id="en-80x24", marks=pytest.mark.soak),
        pytest.param("id", (120, 40), id="id-120x40", marks=pytest.mark.soak),
        pytest.param("en", (120, 40), id="en-120x40", marks=pytest.mark.soak),
    ],
)
@pytest.mark.parametrize("walk", WALKS)
async def test_every_screen_is_whole(long_office: Office, walk: str, lang: str, size: tuple[int, int]) -> None:
    seen: set[str] = set()
    if walk == "long settings":
        await long_settings(long_office)
    if walk == "files of corrections":
        long_corrections(long_office)
    if WALKS[walk][0] == "f5":
        await long_listing(long_office)
    if WALKS[walk][0] == "f6":
        await archive_office.long_archive(await long_office.open(), NAME, COMPANY)
    if walk in smile_walks.WALKS:
        store = await long_office.open()
        found = [row.participant_id for row in (await store.persons.find("2100000"))[:4]]
        await smile_walks.prepare(store, found, NAME)
    async with at_desk(long_office, lang=lang, size=size) as desk:
        seen |= look(desk, walk)
        for step in WALKS[walk]:
            if step.startswith(":"):
                await do(desk, step[1:])
            elif step == "!":
                await corrected_by_a_colleague(long_office)
            else:
                await background.press(desk, step)
            seen |= look(desk, f"{walk}, after {step}")
    assert REACHED.get(walk, set()) <= seen


async def corrected_by_a_colleague(office: Office) -> None:
    """Somebody else types another number for the same person."""
    store = await office.open()
    (row,) = await store.persons.find("22000000001")
    await store.corrections.put(row.participant_id, Field.PHONE, "081399998888", Evidence(Source.COMPANY))


async def do(desk: Desk, identity: str) -> None:
    """A command of the menu, by its id."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen)
    await screen.press(commands.by_id(identity))
    await background.rest(desk)


def look(desk: Desk, where: str) -> set[str]:
    """What has to be so on every screen; the contexts that hold on this one."""
    screen = desk.app.screen
    assert isinstance(screen, DeskScreen), where
    width, height = desk.app.size
    lines = desk.lines
    text = "\n".join(line.rstrip() for line in lines)
    assert len(lines) == height
    assert all(cell_len(line) == width for line in lines)
    for widget in desk.painted:
        whole(widget, where)
    footer = lines[-2].rstrip()
    rest = f"F10 {i18n._('end')}" if screen.contexts() == ("locked",) else f"? {i18n._('help')}"
    assert footer.endswith(rest), (where, footer)
    assert "…" not in footer, (where, footer)
    assert not re.search("textual|screenshot|maximi[sz]e|traceback", text.casefold()), where
    assert not [field for field in re.findall(r"\{([a-z_]*)\}", text) if field not in KNOWN], where
    if i18n.language() == "id":
        assert english(text) == [], where
    return set(screen.contexts())


def whole(widget: Painted, where: str) -> None:
    assert len(widget.lines) <= widget.size.height, (where, widget)
    for row, line in enumerate(widget.lines):
        if line.width > widget.size.width:
            assert "…" in "".join(part.text for part in widget.render_line(row)), (where, line.text)


@cache
def sources() -> tuple[str, ...]:
    """English sentences, or parts of them between the fields, that are not the same in Indonesian, each as a word."""
    with (i18n.LOCALE / "id" / "LC_MESSAGES" / "loket.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="id") if entry.id]
    known = " ".join(text for entry in entries for text in texts(entry.string)).casefold()
    pieces = (re.split(r"\{[^}]*\}", text) for entry in entries for text in texts(entry.id))
    parts = {part.strip() for split in pieces for part in split}
    wanted = [part for part in parts if len(part) >= 6 and re.search("[a-z]{3}", part) and part.casefold() not in known]
    return tuple(wanted)


def texts(said: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [said or ""] if said is None or isinstance(said, str) else list(said)


@cache
def by_word() -> Mapping[str, list[str]]:
    """`sources` by their longest word: no other could stand in a text without it."""
    found: dict[str, list[str]] = {}
    for part in sources():
        found.setdefault(max(re.findall(r"\w+", part), key=len), []).append(part)
    return found


@cache
def english(text: str) -> list[str]:
    """English that stands in the text, a line at a time."""
    joined = " ".join(text.split())
    parts = [part for word in set(re.findall(r"\w+", joined)) for part in by_word().get(word, ())]
    return [part for part in parts if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", joined)]


def test_english_is_found() -> None:
    assert english("» F2   Calls JHT 56                 The people to phone, one after the other.") != []
    assert english("» F2   Telepon JHT 56               Peserta yang ditelepon, satu demi satu.") == []
