"""A gigabyte sent to the real web server: refused by its head, with neither memory nor disk filled."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.test import Client

from makegood.config.processes import free_port
from makegood.core.models import StoredFile
from makegood.orders.models import OrderImport

GIGABYTE = 1 << 30
MOST_SENT, MOST_GROWN = 32 << 20, 64 << 20
START = b'--frontier\r\nContent-Disposition: form-data; name="document"; filename="io.xlsx"\r\n\r\n'


class Server:
    """granian as `makegood serve` starts it, on this test's database, with a temporary folder of its own."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.port, self.temporary = free_port(18500), folder / "temporary"
        self.temporary.mkdir()
        url = re.sub(r"/[^/]*$", "", os.environ["DATABASE_URL"].split("?")[0])
        query = os.environ["DATABASE_URL"].partition("?")[2]
        name = connection.settings_dict["NAME"]
        env = os.environ | {"DATABASE_URL": f"{url}/{name}" + (f"?{query}" if query else ""), "TMPDIR": str(self.temporary)}
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
            "--blocking-threads", "2", "--no-ws", "--log-level", "warning", "makegood.config.wsgi:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=env, start_new_session=True)

    def peak(self) -> int:
        """The largest peak memory of the server's processes, in bytes."""
        family = [self.process.pid, *map(int, pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split())]
        found = [re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text()) for pid in family]
        return max(int(one[1]) * 1024 for one in found if one)

    def send(self, head: dict[str, str], *, path: str = "/orders/import/", chunked: bool = False) -> tuple[int, int]:
        """Post a gigabyte of zeros as long as the server takes it. The status answered and the bytes that left."""
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        zeros, sent = bytes(1 << 18), 0
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as link:
            link.sendall("\r\n".join(lines).encode())
            piece = b"%x\r\n%s\r\n" % (len(zeros), zeros) if chunked else zeros
            link.settimeout(2)
            try:
                while sent < GIGABYTE:
                    link.sendall(piece)
                    sent += len(piece)
            except OSError:  # it does not take more: closed, or not read any further
                pass
            link.settimeout(20)
            try:
                answer = link.recv(4096)
            except OSError:
                answer = b""
        status = re.match(rb"HTTP/1.1 (\d+)", answer)
        return int(status[1]) if status else 0, sent


@pytest.fixture
def server(transactional_db, tmp_path):
    made = Server(tmp_path)
    deadline = time.monotonic() + 60
    while socket.socket().connect_ex(("127.0.0.1", made.port)) and time.monotonic() < deadline:
        time.sleep(0.1)
    yield made
    os.killpg(made.process.pid, signal.SIGKILL)  # asked to stop, it waits for what is left of a gigabyte
    made.process.wait()


def multipart(client: Client, length: int = GIGABYTE) -> dict[str, str]:
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    return {"Content-Type": "multipart/form-data; boundary=frontier", "Content-Length": str(length), "Cookie": cookies, "X-CSRFToken": "x" * 32}


def test_a_gigabyte_is_refused_by_its_head_and_fills_nothing(server, lead, web):
    web_client = web(lead)
    server.send({"Content-Length": "0"}, path="/sign-in/")  # warm: what a first request loads is not the upload's
    before = server.peak()
    for head, chunked in (
        (multipart(web_client), False),
        (multipart(Client()), False),
        ({**multipart(web_client), "Content-Type": "application/x-www-form-urlencoded"}, False),
        ({name: value for name, value in multipart(web_client).items() if name != "Content-Length"} | {"Transfer-Encoding": "chunked"}, True),
    ):
        status, sent = server.send(head, chunked=chunked)
        assert sent <= MOST_SENT, (status, sent, head)
        assert status == (403 if chunked else 413), (status, sent, head)  # chunked: taken for an empty form, which has no token
    assert server.peak() - before < MOST_GROWN
    assert list(server.temporary.rglob("*")) == []
    assert (StoredFile.objects.count(), OrderImport.objects.count()) == (0, 0)


@pytest.mark.parametrize(("size", "signed_in", "kind", "status"), [
    (500 * 1024 * 1024 + 1, True, "multipart/form-data; boundary=frontier", 413),
    (5 * 1024 * 1024 + 1, True, "application/x-www-form-urlencoded", 413),
    (64 * 1024 + 1, False, "multipart/form-data; boundary=frontier", 413),
    (64 * 1024 + 1, False, "application/x-www-form-urlencoded", 413),
    (1000, True, "application/x-www-form-urlencoded", 404),
])  # fmt: skip
def test_the_limits(size, signed_in, kind, status, lead, web):
    client = web(lead) if signed_in else Client()
    answer = client.generic("POST", "/nowhere/" if signed_in else "/sign-in/", b"a" * 1000, content_type=kind, CONTENT_LENGTH=str(size))
    assert answer.status_code == status
    if status == 413:
        assert b"This is too large" in answer.content
