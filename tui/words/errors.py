"""One sentence for everything the store refuses: what happened, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from store import errors
from store.rules.callbacks import CallbackTimeError, CallbackTrouble
from store.rules.decisions import DecisionError
from store.rules.permissions import Permission, Role
from tui.i18n import N_, _, hour, moment, ngettext, number, period_words

ROLES: Final[dict[str, str]] = {
    Role.MAGANG: N_("intern"),
    Role.PELAYANAN: N_("service section"),
    Role.KEPESERTAAN: N_("membership section"),
    Role.KEUANGAN: N_("finance section"),
    Role.UMUM: N_("general affairs"),
    Role.KEPALA_BIDANG: N_("head of section"),
    Role.KEPALA_KANTOR: N_("branch head"),
    Role.ADMIN: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
}

PERMISSIONS: Final[dict[str, str]] = {
    Permission.CALL: N_("phone participants"),
    Permission.HELP: N_("log calls and visits"),
    Permission.FOLLOW_UP: N_("keep follow-ups"),
    Permission.CORRECT_CONTACT: N_("correct numbers and e-mails"),
    Permission.APPROVE_CORRECTIONS: N_("approve corrections of others"),
    Permission.SUPERVISE: N_("divide and supervise the calls"),
    Permission.SEE_LISTS: N_("see lists"),
    Permission.SEE_FULL_NIK: N_("see the whole NIK"),
    Permission.SEE_HELD_PERSON: N_("see the person on the card"),
    Permission.SEE_AMOUNTS: N_("see amounts"),
    Permission.SEE_FILE_AMOUNTS: N_("see the amounts of claim files"),
    Permission.IMPORT_PARTICIPANTS: N_("bring participant lists in"),
    Permission.MAKE_CAMPAIGN: N_("make a call list"),
    Permission.EXPORT_PARTICIPANTS: N_("export participants"),
    Permission.EXPORT_RESULTS: N_("export results"),
    Permission.READ_RECAPS: N_("read recaps"),
    Permission.MANAGE_OFFICE: N_("change the office's settings"),
    Permission.MANAGE_STAFF: N_("manage staff"),
    Permission.READ_AUDIT: N_("read the audit trail"),
    Permission.SEE_FILES: N_("look at the voucher desk"),
    Permission.RECEIVE_FILES: N_("receive and print claim files"),
    Permission.APPROVE_FILES: N_("approve what differs in claim files"),
    Permission.BACKUP: N_("make backups"),
    Permission.ARCHIVE: N_("keep the archive"),
    Permission.READ_WORK: N_("read what others do, and change nothing"),
    Permission.ERASE_DATA: N_("erase data whose time is over"),
    Permission.APPROVE_ERASURE: N_("approve what is erased"),
}


def role_words(roles: frozenset[str] | tuple[str, ...]) -> str:
    """Roles in words, sorted, or 'no role'."""
    known = [_(ROLES[role]) if role in ROLES else role for role in sorted(roles)]
    return ", ".join(known) if known else _("no role")


def sentence(error: errors.StoreError, now: datetime) -> str:
    """The error in one sentence for a person, with what to do next."""
    for kind, say in _SENTENCES.items():
        if isinstance(error, kind):
            return say(error, now)
    return _("That was refused ({code}); nothing was changed.").format(code=error.code)


def _not_allowed(error: errors.NotAllowed, _now: datetime) -> str:
    what = _(PERMISSIONS[error.permission]) if error.permission in PERMISSIONS else error.permission
    return _("Not allowed: {what}. Your role today: {roles}. Ask the head of your section.").format(
        what=what, roles=role_words(error.roles)
    )


def _not_held(error: errors.NotHeld, _now: datetime) -> str:
    if error.right_party:
        return _("Shown once you know whom you speak to: note the right person first (v on the card).")
    return _("Shown only of the person you hold: take them to the card first (F2, or enter on their page).")


def _lease_lost(error: errors.LeaseLost, _now: datetime) -> str:
    if error.holder and error.since is not None:
        return _("{holder} holds this person since {time}. Enter serves the next one.").format(
            holder=error.holder, time=hour(error.since)
        )
    if error.holder:
        return _("{holder} holds this person now. Enter serves the next one.").format(holder=error.holder)
    return _("This person is no longer held by you (60 minutes without a key). Enter serves the next one.")


NOT_CALLABLE: Final[dict[str, str]] = {
    "shared-number": N_("A colleague is just calling somebody with the same number. Try again when they are done."),
    "done": N_("This person is done on that list. Add them to a list again (F2, mark, b) if they must be called."),
    "no-number": N_("There is no number that can be called. Type one first (e)."),
}


def _not_callable(error: errors.NotCallable, _now: datetime) -> str:
    if error.holder and error.since is not None:
        return _("{holder} holds this person since {time}. Ask them, or the head to take over.").format(
            holder=error.holder, time=hour(error.since)
        )
    return _(NOT_CALLABLE.get(error.reason, NOT_CALLABLE["shared-number"]))


def undone_in_part(error: errors.UndoneInPart, now: datetime) -> str:
    first = next(iter(error.conflicts), None)
    who = (first.by if first is not None else None) or _("somebody")
    when = moment(first.at, now) if first is not None and first.at is not None else _("since then")
    text = ngettext(
        "Taken back, but not for 1 person: {who} changed that {when}. u tries again.",
        "Taken back, but not for {n} people: {who} changed that {when}. u tries again.",
        error.people,
    )
    return text.format(n=number(error.people), who=who, when=when)


def cut_short(error: errors.CutShort, now: datetime) -> str:
    text = _("{done} of {of} are written and stand: u takes them back. Then it stopped: {cause}")
    return text.format(done=number(error.done), of=number(error.of), cause=sentence(error.cause, now))


def _undo_refused(error: errors.UndoRefused, now: datetime) -> str:
    if not error.conflicts:
        return _("This cannot be undone any more.")
    first = error.conflicts[0]
    who = first.by or _("somebody")
    when = moment(first.at, now) if first.at is not None else _("since then")
    text = _("Not undone: {who} changed {field} {when}.").format(who=who, field=first.field, when=when)
    more = len(error.conflicts) - 1
    rest = ngettext("And 1 more value.", "And {n} more values.", more).format(n=more)
    return f"{text} {rest}" if more else text


def _not_staff(error: errors.NotStaff, _now: datetime) -> str:
    if error.disabled:
        return _("The account {login} is disabled in this office. Ask the administrator.").format(login=error.login)
    return _("The account {login} is not known in this office. Ask the administrator to add it.").format(
        login=error.login
    )


def _trouble(error: errors.DatabaseTrouble, _now: datetime) -> str:
    from tui.words.faults import fault

    return fault(error.reason, error.detail)


INVALID: Final[dict[tuple[str, str], str]] = {
    ("period", "unreadable"): N_("“{value}” is no period. For example: 2023-07 or 2023-01..2023-08"),
    ("period", "nobody-to-call"): N_("Nobody of {value} is to be called, or all stand on another list of today."),
    ("period", "closed"): N_("{value} is closed already; its figures stay."),
    ("period", "nobody-on-list"): N_("Nobody is on a list of {value}; there is nothing to close."),
    ("period", "not-over"): N_("{value} is not over; on its last day it can be closed."),
    ("period", "nothing-came-in"): N_("Nothing came in in {value}; there is nothing to close."),
    ("period", "nothing-changed"): N_("No value was changed in {value}; there is nothing to close."),
    ("until", "before-start"): N_("The last day {value} lies before the first one."),
    ("line", "not-possible"): N_("Line {value} cannot be taken: nothing in it is new, or nobody has that KPJ."),
    ("most", "out-of-range"): N_("A list has 1 to 300 lines, not {value}."),
    ("day", "known"): N_("The office is closed on {value} already."),
    ("day", "not-worked"): N_("{value} is no working day anyway; nothing has to be closed."),
    ("office.week", "week-empty"): N_("The office must work on one day at least."),
    ("counter.topics", "twice"): N_(
        "That topic stands on another digit already. Take it off there first, or type another."
    ),
    ("counter.topics", "last"): N_("One topic must stay: every call has one."),
    ("backup.folder", "unreadable"): N_("“{value}” is no folder. Name it from the root: /mnt/cadangan"),
    ("office.name", "unreadable"): N_("The office needs a name."),
    ("lock.minutes", "unreadable"): N_("“{value}” is no number of minutes from 1 to 60."),
    ("login", "shared"): N_("{value} is an account that several people share; it is nobody's own."),
    ("account", "own"): N_("{value} is a person's own account. Disable that person first, or share another account."),
    ("phones.area_code", "unreadable"): N_("“{value}” is no area code. For example: 0765 or 021."),
    ("claims.jmo_limits", "last"): N_("One line must stay; change its amount (enter)."),
    ("answer.title", "empty"): N_("An answer needs a title: the question as people ask it."),
    ("what", "empty"): N_("What was promised? A few words are enough."),
    ("why", "empty"): N_("A reason is needed: one word is enough."),
    ("due_at", "past"): N_("That day is over. Choose another one."),
    ("staff_id", "unknown"): N_("That colleague is not known any more. Choose another one."),
    ("staff_id", "disabled"): N_("That colleague does not work here any more. Choose another one."),
    ("state", "not-open"): N_("It is done or dropped already; nothing was written."),
    ("whom", "empty"): N_("Who is helped? / finds a participant, o notes a name."),
    ("interview_at", "no-interview"): N_("JMO has no interview: take its day away (k), or choose another way (w)."),
    ("result_note", "empty"): N_("Say why it was refused or came back: r, then a few words."),
    ("activation_note", "empty"): N_("Say what stopped the activation: a, then a few words."),
    ("phones", "found-wrong"): N_("A call found the number before this one wrong; there is none to go back to."),
    ("voucher", "printed"): N_("This voucher is printed already. Reprint it with a reason if its sheet is spoiled."),
    ("voucher", "printing"): N_("This voucher is being printed. Look at its sheet first."),
    ("voucher", "twice"): N_("One voucher was chosen twice. Choose it once."),
    ("state", "on-paper"): N_("Sheets of this job may have come out. Stop it, then look at the paper."),
    ("state", "no-paper"): N_("No sheet of this job can have come out yet, or it was looked at already."),
    ("state", "stop-first"): N_("The job is still at the printer. Stop it first, then say what came out."),
    ("page", "unknown"): N_("The job has no page {value}."),
    ("pages", "empty"): N_("There is no page to print."),
    ("printing.printers", "unreadable"): N_("That is no name of a queue, tray or paper. See: loket printers"),
    ("printing.server", "unreadable"): N_("“{value}” is no print server. For example: printserver:631"),
    ("given_to", "empty"): N_("Who takes the stack along? Type a name."),
    ("file_ids", "empty"): N_("No file is chosen. Mark some first."),
    ("paper", "empty"): N_("A file needs a name, a KPJ or an amount."),
    ("voucher.signers", "unreadable"): N_("A signatory needs a title and a colour, a deputy a name and two days."),
    ("voucher.late_days", "unreadable"): N_("“{value}” is no number of office days from 1 to 60."),
    ("line", "ticked-already"): N_("Line {value} is typed back already. u takes the last one back."),
}
"""What is wrong with a value, by field and problem."""


def _invalid(error: errors.Invalid, _now: datetime) -> str:
    from tui.words.archive_refused import INVALID as OF_ARCHIVE
    from tui.words.erasures import INVALID as OF_DATA

    what = (error.field, error.problem)
    known = INVALID.get(what) or OF_ARCHIVE.get(what) or OF_DATA.get(what)
    if known is not None:
        value = period_words(error.value) if error.field == "period" else error.value
        return _(known).format(value=value)
    return _("{field}: {value} cannot be taken ({problem}).").format(
        field=error.field, value=error.value, problem=error.problem
    )


def _listing_refused(error: errors.ListingRefused, _now: datetime) -> str:
    from tui.words.vouchers import listing_refused

    return listing_refused(error)


def _file_refused(error: errors.FileRefused, _now: datetime) -> str:
    from tui.words.files import refusal

    return refusal(error)


def _backup_refused(error: errors.BackupRefused, _now: datetime) -> str:
    from tui.words.backups import refused

    return refused(error)


def _step_refused(error: errors.StepRefused, now: datetime) -> str:
    from tui.words.claim_files import step_refused

    return step_refused(error, now)


def _archive_refused(error: errors.ArchiveRefused, _now: datetime) -> str:
    from tui.words.archive_refused import refused

    return refused(error)


def _erasure_refused(error: errors.ErasureRefused, _now: datetime) -> str:
    from tui.words.erasures import refused

    return refused(error)


_SENTENCES: Final[dict[type[errors.StoreError], Callable[[Any, datetime], str]]] = {
    errors.NotAllowed: _not_allowed,
    errors.NotHeld: _not_held,
    errors.LeaseLost: _lease_lost,
    errors.NotCallable: _not_callable,
    errors.UndoneInPart: undone_in_part,
    errors.CutShort: cut_short,
    errors.UndoRefused: _undo_refused,
    errors.NotStaff: _not_staff,
    errors.DatabaseTrouble: _trouble,
    errors.Invalid: _invalid,
    errors.FileRefused: _file_refused,
    errors.ListingRefused: _listing_refused,
    errors.StepRefused: _step_refused,
    errors.ArchiveRefused: _archive_refused,
    errors.BackupRefused: _backup_refused,
    errors.ErasureRefused: _erasure_refused,
    errors.NoOffice: lambda e, _now: _("There is no office in {home}. Set one up with: loket init").format(home=e.home),
    errors.NotService: lambda e, _now: _(
        "--as counts only where a service account keeps the office; {home} is none. See: loket deploy --help"
    ).format(home=e.home),
    errors.OfficeExists: lambda e, _now: _("There is an office in {home} already; nothing was changed.").format(
        home=e.home
    ),
    errors.ChoosePerson: lambda e, _now: _(
        "The account {account} is shared. Start Loket at a terminal: it asks who you are."
    ).format(account=e.account),
    errors.NoPin: lambda e, _now: _(
        "{name} has no PIN yet. An administrator gives a code for one: loket staff pin {login} --reset"
    ).format(name=e.name, login=e.login),
    errors.PinNeeded: lambda e, _now: (
        _("This asks for your PIN, and you have none: choose one in the menu (F10, PIN).")
        if e.missing
        else _("This asks for your PIN, and it was not given in the last five minutes. Give it, then do it again.")
    ),
    errors.OwnWork: lambda _e, _now: _("Nobody approves or raises themselves. Ask a colleague with that role."),
    errors.NotFound: lambda e, _now: _("Not found: {key}. It may have been removed; look again.").format(key=e.key),
    errors.StaleEdit: lambda _e, _now: _("Somebody changed this just now; nothing was written. Look, then try again."),
    errors.EditConflict: lambda _e, _now: _(
        "A colleague changed the same just now; nothing was written. Look, then choose."
    ),
    errors.NothingToUndo: lambda _e, _now: _("There is nothing of yours left to undo."),
}

CALLBACK: Final[dict[str, str]] = {
    CallbackTrouble.UNREADABLE: N_("That time cannot be read. For example: 14.30, tomorrow 9, monday 10, 25/11 10."),
    CallbackTrouble.TIME_MISSING: N_("The hour is missing."),
    CallbackTrouble.PAST: N_("That time is past."),
    CallbackTrouble.TOO_FAR: N_("That is more than 180 days ahead."),
    CallbackTrouble.HOLIDAY: N_("The office is closed that day: {holiday}."),
    CallbackTrouble.WEEKEND: N_("The office is closed at the weekend."),
    CallbackTrouble.BEFORE: N_("The office is not open yet at that hour."),
    CallbackTrouble.BREAK: N_("That is inside the break."),
    CallbackTrouble.AFTER: N_("The office is closed at that hour."),
}


def callback(error: CallbackTimeError, now: datetime) -> str:
    """Why a typed time cannot be taken, with the nearest one that can."""
    text = _(CALLBACK[error.code]).format(holiday=error.holiday)
    if error.nearest is None:
        return text
    return _("{why} Nearest: {when}.").format(why=text, when=moment(error.nearest, now))


def decision(error: DecisionError) -> str:
    """Why an outcome cannot be noted for this card."""
    if error.code == "number-unknown":
        return _("There is no number to note that for. Let the person go (s) or take another number (o).")
    return _("The time of the call is missing. Press 5 again.")
