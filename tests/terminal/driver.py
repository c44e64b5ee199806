"""Loket as a person meets it: the real program in a process of its own, behind a pseudo-terminal.

`Terminal` is keyboard and screen. What the program writes is kept byte for byte and fed to an emulator (pyte), so a
test reads what a person would see. Waiting is always waiting on the descriptors; nothing here sleeps.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

from tests.terminal.emulator import Emulator

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+u": "\x15",
}
"""What a terminal sends for a key; any other key is its own character."""

PATIENCE = 20.0
"""Seconds that a wait may last before the test fails; far more than is ever needed on a machine that works."""

SETTLED = 0.25
"""Seconds without a byte after which the screen counts as finished."""

HANDED_OVER = 0.05
"""Seconds in which the system hands a written key over, before which nobody can see that it is still to be read."""

GLANCE = 0.02
"""Seconds between two looks at what no descriptor tells."""

# The program must be the leader of a session whose terminal this is, or a closed window sends it no hang-up. A session
# leader without a terminal gets the first one it opens.
_ON_TERMINAL = 'exec "$@" <"$LOKET_TEST_TTY" >"$LOKET_TEST_TTY" 2>&1'
# The emulator draws these as text; a terminal that does not know them ignores them.
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]")

Condition = str | Callable[[], bool]


class Terminal:
    """A running program, its screen, and how many keys and bytes have passed."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
        controlling: bool = True,
        own_keyboard: bool = False,
        answers: bool = True,
        tells_size: bool = True,
    ) -> None:
        """`controlling=False` starts it with this terminal open but not as its own: its end sends no signal.
        `own_keyboard` sends keys through another terminal, which `unplug` takes away.

        `answers=False` is a terminal that never says where its cursor is, `tells_size=False` a serial line.
        """
        self.screen = Emulator(columns, lines, self.answer if answers else None)
        self.keys = 0
        self.output = bytearray()
        self.ended_at: float | None = None
        self._cpu_at_end = 0.0
        self._stream = pyte.ByteStream(self.screen)
        self._master, self._slave = pty.openpty()
        self._keyboard, keys = pty.openpty() if own_keyboard else (self._master, self._slave)
        if tells_size:
            self._tell_size(columns, lines)
        self.modes_before = self.modes()
        tty = os.ttyname(self._slave)
        given = {**os.environ, **(environment or {})}
        ends: dict[str, Any] = {"stdin": keys, "stdout": self._slave, "stderr": self._slave}
        if controlling and not own_keyboard:
            command = ("/bin/sh", "-c", _ON_TERMINAL, "sh", *command)
            given["LOKET_TEST_TTY"] = tty
            ends = dict.fromkeys(ends, subprocess.DEVNULL)
        self.process = subprocess.Popen(command, env=given, start_new_session=True, **ends)
        self._end = os.pidfd_open(self.process.pid)
        if own_keyboard:
            os.close(keys)

    # The keyboard

    def press(self, *keys: str) -> None:
        """Press keys one after the other without waiting in between: they leave in one write."""
        assert all(key in KEYS or len(key) == 1 for key in keys), keys
        self.keys += len(keys)
        os.write(self._keyboard, "".join(KEYS.get(key, key) for key in keys).encode())

    def type(self, text: str) -> None:
        """Press the key of each character."""
        self.press(*text)

    def answer(self, data: bytes) -> None:
        """What the terminal itself sends back."""
        if self._keyboard >= 0:
            os.write(self._keyboard, data)

    @contextlib.contextmanager
    def far_away(self) -> Iterator[list[bytes]]:
        """What the terminal would answer meanwhile stays on its way, here."""
        under_way: list[bytes] = []
        near, self.screen.answer = self.screen.answer, under_way.append
        try:
            yield under_way
        finally:
            self.screen.answer = near

    def typed_into_the_shell(self) -> bytes:
        """What a shell would read as its first line, if enter were pressed now."""
        os.write(self._master, b"\r")
        return os.read(self._slave, 4096)

    # The screen

    @property
    def display(self) -> list[str]:
        """The lines of the screen as text."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.display)

    def resize(self, columns: int, lines: int) -> None:
        """Somebody pulls at the corner of the window."""
        self.screen.resize(lines, columns)
        self._tell_size(columns, lines)
        self.signal(signal.SIGWINCH)

    def fold_away(self) -> None:
        """Somebody folds the window away, and it says that it has no size."""
        self._tell_size(0, 0)
        self.signal(signal.SIGWINCH)

    def _tell_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def modes(self) -> list[Any]:
        """The terminal's line settings (`stty -a`)."""
        return termios.tcgetattr(self._slave)

    def private_mode(self, number: int) -> bool:
        """Whether a DEC private mode is on: 1049 the other screen, 25 the cursor, 2004 marked paste."""
        return number << 5 in self.screen.mode

    # Waiting

    def wait_for(self, condition: Condition, timeout: float = PATIENCE) -> float:
        """Reads until the text stands on screen, or the condition holds; the seconds that took.

        Fails with the screen in the message when it does not, or the program has ended before.
        """
        start = time.monotonic()
        while not (condition in self.text if isinstance(condition, str) else condition()):
            left = start + timeout - time.monotonic()
            if left <= 0 or not self._pump(left):
                wanted = condition if isinstance(condition, str) else getattr(condition, "__name__", "the condition")
                raise AssertionError(f"not on screen: {wanted!r}\n{self.report()}")
        return time.monotonic() - start

    def idle(self, settled: float = SETTLED, timeout: float = PATIENCE) -> None:
        """Reads until nothing has come for a while: everything that was pressed has been answered."""
        end = time.monotonic() + timeout
        while self._pump(settled, once=True):
            if time.monotonic() > end:
                raise AssertionError(f"never quiet\n{self.report()}")

    def listen(self, seconds: float) -> int:
        """Reads for exactly this long; the bytes that came."""
        before, end = len(self.output), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._pump(left):
            pass
        return len(self.output) - before

    def wait_for_end(self, timeout: float = PATIENCE) -> float:
        """Reads until the program has ended; the seconds that took. Its exit status is `status` afterwards."""
        start = time.monotonic()
        while self.ended_at is None:
            left = start + timeout - time.monotonic()
            if left <= 0:
                raise AssertionError(f"still running\n{self.report()}")
            self._pump(left)
        return time.monotonic() - start

    def wait_for_reading(self) -> None:
        """Waits until the program has read every key, so that the next one comes by itself, however soon."""
        self.listen(HANDED_OVER)
        end = time.monotonic() + PATIENCE
        while fcntl.ioctl(self._slave, termios.FIONREAD, bytes(4)) != bytes(4):
            assert time.monotonic() < end, f"never read\n{self.report()}"
            self._pump(GLANCE)

    def wait_for_stop(self) -> None:
        """Reads what the program writes until it has been stopped, of which only its parent is told."""
        end = time.monotonic() + PATIENCE
        while not os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG):
            assert time.monotonic() < end, f"never stopped\n{self.report()}"
            self._pump(GLANCE)
        while self._read(0):
            pass

    @property
    def status(self) -> int:
        """The exit status; minus the signal's number when a signal ended it."""
        return self.process.wait(timeout=PATIENCE)

    def _pump(self, seconds: float, *, once: bool = False) -> bool:
        """Reads what comes within the time. False when nothing did, or nothing can come any more."""
        if self.ended_at is not None:
            return self._read(0)
        waiting = [end for end in (self._master, self._end) if end >= 0]
        ready, _, _ = select.select(waiting, [], [], seconds)
        came = self._master in ready and self._read(0)
        if self._end in ready:
            self._cpu_at_end = self.cpu_seconds()  # the dead process still has its figures until it is waited for
            self.process.wait()
            self.ended_at = time.monotonic()
        return came or (bool(ready) and not once)

    def _read(self, seconds: float) -> bool:
        if self._master < 0 or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        self.feed(data)
        return bool(data)

    def feed(self, data: bytes) -> None:
        """Bytes of the program reach the screen."""
        self.output += data
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))

    def report(self) -> str:
        """The screen and the state of the program, for the message of a failed test."""
        frame = "+" + "-" * self.screen.columns + "+"
        lines = [f"|{line}|" for line in self.screen.display]
        state = "running" if self.ended_at is None else f"ended with {self.status}"
        tail = bytes(self.output[-300:])
        return "\n".join([frame, *lines, frame, f"{state}; {self.keys} keys; last bytes {tail!r}"])

    # The process

    def cpu_seconds(self) -> float:
        """Processor time that the program has used so far, or in all when it has ended."""
        if self.ended_at is not None:
            return self._cpu_at_end
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window: the terminal is gone."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = self._keyboard = -1

    def unplug(self) -> None:
        """Standard input is gone; the screen is still there."""
        assert self._keyboard != self._master, "no keyboard of its own"
        os.close(self._keyboard)
        self._keyboard = -1

    def close(self) -> None:
        """Ends the program if it still runs, and lets everything go."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        keyboard = -1 if self._keyboard == self._master else self._keyboard
        for descriptor in (self._master, self._slave, self._end, keyboard):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = self._end = self._keyboard = -1


def loket(home: Path, *arguments: str) -> tuple[str, ...]:
    """The command line of the real program on the office of a home."""
    return (sys.executable, "-I", "-m", "tui", "--home", str(home), *arguments)


@contextlib.contextmanager
def opened(command: Sequence[str], **how: Any) -> Iterator[Terminal]:
    """A program at a terminal of its own; it never outlives the test."""
    terminal = Terminal(command, **how)
    try:
        yield terminal
    finally:
        terminal.close()
