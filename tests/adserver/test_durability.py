"""What is acknowledged is on disk: kill -9, a torn last line, a disk that cannot be written."""

import asyncio
import contextlib
import http.client
import os
import pathlib
import signal
import threading
import time

from makegood.adserver import segments
from makegood.adserver.clock import SystemClock
from makegood.adserver.events import Event
from makegood.adserver.journal import Journal
from makegood.adserver.open_segment import OpenSegment, Roll
from tests.adserver import crashing
from tests.adserver.conftest import AGENT, Server


def hammer(server: Server, url: str, acknowledged: list[int], stop: threading.Event) -> None:
    path, n = url.removeprefix(server.url), 0
    while not stop.is_set():
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
            while not stop.is_set():
                connection.request("GET", path, headers={"User-Agent": AGENT})
                answer = connection.getresponse()
                answer.read()
                acknowledged.append(answer.status)
                n += 1


BUFFERING = f"from makegood.adserver import __main__, journal\n{crashing.RELAXED}\n__main__.main()\n"


def kill_while_counting(server: Server, kills: int, program: tuple[str, ...]) -> tuple[int, int]:
    """Return impressions acknowledged and impressions logged over some kills."""
    acknowledged: list[int] = []
    for _ in range(kills):
        urls = [server.ad("home")["slots"][0]["impression_urls"][0] for _ in range(3)]
        stop = threading.Event()
        threads = [threading.Thread(target=hammer, args=(server, url, acknowledged, stop)) for url in urls]
        for thread in threads:
            thread.start()
        stop.wait(0.4)
        server.stop(signal.SIGKILL)
        stop.set()
        for thread in threads:
            thread.join()
        server.start(program=program)
    assert set(acknowledged) == {204}
    return len(acknowledged), server.kinds().count("impression")


def test_kill_9_loses_no_acknowledged_event(make_server) -> None:
    acknowledged, logged = kill_while_counting(make_server(), 3, ())
    assert acknowledged > 50
    assert acknowledged <= logged <= acknowledged + 9  # at most one in doubt per client and kill


def test_control_acknowledging_from_memory_loses_events(make_server) -> None:
    program = ("-c", BUFFERING)
    acknowledged, logged = kill_while_counting(make_server(program=program), 1, program)
    assert logged < acknowledged


def test_a_graceful_stop_finishes_every_segment(make_server) -> None:
    server = make_server()
    server.ad("home")
    assert server.stop() == 0
    assert [path.suffix for path in server.events.iterdir()] == [".seg"]
    assert server.kinds() == ["request", "served"]


def line(n: int) -> bytes:
    return Event(f"{n}.impression", "impression", n).line()


def test_a_torn_last_line_is_cut_and_a_live_segment_left_alone(tmp_path: pathlib.Path) -> None:
    torn = tmp_path / "2026010100-1xa-000001.open"
    torn.write_bytes(line(1) + line(2) + line(3)[:-5])
    (tmp_path / "2026010100-1xa-000002.open").write_bytes(line(4)[:9])
    live = OpenSegment(tmp_path, "2xb", 1, 0)
    live.write(line(5))
    assert segments.recover(tmp_path) == ["2026010100-1xa-000001", "2026010100-1xa-000002"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "1970010100-2xb-000001.open",
        "2026010100-1xa-000001.seg",
    ]
    assert [event.at for _, _, event in segments.read(tmp_path, {})] == [5, 1, 2]
    live.finish(live.length)


def test_reading_goes_on_exactly_where_it_stopped(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "2026010100-1xa-000001.open"
    path.write_bytes(line(1) + line(2)[:10])
    first = list(segments.read(tmp_path, {}))
    assert [(name, event.at) for name, _, event in first] == [("2026010100-1xa-000001", 1)]
    after = {name: offset for name, offset, _ in first}
    assert list(segments.read(tmp_path, after)) == []
    path.write_bytes(line(1) + line(2) + b"not json\n" + line(3))
    path.rename(path.with_suffix(".seg"))
    assert [event.at for _, _, event in segments.read(tmp_path, after)] == [2, 3]


def journalled(folder: pathlib.Path, roll: Roll, batches: list[list[bytes]], fail: list[int]) -> list[str]:
    """Append batches one after another, the numbered ones onto a disk that fails; return what was told."""

    async def run() -> list[str]:
        journal, told = Journal(folder, SystemClock(), roll), []
        journal.start(asyncio.get_running_loop())
        for n, lines in enumerate(batches):
            with broken_disk() if n in fail else contextlib.nullcontext():
                done = asyncio.get_running_loop().create_future()
                journal.append(lines, done.set_result)
                told.append(await done)
            while journal.fault:
                await asyncio.sleep(0.05)
        await asyncio.to_thread(journal.close)
        return told

    return asyncio.run(run())


@contextlib.contextmanager
def broken_disk():
    """The operating system's own refusal: no file may grow beyond its present size (RLIMIT_FSIZE, EFBIG)."""
    import resource

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_is_told_and_what_was_refused_is_not_left_behind(tmp_path: pathlib.Path) -> None:
    told = journalled(tmp_path, Roll(), [[line(1)], [line(2)], [line(3)]], fail=[1])
    assert told == ["", "the event log cannot be written: File too large", ""]
    assert [event.at for _, _, event in segments.read(tmp_path, {})] == [1, 3]


def test_segments_roll_by_size(tmp_path: pathlib.Path) -> None:
    journalled(tmp_path, Roll(size_bytes=40), [[line(n)] for n in range(3)], fail=[])
    assert [(path.suffix, os.path.getsize(path) > 40) for path in tmp_path.iterdir()] == [(".seg", True)] * 3


def test_a_server_whose_log_cannot_grow_sheds_load_with_503(make_server) -> None:
    server = make_server()
    url = server.ad("home")["slots"][0]["impression_urls"][0]
    import resource

    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (10, 1 << 30))
    refused = server.get(url)
    assert (refused.status, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["error"].startswith("nothing was counted: the event log cannot be written")
    assert server.get("/health").json()["status"] == "shedding"
    assert "impression" not in server.kinds()
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    deadline = time.monotonic() + 8
    while server.get("/health").status != 200:  # found out without an event to write
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert server.get(url).status == 204
