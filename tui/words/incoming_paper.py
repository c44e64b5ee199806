"""The recap of calls that came in, visits and help as it stands on paper."""

from __future__ import annotations

from datetime import datetime

from printing.sheets import Chart, Figure, RecapSheet, RecapWords
from store.recaps_incoming import IncomingRecap
from store.rows import Me
from tui.i18n import WIB, _
from tui.words import incoming, results
from tui.words.letters import printable
from tui.words.paper import count_table, place_of, recap_words, stamp


def recap(recap: IncomingRecap, me: Me, now: datetime) -> tuple[RecapSheet, RecapWords]:
    """The recap of a period and its words."""
    told = incoming.figures(recap)
    tables = [
        count_table(_("By topic"), _("Topic"), incoming.TOPIC_COLUMNS, incoming.topics(recap)),
        count_table(_("By hour"), _("Hour"), incoming.TIME_COLUMNS, incoming.hours(recap)),
        count_table(_("By weekday"), _("Day"), incoming.TIME_COLUMNS, incoming.weekdays(recap)),
        count_table(_("By handler"), _("Handler"), incoming.HANDLER_COLUMNS, incoming.handlers(recap)),
        count_table(_("By caller"), _("Who asked"), incoming.CALLER_COLUMNS, incoming.callers(recap)),
    ]
    if recap.help.helped:
        tables.append(count_table(_("Help with a claim"), _("Way"), incoming.HELP_COLUMNS, incoming.ways(recap)))
    sheet = RecapSheet(
        stamp=stamp(me, now),
        title=_("Recap of calls and visits"),
        period=results.recap_period(recap),
        figures=tuple(Figure(title, results.shown(value), meaning) for title, value, meaning in told),
        charts=tuple(
            Chart(title, tuple((printable(name), count) for name, count in bars))
            for title, bars in incoming.charted(recap)
        ),
        tables=tuple(tables),
        place=printable(place_of(me.office)),
        signed_on=now.astimezone(WIB).date(),
        signer=_("Head of the service section"),
        closed_at=recap.closed_at,
        closed_by=printable(recap.closed_by),
    )
    return sheet, recap_words()


def names_in_recap(recap: IncomingRecap) -> list[str]:
    """Everybody and every topic of the office's own on the pages: told when a letter cannot be printed."""
    return [recap.closed_by, *recap.figures.by_handler, *recap.figures.by_topic]
