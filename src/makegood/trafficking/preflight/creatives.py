"""What is compared of each creative on a flight: its approved bytes, where its click leads, whether it fits."""

from collections.abc import Mapping, Sequence

from makegood.catalog.models import Placement
from makegood.creatives import assets, shapes
from makegood.creatives.models import Version
from makegood.engine.plan import PlanCreative
from makegood.orders.models import Flight
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import entries
from makegood.trafficking.preflight import words
from makegood.trafficking.preflight.checks import WARN, Check, compared

RECEIVED = "as received"


def checks(
    flight: Flight, assigned: Sequence[Assignment], places: Sequence[Placement], approved: Mapping[int, str],
    planned: Mapping[int, PlanCreative],
) -> list[Check]:  # fmt: skip
    """`approved` maps version id to the hash its standing decision is about, `planned` assignment id to the plan's entry."""
    found = [check for row in assigned for check in _one(flight, row, places, approved, planned.get(row.pk))]
    return [*found, *_cover(flight, assigned, places, approved)]


def _one(
    flight: Flight,
    row: Assignment,
    places: Sequence[Placement],
    approved: Mapping[int, str],
    entry: PlanCreative | None,
) -> list[Check]:
    version, subject = row.version, str(row.version)
    fits = [place for place in places if entries.fits(version, place)]
    sizes = words.listed(_size(place) for place in places)
    rows = compared(
        flight.pk, subject,
        {
            "approved bytes": (
                words.brief(approved.get(version.pk)) or "not approved", words.brief(version.sha256),
                words.brief(entry.sha256) if entry else "not in plan",
            ),
            "file": (RECEIVED, assets.altered(version.sha256, version.asset_path, version.file) or RECEIVED, None),
            "size": (sizes if fits else f"one of {sizes}", sizes if fits else shapes.label(version.creative), None),
        },
        fix="A reviewer decides on exactly this file.",
    )  # fmt: skip
    rows += compared(
        flight.pk, subject, {"click URL": (None, row.click_url, (entry.click_url or "") if entry else None)}
    )
    return rows + _landing(flight, row, version)


def _landing(flight: Flight, row: Assignment, version: Version) -> list[Check]:
    """The click leads to the advertiser's own domain or one below it. Without known domains a person looks (warn)."""
    if version.kind in ("vast_tag", "audio") and not row.click_url:
        return []  # the tag brings its own click; a spot may have none
    domains = [str(one).lower().removeprefix("www.") for one in flight.line.order.advertiser.domains]
    host = words.host(row.click_url)
    if not domains:
        return [
            Check(
                flight.pk,
                str(version),
                "landing domain",
                "none on the account",
                host,
                None,
                WARN,
                "Add the advertiser's domain.",
            )
        ]
    own = next((one for one in domains if host == one or host.endswith(f".{one}")), None)
    return [
        Check(flight.pk, str(version), "landing domain", own or words.listed(domains), own or host or "no click URL", None,
              fix="Correct the click URL, or add the domain to the account.")
    ]  # fmt: skip


def _cover(
    flight: Flight, assigned: Sequence[Assignment], places: Sequence[Placement], approved: Mapping[int, str]
) -> list[Check]:
    """Every size of the flight has a creative that may run. Some missing is a warning, all missing stands in the way."""
    running = [row.version for row in assigned if approved.get(row.version_id) == row.version.sha256]
    covered = [_size(place) for place in places if any(entries.fits(version, place) for version in running)]
    wanted = words.listed(_size(place) for place in places)
    fix = "Assign an approved creative of that size."
    return [
        Check(
            flight.pk,
            str(flight),
            "creatives",
            wanted,
            words.listed(covered) or "none",
            None,
            WARN if covered else "block",
            fix,
        )
    ]


def _size(place: Placement) -> str:
    return shapes.words(place.format, place.width, place.height, place.duration_s)
