"""The protocol by the bytes: what is written stands as the standard says, and no answer can do more than be refused."""

from __future__ import annotations

import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing import ipp
from printing.cups import CupsPrinter
from printing.printers import PrinterAway


def test_a_request_is_written_as_the_standard_has_it() -> None:
    size = ipp.collection({"x-dimension": ipp.integer(21000)})
    made = ipp.request(
        ipp.Operation.PRINT_JOB,
        {"printer-uri": ipp.uri("ipp://x")},
        {
            "media-col": ipp.collection({"media-size": size, "media-source": ipp.keyword("top")}),
            "copies": ipp.integer(1),
        },
        b"%PDF",
    )
    head = bytes.fromhex("02000002 00000001 01")
    charset = b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    language = b"\x48\x00\x1battributes-natural-language\x00\x02en"
    printer = b"\x45\x00\x0bprinter-uri\x00\x07ipp://x"
    begin, end = b"\x34\x00\x00\x00\x00", b"\x37\x00\x00\x00\x00"
    inner = b"\x4a\x00\x00\x00\x0bx-dimension\x21\x00\x00\x00\x04\x00\x00\x52\x08"
    column = b"\x34\x00\x09media-col\x00\x00\x4a\x00\x00\x00\x0amedia-size" + begin + inner + end
    column += b"\x4a\x00\x00\x00\x0cmedia-source\x44\x00\x00\x00\x03top" + end
    copies = b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x01"
    assert made == head + charset + language + printer + b"\x02" + column + copies + b"\x03%PDF"


def test_an_answer_is_read_with_sets_collections_and_every_job_by_itself() -> None:
    sizes = [{"media-size": ipp.collection({"x": ipp.integer(1), "names": ipp.keywords("a", "b")})}]
    job = b"\x02" + b"".join(ipp._attribute("media-col", ipp.collection(one)) for one in sizes)
    more = b"\x02" + ipp._attribute("job-state-reasons", ipp.keywords("none", "x")) + b"\x13\x00\x01n\x00\x00"
    more += b"\x35\x00\x01t\x00\x0a\x00\x02id\x00\x04teks" + b"\x22\x00\x01b\x00\x01\x01"
    answer = ipp.read(b"\x02\x00\x00\x00\x00\x00\x00\x01\x01" + job + more + b"\x03")
    assert answer.jobs == (
        {"media-col": [{"media-size": [{"x": [1], "names": ["a", "b"]}]}]},
        {"job-state-reasons": ["none", "x"], "n": [None], "t": ["teks"], "b": [True]},
    )


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda tail: b"\x02\x00\x00\x00\x00\x00\x00\x01" + tail))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with suppress(ipp.NoAnswer):
        ipp.read(data)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (b"", ipp.NoAnswer),
        (b"SSH-2.0-x\r\n", ipp.NoAnswer),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ipp.Refused),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxyz", ipp.NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\ncut off", ipp.NoAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x02\x00\x04\x06\x00\x00\x00\x01\x03", ipp.Refused),
    ],
    ids=["nothing", "no http", "no right", "no ipp", "cut off", "refused"],
)
def test_what_answers_otherwise_is_told_apart(tmp_path: Path, said: bytes, refusal: type[Exception]) -> None:
    path = str(tmp_path / "s")
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(path)
        server.listen()

        def answer() -> None:
            client, _address = server.accept()
            with client:
                asked = b""  # head and body may come apart; whoever answers the head alone closes on the body
                while not asked.endswith(b"\x03"):
                    asked += client.recv(65536)
                client.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(refusal):
            ipp.send(path, "/", ipp.request(ipp.Operation.GET_PRINTER, {}))
        thread.join()


def test_nobody_there_is_certain(tmp_path: Path) -> None:
    nobodys = (str(tmp_path / "nothing"), ("127.0.0.1", 1), ("127.0.0.1", 99_999), ("a..b", 631), ("a" * 64, 631))
    for address in nobodys:
        with pytest.raises(ipp.NotReached):
            ipp.send(address, "/", b"")
    with pytest.raises(ipp.NotReached):
        ipp.peer(str(tmp_path / "nothing"))
    assert ipp.peer(("127.0.0.1", 1)) is None


def test_a_queue_with_any_letter_in_its_name_can_be_asked() -> None:
    with pytest.raises(PrinterAway) as away:
        CupsPrinter("Büro%20", ("127.0.0.1", 1)).facts()
    assert away.value.surely
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        heard: list[bytes] = []

        def answer() -> None:
            client, _address = server.accept()
            with client:
                heard.append(client.recv(65536))

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(PrinterAway):
            CupsPrinter("Büro%20", server.getsockname()).facts()
        thread.join()
    assert heard[0].startswith(b"POST /printers/B%C3%BCro%2520 HTTP/1.1\r\n")
