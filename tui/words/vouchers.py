"""Listings, paid files and how they agree, in words: refusals with their figures, differences with both sides."""

from __future__ import annotations

from typing import Final

from store.errors import ListingRefused
from store.listing_rows import DayCount
from store.rules.dates import format_short
from store.rules.listing import ListingProblem
from store.rules.matching import PAYEE_DIFFERS, Comparison, Verdict
from store.rules.money import format_rupiah
from tui.i18n import N_, _, ngettext, number

NAME = 40
"""Cells that a person's or a file's name may take in a sentence."""

VERDICTS: Final[dict[str, str]] = {
    Verdict.MATCH: N_("agrees"),
    Verdict.AMOUNT: N_("amount differs"),
    Verdict.NAME: N_("name differs"),
    Verdict.PROGRAM: N_("programme differs"),
    Verdict.NO_FILE: N_("no file"),
    PAYEE_DIFFERS: N_("paid to somebody else"),
    "no-transaction": N_("no transaction"),
}
"""How a transaction stands, as one short statement."""

PROBLEMS: Final[dict[str, str]] = {
    "unbalanced": N_("{code}: debit {debit} and credit {credit} differ by {off}"),
    "total-differs": N_("total of the {side} column: {stated} is written, the rows make {found}"),
    "doubled": N_("{code}: the same lines stand there twice ({debit})"),
    "repeated": N_("{code} stands for two different things: {stated} and {found}"),
    "amount-unreadable": N_("the amount “{text}” cannot be read"),
    "date-unreadable": N_("the date “{text}” cannot be read"),
    "date-missing": N_("{code} has no date"),
    "dates-differ": N_("{code} has several dates: {text}"),
    "code-missing": N_("an amount without a transaction code ({debit} / {credit})"),
    "no-amount": N_("{code}: what was paid cannot be told from its lines"),
    "nothing-found": N_("no transaction was found: look whether its headings are there"),
}
"""Why a listing is refused, with the figures."""


def cut(text: str) -> str:
    """A name with … where it is too long for a sentence; the command line loads no screens for that."""
    return text if len(text) <= NAME else text[: NAME - 1] + "…"


def verdict(code: str) -> str:
    """A verdict or what needs a yes, in words."""
    return _(VERDICTS[code]) if code in VERDICTS else code


def differences(found: Comparison) -> list[str]:
    """Each difference with both sides: the listing's first, then the paper's."""
    said = []
    if found.amount_off:
        more = _("the paper says {amount} more") if found.amount_off > 0 else _("the paper says {amount} less")
        said.append(more.format(amount=format_rupiah(abs(found.amount_off))))
    if found.names:
        listed, paper = (cut(name) for name in found.names)
        near = _("much alike: {listed} in the listing, {paper} on the paper")
        other = _("name: {listed} in the listing, {paper} on the paper")
        said.append((near if found.near else other).format(listed=listed, paper=paper))
    if found.programs:
        said.append(
            _("programme: {listed} in the listing, {paper} on the paper").format(
                listed=found.programs[0], paper=found.programs[1]
            )
        )
    if found.verdict is Verdict.NO_FILE:
        said.append(_("the paper is not here yet"))
    if PAYEE_DIFFERS in found.needs_yes:
        said.append(_("somebody else than the participant was paid"))
    return said


def problem(found: ListingProblem) -> str:
    """One reason to refuse a listing, with its place and its figures."""
    side = {"debit": _("debit"), "credit": _("credit")}.get(found.field, "")
    off = abs((found.debit or 0) - (found.credit or 0))
    text = _(PROBLEMS[found.kind]) if found.kind in PROBLEMS else found.kind
    words = text.format(
        code=found.code,
        side=side,
        off=format_rupiah(off),
        text=cut(found.text),
        **{name: _rupiah(getattr(found, name)) for name in ("debit", "credit", "stated", "found")},
    )
    return _("row {row}: {words}").format(row=found.row, words=words) if found.row else words


def _rupiah(amount: int | None) -> str:
    return _("unknown") if amount is None else format_rupiah(amount)


def listing_refused(error: ListingRefused) -> str:
    """The sentence of a refusal: the first reason, and how many there are."""
    first, more = problem(error.problems[0]), len(error.problems) - 1
    rest = ngettext("1 more reason.", "{n} more reasons.", more).format(n=number(more)) if more else ""
    text = _("{file} is not taken, none of it. {first}. Get the listing from Smile again.").format(
        file=cut(error.file), first=first
    )
    return f"{text} {rest}".strip()


def day_count(counted: DayCount) -> str:
    """The transactions of a date and programme."""
    return _("{day} {program}: {count} transactions, {amount}").format(
        day=format_short(counted.day),
        program=counted.program,
        count=number(counted.count),
        amount=format_rupiah(counted.amount),
    )
