"""Every rule has a good and a bad example, and says in words what to do."""

import pytest

from makegood.engine import specs
from makegood.engine.specs import facts as f
from makegood.engine.specs.rules import HOUSE, RULES

from .examples_read import TAGS_AND_WORDS
from .examples_seen import PICTURES_AND_MEDIA
from .samples import ad, audio, file, image, text, vast

CASES = [*PICTURES_AND_MEDIA, *TAGS_AND_WORDS]
IDS = [f"{case[0]}-{n}" for n, case in enumerate(CASES)]


def found_by(rule, value, facts):
    need = specs.Requirement(rule, value, "block", "Test", "2026")
    profile = specs.Profile("test", 1, "Test", "any", tuple(f.KINDS), (need,))
    return [finding for finding in specs.check(facts, profile) if finding.rule == rule]


@pytest.mark.parametrize(("rule", "value", "good", "bad", "found", "fix"), CASES, ids=IDS)
def test_a_rule_passes_the_good_and_explains_the_bad(rule, value, good, bad, found, fix):
    assert found_by(rule, value, good) == []
    (finding,) = found_by(rule, value, bad)
    assert (finding.severity, finding.found, finding.fix) == ("block", found, fix)
    assert finding.required == RULES[rule].phrase(value) and finding.source == "Test, 2026" and finding.where


def test_every_rule_has_a_good_and_a_bad_example():
    assert {case[0] for case in CASES} == set(RULES)


def test_twice_the_size_is_noted_not_blocked():
    (finding,) = found_by("sizes", ["300x250"], image(width=600, height=500))
    assert (finding.severity, finding.found) == ("info", "600x500")


def test_what_a_version_does_not_know_is_a_warning():
    (finding,) = found_by("vast_structure", True, vast(alien=(f.Spot("VAST 3.0 has no Mezzanine here", "Mezzanine, line 9"),)))
    assert (finding.severity, finding.where) == ("warn", "Mezzanine, line 9")


def test_an_allowed_wrapper_is_told_to_the_reviewer():
    (finding,) = found_by("wrappers", True, vast(of=ad(kind="wrapper", wrapped_url="https://w.example/tag")))
    assert (finding.severity, finding.found) == ("info", "a wrapper of a tag at w.example")


def test_house_rules_hold_under_every_profile():
    profile = specs.by_code("native")
    hidden = f.TextFacts(file=file(name="ad.json", content_type="application/json", hides_archive=True), fields=text().fields)
    assert [finding.rule for finding in specs.check(hidden, profile)] == ["hidden_content"]
    assert {need.rule for need in HOUSE} <= set(RULES)


def test_a_file_of_the_wrong_kind_is_blocked():
    (finding,) = specs.check(audio(), specs.by_code("display-300x250"))
    assert (finding.rule, finding.severity) == ("format", "block")
    assert finding.fix == "Send a picture or an HTML5 zip for IAB display: Medium rectangle."


def test_the_worst_finding_decides():
    def one(severity):
        return specs.Finding("r", severity, "f", "q", "w", "x", "s")

    verdicts = [specs.verdict(map(one, found)) for found in (["info"], ["info", "warn"], ["warn", "block"], [])]
    assert verdicts == ["pass", "warn", "fail", "pass"]
