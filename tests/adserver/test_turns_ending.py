"""Servers that are stopped, killed, or run out of disk or handles while ads are asked for on their plain connections."""

import resource
import signal
import socket
import threading
import time

from tests.adserver import turning

PATIENCE_S = 10.0


def ad_client(port: int, answered: list[int], told: threading.Event) -> None:
    """Ask for ads one after another until the connection ends; an answer is whole or has not begun."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        while True:
            try:
                peer.sendall(turning.ORDINARY)
                data = peer.recv(1 << 16)
            except ConnectionError:
                return
            if not data:
                return
            head, _, body = data.partition(b"\r\n\r\n")
            assert int(head.partition(b"content-length: ")[2].split(b"\r\n")[0]) == len(body)
            answered.append(int(data[9:12]))
            told.set()


def test_a_stop_under_load_answers_or_closes_and_logs_what_it_answered(make_server):
    server, answered = make_server(), list[int]()
    begun = [threading.Event() for _ in range(4)]
    threads = [threading.Thread(target=ad_client, args=(server.port, answered, event)) for event in begun]
    for thread in threads:
        thread.start()
    for event in begun:
        assert event.wait(10)
    time.sleep(0.3)
    assert server.stop() == 0
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert set(answered) == {200}
    assert len(answered) <= server.kinds().count("request") <= len(answered) + 4
    assert {path.suffix for path in server.events.iterdir()} == {".seg"}


def test_kill_9_loses_no_ad_that_was_answered(make_server):
    server, answered, event = make_server(), list[int](), threading.Event()
    thread = threading.Thread(target=ad_client, args=(server.port, answered, event))
    thread.start()
    assert event.wait(10)
    time.sleep(0.3)
    server.stop(signal.SIGKILL)
    thread.join(10)
    server.start()
    assert len(answered) <= server.kinds().count("request") <= len(answered) + 1


def test_a_log_that_can_take_half_a_batch_refuses_it_whole(make_server):
    server = make_server()
    assert [server.get("/ad", "POST", turning.ORDINARY.partition(b"\r\n\r\n")[2]).status for _ in range(3)] == [200] * 3
    size = sum(path.stat().st_size for path in server.events.iterdir())
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size + 100, 1 << 30))
    assert server.get("/ad", "POST", turning.ORDINARY.partition(b"\r\n\r\n")[2]).status == 503
    assert server.get("/health").json()["status"] == "shedding"
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    assert server.kinds() == ["request", "served"] * 3


def test_without_handles_left_it_waits_and_accepts_again(make_server):
    server = make_server()
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (40, 1024))
    some = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(60)]
    assert "no connection can be accepted" in waited_for(server, "no connection can be accepted")
    for each in some:
        each.close()
    assert server.ad("home")["slots"][0]["creative"]


def waited_for(server, words: str) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while words not in (text := (server.folder / "log.txt").read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return text
