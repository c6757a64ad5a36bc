"""A new plan is taken without a restart; a broken one is refused and the last good one kept."""

import time

from tests.adserver import plans
from tests.adserver.conftest import Server


def wait_for(server: Server, **wanted: object) -> dict[str, object]:
    for _ in range(60):
        health = server.get("/health").json()
        if {name: health[name] for name in wanted} == wanted:
            return health
        time.sleep(0.1)
    raise AssertionError(health)


def test_hot_reload_keeps_the_last_good_plan_and_says_so(server: Server) -> None:
    before = server.ad("home")["slots"][0]["click_url"]
    server.publish(b'{"format_version": 1, "plan_id": "p"')
    health = wait_for(server, status="degraded", version=1)
    assert str(health["error"]).startswith("plan: not JSON")
    assert server.ad("home")["plan"] == 1
    server.publish(plans.plan(2).to_json())
    assert wait_for(server, version=2, status="ok")["error"] is None
    assert server.ad("home")["plan"] == 2
    assert server.get(before).headers["location"] == plans.CLICK
    server.plan.unlink()
    assert "No such file" in str(wait_for(server, status="degraded")["error"])
    assert "refused, still serving version 1: plan: not JSON" in (server.folder / "log.txt").read_text()


def test_a_server_without_a_good_first_plan_does_not_start(server: Server) -> None:
    import subprocess
    import sys

    (server.folder / "bad.json").write_text("{}")
    command = [sys.executable, "-m", "makegood.adserver", "--port", "0", "--plan", str(server.folder / "bad.json")]
    for name in ("events", "assets", "keys"):
        command += [f"--{name}", str(getattr(server, name))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "makegood.adserver: cannot start: plan.format_version: None, this server reads 1\n",
    )
