"""What an ad may reach when it runs: nothing, or approved hosts through the guarded fetcher."""

import pytest

from makegood.connectors import browser
from tests.connectors.web.conftest import ask, canary, limits, ports, public  # noqa: F401

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())
PAGE = """<!doctype html><body style="margin:0"><script>
var clickTag = ""; document.body.onclick = function () { window.open(clickTag); };
function tried(name, url) { var i = new Image(); i.onload = i.onerror = function () {}; i.src = url;
  fetch(url, {mode: "no-cors"}).then(function () { console.error("arrived " + name); }, function () {}); }
tried("approved", "http://127.0.0.2:%d/a"); tried("other", "http://127.0.0.3:%d/b"); tried("canary", "http://127.0.0.1:%d/c");
</script>"""


def test_only_approved_hosts_answer_and_never_one_inside(tmp_path, ports, limits, canary):  # noqa: F811
    (tmp_path / "index.html").write_text(PAGE % (ports.public, ports.public, ports.canary))
    ran = browser.run_ad(tmp_path, "index.html", (300, 250), hosts=("127.0.0.2", "127.0.0.1"), limits=limits, stop_s=0.5)
    assert [spot.what for spot in ran.facts.errors if spot.what.startswith("arrived")] == ["arrived approved"]
    assert {spot.what.split("/")[2].split(":")[0] for spot in ran.facts.outside} == {"127.0.0.1", "127.0.0.2", "127.0.0.3"}
    assert canary.hits == []
