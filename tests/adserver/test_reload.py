"""A new plan is taken without a restart; a broken one is refused and the last good one kept."""

import asyncio
import collections
import random
import subprocess
import sys
import time

from makegood.adserver import traffic
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
    (server.folder / "bad.json").write_text("{}")
    command = [sys.executable, "-m", "makegood.adserver", "--port", "0", "--plan", str(server.folder / "bad.json")]
    for name in ("events", "assets", "keys"):
        command += [f"--{name}", str(getattr(server, name))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "makegood.adserver: cannot start: plan.format_version: None, this server reads 1\n",
    )


def test_no_request_is_dropped_while_plans_change(server: Server) -> None:
    def ask(chance: random.Random) -> dict[str, object]:
        return {"slots": [{"placement": "home"}]}

    async def drive_and_publish() -> traffic.Driven:
        driving = asyncio.create_task(traffic.drive(server.url, 600, ask, chance=random.Random(1)))
        version = 1
        while not driving.done():
            version += 1
            server.publish(plans.plan(version).to_json() if version % 3 else b"broken")
            await asyncio.sleep(0.3)
        return await driving

    driven = asyncio.run(drive_and_publish())
    assert (driven.errors, driven.unfilled, driven.acknowledged["impression"]) == (0, 0, 600)
    assert driven.acknowledged == collections.Counter(server.kinds())
