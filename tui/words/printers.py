"""Printers and print jobs in words: what a printer does, what stops it, what became of a job, what is set wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from store.rules.printing import FOLDER, Document, JobState, Route
from tui.i18n import N_, _, hour, ngettext, number
from tui.words.faults import FAULTS

if TYPE_CHECKING:
    from printing.checks import QueueDoubt
    from printing.printers import JobRefused, PrinterAway, PrinterFacts
    from store.print_rows import PrintJobRow

DOCUMENTS: Final[dict[str, str]] = {
    Document.VOUCHER: N_("voucher"),
    Document.LISTING: N_("listing"),
    Document.BATCH: N_("batch sheet"),
    Document.RECEIPT: N_("receipt of a stack"),
    Document.LABEL: N_("box label"),
    Document.CONTENTS: N_("box contents"),
    Document.SLIP: N_("code slip"),
    Document.DESTRUCTION: N_("destruction record"),
    Document.ERASURE: N_("record of erased data"),
    Document.CALL_LIST: N_("call list"),
    Document.RECAP: N_("recap"),
    Document.DAILY: N_("daily report"),
    Document.ANSWER: N_("quick answer"),
    Document.COMPANY_FORM: N_("company form"),
    Document.CALIBRATION: N_("test page"),
}

STATES: Final[dict[str, str]] = {
    JobState.RESERVED: N_("waits to be sent"),
    JobState.SENDING: N_("is being sent"),
    JobState.STAGED: N_("held at the printer"),
    JobState.RELEASING: N_("is being let go"),
    JobState.SENT: N_("at the printer"),
    JobState.SAID: N_("printed, says the printer"),
    JobState.DOUBTFUL: N_("in doubt: look at the paper"),
    JobState.FAILED: N_("refused, nothing printed"),
    JobState.CONFIRMED: N_("paper seen"),
    JobState.CANCELLED: N_("given up, nothing printed"),
}

PRINTER_STATES: Final[dict[str, str]] = {
    "idle": N_("ready"),
    "printing": N_("printing"),
    "stopped": N_("stopped"),
    "away": N_("does not answer"),
}

REASONS: Final[dict[str, str]] = {
    # What printers say themselves (RFC 8011 and the PWG's registry).
    "media-empty": N_("paper is out"),
    "media-needed": N_("paper is out"),
    "media-low": N_("little paper left"),
    "media-jam": N_("paper jam"),
    "input-tray-missing": N_("the tray is missing"),
    "input-media-supply-empty": N_("paper is out"),
    "output-area-full": N_("the output tray is full"),
    "output-area-almost-full": N_("the output tray is nearly full"),
    "output-tray-missing": N_("the output tray is missing"),
    "offline": N_("the printer is off or not connected"),
    "shutdown": N_("the printer is off or not connected"),
    "connecting-to-device": N_("connecting to the printer"),
    "timed-out": N_("the printer does not answer"),
    "door-open": N_("a door is open"),
    "cover-open": N_("a cover is open"),
    "interlock-open": N_("a door is open"),
    "toner-empty": N_("toner is empty"),
    "toner-low": N_("toner is low"),
    "marker-supply-empty": N_("ink or toner is empty"),
    "marker-supply-low": N_("ink or toner is low"),
    "marker-waste-full": N_("the waste container is full"),
    "marker-waste-almost-full": N_("the waste container is nearly full"),
    "developer-empty": N_("toner is empty"),
    "opc-life-over": N_("the drum is worn out"),
    "fuser-over-temp": N_("the printer is too hot"),
    "paused": N_("stopped by somebody at the queue"),
    "moving-to-paused": N_("stopped by somebody at the queue"),
    "stopped-partly": N_("partly stopped"),
    "hold-new-jobs": N_("the queue holds all jobs"),
    "spool-area-full": N_("the disk of the print server is full"),
    "cups-missing-filter": N_("the printer's driver is not installed"),
    "cups-insecure-filter": N_("the printer's driver has the wrong rights"),
    "other": N_("something is wrong at the printer"),
    # What is said of a job.
    "job-incoming": N_("is still arriving"),
    "job-canceled-by-user": N_("cancelled at the queue or by a time limit"),
    "job-canceled-at-device": N_("cancelled at the printer"),
    "job-canceled-by-operator": N_("cancelled by an administrator"),
    "aborted-by-system": N_("broken off by the print server"),
    "job-stopped": N_("stopped"),
    "printer-stopped": N_("the printer is stopped"),
    "printer-stopped-partly": N_("partly stopped"),
    "processing-to-stop-point": N_("is being stopped"),
    "resources-are-not-ready": N_("paper or supplies are missing"),
    "document-format-error": N_("the printer could not read the page"),
    "unsupported-document-format": N_("the printer could not read the page"),
    # What Loket found.
    "cancelled": N_("cancelled at the queue"),
    "aborted": N_("broken off after an error"),
    "lost": N_("the print server no longer knows it"),
    "held": N_("held by somebody at the queue"),
    "server-restarted": N_("the print server was started again meanwhile"),
    "fewer-sheets": N_("the printer counted fewer sheets than pages"),
    "unreachable": N_("the print server does not answer"),
    "no-answer": N_("the print server does not answer"),
    "server-error": N_("the print server has trouble of its own"),
    "no-such-printer": N_("there is no such queue (any more)"),
    "folder": N_("KELUAR cannot be written"),
    "disk-full": N_("the disk is full"),
    # Why a job was not taken.
    "not-accepting": N_("the queue takes no jobs"),
    "no-such-media": N_("the printer does not have this paper"),
    "no-such-tray": N_("the printer does not have this tray"),
    "no-right": N_("the print server wants a password"),
    "not-pdf": N_("the queue cannot print PDF"),
    "not-possible": N_("the queue did not do it"),
    "no-such-job": N_("the print server no longer knows it"),
    "refused": N_("the print server refused it"),
}
"""What stops or ends a job, by code. A code that is not here is shown as it is."""

DOUBTS: Final[dict[str, str]] = {
    "error-policy": N_(
        "{printer}: after an error it does “{found}”, which can print a job twice or block the queue. "
        "Set it with: lpadmin -p {printer} -o printer-error-policy={wanted}"
    ),
    "not-accepting": N_("{printer}: takes no jobs. Set it with: cupsaccept {printer}"),
    "no-such-media": N_("{printer}: does not have the paper {found}. It has: {wanted}"),
    "no-such-tray": N_("{printer}: does not have the tray {found}. It has: {wanted}"),
    "max-job-time": N_("CUPS: cancels a job after {found}. Write “MaxJobTime {wanted}” into cupsd.conf"),
    "max-jobs": N_("CUPS: keeps only {found} jobs, old ones among them. Write “MaxJobs {wanted}” into cupsd.conf"),
    "conf-unreadable": N_("CUPS: {found} cannot be read from here. It should say MaxJobTime 0 and MaxJobs 2000"),
}


def document(name: str) -> str:
    return _(DOCUMENTS[name]) if name in DOCUMENTS else name


def state(code: str) -> str:
    return _(STATES[code]) if code in STATES else code


def reasons(codes: Iterable[str]) -> str:
    """Codes in words, each once, with a comma between."""
    return ", ".join(dict.fromkeys(_(REASONS[code]) if code in REASONS else plain(code) for code in codes))


def plain(code: str) -> str:
    """A code of a printer that Loket does not know: what can be shown of it."""
    return "".join(letter for letter in code if letter.isprintable())[:40]


def place(route: Route) -> str:
    """Where a document is printed."""
    if route.printer == FOLDER:
        return "KELUAR"
    return f"{route.printer} ({route.tray})" if route.tray else route.printer


def printer(facts: PrinterFacts) -> str:
    """What a printer does and what is wrong with it."""
    words = _(PRINTER_STATES[facts.state])
    told = [reasons(facts.reasons)] if facts.reasons else []
    if not facts.accepting:
        told.append(reasons(["not-accepting"]))
    return f"{words}: {', '.join(told)}" if told else words


def job(row: PrintJobRow) -> str:
    """A job in one line: its number, what it is, where, how many pages, how it stands and why."""
    pages = ngettext("1 page", "{n} pages", row.pages).format(n=number(row.pages))
    head = _("{number}. {document}, {pages}, {place}, {time}").format(
        number=row.job_id,
        document=document(row.document),
        pages=pages,
        place=place(row.route),
        time=hour(row.made_at),
    )
    if row.state == JobState.CONFIRMED:
        stands = _("{right} right, {missing} missing").format(right=number(row.right), missing=number(row.missing))
    else:
        stands = state(row.state)
    return f"{head}: {stands} ({reasons(row.said)})" if row.said else f"{head}: {stands}"


def next_step(row: PrintJobRow) -> str:
    """What a person does with a job that waits for one, '' when there is nothing to do."""
    if row.state == JobState.SAID and row.ended_at is None:
        return _("Look at the paper, then say that it is right, or from which page on it is not.")
    if row.state == JobState.DOUBTFUL:
        return _("Count the sheets of this job: say which page was the last right one. The rest is printed anew.")
    if row.state == JobState.FAILED:
        return _("Nothing was printed. Put it right, then send it again or give it up.")
    if row.state == JobState.SENT and row.said:
        return _("It goes on by itself once that is put right at the printer.")
    return ""


def away(error: PrinterAway) -> str:
    """The printer's server could not be asked, with the next step."""
    return _("{why}. Nothing was done; try again, or ask the administrator.").format(
        why=sentence_case(reasons([error.reason]))
    )


def refused(error: JobRefused) -> str:
    """The printer did not do it, with the next step."""
    what = reasons([error.reason])
    detail = f" ({plain(error.detail)})" if error.detail else ""
    return _("{why}{detail}. See the printers with: loket printers").format(why=sentence_case(what), detail=detail)


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def doubt(found: QueueDoubt) -> str:
    """What is set up wrongly, and the command that puts it right."""
    if found.code == "away":
        return f"{found.printer}: {reasons([found.found])}"
    return _(DOUBTS[found.code]).format(printer=found.printer, found=found.found, wanted=found.wanted)


def status(facts: PrinterFacts | None, waiting: int, moving: int) -> tuple[str, str] | None:
    """What the status line says of the printer, with its role; None when it is ready and nothing waits.

    What stops the printer matters most while jobs are under way (`moving`), else the papers that wait for a person.
    """
    wrong = facts is not None and (facts.state in ("stopped", "away") or bool(facts.reasons))
    if waiting and not (wrong and moving):
        return ngettext("1 print to look at", "{n} prints to look at", waiting).format(n=number(waiting)), "warn"
    if facts is not None and wrong:
        said = _("printer: {why}").format(why=reasons(facts.reasons[:1]) or _(PRINTER_STATES[facts.state]))
        return (f"{said} [{FAULTS['away'][0]}]" if facts.state == "away" else said), "warn"
    return None


def document_of(row: PrintJobRow) -> dict[str, Any]:
    """A job as the command line gives it in JSON."""
    return {
        "job": row.job_id,
        "batch": row.batch,
        "document": row.document,
        "printer": row.route.printer,
        "tray": row.route.tray,
        "state": row.state,
        "pages": row.pages,
        "right": row.right,
        "missing": row.missing,
        "reasons": list(row.said),
        "over": row.ended_at is not None,
    }
