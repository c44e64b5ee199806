"""The words a handler says: Markdown that heads may edit, with fields of the person merged in.

Only what a screen of text can show is read: headings, paragraphs, `- ` lists and **bold**. A field is `{name}`; which
fields there are is a closed list, so that a script cannot show what the card hides (domain.md 3.7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from store.value_class import value_class

FIELDS: Final = ("sapaan", "nama", "perusahaan", "petugas", "kantor", "salam", "perihal")
"""Bapak/Ibu, name, company, the handler, the office, the greeting of the hour, and what the call is about."""

PARTS: Final = ("opening", "message", "never")
"""Said before the right-party check, after it, and what is never said."""

Style = Literal["plain", "bold"]
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
LONGEST: Final = 4_000


class ScriptError(ValueError):
    """A text that cannot be used: `code` is field-unknown, too-long or empty.

    `detail` names the field, `fields` those that there are.
    """

    def __init__(self, code: str, detail: str = "", fields: Sequence[str] = FIELDS) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.fields = tuple(fields)


@value_class
class Block:
    """One paragraph, heading or list line, as runs of text with their style."""

    kind: Literal["heading", "paragraph", "item"]
    runs: tuple[tuple[str, Style], ...]

    @property
    def text(self) -> str:
        return "".join(run for run, _style in self.runs)


def check_script(text: str, fields: Sequence[str] = FIELDS) -> None:
    """Raises ScriptError for what could not be shown; `fields` are those that can be filled in there."""
    if not text.strip():
        raise ScriptError("empty")
    if len(text) > LONGEST:
        raise ScriptError("too-long")
    for name in _FIELD.findall(text):
        if name.strip() not in fields:
            raise ScriptError("field-unknown", name.strip(), fields)


def render(text: str, values: Mapping[str, str]) -> list[Block]:
    """The script with its fields filled in. Values are text: Markdown in a name stays as it is written."""
    blocks: list[Block] = []
    paragraph: list[str] = []

    def end_paragraph() -> None:
        if paragraph:
            blocks.append(Block("paragraph", _runs(" ".join(paragraph), values)))
            paragraph.clear()

    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            end_paragraph()
        elif stripped.startswith("#"):
            end_paragraph()
            blocks.append(Block("heading", _runs(stripped.lstrip("#").strip(), values)))
        elif stripped.startswith(("- ", "* ")):
            end_paragraph()
            blocks.append(Block("item", _runs(stripped[2:].strip(), values)))
        else:
            paragraph.append(stripped)
    end_paragraph()
    return blocks


def _runs(text: str, values: Mapping[str, str]) -> tuple[tuple[str, Style], ...]:
    runs: list[tuple[str, Style]] = []
    at = 0
    for bold in _BOLD.finditer(text):
        runs.append((text[at : bold.start()], "plain"))
        runs.append((bold[1], "bold"))
        at = bold.end()
    runs.append((text[at:], "plain"))
    # Fields are filled in after the marks were read, so that nothing in a value is taken for a mark.
    return tuple((_FIELD.sub(lambda m: values.get(m[1].strip(), m[0]), run), style) for run, style in runs if run)
