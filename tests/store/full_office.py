"""A practice office with something of everything, of one person whose hidden values are known when they are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from store import Store
from store.archive_rows import PlaceFilter
from store.assists import AssistIn
from store.claim_files import FileIn
from store.correction_imports import Taking
from store.counter import ContactIn
from store.edits import Evidence, Seen
from store.errors import NotFound
from store.follow_up_rows import FollowUpFilter, Whose
from store.follow_ups import FollowUpIn
from store.print_rows import Wanted
from store.rules.answers import AnswerText
from store.rules.corrections import Field, Source
from store.rules.counter import Caller, ContactChannel, ContactOutcome, Origin, Topic
from store.rules.lookups import LookupKind
from store.rules.outcomes import Channel, Outcome
from store.rules.permissions import Role
from store.rules.printing import Document, Route
from store.workbooks.results_out import SheetOut
from tests.store.deeds import DAY, PERIOD
from tests.store.office import Office, Person, hand_back, wib
from tests.store.read_once import as_read_before
from tests.store.test_archive_registers import REGISTER, register
from tests.store.test_merges import WORDS
from tests.store.voucher_desk import DEWI, HENDRA, TIUR, UCOK, bring, confirmed, received

ANSWER = AnswerText("", "id", Topic.PLACE, "Parkir", "Di belakang kantor.", "satpam")
BORN = date(1967, 7, 19)
SITI = Person(
    UCOK.kpj,
    UCOK.name,
    born=BORN,
    hp="0812-7654-3210",
    email="siti.rahayu@contoh.id",
    balance="87654321",
    npp="AA000123",
    company="PT CONTOH",
    nik="1403091907679901",
)
OTHER = Person(
    *("99000099999", "BADU DUA"), born=BORN, hp="0813-5555-77xx", email="badu.malang@@contoh", npp="AA000123",
    company="PT CONTOH", nik="140309190767",
)  # fmt: skip

_ARCHIVED = (
    *("JHT01", "P/9/2016", "06-09-2016 T0018 00000258", f"{SITI.kpj} - {SITI.name}", "PT CONTOH", 0),
    *(7_250_000, "1090077777", "BANK CONTOH", SITI.name, 12, "asli", "", "7", "A-1"),
)

HIDDEN = {
    "nik": ("1403091907679901",),
    "phone": ("81276543210",),
    "email": ("siti.rahayu",),
    "balance": ("87654321",),
    "amount": ("7250000",),
    "account": ("1090077777",),
    "birth date": ("19671907", "19670719", "19071967"),
}
"""What shows each value wherever it is written, by its digits."""


def met(result: Any) -> set[str]:
    """Which of the hidden values an answer shows, however they are written."""
    return {kind for kind, found in HIDDEN.items() for text in _texts(result) for each in found if each in text}


def _texts(value: Any) -> list[str]:
    if value is None or isinstance(value, Enum | bool | float | time | timedelta):
        return []
    if isinstance(value, Path):
        value = str(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, date):
        return [f"{value:%Y%m%d}"]
    if isinstance(value, str | int):
        text = str(value)
        return [text, "".join(sign for sign in text if sign not in " .-+/")]
    if isinstance(value, Seen):  # what an edit is compared with: never on a screen, nor in what is written
        return []
    if is_dataclass(value):
        return [text for each in fields(value) for text in _texts(getattr(value, each.name))]
    if isinstance(value, Mapping):
        return [text for each in (*value.keys(), *value.values()) for text in _texts(each)]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for each in value for text in _texts(each)]
    raise TypeError(type(value))


@dataclass
class FullOffice:
    """The office, the founder's store in which roles are switched, and what the deeds are asked with."""

    store: Store
    known: dict[str, Any]
    item: int
    turns: int = 0
    plans: dict[str, Any] = field(default_factory=dict)

    async def anew(self, role: Role) -> None:
        """What one role's deeds used up is there again, and the store is this role's."""
        head = self.store
        await head.staff.act_as(Role.KEPALA_BIDANG)
        await hand_back(head)
        self.known["card"] = await head.queue.claim_item(self.item)
        self.turns += 1
        self.known["ref"] = await head.office.set_setting("office.name", f"Cabang {self.turns}")
        with as_read_before():
            for name in ("imports", "correction_imports"):
                await self._planned(name)
        cleaning = await head.worklists.plan_cleaning("phone-unreadable")
        self.known |= {f"worklists.{name} plan": cleaning for name in ("clean", "cleaning_rows")}
        self.known["worklists.forget plan"] = replace(cleaning, plan_id=0)
        await head.staff.act_as(role)
        await head.refresh_me()

    async def _planned(self, name: str) -> None:
        """A file of this kind in MASUK, and two plans of it: one is looked at, the other is carried out."""
        desk, path = getattr(self.store, name), self.store.inbox / f"{name}.csv"
        if f"{name}.plan path" not in self.known:
            path.write_text(f"KPJ;NAMA;HP;NIK\n{SITI.kpj};{SITI.name};{SITI.hp};{SITI.nik}\n", encoding="utf-8")
            plan = await desk.plan(path)
            told = {"plan": plan, "sheet": plan.sheets[0].name, "n": 1}
            self.known |= {f"{name}.{deed} {word}": value for deed in _LOOKS for word, value in told.items()}
            self.known |= {f"{name}.plan path": path, f"{name}.close plan": replace(plan, plan_id=0)}
        elif not await self._carried_out(name):
            return
        other = self.plans[name] = await desk.plan(path)
        word, value = ("plan", other) if name == "imports" else ("taking", Taking(other))
        self.known |= {f"{name}.apply {word}": value, f"{name}.apply_all {word}s": [value]}

    async def _carried_out(self, name: str) -> bool:
        try:
            await getattr(self.store, name).preview(self.plans[name], "", 0)
        except NotFound:
            return True
        except KeyError:
            return False
        return False


_LOOKS = ("preview", "count", "lines", "numbers", "whole")


_ASKED = {
    "kpj": SITI.kpj,
    "text": SITI.kpj,
    "limit": 50,
    "offset": 0,
    "day": DAY,
    "year": 2023,
    "period": PERIOD,
    "problem": "phone-unreadable",
    "sheet": SheetOut("x", ("x",), []),
    "hours": None,
    "policy": None,
    "worklists.values field": "company",
    "queue.values field": "company",
    "lookups.value field": "nik",
    "queue.parse_callback text": "15.00",
    "follow_ups.parse_due text": "15.00",
    "settings.set_presets key": "1",
    "archive.write_contents header": ["x"] * 16,
    "kpj_lists.add kind": "bank_check",
    "call_lists.make period": "2023-07",
    "queue.new_campaign period": "2023-07",
    "follow_ups.rows wanted": FollowUpFilter(Whose.ALL),
    "people.export kind": "csv",
    "merges.run words": WORDS,
    "words": WORDS,
    "counter.person birth_date": True,
    "files.receive paper": FileIn("JHT", name="X"),
    "assists.figures period": "2023-07",
    "corrections.read text": SITI.hp,
    "answers.save text": ANSWER,
    "assists.parse_interview text": "02-08 10.00",
    "persons.timeline limit": 50,
    "stacks.scan text": UCOK.code,
    "name": "x",
    "source": "x",
}
"""What deeds are asked with that nothing in the office decides."""


async def _told(ani: Store, who: int) -> None:
    """A call, a missed one, a promise and help with a claim, all of this person."""
    await ani.counter.save(
        ContactIn(ContactChannel.PHONE, wib(31, 9), Topic.CLAIM, caller=Caller.SELF, participant_id=who, number=SITI.hp)
    )
    await ani.counter.save(
        ContactIn(ContactChannel.MISSED, wib(31, 9), Topic.OTHER, ContactOutcome.MISSED, number=SITI.hp)
    )
    await ani.follow_ups.make(FollowUpIn("Kirim daftar", Origin.OWN, wib(31, 15), staff_id=1, participant_id=who))
    await ani.assists.begin(AssistIn(Channel.JMO, participant_id=who))


async def fill(office: Office) -> FullOffice:
    """The founder alone does everything once; then there is a colleague, and roles count."""
    ani = await office.open()
    await office.bring_in(ani, [SITI, OTHER])
    await bring(ani, [HENDRA, DEWI, UCOK])
    on_paper, other = await confirmed(ani, ani, [UCOK, HENDRA])
    file = await received(ani, DEWI)
    await bring(ani, [TIUR])
    (sheet,) = await ani.vouchers.reserve([file])
    (job,) = await ani.printing.reserve([Wanted(Document.VOUCHER, Route(), b"%PDF-", (sheet.voucher_id,))])
    await ani.stacks.send([other], "Bu Ratna")
    who = (await ani.persons.find(SITI.kpj))[0].participant_id
    await ani.registers.apply(await ani.registers.plan(register(office, [*REGISTER, _ARCHIVED])))
    places = await ani.archive.places(PlaceFilter(), 0, 9)
    await _told(ani, who)
    said = Evidence(Source.PARTICIPANT)
    for what, value in ((Field.EMAIL, f"2{SITI.email}"), (Field.PHONE, "081276543210"), (Field.NIK, SITI.nik)):
        await ani.corrections.put(who, what, value, said)
    plan = await ani.lookups.plan(f"DAFTAR NIK\n{SITI.nik}\n1403090307679999\n")
    await ani.lookups.make(plan, "Cek", LookupKind.STATUS)
    item = (await ani.persons.open(who)).lists[0].item_id
    await ani.queue.outcome(await ani.queue.claim_item(item), Outcome.NO_ANSWER)
    await hand_back(ani)
    person = await ani.smile.next()
    assert person is not None
    merge = await ani.merges.plan([ani.inbox / "register 2016.xlsx"], "csv")
    await ani.staff.add("budi", "Budi", "", "magang")
    known = {
        **_ASKED,
        "participant_id": who,
        "participant_ids": [who],
        "file_id": on_paper,
        "file_ids": [on_paper],
        "voucher_ids": [sheet.voucher_id],
        "job": job,
        "job_id": job.job_id,
        "item_id": item,
        "item_ids": [item],
        "place_id": places[0].place_id,
        "change": person.changes[0],
        "person": person,
        "merge": merge,
        "worklists.set_active evidence": replace(said, why="x"),
        "kpj_lists.add path": ani.inbox / "imports.csv",
    }
    return FullOffice(ani, known, item)
