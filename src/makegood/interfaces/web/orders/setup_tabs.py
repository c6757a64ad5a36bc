"""The tabs Creatives and Trafficking: what each flight runs and lacks, whether the ad server equals the order."""

from typing import Any

from makegood.core.models import Person
from makegood.creatives import shapes
from makegood.creatives.queries import lists
from makegood.creatives.states import VersionStatus
from makegood.interfaces.web import links
from makegood.orders.queries.campaign import CampaignView
from makegood.trafficking.queries import summaries

TONES = {"approved": "ok", "in_review": "watch", "received": "watch", "failed": "risk", "rejected": "risk", "withdrawn": ""}


def creatives(actor: Person, seen: CampaignView, *, at: Any) -> dict[str, Any]:
    """The campaign's creatives in their newest version, and the sizes each flight lacks."""
    rows = lists.creative_list(actor).filter(root_type="orders.order", root_id=seen.order.pk).order_by("name", "pk")
    shown = [
        {"creative": one, "url": links.record(one), "shape": shapes.label(one), "tone": TONES.get(one.latest_status, ""),
         "word": VersionStatus(one.latest_status).label if one.latest_status else "No file"}
        for one in rows
    ]  # fmt: skip
    return {"shown": shown, "needs": summaries.needs(seen, at=at), "upload": f"{links.page('creatives')}upload/?order={seen.order.pk}"}


def trafficking(actor: Person, seen: CampaignView, *, at: Any) -> dict[str, Any]:
    """The last QA, what differs, and which flights the published plan holds."""
    return {"traffic": summaries.summary(seen), "sheet_url": links.part("trafficking", seen.order.pk)}
