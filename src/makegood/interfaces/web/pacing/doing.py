"""Acting on a line: applying changes, offering a make-good. One call each."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.core.errors import Invalid
from makegood.delivery.actions import making_good
from makegood.interfaces.web import formats, links, posted, toasts
from makegood.interfaces.web.pacing import views
from makegood.interfaces.web.permitted import permitted
from makegood.workflows import winning_back


class Offer(forms.Form):
    """A make-good: how much, and why."""

    offered = forms.IntegerField(label="Units offered", min_value=1)
    reason = forms.CharField(label="Reason", max_length=200)


@require_POST
@permitted("delivery.apply")
def apply(request: HttpRequest, line_id: int) -> HttpResponse:
    """Make the ticked changes and publish."""
    view = views.found(request, line_id)
    chosen = [one for one in view.recommendations if str(one.pk) in request.POST.getlist("change")]
    if not chosen:
        raise Invalid("no change is ticked.", place=str(view.pace.line), remedy="Tick what should be applied.")
    count = winning_back.apply(chosen, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{count} change{'s' if count > 1 else ''} applied to {view.pace.line.name}. The effect shows from tomorrow's counts.")
    return HttpResponseRedirect(links.part("pacing", line_id), status=303)


@require_POST
@permitted("delivery.offer_make_good")
def make_good(request: HttpRequest, line_id: int) -> HttpResponse:
    """Offer what is missing to the client."""
    view, asked = views.found(request, line_id), posted.values(Offer(request.POST), remedy="Nothing was offered.")
    missed = max(1, view.missing)
    made = making_good.propose_and_offer(
        view.pace.line, missed=missed, offered=asked["offered"], reason=asked["reason"], by=request.user, at=timezone.now()  # type: ignore[arg-type]
    )
    toasts.add(request, f"{formats.integer(made.offered)} {made.line.unit} offered to {made.line.order.advertiser}.")
    return HttpResponseRedirect(links.part("pacing", line_id), status=303)
