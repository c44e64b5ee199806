"""What a practice office has beside the work: guided first steps at a desk, and the role that is practised.

The guide says which step comes next, known from what was really done.

Facts go in (`saw`), the sentence to show comes out. Steps count in any order; the first one that is not done yet
is the one that is shown. What was done is kept as a draft, so that the guide goes on there the next time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from store.drafts import GUIDE_DRAFT
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

CORRECTIONS, WORKLIST, CORRECTED, TAKEN_BACK = ("corrections", "worklist", "corrected", "taken-back")

CORRECTION_STEPS: Final[dict[str, str]] = {
    CORRECTIONS: N_("F4 opens the correction of data."),
    WORKLIST: N_("Enter opens the first list: what the file says stands below."),
    CORRECTED: N_("e, the value (you may make it up), enter. Who said it: k, company."),
    TAKEN_BACK: N_("Was that a slip? u takes it back and shows the person again."),
}
"""The steps of a first correction; they are shown from the correction of data on."""

_BEGUN_BY: Final = {OPEN: STEPS, PAPERS: VOUCHER_STEPS, CORRECTIONS: CORRECTION_STEPS}
"""The step that shows at which desk somebody is, and what is led through there."""

_ALL: Final = tuple(step for course in _BEGUN_BY.values() for step in course)

_DESKS: Final = {"desk-calls": OPEN, "desk-vouchers": PAPERS, "desk-corrections": CORRECTIONS}

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
    """Leads a newcomer through the first call, at F4 through the first correction, at F5 through the first voucher.

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
        self.course = next((course for step, course in _BEGUN_BY.items() if step in shown), self.course)
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
        elif self.course is VOUCHER_STEPS:
            text, mark = _("That was a whole first voucher. s gives them to who signs."), " ✓ "
        else:
            text, mark = _("That was a whole first correction. ? tells the other keys."), " ✓ "
        left: list[Piece] = [(mark, "practice"), (f" {text}", "normal")]
        return spread(left, [(f"{LEAVE} ", "key")], width)


def facts_of(desk: str, card: Card | None) -> set[str]:
    """What the screen shows: a desk, and at the telephone a person who is held, their date, the right person."""
    at = _DESKS.get(desk)
    if at in {PAPERS, CORRECTIONS}:
        return {at}
    facts = {OPEN} if at == OPEN else set()
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
