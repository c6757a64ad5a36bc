"""A bundle that was received is run in the jail; what it does there is found, shown, and sends it back when it blocks."""

import asyncio
import io
import zipfile

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from makegood.connectors import browser
from makegood.creatives import jobs
from makegood.creatives.actions import receiving, running
from makegood.creatives.models import Version
from makegood.documents.creatives import samples
from makegood.engine.specs import running as engine
from makegood.work.models import Task
from tests.factories.creatives import NOW

BRAND = samples.Brand("Brightwater Bank")
PAGE = """<!doctype html><html><head><meta name="ad.size" content="width=300,height=250"></head>
<body style="margin:0"><div id="ad" style="width:300px;height:250px;background:#cde"></div><script>
var clickTag = ""; document.getElementById("ad").onclick = function () { window.open(window.clickTag); };
%s</script></body></html>"""


def received(account, tmp_path, script: str | None = None, **more) -> Version:
    path = tmp_path / "ad.zip"
    if script is None:
        samples.bundle(path, BRAND, **more)
    else:
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("index.html", PAGE % script)
    return receiving.receive(path, name="ad.zip", creative=receiving.NewCreative(account, "Harbour Saver"), by=None, at=NOW)


def run(version: Version, stop_s: float = 1.0):
    """In the real jail, with less patience than a person's page."""

    def impatient(*given, **named):
        return browser.run_ad(*given, **named | {"stop_s": stop_s})

    made = running.run(version, at=NOW, runner=impatient)
    version.refresh_from_db()
    made.refresh_from_db()
    return made


def rules(made) -> set[str]:
    """But for the time to load, which is the machine's as much as the ad's."""
    return {finding["rule"] for finding in made.findings} - {"run_load"}


pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())


def test_a_received_bundle_waits_to_be_run(bank, tmp_path):
    version = received(bank, tmp_path)
    assert list(ProcrastinateJob.objects.values_list("task_name", "args", "lock")) == [("creatives.run", {"version_id": version.pk}, "jail")]


def test_a_good_bundle_runs_clean_and_leaves_its_pictures(bank, tmp_path):
    version = received(bank, tmp_path, "")
    running.keep(version, "not_run", at=NOW, findings=[engine.not_run("no browser", "Install one.")])
    made = run(version)
    assert "run_not_run" not in {finding["rule"] for finding in version.findings}
    assert (made.outcome, rules(made), version.status) == ("ran", set(), "in_review")
    facts = made.facts
    assert ([spot["what"] for spot in facts["requests"]], facts["opened"]) == (["index.html"], [facts["click_tag"]])
    assert facts["cut_off"] is True
    pictures = {one.moment: Image.open(io.BytesIO(one.file.path.read_bytes())) for one in made.pictures.all()}
    assert {moment: picture.size for moment, picture in pictures.items()} == {"1": (300, 250), "end": (300, 250)}
    assert pictures["end"].getpixel((150, 125))[:3] == (0xCC, 0xDD, 0xEE)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


FAULTS = {
    "run_outside": "new Image().src = 'https://tracker.example/i.gif'; fetch('http://169.254.169.254/'); new WebSocket('wss://live.example/');",
    "run_still": "setInterval(function () { document.getElementById('ad').style.background = '#' + Math.random().toString(16).slice(2, 8); }, 50);",
    "run_cpu": "setInterval(function () { var end = performance.now() + 90; while (performance.now() < end) {} }, 100);",
    "run_errors": "setTimeout(function () { nothing.here(); }, 100);",
    "run_complete": "var i = new Image(); i.src = 'gone' + '.png';",
    "run_unasked": "setTimeout(function () { location = 'https://elsewhere.example/'; }, 3600);",
    "run_sound": "var c = new AudioContext(), o = c.createOscillator(); o.connect(c.destination); o.start();",
}  # fmt: skip


def test_what_it_does_when_it_runs_is_found_and_sends_it_back(bank, tmp_path):
    """All faults at once in one bundle: a run takes seconds. The last of them leaves the page, so that no click can open anything."""
    rude = received(bank, tmp_path, "".join(FAULTS.values()))
    made = run(rude, 2.5)
    assert rules(made) == {*FAULTS, "run_click"}
    found = {finding["found"] for finding in made.findings}
    assert {"asks for https://tracker.example/i.gif", "asks for wss://live.example/", "goes to https://elsewhere.example/ by itself"} <= found
    assert (rude.status, rude.verdict) == ("failed", "fail")
    assert all(finding["fix"] and finding["source"] and finding["where"] for finding in made.findings)
    assert "Click when run: found a click opens nothing" in Task.objects.get(key="creative.correct", status="open").detail


def test_one_that_never_comes_to_rest_is_ended(bank, tmp_path):
    version = received(bank, tmp_path, "for (;;) {}")
    with pytest.MonkeyPatch.context() as patience:
        patience.setattr("makegood.connectors.browser.runs.START_S", 4.0)
        made = run(version)
    assert (made.outcome, rules(made), version.status) == ("stopped", {"run_stopped"}, "failed")


@pytest.mark.nightly
def test_one_that_eats_memory_is_ended(bank, tmp_path):
    version = received(bank, tmp_path, "var all = []; setInterval(function () { all.push(new Uint8Array(64 << 20).fill(1)); }, 5);")
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr("makegood.connectors.browser.jail.MEMORY_MB", 700)
        made = run(version, 8.0)
    assert (made.outcome, "memory" in made.findings[0]["found"]) == ("stopped", True)


def test_without_a_browser_it_says_so_and_the_version_waits(bank, tmp_path, monkeypatch):
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")
    version = received(bank, tmp_path, "")
    made = running.run(version, at=NOW)
    assert (made.outcome, [(f["rule"], f["severity"]) for f in made.findings], version.status) == ("not_run", [("run_not_run", "info")], "in_review")
    assert "apt-get install chromium" in made.findings[0]["fix"]


def test_what_could_not_be_run_is_queued_once_there_is_a_browser(bank, tmp_path, monkeypatch):
    version = received(bank, tmp_path, "")
    Version.objects.update(uploaded_at=timezone.now())
    running.keep(version, "not_run", at=NOW, findings=[])
    for _ in range(2):
        jobs.run_waiting(timestamp=0)
    assert ProcrastinateJob.objects.filter(queueing_lock=f"creatives.run {version.pk}").count() == 1
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")
    jobs.run_waiting(timestamp=0)
    running.keep(version, "ran", at=NOW, findings=[])
    monkeypatch.delenv("MAKEGOOD_BROWSER")
    jobs.run_waiting(timestamp=0)
    assert ProcrastinateJob.objects.filter(task_name="creatives.run").count() == 2


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_what_was_received(bank, tmp_path):
    """The whole way at its real length: received, queued, run for 15 seconds by a real worker, pictures of all three moments."""
    version = received(bank, tmp_path)

    async def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as running_app:
            async with running_app.open_async():
                await running_app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())
    status = ProcrastinateJob.objects.get(task_name="creatives.run").status
    with connection.cursor() as cursor:  # the queue's tables are not Django's to empty
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, procrastinate_events")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    made = version.runs.get()
    assert (made.outcome, rules(made)) == ("ran", set())
    assert sorted(made.pictures.values_list("moment", flat=True)) == ["1", "5", "end"]
    assert status == "succeeded"
