"""The files of backups: encrypted to public keys (age), whole under their name or not there, their notes beside them.

age (age-encryption.org) through pyrage: its own program, which Debian has, opens the files as well, so that an office
depends on Loket neither for its keys nor for its data. The private key is nowhere on the server. That what was written
can be opened is proved all the same: each file is encrypted to one more key, made for it alone, used once to read the
file back, and forgotten.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from store.backup_copies import Content, not_written
from store.errors import BackupRefused
from store.plain_files import open_plain, read_plain
from store.rules.backups import BackupName, Kept, read_name, to_remove
from store.value_class import value_class

SCRATCH = ".cadangan-"
_NOTES = ".json"
_CHUNK = 1 << 20
_LONGEST_KEY = 65_536  # bytes; keys take some hundreds
_BUILT = re.compile(r"[a-z0-9_]{8}")  # as tempfile names folders
_NEAR = timedelta(minutes=1)  # so far ahead a name may be of its own time; further, a clock was wrong


@value_class
class Notes:
    """What a backup noted of itself: its bytes as they lie there, and what is in it."""

    sha256: str
    size: int
    at: str  # ISO instant, UTC
    content: Content
    anchor: str = ""  # the trail's head in one line, in the trail before the copy was made


@contextlib.contextmanager
def scratch(home: Path) -> Iterator[Path]:
    """A folder in the home for plain copies, closed to all others and gone afterwards.

    One backup or drill at a time: raises BackupRefused("running"). What one that was killed left goes first.
    """
    with faults(home), (home / f"{SCRATCH}lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused("running") from error
        for left in home.glob(f"{SCRATCH}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
        with closed_folder(home, SCRATCH) as folder:
            yield folder


@contextlib.contextmanager
def closed_folder(place: Path, prefix: str) -> Iterator[Path]:
    """A new folder that only its owner can open, gone afterwards unless it was given another name."""
    with tempfile.TemporaryDirectory(prefix=prefix, dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextlib.contextmanager
def building_site(into: Path) -> Iterator[Path]:
    """A closed folder beside the place of a new office. What a killed one for the same place left goes first."""
    for left in left_of_restores(into):
        shutil.rmtree(left)
    with closed_folder(into.parent, f".{into.name}-") as folder:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # goes with a process that dies: who lives is told from who was killed
            yield folder
        finally:
            os.close(handle)


def left_of_restores(home: Path) -> list[Path]:
    """Folders beside a home in which a restore was killed; whole data of people may lie in them."""
    found = []
    for folder in sorted(home.absolute().parent.glob(f".{glob.escape(home.name)}-*")) if home.name else ():
        if (
            folder.is_symlink()
            or not folder.is_dir()
            or not _BUILT.fullmatch(folder.name.removeprefix(f".{home.name}-"))
        ):
            continue
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found.append(folder)
            finally:
                os.close(handle)
    return found


def publish(
    plain: Path, folder: Path, name: BackupName, keys: Sequence[str], content: Content, anchor: str
) -> tuple[Path, Notes]:
    """Writes the file and its notes into the folder: each under its name only when it is on the disk and read back.

    Raises BackupRefused("full", "folder", "read-back", "bad-key").
    """
    target = folder / str(name)
    with faults(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f".loket-{name.office}-*.part"):
            left.unlink()
        part = folder / f".{target.name}.part"
        try:
            sha256 = _write(plain, part, keys)
            notes = Notes(sha256, part.stat().st_size, name.at.astimezone(UTC).isoformat(), content, anchor)
            told = folder / f".{target.name}{_NOTES}.part"
            with _made(told) as file:
                file.write(json.dumps(asdict(notes), indent=1).encode())
            # The notes last: a backup without them counts as not whole, and goes when a whole one is there.
            part.rename(target)
            told.rename(notes_of(target))
            _sync_folder(folder)
        except BaseException:
            # An error of the disk is told by the first one; a full disk may refuse this too.
            for left in folder.glob(f".loket-{name.office}-*.part"):
                left.unlink(missing_ok=True)
            raise
    return target, notes


def _write(plain: Path, part: Path, keys: Sequence[str]) -> str:
    """Writes the part, reads it back through its own key, and returns the digest of its bytes."""
    import pyrage

    once = pyrage.x25519.Identity.generate()
    try:
        with plain.open("rb") as source, _made(part) as file:
            if keys:
                recipients = [*_recipients(keys), once.to_public()]
                pyrage.encrypt_io(source, file, recipients)
            else:
                shutil.copyfileobj(source, file, _CHUNK)
    except pyrage.EncryptError as error:
        raise not_written(part, plain.stat().st_size, error) from error
    hasher = _Hasher()
    with part.open("rb") as file:
        if keys:
            pyrage.decrypt_io(file, hasher, [once])
        else:
            shutil.copyfileobj(file, hasher, _CHUNK)
    if hasher.digest.hexdigest() != digest_of(plain):
        raise BackupRefused("read-back", str(part.parent))
    return digest_of(part)


class _Hasher:
    """A file that keeps of what is written into it only the digest."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


@contextlib.contextmanager
def _made(path: Path) -> Iterator[IO[bytes]]:
    """A new file, readable by its owner only, on the disk when it is closed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _recipients(keys: Sequence[str]) -> list[Any]:
    import pyrage

    try:
        return [
            pyrage.ssh.Recipient.from_str(key) if key.startswith("ssh-") else pyrage.x25519.Recipient.from_str(key)
            for key in keys
        ]
    except pyrage.RecipientError as error:
        raise BackupRefused("bad-key", "", str(error)) from error


def check_keys(keys: Sequence[str]) -> None:
    """Raises BackupRefused("bad-key") when one cannot be encrypted to: a slip of the pen is found in time."""
    _recipients(keys)


def unseal(file: Path, into: Path, identity: Path | None) -> None:
    """The plain copy of a backup as a new file. Raises BackupRefused: no-identity, bad-identity, wrong-key, damaged."""
    import pyrage

    name = read_name(file.name)
    sealed = name.sealed if name is not None else file.name.endswith(".age")
    if not sealed:
        with _regular(file, "damaged") as source, _made(into) as plain:
            shutil.copyfileobj(source, plain, _CHUNK)
        return
    if identity is None:
        raise BackupRefused("no-identity", file.name)
    identities = _identities(identity)
    try:
        with _regular(file, "damaged") as source, _made(into) as plain:
            pyrage.decrypt_io(source, plain, identities)
    except pyrage.DecryptError as error:
        why = "wrong-key" if "No matching keys" in str(error) else "damaged"
        raise BackupRefused(why, file.name) from error
    except OSError as error:
        if error.errno is None:  # the library's own: a block that does not decrypt
            raise BackupRefused("damaged", file.name) from error
        raise


def _identities(file: Path) -> list[Any]:
    import pyrage

    try:
        with _regular(file, "bad-identity") as source:
            text = source.read(_LONGEST_KEY).decode("ascii")
        if "OPENSSH PRIVATE KEY" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = (line.strip() for line in text.splitlines())
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (pyrage.IdentityError, UnicodeDecodeError, OSError) as error:
        raise BackupRefused("bad-identity", file.name) from error
    if not found:
        raise BackupRefused("bad-identity", file.name)
    return found


def _regular(file: Path, otherwise: str) -> io.BufferedReader:
    """A file that a person named, opened to be read. Raises BackupRefused for a FIFO, device or folder, and OSError."""
    try:
        return os.fdopen(open_plain(file, os.O_RDONLY, links=True), "rb")
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise BackupRefused(otherwise, file.name) from error
        raise


def notes_of(file: Path) -> Path:
    """Where the notes of a backup are."""
    return file.with_name(file.name + _NOTES)


def read_notes(file: Path) -> Notes | None:
    """What the backup noted, or None where its notes are gone. Raises BackupRefused("damaged") for unreadable ones."""
    try:
        plain = json.loads(read_plain(notes_of(file)))
        return Notes(**{**plain, "content": Content(**plain["content"])})
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise BackupRefused("damaged", notes_of(file).name) from error
    except (ValueError, TypeError, KeyError) as error:
        raise BackupRefused("damaged", notes_of(file).name) from error


def check_bytes(file: Path, notes: Notes | None) -> None:
    """Raises BackupRefused("damaged") when the file is not the one its notes were written of."""
    if notes is not None and (file.stat().st_size != notes.size or digest_of(file) != notes.sha256):
        raise BackupRefused("damaged", file.name)


def digest_of(file: Path) -> str:
    with _regular(file, "damaged") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def found_in(folder: Path, office: str) -> list[tuple[Path, Kept]]:
    """The backups of one office in a folder, newest first.

    One that cannot be looked at (another account made it) is left alone: neither found nor removed.
    """
    rows = []
    for file in folder.iterdir() if folder.is_dir() else ():
        name = read_name(file.name)
        if name is not None and name.office == office and file.is_file() and not file.is_symlink():
            with contextlib.suppress(OSError):
                rows.append((file, Kept(file.name, name.at, _is_whole(file))))
    return sorted(rows, key=lambda row: (row[1].at, row[1].key), reverse=True)


def _is_whole(file: Path) -> bool:
    try:
        notes = read_notes(file)
    except BackupRefused:
        return False
    return notes is not None and notes.size == file.stat().st_size


def rotate(folder: Path, office: str, made: str) -> list[str]:
    """Removes what need not be kept (store.rules.backups); the names of the files that went.

    The one just made stays, also where a clock that was wrong once left others that seem newer.
    """
    gone = sorted(to_remove(kept for _file, kept in found_in(folder, office)) - {made})
    with faults(folder):
        for name in gone:
            notes_of(folder / name).unlink(missing_ok=True)  # first: what is left of one that is killed here goes next
            (folder / name).unlink()
    return gone


def same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def free_instant(now: datetime, folder: Path, office: str) -> datetime:
    """The instant as names keep it, in whole seconds; after a backup of the same second, the second after that."""
    at = now.astimezone(UTC).replace(microsecond=0)
    while near := [kept.at for _file, kept in found_in(folder, office) if at <= kept.at < at + _NEAR]:
        at = max(near) + timedelta(seconds=1)
    return at


@contextlib.contextmanager
def faults(folder: Path) -> Iterator[None]:
    """Says what the system refuses in our words: the disk is full, or the folder takes no files.

    PermissionError stays what it is: it names the very file.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise BackupRefused("full", str(folder)) from error
        # ENOENT: a file system that takes no folders, or a disk that was taken away.
        if error.errno in (errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ELOOP):
            raise BackupRefused("folder", str(folder)) from error
        raise
