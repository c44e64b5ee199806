"""A private CUPS for one test: its own configuration, spool, socket and port, and a printer that writes down its paper.

Needs `cupsd` (Debian: cups-daemon), not root, not a running CUPS. The device is a script that reads what is wrong with
it from a file (`Faults`) and notes each page that leaves it as one line, so a test can count sheets. It keeps on
printing when cupsd dies, as a device does that has the data already.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

INSTALL_HINT = "CUPS is not installed here (Debian: apt-get install cups-daemon cups-client)"
QUEUE = "Voucher"

_CUPSD = """
LogLevel warn
MaxLogSize 0
Listen {folder}/s
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
IdleExitTimeout 0
{directives}
<Location />
  Order allow,deny
  Allow all
</Location>
"""

_FILES = """
ServerRoot {folder}/etc
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/run
TempDir {folder}/tmp
ServerBin {folder}/bin
DataDir {folder}/share
DocumentRoot {folder}/share
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root
User {user}
Group {group}
Sandboxing relaxed
SyncOnClose No
"""

_PRINTERS = """
<DefaultPrinter {queue}>
Info Printer of the tests
DeviceURI paper:/{folder}
State Idle
Accepting Yes
Shared No
JobSheets none none
OpPolicy default
ErrorPolicy {policy}
</DefaultPrinter>
"""

_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PAPER.PPD"
*Manufacturer: "Loket"
*Product: "(Paper)"
*ModelName: "Paper"
*ShortNickName: "Paper"
*NickName: "Paper"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 2.4
*cupsFilter2: "application/pdf application/pdf 0 -"
*cupsSingleFile: True
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Page Region: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*CloseUI: *PageRegion
*OpenUI *InputSlot/Tray: PickOne
*DefaultInputSlot: Upper
*InputSlot Upper/Upper: ""
*InputSlot Lower/Lower: ""
*CloseUI: *InputSlot
*DefaultImageableArea: A4
*ImageableArea A4/A4: "10 10 585 832"
*ImageableArea Letter/Letter: "10 10 602 782"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension Letter/Letter: "612 792"
"""

_DEVICE = '''#!{python} -I
"""The device: notes each page of the job as a line, with the faults that stand in a file."""
import json, os, re, sys, time

folder = {folder!r}
if len(sys.argv) == 1:
    print('direct paper "Unknown" "Paper"')
    raise SystemExit(0)


def faults():
    with open(f"{{folder}}/faults.json") as file:
        return json.load(file)


def say(line):
    try:
        os.write(2, f"{{line}}\\n".encode())
    except OSError:
        pass  # cupsd is gone; the device has its data and goes on


def waits(name, reason):
    if faults()[name]:
        say(f"STATE: +{{reason}}")
        while faults()[name]:
            time.sleep(0.02)
        say(f"STATE: -{{reason}}")


job, user, title, copies, options = sys.argv[1:6]
with open(sys.argv[6], "rb") if len(sys.argv) > 6 else sys.stdin.buffer as file:
    pdf = file.read()
pages = [found.decode() for found in re.findall(rb"PAGE-([0-9A-Za-z-]+)", pdf)]
with open(f"{{folder}}/jobs", "a") as jobs:
    jobs.write(json.dumps([int(job), user, title, int(copies), options, len(pages)]) + "\\n")
if faults()["lie"]:
    raise SystemExit(0)
if faults()["refuse"]:
    raise SystemExit(1)
waits("offline", "offline-report")
for done, page in enumerate(pages):
    waits("paper_out", "media-empty-error")
    if done == faults()["jam_after"]:
        say("STATE: +media-jam-error")
        raise SystemExit(1)
    time.sleep(faults()["slow"])
    with open(f"{{folder}}/paper", "a") as paper:
        paper.write(f"{{job}} {{title}} {{page}}\\n")
    say(f"PAGE: {{done + 1}} 1")
raise SystemExit(1 if faults()["error_after"] else 0)
'''


_SERVER_BINS = (Path("/usr/lib/cups"), Path("/usr/libexec/cups"), Path("/usr/lib64/cups"))


class CupsMissingError(Exception):
    """There is no cupsd on this machine; the text says what to install."""


class CupsBrokenError(Exception):
    """cupsd is installed and did not start; the text is what it said."""


def find_cupsd() -> str | None:
    """The program, also where /usr/sbin is not on the PATH."""
    return shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class Faults:
    """What is wrong with the device. `slow` seconds a page; `jam_after` pages of each job; the rest as they say."""

    slow: float = 0.0
    offline: bool = False
    paper_out: bool = False
    jam_after: int = -1
    error_after: bool = False  # the paper is out, and then the device says that it failed
    lie: bool = False  # says it printed, and did nothing
    refuse: bool = False  # fails before the first sheet


@dataclass(frozen=True)
class Sheet:
    """One page that left the device: the job's number and name at the printer, and what stands on the page."""

    job: int
    title: str
    page: str


class PrivateCups:
    """One cupsd with one queue. `socket` and `port` are where it listens."""

    def __init__(self, folder: Path, policy: str, directives: str) -> None:
        self.folder = folder
        self.socket = f"{folder}/s"
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as found:
            self.port = int(found.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._write(policy, directives)

    def _write(self, policy: str, directives: str) -> None:
        import grp
        import pwd

        folder = self.folder
        for name in ("etc/ppd", "spool/tmp", "cache", "run/certs", "tmp", "bin/backend", "bin/filter", "share/mime"):
            (folder / name).mkdir(parents=True, mode=0o755)
        root = os.geteuid() == 0
        # As root cupsd insists on a user without rights for its filters; the backend runs as root by its mode.
        user = "lp" if root else pwd.getpwuid(os.geteuid()).pw_name
        group = "lp" if root else grp.getgrgid(os.getegid()).gr_name
        facts = {"folder": str(folder), "port": self.port, "user": user, "group": group, "queue": QUEUE}
        (folder / "cupsd.conf").write_text(_CUPSD.format(**facts, directives=directives))
        (folder / "cups-files.conf").write_text(_FILES.format(**facts))
        (folder / "etc" / "printers.conf").write_text(_PRINTERS.format(**facts, policy=policy))
        (folder / "etc" / "printers.conf").chmod(0o600)
        (folder / "etc" / "ppd" / f"{QUEUE}.ppd").write_text(_PPD)
        (folder / "share" / "mime" / "mime.types").write_text("application/pdf pdf string(0,%PDF)\n")
        (folder / "share" / "mime" / "mime.convs").write_text("")
        helpers = next(path for path in _SERVER_BINS if (path / "daemon").is_dir())
        (folder / "bin" / "daemon").symlink_to(helpers / "daemon")
        (folder / "share" / "banners").mkdir()
        device = folder / "bin" / "backend" / "paper"
        device.write_text(_DEVICE.format(python=sys.executable, folder=str(folder)))
        device.chmod(0o700)
        (folder / "paper").touch()
        (folder / "jobs").touch()
        self.break_it(Faults())

    # The device

    def break_it(self, faults: Faults) -> None:
        """What is wrong with the device from now on; `Faults()` is nothing."""
        made = self.folder / "faults.new"
        made.write_text(json.dumps(asdict(faults)))
        made.replace(self.folder / "faults.json")

    def paper(self) -> list[Sheet]:
        """Every page that left the device, in order."""
        lines = (self.folder / "paper").read_text().splitlines()
        return [Sheet(int(job), title, page) for job, title, page in (line.split(" ") for line in lines)]

    def jobs(self) -> list[tuple[int, str, str, int, str, int]]:
        """(number, user, name, copies, options, pages) of each job the device was given."""
        return [tuple(json.loads(line)) for line in (self.folder / "jobs").read_text().splitlines()]

    # The server

    def start(self) -> None:
        program = find_cupsd()
        assert program is not None
        Path(self.socket).unlink(missing_ok=True)
        with (self.folder / "said").open("ab") as said:
            self._process = subprocess.Popen(
                [program, "-f", "-c", f"{self.folder}/cupsd.conf", "-s", f"{self.folder}/cups-files.conf"],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                preexec_fn=_die_with_parent,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            )
        if not wait_until(self._answers, 15):
            self.kill()
            said_text = (self.folder / "said").read_text() + (self.folder / "error_log").read_text()
            raise CupsBrokenError(said_text)

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            return False
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
            try:
                client.connect(self.socket)
            except OSError:
                return False
        return True

    def kill(self) -> None:
        """The server is gone at once (kill -9); a device that works goes on."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """An orderly end, as when the package is updated."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def freeze(self) -> None:
        """The server hears and does not answer, until `thaw`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def devices(self) -> list[int]:
        """The processes of the device that are at work."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if f"{self.folder}/bin/backend/paper".encode() in entry.read_bytes():
                    found.append(int(entry.parent.name))
        return found


def _die_with_parent() -> None:
    """In the child, before cupsd: it gets SIGKILL when the process that started it is gone, however that ended."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def wait_until(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def private_cups(policy: str = "abort-job", directives: str = "MaxJobs 2000\nMaxJobTime 0") -> Iterator[PrivateCups]:
    """A running private CUPS, gone afterwards with its folder. Raises CupsMissingError."""
    if find_cupsd() is None:
        raise CupsMissingError(INSTALL_HINT)
    folder = Path(tempfile.mkdtemp(prefix="lc-", dir="/tmp"))  # short: a socket's path ends at 107 bytes
    folder.chmod(0o755)
    server = PrivateCups(folder, policy, directives)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        for pid in server.devices():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def pages(names: Sequence[str]) -> bytes:
    """A PDF with one page a name, of which the device reads the name."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), pageCompression=0, invariant=1)
    for name in names:
        canvas.drawString(72, 770, f"PAGE-{name}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
