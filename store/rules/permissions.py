"""Who may do what: one table, asked by the store for every write and for every read of what is masked.

The rows follow the office's own division of work (domain.md 1) and what interns do under a *penugasan*. A screen greys
a key by the same table, through `Me.permissions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A standing role or a dated assignment; the names are the office's own."""

    MAGANG = "magang"
    PELAYANAN = "pelayanan"
    KEPESERTAAN = "kepesertaan"
    KEUANGAN = "keuangan"
    UMUM = "umum"
    KEPALA_BIDANG = "kepala_bidang"
    KEPALA_KANTOR = "kepala_kantor"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One thing that is allowed or not."""

    CALL = "call"  # hold a person, dial, record outcomes, undo one's own
    CORRECT_CONTACT = "correct_contact"  # a value of a person, with its source; the office may ask for an officer's yes
    APPROVE_CORRECTIONS = "approve_corrections"  # say yes to what others proposed, never to one's own
    HELP = "help"  # log calls that come in and visits, help with JMO and Lapak Asik
    FOLLOW_UP = "follow_up"  # promise something, take it over, note it done
    SUPERVISE = "supervise"  # divide the work, see who holds whom, take people over, close a period
    SEE_LISTS = "see_lists"  # masked lists and counts
    SEE_FULL_NIK = "see_full_nik"
    SEE_HELD_PERSON = "see_held_person"  # number, birth date on asking, balance after the right-party check
    SEE_AMOUNTS = "see_amounts"  # balances of anybody
    SEE_FILE_AMOUNTS = "see_file_amounts"  # amounts and bank accounts of claim files, on the desk and in the archive
    IMPORT_PARTICIPANTS = "import_participants"
    MAKE_CAMPAIGN = "make_campaign"
    EXPORT_PARTICIPANTS = "export_participants"
    EXPORT_RESULTS = "export_results"
    READ_RECAPS = "read_recaps"
    MANAGE_OFFICE = "manage_office"  # hours, closed days, policy
    MANAGE_STAFF = "manage_staff"
    READ_WORK = "read_work"  # look at promises, help and who holds whom, as those do whose work it is; change nothing
    READ_AUDIT = "read_audit"
    SEE_FILES = "see_files"  # look at the voucher desk and the archive; amounts only with see_file_amounts
    RECEIVE_FILES = "receive_files"  # bring listings in; receive, match, print and box claim files
    APPROVE_FILES = "approve_files"  # differences, voids, reprints; never of what one matched oneself
    BACKUP = "backup"  # make and try backups; nothing of what is in them is shown
    ARCHIVE = "archive"  # boxes, places, loans, what may be destroyed
    ERASE_DATA = "erase_data"  # people's data whose time is over: propose, carry out once approved, hold somebody out
    APPROVE_ERASURE = "approve_erasure"  # confirm how long data are kept, approve what goes; never one's own proposal


_P = Permission
_CALLERS = frozenset({_P.CALL, _P.HELP, _P.FOLLOW_UP, _P.CORRECT_CONTACT, _P.SEE_LISTS, _P.SEE_HELD_PERSON})

TABLE: Final[dict[Role, frozenset[Permission]]] = {
    Role.MAGANG: _CALLERS,
    Role.PELAYANAN: _CALLERS | {_P.IMPORT_PARTICIPANTS, _P.MAKE_CAMPAIGN, _P.EXPORT_RESULTS, _P.READ_RECAPS},
    Role.KEPESERTAAN: _CALLERS
    | {
        *(_P.SEE_FULL_NIK, _P.IMPORT_PARTICIPANTS, _P.EXPORT_PARTICIPANTS),
        *(_P.READ_RECAPS, _P.APPROVE_CORRECTIONS, _P.ERASE_DATA),
    },
    Role.KEUANGAN: frozenset(
        {
            *(_P.SEE_LISTS, _P.FOLLOW_UP, _P.SEE_AMOUNTS, _P.SEE_FILE_AMOUNTS, _P.READ_RECAPS),
            *(_P.SEE_FILES, _P.RECEIVE_FILES, _P.APPROVE_FILES, _P.ARCHIVE),
        }
    ),
    Role.UMUM: frozenset({_P.SEE_LISTS, _P.FOLLOW_UP, _P.SEE_FILES, _P.ARCHIVE, _P.ERASE_DATA}),
    # A head takes people over (contracts.md "Keys") and has them on the card like any caller; answers for the counter's
    # log and answers; and is a second officer of the voucher desk, who receives, prints and sends out nothing.
    Role.KEPALA_BIDANG: _CALLERS
    | frozenset(
        {
            _P.SEE_FULL_NIK,
            _P.SEE_AMOUNTS,
            _P.SEE_FILE_AMOUNTS,
            _P.IMPORT_PARTICIPANTS,
            _P.MAKE_CAMPAIGN,
            _P.EXPORT_PARTICIPANTS,
            _P.EXPORT_RESULTS,
            _P.READ_RECAPS,
            _P.MANAGE_OFFICE,
            _P.SUPERVISE,
            _P.APPROVE_CORRECTIONS,
            _P.SEE_FILES,
            _P.APPROVE_FILES,
            _P.APPROVE_ERASURE,
        }
    ),
    Role.KEPALA_KANTOR: frozenset(
        {
            *(_P.SEE_LISTS, _P.FOLLOW_UP, _P.EXPORT_RESULTS, _P.READ_RECAPS, _P.READ_AUDIT),
            _P.APPROVE_ERASURE,
        }
    ),
    Role.ADMIN: frozenset({_P.MANAGE_STAFF, _P.MANAGE_OFFICE, _P.IMPORT_PARTICIPANTS, _P.BACKUP}),
    Role.AUDITOR: frozenset({_P.SEE_LISTS, _P.SEE_FILES, _P.READ_WORK, _P.READ_RECAPS, _P.READ_AUDIT}),
}

STANDING_OF_FOUNDER: Final = (Role.ADMIN, Role.KEPALA_KANTOR)
"""What the first person keeps once a second staff member exists; until then they hold every role (contracts.md)."""


OFFICERS_ONLY: Final = frozenset(
    {_P.APPROVE_FILES, _P.APPROVE_CORRECTIONS, _P.SEE_AMOUNTS, _P.ERASE_DATA, _P.APPROVE_ERASURE}
)
"""What no dated assignment gives an intern: they do the finance section's work, and an officer answers for it.

They see the amounts of the files they work on, not everybody's balance.
"""


def permissions(roles: Iterable[str], standing: Iterable[str] = ()) -> frozenset[str]:
    """Everything that any of the roles allows; an unknown role allows nothing.

    `standing` are the roles without an end among them. Whose only standing role is that of an intern gets nothing of
    `OFFICERS_ONLY`, whatever they are assigned to; an officer who is assigned to an intern's work keeps theirs.
    """
    known = {role.value for role in Role}
    allowed = frozenset(p for role in roles if role in known for p in TABLE[Role(role)])
    return frozenset(map(str, allowed - OFFICERS_ONLY if set(standing) == {Role.MAGANG} else allowed))
