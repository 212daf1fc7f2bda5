"""A fast instance on loopback, in a process of its own: `python -m bench.server CERTIFICATE_DIR`.

It prints its addresses as one line of JSON and serves until its stdin closes. The name of the instance says how it
behaves: `/d50/services/...` answers after 50 ms. A dial must be the vendor's bytes, else it is answered with 400;
`/count` says how many arrived, so that no contestant is timed doing something else.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import ssl
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import trustme

USER, PASSWORD = "moby", "bench-secret"
LOGIN = b"Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode())
DIAL = {"action": "dial", "destination": "*100", "prefix": "auto"}
DIALLED = b'{"response":"dial commited"}'
RECORDING_BYTES = 500_000_000
LAST_CALL = 1_700_000_000_000  # epoch milliseconds of call number 0; call i began i seconds earlier
MOST_ROWS = 1000  # the vendor's cap (user report)

# One journal row as the vendor prints it, about 515 bytes; what differs from row to row is filled in.
ROW_HEAD = b'{"id":%d,"timestamp":%d,'
ROW_TAIL = (
    '"time":"2023-11-14 23:%02d:%02d","userId":%d,"userName":"user%04d","extension":"%d","inbound":%d,'
    '"internal":%d,"duration":%d,"connected":%d,"deviceId":%d,"deviceName":"pascom Softphone [Mathias %04d]",'
    '"locationId":%d,"locationName":"Mathias Pasquay","recordId":"","voicemailId":"","name":"Erika Müller %04d",'
    '"number":"004999129691%04d","prefix":"","phonebookEntryId":"","result":"hangup","resultDetails":"voicemail",'
    '"via":"","viaDetails":"","phonecallRecordId":%d,"chain":"15623134%05d_1","labelList":[]}'
)


def _tail(i: int) -> bytes:
    return (
        ROW_TAIL
        % (
            i // 60 % 60, i % 60, 3 + i % 50, i, 100 + i % 800, i % 2, i // 2 % 2, 5 + i % 600, i % 500, i % 50, i,
            2 + i % 50, i, i, i, i,
        )
    ).encode()  # fmt: skip


TAILS = [_tail(i) for i in range(1000)]


def page(newest: int, rows: int) -> bytes:
    """The calls number `newest`, `newest` + 1, … as a JSON array."""
    numbers = range(newest, newest + rows)
    heads = (ROW_HEAD % (i, LAST_CALL - i * 1000) + TAILS[i % 1000] for i in numbers)
    return b"[" + b",".join(heads) + b"]"


def answered(body: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole HTTP answer, with the headers of the vendor's server."""
    return (
        b"HTTP/1.1 %s\r\nServer: Apache\r\nContent-Type: application/json\r\nKeep-Alive: timeout=5, max=100\r\n"
        b"Connection: Keep-Alive\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)
    )


OK_DIAL = answered(DIALLED)


class Instance:
    """What the paths mean."""

    def __init__(self) -> None:
        self.dials = 0
        self.recording = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        os.truncate(self.recording.fileno(), RECORDING_BYTES)

    def reply(self, method: bytes, target: str, head: bytes, body: bytes) -> bytes:
        if target == "/count":
            return answered(str(self.dials).encode())
        if LOGIN not in head:
            return answered(b"", b"401 Unauthorized")
        path, _, query = target.partition("?")
        if path.endswith("/identity/mpasquay/defaultdevice/action"):
            if method != b"POST" or json.loads(body) != DIAL or b"application/json" not in head:
                return answered(b"", b"400 Bad Request")
            self.dials += 1
            return OK_DIAL
        if path.endswith("/cdr/"):
            return answered(self._cdr(query))
        return answered(b"", b"404 Not Found")

    @staticmethod
    def _cdr(query: str) -> bytes:
        """Newest first, both ends of the window included, never more than the cap."""
        asked = {name: int(values[0]) for name, values in parse_qs(query).items()}
        until = min(asked.get("timeto", LAST_CALL), LAST_CALL)
        newest = -(-(LAST_CALL - until) // 1000)
        oldest = (LAST_CALL - asked.get("timefrom", 0)) // 1000
        rows = min(asked.get("limit", 100), MOST_ROWS, oldest - newest + 1)
        return page(newest, max(rows, 0))


class Connection(asyncio.Protocol):
    """Enough HTTP/1.1 for clients that send Content-Length."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        method, target, _ = head.split(b" ", 2)
        path = urlsplit(target.decode())
        if path.path.endswith("/wav"):
            self._sending = asyncio.ensure_future(self._send_recording())
            return
        reply = self._instance.reply(method, target.decode(), head, body)
        instance = path.path.split("/", 2)[1]
        if instance.startswith("d") and instance[1:].isdigit():
            asyncio.get_running_loop().call_later(int(instance[1:]) / 1000, self._write, reply)
        else:
            self._transport.write(reply)

    def _write(self, reply: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(reply)

    async def _send_recording(self) -> None:
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: audio/x-wav\r\nContent-Length: %d\r\n\r\n" % RECORDING_BYTES
        )
        await asyncio.get_running_loop().sendfile(self._transport, self._instance.recording, 0, RECORDING_BYTES)


def certificates(directory: Path) -> ssl.SSLContext:
    """An own CA as on-site servers have it (`ca.pem` in `directory`), and the server's side of it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(directory / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


async def serve(directory: Path) -> None:
    loop, instance = asyncio.get_running_loop(), Instance()
    protocol: Callable[[], Connection] = lambda: Connection(instance)  # noqa: E731
    plain = await loop.create_server(protocol, "127.0.0.1", 0, backlog=2000)
    secure = await loop.create_server(protocol, "127.0.0.1", 0, ssl=certificates(directory), backlog=2000)
    ports = [server.sockets[0].getsockname()[1] for server in (plain, secure)]
    print(json.dumps({
        "http": f"http://127.0.0.1:{ports[0]}",
        "https": f"https://127.0.0.1:{ports[1]}",
        "ca": str(directory / "ca.pem"),
    }), flush=True)  # fmt: skip
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
