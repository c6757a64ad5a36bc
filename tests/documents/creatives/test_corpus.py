"""Planted faults are found with their rule and place and good files pass: a sample here, the whole corpus at night."""

import dataclasses
import random

import pytest

from bench import creative_files
from makegood.engine.specs.rules import RULES

QUICK = ("copies", "tags", "strangers")
SLOWER = ("pictures", "bundles", "sounds", "films")


def wrong(cases, folder):
    outcomes = [creative_files.judge(case, folder) for case in cases]
    return [(one.case.name, one.case.rule, one.false) for one in outcomes if one.false or (one.case.rule and not one.found)]


def test_the_corpus_is_large_and_plants_every_rule_that_is_demanded():
    cases = list(creative_files.cases(1))
    bad = [case for case in cases if case.rule]
    assert len(cases) - len(bad) >= 200 and len(bad) >= 200
    assert creative_files.rules_demanded() - {case.rule for case in bad} == set()
    assert len({case.name for case in cases}) == len(cases)


def test_words_tags_and_strangers(tmp_path):
    assert wrong(creative_files.cases(1, QUICK), tmp_path) == []


@pytest.mark.parametrize(("group", "count"), [("pictures", 14), ("bundles", 14), ("sounds", 2), ("films", 1)])
def test_a_sample_of_the_others(tmp_path, group, count):
    cases = [case for case in creative_files.cases(3, (group,)) if case.held_against.code != "video-ctv"]
    assert wrong(random.Random(group).sample(cases, count), tmp_path) == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("group", creative_files.GROUPS)
def test_the_whole_corpus(tmp_path, group, seed):
    assert wrong(creative_files.cases(seed, (group,)), tmp_path) == []


def test_a_rule_that_is_switched_off_is_missed(tmp_path, monkeypatch):
    monkeypatch.setitem(RULES, "tracking", dataclasses.replace(RULES["tracking"], checks={}))
    missed = {rule for _, rule, _ in wrong(creative_files.cases(1, ("tags",)), tmp_path)}
    assert missed == {"tracking"}


def test_a_rule_that_is_too_strict_is_seen_as_a_false_block(tmp_path):
    strict = creative_files.case.demands("max_weight_kb", 1)
    good = dataclasses.replace(next(creative_files.cases(1, ("pictures",))), profile=strict)
    assert wrong([good], tmp_path) == [(good.name, "", ("max_weight_kb",))]
