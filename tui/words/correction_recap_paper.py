"""The recap of corrections as it stands on paper."""

from __future__ import annotations

from datetime import datetime

from printing.sheets import Chart, Figure, RecapSheet, RecapWords
from store.recaps_corrections import CorrectionRecap
from store.rows import Me
from tui.i18n import WIB, _
from tui.words import correction_recap, results
from tui.words.letters import printable
from tui.words.paper import count_table, place_of, recap_words, stamp


def recap(recap: CorrectionRecap, me: Me, now: datetime) -> tuple[RecapSheet, RecapWords]:
    """The recap of a period and its words."""
    sheet = RecapSheet(
        stamp=stamp(me, now),
        title=_("Recap of corrections"),
        period=results.recap_period(recap),
        figures=tuple(
            Figure(title, results.shown(value), meaning) for title, value, meaning in correction_recap.figures(recap)
        ),
        charts=tuple(
            Chart(title, tuple((printable(name), count) for name, count in bars))
            for title, bars in correction_recap.charted(recap)
        ),
        tables=tuple(count_table(*group) for group in correction_recap.grouped(recap)),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the membership section"),
        closed_at=recap.closed_at,
        closed_by=printable(recap.closed_by),
    )
    return sheet, recap_words()


def names_in_recap(recap: CorrectionRecap) -> list[str]:
    """Everybody named on the pages: told when a letter cannot be printed."""
    return [recap.closed_by, *recap.figures.by_person]
