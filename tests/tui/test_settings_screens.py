"""The settings of the office, driven by keys: what a head changes, what is refused and why, and how it comes back."""

from __future__ import annotations

import pytest

from store.rules.outcomes import DEFAULT_POLICIES, Outcome
from store.rules.permissions import Role
from tests.store.office import Office, wib
from tests.tui.driving import Desk, at_desk


async def settings(desk: Desk, *keys: str) -> Desk:
    """The settings screen, by the menu; then these keys."""
    await desk.press("colon")
    await desk.type("pengaturan kantor")
    await desk.press("enter")
    return await desk.press(*keys)


def row(desk: Desk, text: str) -> str:
    """The first line on screen with this text."""
    return next(line for line in desk.lines if text in line)


def read(desk: Desk) -> str:
    """All that stands on screen as one text: a sentence may go on in the next line."""
    return " ".join(desk.text.split())


async def test_the_first_screen_tells_every_value(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk)
        assert "bawaan Loket" in row(desk, "Tindak lanjut tiap hasil")
        assert "08.00–17.00" in row(desk, "Jam kerja")
        assert "17 Agustus 2023" in row(desk, "Hari tutup")
        assert "2 jam · 15.00 · 09.30 · 13.30 · 09.30" in row(desk, "telepon ulang 1–5")
        assert "Rp10.000.000" in row(desk, "Batas saldo JMO")
        assert "tidak boleh" in row(desk, "Kode QR")


@pytest.mark.parametrize("role", [Role.MAGANG, Role.PELAYANAN, Role.KEPALA_KANTOR])
async def test_who_may_not_change_anything_is_told_why(office: Office, role: Role) -> None:
    async with at_desk(office) as desk:
        await desk.store.staff.act_as(role)
        desk.app.me = await desk.store.refresh_me()
        await settings(desk)
        assert "Peran Anda hari ini tidak" in desk.status
        assert "Pengaturan ·" not in desk.header


# The outcome table


async def test_a_changed_delay_holds_from_the_next_outcome_on(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "1", "down", "d")
        await desk.type("45")
        await desk.press("enter")
        assert "45 menit" in row(desk, "sibuk")
        assert "sibuk: ditelepon lagi setelah 45 menit" in desk.text
        await desk.press("f2", "enter", "2")
        assert "Sibuk → lagi hari ini 09.45" in desk.text


async def test_a_value_that_cannot_be_is_refused_and_stays_to_be_mended(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "1", "down", "t")
        await desk.type("51")
        await desk.press("enter")
        assert "1 sampai 50 percobaan per nomor." in desk.text
        assert "sibuk: 51" in desk.asked
        await desk.press("backspace", "enter")
        assert (await desk.store.settings.policies())[Outcome.BUSY].most_tries == 5


async def test_what_does_not_fit_an_outcome_says_why_at_once(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "1")
        await desk.press("down", "down", "down", "down", "d")
        assert "peserta yang menentukan waktunya" in desk.text
        await desk.press("t")
        assert "tidak menghitung percobaan" in desk.text
        await desk.press("home", "l", "s")
        assert "hanya tentang nomornya" in desk.text
        await desk.press("p")  # no answer without other hours and without a delay
        assert "Beri jeda, atau pakai bagian hari lain." in read(desk)
        await desk.press("b")
        assert "Ini sudah bawaan Loket." in desk.text
        assert await desk.store.settings.policies() == dict(DEFAULT_POLICIES)


async def test_a_refusal_is_called_again_later_and_undone(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "1")
        await desk.press(*["down"] * 9, "l", "n")
        assert "nanti lagi" in row(desk, "tidak bersedia")
        assert "*" in row(desk, "tidak bersedia")
        await desk.press("u")
        assert "Diurungkan: hasil" in desk.status
        assert "selesai" in row(desk, "tidak bersedia")
        await desk.press("u")
        assert "Tidak ada lagi milik Anda yang bisa diurungkan." in desk.text


async def test_back_to_the_default_by_a_key(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "1", "h")
        assert "nomor habis: tanpa nomor" in desk.text
        assert "*" in row(desk, "tidak diangkat")
        await desk.press("b")
        assert "nomor habis: " in desk.text
        assert "*" not in row(desk, "tidak diangkat")


# Hours and closed days


async def test_hours_are_typed_in_one_line_and_hold_at_once(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "2", "enter", "ctrl+u")
        await desk.type("8-10")
        await desk.press("enter")
        assert "08.00–10.00" in row(desk, "Senin")
        assert "buka s.d. 10.00" in desk.status
        await desk.press("b")
        assert "08.00–17.00" in row(desk, "Senin")


async def test_hours_that_make_no_day_stay_in_the_line(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "2", "e", "ctrl+u")
        await desk.type("17-8")
        await desk.press("enter")
        assert "Urutan jam terbalik" in desk.text
        assert "17-8" in desk.asked
        await desk.press("escape")
        assert "08.00–17.00" in row(desk, "Senin")


async def test_the_last_working_day_cannot_go(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "2")
        for _day in range(4):
            await desk.press("l", "down")
        await desk.press("l")
        assert "paling sedikit satu hari" in desk.text
        assert "08.30–17.00" in row(desk, "Jumat")


async def test_a_day_of_the_office_is_closed_and_opened_again(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "3", "a")
        await desk.type("7/8 rapat kerja")
        await desk.press("enter")
        assert "kantor" in row(desk, "rapat kerja")
        assert "Senin 7 Agustus tutup" in desk.text
        assert "Selasa 8 Agustus" in read(desk)
        assert (await desk.store.queue.callback_presets())["5"] == wib(8, 9, 30, month=8)
        await desk.press("h")
        assert "rapat kerja" not in "\n".join(desk.lines[1:-4])
        await desk.press("u")
        assert "kantor" in row(desk, "rapat kerja")


async def test_a_national_day_stays_and_says_so(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "3")
        assert "» Kamis 17 Agustus" in desk.text
        await desk.press("h")
        assert "Libur nasional tetap" in desk.text
        await desk.press("a")
        await desk.type("17/8 upacara")
        await desk.press("enter")
        assert "sudah tutup" in desk.text
        await desk.press("escape", "right")
        assert "Hari tutup 2024" in desk.header


# Presets and the limit


async def test_a_moved_preset_is_offered_to_a_colleague_at_once(office: Office) -> None:
    async with at_desk(office) as desk:
        await desk.store.staff.add("budi", "Budi", "", "magang")
        await settings(desk, "4", "down", "down", "enter")
        await desk.type("8.15")
        await desk.press("enter")
        assert "08.15" in row(desk, "besok pagi")
        async with at_desk(office, "budi") as other:
            await other.press("f2", "enter", "5")
            assert "3 besok 08.15" in other.asked


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("1", "10", "15 menit sampai 8 jam"),
        ("2", "18", "tidak buka"),
        ("3", "13", "sebelum 12"),
        ("4", "9", "sesudah pagi besok"),
        ("5", "pagi", "Jam tidak terbaca"),
    ],
)
async def test_a_preset_that_belies_its_key_is_refused(office: Office, key: str, typed: str, why: str) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "4", *["down"] * (int(key) - 1), "enter")
        await desk.type(typed)
        await desk.press("enter")
        assert why in desk.text


async def test_a_new_limit_advises_on_the_card(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "5", "a")
        await desk.type("1/7/2023 12 juta")
        await desk.press("enter")
        assert "berlaku hari ini" in row(desk, "1 Juli 2023")
        await desk.press("f2", "enter", "v")
        assert "aplikasi JMO" in desk.text
        assert (await desk.store.settings.jmo_limits())[1][1] == 12_000_000


# Name, area code, QR


async def test_name_and_area_code_are_typed_in_place(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "7", "ctrl+u")
        await desk.type("Kantor Cabang Duri")
        await desk.press("enter")
        assert "Kantor Cabang Duri" in desk.header
        await desk.press("8", "ctrl+u")
        await desk.type("765")
        await desk.press("enter")
        assert "Kode wilayah" in desk.text
        assert await desk.store.office.setting("phones.area_code") == "0765"


async def test_qr_codes_are_allowed_by_another_key_only(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk, "9")
        assert "Ponsel pribadi" in desk.asked
        assert not await desk.store.office.setting("calls.qr")
        await desk.press("y")
        assert "boleh" in row(desk, "Kode QR")
        await desk.press("u")
        assert "tidak boleh" in row(desk, "Kode QR")


async def test_everything_is_complete_in_english_at_80_columns(office: Office) -> None:
    async with at_desk(office, lang="en") as desk:
        await desk.press("colon")
        await desk.type("settings of")
        await desk.press("enter")
        assert "What follows each outcome" in desk.text
        for key, seen in (
            ("1", "called again; in another part of the day"),
            ("2", "6 h 30 min"),
            ("3", "Thursday 17 August closed"),
            ("4", "Pressed now"),
            ("5", "holds today"),
        ):
            await desk.press(key)
            assert seen in desk.text
            await desk.press("escape")
        assert "Settings" in desk.header
        await desk.press("escape")
        assert "Settings" not in desk.header


# Topics of the counter


async def test_the_office_s_topics_are_typed_and_stand_at_the_counter(office: Office) -> None:
    async with at_desk(office) as desk:
        await settings(desk)
        assert "jam operasional" in row(desk, "Topik layanan")
        await desk.press("t", "9")
        await desk.type("parkir")
        await desk.press("enter")
        assert "kata sendiri" in row(desk, "parkir") and "9: parkir" in desk.asked + desk.status
        await desk.press("8", "ctrl+u")
        await desk.type("program")
        await desk.press("enter")
        assert (await desk.store.counter.topics())["8"] == "programme", "a name of Loket's brings its answers"
        await desk.press("2", "ctrl+u")
        await desk.type("parkir")
        await desk.press("enter")
        assert "sudah ada di angka lain" in read(desk) and "parkir" in desk.asked
        await desk.press("escape", "h", "f3")
        assert "9 parkir" in desk.text and "2 " not in "\n".join(desk.lines[-4:-2])
        await desk.press("escape", "u")
        assert "Diurungkan: topik layanan" in read(desk)
        await desk.press("b")
        assert "parkir" not in "\n".join(desk.lines[2:12])
        await desk.press("u")
        assert "parkir" in "\n".join(desk.lines[2:12])
