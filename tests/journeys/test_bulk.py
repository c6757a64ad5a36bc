"""Many files at once in a real browser: pieces that break off go on, each is matched to what the campaign asks for, then taken."""

import datetime

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from makegood.creatives.models import Upload, Version
from tests.factories import creatives, orders
from tests.factories import trafficking as make
from tests.journeys.test_review import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ("300x250", "728x90", "160x600", "300x600", "970x250", "320x50")


@pytest.fixture
def order(campaign_manager, trafficker):
    days = {"start": timezone.now().date() + datetime.timedelta(days=10), "end": timezone.now().date() + datetime.timedelta(days=40)}
    made = orders.order("Harbour Saver", advertiser=creatives.advertiser(), campaign_manager=campaign_manager, trafficker=trafficker, **days)
    orders.line(made, make.product(sizes=SIZES), quantity=1_000_000, **days)
    return orders.booked(made)


def test_many_files_with_a_broken_connection(window, order, trafficker, tmp_path):
    files = [creatives.banner(tmp_path, f"saver {size}.png", size=size, seed=n) for n, size in enumerate(SIZES)]
    large = tmp_path / "large.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (900, 1000, 3), dtype=np.uint8)).save(large)
    assert large.stat().st_size > 2 * 1024 * 1024  # three pieces
    seen, broken = window(trafficker).context.new_page(), []  # a page of its own: its console tells of what is broken here on purpose

    def once(route):
        if len(broken) < 2 and 'name="offset"\r\n\r\n1048576' in (route.request.post_data_buffer or b"").decode("latin-1"):
            broken.append(route)
            route.abort("connectionreset" if len(broken) == 1 else "failed")
        else:
            route.continue_()

    seen.route("**/pieces/**", once)
    seen.goto(f"/creatives/bulk/{order.pk}/")
    seen.set_input_files("input[type=file]", [*files, large])
    seen.get_by_role("button", name="Check and take them").wait_for(timeout=60_000)
    assert (len(broken), [one.whole for one in Upload.objects.all()]) == (2, [True] * 7)
    assert seen.get_by_text("Nobody asked for it").count() == 1
    seen.get_by_label("What it is: large.png").select_option("")
    shot(seen, "bulk")
    seen.get_by_label("Where a click leads").fill("https://brightwater.example/saver")
    seen.get_by_role("button", name="Check and take them").click()
    seen.get_by_text("In review").first.wait_for()
    assert sorted(Version.objects.filter(status="in_review").values_list("creative__width", "creative__height")) == sorted(tuple(map(int, size.split("x"))) for size in SIZES)
    assert list(Upload.objects.filter(version=None).values_list("name", flat=True)) == ["large.png"]
