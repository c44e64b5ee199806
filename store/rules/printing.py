"""Printing exactly once: the states of a job, which follows which, and who may print what (design.md 3.4).

A job is handed to the printer *held*, and only released once the office has written down which job it is. Whatever
dies in between, it is known then whether a sheet can have come out: if surely not, the job is sent anew under another
name; if perhaps, a person is asked. Nothing is ever sent again by itself that may have reached paper.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from store.rules.permissions import Permission
from store.value_class import value_class


class JobState(StrEnum):
    """Where a job stands. From `releasing` on paper may have come out; before that surely not."""

    RESERVED = "reserved"  # the intent; the printer knows nothing of it
    SENDING = "sending"  # its data is on the way; at the printer it is held, if it is there
    STAGED = "staged"  # held at the printer, under a number that is known here
    RELEASING = "releasing"  # the printer is being told to print it
    SENT = "sent"  # released
    SAID = "said"  # the printer says that it is printed; nobody has seen the paper
    DOUBTFUL = "doubtful"  # perhaps printed, wholly or in part: a person is asked
    FAILED = "failed"  # the printer refused it before any paper; it may be sent again
    CONFIRMED = "confirmed"  # a person looked; what came out right stands with each page
    CANCELLED = "cancelled"  # given up before any paper


_S = JobState
STEPS: Final[dict[JobState, frozenset[JobState]]] = {
    _S.RESERVED: frozenset({_S.SENDING, _S.CANCELLED, _S.FAILED}),
    _S.SENDING: frozenset({_S.STAGED, _S.SENT, _S.RESERVED, _S.FAILED, _S.CANCELLED}),
    _S.STAGED: frozenset({_S.RELEASING, _S.SENT, _S.RESERVED, _S.FAILED, _S.CANCELLED}),
    _S.RELEASING: frozenset({_S.SENT, _S.STAGED, _S.RESERVED, _S.DOUBTFUL}),
    _S.SENT: frozenset({_S.SAID, _S.DOUBTFUL, _S.CONFIRMED}),
    _S.SAID: frozenset({_S.CONFIRMED, _S.DOUBTFUL}),
    _S.DOUBTFUL: frozenset({_S.CONFIRMED}),
    _S.FAILED: frozenset({_S.RESERVED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Which state may follow which."""

MOVING: Final = (_S.RESERVED, _S.SENDING, _S.STAGED, _S.RELEASING, _S.SENT)
"""States in which a process has to go on with the job; when it dies another takes it over."""

AT_PRINTER: Final = (_S.SENDING, _S.STAGED, _S.RELEASING, _S.SENT)
"""States in which the printer may know the job by its name; a held one of any other name is nobody's."""

FOR_A_PERSON: Final = (_S.SAID, _S.DOUBTFUL, _S.FAILED)
"""States that end with a person's word."""

SEEN: Final = (_S.SENT, _S.SAID, _S.DOUBTFUL)
"""States in which a person may say what came out."""

ENDED: Final = (_S.CONFIRMED, _S.CANCELLED)
"""States of jobs that are over."""


class Document(StrEnum):
    """What is printed; printer and tray are chosen for each."""

    VOUCHER = "voucher"
    LISTING = "listing"
    BATCH = "batch"  # the sheet over a day's batch
    RECEIPT = "receipt"  # tanda terima
    LABEL = "label"  # of a box
    CONTENTS = "contents"  # of a box
    SLIP = "slip"  # codes in box order
    DESTRUCTION = "destruction"  # berita acara
    ERASURE = "erasure"  # of people's data
    CALL_LIST = "call-list"
    RECAP = "recap"
    DAILY = "daily"
    ANSWER = "answer"
    COMPANY_FORM = "company-form"  # what a company is asked about its people
    CALIBRATION = "calibration"


STEMS: Final[dict[Document, str]] = {
    Document.VOUCHER: "voucher",
    Document.LISTING: "listing",
    Document.BATCH: "sampul-batch",
    Document.RECEIPT: "tanda-terima",
    Document.LABEL: "label-boks",
    Document.CONTENTS: "isi-boks",
    Document.SLIP: "daftar-kode",
    Document.DESTRUCTION: "berita-acara",
    Document.ERASURE: "berita-acara-data",
    Document.CALL_LIST: "daftar-telepon",
    Document.RECAP: "rekap",
    Document.DAILY: "laporan-harian",
    Document.ANSWER: "jawaban",
    Document.COMPANY_FORM: "cetak-formulir",
    Document.CALIBRATION: "halaman-uji",
}
"""How the names of the files in KELUAR begin, as the office calls the papers."""

_P = Permission
_FILES = frozenset({_P.RECEIVE_FILES, _P.APPROVE_FILES, _P.ARCHIVE})
PRINTS: Final[dict[Document, frozenset[Permission]]] = {
    Document.VOUCHER: frozenset({_P.RECEIVE_FILES}),
    Document.LISTING: _FILES,
    Document.BATCH: _FILES,
    Document.RECEIPT: _FILES,
    Document.LABEL: _FILES,
    Document.CONTENTS: _FILES,
    Document.SLIP: _FILES,
    Document.DESTRUCTION: _FILES,
    Document.ERASURE: frozenset({_P.ERASE_DATA, _P.APPROVE_ERASURE}),
    Document.CALL_LIST: frozenset({_P.CALL}),
    Document.RECAP: frozenset({_P.READ_RECAPS}),
    Document.DAILY: frozenset({_P.SEE_LISTS}),
    Document.ANSWER: frozenset({_P.HELP, _P.SEE_LISTS}),
    Document.COMPANY_FORM: frozenset({_P.CORRECT_CONTACT}),
    Document.CALIBRATION: frozenset({_P.MANAGE_OFFICE, _P.RECEIVE_FILES}),
}
"""Any one of these permissions lets a person print the document, and answer for its paper."""

LOOKED_AT: Final = frozenset({Document.VOUCHER})
"""Documents of which a person looks at every sheet; any other is over when the printer says that it is printed."""

MOST_PAGES: Final = 25
LEAST_PAGES: Final = 10
"""Pages a job. One jam puts a whole job in doubt; single pages double the time on a network printer (measured)."""

ATTEMPT: Final = re.compile(r"loket-[0-9a-f]{8}-[0-9]+-[0-9a-f]{8}")


def chunks(pages: int) -> tuple[int, ...]:
    """How many pages each job of a batch takes: 10 to 25, as even as can be; fewer only when there are no more.

    Raises ValueError for less than one page.
    """
    if pages < 1:
        raise ValueError(pages)
    jobs = -(-pages // MOST_PAGES)
    each, more = divmod(pages, jobs)
    return tuple(each + 1 if n < more else each for n in range(jobs))


def prefix(office: str) -> str:
    """The beginning of the names of all jobs of an office at a printer, by the office's id."""
    return f"loket-{office[:8]:0<8}-"


def attempt_name(office: str, job_id: int, nonce: str) -> str:
    """The unique name of one attempt to send a job: of this office, of this job, of this try."""
    return f"{prefix(office)}{job_id}-{nonce}"


class CalibrationError(ValueError):
    """A correction that no printer needs: the field that is out of range."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@value_class
class Calibration:
    """How a printer and tray set what is drawn, and so how pages are corrected for them.

    `dx`, `dy` in millimetres to the right and upwards; `sx`, `sy` factors; `skew` in degrees against the clock.
    Raises CalibrationError beyond 20 mm, 5 % or 3 degrees.
    """

    dx: float = 0.0
    dy: float = 0.0
    sx: float = 1.0
    sy: float = 1.0
    skew: float = 0.0

    def __post_init__(self) -> None:
        for field, value, middle, most in (
            ("dx", self.dx, 0.0, 20.0),
            ("dy", self.dy, 0.0, 20.0),
            ("sx", self.sx, 1.0, 0.05),
            ("sy", self.sy, 1.0, 0.05),
            ("skew", self.skew, 0.0, 3.0),
        ):
            if not abs(value - middle) <= most:  # written so that NaN fails too
                raise CalibrationError(field)


FOLDER: Final = ""
"""In place of a queue's name: PDFs into KELUAR."""

DEFAULT_MEDIA: Final = "iso_a4_210x297mm"


@value_class
class Route:
    """Where a document is printed: a queue (`FOLDER`: KELUAR), its tray ('' the queue's own), the paper (PWG name)."""

    printer: str = FOLDER
    tray: str = ""
    media: str = DEFAULT_MEDIA


_NAME = re.compile(r"[^\x00-\x20/#\"'\\?\x7f]{0,127}")
_MEDIA = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,126}")


def read_routes(plain: dict[str, dict[str, str]]) -> dict[str, Route]:
    """The setting `printing.printers` as routes by document. Raises ValueError, TypeError for what nobody could use."""
    routes = {}
    for document, route in plain.items():
        Document(document)
        found = Route(**route)
        named = _NAME.fullmatch(found.printer) and _NAME.fullmatch(found.tray) and _MEDIA.fullmatch(found.media)
        if not named:
            raise ValueError(document)
        routes[document] = found
    return routes


def read_calibrations(plain: dict[str, dict[str, float]]) -> dict[str, Calibration]:
    """The setting `printing.calibration` by `queue/tray`. Raises ValueError (CalibrationError), TypeError."""
    return {key: Calibration(**{name: float(value) for name, value in one.items()}) for key, one in plain.items()}


def read_server(text: str) -> str | tuple[str, int]:
    """The setting `printing.server`: '' for this machine, a socket's absolute path, or (host, port).

    Raises ValueError, TypeError.
    """
    if not isinstance(text, str):
        raise TypeError(text)
    if not text or _SOCKET.fullmatch(text):
        return text
    host, mark, port = text.rpartition(":")
    if not mark or not _HOST.fullmatch(host) or not _PORT.fullmatch(port):
        raise ValueError(text)
    return host, int(port)


_SOCKET = re.compile(r"/[^\x00-\x1f\x7f]{1,100}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
