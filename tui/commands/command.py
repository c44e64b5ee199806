"""What a command is, what decides whether it can be used, and the reasons that are shared."""

from __future__ import annotations

from collections.abc import Callable

from store.rules.permissions import Permission
from store.value_class import value_class
from tui.i18n import N_


@value_class
class Facts:
    """What decides whether a command can be used now."""

    permissions: frozenset[str] = frozenset()
    practice: bool = False
    card: bool = False
    right_party: bool = False
    birth_date: bool = False  # the card's person has one on record
    numbers: int = 0  # that are not marked wrong
    rows: int = 0
    marked: int = 0  # people
    files: int = 0
    busy: bool = False  # a file is being read or brought in
    unusable: bool = False  # the file that is looked at has no row that can be taken
    nothing_new: bool = False  # all of it is known already
    changed: int = 0  # people who are known and would be changed
    shown: bool = False  # somebody to look up in Smile
    nik: bool = False  # of theirs is on record
    held: bool = False  # the handler under the cursor holds somebody
    people: int = 0  # on the lists of the period that is shown
    closable: bool = False  # the figures are those of a period that can be closed
    closed: bool = False  # that period
    ticked: bool = False  # the chosen line of a paper list was typed back
    own: bool = False  # the chosen line of a setting is the office's own
    added: bool = False  # the chosen answer is the office's alone: Loket has no words for it
    qr: bool = False  # the office allows QR codes of numbers
    topics: str = ""  # the digits that have a topic at the counter
    begun: bool = False  # something stands on the form of a call
    person: bool = False  # it is about somebody who is known
    themselves: bool = False  # and they, or an heir, are speaking
    place: bool = False  # they are on an open call list, or alive as far as is known
    attach: bool = False  # the number they ring from could be noted as theirs
    promise: bool = False  # a follow-up is promised
    drafts: int = 0  # calls of one's own that are not saved
    open: bool = False  # the chosen follow-up, or help, is not over
    helped: bool = False  # it came from help with a claim
    ready: int = 0  # claim files whose vouchers can be printed, of those that are shown or marked
    file_loose: bool = False  # the chosen file may be matched with a transaction
    file_bound: bool = False  # it may be taken off its transaction
    file_open: bool = False  # what was read from its paper may be corrected
    file_waits: bool = False  # it differs and waits for a yes
    file_mine: bool = False  # whoever looks matched it
    file_own: bool = False  # whoever looks matched the chosen file: what an officer does with it is a colleague's
    printed: int = 0  # print jobs of which the printer says that they are printed, and nobody saw the paper
    on_paper: int = 0  # print jobs of which sheets can have come out
    failed: bool = False  # the chosen print job was refused before any paper
    smile: bool = False  # pages of Smile's PDF are printed
    stack_ready: int = 0  # claim files that can go out for signing
    stack: bool = False  # the chosen line is a stack that is late at the signatories
    waiting: int = 0  # claim files with all signatures that lie in no box yet
    lent: bool = False  # somebody has the chosen file of the archive
    proposed: bool = False  # the chosen destruction list waits for its yes
    approved: bool = False  # the chosen destruction list may be carried out
    claim_files: bool = False  # the figures that are shown are those of the voucher desk
    settled: bool = False  # a typed value settles the problem of the worklist
    acceptable: bool = False  # it may be right as it is
    suggested: bool = False  # an address is suggested for the chosen person
    cells: bool = False  # the cells of the worklist were kept and can be read again
    address: bool = False  # the worklist is of e-mail addresses
    stands: bool = False  # the chosen change can be taken back
    form_out: bool = False  # a form is out to the chosen company
    value: bool = False  # the chosen change has something that is typed into Smile
    typed_in: bool = False  # the chosen change was noted as done or refused
    sheet_waits: bool = False  # something of the chosen sheet is not in Smile yet
    kpj: bool = False  # of who is looked up is known


Why = Callable[[Facts], str | None]


def all_of(*whys: Why) -> Why:
    """The first refusal of several; none where none refuses."""

    def why(facts: Facts) -> str | None:
        return next((said for each in whys if (said := each(facts)) is not None), None)

    return why


def not_busy(facts: Facts) -> str | None:
    return N_("A file is being read or brought in; wait for it, or esc.") if facts.busy else None


def list_proposed(facts: Facts) -> str | None:
    return None if facts.proposed else N_("Only a list that waits for its yes.")


def list_approved(facts: Facts) -> str | None:
    return None if facts.approved else N_("Somebody else has to approve the list first.")


def always(_facts: Facts) -> str | None:
    return None


def needs(*permissions: Permission) -> Why:
    """Usable by roles that hold one of the permissions."""
    wanted = frozenset(permission.value for permission in permissions)

    def why(facts: Facts) -> str | None:
        return None if wanted & facts.permissions else N_("Your role of today does not allow this.")

    return why


_AT_VOUCHERS = frozenset({Permission.RECEIVE_FILES.value, Permission.APPROVE_FILES.value, Permission.ARCHIVE.value})


def takes_results(facts: Facts) -> str | None:
    """Results go along with who may export them; those of the voucher desk also with who works there."""
    if facts.claim_files and facts.permissions & _AT_VOUCHERS:
        return None
    return needs(Permission.EXPORT_RESULTS)(facts)


@value_class
class Command:
    """One thing a person can do.

    `label` is short, for the footer; `title` says it whole, for palette and help; `help` says what happens and why.
    `danger` commands are confirmed by another key,
    before `pin` ones the person's PIN is asked. `footer` orders the footer (0: not there).
    """

    id: str
    keys: tuple[str, ...]
    label: str
    title: str
    help: str
    where: str
    why_disabled: Why = always
    danger: bool = False
    footer: int = 0
    pin: bool = False
