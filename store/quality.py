"""How good the data are: who can be called, who can be reached by e-mail, of whom something is doubtful.

Kept once a day with the first look at it: a line of each company that changed since the last one, so that years of it
stay small, and the total. These are derived figures; the trail says nothing of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from peewee import fn

from store.link import Link
from store.rules.permissions import Permission
from store.schema import QualityDay, QualityTotal
from store.snapshot import Snapshot
from store.transaction import Transaction
from store.value_class import value_class


@value_class
class Quality:
    """Numbers of people: all, with a number that is not wrong, with an address, with something doubtful.

    What counts as doubtful is said in store.quality_index.
    """

    people: int = 0
    callable: int = 0
    email: int = 0
    doubtful: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(
            self.people + other.people,
            self.callable + other.callable,
            self.email + other.email,
            self.doubtful + other.doubtful,
        )

    def __sub__(self, other: Quality) -> Quality:
        return Quality(
            self.people - other.people,
            self.callable - other.callable,
            self.email - other.email,
            self.doubtful - other.doubtful,
        )


Group = tuple[str, str, str]
"""NPP, company and pembina; '' where one is not known."""


@value_class
class CompanyQuality:
    """The figures of one company, most people first."""

    npp: str
    company: str
    pembina: str
    figures: Quality


@value_class
class QualityReport:
    """The figures of today, by company and pembina, and those of earlier days on which something had changed."""

    day: date
    total: Quality
    companies: tuple[CompanyQuality, ...]
    pembinas: tuple[tuple[str, Quality], ...]
    history: tuple[tuple[date, Quality], ...]  # oldest first, today's last


class QualityDesk:
    """`store.quality`: figures about the data themselves."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def total(self) -> Quality:
        """The figures of this moment, of everybody; the first look of a day keeps them. Raises NotAllowed."""
        total, kept = await self._link.read(_total)
        return total if kept else sum((await self._now()).values(), Quality())

    async def report(self, since: date | None = None) -> QualityReport:
        """Everything, with the history from a day on. Raises NotAllowed."""
        groups = await self._now()
        return await self._link.read(_report, groups, since)

    async def _now(self) -> dict[Group, Quality]:
        groups, kept = await self._link.read(_look)
        if not kept:
            await self._link.write(_keep, groups)
        return groups


_COUNTED: Final = "SELECT npp, company, pembina, people, callable, email, doubtful FROM quality_group WHERE people > 0"


_SUMMED: Final = "SELECT sum(people), sum(callable), sum(email), sum(doubtful) FROM quality_group"


def _total(look: Snapshot) -> tuple[Quality, bool]:
    """The figures of everybody, and whether today's were kept."""
    look.require(Permission.SEE_LISTS)
    (summed,) = look.database.rows(_SUMMED, ())
    return Quality(*(int(each or 0) for each in summed)), _is_kept(look)


def _is_kept(look: Snapshot) -> bool:
    return look.one(QualityDay.select(QualityDay.id).where(QualityDay.day == look.today)) is not None


def _look(look: Snapshot) -> tuple[dict[Group, Quality], bool]:
    """The figures of this moment, and whether today's were kept."""
    look.require(Permission.SEE_LISTS)
    groups = {row[:3]: Quality(*map(int, row[3:])) for row in look.database.rows(_COUNTED, ())}
    return groups, _is_kept(look)


def _kept(look: Snapshot) -> dict[Group, Quality]:
    """What was kept last of each company."""
    newest = QualityDay.select(fn.max(QualityDay.id)).group_by(QualityDay.npp, QualityDay.company, QualityDay.pembina)
    rows = look.dicts(QualityDay.select().where(QualityDay.id.in_(newest)))
    return {_group(row): _figures(row) for row in rows}


def _group(row: Mapping[str, Any]) -> Group:
    return row["npp"], row["company"], row["pembina"]


def _figures(row: Mapping[str, Any]) -> Quality:
    return Quality(row["people"], row["callable"], row["email"], row["doubtful"])


def _keep(tx: Transaction, groups: Mapping[Group, Quality]) -> None:
    """Keeps what changed since the last day that was kept; a day on which nothing did gets its first company's line."""
    tx.database.lock_name("quality")
    if _is_kept(tx):
        return
    before = _kept(tx)
    changed = {group: now for group, now in groups.items() if before.get(group) != now}
    changed |= {group: Quality() for group, was in before.items() if group not in groups and was != Quality()}
    if not changed and groups:
        first = min(groups)
        changed = {first: groups[first]}
    lines = [
        {
            "day": tx.today,
            "npp": npp,
            "company": company,
            "pembina": pembina,
            "people": now.people,
            "callable": now.callable,
            "email": now.email,
            "doubtful": now.doubtful,
        }
        for (npp, company, pembina), now in sorted(changed.items())
    ]
    for start in range(0, len(lines), 500):
        tx.execute(QualityDay.insert_many(lines[start : start + 500]))
    total = sum(groups.values(), Quality())
    if groups:
        tx.execute(QualityTotal.insert(day=tx.today, **asdict(total)))


def _report(look: Snapshot, groups: Mapping[Group, Quality], since: date | None) -> QualityReport:
    pembinas: dict[str, Quality] = defaultdict(Quality)
    for (_npp, _company, pembina), now in groups.items():
        pembinas[pembina] += now
    total = sum(groups.values(), Quality())
    kept = QualityTotal.select().where(QualityTotal.day < look.today)
    if since is not None:
        kept = kept.where(QualityTotal.day >= since)
    history = [(row["day"], _figures(row)) for row in look.dicts(kept.order_by(QualityTotal.day))]
    companies = (CompanyQuality(*group, now) for group, now in groups.items())
    return QualityReport(
        look.today,
        total,
        tuple(sorted(companies, key=lambda each: (-each.figures.people, each.company, each.npp, each.pembina))),
        tuple(sorted(pembinas.items(), key=lambda each: (-each[1].people, each[0]))),
        (*history, (look.today, total)),
    )
