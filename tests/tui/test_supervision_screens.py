"""Pengawasan and pembagian, driven by keys."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from store import Store
from store.rows import Card, Nothing
from store.rules.outcomes import Outcome
from tests.store.office import Office, Person, hold
from tests.tui.driving import Desk, at_desk
from tui.screens.calls import CallsScreen
from tui.screens.division import DivisionScreen
from tui.screens.home import HomeScreen
from tui.screens.supervision import SupervisionScreen


class Team(NamedTuple):
    office: Office
    budi: Store
    cici: Store


@pytest.fixture
async def team(office: Office) -> Team:
    """The office with a head, Hadi, and two interns; four people are to be called."""
    ani = await office.open()
    await office.hire(ani, "hadi", "kepala_bidang")
    return Team(office, await office.hire(ani, "budi"), await office.hire(ani, "cici"))


def line_of(desk: Desk, name: str) -> str:
    """The line of the table that begins with this."""
    return next(line for line in desk.lines[1:-4] if line[2:].startswith(name))


async def look(desk: Desk) -> None:
    """What the shell does by itself once a second."""
    await desk.app._look()
    await desk.settle()


# Pengawasan


async def test_the_head_sees_live_who_holds_whom_and_what_was_done_today(team: Team) -> None:
    async with at_desk(team.office, "hadi", size=(120, 40)) as desk:
        await desk.press("f2", "w")
        assert "Belum ada yang menelepon. Langkah berikutnya: d" in desk.asked
        served = await team.budi.queue.outcome(await hold(team.budi), Outcome.WILL_CLAIM)
        assert isinstance(served.next, Card)
        await team.cici.queue.outcome(await hold(team.cici), Outcome.NO_ANSWER)
        await look(desk)
        assert " ".join(line_of(desk, "BUDI").split()) == "» BUDI ROSLINA PT SAWIT JAYA Juli 2023 09.00 1 1 1 09.00"
        assert "ZUBAIDAH" in line_of(desk, "CICI")
        assert line_of(desk, "CICI").split()[-5:] == ["09.00", "1", "0", "0", "09.00"]
        assert "Hari ini: 2 telepon · 1 terhubung · 1 bersedia klaim · 2 dipegang" in desk.asked
        await team.budi.queue.put_back(served.next)
        await look(desk)
        assert "tidak ada" in line_of(desk, "BUDI")


async def test_o_takes_a_person_over_after_a_reason_and_y(team: Team) -> None:
    card = await hold(team.budi)
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "o")
        await desk.press("enter")
        assert "Alasan perlu diisi" in desk.status
        await desk.type("budi sakit")
        await desk.press("enter")
        assert "Ambil alih SUPARMAN HADI WIJAYA? 1 kartu hilang dari layar BUDI." in desk.asked
        await desk.press("y")
        assert isinstance(desk.app.screen, CallsScreen)
        assert "SUPARMAN HADI WIJAYA" in desk.text
        assert "0 8 1 2   3 4 5 6   7 8 9 0" in desk.text
        assert "Diambil alih dari BUDI. Kartunya kini milik Anda." in desk.status
        assert not (await team.budi.queue.outcome(card, Outcome.NO_ANSWER)).applied
        await desk.press("6", "k")
        assert "Bersedia klaim" in desk.status


async def test_without_y_nothing_is_taken_and_the_reason_stays(team: Team) -> None:
    card = await hold(team.budi)
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "o")
        await desk.type("sakit")
        await desk.press("enter", "n", "escape", "b")
        assert "sakit" in desk.asked
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, CallsScreen)
    assert (await hold(team.budi)).token == card.token


async def test_b_puts_back_for_the_next_who_is_free(team: Team) -> None:
    card = await hold(team.budi)
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "b")
        await desk.type("salah orang")
        await desk.press("enter")
        assert "Kembalikan SUPARMAN HADI WIJAYA? 1 kartu hilang dari layar BUDI." in desk.asked
        await desk.press("y")
        assert "Kembali ke daftar, tercatat: SUPARMAN" in desk.status
        assert "0 dipegang" in desk.asked
    assert (await hold(team.cici)).kpj == card.kpj


async def test_who_settled_the_person_meanwhile_is_not_robbed(team: Team) -> None:
    card = await hold(team.budi)
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "o")
        await desk.type("sakit")
        await desk.press("enter")
        await team.budi.queue.outcome(card, Outcome.REFUSED)
        await desk.press("y")
        assert "Baru saja diubah orang lain" in desk.asked
        assert isinstance(desk.app.screen, SupervisionScreen)


async def test_keys_say_why_they_are_off(team: Team) -> None:
    served = await team.budi.queue.outcome(await hold(team.budi), Outcome.NO_ANSWER)
    assert isinstance(served.next, Card)
    await team.budi.queue.put_back(served.next)
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "o")
        assert "Petugas ini sedang tidak memegang siapa pun." in desk.status
    async with at_desk(team.office, "budi") as desk:
        await desk.press("f2", "w")
        assert "Peran Anda hari ini tidak mengizinkan ini." in desk.status
        assert isinstance(desk.app.screen, CallsScreen)


async def test_a_head_does_not_take_over_from_their_own_screen(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "enter", "escape", "w", "o")
        assert "Anda sendiri yang memegang peserta ini: F2" in desk.status


# Pembagian


async def test_two_keys_give_a_company_to_a_handler_and_the_next_line_is_chosen(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "2")
        assert "menurut perusahaan" in desk.header
        assert line_of(desk, "PT SAWIT JAYA").split()[-3:] == ["2", "siapa", "saja"]
        await desk.press("enter")
        assert "PT SAWIT JAYA: 2 orang, kini milik siapa saja." in desk.asked
        assert [line.split()[:2] for line in desk.lines[3:6]] == [["1", "BUDI"], ["2", "CICI"], ["3", "HADI"]]
        await desk.press("2")
        assert "2 orang → CICI · u membatalkan · PT SAWIT JAYA" in desk.status
        assert line_of(desk, "PT SAWIT JAYA").split()[-2:] == ["2", "CICI"]
        assert desk.lines[3].startswith("» ")
        await desk.press("enter")
        assert line_of(desk, "2   CICI").split()[-1] == "2"
    left = await team.budi.queue.claim()
    assert isinstance(left, Card)
    assert left.company != "PT SAWIT JAYA"
    assert (await hold(team.cici)).company == "PT SAWIT JAYA"


async def test_0_gives_back_to_anybody_and_u_takes_back_to_any_depth(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "3", "enter", "1")
        assert "4 orang → BUDI" in desk.status
        await desk.press("enter", "0")
        assert "4 orang → siapa saja" in desk.status
        await desk.press("1", "u")
        assert "Diurungkan: Juli 2023 kembali milik BUDI." in desk.status
        assert "menurut periode" in desk.header
        await desk.press("u")
        assert "Diurungkan: Juli 2023 kembali milik siapa saja." in desk.status
        await desk.press("u")
        assert "Tidak ada lagi milik Anda" in desk.status
    assert isinstance(await team.cici.queue.claim(), Card)


async def test_a_handler_is_chosen_by_arrows_too_and_escape_gives_nothing(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "2", "enter", "escape")
        assert "PT SAWIT JAYA" in desk.text
        await desk.press("enter", "9")
        assert "Tidak ada petugas dengan tombol ini." in desk.status
        await desk.press("down", "down", "enter")
        assert "2 orang → CICI" in desk.status


async def test_lines_are_searched(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "2", "slash")
        await desk.type("sawit")
        assert sum("PT" in line or "CV" in line for line in desk.lines[2:-4]) == 1
        await desk.press("enter", "enter", "1")
        assert "→ BUDI" in desk.status
        await desk.press("escape")
        assert "CV [red]MERAH[/]" in desk.text
        await desk.press("slash")
        await desk.type("budi")
        assert line_of(desk, "PT SAWIT JAYA")


async def test_another_head_s_share_is_seen_without_a_key(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "2")
        hana = await team.office.hire(await team.office.open("ani"), "hana", "kepala_bidang")
        await hana.division.give("company", "PT SAWIT JAYA", team.budi.me.staff_id)
        await look(desk)
        assert line_of(desk, "PT SAWIT JAYA").split()[-1] == "BUDI"


async def test_the_share_of_somebody_who_phones_no_more_is_told(team: Team) -> None:
    ani = await team.office.open("ani")
    hadi = await team.office.open("hadi")
    await hadi.division.give("company", "PT SAWIT JAYA", team.budi.me.staff_id)
    await ani.staff.role("budi", "umum")
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("f2", "w", "d", "2")
        assert "siapa saja (dulu BUDI)" in line_of(desk, "PT SAWIT JAYA")


async def test_desks_above_each_other_are_left_one_by_one(team: Team) -> None:
    async with at_desk(team.office, "hadi") as desk:
        await desk.press("colon")
        await desk.type("pengawasan")
        await desk.press("enter", "d", "w")
        assert isinstance(desk.app.screen, SupervisionScreen)
        await desk.press("d")
        assert isinstance(desk.app.screen, DivisionScreen)
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_an_empty_office_says_the_next_step(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        await desk.press("f2", "w", "d")
        assert "Langkah berikutnya: masukkan daftar peserta" in desk.asked
        await desk.press("enter")
        assert "Tidak ada yang perlu dibagi." in desk.status
        await desk.press("escape", "escape", "k")
        assert "Langkah berikutnya" in desk.text


@pytest.mark.parametrize(("lang", "size"), [("id", (80, 24)), ("en", (80, 24)), ("en", (120, 40))])
async def test_the_longest_names_are_cut_with_a_mark_and_lines_stay_in_the_screen(
    empty_office: Office, lang: str, size: tuple[int, int]
) -> None:
    long = "DRA. HJ. ZUBAIDAH EFFENDI NASUTION BINTI ABDURRAHMAN PANJANG SEKALI SAMPAI KE UJUNG JALAN"
    ani = await empty_office.open()
    company = "PT " + "MANDAU LESTARI " * 8
    await empty_office.bring_in(
        ani, [Person(f"2100000000{n}", long, hp=f"08123456789{n}", company=company) for n in range(3)]
    )
    await ani.staff.add("hadi", "HADI " * 15, "Pelayanan", "kepala_bidang")
    await ani.staff.add("budi", "BUDI " * 15, "Pelayanan", "magang")
    budi = await empty_office.open("budi")
    await hold(budi)
    async with at_desk(empty_office, "hadi", lang=lang, size=size) as desk:
        screens = []
        for keys in (("f2", "w"), ("o",), ("escape", "d", "2"), ("enter",), ("1",)):
            await desk.press(*keys)
            screens.append(desk.text)
            assert not isinstance(await budi.queue.claim(), Nothing)
            for widget in desk.painted:
                for line in widget.lines:
                    assert line.width <= widget.size.width or "…" in "".join(s.text for s in widget.strip(line))
        assert "BUDI" in screens[0]
        assert "ZUBAIDAH" in screens[0]
        assert {"id": "Alasan diambil alih", "en": "Why take over"}[lang] in screens[1]
        assert {"id": "Milik", "en": "Whose"}[lang] in screens[2]
        assert {"id": "Petugas", "en": "Handler"}[lang] in screens[3]
        assert "→ BUDI" in screens[4]


async def test_an_auditor_looks_and_changes_nothing(team: Team) -> None:
    card = await hold(team.budi)
    await team.office.hire(await team.office.open(), "tari", "auditor")
    async with at_desk(team.office, "tari", size=(120, 40)) as desk:
        await desk.press("f2", "w")
        assert card.name in line_of(desk, "BUDI")
        await desk.press("b")
        assert "Peran Anda hari ini" in desk.text and isinstance(desk.app.screen, SupervisionScreen)
        await desk.press("d")
        assert isinstance(desk.app.screen, DivisionScreen)
        await desk.press("enter")
        assert "Peran Anda hari ini" in desk.text
        await desk.press("f9", "4", "t")
        assert "Peran Anda hari ini" in desk.text
    await team.budi.queue.outcome(card, Outcome.NO_ANSWER)  # still theirs
