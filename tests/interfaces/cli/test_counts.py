"""`makegood delivery`: a vendor's file previewed and counted, days counted anew, both as JSON."""

import pathlib

import pytest

from makegood.core.models import Person
from makegood.delivery.actions import counting
from makegood.delivery.models import CountLoad, ThirdPartyCount
from tests.delivery.test_counting import event, totals, write
from tests.factories import orders
from tests.factories.accounts import NOW
from tests.interfaces.cli.test_steps import RUN, app, call, contextlib

pytestmark = pytest.mark.django_db
AT = ("--at", "2026-12-11T15:00:00+00:00")


@pytest.fixture
def file(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "counts.csv"
    path.write_text("Date,Placement ID,Placement,Impressions\n2026-12-08,77,Run of site,1200\n2026-12-08,x,Other,5\nTotal,,,1205\n")
    return path


def test_a_preview_changes_nothing_and_says_what_is_unknown(file: pathlib.Path, finance: Person) -> None:
    flight = orders.booked().lines.get().flights.get()
    load = ("delivery", "load-third-party", str(file), "--vendor", "Adserve One", "--as", finance.email, *AT)
    code, found = call(*load, "--preview")
    assert (code, found["counted"], found["impressions"], found["totals"][0]["agrees"]) == (0, False, 1205, True)
    assert [(one["placement"], [each["flight"] for each in one["likely"]]) for one in found["unknown_placements"]] == [("77", [flight.pk]), ("x", [])]
    assert (CountLoad.objects.count(), ThirdPartyCount.objects.count()) == (0, 0)
    assert call(*load)[1]["error"]["place"] == "counts.csv"
    code, found = call(*load, "--map", f"77={flight.pk}", "--ignore", "x")
    assert (code, found["counted"], found["new"], ThirdPartyCount.objects.get().impressions) == (0, True, 1, 1200)
    assert call(*load)[1]["same"] == 1  # remembered
    assert "as known" in RUN.invoke(app, [*load, "--preview"], obj=contextlib.nullcontext).stdout
    assert call(*load, "--map", "77=0")[1]["error"]["place"] == "--map"
    assert call("delivery", "load-third-party", "nowhere.csv", "--vendor", "X", "--as", finance.email)[1]["error"]["message"] == "there is no such file."


def test_days_are_counted_anew_first_shown_then_done(settings: object, finance: Person) -> None:
    flight = orders.booked().lines.get().flights.get()
    folder = pathlib.Path(settings.EVENTS_FOLDER)  # type: ignore[attr-defined]
    write(folder, [event(flight, 1), event(flight, 2, agent="GPTBot/1.1")])
    counting.count_all(folder, at=NOW)
    days = ("delivery", "recount", "--from", "2026-11-20", "--to", "2026-11-20", "--rules", "2026-11-28", "--as", finance.email)
    code, found = call(*days)
    assert (code, found["done"], found["net"], totals()[1]) == (0, False, -1, 2)
    code, found = call(*days, "--why", "robots found late")
    assert (code, found["done"], totals()) == (0, True, (2, 1, {"known_bot": 1}))
    assert [one["version"] for one in call("delivery", "rules")[1]["rules"]] == ["2026-11", "2026-11-28"]
