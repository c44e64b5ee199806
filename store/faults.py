"""What an error of the database or the disk says about its cause: a full disk, rights, a file that is another one.

Reasons, as `DatabaseTrouble.reason` carries them: full, read-only, rights, disk, busy, damaged, missing, replaced,
newer, not-loket, network-disk, old-sqlite, unreachable, no-driver, unknown-url, closed. Their words and codes are
`tui.words.faults`.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from store.errors import DatabaseTrouble

MOUNTS: Final = Path("/proc/self/mountinfo")
SIDE_FILES: Final = ("", "-wal", "-shm", "-turn", "-wait")
"""What a database consists of on the disk, by the end of its name."""
_NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "beegfs", "ocfs2", "gfs2")
)
_BROKEN: Final = frozenset((errno.EIO, errno.ENXIO, errno.ENODEV, errno.EREMOTEIO, errno.EUCLEAN, errno.ESTALE))
"""What the kernel says of a disk that failed, is gone, or whose file system is in disorder (errno(3))."""
_NETWORK_PROGRAMS: Final = ("sshfs", "glusterfs", "rclone", "s3fs", "davfs", "ceph", "nfs", "smb")


def trouble(error: BaseException) -> DatabaseTrouble | None:
    """What a database error says about the database, or None when it is a fault of ours.

    Peewee hides some causes ("disk full" appears as a failed rollback), so the whole chain of contexts is read.
    """
    seen: BaseException | None = error
    while seen is not None:
        if is_of_broken_disk(seen):
            return DatabaseTrouble("disk", str(seen))
        text = str(seen).lower()
        for needle, reason in (
            ("database or disk is full", "full"),
            ("no space left on device", "full"),
            ("disk quota exceeded", "full"),
            ("readonly", "read-only"),
            ("read-only", "read-only"),
            ("malformed", "damaged"),
            ("not a database", "damaged"),
            ("disk i/o error", "disk"),
            ("unable to open", "rights"),
            ("database is locked", "busy"),
            ("connection refused", "unreachable"),
            ("server closed the connection", "unreachable"),
            ("connection is closed", "unreachable"),
            ("connection is lost", "unreachable"),
            ("could not connect", "unreachable"),
            ("connection failed", "unreachable"),
            ("connection is bad", "unreachable"),
            ("connection to server", "unreachable"),
            ("connection not opened", "unreachable"),
            ("terminating connection", "unreachable"),
        ):
            if needle in text:
                said = next(line for line in str(seen).splitlines() if needle in line.lower())
                return DatabaseTrouble(reason, said.rsplit("] ", 1)[-1])  # without the statement, which may be long
        seen = seen.__cause__ or seen.__context__
    return None


def is_of_broken_disk(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in _BROKEN


def is_there(path: Path) -> bool:
    """Whether the name stands in its folder; False also where nobody may look.

    Raises DatabaseTrouble("disk") where the disk cannot be read.
    """
    try:
        return path.exists()
    except OSError as error:
        if is_of_broken_disk(error):
            raise DatabaseTrouble("disk", str(path)) from error
        return False


def nearer(found: DatabaseTrouble, path: Path) -> DatabaseTrouble:
    """What stands behind a refused write or opening: a disk that failed or takes nothing, or the file whose rights are
    wrong.

    SQLite says "unable to open" and "readonly" of them all, and "malformed" of pages that it could not read again.
    """
    if found.reason not in ("read-only", "rights", "disk", "damaged"):
        return found
    folder = path.parent
    refused = refused_by(folder)
    if refused == "disk":
        return found if found.reason == "disk" else DatabaseTrouble("disk", str(folder))
    if found.reason == "damaged":
        return found
    if refused:
        return DatabaseTrouble(refused, str(folder))
    closed = closed_files(path)
    if closed:
        return DatabaseTrouble("rights", str(closed[0]))
    if found.reason == "disk":
        return found
    return DatabaseTrouble("rights", str(path))


def refused_by(folder: Path) -> str:
    """Why the file system of the folder takes no writes: "read-only", also where the system closed it after an error;
    "disk" where the disk itself fails; "" where it takes them, or it is the folder that does not.
    """
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600))  # a file without a name
    except OSError as error:
        if error.errno == errno.EROFS:
            return "read-only"
        return "disk" if is_of_broken_disk(error) else ""
    return ""


def closed_files(path: Path) -> list[Path]:
    """Of the database, its companions and its folder those that this process may not write, and those that people of
    the database's own account may not (left by somebody who ran Loket as another one).
    """
    if not os.access(path.parent, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
        return [path.parent]
    files = [file for end in SIDE_FILES if is_there(file := Path(f"{path}{end}"))]
    closed = [file for file in files if not os.access(file, os.R_OK | os.W_OK, effective_ids=True)]
    if closed or not is_there(path):
        return closed
    owner = path.stat()
    shared = owner.st_mode & 0o060
    return [
        file
        for file in files
        if (found := file.stat()).st_uid != owner.st_uid
        and not (found.st_gid == owner.st_gid and shared and found.st_mode & shared == shared)
    ]


def mount_of(path: Path, mounts: str | None = None) -> tuple[str, str]:
    """The mount point that holds a path and the kind of its file system; ('', '') where that cannot be told.

    `mounts`: the text of /proc/self/mountinfo (proc(5)).
    """
    try:
        text = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if mounts is None else mounts
    except OSError:
        return "", ""
    wanted, best = path.absolute() if mounts is not None else path.resolve(), ("", "")
    for line in text.splitlines():
        before, _dash, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = fields[4]
        for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
            point = point.replace(code, letter)
        if len(point) >= len(best[0]) and wanted.is_relative_to(point):  # the later of two lies on top
            best = point, after.split(" ")[0]
    return best


def network_of(path: Path, mounts: str | None = None) -> str:
    """The kind of network file system that holds a path, '' for a disk of this machine."""
    kind = mount_of(path, mounts)[1]
    program = kind.removeprefix("fuse.") if kind.startswith("fuse.") else ""
    return kind if kind in _NETWORK or (program and program.startswith(_NETWORK_PROGRAMS)) else ""


def refuse_network(folder: Path) -> None:
    """Raises DatabaseTrouble("network-disk"): SQLite shares its log in memory, which two machines do not have."""
    if kind := network_of(folder):
        raise DatabaseTrouble("network-disk", kind)
