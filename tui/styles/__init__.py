"""Colours of the three themes, by role, in the 256 colours that every terminal of the office knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from textual.theme import Theme

from tui.i18n import N_

STYLESHEET: Final = Path(__file__).parent / "loket.tcss"
DEFAULT: Final = "dark"

NAMES: Final[Mapping[str, str]] = {"dark": N_("Dark"), "light": N_("Light"), "contrast": N_("High contrast")}

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    "dark": {
        "ink-ground": "#121212",
        "ink-text": "#d7d7d7",
        "ink-muted": "#a8a8a8",
        "ink-off": "#808080",
        "ink-accent": "#5fd7ff",
        "ink-good": "#87d787",
        "ink-warn": "#ffd75f",
        "ink-bad": "#ff8787",
        "ink-bar-ground": "#005f87",
        "ink-bar-text": "#ffffff",
        "ink-foot-ground": "#121212",
        "ink-practice-ground": "#ffd75f",
        "ink-practice-text": "#000000",
        "ink-cursor-ground": "#005f87",
        "ink-cursor-text": "#ffffff",
    },
    "light": {
        "ink-ground": "#ffffff",
        "ink-text": "#1c1c1c",
        "ink-muted": "#5f5f5f",
        "ink-off": "#767676",
        "ink-accent": "#005faf",
        "ink-good": "#005f00",
        "ink-warn": "#875f00",
        "ink-bad": "#af0000",
        "ink-bar-ground": "#005f87",
        "ink-bar-text": "#ffffff",
        "ink-foot-ground": "#ffffff",
        "ink-practice-ground": "#ffd75f",
        "ink-practice-text": "#000000",
        "ink-cursor-ground": "#005f87",
        "ink-cursor-text": "#ffffff",
    },
    # Blue, yellow and white on black are told apart with every kind of colour blindness.
    "contrast": {
        "ink-ground": "#000000",
        "ink-text": "#ffffff",
        "ink-muted": "#ffffff",
        "ink-off": "#a8a8a8",
        "ink-accent": "#ffff00",
        "ink-good": "#5fffff",
        "ink-warn": "#ffff00",
        "ink-bad": "#ffaf00",
        "ink-bar-ground": "#ffffff",
        "ink-bar-text": "#000000",
        "ink-foot-ground": "#000000",
        "ink-practice-ground": "#ffff00",
        "ink-practice-text": "#000000",
        "ink-cursor-ground": "#ffff00",
        "ink-cursor-text": "#000000",
    },
}


def themes() -> list[Theme]:
    """The themes for the terminal library, named dark, light and contrast."""
    return [
        Theme(
            name=name,
            primary=palette["ink-accent"],
            foreground=palette["ink-text"],
            background=palette["ink-ground"],
            dark=name != "light",
            variables=dict(palette),
        )
        for name, palette in PALETTES.items()
    ]
