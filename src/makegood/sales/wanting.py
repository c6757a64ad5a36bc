"""What a brief may say: each fact checked, with the place of what is wrong and what would be right. Reads only."""

import datetime
from collections.abc import Mapping
from typing import Any

from makegood.catalog import queries as catalog
from makegood.core.errors import Invalid
from makegood.engine import targeting
from makegood.sales.models import Brief


def check(facts: Mapping[str, Any]) -> None:
    """Raise Invalid at the first fact that cannot be; `facts` are all of a brief's, whether changed or not."""
    start, end = facts["start"], facts["end"]
    if end < start:
        raise Invalid(f"the campaign ends {end}, before {start}.", place="end", remedy="Give a later end.")
    _choice(facts["objective"], "objective", Brief.Objective.values)
    _choice(facts.get("kpi_type", "impressions"), "kpi_type", Brief.Kpi.values)
    if facts.get("kpi_type") == Brief.Kpi.SALES and not facts.get("basket"):
        raise Invalid("sales follow from conversions only with what one of them is worth.", place="basket", remedy="Give the average basket.")
    if not 1 <= (facts.get("kpi_frequency") or 1) <= 20:
        raise Invalid("a person counts as reached from 1 to 20 contacts.", place="kpi_frequency", remedy="Give a number from 1 to 20.")
    if facts.get("kpi_target") is not None and facts["kpi_target"] <= 0:
        raise Invalid("a target is above zero.", place="kpi_target", remedy="Give a number above zero, or none.")
    _audience(facts.get("targeting") or {}, facts.get("markets") or [])
    _hiatus(facts.get("hiatus") or [], start, end)
    _catalogue(facts.get("must_have") or [], facts.get("excluded") or [])


def on_air(start: datetime.date, end: datetime.date, hiatus: list[list[str]]) -> list[tuple[datetime.date, datetime.date]]:
    """The days of a campaign without its hiatus, as stretches."""
    found, first, day = [], start, datetime.timedelta(days=1)
    for begin, until in sorted((datetime.date.fromisoformat(one), datetime.date.fromisoformat(other)) for one, other in hiatus):
        if first < begin:
            found.append((first, begin - day))
        first = max(first, until + day)
    return [*found, (first, end)] if first <= end else found


def _choice(value: str, place: str, among: list[str]) -> None:
    if value not in among:
        raise Invalid(f"{value!r} is no {place.replace('_', ' ')}.", place=place, remedy=f"Use one of {', '.join(among)}.")


def _audience(wanted: Any, markets: list[str]) -> None:
    try:
        targeting.from_json(wanted if isinstance(wanted, dict) else {"": wanted})
    except targeting.TargetingInvalid as wrong:
        raise Invalid(f"the audience is no targeting: {wrong}.", place="targeting", remedy='Give it like {"audience": ["families"], "device": ["mobile"]}.') from wrong
    if markets and "geo" in wanted:
        raise Invalid("the markets are given twice, also in the audience.", place="markets", remedy="Leave the geography out of the audience.")


def _hiatus(pairs: list[list[str]], start: datetime.date, end: datetime.date) -> None:
    remedy = f"Give pairs of days like 2026-12-24 to 2026-12-26, within {start} to {end}."
    for pair in pairs:
        try:
            first, last = (datetime.date.fromisoformat(day) for day in pair)
        except (TypeError, ValueError) as wrong:
            raise Invalid(f"{pair!r} is no pair of days.", place="hiatus", remedy=remedy) from wrong
        if not start <= first <= last <= end:
            raise Invalid(f"{first} to {last} is not within the campaign.", place="hiatus", remedy=remedy)
    if pairs and not on_air(start, end, pairs):
        raise Invalid("no day is left to run on.", place="hiatus", remedy="Leave some days of the campaign free.")


def _catalogue(wanted: list[str], unwanted: list[str]) -> None:
    known = catalog.codes()
    for place, codes in (("must_have", wanted), ("excluded", unwanted)):
        if strange := sorted(set(codes) - known):
            raise Invalid(f"there is no product or placement {strange[0]!r}.", place=place, remedy="Use codes of the catalogue.")
    if both := sorted(set(wanted) & set(unwanted)):
        raise Invalid(f"{both[0]} is asked for and excluded.", place="excluded", remedy="Take it out of one of the two.")
