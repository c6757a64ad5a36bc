"""Operations: a dead ad server, a refused plan, counting that is behind - each said with what to do; metrics by a rule."""

import datetime
import http.server
import json
import os
import threading
import time

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from makegood.connectors import adserving
from makegood.delivery.actions import counting
from makegood.delivery.models import Fact
from makegood.delivery.queries import health
from tests.delivery.test_counting import event, write
from tests.factories import orders
from tests.factories.accounts import NOW

HEALTH = {"status": "ok", "version": 7, "made_at": "2026-11-23T15:00:00+00:00", "error": None, "event_log_error": None, "flights": 3}
COUNTERS = '# HELP makegood_events_total Events.\nmakegood_events_total{kind="served"} 12\nmakegood_events_total{kind="click"} 1e+02\nmakegood_plan_version 7\n'


@pytest.fixture
def adserver(settings):
    """A server that answers like an ad server; change `answers` to have it say something else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        answers = {"/health": (200, json.dumps(HEALTH)), "/metrics": (200, COUNTERS)}

        def do_GET(self):
            status, body = self.answers[self.path]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ADSERVER_URL = f"http://127.0.0.1:{server.server_port}"
    yield Handler.answers
    server.shutdown()
    server.server_close()


def seen(web, person):
    return web(person).get("/operations/").content.decode()


def test_all_is_well(web, admin, adserver):
    page = seen(web, admin)
    assert "Nothing is wrong" in page
    assert "Serving" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "degraded", "error": "plan.json: flight 4 has no creative"}, "The newest plan is refused: plan.json: flight 4 has no creative. Version 7 is still served."),
        ({"status": "shedding", "event_log_error": "No space left"}, "The ad server sheds load: No space left."),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(web, admin, adserver, change, words):
    adserver["/health"] = (503 if "event_log_error" in change else 200, json.dumps(HEALTH | change))
    page = seen(web, admin)
    assert words in page
    assert "Nothing is wrong" not in page


def test_a_dead_server_is_a_status(settings, web, admin):
    settings.ADSERVER_URL = "http://127.0.0.1:9"
    assert "The ad server cannot be reached." in seen(web, admin)


def test_its_counters_are_read_with_their_labels(adserver, settings):
    found = adserving.status(settings.ADSERVER_URL)
    assert (found.reached, found.plan_version, found.counters["makegood_events_total"]) == (True, 7, {"served": 12.0, "click": 100.0})
    adserver["/health"] = (200, "[1]")
    assert adserving.status(settings.ADSERVER_URL).reached is False
    adserver["/health"] = (500, "no")
    assert "did not answer" in adserving.status(settings.ADSERVER_URL).error


def test_counting_that_is_behind_is_told(web, admin, adserver, settings, db):
    flight = orders.booked().lines.get().flights.get()
    write(settings.EVENTS_FOLDER, [event(flight, 1), event(flight, 1), event(flight, 2, bot="x"), event(flight, 9, "refused", reason="forged", flight_id=0)])
    path = next(settings.EVENTS_FOLDER.glob("*.seg"))
    os.utime(path, (time.time() - 1800, time.time() - 1800))
    assert "Counting is 30 minutes behind." in seen(web, admin)
    counting.count_all(settings.EVENTS_FOLDER, at=NOW)
    page = seen(web, admin)
    assert "minutes behind" not in page
    assert "Same event twice" in page
    assert "Refused: Forged" in page


def test_metrics_for_the_monitor_and_for_operators_only(web, admin, finance, settings, db):
    flight = orders.booked().lines.get().flights.get()
    write(settings.EVENTS_FOLDER, [event(flight, 1), event(flight, 2, bot="x")])
    counting.count_all(settings.EVENTS_FOLDER, at=NOW)
    stranger = Client()
    assert stranger.get("/metrics/")["Location"].startswith("/sign-in/?next=")
    assert stranger.get("/metrics/", HTTP_AUTHORIZATION="Bearer ")["Location"].startswith("/sign-in/")  # no token set, none accepted
    assert web(finance).get("/metrics/").status_code == 403
    text = web(admin).get("/metrics/").content.decode()
    for line in ('makegood_counted_events_total{outcome="read"} 2', 'makegood_filtered_units_total{reason="known_bot"} 1', "makegood_counting_waiting_bytes 0"):
        assert line in text.splitlines()
    settings.METRICS_TOKEN = "t0ken"
    assert stranger.get("/metrics/", HTTP_AUTHORIZATION="Bearer t0ken").content.decode().startswith("# HELP makegood_counting_waiting_bytes")
    assert stranger.get("/metrics/", HTTP_AUTHORIZATION="Bearer t0ke").status_code == 302


def test_counts_changed_past_the_databases_rules_are_told(web, admin, adserver, settings, db):
    flight = orders.booked().lines.get().flights.get()
    write(settings.EVENTS_FOLDER, [event(flight, 1), event(flight, 2, bot="x")])
    counting.count_all(settings.EVENTS_FOLDER, at=NOW)
    since = NOW - datetime.timedelta(days=7)
    assert health.unbalanced(since) == 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")  # as a restored copy of a part of the tables is written
    Fact.objects.update(gross=F("gross") + 1)
    assert health.unbalanced(since) == 1
    Fact.objects.all().delete()
    assert health.unbalanced(since) == 1  # reasons of nothing


def test_it_costs_a_fixed_number_of_queries(web, admin, adserver):
    browser = web(admin)
    browser.get("/operations/")
    with CaptureQueriesContext(connection) as counted:
        browser.get("/operations/")
    assert len(counted) <= 20
