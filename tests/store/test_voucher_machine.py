"""Any order of steps by two people at the voucher desk: what must hold of every file and every sheet after each."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from store import Store
from store.claim_file_rows import FileFilter
from store.claim_files import FileIn
from store.errors import NothingToUndo, OwnWork, StepRefused, UndoRefused
from store.open_payments import disagreements
from store.print_rows import Wanted
from store.rows import UndoRef
from store.rules.printing import Document, JobState, Route
from store.rules.vouchers import FileState as S
from tests.postgres import Cluster
from tests.store.office import Clock, Office, wib
from tests.store.voucher_desk import DAY, Paid, bring, desk

T = TypeVar("T")
Rows = list[dict[str, Any]]
WHO = st.integers(0, 1)
FILE = st.integers(0, 3)
KEYS = st.sets(st.sampled_from(["pelayanan", "keuangan", "kantor"]))
# Two plain transactions, one of a hospital, and one more for whoever finds a paper without one.
PAID = [
    Paid(1, "HENDRA REKAAN", 12_500_000),
    Paid(2, "DEWI SANTOSO", 8_000_000),
    Paid(3, "UCOK LATIHAN", 7_250_000, "JKK", payee="RS CONTOH"),
    Paid(4, "TIUR REKAAN", 1_900_000, "JP"),
]
ON_THE_WAY = (JobState.SENDING, JobState.STAGED, JobState.RELEASING, JobState.SENT, JobState.SAID)


class VoucherDesk(RuleBasedStateMachine):
    """Two of the finance section. The model knows only which sheets somebody said to have in hand."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.office = Office(folder / "office", self.fresh(folder), Clock(wib(31, 13)))
        self.stores: tuple[Store, ...] = ()
        self.payments: list[int] = []
        self.seen: set[int] = set()  # sheets of which somebody said: right
        self.undos: list[tuple[int, UndoRef]] = []

    def fresh(self, folder: Path) -> str:
        raise NotImplementedError

    def do(self, call: Awaitable[T]) -> T:
        return self.loop.run_until_complete(call)

    def tried(self, call: Awaitable[T]) -> T | None:
        """A step, or None where the store refuses it: that is an answer too."""
        try:
            return self.do(call)
        except (StepRefused, OwnWork):
            return None

    @initialize()
    def open(self) -> None:
        self.do(self.office.create())
        self.stores = self.do(desk(self.office, []))[:2]
        self.do(bring(self.stores[0], PAID))
        self.payments = [each.payment_id for each in self.do(self.stores[0].files.candidates("", DAY))]

    def tables(self, *names: str) -> list[Rows]:
        """All rows of these tables at one look."""
        found = []
        with self.office.raw() as database:
            for name in names:
                cursor = database.peewee.execute_sql(f"SELECT * FROM {name} ORDER BY id")
                columns = [column[0] for column in cursor.description]
                found.append([dict(zip(columns, row, strict=True)) for row in cursor.fetchall()])
        return found

    def file(self, n: int) -> dict[str, Any] | None:
        """The n-th living file."""
        rows = [row for row in self.tables("claim_file")[0] if not row["undone"]]
        return rows[n % len(rows)] if rows else None

    @rule(who=WHO, n=FILE, off=st.booleans())
    def receive(self, who: int, n: int, *, off: bool) -> None:
        paper = FileIn(amount=PAID[n].amount + 90_000) if off else FileIn()
        done = self.tried(self.stores[who].files.receive_and_match(self.payments[n], paper=paper))
        if done is not None and done.undo is not None:
            self.undos.append((who, done.undo))

    @rule(who=WHO, n=FILE)
    def match_again(self, who: int, n: int) -> None:
        file = self.file(n)
        if file is not None:
            unmatched = self.tried(self.stores[who].files.unmatch(file["id"], file["version"]))
            if unmatched is not None:
                self.undos.append((who, unmatched))
                self.tried(self.stores[who].files.match(file["id"], file["version"] + 1, self.payments[n]))

    @rule(who=WHO)
    def approve(self, who: int) -> None:
        for group in self.do(self.stores[who].files.yes_groups()):
            if group.file_ids:
                _count, undo = self.do(self.stores[who].files.approve(group.file_ids, "kuitansi"))
                assert undo is not None
                self.undos.append((who, undo))

    @rule(who=WHO)
    def number(self, who: int) -> None:
        before = self.do(self.stores[who].files.count(FileFilter(states=(S.MATCHED,))))
        assert len(self.do(self.stores[who].vouchers.reserve_batch(FileFilter()))) == before

    @rule(who=WHO, wrong=st.integers(0, 2), given_up=st.booleans())
    def print_what_waits(self, who: int, wrong: int, *, given_up: bool) -> None:
        """One job of everything; from some page on it did not come out, or it was given up before."""
        store = self.stores[who]
        waiting = self.do(store.vouchers.to_print())
        if not waiting:
            return
        assert not {row.voucher_id for row in waiting} & self.seen
        wanted = Wanted(Document.VOUCHER, Route(), b"%PDF-", tuple(row.voucher_id for row in waiting))
        (job,) = self.do(store.printing.reserve([wanted]))
        if given_up:
            self.do(store.printing.cancel(job))
            return
        for state in ON_THE_WAY:
            job = self.do(store.printing.move(job, state, queue_id=1 if state is JobState.STAGED else None))
        looked = self.do(store.printing.right_before(job, max(1, len(waiting) - wrong + 1)))
        self.seen |= set(looked.right)

    @rule(who=WHO, n=FILE)
    def reprint(self, who: int, n: int) -> None:
        file = self.file(n)
        if file is not None:
            self.tried(self.stores[who].vouchers.reprint(file["id"], "kertas rusak"))

    @rule(who=WHO, n=FILE)
    def void(self, who: int, n: int) -> None:
        file = self.file(n)
        if file is not None:
            self.tried(self.stores[who].vouchers.void(file["id"], "salah cetak"))

    @rule(who=WHO, n=FILE)
    def void_file(self, who: int, n: int) -> None:
        file = self.file(n)
        if file is not None:
            self.tried(self.stores[who].files.void(file["id"], file["version"], "bukan berkas"))

    @rule(who=WHO)
    def out(self, who: int) -> None:
        ready = self.do(self.stores[who].files.ids(FileFilter(states=(S.CONFIRMED,))))
        if ready:
            _number, undo = self.do(self.stores[who].stacks.send(ready, "Bu Ratna"))
            assert undo is not None
            self.undos.append((who, undo))

    @rule(who=WHO, keys=KEYS, some=st.booleans())
    def back(self, who: int, keys: set[str], *, some: bool) -> None:
        store = self.stores[who]
        for stack in self.do(store.stacks.out_now()):
            outside = [line for line in self.do(store.stacks.receipt(stack.number)).lines if line.back_at is None]
            ticks = {line.file.file_id: keys for line in (outside[:1] if some else outside)}
            states, undo = self.do(store.stacks.take_back(stack.number, ticks))
            assert set(states.values()) <= {S.CONFIRMED, S.COMPLETE}
            assert undo is not None
            self.undos.append((who, undo))

    @rule(who=WHO, n=FILE, keys=KEYS)
    def sign(self, who: int, n: int, keys: set[str]) -> None:
        file = self.file(n)
        if file is not None:
            self.tried(self.stores[who].stacks.sign(file["id"], keys))

    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        """Whatever was done before is taken back, or the store says what stands in the way."""
        if self.undos:
            who, undo = self.undos.pop(data.draw(st.integers(0, len(self.undos) - 1)))
            try:
                self.do(self.stores[who].undo.undo(undo))
            except (UndoRefused, NothingToUndo):
                return

    @invariant()
    def every_file_is_where_its_rule_brought_it(self) -> None:
        if not self.stores:
            return
        names = ("voucher", "printed_page", "signature", "stack_file", "claim_file")
        sheets, pages, signatures, stacked, known = self.tables(*names)
        self.no_sheet_is_two_and_no_number_comes_back(sheets, pages)
        signed = [row for row in signatures if not row["undone"]]
        places = [row for row in stacked if not row["undone"]]
        files = [row for row in known if not row["undone"]]
        taken = Counter(row["payment_id"] for row in files if row["payment_id"] is not None)
        assert set(taken.values()) <= {1}
        for row in files:
            state = S(row["state"])
            living = [s for s in sheets if s["file_id"] == row["id"] and not s["copy"] and s["void_at"] is None]
            signers = {s["signer"] for s in signed if s["file_id"] == row["id"]}
            outside = [p for p in places if p["file_id"] == row["id"] and p["back_at"] is None]
            if state in (S.RECEIVED, S.MATCHED, S.VOID):
                assert not living
            else:
                (sheet,) = living
                assert (sheet["printed_at"] is None) == (state is S.PRINTED)
                assert sheet["payment_id"] == row["payment_id"]
            if state not in (S.RECEIVED, S.VOID):
                assert row["payment_id"] is not None
                assert not row["differences"] or row["approved_by"] not in (None, row["matched_by"])
            assert (state is S.OUT) == bool(outside) == (row["holder_stack"] is not None)
            assert len(outside) <= 1
            assert (state is S.COMPLETE) == (len(signers) == 3)

    @invariant()
    def transactions_without_a_file_are_known(self) -> None:
        if self.stores:
            with self.office.raw() as database:
                assert disagreements(database) == []

    def no_sheet_is_two_and_no_number_comes_back(self, sheets: Rows, pages: Rows) -> None:
        living = Counter(row["file_id"] for row in sheets if not row["copy"] and row["void_at"] is None)
        assert set(living.values()) <= {1}
        numbers = sorted(row["number"] for row in sheets if row["number"] is not None)
        assert numbers == list(range(1, len(numbers) + 1))
        assert {row["id"] for row in sheets if row["printed_at"] is not None} == self.seen
        right = Counter(row["voucher_id"] for row in pages if row["seen"] == "right")
        assert set(right.values()) <= {1}

    def teardown(self) -> None:
        if self.stores:
            assert self.do(self.office.opened[0].audit.verify()) is None
        self.do(self.office.close())
        self.loop.close()
        self.stack.close()


def run(kind: str, request: pytest.FixtureRequest, examples: int, steps: int) -> None:
    def on_file(self: VoucherDesk, folder: Path) -> str:
        return f"sqlite://{folder}/loket.sqlite"

    def on_server(self: VoucherDesk, folder: Path) -> str:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        return self.stack.enter_context(cluster.emptied_database())

    machine = type("Machine", (VoucherDesk,), {"fresh": on_file if kind == "sqlite" else on_server})
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_at_the_voucher_desk_in_any_order(kind: str, request: pytest.FixtureRequest) -> None:
    run(kind, request, examples=5 if kind == "sqlite" else 3, steps=16)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_at_the_voucher_desk_in_many_orders(kind: str, request: pytest.FixtureRequest) -> None:
    run(kind, request, examples=250, steps=50)
