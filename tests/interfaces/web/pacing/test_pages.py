"""The pacing console: constant queries, the panel by address and by part, changes applied, make-goods offered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from makegood.delivery.models import MakeGood, Pace, Recommendation
from tests import personas
from tests.factories import catalog, delivery
from tests.factories import pacing as make

pytestmark = pytest.mark.usefixtures("story_day")
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "mg-panel"}


@pytest.fixture
def short(reviewer):
    """Short by half, with another placement to widen to; measured as of the real clock, as pages do."""
    line = make.line()
    catalog.placement("news-mpu-2", requests=100_000)
    make.set_up(line, reviewer)
    make.delivered(line, dict.fromkeys(range(21), 5_000))
    make.computed(line)
    return line


def queries(web, person, path):
    browser = web(person)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow(web, campaign_manager, short):
    paths = ("/pacing/?start=", f"/pacing/{short.pk}/")
    before = [queries(web, campaign_manager, path) for path in paths for _ in range(2)][1::2]
    for name, client in (("Second", "Meridian Rail"), ("Third", "Harrow Mutual")):
        make.line(name, client, product=short.product)
    make.computed()
    assert [queries(web, campaign_manager, path) for path in paths] == before
    assert max(before) <= 25


def test_the_panel_has_an_address_and_is_a_part(web, campaign_manager, short):
    whole = web(campaign_manager).get(f"/pacing/{short.pk}/").content.decode()
    part = web(campaign_manager).get(f"/pacing/{short.pk}/", HTTP_HX_CURRENT_URL="http://x/pacing/?q=run", **HTMX)
    assert part["HX-Push-Url"] == f"/pacing/{short.pk}/?q=run"
    for text in (whole, part.content.decode()):
        for words in ("Changes we recommend", "Add News Mpu 2, same rate", "Promised", "Projected", "<svg"):
            assert words in text
    assert ("<html" in whole, "<html" in part.content.decode()) == (True, False)


def test_the_finish_is_said_with_its_interval_and_the_band_runs_to_the_end(web, campaign_manager, short):
    pace = Pace.objects.get(line=short)
    Pace.objects.filter(pk=pace.pk).update(projected_low=pace.projected - pace.goal // 10, projected_high=pace.projected + pace.goal // 20)
    page = web(campaign_manager).get(f"/pacing/{short.pk}/", **HTMX)
    likely = 100 * pace.projected / pace.goal
    assert page.context["finish"] == (f"{likely:.0f}\u00a0%", f"{likely - 10:.0f}–{likely + 5:.0f}")
    assert f"({likely - 10:.0f}–{likely + 5:.0f})" in page.content.decode()
    high, low = page.context["curve"].band.strip("MZ").split("L")[len(page.context["view"].curve.projected) - 1 :][:2]
    assert high.startswith("1000.0 ") and low.startswith("1000.0 ")
    assert float(low.split()[1]) > float(high.split()[1])


def test_the_waterfall_sums_to_the_unit(web, campaign_manager, short):
    pace = Pace.objects.get(line=short)
    shown = web(campaign_manager).get(f"/pacing/{short.pk}/", **HTMX).context["causes"]
    assert (shown.start[1], shown.finish) == (pace.goal, pace.projected)
    assert shown.start[1] + sum(units for _, units in shown.steps) == pace.projected != pace.goal


def test_the_sum_follows_what_is_ticked(web, campaign_manager, short):
    change = Recommendation.objects.get(kind="add_placement")
    browser = web(campaign_manager)
    ticked, none = (browser.get(f"/pacing/{short.pk}/together/", asked).content.decode() for asked in ({"change": change.pk}, {}))
    assert (f"+{change.predicted:,}" in ticked, "Nothing ticked" in none) == (True, True)


def test_changes_are_applied(web, campaign_manager, short):
    change = Recommendation.objects.get(kind="add_placement")
    browser = web(campaign_manager)
    assert browser.post(f"/pacing/{short.pk}/apply/", {}).status_code == 422
    assert browser.post(f"/pacing/{short.pk}/apply/", {"change": change.pk}).url == f"/pacing/{short.pk}/"
    change.refresh_from_db()
    assert (change.status, delivery.flight(short).placement_ids[1:]) == ("applied", [change.change["placement_id"]])


def test_a_commercial_change_is_refused_and_nothing_is_applied(web, campaign_manager, short):
    answer = web(campaign_manager).post(f"/pacing/{short.pk}/apply/", {"change": list(Recommendation.objects.values_list("pk", flat=True))})
    assert answer.status_code == 409
    assert set(Recommendation.objects.values_list("status", flat=True)) == {"proposed"}


def test_a_make_good_is_offered_once_and_never_for_less(web, campaign_manager, short):
    browser, path = web(campaign_manager), f"/pacing/{short.pk}/make-good/"
    assert browser.post(path, {"offered": "10", "reason": "Traffic fell"}).status_code == 422
    assert browser.post(path, {"offered": "200000", "reason": "Traffic fell"}).status_code == 303
    made = MakeGood.objects.get()
    assert (made.status, made.offered, made.amount) == ("offered", 200_000, (short.amount * made.missed / short.quantity).quantize(made.amount))
    assert browser.post(path, {"offered": "200000", "reason": "Again"}).status_code == 409


def test_who_may_not(web, finance, short):
    assert web(finance).post(f"/pacing/{short.pk}/apply/", {"change": 1}).status_code == 403
    text = web(finance).get(f"/pacing/{short.pk}/").content.decode()
    assert 'type="checkbox" name="change"' not in text


def test_clients_get_nothing(web, short):
    for party in (short.order.advertiser.party,):
        browser = web(personas.client_of(party, "Lena Ortiz"))
        for path in ("/pacing/", f"/pacing/{short.pk}/", f"/pacing/{short.pk}/together/"):
            assert browser.get(path).status_code in (302, 403, 404)


def test_what_is_not_there(web, lead):
    assert web(lead).get("/pacing/99999/").status_code == 404


def test_the_list_as_a_file(web, campaign_manager, short):
    answer = web(campaign_manager).get("/pacing/?export=xlsx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_a_row_opens_beside_the_list_in_a_browser(page, campaign_manager, short):
    make.computed(at=timezone.now())
    seen = page(campaign_manager)
    seen.goto("/pacing/?start=")
    seen.get_by_role("link", name="Run of site").first.click()
    seen.get_by_text("Changes we recommend").wait_for()
    assert seen.url.endswith(f"/pacing/{short.pk}/?start=")
    assert seen.locator("tr.on").count() == 1
    seen.locator("input[name=change]").first.uncheck()
    seen.get_by_text("Nothing ticked").wait_for()
