"""Taking spec profiles into the catalogue: those shipped with the engine, as versions that are never edited."""

import datetime
import re

from makegood.catalog.models import SpecProfile
from makegood.core import activity, permissions
from makegood.core.models import Person
from makegood.engine.specs import registry
from makegood.engine.specs.profile import Profile


def import_shipped(*, by: Person | None, at: datetime.datetime) -> int:
    """Add every shipped profile version the catalogue does not have; how many were new."""
    permissions.check(by, "catalog.edit")
    return sum(_take(profile, by, at) for profile in registry.profiles())


def _take(profile: Profile, by: Person | None, at: datetime.datetime) -> bool:
    sources = sorted({need.source for need in profile.requirements})
    record, made = SpecProfile.objects.get_or_create(
        code=profile.code, version=str(profile.version),
        defaults={
            "name": profile.name, "format": profile.format, "body": profile.to_json(), "source": "; ".join(sources)[:200],
            "dated": _newest(profile, at.date()),
        },
    )  # fmt: skip
    if made:
        activity.record(record, "catalog.profile_added", by=by, at=at, after={"code": profile.code, "version": profile.version})
    return made


def _newest(profile: Profile, today: datetime.date) -> datetime.date:
    """The newest date any source gives (year, month or day); today when none gives one."""
    found = [re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", need.dated) for need in profile.requirements if need.dated]
    days = [datetime.date(int(one[1]), int(one[2] or 1), int(one[3] or 1)) for one in found if one]
    return max(days, default=today)
