"""The profiles shipped with the product, read from profiles.json, and the choice of one for a file.
A seller's own profiles are rows in the catalog and come in as arguments.
"""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import json
from typing import Any

from makegood.engine.specs.checking import check
from makegood.engine.specs.facts import Facts, kind_of
from makegood.engine.specs.profile import BadProfile, Profile


class UnknownProfile(LookupError):
    """No profile fits or has that code; the message names what there is."""


@functools.cache
def profiles() -> tuple[Profile, ...]:
    """All shipped profiles, general ones before those of single sellers."""
    text = importlib.resources.files("makegood.engine.specs").joinpath("profiles.json").read_text("utf-8")
    data = json.loads(text)
    return tuple(profile for family in data["families"] for profile in _expand(family, data["sources"]))


def profile(code: str) -> Profile:
    """The shipped profile of that code. Raises UnknownProfile with the nearest codes."""
    found = next((one for one in profiles() if one.code == code), None)
    if found is None:
        near = difflib.get_close_matches(code, [one.code for one in profiles()], n=3, cutoff=0.3)
        raise UnknownProfile(f"there is no profile {code!r}; nearest: {', '.join(near) or 'none'}")
    return found


def choose(facts: Facts, among: tuple[Profile, ...]) -> Profile:
    """The profile a file was most likely made for: right kind, then right size, then fewest faults, then first.

    Raises UnknownProfile when none takes this kind of file.
    """
    kind = kind_of(facts)
    takers = [one for one in among if kind in one.accepts]
    if not takers:
        raise UnknownProfile(f"none of the {len(among)} profiles takes {kind} files; choose one by its code")
    return min(takers, key=lambda one: _distance(facts, one))


def _distance(facts: Facts, candidate: Profile) -> tuple[int, int, int]:
    found = check(facts, candidate)
    severities = [finding.severity for finding in found]
    wrong_size = any(finding.rule in ("sizes", "durations") and finding.severity != "info" for finding in found)
    return int(wrong_size), severities.count("block"), severities.count("warn")


def _expand(family: dict[str, Any], sources: dict[str, dict[str, str]]) -> list[Profile]:
    """A family is one profile, or common requirements with one profile for each of its units."""
    units = family.get("units") or [{}]
    return [_profile(family, unit, sources) for unit in units]


def _profile(family: dict[str, Any], unit: dict[str, Any], sources: dict[str, dict[str, str]]) -> Profile:
    rows = [*unit.get("requirements", ()), *family["requirements"]]
    for rule, value in unit.get("values", {}).items():
        severity, source = family["unit_rules"][rule]
        rows.insert(0, [rule, value, severity, unit.get("source", source)])
    code = f"{family['code']}-{unit['code']}" if unit else family["code"]
    needs = []
    for rule, value, severity, source in reversed(rows) if False else rows:
        if source not in sources:
            raise BadProfile(f"{code}: {rule}: source {source!r} is not listed")
        needs.append({"rule": rule, "value": value, "severity": severity,
                      "source": sources[source]["name"], "dated": sources[source]["dated"]})  # fmt: skip
    name = f"{family['name']}: {unit['name']}" if unit else family["name"]
    return Profile.from_json({"code": code, "version": family["version"], "name": name, "format": family["format"],
                              "accepts": family["accepts"], "requirements": needs})  # fmt: skip
