"""The browser's own walls: no network but its own loopback, nobody's rights, nothing of ours in its surroundings."""

import os
import socket
import subprocess
import sys
import time

import pytest

from makegood.connectors.browser import finding, jail, tree, walls
from tests.connectors.web.conftest import canary  # noqa: F401

CALL = "import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
needs_walls = pytest.mark.skipif(not walls.cut_off(), reason="this kernel gives no network of one's own: util-linux and user namespaces are needed")


def calls_out(*before: str) -> bool:
    """Whether a process behind `before` reaches a server of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = CALL.format(port=server.getsockname()[1])
        return subprocess.run([*before, sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


@needs_walls
def test_behind_the_walls_there_is_no_network():
    assert (calls_out(*walls.outer()), calls_out()) == (False, True)


@needs_walls
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to lose")
def test_root_gives_its_rights_away():
    said = subprocess.run([*walls.outer(), "sh", "-c", "id -u; cat /etc/shadow"], capture_output=True, text=True, check=False)
    assert (said.stdout.split(), "denied" in said.stderr) == (["65534"], True)


def test_no_secret_reaches_the_run(monkeypatch, tmp_path):
    monkeypatch.setenv("MAKEGOOD_SECRET_KEY", "very secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:pass@db/x")
    assert not {"MAKEGOOD_SECRET_KEY", "DATABASE_URL", "MAKEGOOD_HOME"} & jail._environment(tmp_path).keys()


def test_an_end_reaches_grandchildren():
    started = subprocess.Popen(["sh", "-c", "sleep 60 & sleep 60"])
    while len(below := tree.below(started.pid)) < 2:
        time.sleep(0.02)
    tree.end(started.pid)
    started.wait()
    time.sleep(0.1)
    assert [pid for pid in below if running(pid)] == []


def running(pid: int) -> bool:
    """Neither gone nor waiting for whoever inherited it to look."""
    fields = tree._stat(pid)
    return bool(fields) and fields[0] != "Z"


def test_what_is_missing_is_said_with_its_remedy(monkeypatch):
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")
    assert "apt-get install chromium" in finding.missing()
    with pytest.raises(finding.NoBrowser):
        finding.executable()


PAGE = """<script>fetch("http://127.0.0.1:%d/"); new Image().src = "http://localhost:%d/"; new WebSocket("ws://127.0.0.1:%d/");</script>"""


@pytest.mark.browser
@pytest.mark.parametrize(("flags", "reached"), [(walls.FLAGS, False), ((), True)])
def test_the_browsers_own_walls_hold_alone(chromium, canary, flags, reached):  # noqa: F811
    """Where the kernel gives no network of one's own; without the flags the canary is reached."""
    more = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks", *flags]
    lone = chromium.browser_type.launch(executable_path=finding.executable(), args=more)
    page = lone.new_page()
    page.set_content(PAGE % (canary.port, canary.port, canary.port))
    page.wait_for_timeout(700)
    lone.close()
    assert bool(canary.hits) is reached
