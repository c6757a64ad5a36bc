"""Spec profiles on pages: every demand with its source and who disagrees, a next version with what it changes."""

import pytest
from django.utils import timezone

from makegood.catalog.actions import profiles
from makegood.catalog.models import SpecProfile
from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Activity
from makegood.creatives import specs
from makegood.engine.specs import by_code, registry
from makegood.interfaces.web.creatives import demands
from tests.factories import creatives as make
from tests.personas import client_of

CODE = "display-300x250"


def sent(code: str = CODE, **changes: str) -> dict[str, str]:
    """The form as the page shows it, with changes."""
    newest = next(one for one in specs.known() if one.code == code)
    form = {
        f"{place}-{name}": value for place, need in enumerate(newest.requirements)
        for name, value in (("value", demands.written(need.value)), ("severity", need.severity), ("source", need.source), ("dated", need.dated))
    }  # fmt: skip
    return form | {"note": "Our pages are lighter now"} | changes


def place_of(rule: str, code: str = CODE) -> int:
    newest = next(one for one in specs.known() if one.code == code)
    return next(place for place, need in enumerate(newest.requirements) if need.rule == rule)


def test_every_profile_is_listed_and_told_in_full(db, reviewer, web):
    page = web(reviewer)
    listed = page.get("/creatives/specs/").content.decode()
    assert all(one.name in listed.replace("&#x27;", "'").replace("&amp;", "&") for one in specs.known())
    told = page.get("/creatives/specs/spotify-audio-direct/").content.decode()
    assert "Disagrees" in told
    assert "A lead or an administrator publishes profiles." in told


def test_a_lead_publishes_the_next_version_and_files_are_held_against_it(db, lead, web, reviewer):
    version = make.received(make.advertiser(), name="Spring", seed=3)
    weight = place_of("max_weight_kb")
    answer = web(lead).post(f"/creatives/specs/{CODE}/", sent(**{f"{weight}-value": "1", f"{weight}-source": "House rule", f"{weight}-dated": "2026-11"}))
    assert answer.status_code in (302, 303)
    made = SpecProfile.objects.filter(code=CODE).order_by("pk").last()
    assert int(made.version) == by_code(CODE).version + 1
    assert next(one for one in specs.known() if one.code == CODE).value("max_weight_kb") == 1
    assert Activity.objects.filter(verb="catalog.profile_published").get().why == "Our pages are lighter now"
    told = web(reviewer).get(f"/creatives/specs/{CODE}/").content.decode()
    assert "at most 1 KB (block; House rule, 2026-11)" in told
    again = make.received(version.creative.advertiser, name="Summer", seed=4)
    assert [one["rule"] for one in again.findings if one["severity"] == "block"] == ["max_weight_kb"]


def test_a_demand_can_be_dropped_and_another_added(db, lead, web):
    drop, asked = place_of("max_weight_kb"), {need.rule for need in by_code(CODE).requirements}
    more = next(need for one in registry.profiles() for need in one.requirements if need.rule not in asked and type(need.value) is int)
    change = {f"{drop}-severity": "drop", "new-rule": more.rule, "new-value": "2", "new-severity": "warn", "new-source": "House rule"}
    assert web(lead).post(f"/creatives/specs/{CODE}/", sent(**change)).status_code in (302, 303)
    rules = {need.rule: need.value for need in next(one for one in specs.known() if one.code == CODE).requirements}
    assert "max_weight_kb" not in rules
    assert rules[more.rule] == 2
    told = web(lead).get(f"/creatives/specs/{CODE}/").content.decode()
    assert told.count("not asked") == 2


def test_a_rule_no_profile_shows_the_form_of_is_refused(db, lead, web):
    answer = web(lead).post(f"/creatives/specs/{CODE}/", sent(**{"new-rule": "no_such_rule", "new-value": "2"}))
    assert (answer.status_code, SpecProfile.objects.count()) == (422, 0)


@pytest.mark.parametrize(("change", "said"), [
    ({"value": "a lot"}, "is not what this rule takes"), ({"source": " "}, "names who makes it"), ({"severity": "maybe"}, "is no severity"),
])  # fmt: skip
def test_what_nobody_could_check_changes_nothing(db, lead, web, change, said):
    weight = place_of("max_weight_kb")
    answer = web(lead).post(f"/creatives/specs/{CODE}/", sent(**{f"{weight}-{name}": value for name, value in change.items()}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SpecProfile.objects.filter(code=CODE).exists()


def test_no_change_no_reason_and_a_version_in_between_are_refused(db, lead):
    shipped, now = by_code(CODE), timezone.now()
    lighter = [need if need.rule != "max_weight_kb" else type(need)(need.rule, 100, need.severity, need.source, need.dated) for need in shipped.requirements]
    for wanted, note in ((shipped.requirements, "why"), (lighter, " ")):
        with pytest.raises(Invalid, match="changes something and says why"):
            profiles.publish(shipped, wanted, note=note, by=lead, at=now)
    profiles.publish(shipped, lighter, note="lighter", by=lead, at=now)
    with pytest.raises(Invalid, match="published meanwhile"):
        profiles.publish(shipped, lighter, note="lighter", by=lead, at=now)


def test_only_those_who_set_policy_publish_and_rivals_see_nothing(db, reviewer, web):
    shipped = by_code(CODE)
    with pytest.raises(NotAllowed):
        profiles.publish(shipped, shipped.requirements[1:], note="fewer", by=reviewer, at=timezone.now())
    assert web(reviewer).post(f"/creatives/specs/{CODE}/", sent(**{"0-severity": "drop"})).status_code == 403
    answer = web(client_of(make.advertiser("A rival").party, "Rita Rival")).get(f"/creatives/specs/{CODE}/")
    assert (answer.status_code, answer["location"]) == (302, "/portal/")


def test_every_shipped_value_reads_back_as_it_is_written():
    for one in registry.profiles():
        form = {
            f"{place}-{name}": value for place, need in enumerate(one.requirements)
            for name, value in (("value", demands.written(need.value)), ("severity", need.severity), ("source", need.source), ("dated", "2026"))
        }  # fmt: skip
        assert [(need.rule, need.value) for need in demands.read(one, form)] == [(need.rule, need.value) for need in one.requirements]
        read = [demands.value(need.rule, demands.written(need.value), need.value) for need in one.requirements]
        assert read == [list(need.value) if isinstance(need.value, tuple) else need.value for need in one.requirements]
