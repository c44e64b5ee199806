"""Backups in words: what was made and tried, what is wrong and the next step, and the lines for timers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from store.backup_state import BackupStatus
from store.errors import BackupRefused
from tui.i18n import N_, _, ngettext, number, short_moment
from tui.words.faults import fault

if TYPE_CHECKING:
    from store.backups import BackupMade, Restored

REFUSED: Final[dict[str, str]] = {
    "no-keys": N_(
        "No backup: the office has named no key to encrypt to. Name one (loket backup --key age1… --remember), or say"
        " --unencrypted."
    ),
    "bad-key": N_("That is no public key. It begins with age1, ssh-ed25519 or ssh-rsa; copy all of it."),
    "full": N_("There is no room on the disk of {name}; nothing was made. Free room there, or choose another place."),
    "folder": N_("{name} cannot be written. Ask for the folder's rights, or choose another one."),
    "copy-failed": N_("The copy could not be written into {name} ({detail}). Run: loket doctor"),
    "read-back": N_("What was written to {name} does not read back as it was. Use another disk."),
    "running": N_("A backup or a drill of this office is running already. Try again when it is done."),
    "none": N_("There is no whole backup in {name}. Make one first: loket backup"),
    "missing": N_("{name} is not there. Look at the name again."),
    "unnamed": N_("{name} does not have the name of a backup. Give it back the name it was made with."),
    "not-a-backup": N_("{name} holds no data of Loket. Take another backup."),
    "damaged": N_("{name} is damaged. Take another backup, the one before it for instance."),
    "differs": N_("The data are not those that were noted when the backup was made ({detail}). Take another backup."),
    "newer": N_("The data were made by a newer Loket. Install that version, then try again."),
    "no-identity": N_("{name} is encrypted. Name the file with the private key: --identity FILE"),
    "bad-identity": N_("{name} holds no private key of age or SSH without a password. Take the right file."),
    "wrong-key": N_("{name} was not encrypted to this key. Take the private key of another holder."),
    "home-taken": N_("{name} is not empty; nothing is written over it. Name a folder that is not there yet."),
    "database-taken": N_("The database holds tables already; nothing is written over them. Name an empty one."),
    "no-url": N_("{name} is of PostgreSQL. Name an empty database in LOKET_DATABASE_URL."),
    "has-url": N_("{name} is of SQLite and becomes a file. Take LOKET_DATABASE_URL away."),
    "no-scratch": N_("A drill on PostgreSQL needs an empty database: createdb coba, then --scratch postgresql:///coba"),
    "no-program": N_("The program {name} is missing. Install it: apt install postgresql-client"),
    "program-failed": N_("{name} stopped: {detail}. Look at the server, then try again."),
}
"""Why a backup was not made, or not restored, and the next step."""

WARNINGS: Final[dict[str, str]] = {
    "unencrypted": N_("The backup is NOT encrypted: whoever has the file reads everybody's data. Name a key."),
    "same-disk": N_(
        "The backup lies on the same disk as the office: when it breaks, both are gone. Copy it elsewhere."
    ),
    "trail-broken": N_("The trail in it is broken. Run: loket audit verify"),
    "not-anchored": N_(
        "The head of the trail could not be added to the office's file of anchors. Look at its folder, then:"
        " loket audit anchor"
    ),
    "no-notes": N_("Its notes (.json) are not beside it; of what it holds only the head was compared."),
}
"""What is done but not as it should be."""


def refused(error: BackupRefused) -> str:
    if error.why == "not-mounted":
        return fault(error.why, error.name)
    words = REFUSED.get(error.why, N_("The backup was refused ({name} {detail}); nothing was changed."))
    return _(words).format(name=error.name, detail=error.detail)


def made(done: BackupMade) -> str:
    """What a backup is, in lines."""
    lines = [
        _("Backup: {file}").format(file=done.file),
        _("Opened, checked and read back in {took} s, {size} kB.").format(
            took=f"{done.took.total_seconds():.1f}", size=number(max(1, done.size // 1024))
        ),
        _held(done),
    ]
    if done.encrypted_to:
        keys = ngettext("Encrypted to 1 key.", "Encrypted to {n} keys.", done.encrypted_to)
        lines.append(keys.format(n=number(done.encrypted_to)))
    if done.removed:
        gone = ngettext("1 older backup went.", "{n} older backups went.", len(done.removed))
        lines.append(gone.format(n=number(len(done.removed))))
    return "\n".join(lines)


def restored(done: Restored, home: str) -> str:
    """What came back, in two lines."""
    text = _("The office stands in {home}, from {file}.").format(file=done.file, home=home) + f"\n{_held(done)}"
    if not done.erased_since:
        return text
    again = _("{n} rows that were erased after this backup are there again. Before anybody works: {command}")
    command = f"loket --home {home} retention again"
    return f"{text}\n{again.format(n=number(done.erased_since), command=command)}"


def tried(done: Restored) -> str:
    """What a drill found, in two lines."""
    return _("{file} came back whole; the copy is gone again.").format(file=done.file) + f"\n{_held(done)}"


def _held(done: BackupMade | Restored) -> str:
    text = _("{rows} rows in {tables} tables, head of the trail {head}.")
    return text.format(rows=number(done.rows), tables=number(done.tables), head=done.head[:16])


def warnings(codes: Sequence[str]) -> list[str]:
    return [_(WARNINGS[code]) for code in codes]


def status(found: BackupStatus, now: datetime) -> str:
    """How the office stands, with the next step where it is late."""
    if found.last is None and not found.overdue:
        return _("Backups: none yet. Make one: loket backup")
    if found.overdue:
        return _("Backups: late; {last} loket backup").format(last=overdue(found.last, now))
    assert found.last is not None
    drilled = short_moment(found.drilled, now) if found.drilled else _("never")
    return _("Backups: last whole one {when}; last tried {drilled}.").format(
        when=short_moment(found.last, now), drilled=drilled
    )


def anchor_late(found: BackupStatus, now: datetime) -> str:
    """That the newest anchor of the trail is too long ago; short enough for the first screen."""
    if found.anchored is None:
        return _("no anchor of the trail yet:")
    return _("last anchor {when}:").format(when=short_moment(found.anchored, now))


def anchors(found: BackupStatus, now: datetime) -> str:
    """How the office stands with the anchors of its trail, where it keeps them."""
    if found.anchor_late:
        return _("Anchors of the trail: late; {last} loket audit anchor").format(last=anchor_late(found, now))
    assert found.anchored is not None
    return _("Anchors of the trail: last one {when}.").format(when=short_moment(found.anchored, now))


def overdue(last: datetime | None, now: datetime) -> str:
    """That the last whole backup is too long ago; short enough for the first screen."""
    if last is None:
        return _("no backup yet:")
    return _("last backup {when}:").format(when=short_moment(last, now))


TIMER: Final = """\
# /etc/systemd/system/loket-backup.service
[Unit]
Description=Loket: {backup}
[Service]
Type=oneshot
User={user}
UMask=0077
{environment}SuccessExitStatus=2
ExecStart={program} --home {home} backup

# /etc/systemd/system/loket-backup.timer
[Unit]
Description=Loket: {hourly}
[Timer]
OnCalendar=hourly
Persistent=true
[Install]
WantedBy=timers.target

# systemctl enable --now loket-backup.timer

# {cron}
7 * * * * {user} {program} --home {home} backup
"""


def timer(program: str, home: str, user: str, *, server: bool) -> str:
    """Units for systemd, and a line of cron where there is none. `server`: the data lie in PostgreSQL.

    The URL, which may hold a password, is not printed.
    """
    told = _("In /etc/loket.env, which only root reads, and in cron's file above its line:")
    return TIMER.format(
        environment=f"# {told} LOKET_DATABASE_URL=…\nEnvironmentFile=/etc/loket.env\n" if server else "",
        program=program,
        home=home,
        user=user,
        backup=_("backup of the office"),
        hourly=_("a backup every hour"),
        cron=_("Without systemd, in /etc/cron.d/loket-backup:"),
    )
