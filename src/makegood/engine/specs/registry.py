"""The profiles shipped with the product, read from profiles.json, and the choice of one for a file.
A seller's own profiles are rows in the catalog and come in as arguments.
"""

from __future__ import annotations

import difflib
import functools
import importlib.resources
import json
from typing import Any

from makegood.engine.specs.facts import BundleFacts, Facts, ImageFacts, TextFacts, VastFacts, kind_of
from makegood.engine.specs.profile import BadProfile, Profile, Requirement

FAR = 1e9  # a profile that names no size or length is only taken when nothing nearer takes the file


class UnknownProfile(LookupError):
    """No profile fits or has that code; the message names what there is."""


@functools.cache
def profiles() -> tuple[Profile, ...]:
    """All shipped profiles, general ones before those of single sellers."""
    text = importlib.resources.files("makegood.engine.specs").joinpath("profiles.json").read_text("utf-8")
    data = json.loads(text)
    return tuple(profile for family in data["families"] for profile in _expand(family, data["sources"]))


def by_code(code: str) -> Profile:
    """The shipped profile of that code. Raises UnknownProfile with the nearest codes."""
    found = next((one for one in profiles() if one.code == code), None)
    if found is None:
        near = difflib.get_close_matches(code, [one.code for one in profiles()], n=3, cutoff=0.3)
        raise UnknownProfile(f"there is no profile {code!r}; nearest: {', '.join(near) or 'none'}")
    return found


def example(rule: str) -> Requirement | None:
    """A shipped demand of that rule, to show the form its value takes; None when no profile makes it."""
    return next((need for one in profiles() for need in one.requirements if need.rule == rule), None)


def choose(facts: Facts, among: tuple[Profile, ...]) -> Profile:
    """The profile a file was most likely made for: right kind, then nearest size, length or fields, then first.

    Faults play no part: a file is never sent to the most lenient profile. Raises UnknownProfile when none takes it.
    """
    kind = kind_of(facts)
    takers = [one for one in among if kind in one.accepts]
    if not takers:
        raise UnknownProfile(f"none of the {len(among)} profiles takes {kind} files; choose one by its code")
    return min(takers, key=lambda one: _distance(facts, one))


def _distance(facts: Facts, candidate: Profile) -> float:
    """How far the file is from the unit: share of pixels off, seconds off, or required fields missing."""
    if isinstance(facts, ImageFacts | BundleFacts):
        return _size_distance(facts.width, facts.height, candidate.sizes)
    if isinstance(facts, TextFacts):
        given = {name for name, words in facts.fields}
        return float(len(set(candidate.value("required_fields") or ()) - given))
    lengths = [ad.duration_s for ad in facts.ads] if isinstance(facts, VastFacts) else [facts.duration_s]
    found = next((one for one in lengths if one is not None), None)
    if isinstance(facts, VastFacts):
        mimes = {media.mime for ad in facts.ads for media in ad.media}
        if mimes and not mimes & set(candidate.value("media_types") or ()):
            return FAR
    sold = candidate.durations_s
    return min((abs(found - one) for one in sold), default=FAR) if found is not None and sold else FAR


def _size_distance(width: int | None, height: int | None, sizes: tuple[str, ...]) -> float:
    if not sizes or width is None or height is None:
        return FAR
    wanted = [(int(w) * scale, int(h) * scale) for w, h in (one.split("x") for one in sizes) for scale in (1, 2)]
    return min(abs(width - w) / w + abs(height - h) / h for w, h in wanted)


def _expand(family: dict[str, Any], sources: dict[str, dict[str, str]]) -> list[Profile]:
    """A family is one profile, or common requirements with one profile for each of its units."""
    units = family.get("units") or [{}]
    return [_profile(family, unit, sources) for unit in units]


def _profile(family: dict[str, Any], unit: dict[str, Any], sources: dict[str, dict[str, str]]) -> Profile:
    own = [[rule, value, *family["unit_rules"][rule]] for rule, value in unit.get("values", {}).items()]
    if "source" in unit:
        own = [[*row[:3], unit["source"], *row[4:]] for row in own]
    code = f"{family['code']}-{unit['code']}" if unit else family["code"]
    needs = []
    for rule, value, severity, source, *rivals in (*own, *family["requirements"]):
        unlisted = [one for one in (source, *(other for _, other in rivals)) if one not in sources]
        if unlisted:
            raise BadProfile(f"{code}: {rule}: source {unlisted[0]!r} is not listed")
        needs.append({"rule": rule, "value": value, "severity": severity, **_cite(sources[source]),
                      "rivals": [{"value": other, **_cite(sources[name])} for other, name in rivals]})  # fmt: skip
    name = f"{family['name']}: {unit['name']}" if unit else family["name"]
    return Profile.from_json({"code": code, "version": family["version"], "name": name, "format": family["format"],
                              "accepts": family["accepts"], "requirements": needs,
                              "seller": family.get("seller", ""), "path": family.get("path", "")})  # fmt: skip


def _cite(source: dict[str, str]) -> dict[str, str]:
    return {"source": source["name"], "dated": source["dated"]}
