"""What people of each desk wait for, through the store's door: every read with the most it may take.

A key is to be answered in 20 ms, a list or a first screen in 200, a key of a search in 10, figures of a month in a
second (95 of 100 times each).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bench.archive import TYPED as PAPERS
from bench.search import TYPED as PEOPLE
from store import Store
from store.archive_rows import PlaceFilter
from store.claim_file_rows import FileFilter
from store.contact_rows import ContactFilter
from store.correction_rows import PROPOSED
from store.follow_up_rows import FollowUpFilter, Whose
from store.rows import Card, QueueFilter
from store.rules.dates import parse_period
from store.rules.outcomes import Outcome, State
from store.worklists import EVERYBODY, WorkFilter, WorkOrder

KEY: Final = 20.0
LIST: Final = 200.0
SEARCH: Final = 10.0
FIND: Final = 20.0  # as bench/archive.py asks of 200,000 papers
RECAP: Final = 1_000.0
_MONTH: Final = parse_period("2023-06")
_LARGEST: Final = "email-missing"
_PAGE: Final = 50


@dataclass(slots=True)
class Region:
    """An opened region: how many people there are, and what one read leaves for the next."""

    store: Store
    people: int
    card: Card | None = None
    company: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    def person(self, n: int) -> int:
        """Somebody, another one each time, anywhere in the table."""
        return 1 + (n * 7_919_777 + 13) % self.people


class NobodyLeftError(Exception):
    """Nobody of the region is left to be called: it is a small one."""


Ask = Callable[[Region, int], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Read:
    """Something a person waits for; `ask` is called with the number of the try. `most`: milliseconds, 95 of 100."""

    desk: str
    what: str
    most: float
    ask: Ask
    times: int = 25


async def prepare(store: Store, people: int) -> Region:
    """What the reads need to know first."""
    region = Region(store, people)
    region.company = str((await store.worklists.values(_LARGEST, EVERYBODY, "company"))[40].value)
    region.rows["calls"] = await store.queue.count(QueueFilter())
    region.rows[_LARGEST] = await store.worklists.count(_LARGEST)
    return region


async def _home(region: Region, _n: int, *, whole: bool = False) -> None:
    """What the first screen reads when somebody else did something; `whole`: when it is opened."""
    store = region.store
    await store.queue.status()
    await store.imports.offered()
    counts = await store.follow_ups.counts()
    await store.follow_ups.rows(FollowUpFilter(), 0, min(counts.mine_due, 5) or 1)
    if whole:
        await store.quality.total()
        await store.daily.last_days()
    await store.daily.own()
    await store.supervision.today()
    await store.checks.counts()
    await store.counter.today()
    await store.stacks.counts()
    await store.archive.counts()
    await store.corrections.count(PROPOSED)


async def _claim(region: Region, _n: int) -> None:
    found = await region.store.queue.claim()
    region.card = found if isinstance(found, Card) else None


async def _outcome(region: Region, n: int) -> None:
    if region.card is None:
        raise NobodyLeftError
    served = await region.store.queue.outcome(region.card, (Outcome.NO_ANSWER, Outcome.BUSY)[n % 2])
    region.card = served.next if isinstance(served.next, Card) else None


async def _calls(region: Region, _n: int, wanted: QueueFilter, *, last: bool = False) -> None:
    total, _rows = await region.store.queue.window(wanted, 0, _PAGE)
    if last:
        await region.store.queue.rows(wanted, max(0, total - _PAGE), _PAGE)


async def _work(region: Region, _n: int, wanted: WorkFilter, order: WorkOrder, *, last: bool = False) -> None:
    total, _rows = await region.store.worklists.window(_LARGEST, wanted, 0, _PAGE, order)
    if last:
        await region.store.worklists.rows(_LARGEST, wanted, max(0, total - _PAGE), _PAGE, order)


async def _next(region: Region, _n: int, wanted: WorkFilter, order: WorkOrder) -> None:
    key = f"{wanted}{order}"
    row = await region.store.worklists.next(_LARGEST, wanted, region.after.get(key), order)
    if row is not None:
        region.after[key] = row.participant_id


async def _companies(region: Region, _n: int) -> None:
    await region.store.worklists.values(_LARGEST, EVERYBODY, "company")


async def _counter(region: Region, _n: int, wanted: ContactFilter) -> None:
    await region.store.counter.count(wanted)
    await region.store.counter.rows(wanted, 0, _PAGE)


async def _files(region: Region, _n: int, wanted: FileFilter) -> None:
    await region.store.files.count(wanted)
    await region.store.files.rows(wanted, 0, _PAGE)


async def _places(region: Region, _n: int) -> None:
    await region.store.archive.count_places(PlaceFilter())
    await region.store.archive.places(PlaceFilter(), 0, _PAGE)


async def _promises(region: Region, _n: int, wanted: FollowUpFilter) -> None:
    await region.store.follow_ups.count(wanted)
    await region.store.follow_ups.rows(wanted, 0, _PAGE)


def _typing(typed: tuple[str, ...], shortest: int) -> list[str]:
    """What stands there after each key."""
    return [text[:end] for text in typed for end in range(shortest, len(text) + 1)]


_PEOPLE_TYPED: Final = _typing(PEOPLE, 2)
_PAPERS_TYPED: Final = _typing(PAPERS, 1)
_COMPANIES_TYPED: Final = _typing(("PT SAWIT", "CV MAJU", "231", "2310", "JAYA ABADI"), 2)


def _on_calls() -> Iterator[Read]:
    yield Read("F2", "how far each list is", LIST, lambda r, _n: r.store.queue.status())
    yield Read("F2", "the first person", KEY, _claim, 1)
    yield Read("F2", "outcome saved, next person", KEY, _outcome, 40)
    yield Read("F2", "card of the person held", KEY, _claim)
    everybody = QueueFilter()
    month = QueueFilter(period="2023-06", states=(State.NEW, State.RETRY))
    yield Read("F2", "list, first page", LIST, partial(_calls, wanted=everybody))
    yield Read("F2", "list, last page", LIST, partial(_calls, wanted=everybody, last=True), 9)
    yield Read("F2", "list of a month, open", LIST, partial(_calls, wanted=month))
    for text in ("SITI", "MUHAMMAD NUR", "HUTAPEA"):
        yield Read("F2", f"list, searched {text}", LIST, partial(_calls, wanted=QueueFilter(text=text)), 9)
    yield Read("F2", "whom to look up, counted", LIST, lambda r, _n: r.store.checks.counts())
    yield Read("F2", "whom to look up, the next", KEY, lambda r, _n: r.store.checks.next())


def _on_people() -> Iterator[Read]:
    found = partial(_found, _PEOPLE_TYPED, "persons")
    yield Read("F3", "person, each key", SEARCH, found, len(_PEOPLE_TYPED))
    yield Read("F3", "company, each key", SEARCH, partial(_found, _COMPANIES_TYPED, "companies"), len(_COMPANIES_TYPED))
    yield Read("F3", "person opened", KEY, lambda r, n: r.store.counter.person(r.person(n)), 50)
    yield Read("F3", "log of all days", LIST, partial(_counter, wanted=ContactFilter()))
    yield Read("F3", "missed calls", LIST, lambda r, _n: r.store.counter.missed())
    yield Read("F8", "person opened", KEY, lambda r, n: r.store.persons.open(r.person(n)), 50)
    yield Read("F8", "all that happened", KEY, lambda r, n: r.store.persons.timeline(r.person(n)), 50)
    promises = partial(_promises, wanted=FollowUpFilter(whose=Whose.ALL))
    yield Read("F9", "counts", KEY, lambda r, _n: r.store.follow_ups.counts())
    yield Read("F9", "list of all", LIST, promises)
    yield Read("F9", "list of what was done", LIST, partial(_promises, wanted=FollowUpFilter(whose=Whose.DONE)))


async def _found(typed: list[str], what: str, region: Region, n: int) -> None:
    find = region.store.persons.find if what == "persons" else region.store.counter.companies
    await find(typed[n])


def _on_corrections() -> Iterator[Read]:
    unclaimed, searched = WorkFilter(unclaimed=True), WorkFilter(text="SITI")
    yield Read("F4", "counts", LIST, lambda r, _n: r.store.worklists.counts())
    yield Read("F4", "counts, not claimed", LIST, lambda r, _n: r.store.worklists.counts(unclaimed), 9)
    yield Read("F4", "counts, a company", LIST, lambda r, _n: r.store.worklists.counts(WorkFilter(company=r.company)))
    yield Read("F4", "counts, searched SITI", LIST, lambda r, _n: r.store.worklists.counts(searched), 9)
    for order in WorkOrder:
        first = partial(_work, wanted=EVERYBODY, order=order)
        yield Read("F4", f"list by {order}, first page", LIST, first, 9)
        yield Read("F4", f"list by {order}, last page", LIST, partial(first, last=True), 9)
    by_file = partial(_work, order=WorkOrder.FILE)
    yield Read("F4", "list, not claimed", LIST, partial(by_file, wanted=unclaimed), 9)
    yield Read("F4", "list, searched SITI", LIST, partial(by_file, wanted=searched), 9)
    for order in WorkOrder:
        yield Read("F4", f"next by {order}", KEY, partial(_next, wanted=EVERYBODY, order=order), 50)
    after = partial(_next, order=WorkOrder.FILE)
    yield Read("F4", "next, not claimed", KEY, partial(after, wanted=unclaimed), 50)
    yield Read("F4", "next, searched SITI", KEY, partial(after, wanted=searched), 50)
    yield Read("F4", "person opened", KEY, lambda r, n: r.store.worklists.open(r.person(n)))
    yield Read("F4", "companies of a list", LIST, _companies, 5)
    yield Read("F4", "proposed changes", LIST, lambda r, _n: r.store.corrections.rows(PROPOSED, 0, _PAGE))
    yield Read("F4", "to type into Smile, counted", LIST, lambda r, _n: r.store.smile.counts())
    yield Read("F4", "to type into Smile, the next", KEY, lambda r, _n: r.store.smile.next())


def _on_papers() -> Iterator[Read]:
    day = parse_period("2023-07").last.replace(day=20)
    yield Read("F5", "days", LIST, lambda r, _n: r.store.voucher_days.list(), 9)
    yield Read("F5", "files of a day", LIST, partial(_files, wanted=FileFilter(paid_on=day)))
    yield Read("F5", "files of all days", LIST, partial(_files, wanted=FileFilter()), 9)
    yield Read("F5", "candidates of a day, by name", KEY, lambda r, _n: r.store.files.candidates("SITI", day))
    yield Read("F5", "candidates, by amount", KEY, lambda r, n: r.store.files.candidates(str(1_000_000 + n), day))
    yield Read("F5", "what waits for a yes", LIST, lambda r, _n: r.store.files.yes_groups())
    yield Read("F5", "vouchers to print", LIST, lambda r, _n: r.store.vouchers.to_print())
    yield Read("F5", "stacks that are out", LIST, lambda r, _n: r.store.stacks.out_now())
    yield Read("F6", "counts", LIST, lambda r, _n: r.store.archive.counts())
    yield Read("F6", "find, each key", FIND, lambda r, n: r.store.archive.find(_PAPERS_TYPED[n]), len(_PAPERS_TYPED))
    yield Read("F6", "places", LIST, _places)
    yield Read("F6", "a box", LIST, lambda r, n: r.store.archive.contents(1 + n, 0, _PAGE))
    yield Read("F6", "what waits", LIST, lambda r, _n: r.store.archive.waiting(0, _PAGE))
    yield Read("F6", "month end", RECAP, lambda r, _n: r.store.archive.month(_MONTH), 5)


def _on_recaps() -> Iterator[Read]:
    yield Read("F7", "JHT 56 of a month", RECAP, lambda r, _n: r.store.recaps.jht56(_MONTH), 5)
    yield Read("F7", "calls and visits of a month", RECAP, lambda r, _n: r.store.recaps_incoming.recap(_MONTH), 5)
    yield Read("F7", "vouchers of a month", RECAP, lambda r, _n: r.store.recaps_vouchers.recap(_MONTH), 5)
    yield Read("F7", "corrections of a month", RECAP, lambda r, _n: r.store.recaps_corrections.recap(_MONTH), 5)
    yield Read("F7", "quality of the data", RECAP, lambda r, _n: r.store.quality.report(), 5)
    yield Read("F7", "report of a day", RECAP, lambda r, _n: r.store.daily.report(r.store.today()), 5)


def reads() -> list[Read]:
    """All of them, in the order of the desks."""
    first = [
        Read("home", "opened", LIST, partial(_home, whole=True), 9),
        Read("home", "again, as others work", LIST, _home, 9),
        Read("home", "did others do something?", KEY, lambda r, _n: r.store.changed_since_last_look(), 50),
    ]
    found = [*first, *_on_calls(), *_on_people(), *_on_corrections(), *_on_papers(), *_on_recaps()]
    return sorted(found, key=lambda read: (read.desk != "home", read.desk))
