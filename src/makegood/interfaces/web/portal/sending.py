"""A client's files: one or several at once, each answered at once with what to change."""

import dataclasses
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from makegood.core.errors import Invalid, Refused
from makegood.creatives import guidance, shapes
from makegood.creatives.actions import branding, receiving
from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import lists
from makegood.insight import portal
from makegood.insight.portal import Going
from makegood.interfaces.web import toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.portal import frame, views
from makegood.orders.models import Order
from makegood.trafficking.queries import campaigns

MOST = 50


@dataclasses.dataclass(frozen=True)
class Sent:
    """One file and what became of it: a version with its guidance in lines, or why it was not taken."""

    name: str
    version: Version | None = None
    guidance: tuple[str, ...] = ()
    refusal: str = ""
    remedy: str = ""

    @property
    def fails(self) -> bool:
        """Whether something is left to do."""
        return self.version is None or self.version.verdict == "fail"


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("core.sign_in")
def upload(request: HttpRequest, order_id: int, creative_id: int | None = None) -> HttpResponse:
    """Send files for a campaign, or a corrected one; the answer says at once which can run."""
    one = views.going(request, order_id)
    creative = views.creative(request, creative_id) if creative_id else None
    size = request.GET.get("size", "")[:60]
    wanted = next((ad for ad in portal.adverts(frame.client(request), [one], timezone.now())[order_id] if ad.size == size and ad.state == "missing"), None)
    found: dict[str, Any] = {"card": views.card(one), "order": one.order, "creative": creative, "size": size, "wanted": wanted, "most": MOST}
    if request.method != "POST":
        return frame.page(request, "portal/upload.html", "ads", found)
    files = request.FILES.getlist("file")
    if len(files) > (1 if creative else MOST):
        raise Invalid(f"{len(files)} files were sent.", place="files", remedy=f"Send {'one' if creative else f'up to {MOST}'} at a time.")
    sent = [_receive(request, one.order, creative, file, alone=len(files) == 1) for file in files] or [Sent("", refusal="Choose a file first.")]
    if not any(each.fails for each in sent):
        toasts.add(request, _received(request, sent, views.going(request, order_id)))
        return SeeOther("/portal/ads/")
    return frame.page(request, "portal/upload.html", "ads", {**found, "sent": sent, "creative": creative or _to_replace(sent)}, status=422)


def _to_replace(sent: list[Sent]) -> Creative | None:
    """With a single failing file the next one replaces it; with several each has a button of its own."""
    return sent[0].version.creative if len(sent) == 1 and sent[0].version else None


def _received(request: HttpRequest, sent: list[Sent], one: Going) -> str:
    """What came, and what is still missing: a file of a size nobody asked for is not passed over in silence."""
    ads = portal.adverts(frame.client(request), [one], timezone.now())[one.order.pk]
    missing = [ad.size for ad in ads if ad.state == "missing"]
    rest = f" Still missing: {', '.join(missing)}." if missing else ""
    came = [f"{each.version.creative} ({shapes.label(each.version.creative)})" for each in sent if each.version]
    return f"{came[0]} is here." * (len(came) == 1) + f"{len(came)} files are here." * (len(came) > 1) + f" We look at {'it' if len(came) == 1 else 'them'} within one working day.{rest}"


def _receive(request: HttpRequest, order: Order, creative: Creative | None, file: UploadedFile, *, alone: bool) -> Sent:
    """The received version with its guidance, or the refusal in words; nothing is kept of a refused file."""
    name = file.name or "file"
    called = (request.POST.get("name", "").strip() if alone else "") or name.rpartition(".")[0] or name
    target = creative or receiving.NewCreative(
        lists.advertiser(frame.client(request), order.advertiser_id), called[:160], click_url=request.POST.get("click_url", "").strip()[:1000],
        root=("orders.order", order.pk), brand=branding.own(order.advertiser, order.brand), products=tuple(campaigns.products(order.pk)),
    )  # fmt: skip
    try:
        version = receiving.receive(file.chunks(), name=name, creative=target, by=frame.client(request), at=timezone.now())
    except Refused as refusal:  # each file is an action of its own; its refusal stands beside its name
        return Sent(name, refusal=refusal.message, remedy=refusal.remedy)
    return Sent(name, version, tuple(guidance.compose(version.verdict, version.findings).split("\n")))
