"""Every theme can be read, and no state is told by colour alone."""

from __future__ import annotations

import pytest

from store.rules.outcomes import Outcome
from tests.store.office import Office, call
from tests.tui.driving import at_desk
from tui import i18n, styles
from tui.widgets.ink import Painted
from tui.words.calls import STATES

PAIRS = [
    *(
        (ink, "ink-ground")
        for ink in ("ink-text", "ink-muted", "ink-off", "ink-accent", "ink-good", "ink-warn", "ink-bad")
    ),
    ("ink-bar-text", "ink-bar-ground"),
    ("ink-practice-text", "ink-practice-ground"),
    ("ink-cursor-text", "ink-cursor-ground"),
    ("ink-text", "ink-foot-ground"),
]
"""Letters and what they stand on."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour '#rrggbb' (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#ffffff") < 4.5


@pytest.mark.parametrize("theme", styles.PALETTES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    palette = styles.PALETTES[theme]
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_state_has_a_word_of_its_own(lang: str) -> None:
    i18n.use(lang)
    words = [i18n._(word) for word in STATES.values()]
    assert len(set(words)) == len(words)


async def test_without_colours_the_screen_says_the_same_and_sends_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await office.open()
    await call(store, Outcome.BUSY)
    shown = []
    for colourless in (False, True):
        monkeypatch.delenv("NO_COLOR", raising=False)
        if colourless:
            monkeypatch.setenv("NO_COLOR", "1")
        async with at_desk(office) as desk:
            await desk.press("f2")
            shown.append(desk.text)
            styles_sent = [
                segment.style
                for strip in desk.app.screen._compositor.render_strips()
                for segment in strip
                if segment.style is not None
            ]
        assert all(style.color is None and style.bgcolor is None for style in styles_sent) is colourless
        # What colour says otherwise is said by an attribute: the bar, the chosen line, keys that are off.
        assert any(style.reverse for style in styles_sent) is colourless
    assert shown[0] == shown[1]


async def test_a_theme_that_is_chosen_is_seen_on_every_line(empty_office: Office) -> None:
    async with at_desk(empty_office) as desk:
        lines = list(desk.app.screen.query(Painted))
        before = [widget.render_line(0) for widget in lines if widget.lines]
        await desk.app.do_theme_light()
        await desk.settle()
        assert [widget.render_line(0) for widget in lines if widget.lines] != before
        for widget in lines:
            assert [widget.render_line(y) for y in range(len(widget.lines))] == [*map(widget.strip, widget.lines)]
