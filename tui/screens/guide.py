"""What the work is about, for somebody who began today (domain.md 2.3, 3.3, 3.7)."""

from __future__ import annotations

from tui.i18n import _
from tui.widgets.ink import EMPTY, Line, line, wrap


def chapters() -> list[tuple[str, list[str]]]:
    """Title and paragraphs of each chapter."""
    return [
        (
            _("What JHT 56 is"),
            [
                _(
                    "JHT (Jaminan Hari Tua) is the old-age saving of every participant. Who has reached 56 may take "
                    "all of it at once, also while still at work. Many do not know this: we phone them and help "
                    "them claim."
                ),
                _(
                    "Ways to claim: the JMO app for balances within its limit, Lapak Asik (web page, with an interview "
                    "by video call) above it, or the office. Bring: membership card, KTP, KK, bank book, form F5, and "
                    "NPWP for a balance above Rp50.000.000."
                ),
            ],
        ),
        (
            _("How a call goes"),
            [
                _("1. Enter serves a person and shows the number. Dial it on the office telephone."),
                _("2. Greet, say your name and the office, ask for the person."),
                _("3. Ask for the birth date, never tell it. b shows it to compare (recorded); v notes: right person."),
                _("4. Only now balance and advice are on the card. Tell the way to claim and what to bring."),
                _(
                    "5. One key for the outcome, 1 to 9 or 0. The next person is shown at once. "
                    "A slip: u takes it back."
                ),
            ],
        ),
        (
            _("What never to say or ask"),
            [
                _("• The balance, or that there is a claim, to anybody but the person: not to wife, husband or child."),
                _("• The birth date or NIK before the person has said it."),
                _("• OTP, PIN, password: BPJS staff never ask for them. Say so when people are afraid of fraud."),
                _("• Do not phone outside office hours or on holidays, and not again and again."),
            ],
        ),
    ]


def guide(width: int) -> list[Line]:
    """All chapters in lines of this width."""
    lines: list[Line] = []
    for title, paragraphs in chapters():
        lines.append(line((f" {title}", "strong")))
        for paragraph in paragraphs:
            lines += [line(f"  {row}") for row in wrap(paragraph, width - 4, 12)]
        lines.append(EMPTY)
    return lines[:-1]
