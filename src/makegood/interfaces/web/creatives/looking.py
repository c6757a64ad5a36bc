"""Who looks, and the records an address names as far as they may see them; 404 for all else."""

from django.http import Http404, HttpRequest

from makegood.core.models import Person
from makegood.creatives.models import Creative, Version
from makegood.creatives.queries import lists
from makegood.orders.models import Order
from makegood.trafficking.queries import campaigns


def person(request: HttpRequest) -> Person:
    """Who asks."""
    return request.user  # type: ignore[return-value]


def version(request: HttpRequest, version_id: int) -> Version:
    """The version of that id."""
    found = lists.versions(person(request)).filter(pk=version_id).first()
    if found is None:
        raise Http404("This version is not here, or not yours to see.")
    return found


def creative(request: HttpRequest, creative_id: int) -> Creative:
    """The creative of that id, with its newest version as in lists.creative_list."""
    found = lists.creative_list(person(request)).filter(pk=creative_id).first()
    if found is None:
        raise Http404("This creative is not here, or not yours to see.")
    return found


def order(request: HttpRequest, order_id: int) -> Order:
    """The campaign of that id."""
    try:
        return campaigns.order(person(request), order_id)
    except Order.DoesNotExist as none:
        raise Http404("This campaign is not here.") from none
