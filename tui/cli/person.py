"""`loket person`: what the office knows of somebody, and what it did with it (domain.md 3.7, article 32)."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tui.cli.session import DONE, UsageError, kpj_of, print_json, with_store
from tui.i18n import _

if TYPE_CHECKING:
    from store import Store


def person(arguments: Namespace) -> int:
    """Prints the record, or writes it as A4 pages; the trail keeps that it was read."""
    return with_store(arguments, lambda store: _person(store, arguments))


async def _person(store: Store, arguments: Namespace) -> int:
    if arguments.output is not None and arguments.output.suffix.lower() != ".pdf":
        raise UsageError(_("{name} must end in {endings}").format(name=arguments.output.name, endings=".pdf"))
    kpj = kpj_of(arguments.kpj)
    if not kpj:
        raise UsageError(_("A KPJ is needed, as: loket person 21000000001"))
    known, history = await store.persons.record(kpj)
    if arguments.output is not None:
        import printing
        from tui.words import person_paper
        from tui.words.letters import with_unprinted

        pdf = printing.answer(*person_paper.record(known, history, store.me, store.now()))
        await store.persons.write_record(known.participant_id, arguments.output, pdf)
        if not arguments.json:
            said = _("Record of {name}: {path}").format(name=known.name, path=arguments.output)
            print(with_unprinted(said, known.name.split()))
            return DONE
    if arguments.json:
        facts = {key: value for key, value in asdict(known).items() if key not in ("attempts", "events")}
        rows = [{"kind": str(row.kind), **_told(asdict(row))} for row in history]
        print_json(_plain({"person": facts, "history": rows}))
        return DONE
    from tui.words import person_paper

    for line in person_paper.lines(known, history, store.now()):
        print(line)
    return DONE


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """The one row of a line of the history that is there, beside its time."""
    what = {key: value for key, value in row.items() if key not in ("kind", "at") and value is not None}
    return {"at": row["at"], **next(iter(what.values()), {})}


def _plain(value: Any) -> Any:
    """Dates and instants as ISO text; names of codes stay text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
