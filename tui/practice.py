"""What a practice office has beside the work: the guided first call, and the role that is practised.

The guide says which step comes next, known from what was really done.

Facts go in (`saw`), the sentence to show comes out. Steps count in any order; the first one that is not done yet
is the one that is shown. What was done is kept as a draft, so that the guide goes on there the next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from store.practice import GUIDE_DRAFT
from store.rows import Card, Me
from store.rules.outcomes import Outcome
from store.rules.permissions import Role
from tui.i18n import N_, _
from tui.widgets.ink import Line, Piece, spread

if TYPE_CHECKING:
    from store import Store

DRAFT: Final = GUIDE_DRAFT
"""The draft that keeps the steps that are done; without it nobody is led."""

OPEN, SERVE, ASK, RIGHT, TELL, VAIN, CALLBACK, UNDO = (
    "open",
    "serve",
    "ask",
    "right",
    "tell",
    "vain",
    "callback",
    "undo",
)

STEPS: Final[dict[str, str]] = {
    OPEN: N_("F2 opens the telephone desk."),
    SERVE: N_("Enter serves the first person; the number to dial stands large."),
    ASK: N_("Read “Say” aloud, ask for the birth date; b shows it to compare."),
    RIGHT: N_("The date fits: v notes that it is the right person."),
    TELL: N_("Tell what “Say” says now. Then 6 (will claim) and k (office)."),
    VAIN: N_("The next person does not answer: 1 notes it and serves the next."),
    CALLBACK: N_("This one asks for a call tomorrow morning: 5, then 3."),
    UNDO: N_("Was that a slip? u takes it back and shows the person again."),
}
"""The steps of a first call in order, each in one sentence."""

PAPERS, LISTING, RECEIVE, PRINT, RIGHT_PAPER = ("papers", "listing", "receive", "print", "right-paper")

VOUCHER_STEPS: Final[dict[str, str]] = {
    PAPERS: N_("F5 opens the voucher desk."),
    LISTING: N_("l, then latihan_listing: enter reads it, y takes it in."),
    RECEIVE: N_("t receives papers: type part of a name (A…), enter. esc ends."),
    PRINT: N_("p, then enter: what agrees is printed, as PDF into KELUAR."),
    RIGHT_PAPER: N_("Look at the vouchers in KELUAR. All right: y says so."),
}
"""The steps of a first voucher; they are shown from the voucher desk on."""

_ALL: Final = (*STEPS, *VOUCHER_STEPS)

VAIN_OUTCOMES: Final = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.UNREACHABLE})

LEAVE: Final = "ctrl+g"
"""The key that leaves the guide, and starts it again."""

ROLE_DRAFT: Final = "practised-role"
"""The draft that keeps the role somebody practises, so that the next start goes on with it."""


async def practise(store: Store, role: str) -> Me:
    """See the practice office as this role from now on, also after the next start; '' is as oneself."""
    await store.staff.act_as(role or None)
    if role:
        await store.drafts.save(ROLE_DRAFT, role)
    else:
        await store.drafts.clear(ROLE_DRAFT)
    return await store.refresh_me()


async def still_practised(store: Store) -> Me:
    """Who one is at the start: in a practice office in the role that was practised last."""
    kept = await store.drafts.load(ROLE_DRAFT) if store.me.practice else None
    if kept is None or kept[0] not in set(Role):
        return store.me
    await store.staff.act_as(kept[0])
    return await store.refresh_me()


class Guide:
    """Leads a newcomer through the first call, at the voucher desk through the first voucher.

    `leading` is False for everybody else; `course` are the steps that are shown.
    """

    def __init__(self) -> None:
        self.leading = False
        self.done: set[str] = set()
        self.course = STEPS

    def begin(self, kept: str = "") -> None:
        """Lead from the first step, or from where the draft left off."""
        self.leading, self.done = True, {step for step in kept.split() if step in _ALL}

    async def go_on(self, store: Store) -> None:
        """Lead from where the person left off, if they were led; only where nothing counts."""
        kept = await store.drafts.load(DRAFT) if store.me.practice else None
        if kept is not None:
            self.begin(kept[0])

    def leave(self) -> None:
        self.leading = False

    @property
    def kept(self) -> str:
        """What the draft says."""
        return " ".join(step for step in _ALL if step in self.done)

    @property
    def step(self) -> str | None:
        """The step of this course that comes next; None when all are done."""
        return next((step for step in self.course if step not in self.done), None)

    def saw(self, facts: Iterable[str]) -> bool:
        """These steps were done; True when that is news."""
        shown = set(facts)
        if shown & {OPEN, PAPERS}:
            self.course = VOUCHER_STEPS if PAPERS in shown else STEPS
        news = shown - self.done if self.leading else set()
        self.done |= news
        return bool(news)

    def line(self, width: int) -> Line:
        """The step in one line of `width` cells, with the way out at the right."""
        step = self.step
        if step is not None:
            text, mark = _(self.course[step]), f" {list(self.course).index(step) + 1}/{len(self.course)} "
        elif self.course is STEPS and not set(VOUCHER_STEPS) <= self.done:
            text, mark = _("That was a whole first call. F5 leads on to a first voucher."), " ✓ "
        elif self.course is STEPS:
            text, mark = _("That was a whole first call. Go on as you like: nothing counts here."), " ✓ "
        else:
            text, mark = _("That was a whole first voucher. s gives them to who signs."), " ✓ "
        left: list[Piece] = [(mark, "practice"), (f" {text}", "normal")]
        return spread(left, [(f"{LEAVE} ", "key")], width)


def facts_of(desk: str, card: Card | None) -> set[str]:
    """What the screen shows: a desk, and at the telephone a person who is held, their date, the right person."""
    if desk == "desk-vouchers":
        return {PAPERS}
    facts = {OPEN} if desk == "desk-calls" else set()
    if card is not None:
        facts |= {OPEN, SERVE}
        if card.birth_date is not None:
            facts.add(ASK)
        if card.right_party:
            facts |= {ASK, RIGHT}
    return facts


def facts_of_outcome(outcome: str) -> set[str]:
    """What an outcome that was saved shows."""
    if outcome in VAIN_OUTCOMES:
        return {VAIN}
    return {CALLBACK} if outcome == Outcome.CALLBACK else {TELL}
