"""One HTTP exchange with one checked machine, bounded in time and bytes: no cookies, no credentials, no proxy."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping

from makegood.connectors.web.addresses import Target

AGENT = "Mozilla/5.0 (compatible; Makegood/1.0; checks creatives before they run)"
PIECE = 64 << 10


class TooLarge(OSError):
    """More bytes than allowed."""


def exchange(
    wanted: Target, machine: str, *, within_s: float, most_bytes: int, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (lower case) and body of a GET to `machine` under the host's name. Raises OSError."""
    connection = _Pinned(wanted, machine, within_s)
    sent = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close", **headers}
    try:
        with _deadline(connection, within_s):
            connection.request("GET", wanted.path, headers=sent)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, _body(answer, most_bytes)
    except http.client.HTTPException as broken:
        raise OSError(f"the answer is no HTTP ({type(broken).__name__})") from broken
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to the checked number; TLS and the Host line speak of the name."""

    def __init__(self, wanted: Target, machine: str, within_s: float) -> None:
        super().__init__(wanted.host, wanted.port, timeout=within_s)
        self.default_port = {"https": 443, "http": 80}[wanted.scheme]
        self._machine, self._secure = machine, wanted.scheme == "https"

    def connect(self) -> None:
        """Open the socket, and TLS with the usual certificates when the scheme asks for it."""
        self.sock = socket.create_connection((self._machine, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _body(answer: http.client.HTTPResponse, most_bytes: int) -> bytes:
    pieces, room = [], most_bytes
    while piece := answer.read(PIECE):
        room -= len(piece)
        if room < 0:
            raise TooLarge(f"it is larger than {most_bytes // 1024:,} KB")
        pieces.append(piece)
    return b"".join(pieces)


@contextlib.contextmanager
def _deadline(connection: http.client.HTTPConnection, within_s: float) -> Iterator[None]:
    """Close the socket when the whole exchange takes too long: a timeout a read would let a slow drip go on for ever."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        if connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(within_s, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if late.is_set():
            raise TimeoutError(f"it took longer than {round(within_s, 1):g} s")
