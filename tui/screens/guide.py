"""What the work is about, for somebody who began today (domain.md 2.3, 3.3, 3.7)."""

from __future__ import annotations

from collections.abc import Mapping

from store.rules.outcomes import Outcome, Policy
from tui.commands.retention import RETENTION_CONTEXTS
from tui.i18n import _
from tui.widgets.ink import EMPTY, Line, line, wrap
from tui.words.calls import OUTCOMES
from tui.words.settings import policy_words

Chapter = tuple[str, list[str]]
"""Title and paragraphs."""


def chapters(where: str, policies: Mapping[Outcome, Policy]) -> list[Chapter]:
    """What somebody needs to know at a desk (the context `where` holds there) first, then the rest of the work."""
    own = _OWN.get(where)
    shared = [*_calling(), _outcomes(policies), _doubt(), _whom()]
    first = own() if own is not None else None
    return [first, *shared] if first is not None else shared


def _outcomes(policies: Mapping[Outcome, Policy]) -> Chapter:
    """From the office's own table, as it is now."""
    lines = [f"• {_(OUTCOMES[outcome])}: {policy_words(policy)}." for outcome, policy in policies.items()]
    return _("What follows each outcome here"), lines


def _doubt() -> Chapter:
    return (
        _("What a doubted cell is"),
        [
            _(
                "A cell of a list that can be read in two ways, or not at all: 8.12E+11, a number that lacks a digit, "
                "an e-mail with a blank. Loket never guesses: the value stays empty, the cell is kept as it was, and "
                "the person gets a mark. Who can be phoned is on the list all the same."
            ),
            _("Without a number: f n in the list shows them; e types the number that the company or the file gives."),
        ],
    )


def _whom() -> Chapter:
    return (
        _("Whom to ask"),
        [
            _("• A question about a claim that the card does not answer: the service section (pelayanan)."),
            _("• A person, name or number that is wrong in Smile: the membership section (kepesertaan)."),
            _("• An angry participant, a promise you cannot keep, a wrong division: the head of your section."),
            _("• Loket itself, an account, a file that cannot be read: the administrator."),
        ],
    )


def _files() -> Chapter:
    return (
        _("Lists that come in"),
        [
            _("Put the Excel file into MASUK. Loket shows what it would bring and changes nothing until y."),
            _("The same file or person again changes nothing; u takes the last file back, after a question."),
        ],
    )


def _checks() -> Chapter:
    return (
        _("The status check"),
        [
            _(
                "Look the person up in Smile by KPJ (c copies it) or NIK before anybody phones in vain. Smile down: m, "
                "and the list goes on there later. What Smile says and what the person says are two facts."
            )
        ],
    )


def _figures() -> Chapter:
    return (
        _("The figures"),
        [_("The last digit tells what each figure counts. A closed period stays as it is; closing is final.")],
    )


def _persons() -> Chapter:
    return (
        _("A person who rings back"),
        [_("Type any part of the name, KPJ or number; enter opens the person, enter again takes them to the card.")],
    )


def _counter() -> Chapter:
    return (
        _("A call that comes in, a visitor"),
        [
            _("1. F3 as it rings: the start is noted. Greet, say the office and your name, ask what it is about."),
            _("2. The digit of the topic shows the answer to read out; enter saves. Nobody has to say who they are."),
            _("3. About a person: / and any part of the number, KPJ or name. Ask for the birth date, never tell it."),
            _("4. Right: v. Only then what concerns them: way to claim, documents, state of the claim."),
            _(
                "5. Somebody else asks, also husband, wife, child or employer: tell nothing, not even that the person "
                "is known. “Please let them ring us, or come with KTP and card.” w notes who asked."
            ),
            _("6. Never ask for OTP, PIN or password, not even to help with JMO. Say that nobody of BPJS ever does."),
            _("7. What you cannot answer now you promise: t, with a day. It stands in the list of follow-ups."),
            _(
                "A second call comes in: F3 again; the first one is kept and comes back. esc keeps a call as a draft "
                "(r goes on with it). A call nobody could take: m, so that somebody rings back."
            ),
        ],
    )


def _supervising() -> Chapter:
    return (
        _("Watching over the calls"),
        [_("Take somebody over or put them back only with a reason; it is recorded. The handler sees it at once.")],
    )


def _promises() -> Chapter:
    return (
        _("What a follow-up is"),
        [
            _("• What somebody was promised, and until when. It stays on the list until it is done or dropped."),
            _("• It is due when the office closes that day, or at the hour that was said; days off never count."),
            _("• You cannot keep it? Give it on (f) or move the day (w) before it is late, and tell the person."),
            _(
                "• Done means the person has the answer. Write down what came of it: a colleague "
                "may take the next call."
            ),
        ],
    )


def _claim_help() -> Chapter:
    return (
        _("Helping with a claim"),
        [
            _(
                "• JMO: within its limit, on their own telephone, no interview. Lapak Asik: above it, "
                "or for a part, by video call."
            ),
            _(
                "• The participant types. Never ask for a password, PIN or OTP, never write one down, "
                "also not on paper."
            ),
            _("• An e-mail made together is theirs: they choose the password and take it home. Press m then."),
            _("• Missing papers: print the slip (p). With it people come back once, not three times."),
        ],
    )


def _correcting() -> Chapter:
    return (
        _("How data are corrected"),
        [
            _("• e, the value, enter: saved, and the next person. What cannot be read without doubt is refused."),
            _("• Never invent a number or an address. “Has no e-mail” is an answer: e, -, enter."),
            _("• Say who said so: the source stays beside the change, and o names another one."),
            _("• It is right as it is: r, with a reason. It is asked again only when the value changes."),
            _("• A slip: u. A change of last week: h, then t."),
        ],
    )


def _archiving() -> Chapter:
    return (
        _("How a file is archived"),
        [
            _("• A file goes in when all have signed. Above the list stand its box and between which codes it goes."),
            _("• Lay the paper there first, then press t. A slip: u takes it out again."),
            _("• A file leaves its box only as lent (s), with a name and a day: it is often asked for in a hurry."),
            _("• A paper that is torn, has no code or is not complete is noted with the reason (w, k), never hidden."),
            _("• At month end m tells what is missing and who has it. Then a box can be closed (c) and labelled (p)."),
            _("• Nothing is ever destroyed by itself: one proposes, somebody else approves, the record is signed."),
        ],
    )


def _keeping() -> Chapter:
    return (
        _("How people's data go"),
        [
            _("• An officer sets how long a kind is kept and what that rests on (e); the head confirms it (t)."),
            _("• Loket knows no legal period: ask the agency. What it offers is only something to think about."),
            _("• What is due is proposed (n, enter), approved by somebody else (t), carried out (d), recorded (p)."),
            _("• A claim file that is kept still keeps its person: the archive's years come first."),
            _("• Who objects, or is under investigation, is held out (o) until a day or until it is lifted."),
            _("• Backups hold what went until they are rotated out; paper and files in MASUK and KELUAR are yours."),
        ],
    )


_OWN = {
    **dict.fromkeys(RETENTION_CONTEXTS, _keeping),
    **dict.fromkeys(("corrections", "worklist", "work-status", "tidy", "value-history"), _correcting),
    **dict.fromkeys(("proposals", "company-forms", "email-typos"), _correcting),
    **dict.fromkeys(("archive", "archive-box", "archive-gaps", "archive-waiting", "archive-troubles"), _archiving),
    **dict.fromkeys(("archive-loans", "archive-month", "archive-codes", "archive-destroy", "archive-due"), _archiving),
    **dict.fromkeys(("follow-ups", "follow-up"), _promises),
    **dict.fromkeys(("assists", "assist"), _claim_help),
    **dict.fromkeys(("counter", "missed", "contact-log", "left-calls"), _counter),
    **dict.fromkeys(("import-files", "import-plan", "import-columns", "import-rows"), _files),
    "checks": _checks,
    **dict.fromkeys(("recap-jht56", "recap-incoming", "recap-vouchers", "daily"), _figures),
    "person": _persons,
    **dict.fromkeys(("supervision", "division"), _supervising),
}
"""What is told first, by context."""


def _calling() -> list[Chapter]:
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


def guide(width: int, where: str, policies: Mapping[Outcome, Policy]) -> list[Line]:
    """All chapters in lines of this width, those of the desk first."""
    lines: list[Line] = []
    for title, paragraphs in chapters(where, policies):
        lines.append(line((f" {title}", "strong")))
        for paragraph in paragraphs:
            lines += [line(f"  {row}") for row in wrap(paragraph, width - 4, 12)]
        lines.append(EMPTY)
    return lines[:-1]
