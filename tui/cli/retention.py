"""`loket retention`: how long people's data are kept, what is due, and what goes with a second person's yes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import ErasureRefused, NotFound
from store.rules.erasures import AskedBy, DataKind, ErasureRefusal, ErasureState
from store.rules.printing import Document
from tui.cli.output import ProgressLine
from tui.cli.session import DONE, OPEN, REFUSED, UsageError, kpj_of, print_json, with_store
from tui.cli.who import give_pin
from tui.i18n import _, number

if TYPE_CHECKING:
    from store import Store
    from store.erasure_rows import ErasureRow, RuleRow
    from store.turns import Progress


def _with(arguments: Namespace, work: Callable[[Store], Awaitable[int]]) -> int:
    return with_store(arguments, work)


def plain(value: Any) -> Any:
    """Dates and instants as ISO text, codes as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


# Rules ----------------------------------------------------------------------------------------------------------------


def rules(arguments: Namespace) -> int:
    """Every kind of data with the office's rule."""
    from tui.words import erasures as words

    async def work(store: Store) -> int:
        rows = await store.erasures.rules()
        if arguments.json:
            print_json([{**plain(asdict(row)), "in_force": row.in_force} for row in rows])
            return DONE
        for row in rows:
            told = "" if row.years is None else f"{words.rule_text(row)} ({row.basis}): "
            print(f"{row.kind:<12} {words.kind(row.kind)}: {told}{words.rule_state(row)}")
        return DONE

    return _with(arguments, work)


def set_rule(arguments: Namespace) -> int:
    """Says how long a kind is kept; in force once the head confirms it."""

    async def work(store: Store) -> int:
        row = await _rule(store, arguments.kind)
        await store.erasures.set_rule(row.kind, arguments.years, arguments.basis, row.version)
        said = _("Set. The head confirms it with: loket retention confirm {kind}")
        print(said.format(kind=row.kind))
        return DONE

    return _with(arguments, work)


def confirm(arguments: Namespace) -> int:
    """The head's yes to a rule."""

    async def work(store: Store) -> int:
        row = await _rule(store, arguments.kind)
        await give_pin(store)
        await store.erasures.confirm_rule(row.kind, row.version)
        print(_("In force: {kind}").format(kind=row.kind))
        return DONE

    return _with(arguments, work)


def stop(arguments: Namespace) -> int:
    """Takes a rule out of force."""

    async def work(store: Store) -> int:
        row = await _rule(store, arguments.kind)
        await store.erasures.stop_rule(row.kind, row.version)
        print(_("No longer in force: {kind}").format(kind=row.kind))
        return DONE

    return _with(arguments, work)


async def _rule(store: Store, kind: str) -> RuleRow:
    return next(row for row in await store.erasures.rules() if row.kind == kind)


# What is due, and lists -----------------------------------------------------------------------------------------------


def list_due(arguments: Namespace) -> int:
    """What is due by the rules in force, and the lists; status 2 while anything waits to be done."""
    from tui.words import erasures as words

    async def work(store: Store) -> int:
        counts, made = await store.erasures.counts(), await store.erasures.lists()
        kinds = (DataKind(arguments.kind),) if arguments.kind else ()
        rows = await store.erasures.due_rows((await store.erasures.due(kinds))[: arguments.limit])
        living = [row for row in made if row.state in (ErasureState.PROPOSED, ErasureState.APPROVED)]
        status = OPEN if living or any(row.ready for row in counts) else DONE
        if arguments.json:
            told = {"counts": [*map(asdict, counts)], "due": [*map(asdict, rows)], "lists": [*map(asdict, made)]}
            print_json(plain(told))
            return status
        for row in counts:
            print(words.count_text(row))
        for due in rows:
            why = words.held_text(due.held) or _("can go")
            print(f"  {due.ended_on} {words.kind(due.kind)} {due.card} {due.name} {due.company} #{due.row_id}: {why}")
        for one in made:
            print(f"{words.list_number(one.erasure_id)} {words.state(one)}: {number(one.lines)}, {one.made_by}")
        if not counts:
            print(_("No rule is in force. Look at them with: loket retention rules"))
        return status

    return _with(arguments, work)


def propose(arguments: Namespace) -> int:
    """Makes a list of everything that is due and held by nothing; status 1 where that is nothing."""
    from tui.words import erasures as words

    async def work(store: Store) -> int:
        made = await store.erasures.propose([DataKind(each) for each in arguments.kind], arguments.note)
        row = await _list(store, made)
        if arguments.json:
            print_json(plain(asdict(row)))
            return DONE
        text = _("{number}: {n} lines wait for somebody else's yes: loket retention approve {id}")
        print(text.format(number=words.list_number(made), n=number(row.lines), id=made))
        return DONE

    return _with(arguments, work)


def approve(arguments: Namespace) -> int:
    """The second person's yes."""

    async def work(store: Store) -> int:
        row = await _list(store, arguments.number)
        await give_pin(store)
        await store.erasures.approve(row.erasure_id, row.version)
        print(_("Approved. It is carried out with: loket retention run {id}").format(id=row.erasure_id))
        return DONE

    return _with(arguments, work)


def drop(arguments: Namespace) -> int:
    """Gives a list up."""

    async def work(store: Store) -> int:
        row = await _list(store, arguments.number)
        await store.erasures.drop(row.erasure_id, row.version, arguments.why)
        print(_("Dropped; nothing of it went."))
        return DONE

    return _with(arguments, work)


def run(arguments: Namespace) -> int:
    """Carries an approved list out, or goes on; status 2 where something of it stayed."""
    line = ProgressLine()

    def told(progress: Progress) -> None:
        if not arguments.json:
            line.show(f"{number(progress.done)} / {number(progress.of)}")

    async def work(store: Store) -> int:
        ran = await store.erasures.run(arguments.number, told)
        line.clear()
        if arguments.json:
            print_json(asdict(ran))
        else:
            print(_("Gone: {done}. Stayed: {held}.").format(done=number(ran.done), held=number(ran.held)))
            text = _("Look through the {n} files in MASUK and KELUAR yourself: Loket does not.")
            print(text.format(n=number(ran.left_files)))
            if not ran.scrubbed:
                print(_("Somebody was reading: what is in free pages goes with the next run of this command."))
        return DONE if ran.scrubbed and not ran.held else OPEN

    return _with(arguments, work)


def again(arguments: Namespace) -> int:
    """After a restore: erases what was erased since that backup; status 1 where nothing is there again."""

    async def work(store: Store) -> int:
        if not await store.erasures.back():
            print(_("Nothing that was erased is there again."))
            return REFUSED
        ran = await store.erasures.again()
        if arguments.json:
            print_json(asdict(ran))
        else:
            print(_("Gone: {done}. Stayed: {held}.").format(done=number(ran.done), held=number(ran.held)))
        return DONE if ran.scrubbed else OPEN

    return _with(arguments, work)


async def _list(store: Store, erasure_id: int) -> ErasureRow:
    row = await store.erasures.read(erasure_id)
    if row is None:
        raise NotFound("erasure", str(erasure_id))
    return row


# Who is held out ------------------------------------------------------------------------------------------------------


def suspend(arguments: Namespace) -> int:
    """Holds a person out, at their wish or for an investigation."""

    async def work(store: Store) -> int:
        try:
            until = date.fromisoformat(arguments.until) if arguments.until else None
        except ValueError:
            raise UsageError(_("{text} is no day; write it as 2026-12-31").format(text=arguments.until)) from None
        person = await _person(store, arguments.kpj)
        await store.erasures.suspend(person, AskedBy(arguments.by), arguments.why, until)
        print(_("Suspended: nothing of this person goes until it is lifted or the day is over."))
        return DONE

    return _with(arguments, work)


def resume(arguments: Namespace) -> int:
    """Lifts a suspension; status 1 where there is none."""

    async def work(store: Store) -> int:
        person = await _person(store, arguments.kpj)
        rows = [row for row in await store.erasures.suspensions() if row.participant_id == person]
        for row in rows:
            await store.erasures.lift(row.suspension_id, row.version, arguments.why)
        print(_("Lifted.") if rows else _("This person is not suspended."))
        return DONE if rows else REFUSED

    return _with(arguments, work)


def suspended(arguments: Namespace) -> int:
    """Who is held out."""
    from tui.words import erasures as words

    async def work(store: Store) -> int:
        rows = await store.erasures.suspensions()
        if arguments.json:
            print_json(plain([asdict(row) for row in rows]))
            return DONE
        for row in rows:
            print(f"{row.card} {row.name}: {words.suspension_text(row)} ({row.by})")
        return DONE

    return _with(arguments, work)


async def _person(store: Store, card: str) -> int:
    kpj = kpj_of(card)
    for row in await store.persons.find(kpj, 5):
        if row.kpj == kpj:
            return row.participant_id
    raise NotFound("participant", kpj)


# The record -----------------------------------------------------------------------------------------------------------


def record(arguments: Namespace) -> int:
    """The record of a list: printed where the office prints it, or as a PDF or a workbook."""
    from tui.words import erasures as words

    async def work(store: Store) -> int:
        output: Path | None = arguments.output
        if output is not None and output.suffix.lower() not in (".pdf", ".xlsx"):
            raise UsageError(_("{name} must end in {endings}").format(name=output.name, endings=".pdf, .xlsx"))
        row = await _list(store, arguments.number)
        lines = await store.erasures.lines(row.erasure_id)
        if arguments.json:
            print_json({"list": plain(asdict(row)), "lines": plain([asdict(line) for line in lines])})
        if row.state is ErasureState.DROPPED:
            raise ErasureRefused(str(ErasureRefusal.STATE), words.list_number(row.erasure_id))
        if output is not None and output.suffix.lower() == ".xlsx":
            await store.erasures.write_book(output, words.book(row, lines))
        elif output is not None or not arguments.json:
            import printing

            pdf = printing.erasure(*words.record(row, lines, store.me, store.now()))
            if output is None:
                from tui.cli.printers import printed

                return await printed(store, Document.ERASURE, pdf)
            await store.erasures.write_pages(output, pdf)
        if output is not None and not arguments.json:
            print(output)
        return DONE if row.state is ErasureState.DONE else OPEN

    return _with(arguments, work)
