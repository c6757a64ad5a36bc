"""The chance of every open brief, from the briefs that were decided. Two queries, however many briefs there are."""

import datetime
from collections import defaultdict
from decimal import Decimal

from makegood.core.models import Activity
from makegood.engine import winning
from makegood.engine.winning import Chance, Past
from makegood.sales.models import Brief

VERBS = ("brief.proposed", "brief.won", "brief.lost")
OPEN = ("open", "proposed")
ENOUGH = 10  # decided briefs from which on history weighs the pipeline unless somebody chooses otherwise


def chances(at: datetime.datetime) -> dict[int, Chance]:
    """{open brief: its chance} as of `at`: its stage and age, the size of its budget, what became of its client's others."""
    said: dict[int, dict[str, datetime.datetime]] = defaultdict(dict)
    for pk, verb, moment in Activity.objects.filter(subject_type="sales.brief", verb__in=VERBS, at__lte=at).order_by("at").values_list("subject_id", "verb", "at"):
        said[pk][verb] = moment
    briefs = list(Brief.objects.filter(received_at__lte=at).only("advertiser_id", "budget", "status", "received_at"))
    past = [_past(brief, said[brief.pk]) for brief in briefs if brief.status in ("won", "lost")]
    return {
        brief.pk: winning.chance(
            past, stage=brief.status, days=(at - brief.received_at).days, client=brief.advertiser_id, size=winning.size(float(brief.budget))
        )
        for brief in briefs if brief.status in OPEN
    }  # fmt: skip


def weights(found: dict[int, Chance]) -> dict[int, Decimal]:
    """The chances as the pipeline is weighted by them."""
    return {pk: Decimal(f"{one.chance:.4f}") for pk, one in found.items()}


def _past(brief: Brief, said: dict[str, datetime.datetime]) -> Past:
    decided = said.get(f"brief.{brief.status}", brief.received_at)
    stage = "proposed" if "brief.proposed" in said else "open"
    return Past(stage, max(0, (decided - brief.received_at).days), brief.advertiser_id, winning.size(float(brief.budget)), brief.status == "won")
