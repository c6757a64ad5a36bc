"""What an ad did when it ran, and where it leads, against the rules: each with what is good, what is found and the fix."""

import dataclasses
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.creatives import guidance
from makegood.engine import specs
from makegood.engine.specs import landing, running, wrappers
from makegood.engine.specs.facts import Spot
from makegood.engine.specs.run import RunFacts

GOOD = RunFacts(
    0.2, (Spot("index.html", "document"),), 0, 9_000, (), (), 0.05, (), None, (), (), (), "https://click.invalid/c", ("https://click.invalid/c",), True
)  # fmt: skip
PROFILE = specs.by_code("display-300x250")
BAD = [
    ("run_requests", "warn", {"requests": (Spot("index.html", "document"),) * 11}, "11 requests", "at most 10"),
    ("run_load", "warn", {"load_s": 3.2}, "3.2 s", "at most 3 s"),
    ("run_cpu", "warn", {"cpu_share": 0.31}, "31 % of a processor", "at most 30 %"),
    ("run_outside", "block", {"outside": (Spot("https://cdn.example/a.js", "script"),)}, "asks for https://cdn.example/a.js", "only files of the zip"),
    ("run_complete", "block", {"absent": (Spot("gone.png", "image"),)}, "gone.png is not there", "every file it asks for"),
    ("run_errors", "warn", {"errors": (Spot("ReferenceError: x", "ad.js:3"),)}, "ReferenceError: x", "none"),
    ("run_still", "block", {"moving_after_s": 16.7}, "still moves after 16.7 s", "stands still after 15 s"),
    ("run_sound", "block", {"sounds": (Spot("<audio> a.mp3", "index.html"),)}, "is heard by itself (<audio> a.mp3)", "silent until somebody asks"),
    ("run_click", "block", {"opened": ()}, "a click opens nothing", "opens the click tag"),
    ("run_click", "block", {"opened": ("https://shop.example/",)}, "a click opens https://shop.example/", "opens the click tag"),
    ("run_unasked", "block", {"unasked": (Spot("https://shop.example/", "document"),)}, "goes to https://shop.example/ by itself", "opens nothing by itself"),
    ("run_unasked", "block", {"dialogs": (Spot("Hello", "alert"),)}, "shows a box (alert): Hello", "opens nothing by itself"),
]


def test_a_good_run_has_no_findings():
    assert running.check(GOOD, PROFILE) == []
    edge = dataclasses.replace(GOOD, load_s=3.0, cpu_share=0.3, requests=GOOD.requests * 10, errors=(Spot("Failed to load resource: x", "a"),))
    assert running.check(edge, PROFILE) == []


@pytest.mark.parametrize(("rule", "severity", "change", "found", "required"), BAD)
def test_each_fault_is_found_with_its_rule_and_fix(rule, severity, change, found, required):
    finding, = running.check(dataclasses.replace(GOOD, **change), PROFILE)
    assert (finding.rule, finding.severity, finding.found, finding.required) == (rule, severity, found, required)
    assert finding.fix and finding.where and finding.source
    assert guidance.title(rule) == running.TITLES[rule]


def test_every_rule_has_its_example():
    assert {row[0] for row in BAD} == set(running.RULES)


def test_the_profile_says_how_many_how_long_and_from_where():
    def with_value(rule, value):
        needs = tuple(dataclasses.replace(need, value=value) if need.rule == rule else need for need in PROFILE.requirements)
        return dataclasses.replace(PROFILE, requirements=needs)

    many = dataclasses.replace(GOOD, requests=GOOD.requests * 11)
    assert running.check(many, with_value("max_requests", 11)) == []
    assert running.stop_s(with_value("max_animation_s", 30)) == 30.0
    tag = dataclasses.replace(GOOD, outside=(Spot("https://a.vendor.example/t.js", "script"), Spot("https://vendor.example.evil.example/", "script")))
    found = running.check(tag, with_value("self_contained", ["vendor.example"]))
    assert [finding.found for finding in found] == ["asks for https://vendor.example.evil.example/"]


PAGE = landing.LandingFacts(("https://brightwater.example/a?utm_source=x",), 200, "", "Saver", ("account", "harbour", "saver"), 390)
LANDINGS = [
    ("landing_reachable", {"fault": "Name or service not known", "status": 0}), ("landing_reachable", {"status": 404}),
    ("landing_https", {"chain": ("http://brightwater.example/a", "https://brightwater.example/a")}),
    ("landing_domain", {"chain": ("https://brightwater.example/a", "https://brightwater.example.evil.example/a")}),
    ("landing_chain", {"chain": ("https://brightwater.example/a",) * 5}),
    ("landing_parameters", {"chain": ("https://brightwater.example/a?utm_source=x&b=1", "https://brightwater.example/a?b=1")}),
    ("landing_phone", {"needs_px": 980}), ("landing_changed", {"words": ("casino", "jackpot", "saver")}),
]  # fmt: skip
AGREED = landing.Agreed(("www.brightwater.example",), PAGE.words)


def test_a_landing_page_as_agreed_has_no_findings():
    deeper = dataclasses.replace(PAGE, chain=("https://go.brightwater.example/?utm_source=x", "https://shop.brightwater.example/?utm_source=x"))
    assert landing.check(PAGE, AGREED) == landing.check(deeper, AGREED) == []
    assert landing.changed(PAGE, AGREED) is False


@pytest.mark.parametrize(("rule", "change"), LANDINGS)
def test_each_fault_of_a_landing_page_is_found(rule, change):
    finding, = landing.check(dataclasses.replace(PAGE, **change), AGREED)
    assert (finding.rule, guidance.title(finding.rule) != finding.rule, bool(finding.fix)) == (rule, True, True)


def test_a_page_that_is_down_has_not_changed_and_one_never_approved_neither():
    down = dataclasses.replace(PAGE, status=503, words=())
    other = dataclasses.replace(PAGE, words=("casino",))
    assert (landing.changed(down, AGREED), landing.changed(other, AGREED), landing.changed(other, landing.Agreed())) == (False, True, False)


def test_words_are_those_a_person_sees():
    html = "<title>Saver</title><script>var hidden = 1</script><style>b{color:red}</style><p>Earn 3.1&nbsp;% a year &amp; more</p><noscript>no</noscript>"
    assert landing.words(html) == ("earn", "more", "saver", "year")
    assert landing.words(html.replace("3.1", "4.2")) == landing.words(html)


@given(st.lists(st.text("abc", min_size=1), max_size=8), st.lists(st.text("abc", min_size=1), max_size=8))
def test_alikeness_is_a_share_and_the_same_both_ways(one, other):
    share = landing.alike(tuple(one), tuple(other))
    assert 0.0 <= share <= 1.0
    assert share == landing.alike(tuple(other), tuple(one))
    assert (share == 1.0) == ({*one} == {*other})


def test_wrappers_are_named_by_what_is_wrong_with_them():
    def rules(**step):
        return [one.rule for one in wrappers.check((wrappers.Step(**{"url": "https://a.example/", "depth": 1} | step),), specs.by_code("vast-online"))]

    assert rules(fault="answers 404") == ["run_wrapper_answer"]
    assert rules(loop=True, depth=3) == ["run_wrapper_loop"]
    assert rules(depth=6) == ["run_wrapper_depth"]
    assert rules(url="http://a.example/", fault="x") == ["run_wrapper_https", "run_wrapper_answer"]


def test_every_rule_stands_in_the_reference():
    text = (pathlib.Path(__file__).parents[3] / "docs/reference/running.md").read_text()
    codes = {*running.TITLES, *landing.TITLES, *(code for code in guidance.CODE if code.startswith("run_wrapper_"))}
    assert {code for code in codes if f"`{code}`" not in text} == set()
