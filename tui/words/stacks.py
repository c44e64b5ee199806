"""Stacks that are out for signing, in words: who holds what since when, whose signature is missing, what a scan did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from store.claim_file_rows import FileRow
from store.rules.signers import Signatory
from store.rules.vouchers import FileState, Refusal
from store.stack_rows import ReceiptLine, Scan, StackRow
from tui.i18n import _, ngettext, number, short_moment
from tui.words import claim_files
from tui.words.vouchers import cut
from tui.words.vouchers_paper import stack_number

Signatories = Mapping[str, Signatory]


def files(count: int) -> str:
    return ngettext("1 file", "{n} files", count).format(n=number(count))


def since(row: StackRow, now: datetime) -> tuple[str, str]:
    """Since when it is out, and how many office days; late in words."""
    days = ngettext("1 day", "{n} days", row.days).format(n=number(row.days))
    if row.back_at is not None:
        return _("back {when}").format(when=short_moment(row.back_at, now)), "muted"
    text = f"{short_moment(row.made_at, now)} · {days}"
    return (_("{since} LATE").format(since=text), "bad") if row.late else (text, "normal")


def how_many(row: StackRow) -> str:
    """12, or 3/12 while some are back."""
    if row.back_at is None and row.still_out != row.files:
        return f"{number(row.still_out)}/{number(row.files)}"
    return number(row.files)


def missing(row: StackRow, who: Signatories) -> tuple[str, str]:
    """Whose signature lacks on how many: by the colour of the post-it."""
    lacking = [(key, count) for key, count in row.missing.items() if count]
    if not lacking:
        return "–", "muted"
    if len(lacking) == len(who) and len({count for _key, count in lacking}) == 1:
        return _("all signatures"), "warn"
    return " · ".join(f"{colour(key, who)} {number(count)}" for key, count in lacking), "warn"


def colour(key: str, who: Signatories) -> str:
    return who[key].colour if key in who else key


def title(key: str, who: Signatories) -> str:
    return who[key].title if key in who else key


def head(row: StackRow, now: datetime) -> str:
    text = _("{number} with {name} since {when}")
    return text.format(number=stack_number(row.number), name=cut(row.given_to), when=short_moment(row.made_at, now))


def signed_cell(line: ReceiptLine, key: str, lacking: Collection[str], *, outside: bool) -> tuple[str, str]:
    """Whether one signature is on one file: seen before, as it comes back now, or not."""
    if any(seen.signer == key for seen in line.signed):
        return _("is there"), "muted"
    if line.back_at is not None:
        return _("MISSING"), "warn"
    if outside:
        return "–", "muted"
    return (_("MISSING"), "warn") if key in lacking else (_("is there"), "good")


def would_be(complete: int, lacking: Mapping[str, int], outside: int, who: Signatories) -> str:
    """What y would note."""
    parts = [_("y takes back: {files} signed by all").format(files=files(complete))]
    parts += [
        _("{files} without {who}").format(files=files(count), who=title(key, who))
        for key, count in lacking.items()
        if count
    ]
    if outside:
        parts.append(_("{files} stay out").format(files=files(outside)))
    return " · ".join(parts)


def taken_back(states: Mapping[int, FileState], row: StackRow | None) -> str:
    complete = sum(state is FileState.COMPLETE for state in states.values())
    rest = len(states) - complete
    parts = [_("{files} back").format(files=files(len(states))), _("{n} signed by all").format(n=number(complete))]
    if rest:
        parts.append(_("{n} wait on the desk for a signature").format(n=number(rest)))
    if row is not None and row.still_out:
        parts.append(_("{n} stay out").format(n=number(row.still_out)))
    return " · ".join(parts)


# Scans ----------------------------------------------------------------------------------------------------------------


def step(code: str, who: Signatories) -> str:
    """What a scan does now."""
    if code == "out":
        return _("goes out")
    if code == "back":
        return _("back, signed by all")
    return _("signed by {who}").format(who=title(code, who))


def file_name(file: FileRow) -> str:
    return f"{file.program} {cut(file.name or file.payee)}"


def scanned(found: Scan) -> str:
    """Why nothing was done, with the next step."""
    if found.file is None:
        return _("no file has this code: receive it first (t)")
    if not found.allowed:
        return _("your role does not allow this step")
    if found.file.state is FileState.OUT:
        return _("it is out already")
    if found.why is Refusal.STATE:
        return _("it is: {state}").format(state=claim_files.state(found.file.state))
    return _("not matched yet: match it first")


def left_missing(keys: Sequence[str], who: Signatories) -> str:
    return ", ".join(title(key, who) for key in keys)
