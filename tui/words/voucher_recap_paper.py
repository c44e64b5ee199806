"""The recap of the voucher desk as it stands on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from printing.sheets import Chart, CountTable, Figure, RecapSheet, RecapWords
from store.recaps_vouchers import VoucherRecap
from store.rows import Me
from tui.i18n import N_, WIB, _
from tui.words import results, voucher_recap
from tui.words.letters import printable
from tui.words.paper import count_table, place_of, recap_words, stamp


def recap(recap: VoucherRecap, me: Me, now: datetime) -> tuple[RecapSheet, RecapWords]:
    """The recap of a period and its words; amounts only where the recap has them."""
    told = voucher_recap.figures(recap)
    groups = (
        (_("By programme"), _("Programme"), voucher_recap.programs(recap)),
        (_("By state"), _("State"), voucher_recap.states(recap)),
        (_("By day"), _("Day"), voucher_recap.days(recap)),
    )
    sheet = RecapSheet(
        stamp=stamp(me, now),
        title=_("Recap of vouchers"),
        period=results.recap_period(recap),
        figures=tuple(Figure(title, results.shown(value), meaning) for title, value, meaning in told),
        charts=tuple(
            Chart(title, tuple((printable(name), count) for name, count in bars))
            for title, bars in voucher_recap.charted(recap)
        ),
        tables=tuple(_table(title, name, rows) for title, name, rows in groups),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the finance section"),
        closed_at=recap.closed_at,
        closed_by=printable(recap.closed_by),
    )
    return sheet, recap_words()


def names_in_recap(recap: VoucherRecap) -> list[str]:
    """Everybody and every signatory on the pages: told when a letter cannot be printed."""
    return [recap.closed_by, *recap.titles.values()]


def _table(title: str, name: str, rows: Sequence[voucher_recap.Row]) -> CountTable:
    amounts = any(amount is not None for _name, _files, amount in rows)
    columns = (N_("Files"), N_("Amount (Rp)")) if amounts else (N_("Files"),)
    counted = [(group, (files,) if amount is None else (files, amount)) for group, files, amount in rows]
    return count_table(title, name, columns, counted)
