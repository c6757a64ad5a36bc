"""R1: what a server acknowledged survives kill -9 of it, again and again; replaying what is in doubt doubles nothing."""

import pytest

from tests.adserver import crashing
from tests.adserver.conftest import Server


@pytest.mark.parametrize("kills", [30, pytest.param(100, marks=pytest.mark.nightly)])
def test_no_acknowledged_event_is_lost_or_doubled_over_crashes(tmp_path, kills) -> None:
    server = Server(tmp_path)
    written = crashing.crash(server, kills)
    logged = crashing.logged(server)
    assert len(written.acknowledged) > 10 * kills
    assert [one for one in written.acknowledged if logged[one] != 1] == []
    replayed = {f"{path.partition('?t=')[2].split('~')[1]}.impression" for path in written.in_doubt}
    assert all(logged[one] in (1, 2) for one in replayed)  # the same id: counted once
    assert {one for one, times in logged.items() if times > 1} <= replayed
    assert max(written.recovery_s) <= 10


def test_control_with_relaxed_durability_events_are_lost(tmp_path) -> None:
    server = Server(tmp_path)
    written = crashing.crash(server, 2, crashing.RELAXED)
    logged = crashing.logged(server)
    assert any(logged[one] == 0 for one in written.acknowledged)
