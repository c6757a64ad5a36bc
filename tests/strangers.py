"""Somebody else's web server on this machine: another machine's number, whatever it is to say, and not a word in the tests' output."""

import contextlib
import http.server
import threading
from collections.abc import Iterator


class Stranger(http.server.BaseHTTPRequestHandler):
    """A server that says in `do_GET` what it answers."""

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        """Answer, as a page where nothing else is said."""
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value.encode("utf-8").decode("latin-1"))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *ignored: object) -> None:
        pass


@contextlib.contextmanager
def served(handler: type[Stranger], host: str = "127.0.0.2") -> Iterator[int]:
    """Serve on a free port of `host`, which is yielded."""
    server = http.server.ThreadingHTTPServer((host, 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
