"""The tables of keys on the pages, made from the table of commands: `make docs`.

Between `<!-- keys: card-jht56 card digits -->` and `<!-- /keys -->` stands a row for each command of these contexts
that has a key; `digits` or `letters` leaves out the others. The page's folder says the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui import commands, i18n
from tui.commands import Command

DOCS = Path(__file__).parent
HEADINGS = {"id": ("Tombol", "Melakukan", "Keterangan"), "en": ("Key", "Does", "What it means")}
WITHOUT_KEYS = ("gangguan.md",)
"""Pages on which nothing is pressed."""
_BETWEEN = re.compile(r"(<!-- keys: ([a-z0-9 -]+) -->\n).*?(<!-- /keys -->)", re.DOTALL)
_KINDS = {"digits": True, "letters": False}


def pages() -> Iterator[Path]:
    """The pages that people read at their desks, in every language."""
    for lang in HEADINGS:
        yield from sorted(page for page in (DOCS / lang).glob("*.md") if page.name not in WITHOUT_KEYS)


def filled(text: str, lang: str) -> str:
    """The text of a page with its tables as the commands are now."""
    i18n.use(lang)
    return _BETWEEN.sub(lambda found: f"{found[1]}{table(found[2].split(), lang)}{found[3]}", text)


def table(words: list[str], lang: str) -> str:
    """A table in Markdown of what these words name. Raises `ValueError` for a context that does not exist."""
    contexts = [word for word in words if word not in _KINDS]
    unknown = set(contexts) - set(commands.CONTEXTS)
    if unknown:
        raise ValueError(f"no such context: {', '.join(sorted(unknown))}")
    shown = [command for command in commands.holding(contexts) if command.keys]
    for digits in (_KINDS[word] for word in words if word in _KINDS):
        shown = [command for command in shown if command.keys[0].isdecimal() is digits]
        shown.sort(key=lambda command: "1234567890".find(command.keys[0]))
    heading = f"| {' | '.join(HEADINGS[lang])} |\n|---|---|---|\n"
    return heading + "".join(row(command) for command in shown)


def row(command: Command) -> str:
    """One line: the keys, what they do, what follows."""
    names = [commands.key_name(key) for key in command.keys if not key.isupper()]
    # A key for each of many things: 1 to 9 and on.
    told = f"`{names[0]}`–`{names[-1]}`" if len(names) > 4 else ", ".join(f"`{name}`" for name in names)
    return f"| {told} | {i18n._(command.title)} | {i18n._(command.help)} |\n"


def main() -> None:
    """Write the tables into the pages."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        made = filled(text, page.parent.name)
        if made != text:
            page.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
