"""What the store refuses, as facts; the words are made where people see them (`tui.words`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.value_class import value_class

if TYPE_CHECKING:
    from store.rows import UndoRef
    from store.rules.listing import ListingProblem


class StoreError(Exception):
    """Nothing was changed. `code` names the cause, `facts` carries what a sentence about it needs."""

    code = "store-error"

    @property
    def facts(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if not key.startswith("_")}

    def __str__(self) -> str:
        return f"{self.code}: {self.facts}" if self.facts else self.code


@dataclass(eq=False)
class NoOffice(StoreError):
    """The home holds no office yet."""

    home: str
    code = "no-office"


@dataclass(eq=False)
class OfficeExists(StoreError):
    """`init` met an office that is already there."""

    home: str
    code = "office-exists"


@dataclass(eq=False)
class NotStaff(StoreError):
    """The operating-system account is not known in this office, or was disabled."""

    login: str
    disabled: bool = False
    code = "not-staff"


@dataclass(eq=False)
class NotService(StoreError):
    """Somebody was named to an office that no service account keeps."""

    home: str
    code = "not-service"


@dataclass(eq=False)
class NotAllowed(StoreError):
    """The acting person's roles of today do not include what the act needs."""

    permission: str
    roles: tuple[str, ...]
    code = "not-allowed"


@dataclass(eq=False)
class NotHeld(StoreError):
    """Shown only of the person on the acting one's card; `right_party`: who is speaking there is not noted yet."""

    participant_id: int
    right_party: bool = False
    code = "not-held"


@dataclass(eq=False)
class ChoosePerson(StoreError):
    """The operating-system account is shared: which of these people (login and name) is at the keyboard?"""

    account: str
    people: tuple[tuple[str, str], ...]
    code = "choose-person"


@dataclass(eq=False)
class NoPin(StoreError):
    """Somebody of a shared account has no PIN: an administrator hands them a code first."""

    login: str
    name: str
    code = "no-pin"


@dataclass(eq=False)
class PinNeeded(StoreError):
    """The PIN has to be given before this; `missing`: there is none, one has to be chosen."""

    missing: bool = False
    code = "pin-needed"


@dataclass(eq=False)
class OwnWork(StoreError):
    """Nobody grants, approves or raises themselves once a second staff member exists."""

    login: str
    code = "own-work"


@dataclass(eq=False)
class NotFound(StoreError):
    """No such row: what kind, and the key that was asked."""

    kind: str
    key: str
    code = "not-found"


@dataclass(eq=False)
class Invalid(StoreError):
    """A value that cannot be taken: the field and what is wrong with it."""

    field: str
    value: str
    problem: str
    code = "invalid"


@dataclass(eq=False)
class StaleEdit(StoreError):
    """Somebody changed the row since it was read; nothing was written. `fields` is what they changed, where known."""

    table: str
    row_id: int
    fields: tuple[FieldConflict, ...] = ()
    code = "stale-edit"


@dataclass(eq=False)
class LeaseLost(StoreError):
    """The person is no longer held under this token: who holds them now, if anyone, and since when."""

    item_id: int
    holder: str | None
    since: datetime | None
    code = "lease-lost"


@dataclass(eq=False)
class NotCallable(StoreError):
    """One person that was asked for cannot be served now: `reason` is held, shared-number, done or no-number."""

    item_id: int
    reason: str
    holder: str | None = None
    since: datetime | None = None
    code = "not-callable"


@dataclass(eq=False)
class StepRefused(StoreError):
    """A claim file cannot take a step: `step` and `why` are FileStep and Refusal of store.rules.vouchers.

    `state` is where the file is, `name` whose it is ('' where that is not known).
    """

    file_id: int
    name: str
    state: str
    step: str
    why: str
    code = "step-refused"


@dataclass(eq=False)
class ArchiveRefused(StoreError):
    """Something in the archive cannot be done: `why` is an ArchiveRefusal of store.rules.archive.

    `name` is the number of the place or list, or whose file it is; `detail` what stands in the way, where one can say:
    the borrower, the other list's number, the other code's holder, the day until which it is kept.
    """

    why: str
    name: str
    program: str = ""
    detail: str = ""
    code = "archive-refused"


@value_class
class Conflict:
    """One value that is no longer as the write to be undone left it."""

    table: str
    row_id: int
    field: str
    left: Any
    found: Any
    by: str | None = None
    at: datetime | None = None


@dataclass(eq=False)
class UndoRefused(StoreError):
    """The write cannot be undone, because what it left was changed since; `conflicts` shows each value."""

    action: str
    conflicts: tuple[Conflict, ...]
    code = "undo-refused"


@dataclass(eq=False)
class UndoneInPart(UndoRefused):
    """Of what was written in several turns most is taken back; what `people` people got stands, for `conflicts`.

    The same undo, asked again, tries what stands.
    """

    people: int
    code = "undone-in-part"


@dataclass(eq=False)
class CutShort(StoreError):
    """Work on many people was refused on its way, for `cause`: `done` of `of` were written and stand; `undo` takes
    those back.
    """

    cause: StoreError
    done: int
    of: int
    undo: UndoRef
    code = "cut-short"


@value_class
class FieldConflict:
    """A field that a colleague changed since it was seen: what it was, what is wanted, what stands there now."""

    field: str
    original: Any
    mine: Any
    theirs: Any
    by: str | None = None
    at: datetime | None = None


@dataclass(eq=False)
class EditConflict(StoreError):
    """A correction meets one of a colleague's; nothing was written, and each field is shown three times."""

    participant_id: int
    fields: tuple[FieldConflict, ...]
    code = "edit-conflict"


@dataclass(eq=False)
class NothingToUndo(StoreError):
    """The acting person has no write left that could be undone here."""

    code = "nothing-to-undo"


@dataclass(eq=False)
class FileRefused(StoreError):
    """A file that cannot be read or written, whole: `reason` is one of the codes of `store.workbooks`."""

    file: str
    reason: str
    detail: str = ""
    code = "file-refused"


@dataclass(eq=False)
class ListingRefused(StoreError):
    """A listing of transactions that is not taken, whole: every problem with its figures."""

    file: str
    problems: tuple[ListingProblem, ...]
    code = "listing-refused"


@dataclass(eq=False)
class BackupRefused(StoreError):
    """A backup was not made, or not restored: `why` is one of the codes of `tui.words.backups`.

    `name` is the file, folder or program in question, `detail` what a program or a check said of it.
    """

    why: str
    name: str = ""
    detail: str = ""
    code = "backup-refused"


@dataclass(eq=False)
class ErasureRefused(StoreError):
    """Something about the retention of people's data cannot be done: `why` is an ErasureRefusal.

    `name` is the number of the list or the kind of data, `detail` what stands in the way, where one can say.
    """

    why: str
    name: str = ""
    detail: str = ""
    code = "erasure-refused"


@dataclass(eq=False)
class DatabaseTrouble(StoreError):
    """The database itself: `reason` is one of busy, newer, not-loket, missing, replaced, damaged, full, unreachable…"""

    reason: str
    detail: str = ""
    code = "database-trouble"
