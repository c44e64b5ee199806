"""The quick answers that Loket brings along: what people ask the office most (domain.md 2.4, 2.8, 3.3).

Markdown with fields (store/rules/answers.py); the office writes its own over any of them. A figure that changes by
decree stands in a field or is told with the day from which it holds.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from store.answers import AnswerFacts
from store.rules.answers import AnswerText
from store.rules.counter import Topic
from store.value_class import value_class
from tui import i18n
from tui.i18n import N_

TOPICS: Final[dict[str, str]] = {
    Topic.HOURS: N_("office hours"),
    Topic.CLAIM: N_("documents for a claim"),
    Topic.PLACE: N_("place of the office"),
    Topic.STATUS: N_("state of a claim"),
    Topic.JMO: N_("JMO and Lapak Asik"),
    Topic.CONTRIBUTIONS: N_("contributions"),
    Topic.CARD: N_("card and data"),
    Topic.OTHER: N_("other questions"),
    Topic.PROGRAMME: N_("the programmes"),
}


@value_class
class BuiltIn:
    """One answer as English sources: its paragraphs, and where it is from. `dated` names what its date depends on."""

    key: str
    topic: Topic
    title: str
    paragraphs: tuple[str, ...]
    source: str
    dated: str = ""


_CARD: Final = N_("- Membership card (KPJ), every card of the person")
_KTP: Final = N_("- KTP of the participant")
_KK: Final = N_("- Family card (KK)")
_BOOK: Final = N_("- Bank book in the participant's own name")
_F5: Final = N_("- Form F5, filled in at the office")
_NPWP: Final = N_("- NPWP when the balance is above Rp50.000.000")
_ORIGINALS: Final = N_("Bring the **originals and a copy** of each.")

_REGULATION: Final = N_("Permenaker 4/2022; practice of the branch offices")

BUILT_IN: Final[tuple[BuiltIn, ...]] = (
    BuiltIn(
        "hours",
        Topic.HOURS,
        N_("Office hours, today and now"),
        (
            N_("**{sekarang}**"),
            N_("- Today: {hari_ini}"),
            N_("- Every week: {jam_kerja}"),
            N_("- Next closed days: {hari_tutup}"),
            N_("Outside these hours: contact centre **175**, the JMO app, or Lapak Asik."),
        ),
        N_("Calendar and hours in the settings of this office"),
    ),
    BuiltIn(
        "place",
        Topic.PLACE,
        N_("Address and way to the office"),
        (
            N_("**{kantor}**"),
            N_("- Address: {alamat}"),
            N_("- Telephone: {telepon}"),
            N_("- The way: {arah}"),
            N_("- {sekarang}"),
        ),
        N_("Settings of this office"),
    ),
    BuiltIn(
        "jht-56",
        Topic.CLAIM,
        N_("JHT at 56: the whole balance"),
        (
            N_("Whoever has reached **56** may claim the whole JHT at once, also while still at work."),
            _CARD,
            _KTP,
            _KK,
            _BOOK,
            _F5,
            _NPWP,
            _ORIGINALS,
            N_("By the JMO app up to {batas_jmo}; by Lapak Asik or at the office with any balance."),
        ),
        _REGULATION,
        "limit",
    ),
    BuiltIn(
        "jht-other",
        Topic.CLAIM,
        N_("JHT after leaving work (resigned, dismissed, contract ended)"),
        (
            N_("Also before 56: after **resignation, dismissal or end of contract**, or when a BPU stops working."),
            _CARD,
            _KTP,
            _KK,
            _BOOK,
            N_("- Letter of the company: reference, dismissal, or the contract that ended"),
            _F5,
            _NPWP,
            N_("Total disability: a doctor's statement. Leaving Indonesia: passport and a statement of leaving."),
            N_("The company must have reported the person as no longer working."),
        ),
        _REGULATION,
    ),
    BuiltIn(
        "jht-partial",
        Topic.CLAIM,
        N_("JHT in part: 10 or 30 percent"),
        (
            N_("Once, after **at least 10 years** of membership, while still at work: **10%**, or **30%** for a home."),
            _CARD,
            _KTP,
            _KK,
            _BOOK,
            N_("- Statement of the company that the person is still at work"),
            N_("- For 30%: papers of the bank for the home"),
            _NPWP,
            N_("The 10% are claimed by **Lapak Asik** or at the office."),
        ),
        N_("PP 46/2015; practice of the branch offices"),
    ),
    BuiltIn(
        "jht-heirs",
        Topic.CLAIM,
        N_("JHT of somebody who died: for the heirs"),
        (
            N_("The heirs claim at the **office**; JKM is claimed together with it."),
            N_("- Membership card and KTP of the participant"),
            N_("- KTP and KK of the heir"),
            N_("- Statement of death"),
            N_("- Statement of the heirs, from the village or district"),
            N_("- Bank book of the heir"),
            _F5,
        ),
        N_("Permenaker 4/2022 art. 11; practice of the branch offices"),
    ),
    BuiltIn(
        "jkk",
        Topic.CLAIM,
        N_("JKK: accident at work"),
        (
            N_("The company reports **within 2×24 hours** (stage I); after recovery comes stage II."),
            N_("- Stage I: form F3 KK1; stage II: form F3a KK2; the doctor's form F3b KK3"),
            N_("- Membership card and KTP of the participant"),
            N_("- Attendance list of the day and how it happened (kronologi)"),
            N_("- Two witnesses with their KTP"),
            N_("- Original receipts of treatment and medicine"),
            N_("- On the road: report of the police"),
            N_("In a hospital or clinic under contract (PLKK) nothing is paid in advance."),
        ),
        N_("Forms F3; practice of the branch offices"),
    ),
    BuiltIn(
        "jkm",
        Topic.CLAIM,
        N_("JKM: death benefit for the heirs"),
        (
            N_("Rp42.000.000 in all: Rp20.000.000, Rp12.000.000 and Rp10.000.000 for the funeral."),
            N_("- Form F4"),
            N_("- Membership card and KTP of the participant"),
            N_("- KTP and KK of the heir"),
            N_("- Death certificate (akta kematian)"),
            N_("- Statement of the heirs"),
            N_("- Marriage book, where there is a widow or widower"),
            N_("- Bank book of the heir"),
            N_("The JHT is paid together with it. Death by an accident at work is JKK."),
        ),
        N_("PP 82/2019; form F4"),
    ),
    BuiltIn(
        "jp",
        Topic.CLAIM,
        N_("JP: pension"),
        (
            N_("The pension age of JP is **{usia_jp}** today; it is another age than the 56 of JHT."),
            N_("- Form F7"),
            _CARD,
            _KTP,
            _KK,
            N_("- Disability: a doctor's statement"),
            N_("- Widow, widower, child: marriage book, death certificate, statement of the heirs"),
            N_("Paid 15 working days after approval."),
        ),
        N_("PP 45/2015 art. 15; form F7"),
        "pension",
    ),
    BuiltIn(
        "status",
        Topic.STATUS,
        N_("How far is my claim?"),
        (
            N_("Tell it **to the participant only**, after the birth date was asked and given right."),
            N_("- Themselves: the page “Tracking” of bpjsketenagakerjaan.go.id, by KPJ; or the JMO app"),
            N_("- JMO pays within 5 minutes to 3 working days, Lapak Asik in about 5 working days"),
            N_("- JP: 15 working days after approval"),
            N_("Longer than that: note a follow-up and look it up in Smile."),
        ),
        N_("Practice of the branch offices, 2023"),
    ),
    BuiltIn(
        "jmo",
        Topic.JMO,
        N_("JMO or Lapak Asik: which one?"),
        (
            N_("- Balance up to **{batas_jmo}**: the **JMO** app, no interview"),
            N_("- Above it, or for the 10%: **Lapak Asik**, with an interview by video call"),
            N_("- Neither works: at the **office**, {jam_kerja}"),
            N_("Ready at hand: KTP, card, KK, bank book, e-mail, a mobile with WhatsApp; NPWP above Rp50.000.000."),
            N_("E-mail and password are the participant's own; staff never keep them."),
        ),
        N_("Limit in the settings of this office"),
        "limit",
    ),
    BuiltIn(
        "lapak-asik",
        Topic.JMO,
        N_("Lapak Asik: step by step"),
        (
            N_("- Open lapakasik.bpjsketenagakerjaan.go.id; fill in NIK, name and card number (KPJ)"),
            N_("- Upload the documents: JPG, JPEG, PNG or PDF, at most 6 MB each"),
            N_("- The date of the interview comes by e-mail"),
            N_("- Interview by WhatsApp video call: keep the original documents at hand"),
            N_("- Paid in about 5 working days to the participant's own account"),
        ),
        N_("Official guide to Lapak Asik"),
    ),
    BuiltIn(
        "contributions",
        Topic.CONTRIBUTIONS,
        N_("Contributions: how much, who pays, until when"),
        (
            N_("Of the monthly wage:"),
            N_("- JHT 5.7%: the company 3.7%, the worker 2%"),
            N_("- JP 3%: the company 2%, the worker 1%, up to the wage limit of the year"),
            N_("- JKK 0.24 to 1.74% by risk, JKM 0.3%: the company"),
            N_("To be paid by the **15th of the next month**. A company asks its pembina about arrears."),
            N_("What was paid for a person: the JMO app, or the office after the right-party check."),
        ),
        N_("PP 44, 45 and 46/2015"),
    ),
    BuiltIn(
        "card",
        Topic.CARD,
        N_("Card lost, or several cards"),
        (
            N_("- The digital card is in the JMO app; for a claim it counts like the printed one"),
            N_("- Lost: KTP and a report of loss from the police; the office prints a new one"),
            N_("- Several cards: bring all of them, the balances are joined (gabung saldo)"),
        ),
        N_("Practice of the branch offices"),
    ),
    BuiltIn(
        "data",
        Topic.CARD,
        N_("Change of name, birth date, NIK, number or e-mail"),
        (
            N_("- Telephone number, e-mail: by the participant, here and now or in the JMO app"),
            N_("- Name, birth date, NIK: KTP, KK and card; who is at work asks the company to report it (SIPP)"),
            N_("Corrected within **3×24 hours**, and the person is told."),
        ),
        N_("UU 27/2022 art. 30; practice of the branch offices"),
    ),
    BuiltIn(
        "centre",
        Topic.OTHER,
        N_("Contact centre 175"),
        (
            N_("Telephone **175**, also outside office hours, from all of Indonesia."),
            N_("Older papers still name 1500910."),
            N_("This office: {telepon}"),
        ),
        N_("bpjsketenagakerjaan.go.id"),
    ),
    BuiltIn(
        "never",
        Topic.OTHER,
        N_("What staff never ask"),
        (
            N_("Nobody of BPJS Ketenagakerjaan ever asks for:"),
            N_("- **OTP** or any code that came by SMS or WhatsApp"),
            N_("- **PIN** or card number of the bank"),
            N_("- **password** of JMO, e-mail or bank"),
            N_("- money for a claim: every service is free"),
            N_("Whoever asks for it is a swindler: hang up and call 175."),
        ),
        N_("Official advice to participants"),
    ),
    BuiltIn(
        "programmes",
        Topic.PROGRAMME,
        N_("What BPJS Ketenagakerjaan is, and its programmes"),
        (
            N_("Social security of **workers** (not health: that is BPJS Kesehatan)."),
            N_("- **JHT**: savings for old age, paid at once at 56 or after leaving work"),
            N_("- **JP**: a pension every month, or once with less than 15 years of contributions"),
            N_("- **JKK**: accidents at work and on the way to it, treatment until recovered"),
            N_("- **JKM**: a sum for the heirs of whoever dies, not by an accident at work"),
            N_("- **JKP**: money, training and job information after a dismissal"),
            N_("Who: employed (PU), self-employed (BPU), construction (Jakon), migrant workers (PMI)."),
        ),
        N_("UU 24/2011, UU 40/2004"),
    ),
)
"""In the order in which they are listed within a topic."""


def topic_words() -> dict[str, str]:
    """What each topic is called, for lists and for the search."""
    return {str(topic): i18n._(name) for topic, name in TOPICS.items()}


def built_in(language: str, facts: AnswerFacts | None = None) -> tuple[AnswerText, ...]:
    """The words of Loket in a language; `facts` give those with a dated matter their last day."""
    return tuple(
        AnswerText(
            one.key,
            language,
            one.topic,
            i18n.spoken(language, one.title),
            _markdown([i18n.spoken(language, paragraph) for paragraph in one.paragraphs]),
            i18n.spoken(language, one.source),
            _until(one.dated, facts),
        )
        for one in BUILT_IN
    )


def _markdown(paragraphs: list[str]) -> str:
    """Paragraphs with an empty line between them, the lines of a list below each other."""
    text = paragraphs[0]
    for before, after in pairwise(paragraphs):
        text += ("\n" if before.startswith("- ") and after.startswith("- ") else "\n\n") + after
    return text


def _until(dated: str, facts: AnswerFacts | None) -> date | None:
    if facts is None or not dated:
        return None
    return facts.jmo_limit.until if dated == "limit" else facts.pension_age.until
