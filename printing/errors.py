"""What paper refuses, as facts; the words are made in `tui`."""

from __future__ import annotations


class LetterMissing(Exception):  # noqa: N818 - a refusal named for what it says, as those of `store.errors`
    """Nothing was made: `letter` of `text` is not in the face, or cannot be set in its right order."""

    def __init__(self, text: str, letter: str) -> None:
        super().__init__(text, letter)
        self.text = text
        self.letter = letter
