"""The newest events are found without reading the log from its start, and never a torn or foreign line."""

import pathlib

from makegood.adserver import tail
from makegood.adserver.events import Event


def line(number: int, **more: object) -> bytes:
    return Event(f"n{number}.request", "request", number, **more).line()


def test_newest_first_across_segments_and_only_what_is_wanted(tmp_path: pathlib.Path) -> None:
    (tmp_path / "2026010100-1-0.seg").write_bytes(line(1, test=True) + line(2) + b"no event\n")
    (tmp_path / "2026010101-1-1.open").write_bytes(line(3, test=True) + line(3, test=True, placement_id=9) + line(5, test=True)[:-1])
    found = tail.latest(tmp_path, lambda event: event.test)
    assert [(event.at, event.placement_id) for event in found] == [(3, 9), (3, 0), (1, 0)]  # the torn last line is not there yet
    assert len(tail.latest(tmp_path, lambda event: True, most=2)) == 2
    assert tail.latest(tmp_path / "absent", lambda event: True) == []


def test_only_the_end_of_a_long_segment_is_read(tmp_path: pathlib.Path) -> None:
    count = tail.WITHIN_BYTES // len(line(1)) * 3
    (tmp_path / "2026010100-1-0.seg").write_bytes(b"".join(line(number) for number in range(count)))
    found = tail.latest(tmp_path, lambda event: True, most=count)
    assert found[0].at == count - 1
    assert count / 4 < len(found) < count / 2
    assert [event.at for event in found] == list(range(count - 1, count - 1 - len(found), -1))
