"""What a draft agreement protects and promises, and the terms of cancelling under it: each view is one action."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.accounts import queries
from makegood.accounts.actions import contracts
from makegood.accounts.models import Contract
from makegood.catalog import queries as catalog
from makegood.catalog.actions import rates
from makegood.catalog.models import Product, Property
from makegood.core import permissions
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders.forms import Cancelling
from makegood.interfaces.web.permitted import permitted
from makegood.orders import cancellation
from makegood.orders.actions import giving_notice
from makegood.orders.changes.notice import Terms


class Agreed(forms.Form):
    """How the rebate is reckoned, whose day's card holds, what is kept for them alone and where."""

    rebate_basis = forms.ChoiceField(label="Rebate on", choices=Contract.Basis.choices)
    card_on = forms.DateField(label="Rate card of", required=False)
    exclusive_category = forms.CharField(label="Category kept for them", max_length=60, required=False)
    exclusive_properties = forms.ModelMultipleChoiceField(label="On", queryset=Property.objects.order_by("name"), required=False)


class Protected(forms.Form):
    """A product's own rate."""

    product = forms.ModelChoiceField(label="Product", queryset=Product.objects.filter(active=True))
    rate = forms.DecimalField(label="Rate", max_digits=12, decimal_places=4, min_value=0)


def context(actor: Any, contract: Contract) -> dict[str, Any]:
    """What the panel of the agreement's page places: terms, and the choices of those who may change them."""
    properties = list(Property.objects.order_by("name"))
    may_draft = contract.status == "draft" and permissions.may(actor, "accounts.draft_contract", contract.account)
    return {
        "cancelling": cancellation.terms_of_contract(contract), "may_agree": permissions.may(actor, "accounts.activate_contract", contract), "may_draft": may_draft,
        "bases": Contract.Basis.choices, "properties": properties, "kept_on": [one.name for one in properties if one.pk in contract.exclusive_properties],
        "products": list(catalog.comparable()) if may_draft else [],
    }  # fmt: skip


@require_POST
@permitted("accounts.draft_contract")
def terms(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Rebate basis, protected card, exclusivity of a draft."""
    found, asked = one_contract(request, contract_id), posted.values(Agreed(request.POST))
    asked["exclusive_properties"] = sorted(one.pk for one in asked["exclusive_properties"])
    contracts.edit(found, by=request.user, at=timezone.now(), **asked)  # type: ignore[arg-type]
    toasts.add(request, f"{found.number}: kept.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.draft_contract")
def protect(request: HttpRequest, contract_id: int) -> HttpResponse:
    """A protected rate of a draft; another one for the same product takes its place."""
    found, asked = one_contract(request, contract_id), posted.values(Protected(request.POST))
    made = rates.protect(found, asked["product"], asked["rate"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{made.product}: {made.rate.normalize():f} {made.product.rate_type} is protected.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.activate_contract")
def cancelling(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Notice and fee for orders under it that say nothing of their own."""
    found = one_contract(request, contract_id)
    giving_notice.agree_terms(Terms(**posted.values(Cancelling(request.POST))), contract=found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{found.number}: terms of cancelling kept.")
    return SeeOther(links.record(found))


def one_contract(request: HttpRequest, contract_id: int) -> Contract:
    """The agreement of a page; 404 when there is none this person may see."""
    found = queries.contract_list(request.user).prefetch_related("tiers").filter(pk=contract_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("This agreement is not here.")
    return found
