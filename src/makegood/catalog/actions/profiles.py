"""Spec profiles in the catalogue: those shipped with the engine and the seller's own, as versions that are never edited."""

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from makegood.catalog.models import SpecProfile
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Activity, Person
from makegood.engine import specs
from makegood.engine.specs import registry
from makegood.engine.specs.profile import Profile, Requirement
from makegood.engine.specs.rules import RULES


@verbs.whole
def import_shipped(*, by: Person | None, at: datetime.datetime) -> int:
    """Add every shipped profile version the catalogue does not have; how many were new."""
    permissions.check(by, "catalog.edit")
    known = set(SpecProfile.objects.values_list("code", "version"))
    records = SpecProfile.objects.bulk_create(_record(one, at) for one in registry.profiles() if (one.code, str(one.version)) not in known)
    said = [activity.entry(one, "catalog.profile_added", by=by, at=at, after={"code": one.code, "version": int(one.version)}) for one in records]
    Activity.objects.bulk_create(said)
    return len(records)


@verbs.whole
def publish(before: Profile, wanted: Sequence[Requirement], *, note: str, by: Person | None, at: datetime.datetime) -> SpecProfile:
    """The next version of a profile, with these demands in place of those of `before`, its newest one.

    Approvals given under the version before are void: files are held against what is asked now. Raises Invalid for a demand
    nobody could check, for no change, and when somebody has published another version meanwhile.
    """
    permissions.check(by, "catalog.set_policy")
    rows = SpecProfile.objects.select_for_update().filter(code=before.code).order_by("pk")
    newest = max((int(row.version) for row in rows), default=before.version)
    if newest != before.version:
        raise Invalid(f"version {newest} was published meanwhile.", place=before.code, remedy="Load the page again and look at what it changed.")
    shipped = max((one.version for one in registry.profiles() if one.code == before.code), default=0)
    made = dataclasses.replace(before, version=max(newest, shipped) + 1, requirements=tuple(wanted))
    changes = differences(before, made)
    if not changes or not note.strip():
        raise Invalid("a new version changes something and says why.", place=before.code, remedy="Change a demand, and give the reason.")
    for need in wanted:
        _sound(need)
    record = _record(made, at)
    record.save(force_insert=True)
    said = {title: f"{one} → {two}" for title, one, two in changes}
    activity.record(record, "catalog.profile_published", by=by, at=at, why=note.strip()[:200], after={"profile": made.label, **said})
    return record


def differences(older: Profile, newer: Profile) -> list[tuple[str, str, str]]:
    """What a version changes: (demand, before, after) in words; "not asked" where one side does not ask for it."""
    first, second = _in_words(older), _in_words(newer)
    names = dict.fromkeys([*first, *second])
    return [(name, first.get(name, "not asked"), second.get(name, "not asked")) for name in names if first.get(name) != second.get(name)]


def _in_words(profile: Profile) -> Mapping[str, str]:
    return {need.title: f"{need.required or 'asked'} ({need.severity}; {need.source})" for need in specs.needs(profile)}


def _sound(need: Requirement) -> None:
    """Raise Invalid unless the rule is known, the value has the form its check takes, and somebody is named who asks for it."""
    rule = RULES.get(need.rule)
    model = registry.example(need.rule)
    if rule is None or model is None:
        raise Invalid(f"no shipped profile asks for {need.rule}.", place=need.rule, remedy="Take one of the rules in the list.")
    if not need.source.strip():
        raise Invalid("a demand names who makes it.", place=rule.title, remedy="Give the source: a standard, a publisher's page, a house rule.")
    if need.severity not in specs.SEVERITIES:
        raise Invalid(f"{need.severity!r} is no severity.", place=rule.title, remedy=f"One of {', '.join(specs.SEVERITIES)}.")
    try:
        fits = _form(need.value) == _form(model.value) and rule.phrase(need.value) is not None
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        fits = False
    if not fits:
        raise Invalid(f"{need.value!r} is not what this rule takes.", place=rule.title, remedy=f"Write it like {model.value!r}.")


def _form(value: Any) -> Any:
    """What kind of value it is, so that two can be told to be alike; a table by its keys."""
    if isinstance(value, bool):
        return bool
    if isinstance(value, int | float):
        return float
    if isinstance(value, list | tuple):
        return list, frozenset(map(str, map(_form, value)))
    return {key: _form(one) for key, one in value.items()} if isinstance(value, dict) else type(value)


def _record(profile: Profile, at: datetime.datetime) -> SpecProfile:
    """Not saved yet."""
    sources = sorted({need.source for need in profile.requirements})
    return SpecProfile(
        code=profile.code, version=str(profile.version), name=profile.name, format=profile.format, body=profile.to_json(),
        source="; ".join(sources)[:200], dated=_newest(profile, at.date()),
    )  # fmt: skip


def _newest(profile: Profile, today: datetime.date) -> datetime.date:
    """The newest date any source gives (year, month or day); today when none gives one."""
    found = [re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", need.dated) for need in profile.requirements if need.dated]
    days = [datetime.date(int(one[1]), int(one[2] or 1), int(one[3] or 1)) for one in found if one]
    return max(days, default=today)
