"""Help is about the work: what follows an outcome in this office, what a doubt is, whom to ask, and per desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.rules.outcomes import DEFAULT_POLICIES, Outcome
from tests.store.office import Office
from tests.tui.driving import at_desk
from tui import commands, i18n
from tui.screens.guide import chapters
from tui.screens.help import KEY_WIDTH, keys_shown

TALL = (80, 400)


async def test_what_follows_an_outcome_is_told_from_the_table_of_the_office(office: Office) -> None:
    async with at_desk(office, size=TALL) as desk:
        await desk.press("f2", "enter", "f1")
        assert "sibuk: ditelepon lagi setelah 30 menit" in desk.text
        await desk.press("escape")
        busy = (await desk.store.settings.policies())[Outcome.BUSY]
        await desk.store.settings.set_policy(Outcome.BUSY, replace(busy, delay=replace(busy.delay, amount=45)))
        await desk.press("f1")
        assert "sibuk: ditelepon lagi setelah 45 menit" in desk.text


async def test_a_command_without_a_key_shows_none(office: Office) -> None:
    async with at_desk(office, size=TALL) as desk:
        await desk.press("f1")
        lines = [line for line in desk.lines if "Layar awal." in line or "Tema: gelap." in line]
        assert len(lines) == 2
        for line in lines:
            assert line[: KEY_WIDTH + 2].strip() == ""
        assert "(Ada di menu.)" in desk.text


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_keys_of_every_command_have_their_column(lang: str) -> None:
    i18n.use(lang)
    for command in commands.TABLE:
        assert len(keys_shown(command)) < KEY_WIDTH + 1


@pytest.mark.parametrize(
    ("where", "first"), [("recap-jht56", "Angka-angkanya"), ("checks", "Cek status klaim"), ("list", "JHT 56")]
)
def test_what_a_desk_needs_is_told_first(where: str, first: str) -> None:
    i18n.use("id")
    told = chapters(where, DEFAULT_POLICIES)
    assert first in told[0][0]
    assert "Kepada siapa bertanya" in told[-1][0]
    outcomes = next(lines for title, lines in told if "hasil" in title)
    assert len(outcomes) == len(DEFAULT_POLICIES)
