"""Rates an agreement protects, and the terms of cancelling under it: each view is one action."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.accounts import queries
from makegood.accounts.models import Contract
from makegood.catalog import queries as catalog
from makegood.catalog.actions import rates
from makegood.catalog.models import ContractRate, Product, Property
from makegood.core import permissions
from makegood.interfaces.web import links, posted, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.orders.forms import Cancelling
from makegood.interfaces.web.permitted import permitted
from makegood.orders import cancellation
from makegood.orders.actions import giving_notice
from makegood.orders.changes.notice import Terms


class Protected(forms.Form):
    """A product's own rate."""

    product = forms.ModelChoiceField(label="Product", queryset=Product.objects.filter(active=True))
    rate = forms.DecimalField(label="Rate", max_digits=12, decimal_places=4, min_value=0)


class Ending(forms.Form):
    """When a rate ends, and why."""

    last = forms.DateField(label="Last day")
    why = forms.CharField(label="Why", max_length=300)


def context(actor: Any, contract: Contract) -> dict[str, Any]:
    """What the panel of the agreement's page places: terms, and the choices of those who may change them."""
    kept = Property.objects.filter(pk__in=contract.exclusive_properties).order_by("name")
    may_draft = contract.status == "draft" and permissions.may(actor, "accounts.draft_contract", contract.account)
    return {
        "cancelling": cancellation.terms_of_contract(contract), "may_agree": permissions.may(actor, "accounts.activate_contract", contract), "may_draft": may_draft,
        "kept_on": [one.name for one in kept],
        "products": list(catalog.comparable()) if may_draft else [],
    }  # fmt: skip


@require_POST
@permitted("accounts.draft_contract")
def protect(request: HttpRequest, contract_id: int) -> HttpResponse:
    """A protected rate of a draft; another one for the same product takes its place."""
    found, asked = one_contract(request, contract_id), posted.values(Protected(request.POST))
    made = rates.protect(found, asked["product"], asked["rate"], by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{made.product}: {made.rate.normalize():f} {made.product.rate_type} is protected.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.draft_contract")
def unprotect(request: HttpRequest, contract_id: int, rate_id: int) -> HttpResponse:
    """A protected rate out of a draft."""
    found, one = one_rate(request, contract_id, rate_id)
    rates.unprotect(one, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{one.product} is protected no longer.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.end_contract")
def end_rate(request: HttpRequest, contract_id: int, rate_id: int) -> HttpResponse:
    """The last day of a protected rate of an agreement in force."""
    found, one = one_rate(request, contract_id, rate_id)
    asked = posted.values(Ending(request.POST))
    rates.end_protection(one, asked["last"], by=request.user, at=timezone.now(), why=asked["why"])  # type: ignore[arg-type]
    toasts.add(request, f"{one.product}: {one.rate.normalize():f} holds until {one.last}.")
    return SeeOther(links.record(found))


@require_POST
@permitted("accounts.activate_contract")
def cancelling(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Notice and fee for orders under it that say nothing of their own."""
    found = one_contract(request, contract_id)
    giving_notice.agree_terms(Terms(**posted.values(Cancelling(request.POST))), contract=found, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{found.number}: terms of cancelling kept.")
    return SeeOther(links.record(found))


def one_rate(request: HttpRequest, contract_id: int, rate_id: int) -> tuple[Contract, ContractRate]:
    """(agreement, one of its protected rates); 404 when there is none."""
    found = one_contract(request, contract_id)
    one = found.rates.select_related("product", "contract__account").filter(pk=rate_id).first()
    if one is None:
        raise Http404("This rate is not here.")
    return found, one


def one_contract(request: HttpRequest, contract_id: int) -> Contract:
    """The agreement of a page; 404 when there is none this person may see."""
    found = queries.contract_list(request.user).prefetch_related("tiers").filter(pk=contract_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("This agreement is not here.")
    return found
